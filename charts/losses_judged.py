"""One row of scores as each of the two losses judges it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charts.numerals import numeral
from softmax_core import (
    SoftmaxSteps,
    cross_entropy,
    cross_entropy_gradient,
    hinge_terms,
    log_softmax,
    logsumexp,
    rescale,
    softmax_steps,
    steps_in_range,
    weston_watkins_hinge,
    weston_watkins_hinge_gradient,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """Scores, both losses of them, the parts of the losses, and what they ask for.

    `terms` are the hinge's, one a class; `steps` the softmax; `odds` has e to each gap f_j − f_y.
    """

    scores: Sequence[float]
    true: int
    margin: float
    terms: Sequence[float]
    hinge: float
    hinge_gradient: Sequence[float]
    steps: SoftmaxSteps
    odds: Sequence[float]
    cross_entropy: float
    cross_entropy_gradient: Sequence[float]

    @property
    def labels(self) -> list[str]:
        """The classes, by number."""
        return [str(index) for index in range(len(self.scores))]

    @property
    def rivals(self) -> list[int]:
        """All classes but the true one."""
        return [index for index in range(len(self.scores)) if index != self.true]

    @property
    def gaps(self) -> list[float]:
        """By how much each rival's score lies above the true one, in the order of the rivals."""
        return [self.scores[index] - self.scores[self.true] for index in self.rivals]

    @property
    def log_wishes(self) -> list[float]:
        """The logarithm of what the cross-entropy asks of each score, which never is too small."""
        logs: list[float] = log_softmax(self.scores).tolist()
        logs[self.true] = self.log_loss
        return logs

    @property
    def log_loss(self) -> float:
        """The logarithm of a cross-entropy that is too small for a float64; also that of 1 − p then."""
        return float(logsumexp(self.gaps))

    def entropy_text(self, digits: int = 4) -> str:
        """The cross-entropy loss, not called 0 when it is only too small."""
        return numeral(self.cross_entropy, digits) if self.cross_entropy else f"e^{numeral(self.log_loss, 6)}"

    def entropy_wish(self, index: int, digits: int = 4) -> str:
        """What the cross-entropy asks of a score; never nothing."""
        derivative = self.cross_entropy_gradient[index]
        if derivative:
            return wish(derivative, digits)
        return f"{'↑' if index == self.true else '↓'} e^{numeral(self.log_wishes[index], 5)}"

    @property
    def is_satisfied(self) -> bool:
        """Whether the hinge asks for nothing."""
        return not any(self.hinge_gradient)

    def doubled(self) -> Judged:
        """The same when all weights and biases are doubled, and with them the scores."""
        return judged(rescale(self.scores, 0.0, 0.5).tolist(), self.true, self.margin)

    def with_margin(self, margin: float) -> Judged:
        """The same with another margin."""
        return judged(self.scores, self.true, margin)

    def leading(self, by: float) -> Judged:
        """The same with the true score so high that it leads every rival by that much."""
        scores = list(self.scores)
        scores[self.true] = max(scores[index] for index in self.rivals) + by
        return judged(scores, self.true, self.margin)


def judged(scores: Sequence[float], true: int, margin: float = 1.0) -> Judged:
    """Run both losses once for everything that the lesson shows of one example."""
    row = [float(score) for score in scores]
    return Judged(
        scores=row,
        true=true,
        margin=margin,
        terms=hinge_terms(row, true, margin).tolist(),
        hinge=float(weston_watkins_hinge(row, true, margin)),
        hinge_gradient=weston_watkins_hinge_gradient(row, true, margin).tolist(),
        steps=steps_in_range(row),
        odds=softmax_steps(row, "free_shift", "float64", -row[true]).exponentials.tolist(),
        cross_entropy=float(cross_entropy(row, true)),
        cross_entropy_gradient=cross_entropy_gradient(row, true).tolist(),
    )


def wish(derivative: float, digits: int = 4) -> str:
    """What a loss asks of a score: to rise or to fall, how strongly, or nothing."""
    if derivative == 0:
        return "0"
    return f"{'↑' if derivative < 0 else '↓'} {numeral(abs(derivative), digits)}"
