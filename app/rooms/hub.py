"""The open streams of this process: each is told the whole state when it begins and whenever it changes.

A stream that waits costs no timer and no task of its own: it waits for its client to go, as every request
does, and has a task only while something is sent.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from itertools import chain

from starlette.types import Receive, Send

from app.rooms import tables
from app.rooms.store import Store
from app.rooms.views import ENDED, event, for_phones, for_projector
from app.rooms.worker import UnavailableError

LOOK = 0.25  # seconds between two looks at what other processes have changed
BEAT = 1.0  # seconds
PING = 25  # beats after which a stream shows again that it is alive
TOUCH = 600  # beats after which a room is kept that a projector shows
_PING = b"event: ping\ndata: 1\n\n"
_END = b""
_LAST = frozenset({_END, event(ENDED)})  # another class may have the code of one that is over


class _Listener:
    """A stream. Of what it could not take yet, it is sent the newest."""

    __slots__ = ("_is_over", "_send", "_speaking", "_waiting")

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: bytes | None = None
        self._speaking: asyncio.Task[None] | None = None
        self._is_over = False

    def tell(self, message: bytes) -> None:
        if self._is_over:
            return
        self._waiting, self._is_over = message, message in _LAST
        if self._speaking is None:
            self._speaking = asyncio.create_task(self._speak())

    def ping(self) -> None:
        """Not needed where something is on its way."""
        if self._speaking is None:
            self.tell(_PING)

    async def _speak(self) -> None:
        while self._waiting is not None:
            message, self._waiting = self._waiting, None
            more = message not in _LAST
            await self._send({"type": "http.response.body", "body": message, "more_body": more})
        self._speaking = None

    def leave(self) -> None:
        if self._speaking is not None:
            self._speaking.cancel()


class _Channel:
    """A room, and who listens to it here: phones, and projectors, which alone hear of each answer."""

    def __init__(self) -> None:
        self.told = [b"", b""]
        self.listeners: tuple[set[_Listener], set[_Listener]] = (set(), set())

    def tell(self, *told: bytes) -> None:
        for whom, message in enumerate(told):
            if message != self.told[whom]:
                self.told[whom] = message
                for listener in self.listeners[whom]:
                    listener.tell(message)


class Hub:
    """All streams; what is sent is made once for all who listen."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._channels: dict[str, _Channel] = {}
        self._beat = 0
        self._pinged = [set[_Listener]() for _ in range(PING)]  # at each beat
        self._closes = False

    async def stream(self, code: str, is_host: bool, receive: Receive, send: Send) -> None:
        """Tell one listener what happens, until it goes, or its class or the server ends."""
        channel = self._channels.setdefault(code, _Channel())
        listener, together = _Listener(send), self._pinged[self._beat % PING]
        channel.listeners[is_host].add(listener)
        together.add(listener)
        try:
            if self._closes:
                listener.tell(_END)
            elif channel.told[is_host]:
                listener.tell(channel.told[is_host])
            else:
                await self._look_at(code, channel)
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            listener.leave()
            together.discard(listener)
            channel.listeners[is_host].discard(listener)
            if not any(channel.listeners):
                self._channels.pop(code, None)

    async def watch(self) -> None:
        """Serve all streams for as long as the server runs."""
        await asyncio.gather(self._look(), self._ping())

    async def _look(self) -> None:
        """Look for changes. A room that cannot be read holds up no other."""
        version: object = None
        while not self._closes:
            await asyncio.sleep(LOOK)
            if not self._channels:
                continue
            with suppress(UnavailableError):
                now = await asyncio.wrap_future(self._store.version())
                if now != version:
                    looks = [self._look_at(*each) for each in list(self._channels.items())]
                    await asyncio.gather(*looks, return_exceptions=True)
                    version = now

    async def _look_at(self, code: str, channel: _Channel) -> None:
        with suppress(UnavailableError):
            standing = await asyncio.wrap_future(self._store.read(lambda line: tables.standing(line, code)))
            if not self._closes:
                channel.tell(event(for_phones(standing)), event(for_projector(standing)))

    async def _ping(self) -> None:
        """Show that streams are alive, some at each beat; and keep the rooms that a projector shows."""
        while not self._closes:
            await asyncio.sleep(BEAT)
            self._beat += 1
            for listener in self._pinged[self._beat % PING]:
                listener.ping()
            if self._beat % TOUCH == 0:
                for code, channel in self._channels.items():
                    if channel.listeners[True]:
                        self._store.write(partial(tables.touch, code=code))

    def close(self) -> None:
        """End all streams: a server that stops would wait for them."""
        self._closes = True
        for channel in self._channels.values():
            for listener in chain(*channel.listeners):
                listener.tell(_END)
