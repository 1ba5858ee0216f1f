"""The open streams of this process: each is told the whole state when it begins and whenever it changes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from app.rooms import tables
from app.rooms.store import Store
from app.rooms.views import event, for_phones, for_projector
from app.rooms.worker import UnavailableError

LOOK = 0.25  # seconds between two looks at what other processes have changed
PING = 25.0  # seconds of silence after which a stream shows that it is alive
_PING = b"event: ping\ndata: 1\n\n"
_PINGS_A_TOUCH = 24


class _Channel:
    """A room, and who listens to it here: phones, and projectors, which alone wake at each answer."""

    def __init__(self) -> None:
        self.listeners = 0
        self.told = [b"", b""]
        self.changed = [asyncio.Event(), asyncio.Event()]

    def tell(self, *told: bytes) -> None:
        for whom, message in enumerate(told):
            if message != self.told[whom]:
                self.told[whom] = message
                self.changed[whom].set()
                self.changed[whom] = asyncio.Event()


class Hub:
    """All streams; what is sent is made once for all who listen."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._channels: dict[str, _Channel] = {}
        self._closes = False

    async def stream(self, code: str, is_host: bool) -> AsyncIterator[bytes]:
        """What one listener is sent."""
        channel = self._channels.setdefault(code, _Channel())
        channel.listeners += 1
        try:
            if not channel.told[is_host]:
                await self._look_at(code, channel)
            async for message in self._messages(code, channel, is_host):
                yield message
        finally:
            channel.listeners -= 1
            if not channel.listeners:
                self._channels.pop(code, None)

    async def _messages(self, code: str, channel: _Channel, is_host: bool) -> AsyncIterator[bytes]:
        sent, pings = b"", 0
        while not self._closes:
            changed, told = channel.changed[is_host], channel.told[is_host]
            if told != sent:
                sent = told
                yield sent
            try:
                await asyncio.wait_for(changed.wait(), PING)
            except TimeoutError:
                if is_host and pings % _PINGS_A_TOUCH == 0:
                    self._store.write(lambda line: tables.touch(line, code))
                pings += 1
                yield _PING

    async def watch(self) -> None:
        """Look for changes for as long as the server runs. A room that cannot be read holds up no other."""
        version: object = None
        while True:
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
            channel.tell(event(for_phones(standing)), event(for_projector(standing)))

    def close(self) -> None:
        """End all streams: a server that stops would wait for them."""
        self._closes = True
        for channel in self._channels.values():
            for changed in channel.changed:
                changed.set()
