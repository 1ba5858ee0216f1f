"""The lesson on scores in LaTeX: each number has as many digits as its equation needs to be true as printed.

Where no reasonable number of digits suffices, the sign is ≈.
"""

from __future__ import annotations

import math

from charts.workings import FAINT, Share, Workings, short
from ui.formulas import ABOUT, TALL, Equation, aligned, least_digits, marked, name, number, printed, signed

_TERMS_A_LINE, _LONG_TERMS_A_LINE = 3, 2
_RESULT_DIGITS, _CROWDED_DIGITS, _CROWDED = 4, 3, 4
_LOSS_DIGITS = 6
_EXPONENT_DIGITS = 6
_MOST_WEIGHT_DIGITS = 8
_NAME_ROOM, _NARROW_NAME_ROOM = 9, 6
_NEAR_SURE = 0.05
_IN_FLOAT64 = r"\xrightarrow{\text{float64}}"


def rescaled_scores(work: Workings) -> str:
    """z = (f + constant) / T for every class."""
    weight_digits, _ = _sum_digits(work)
    lines = []
    for index, (score, result) in enumerate(zip(work.scores, work.rescaled, strict=True)):
        out = _exponent_digits(work, index, weight_digits)

        def recomputed(digits: int, score: float = score) -> float:
            return (printed(score, digits) + work.constant) / work.temperature

        digits, relation = least_digits(recomputed, result, out)
        above = f"{number(score, digits)} {signed(work.constant)}"
        below, boxed = number(work.temperature), marked(number(result, out), index == work.focus)
        lines.append(rf"z_{{{_name(work, index)}}} &= \frac{{{above}}}{{{below}}} {relation} {boxed}")
    return aligned(lines, TALL)


def exponentials(work: Workings) -> str:
    """e to the score of every class, with the shift written out where there is one."""
    shift, symbol, out = work.steps.shift, work.symbol, _sum_digits(work)[0]
    lines = []
    for index, score in enumerate(work.rescaled):
        digits, weight = _exponent_digits(work, index, out), _weight(work, index)
        own = rf"{symbol}_{{{_name(work, index)}}}"
        power = f"e^{{{own} - m}}" if shift else f"e^{{{own}}}"
        exponent = number(score, digits) + (f" {signed(shift, digits)}" if shift else "")
        holds = number(_exp(_printed_exponent(work, index, digits)), out) == number(weight, out)
        result = f"{'=' if holds else ABOUT} {marked(number(weight, out), index == work.focus)}"
        lines.append(rf"{power} &= e^{{{exponent}}} {result if weight else rf'{ABOUT} 0'}")
    return aligned(lines)


def total(work: Workings) -> str:
    """The sum of the exponentials, three terms a line."""
    digits, total_digits = _sum_digits(work)
    classes = range(len(work.names))
    terms = [marked(number(_weight(work, index), digits), index == work.focus) for index in classes]
    many = _LONG_TERMS_A_LINE if any("times" in term for term in terms) else _TERMS_A_LINE
    rows = [" + ".join(terms[at : at + many]) for at in range(0, len(terms), many)]
    relation = "=" if _sum_holds(work, digits, total_digits) else ABOUT
    last = f"&{relation} {number(work.steps.total, total_digits)}"
    return aligned([rf"\Sigma &= {rows[0]}", *(rf"&\quad + {row}" for row in rows[1:]), last])


def shares(work: Workings) -> str:
    """Each exponential over the sum; what is too small for a float64 stays a power of e."""
    digits = _sum_digits(work)
    lines = []
    for index in range(len(work.names)):
        above, below, relation = _division(work, index, *digits)
        fraction = rf"\frac{{{marked(above, index == work.focus)}}}{{{below}}}"
        result = marked(share(work.part(index), _share_digits(work)), index == work.focus)
        lines.append(rf"p_{{{_name(work, index)}}} &= {fraction} {relation} {result}")
    return aligned(lines, TALL)


def steps_to_share(work: Workings, index: int) -> list[Equation]:
    """The exponential of one class, the sum, and the share: three lines for a reader to follow."""
    digits = out, total_digits = _sum_digits(work)
    above, below, sign = _division(work, index, *digits)
    part = work.part(index)
    result = share(part, _share_digits(work)) + (rf" {ABOUT} 0" if part.is_faint else "")
    return [
        _exponential(work, index, out),
        Equation(r"\Sigma", number(work.steps.total, total_digits)),
        Equation(rf"p_{{{name(work.names[index])}}} = \frac{{{above}}}{{{below}}}", result, sign),
    ]


def steps_to_loss(work: Workings, true: int) -> list[Equation]:
    """−log of the share of one class: with the share in its slot, and what it comes to."""
    part, loss = work.part(true), work.losses[true]
    digits, sign = least_digits(lambda digits: _loss_of_printed(part, digits), loss, _RESULT_DIGITS)
    argument = f"({share(part, digits)})" if part.is_sure else share(part, digits)
    slot = Equation(rf"-\log p_{{{name(work.names[true])}}}", rf"-\log {argument}")
    if loss < FAINT:
        return [slot, Equation("", _power_of_e(work.log_rests[true]), ABOUT)]
    return [slot, Equation("", number(loss), sign)]


def _exponential(work: Workings, index: int, out: int) -> Equation:
    weight, exponent = _weight(work, index), float(work.steps.shifted[index])
    if not weight:
        return Equation(_power_of_e(exponent), "0", ABOUT)
    digits, sign = least_digits(lambda digits: _exp(printed(exponent, digits)), weight, out)
    return Equation(f"e^{{{number(exponent, digits)}}}", number(weight, out), sign)


def _division(work: Workings, index: int, digits: int, total_digits: int) -> tuple[str, str, str]:
    """What stands above and below the line of a share, and the sign before its result."""
    weight = _weight(work, index)
    above = number(weight, digits) if weight else _power_of_e(float(work.steps.shifted[index]))
    holds = _share_holds(work, index, digits, total_digits)
    return above, number(work.steps.total, total_digits), "=" if holds else ABOUT


def share(part: Share, digits: int = _RESULT_DIGITS) -> str:
    """A share that is not called 0 when it is only too small, nor 1 when it is only close."""
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


def loss_from_share(work: Workings, true: int) -> str:
    """The first written form, −log of the share of the true class, and what float64 makes of it."""
    part, loss, story = work.part(true), work.losses[true], work.loss_story(true)
    seen, first = float(work.steps.probs[true]), number(float(work.steps.losses[true]), _LOSS_DIGITS)
    digits, relation = least_digits(lambda digits: _loss_of_printed(part, digits), loss, _LOSS_DIGITS)
    argument = share(part, digits)
    inside = f"({argument})" if part.is_sure else argument
    if story == "equal":
        last = f"&{relation} {number(loss, _LOSS_DIGITS)}"
    elif story == "rounded" and seen < 1:
        last = rf"&{_IN_FLOAT64} {first}"
    else:
        last = rf"&{_IN_FLOAT64} -\log {_in_brackets(number(seen, _LOSS_DIGITS + 1))} = {first}"
    return aligned([rf"L &= -\log p_{{{_name(work, true)}}}", rf"&= -\log {inside}", last])


def loss_from_sum(work: Workings, true: int) -> str:
    """The second written form: −score + log of the sum of the exponentials."""
    if work.losses[true] < _NEAR_SURE:
        return _loss_of_a_sure_class(work, true)
    score, shift, loss = work.rescaled[true], work.steps.shift, work.losses[true]
    gap, log_total = score + shift, work.log_total if abs(work.log_total) >= FAINT else 0.0

    def recomputed(digits: int) -> float:
        return printed(log_total, digits) - printed(gap, digits)

    digits, relation = least_digits(recomputed, loss, _LOSS_DIGITS, _LOSS_DIGITS)
    own = rf"{work.symbol}_{{{_name(work, true)}}}"
    powers = rf"\textstyle\sum_j e^{{{work.symbol}_j{' - m' if shift else ''}}}"
    first = f"{own} - m" if shift else own
    if shift:
        many, _ = least_digits(lambda many: printed(score, many) + printed(shift, many), gap, digits)
        written = f"{number(score, many)} {signed(shift, many)}"
    else:
        written = number(score, digits)
    log = _in_brackets(number(log_total, digits))
    return aligned(
        [
            rf"L &= -{f'({first})' if shift else own} + \log {powers}",
            rf"&= -({written}) + \log {_sum(log_total, digits)}",
            rf"&= -({number(gap, digits)}) + {log}",
            f"&{relation} {number(loss, _LOSS_DIGITS)}",
        ]
    )


def _loss_of_a_sure_class(work: Workings, true: int) -> str:
    """Where −score and log of the sum cancel, both in one logarithm: of 1 and what the others add to it."""
    loss, log_rest = work.losses[true], work.log_rests[true]
    rest, symbol = math.expm1(loss), work.symbol
    own = rf"{symbol}_{{{_name(work, true)}}}"
    digits, relation = least_digits(lambda digits: math.log1p(printed(rest, digits)), loss, _LOSS_DIGITS)
    if loss < FAINT:
        added = result = _power_of_e(log_rest)
        relation = ABOUT
    else:
        added, result = number(rest, digits), number(loss, _LOSS_DIGITS)
    return aligned(
        [
            rf"L &= -{own} + \log \textstyle\sum_j e^{{{symbol}_j}}",
            rf"&= \log \textstyle\sum_j e^{{{symbol}_j - {own}}}",
            rf"&= \log (1 + {added})",
            f"&{relation} {result}",
        ]
    )


def sigmoid(work: Workings) -> str:
    """For two classes the sigmoid of the score difference and the share by softmax, both computed."""
    symbol, part = work.symbol, work.by_sigmoid
    gap, digits = work.difference, _LOSS_DIGITS
    result = -gap if part.is_sure else gap
    exact = math.exp(part.log_rest) if part.is_sure else part.value
    gap_digits, relation = _EXPONENT_DIGITS, "="
    if exact >= FAINT:
        gap_digits, relation = least_digits(lambda many: _logistic(printed(result, many)), exact, digits)
    shown = number(gap, gap_digits)
    return aligned(
        [
            rf"\sigma({symbol}_{{{_name(work, 0)}}} - {symbol}_{{{_name(work, 1)}}}) &= \sigma({shown})",
            rf"&= \frac{{1}}{{1 + e^{{-({shown})}}}} {relation} {share(part, digits)}",
            rf"p_{{{_name(work, 0)}}} &= {share(work.part(0), digits)}",
        ],
        TALL,
    )


def _name(work: Workings, index: int) -> str:
    """A class name, shorter where four columns of formulas share the page."""
    return name(short(work.names[index], _NARROW_NAME_ROOM if work.is_rescaled else _NAME_ROOM))


def _share_digits(work: Workings) -> int:
    return _RESULT_DIGITS if len(work.names) <= _CROWDED else _CROWDED_DIGITS


def _sum_digits(work: Workings) -> tuple[int, int]:
    """The fewest digits of exponentials and of their sum from which, as printed, sum and shares follow."""
    open_shares = [index for index in range(len(work.names)) if not work.part(index).is_sure]
    several = range(_RESULT_DIGITS, _MOST_WEIGHT_DIGITS + 1)
    for digits, total_digits in ((many, fewer) for many in several for fewer in several if fewer <= many):
        if _sum_holds(work, digits, total_digits) and all(
            _share_holds(work, index, digits, total_digits) for index in open_shares
        ):
            return digits, total_digits
    return _RESULT_DIGITS, _RESULT_DIGITS


def _sum_holds(work: Workings, digits: int, total_digits: int) -> bool:
    terms = math.fsum(printed(_weight(work, index), digits) for index in range(len(work.names)))
    return number(terms, total_digits) == number(work.steps.total, total_digits)


def _share_holds(work: Workings, index: int, digits: int, total_digits: int) -> bool:
    weight, part, below = _weight(work, index), work.part(index), printed(work.steps.total, total_digits)
    if part.is_faint:
        above = math.log(printed(weight, digits)) if weight else _shown_exponent(work, index)
        return number(above - math.log(below), _EXPONENT_DIGITS) == number(part.log, _EXPONENT_DIGITS)
    if part.is_sure:
        return False
    above = printed(weight, digits) if weight else _exp(_shown_exponent(work, index))
    out = _share_digits(work)
    return number(above / below, out) == number(part.value, out)


def _shown_exponent(work: Workings, index: int) -> float:
    return printed(float(work.steps.shifted[index]), _EXPONENT_DIGITS)


def _exponent_digits(work: Workings, index: int, out: int) -> int:
    """The digits of a score, from which as printed the printed exponential follows."""
    weight, exponent = _weight(work, index), float(work.steps.shifted[index])

    def recomputed(digits: int) -> float:
        shown = _printed_exponent(work, index, digits)
        return _exp(shown) if weight else shown

    return least_digits(recomputed, weight or exponent, out if weight else _EXPONENT_DIGITS)[0]


def _printed_exponent(work: Workings, index: int, digits: int) -> float:
    return printed(work.rescaled[index], digits) + printed(work.steps.shift, digits)


def _weight(work: Workings, index: int) -> float:
    """An exponential, 0 where a float64 has lost it or some of its digits."""
    weight = float(work.steps.exponentials[index])
    return weight if weight >= FAINT else 0.0


def _loss_of_printed(part: Share, digits: int) -> float:
    if part.is_faint:
        return -printed(part.log, _EXPONENT_DIGITS)
    if part.is_sure:
        return -math.log1p(-printed(math.exp(part.log_rest), digits))
    return -math.log(printed(part.value, digits))


def _sum(log_total: float, out: int) -> str:
    """The sum of the exponentials, in digits from which its printed log follows; 1 is said of 1 alone."""
    beyond = math.expm1(log_total)
    if 0 < abs(beyond) < 1e-4:
        digits, _ = least_digits(lambda digits: math.log1p(printed(beyond, digits)), log_total, out)
        return f"(1 {signed(beyond, digits)})"
    digits, _ = least_digits(lambda digits: math.log(printed(math.exp(log_total), digits)), log_total, out)
    return number(math.exp(log_total), digits)


def _power_of_e(exponent: float) -> str:
    return f"e^{{{number(exponent, _EXPONENT_DIGITS)}}}"


def _in_brackets(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


def _exp(exponent: float) -> float:
    return math.exp(exponent) if exponent < 709.78 else math.inf


def _logistic(gap: float) -> float:
    return 1 / (1 + math.exp(-gap)) if gap > -700 else math.exp(gap)
