"""A proxy that cuts all its lines when it is told to, as those do that keep no line open for long."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


@contextmanager
def cutting(address: str) -> Iterator[tuple[str, Callable[[], int]]]:
    """Its address before a server's, and what cuts: how many lines that were."""
    loop, port = asyncio.new_event_loop(), urlsplit(address).port
    lines = dict[asyncio.Task[None] | None, tuple[asyncio.StreamWriter, ...]]()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)
        lines[asyncio.current_task()] = writer, back
        await asyncio.gather(pass_on(reader, back), pass_on(there, writer))
        del lines[asyncio.current_task()]

    async def cut() -> int:
        cut = [task for task in lines if task]
        for ends in lines.values():
            for end in ends:
                end.transport.abort()
        await asyncio.gather(*cut)
        return len(cut)

    done = asyncio.run_coroutine_threadsafe
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    listening = done(asyncio.start_server(meet, "127.0.0.1", 0), loop).result()
    own = listening.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{own}", lambda: done(cut(), loop).result()
    finally:
        loop.call_soon_threadsafe(listening.close)
        done(cut(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
