"""Rooms in a PostgreSQL database, for a school that has more than one machine. Needs psycopg."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from app.rooms.sqlite import RefusedError
from app.rooms.tables import TABLES, Rows
from app.rooms.worker import AwayError, UnavailableError

_CHANNEL = "softmax_lab_rooms"
_PATIENCE = 5  # seconds
_ALONE = 0x50F7A8  # the number of the lock under which the tables are made


class Line:
    """A connection; it hears when another one has written."""

    def __init__(self, address: str) -> None:
        self.heard = 0
        try:
            self._line = psycopg.connect(
                address,
                autocommit=True,
                client_encoding="utf8",  # also where the database was made without a language, and knows none
                connect_timeout=_PATIENCE,
                tcp_user_timeout=1000 * _PATIENCE,  # of a server that has vanished without a word
            )
        except psycopg.Error as error:
            raise UnavailableError(str(error)) from error
        self._line.add_notify_handler(self._hear)
        try:
            self.execute(f"LISTEN {_CHANNEL}")
        except UnavailableError:
            self.close()
            raise

    def _hear(self, _notice: object) -> None:
        self.heard += 1

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Rows:
        said = statement.replace("?", "%s").replace("/* share */", "FOR SHARE")
        try:
            return self._line.execute(said.encode(), values)
        except psycopg.Error as error:
            raise self._unavailable(error) from error

    def check(self) -> None:
        """What was heard comes with any answer."""
        self.execute("SELECT 1")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        try:
            with self._line.transaction():
                yield
                self.execute(f"NOTIFY {_CHANNEL}")
        except psycopg.Error as error:
            raise self._unavailable(error) from error

    def _unavailable(self, error: psycopg.Error) -> UnavailableError:
        return (AwayError if self._line.closed else UnavailableError)(str(error))

    def close(self) -> None:
        self._line.close()


class Postgres:
    """The database behind an address such as `postgresql://rooms@db/rooms`."""

    def __init__(self, address: str) -> None:
        self._address = address

    def prepare(self) -> None:
        """Make the tables if they are not there, one process after the other.

        Raises:
            RefusedError: there is no such database now.
        """
        try:
            with closing(self.connect()) as line:
                line.execute("SELECT pg_advisory_lock(?)", (_ALONE,))
                for table in TABLES:
                    line.execute(table)
                line.execute("SELECT pg_advisory_unlock(?)", (_ALONE,))
        except UnavailableError as error:
            raise RefusedError(str(error)) from error

    def connect(self) -> Line:
        return Line(self._address)

    def version(self, line: Any) -> object:
        """Changes when any connection has written."""
        return line.heard

    def scrub(self, line: Any) -> bool:
        """Let the place of what was deleted be written over."""
        line.execute("VACUUM room, item, vote")
        return True
