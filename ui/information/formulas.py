"""Numbers in, LaTeX out: the formulas of the lesson on information with the live numbers in their slots."""

from __future__ import annotations

from collections.abc import Sequence

from ui.formulas import HIGH, aligned, number

_TERMS_A_LINE = 2


def average_length(
    name: str, meaning: str, p: Sequence[float], lengths: Sequence[float], total: float
) -> str:
    """An average of code lengths; a class that never happens adds nothing."""
    terms = [
        rf"{number(share)} \cdot {number(length)}" for share, length in zip(p, lengths, strict=True) if share
    ]
    rows = [" + ".join(terms[at : at + _TERMS_A_LINE]) for at in range(0, len(terms), _TERMS_A_LINE)]
    lines = [rf"{name} &= {meaning}", f"&= {rows[0]}", *(f"&+ {row}" for row in rows[1:])]
    return aligned([*lines, f"&= {number(total, 6)}"])


def parts(entropy: float, kl: float, cross_entropy: float, back: float) -> str:
    """The divergence as what is left, and the other direction beside it."""
    return aligned(
        [
            r"\mathrm{KL}(p\|q) &= H(p, q) - H(p)",
            rf"&= {number(cross_entropy, 6)} - {number(entropy, 6)}",
            rf"&= {number(kl, 6)}",
            rf"\mathrm{{KL}}(q\|p) &= {number(back, 6)}",
        ]
    )


def likelihood(
    name: str, factors: Sequence[float], product: float, log_sum: float, n: int, mean: float
) -> str:
    """The product, the sum of logarithms, and the mean loss, which is minus that sum divided by N."""
    first = r" \cdot ".join(number(factor, 3) for factor in factors)
    return aligned(
        [
            rf"{name}{{:}}\quad \prod_i p_i &= {first} \cdots",
            rf"&= {number(product)}",
            rf"\sum_i \log p_i &= {number(log_sum, 6)}",
            rf"\tfrac{{1}}{{N}} \sum_i L_i &= \tfrac{{-1}}{{{n}}} ({number(log_sum, 6)})",
            rf"&= {number(mean, 5)}",
        ]
    )


def prior(l2: float, n: int, variance: float, width: float) -> str:
    """The variance and the width of the prior that λ stands for."""
    return aligned(
        [
            rf"\sigma^2 &= \tfrac{{1}}{{\lambda N}} = \tfrac{{1}}{{{number(l2)} \cdot {n}}}",
            rf"&= {number(variance)}",
            rf"\sigma &= {number(width)}",
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


def _list(values: Sequence[float]) -> str:
    return r",\, ".join(number(value, 3) for value in values)
