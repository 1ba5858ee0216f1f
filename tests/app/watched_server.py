"""The app's server, with everything it asks the network for written into a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from socket import SOCK_DGRAM
from typing import Any

from streamlit_app import app

__all__ = ["app"]

_AT_HOME = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104
_HOST_IN = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}
_LOG = Path(os.environ["WATCHED"])


def note(event: str, arguments: tuple[Any, ...]) -> None:
    """Note a host that is not this machine."""
    host = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}.get(
        event
    )
    if host is None or (event == "socket.connect" and arguments[0].type == SOCK_DGRAM):  # sends nothing
        return
    place = arguments[host]
    name = str(place[0] if isinstance(place, tuple) else place)
    if not name.startswith(_AT_HOME):
        with _LOG.open("a") as file:
            file.write(f"{event} {name}\n")


sys.addaudithook(note)
