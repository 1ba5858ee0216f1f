"""The lesson on losses in LaTeX: each number has as many digits as its equation needs to be true as printed.

Numbers that a reader typed stand there as they were typed. Where no reasonable number of digits suffices, the
sign is ≈.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from sys import float_info

from ui.formulas import ABOUT, aligned, least_digits, number, printed, signed

HINGE = r"L = \sum_{j \neq y} \max(0,\, f_j - f_y + \Delta)"
CROSS_ENTROPY = r"L = -\log p_y = -f_y + \log \sum\nolimits_j e^{f_j}"
DERIVATION = aligned(  # [k = y] is 1 where it holds, else 0
    [
        r"L &= -\log p_y",
        r"\frac{\partial L}{\partial f_k} &= -\frac{1}{p_y} \, \frac{\partial p_y}{\partial f_k}",
        r"\frac{\partial p_y}{\partial f_k} &= p_y \, ([k = y] - p_k) = J_{yk}",
        r"\frac{\partial L}{\partial f_k} &= p_k - [k = y]",
    ]
)

GRADIENT = r"\nabla L = (p_k - [k = y])_k"

_TERMS_A_LINE = 3
_LONG_TERMS_A_LINE = 2
_SHORT = 10
_ONE_LINE, _VERY_LONG = 22, 36  # on a phone
_TYPED = 10
_OUT = 6
_MAX_DIGITS, _FINEST = 10, 12
_FAINT = 2.3e-308  # below it a float64 has lost digits
_IN_FLOAT64 = r"\xrightarrow{\text{float64}}"


def linear_score(label: str, weights: Sequence[float], x: Sequence[float], bias: float, score: float) -> str:
    """w·x + b of one class, two products a line."""
    products = [
        rf"{signed(weight)} \cdot {_grouped(number(value))}" for weight, value in zip(weights, x, strict=True)
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
    own_terms = [terms[index] for index in rivals]
    out, holds = least_digits(
        lambda many: _total(printed(term, many) for term in own_terms), loss, _OUT, _OUT
    )
    lines = []
    for index in rivals:
        digits, relation = _digits_of_term(scores[index], scores[true], margin, terms[index], out)
        first = _typed(scores[index], digits)
        rest = f"{_signed(-scores[true], digits)} {signed(margin)}"
        head, result = rf"h_{labels[index]} &= \max(0,\, {first}", f"{relation} {number(terms[index], out)}"
        if len(first) + len(rest) + len(result) <= _ONE_LINE:
            lines.append(f"{head} {rest}) {result}")
        elif len(first) + len(rest) <= _ONE_LINE:
            lines += [f"{head} {rest})", f"&{result}"]
        else:
            lines += [head, rf"&\qquad {rest})", f"&{result}"]
    texts = [number(term, out) for term in own_terms]
    return aligned([*lines, *_sum("L &= ", texts, f"{holds} {number(loss, _OUT)}")])


def hinge_term(
    score: float, own: float, margin: float, term: float, digits: int = _OUT
) -> tuple[str, str, str]:
    """The inside of one term of the hinge, its result and the sign between: typed numbers stand as typed."""
    many, relation = _digits_of_term(score, own, margin, term, digits)
    return f"{_typed(score, many)} {_signed(-own, many)} {signed(margin)}", relation, number(term, digits)


def shared_digits(powers: Sequence[float], total: float, own: int, loss: float) -> int:
    """How many digits of the exponentials make their sum, and then the probability, follow as printed.

    Both formulas print them alike. Where no reasonable number suffices for both, the sum decides.
    """
    kept = [power for power in powers if power >= _FAINT]
    probability = powers[own] / total
    digits, _ = _digits_of_probability(probability, loss)
    enough = [many for many in range(_OUT, _FINEST + 1) if _adds_up(kept, total, many)]
    fit = [many for many in enough if _divides(powers[own], total, probability, many, digits)]
    return (fit or enough or [_OUT])[0]


def exponentials(
    labels: Sequence[str],
    scores: Sequence[float],
    shift: float,
    results: Sequence[float],
    total: float,
    digits: int | None = None,
) -> str:
    """e to every score, less their maximum m where a float64 cannot hold it otherwise, and the sum."""
    kept = [result for result in results if result >= _FAINT]
    out = digits or _digits_of_sum(kept, total)
    lines = []
    for label, score, result in zip(labels, scores, results, strict=True):
        power = f"e^{{f_{label} - m}}" if shift else f"e^{{f_{label}}}"
        many, relation = _digits_of_power([score, shift] if shift else [score], result, out)
        exponent = _typed(score, many) + (f" {_signed(shift, many)}" if shift else "")
        first, rest = f"{power} &= e^{{{exponent}}}", f"{relation} {number(result, out) if result else 0}"
        is_long = len(exponent) + len(rest) > _VERY_LONG
        lines += [first, f"&{rest}"] if is_long else [f"{first} {rest}"]
    terms = [number(result, out) for result in kept]
    holds = "=" if _adds_up(kept, total, out) else ABOUT
    return aligned([*lines, *_sum(r"\Sigma &= ", terms, f"{holds} {number(total, out)}")])


def minus_log_probability(
    label: str, power: float, total: float, probability: float, loss: float, many: int | None = None
) -> str:
    """The probability of the true class and minus its logarithm, with what float64 makes of the two."""
    digits, relation = _digits_of_probability(probability, loss)
    if 0 < probability < 1 and digits <= _MAX_DIGITS and relation == "=":
        fine = many or _digits_of_quotient(power, total, probability, digits)
        holds = "=" if _divides(power, total, probability, fine, digits) else ABOUT
        fraction = rf"{number(power, fine)} \,/\, {number(total, fine)}"
        result = f"{holds} {number(probability, digits)}"
        is_long = len(fraction) + len(result) > _VERY_LONG
        return aligned(
            [
                *(
                    [f"p_{label} &= {fraction}", f"&{result}"]
                    if is_long
                    else [f"p_{label} &= {fraction} {result}"]
                ),
                rf"L &= -\log {number(probability, digits)}",
                f"&= {number(loss, _OUT)}",
            ]
        )
    seen = r"\infty" if probability < _FAINT else number(-math.log(probability), _OUT)
    fraction = rf"{number(power, many or _OUT)} \,/\, {number(total, many or _OUT)}"
    return aligned(
        [
            rf"p_{label} &= {fraction} {ABOUT} {number(probability, _OUT) if probability >= _FAINT else 0}",
            rf"L &= -\log p_{label}",
            rf"&{_IN_FLOAT64} {seen}",
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
    """log(1 + Σ e^gap), the same loss without a probability, so that no digit of it is lost."""

    def recomputed(many: int) -> float:
        total = math.fsum(printed(value, many) for value in odds if _is_plain(value))
        return math.log1p(total) if all(value < math.inf for value in odds) else _log_of(gaps)

    digits, holds = least_digits(recomputed, loss, _OUT)
    lines, terms = [], ["1"]
    for index, gap, value in zip(rivals, gaps, odds, strict=True):
        gap_digits, relation = _digits_of_power([gap], value, digits)
        power = f"e^{{{_typed(gap, gap_digits)}}}"
        result = f" {relation} {number(value, digits)}" if _is_plain(value) else ""
        lines.append(rf"e^{{f_{labels[index]} - f_y}} &= {power}{result}")
        terms.append(number(value, digits) if _is_plain(value) else power)
    many = _LONG_TERMS_A_LINE if any(len(term) > _SHORT for term in terms) else _TERMS_A_LINE
    rows = [" + ".join(terms[at : at + many]) for at in range(0, len(terms), many)]
    lines.append(rf"L &= \log ({rows[0]}" + (")" if len(rows) == 1 else ""))
    lines += [rf"&\quad + {row}" + (")" if row is rows[-1] else "") for row in rows[1:]]
    last = f"&{holds} {number(loss, _OUT)}" if loss >= _FAINT else rf"&\approx e^{{{number(log_loss, _OUT)}}}"
    return aligned([*lines, last])


def gradient(values: Sequence[float], name: str, powers: Sequence[str] | None = None, digits: int = 4) -> str:
    """The derivatives with respect to the scores, two or three a line; a power of e for what is too small."""
    texts = [number(value, digits) for value in values]
    if powers is not None:
        texts = [
            text if abs(value) >= _FAINT else power
            for text, value, power in zip(texts, values, powers, strict=True)
        ]
    is_rounded = powers is not None and any(text in {"1", "-1"} for text in texts)
    size = _TERMS_A_LINE if max(map(len, texts)) <= _SHORT else _TERMS_A_LINE - 1
    rows = [r",\; ".join(texts[at : at + size]) for at in range(0, len(texts), size)]
    first, *rest = [f"{row}," for row in rows[:-1]] + [f"{rows[-1]}]"]
    relation = ABOUT if is_rounded else "="
    return aligned([rf"&{name}", rf"&\quad {relation} [{first}", *(rf"&\qquad\; {row}" for row in rest)])


def powers(exponents: Sequence[float], negative: int) -> list[str]:
    """e to each exponent, one of them with a minus sign."""
    return [f"{'-' * (index == negative)}e^{{{number(each, _OUT)}}}" for index, each in enumerate(exponents)]


def rescaling(c: float, margin: float, l2: float, there: float, recovered: float, here: float) -> str:
    """The objective at the second scale, divided by c, beside the first one."""
    digits, relation = least_digits(lambda many: printed(there, many) / c, recovered, _OUT, _OUT)
    return aligned(
        [
            rf"&c\Delta = {number(margin)},\quad \lambda/c = {number(l2)}",
            r"&\tfrac{1}{c}\,L(cW, cb; c\Delta, \tfrac{\lambda}{c})",
            rf"&\quad = {number(there, digits)} \,/\, {number(c)}",
            rf"&\quad {relation} {number(recovered, _OUT)}",
            rf"&L(W, b; \Delta, \lambda) = {number(here, _OUT)}",
        ]
    )


def _grouped(text: str) -> str:
    """A factor in brackets, where it has a sign."""
    return f"({text})" if text.startswith("-") else text


def _sum(head: str, terms: Sequence[str], result: str) -> list[str]:
    many = _LONG_TERMS_A_LINE if any(len(term) > _SHORT for term in terms) else _TERMS_A_LINE
    rows = [" + ".join(terms[at : at + many]) for at in range(0, len(terms), many)]
    return [head + rows[0], *(rf"&\quad + {row}" for row in rows[1:]), f"&{result}"]


def _digits_of_term(score: float, own: float, margin: float, term: float, out: int) -> tuple[int, str]:
    def recomputed(many: int) -> float:
        return max(0.0, _total([_read(score, many), -_read(own, many), margin]))

    return least_digits(recomputed, term, out)


def _digits_of_probability(probability: float, loss: float) -> tuple[int, str]:
    """The fewest digits of a probability from which, as printed, its loss follows."""
    return least_digits(
        lambda many: -math.log(printed(probability, many)) if probability else 0.0, loss, _OUT, _OUT
    )


def _digits_of_quotient(power: float, total: float, probability: float, digits: int) -> int:
    """The fewest digits from which, as printed, the probability follows."""
    return least_digits(lambda many: printed(power, many) / printed(total, many), probability, digits)[0]


def _divides(power: float, total: float, probability: float, many: int, digits: int) -> bool:
    """Whether the quotient is the probability as printed; a subnormal one has not that many digits itself."""
    quotient = printed(power, many) / printed(total, many)
    return quotient >= float_info.min and number(quotient, digits) == number(probability, digits)


def _digits_of_sum(terms: Sequence[float], total: float) -> int:
    """The fewest digits from which, as printed, the sum follows with as many."""
    return next((many for many in range(_OUT, _MAX_DIGITS + 1) if _adds_up(terms, total, many)), _OUT)


def _adds_up(terms: Sequence[float], total: float, digits: int) -> bool:
    return number(math.fsum(printed(term, digits) for term in terms), digits) == number(total, digits)


def _digits_of_power(exponents: Sequence[float], result: float, out: int) -> tuple[int, str]:
    """The fewest digits of a score from which, as printed, its exponential follows."""
    if not _is_plain(result):
        return _OUT, ABOUT

    def recomputed(many: int) -> float:
        return math.exp(min(_total(_read(each, many) for each in exponents), 709.78))

    return least_digits(recomputed, result, out)


def _is_plain(value: float) -> bool:
    return _FAINT <= value < math.inf


def _is_typed(value: float) -> bool:
    return float(f"{value:.{_TYPED}g}") == value


def _read(value: float, digits: int) -> float:
    """The number that a reader sees where `_typed` writes this one."""
    return value if _is_typed(value) else printed(value, digits)


def _typed(value: float, digits: int) -> str:
    """A number in all the digits that a reader typed, or else in so many."""
    return number(value, _TYPED if _is_typed(value) else digits)


def _signed(value: float, digits: int) -> str:
    return signed(value, _TYPED if _is_typed(value) else digits)


def _total(values: Iterable[float]) -> float:
    """The sum of numbers as they are written."""
    return float(sum((Decimal(repr(value)) for value in values), Decimal(0)))


def _log_of(gaps: Sequence[float]) -> float:
    """log(1 + Σ e^gap) where a power of e is too large for a float64."""
    top = max(gaps)
    return top + math.log(math.fsum(math.exp(gap - top) for gap in [0.0, *gaps]))
