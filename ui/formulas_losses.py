"""Numbers in, LaTeX out: the formulas of the lesson on losses with the live numbers in their slots."""

from __future__ import annotations

from collections.abc import Sequence

from ui.formulas import aligned, number, signed

_TERMS_A_LINE = 3


def linear_score(label: str, weights: Sequence[float], x: Sequence[float], bias: float, score: float) -> str:
    """w·x + b of one class, two products a line."""
    products = [
        rf"{signed(weight)} \cdot ({number(value)})" for weight, value in zip(weights, x, strict=True)
    ]
    rows = [" ".join(products[at : at + 2]) for at in range(0, len(products), 2)]
    first, *rest = rows
    lines = [rf"f_{label} &= {first.removeprefix('+ ')}", *(rf"&\quad {row}" for row in rest)]
    lines[-1] += f" {signed(bias)}"
    return aligned([*lines, f"&= {number(score)}"])


def hinge(
    labels: Sequence[str],
    scores: Sequence[float],
    true: int,
    margin: float,
    terms: Sequence[float],
    loss: float,
) -> str:
    """A term for each rival, and their sum."""
    rivals = [index for index in range(len(scores)) if index != true]
    lines = []
    for index in rivals:
        inner = f"{number(scores[index])} {signed(-scores[true])} {signed(margin)}"
        own = f"h_{labels[index]} &= "
        if len(inner) > 24:
            lines += [rf"{own}\max(0,\, {inner})", rf"&= {number(terms[index], 6)}"]
        else:
            lines.append(rf"{own}\max(0,\, {inner}) = {number(terms[index], 6)}")
    return aligned([*lines, *_sum(r"L &= ", [number(terms[index], 6) for index in rivals], number(loss, 6))])


def cross_entropy_by_gaps(
    labels: Sequence[str],
    gaps: Sequence[float],
    odds: Sequence[float],
    rivals: Sequence[int],
    loss: float,
) -> str:
    """log(1 + Σ e^gap), the same loss without a share, so that no digit of it is lost."""
    lines = [
        rf"e^{{f_{labels[index]} - f_y}} &= e^{{{number(gap)}}}" + _value(odds[index])
        for index, gap in zip(rivals, gaps, strict=True)
    ]
    terms = ["1", *(_power(odds[index], gap) for index, gap in zip(rivals, gaps, strict=True))]
    rows = [" + ".join(terms[at : at + _TERMS_A_LINE]) for at in range(0, len(terms), _TERMS_A_LINE)]
    lines.append(rf"L &= \log ({rows[0]}" + (")" if len(rows) == 1 else ""))
    lines += [rf"&\quad + {row}" + (")" if row is rows[-1] else "") for row in rows[1:]]
    return aligned([*lines, f"&= {number(loss, 6)}"])


def gradient(values: Sequence[float], name: str) -> str:
    """The derivatives with respect to the scores, three a line."""
    texts = [number(value) for value in values]
    rows = [r",\; ".join(texts[at : at + _TERMS_A_LINE]) for at in range(0, len(texts), _TERMS_A_LINE)]
    lines = [rf"{name} &= [{rows[0]}", *(rf"&\quad\; {row}" for row in rows[1:])]
    lines = [f"{line}," for line in lines[:-1]] + [f"{lines[-1]}]"]
    return aligned(lines)


def rescaling(c: float, margin: float, l2: float, there: float, recovered: float, here: float) -> str:
    """The objective at the second scale, divided by c, beside the first one."""
    return aligned(
        [
            rf"&c\Delta = {number(margin)},\quad \lambda/c = {number(l2)}",
            r"&\tfrac{1}{c}\,L(cW, cb; c\Delta, \tfrac{\lambda}{c})",
            rf"&\quad = {number(there, 6)} \,/\, {number(c)}",
            rf"&\quad = {number(recovered, 6)}",
            rf"&L(W, b; \Delta, \lambda) = {number(here, 6)}",
        ]
    )


def _sum(head: str, terms: Sequence[str], result: str) -> list[str]:
    rows = [" + ".join(terms[at : at + _TERMS_A_LINE]) for at in range(0, len(terms), _TERMS_A_LINE)]
    return [head + rows[0], *(rf"&\quad + {row}" for row in rows[1:]), f"&= {result}"]


def _value(power: float) -> str:
    return f" = {number(power)}" if 0 < power < float("inf") else ""


def _power(power: float, gap: float) -> str:
    return number(power) if 0 < power < float("inf") else f"e^{{{number(gap)}}}"
