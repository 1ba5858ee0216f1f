"""Browsers of a class, without browsers: they ask the rooms' routes behind the doors, and keep cookies."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from http.cookies import SimpleCookie
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import Message

from app.doors import Guard
from app.rooms import keys, tables
from app.rooms.house import House, house, open_house
from app.rooms.question import Question
from app.rooms.routes import ROUTES
from tests.app.rooms.questions import CHOICE

APP = Starlette(routes=ROUTES, middleware=[Middleware(Guard)])
HOST = "class.example"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; all headers in lower case."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


@dataclass(slots=True)
class Browser:
    """One device, with its cookies; all that it ever received."""

    cookies: dict[str, str] = field(default_factory=dict)
    received: bytes = b""

    async def ask(
        self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> Answer:
        said: list[Message] = []
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        asked = iter([{"type": "http.request", "body": data}])
        answered = asyncio.Event()

        async def receive() -> Message:
            for message in asked:
                return message
            await answered.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            said.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                answered.set()

        await APP(self._scope(method, path, headers or {}), receive, send)
        found = [(key.decode().lower(), value.decode("latin-1")) for key, value in said[0]["headers"]]
        for key, value in found:
            if key == "set-cookie":
                self.cookies |= {name: one.value for name, one in SimpleCookie(value).items()}
        answer = Answer(said[0]["status"], found, b"".join(each.get("body", b"") for each in said))
        self.received += answer.body
        return answer

    def _scope(self, method: str, path: str, headers: dict[str, str]) -> dict[str, Any]:
        where, _, query = path.partition("?")
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        given = {"host": HOST, "cookie": cookie, **headers}
        pairs = [(name.encode(), value.encode("latin-1", "replace")) for name, value in given.items()]
        return {"type": "http", "method": method, "scheme": "http", "server": (HOST, 80), "path": where,
                "raw_path": where.encode(), "query_string": query.encode(), "headers": pairs}  # fmt: skip

    async def get(self, path: str, **headers: str) -> Answer:
        return await self.ask(
            "GET", path, headers={key.replace("_", "-"): value for key, value in headers.items()}
        )

    async def post(self, path: str, body: object) -> Answer:
        return await self.ask("POST", path, body)

    async def vote(
        self, code: str, answer: object, sure: object = 1, round_: object = 1, item: object = 1
    ) -> int:
        said = {"item": item, "round": round_, "answer": answer, "sure": sure}
        return (await self.ask("PUT", f"/room/{code}/vote", said)).status

    async def state(self, code: str) -> Any:
        return (await self.get(f"/room/{code}/state")).json

    @asynccontextmanager
    async def listening(self, path: str) -> AsyncIterator[asyncio.Queue[Any]]:
        """What a stream says, message by message; of a ping, that it was one."""
        said: asyncio.Queue[Any] = asyncio.Queue()

        async def send(message: Message) -> None:
            data = message.get("body", b"")
            self.received += data
            if data.startswith(b"data: "):
                said.put_nowait(json.loads(data[6:]))
            elif data.startswith(b"event: ping"):
                said.put_nowait("ping")

        leaves = asyncio.Event()

        async def receive() -> Message:
            await leaves.wait()
            return {"type": "http.disconnect"}

        stream = asyncio.create_task(APP(self._scope("GET", path, {}), receive, send))  # type: ignore[arg-type]
        try:
            yield said
        finally:
            leaves.set()
            await stream


@dataclass(frozen=True, slots=True)
class Class:
    """A room with its teacher's browser."""

    house: House
    code: str
    key: str
    teacher: Browser

    async def ask(self, question: Question) -> None:
        await asyncio.wrap_future(self.house.store.write(lambda line: tables.ask(line, self.code, question)))

    async def board(self) -> Any:
        return (await self.teacher.get(f"/room/{self.code}/board")).json

    async def move(self, *steps: str) -> None:
        for step in steps:
            board = await self.board()
            said = {name: board[name] for name in ("item", "round", "phase")} | {"move": step}
            assert (await self.teacher.post(f"/room/{self.code}/phase", said)).status == 200, (step, board)

    async def phones(self, count: int) -> list[Browser]:
        found = [Browser() for _ in range(count)]
        for phone in found:
            assert (await phone.get(f"/room/{self.code}")).status == 200
        return found


@asynccontextmanager
async def classroom(question: Question | None = CHOICE, lang: str = "en") -> AsyncIterator[Class]:
    """A server with a class in it."""
    async with open_house():
        found = house()
        assert found is not None
        yield await opened(found, question, lang)


async def opened(found: House, question: Question | None = CHOICE, lang: str = "en") -> Class:
    key = keys.new_key()
    create = partial(tables.create, host=keys.hashed(key), secret=keys.new_key(), lang=lang)
    code = await asyncio.wrap_future(found.store.write(create))
    room = Class(found, code, key, Browser())
    assert (await room.teacher.post(f"/room/{code}/host", {"key": key})).status == 200
    if question:
        await room.ask(question)
    return room
