"""Whatever a client sends, the server answers, goes on, and writes no traceback into its log."""

from __future__ import annotations

import asyncio
import base64
import json
import random
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from benchmarks.reader import reading
from benchmarks.servers import app_server
from tests.app import hostile
from tests.app.asgi import apart
from tests.app.hostile_client import visit

VISITS, MOVES = hostile.COUNT or 5, 4
RAW = (
    b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /scores?" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"FOO / HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", b"GET / HTTP/1.1\r\nHost: \xff\r\nX: \x00\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"GET /_stcore/stream HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    b"GET /scores HTTP/1.1\r\nHost: x\r\nCookie: _streamlit_xsrf=2|" + b"x" * 3000 + b"\r\n\r\n",
    b"GET /scores?lang=%ED%A0%80&lang=%00 HTTP/1.1\r\nHost: x\r\nAccept-Language: \xff;q=z,,,\r\n\r\n",
    b"GET /worksheet/scores?seed=%ED%A0%80&key=%00 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /media/..%2f..%2fetc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nOrigin: http://[::1\r\n\r\n",
    b"GET /_stcore/stream HTTP/1.1\r\nHost: x\r\nOrigin: http://[::1\r\nUpgrade: websocket\r\n"
    b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    b"GET http://other.example/ HTTP/1.1\r\n\r\n",
)  # fmt: skip
FRAMES: tuple[str | bytes, ...] = ("hello", b"", b"\xff" * 50, b"\x0a\xff\xff\xff\xff\x0f", b"\x00" * 1000)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    log = tmp_path_factory.mktemp("log") / "server.log"
    with app_server(log=log) as address:
        yield address, log


def assert_it_goes_on(address: str, log: Path) -> None:
    async def read() -> None:
        async with reading(address, "scores", "lang=en") as reader:
            assert reader.text()

    apart(read())
    said = log.read_text(errors="replace")
    assert "Application startup complete" in said, "this is the log"
    assert "Traceback" not in said, said


def test_hostile_addresses_and_widgets_are_answered(watched: tuple[str, Path]) -> None:
    address, log = watched

    async def visits() -> list[str]:
        return [find for seed in range(VISITS) for find in await visit(address, seed, MOVES)]

    finds: list[str] = []

    async def story() -> None:
        finds.extend(await visits())

    apart(story())
    assert not finds
    assert_it_goes_on(address, log)


def test_bad_requests_and_frames_end_nothing_but_their_line(watched: tuple[str, Path]) -> None:
    address, log = watched
    parts = urlsplit(address)
    for raw in RAW:
        with socket.create_connection((parts.hostname or "", parts.port or 0), 10) as line:
            line.sendall(raw)
            line.settimeout(10)
            assert line.recv(100).startswith(b"HTTP/1.1 "), raw[:60]

    async def frames() -> None:
        for frame in FRAMES:
            async with connect(address.replace("http", "ws", 1) + "/_stcore/stream") as line:
                await line.send(frame)
                await line.send(_reset())
                with pytest.raises(ConnectionClosed):
                    await asyncio.wait_for(_listen(line), 10)

    apart(frames())
    assert_it_goes_on(address, log)


async def _listen(line: ClientConnection) -> None:
    while True:
        await line.recv()


def _reset() -> bytes:
    """Messages that a browser never sends, then one that is cut off."""
    message = BackMsg()
    message.clear_cache = True
    return message.SerializeToString() + b"\x0a\xff"


def test_a_bad_file_is_refused_in_words(watched: tuple[str, Path]) -> None:
    from ui.files import files

    taken: list[bytes] = []
    rng = random.Random(1)  # noqa: S311
    for _ in range(500):
        data = json.loads(json.dumps(hostile.thing(rng)))
        files._take(data, lambda _name, content: taken.append(content))
        files._take({"name": "x", "data": data}, lambda _name, content: taken.append(content))
    files._take({"name": "\ud800", "data": base64.b64encode(b"x").decode()}, lambda *_: taken.append(b"x"))
    assert len(taken) < 400
