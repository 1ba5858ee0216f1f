"""Starts the servers that are compared: the app's own and a bare `streamlit run`."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent


@contextmanager
def app_server(
    module: str = "streamlit_app",
    workers: int = 1,
    port: int | None = None,
    log: Path | None = None,
    rooms: str | None = None,
) -> Iterator[str]:
    """The server of a module's `app`, as the README starts it; what it says may go into a file.

    It keeps its classes to itself, if not where `rooms` says.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "uvicorn", f"{module}:app", "--port", str(port)]
    command += ["--log-level", "warning", "--workers", str(workers), "--ws-per-message-deflate", "false"]
    with tempfile.TemporaryDirectory() as folder:
        variables = {"PYTHONPATH": str(ROOT), "SOFTMAX_LAB_ROOMS": rooms or f"{folder}/rooms.sqlite"}
        with _running(command, port, ROOT, variables, log) as address:
            yield address


@contextmanager
def bare_server(script: Path) -> Iterator[str]:
    """`streamlit run` of a script as it comes: no configuration, and no uvloop."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "uvloop.py").write_text("raise ModuleNotFoundError('hidden', name='uvloop')\n")
        options = ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(script),
            "--server.port",
            str(port),
            *options,
        ]
        with _running(command, port, Path(folder), {"PYTHONPATH": folder}) as address:
            yield address


@contextmanager
def _running(
    command: list[str], port: int, folder: Path, variables: dict[str, str], log: Path | None = None
) -> Iterator[str]:
    address = f"http://127.0.0.1:{port}"
    with Path(log or os.devnull).open("w") as said:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **variables}, stdout=said, stderr=subprocess.STDOUT
        )
    try:
        _wait_for(f"{address}/_stcore/health", process)
        yield address
    finally:
        process.terminate()
        process.wait(60)  # a busy machine takes its time


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    patience = time.monotonic() + 180  # a busy machine takes its time
    while time.monotonic() < patience:
        try:
            with urlopen(url, timeout=1):  # noqa: S310
                return
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(f"the server stopped while starting: {process.args}") from None
            time.sleep(0.1)
    raise TimeoutError(url)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
