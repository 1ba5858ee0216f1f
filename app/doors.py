"""What the server answers at all, to whom, and with which headers; everything else is kept out before
Streamlit sees it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
from collections.abc import Iterable
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import quote

import streamlit as st
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import places
from app.mended import Address, language_asked, mended
from app.turns import STREAM, is_full
from lessons import PAGES, worksheets
from ui.lesson import Lesson
from ui.text import Language, fill, negotiate

#: A secret that opens the numbers of the server to its operator: `Authorization: Bearer …`.
METRICS_TOKEN = "SOFTMAX_LAB_METRICS_TOKEN"  # noqa: S105 - its name
_POLICY_VIOLATION = 1008  # RFC 6455, 7.4.1
_RETRY = "30"  # seconds
_MISSING = frozenset({400, 404})  # the first for a path that climbs
_READS = frozenset({"GET", "HEAD"})
_INLINE = re.compile(r"<script\b(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
POLICY = "Content-Security-Policy"
_HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_FRESH = {"Cache-Control": "no-store"}
_PLAIN_PAGE = Path(__file__).with_name("plain_page.html").read_text(encoding="utf-8")


def policy(html: str = "") -> str:
    """What a page may load and run: files of ours, and of scripts within it those that stand in it now."""
    digests = (hashlib.sha256(script.encode()).digest() for script in _INLINE.findall(html))
    inline = "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' blob:{inline}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        "object-src 'none'; base-uri 'self'"
    )


class Guard:
    """Lets in who belongs here: no page of another site, and no address that is not the app's.

    Streamlit looks up the server's own address on the internet before it refuses a foreign origin, and the
    event loop stands still meanwhile. So what is foreign does not get that far.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
        self.policy = (POLICY.lower().encode(), policy().encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope)(scope, receive, self._with_headers(send))
        else:
            await self.app(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == STREAM and not is_foreign(Headers(scope=scope)):
            await self.app(_without_origin(scope), receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})

    def _http(self, scope: Scope) -> ASGIApp:
        """What answers: the app, or a refusal."""
        headers, path = Headers(scope=scope), scope["path"]
        if is_foreign(headers):
            return Response(status_code=403)
        written, query = _as_written(scope)
        if len(written) + len(query) > places.MAX_ADDRESS:
            return _too_long(Request(scope))
        if path in places.METRICS and is_operator(headers):
            return self.app
        if places.is_of_a_room(path):
            return partial(_pass_on, self.app)
        meant = None if places.is_answered_by_itself(path) else mended(written, query)
        if meant is None and not places.is_known(path):
            return _missing(Request(scope), language_asked(written, query))
        if scope["method"] not in _READS:
            return Response(status_code=405, headers={"Allow": ", ".join(sorted(_READS))})
        if meant is not None and (meant.path, meant.query) != (path, query):
            return RedirectResponse(_way(written, meant))
        if path in places.PAGE_PATHS and is_full():
            return _full(Request(scope))
        return partial(_pass_on_or_miss if places.is_a_file(path) else _pass_on, self.app)

    def _with_headers(self, send: Send) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message["headers"])
                own = [] if any(name == self.policy[0] for name, _ in given) else [self.policy]
                message["headers"] = [*given, *self.headers, *own]
            await send(message)

        return send_with_headers


async def _pass_on(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    await app(_without_origin(scope), receive, send)


async def _pass_on_or_miss(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Of a file that there is not, say so as of a page: its address may have been typed."""
    is_missing = False

    async def send_unless_missing(message: Message) -> None:
        nonlocal is_missing
        if message["type"] == "http.response.start":
            is_missing = message["status"] in _MISSING
        if not is_missing:
            await send(message)

    await _pass_on(app, scope, receive, send_unless_missing)
    if is_missing:
        await _missing(Request(scope), language_asked(*_as_written(scope)))(scope, receive, send)


def _without_origin(scope: Scope) -> Scope:
    """The request as one that names no origin: the question is settled, and Streamlit need not ask it."""
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"origin"]}


def page_of_ours(html: str, **headers: str) -> Response:
    """An answer with a page whose own scripts may run, and no others."""
    return HTMLResponse(html, headers={POLICY: policy(html), **headers})


def is_foreign(headers: Headers) -> bool:
    """Whether a page of another site asks; who is no browser names no origin."""
    origin = headers.get("origin")
    if origin is None:
        return False
    _scheme, _colon, host = origin.partition("://")
    return origin not in _allowed() and (not host or host.lower() != headers.get("host", "").lower())


def _allowed() -> Iterable[str]:
    """The other origins that the operator's `server.corsAllowedOrigins` lets in."""
    allowed: list[str] = st.get_option("server.corsAllowedOrigins")
    return allowed


def is_operator(headers: Headers) -> bool:
    """Whether the request brings the secret that the server was started with."""
    secret = os.environ.get(METRICS_TOKEN, "")
    given = headers.get("authorization", "").removeprefix("Bearer ")
    return bool(secret) and hmac.compare_digest(given.encode(), secret.encode())


def _as_written(scope: Scope) -> tuple[str, str]:
    """The path and the query as they came, with what is encoded in them."""
    path = scope.get("raw_path") or quote(scope["path"]).encode()
    return path.decode("latin-1"), scope["query_string"].decode("latin-1")


def _way(written: str, meant: Address) -> str:
    """From one address to another; only a proxy knows below which path the app stands."""
    up = "../" * (written.count("/") - 1) or "./"
    return up + str(meant).removeprefix("/")


def _missing(request: Request, asked: str) -> Response:
    """No page has that address: say so in the reader's language, and show the lessons."""
    t, path = negotiate(asked, _accepted(request)), request.url.path.rstrip("/")
    title = t("There is no page at this address")
    advice = t("It may have been cut off or mistyped. These pages are here:")
    return _lessons_instead(t, path, title, advice, 404)


def _too_long(request: Request) -> Response:
    """Nothing of ours has so long an address."""
    t = _language(request)
    title = t("This address is too long")
    advice = t(
        "A server reads no more than {count} signs of it. These pages are here:", count=places.MAX_ADDRESS
    )
    return _lessons_instead(t, request.url.path, title, advice, 414)


def _lessons_instead(t: Language, path: str, title: str, advice: str, status: int) -> Response:
    up = "../" * max(path.count("/") - 1, 0)
    links = [(f"{up}{page.path or '.'}", page) for page in PAGES]
    return HTMLResponse(_plain_page(t, title, advice, links), status, _FRESH)


def _full(request: Request) -> Response:
    """As many readers as one server carries: say so, try again by itself, and offer what needs no server."""
    t = _language(request)
    title = t("Every place is taken")
    advice = t("This page tries again by itself every half a minute. Meanwhile there are worksheets:")
    links = [(f"worksheet/{page.slug}", page) for page in PAGES if page.slug in worksheets.MAKERS]
    later = _FRESH | {"Retry-After": _RETRY, "Refresh": _RETRY}
    return HTMLResponse(_plain_page(t, title, advice, links), status_code=503, headers=later)


def _language(request: Request) -> Language:
    return negotiate(request.query_params.get("lang", ""), _accepted(request))


def _accepted(request: Request) -> str:
    return request.headers.get("accept-language", "")


def _plain_page(t: Language, title: str, advice: str, links: Iterable[tuple[str, Lesson]]) -> str:
    """A page without the app, in the reader's language."""
    items = [
        f'<li><a href="{address}?lang={t.code}">{escape(t(page.title))}</a>: {escape(t(page.question))}</li>'
        for address, page in links
    ]
    return fill(_PLAIN_PAGE, lang=t.code, title=escape(title), advice=escape(advice), links="".join(items))
