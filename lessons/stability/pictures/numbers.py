"""Where exp ends, and how a shift log C moves the scores into its range."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

import numpy as np

from lessons.stability.causes import ends_of_exp
from softmax_core import DTYPES, float_limits, softmax_steps
from softmax_core.numerics import SafeShifts, safe_shift_interval, softmax_free_shift
from ui.charts.picture import Handle, Picture, Table, Translate
from ui.charts.style import ALARM, COLOURS, FAINT, GOOD, INK, MARKERS, PAPER
from ui.numerals import inwards, numeral, row

Trace = dict[str, Any]

_MAX_WIDTH = 750.0  # a little more than float64 holds
_SAFE, _LOSSY = "/", "."  # patterns


def ranges(scores: Sequence[float], dtype: str, t: Translate) -> Picture:
    """Where exp stays between 0 and infinity in each format, with the scores before and after −max."""
    limits = [float_limits(name) for name in DTYPES]
    reach = 1.45 * max(_MAX_WIDTH, *map(abs, scores), max(scores) - min(scores))
    shifted = [score - max(scores) for score in scores]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": list(DTYPES),
        "width": 0.5,
        "base": [limit.exp_min for limit in limits],
        "x": [limit.exp_max - limit.exp_min for limit in limits],
        "marker": {
            "color": [GOOD if name == dtype else FAINT for name in DTYPES],
            "line": {"color": INK, "width": 1.5},
            "pattern": {"shape": ["/" if name == dtype else "" for name in DTYPES], "fgcolor": PAPER},
        },
        "hoverinfo": "skip",
    }
    ends = [
        {
            "type": "scatter",
            "mode": "text",
            "y": list(DTYPES),
            "x": [getattr(limit, end) for limit in limits],
            "text": [f" {ends_of_exp(name)[place]} " for name in DTYPES],
            "textposition": f"middle {side}",
            "hoverinfo": "skip",
        }
        for place, (end, side) in enumerate((("exp_min", "left"), ("exp_max", "right")))
    ]
    dots = [_dots(scores, "f"), _dots(shifted, "f − max")]
    layout = {
        "height": 330,
        "showlegend": False,
        "barmode": "overlay",
        "margin": {"l": 76, "t": 12, "r": 8},
        "xaxis": {
            "range": [-reach, reach],
            "title": {"text": t("argument of exp")},
            "zeroline": True,
            "nticks": 7,
        },
        "yaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [*DTYPES, "f − max", "f"],
            "range": [-0.6, len(DTYPES) + 1.5],
        },
    }
    title = t("Where exp ends")
    low, high = ends_of_exp(dtype)
    description = t(
        "For each number format a bar shows the arguments for which exp is neither 0 nor infinite; "
        "in {dtype} from {low} to {high}. "
        "The scores {scores} and, shifted by −max, {shifted} stand above the bars.",
        dtype=dtype,
        low=low,
        high=high,
        scores=row(scores),
        shifted=row(shifted),
    )
    table = Table(
        [t("Number format"), t("exp becomes 0 below"), t("exp overflows above"), t("largest number")],
        [[limit.name, *ends_of_exp(limit.name), numeral(limit.max)] for limit in limits],
    )
    return Picture(
        title,
        description,
        {
            "data": [bars, *ends, *dots],
            "layout": layout,
            "narrow": {"xaxis": {"nticks": 4, "range": [-1.3 * reach, 1.3 * reach]}},
        },
        table,
    )


def _dots(values: Sequence[float], level: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(values),
        "y": [level] * len(values),
        "marker": {
            "size": 13,
            "color": list(COLOURS[: len(values)]),
            "symbol": list(MARKERS[: len(values)]),
            "line": {"color": PAPER, "width": 1},
        },
        "hovertext": [numeral(value) for value in values],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def shift(scores: Sequence[float], dtype: str, log_c: float, most: float, t: Translate) -> Picture:
    """The arguments f + log C against log C, the format's range as a band, and the log C that are safe.

    log C goes from −`most` to `most`; the axes are fitted to the scores and their safe log C.
    """
    limits, safe = float_limits(dtype), safe_shift_interval(scores, dtype)
    steps = softmax_steps(scores, "free_shift", dtype, log_c)
    first, last = ends_of_exp(dtype)
    top = max(scores)
    reach = 1.3 * max(-limits.exp_min, *map(abs, scores), top - min(scores))
    rise = _rise(safe, top, limits.exp_min)
    at = max(-rise, min(log_c, rise))
    arguments = steps.shifted.tolist()
    band = _box(limits.exp_min, limits.exp_max, -rise, rise, FAINT, 0.35, "")
    data = [band]
    if not safe.is_empty:
        middle = min(safe.low_normal, safe.high)
        data.append(_box(limits.exp_min, limits.exp_max, safe.low, middle, GOOD, 0.55, _LOSSY))
    if not safe.loses_digits:
        data.append(_box(limits.exp_min, limits.exp_max, safe.low_normal, safe.high, GOOD, 0.55, _SAFE))
    data += [_path(score, index, rise) for index, score in enumerate(scores)]
    data += [_level(-top, reach, "dash", t("−max"), GOOD), _level(top, reach, "dot", t("+max"), ALARM)]
    data.append(_level(at, reach, "solid", "", INK))
    data.append(_dots_on(arguments if at == log_c else [inf] * len(scores), at, reach))
    layout = {
        "height": 440,
        "showlegend": False,
        "margin": {"t": 30, "r": 12},
        "xaxis": {
            "range": [-reach, reach],
            "title": {"text": t("argument of exp: f + log C")},
            "zeroline": True,
            "nticks": 7,
        },
        "yaxis": {"range": [-rise, rise], "title": {"text": "log C"}, "zeroline": True, "nticks": 7},
        "annotations": [
            *_powers(arguments, steps.exponentials.tolist(), at, reach),
            {
                "x": 0,
                "y": 1.0,
                "yref": "paper",
                "yanchor": "bottom",
                "showarrow": False,
                "text": t(
                    "{dtype}: exp takes {low} to {high}",
                    dtype=dtype,
                    low=first,
                    high=last,
                ),
            },
        ],
    }
    handle = Handle(0, t("Shift, log C"), numeral(log_c), reach * 0.93, log_c, -most, most, 1.0)
    description = t(
        "With log C = {log_c} the arguments of exp are {arguments}, their exponentials {exponentials}; "
        "in {dtype} exp takes arguments from {low} to {high}. {safe}",
        log_c=numeral(log_c),
        arguments=row(arguments),
        exponentials=row(steps.exponentials.tolist()),
        dtype=dtype,
        low=first,
        high=last,
        safe=safe_words(safe, t),
    )
    probs = softmax_free_shift(steps.scores, log_c).tolist()
    table = Table(
        [t("class"), t("Score"), "f + log C", "exp", t("Probability")],
        [
            [str(index), *map(numeral, values)]
            for index, values in enumerate(
                zip(scores, arguments, steps.exponentials.tolist(), probs, strict=True)
            )
        ],
    )
    figure = {"data": data, "layout": layout, "narrow": {"xaxis": {"nticks": 4}}}
    return Picture(t("The shift log C"), description, figure, table, [handle])


def safe_words(safe: SafeShifts, t: Translate) -> str:
    """The safe interval in numbers that lie inside it themselves, and where −max stands to it."""
    minus_max = numeral(safe.minus_max)
    if safe.is_empty:
        low, high = inwards(safe.low_total_normal, safe.high)
        return t(
            "No log C keeps every exponential above 0 and below infinity: the scores lie too far apart. "
            "From {low} to {high} at least the sum keeps all its digits. −max = {minus_max} is one of these: "
            "it loses only probabilities too small for the format.",
            low=low,
            high=high,
            minus_max=minus_max,
        )
    least, high = inwards(safe.low, safe.high)
    if safe.loses_digits:
        words = t(
            "No log C keeps all digits of every exponential. From {least} to {high} none is 0 or infinite, "
            "but the smallest are subnormal: digits are lost.",
            least=least,
            high=high,
        )
    else:
        low, high = inwards(safe.low_normal, safe.high)
        words = t(
            "Safe for the exponentials and their sum is every log C from {low} to {high}: every exponential "
            "keeps all its digits, and the sum stays finite. From {least} up to there no exponential is 0, "
            "but the smallest are subnormal: digits are lost.",
            least=least,
            low=low,
            high=high,
        )
    return f"{words} {_about_minus_max(safe, minus_max, t)}"


def _about_minus_max(safe: SafeShifts, minus_max: str, t: Translate) -> str:
    if safe.low_normal <= safe.minus_max <= safe.high:
        return t("−max = {minus_max} lies inside the safe part.", minus_max=minus_max)
    return t(
        "−max = {minus_max} lies lower: there some exponential becomes 0 or loses digits, but only one whose "
        "probability the format cannot hold in full anyway. The sum keeps all its digits.",
        minus_max=minus_max,
    )


def _rise(safe: SafeShifts, top: float, exp_min: float) -> float:
    """How far log C reaches in the picture, up and down: to ±max and to the ends of the safe interval."""
    low = safe.low_total_normal if safe.is_empty else safe.low
    return 1.35 * max(abs(end) for end in (low, safe.high, top, exp_min))


def _box(
    left: float, right: float, low: float, high: float, colour: str, opacity: float, pattern: str
) -> Trace:
    fill: Trace = (
        {
            "fillpattern": {
                "shape": pattern,
                "fgcolor": colour,
                "fgopacity": 0.4,
                "size": 9 if pattern == _SAFE else 6,
            }
        }
        if pattern
        else {"fillcolor": colour}
    )
    return {
        "type": "scatter",
        "mode": "lines",
        "fill": "toself",
        "x": [left, right, right, left, left],
        "y": [low, low, high, high, low],
        "line": {"color": colour, "width": 2 if pattern else 0},
        "opacity": opacity if not pattern else 1,
        "hoverinfo": "skip",
        **fill,
    }


def _path(score: float, index: int, rise: float) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [score - rise, score + rise],
        "y": [-rise, rise],
        "line": {"color": COLOURS[index], "width": 1.5},
        "opacity": 0.9,
        "hoverinfo": "skip",
    }


def _level(height: float, reach: float, dash: str, text: str, colour: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines+text",
        "x": [-reach, -0.97 * reach, reach],
        "y": [height] * 3,
        "text": ["", f"<b>{text}</b>", ""],
        "textposition": "top right",
        "line": {"color": colour, "width": 2, "dash": dash},
        "textfont": {"color": INK},
        "hoverinfo": "skip",
    }


def _dots_on(arguments: Sequence[float], at: float, reach: float) -> Trace:
    inside = [argument if abs(argument) <= reach else None for argument in arguments]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": inside,
        "y": [at] * len(arguments),
        "marker": {
            "size": 15,
            "color": list(COLOURS[: len(arguments)]),
            "symbol": list(MARKERS[: len(arguments)]),
            "line": {"color": PAPER, "width": 1},
        },
        "hovertext": [numeral(argument) for argument in arguments],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _powers(
    arguments: Sequence[float], exponentials: Sequence[float], at: float, reach: float
) -> list[Trace]:
    """What exp makes of the highest score above its dot, of the lowest below."""
    highest, lowest = int(np.argmax(arguments)), int(np.argmin(arguments))
    return [
        {
            "x": max(-0.6 * reach, min(arguments[index], 0.6 * reach)),
            "y": at,
            "yshift": up,
            "showarrow": False,
            "text": f"<b>exp({numeral(arguments[index])}) = {numeral(exponentials[index])}</b>",
            "bgcolor": PAPER,
            "bordercolor": COLOURS[index],
            "borderwidth": 1.5,
            "borderpad": 3,
        }
        for index, up in ((highest, 24), (lowest, -24))
    ]
