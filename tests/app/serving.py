"""uvicorn alone, in the tests' own process, and connections to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp

Open = Callable[[], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]


@asynccontextmanager
async def serving(kind: str, app: ASGIApp) -> AsyncIterator[Open]:
    """A server of an app: what opens a connection to it."""
    config = uvicorn.Config(app, port=0, log_config=None, http=kind, ws="none", lifespan="off")  # type: ignore[arg-type]
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.001)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield lambda: asyncio.open_connection("127.0.0.1", port, limit=1000)
    finally:
        server.should_exit = server.force_exit = True
        await task


async def end_of(connect: Open, data: bytes) -> bytes:
    """What comes back, until the server closes."""
    reader, writer = await connect()
    writer.write(data)
    try:
        return await asyncio.wait_for(reader.read(), 30)
    except ConnectionResetError:
        return b""
    finally:
        writer.close()
