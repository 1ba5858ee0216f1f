"""Long work in pieces, so that the answers of others, which are short, need not wait for it.

`app.turns` says here what others do; without it everything is made at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Piece = TypeVar("Piece")

IDLE = threading.Event()  # set while no short script runs or waits
IDLE.set()
GO_ON = threading.Event()  # not set while the script that makes frames lets others pass
GO_ON.set()
_LONG_WORK = threading.Lock()
_MAX_WAIT = 0.25  # seconds that a piece of long work waits for the short scripts
_FRAMES = 8  # made between two looks at the others; by twos each costs three times as much as by thirties
_STEP_ASIDE = 0.25  # seconds that frames wait for those who move; what is made by then is shown
_CALM = 1.0  # seconds without a move after which frames are made at once
_moved_at = -_CALM


def in_pieces(work: Iterator[Piece]) -> Iterator[Piece]:
    """Long work, piece by piece, each taken when the short scripts of the others leave room for it."""
    while True:
        with _LONG_WORK:
            IDLE.wait(_MAX_WAIT)  # but not for ever: a class never rests
            try:
                piece = next(work)
            except StopIteration:
                return
        yield piece


def somebody_moves() -> None:
    """Somebody has moved a control, for example a slider."""
    global _moved_at
    _moved_at = time.monotonic()


class _Patience(threading.local):
    left = 0.0  # seconds for which this thread still lets others pass


_patience = _Patience()


def let_pass() -> bool:
    """While frames are made: let others pass; False if that takes too long."""
    before = time.monotonic()
    nobody_waits = GO_ON.wait(_patience.left)
    _patience.left = max(0.0, _patience.left - (time.monotonic() - before))
    return nobody_waits


def stepping_aside(make: Callable[[range], Sequence[Any]], steps: range) -> list[Any]:
    """The frames of those steps, made while nobody else moves; only the first of them if that takes long."""
    if time.monotonic() - _moved_at > _CALM:
        return list(make(steps))
    made: list[Any] = []
    _patience.left = _STEP_ASIDE
    try:
        for first in range(0, len(steps), _FRAMES):
            part = steps[first : first + _FRAMES]
            frames = make(part)
            made += frames
            if len(frames) < len(part) or not let_pass():
                break
    finally:
        _patience.left = 0.0
    return made
