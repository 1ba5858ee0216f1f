"""Connections that wait for a client who does nothing are closed; others are not."""

from __future__ import annotations

import asyncio
import gc
import weakref
from importlib import import_module

import pytest
from starlette.types import Receive, Scope, Send

from app.boot import slow_clients
from tests.app.asgi import apart
from tests.app.serving import end_of, serving

BIG = b"x" * 30_000_000
GET = b"GET /%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


async def answering(scope: Scope, _receive: Receive, send: Send) -> None:
    """Says hello, after a long while at /late, and much at /big."""
    if scope["path"] == "/late":
        await asyncio.sleep(3 * slow_clients.SECONDS)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": BIG if scope["path"] == "/big" else b"hello"})


@pytest.mark.parametrize("kind", ["httptools", "h11"])
def test_who_does_nothing_is_let_go_of(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_clients, "SECONDS", 0.1)
    slow_clients.watch_all()

    async def story() -> None:
        async with serving(kind, answering) as connect:
            body = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf"
            for data in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-Half: "):
                assert await end_of(connect, data) == b""
            assert b"hello" in await end_of(connect, body)
            reader, writer = await connect()
            writer.write(GET % b"big")
            await reader.read(100)
            while not reader.at_eof() and reader.exception() is None:  # reads no further, and is cut off
                await asyncio.sleep(0.05)
                if writer.transport.is_closing():
                    break
                writer.write(b" ")
            writer.close()

    apart(story())


@pytest.mark.parametrize("kind", ["httptools", "h11"])
def test_who_waits_for_the_server_is_not(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_clients, "SECONDS", 1.0)
    slow_clients.watch_all()

    async def story() -> None:
        async with serving(kind, answering) as connect:
            assert b"hello" in await end_of(connect, GET % b"late")
            assert b"hello" in await end_of(connect, GET % b"")
            assert len(await end_of(connect, GET % b"big")) > len(BIG)

    apart(story())


@pytest.mark.parametrize("kind", ["httptools", "h11"])
def test_of_a_connection_that_is_over_nothing_waits_here(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A class that opens its pages makes hundreds of them within seconds."""
    slow_clients.watch_all()
    module = import_module(f"uvicorn.protocols.http.{kind}_impl")
    protocol = getattr(module, "HttpToolsProtocol" if kind == "httptools" else "H11Protocol")
    made = list[weakref.ref[object]]()
    connection_made = protocol.connection_made

    def note(each: object, transport: object) -> None:
        made.append(weakref.ref(each))
        connection_made(each, transport)

    monkeypatch.setattr(protocol, "connection_made", note)

    async def story() -> None:
        async with serving(kind, answering) as connect:
            assert b"hello" in await end_of(connect, GET % b"")
            await asyncio.sleep(0)
            while any(one() for one in made):
                gc.collect()
                await asyncio.sleep(0.01)

    apart(story(), slow_clients.SECONDS / 2)
