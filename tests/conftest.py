"""What all tests share: the app's own server, started once, and how properties are tried."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from benchmarks.servers import app_server

# Before a test imports NumPy: the cores are busy with other tests.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A deadline would be a timing assertion. What CI tries in minutes, a night tries in hours.
settings.register_profile("day", deadline=None, max_examples=25)
settings.register_profile("night", deadline=None, max_examples=2000)
settings.load_profile("night" if "SOFTMAX_LAB_NIGHT" in os.environ else "day")


LOG = pytest.StashKey[Path]()


@pytest.fixture(scope="session")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the app's server keeps its classes."""
    return str(tmp_path_factory.mktemp("rooms") / "rooms.sqlite")


@pytest.fixture(scope="session")
def app(rooms: str, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[str]:
    pytestconfig.stash[LOG] = log = tmp_path_factory.mktemp("said") / "server.txt"
    with app_server(rooms=rooms, log=log) as address:
        yield address


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails shows what the app's server said last."""
    report = yield
    log = item.config.stash.get(LOG, None)
    if report.failed and log is not None:
        report.sections.append(("the app's server", log.read_text(encoding="utf-8")[-4000:]))
    return report
