"""Long work in pieces, so that the answers of others, which are short, need not wait for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TypeVar

Piece = TypeVar("Piece")

IDLE = threading.Event()  # set while no short script runs or waits
IDLE.set()
_LONG_WORK = threading.Lock()
_MAX_WAIT = 0.25  # seconds that a piece of long work waits for the short scripts


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
