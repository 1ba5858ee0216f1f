"""The lesson on scores in LaTeX: each number has as many digits as its equation needs to be true as printed.

Where no reasonable number of digits suffices, the sign is ≈.
"""

from __future__ import annotations

import math

from lessons.scores.digits import (
    EXPONENT_DIGITS,
    NEAR_SURE,
    NEXT_TO_1,
    digits,
    exponential,
    in_a_fraction,
    loss_holds,
    power,
    printed_exponent,
    probability_holds,
    score_digits,
    sum_holds,
)
from lessons.scores.model import Probability, Workings
from ui import signs
from ui.charts.labels import short
from ui.formulas import (
    ABOUT,
    TALL,
    Equation,
    aligned,
    least_digits,
    marked,
    number,
    of_class,
    printed,
    signed,
)
from ui.numerals import FAINT, added, decimals

_TERMS_A_LINE, _LONG_TERMS_A_LINE = 3, 2
_RESULT_DIGITS = 4
_LOSS_DIGITS = 6
_ALL_DIGITS = 15
_NAME_ROOM, _NARROW_NAME_ROOM = 9, 6
_IN_FLOAT64 = r"\xrightarrow{\text{float64}}"


def rescaled_scores(work: Workings) -> str:
    """z = (f + constant) / T for every class."""
    lines = []
    for index, (score, result) in enumerate(zip(work.scores, work.rescaled, strict=True)):
        out = score_digits(work, index)

        def recomputed(digits: int, score: float = score) -> float:
            return (printed(score, digits) + work.constant) / work.temperature

        digits, relation = least_digits(recomputed, result, out)
        above = f"{number(score, digits)} {signed(work.constant)}"
        below, boxed = number(work.temperature), marked(number(result, out), index, work.focus)
        lines.append(rf"z_{{{_name(work, index)}}} &= \frac{{{above}}}{{{below}}} {relation} {boxed}")
    return aligned(lines, TALL)


def exponentials(work: Workings) -> str:
    """e to the score of every class, with the shift written out where there is one."""
    shift, symbol, out = work.steps.shift, work.symbol, digits(work).weight
    lines = []
    for index, score in enumerate(work.rescaled):
        many, weight = score_digits(work, index), power(work, index)
        own = rf"{symbol}_{{{_name(work, index)}}}"
        left = f"e^{{{own} - m}}" if shift else f"e^{{{own}}}"
        exponent = number(score, many) + (f" {signed(shift, many)}" if shift else "")
        holds = number(exponential(printed_exponent(work, index, many)), out) == number(weight, out)
        result = f"{'=' if holds else ABOUT} {marked(number(weight, out), index, work.focus)}"
        lines.append(
            rf"{left} &= e^{{{exponent}}} {result if weight or score == -math.inf else rf'{ABOUT} 0'}"
        )
    return aligned(lines)


def total(work: Workings) -> str:
    """The sum of the exponentials, three terms a line."""
    of = digits(work)
    classes = range(len(work.names))
    terms = [marked(number(power(work, index), of.weight), index, work.focus) for index in classes]
    many = _LONG_TERMS_A_LINE if any("times" in term for term in terms) else _TERMS_A_LINE
    rows = [" + ".join(terms[at : at + many]) for at in range(0, len(terms), many)]
    relation = "=" if sum_holds(work, of) else ABOUT
    last = f"&{relation} {_total(work)}"
    return aligned([rf"\Sigma &= {rows[0]}", *(rf"&\quad + {row}" for row in rows[1:]), last])


def probabilities(work: Workings) -> str:
    """Each exponential over the sum; what is too small for a float64 stays a power of e."""
    lines = []
    for index in range(len(work.names)):
        above, below, relation = _division(work, index)
        fraction = rf"\frac{{{marked(above, index, work.focus)}}}{{{below}}}"
        result = marked(probability(work.part(index)), index, work.focus)
        lines.append(rf"p_{{{_name(work, index)}}} &= {fraction} {relation} {result}")
    return aligned(lines, TALL)


def quotients(work: Workings) -> str:
    """The same on one line a class, to stand beside the bars."""
    lines = []
    for index in range(len(work.names)):
        above, below, relation = _division(work, index)
        upper, result = (marked(each, index, work.focus) for each in (above, probability(work.part(index))))
        lines.append(rf"p_{{{_name(work, index)}}} &= {upper} \,/\, {below} {relation} {result}")
    return aligned(lines)


def steps_to_probability(work: Workings, index: int) -> list[Equation]:
    """The exponential of one class, the sum, and the probability: three lines for a reader to follow."""
    above, below, sign = _division(work, index)
    part = work.part(index)
    result = probability(part) + (rf" {ABOUT} 0" if part.is_faint else "")
    return [
        _exponential(work, index),
        Equation(r"\Sigma", _total(work)),
        Equation(rf"p_{{{signs.latex(work.names[index])}}} = \frac{{{above}}}{{{below}}}", result, sign),
    ]


def steps_to_loss(work: Workings, true: int) -> list[Equation]:
    """−log of the probability of one class: with the probability in its slot, and what it comes to."""
    inside, sign, result = _log_of_probability(work, true)
    return [
        Equation(rf"-\log p_{{{signs.latex(work.names[true])}}}", rf"-\log {inside}"),
        Equation("", result, sign),
    ]


def _log_of_probability(work: Workings, true: int) -> tuple[str, str, str]:
    """What the logarithm is taken of, the sign before the loss, and the loss."""
    part, loss = work.part(true), work.losses[true]
    if part.is_certain:
        return "1", "=", "0"
    if loss < FAINT:
        return f"({probability(part)})", ABOUT, _power_of_e(work.log_rests[true])
    many = decimals(loss)
    if in_a_fraction(work, true):
        above, below, _ = _division(work, true)
        holds = loss_holds(work, true, digits(work))
        return rf"\frac{{{above}}}{{{below}}}", "=" if holds else ABOUT, number(loss, many)
    holds = number(_loss_of_printed(part, _RESULT_DIGITS), many) == number(loss, many)
    inside = f"({probability(part)})" if part.is_sure else probability(part)
    return inside, "=" if holds else ABOUT, number(loss, many)


def _exponential(work: Workings, index: int) -> Equation:
    weight, exponent, out = power(work, index), float(work.steps.shifted[index]), digits(work).weight
    if not weight:
        return Equation(_power_of_e(exponent), "0", ABOUT)
    many, sign = least_digits(lambda many: exponential(printed(exponent, many)), weight, out)
    return Equation(f"e^{{{number(exponent, many)}}}", number(weight, out), sign)


def _total(work: Workings) -> str:
    return number(work.steps.total, digits(work).total)


def _division(work: Workings, index: int) -> tuple[str, str, str]:
    """What stands above and below the line of a probability, and the sign before its result."""
    of, weight = digits(work), power(work, index)
    above = number(weight, of.weight) if weight else _power_of_e(float(work.steps.shifted[index]))
    return above, _total(work), "=" if probability_holds(work, index, of) else ABOUT


def probability(part: Probability, digits: int = _RESULT_DIGITS) -> str:
    """A probability that is not called 0 when it is only too small, nor 1 when it is only close."""
    if part.is_certain:
        return "1"
    if part.is_faint:
        return _power_of_e(part.log)
    if not part.is_sure:
        return number(part.value, digits)
    rest = math.exp(part.log_rest)
    return f"1 - {_power_of_e(part.log_rest) if rest < FAINT else number(rest, digits)}"


def factor(rise: int, work: Workings) -> str:
    """What multiplies an exponential when so much is added to its score, which T then divides."""
    if work.temperature != 1:
        return f"e^{{{rise}/{number(work.temperature)}}}"
    return "e" if rise == 1 else f"e^{{{rise}}}"


def loss_from_probability(work: Workings, true: int) -> str:
    """The first written form, −log of the probability of the true class, and what float64 makes of it."""
    part, loss = work.part(true), work.losses[true]
    first = number(float(work.steps.losses[true]), _LOSS_DIGITS)
    digits, relation = least_digits(lambda digits: _loss_of_printed(part, digits), loss, _LOSS_DIGITS)
    argument = probability(part, digits)
    inside = f"({argument})" if part.is_sure else argument
    last = _came_to(work, true, f"&{relation} {number(loss, _LOSS_DIGITS)}", first)
    return aligned([rf"L &= -\log p_{{{_name(work, true)}}}", rf"&= -\log {inside}", last])


def loss_from_division(work: Workings, true: int) -> str:
    """The same with the numbers of the page: −log of the exponential by the sum."""
    first = float(work.steps.losses[true])
    inside, relation, result = _log_of_probability(work, true)
    came_to = number(first, decimals(first) if first and math.isfinite(first) else _RESULT_DIGITS)
    last = _came_to(work, true, f"&{relation} {result}", came_to)
    return aligned([rf"L &= -\log p_{{{_name(work, true)}}}", rf"{TALL}&= -\log {inside}", last])


def _came_to(work: Workings, true: int, right: str, computed: str) -> str:
    """The line with the result: the right one, or what float64 makes of the first form and from what."""
    story, seen = work.loss_story(true), float(work.steps.probs[true])
    if story == "equal":
        return right
    if story == "rounded" and seen < 1:
        return rf"&{_IN_FLOAT64} {computed}"
    return rf"&{_IN_FLOAT64} -\log {_in_brackets(number(seen, _LOSS_DIGITS + 1))} = {computed}"


def loss_from_sum(work: Workings, true: int) -> str:
    """The second written form: −score + log of the sum of the exponentials."""
    if work.losses[true] < NEAR_SURE:
        return _loss_of_a_sure_class(work, true)
    score, shift, loss = work.rescaled[true], work.steps.shift, work.losses[true]
    out, (inside, log_total, shown) = decimals(loss), _log_of_sum(work)

    def gap(digits: int) -> float:
        return added(score, shift, digits)

    fine, relation = least_digits(lambda digits: log_total - gap(digits), loss, out)
    own = rf"{work.symbol}_{{{_name(work, true)}}}"
    powers = rf"\textstyle\sum_j e^{{{work.symbol}_j{' - m' if shift else ''}}}"
    first = f"({own} - m)" if shift else own
    written = number(score, fine) + (f" {signed(shift, fine)}" if shift else "")
    between = rf"&= -({number(gap(fine), _ALL_DIGITS)}) + {_in_brackets(number(shown, decimals(shown)))}"
    holds = number(shown - gap(fine), out) == number(loss, out)
    return aligned(
        [
            rf"L &= -{first} + \log {powers}",
            rf"&= -({written}) + \log {inside}",
            *([between] if holds else []),
            f"&{relation} {number(loss, out)}",
        ]
    )


def _log_of_sum(work: Workings) -> tuple[str, float, float]:
    """The sum of the exponentials as printed, its log, and that log as printed; 1 is said of 1 alone."""
    log_total = work.log_total if abs(work.log_total) >= FAINT else 0.0
    beyond, out = math.expm1(log_total), decimals(log_total)
    if 0 < abs(beyond) < NEXT_TO_1:
        many, _ = least_digits(lambda many: math.log1p(printed(beyond, many)), log_total, out)
        inside, log_printed = f"(1 {signed(beyond, many)})", math.log1p(printed(beyond, many))
    else:
        inside, log_printed = _total(work), math.log(printed(work.steps.total, digits(work).total))
    return inside, log_printed, printed(log_printed, out)


def _loss_of_a_sure_class(work: Workings, true: int) -> str:
    """Where −score and log of the sum cancel, both in one logarithm: of 1 and what the others add to it."""
    loss, log_rest = work.losses[true], work.log_rests[true]
    rest, symbol = math.expm1(loss), work.symbol
    own = rf"{symbol}_{{{_name(work, true)}}}"
    out = decimals(loss)
    digits, relation = least_digits(lambda digits: math.log1p(printed(rest, digits)), loss, out)
    if loss < FAINT:
        added = result = _power_of_e(log_rest)
        relation = "=" if log_rest == -math.inf else ABOUT
    else:
        added, result = number(rest, digits), number(loss, out)
    return aligned(
        [
            rf"L &= -{own} + \log \textstyle\sum_j e^{{{symbol}_j}}",
            rf"&= \log \textstyle\sum_j e^{{{symbol}_j - {own}}}",
            rf"&= \log (1 + {added})",
            f"&{relation} {result}",
        ]
    )


def sigmoid(work: Workings) -> str:
    """For two classes the sigmoid of the score difference and the probability by softmax, both computed."""
    symbol, part = work.symbol, work.by_sigmoid
    gap, digits = work.difference, _RESULT_DIGITS
    result = -gap if part.is_sure else gap
    exact = math.exp(part.log_rest) if part.is_sure else part.value
    gap_digits, relation = EXPONENT_DIGITS, "="
    if exact >= FAINT:
        gap_digits, relation = least_digits(lambda many: _logistic(printed(result, many)), exact, digits)
    shown = number(gap, gap_digits)
    return aligned(
        [
            rf"\sigma({symbol}_{{{_name(work, 0)}}} - {symbol}_{{{_name(work, 1)}}}) &= \sigma({shown})",
            rf"&= \frac{{1}}{{1 + e^{{-({shown})}}}} {relation} {probability(part, digits)}",
            rf"p_{{{_name(work, 0)}}} &= {probability(work.part(0), digits)}",
        ],
        TALL,
    )


def _name(work: Workings, index: int) -> str:
    """A class name, shorter where four columns of formulas share the page."""
    name = short(work.names[index], _NARROW_NAME_ROOM if work.is_rescaled else _NAME_ROOM)
    return of_class(signs.latex(name), index)


def _loss_of_printed(part: Probability, digits: int) -> float:
    if part.is_faint:
        return -printed(part.log, EXPONENT_DIGITS)
    if part.is_sure:
        return -math.log1p(-printed(math.exp(part.log_rest), digits))
    return -math.log(printed(part.value, digits))


def _power_of_e(exponent: float) -> str:
    return "0" if exponent == -math.inf else f"e^{{{number(exponent, EXPONENT_DIGITS)}}}"


def _in_brackets(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


def _logistic(gap: float) -> float:
    return 1 / (1 + math.exp(-gap)) if gap > -700 else math.exp(gap)
