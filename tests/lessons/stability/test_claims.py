"""What the lesson on stability says, checked by plain NumPy and fifty digits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from math import inf, isfinite, isinf, isnan, log
from typing import Any, NamedTuple

import ml_dtypes
import mpmath
import numpy as np
import pytest

from lessons.stability import bugs, causes, forbidden, predictions, safe, sure
from lessons.stability.pictures import divergence, failures, line, ranges
from lessons.stability.pictures import sure as curves
from lessons.stability.worksheet import questions
from softmax_core import DTYPES, float_limits, softmax_steps
from softmax_core.numerics import safe_shift_interval, try_variant
from tests.lessons.conftest import open_page, said
from tests.lessons.said import Sentence, heard, page, unchecked, unknown, untrue
from ui import text
from ui.numerals import numeral
from ui.page import Page
from ui.predict import ask
from ui.typed import MAX_SCORE

LANGUAGES = pytest.mark.parametrize("code", text.CODES)
FORMATS = {name: np.dtype(getattr(ml_dtypes, name, None) or name) for name in DTYPES}
EXTREMES: Sequence[Sequence[float]] = (
    (123.0, 456.0, 789.0),
    (10.0, -100.0, -100.0),
    (0.0, -40.0),
    (20.0, 0.0, -10.0),
    (0.0, -34.0),
    (-2000.0, 2000.0),
    (-1000.0, -1001.0, -1002.0),
    (0.0, 0.0, 0.0, -103.5),
    (0.0, 0.0, 0.0, -16.9),
    (1e-9, 0.0),
    (14.3125, 53.0, 91.5),
    (700.0, 700.0, 709.7, 709.5, 709.6),
    (88.5, 88.0, 87.0),
    (11.0, 11.0, 11.0, 11.0),
    (0.0, 500.0, 1000.0),
    (0.0, 0.0),
    (5.0,) * 8,
    (10_000.0, -10_000.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0),
    (-10_000.0, -10_000.0),
    (0.0, 1450.0),
    (100.0, 0.0, -900.0),
    (-inf, 0.0, 1.0),
    (3.0, -inf),
    (-inf, 1000.0, -inf, 0.0),
    (-inf, -1000.0, -1001.0),
    (1e4, -inf, -1e4),
    (-inf, 0.0, 0.0, -16.9),
)


class Setting(NamedTuple):
    """A row of scores in a format, and a shift."""

    scores: Sequence[float]
    dtype: str
    log_c: float

    @property
    def row(self) -> np.ndarray[Any, Any]:
        return np.asarray(self.scores, dtype=np.float64).astype(FORMATS[self.dtype])

    @property
    def allowed(self) -> np.ndarray[Any, Any]:
        """Which classes are not forbidden."""
        return np.isfinite(np.asarray(self.scores))

    @property
    def digits(self) -> int:
        return {"float64": 53, "float32": 24, "float16": 11, "bfloat16": 8}[self.dtype]

    @property
    def largest(self) -> float:
        return float((ml_dtypes.finfo if self.dtype == "bfloat16" else np.finfo)(FORMATS[self.dtype]).max)

    @property
    def smallest(self) -> float:
        finfo = (ml_dtypes.finfo if self.dtype == "bfloat16" else np.finfo)(FORMATS[self.dtype])
        return float(finfo.smallest_subnormal)


def figure(printed: Any) -> float:
    return float(str(printed).replace("−", "-"))


def figures(printed: str) -> list[float]:
    return [figure(part) for part in re.split(r", ", printed.strip("[]"))]


def agrees(printed: Any, value: float) -> bool:
    """Whether a number printed in four digits or more is this value."""
    text = str(printed).replace("−", "-")
    if text.strip("-") in ("nan", "inf", "0"):
        return float(text) == value or (text == "nan" and isnan(value))
    right = mpmath.mpf(value)
    return bool(abs(mpmath.mpf(text) - right) <= 0.5001e-3 * abs(right))


@cache
def exact_losses(scores: tuple[float, ...]) -> tuple[Any, ...]:
    """−log p of every class in fifty digits beyond what cancels."""
    with mpmath.workdps(60):
        gaps = [[mpmath.exp(mpmath.mpf(other) - mpmath.mpf(own)) for other in scores] for own in scores]
        return tuple(
            mpmath.inf
            if scores[at] == -inf
            else mpmath.log1p(mpmath.fsum(gap for index, gap in enumerate(row) if index != at))
            for at, row in enumerate(gaps)
        )


def losses(setting: Setting) -> tuple[Any, ...]:
    return exact_losses(tuple(map(float, setting.row)))


@np.errstate(all="ignore")
def runs(setting: Setting) -> list[Mapping[str, Any]]:
    """The ways to compute it, once more and in the plainest way."""
    row = setting.row
    zero, top = row.dtype.type(0), row.max()
    shifts = {
        "naive": zero,
        "shifted": -top,
        "wrong_sign": top,
        "free_shift": np.asarray(setting.log_c).astype(row.dtype)[()],
    }
    found = []
    for name, shift in shifts.items():
        powers = np.exp(row + shift)
        probabilities = powers / powers.sum()
        found.append(
            {
                "name": name, "arguments": row + shift, "powers": powers, "total": powers.sum(),
                "probabilities": probabilities, "losses": -np.log(probabilities),
            }
        )  # fmt: skip
    by_logs = np.log(found[1]["total"]) - found[1]["arguments"]
    found.append({**found[1], "name": "logsumexp", "losses": by_logs, "probabilities": np.exp(-by_logs)})
    return found


def some(setting: Setting, holds: Callable[[Mapping[str, Any]], bool]) -> bool:
    """Whether it is so in one of the ways to compute."""
    return any(holds(run) for run in runs(setting))


# ---- single facts


def too_large(setting: Setting, values: Mapping[str, Any]) -> bool:
    with mpmath.workdps(30):
        limit = mpmath.log(setting.largest)
        beyond = mpmath.exp(figure(values["operand"])) > setting.largest
    return (
        agrees(values["bound"], setting.largest)
        and abs(figure(values["limit"]) - limit) <= 0.51e-4
        and figure(values["operand"]) > figure(values["limit"])
        and bool(beyond)
    )


def too_small(setting: Setting, values: Mapping[str, Any]) -> bool:
    with mpmath.workdps(30):
        below = 0 < mpmath.exp(figure(values["operand"])) < setting.smallest
    return agrees(values["bound"], setting.smallest) and bool(below)


def sum_too_large(setting: Setting, values: Mapping[str, Any]) -> bool:
    return agrees(values["bound"], setting.largest) and some(
        setting, lambda run: np.isfinite(run["powers"]).all() and np.isinf(run["total"])
    )


def all_zero(setting: Setting, _values: Mapping[str, Any]) -> bool:
    return some(setting, lambda run: not run["powers"].any() and run["total"] == 0)


def evaluated(operation: str, dtype: np.dtype[Any]) -> float:
    """What an operation as it is printed comes to, in the format."""
    with np.errstate(all="ignore"):
        if " / " in operation:
            above, below = (np.asarray(figure(part)).astype(dtype) for part in operation.split(" / "))
            return float(above / below)
        argument = figure(re.sub(r"^−log\(|^exp\(|\)$| \+ log C$", "", operation))
        if operation.startswith("−log("):
            return -log(argument) if argument > 0 else inf
        return float(np.exp(np.asarray(argument).astype(dtype))) if operation.startswith("exp(") else argument


def is_nan(setting: Setting, values: Mapping[str, Any]) -> bool:
    return isnan(evaluated(values["operation"], FORMATS[setting.dtype]))


def is_infinite(setting: Setting, values: Mapping[str, Any]) -> bool:
    return isinf(evaluated(values["operation"], FORMATS[setting.dtype]))


def is_zero(setting: Setting, values: Mapping[str, Any]) -> bool:
    return evaluated(values["operation"], FORMATS[setting.dtype]) == 0


def is_lost(setting: Setting, values: Mapping[str, Any]) -> bool:
    label = int(values["label"])
    return near_truth(values["truth"], losses(setting)[label], setting) and some(
        setting, lambda run: run["losses"][label] == 0 and run["powers"].max() == run["total"]
    )


def nothing_fails(setting: Setting, _values: Mapping[str, Any]) -> bool:
    """Every result of some way is finite, and no loss is 0 where the format holds a true one above 0."""

    def is_sound(run: Mapping[str, Any]) -> bool:
        own = run["losses"].astype(np.float64)
        truth = [float(each) for each in losses(setting)]
        return bool(
            (np.isfinite(own) == setting.allowed).all()
            and np.isfinite(run["probabilities"].astype(np.float64)).all()
        ) and not any(loss == 0 and true > setting.smallest for loss, true in zip(own, truth, strict=True))

    return some(setting, is_sound)


def is_subnormal(setting: Setting, values: Mapping[str, Any]) -> bool:
    left = int(values["left"])
    return values["all"] == setting.digits and some(
        setting,
        lambda run: any(
            agrees(values["argument"], float(argument))
            and setting.smallest * 2.0 ** (left - 1) <= float(power) < setting.smallest * 2.0**left
            and left < setting.digits
            for argument, power in zip(run["arguments"], run["powers"], strict=True)
        ),
    )


def is_worn(setting: Setting, values: Mapping[str, Any]) -> bool:
    label, truth = int(re.findall(r"\d+$", values["name"])[0]), losses(setting)
    true = float(truth[label]) if values["name"].startswith("−log") else float(mpmath.exp(-truth[label]))
    quantity = "losses" if values["name"].startswith("−log") else "probabilities"
    own = [float(run[quantity][label]) for run in runs(setting)]
    kept = [-np.log2(abs(each / true - 1)) for each in own if agrees(figure(values["computed"]), each)]
    unit = max(2.0 ** (1 - setting.digits) * true, setting.smallest)
    return (
        values["all"] == setting.digits
        and any(abs(each - int(values["bits"])) <= 1.6 for each in kept)
        and abs(figure(values["better"]) - true) <= 5 * unit + 0.5e-3 * true
        and abs(figure(values["computed"]) - true) > 3 * unit
    )


def does_no_harm(setting: Setting, values: Mapping[str, Any]) -> bool:
    shifted = runs(setting)[1]
    return (
        shifted["total"] >= 1
        and float(mpmath.exp(figure(values["argument"]))) < setting.smallest
        and np.isfinite(runs(setting)[-1]["losses"].astype(np.float64))[setting.allowed].all()
    )


def probabilities_are(setting: Setting, values: Mapping[str, Any]) -> bool:
    free = next(run for run in runs(setting) if run["name"] == "free_shift")
    return all(map(agrees, figures(values["probs"]), map(float, free["probabilities"])))


# ---- the sure class


def surest(setting: Setting, values: Mapping[str, Any]) -> tuple[Any, float, float, bool]:
    """Its true loss, that of log-sum-exp, the exact x, and whether it alone has the highest score."""
    label = int(values["label"])
    truth = losses(setting)[label]
    own = float(runs(setting)[-1]["losses"][label])
    return (
        truth,
        own,
        float(mpmath.expm1(truth)),
        list(setting.row).index(max(setting.row)) == label and list(setting.row).count(max(setting.row)) == 1,
    )


def near_truth(printed: Any, truth: Any, setting: Setting) -> bool:
    return abs(figure(printed) - float(truth)) <= 0.51e-3 * float(truth) + 5 * max(
        2.0 ** (1 - setting.digits) * float(truth), setting.smallest
    )


def sure_lost(setting: Setting, values: Mapping[str, Any]) -> bool:
    truth, own, x, is_top = surest(setting, values)
    return (
        is_top and own == 0 and runs(setting)[1]["total"] == 1
        and near_truth(values["truth"], truth, setting) and near_truth(values["rest"], x, setting)
    )  # fmt: skip


def sure_worn(setting: Setting, values: Mapping[str, Any]) -> bool:
    truth, own, x, is_top = surest(setting, values)
    return (
        is_top and own > 0 and agrees(values["computed"], own) and values["computed"] != values["truth"]
        and near_truth(values["truth"], truth, setting) and near_truth(values["rest"], x, setting)
    )  # fmt: skip


def sure_kept(setting: Setting, values: Mapping[str, Any]) -> bool:
    _truth, own, x, is_top = surest(setting, values)
    return is_top and agrees(values["truth"], own) and near_truth(values["rest"], x, setting)


def sure_too_small(setting: Setting, values: Mapping[str, Any]) -> bool:
    truth, _own, _x, is_top = surest(setting, values)
    return is_top and 0 < truth <= setting.smallest * 0.51


# ---- the shift


def total_at(setting: Setting, log_c: float) -> tuple[np.ndarray[Any, Any], float]:
    with np.errstate(all="ignore"):
        powers = np.exp(setting.row[setting.allowed] + np.asarray(log_c).astype(setting.row.dtype)[()])
        return powers.astype(np.float64), float(powers.sum())


def normal(setting: Setting) -> float:
    return setting.smallest * 2.0 ** (setting.digits - 1)


def safe_between(setting: Setting, values: Mapping[str, Any]) -> bool:
    low, high, least = (figure(values[name]) for name in ("low", "high", "least"))
    inside = [total_at(setting, log_c) for log_c in (low, high, (low + high) / 2)]
    powers, total = total_at(setting, least)
    return all(isfinite(total) and powers.min() >= normal(setting) for powers, total in inside) and (
        powers.min() > 0 and isfinite(total)
    )


def none_zero_but_subnormal(setting: Setting, values: Mapping[str, Any]) -> bool:
    return all(
        total_at(setting, figure(values[name]))[0].min() > 0
        and isfinite(total_at(setting, figure(values[name]))[1])
        for name in ("least", "high")
    ) and not any_safe(setting, normal(setting))


def any_safe(setting: Setting, least: float) -> bool:
    """Whether one of many shifts keeps every exponential at that size and the sum finite."""
    top, bottom = float(setting.row.max()), float(setting.row.min())
    middle = log(setting.largest) - top
    for log_c in np.linspace(middle - 4, middle + 1, 41):
        powers, total = total_at(setting, log_c)
        if powers.min() >= least and isfinite(total):
            return True
    return bottom > top


def too_far_apart(setting: Setting, values: Mapping[str, Any]) -> bool:
    ends = [total_at(setting, figure(values[name]))[1] for name in ("low", "high")]
    return all(normal(setting) <= total < inf for total in ends) and not any_safe(setting, setting.smallest)


def minus_max_inside(setting: Setting, values: Mapping[str, Any]) -> bool:
    powers, total = total_at(setting, -float(setting.row.max()))
    return (
        agrees(values["minus_max"], -float(setting.row.max()))
        and powers.min() >= normal(setting)
        and isfinite(total)
    )


def minus_max_lower(setting: Setting, values: Mapping[str, Any]) -> bool:
    powers, total = total_at(setting, -float(setting.row.max()))
    truth = [float(mpmath.exp(-each)) for each in losses(setting) if each < mpmath.inf]
    slack = 1 + 2.0 ** (3 - setting.digits)
    short = [true for power, true in zip(powers, truth, strict=True) if power < normal(setting)]
    return (
        bool(short)
        and all(true < normal(setting) * slack for true in short)
        and normal(setting) <= total < inf
    )


# ---- the film


@cache
def exact_probabilities(scores: tuple[float, ...]) -> tuple[Any, ...]:
    with mpmath.workdps(60):
        return tuple(mpmath.exp(-each) for each in exact_losses(scores))


def ulp_errors(setting: Setting, scale: float) -> tuple[float, float]:
    """The errors of the naive and of the shifted softmax at one scale, in units of the last place."""
    row = (np.asarray(self_scores := setting.scores, dtype=np.float64) * scale).astype(setting.row.dtype)
    assert len(self_scores) == len(row)
    truth = exact_probabilities(tuple(map(float, row)))
    worst = []
    with np.errstate(all="ignore"), mpmath.workdps(60):
        for shift in (row.dtype.type(0), row.max()):
            powers = np.exp(row - shift)
            probabilities = (powers / powers.sum()).astype(np.float64)
            units = [
                max(2.0 ** (np.floor(float(mpmath.log(true, 2))) + 1 - setting.digits), setting.smallest)
                if true
                else setting.smallest
                for true in truth
            ]
            off = [
                abs(float((probability - true) / unit))
                for probability, true, unit in zip(probabilities, truth, units, strict=True)
            ]
            worst.append(max(off) if np.isfinite(probabilities).all() else inf)
    return worst[0], worst[1]


@cache
def before_the_break(setting: Setting) -> tuple[float, float]:
    """The largest errors at the scales of the film before the naive softmax is lost."""
    sweep = divergence._sweep(tuple(setting.scores), setting.dtype)
    broken = divergence.breaking_point(tuple(setting.scores), setting.dtype)
    assert broken
    pairs = [ulp_errors(setting, float(scale)) for scale in sweep.scales[sweep.scales < broken[0]]]
    return max(pair[0] for pair in pairs), max(pair[1] for pair in pairs)


def errors_are(setting: Setting, values: Mapping[str, Any]) -> bool:
    naive, shifted = before_the_break(setting)
    return all(
        abs(figure(values[name]) - own) <= 1e-3 * own + 0.01
        for name, own in (("naive", naive), ("shifted", shifted))
    )


def naive_nearer(setting: Setting, values: Mapping[str, Any]) -> bool:
    naive, shifted = before_the_break(setting)
    return errors_are(setting, values) and naive < shifted


def shifted_nearer(setting: Setting, values: Mapping[str, Any]) -> bool:
    naive, shifted = before_the_break(setting)
    return errors_are(setting, values) and shifted < naive


def breaks_at(setting: Setting, values: Mapping[str, Any]) -> bool:
    """Just above the scale the naive softmax is lost, well below it is not; the shifted one is never nan."""
    scale = figure(values["scale"])
    with np.errstate(all="ignore"):
        lost = []
        for factor in (0.9 * scale, 1.02 * scale):
            row = (np.asarray(setting.scores) * factor).astype(setting.row.dtype)
            powers = np.exp(row)
            lost.append(not np.isfinite(powers.sum()) or not powers.any())
        sweep = divergence._sweep(tuple(setting.scores), setting.dtype)
        rows = np.multiply.outer(sweep.scales, np.asarray(setting.scores)).astype(setting.row.dtype)
        powers = np.exp(rows - rows.max(axis=1, keepdims=True))
        probabilities = powers / powers.sum(axis=1, keepdims=True)
    return lost == [False, True] and bool(np.isfinite(probabilities.astype(np.float64)).all())


def never_breaks(setting: Setting, _values: Mapping[str, Any]) -> bool:
    sweep = divergence._sweep(tuple(setting.scores), setting.dtype)
    with np.errstate(all="ignore"):
        totals = np.exp(
            np.multiply.outer(sweep.scales, np.asarray(setting.scores)).astype(setting.row.dtype)
        ).sum(axis=1)
    return bool(np.isfinite(totals.astype(np.float64)).all() and (totals > 0).all())


# ---- predictions, asked in another format


def elsewhere(setting: Setting, values: Mapping[str, Any]) -> Setting:
    return setting._replace(dtype=values.get("dtype", "float16" if setting.dtype == "float32" else "float32"))


def lowest(setting: Setting) -> int:
    return setting.scores.index(min(score for score in setting.scores if score > -inf))


def is_masked(setting: Setting, values: Mapping[str, Any]) -> bool:
    """Whether these classes, counted from 0, are all that are forbidden, and there are any."""
    return [int(label) for label in values["labels"].split(", ")] == np.flatnonzero(~setting.allowed).tolist()


def in_shifted(
    holds: Callable[[Mapping[str, Any], int, Mapping[str, Any]], bool],
) -> Callable[[Setting, Mapping[str, Any]], bool]:
    def check(setting: Setting, values: Mapping[str, Any]) -> bool:
        other = elsewhere(setting, values)
        return holds(runs(other)[1], lowest(setting), values)

    return check


def logs_find(setting: Setting, values: Mapping[str, Any]) -> bool:
    return isfinite(float(runs(elsewhere(setting, values))[-1]["losses"][lowest(setting)]))


def all_or_nothing(setting: Setting, values: Mapping[str, Any]) -> bool:
    probabilities = runs(elsewhere(setting, {}))[0]["probabilities"].astype(np.float64)
    return bool(np.isnan(probabilities).all() or not np.isnan(probabilities).any()) and exponentials_are(
        setting, values
    )


def exponentials_are(setting: Setting, values: Mapping[str, Any]) -> bool:
    powers = runs(elsewhere(setting, {}))[0]["powers"]
    return all(map(agrees, figures(values["exponentials"]), map(float, powers)))


def doubled_top(setting: Setting, values: Mapping[str, Any]) -> bool:
    return agrees(values["top"], float(setting.row.max()))


def at_four_decimals(setting: Setting, values: Mapping[str, Any]) -> bool:
    other = elsewhere(setting, values)
    high, low = (values.get(name) for name in ("high", "low"))
    high = values.get("limit", high)
    with mpmath.workdps(30):
        right = high is None or abs(figure(high) - mpmath.log(other.largest)) <= 0.51e-4
        return bool(
            right
            and (low is None or abs(figure(low) - mpmath.log(mpmath.mpf(other.smallest) / 2)) <= 0.51e-4)
        )


CHECKS: dict[str, Callable[[Setting, Mapping[str, Any]], bool]] = {
    "exp({operand}) is larger than {bound}, the largest number of {dtype}, "
    "where exp takes at most {limit}": lambda s, v: too_large(elsewhere(s, v), v),
    "exp({operand}) is smaller than {bound}, the smallest positive number "
    "of {dtype}, and becomes 0": lambda s, v: too_small(elsewhere(s, v), v),
    "the sum of the exponentials passes {bound}, the largest number of {dtype}": lambda s, v: sum_too_large(
        elsewhere(s, v), v
    ),
    "{operation} is too small for {dtype} and becomes 0": lambda s, v: is_zero(elsewhere(s, v), v),
    "sure-lost": sure_lost,
    "sure-worn": sure_worn,
    "sure-kept": sure_kept,
    "sure-too-small": sure_too_small,
    "limits": at_four_decimals,
    "two-limits": lambda s, v: (
        agrees(v["largest"], s.largest)
        and at_four_decimals(s, v)
        and bool(np.isfinite(s.row[s.allowed]).all())
    ),
    "no-sign": lambda s, _v: float(s.row.max()) <= 0,
    "limit-reason": at_four_decimals,
    "probabilities {probs}; {story}.": probabilities_are,
    "Safe for the exponentials and their sum is every log C from {low} to "
    "{high}: every exponential keeps all "
    "its digits, and the sum stays finite. From {least} up to there no "
    "exponential is 0, but the smallest are "
    "subnormal: digits are lost.": safe_between,
    "No log C keeps all digits of every exponential. From {least} to {high} none is 0 or infinite, but the "
    "smallest are subnormal: digits are lost.": none_zero_but_subnormal,
    "No log C keeps every exponential above 0 and below infinity: the "
    "scores lie too far apart. From {low} to "
    "{high} at least the sum keeps all its digits. −max = {minus_max} is one of these: it loses only "
    "probabilities too small for the format.": too_far_apart,
    "−max = {minus_max} lies inside the safe part.": minus_max_inside,
    "−max = {minus_max} lies lower: there some exponential becomes 0 or loses digits, but only one whose "
    "probability the format cannot hold in full anyway. The sum keeps all its digits.": minus_max_lower,
    "In {dtype} none of these scales breaks the naive softmax.": never_breaks,
    "In {dtype} the naive softmax is lost from scores × {scale} on; the "
    "shifted one never becomes nan.": breaks_at,
    "Until then the naive one is the more accurate: its error is at most "
    "{naive} ulp, that of the shifted one "
    "{shifted}, as f − max is rounded before exp.": naive_nearer,
    "Until then the shifted one is the more accurate: its error is at most {shifted} ulp, that of the naive "
    "one {naive}.": shifted_nearer,
    "Until then their errors are at most {naive} and {shifted} ulp.": errors_are,
    "exp({argument}) is not 0 in {dtype}; the probability {probability} has a logarithm.": in_shifted(
        lambda run, at, values: (
            run["powers"][at] > 0 < run["probabilities"][at]
            and agrees(values["probability"], float(run["probabilities"][at]))
        )
    ),
    "It would need a probability of 0. In {dtype} the probability is {probability}, still a number above "
    "0.": in_shifted(
        lambda run, at, values: (
            run["probabilities"][at] > 0 and agrees(values["probability"], float(run["probabilities"][at]))
        )
    ),
    "That is the loss by the log of the sum. But here exp({argument}) has become 0 in {dtype} before the "
    "logarithm sees it.": lambda s, v: (
        logs_find(s, v) and in_shifted(lambda run, at, _v: run["powers"][at] == 0)(s, v)
    ),
    "exp({argument}) becomes 0 in {dtype}, and −log 0 is infinite: shifting alone is not enough.": in_shifted(
        lambda run, at, _values: run["powers"][at] == 0
    ),
    "That is the loss by the log of the sum. But here the probability {power} / {total} has become 0 in "
    "{dtype} before the logarithm sees it.": lambda s, v: (
        logs_find(s, v)
        and in_shifted(lambda run, at, _v: run["powers"][at] > 0 == run["probabilities"][at])(s, v)
    ),
    "exp({argument}) = {power} is still above 0 in {dtype}, but {power} / {total} is not, and −log 0 is "
    "infinite: shifting alone is not enough.": in_shifted(
        lambda run, at, values: (
            run["powers"][at] > 0 == run["probabilities"][at]
            and agrees(values["power"], float(run["powers"][at]))
        )
    ),
    "A loss of 0 needs a probability of 1; no class has a lower score than class "
    "{label}.": lambda setting, values: setting.scores[int(values["label"])] == min(setting.scores),
    "A loss of 0 needs a probability of 1; of the classes that are not forbidden none has a lower score than "
    "class {label}.": lambda s, v: not s.allowed.all() and int(v["label"]) == lowest(s),
    "**Forbidden classes**, by a score of −inf: {labels}. exp(−inf) is exactly 0 in every format, and 0 is "
    "the right probability. Were such a class the true one, inf would be the right loss.": is_masked,
    "−inf lies beyond the left end of the line, at every shift. Forbidden classes: {labels}.": is_masked,
    "What follows is about the classes that are not forbidden.": lambda s, _v: not s.allowed.all(),
    "It is all or nothing here: the exponentials are {exponentials}.": all_or_nothing,
    "Only inf / inf and 0 / 0 are nan. The exponentials are {exponentials}.": exponentials_are,
    "The exponentials are {exponentials}: {story}": exponentials_are,
    "Some exponential or the sum leaves the format: {story}": lambda setting, _values: (
        not never_breaks_here(elsewhere(setting, {}))
    ),
    "The maximum is added to itself, {top} + {top}: in {dtype} {story}.": doubled_top,
}


def never_breaks_here(setting: Setting) -> bool:
    run = runs(setting)[0]
    return bool(0 < float(run["total"]) < inf)


#: Said of one run, in whatever format it was made: the setting's own or that of the predictions.
IN_EITHER: dict[str, Callable[[Setting, Mapping[str, Any]], bool]] = {
    "next to the largest exponential the others do not change the sum, and "
    "the loss of class {label} becomes 0 "
    "instead of {truth}: every digit of it is lost": is_lost,
    "even the highest exponential is 0, and with it the sum": all_zero,
    "{operation} has no value: nan": is_nan,
    "{operation} is infinite": is_infinite,
    "{operation} is 0": is_zero,
    "exp({argument}) is subnormal: only {left} of {all} bits left": is_subnormal,
    "{name} = {computed} is right in {bits} of {all} bits only: softmax_core finds {better}": is_worn,
    "exp({argument}) becomes 0, which does no harm here: it would not "
    "change a sum of at least 1": does_no_harm,
    "nothing fails": nothing_fails,
}
CHECKS |= {
    name: lambda s, v, check=check: check(s, v) or check(elsewhere(s, {}), v)  # type: ignore[misc]
    for name, check in IN_EITHER.items()
}
PLAIN = frozenset(
    {
        "burst",
        "subtract",
        "any-c",
        "zones",
        "by-logs",
        "interact",
        "sure",
        "sign-question",
        "lost-sign",
        "sum",
        "watch",
        "bugs",
        "computation-shares",
        "computation-losses",
        "two-forms",
        "limit-question",
        "limit-other",
        "limit-largest",
        *(name for name in text.language("en").prose("stability") if name.startswith(("line-", "needs-"))),
        # put together from sentences that are checked
        "{cause}, so {effect}",
        "{story}; besides, {lost}",
        "{story}; {remark}",
        "nothing fails, but {lost}",
        # names, labels, and numbers beside their names
        "{dtype} holds {pairs}.",
        "{score} as {rounded}",
        "For each number format a bar shows the arguments for which exp is "
        "neither 0 nor infinite; in {dtype} "
        "from {low} to {high}. The scores {scores} and, shifted by −max, {shifted} stand above the bars.",
        "The scores {scores} and, shifted by {log_c}, {arguments} stand on a line. In {dtype} exp takes "
        "arguments from {low} to {high}.",
        "Their exponentials are {exponentials}. {title}: {values}.",
        "Loss of class {label}",
        "Largest error in ulp: {worst}.",
        "overflow: exp({top})",
        "probability of class {top}",
        "{name}, probability",
        "{name}, ulp",
        # questions
        "The scores {scores} in {dtype}: what is the loss −log p of class {label} after the shifted softmax?",
        "The naive softmax of the scores {scores} in {dtype}: how many of its probabilities are nan?",
    }
)


def settings(count: int) -> Iterator[Setting]:
    """The extremes in every format, then random rows."""
    for scores in EXTREMES:
        for dtype in DTYPES:
            yield Setting(tuple(scores), dtype, -500.0)
    rng = np.random.default_rng(11)
    for _ in range(count):
        size = 10.0 ** rng.uniform(-2, 4)
        scores = rng.uniform(-1, 1, rng.integers(2, 9)) * size + rng.choice([0.0, 0.0, size, -size]) / 2
        scores = np.clip(np.where(rng.random() < 0.4, scores.round(), scores), -MAX_SCORE, MAX_SCORE)
        if rng.random() < 0.3:
            scores[rng.permutation(len(scores))[: rng.integers(1, len(scores))]] = -inf
        dtype = str(rng.choice(DTYPES))
        yield Setting(
            tuple(scores.tolist()),
            dtype,
            float(rng.choice([-scores.max(), scores.max(), rng.uniform(-1e3, 1e3)])),
        )


def ask_all(here: Page, scores: Sequence[float], dtype: str) -> None:
    """What the lesson asks, mostly in another format than the reader's."""
    other = "float16" if dtype == "float32" else "float32"
    if np.isfinite(scores).sum() > 1:
        predictions.shifted_loss(here, scores, other)
    predictions.naive_nans(here, scores, other)
    predictions.limit(here, other)
    if predictions.highest(scores, dtype) > 0:
        predictions.lost_sign(here, scores, dtype)
    else:
        here.text("no-sign")


def say_all(setting: Setting, film: bool) -> list[Sentence]:
    here, t = page("stability"), page("stability").t
    scores, dtype, log_c = setting
    low, high = causes.ends_of_exp(dtype)
    with heard() as sentences:
        here.text("limits", dtype=dtype, high=high, low=low)
        failures.rounded_scores(scores, dtype, t)
        failures.comparison(scores, dtype, t)
        forbidden.words(scores, t)
        if (
            setting.allowed.all() and setting.row.tolist().count(setting.row.max()) == 1
        ):  # as in every row that the slider makes
            section, live = sure.surest(scores, dtype)
            here.text(section, **live)
        here.text("two-limits", dtype=dtype, high=high, largest=numeral(float_limits(dtype).max))
        ranges.ranges(scores, dtype, t)
        steps, most = softmax_steps(scores, "free_shift", dtype, log_c), line.reach(scores, dtype)
        line.line(steps, line.span(scores, dtype, -most, most), t, line.probabilities(steps, t))
        safe.safe_words(safe_shift_interval(scores, dtype), t, not setting.allowed.all())
        failures.outcome(steps, t)
        ask_all(here, scores, dtype)
        if film:
            divergence.divergence(scores, dtype, failures.algorithm_names(t), t)
    return sentences


def test_every_sentence_is_checked_or_plain() -> None:
    assert unchecked("stability", CHECKS, PLAIN) == []


def test_no_sentence_is_false_anywhere() -> None:
    names: set[str] = set()
    for number, setting in enumerate(settings(60)):
        sentences = say_all(setting, film=number % 24 == 0 or not any(setting.scores))
        assert (setting, untrue(sentences, CHECKS, setting)) == (setting, [])
        assert unknown(sentences, CHECKS, PLAIN) == set()
        names |= {sentence.name for sentence in sentences}
    assert set(CHECKS) - names <= {"{operation} is infinite"} | {
        name for name in CHECKS if name.startswith("Until then")
    }


@LANGUAGES
def test_one_option_is_right_and_no_two_are_alike(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[ask.Option]] = []
    monkeypatch.setattr(ask, "choice", lambda _page, _key, _question, options, *_: asked.append(options))
    monkeypatch.setattr(ask, "number", lambda *_: None)
    for setting in settings(40):
        asked.clear()
        ask_all(page("stability", code), setting.scores, setting.dtype)
        for options in asked:
            assert len({option.text for option in options}) == len(options), setting
            assert sum(option.right for option in options) == 1


@pytest.mark.parametrize(
    ("scores", "dtype"),
    [
        ((10.0, -100.0, -100.0), "float64"),
        ((0.0, -40.0), "float64"),
        ((20.0, 0.0, -10.0), "bfloat16"),
        ((50.0, 1.0, 2.0), "float64"),
        ((0.0, -18.0), "float32"),
        ((-3.0, -12.0), "float16"),
    ],
)
def test_where_every_digit_of_a_loss_is_lost_nothing_is_not_said_to_fail(
    scores: Sequence[float], dtype: str
) -> None:
    seen = failures.comparison(scores, dtype, text.language("en"))
    assert not any("nothing fails" in note for note in seen.notes)
    (cells,) = [row for row in seen.table.rows if row[0].startswith("−log") and "p0" in row[0]]
    assert all(":red" in cell for cell in cells[1:4])
    assert float(cells[4].replace("−", "-")) > 0


def test_the_division_that_makes_a_probability_0_is_told_from_the_exponential() -> None:
    steps = softmax_steps([0.0, 0.0, 0.0, -103.5], "shifted", "float32")
    assert steps.exponentials[3] > 0 == steps.probs[3]
    assert causes.story(steps, text.language("en")).startswith("1.401e−45 / 3 is too small for float32")


def test_a_harmless_underflow_is_not_the_cause_of_nan() -> None:
    told = causes.story(softmax_steps([-2000.0, 2000.0], "naive", "float32"), text.language("en"))
    assert told.startswith("exp(2000) is larger than")
    assert "−2000" not in told


def test_the_shift_costs_a_fifth_of_a_probability_in_bfloat16() -> None:
    """The figures of the section on the film."""
    row = np.array([14.3125, 53.0, 91.5], dtype=FORMATS["bfloat16"])
    powers = np.exp(row - row.max())
    assert [
        f"{float((powers / powers.sum())[0]):.3e}",
        mpmath.nstr(exact_probabilities(tuple(map(float, row)))[0], 4),
    ] == [
        "3.626e-34",
        "3.005e-34",
    ]
    for code in text.CODES:
        assert {"3.626e−34", "3.005e−34"} <= set(
            re.findall(r"[\d.]+e−\d+", text.language(code).prose("stability")["watch"])
        )


@LANGUAGES
def test_what_was_false_is_not_said_again(code: str) -> None:
    everything = " ".join(text.language(code).prose("stability").values())
    t = text.language(code)
    for scores in EXTREMES:
        for dtype in DTYPES:
            everything += " ".join(failures.comparison(scores, dtype, t).notes)
            everything += safe.safe_words(safe_shift_interval(scores, dtype), t)
    everything += divergence.divergence(EXTREMES[0], "bfloat16", failures.algorithm_names(t), t).description
    old = {
        "en": "ends at|is unstable|repairs the probabilities|stays true|"
        "Safe is every|from real life|is the best of",
        "ko": "의 상한은|의 하한은|불안정|확률은 고쳐집니다|계속 옳|모두 안전합니다|"
        "실제 프로젝트|가장 낫습니다|exp의 범위",
    }[code]
    assert re.findall(old, " ".join(everything.split())) == []


def ticks_in_order(picture: Any) -> bool:
    """Whether the ticks of every axis rise, and those that are numbers stand where they say."""
    for name, axis in picture.figure["layout"].items():
        places = axis.get("tickvals") if name.startswith(("xaxis", "yaxis")) else None
        if places is None:
            continue
        numbered = [
            (place, figure(label))
            for place, label in zip(places, axis["ticktext"], strict=True)
            if label not in ("nan", "inf")
        ]
        if list(places) != sorted(places) or not all(abs(place - label) <= 1e-3 for place, label in numbered):
            return False
    return True


@pytest.mark.parametrize("dtype", DTYPES)
def test_ticks_stand_where_they_say(dtype: str) -> None:
    t = text.language("en")
    film = divergence.divergence(EXTREMES[0], dtype, failures.algorithm_names(t), t)
    assert ticks_in_order(film)
    lanes = film.figure["layout"]["yaxis"]
    at = dict(zip(lanes["ticktext"], lanes["tickvals"], strict=True))
    lost = [value for trace in film.figure["data"][:1] for value in trace["y"] if value < 0]
    assert set(lost) == {at["nan"]}
    film.figure["layout"]["yaxis"]["tickvals"] = [0, at["nan"], 0.5, 1]
    assert not ticks_in_order(film)


@pytest.mark.parametrize("number", range(1, len(bugs.CARDS) + 1))
def test_every_reason_of_a_card_is_true_of_its_inputs(number: int) -> None:
    """What a card says that it needs, its inputs show: those that expose it have it, the others have not."""
    card = bugs.CARDS[number - 1]
    needs: dict[str, Callable[[np.ndarray[Any, Any]], bool]] = {
        "needs-size": lambda f: bool(
            (f + (f.max() if number == 2 else 0)).max() > 709.7827 or f.max() < -745
        ),
        "needs-two-rows": lambda f: f.ndim == 2,
        "needs-depth": lambda f: bool(f.max() < -700),
        "needs-spread": lambda f: bool(np.ptp(f, axis=-1).max() > 745),
        "needs-nothing": lambda f: bool(np.ptp(f, axis=-1).max() > 0),
        "needs-integers": lambda f: f.dtype.kind == "i",
        "needs-confidence": lambda f: bool(np.ptp(f, axis=-1).max() > 27.6),
    }
    for given in bugs.INPUTS:
        assert try_variant(card.variant, given).agrees != needs[card.needs](np.array(given)), given


@LANGUAGES
def test_no_slot_is_left_open_with_all_answers_revealed(code: str) -> None:
    at = open_page("stability", code, f="0, 0, 0, -103.5", dtype="float64")
    at.session_state["reveals-all"] = True
    at.run()
    assert not at.exception
    words = said(at)
    assert "1.401e−45 / 3" in words
    assert "[[" not in words
    for seed in range(5):
        for question in questions(text.language(code), np.random.default_rng(seed)):
            assert "[[" not in question.text + question.answer


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("lead", [1.0, 2.0, 20.0, 35.0, 36.0, 37.0, 90.0, 110.0, 120.0])
def test_what_is_said_of_a_sure_class_is_so_for_every_lead(lead: float, dtype: str) -> None:
    setting = Setting(curves.scores_of(lead), dtype, 0.0)
    with heard() as sentences:
        section, live = sure.surest(setting.scores, dtype)
        page("stability").text(section, **live)
    assert untrue(sentences, CHECKS, setting) == []


@pytest.mark.parametrize("lead", [0.0, 35.0, 110.0])
def test_the_picture_of_the_sure_class_holds_both_its_losses(lead: float) -> None:
    """In float64 by the exact loss, and by a sum in which 1 + x is rounded."""
    seen = curves.sure_loss(lead, "float64", text.language("en")).description
    summed, kept = (figure(each.rstrip(".")) for each in re.findall(r"is (\S+) by .* and (\S+) by", seen)[0])
    assert kept == pytest.approx(float(exact_losses(curves.scores_of(lead))[0]), rel=1e-3)
    assert summed == pytest.approx(float(np.log(1 + 2 * np.exp(-lead))), rel=1e-3)


@pytest.mark.parametrize("minus", [0.0, 11.0, 12.0, 100.0, 150.0, 190.0, 203.0, 204.0, 250.0])
def test_within_the_range_of_exp_any_constant_leaves_the_probabilities(minus: float) -> None:
    """Of the three close scores, as they slide: nan above, nan below, and the same between."""
    with np.errstate(all="ignore"):
        powers = np.exp(np.array([98.0, 99.0, 100.0], np.float32) - np.float32(minus))
        probabilities = powers / powers.sum()
    steps = softmax_steps((98.0, 99.0, 100.0), "free_shift", "float32", -minus)
    assert steps.probs.tolist() == pytest.approx(probabilities.tolist(), nan_ok=True)
    if 12 <= minus <= 185:
        assert steps.probs.tolist() == pytest.approx([0.0900306, 0.2447285, 0.6652410], rel=1e-6)
    assert np.isnan(steps.probs).any() == (minus < 11.3 or minus > 203.97)
