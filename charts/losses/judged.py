"""One row of scores as each of the two losses judges it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charts.numerals import numeral
from charts.workings import FAINT, Share, Workings, power_of_e, workings
from softmax_core import (
    DecimalHinge,
    SoftmaxSteps,
    cross_entropy_gradient,
    decimal_hinge,
    doubling_direction,
    logsumexp,
    rescale,
    softmax_steps,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """Scores, both losses of them, the parts of the losses, and what they ask for.

    `parts` are the hinge's, `work` is the softmax, and `odds` has e to each gap f_j − f_y of a rival.
    """

    scores: Sequence[float]
    true: int
    margin: float
    parts: DecimalHinge
    work: Workings
    odds: Sequence[float]
    cross_entropy_gradient: Sequence[float]

    @property
    def hinge(self) -> float:
        return self.parts.loss

    @property
    def terms(self) -> Sequence[float]:
        """The hinge's, one a class."""
        return self.parts.terms

    @property
    def hinge_gradient(self) -> Sequence[float]:
        return self.parts.gradient

    @property
    def cross_entropy(self) -> float:
        return self.work.losses[self.true]

    @property
    def steps(self) -> SoftmaxSteps:
        """The softmax, step by step."""
        return self.work.steps

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
        return [self.parts.gaps[index] for index in self.rivals]

    @property
    def log_wishes(self) -> list[float]:
        """The logarithm of what the cross-entropy asks of each score, which never is too small."""
        logs = list(self.work.log_shares)
        logs[self.true] = self.log_loss
        return logs

    @property
    def log_loss(self) -> float:
        """The logarithm of a cross-entropy that is too small for a float64; also that of 1 − p then."""
        return float(logsumexp(self.gaps))

    def entropy_text(self, digits: int = 4) -> str:
        """The cross-entropy loss, not called 0 when it is only too small."""
        return (
            numeral(self.cross_entropy, digits) if self.cross_entropy >= FAINT else power_of_e(self.log_loss)
        )

    def entropy_wish(self, index: int, digits: int = 4) -> str:
        """What the cross-entropy asks of a score; never nothing."""
        derivative = self.cross_entropy_gradient[index]
        if abs(derivative) >= FAINT:
            return wish(derivative, digits)
        return f"{'↑' if index == self.true else '↓'} {power_of_e(self.log_wishes[index], 5)}"

    def entropy_slope(self, index: int, digits: int = 6) -> str:
        """The derivative of the cross-entropy; never 0, and 1 or −1 only as what it is close to."""
        part = self.work.part(index)
        if index != self.true:
            return part.text(digits)
        rest = Share(-self.cross_entropy_gradient[index], part.log_rest, part.log).text(digits)
        return f"−({rest})" if " " in rest else f"−{rest}"

    def doubling(self) -> int:
        """Whether the cross-entropy rises (1), falls (−1) or stays when all scores are doubled."""
        return doubling_direction(self.gaps)

    @property
    def lead(self) -> float:
        """By how much the true score leads its strongest rival; negative if it is behind."""
        return 0.0 - max(self.gaps)

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
        parts=decimal_hinge(row, true, margin),
        work=workings([str(index) for index in range(len(row))], row),
        odds=_odds(row, true),
        cross_entropy_gradient=cross_entropy_gradient(row, true).tolist(),
    )


def _odds(row: list[float], true: int) -> list[float]:
    powers: list[float] = softmax_steps(row, "free_shift", "float64", -row[true]).exponentials.tolist()
    return [power for index, power in enumerate(powers) if index != true]


def wish(derivative: float, digits: int = 4) -> str:
    """What a loss asks of a score: to rise or to fall, how strongly, or nothing."""
    if derivative == 0:
        return "0"
    return f"{'↑' if derivative < 0 else '↓'} {numeral(abs(derivative), digits)}"
