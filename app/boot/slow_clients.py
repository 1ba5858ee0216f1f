"""Requests that are never finished, and answers that are never read, end after a while.

uvicorn times only what comes after an answer: half a request, or a reader who stops reading, holds its
connection and its memory for as long as it likes. There is no setting for it, so uvicorn's two protocols are
watched from outside, by what they publish as attributes; `tests/app/test_slow_clients.py` notices a release
that has changed them.
"""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import Any

SECONDS = 20.0
_PROTOCOLS = {"httptools_impl": "HttpToolsProtocol", "h11_impl": "H11Protocol"}


def watch_all() -> None:
    """Have every connection watched that is made from now on."""
    for module, name in _PROTOCOLS.items():
        try:
            protocol = getattr(import_module(f"uvicorn.protocols.http.{module}"), name)
        except ImportError:  # httptools is an extra
            continue
        if not hasattr(protocol, "is_watched"):
            protocol.is_watched = True
            protocol.connection_made = _watched(protocol.connection_made)


def _watched(connection_made: Any) -> Any:
    def made(protocol: Any, transport: asyncio.Transport) -> None:
        connection_made(protocol, transport)
        _look_later(transport, None)

    return made


def _look_later(transport: asyncio.Transport, before: object) -> None:
    """What waits here knows the transport alone, which lets go of its protocol when it is closed."""
    asyncio.get_running_loop().call_later(SECONDS, _look, transport, before)


def _look(transport: asyncio.Transport, before: object) -> None:
    """Close the connection if it still waits for what it waited for at the last look."""
    protocol: Any = transport.get_protocol()
    is_over = transport.is_closing() and not transport.get_write_buffer_size()
    if is_over or protocol is None:
        return
    if not hasattr(protocol, "cycle"):  # it is a websocket, or was refused to become one, without a word
        if not getattr(protocol, "handshake_complete", True):
            transport.abort()
        return
    awaited = _awaited(protocol)
    if awaited is not None and awaited == before:
        transport.abort()
    else:
        _look_later(transport, awaited)


def _awaited(protocol: Any) -> object:
    """What the server waits for its client to do; None if it is the server's turn."""
    cycle, unread = protocol.cycle, protocol.transport.get_write_buffer_size()
    if unread:
        return "read", unread
    if cycle is None or cycle.response_complete or cycle.more_body:
        return "send", id(cycle)
    return None
