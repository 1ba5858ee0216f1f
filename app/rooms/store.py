"""The rooms of this server: who writes, who reads, and where."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, TypeVar

from app.rooms import tables
from app.rooms.sqlite import RefusedError, Sqlite
from app.rooms.worker import Job, Line, Worker

#: Where the rooms are kept: a file, or the address of a PostgreSQL database.
PLACE = "SOFTMAX_LAB_ROOMS"
_NAME = "softmax-lab"
T = TypeVar("T")


class Database(Protocol):
    """What keeps the rooms."""

    def prepare(self) -> None: ...
    def connect(self) -> Line: ...
    def version(self, line: Any) -> object: ...
    def scrub(self, line: Any) -> bool: ...


class Store:
    """Jobs of `tables`, done by two threads of this process."""

    def __init__(self, database: Database) -> None:
        database.prepare()
        self._database = database
        self._writer = Worker(database.connect, "rooms-writer", transacts=True)
        self._reader = Worker(database.connect, "rooms-reader", transacts=False)
        self._scrubber = Worker(database.connect, "rooms-scrubber", transacts=False)
        self._is_clean = True

    def write(self, job: Job[T]) -> Future[T]:
        """Change something; it is durable when the answer is there."""
        return self._writer.ask(job)

    def read(self, job: Job[T]) -> Future[T]:
        return self._reader.ask(job)

    def version(self) -> Future[object]:
        """Changes when anything in any room has changed, or may have while there was no line."""
        return self._reader.ask(lambda line: (line, self._database.version(line)))

    def delete(self, code: str) -> Future[None]:
        """End a room and leave nothing of it."""
        self._is_clean = False
        done = self._writer.ask(lambda line: tables.delete(line, code))
        done.add_done_callback(lambda _: self._scrub())
        return done

    def tidy(self) -> None:
        """End what is over. Every process asks for it now and then."""
        self._writer.ask(tables.expire).add_done_callback(self._after_expiry)

    def close(self) -> None:
        for worker in (self._writer, self._reader, self._scrubber):
            worker.close()

    def _after_expiry(self, expired: Future[int]) -> None:
        if expired.exception() is None and (expired.result() or not self._is_clean):
            self._is_clean = False
            self._scrub()

    def _scrub(self) -> None:
        self._scrubber.ask(self._database.scrub).add_done_callback(self._scrubbed)

    def _scrubbed(self, done: Future[bool]) -> None:
        self._is_clean = done.exception() is None and done.result()


def open_store(place: str | None = None) -> Store:
    """The store that the environment names, or a file of this user's.

    Raises:
        RefusedError: the rooms cannot be kept there.
    """
    return Store(database(place or os.environ.get(PLACE) or str(_usual_file())))


def database(place: str) -> Database:
    if place.startswith(("postgresql://", "postgres://")):
        try:
            postgres: Callable[[str], Database] = import_module("app.rooms.postgres").Postgres
        except ModuleNotFoundError as missing:
            raise RefusedError(f"PostgreSQL needs {missing.name}: pip install 'psycopg[binary]'") from missing
        return postgres(place)
    return Sqlite(Path(place))


def _usual_file() -> Path:
    """In the folder that systemd gives a service, or in the user's own for what programs keep."""
    given = os.environ.get("STATE_DIRECTORY", "").split(":")[0]
    own = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")  # noqa: PTH111 - may fail
    return Path(given or Path(own, _NAME), "rooms.sqlite")
