"""The rooms of this process, from its start to its end."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any

from app.rooms.hub import Hub
from app.rooms.sqlite import RefusedError
from app.rooms.store import Store, open_store

log = logging.getLogger(__name__)
TIDY = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class House:
    """Where rooms are kept, and who listens to them."""

    store: Store
    hub: Hub


_houses: list[House] = []


def house() -> House | None:
    """None where rooms cannot be kept; the log says why."""
    return _houses[-1] if _houses else None


@asynccontextmanager
async def open_house() -> AsyncIterator[None]:
    """The rooms, while the server runs. A database that is not there yet is asked for again."""
    tried = asyncio.Event()
    keeping = asyncio.create_task(_keep(tried))
    await tried.wait()
    try:
        yield
    finally:
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping


async def _keep(tried: asyncio.Event) -> None:
    store = await _opened(tried)
    found = House(store, Hub(store))
    _houses.append(found)
    tried.set()
    restore = _at_the_end(found.hub.close)
    watching = asyncio.create_task(found.hub.watch())
    try:
        while True:
            store.tidy()
            await asyncio.sleep(TIDY)
    finally:
        watching.cancel()
        restore()
        _houses.remove(found)
        store.close()


async def _opened(tried: asyncio.Event) -> Store:
    said = ""
    while True:
        try:
            return await asyncio.to_thread(open_store)
        except RefusedError as reason:
            if str(reason) != said:
                log.warning("No class can be asked: %s", reason)
            said = str(reason)
            tried.set()
        await asyncio.sleep(TIDY)


def _at_the_end(close: Callable[[], None]) -> Callable[[], None]:
    """Close the streams when the server is told to stop: it waits for them before it ends anything else."""
    if threading.current_thread() is not threading.main_thread():
        return lambda: None
    loop, kept = asyncio.get_running_loop(), dict[int, Any]()

    def handle(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(close)
        before = kept[number]
        if callable(before):
            before(number, frame)

    for number in (signal.SIGTERM, signal.SIGINT):
        kept[number] = signal.signal(number, handle)

    def restore() -> None:
        for number, before in kept.items():
            if signal.getsignal(number) is handle:
                signal.signal(number, before)

    return restore
