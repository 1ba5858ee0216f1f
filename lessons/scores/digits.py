"""One rounding for each number of the lesson on scores, wherever it stands on the page.

Exponentials and their sum get the fewest digits from which, as printed, the sum, the probabilities and losses
follow; a score as many as its exponential needs.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from math import exp, expm1, fsum, inf, log
from typing import NamedTuple

from lessons.scores.model import Workings, workings
from ui.numerals import FAINT, added, decimals, numeral, plain, power_of_e, printed

EXPONENT_DIGITS = 6
NEAR_SURE = 0.05
NEXT_TO_1 = 1e-4
_MIN, _MAX, _MAX_OF_A_SCORE = 4, 8, 15
_MAX_FOR_LOSSES, _MAX_WHERE_CROWDED, _CROWDED = 7, 6, 5


class Digits(NamedTuple):
    """The significant digits of the exponentials, and of their sum."""

    weight: int
    total: int


def digits(work: Workings) -> Digits:
    """The fewest that the formulas need to be true as printed; where none are enough, the fewest at all."""
    return _digits(tuple(work.rescaled))


@lru_cache(maxsize=64)
def _digits(scores: tuple[float, ...]) -> Digits:
    work = workings([""] * len(scores), scores)
    several = range(_MIN, _MAX + 1)
    pairs = [Digits(many, fewer) for many in several for fewer in several if fewer <= many]
    enough = [of for of in pairs if sum_holds(work, of) and probabilities_hold(work, of)]
    most = _MAX_WHERE_CROWDED if len(scores) > _CROWDED else _MAX_FOR_LOSSES
    best = (of for of in enough if of.weight <= most and losses_hold(work, of))
    return next(best, enough[0] if enough else Digits(_MIN, _MIN))


def sum_holds(work: Workings, of: Digits) -> bool:
    """Whether the printed exponentials add up to the printed sum."""
    terms = fsum(printed(power(work, index), of.weight) for index in range(len(work.names)))
    return numeral(terms, of.total) == numeral(work.steps.total, of.total)


def probabilities_hold(work: Workings, of: Digits) -> bool:
    """Whether each probability that is not next to 1 is what the printed numbers give."""
    classes = range(len(work.names))
    return all(probability_holds(work, index, of) for index in classes if not work.part(index).is_sure)


def probability_holds(work: Workings, index: int, of: Digits) -> bool:
    """Whether a printed exponential by the printed sum gives the printed probability."""
    own, part, below = power(work, index), work.part(index), printed(work.steps.total, of.total)
    if part.is_certain or part.log == -inf:
        return True
    if part.is_faint:
        above = log(printed(own, of.weight)) if own else _shown_exponent(work, index)
        return numeral(above - log(below), EXPONENT_DIGITS) == numeral(part.log, EXPONENT_DIGITS)
    if part.is_sure:
        return False
    above = printed(own, of.weight) if own else exponential(_shown_exponent(work, index))
    return numeral(above / below) == numeral(part.value)


def losses_hold(work: Workings, of: Digits) -> bool:
    """Whether both written forms give each loss from the printed numbers."""
    return all(
        (not in_a_fraction(work, index) or loss_holds(work, index, of))
        and (not is_by_the_sum(work, index) or log_of_sum_holds(work, index, of))
        for index in range(len(work.names))
    )


def in_a_fraction(work: Workings, index: int) -> bool:
    """Whether the probability of a class is written as its exponential by the sum."""
    part = work.part(index)
    return not (part.is_faint or part.is_sure or power(work, index) == 0)


def loss_holds(work: Workings, index: int, of: Digits) -> bool:
    """Whether −log of the printed fraction is the printed loss."""
    fraction = printed(power(work, index), of.weight) / printed(work.steps.total, of.total)
    value, many = work.losses[index], decimals(work.losses[index])
    return numeral(-log(fraction), many) == numeral(value, many)


def is_by_the_sum(work: Workings, index: int) -> bool:
    """Whether −score and the log of the sum are told apart, as neither cancels the other nor is next to 0."""
    return work.losses[index] >= NEAR_SURE and not 0 < abs(expm1(work.log_total)) < NEXT_TO_1


def log_of_sum_holds(work: Workings, index: int, of: Digits) -> bool:
    """Whether −score and the log of the printed sum give the printed loss."""
    many, gap = decimals(work.losses[index]), work.rescaled[index] + work.steps.shift
    return numeral(log(printed(work.steps.total, of.total)) - gap, many) == numeral(work.losses[index], many)


def power(work: Workings, index: int) -> float:
    """An exponential, 0 where a float64 has lost it or some of its digits."""
    value = float(work.steps.exponentials[index])
    return value if value >= FAINT else 0.0


def exponential(exponent: float) -> float:
    return exp(exponent) if exponent < 709.78 else inf


def _shown_exponent(work: Workings, index: int) -> float:
    return printed(float(work.steps.shifted[index]), EXPONENT_DIGITS)


def score_digits(work: Workings, index: int) -> int:
    """The fewest digits of a score from which, as printed, its printed exponential follows."""
    own, exponent = power(work, index), float(work.steps.shifted[index])
    out = digits(work).weight if own else EXPONENT_DIGITS
    wanted = numeral(own or exponent, out)
    for many in range(_MIN, _MAX_OF_A_SCORE + 1):
        shown = printed_exponent(work, index, many)
        if numeral(exponential(shown) if own else shown, out) == wanted:
            return many
    return out


def printed_exponent(work: Workings, index: int, many: int) -> float:
    return added(work.rescaled[index], work.steps.shift, many)


def score(work: Workings, index: int) -> str:
    """What goes into an exponential."""
    return plain(work.rescaled[index], score_digits(work, index))


def weight(work: Workings, index: int) -> str:
    """An exponential."""
    own = power(work, index)
    return numeral(own, digits(work).weight) if own else power_of_e(float(work.steps.shifted[index]))


def printed_sum(work: Workings) -> Decimal | None:
    """What the probabilities, as printed, add up to; None where some are no plain numbers, as 1 − 2e−9."""
    texts = [work.probability(index).replace("−", "-") for index in range(len(work.names))]
    if any("^" in text or " " in text for text in texts):
        return None
    return sum(map(Decimal, texts), Decimal(0))


def add_up(work: Workings) -> bool:
    """Whether the probabilities, as printed, add up to 1 in every digit."""
    return printed_sum(work) == 1
