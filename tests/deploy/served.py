"""The app as it is served, with places for few; it names its port, and has an answer that does not end."""

from __future__ import annotations

import os

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from app import turns
from streamlit_app import app as lab

NAME, STREAM, FIRST = "/name", "/drip", b"data: first\n\n"
PLACES = "TEST_PLACES"

turns.MAX_LINES = int(os.environ.get(PLACES, turns.MAX_LINES))


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http" and scope["path"] == NAME:
        await PlainTextResponse(str(scope["server"][1]))(scope, receive, send)
    elif scope["type"] == "http" and scope["path"] == STREAM:
        headers = [(b"content-type", b"text/event-stream")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": FIRST, "more_body": True})
        while (await receive())["type"] != "http.disconnect":
            pass
    else:
        await lab(scope, receive, send)
