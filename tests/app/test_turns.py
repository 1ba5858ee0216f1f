"""Whose turn it is: tried on a Streamlit that does nothing but wait, with lines that are queues."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from app import turns
from app.turns import Turns, ends_a_run
from tests.app.asgi import apart
from ui import pieces


def move(value: float, fragment: str = "part", press: bool = False) -> bytes:
    """What a browser sends when a slider is moved, or a button pressed."""
    message = BackMsg()
    message.rerun_script.fragment_id = fragment
    state = message.rerun_script.widget_states.widgets.add(id="slider")
    state.double_array_value.data.append(value)
    if press:
        message.rerun_script.widget_states.widgets.add(id="button").trigger_value = True
    return message.SerializeToString()


def opening(query: str) -> bytes:
    """What a browser sends when it opens an address."""
    message = BackMsg()
    message.rerun_script.query_string = query
    return message.SerializeToString()


def ending(status: ForwardMsg.ScriptFinishedStatus.ValueType) -> bytes:
    message = ForwardMsg()
    message.metadata.run.script_run_id = "0" * 32
    message.script_finished = status
    return message.SerializeToString()


def writing(words: str) -> bytes:
    message = ForwardMsg()
    message.delta.new_element.markdown.body = words
    return message.SerializeToString()


FINISHED = ending(ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
GOES_ON = ending(ForwardMsg.FINISHED_EARLY_FOR_RERUN)


@dataclass
class Browser:
    """The far end of a line, and what Streamlit has been given of it."""

    line: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    heard: list[dict[str, Any]] = field(default_factory=list)
    given: list[dict[str, Any]] = field(default_factory=list)
    answer: Callable[[dict[str, Any]], Awaitable[None]] | None = None
    reads: asyncio.Event = field(default_factory=asyncio.Event)

    def say(self, data: bytes) -> None:
        self.line.put_nowait({"type": "websocket.receive", "bytes": data})

    async def send(self, message: dict[str, Any]) -> None:
        await self.reads.wait()
        self.heard.append(message)

    @property
    def values(self) -> list[float]:
        """The slider's values that Streamlit was given, in order."""
        asked = [BackMsg.FromString(each["bytes"]).rerun_script for each in self.given if each.get("bytes")]
        return [each.widget_states.widgets[0].double_array_value.data[0] for each in asked]

    async def finish(self, data: bytes = FINISHED) -> None:
        await self.answer({"type": "websocket.send", "bytes": data})
        await settled()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The schedule's own clock, which stands still: its one number is the time."""
    now = [100.0]
    monkeypatch.setattr(turns, "_now", lambda: now[0])
    return now


async def settled() -> None:
    """Let everything happen that can happen without the clock."""
    for _ in range(30):
        await asyncio.sleep(0)


@asynccontextmanager
async def classroom(count: int):
    """A server and the browsers that are connected to it."""
    browsers = [Browser() for _ in range(count)]
    at = {id(browser.line): browser for browser in browsers}

    async def streamlit(scope: dict[str, Any], receive, send) -> None:
        browser = at[scope["line"]]
        browser.answer = send
        while True:
            message = await receive()
            browser.given.append(message)
            if message["type"] == "websocket.disconnect":
                return

    server = Turns(streamlit)
    tasks = []
    for browser in browsers:
        browser.reads.set()
        scope = {"type": "websocket", "path": turns.STREAM, "line": id(browser.line)}
        tasks.append(asyncio.create_task(server(scope, browser.line.get, browser.send)))
    await settled()
    try:
        yield browsers
    finally:
        for browser in browsers:
            browser.line.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait_for(asyncio.gather(*tasks), 10)


def trying(story: Callable[[], Awaitable[None]]) -> Callable[[], None]:
    """A story that takes place in an event loop."""

    def test() -> None:
        apart(story())

    test.__name__, test.__doc__ = story.__name__, story.__doc__
    return test


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_PAUSE", 0.0)
    monkeypatch.setattr(turns, "BEGINNING", 60.0)  # here Streamlit does not say that a script begins
    monkeypatch.setattr(turns, "PATIENCE", 60.0)  # nor is one given up because the machine is busy


@trying
async def test_one_script_runs_at_a_time_and_the_longest_waiting_is_next() -> None:
    async with classroom(3) as (one, two, three):
        for browser, value in ((one, 1.0), (two, 2.0), (three, 3.0)):
            browser.say(move(value))
            await settled()
        assert (one.values, two.values, three.values) == ([1.0], [], [])
        await one.finish()
        assert (two.values, three.values) == ([2.0], [])
        await two.finish()
        assert three.values == [3.0]


def test_nobody_waits_for_a_script_that_does_not_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "BEGINNING", 0.0)
    begins = ForwardMsg()
    begins.session_status_changed.script_is_running = True

    async def story() -> None:
        async with classroom(3) as (one, two, three):
            one.say(move(1.0, "gone"))
            two.say(move(2.0))
            await settled()
            await asyncio.sleep(0.01)
            assert two.values == [2.0]
            await two.finish()
            three.say(move(3.0))
            for _ in range(3):
                await asyncio.sleep(0)
                if three.values:
                    await three.answer({"type": "websocket.send", "bytes": begins.SerializeToString()})
            one.say(move(4.0))
            await settled()
            await asyncio.sleep(0.01)
            assert one.values == [1.0], "a script that has begun is waited for"
            await three.finish()
            assert one.values == [1.0, 4.0]

    apart(story())


@trying
async def test_of_a_session_only_the_newest_move_waits() -> None:
    async with classroom(1) as (one,):
        for value in (1.0, 2.0, 3.0, 4.0):
            one.say(move(value))
            await settled()
        assert one.values == [1.0]
        await one.finish()
        assert one.values == [1.0, 4.0]


@trying
async def test_a_press_is_not_lost_and_parts_of_a_page_do_not_replace_each_other() -> None:
    async with classroom(1) as (one,):
        for data in (move(1.0), move(2.0, press=True), move(3.0), move(4.0, "other"), move(5.0)):
            one.say(data)
            await settled()
        for _ in range(4):
            await one.finish()
        assert one.values == [1.0, 2.0, 4.0, 5.0]


@trying
async def test_the_whole_page_replaces_its_parts() -> None:
    async with classroom(1) as (one,):
        for data in (move(1.0), move(2.0), move(3.0, "other"), move(4.0, "")):
            one.say(data)
            await settled()
        await one.finish()
        assert one.values == [1.0, 4.0]


@trying
async def test_a_script_that_runs_again_by_itself_keeps_its_turn() -> None:
    async with classroom(2) as (one, two):
        one.say(move(1.0))
        await settled()
        two.say(move(2.0))
        await one.finish(GOES_ON)
        assert two.values == []
        await one.finish()
        assert two.values == [2.0]


@trying
async def test_a_session_that_leaves_gives_its_turn_back() -> None:
    async with classroom(2) as (one, two):
        one.say(move(1.0))
        await settled()
        two.say(move(2.0))
        await settled()
        one.line.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await settled()
        assert two.values == [2.0]


@trying
async def test_who_has_had_much_waits_behind_who_had_little() -> None:
    async with classroom(3) as (greedy, modest, other):
        greedy.say(move(1.0))
        await settled()
        await asyncio.sleep(0.05)  # what it uses is time: the longer this sleep takes, the more
        await greedy.finish()
        other.say(move(1.0))
        await settled()
        greedy.say(move(2.0))
        await settled()
        modest.say(move(3.0))
        await settled()
        await other.finish()
        assert (greedy.values, modest.values) == ([1.0], [3.0])
        await modest.finish()
        assert greedy.values == [1.0, 2.0]


def test_a_long_script_lets_the_others_on_and_its_own_next_move_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.01)

    async def story() -> None:
        async with classroom(2) as (one, two):
            one.say(move(1.0))
            await settled()
            two.say(move(2.0))
            while not two.values:
                await asyncio.sleep(0.001)
            one.say(move(3.0))
            await settled()
            assert one.values == [1.0, 3.0]

    apart(story(), 10)


@trying
async def test_a_reader_with_a_slow_line_does_not_keep_the_turn() -> None:
    async with classroom(2) as (slow, quick):
        slow.reads.clear()
        slow.say(move(1.0))
        await settled()
        quick.say(move(2.0))
        await slow.finish(writing("a" * 10_000))
        assert quick.values == []
        await slow.finish()
        assert quick.values == [2.0]
        slow.reads.set()


@trying
async def test_what_is_no_script_passes_at_once() -> None:
    async with classroom(2) as (one, two):
        one.say(move(1.0))
        await settled()
        heartbeat = BackMsg(app_heartbeat=True).SerializeToString()
        two.say(heartbeat)
        await settled()
        assert [message["bytes"] for message in two.given] == [heartbeat]


@pytest.mark.parametrize("kind", sorted(field.name for field in BackMsg.DESCRIPTOR.fields))
def test_what_no_page_of_ours_says_does_not_reach_streamlit(kind: str) -> None:
    message = BackMsg()
    if message.DESCRIPTOR.fields_by_name[kind].message_type:
        getattr(message, kind).SetInParent()
    else:
        setattr(message, kind, True)
    reaches = kind in {"rerun_script", "stop_script", "app_heartbeat"}

    async def story() -> None:
        async with classroom(1) as (one,):
            one.say(b"")
            one.say(message.SerializeToString())
            one.say(move(1.0, "another part"))
            await settled()
            assert one.given
            assert (one.given[0]["bytes"] == message.SerializeToString()) is reaches
            assert not one.heard

    apart(story())


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"bytes": b"\xff\xff\xff"}, 1002),
        ({"text": "hello"}, 1003),
        ({"bytes": None}, 1003),
        ({"bytes": bytes(3_000_000)}, 1009),
        ({"bytes": opening("a" * 100_000)}, 1009),
    ],
)
def test_what_streamlit_does_not_speak_ends_the_session(message: dict[str, Any], code: int) -> None:
    async def story() -> None:
        async with classroom(1) as (one,):
            one.line.put_nowait({"type": "websocket.receive", **message})
            await settled()
            assert {"type": "websocket.close", "code": code} in one.heard
            assert [given["type"] for given in one.given] == ["websocket.disconnect"]

    apart(story())


def test_who_has_had_the_interpreter_for_long_leaves_it_to_the_others(
    monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    monkeypatch.setattr(turns, "_MAX_REST", 60.0)

    async def story() -> None:
        async with classroom(2) as (greedy, other):
            greedy.say(move(1.0))
            await settled()
            clock[0] += 2 * turns._MUCH
            await greedy.finish()
            greedy.say(move(2.0))
            await settled()
            other.say(move(3.0))
            await settled()
            assert (greedy.values, other.values) == ([1.0], [3.0])
            await other.finish()
            assert greedy.values == [1.0]
            clock[0] += 2 * turns._MUCH
            other.say(move(4.0))
            await settled()
            assert greedy.values == [1.0, 2.0]

    apart(story())


def events(*names: str) -> WidgetState:
    """What a component says that it has been done to it, as a browser writes it."""
    said = json.dumps([{"event": name, "value": {"start": 0}} for name in names])
    return WidgetState(id="film", json_trigger_value=said)


@pytest.mark.parametrize(
    "text", ["", "[", "need", '{"event": "need"}', '["need"]', "[" * 100_000, "[null]", "null", "[]"]
)
def test_what_is_no_wish_of_a_film_is_none(text: str) -> None:
    assert not turns.is_for_frames(WidgetState(json_trigger_value=text))


def test_a_film_and_nothing_else_can_wait() -> None:
    assert turns.is_for_frames(events("need"))
    assert not turns.is_for_frames(events("need", "rest"))
    assert not turns.is_for_frames(events("move"))
    assert not turns.is_for_frames(WidgetState(trigger_value=True))


def wish_of_a_film(film: str = "film", fragment: str = "part") -> bytes:
    """What a browser sends when a film needs frames."""
    wish = BackMsg.FromString(move(0.0, fragment))
    wish.rerun_script.widget_states.widgets.append(events("need"))
    wish.rerun_script.widget_states.widgets[1].id = film
    return wish.SerializeToString()


def test_a_film_lets_moves_pass_and_not_for_ever(clock: list[float]) -> None:

    async def story() -> None:
        async with classroom(3) as (running, film, mover):
            running.say(move(1.0))
            await settled()
            film.say(wish_of_a_film())
            await settled()
            clock[0] += 0.9 * turns._FILMS_WAIT
            mover.say(move(2.0))
            await settled()
            await running.finish()
            assert (film.values, mover.values) == ([], [2.0])
            clock[0] += turns._FILMS_WAIT
            running.say(move(3.0))
            await settled()
            await mover.finish()
            assert (film.values, running.values) == ([0.0], [1.0, 3.0])

    apart(story())


def test_a_film_steps_aside_for_moves_and_goes_on_after_them() -> None:

    async def story() -> None:
        async with classroom(4) as (film, other, mover, another):
            film.say(wish_of_a_film())
            await settled()
            other.say(wish_of_a_film())
            await settled()
            assert pieces.GO_ON.is_set()
            mover.say(move(1.0))
            another.say(move(2.0))
            await settled()
            assert (mover.values, another.values) == ([1.0], [])
            assert not pieces.GO_ON.is_set()
            await mover.finish()
            assert another.values == [2.0]
            assert not pieces.GO_ON.is_set()
            await another.finish()
            assert pieces.GO_ON.is_set()
            assert not pieces.IDLE.is_set()
            assert other.values == []  # one film at a time
            await film.finish()
            assert other.values == [0.0]
            await other.finish()
            assert pieces.IDLE.is_set()

    apart(story())


def test_a_film_that_has_waited_long_begins_and_steps_aside_at_once(clock: list[float]) -> None:

    async def story() -> None:
        async with classroom(3) as (running, film, mover):
            running.say(move(1.0))
            film.say(wish_of_a_film())
            await settled()
            clock[0] += 2 * turns._FILMS_WAIT
            mover.say(move(2.0))
            await settled()
            await running.finish()
            assert (film.values, mover.values) == ([0.0], [2.0])
            assert not pieces.GO_ON.is_set()
            await film.finish()
            assert not pieces.IDLE.is_set()
            await mover.finish()
            assert pieces.IDLE.is_set()

    apart(story())


@pytest.mark.parametrize("is_aside", [False, True])
def test_a_film_hurries_when_its_own_reader_moves(is_aside: bool) -> None:
    """That move has to wait for it."""

    async def story() -> None:
        async with classroom(3) as (both, mover, another):
            both.say(wish_of_a_film())
            await settled()
            if is_aside:
                mover.say(move(2.0))
                await settled()
            both.say(move(1.0))
            await settled()
            another.say(move(3.0))
            await settled()
            assert pieces.GO_ON.is_set()
            await both.finish()
            if is_aside:
                await mover.finish()
            for each in (another, both, another):  # whoever of the two is next
                await each.finish()
            assert (both.values[1:], another.values) == ([1.0], [3.0])
            assert pieces.IDLE.is_set()

    apart(story())


def test_time_aside_is_no_time_of_the_interpreter(clock: list[float]) -> None:

    async def story() -> None:
        async with classroom(2) as (film, mover):
            film.say(wish_of_a_film())
            await settled()
            mover.say(move(1.0))
            await settled()
            clock[0] += turns._MUCH + 1.0
            await film.finish()
            film.say(wish_of_a_film())
            await settled()
            await mover.finish()
            assert len(film.values) == 2  # who has used much would rest

    apart(story())


@pytest.mark.parametrize(
    ("is_calm", "moves_at", "made"),
    [(True, 0, [30]), (False, None, [8, 8, 8, 6]), (False, 0, [8]), (False, 1, [8, 8])],
)
def test_frames_are_made_while_nobody_moves(
    monkeypatch: pytest.MonkeyPatch, is_calm: bool, moves_at: int | None, made: list[int]
) -> None:
    """Only the first of them where others move for long."""
    parts: list[int] = []

    def make(steps: range) -> list[int]:
        parts.append(len(steps))
        if moves_at is not None and steps[0] <= 10 + 8 * moves_at < steps[-1]:
            pieces.GO_ON.clear()
        return list(steps)

    monkeypatch.setattr(pieces, "_STEP_ASIDE", 0.01)
    pieces._moved_at = -pieces._CALM
    if not is_calm:
        pieces.somebody_moves()
    try:
        frames = pieces.stepping_aside(make, range(10, 40))
    finally:
        pieces.GO_ON.set()
    assert parts == made
    assert frames == list(range(10, 10 + sum(made)))


def test_frames_go_on_when_the_others_have_passed() -> None:
    asked = threading.Event()

    def make(steps: range) -> list[int]:
        if not asked.is_set():
            pieces.GO_ON.clear()
            asked.set()
            threading.Timer(0.02, pieces.GO_ON.set).start()
        return list(steps)

    pieces.somebody_moves()
    assert pieces.stepping_aside(make, range(30)) == list(range(30))


def test_a_film_that_stops_short_is_not_asked_for_more() -> None:
    pieces.somebody_moves()
    assert pieces.stepping_aside(lambda steps: steps[:3], range(30)) == [0, 1, 2]


@pytest.mark.parametrize("film_first", [True, False])
def test_a_readers_own_film_does_not_keep_a_move_waiting(clock: list[float], film_first: bool) -> None:

    async def story() -> None:
        async with classroom(3) as (running, both, later):
            running.say(move(1.0))
            await settled()
            for said in (wish_of_a_film(), move(2.0)) if film_first else (move(2.0), wish_of_a_film()):
                both.say(said)
                await asyncio.sleep(2 * turns._PAUSE)
            clock[0] += 0.01
            later.say(move(3.0))
            await settled()
            await running.finish()
            assert (len(both.values), later.values) == (1, [])

    apart(story())


@pytest.mark.parametrize(
    ("film", "fragment", "given"), [("film", "part", 1), ("other", "part", 2), ("film", "b", 2)]
)
def test_frames_that_are_asked_for_again_are_made_once(film: str, fragment: str, given: int) -> None:
    async def story() -> None:
        async with classroom(2) as (running, one):
            running.say(move(1.0))
            await settled()
            for said in (wish_of_a_film(), wish_of_a_film(film, fragment)):
                one.say(said)
                await asyncio.sleep(2 * turns._PAUSE)
            await running.finish()
            await one.finish()
            await one.finish()
            assert len(one.values) == given

    apart(story())


def test_long_work_goes_on_when_one_leaves_who_rests(
    monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    monkeypatch.setattr(turns, "_MAX_REST", 60.0)

    async def story() -> None:
        async with classroom(2) as (greedy, _other):
            greedy.say(move(1.0))
            await settled()
            clock[0] += 2 * turns._MUCH
            assert not pieces.IDLE.is_set()
            await greedy.finish()
            greedy.say(move(2.0))
            await settled()
            assert greedy.values == [1.0]
            assert pieces.IDLE.is_set()
            greedy.line.put_nowait({"type": "websocket.disconnect", "code": 1001})
            await settled()
            assert pieces.IDLE.is_set()

    apart(story())


def test_who_uses_little_does_not_wait_for_the_next_move(clock: list[float]) -> None:

    async def story() -> None:
        async with classroom(1) as (one,):
            one.say(move(1.0))
            await settled()
            clock[0] += 0.9 * turns._MUCH
            await one.finish()
            one.say(move(2.0))
            await settled()
            assert one.values == [1.0, 2.0]

    apart(story())


def test_what_is_said_at_once_goes_out_in_its_order() -> None:
    said = [{"type": "websocket.send", "bytes": writing(str(number) * 600)} for number in range(5)]

    async def story() -> None:
        async with classroom(1) as (one,):
            for message in said:
                await one.answer(message)
            while len(one.heard) < len(said):
                await asyncio.sleep(0.001)
            assert one.heard == said

    apart(story())


@pytest.mark.parametrize("is_short", [True, False])
def test_what_a_short_script_says_goes_out_when_it_ends(
    monkeypatch: pytest.MonkeyPatch, is_short: bool
) -> None:
    monkeypatch.setattr(turns, "_TOGETHER", 0.0)
    monkeypatch.setattr(turns, "_SHORT", 60.0 if is_short else 0.0)
    begins, words = ForwardMsg(), writing("a" * 600)
    begins.session_status_changed.script_is_running = True
    said = [begins.SerializeToString(), words, FINISHED]

    async def story() -> None:
        async with classroom(1) as (browser,):
            browser.say(move(1))
            await settled()
            for data in said[:2]:
                await browser.answer({"type": "websocket.send", "bytes": data})
            await settled()
            while not (is_short or len(browser.heard) == 2):
                await asyncio.sleep(0.001)
            assert len(browser.heard) == (0 if is_short else 2)
            await browser.finish()
            while len(browser.heard) < len(said):
                await asyncio.sleep(0.001)
            assert [message["bytes"] for message in browser.heard] == said

    apart(story())


def test_a_full_server_lets_nobody_in_until_somebody_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MAX_LINES", 2)

    async def story() -> None:
        async with classroom(1) as (first,):
            async with classroom(2) as (second, third):
                assert [each.answer is None for each in (first, second, third)] == [False, False, True]
                second.say(move(1.0))
                third.say(move(2.0))
                await settled()
                assert second.values == [1.0]
                assert third.heard == [{"type": "websocket.close", "code": 1013}]
            assert not turns.is_full()
        assert not turns._lines

    apart(story())


def test_long_work_is_done_in_turn_and_waits_for_short_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_MAX_WAIT", 30.0)
    at_work, most, done = 0, 0, threading.Event()

    def work() -> Iterator[int]:
        nonlocal at_work, most
        for piece in range(20):
            at_work += 1
            most = max(most, at_work)
            time.sleep(0)
            at_work -= 1
            done.set()
            yield piece

    pieces.IDLE.clear()
    threads = [threading.Thread(target=lambda: list(pieces.in_pieces(work()))) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert not done.is_set()
    pieces.IDLE.set()
    for thread in threads:
        thread.join()
    assert done.is_set()
    assert most == 1


def test_long_work_is_not_put_off_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_MAX_WAIT", 0.001)
    pieces.IDLE.clear()
    try:
        assert list(pieces.in_pieces(iter("abc"))) == ["a", "b", "c"]
    finally:
        pieces.IDLE.set()


def test_only_the_message_that_a_script_has_finished_ends_a_run() -> None:
    assert ends_a_run(ForwardMsg.FromString(FINISHED))
    assert not ends_a_run(ForwardMsg.FromString(GOES_ON))
    assert not ends_a_run(ForwardMsg())
    assert not ends_a_run(ForwardMsg(page_profile={}))
