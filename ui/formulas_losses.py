"""Numbers in, LaTeX out: the formulas of the lesson on losses with the live numbers in their slots."""

from __future__ import annotations

from collections.abc import Sequence

from ui.formulas import aligned, number, signed

_TERMS_A_LINE = 3
_SHORT = 10


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


def exponentials(
    labels: Sequence[str], scores: Sequence[float], shift: float, results: Sequence[float], total: float
) -> str:
    """e to every score, less their maximum m where a float64 cannot hold it otherwise, and the sum."""
    lines = []
    for label, score, result in zip(labels, scores, results, strict=True):
        power = f"e^{{f_{label} - m}}" if shift else f"e^{{f_{label}}}"
        exponent = f"{number(score)} {signed(shift)}" if shift else number(score)
        relation = f"= {number(result)}" if result else r"\approx 0"
        lines.append(f"{power} &= e^{{{exponent}}} {relation}")
    terms = [number(result) for result in results if result]
    return aligned([*lines, *_sum(r"\Sigma &= ", terms, number(total))])


def minus_log_share(label: str, power: float, total: float, share: float, loss: float) -> str:
    """The probability of the true class, and minus its logarithm."""
    fraction = rf"{number(power)} \,/\, {number(total)}"
    return aligned(
        [
            rf"p_{label} &= {fraction} = {number(share)}",
            rf"L &= -\log {number(share)}",
            f"&= {number(loss, 6)}",
        ]
    )


def cross_entropy_by_gaps(
    labels: Sequence[str],
    gaps: Sequence[float],
    odds: Sequence[float],
    rivals: Sequence[int],
    loss: float,
    log_loss: float,
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
    return aligned([*lines, f"&= {number(loss, 6)}" if loss else rf"&\approx e^{{{number(log_loss)}}}"])


def gradient(values: Sequence[float], name: str, powers: Sequence[str] | None = None) -> str:
    """The derivatives with respect to the scores, two or three a line; a power of e for what is too small."""
    texts = [number(value) for value in values]
    if powers is not None:
        texts = [text if value else power for text, value, power in zip(texts, values, powers, strict=True)]
    size = _TERMS_A_LINE if max(map(len, texts)) <= _SHORT else _TERMS_A_LINE - 1
    rows = [r",\; ".join(texts[at : at + size]) for at in range(0, len(texts), size)]
    first, *rest = [f"{row}," for row in rows[:-1]] + [f"{rows[-1]}]"]
    return aligned([rf"&{name}", rf"&\quad = [{first}", *(rf"&\qquad\; {row}" for row in rest)])


def powers(exponents: Sequence[float], negative: int) -> list[str]:
    """e to each exponent, one of them with a minus sign."""
    return [f"{'-' * (index == negative)}e^{{{number(each)}}}" for index, each in enumerate(exponents)]


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
