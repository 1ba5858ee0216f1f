"""Numbers in, LaTeX out: the formulas of the lesson on training with the live numbers in their slots."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from lessons.losses import formulas
from lessons.train.pictures.numbers import DECIMALS
from lessons.train.point import Worked
from ui.formulas import ABOUT, aligned, number, printed, signed

DIGITS = 6  # of a point's scores and losses, wherever they stand
_GIVEN = 10
_LARGEST, _FAINT = 709.78, 2.3e-308  # what exp can take, and below what a float64 has lost digits
_MAX_INPUTS = 5
_PER_LINE = 3
_SHORT = 10
_SHORT_PRODUCT = 14
_PHONE = 28


def scores(work: Worked) -> str:
    """W·x + b for each class; with a hidden layer only the results."""
    if len(work.inputs) > _MAX_INPUTS:
        lines = [r"h &= \max(0,\, W_1^\top x + b_1)", r"f &= W_2^\top h + b_2"]
        return aligned(
            [*lines, *(rf"f_{k} &= {number(score, DIGITS)}" for k, score in enumerate(work.scores.tolist()))]
        )
    lines = []
    for k, score in enumerate(work.scores.tolist()):
        weights, bias = work.weights[:, k].tolist(), float(work.biases[k])
        products = [
            rf"{signed(weight)} \cdot ({number(value, _digits(value))})"
            for weight, value in zip(weights, work.inputs.tolist(), strict=True)
        ]
        as_read = sum(
            printed(weight, 4) * printed(value, _digits(value))
            for weight, value in zip(weights, work.inputs.tolist(), strict=True)
        )
        relation = sign(as_read + printed(bias, 4), score, DIGITS)
        size = 2 if max(map(_width, products)) <= _SHORT_PRODUCT else 1
        rows = [" ".join(products[at : at + size]) for at in range(0, len(products), size)]
        lines.append(rf"f_{k} &= {rows[0].removeprefix('+ ')}")
        lines += [rf"&\quad {row}" for row in rows[1:]]
        lines += [rf"&\quad {signed(bias)} {relation} {number(score, DIGITS)}"]
    return aligned(lines)


def _digits(coordinate: float) -> int:
    """All that a reader gave, else four."""
    return _GIVEN if round(coordinate, DECIMALS) == coordinate else 4


def sign(as_read: float, result: float, digits: int = 4) -> str:
    """= where the printed numbers give the printed result, else ≈."""
    return "=" if number(as_read, digits) == number(result, digits) else ABOUT


def loss(work: Worked) -> str:
    """From the scores, as they are printed above, to the loss of the point."""
    if work.is_softmax:
        return aligned(_folded([*_powers(work), *_minus_log(work)]))
    labels, terms = [str(k) for k in range(len(work.names))], [float(term) for term in work.parts]
    if work.config.loss != "squared_weston_watkins":
        scores = [printed(score, DIGITS) for score in work.scores.tolist()]
        return formulas.hinge(labels, scores, work.label, work.config.margin, terms, work.loss)
    rivals = [k for k in range(len(labels)) if k != work.label]
    lines = [line for k in rivals for line in _hinge_term(k, work, terms[k])]
    as_read = sum(printed(terms[k], DIGITS) ** 2 for k in rivals)
    relation = sign(as_read, work.loss, DIGITS)
    return aligned(_folded([*lines, rf"L &= \textstyle\sum_j z_j^2 {relation} {number(work.loss, DIGITS)}"]))


def _powers(work: Worked) -> list[str]:
    """e to every score, less their maximum m where a float64 cannot hold it otherwise, and the sum."""
    shift, powers = printed(work.shift, DIGITS), work.powers.tolist()
    shifted = rf" {signed(work.shift, DIGITS)}" if work.shift else ""
    lines = []
    for k, (score, power) in enumerate(zip(work.scores.tolist(), powers, strict=True)):
        relation = sign(math.exp(min(printed(score, DIGITS) + shift, _LARGEST)), power, DIGITS)
        name = f"e^{{f_{k} - m}}" if shifted else f"e^{{f_{k}}}"
        result = f"{relation} {number(power, DIGITS)}" if power >= _FAINT else rf"{ABOUT} 0"
        lines.append(rf"{name} &= e^{{{number(score, DIGITS)}{shifted}}} {result}")
    kept = [power for power in powers if power >= _FAINT]
    relation = sign(math.fsum(printed(power, DIGITS) for power in kept), work.total, DIGITS)
    texts = [number(power, DIGITS) for power in kept]
    rows = [" + ".join(texts[at : at + 2]) for at in range(0, len(texts), 2)]
    lines += [rf"\Sigma &= {rows[0]}", *(rf"&\quad + {row}" for row in rows[1:])]
    return [*lines, f"&{relation} {number(work.total, DIGITS)}"]


def _minus_log(work: Worked) -> list[str]:
    """The probability of the true class and minus its logarithm, with what float64 makes of the two."""
    label, power, share = work.label, float(work.powers[work.label]), float(work.parts[work.label])
    as_read = printed(power, DIGITS) / printed(work.total, DIGITS)
    is_faint, text = share < _FAINT, number(share, DIGITS)
    result = rf"{ABOUT} 0" if is_faint else f"{sign(as_read, share, DIGITS)} {text}"
    upper = number(power, DIGITS) if power >= _FAINT else "0"
    lines = [rf"p_{label} &= {upper} \,/\, {number(work.total, DIGITS)}", f"&{result}"]
    if is_faint or text == "1":
        seen = r"\infty" if is_faint else number(-math.log(share), DIGITS)
        return [*lines, rf"L &= -\log p_{label}", rf"&\xrightarrow{{\text{{float64}}}} {seen}"]
    relation = sign(-math.log(printed(share, DIGITS)), work.loss, DIGITS)
    return [*lines, rf"L &= -\log {text}", f"&{relation} {number(work.loss, DIGITS)}"]


def _hinge_term(k: int, work: Worked, term: float) -> list[str]:
    """max(0, f_k − f_y + Δ), on two lines where it is long."""
    score, own = float(work.scores[k]), float(work.scores[work.label])
    first, rest = number(score, DIGITS), f"{signed(-own, DIGITS)} {signed(work.config.margin, DIGITS)}"
    as_read = printed(score, DIGITS) - printed(own, DIGITS) + printed(work.config.margin, DIGITS)
    result = f"{sign(max(0.0, as_read), term, DIGITS)} {number(term, DIGITS)}"
    if _width(first + rest) <= _SHORT_PRODUCT:
        return [rf"z_{k} &= \max(0,\, {first} {rest})", f"&{result}"]
    return [rf"z_{k} &= \max(0,\, {first}", rf"&\quad {rest}) {result}"]


def wishes(work: Worked) -> str:
    """The derivatives of the loss by the scores."""
    return formulas.gradient(work.wishes.tolist(), r"\partial L_i / \partial f")


def share(work: Worked) -> str:
    """What the point adds to the gradient of W: a row for each input, at most five of them."""
    slope = r"\tfrac{\partial L_i}{\partial W}"
    lines = [
        rf"\tfrac{{1}}{{N}}{slope} &= \tfrac{{1}}{{{work.n_train}}}\, x_i"
        r"\bigl(\tfrac{\partial L_i}{\partial f}\bigr)^{\!\top}"
    ]
    for row in work.share[:_MAX_INPUTS].tolist():
        lines += [rf"&\quad {part}" for part in _row(row)]
    if len(work.share) > _MAX_INPUTS:
        lines.append(r"&\quad\;\; \vdots")
    return aligned(lines)


def _width(latex: str) -> int:
    """About how many signs a formula is wide."""
    return len(re.sub(r"\\[a-z]+|[\\{}^_&, ]", "", latex))


def _folded(lines: Sequence[str]) -> list[str]:
    """Lines that would not fit on a phone are broken before their last equals sign."""
    folded: list[str] = []
    for line in lines:
        head, equals, result = line.rpartition("= ")
        if _width(line) > _PHONE and equals and not head.endswith("&"):
            folded += [head.rstrip(), f"&= {result}"]
        else:
            folded.append(line)
    return folded


def _row(values: Sequence[float]) -> list[str]:
    texts = [number(value, 3) for value in values]
    size = _PER_LINE if max(map(len, texts)) <= _SHORT else _PER_LINE - 1
    rows = [r",\; ".join(texts[at : at + size]) for at in range(0, len(texts), size)]
    return [
        ("[" if index == 0 else r"\;\;") + row + ("]" if row is rows[-1] else ",")
        for index, row in enumerate(rows)
    ]


def step(name: str, before: float, rate: float, slope: float, after: float) -> str:
    """One step of gradient descent for a weight of that name."""
    return aligned(
        [
            rf"{name} &\leftarrow {name} - \eta\, \partial L / \partial {name}",
            rf"&= {number(before)} - {number(rate)} \cdot ({number(slope)})",
            rf"&{sign(printed(before, 4) - printed(rate, 4) * printed(slope, 4), after)} {number(after)}",
        ]
    )


def first_weight(to: str = "0", matrix: str = "W") -> str:
    """The weight of x₁ in the first score, or in the first hidden unit.

    Inputs have their names, as in the table of parameters; what they lead to is counted from 0, as in NumPy,
    or has the name of its class.
    """
    return rf"{matrix}_{{x_1,{to}}}"


def objective(data: float, l2: float, squares: float, total: float) -> str:
    """The data loss, the penalty and their sum."""
    as_read = printed(data, 4) + printed(l2, 4) * printed(squares, 4) / 2
    return aligned(
        [
            r"L &= \tfrac{1}{N}\textstyle\sum_i L_i + \tfrac{1}{2}\lambda\|W\|^2",
            rf"&= {number(data)} + \tfrac{{1}}{{2}} \cdot {number(l2)} \cdot {number(squares)}",
            rf"&{sign(as_read, total)} {number(total)}",
        ]
    )
