"""What is kept of rooms, in both databases: every acknowledged vote once, and nothing after the end."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.rooms import sqlite, tables
from app.rooms import store as stores
from app.rooms.phases import Move, Phase
from app.rooms.sqlite import RefusedError, Sqlite, file_system
from app.rooms.store import Store, open_store
from app.rooms.tables import Place, TooManyRoomsError
from app.rooms.tally import Ballot
from app.rooms.worker import AwayError, UnavailableError, Worker
from tests.app.rooms.conftest import Cluster
from tests.app.rooms.questions import CHOICE, NUMBER, POOL

ROOT = Path(__file__).parents[3]
NOW_OPEN = Place(1, 1, Phase.OPEN)


def opened(store: Store) -> str:
    """A room that votes."""
    code = store.write(lambda line: tables.create(line, "host", "secret", "en")).result()
    assert store.write(lambda line: tables.ask(line, code, CHOICE)).result()
    return code


def cast(store: Store, code: str, voter: str, answer: str = "0", **other: int) -> bool:
    given = {"item": 1, "round_": 1, "sure": 0, **other}
    return store.write(partial(tables.vote, code=code, voter=voter, answer=answer, **given)).result()


def move(store: Store, code: str, place: Place, step: Move) -> bool:
    return store.write(lambda line: tables.move(line, code, place, step)).result()


def ballots(store: Store, code: str, round_: int = 1) -> list[tables.Ballot]:
    return store.read(lambda line: tables.ballots(line, code, 1, round_)).result()


def test_a_room_begins_waiting_and_takes_its_question(store: Store) -> None:
    code = store.write(lambda line: tables.create(line, "host", "secret", "ko")).result()
    room = store.read(lambda line: tables.room(line, code)).result()
    assert room is not None
    assert (room.place, room.lang, room.door) == (Place(0, 0, Phase.WAIT), "ko", True)
    store.write(lambda line: tables.ask(line, code, NUMBER)).result()
    standing = store.read(lambda line: tables.standing(line, code)).result()
    assert standing is not None
    assert (standing.room.place, standing.question, standing.ballots) == (NOW_OPEN, NUMBER, [])


def test_a_phone_has_one_vote_and_may_change_it_until_it_is_closed(store: Store) -> None:
    code = opened(store)
    assert all(cast(store, code, "a", answer) for answer in ("0", "1", "2"))
    assert ballots(store, code) == [("2", 0, 1)]
    assert move(store, code, NOW_OPEN, Move.CLOSE)
    assert not cast(store, code, "a", "0")
    assert not cast(store, code, "b", "0")
    assert ballots(store, code) == [("2", 0, 1)]


def test_a_vote_for_another_round_question_or_room_does_not_count(store: Store) -> None:
    code = opened(store)
    assert not cast(store, code, "a", round_=2)
    assert not cast(store, code, "a", item=2)
    assert not cast(store, "ZZZZ" if code != "ZZZZ" else "YYYY", "a")
    assert ballots(store, code) == []


def test_votes_again_are_a_round_of_their_own(store: Store) -> None:
    code = opened(store)
    cast(store, code, "a", "0")
    move(store, code, NOW_OPEN, Move.CLOSE)
    assert move(store, code, Place(1, 1, Phase.CLOSED), Move.AGAIN)
    assert cast(store, code, "a", "2", round_=2)
    assert (ballots(store, code), ballots(store, code, 2)) == ([("0", 0, 1)], [("2", 0, 1)])
    assert store.read(lambda line: tables.votes_of(line, code, 1, "a")).result() == [(1, "0", 0), (2, "2", 0)]


def test_an_empty_answer_is_one_that_was_taken_back(store: Store) -> None:
    code = opened(store)
    store.write(lambda line: tables.ask(line, code, POOL)).result()
    assert cast(store, code, "a", "0:1,1", item=2)
    assert cast(store, code, "b", "0:2,2", item=2)
    assert cast(store, code, "b", "", item=2)
    assert store.read(lambda line: tables.count(line, code, 2, 1)).result() == 1
    assert store.read(lambda line: tables.ballots(line, code, 2, 1)).result() == [("0:1,1", 0, 1)]
    assert store.read(lambda line: tables.votes_of(line, code, 2, "b")).result() == [(1, "", 0)]


def test_points_are_had_once_nobody_can_change_them(store: Store) -> None:
    code = opened(store)

    def found() -> tables.Collection | None:
        return store.read(lambda line: tables.collection(line, code)).result()

    assert found() is None
    store.write(lambda line: tables.ask(line, code, POOL)).result()
    for seat in "abc":
        assert cast(store, code, seat, "0:1,1", item=2)
    assert found() == tables.Collection(POOL.asks, True, ())
    move(store, code, Place(2, 1, Phase.OPEN), Move.CLOSE)
    assert found() == tables.Collection(POOL.asks, False, [Ballot("0:1,1", 0, 3)])
    move(store, code, Place(2, 1, Phase.CLOSED), Move.AGAIN)
    for seat in "abc":
        assert cast(store, code, seat, "1:3,3", round_=2, item=2)
    assert found() == tables.Collection(POOL.asks, True, ())
    store.write(lambda line: tables.ask(line, code, CHOICE)).result()
    assert found() == tables.Collection(POOL.asks, False, [Ballot("1:3,3", 0, 3)]), "of the last round"


def test_points_that_are_asked_for_again_and_not_put_down_take_nothing_away(store: Store) -> None:
    code = opened(store)
    store.write(lambda line: tables.ask(line, code, POOL)).result()
    for seat in "abc":
        cast(store, code, seat, "0:1,1", item=2)
    move(store, code, Place(2, 1, Phase.OPEN), Move.CLOSE)
    move(store, code, Place(2, 1, Phase.CLOSED), Move.AGAIN)
    cast(store, code, "a", "1:3,3", round_=2, item=2)
    for _ in range(2):
        store.write(lambda line: tables.ask(line, code, POOL)).result()
    move(store, code, Place(4, 1, Phase.OPEN), Move.CLOSE)
    found = store.read(lambda line: tables.collection(line, code)).result()
    assert found == tables.Collection(POOL.asks, False, [Ballot("0:1,1", 0, 3)])


def test_of_few_no_points_are_had(store: Store) -> None:
    code = opened(store)
    store.write(lambda line: tables.ask(line, code, POOL)).result()
    for seat, answer in (("a", "0:1,1"), ("b", "0:1,1"), ("c", "")):
        cast(store, code, seat, answer, item=2)
    move(store, code, Place(2, 1, Phase.OPEN), Move.CLOSE)
    assert store.read(lambda line: tables.collection(line, code)).result() == tables.Collection(
        POOL.asks, False, ()
    )


def test_a_press_that_comes_twice_moves_on_once(store: Store) -> None:
    code = opened(store)
    closed = Place(1, 1, Phase.CLOSED)
    assert [move(store, code, NOW_OPEN, Move.CLOSE) for _ in range(2)] == [True, False]
    assert [move(store, code, closed, Move.AGAIN) for _ in range(2)] == [True, False]
    assert not move(store, code, Place(1, 2, Phase.OPEN), Move.REVEAL)


def test_ballots_stay_in_the_store_while_a_vote_is_open_or_hidden(store: Store) -> None:
    code = opened(store)
    cast(store, code, "a")

    def seen() -> list[int]:
        standing = store.read(lambda line: tables.standing(line, code)).result()
        assert standing is not None
        assert standing.count == 1
        return [round_ for round_, _ in standing.ballots]

    assert seen() == []
    move(store, code, NOW_OPEN, Move.CLOSE)
    assert seen() == []
    move(store, code, Place(1, 1, Phase.CLOSED), Move.SHOW)
    assert seen() == [1]


def test_another_process_notices_a_change(store: Store, place: str) -> None:
    other = open_store(place)
    before = store.version().result()
    assert store.version().result() == before
    opened(other)
    assert store.version().result() != before
    other.close()


def test_what_fails_in_a_batch_fails_alone(store: Store) -> None:
    code = opened(store)
    blocker = store.write(lambda line: line.execute("SELECT 1").fetchone())
    wrong = store.write(lambda line: line.execute("SELECT nothing FROM nowhere"))
    vote = partial(tables.vote, code=code, item=1, round_=1, answer="0", sure=0)
    right = [store.write(partial(vote, voter=str(voter))) for voter in range(50)]
    assert blocker.result()[0] == 1
    assert all(each.result() for each in right)
    with pytest.raises(UnavailableError):
        wrong.result()


def test_there_is_an_end_to_the_rooms(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST", 2)
    opened(store), opened(store)
    with pytest.raises(TooManyRoomsError):
        opened(store)


def test_where_no_place_is_left_the_class_gives_way_that_was_left_without_a_vote(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MOST", 2)
    voting, empty = opened(store), opened(store)
    assert store.write(
        partial(tables.vote, code=voting, item=1, round_=1, voter="a", answer="0", sure=0)
    ).result()
    with pytest.raises(TooManyRoomsError):
        opened(store)
    monkeypatch.setattr(tables, "LEFT", -1.0)
    new = opened(store)
    there = [store.read(partial(tables.room, code=code)).result() for code in (voting, empty, new)]
    assert [bool(room) for room in there] == [True, False, True]


@pytest.mark.parametrize("limit", ["IDLE", "LONGEST"])
def test_a_room_that_nobody_touches_ends_by_itself(
    store: Store, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    old, monkeypatched = opened(store), -1.0
    assert store.write(tables.expire).result() == 0
    monkeypatch.setattr(tables, limit, monkeypatched)
    assert store.write(tables.expire).result() == 1
    assert store.read(lambda line: tables.room(line, old)).result() is None
    assert ballots(store, old) == []


def test_nothing_of_a_room_is_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "rooms.sqlite"
    store = open_store(str(path))
    code = opened(store)
    for number in range(300):
        cast(store, code, f"voter-{number}")
    assert b"voter-7" in b"".join(part.read_bytes() for part in tmp_path.iterdir())
    store.delete(code).result()
    store.close()
    left = b"".join(part.read_bytes() for part in tmp_path.iterdir())
    assert [word for word in (b"voter-", b"It rises", b"Because", code.encode()) if word in left] == []


def forks(*arguments: str) -> list[str]:
    command = [sys.executable, "-m", "tests.app.rooms.forks", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()


def test_no_acknowledged_vote_is_lost_when_processes_are_killed(store: Store, place: str) -> None:
    code = opened(store)
    acknowledged = forks("vote", place, code)
    rows = store.read(lambda line: line.execute("SELECT voter FROM vote").fetchall()).result()
    voters = [voter for (voter,) in rows]
    assert len(voters) == len(set(voters))
    assert set(acknowledged) - set(voters) == set()
    assert len(acknowledged) >= 100


def test_processes_that_start_at_once_share_one_file(place: str) -> None:
    forks("start", place)


def test_votes_are_counted_again_when_postgresql_is_back(cluster: Cluster) -> None:
    store = open_store(cluster.address)
    code = opened(store)
    assert cast(store, code, "before")
    cluster.stop()
    with pytest.raises(UnavailableError):
        cast(store, code, "meanwhile")
    cluster.start()
    assert cast(store, code, "after")
    assert ballots(store, code) == [("0", 0, 2)]
    store.delete(code).result()
    store.close()


def test_a_restart_of_postgresql_that_nobody_saw_is_noticed_by_nobody(cluster: Cluster) -> None:
    store = open_store(cluster.address)
    code = opened(store)
    assert ballots(store, code) == []
    before = store.version().result()
    cluster.stop()
    cluster.start()
    assert cast(store, code, "after")
    assert ballots(store, code) == [("0", 0, 1)]
    assert store.version().result() != before, "what others wrote meanwhile was not heard"
    store.delete(code).result()
    store.close()


def test_a_database_that_is_away_is_tried_once_for_all_who_wait() -> None:
    tries, go = [], threading.Event()

    def connect() -> Any:
        go.wait()
        tries.append("in vain")
        raise UnavailableError

    worker = Worker(connect, "rooms-test", transacts=True)
    answers = [worker.ask(lambda _: None) for _ in range(50)]
    go.set()
    assert all(isinstance(answer.exception(), AwayError) for answer in answers)
    assert len(tries) <= 2
    worker.close()


def test_what_nobody_waits_for_any_more_is_not_done(store: Store) -> None:
    """A phone that has asked again, perhaps with another answer, has not voted the old one."""
    code, begun, go = opened(store), threading.Event(), threading.Event()
    first = store.write(lambda _: (begun.set(), go.wait()))
    begun.wait()
    late = store.write(partial(tables.vote, code=code, item=1, round_=1, voter="a", answer="0", sure=0))
    assert late.cancel()
    go.set()
    first.result()
    assert cast(store, code, "b", "2")
    assert ballots(store, code) == [("2", 0, 1)]


class Small(Sqlite):
    """A file on a disk that is soon full."""

    pages = 2**30

    def connect(self) -> sqlite.Line:
        line = super().connect()
        line.execute(f"PRAGMA max_page_count = {self.pages}")
        return line


def votes_until_full(store: Store, code: str) -> int:
    for number in range(10_000):
        try:
            assert cast(store, code, f"voter-{number}")
        except UnavailableError as error:
            assert "full" in str(error)  # noqa: PT017
            return number
    raise AssertionError("the disk is too large")


def test_a_full_disk_acknowledges_nothing_and_loses_nothing(tmp_path: Path) -> None:
    disk = Small(tmp_path / "rooms.sqlite")
    store = Store(disk)
    code = opened(store)
    disk.pages = 12
    store._writer._hang_up()
    counted = votes_until_full(store, code)
    assert ballots(store, code) == [("0", 0, counted)]
    disk.pages = 2**30
    assert cast(store, code, f"voter-{counted}")
    assert ballots(store, code) == [("0", 0, counted + 1)]
    store.close()


def test_a_network_drive_is_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    there = f"{tmp_path.resolve()}/a\\040b"
    mounts.write_text(f"/dev/a / ext4 rw 0 0\nserver:/x {there} nfs4 rw 0 0\n")
    (tmp_path / "a b" / "c").mkdir(parents=True)
    assert file_system(tmp_path / "a b" / "c", str(mounts)) == "nfs4"
    assert file_system(tmp_path, str(mounts)) == "ext4"
    assert file_system(tmp_path, str(tmp_path / "none")) == ""
    monkeypatch.setattr(sqlite, "file_system", lambda _: "nfs4")
    with pytest.raises(RefusedError, match="network drive"):
        open_store(str(tmp_path / "rooms.sqlite"))


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RefusedError):
        open_store(str(tmp_path / "file" / "rooms.sqlite"))
    (tmp_path / "other.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(RefusedError):
        open_store(str(tmp_path / "other.sqlite"))


def test_a_database_without_its_driver_is_refused_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "app.rooms.postgres", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RefusedError, match=re.escape("pip install 'psycopg[binary]'")):
        open_store("postgresql://nobody@127.0.0.1/none")


def test_a_database_made_without_a_language_keeps_all_signs(cluster: Cluster) -> None:
    import psycopg

    with psycopg.connect(cluster.address, autocommit=True) as line:
        line.execute("CREATE DATABASE plain TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
    store = open_store(f"{cluster.address.rpartition('/')[0]}/plain")
    code = store.write(lambda line: tables.create(line, "host", "secret", "ko")).result()
    asked = replace(CHOICE, text="어느 것입니까?")
    store.write(lambda line: tables.ask(line, code, asked)).result()
    assert store.read(lambda line: tables.question(line, code, 1)).result() == asked
    room = store.read(lambda line: tables.room(line, code)).result()
    assert room
    assert (room.lang, room.place) == ("ko", NOW_OPEN)
    store.close()


def test_the_place_is_the_services_or_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    places: list[Any] = []
    monkeypatch.setattr(stores, "Store", places.append)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    monkeypatch.delenv(stores.PLACE, raising=False)
    open_store()
    monkeypatch.setenv("STATE_DIRECTORY", f"{tmp_path}/service:/other")
    open_store()
    monkeypatch.setenv(stores.PLACE, f"{tmp_path}/mine.sqlite")
    open_store()
    named = [place.path.relative_to(tmp_path).as_posix() for place in places]
    assert named == ["softmax-lab/rooms.sqlite", "service/rooms.sqlite", "mine.sqlite"]
