"""What all tests share: the app's own server, started once, and how properties are tried."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from benchmarks.servers import app_server

# A deadline would be a timing assertion. What CI tries in minutes, a night tries in hours.
settings.register_profile("day", deadline=None, max_examples=25)
settings.register_profile("night", deadline=None, max_examples=2000)
settings.load_profile("night" if "SOFTMAX_LAB_NIGHT" in os.environ else "day")


@pytest.fixture(scope="session")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the app's server keeps its classes."""
    return str(tmp_path_factory.mktemp("rooms") / "rooms.sqlite")


@pytest.fixture(scope="session")
def app(rooms: str) -> Iterator[str]:
    with app_server(rooms=rooms) as address:
        yield address
