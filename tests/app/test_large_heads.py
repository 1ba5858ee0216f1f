"""Requests whose head has no end, and addresses that are too long."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Receive, Scope, Send

from app.boot import large_heads
from app.places import MAX_ADDRESS
from tests.app.asgi import apart
from tests.app.serving import end_of, serving

BEGIN = b"GET / HTTP/1.1\r\nHost: x\r\n"
HELLO = b"HTTP/1.1 200"


async def answering(scope: Scope, _receive: Receive, send: Send) -> None:
    """Says how long the address was."""
    signs = len(scope["path"]) + len(scope["query_string"])
    await asyncio.sleep(0)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"%d signs" % signs})


def answer_to(data: bytes) -> bytes:
    large_heads.watch_all()
    heard: list[bytes] = []

    async def story() -> None:
        async with serving("httptools", answering) as connect:
            heard.append(await end_of(connect, data))

    apart(story())
    return heard[0]


@pytest.mark.parametrize("head", [
    BEGIN + b"X: " + b"a" * 1_000_000,
    BEGIN + b"X" * 1_000_000,
    BEGIN + b"".join(b"X-%d: a\r\n" % number for number in range(100_000)),
])  # fmt: skip
def test_a_head_without_an_end_is_cut_off(head: bytes) -> None:
    assert b"signs" not in answer_to(head)


@pytest.mark.parametrize("request_", [
    BEGIN + b"X: a\r\n" * large_heads.MAX_FIELDS + b"\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n" * 1000,
])  # fmt: skip
def test_what_no_browser_sends_is_refused(request_: bytes) -> None:
    assert b" 400 " in answer_to(request_)


@pytest.mark.parametrize("fields", [0, large_heads.MAX_FIELDS - 2])
def test_what_a_browser_sends_is_answered(fields: int) -> None:
    many = b"".join(b"X-%d: %s\r\n" % (number, b"a" * 1000) for number in range(fields))
    assert answer_to(BEGIN + many + b"Connection: close\r\n\r\n").startswith(HELLO)


@pytest.mark.parametrize("signs", [MAX_ADDRESS + 1, 100_000, 1_000_000])
def test_too_long_an_address_reaches_the_app_cut(signs: int) -> None:
    answer = answer_to(b"GET /?%s HTTP/1.1\r\nConnection: close\r\n\r\n" % (b"a" * signs))
    assert answer.startswith(HELLO)
    assert int(answer.split(b" signs")[0].split()[-1]) > MAX_ADDRESS


@pytest.mark.parametrize("behind", [0, 3])
def test_an_answer_without_an_end_ends_when_its_client_goes(behind: int) -> None:
    """Also when other requests wait behind it."""
    large_heads.watch_all()

    async def story() -> None:
        begun, gone = asyncio.Event(), asyncio.Event()

        async def endless(_scope: Scope, receive: Receive, send: Send) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"hello", "more_body": True})
            begun.set()
            while (await receive())["type"] != "http.disconnect":
                pass
            gone.set()

        async with serving("httptools", endless) as connect:
            _, writer = await connect()
            writer.write((BEGIN + b"\r\n") * (1 + behind))
            await begun.wait()
            writer.close()
            await gone.wait()

    apart(story(), 20)
