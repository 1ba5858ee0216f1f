"""A class votes over HTTP while all that serves it, or its database, is stopped and started again."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from app.rooms import keys, tables
from app.rooms.phases import Move, Phase
from app.rooms.store import open_store
from app.rooms.tables import Place
from benchmarks.room import Phone, opened, spread
from benchmarks.servers import app_server, free_port
from tests.app.asgi import apart
from tests.app.rooms.conftest import Cluster

_PHONES = 45


async def vote_while(interrupt: Callable[[], Awaitable[None]], address: str, kept: str) -> None:
    """A class votes once; when a third of it has, something happens. In the end all is as if nothing had."""
    store = open_store(kept)
    code, phones = opened(address, store, _PHONES)
    for phone in phones:
        await phone.join()
    projector = Phone(phones[0].host, phones[0].port, code, f"host_{code}=key", events="/events?host=1")
    all_ = [*phones, projector]
    streams = [asyncio.create_task(phone.listen()) for phone in all_]
    await asyncio.gather(*(phone.sees(1, Phase.OPEN) for phone in all_))
    jobs = [partial(phone.vote, 1, number % 3) for number, phone in enumerate(phones)]
    votes = asyncio.create_task(spread(jobs, 3))
    while store.read(lambda line: tables.count(line, code, 1, 1)).result() < _PHONES // 3:
        await asyncio.sleep(0.02)
    await interrupt()
    await votes
    assert any(phone.tries > 1 for phone in phones), "nobody had to repeat"
    rows = store.read(lambda line: line.execute("SELECT voter, answer FROM vote").fetchall()).result()
    seats = [keys.hashed(phone.cookie.partition("=")[2]) for phone in phones]
    assert Counter(rows) == Counter((seat, str(number % 3)) for number, seat in enumerate(seats))
    for move in (Move.CLOSE, Move.SHOW):
        before = Phase.OPEN if move is Move.CLOSE else Phase.CLOSED
        store.write(partial(tables.move, code=code, place=Place(1, 1, before), move=move)).result()
    await asyncio.gather(*(phone.sees(1, Phase.SHOWN) for phone in all_))
    (shown,) = projector.state["rounds"]  # type: ignore[misc]
    assert [sum(bar["counts"]) for bar in shown["bars"]] == [_PHONES // 3] * 3  # type: ignore[index]
    for stream in streams:
        stream.cancel()
    store.close()


def test_a_class_goes_on_when_all_of_the_server_was_stopped_and_started(tmp_path: Path) -> None:
    kept, port = str(tmp_path / "rooms.sqlite"), free_port()
    logs = [tmp_path / "first", tmp_path / "second"]
    first, second = (app_server(workers=2, port=port, rooms=kept, log=log) for log in logs)

    async def restart() -> None:
        await asyncio.to_thread(first.__exit__, None, None, None)
        await asyncio.to_thread(second.__enter__)

    apart(vote_while(restart, first.__enter__(), kept), 300)
    second.__exit__(None, None, None)
    assert "Traceback" not in "".join(log.read_text(encoding="utf-8") for log in logs)


def test_a_class_goes_on_when_postgresql_was_stopped_and_started(cluster: Cluster, tmp_path: Path) -> None:
    """Each of the six threads says at most once that the database has gone."""
    cluster.empty()
    log = tmp_path / "log"

    async def restart() -> None:
        await asyncio.to_thread(cluster.stop)
        while log.read_text(encoding="utf-8").count("connection failed") < 2:
            await asyncio.sleep(0.02)
        page = await Phone("127.0.0.1", port, "ABCD").ask("GET", "")
        assert page[0] == 503
        assert b"cannot be joined at this moment" in page[1]
        await asyncio.to_thread(cluster.start)

    port = free_port()
    with app_server(workers=2, port=port, rooms=cluster.address, log=log) as address:
        apart(vote_while(restart, address, cluster.address), 300)
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said
    assert 2 <= said.count("the database is back") <= said.count("connection failed") <= 6
