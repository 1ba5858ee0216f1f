"""Rooms in one file, which all processes of a machine share; nothing else has to be installed."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from app.rooms.tables import TABLES, Rows
from app.rooms.worker import AwayError, UnavailableError

_PATIENCE = 5.0  # seconds that one process waits for another's transaction
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "9p",
                      "fuse.sshfs", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs",
                      "glusterfs", "gfs2", "ocfs2"})  # fmt: skip


class RefusedError(Exception):
    """The rooms cannot be kept there; the reason is a sentence."""


class Line:
    """A connection to the file."""

    def __init__(self, path: Path) -> None:
        self._line = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        # A vote that is acknowledged outlasts a power failure; what is deleted is overwritten.
        for pragma in ("synchronous = FULL", "secure_delete = ON", "temp_store = MEMORY"):
            self._line.execute(f"PRAGMA {pragma}")

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Rows:
        try:
            return self._line.execute(statement, values)
        except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
            raise UnavailableError(str(error)) from error

    def check(self) -> None:
        """A file is always there."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        try:
            self.execute("BEGIN IMMEDIATE")
        except UnavailableError as error:
            raise AwayError(str(error)) from error
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._line.execute("ROLLBACK")
            raise

    def close(self) -> None:
        self._line.close()


class Sqlite:
    """The file, made by whichever process comes first."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def prepare(self) -> None:
        """Make the file if it is not there, one process after the other.

        Two processes that turn on the write-ahead log of a new file would stop each other.

        Raises:
            RefusedError: it cannot stand there.
        """
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if (kind := file_system(self.path.parent)) in _NETWORK:
                raise RefusedError(
                    f"{self.path.parent} is on a network drive ({kind}), where SQLite loses data"
                )
            with _alone(self.path.with_suffix(".lock")):
                self.path.touch(mode=0o600)
                with closing(Line(self.path)) as line:
                    line.execute("PRAGMA journal_mode = WAL")
                    for table in TABLES:
                        line.execute(f"{table} {_KEYED if 'vote' in table else ''}")
                    self.scrub(line)
        except (OSError, UnavailableError, sqlite3.Error) as error:
            raise RefusedError(f"{self.path}: {error}") from error

    def connect(self) -> Line:
        try:
            return Line(self.path)
        except sqlite3.Error as error:
            raise UnavailableError(str(error)) from error

    def version(self, line: Any) -> object:
        """Changes when another connection has written."""
        return line.execute("PRAGMA data_version").fetchone()[0]

    def scrub(self, line: Any) -> bool:
        """Take what was deleted out of the log; False if another process is in the way."""
        busy, _, _ = line.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy


_KEYED = "WITHOUT ROWID"


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """No other process does this meanwhile. Where there are no such locks, there is one process alone."""
    with lock.open("w") as file:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def file_system(folder: Path, mounts: str = "/proc/self/mounts") -> str:
    """The kind of file system a folder is on; empty where that cannot be told."""
    try:
        lines = Path(mounts).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    there, found = os.path.realpath(folder), ("", "")
    for line in lines:
        _, point, kind, *_ = line.split(" ")
        point = point.replace("\\040", " ")
        is_above = there == point or there.startswith(point.rstrip("/") + "/")
        if is_above and len(point) >= len(found[0]):
            found = point, kind
    return found[1]
