"""The addresses of a room, beside the app in every process; any of them answers."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from app.reach import parts_of
from app.rooms import keys, pages, tables, views
from app.rooms.codes import Unreadable, read_code
from app.rooms.house import House, house
from app.rooms.phases import Move, Phase
from app.rooms.results import csv_of
from app.rooms.tables import Place, Room
from app.rooms.worker import UnavailableError
from lessons import PAGES
from ui.text import Language, language, negotiate

_MAX_BODY = 2000  # bytes
_MAX_SCENE = 1500  # letters of an address
_DAY = 8 * 3600  # seconds for which a browser keeps its place
_GUESS = 0.2  # seconds that each unknown code takes, of all in this process
_MAX_WAIT = 3.0
PATIENCE = 8.0  # seconds for which a request waits for the store
_FRESH = {"Cache-Control": "no-store"}
_STREAM = "text/event-stream"
_UNBUFFERED = _FRESH | {"X-Accel-Buffering": "no"}
_ADDRESS = re.compile(r"[a-z]*(\?[\x21-\x7e]*)?")
T = TypeVar("T")
Answer = Callable[[Request], Awaitable[Response]]


class Refusal(Exception):  # noqa: N818 - an answer, not a fault
    """The request is answered with this."""

    def __init__(self, status: int, why: str = "") -> None:
        super().__init__(why)
        self.status, self.why = status, why


class Guesses:
    """Makes who guesses codes wait; who knows one never does."""

    def __init__(self) -> None:
        self._free = 0.0

    async def wait(self) -> None:
        now = asyncio.get_running_loop().time()
        wait = max(self._free - now, 0.0)
        if wait > _MAX_WAIT:
            raise Refusal(429, "guesses")
        self._free = now + wait + _GUESS
        await asyncio.sleep(wait)


_guesses = Guesses()


class Stream(Response):
    """An answer that goes on for as long as its client listens."""

    def __init__(self, tell: Callable[[Receive, Send], Awaitable[None]]) -> None:
        self.tell = tell
        super().__init__(media_type=_STREAM, headers=_UNBUFFERED)

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        headers = [each for each in self.raw_headers if each[0] != b"content-length"]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await self.tell(receive, send)


def answered(respond: Answer) -> Answer:
    """With refusals as answers."""

    async def answer(request: Request) -> Response:
        try:
            return await respond(request)
        except Refusal as refusal:
            return _json({"refused": refusal.why}, refusal.status)
        except ClientDisconnect:
            return Response(status_code=400)

    return answer


def _json(told: dict[str, Any], status: int = 200) -> Response:
    return Response(views.written(told), status, media_type="application/json", headers=_FRESH)


def _house() -> House:
    found = house()
    if found is None:
        raise Refusal(503, "unavailable")
    return found


async def _done(future: Future[T]) -> T:
    """What was asked of the store. A phone waits no longer than this, and then asks again."""
    try:
        return await asyncio.wait_for(asyncio.wrap_future(future), PATIENCE)
    except (UnavailableError, TimeoutError):
        raise Refusal(503, "unavailable") from None


async def _room(request: Request) -> Room:
    """The room of the address; who names one that there is not waits."""
    code = request.path_params["code"]
    if read_code(code) == code:
        found = await _done(_house().store.read(lambda line: tables.room(line, code)))
        if found:
            return found
    await _guesses.wait()
    raise Refusal(404, "unknown")


async def _as_host(request: Request) -> Room:
    room = await _room(request)
    if not keys.fits(request.cookies.get(f"host_{room.code}", ""), room.host):
        raise Refusal(403, "host")
    return room


async def _body(request: Request) -> dict[str, Any]:
    """What was sent, if it is short and an object of JSON."""
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > _MAX_BODY:
            raise Refusal(413, "too large")
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        raise Refusal(400, "no sense") from None
    if not isinstance(said, dict):
        raise Refusal(400, "no sense")
    return said


def _whole(value: object, most: int = 10**6) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise Refusal(400, "no sense")
    return value


def _spoken(request: Request, usual: str = "") -> Language:
    """The language that the address asks for, else the room's, else the browser's."""
    asked = request.query_params.get("lang", "")
    return negotiate(asked or usual, request.headers.get("accept-language", ""))


def _seat(request: Request, room: Room) -> str | None:
    """The token of this phone, if the room made it."""
    token = request.cookies.get(f"seat_{room.code}", "")
    return token if keys.is_genuine(token, room.secret) else None


def _seated(request: Request, room: Room, answer: Response) -> Response:
    """With a token for a phone that is new, unless the door is closed."""
    if _seat(request, room) is None:
        if not room.door:
            raise Refusal(403, "door")
        _give(request, answer, f"seat_{room.code}", keys.new_token(room.secret))
    return answer


def _give(request: Request, answer: Response, name: str, value: str) -> None:
    """A cookie, for all of the app: it may stand below another path, which only a proxy knows."""
    secure = request.url.scheme == "https"
    answer.set_cookie(name, value, max_age=_DAY, httponly=True, samesite="lax", secure=secure)


def _asked(request: Request) -> bool:
    """Whether the address asks for a language."""
    return "lang" in request.query_params


def _door(
    request: Request, t: Language, typed: str = "", why: str = "", status: int = 200, up: str = ""
) -> Response:
    """Where a code is typed; it leads on in the language that was asked for."""
    return pages.join(t, typed, why, status, up, _asked(request))


async def join(request: Request) -> Response:
    """Where a code is typed."""
    t, typed = _spoken(request), request.query_params.get("code")
    if typed is None:
        return _door(request, t)
    code = read_code(typed)
    if isinstance(code, Unreadable):
        return _door(request, t, typed, pages.hint(t, code))
    return RedirectResponse(f"room/{code}?lang={t.code}" if _asked(request) else f"room/{code}", 303)


def _led(request: Request, to: str) -> Response:
    """To the room that was meant, in the language that was asked for."""
    query = request.url.query
    return RedirectResponse(f"{to}?{query}" if query else to, 303)


async def field(request: Request) -> Response:
    """What a phone fetches once it is asked for points."""
    return pages.field(_spoken(request))


async def phone(request: Request) -> Response:
    """The page that votes."""
    code = read_code(request.path_params["code"])
    if not isinstance(code, Unreadable) and code != request.path_params["code"]:
        return _led(request, code)
    t = _spoken(request)
    try:
        room = await _room(request)
        t = _spoken(request, room.lang)
        return _seated(request, room, pages.phone(t, room.code))
    except Refusal as refusal:
        why = pages.hint(t, code) if isinstance(code, Unreadable) else pages.refused(t, refusal.why)
        return _door(request, t, request.path_params["code"], why, refusal.status, up="../")


async def state(request: Request) -> Response:
    """All that one phone may know."""
    room = await _room(request)
    standing = await _done(_house().store.read(lambda line: tables.standing(line, room.code)))
    if standing is None:
        raise Refusal(404, "unknown")
    seat, item = _seat(request, room), standing.room.place.item
    votes: list[tuple[int, str, int]] = []
    if seat:
        voter = keys.hashed(seat)
        votes = await _done(_house().store.read(lambda line: tables.votes_of(line, room.code, item, voter)))
    return _seated(request, room, _json(views.for_one_phone(standing, votes)))


async def vote(request: Request) -> Response:
    """Write this phone's vote; 200 when it is durable."""
    said = await _body(request)
    room = await _room(request)
    seat = _seat(request, room)
    if seat is None:
        raise Refusal(401, "seat")
    item, round_, sure = _whole(said.get("item")), _whole(said.get("round")), _whole(said.get("sure"), 2)
    if room.place != Place(item, round_, Phase.OPEN):
        raise Refusal(409, "closed")
    store, code, voter = _house().store, room.code, keys.hashed(seat)
    question = await _done(store.read(lambda line: tables.question(line, code, item)))
    answer = question.asks.accepts(said.get("answer")) if question else None
    if answer is None:
        raise Refusal(422, "answer")
    if not await _done(store.write(lambda line: tables.vote(line, code, item, round_, voter, answer, sure))):
        raise Refusal(409, "closed")
    return _json({"sent": True})


async def events(request: Request) -> Response:
    """What happens in the room, as it happens."""
    is_host = request.query_params.get("host") == "1"
    room = await (_as_host if is_host else _room)(request)
    if not is_host and _seat(request, room) is None and not room.door:
        raise Refusal(403, "door")
    if request.method == "HEAD":
        return Response(media_type=_STREAM, headers=_UNBUFFERED)
    return Stream(partial(_house().hub.stream, room.code, is_host))


async def screen(request: Request) -> Response:
    """The projector's page; without the teacher's key it stays empty."""
    try:
        room = await _room(request)
    except Refusal as refusal:
        t = _spoken(request)
        return _door(request, t, "", pages.refused(t, refusal.why), refusal.status, up="../../")
    return pages.screen(_spoken(request, room.lang), room.code)


async def host(request: Request) -> Response:
    """Take the teacher's key, so that this browser may lead the class."""
    key = (await _body(request)).get("key")
    room = await _room(request)
    if not isinstance(key, str) or not keys.fits(key, room.host):
        raise Refusal(403, "host")
    answer = _json({"host": True})
    _give(request, answer, f"host_{room.code}", key)
    return answer


async def key(request: Request) -> Response:
    """The teacher's own key, for another device."""
    room = await _as_host(request)
    return _json({"key": request.cookies[f"host_{room.code}"]})


async def board(request: Request) -> Response:
    """All that the projector may show now."""
    room = await _as_host(request)
    standing = await _done(_house().store.read(lambda line: tables.standing(line, room.code)))
    return _json(views.for_projector(standing))


async def phase(request: Request) -> Response:
    """Go on; `item`, `round` and `phase` say from where, so that two presses are one."""
    room, said = await _as_host(request), await _body(request)
    try:
        move, before = Move(str(said.get("move"))), Phase(str(said.get("phase")))
    except ValueError:
        raise Refusal(400, "no sense") from None
    place = Place(_whole(said.get("item")), _whole(said.get("round")), before)
    if not await _done(_house().store.write(lambda line: tables.move(line, room.code, place, move))):
        raise Refusal(409, "elsewhere")
    return _json({"moved": True})


async def door(request: Request) -> Response:
    """Let new phones in, or no more."""
    room, is_open = await _as_host(request), (await _body(request)).get("open")
    if not isinstance(is_open, bool):
        raise Refusal(400, "no sense")
    await _done(_house().store.write(lambda line: tables.set_door(line, room.code, is_open)))
    return _json({"open": is_open})


async def scene(request: Request) -> Response:
    """Show everybody a step with its settings, by its address from the root of the app."""
    room, address = await _as_host(request), (await _body(request)).get("address")
    if not isinstance(address, str) or len(address) > _MAX_SCENE or not _ADDRESS.fullmatch(address):
        raise Refusal(400, "no sense")
    lesson = next((page for page in PAGES if page.path == urlsplit(address).path), None)
    if lesson is None:
        raise Refusal(400, "no sense")
    told = f"{address}\n{language(room.lang)(lesson.title)}"
    await _done(_house().store.write(lambda line: tables.show(line, room.code, told)))
    return _json({"shown": True})


async def address(request: Request) -> Response:
    """How phones reach the room, given how the teacher's browser does; and its QR code."""
    room, at = await _as_host(request), request.query_params.get("at", "")
    parts = parts_of(at[:300])
    if parts.scheme not in {"http", "https"} or not parts.path.endswith(f"/room/{room.code}"):
        raise Refusal(400, "no sense")
    return _json(await asyncio.to_thread(pages.address, at[:300]))


async def results(request: Request) -> Response:
    """What has been voted and closed, for a spreadsheet."""
    room = await _as_host(request)
    rounds = await _done(_house().store.read(lambda line: list(tables.rounds(line, room.code))))
    named = {"Content-Disposition": f'attachment; filename="class-{room.code}.csv"'}
    text = csv_of(rounds, language(room.lang))
    return Response(text.encode("utf-8-sig"), media_type="text/csv", headers=_FRESH | named)


async def end(request: Request) -> Response:
    """End the class and delete all of it."""
    room = await _as_host(request)
    await _done(_house().store.delete(room.code))
    answer = _json({"ended": True})
    answer.delete_cookie(f"host_{room.code}")
    return answer


async def missing(request: Request) -> Response:
    """There is no such address below a room's; but a code may have got a stroke behind it."""
    up, code = "../" * (request.url.path.count("/") - 1), read_code(request.path_params["rest"])
    if not isinstance(code, Unreadable):
        return _led(request, f"{up}room/{code}")
    return _door(request, _spoken(request), status=404, up=up)


def _route(path: str, respond: Answer, *methods: str) -> Route:
    return Route(f"/room{path}", answered(respond), methods=list(methods) or ["GET"])


ROUTES = [
    _route("", join),
    _route("/points.js", field),
    _route("/{code}", phone),
    _route("/{code}/state", state),
    _route("/{code}/vote", vote, "PUT"),
    _route("/{code}/events", events),
    _route("/{code}/screen", screen),
    _route("/{code}/host", host, "POST"),
    _route("/{code}/key", key),
    _route("/{code}/board", board),
    _route("/{code}/phase", phase, "POST"),
    _route("/{code}/door", door, "POST"),
    _route("/{code}/scene", scene, "POST"),
    _route("/{code}/address", address),
    _route("/{code}/results.csv", results),
    _route("/{code}/end", end, "POST"),
    _route("/{rest:path}", missing),
]
