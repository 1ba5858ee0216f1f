"""An ASGI app asked without a server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message


def apart(story: Awaitable[None], seconds: float = 60.0) -> None:
    """Run a story in a thread of its own: Playwright keeps a loop running in the tests' thread."""
    with ThreadPoolExecutor(1) as other:
        other.submit(asyncio.run, asyncio.wait_for(story, seconds)).result()


@dataclass(frozen=True, slots=True)
class Answer:
    """What an app answered; the names of the headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(app: ASGIApp, path: str, **headers: str) -> Answer:
    """GET a path."""
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        said.append(message)

    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1"), *pairs],
    }
    apart(app(scope, receive, send))
    names = {name.decode().lower(): value.decode() for name, value in said[0]["headers"]}
    return Answer(said[0]["status"], names, b"".join(message.get("body", b"") for message in said))
