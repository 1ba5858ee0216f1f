"""Every intermediate of every algorithm as a table, and each failure in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from charts.numerals import numeral, row
from charts.picture import Table, Translate
from softmax_core import (
    DTYPES,
    Algorithm,
    Failure,
    SoftmaxSteps,
    cross_entropy,
    float_limits,
    loss_from_logsumexp,
    loss_from_share,
    softmax,
    softmax_steps,
)
from softmax_core.trials import Trial

_NOTHING = "·"
_SCORE_DIGITS = 6
_COMPARED: tuple[Algorithm, ...] = ("naive", "shifted", "logsumexp")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table, and for each algorithm in it, by name, what went wrong first or that nothing did."""

    table: Table
    notes: Sequence[str]


def why(failure: Failure, t: Translate) -> str:
    """One failure in the reader's language, with its figures."""
    digits, dtype = failure.digits, failure.dtype
    if failure.truth is not None:
        return t(
            "next to the largest exponential the others do not change the sum, and the loss becomes 0 "
            "instead of {truth}: every digit of it is lost",
            truth=numeral(failure.truth),
        )
    operand, bound = numeral(failure.operand, digits), numeral(failure.bound)
    if failure.quantity == "exponentials" and failure.limit is not None and isfinite(failure.operand):
        limit = numeral(round(failure.limit, digits - 2), digits + 1)
        if failure.kind == "overflow":
            return t(
                "exp({operand}) > {bound}; {dtype} ends at {limit}",
                operand=operand,
                bound=bound,
                dtype=dtype,
                limit=limit,
            )
        return t(
            "exp({operand}) < {bound}; {dtype} ends at {limit}",
            operand=operand,
            bound=bound,
            dtype=dtype,
            limit=limit,
        )
    if failure.quantity == "total":
        if failure.kind == "underflow":
            return t("every exponential is 0, and so is their sum")
        return t(
            "the sum of the exponentials passes {bound}, the largest number of {dtype}",
            bound=bound,
            dtype=dtype,
        )
    if failure.kind == "invalid":
        return t("{operation} has no value: nan", operation=_operation(failure))
    if failure.kind == "overflow":
        return t("{operation} is infinite", operation=_operation(failure))
    return t("{operation} is too small for {dtype} and becomes 0", operation=_operation(failure), dtype=dtype)


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
    """The first failure that did harm, and what becomes of it; or the digits lost; or that all went well."""
    first = steps.failure
    if first is None:
        lost = lost_digits(steps, t)
        return t("nothing becomes 0 or infinite, but {lost}", lost=lost) if lost else t("nothing fails")
    later = (
        failure
        for failure in steps.failures
        if failure.quantity in ("probs", "losses") and failure.kind in ("overflow", "invalid")
    )
    last = next(later, None)
    if last is None or last is first:
        return why(first, t)
    return t("{cause}, so {effect}", cause=why(first, t), effect=why(last, t))


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


def outcome(steps: SoftmaxSteps, t: Translate) -> str:
    """The probabilities of one run, and what failed or lost digits on the way."""
    told, lost = story(steps, t), lost_digits(steps, t)
    if lost and steps.failure is not None:
        told = t("{story}; besides, {lost}", story=told, lost=lost)
    return t("probabilities {probs}; {story}.", probs=row(steps.probs.tolist()), story=told)


def rounded_scores(scores: Sequence[float], dtype: str, t: Translate) -> str:
    """Which scores the format cannot hold to the digits shown, and what it holds instead; or nothing."""
    held = softmax_steps(scores, "naive", dtype).scores.tolist()
    shown = {
        numeral(score, _SCORE_DIGITS): numeral(rounded, _SCORE_DIGITS)
        for score, rounded in zip(scores, held, strict=True)
    }
    pairs = [
        t("{score} as {rounded}", score=score, rounded=rounded)
        for score, rounded in shown.items()
        if score != rounded
    ]
    return t("{dtype} holds {pairs}.", dtype=dtype, pairs=", ".join(pairs)) if pairs else ""


def algorithm_names(t: Translate) -> Mapping[str, str]:
    """What the algorithms are called on the screen."""
    return {
        "naive": t("naive"),
        "shifted": t("shifted by −max"),
        "logsumexp": "log-sum-exp",
        "core": "softmax_core",
    }


def comparison(scores: Sequence[float], dtype: str, t: Translate) -> Comparison:
    """Every intermediate of the three algorithms, and the results of this core's own functions."""
    runs = [softmax_steps(scores, algorithm, dtype) for algorithm in _COMPARED]
    names = algorithm_names(t)
    columns = [_column(run, mark) for mark, run in enumerate(runs, start=1)]
    columns.append(_core_column(runs[0]))
    heads = _heads(len(scores))
    table = Table(
        [t("step"), *names.values()], [[head, *cells] for head, *cells in zip(heads, *columns, strict=True)]
    )
    notes = [f"**{mark} {names[run.algorithm]}:** {story(run, t)}." for mark, run in enumerate(runs, start=1)]
    return Comparison(table, notes)


def _heads(count: int) -> list[str]:
    """The formula of each step, unbroken even where the column is narrow."""
    digits = range(count)
    heads = [
        *(f"f{digit}" for digit in digits),
        "log C",
        *(f"f{digit} + log C" for digit in digits),
        *(f"exp(f{digit} + log C)" for digit in digits),
        "Σ",
        *(f"p{digit}" for digit in digits),
        *(f"−log p{digit}" for digit in digits),
    ]
    return [head.replace(" ", "\N{NO-BREAK SPACE}") for head in heads]


def _column(run: SoftmaxSteps, mark: int) -> list[str]:
    values = {
        "scores": run.scores.tolist(),
        "shift": [run.shift],
        "shifted": run.shifted.tolist(),
        "exponentials": run.exponentials.tolist(),
        "total": [run.total],
        "probs": run.probs.tolist(),
        "losses": run.losses.tolist(),
    }
    harmful: dict[tuple[str, int], Failure] = {
        (failure.quantity, failure.index or 0): failure for failure in run.failures if not failure.harmless
    }

    def cell(quantity: str, index: int, value: float) -> str:
        failure = harmful.get((quantity, index))
        if failure is None:
            return numeral(value)
        return (
            f":red-background[**{numeral(value)} ◀ {mark}**]"
            if failure == run.failure
            else f":red[{numeral(value)}]"
        )

    return [
        cell(quantity, index, value) for quantity, row in values.items() for index, value in enumerate(row)
    ]


def _core_column(run: SoftmaxSteps) -> list[str]:
    """Of our own functions only the results are known: they keep no intermediates."""
    count = len(run.scores)
    losses = cross_entropy([run.scores] * count, list(range(count)))
    before = [numeral(score) for score in run.scores.tolist()] + [_NOTHING] * (2 * count + 2)
    return before + [numeral(value) for value in [*softmax(run.scores).tolist(), *losses.tolist()]]


def two_forms(scores: Sequence[float], label: int, t: Translate) -> Table:
    """The loss of one class in every format, in its two written forms and by this core."""
    rows = []
    for dtype in DTYPES:
        row = softmax_steps(scores, "naive", dtype).scores
        losses = loss_from_share(row, label), loss_from_logsumexp(row, label), cross_entropy(row, label)
        rows.append([dtype, *(_alarmed(float(loss)) for loss in losses)])
    columns = [t("Number format"), f"−log(exp(f{label}) / Σ exp)", f"−f{label} + log Σ exp", "softmax_core"]
    return Table(columns, rows)


def trial(result: Trial, t: Translate) -> Table:
    """What a variant computed on each row of scores, above what is true."""
    columns = [t("result"), *(f"{t('class')} {index}" for index in range(result.expected.shape[-1]))]
    rows = []
    for name, values in ((t("this code"), result.computed), ("softmax_core", result.expected)):
        batch = values if values.ndim > 1 else values[None]
        for index, numbers in enumerate(batch.tolist()):
            label = f"{name}, {t('row')} {index}" if len(batch) > 1 else name
            rows.append([label, *(_alarmed(value, digits=6) for value in numbers)])
    return Table(columns, rows)


def _alarmed(value: float, digits: int = 4) -> str:
    return numeral(value, digits) if isfinite(value) else f":red[**{numeral(value)}**]"
