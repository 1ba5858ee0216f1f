"""Numbers in, LaTeX out: the formulas of the lessons with the live numbers in their slots."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

_TERMS_A_LINE = 3
_END = r"\end{aligned}\,"  # KaTeX juts out by 2 px, which makes a scrollable place that no key reaches
_LOSS_DIGITS = 6
_SURE = 0.99995
_TALL = r"\rule[-1.1em]{0pt}{2.6em}"
_HIGH = r"\rule{0pt}{1.2em}"  # a first line with exponents: what rises above it would be cut off


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
    return f"{value:.{max(digits, len(str(int(abs(value)))))}g}"


def signed(value: float, digits: int = 4) -> str:
    """A number as the second term of a sum, with its sign."""
    return f"- {number(-value, digits)}" if value < 0 else f"+ {number(value, digits)}"


def name(text: str) -> str:
    """A class name inside a formula."""
    return rf"\text{{{text}}}"


def marked(latex: str, yes: bool) -> str:
    """A part of a formula in a box if it belongs to the highlighted class."""
    return rf"\boxed{{{latex}}}" if yes else latex


def aligned(lines: Iterable[str], strut: str = "") -> str:
    """Lines under each other, aligned at their `&`; a strut makes room for fractions."""
    return r"\begin{aligned}" + r" \\[0.5em] ".join(strut + line for line in lines) + _END


def rescaled_scores(
    names: Sequence[str],
    scores: Sequence[float],
    constant: float,
    temperature: float,
    results: Sequence[float],
    focus: int | None = None,
) -> str:
    """z = (f + constant) / T for every class."""
    lines = (
        rf"z_{{{name(label)}}} &= \frac{{{number(score)} {signed(constant)}}}{{{number(temperature)}}}"
        rf" = {marked(number(result), index == focus)}"
        for index, (label, score, result) in enumerate(zip(names, scores, results, strict=True))
    )
    return aligned(lines, _TALL)


def exponentials(
    names: Sequence[str],
    scores: Sequence[float],
    shift: float,
    results: Sequence[float],
    symbol: str,
    focus: int | None = None,
) -> str:
    """e to the score of every class, with the shift written out where there is one."""
    lines = []
    for index, (label, score, result) in enumerate(zip(names, scores, results, strict=True)):
        own = rf"{symbol}_{{{name(label)}}}"
        exponent = f"{number(score)} {signed(shift)}" if shift else number(score)
        power = f"e^{{{own} - m}}" if shift else f"e^{{{own}}}"
        relation = f"= {marked(number(result), index == focus)}" if result else r"\approx 0"
        lines.append(rf"{power} &= e^{{{exponent}}} {relation}")
    return aligned(lines)


def total(values: Sequence[float], result: float, focus: int | None = None) -> str:
    """The sum of the exponentials, three terms a line."""
    terms = [marked(number(value), index == focus) for index, value in enumerate(values)]
    rows = [" + ".join(terms[at : at + _TERMS_A_LINE]) for at in range(0, len(terms), _TERMS_A_LINE)]
    lines = [rf"\Sigma &= {rows[0]}", *(rf"&\quad + {row}" for row in rows[1:]), f"&= {number(result)}"]
    return aligned(lines)


def shares(
    names: Sequence[str],
    exponentials: Sequence[float],
    exponents: Sequence[float],
    total: float,
    log_shares: Sequence[float],
    results: Sequence[float],
    focus: int | None = None,
) -> str:
    """Each exponential over the sum; what is too small for a float64 stays a power of e."""
    lines = []
    for index, label in enumerate(names):
        weight = _power(exponentials[index], exponents[index])
        numerator = marked(weight, index == focus)
        result = marked(share(results[index], log_shares[index]), index == focus)
        relation = r"\approx" if results[index] == 1 and log_shares[index] == 0 else "="
        fraction = rf"\frac{{{numerator}}}{{{number(total)}}}"
        lines.append(rf"p_{{{name(label)}}} &= {fraction} {relation} {result}")
    return aligned(lines, _TALL)


def _power(value: float, exponent: float) -> str:
    return number(value) if value else f"e^{{{number(exponent)}}}"


def share(value: float, log_value: float) -> str:
    """A share that is not called 0 when it is only too small, nor 1 when it is only close."""
    if value == 0:
        return f"e^{{{number(log_value)}}}"
    return f"1 - {number(-math.expm1(log_value))}" if _SURE < value <= 1 and log_value else number(value)


def loss_from_share(label: str, share: float, loss: float) -> str:
    """The first written form: −log of the share of the true class."""
    return aligned(
        [rf"L &= -\log p_{{{name(label)}}}", rf"&= -\log {number(share)}", f"&= {number(loss, _LOSS_DIGITS)}"]
    )


def loss_from_sum(label: str, symbol: str, score: float, shift: float, log_total: float, loss: float) -> str:
    """The second written form: −score + log of the sum of the exponentials."""
    own = rf"{symbol}_{{{name(label)}}}"
    gap, log = number(score + shift, _LOSS_DIGITS), number(log_total, _LOSS_DIGITS)
    if shift:
        first = rf"L &= -({own} - m) + \log \textstyle\sum_j e^{{{symbol}_j - m}}"
        numbers = rf"&= -({number(score)} {signed(shift)}) + \log {_sum(log_total)}"
    else:
        first = rf"L &= -{own} + \log \textstyle\sum_j e^{{{symbol}_j}}"
        numbers = rf"&= -({number(score)}) + \log {_sum(log_total)}"
    return aligned([first, numbers, rf"&= -({gap}) + {_grouped(log)}", f"&= {number(loss, _LOSS_DIGITS)}"])


def _sum(log_total: float) -> str:
    """The sum of the exponentials; one just above 1 is not called 1."""
    return f"(1 + {number(math.expm1(log_total))})" if 0 < log_total < 1e-4 else number(math.exp(log_total))


def _grouped(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


def sigmoid(
    first: str, second: str, symbol: str, difference: float, by_sigmoid: float, by_softmax: float
) -> str:
    """For two classes the sigmoid of the score difference and the share by softmax, both computed."""
    gap = f"{number(difference)}"
    return aligned(
        [
            rf"\sigma({symbol}_{{{name(first)}}} - {symbol}_{{{name(second)}}}) &= \sigma({gap})",
            rf"&= \frac{{1}}{{1 + e^{{-({gap})}}}} = {number(by_sigmoid, 6)}",
            rf"p_{{{name(first)}}} &= {number(by_softmax, 6)}",
        ],
        _TALL,
    )


def shifted_scores(shift: float, shifted: Sequence[float]) -> str:
    """log C = −max, and what it makes of the scores, three a line."""
    values = [number(value) for value in shifted]
    rows = [r",\; ".join(values[at : at + 3]) for at in range(0, len(values), 3)]
    bracketed = r", \\ &\quad\; ".join(rows)
    return aligned([rf"\log C &= -\max_j f_j = {number(shift)}", rf"f + \log C &= [{bracketed}]"])


def powers(exponents: Sequence[float], results: Sequence[float], result: float) -> str:
    """e to each exponent, and the sum; what became 0 is only close to it."""
    lines = [
        f"e^{{{number(exponent)}}} &" + (f"= {number(power)}" if power else r"\approx 0")
        for exponent, power in zip(exponents, results, strict=True)
    ]
    return aligned([_HIGH + lines[0], *lines[1:], rf"\Sigma &= {number(result)}"])


def log_of_share(label: str, power: float, total: float, share: float, loss: float) -> str:
    """The share of one class and −log of it, each as it was computed."""
    return aligned(
        [
            rf"{_TALL}p_{label} &= \frac{{{number(power)}}}{{{number(total)}}} = {number(share)}",
            rf"L_{label} &= -\log p_{label} = -\log {number(share)}",
            f"&= {number(loss)}",
        ]
    )


def log_of_sum(label: str, shifted: float, total: float, log_total: float, loss: float) -> str:
    """The loss of one class from the log of the sum of the shifted exponentials."""
    return aligned(
        [
            rf"L_{label} &= \log \Sigma - (f_{label} + \log C)",
            rf"&= \log {number(total)} - {_grouped(number(shifted))}",
            rf"&= {number(log_total)} - {_grouped(number(shifted))} = {number(loss)}",
        ]
    )
