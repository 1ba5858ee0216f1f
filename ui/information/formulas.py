"""Numbers in, LaTeX out: the formulas of the lesson on information with the live numbers in their slots."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import Decimal

from ui.formulas import ABOUT, HIGH, aligned, least_digits, number, printed

_TERMS_A_LINE = 2
_SHORT = 19
_OUT, _MEAN, _WIDTH = 6, 5, 4
_MOST_DIGITS = 12
_ROUNDING = 1e-24  # a divergence that the last bits of p and q make


def average_length(
    name: str, meaning: str, p: Sequence[float], lengths: Sequence[float], total: float
) -> str:
    """An average of code lengths; a class that never happens adds nothing."""
    pairs = [(share, length) for share, length in zip(p, lengths, strict=True) if share]

    def recomputed(many: int) -> float:
        return math.fsum(printed(share, many) * printed(length, many) for share, length in pairs)

    digits, relation = _fewest(recomputed, total)
    terms = [rf"{number(share, digits)} \cdot {number(length, digits)}" for share, length in pairs]
    many = _TERMS_A_LINE if max(map(len, terms)) <= _SHORT else 1
    rows = [" + ".join(terms[at : at + many]) for at in range(0, len(terms), many)]
    lines = [rf"{name} &= {meaning}", f"&= {rows[0]}", *(f"&+ {row}" for row in rows[1:])]
    return aligned([*lines, f"&{relation} {number(total, _OUT)}"])


def parts(entropy: float, kl: float, cross_entropy: float, back: float) -> str:
    """The divergence as what is left, and the other direction beside it."""
    kl, back = (0.0 if value < _ROUNDING else value for value in (kl, back))
    digits, relation = _fewest(
        lambda many: (
            float(_exactly(cross_entropy, many) - _exactly(entropy, many))
            if math.isfinite(cross_entropy)
            else cross_entropy
        ),
        kl,
        _OUT,
    )
    return aligned(
        [
            r"\mathrm{KL}(p\|q) &= H(p, q) - H(p)",
            rf"&= {number(cross_entropy, digits)} - {number(entropy, digits)}",
            rf"&{relation} {number(kl, _OUT)}",
            rf"\mathrm{{KL}}(q\|p) &= {number(back, _OUT)}",
        ]
    )


def likelihood(
    name: str, factors: Sequence[float], product: float, log_sum: float, n: int, mean: float
) -> str:
    """The product, the sum of logarithms, and the mean loss, which is minus that sum divided by N."""
    first = r" \cdot ".join(number(factor, 3) for factor in factors)
    digits, relation = least_digits(lambda many: -printed(log_sum, many) / n, mean, _MEAN, _OUT)
    return aligned(
        [
            rf"{name}{{:}}\quad \prod_i p_i &= {first} \cdots",
            rf"&= {number(product)}",
            rf"\sum_i \log p_i &= {number(log_sum, digits)}",
            rf"\tfrac{{1}}{{N}} \sum_i L_i &= \tfrac{{-1}}{{{n}}} ({number(log_sum, digits)})",
            rf"&{relation} {number(mean, _MEAN)}",
        ]
    )


def prior(l2: float, n: int, variance: float, width: float) -> str:
    """The variance and the width of the prior that λ stands for."""
    digits, rooted = least_digits(lambda many: math.sqrt(printed(variance, many)), width, _WIDTH)
    divided = "=" if number(1 / (printed(l2, _WIDTH) * n), digits) == number(variance, digits) else ABOUT
    return aligned(
        [
            rf"\sigma^2 &= \tfrac{{1}}{{\lambda N}} = \tfrac{{1}}{{{number(l2)} \cdot {n}}}",
            rf"&{divided} {number(variance, digits)}",
            rf"\sigma &{rooted} {number(width)}",
        ]
    )


def softened(scores: Sequence[float], shares: Sequence[float], entropy: float) -> str:
    """Scores, their probabilities, and how uncertain these are."""
    return aligned(
        [
            rf"{HIGH}f &= [{_list(scores)}]",
            rf"p &= [{_list(shares)}]",
            rf"H(p) &= {number(entropy)}",
        ]
    )


def _fewest(recomputed: Callable[[int], float], result: float, least: int = 4) -> tuple[int, str]:
    """As many digits as the result needs; where a phone has no room for them, the sign is ≈."""
    digits, relation = least_digits(recomputed, result, _OUT, least)
    return (digits, relation) if digits <= _MOST_DIGITS else (_OUT, ABOUT)


def _exactly(value: float, digits: int) -> Decimal:
    """The printed number, as it stands there."""
    return Decimal(repr(printed(value, digits)))


def _list(values: Sequence[float]) -> str:
    return r",\, ".join(number(value, 3) for value in values)
