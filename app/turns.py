"""Few scripts run at a time: whose turn it is when a whole class moves its sliders.

A move of a slider runs a script in a thread of its own, and threads that all compute share one interpreter.
Thirty at a time hand its lock to and fro, each with half a page done, and nobody is answered; one at a time
answers thirty readers in a second. So what asks for a script waits here, before Streamlit has seen it:

- One script runs at a time. The next is that of the session that has waited longest; what a session has
  used of the last seconds counts as if it had come so much later, and who has used much of them leaves the
  interpreter free as long as it has just had it, at most for a twentieth of a second: one who asks for a
  hundred a second does not slow down those who ask for one.
- Frames of a film are asked for before they are shown: they let the moves of the others pass, for a while.
  A script that makes them steps aside for a move, and goes on when nobody moves: `ui.pieces`.
- Of a session only the newest move waits. An older one for the same part of the page is dropped, unless it
  carries a press of a button, which is not to be lost.
- A script that takes longer than `PATIENCE` lets the others on. Then its session's next move goes through
  at once, as it may be the one that stops it. Such scripts work in pieces, one piece at a time among all
  sessions, and between two of them let the short ones have the interpreter: `ui.pieces`.

This stands between the server and Streamlit and reads what goes over the wire; nothing in Streamlit changes.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field, replace
from math import exp

import orjson
import streamlit as st  # its messages need the package to be imported first
from google.protobuf.message import DecodeError
from google.protobuf.message import Message as ProtoMessage
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from app.changes import Changes
from app.numbers import Spans, gauge
from app.places import MAX_ADDRESS
from ui.pieces import GO_ON, IDLE, somebody_moves

log = logging.getLogger(__name__)

STREAM = "/_stcore/stream"
MAX_LINES = 1000  # open pages of one process; a page takes about 1 MB
PATIENCE = 0.5  # seconds that one script may keep the others waiting
BEGINNING = (
    0.1  # seconds within which a script begins; Streamlit passes over what asks for a part that is gone
)
_MEMORY = 5.0  # seconds after which most of what a session has used is forgotten
_TOGETHER = 0.002  # seconds within which messages to a browser go in one packet: each wakes both sides
_SHORT = 0.02  # seconds for which a script's first words wait for its last: the page is drawn once for all
_MUCH = 1.5  # seconds of the last ones; somebody who drags a slider uses about 1
_MAX_REST = 0.05  # seconds
_FILMS_WAIT = 10.0  # seconds
_PAUSE = 0.01  # seconds between two messages of a session that has one waiting already
_MAX_WAITING = 16  # messages of one session
_MAX_UNSENT = 4_000_000  # bytes that a slow reader's server keeps before Streamlit is told to wait
_MAX_ENDING = 512  # bytes: the message that a script has finished names its run and is short
_NEED = "need"  # what a film's stage says
_PRESSES = ("trigger_value", "string_trigger_value", "chat_input_value", "json_trigger_value")
_PASSED_ON = frozenset({"stop_script", "app_heartbeat"})
_BAD_DATA, _BAD_KIND, _TOO_LARGE, _TRY_LATER = 1002, 1003, 1009, 1013  # the registry of RFC 6455, 11.7
_WAITS = Spans("wait_seconds", "From a move to the begin of its script.", (0.03, 0.1, 0.3, 1.0, 3.0, 10.0))
_RUNS = Spans("run_seconds", "From there to its last answer.", (0.03, 0.1, 0.3, 1.0, 3.0, 10.0))


class Turns:
    """Lets the sessions of a server run their scripts in turn."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.schedule = Schedule()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
        elif is_full():
            await receive()
            await send({"type": "websocket.close", "code": _TRY_LATER})
        else:
            await _Line(self.schedule, receive, send).serve(self.app, scope)


@dataclass(slots=True, eq=False)
class Session:
    """What the schedule knows of one session."""

    admit: asyncio.Queue[Message]
    waiting: list[Wish] = field(default_factory=list)
    since: float = 0.0
    started: float | None = None
    has_begun: bool = False
    is_long: bool = False
    used: float = 0.0
    used_at: float = 0.0
    rests_until: float = 0.0
    makes_frames: bool = False  # its script does, and nothing else
    aside_since: float = 0.0
    passed: float = 0.0  # seconds for which its script has let others pass
    patience: asyncio.TimerHandle | None = None

    def usage(self, now: float) -> float:
        """Seconds of the interpreter that it has had lately."""
        return self.used * exp((self.used_at - now) / _MEMORY)

    @property
    def can_wait(self) -> bool:
        """Whether it waits for frames alone."""
        return all(wish.can_wait for wish in self.waiting)

    def turn(self, now: float) -> float:
        """Who has the least is next."""
        return self.since + self.usage(now) + _FILMS_WAIT * self.can_wait


@dataclass(frozen=True, slots=True)
class Wish:
    """A message that asks for a script: for one part of the page, or all of it."""

    message: Message
    fragment: str
    has_press: bool
    films: frozenset[str] = frozenset()  # those that ask for frames, if nothing else is asked for

    @property
    def can_wait(self) -> bool:
        return bool(self.films)

    def supersedes(self, older: Wish) -> bool:
        """Whether the older one is stale: all widgets' values come with each message.

        A film that has waited for long asks for its frames once more.
        """
        is_again = older.can_wait and older.films <= self.films
        return (is_again or not older.has_press) and self.fragment in ("", older.fragment)


class Schedule:
    """Whose turn it is. Everything happens in the server's event loop."""

    def __init__(self) -> None:
        self._waiting: set[Session] = set()
        self._running: Session | None = None
        self._aside: Session | None = None  # its script makes frames, and others pass it

    def ask(self, session: Session, wish: Wish) -> None:
        """Wait for a turn; or go on at once, if the session's script is a long one."""
        if session.is_long:
            session.admit.put_nowait(wish.message)
            return
        kept = [older for older in session.waiting if not wish.supersedes(older)]
        if not all(older.can_wait for older in session.waiting):
            wish = replace(wish, films=frozenset())  # it may bring a move with it
        session.waiting = [*kept, wish]
        if session not in self._waiting:
            session.since = _now()
            self._waiting.add(session)
        if not wish.can_wait:
            somebody_moves()
            if session.makes_frames:
                self._hurry(session)
            else:
                self._step_aside()
        self._next()

    def begun(self, session: Session) -> None:
        """The script that the session has waited for has begun."""
        session.has_begun = True

    def finished(self, session: Session) -> None:
        """A script of the session has come to its end, or the session has."""
        self._count(session)
        session.started, session.is_long, session.makes_frames, session.passed = None, False, False, 0.0
        self._release(session)
        self._next()

    def leave(self, session: Session) -> None:
        """The session is gone."""
        session.waiting.clear()
        self._waiting.discard(session)
        self.finished(session)

    def _next(self) -> None:
        if self._running is not None:
            return
        now = _now()
        idle = [session for session in self._waiting if session.started is None]
        ready = [session for session in idle if session.rests_until <= now]
        if self._aside is not None:  # one film at a time
            ready = [session for session in ready if not session.can_wait]
        if not ready:
            self._go_on(now)
            if idle:
                soonest = min(session.rests_until for session in idle)
                asyncio.get_running_loop().call_at(soonest, self._next)
            return
        session = min(ready, key=lambda each: each.turn(now))
        self._admit(session, now)
        if not all(other.can_wait for other in ready if other is not session):
            self._step_aside()
            self._next()

    def _admit(self, session: Session, now: float) -> None:
        wish = session.waiting.pop(0)
        _WAITS.add(now - session.since)
        session.since = now
        if not session.waiting:
            self._waiting.discard(session)
        session.started, session.has_begun = now, False
        session.makes_frames = wish.can_wait and session.can_wait
        self._running = session
        if wish.can_wait:
            GO_ON.set()
        loop = asyncio.get_running_loop()
        loop.call_later(BEGINNING, self._look, session, now)
        session.patience = loop.call_later(PATIENCE, self._lose_patience, session)
        IDLE.clear()
        session.admit.put_nowait(wish.message)

    def _hurry(self, session: Session) -> None:
        """Its own reader has moved something, which has to wait for its frames."""
        session.makes_frames = False
        GO_ON.set()

    def _step_aside(self) -> None:
        """A script that makes frames lets another reader pass."""
        running = self._running
        if running is not None and running.makes_frames:
            GO_ON.clear()
            running.aside_since = _now()
            self._aside, self._running = running, None

    def _go_on(self, now: float) -> None:
        """Nobody moves: who has stepped aside goes on."""
        GO_ON.set()
        if self._aside is None:
            IDLE.set()
        else:
            self._aside.passed += now - self._aside.aside_since
            self._running, self._aside = self._aside, None

    def _count(self, session: Session) -> None:
        """What a script of the session that has come to its end has used."""
        if session.started is None:
            return
        now = _now()
        if self._aside is session:
            session.passed += now - session.aside_since
        taken = now - session.started - session.passed
        if session.has_begun:
            _RUNS.add(taken)
        session.used, session.used_at = session.usage(now) + taken, now
        if session.used > _MUCH and open_pages() != 1:
            session.rests_until = now + min(taken, _MAX_REST)

    def _look(self, session: Session, started: float) -> None:
        """Nobody waits for a script that there is none of."""
        if session.started == started and not session.has_begun:
            self.finished(session)

    def _lose_patience(self, session: Session) -> None:
        session.is_long = True
        for wish in session.waiting:
            session.admit.put_nowait(wish.message)
        session.waiting.clear()
        self._waiting.discard(session)
        self._release(session)
        self._next()

    def _release(self, session: Session) -> None:
        """The others no longer wait for it."""
        if session.patience is not None:
            session.patience.cancel()
        if self._running is session:
            self._running = None
        if self._aside is session:
            self._aside = None


def _now() -> float:
    return asyncio.get_running_loop().time()


class _Line:
    """The two directions of one session's line."""

    def __init__(self, schedule: Schedule, receive: Receive, send: Send) -> None:
        self.schedule, self.receive, self.send = schedule, receive, send
        self.inbox: asyncio.Queue[Message] = asyncio.Queue()
        self.outbox: asyncio.Queue[Message] = asyncio.Queue()
        self.unsent = 0
        self.has_room = asyncio.Event()
        self.has_room.set()
        self.is_silent = asyncio.Event()
        self.is_silent.set()
        self.changes = Changes()
        self.session = Session(self.inbox)

    @property
    def is_busy(self) -> bool:
        runs = self.session.started is not None and not self.session.is_long
        return bool(runs or self.session.waiting or self.unsent)

    async def serve(self, app: ASGIApp, scope: Scope) -> None:
        _lines.add(self)
        tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._speak())]
        try:
            await app(scope, self.inbox.get, self._say)
            await self.outbox.join()
        finally:
            for task in tasks:
                task.cancel()
            self.schedule.leave(self.session)
            _lines.discard(self)

    async def _listen(self) -> None:
        """Hand on what the browser says; what asks for a script waits for its turn."""
        while True:
            message = await self.receive()
            if message["type"] == "websocket.disconnect":
                self.schedule.leave(self.session)
                self.inbox.put_nowait(message)
                return
            if message["type"] != "websocket.receive":
                self.inbox.put_nowait(message)
            elif not await self._understood(message):
                self.inbox.put_nowait({"type": "websocket.disconnect", "code": _BAD_DATA})
                return
            while len(self.session.waiting) >= _MAX_WAITING:
                await asyncio.sleep(_PAUSE)
            if self.session.waiting:
                await asyncio.sleep(_PAUSE)

    async def _understood(self, message: Message) -> bool:
        """Whether the message is one of Streamlit's; what is not ends the session.

        What no page of ours says is passed over: it would make a line in the log, clear what others have, or
        read the repository's history while everybody waits.
        """
        data = message.get("bytes")
        if data is None:
            return await self._refuse(_BAD_KIND)
        if len(data) > _max_message():
            return await self._refuse(_TOO_LARGE)
        try:
            said = BackMsg.FromString(data)
        except DecodeError:
            return await self._refuse(_BAD_DATA)
        kind, asked = said.WhichOneof("type"), said.rerun_script
        if len(asked.query_string) > MAX_ADDRESS:
            return await self._refuse(_TOO_LARGE)
        if kind == "rerun_script":
            presses = list(filter(is_press, asked.widget_states.widgets))
            films = frozenset(state.id for state in presses if is_for_frames(state))
            if len(films) < len(presses):
                films = frozenset()
            self.schedule.ask(self.session, Wish(message, asked.fragment_id, bool(presses), films))
        elif kind in _PASSED_ON:
            self.inbox.put_nowait(message)
        return True

    async def _refuse(self, code: int) -> bool:
        await self._say({"type": "websocket.close", "code": code})
        return False

    async def _say(self, message: Message) -> None:
        """Take what Streamlit says; a slow reader does not make a finished script look unfinished."""
        data = message.get("bytes") or b""
        if len(data) <= _MAX_ENDING:
            said = ForwardMsg.FromString(data)
            if said.session_status_changed.script_is_running:
                self.is_silent.clear()
                self.schedule.begun(self.session)
            elif ends_a_run(said):
                self.is_silent.set()
                self.schedule.finished(self.session)
        await self.has_room.wait()
        self.unsent += len(data)
        if self.unsent > _MAX_UNSENT:
            self.has_room.clear()
        self.outbox.put_nowait(message)

    async def _speak(self) -> None:
        """Send it to the browser, what is said within a moment together, and what a short script says."""
        while True:
            said = [await self.outbox.get()]
            if "bytes" in said[0]:
                await asyncio.sleep(_TOGETHER)
                with suppress(TimeoutError):
                    async with asyncio.timeout(_SHORT):
                        await self.is_silent.wait()
            while not self.outbox.empty():
                said.append(self.outbox.get_nowait())
            for message in said:
                await self._send(message)

    async def _send(self, message: Message) -> None:
        """Send of a message what the browser has to be told."""
        data = message.get("bytes") or b""
        told = [{**message, "bytes": each} for each in self.changes.of(data)] if data else [message]
        with suppress(Exception):  # the browser is gone: so is its session, in a moment
            for each in told:
                await self.send(each)
        self.unsent -= len(data)
        if self.unsent <= _MAX_UNSENT:
            self.has_room.set()
        self.outbox.task_done()


_lines: set[_Line] = set()


def open_pages() -> int:
    return len(_lines)


def is_full() -> bool:
    """Whether this process has as many open pages as it can carry."""
    return len(_lines) >= MAX_LINES


def is_calm() -> bool:
    """Whether nobody waits for a script or for what it says; long ones do not count, which have no end."""
    return not any(line.is_busy for line in _lines)


def longest_wait() -> float:
    """Seconds since the first of those asked who wait now."""
    begins = [session.since for session in _waiting()]
    return _now() - min(begins) if begins else 0.0


def _waiting() -> list[Session]:
    return [line.session for line in _lines if line.session.waiting]


gauge("open_pages", "Pages that readers have open.", open_pages)
gauge("open_pages_limit", "As many may be open.", lambda: MAX_LINES)
gauge(
    "waiting", "Sessions that wait for a script.", lambda: sum(bool(line.session.waiting) for line in _lines)
)
gauge("longest_wait_seconds", "Since when the first of them waits.", longest_wait)


def _max_message() -> int:
    """Bytes that one message may have, as the settings say it to Streamlit."""
    most: int = st.get_option("server.maxWidgetStateSize")
    return most * 1_000_000


def is_press(state: WidgetState) -> bool:
    """Whether this is something that was done, such as a press of a button, and not the value of a widget."""
    kind = state.WhichOneof("value")
    if kind not in _PRESSES:
        return False
    value = getattr(state, kind)
    return bool(value.ListFields() if isinstance(value, ProtoMessage) else value)


def is_for_frames(state: WidgetState) -> bool:
    """Whether a film asks for its next frames, and nothing else."""
    try:
        events = orjson.loads(state.json_trigger_value)
    except orjson.JSONDecodeError:
        return False
    if not isinstance(events, list):
        return False
    names = [each.get("event") if isinstance(each, dict) else None for each in events]
    return bool(names) and all(name == _NEED for name in names)


def ends_a_run(said: ForwardMsg) -> bool:
    """Whether Streamlit says that a script has finished and that no other follows it by itself."""
    is_end: bool = said.WhichOneof("type") == "script_finished"
    return is_end and said.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
