"""A class over its routes: what each may do and see, and when."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import random
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from starlette.types import Message

from app.rooms import house, hub, routes, tables
from app.rooms.question import Question
from app.rooms.store import PLACE
from tests.app.asgi import apart
from tests.app.hostile import COUNT, VALUES, thing
from tests.app.rooms.browsers import Browser, classroom, opened
from tests.app.rooms.questions import CHOICE, DRAWING, JUDGED, NUMBER, POOL
from ui.text import CODES


@pytest.fixture(autouse=True)
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE, str(tmp_path / "rooms.sqlite"))
    monkeypatch.setattr(hub, "LOOK", 0.02)
    monkeypatch.setattr(routes, "_guesses", routes.Guesses())


def test_a_class_votes_talks_votes_again_and_sees_why() -> None:
    async def story() -> None:
        async with classroom() as room:
            phones = await room.phones(4)
            for phone, answer, sure in zip(phones, (0, 0, 1, 2), (2, 1, 0, 2), strict=True):
                assert await phone.vote(room.code, answer, sure) == 200
            board = await room.board()
            assert (board["count"], board["rounds"]) == (4, [])
            await room.move("close")
            assert (await room.board())["rounds"] == []
            await room.move("show")
            (first,) = (await room.board())["rounds"]
            assert [bar["counts"] for bar in first["bars"]] == [[0, 1, 1], [1, 0, 0], [0, 0, 1]]
            await room.move("again")
            assert (await room.board())["rounds"] == []
            for phone in phones[:3]:
                assert await phone.vote(room.code, 2, 2, round_=2) == 200
            await room.move("close", "show", "reveal")
            board = await room.board()
            assert [each["round"] for each in board["rounds"]] == [1, 2]
            assert [bar["right"] for bar in board["rounds"][1]["bars"]] == [False, False, True]
            assert board["truth"] == {"shown": "It stays", "reason": "Because both."}
            mine = (await phones[0].state(room.code))["mine"]
            assert [(vote["right"], vote["reason"]) for vote in mine] == [
                (False, "Because up."),
                (True, "Because both."),
            ]

    apart(story())


@pytest.mark.parametrize("question", JUDGED, ids=lambda question: question.asks.kind)
def test_what_is_right_is_in_no_byte_before_it_is_revealed(question: Question) -> None:
    """Nor is anything that others voted, on a phone, ever; nor on the projector while the vote is open."""
    answers: dict[str, Any] = {"choice": 1, "number": "3", "drawing": [0.25, 0.75]}
    given = answers[question.asks.kind]

    async def story() -> None:
        async with classroom(question) as room:
            phones = await room.phones(3)
            path = f"/room/{room.code}/events"
            async with phones[0].listening(path), room.teacher.listening(f"{path}?host=1"):
                for phone in phones:
                    assert await phone.vote(room.code, given) == 200
                for step in ("close", "show", "hide", "again", "close", "show"):
                    await room.move(step)
                    await phones[0].state(room.code)
                    await asyncio.sleep(0.05)
            truth = question.asks.truth()
            hidden = [
                truth.reason,
                '"right":true',
                '"right":false',
                "Because",
                *([truth.shown] if question is not CHOICE else []),
            ]
            for word in hidden:
                assert word not in phones[0].received.decode(), word
                assert word not in room.teacher.received.decode(), word
            assert '"counts"' not in phones[0].received.decode()
            assert '"counts"' in room.teacher.received.decode() or question is DRAWING
            await room.move("reveal")
            assert truth.reason in json.dumps(await phones[0].state(room.code), ensure_ascii=False)

    apart(story())


def test_a_vote_that_is_none_is_refused_and_changes_nothing() -> None:
    async def story() -> None:
        async with classroom() as room:
            (phone,) = await room.phones(1)
            assert await phone.vote(room.code, 0, 1) == 200
            for answer in (99, -1, True, "0", 1.5, None, [0], {"a": 1}, "x" * 41):
                assert await phone.vote(room.code, answer) == 422, answer
            for sure in (-1, 3, True, None, "1", 0.5):
                assert await phone.vote(room.code, 1, sure) == 400, sure
            assert await phone.vote(room.code, 1, round_=2) == 409
            assert await phone.vote(room.code, 1, round_=10**30) == 400
            assert await phone.vote(room.code, 1, item=0) == 409
            path = f"/room/{room.code}/vote"
            assert (await phone.ask("PUT", path, b"x" * 1_000_000)).status == 413
            for body in (b"", b"null", b"[]", b"{", b"\xff", b"[" * 1900, b'{"item": NaN}'):
                assert (await phone.ask("PUT", path, body)).status == 400, body
            await room.move("close")
            assert await phone.vote(room.code, 1) == 409
            assert [vote["answer"] for vote in (await phone.state(room.code))["mine"]] == [0]

    apart(story())


def test_a_number_that_is_none_is_refused() -> None:
    async def story() -> None:
        async with classroom(NUMBER) as room:
            (phone,) = await room.phones(1)
            for answer in ("", "NaN", "1" * 41, "eins", 1, None):
                assert await phone.vote(room.code, answer) == 422, answer
            assert await phone.vote(room.code, " 7,4 ".replace(",", ".")) == 200

    apart(story())


def test_points_that_are_none_are_refused() -> None:
    async def story() -> None:
        async with classroom(POOL) as room:
            (phone,) = await room.phones(1)
            assert await phone.vote(room.code, [[0, 1.234, -0.001], [2, 4, 6]]) == 200
            for answer in ([[3, 0, 0]], [[0, 5, 0]], [[0, True, 0]], [[0, 0, 0]] * 6, "0:1,1", 0, None, {}):
                assert await phone.vote(room.code, answer) == 422, answer
            for number in (b"NaN", b"Infinity", b"-Infinity", b"1e999", b"1" + b"0" * 400):
                said = b'{"item":1,"round":1,"sure":0,"answer":[[0,' + number + b",0]]}"
                assert (await phone.ask("PUT", f"/room/{room.code}/vote", said)).status == 422, number
            (mine,) = (await phone.state(room.code))["mine"]
            assert mine["answer"] == [[0, 1.23, 0], [2, 4, 6]]

    apart(story())


def test_points_are_seen_together_once_the_vote_is_closed_and_on_no_phone() -> None:
    async def story() -> None:
        async with classroom(POOL) as room:
            phones = await room.phones(4)
            path = f"/room/{room.code}/events"
            async with phones[0].listening(path), room.teacher.listening(f"{path}?host=1"):
                for number, phone in enumerate(phones):
                    assert await phone.vote(room.code, [[number % 2, 3.21, number], [0, -1.11, 0]]) == 200
                assert await phones[3].vote(room.code, []) == 200
                board = await room.board()
                assert (board["count"], board["rounds"]) == (3, []), "what is taken back is no answer"
                await room.move("close")
                assert b"3.21" not in room.teacher.received
                assert (await phones[3].state(room.code))["mine"][0]["answer"] == []
                await room.move("show")
                (round_,) = (await room.board())["rounds"]
                assert round_["points"] == [
                    [0, -1.11, 0], [0, -1.11, 0], [0, -1.11, 0], [0, 3.21, 0], [0, 3.21, 2], [1, 3.21, 1],
                ]  # fmt: skip
                await room.move("reveal")
                state = await phones[3].state(room.code)
                assert "truth" not in state
                assert "truth" not in await room.board()
            assert b"3.21" not in phones[3].received
            assert phones[0].received.count(b"1.11") == 0, "its own stand in its own state alone"

    apart(story())


def test_fewer_than_three_answers_with_points_are_not_shown() -> None:
    async def story() -> None:
        async with classroom(POOL) as room:
            phones = await room.phones(3)
            for phone, answer in zip(phones, ([[0, 3.21, 0]], [[1, 3.21, 0]], []), strict=True):
                assert await phone.vote(room.code, answer) == 200
            await room.move("close", "show")
            board = await room.board()
            assert (board["few"], board["rounds"]) == (True, [])
            assert b"3.21" not in room.teacher.received
            table = (await room.teacher.get(f"/room/{room.code}/results.csv")).text
            assert len(table.splitlines()) == 1

    apart(story())


@pytest.mark.parametrize("lang", CODES)
def test_what_points_are_put_down_with_is_small_and_comes_by_itself(lang: str) -> None:
    async def story() -> None:
        async with classroom(POOL, lang) as room:
            script = await Browser().get(f"/room/points.js?lang={lang}")
            assert script.header("content-type").startswith("text/javascript")
            assert len(script.body) < 6_000
            assert {"en": "Take back the last point", "ko": "마지막 점 취소"}[lang] in script.text
            assert "function field(" not in (await Browser().get(f"/room/{room.code}")).text

    apart(story())


def test_nobody_votes_in_anothers_name() -> None:
    async def story() -> None:
        async with classroom() as room:
            other = await opened(room.house)
            phone, theirs = (await room.phones(1))[0], (await other.phones(1))[0]
            assert await phone.vote(room.code, 0) == 200
            token = theirs.cookies[f"seat_{other.code}"]
            for forged in (
                "",
                "x",
                ".",
                "a.b",
                token,
                phone.cookies[f"seat_{room.code}"] + "0",
                "é.ü",
                "." * 5000,
            ):
                assert await Browser({f"seat_{room.code}": forged}).vote(room.code, 1) == 401, forged
            assert await Browser().vote(room.code, 1) == 401
            assert (await room.board())["count"] == 1

    apart(story())


def test_one_device_has_one_vote() -> None:
    async def story() -> None:
        async with classroom() as room:
            (phone,) = await room.phones(1)
            assert {await phone.vote(room.code, number % 3) for number in range(200)} == {200}
            await phone.get(f"/room/{room.code}")
            assert await phone.vote(room.code, 1) == 200
            assert (await room.board())["count"] == 1

    apart(story())


def test_only_the_teacher_leads() -> None:
    leads = [("GET", "board"), ("GET", "key"), ("GET", "results.csv"), ("GET", "events?host=1"),
             ("GET", "address?at=http://class.example/room/CODE"), ("POST", "phase"), ("POST", "door"),
             ("POST", "scene"), ("POST", "end")]  # fmt: skip

    async def story() -> None:
        async with classroom() as room:
            other = await opened(room.house)
            stranger = Browser({f"host_{room.code}": other.key, f"host_{other.code}": room.key})
            for browser in (Browser(), stranger, (await room.phones(1))[0]):
                for method, path in leads:
                    answer = await browser.ask(method, f"/room/{room.code}/{path}", {})
                    assert answer.status == 403, path
            for key in ("", other.key, room.key[:-1], None, 1, ["x"], "x" * 1000):
                assert (await Browser().post(f"/room/{room.code}/host", {"key": key})).status == 403

    apart(story())


def test_the_teacher_leads_from_any_device_with_the_key() -> None:
    async def story() -> None:
        async with classroom() as room:
            key = (await room.teacher.get(f"/room/{room.code}/key")).json["key"]
            other = Browser()
            assert (await other.post(f"/room/{room.code}/host", {"key": key})).status == 200
            assert (await other.get(f"/room/{room.code}/board")).json == await room.board()

    apart(story())


def test_a_page_of_another_site_changes_nothing() -> None:
    async def story() -> None:
        async with classroom() as room:
            for origin in ("https://other.example", "null", f"https://{HOSTILE}"):
                for method, path in (("POST", "phase"), ("POST", "end"), ("PUT", "vote"), ("POST", "host")):
                    answer = await room.teacher.ask(
                        method, f"/room/{room.code}/{path}", {}, {"origin": origin}
                    )
                    assert answer.status == 403
            ours = {"origin": "http://class.example"}
            said = {"item": 1, "round": 1, "phase": "open", "move": "close"}
            assert (await room.teacher.ask("POST", f"/room/{room.code}/phase", said, ours)).status == 200

    apart(story())


HOSTILE = "class.example.other.example"


def test_behind_a_closed_door_those_within_go_on() -> None:
    async def story() -> None:
        async with classroom() as room:
            (within,) = await room.phones(1)
            await room.teacher.post(f"/room/{room.code}/door", {"open": False})
            late = Browser()
            for path in ("", "/state", "/events"):
                assert (await late.get(f"/room/{room.code}{path}")).status == 403
            assert not late.cookies
            assert await late.vote(room.code, 0) == 401
            assert await within.vote(room.code, 0) == 200
            assert (await within.get(f"/room/{room.code}")).status == 200

    apart(story())


def test_a_late_phone_lands_where_the_class_is() -> None:
    async def story() -> None:
        async with classroom() as room:
            await room.move("close", "again")
            late = Browser()
            state = await late.state(room.code)
            assert (state["phase"], state["round"]) == ("open", 2)
            assert await late.vote(room.code, 1, round_=2) == 200

    apart(story())


def test_a_stream_says_all_at_once_and_then_every_change() -> None:
    async def story() -> None:
        async with classroom() as room:
            (phone,) = await room.phones(1)
            path = f"/room/{room.code}/events"
            async with phone.listening(path) as heard, room.teacher.listening(f"{path}?host=1") as board:
                assert (await heard.get())["question"]["options"] == list(CHOICE.asks.public()["options"])
                assert (await board.get())["count"] == 0
                await phone.vote(room.code, 0)
                assert (await board.get())["count"] == 1
                await room.move("close")
                assert (await heard.get())["phase"] == "closed"
                await room.teacher.post(f"/room/{room.code}/scene", {"address": "losses?lang=en&step=two"})
                assert (await heard.get())["scene"] == {
                    "number": 1, "address": "losses?lang=en&step=two", "title": "Losses"
                }  # fmt: skip
                await room.teacher.post(f"/room/{room.code}/end", {})
                assert await heard.get() == {"phase": "ended"}

    apart(story())


def test_a_silent_stream_shows_that_it_is_alive_and_keeps_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "BEAT", 0.001)
    monkeypatch.setattr(hub, "TOUCH", hub.PING)

    async def story() -> None:
        async with classroom() as room:
            store, path = room.house.store, f"/room/{room.code}/events"
            (phone,) = await room.phones(1)
            values = (0.0,)
            store.write(lambda line: line.execute("UPDATE room SET touched = ?", values).rowcount).result()
            async with phone.listening(path) as heard, room.teacher.listening(f"{path}?host=1") as board:
                assert (await heard.get())["phase"] == (await board.get())["phase"] == "open"
                for _ in range(3):
                    assert await heard.get() == await board.get() == "ping"
            (touched,) = store.read(lambda line: line.execute("SELECT touched FROM room").fetchone()).result()
            assert touched > 0

    apart(story())


def test_who_reads_slowly_is_sent_the_newest_alone() -> None:
    """What has not left yet is replaced: a phone on a bad line holds nothing up and piles nothing up."""
    sent: list[bytes] = []
    reads = asyncio.Event()

    async def send(message: Message) -> None:
        sent.append(message["body"])
        await reads.wait()

    async def story() -> None:
        listener = hub._Listener(send)
        for message in (b"1", b"2", b"3"):
            listener.tell(message)
            await asyncio.sleep(0)
            listener.ping()
        reads.set()
        while listener._speaking:
            await asyncio.sleep(0)
        assert sent == [b"1", b"3"]

    apart(story())


def test_nothing_is_left_of_a_stream_whose_phone_has_gone() -> None:
    async def story() -> None:
        async with classroom() as room:
            for browser, query in (((await room.phones(1))[0], ""), (room.teacher, "?host=1")):
                async with browser.listening(f"/room/{room.code}/events{query}") as heard:
                    await heard.get()
                    assert room.house.hub._channels
                    assert any(room.house.hub._pinged)
                assert not room.house.hub._channels
                assert not any(room.house.hub._pinged)

    apart(story())


def test_who_listened_to_a_class_that_is_over_hears_nothing_of_another_with_its_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def story() -> None:
        async with classroom() as room:
            path = f"/room/{room.code}/events"
            (phone,) = await room.phones(1)
            streams = [asyncio.create_task(phone.get(path))]
            streams += [asyncio.create_task(room.teacher.get(f"{path}?host=1"))]
            while room.code not in room.house.hub._channels or not all(
                map(len, room.house.hub._channels[room.code].listeners)
            ):
                await asyncio.sleep(0)
            await room.teacher.post(f"/room/{room.code}/end", {})
            for stream in streams:
                assert (await stream).text.endswith('data: {"phase":"ended"}\n\n')
            monkeypatch.setattr(tables, "new_code", lambda: room.code)
            other = await opened(room.house)
            assert other.code == room.code
            assert not room.house.hub._channels
            assert await phone.vote(other.code, 0) == 401
            assert (await room.teacher.get(f"/room/{other.code}/board")).status == 403

    apart(story())


def test_who_asks_for_the_head_of_a_stream_is_not_kept() -> None:
    async def story() -> None:
        async with classroom() as room:
            assert (await Browser().ask("HEAD", f"/room/{room.code}/events")).status == 200

    apart(story())


def test_a_database_that_comes_later_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "AGAIN", 0.05)
    monkeypatch.setenv(PLACE, str(tmp_path / "later" / "rooms.sqlite"))
    (tmp_path / "later").touch()

    async def story() -> None:
        async with house.open_house():
            assert house.house() is None
            assert (await Browser().get("/room/ABCD/state")).status == 503
            (tmp_path / "later").unlink()
            while house.house() is None:
                await asyncio.sleep(0.01)

    apart(story())


def test_a_fault_in_opening_the_rooms_is_told_and_does_not_hang_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(house, "open_store", broken)

    async def story() -> None:
        with pytest.raises(ZeroDivisionError):
            async with house.open_house():
                pass

    apart(story())


def test_streams_end_when_the_server_stops() -> None:
    async def story() -> None:
        async with classroom() as room:
            (phone,), path = await room.phones(1), f"/room/{room.code}/events"
            answer = asyncio.create_task(phone.get(path))
            while not room.house.hub._channels:
                await asyncio.sleep(0)
            room.house.hub.close()
            assert (await answer).status == 200
            assert (await phone.get(path)).status == 200, "one that comes later ends at once"

    apart(story())


@pytest.mark.parametrize(
    "address",
    ["", "nowhere?x=1", "https://other.example", "//other.example", "scores/../..", "scores?\n",
     "javascript:alert(1)", None, 1, "scores?" + "x" * 2000],
)  # fmt: skip
def test_only_a_page_of_ours_is_shown(address: object) -> None:
    async def story() -> None:
        async with classroom() as room:
            answer = await room.teacher.post(f"/room/{room.code}/scene", {"address": address})
            assert answer.status in ((200,) if address == "" else (400, 413))

    apart(story())


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1}", "{1[0]}{1[1]}-{1[2]}{1[3]}"])
def test_a_code_is_taken_however_it_is_typed(typed: str) -> None:
    async def story() -> None:
        async with classroom() as room:
            line = typed.format(room.code, room.code.lower()).replace(" ", "+")
            answer = await Browser().get(f"/room?code={line}")
            assert (answer.status, answer.header("location")) == (303, f"room/{room.code}")
            answer = await Browser().get(f"/room?lang=ko&code={line}")
            assert answer.header("location") == f"room/{room.code}?lang=ko"
            lower = await Browser().get(f"/room/{room.code.lower()}")
            assert (lower.status, lower.header("location")) == (303, room.code)
            for behind in ("/", ".", ")", "/)"):
                answer = await Browser().get(f"/room/{room.code}{behind}?lang=ko")
                to = urljoin(f"/room/{room.code}{behind}", answer.header("location"))
                assert (answer.status, to) == (303, f"/room/{room.code}?lang=ko"), behind

    apart(story())


@pytest.mark.parametrize(
    ("typed", "said"), [("AB0D", "No code has"), ("ABC", "4 letters"), ("AB*D", "A to Z")]
)
def test_what_is_no_code_is_answered_kindly(typed: str, said: str) -> None:
    async def story() -> None:
        async with classroom():
            for path in (f"/room?code={typed}", f"/room/{typed}"):
                answer = await Browser().get(path)
                assert said in answer.text
                assert f'value="{typed}"' in answer.text
                assert 'name="lang"' not in answer.text
            assert 'name="lang" value="ko"' in (await Browser().get(f"/room?lang=ko&code={typed}")).text

    apart(story())


def test_the_projectors_page_of_no_room_is_told_in_words() -> None:
    async def story() -> None:
        async with classroom():
            answer = await Browser().get("/room/ABCD/screen?lang=ko")
            assert answer.status == 404
            assert '<html lang="ko">' in answer.text
            assert 'action="../../room"' in answer.text

    apart(story())


def test_guesses_wait_and_the_class_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    asleep = asyncio.sleep

    async def note(seconds: float) -> None:
        if seconds not in {hub.LOOK, hub.BEAT, house.TIDY}:  # the server's own
            waited.append(seconds)
        await asleep(0)

    monkeypatch.setattr("app.rooms.routes.asyncio.sleep", note)

    async def story() -> None:
        async with classroom() as room:
            unknown = "ZZZZ" if room.code != "ZZZZ" else "YYYY"
            waited.clear()
            answers = [(await Browser().get(f"/room/{unknown}/state")).status for _ in range(100)]
            assert set(answers) == {404, 429}
            assert max(waited) > 2
            waited.clear()
            (phone,) = await room.phones(1)
            assert await phone.vote(room.code, 0) == 200
            assert waited == []

    apart(story())


def test_the_table_of_results_opens_in_a_spreadsheet() -> None:
    async def story() -> None:
        async with classroom() as room:
            for phone in await room.phones(3):
                await phone.vote(room.code, 2, 2)
            path = f"/room/{room.code}/results.csv"
            assert len((await room.teacher.get(path)).text.splitlines()) == 1  # the vote is open
            await room.move("close")
            answer = await room.teacher.get(path)
            assert answer.body.startswith(b"\xef\xbb\xbf")
            rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
            assert rows == [
                ["question", "round", "answer", "sure", "count"],
                ["What becomes of it?", "1", "It stays", "Certain", "3"],
            ]
            await room.ask(NUMBER)
            await room.move("close")
            assert len((await room.teacher.get(path)).text.splitlines()) == 2

    apart(story())


def test_after_the_end_there_is_nothing() -> None:
    async def story() -> None:
        async with classroom() as room:
            (phone,) = await room.phones(1)
            assert (await room.teacher.post(f"/room/{room.code}/end", {})).status == 200
            assert (await phone.get(f"/room/{room.code}")).status == 404
            assert (await phone.get(f"/room/{room.code}/state")).status == 404

    apart(story())


def test_the_address_is_one_that_phones_can_open() -> None:
    async def story() -> None:
        async with classroom() as room:
            at = f"http://class.example/softmax/room/{room.code}"
            told = (await room.teacher.get(f"/room/{room.code}/address?at={at}")).json
            assert told["address"] == at
            assert told["image"].startswith("data:image/svg+xml")
            for wrong in ("", "javascript:x", "http://x/room/ABCD/y", f"ftp://x/room/{room.code}"):
                assert (await room.teacher.get(f"/room/{room.code}/address?at={wrong}")).status == 400

    apart(story())


@pytest.mark.parametrize("lang", CODES)
def test_the_phones_page_is_small_and_speaks_the_rooms_language(lang: str) -> None:
    async def story() -> None:
        async with classroom(lang=lang) as room:
            page = await Browser().get(f"/room/{room.code}")
            assert len(page.body) < 15_000
            assert f'<html lang="{lang}">' in page.text
            assert "<noscript>" in page.text
            assert page.text.count("<script>") == 2
            assert {"en": "Sent ✓", "ko": "전송됨 ✓"}[lang] in page.text

    apart(story())


def test_without_a_database_a_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        page = await Browser().get("/room/ABCD")
        assert page.status == 503
        assert "cannot be joined" in page.text
        assert (await Browser().get("/room/ABCD/state")).status == 503

    apart(story())


def test_a_store_that_hangs_is_answered_for_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "PATIENCE", 0.05)

    async def story() -> None:
        async with classroom() as room:
            (phone,) = await room.phones(1)
            go = threading.Event()
            room.house.store.read(lambda _: go.wait())
            page = await phone.get(f"/room/{room.code}")
            assert (page.status, "cannot be joined" in page.text) == (503, True)
            assert (await room.teacher.get(f"/room/{room.code}/screen")).status == 503
            assert await phone.vote(room.code, 0) == 503
            go.set()
            while await phone.vote(room.code, 0) != 200:
                await asyncio.sleep(0)
            assert (await room.board())["count"] == 1

    apart(story())


def test_a_question_of_another_version_holds_up_no_other_class() -> None:
    async def story() -> None:
        async with classroom() as room:
            other = await opened(room.house)
            (phone,), (there,) = await room.phones(1), await other.phones(1)
            path = "/room/{}/events"
            async with (
                phone.listening(path.format(room.code)) as heard,
                there.listening(path.format(other.code)) as heard_there,
            ):
                await heard.get(), await heard_there.get()
                unknown = CHOICE.written().replace('"choice"', '"of a later version"')
                values = (unknown, other.code)
                room.house.store.write(
                    lambda line: line.execute("UPDATE item SET question = ? WHERE code = ?", values).rowcount
                ).result()
                for step in ("close", "show"):
                    await room.move(step)
                    assert (await heard.get())["phase"] in {"closed", "shown"}

    apart(story())


def test_hostile_requests_meet_an_answer_each(caplog: pytest.LogCaptureFixture) -> None:
    """At every route, with every key and with none; a fault in the server would be an exception here."""
    rng = random.Random(20)  # noqa: S311
    methods = ("GET", "PUT", "POST", "HEAD", "DELETE", "PATCH")
    paths = [route.path.removeprefix("/room") for route in routes.ROUTES]

    async def story() -> None:
        async with classroom() as room:
            phones = [*(await room.phones(2)), room.teacher, Browser(), Browser({f"seat_{room.code}": "x.y"})]
            codes = (room.code, room.code, room.code, "ABCD", room.code.lower(), "")
            for _ in range(max(COUNT, 600)):
                code = rng.choice((*codes, rng.choice(VALUES)[:300]))
                path = "/room" + rng.choice(paths).replace("{code}", code).replace("{rest:path}", "a/b/c")
                if rng.random() < 0.3:
                    path += f"?{rng.choice(('code', 'at', 'lang', 'host', 'x'))}={rng.choice(VALUES)[:500]}"
                if path.endswith(("/events", "host=1")) or "/events?" in path:
                    continue
                said: Any = thing(rng)
                if rng.random() < 0.7:
                    names = ("item", "round", "answer", "sure", "move", "phase", "open", "address", "key")
                    usual = {"item": 1, "round": 1, "phase": rng.choice(("open", "closed", "shown"))}
                    said = usual | {name: thing(rng) for name in rng.sample(names, 3)}
                body = json.dumps(said).encode()[: rng.choice((10, 5000, 5000))]
                browser = rng.choice(phones)
                if browser is room.teacher and "/end" in path:
                    continue
                answer = await browser.ask(rng.choice(methods), path, body)
                assert answer.status < 500, (path, body)
            assert (await room.teacher.get(f"/room/{room.code}/board")).status == 200

    waits = routes.Guesses()
    waits._free = float("inf")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(routes, "_guesses", waits)
        apart(story(), 600)
    assert [record for record in caplog.records if record.exc_info] == []
