"""Every intermediate of every algorithm as a table, with what failed in it marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite, isnan

from lessons.stability.causes import chain, lost_digits, outcome, story, told, why
from softmax_core import DTYPES, SoftmaxSteps, cross_entropy, softmax, softmax_steps
from softmax_core.numerics import Algorithm, FormatName, Trial, loss_from_logsumexp, loss_from_probability
from ui.charts.picture import Table, Translate
from ui.numerals import numeral

__all__ = [
    "Comparison",
    "algorithm_names",
    "comparison",
    "in_each_format",
    "lost_digits",
    "outcome",
    "rounded_scores",
    "story",
    "trial",
    "two_forms",
    "why",
]

_NOTHING = "·"
_SCORE_DIGITS = 6
_COMPARED: tuple[Algorithm, ...] = ("naive", "shifted", "logsumexp")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table, and for each algorithm in it, by name, what went wrong first or that nothing did."""

    table: Table
    notes: Sequence[str]


def rounded_scores(scores: Sequence[float], dtype: FormatName, t: Translate) -> str:
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


def comparison(scores: Sequence[float], dtype: FormatName, t: Translate) -> Comparison:
    """Every intermediate of the three algorithms, and the results of this core's own functions."""
    runs = [softmax_steps(scores, algorithm, dtype) for algorithm in _COMPARED]
    names = algorithm_names(t)
    columns = [_column(run, mark) for mark, run in enumerate(runs, start=1)]
    columns.append(_core_column(runs[0]))
    heads = _heads(len(scores))
    table = Table(
        [t("step"), *names.values()], [[head, *cells] for head, *cells in zip(heads, *columns, strict=True)]
    )
    notes = [f"**{mark} {names[run.algorithm]}:** {told(run, t)}." for mark, run in enumerate(runs, start=1)]
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
    harmful = {
        (failure.quantity, failure.index or 0)
        for failure in run.failures
        if not failure.harmless and (failure.quantity, failure.kind) != ("scores", "underflow")
    }
    first = next(((cause.quantity, cause.index or 0) for cause in chain(run)), None)

    def cell(quantity: str, index: int, value: float) -> str:
        if (quantity, index) == first:
            return f":red-background[**{numeral(value)} ◀ {mark}**]"
        return f":red[{numeral(value)}]" if (quantity, index) in harmful or isnan(value) else numeral(value)

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
    rows, right = [], inf if scores[label] == -inf else None
    for dtype in DTYPES:
        row = softmax_steps(scores, "naive", dtype).scores
        losses = loss_from_probability(row, label), loss_from_logsumexp(row, label), cross_entropy(row, label)
        rows.append([dtype, *(_alarmed(float(loss), right=right) for loss in losses)])
    columns = [t("Number format"), f"−log(exp(f{label}) / Σ exp)", f"−f{label} + log Σ exp", "softmax_core"]
    return Table(columns, rows)


def in_each_format(scores: Sequence[float], label: int, t: Translate) -> Table:
    """What the probability and the loss of one class come to in every format, in three ways."""
    rows = []
    for dtype in DTYPES:
        naive, shifted, by_logs = (softmax_steps(scores, name, dtype) for name in _COMPARED)
        found = naive.probs[label], shifted.probs[label], shifted.losses[label], by_logs.losses[label]
        rows.append([dtype, *(_alarmed(float(value)) for value in found)])
    p, loss = f"p{label}", f"−log p{label}"
    names = algorithm_names(t)
    heads = [f"{p}, {names['naive']}", f"{p}, {names['shifted']}", f"{loss}, {names['shifted']}"]
    return Table([t("Number format"), *heads, f"{loss}, log-sum-exp"], rows)


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


def _alarmed(value: float, digits: int = 4, right: float | None = None) -> str:
    is_fine = isfinite(value) or value == right
    return numeral(value, digits) if is_fine else f":red[**{numeral(value)}**]"
