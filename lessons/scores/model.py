"""A row of scores on its way to probabilities, and each of its numbers as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import exp, expm1, inf, isclose, log
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from softmax_core import SoftmaxSteps, cross_entropy, log_softmax, logsumexp, sigmoid, softmax
from softmax_core.functions import log_remainders
from softmax_core.numerics import largest_difference, range_fault, rescale, steps_in_range, unscale
from ui.numerals import FAINT, decimals, plain, power_of_e
from ui.numerals import numeral as number

Array = NDArray[Any]
SURE = 0.99995
_DIGITS, _ALL_DIGITS = 4, 17


class Probability(NamedTuple):
    """A probability with its logarithm and that of what it leaves to the others.

    It is called 0 of a forbidden class only, and 1 where all others are forbidden.
    """

    value: float
    log: float
    log_rest: float

    @property
    def is_sure(self) -> bool:
        """Whether its few digits would read 1."""
        return self.value > SURE

    @property
    def is_faint(self) -> bool:
        """Whether a float64 has lost it: it is 0 there, or has only a few of its digits."""
        return self.value < FAINT

    @property
    def is_certain(self) -> bool:
        """Whether it is exactly 1: nothing is left to the others."""
        return self.log_rest == -inf

    def text(self, digits: int = 4) -> str:
        if self.is_certain:
            return "1"
        if self.is_faint:
            return power_of_e(self.log)
        if not self.is_sure:
            return plain(self.value, digits)
        rest = exp(self.log_rest)
        return f"1 − {power_of_e(self.log_rest) if rest < FAINT else number(rest, digits)}"


def told_apart(one: Probability, other: Probability) -> tuple[str, str]:
    """Two probabilities in as many digits as it takes to see which is larger."""
    texts = ((one.text(digits), other.text(digits)) for digits in range(_DIGITS, _ALL_DIGITS + 1))
    return next((pair for pair in texts if pair[0] != pair[1]), (one.text(), other.text()))


class Growth(NamedTuple):
    """What becomes of a probability when its score rises by 1.

    `kept` is the part of the exponential's factor that it grows by, always less than 1: the sum takes
    the rest.
    """

    before: str
    after: str
    kept: str


@dataclass(frozen=True)
class Workings:
    """A row of scores on its way to probabilities: each number as the core computes it, once asked for."""

    names: Sequence[str]
    scores: Sequence[float]
    constant: float
    temperature: float
    focus: int | None

    @cached_property
    def _rescaled(self) -> Array:
        return rescale(self.scores, self.constant, self.temperature)

    @cached_property
    def rescaled(self) -> Sequence[float]:
        """What goes into the exponentials."""
        found: list[float] = self._rescaled.tolist()
        return found

    @cached_property
    def steps(self) -> SoftmaxSteps:
        """The exponentials and their sum, of shifted scores where those of the scores leave float64."""
        return steps_in_range(self._rescaled)

    @cached_property
    def probabilities(self) -> Sequence[float]:
        """The probabilities."""
        found: list[float] = softmax(self._rescaled).tolist()
        return found

    @cached_property
    def log_probabilities(self) -> Sequence[float]:
        found: list[float] = log_softmax(self._rescaled).tolist()
        return found

    @cached_property
    def log_rests(self) -> Sequence[float]:
        """The logarithms of what each probability leaves to the others."""
        found: list[float] = log_remainders(self._rescaled).tolist()
        return found

    @cached_property
    def losses(self) -> Sequence[float]:
        """For each class the loss if it were the true one."""
        classes = np.arange(len(self.names))
        found: list[float] = cross_entropy(np.tile(self._rescaled, (len(classes), 1)), classes).tolist()
        return found

    @cached_property
    def log_total(self) -> float:
        """The logarithm of the sum of the exponentials shown."""
        return float(logsumexp(self.steps.shifted))

    @cached_property
    def drift(self) -> float:
        """How far the constant has moved a probability."""
        return largest_difference(self.probabilities, softmax(rescale(self.scores, 0.0, self.temperature)))

    @property
    def is_shifted(self) -> bool:
        """Whether the exponentials are those of the scores less their maximum."""
        return self.steps.algorithm != "naive"

    @property
    def is_rescaled(self) -> bool:
        """Whether a constant or a temperature stands between the scores and the exponentials."""
        return self.constant != 0 or self.temperature != 1

    @cached_property
    def top(self) -> list[int]:
        """The classes with the highest score; several in a tie."""
        highest = max(self.scores)
        return [index for index, score in enumerate(self.scores) if score == highest]

    @property
    def symbol(self) -> str:
        """The letter of what goes into the exponential."""
        return "z" if self.is_rescaled else "f"

    @property
    def difference(self) -> float:
        """The first score less the second, as they go into the exponential."""
        return self.rescaled[0] - self.rescaled[1]

    @cached_property
    def range_fault(self) -> str | None:
        """Why the exponentials are those of shifted scores, where they are."""
        return range_fault(self.rescaled) if self.is_shifted else None

    @property
    def by_sigmoid(self) -> Probability:
        """With two classes: the probability of the first as the sigmoid of the difference."""
        own, other = (float(sigmoid(gap)) for gap in (self.difference, -self.difference))
        logs = (
            log(value) if value >= FAINT else gap
            for value, gap in ((own, self.difference), (other, -self.difference))
        )
        return Probability(own, *logs)

    def loss_story(self, true: int) -> str:
        """What the first form of the loss comes to in float64.

        "equal" to the second; "rounded" away as it is close to 1; of "faint" digits as it is close to
        0; or "broken" as it became 0.
        """
        first, second = float(self.steps.losses[true]), self.losses[true]
        if first == inf and second < inf:
            return "broken"
        same_digits = number(first, decimals(first)) == number(second, decimals(second))
        if same_digits or isclose(first, second, rel_tol=1e-9):
            return "equal"
        return "rounded" if self.probabilities[true] > 0.5 else "faint"

    def loss(self, true: int) -> str:
        """The loss if that class is the true one: ∞ if it is forbidden, 0 if all others are."""
        loss = self.losses[true]
        return plain(loss, decimals(loss)) if loss >= FAINT else power_of_e(self.log_rests[true])

    def at(self, temperature: float) -> Workings:
        """The same at another temperature."""
        return workings(self.names, self.scores, self.constant, temperature, self.focus)

    def lifted(self, by: float) -> Workings:
        """The same with a constant more on every score."""
        return workings(self.names, self.scores, self.constant + by, self.temperature, self.focus)

    def doubled(self) -> Workings:
        """The same with all scores doubled, which is half the temperature."""
        return workings(self.names, self.scores, self.constant, self.temperature / 2, self.focus)

    @cached_property
    def forbidden(self) -> Sequence[int]:
        """The classes that a score of −∞ rules out."""
        return [index for index, score in enumerate(self.scores) if score == -inf]

    def unmasked(self) -> Workings:
        """The same without its forbidden classes: the others keep their probabilities."""
        left = [index for index, score in enumerate(self.scores) if score > -inf]
        names, scores = [self.names[index] for index in left], [self.scores[index] for index in left]
        focus = left.index(self.focus) if self.focus in left else None
        return workings(names, scores, self.constant, self.temperature, focus)

    def mirrored(self) -> Workings:
        """The same with the sign of every score changed."""
        scores = [-score for score in self.scores]
        return workings(self.names, scores, self.constant, self.temperature, self.focus)

    def raised(self, index: int, by: float = 1.0) -> Workings:
        """The same with one score raised, as the reader typed it."""
        scores = [score + by if at == index else score for at, score in enumerate(self.scores)]
        return workings(self.names, scores, self.constant, self.temperature, self.focus)

    def growth(self, index: int) -> Growth:
        """What becomes of a probability when its score rises by 1, beside the factor e^(1/T).

        With the sum Σ before and Σ' after, it keeps Σ/Σ' of the factor and misses p'·(1 − e^(−1/T)).
        """
        after, power = self.raised(index), 1 / self.temperature
        log_kept = min(after.log_probabilities[index] - self.log_probabilities[index] - power, 0.0)
        log_missed = after.log_probabilities[index] + log(-expm1(-power))
        kept = Probability(exp(log_kept), log_kept, log_missed)
        return Growth(*told_apart(self.part(index), after.part(index)), kept.text())

    def part(self, index: int) -> Probability:
        """The probability of a class with its logarithms."""
        return Probability(self.probabilities[index], self.log_probabilities[index], self.log_rests[index])

    def probability(self, index: int, digits: int = 4) -> str:
        value = self.probabilities[index]
        return plain(value, digits) if FAINT <= value <= SURE else self.part(index).text(digits)


def workings(
    names: Sequence[str],
    scores: Sequence[float],
    constant: float = 0.0,
    temperature: float = 1.0,
    focus: int | None = None,
) -> Workings:
    """The softmax of a row, computed once for everything that the lesson shows."""
    return _workings(tuple(names), tuple(scores), constant, temperature, focus)


_workings = lru_cache(maxsize=256)(Workings)


def moved_scores(work: Workings, index: int, to: float, limit: float = inf) -> list[float]:
    """The scores when one of them is moved to a place on the axis of what goes into the exponential."""
    score = float(unscale(to, work.constant, work.temperature))
    moved = list(work.scores)
    moved[index] = max(-limit, min(score, limit))
    return moved


def probabilities_at(scores: Sequence[float], temperatures: Sequence[float]) -> list[list[str]]:
    """The probability of every class at each temperature, as text: one row a temperature."""
    rows = np.stack([rescale(scores, 0.0, each) for each in temperatures])
    columns = (softmax(rows), log_softmax(rows), log_remainders(rows))
    table = np.stack(columns, axis=-1).tolist()
    return [[Probability(*cell).text() for cell in row] for row in table]
