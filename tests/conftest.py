"""What all tests share: the app's own server, started once, and how properties are tried."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from benchmarks.servers import app_server

settings.register_profile("patient", deadline=None)  # a deadline would be a timing assertion
settings.load_profile("patient")


@pytest.fixture(scope="session")
def app() -> Iterator[str]:
    with app_server() as address:
        yield address
