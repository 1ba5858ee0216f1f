"""Numbers in, LaTeX out: the formulas of the lesson on information with the live numbers in their slots.

A number stands here in the digits that it has everywhere on the page; where they do not recompute, the sign
is ≈.
"""

from __future__ import annotations

from collections.abc import Sequence

from lessons.information.beliefs import INFINITE, Printed, makes_up, shown
from lessons.information.pictures.likelihood import LOG_DIGITS, MEAN_DIGITS
from ui.formulas import ABOUT, HIGH, aligned, number, printed
from ui.numerals import numeral

_TERMS_A_LINE = 2
_SHORT = 19


def average_length(
    name: str, meaning: str, probabilities: Sequence[str], lengths: Sequence[str], total: str
) -> str:
    """An average of code lengths; a class that never happens adds nothing."""
    pairs = [pair for pair in zip(probabilities, lengths, strict=True) if pair[0] != "0"]
    terms = [rf"{_tex(probability)} \cdot {_tex(length)}" for probability, length in pairs]
    many = _TERMS_A_LINE if max(map(len, terms)) <= _SHORT else 1
    rows = [" + ".join(terms[at : at + many]) for at in range(0, len(terms), many)]
    lines = [rf"{name} &= {meaning}", f"&= {rows[0]}", *(f"&+ {row}" for row in rows[1:])]
    sign = "=" if makes_up(probabilities, lengths, total) else ABOUT
    return aligned([*lines, f"&{sign} {_tex(total)}"])


def parts(there: Printed, back: Printed) -> str:
    """The divergence as what is left, and the other direction beside it."""
    sign = "=" if there.sign == "=" else ABOUT
    return aligned(
        [
            r"\mathrm{KL}(p\|q) &= H(p, q) - H(p)",
            rf"&= {_tex(there.cross)} - {_tex(there.entropy)}",
            rf"&{sign} {_tex(there.kl)}",
            rf"\mathrm{{KL}}(q\|p) &= {_tex(back.kl)}",
        ]
    )


def likelihood(
    name: str, factors: Sequence[float], product: float, log_sum: float, n: int, mean: float
) -> str:
    """The product, the sum of logarithms, and the mean loss, which is minus that sum divided by N."""
    first = r" \cdot ".join(number(factor) for factor in factors)
    divided = number(-printed(log_sum, LOG_DIGITS) / n, MEAN_DIGITS)
    relation = "=" if divided == number(mean, MEAN_DIGITS) else ABOUT
    return aligned(
        [
            rf"{name}{{:}}\quad \prod_i p_i &= {first} \cdots",
            rf"&= {number(product)}",
            rf"\sum_i \log p_i &= {number(log_sum, LOG_DIGITS)}",
            rf"\tfrac{{1}}{{N}} \sum_i L_i &= \tfrac{{-1}}{{{n}}} ({number(log_sum, LOG_DIGITS)})",
            rf"&{relation} {number(mean, MEAN_DIGITS)}",
        ]
    )


def prior(l2: float, n: int, variance: float, width: float) -> str:
    """The variance and the width of the prior that λ stands for."""
    rooted = "=" if number(printed(variance, 4) ** 0.5) == number(width) else ABOUT
    divided = "=" if number(1 / (printed(l2, 4) * n)) == number(variance) else ABOUT
    return aligned(
        [
            rf"\sigma^2 &= \tfrac{{1}}{{\lambda N}} = \tfrac{{1}}{{{number(l2)} \cdot {n}}}",
            rf"&{divided} {number(variance)}",
            rf"\sigma &{rooted} {number(width)}",
        ]
    )


def softened(scores: Sequence[float], probabilities: Sequence[float], entropy: float) -> str:
    """Scores, their probabilities, and how uncertain these are."""
    return aligned(
        [
            rf"{HIGH}f &= [{_list(scores)}]",
            rf"p &= [{_list(probabilities)}]",
            rf"H(p) &= {_tex(shown(entropy))}",
        ]
    )


def _tex(text: str) -> str:
    """A printed number in a formula."""
    mantissa, _, exponent = text.replace("−", "-").partition("e")
    return rf"{mantissa}\times 10^{{{exponent}}}" if exponent else mantissa.replace(INFINITE, r"\infty")


def _list(values: Sequence[float]) -> str:
    return r",\, ".join(_tex(numeral(value)) for value in values)
