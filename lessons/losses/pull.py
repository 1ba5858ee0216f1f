"""Both judges pull, each at a copy of the scores of its own: gradient descent on the scores, step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf, log

from lessons.losses.model import plus
from softmax_core import cross_entropy_gradient
from softmax_core.functions import log_remainders
from softmax_core.numerics import decimal_hinge

RATE, MAX_STEPS = 0.5, 30


@dataclass(frozen=True, slots=True)
class Walk:
    """What one judge makes of the scores: before and after each step.

    `logs` are the logarithms of its pull at the true score there; −inf where it does not pull.
    """

    scores: Sequence[Sequence[float]]
    logs: Sequence[float]

    @property
    def stopped(self) -> int | None:
        """After how many steps it pulls no more; None if it still does."""
        return self.logs.index(-inf) if -inf in self.logs else None


@dataclass(frozen=True, slots=True)
class Walks:
    """Those of both from the same scores."""

    hinge: Walk
    entropy: Walk


@lru_cache(maxsize=256)  # a slider runs along them
def walks(scores: tuple[float, ...], true: int, margin: float) -> Walks:
    """Let both pull as long as the lesson shows."""

    def of_hinge(row: Sequence[float]) -> tuple[Sequence[float], float]:
        gradient = decimal_hinge(row, true, margin).gradient
        return gradient, log(-gradient[true]) if gradient[true] else -inf

    def of_entropy(row: Sequence[float]) -> tuple[Sequence[float], float]:
        return cross_entropy_gradient(row, true).tolist(), float(log_remainders(row)[true])

    return Walks(_walk(scores, of_hinge), _walk(scores, of_entropy))


def _walk(scores: Sequence[float], judge: Callable[[Sequence[float]], tuple[Sequence[float], float]]) -> Walk:
    rows, logs = [list(scores)], []
    for _ in range(MAX_STEPS):
        gradient, pull = judge(rows[-1])
        logs.append(pull)
        rows.append([plus(score, -RATE * slope) for score, slope in zip(rows[-1], gradient, strict=True)])
    return Walk(rows, [*logs, judge(rows[-1])[1]])
