"""Why a softmax fails, in words: from the first cause to the worst that comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, reduce
from math import isfinite, isinf, log2
from typing import NamedTuple

from softmax_core import SoftmaxSteps, cross_entropy, float_limits, softmax, softmax_steps
from softmax_core.numerics import Failure, FormatName
from ui.charts.picture import Translate
from ui.numerals import numeral, row

_WORN = 8  # units in the last place: more than ordinary rounding, and twice what softmax_core allows itself


def ends_of_exp(dtype: FormatName) -> tuple[str, str]:
    """The least and the largest argument of exp, with as many decimals wherever they are printed."""
    limits = float_limits(dtype)
    return _fixed(limits.exp_min), _fixed(limits.exp_max)


def _fixed(number: float, decimals: int = 4) -> str:
    return f"{number:.{decimals}f}".replace("-", "−")


def chain(steps: SoftmaxSteps) -> Sequence[Failure]:
    """What did the harm: its cause first, then what came of it; empty where nothing is lost.

    The worst is told: a NaN before an infinite loss, and that before a loss whose digits are all lost.
    """
    results = [failure for failure in steps.failures if failure.quantity in ("probs", "losses")]
    worst = next(
        (each for kind in ("invalid", "overflow", "lost") for each in results if each.kind == kind), None
    )
    if worst is None or worst.index is None:
        return ()
    return (*_causes(steps, worst.index, worst.kind), worst)


def _causes(steps: SoftmaxSteps, index: int, kind: str) -> Sequence[Failure]:
    """What led to the result of that class."""
    found = {(each.quantity, each.index): each for each in steps.failures}
    own = [found[name, index] for name in ("scores", "shifted", "exponentials") if (name, index) in found]
    own = [each for each in own if each.kind != "underflow" or each.quantity == "exponentials"]
    if kind == "lost":
        return ()
    if kind == "invalid" and steps.total == 0:
        highest = max(range(len(steps.shifted)), key=steps.shifted.tolist().__getitem__)
        return tuple(
            each for each in (found.get(("exponentials", highest)), found.get(("total", None))) if each
        )
    if own:
        return own[:1]
    total = found.get(("total", None))
    probability = found.get(("probs", index)) if steps.algorithm != "logsumexp" else None
    return tuple(each for each in (total, probability) if each and each.kind != "invalid")


def why(failure: Failure, t: Translate) -> str:
    """One failure in the reader's language, with its figures."""
    if failure.truth is not None:
        return t(
            "next to the largest exponential the others do not change the sum, and the loss of class {label} "
            "becomes 0 instead of {truth}: every digit of it is lost",
            label=failure.index,
            truth=numeral(failure.truth),
        )
    if failure.quantity == "exponentials" and failure.limit is not None and isfinite(failure.operand):
        return _beyond_exp(failure, t)
    if failure.quantity == "total":
        if failure.kind == "underflow":
            return t("even the highest exponential is 0, and with it the sum")
        return t(
            "the sum of the exponentials passes {bound}, the largest number of {dtype}",
            bound=numeral(failure.bound),
            dtype=failure.dtype,
        )
    operation = _operation(failure)
    if failure.kind == "invalid":
        return t("{operation} has no value: nan", operation=operation)
    if failure.kind == "overflow":
        return t("{operation} is infinite", operation=operation)
    if failure.divisor is not None and isinf(failure.divisor):
        return t("{operation} is 0", operation=operation)
    return t("{operation} is too small for {dtype} and becomes 0", operation=operation, dtype=failure.dtype)


def _beyond_exp(failure: Failure, t: Translate) -> str:
    figures = {
        "operand": numeral(failure.operand, failure.digits),
        "bound": numeral(failure.bound),
        "dtype": failure.dtype,
        "limit": _fixed(failure.limit or 0.0, failure.limit_decimals),
    }
    if failure.kind == "overflow":
        return t(
            "exp({operand}) is larger than {bound}, the largest number of {dtype}, where exp takes at most "
            "{limit}",
            **figures,
        )
    return t(
        "exp({operand}) is smaller than {bound}, the smallest positive number of {dtype}, and becomes 0",
        **{name: figures[name] for name in ("operand", "bound", "dtype")},
    )


def _operation(failure: Failure) -> str:
    operand = numeral(failure.operand)
    return {
        "scores": operand,
        "shifted": f"{operand} + log C",
        "exponentials": f"exp({operand})",
        "total": operand,
        "probs": f"{operand} / {numeral(failure.divisor)}"
        if failure.divisor is not None
        else f"exp({operand})",
        "losses": f"−log({operand})",
    }[failure.quantity]


def story(steps: SoftmaxSteps, t: Translate) -> str:
    """The worst failure from its cause on; or the digits that are lost; or that all went well."""
    links = [why(failure, t) for failure in chain(steps)]
    lost = lost_digits(steps, t) or worn_digits(steps, t)
    if not links:
        return t("nothing fails, but {lost}", lost=lost) if lost else t("nothing fails")
    return reduce(lambda cause, effect: t("{cause}, so {effect}", cause=cause, effect=effect), links)


def lost_digits(steps: SoftmaxSteps, t: Translate) -> str:
    """The subnormal exponential with the fewest digits left; empty where each has all of its own.

    Log-sum-exp adds it to a sum of at least 1, where nobody misses its digits.
    """
    limits = float_limits(steps.dtype)
    pairs = zip(steps.exponentials.tolist(), steps.shifted.tolist(), strict=True)
    subnormal = [pair for pair in pairs if 0 < pair[0] < limits.smallest_normal]
    if not subnormal or steps.algorithm == "logsumexp":
        return ""
    exponential, argument = min(subnormal)
    return t(
        "exp({argument}) is subnormal: only {left} of {all} bits left",
        argument=numeral(argument),
        left=limits.bits_left(exponential),
        all=limits.precision,
    )


class Worn(NamedTuple):
    """A result with few right bits, beside that of softmax_core."""

    name: str
    computed: float
    better: float
    bits: int


def worn(steps: SoftmaxSteps) -> Worn | None:
    """The finite result that has lost most bits, if a reader can see it in the digits that are printed."""
    probabilities, losses = _better(tuple(steps.scores.tolist()), steps.dtype)
    pairs = [
        *((f"p{index}", steps.probs[index], better) for index, better in enumerate(probabilities)),
        *((f"−log p{index}", steps.losses[index], better) for index, better in enumerate(losses)),
    ]
    found = [
        Worn(name, float(computed), better, _right_bits(float(computed), better))
        for name, computed, better in pairs
        if _is_worn(float(computed), better, steps.dtype)
    ]
    return min(found, key=lambda each: each.bits, default=None)


@lru_cache(maxsize=256)
def _better(scores: tuple[float, ...], dtype: FormatName) -> tuple[Sequence[float], Sequence[float]]:
    """The probabilities and losses of softmax_core, which no shift changes."""
    row, classes = softmax_steps(scores, "naive", dtype).scores, list(range(len(scores)))
    return softmax(row).tolist(), cross_entropy([row] * len(classes), classes).tolist()


def _is_worn(computed: float, better: float, dtype: FormatName) -> bool:
    if not (isfinite(computed) and isfinite(better) and computed and better):
        return False
    limits = float_limits(dtype)
    unit = max(limits.eps * abs(better), limits.smallest_subnormal)
    return abs(computed - better) > _WORN * unit and numeral(computed) != numeral(better)


def _right_bits(computed: float, better: float) -> int:
    return max(0, int(-log2(abs(computed / better - 1))))


def worn_digits(steps: SoftmaxSteps, t: Translate) -> str:
    """That result in words; empty where every finite one is as good as its format."""
    found = worn(steps)
    if found is None:
        return ""
    return t(
        "{name} = {computed} is right in {bits} of {all} bits only: softmax_core finds {better}",
        name=found.name,
        computed=numeral(found.computed),
        bits=found.bits,
        all=float_limits(steps.dtype).precision,
        better=numeral(found.better),
    )


def harmless_zero(steps: SoftmaxSteps, t: Translate) -> str:
    """That an exponential of log-sum-exp became 0 does no harm; empty where none did."""
    zeros = [each for each in steps.failures if each.quantity == "exponentials" and each.harmless]
    if not zeros or steps.algorithm != "logsumexp":
        return ""
    return t(
        "exp({argument}) becomes 0, which does no harm here: it would not change a sum of at least 1",
        argument=numeral(zeros[0].operand),
    )


def told(steps: SoftmaxSteps, t: Translate) -> str:
    """The story, and what else was lost, or only seems to be."""
    said, links = story(steps, t), chain(steps)
    if links:
        lost = [why(each, t) for each in steps.failures if each.kind == "lost" and each not in links]
        lost.append(lost_digits(steps, t) or worn_digits(steps, t))
        for other in filter(None, lost):
            said = t("{story}; besides, {lost}", story=said, lost=other)
    harmless = harmless_zero(steps, t)
    return t("{story}; {remark}", story=said, remark=harmless) if harmless else said


def outcome(steps: SoftmaxSteps, t: Translate) -> str:
    """The probabilities of one run, and what failed or lost digits on the way."""
    return t("probabilities {probs}; {story}.", probs=row(steps.probs.tolist()), story=told(steps, t))
