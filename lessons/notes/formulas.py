"""Numbers in, LaTeX out: the worked lines of the notes' numbers, and of the two penalties."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from lessons.notes.pictures.deviations import DIGITS
from softmax_core import SoftmaxSteps
from softmax_core.notes import Recomputed
from ui.formulas import ABOUT, TALL, aligned, number, printed

_IN_A_LINE = 3


def exponentials(steps: SoftmaxSteps) -> list[str]:
    """e to each score, a line each."""
    pairs = zip(steps.scores.tolist(), steps.exponentials.tolist(), strict=True)
    return [f"e^{{{number(score, DIGITS)}}} &= {number(power, DIGITS)}" for score, power in pairs]


def probabilities(steps: SoftmaxSteps, probs: Sequence[float]) -> list[str]:
    """Each exponential over their sum; ≈ where the digits shown do not give the last ones of the result."""
    total = number(steps.total, DIGITS)
    lines = []
    for index, (power, probability) in enumerate(zip(steps.exponentials.tolist(), probs, strict=True)):
        quotient = printed(power, DIGITS) / printed(steps.total, DIGITS)
        fraction = rf"\frac{{{number(power, DIGITS)}}}{{{total}}}"
        lines.append(
            f"{TALL}p_{index} &= {fraction} {_sign(quotient, probability)} {number(probability, DIGITS)}"
        )
    return lines


def loss(label: int, probability: float, value: float) -> list[str]:
    """−log of the probability of the true class."""
    sign = _sign(-math.log(printed(probability, DIGITS)), value)
    return [
        rf"L &= -\log p_{label}",
        rf"&= -\log {number(probability, DIGITS)} {sign} {number(value, DIGITS)}",
    ]


def _sign(recomputed: float, result: float) -> str:
    return "=" if number(recomputed, DIGITS) == number(result, DIGITS) else ABOUT


def plain_line(found: Recomputed) -> list[str]:
    """The row's formula and what it comes to, three numbers a line."""
    head = _HEADS[found.row.quantity](found)
    values = [number(value, DIGITS) for value in found.values]
    rows = [r",\; ".join(values[at : at + _IN_A_LINE]) for at in range(0, len(values), _IN_A_LINE)]
    return [aligned([head, *(f"&= {row}" if row is rows[0] else rf"&\quad\; {row}" for row in rows)])]


def _dtype(found: Recomputed) -> str:
    return rf"\text{{{found.row.inputs['dtype']}}}"


_HEADS: Mapping[str, Callable[[Recomputed], str]] = {
    "naive": lambda found: rf"&\frac{{e^{{f_k}}}}{{\sum_j e^{{f_j}}}} \quad ({_dtype(found)})",
    "shifted_losses": lambda found: (
        rf"&-\log \frac{{e^{{f_k - m}}}}{{\sum_j e^{{f_j - m}}}} \quad "
        rf"({_dtype(found)})"
    ),
    "logsumexp_losses": lambda found: rf"&\log \sum_j e^{{f_j - m}} - (f_k - m) \quad ({_dtype(found)})",
    "exp_limit": lambda found: rf"&\log (\text{{max}}) \quad ({_dtype(found)})",
    "one_maximum": lambda _found: r"&e^{f - \max F} \,/\, \Sigma",
    "softmax_twice": lambda _found: r"&\text{softmax}(\text{softmax}(f))",
    "chance_entropy": lambda found: rf"&-\log \tfrac{{1}}{{{found.row.inputs['classes']}}}",
    "log_of_chance": lambda found: rf"&\log \tfrac{{1}}{{{found.row.inputs['classes']}}}",
    "chance_hinge": lambda found: rf"&({found.row.inputs['classes']} - 1) \cdot \max(0,\, 0 - 0 + 1)",
}


def penalties(
    plain: float, halved: float, values: Sequence[float], slopes: Sequence[float], weight: float
) -> str:
    """The value of each penalty over all weights, and its derivative for one of them."""
    return aligned(
        [
            rf"\lambda \textstyle\sum W^2 &= {number(values[0])}",
            rf"\tfrac{{1}}{{2}}\lambda \textstyle\sum W^2 &= {number(values[1])}",
            rf"2\lambda w &= 2 \cdot {number(plain)} \cdot {number(weight)} = {number(slopes[0])}",
            rf"\lambda w &= {number(halved)} \cdot {number(weight)} = {number(slopes[1])}",
        ]
    )
