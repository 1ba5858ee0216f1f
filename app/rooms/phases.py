"""What a room does with a question: vote, close, show, vote again, reveal."""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    """Where a room stands with its question."""

    WAIT = "wait"
    OPEN = "open"
    CLOSED = "closed"
    SHOWN = "shown"
    REVEALED = "revealed"


class Move(StrEnum):
    """What the teacher does next."""

    CLOSE = "close"
    SHOW = "show"
    HIDE = "hide"
    AGAIN = "again"
    REVEAL = "reveal"


_MOVES = {
    Move.CLOSE: ({Phase.OPEN}, Phase.CLOSED),
    Move.SHOW: ({Phase.CLOSED}, Phase.SHOWN),
    Move.HIDE: ({Phase.SHOWN}, Phase.CLOSED),
    Move.AGAIN: ({Phase.CLOSED, Phase.SHOWN}, Phase.OPEN),
    Move.REVEAL: ({Phase.CLOSED, Phase.SHOWN}, Phase.REVEALED),
}


def after(phase: Phase, round_: int, move: Move) -> tuple[Phase, int] | None:
    """The phase and the round that follow; None where the move is not possible."""
    possible, to = _MOVES[move]
    if phase not in possible:
        return None
    return to, round_ + (move is Move.AGAIN)


def shows_bars(phase: Phase) -> bool:
    """Whether the class may see what it voted."""
    return phase in {Phase.SHOWN, Phase.REVEALED}
