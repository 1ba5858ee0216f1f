"""What is kept of a room, and every statement that reads or changes it: the same for SQLite and PostgreSQL.

There are no counters, no names, no addresses and no times of votes. Who votes is a hash of a random token.
The statement that writes a vote looks itself whether the vote is open, and so does each that moves a room on.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.rooms.codes import new_code
from app.rooms.phases import Move, Phase, after, shows_bars
from app.rooms.pool import Pool
from app.rooms.question import Question, read
from app.rooms.tally import FEWEST, Ballot

IDLE = 2 * 3600.0  # seconds after the last touch of its teacher when a room ends by itself
LONGEST = 24 * 3600.0  # seconds after which every room ends
MOST = 500  # rooms at a time
LEFT = 600.0  # seconds; if all places are taken, a room goes that was left so long ago without a vote
_TRIES = 20

TABLES = (
    """CREATE TABLE IF NOT EXISTS room (code TEXT PRIMARY KEY, host TEXT NOT NULL, secret TEXT NOT NULL,
    lang TEXT NOT NULL, item INTEGER NOT NULL, round INTEGER NOT NULL, phase TEXT NOT NULL,
    door INTEGER NOT NULL, scene TEXT NOT NULL, scenes INTEGER NOT NULL, made DOUBLE PRECISION NOT NULL,
    touched DOUBLE PRECISION NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS item (code TEXT NOT NULL, item INTEGER NOT NULL, question TEXT NOT NULL,
    PRIMARY KEY (code, item))""",
    """CREATE TABLE IF NOT EXISTS vote (code TEXT NOT NULL, item INTEGER NOT NULL, round INTEGER NOT NULL,
    voter TEXT NOT NULL, answer TEXT NOT NULL, sure INTEGER NOT NULL,
    PRIMARY KEY (code, item, round, voter))""",
)
_OF_A_ROOM = ("vote", "item", "room")


class Rows(Protocol):
    """What a statement brings."""

    @property
    def rowcount(self) -> int: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...


class Connection(Protocol):
    """A line to the database: values stand for `?`; `/* share */` keeps a row as it is read."""

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Rows: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a room stands."""

    item: int
    round: int
    phase: Phase


@dataclass(frozen=True, slots=True)
class Room:
    """One row: a class and its question of the moment.

    Attributes:
        host: the hash of the teacher's key.
        secret: what tokens of this room are signed with.
        door: whether new phones are let in.
        scene: the address of a step that the teacher shows, its title behind a line break; empty if none.
        scenes: how many have been shown.
    """

    code: str
    host: str
    secret: str
    lang: str
    place: Place
    door: bool
    scene: str
    scenes: int


_ROOM = "SELECT code, host, secret, lang, item, round, phase, door, scene, scenes FROM room WHERE code = ?"
_ROOM_IN_PLACE = "WHERE code = ? AND item = ? AND round = ? AND phase = ?"


_VOTE = f"""INSERT INTO vote SELECT code, item, round, ?, ?, ? FROM room {_ROOM_IN_PLACE} /* share */
    ON CONFLICT (code, item, round, voter) DO UPDATE SET answer = excluded.answer, sure = excluded.sure"""  # noqa: S608


class TooManyRoomsError(Exception):
    """There is no place for another class."""


def create(line: Connection, host: str, secret: str, lang: str) -> str:
    """A new room; its code."""
    now = time.time()
    (rooms,) = line.execute("SELECT COUNT(*) FROM room").fetchone()
    if rooms >= MOST and not _gives_way(line, now):
        raise TooManyRoomsError
    for code in (new_code() for _ in range(_TRIES)):
        made = line.execute(
            "INSERT INTO room VALUES (?, ?, ?, ?, 0, 0, ?, 1, '', 0, ?, ?) ON CONFLICT DO NOTHING",
            (code, host, secret, lang, Phase.WAIT, now, now),
        )
        if made.rowcount == 1:
            return code
    raise TooManyRoomsError


def _gives_way(line: Connection, now: float) -> bool:
    """Whether there was a room without a vote that its teacher has left; it is gone."""
    left = line.execute(
        """SELECT code FROM room WHERE touched < ?
        AND NOT EXISTS (SELECT 1 FROM vote WHERE vote.code = room.code) ORDER BY touched LIMIT 1""",
        (now - LEFT,),
    ).fetchone()
    if left:
        delete(line, left[0])
    return bool(left)


def room(line: Connection, code: str) -> Room | None:
    row = line.execute(_ROOM, (code,)).fetchone()
    if row is None:
        return None
    _, host, secret, lang, item, round_, phase, door, scene, scenes = row
    return Room(code, host, secret, lang, Place(item, round_, Phase(phase)), bool(door), scene, scenes)


def ask(line: Connection, code: str, question: Question) -> bool:
    """Put the next question, open to votes."""
    changed = line.execute(
        "UPDATE room SET item = item + 1, round = 1, phase = ?, touched = ? WHERE code = ?",
        (Phase.OPEN, time.time(), code),
    )
    if changed.rowcount == 1:
        line.execute(
            "INSERT INTO item SELECT code, item, ? FROM room WHERE code = ?", (question.written(), code)
        )
    return changed.rowcount == 1


def move(line: Connection, code: str, place: Place, move: Move) -> bool:
    """Go on from this very place; False if the room is elsewhere, or the move not possible there."""
    following = after(place.phase, place.round, move)
    if following is None:
        return False
    phase, round_ = following
    changed = line.execute(
        f"UPDATE room SET phase = ?, round = ?, touched = ? {_ROOM_IN_PLACE}",  # noqa: S608
        (phase, round_, time.time(), code, place.item, place.round, place.phase),
    )
    return changed.rowcount == 1


def set_door(line: Connection, code: str, is_open: bool) -> None:
    line.execute("UPDATE room SET door = ?, touched = ? WHERE code = ?", (int(is_open), time.time(), code))


def show(line: Connection, code: str, scene: str) -> bool:
    """Send a step to everybody."""
    changed = line.execute(
        "UPDATE room SET scene = ?, scenes = scenes + 1, touched = ? WHERE code = ?",
        (scene, time.time(), code),
    )
    return changed.rowcount == 1


def touch(line: Connection, code: str) -> None:
    """The teacher is still there."""
    line.execute("UPDATE room SET touched = ? WHERE code = ?", (time.time(), code))


def vote(line: Connection, code: str, item: int, round_: int, voter: str, answer: str, sure: int) -> bool:
    """Write a vote, or change it; False unless this very round is open."""
    written = line.execute(
        _VOTE,
        (voter, answer, sure, code, item, round_, Phase.OPEN),
    )
    return written.rowcount == 1


def question(line: Connection, code: str, item: int) -> Question | None:
    row = line.execute("SELECT question FROM item WHERE code = ? AND item = ?", (code, item)).fetchone()
    return read(row[0]) if row else None


def count(line: Connection, code: str, item: int, round_: int) -> int:
    """How many have answered; an empty answer was taken back."""
    row = line.execute(
        "SELECT COUNT(*) FROM vote WHERE code = ? AND item = ? AND round = ? AND answer <> ''",
        (code, item, round_),
    ).fetchone()
    return int(row[0])


def ballots(line: Connection, code: str, item: int, round_: int) -> list[Ballot]:
    """What was voted in a round, without who."""
    rows = line.execute(
        "SELECT answer, sure, COUNT(*) FROM vote WHERE code = ? AND item = ? AND round = ? AND answer <> '' "
        "GROUP BY answer, sure ORDER BY answer, sure",
        (code, item, round_),
    )
    return [Ballot(*row) for row in rows.fetchall()]


def votes_of(line: Connection, code: str, item: int, voter: str) -> list[tuple[int, str, int]]:
    """What one phone voted: round, answer, how sure."""
    rows = line.execute(
        "SELECT round, answer, sure FROM vote WHERE code = ? AND item = ? AND voter = ? ORDER BY round",
        (code, item, voter),
    )
    return [(int(round_), answer, int(sure)) for round_, answer, sure in rows.fetchall()]


def rounds(line: Connection, code: str) -> Iterator[tuple[Question, int, list[Ballot]]]:
    """All that has been voted and closed, question by question."""
    found = room(line, code)
    if found is None:
        return
    rows = line.execute(
        "SELECT DISTINCT item, round FROM vote WHERE code = ? ORDER BY item, round", (code,)
    ).fetchall()
    for item, round_ in rows:
        is_open = found.place == Place(item, round_, Phase.OPEN)
        asked = question(line, code, item)
        if asked and not is_open:
            yield asked, round_, ballots(line, code, item, round_)


@dataclass(frozen=True, slots=True)
class Collection:
    """The points that a class has put down last; no ballots while phones can change them, nor of few."""

    asks: Pool
    is_open: bool
    ballots: Sequence[Ballot]


def collection(line: Connection, code: str) -> Collection | None:
    """None where the room was asked for no points."""
    found = room(line, code)
    if found is None:
        return None
    newest = None
    items = line.execute("SELECT item FROM item WHERE code = ? ORDER BY item DESC", (code,)).fetchall()
    for (item,) in items:
        asked = question(line, code, item)
        if not asked or not isinstance(asked.asks, Pool):
            continue
        if item == found.place.item and found.place.phase is Phase.OPEN:
            return Collection(asked.asks, True, ())
        made = Collection(asked.asks, False, _enough(line, code, item))
        if made.ballots:
            return made
        newest = newest or made
    return newest


def _enough(line: Connection, code: str, item: int) -> Sequence[Ballot]:
    """The last round that so many answered that nobody can be told: an empty one takes nothing from it."""
    rounds = line.execute(
        "SELECT round FROM vote WHERE code = ? AND item = ? AND answer <> '' "
        "GROUP BY round HAVING COUNT(*) >= ? ORDER BY round DESC",
        (code, item, FEWEST),
    ).fetchall()
    return ballots(line, code, item, int(rounds[0][0])) if rounds else ()


def delete(line: Connection, code: str) -> None:
    """Nothing is left of it."""
    for table in _OF_A_ROOM:
        line.execute(f"DELETE FROM {table} WHERE code = ?", (code,))  # noqa: S608


def expire(line: Connection) -> int:
    """End the rooms that nobody has touched for long; how many."""
    now = time.time()
    old = line.execute(
        "SELECT code FROM room WHERE touched < ? OR made < ?", (now - IDLE, now - LONGEST)
    ).fetchall()
    for (code,) in old:
        delete(line, code)
    return len(old)


@dataclass(frozen=True, slots=True)
class Standing:
    """A room with its question, how many have answered, and the last two rounds once they may be seen."""

    room: Room
    question: Question | None
    count: int
    ballots: Sequence[tuple[int, Sequence[Ballot]]] = ()


def standing(line: Connection, code: str) -> Standing | None:
    found = room(line, code)
    if found is None:
        return None
    place = found.place
    asked = question(line, code, place.item)
    answered = count(line, code, place.item, place.round)
    seen = range(max(place.round - 1, 1), place.round + 1) if shows_bars(place.phase) else ()
    return Standing(found, asked, answered, [(each, ballots(line, code, place.item, each)) for each in seen])
