"""Numbers in, LaTeX out: the formulas of the lesson on training with the live numbers in their slots."""

from __future__ import annotations

import re
from collections.abc import Sequence

from charts.train.point import Worked
from ui.formulas import aligned, number, signed
from ui.losses import formulas

_MOST_INPUTS = 5
_PER_LINE = 3
_SHORT = 10
_SHORT_PRODUCT = 14
_PHONE = 28


def scores(work: Worked) -> str:
    """W·x + b for each class; with a hidden layer only the results."""
    if len(work.inputs) > _MOST_INPUTS:
        lines = [r"h &= \max(0,\, W_1^\top x + b_1)", r"f &= W_2^\top h + b_2"]
        return aligned(
            [*lines, *(rf"f_{k} &= {number(score)}" for k, score in enumerate(work.scores.tolist()))]
        )
    lines = []
    for k, score in enumerate(work.scores.tolist()):
        products = [
            rf"{signed(weight)} \cdot ({number(value)})"
            for weight, value in zip(work.weights[:, k].tolist(), work.inputs.tolist(), strict=True)
        ]
        size = 2 if max(map(_width, products)) <= _SHORT_PRODUCT else 1
        rows = [" ".join(products[at : at + size]) for at in range(0, len(products), size)]
        lines.append(rf"f_{k} &= {rows[0].removeprefix('+ ')}")
        lines += [rf"&\quad {row}" for row in rows[1:]]
        lines += [rf"&\quad {signed(float(work.biases[k]))} = {number(score)}"]
    return aligned(lines)


def loss(work: Worked) -> str:
    """From the scores to the loss of the point."""
    labels = [str(k) for k in range(len(work.names))]
    own = work.label
    if work.is_softmax:
        powers = formulas.exponentials(
            labels, work.scores.tolist(), work.shift, work.powers.tolist(), work.total
        )
        probability = float(work.parts[own])
        share_of = formulas.minus_log_share(
            labels[own], float(work.powers[own]), work.total, probability, work.loss
        )
        return aligned(_folded([*_lines(powers), *_lines(share_of)]))
    squared = work.config.loss == "squared_weston_watkins"
    terms = [float(term) for term in work.parts]
    if not squared:
        return formulas.hinge(labels, work.scores.tolist(), own, work.config.margin, terms, work.loss)
    rivals = [k for k in range(len(labels)) if k != own]
    lines = [line for k in rivals for line in _hinge_term(k, work, terms[k])]
    return aligned(_folded([*lines, rf"L &= \textstyle\sum_j z_j^2 = {number(work.loss, 6)}"]))


def _hinge_term(k: int, work: Worked, term: float) -> list[str]:
    """max(0, f_k − f_y + Δ), on two lines where it is long."""
    first = number(float(work.scores[k]))
    rest = f"{signed(-float(work.scores[work.label]))} {signed(work.config.margin)}"
    if _width(first + rest) <= _SHORT_PRODUCT:
        return [rf"z_{k} &= \max(0,\, {first} {rest}) = {number(term)}"]
    return [rf"z_{k} &= \max(0,\, {first}", rf"&\quad {rest}) = {number(term)}"]


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
    for row in work.share[:_MOST_INPUTS].tolist():
        lines += [rf"&\quad {part}" for part in _row(row)]
    if len(work.share) > _MOST_INPUTS:
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


def _lines(formula: str) -> list[str]:
    """The lines that `aligned` put under each other."""
    inner = formula.removeprefix(r"\begin{aligned}").split(r"\end{aligned}")[0]
    return inner.split(r" \\[0.5em] ")


def _row(values: Sequence[float]) -> list[str]:
    texts = [number(value, 3) for value in values]
    size = _PER_LINE if max(map(len, texts)) <= _SHORT else _PER_LINE - 1
    rows = [r",\; ".join(texts[at : at + size]) for at in range(0, len(texts), size)]
    return [
        ("[" if index == 0 else r"\;\;") + row + ("]" if row is rows[-1] else ",")
        for index, row in enumerate(rows)
    ]


def step(hidden: bool, before: float, rate: float, slope: float, after: float) -> str:
    """One step of gradient descent for the weight of x₁ in the first score, or in the first hidden unit.

    Inputs have their names, as in the table of parameters; what they lead to is counted from 0, as in NumPy.
    """
    name = rf"{'(W_1)' if hidden else 'W'}_{{x_1,0}}"
    return aligned(
        [
            rf"{name} &\leftarrow {name} - \eta\, \partial L / \partial {name}",
            rf"&= {number(before)} - {number(rate)} \cdot ({number(slope)})",
            rf"&= {number(after)}",
        ]
    )


def objective(data: float, l2: float, squares: float, total: float) -> str:
    """The data loss, the penalty and their sum."""
    return aligned(
        [
            r"L &= \tfrac{1}{N}\textstyle\sum_i L_i + \tfrac{1}{2}\lambda\|W\|^2",
            rf"&= {number(data)} + \tfrac{{1}}{{2}} \cdot {number(l2)} \cdot {number(squares)}",
            rf"&= {number(total)}",
        ]
    )
