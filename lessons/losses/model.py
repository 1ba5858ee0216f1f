"""One row of scores as each of the two losses judges it, and the worked example of CS231n."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import exp, fsum, log

from lessons.scores.model import Probability, Workings, workings
from softmax_core import (
    LinearParams,
    SoftmaxSteps,
    cross_entropy_gradient,
    linear_scores,
    logsumexp,
    softmax_steps,
)
from softmax_core.linear import doubling_direction
from softmax_core.numerics import DecimalHinge, decimal_hinge, rescale
from ui.claims import first_true
from ui.numerals import FAINT, numeral, power_of_e

X = (-15.0, 22.0, -44.0, 56.0)
W_ROWS = ((0.01, -0.05, 0.1, 0.05), (0.7, 0.2, 0.05, 0.16), (0.0, -0.45, -0.2, 0.03))
BIASES = (0.0, 0.2, -0.3)
TRUE = 2
PARAMS = LinearParams([list(column) for column in zip(*W_ROWS, strict=True)], list(BIASES))

DIGITS = 6  # of every loss, derivative and probability of an example, wherever it stands
_MAX_DIGITS = 10  # of a part from which such a number has to follow


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
        logs = list(self.work.log_probabilities)
        logs[self.true] = self.log_loss
        return logs

    @property
    def log_loss(self) -> float:
        """The logarithm of a cross-entropy that is too small for a float64; also that of 1 − p then."""
        return float(logsumexp(self.gaps))

    @property
    def hinge_text(self) -> str:
        return numeral(self.hinge, DIGITS)

    @property
    def entropy_text(self) -> str:
        """The cross-entropy loss, not called 0 when it is only too small."""
        if self.cross_entropy >= FAINT:
            return numeral(self.cross_entropy, DIGITS)
        return power_of_e(self.log_loss)

    def probability_text(self, index: int) -> str:
        """The probability of a class; that of the true one in the digits its loss needs to follow from it."""
        part = self.work.part(index)
        if index != self.true or part.is_faint or part.is_sure:
            return part.text(DIGITS)
        digits = _enough(lambda many: -log(_rounded(part.value, many)), self.entropy_text)
        return part.text(digits)

    def term_text(self, index: int) -> str:
        """A term of the hinge, in the digits that the sum of the terms needs to follow from them."""
        digits = _enough(lambda many: fsum(_rounded(term, many) for term in self.terms), self.hinge_text)
        return numeral(self.terms[index], digits)

    def entropy_pull(self, index: int) -> str:
        """How strongly the cross-entropy pulls at a score: never 0, and 1 only as what it is close to."""
        part = self.work.part(index)
        if index != self.true:
            return part.text(DIGITS)
        return Probability(-self.cross_entropy_gradient[index], part.log_rest, part.log).text(DIGITS)

    def entropy_wish(self, index: int) -> str:
        """The same with its direction, short enough to stand over a bar."""
        pull = self.entropy_pull(index)
        return f"{'↑' if index == self.true else '↓'} {'≈ 1' if ' ' in pull else pull}"

    def entropy_slope(self, index: int) -> str:
        """The derivative of the cross-entropy with respect to a score."""
        pull = self.entropy_pull(index)
        if index != self.true:
            return pull
        return f"−({pull})" if " " in pull else f"−{pull}"

    @property
    def is_at_kink(self) -> bool:
        """Whether a rival is exactly at the margin, where the hinge has no gradient."""
        return bool(self.parts.kinks)

    def stories(self) -> tuple[str, str]:
        """The sections that say what each of the two losses asks for."""
        kind = "satisfied" if self.is_satisfied else "unsatisfied"
        return f"{kind}-kink" if self.is_at_kink else kind, f"entropy-where-{kind}"

    def doubling(self) -> int:
        """Whether the cross-entropy rises (1), falls (−1) or stays when all scores are doubled."""
        return doubling_direction(self.gaps)

    def doubled_hinge(self) -> tuple[int, str]:
        """Which way the hinge goes when all scores are doubled, and the section that says why.

        A rival in front of y gets further inside the margin; one behind, but inside, gets nearer to leaving.
        """
        twice = self.doubled().hinge
        way = (twice > self.hinge) - (twice < self.hinge)
        in_front = any(gap > 0 for gap in self.gaps)
        behind = any(gap < 0 < term for gap, term in zip(self.gaps, self._rival_terms, strict=True))
        return way, _story("hinge", way, in_front, behind, self.is_satisfied)

    def doubled_entropy(self) -> tuple[int, str]:
        """The same for the cross-entropy: every rival counts, the sign of Σe^2g − Σe^g decides."""
        way = self.doubling()
        in_front, behind = any(gap > 0 for gap in self.gaps), any(gap < 0 for gap in self.gaps)
        return way, _story("entropy", way, in_front, behind)

    @property
    def _rival_terms(self) -> list[float]:
        return [self.terms[index] for index in self.rivals]

    @property
    def is_satisfied(self) -> bool:
        """Whether the hinge asks for nothing."""
        return not any(self.hinge_gradient)

    @property
    def jacobian(self) -> list[list[float]]:
        """diag(p) − p·pᵀ: how fast each probability (the row) rises with each score (the column)."""
        probabilities, rests = self.work.probabilities, self.work.log_rests
        return [
            [
                probability * (exp(rests[row]) if row == column else -other)
                for column, other in enumerate(probabilities)
            ]
            for row, probability in enumerate(probabilities)
        ]

    def doubled(self) -> Judged:
        """The same when all weights and biases are doubled, and with them the scores."""
        return judged(rescale(self.scores, 0.0, 0.5).tolist(), self.true, self.margin)

    def with_margin(self, margin: float) -> Judged:
        """The same with another margin."""
        return judged(self.scores, self.true, margin)

    def moved(self, by: float) -> Judged:
        """The same with the true score moved by so much."""
        return self._with_own(plus(self.scores[self.true], by))

    def _with_own(self, score: float) -> Judged:
        scores = [score if index == self.true else other for index, other in enumerate(self.scores)]
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


def plus(score: float, by: float) -> float:
    """The sum of two typed numbers as one would type it: −0.9 + 1 is 0.1 and not 0.09999999999999998."""
    return float(Decimal(repr(score)) + Decimal(repr(by)))


def _rounded(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")


def _enough(recomputed: Callable[[int], float], wanted: str) -> int:
    """The fewest digits from which a result follows as it is printed."""
    digits = range(DIGITS, _MAX_DIGITS + 1)
    return next((many for many in digits if numeral(recomputed(many), DIGITS) == wanted), DIGITS)


def wish(derivative: float) -> str:
    """What a loss asks of a score: to rise or to fall, how strongly, or nothing."""
    if derivative == 0:
        return "0"
    return f"{'↑' if derivative < 0 else '↓'} {numeral(abs(derivative), DIGITS)}"


def _story(part: str, way: int, in_front: bool, behind: bool, is_satisfied: bool = False) -> str:
    """The section that says why a loss rises, falls or stays when all gaps are doubled."""
    told = first_true(
        {
            "rises": way > 0 and not behind,
            "rises-mixed": way > 0,
            "falls": way < 0 and not in_front,
            "falls-mixed": way < 0,
            "satisfied": is_satisfied,
            "tied": not (in_front or behind),
            "balanced": True,
        }
    )
    return f"doubling-{part}-{told}"


def example_scores() -> list[float]:
    """The scores of CS231n's worked example, from its x, W and b."""
    scores: list[float] = linear_scores(PARAMS, X).tolist()
    return scores


def is_the_notes(case: Judged) -> bool:
    """Whether these are the scores that x, W and b of CS231n's example give."""
    return [round(score, 9) for score in example_scores()] == case.scores


@cache
def example() -> Judged:
    """CS231n's worked example with its own margin."""
    return judged(example_scores(), TRUE)
