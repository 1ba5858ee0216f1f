"""The head of a request has bounds, and one with too long an address is still answered by the app.

uvicorn keeps all fields of a request until the last one has come, and all requests that come behind one
whose answer is awaited: within seconds one client fills the memory. When the client goes it tells the last of
them alone, and an answer that does not end by itself goes on for ever. An address of 65 536 signs or more it
refuses by a line in English. There is no setting for it, so its faster protocol is watched from outside; the
other one has bounds of its own. `tests/app/test_large_heads.py` notices a release that has changed it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import Any

from app.places import MAX_ADDRESS

MAX_HEAD = 200_000  # bytes beside the address, with what came before it in the same piece
MAX_FIELDS = 100
MAX_QUEUED = 16  # requests behind one that is being answered; no browser sends any
_KEPT = MAX_ADDRESS + 10  # signs of an address: enough to see that it is too long


def watch_all() -> None:
    """Have every request bounded that comes from now on."""
    try:
        import httptools

        protocol = import_module("uvicorn.protocols.http.httptools_impl").HttpToolsProtocol
    except ImportError:  # it is an extra
        return
    if hasattr(protocol, "head"):
        return
    protocol.head, protocol.is_in_head, protocol.answers = 0, True, None
    refusal = httptools.HttpParserError
    for name, watched in (
        ("data_received", _count),
        ("on_message_begin", _begin),
        ("on_url", _shorten),
        ("on_header", _bound_fields(refusal)),
        ("on_headers_complete", _end(refusal)),
        ("_start_asgi_task", _answer),
        ("connection_lost", _leave),
    ):
        setattr(protocol, name, _around(getattr(protocol, name), watched))


def _around(listen: Callable[..., None], watched: Callable[..., None]) -> Callable[..., None]:
    @wraps(listen)
    def hear(protocol: Any, *said: Any) -> None:
        watched(protocol, listen, *said)

    return hear


def _count(protocol: Any, listen: Callable[..., None], data: bytes) -> None:
    listen(protocol, data)
    if protocol.is_in_head:
        protocol.head += len(data)
        if protocol.head > MAX_HEAD:
            protocol.transport.abort()


def _begin(protocol: Any, listen: Callable[..., None]) -> None:
    protocol.head, protocol.is_in_head = 0, True
    listen(protocol)


def _shorten(protocol: Any, listen: Callable[..., None], url: bytes) -> None:
    listen(protocol, url)
    protocol.head -= len(url)
    protocol.url = protocol.url[:_KEPT]


def _bound_fields(refusal: type[Exception]) -> Callable[..., None]:
    def bound(protocol: Any, listen: Callable[..., None], name: bytes, value: bytes) -> None:
        if len(protocol.headers) >= MAX_FIELDS:
            raise refusal("too many fields")
        if name.lower() == b"transfer-encoding":  # nothing comes here in pieces, and fields could follow them
            raise refusal("a body in pieces")
        listen(protocol, name, value)

    return bound


def _end(refusal: type[Exception]) -> Callable[..., None]:
    def end(protocol: Any, listen: Callable[..., None]) -> None:
        protocol.is_in_head = False
        if len(protocol.pipeline) >= MAX_QUEUED:
            raise refusal("too many requests at once")
        listen(protocol)

    return end


def _answer(protocol: Any, listen: Callable[..., None], cycle: Any, app: Any) -> None:
    protocol.answers = cycle
    listen(protocol, cycle, app)


def _leave(protocol: Any, listen: Callable[..., None], error: Exception | None) -> None:
    """uvicorn tells it to the last request alone; one that is being answered would go on for ever."""
    listen(protocol, error)
    cycle = protocol.answers
    if cycle is not None and not cycle.response_complete:
        cycle.disconnected = True
        cycle.message_event.set()
