"""The rooms of this process, from its start to its end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from app.life import LIFE
from app.rooms.hub import Hub
from app.rooms.sqlite import RefusedError
from app.rooms.store import Store, open_store

log = logging.getLogger(__name__)
TIDY = 60.0  # seconds
AGAIN = 3.0  # seconds between two tries to open the rooms


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
    keeping.add_done_callback(lambda _: tried.set())
    await tried.wait()
    if keeping.done():  # by a fault of ours; nobody would come to know of it
        await keeping
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
    LIFE.closing.append(found.hub.close)
    watching = asyncio.create_task(found.hub.watch())
    try:
        while True:
            store.tidy()
            await asyncio.sleep(TIDY)
    finally:
        watching.cancel()
        LIFE.closing.remove(found.hub.close)
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
        await asyncio.sleep(AGAIN)
