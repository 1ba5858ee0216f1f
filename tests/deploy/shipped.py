"""The files of `deploy/`, started as they stand: with other ports, and what is served for tests."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from configparser import RawConfigParser
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "softmax-lab@.service"
CADDYFILE = DEPLOY / "Caddyfile"
HOST = "${SOFTMAX_LAB_HOST}"

# What a second Caddy on a machine needs; the file itself is taken as it is.
_BESIDE = """{
    admin off
    auto_https disable_redirects
    skip_install_trust
    storage file_system %s
}
import %s
"""


def program(name: str, package: str) -> str:
    """Where a program is; without it the test is skipped, and fails with CI=true."""
    path = shutil.which(name)
    if path is None:
        message = f"no {name} on this machine; on Debian: apt-get install {package}"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return path


def unit() -> Mapping[str, Mapping[str, str]]:
    read = RawConfigParser(strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(UNIT)
    return read


def process_command(port: int, module: str) -> list[str]:
    """The unit's own command, for a port, with this Python's uvicorn."""
    told = unit()["Service"]["ExecStart"].replace("%i", str(port)).replace(HOST, "127.0.0.1")
    program, app, *options = shlex.split(told)
    assert (Path(program).name, app) == ("uvicorn", "streamlit_app:app")
    return [sys.executable, "-m", "uvicorn", f"{module}:app", *options]


class Programs:
    """What was started, each with a log of its own."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self._stack = folder, stack

    def start(self, name: str, command: list[str], **variables: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **variables}, stdout=log, stderr=subprocess.STDOUT
            )
        self._stack.callback(process.wait, 30)
        self._stack.callback(process.kill)
        return process

    def proxy(self, **variables: str) -> subprocess.Popen[bytes]:
        file = self.folder / "Caddyfile"
        file.write_text(_BESIDE % (self.folder / "caddy", CADDYFILE))
        command = [program("caddy", "caddy"), "run", "--adapter", "caddyfile", "--config", str(file)]
        return self.start("caddy", command, HOME=str(self.folder), **variables)


@contextmanager
def programs(folder: Path):
    with ExitStack() as stack:
        yield Programs(folder, stack)


Condition = Callable[[], bool]
