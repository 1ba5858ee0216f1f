"""Processes that start at one moment, or die in the middle of a vote: `python -m tests.app.rooms.forks …`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.rooms import tables
from app.rooms.store import open_store

_TIMES, _TOGETHER, _BEFORE_DEATH = 20, 4, 10


def _times(place: str) -> int:
    return _TIMES // 4 if place.startswith("postgresql") else _TIMES


def _child(work: Callable[[], None]) -> int:
    process = os.fork()
    if process:
        return process
    try:
        work()
    except BaseException as error:
        sys.stderr.write(f"{error!r}\n")
        os._exit(1)
    os._exit(0)


def start(place: str) -> None:
    """Four processes open the rooms on an empty folder, again and again."""
    for _ in range(_times(place)):
        children = [_child(lambda: open_store(place).close()) for _ in range(_TOGETHER)]
        ends = [os.waitpid(child, 0)[1] for child in children]
        if any(ends):
            raise SystemExit(f"could not start: {ends}")
        if not place.startswith("postgresql"):
            for part in Path(place).parent.iterdir():
                part.unlink()


def vote(place: str, code: str) -> None:
    """Two processes vote and are killed, again and again; what was acknowledged is printed."""
    for attempt in range(_times(place)):
        pipes = [os.pipe() for _ in range(2)]
        children = [
            _child(partial(_vote, place, code, f"{attempt}-{each}", pipes[each][1])) for each in range(2)
        ]
        for _, writable in pipes:
            os.close(writable)
        ends = [os.fdopen(readable, encoding="ascii") for readable, _ in pipes]
        for end in ends:
            sys.stdout.writelines(end.readline() for _ in range(_BEFORE_DEATH))
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        for end in ends:
            sys.stdout.writelines(line for line in end if line.endswith("\n"))
            end.close()


def _vote(place: str, code: str, name: str, writable: int) -> None:
    store = open_store(place)
    for number in range(1_000_000):
        voter = f"{name}-{number}"
        job = partial(tables.vote, code=code, item=1, round_=1, voter=voter, answer="0", sure=0)
        if store.write(job).result():
            os.write(writable, f"{voter}\n".encode("ascii"))


if __name__ == "__main__":
    {"start": start, "vote": vote}[sys.argv[1]](*sys.argv[2:])
