"""Numbers in, LaTeX out: the formulas of the lessons with the live numbers in their slots."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ui.numerals import printed as printed

ABOUT = r"\approx"
TALL = r"\rule[-1.1em]{0pt}{2.6em}"
HIGH = r"\rule{0pt}{1.2em}"  # a first line with exponents: what rises above it would be cut off
_END = r"\end{aligned}\,"  # KaTeX juts out by 2 px, which makes a scrollable place that no key reaches
_MAX_DIGITS = 15


class Equation(NamedTuple):
    """One line of a computation in LaTeX: up to its last sign, that sign, and what follows it."""

    left: str
    right: str
    sign: str = "="

    def written(self) -> str:
        return f"{self.left} &{self.sign} {self.right}"


def number(value: float, digits: int = 4) -> str:
    """A number in a few significant digits."""
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    if math.isnan(value):
        return r"\text{nan}"
    value = value or 0.0  # no minus zero
    if value != 0 and not 1e-4 <= abs(value) < 1e5:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        return rf"{mantissa}\times 10^{{{int(exponent)}}}"
    return f"{value:.{_at_least_whole(value, digits)}g}"


def _at_least_whole(value: float, digits: int) -> int:
    """As many digits as the whole part has, so that 9999.5 does not become 1e+04."""
    return max(digits, len(str(round(abs(value)))))


def signed(value: float, digits: int = 4) -> str:
    """A number as the second term of a sum, with its sign."""
    return f"- {number(-value, digits)}" if value < 0 else f"+ {number(value, digits)}"


def of_class(latex: str, index: int) -> str:
    """A part of a formula that belongs to a class: in its colour, and lit together with its bars.

    The colour written here is a name: `ui/class_colours.py` says how it looks, `ui/stage/lit.js` lights it.
    """
    return rf"\textcolor{{#0101{index:02x}}}{{{latex}}}"


def marked(latex: str, index: int, focus: int | None) -> str:
    """The same in a box if that is the highlighted class."""
    return of_class(rf"\boxed{{{latex}}}" if index == focus else latex, index)


def aligned(lines: Iterable[str], strut: str = "") -> str:
    """Lines under each other, aligned at their `&`; a strut makes room for fractions."""
    return r"\begin{aligned}" + r" \\[0.5em] ".join(strut + line for line in lines) + _END


def least_digits(
    recomputed: Callable[[int], float], result: float, out: int, least: int = 4
) -> tuple[int, str]:
    """The fewest digits whose printed argument gives the printed result, and the sign between the two."""
    wanted = number(result, out)
    for digits in range(least, _MAX_DIGITS + 1):
        if number(recomputed(digits), out) == wanted:
            return digits, "="
    return out, ABOUT


def _holds(recomputed: float, result: float) -> str:
    """The sign between what the printed numbers give and the printed result."""
    return "=" if number(recomputed) == number(result) else ABOUT


def _minus_log(value: float) -> float:
    return -math.log(value) if value > 0 else math.inf if value == 0 else value


def _grouped(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


def shifted_scores(shift: float, shifted: Sequence[float]) -> str:
    """log C = −max, and what it makes of the scores, three a line."""
    values = [number(value) for value in shifted]
    rows = [r",\; ".join(values[at : at + 3]) for at in range(0, len(values), 3)]
    bracketed = r", \\ &\quad\; ".join(rows)
    return aligned([rf"\log C &= -\max_j f_j = {number(shift)}", rf"f + \log C &= [{bracketed}]"])


def powers(exponents: Sequence[float], results: Sequence[float], result: float) -> str:
    """e to each exponent, and the sum; what became 0 is only close to it."""
    lines = [
        f"e^{{{number(exponent)}}} &"
        + (f"= {number(power)}" if power or exponent == -math.inf else r"\approx 0")
        for exponent, power in zip(exponents, results, strict=True)
    ]
    return aligned([HIGH + lines[0], *lines[1:], rf"\Sigma &= {number(result)}"])


def log_of_probability(label: str, power: float, total: float, probability: float, loss: float) -> str:
    """The probability of one class and −log of it, each as it was computed."""
    return aligned(
        [
            rf"{TALL}p_{label} &= \frac{{{number(power)}}}{{{number(total)}}} = {number(probability)}",
            rf"L_{label} &= -\log p_{label} = -\log {number(probability)}",
            f"&{_holds(_minus_log(printed(probability, 4)), loss)} {number(loss)}",
        ]
    )


def log_of_sum(label: str, shifted: float, total: float, log_total: float, loss: float) -> str:
    """The loss of one class from the log of the sum of the shifted exponentials."""
    first, last = _minus_log(printed(total, 4)), printed(log_total, 4) - printed(shifted, 4)
    return aligned(
        [
            rf"L_{label} &= \log \Sigma - (f_{label} + \log C)",
            rf"&= \log {number(total)} - {_grouped(number(shifted))}",
            rf"&{_holds(-first, log_total)} {number(log_total)} - {_grouped(number(shifted))} "
            rf"{_holds(last, loss)} {number(loss)}",
        ]
    )
