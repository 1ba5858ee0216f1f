"""What all tests share: the app's own server, started once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.servers import app_server


@pytest.fixture(scope="session")
def app() -> Iterator[str]:
    with app_server() as address:
        yield address
