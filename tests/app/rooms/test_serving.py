"""A class on the app's own server: its processes share it, die and stop."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from app.rooms import tables
from app.rooms.phases import Move, Phase
from app.rooms.store import open_store
from app.rooms.tables import Place
from benchmarks.room import killed_in_a_vote, opened
from benchmarks.servers import app_server
from tests.app.asgi import apart


def test_a_class_outlasts_a_killed_process_and_open_streams_a_stop_of_all(tmp_path: Path) -> None:
    """The server stops in seconds although streams are open, else `app_server` complains."""
    kept, log = str(tmp_path / "rooms.sqlite"), tmp_path / "log"

    async def story(address: str) -> None:
        store = open_store(kept)
        code, phones = opened(address, store, 40)
        for phone in phones:
            await phone.join()
        streams = [asyncio.create_task(phone.listen()) for phone in phones]
        await asyncio.gather(*(phone.sees(1, Phase.OPEN) for phone in phones))
        close = partial(tables.move, code=code, place=Place(1, 1, Phase.OPEN), move=Move.CLOSE)
        store.write(close).result()
        for round_ in (2, 3):  # no process is left of those on which the streams began
            sent, counted, _ = await killed_in_a_vote(store, phones, code, round_)
            assert sent == counted
            await asyncio.gather(*(phone.sees(round_, Phase.CLOSED) for phone in phones))
        assert all(phone.streams > 1 for phone in phones), "each was cut and came back"
        while log.read_text(encoding="utf-8").count("startup complete") < 4:
            await asyncio.sleep(0.2)
        store.close()
        del streams

    with app_server(workers=2, rooms=kept, log=log) as address:
        apart(story(address), 300)


def test_a_server_stops_although_phones_listen(tmp_path: Path) -> None:
    kept = str(tmp_path / "rooms.sqlite")

    async def story(address: str, leave: asyncio.Event) -> None:
        store = open_store(kept)
        _, phones = opened(address, store, 5)
        streams = [asyncio.create_task(phone.listen()) for phone in phones]
        await asyncio.gather(*(phone.sees(1, Phase.OPEN) for phone in phones))
        server.__exit__(None, None, None)
        leave.set()
        assert len(streams) == len(phones)
        store.close()

    server = app_server(rooms=kept)
    apart(story(server.__enter__(), asyncio.Event()), 120)
