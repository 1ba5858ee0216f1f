"""The life of this process: whether it takes readers, and how it ends.

A proxy asks `/readyz` before it sends a reader here, and a supervisor asks `/livez` whether the process
answers at all. One that is told to end takes no more readers, waits until its proxy knows, answers those who
wait for a script, and then lets the server close their lines, on which their pages go to another process or
wait for this one.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from math import inf
from types import FrameType
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app import numbers, turns
from app.places import LIVE, READY

log = logging.getLogger(__name__)

OVERLOADED = 3.0  # seconds that somebody has been waiting for a script
GRACE = 1.5  # seconds at most until those who wait are answered, at the end, and a proxy knows of it
_LOOK = 1.0  # seconds
_PAUSE = 0.02
_ASKS = 3.0  # seconds within which a proxy asks again; one that does not is none
_ON_THE_WAY = 0.2  # seconds for what it has sent before it was told
_FRESH = {"Cache-Control": "no-store"}
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Life:
    """From before its start to its end."""

    stage = "starting"
    _asked = _told = -inf  # when a proxy last asked, and when it was first told of the end

    def __init__(self) -> None:
        self.closing: list[Callable[[], None]] = []  # what the server would wait for when it is told to end

    def answer(self) -> str:
        """`why_not`, to a proxy, which sends nobody here once it has been told."""
        self._asked = time.monotonic()
        if self.stage == "ending" and self._told == -inf:
            self._told = self._asked
        return self.why_not()

    def why_not(self) -> str:
        """Why no further reader is to be sent here; nothing if there is room."""
        if self.stage:
            return self.stage
        if turns.is_full():
            return "full"
        return "overloaded" if turns.longest_wait() > OVERLOADED else ""

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """While the server runs."""
        self.stage = ""
        restore = self._hear()
        watching = asyncio.create_task(self._watch())
        log.info("Ready for %d open pages", turns.MAX_LINES)
        tell_systemd("READY=1")
        try:
            yield
        finally:
            self.stage = "ending"
            watching.cancel()
            restore()
            log.info("Ended")

    async def _watch(self) -> None:
        """Say in the log when readers are no longer sent here, and when they are again."""
        said = ""
        while True:
            await asyncio.sleep(_LOOK)
            now = self.why_not()
            if now == "ending":  # which has a line of its own
                return
            if now != said and now:
                log.warning("No room: %s, with %d open pages", now, turns.open_pages())
            elif now != said:
                log.info("Room again, with %d open pages", turns.open_pages())
            said = now

    def _hear(self) -> Callable[[], None]:
        """Hear the signals to end before the server does; return what undoes it."""
        if threading.current_thread() is not threading.main_thread():
            return lambda: None
        loop, kept = asyncio.get_running_loop(), dict[int, Any]()

        def handle(number: int, frame: FrameType | None) -> None:
            def pass_on() -> None:
                for close in self.closing:
                    close()
                if callable(kept[number]):
                    kept[number](number, frame)

            loop.call_soon_threadsafe(self._end, pass_on)

        def restore() -> None:
            for number, before in kept.items():
                if signal.getsignal(number) is handle:
                    signal.signal(number, before)

        for number in _SIGNALS:
            kept[number] = signal.signal(number, handle)
        return restore

    def _end(self, pass_on: Callable[[], None]) -> None:
        if self.stage:  # said twice
            pass_on()
            return
        self.stage = "ending"
        log.info("Ending, with %d open pages", turns.open_pages())
        tell_systemd("STOPPING=1")
        self._ending = asyncio.create_task(self._end_calmly(pass_on))

    async def _end_calmly(self, pass_on: Callable[[], None]) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                while not (turns.is_calm() and self._proxy_knows()):
                    await asyncio.sleep(_PAUSE)
        pass_on()

    def _proxy_knows(self) -> bool:
        """Whether no proxy sends anything here any more; it would be lost when the lines are closed."""
        now = time.monotonic()
        return now - self._asked > _ASKS or _ON_THE_WAY < now - self._told < inf


def tell_systemd(state: str) -> None:
    """What `sd_notify` does, where a service manager listens."""
    place = os.environ.get("NOTIFY_SOCKET", "")
    if place:
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.sendto(state.encode(), "\0" + place[1:] if place.startswith("@") else place)


LIFE = Life()
numbers.gauge("ready", "Whether readers may be sent to this process.", lambda: not LIFE.why_not())


async def _live(_request: Request) -> Response:
    return PlainTextResponse("alive", headers=_FRESH)


async def _ready(_request: Request) -> Response:
    why_not = LIFE.answer()
    return PlainTextResponse(why_not or "ready", 503 if why_not else 200, _FRESH)


ROUTES = [Route(LIVE, _live), Route(READY, _ready)]
