"""Both databases that keep rooms, each for all tests of them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.rooms import house as houses
from app.rooms.house import House
from app.rooms.hub import Hub
from app.rooms.store import Store, open_store
from benchmarks.servers import free_port

_BINARIES = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
_PATH = os.pathsep.join([*_BINARIES, os.environ.get("PATH", "")])
_PEOPLE = ("postgres", "nobody")  # PostgreSQL does not run as root


class Cluster:
    """A PostgreSQL of our own, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self._data = folder / "data"
        self._run("initdb", "-D", str(self._data), "-U", "rooms", "-A", "trust", "--no-sync")
        self.start()

    @property
    def address(self) -> str:
        return f"postgresql://rooms@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -c fsync=off -c listen_addresses=127.0.0.1 "
        options += f"-c unix_socket_directories={self.folder}"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self._data), "-w", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", "immediate", "stop")

    def empty(self) -> None:
        import psycopg

        with psycopg.connect(self.address, autocommit=True) as line:
            line.execute("DROP TABLE IF EXISTS room, item, vote")

    def _run(self, program: str, *arguments: str) -> None:
        command = [shutil.which(program, path=_PATH) or program, *arguments]
        if os.getuid() == 0:
            command = ["setpriv", f"--reuid={_person()}", f"--regid={_person()}", "--clear-groups", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)


def _person() -> str:
    known = Path("/etc/passwd").read_text(encoding="utf-8")
    return next(line.split(":")[2] for name in _PEOPLE for line in known.splitlines()
                if line.startswith(f"{name}:"))  # fmt: skip


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    pytest.importorskip("psycopg")
    if shutil.which("initdb", path=_PATH) is None:
        message = "no PostgreSQL on this machine; on Debian: apt-get install postgresql"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    folder = Path(subprocess.check_output(["mktemp", "-d", "/tmp/rooms-XXXXXX"], text=True).strip())  # noqa: S108
    if os.getuid() == 0:
        shutil.chown(folder, int(_person()), int(_person()))
    running = Cluster(folder)
    yield running
    running.stop()
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where rooms are kept, with nothing in it."""
    if request.param == "sqlite":
        return str(tmp_path / "kept" / "rooms.sqlite")
    cluster: Cluster = request.getfixturevalue("cluster")
    cluster.empty()
    return cluster.address


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    opened = open_store(place)
    yield opened
    opened.close()


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """One that pages find, as the server opens it."""
    opened = open_store(str(tmp_path / "rooms.sqlite"))
    monkeypatch.setattr(houses, "_houses", [House(opened, Hub(opened))])
    yield opened
    opened.close()
