"""Where exp ends, how a shift moves the scores into its range, and how softmax breaks as they grow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import isfinite
from typing import Any

import numpy as np

from charts.numerals import numeral, row
from charts.picture import Handle, Picture, Table, Translate
from charts.style import ALARM, COLOURS, FAINT, GOOD, INK, MARKERS, PAPER
from softmax_core import (
    DTYPES,
    DivergenceSweep,
    SafeShifts,
    divergence_sweep,
    float_limits,
    safe_shift_interval,
    softmax_free_shift,
    softmax_steps,
)

Trace = dict[str, Any]

# ---------------------------------------------------------------- where exp ends

_WIDEST = 750.0  # a little more than float64 holds


def ranges(scores: Sequence[float], dtype: str, t: Translate) -> Picture:
    """Where exp stays between 0 and infinity in each format, with the scores before and after −max."""
    limits = [float_limits(name) for name in DTYPES]
    reach = 1.45 * max(_WIDEST, *map(abs, scores), max(scores) - min(scores))
    shifted = [score - max(scores) for score in scores]
    bars = {
        "type": "bar", "orientation": "h", "y": list(DTYPES), "width": 0.5,
        "base": [limit.exp_min for limit in limits], "x": [limit.exp_max - limit.exp_min for limit in limits],
        "marker": {
            "color": [GOOD if name == dtype else FAINT for name in DTYPES], "line": {"color": INK, "width": 1.5},
            "pattern": {"shape": ["/" if name == dtype else "" for name in DTYPES], "fgcolor": PAPER},
        },
        "hoverinfo": "skip",
    }  # fmt: skip
    ends = [
        {
            "type": "scatter", "mode": "text", "y": list(DTYPES), "x": [getattr(limit, end) for limit in limits],
            "text": [f" {numeral(round(getattr(limit, end), 2), 5)} " for limit in limits],
            "textposition": f"middle {side}", "hoverinfo": "skip",
        }
        for end, side in (("exp_min", "left"), ("exp_max", "right"))
    ]  # fmt: skip
    dots = [_dots(scores, "f"), _dots(shifted, "f − max")]
    layout = {
        "height": 330, "showlegend": False, "barmode": "overlay", "margin": {"l": 76, "t": 12, "r": 8},
        "xaxis": {"range": [-reach, reach], "title": {"text": t("argument of exp")}, "zeroline": True, "nticks": 7},
        "yaxis": {"type": "category", "categoryorder": "array", "categoryarray": [*DTYPES, "f − max", "f"], "range": [-0.6, 5.5]},
    }  # fmt: skip
    layout["yaxis"]["range"] = [-0.6, len(DTYPES) + 1.5]
    title = t("Where exp ends")
    own = float_limits(dtype)
    description = t(
        "For each number format a bar shows the arguments for which exp is neither 0 nor infinite; {dtype} holds {low} to {high}. "
        "The scores {scores} and, shifted by −max, {shifted} stand above the bars.",
        dtype=dtype, low=numeral(own.exp_min, 7), high=numeral(own.exp_max, 7), scores=row(scores), shifted=row(shifted),
    )  # fmt: skip
    table = Table(
        [t("Number format"), t("exp becomes 0 below"), t("exp overflows above"), t("largest number")],
        [
            [limit.name, numeral(limit.exp_min, 7), f"{limit.exp_max:.4f}", numeral(limit.max)]
            for limit in limits
        ],
    )
    return Picture(
        title,
        description,
        {"data": [bars, *ends, *dots], "layout": layout, "narrow": {"xaxis": {"nticks": 4}}},
        table,
    )


def _dots(values: Sequence[float], level: str) -> Trace:
    return {
        "type": "scatter", "mode": "markers", "x": list(values), "y": [level] * len(values),
        "marker": {"size": 13, "color": list(COLOURS[: len(values)]), "symbol": list(MARKERS[: len(values)]), "line": {"color": PAPER, "width": 1}},
        "hovertemplate": "%{x}<extra></extra>",
    }  # fmt: skip


# ---------------------------------------------------------------- the shift log C


def shift(scores: Sequence[float], dtype: str, log_c: float, t: Translate) -> Picture:
    """The arguments f + log C against log C, the format's range as a band, and the log C that are safe."""
    limits, safe = float_limits(dtype), safe_shift_interval(scores, dtype)
    steps = softmax_steps(scores, "free_shift", dtype, log_c)
    top = max(scores)
    reach = 1.3 * max(-limits.exp_min, *map(abs, scores), top - min(scores))
    rise = _rise(safe, top, limits.exp_min)
    at = max(-rise, min(log_c, rise))
    arguments = [score + log_c for score in scores]
    band = _box(limits.exp_min, limits.exp_max, -rise, rise, FAINT, 0.35, "")
    data = [band]
    if not safe.is_empty:
        low, high = max(safe.low, -rise), min(safe.high, rise)
        data.append(_box(limits.exp_min, limits.exp_max, low, high, GOOD, 0.55, "/"))
    data += [_path(score, index, rise) for index, score in enumerate(scores)]
    data += [_level(-top, reach, "dash", t("−max"), GOOD), _level(top, reach, "dot", t("+max"), ALARM)]
    data.append(_level(at, reach, "solid", "", INK))
    data.append(_dots_on(arguments, at, reach))
    layout = {
        "height": 440, "showlegend": False, "margin": {"t": 30, "r": 12},
        "xaxis": {"range": [-reach, reach], "title": {"text": t("argument of exp: f + log C")}, "zeroline": True, "nticks": 7},
        "yaxis": {"range": [-rise, rise], "title": {"text": "log C"}, "zeroline": True, "nticks": 7},
        "annotations": [
            *_powers(arguments, steps.exponentials.tolist(), at, reach),
            {"x": 0, "y": 1.0, "yref": "paper", "yanchor": "bottom", "showarrow": False, "text": t("{dtype}: exp from {low} to {high}", dtype=dtype, low=numeral(limits.exp_min, 5), high=numeral(limits.exp_max, 5))}
        ],
    }  # fmt: skip
    handle = Handle(0, t("Shift, log C"), numeral(log_c), reach * 0.93, at, -_whole(rise), _whole(rise), 1.0)
    description = t(
        "With log C = {log_c} the arguments of exp are {arguments}, their exponentials {exponentials}; {dtype} holds arguments from {low} to {high}. {safe}",
        log_c=numeral(log_c), arguments=row(arguments), exponentials=row(steps.exponentials.tolist()), dtype=dtype,
        low=numeral(limits.exp_min, 5), high=numeral(limits.exp_max, 5), safe=safe_words(safe, t),
    )  # fmt: skip
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
    """The safe interval in numbers, and where −max stands to it."""
    minus_max = numeral(safe.minus_max)
    if safe.is_empty:
        return t(
            "No log C keeps every exponential above 0 and below infinity: the scores lie too far apart. From {low} to {high} at least the "
            "sum is safe, and −max = {minus_max} is in there: lost are only probabilities too small for the format.",
            low=numeral(safe.low_total), high=numeral(safe.high), minus_max=minus_max,
        )  # fmt: skip
    if safe.minus_max in safe:
        return t(
            "Safe is every log C from {low} to {high}: no exponential, and not their sum, is 0 or infinite. −max = {minus_max} lies inside.",
            low=numeral(safe.low), high=numeral(safe.high), minus_max=minus_max,
        )  # fmt: skip
    return t(
        "Safe is every log C from {low} to {high}. −max = {minus_max} lies lower: there some exponential becomes 0, but only one whose "
        "probability is too small for the format anyway. The sum stays safe.",
        low=numeral(safe.low), high=numeral(safe.high), minus_max=minus_max,
    )  # fmt: skip


def _rise(safe: SafeShifts, top: float, exp_min: float) -> float:
    """How far log C reaches in the picture, up and down: to ±max and to the ends of the safe interval."""
    ends = [abs(end) for end in (safe.low, safe.high, top, exp_min) if isfinite(end)]
    return 1.15 * max(ends)


def _whole(number: float) -> float:
    return float(int(number))


def _box(
    left: float, right: float, low: float, high: float, colour: str, opacity: float, pattern: str
) -> Trace:
    fill: Trace = (
        {"fillpattern": {"shape": pattern, "fgcolor": colour, "fgopacity": 0.4, "size": 9}}
        if pattern
        else {"fillcolor": colour}
    )
    return {
        "type": "scatter", "mode": "lines", "fill": "toself", "x": [left, right, right, left, left], "y": [low, low, high, high, low],
        "line": {"color": colour, "width": 2 if pattern else 0}, "opacity": opacity if not pattern else 1, "hoverinfo": "skip", **fill,
    }  # fmt: skip


def _path(score: float, index: int, rise: float) -> Trace:
    return {
        "type": "scatter", "mode": "lines", "x": [score - rise, score + rise], "y": [-rise, rise],
        "line": {"color": COLOURS[index], "width": 1.5}, "opacity": 0.6, "hoverinfo": "skip",
    }  # fmt: skip


def _level(height: float, reach: float, dash: str, text: str, colour: str) -> Trace:
    return {
        "type": "scatter", "mode": "lines+text", "x": [-reach, -0.97 * reach, reach], "y": [height] * 3,
        "text": ["", f"<b>{text}</b>", ""], "textposition": "top right",
        "line": {"color": colour, "width": 2, "dash": dash}, "textfont": {"color": INK}, "hoverinfo": "skip",
    }  # fmt: skip


def _dots_on(arguments: Sequence[float], at: float, reach: float) -> Trace:
    inside = [argument if abs(argument) <= reach else None for argument in arguments]
    return {
        "type": "scatter", "mode": "markers", "x": inside, "y": [at] * len(arguments),
        "marker": {"size": 15, "color": list(COLOURS[: len(arguments)]), "symbol": list(MARKERS[: len(arguments)]), "line": {"color": PAPER, "width": 1}},
        "hovertemplate": "%{x}<extra></extra>",
    }  # fmt: skip


def _powers(
    arguments: Sequence[float], exponentials: Sequence[float], at: float, reach: float
) -> list[Trace]:
    """What exp makes of the highest score above its dot, of the lowest below."""
    highest, lowest = int(np.argmax(arguments)), int(np.argmin(arguments))
    return [
        {
            "x": max(-0.6 * reach, min(arguments[index], 0.6 * reach)), "y": at, "yshift": up, "showarrow": False,
            "text": f"<b>exp({numeral(arguments[index])}) = {numeral(exponentials[index])}</b>",
            "bgcolor": PAPER, "bordercolor": COLOURS[index], "borderwidth": 1.5, "borderpad": 3,
        }
        for index, up in ((highest, 24), (lowest, -24))
    ]  # fmt: skip


# ---------------------------------------------------------------- growing scores

FRAMES = 200
_DECADES = 1e-4  # the film begins at this part of its last scale
_NAN_LANE = -0.16
_ZERO_ERROR, _ENDLESS_ERROR = 1e-3, 1e6  # lanes of the logarithmic axis for 0 and for infinity
_FOUR = 4.0
_LOOKS = {
    "naive": {"color": ALARM, "dash": "solid", "symbol": "x"},
    "shifted": {"color": "var(--st-blue-text-color)", "dash": "dash", "symbol": "square-open"},
    "logsumexp": {"color": "var(--st-orange-text-color)", "dash": "dot", "symbol": "diamond-open"},
    "core": {"color": GOOD, "dash": "solid", "symbol": "circle"},
}
_MOVING = 6  # the last traces of the figure, which the film changes


@lru_cache(maxsize=256)
def _sweep(scores: tuple[float, ...], dtype: str) -> DivergenceSweep:
    """From next to nothing to three times the scale at which exp leaves even float64."""
    size = max(map(abs, scores))
    last = 3 * -float_limits("float64").exp_min / size if size > 0 else 1.0
    return divergence_sweep(scores, np.geomspace(last * _DECADES, last, FRAMES), dtype)


def divergence(scores: Sequence[float], dtype: str, names: Mapping[str, str], t: Translate) -> Picture:
    """The probability of the highest class and the errors in ulp, against the scale of the scores."""
    sweep = _sweep(tuple(scores), dtype)
    top = int(np.argmax(scores))
    broken = breaking_point(scores, dtype)
    first, last = float(sweep.scales[0]), float(sweep.scales[-1])
    shown = {
        "naive": np.where(np.isfinite(sweep.naive[:, top]), sweep.naive[:, top].astype(float), _NAN_LANE),
        "shifted": sweep.shifted[:, top].astype(float),
    }
    errors = {name: _lanes(getattr(sweep, f"{name}_ulp")) for name in _LOOKS}
    data = [_curve(sweep.scales, values, name, names[name], "y", False) for name, values in shown.items()]
    data += [_curve(sweep.scales, values, name, names[name], "y2", True) for name, values in errors.items()]
    data += [_mark(broken, scores, t), *_moving(sweep, FRAMES - 1, top)]
    layout = {
        "height": 560, "margin": {"t": 8, "r": 14, "l": 56}, "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "xaxis": {"type": "log", "range": [np.log10(first), np.log10(last)], "anchor": "y2", "title": {"text": t("scores × this factor")}, "dtick": 1},
        "yaxis": {
            "domain": [0.54, 1], "range": [-0.3, 1.18], "title": {"text": t("probability of class {top}", top=top)},
            "tickvals": [_NAN_LANE, 0, 0.5, 1], "ticktext": ["nan", "0", "0.5", "1"],
        },
        "yaxis2": {
            "domain": [0, 0.46], "type": "log", "range": [-3.4, 6.5], "title": {"text": t("error in ulp")},
            "tickvals": [_ZERO_ERROR, 0.1, 1, 10, 100, 1000, 1e4, _ENDLESS_ERROR], "ticktext": ["0", "0.1", "1", "10", "100", "1000", "1e4", "inf"],
        },
        "shapes": [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y2", "y0": _FOUR, "y1": _FOUR, "line": {"color": INK, "width": 1, "dash": "dot"}}],
    }  # fmt: skip
    figure = {"data": data, "layout": layout, "narrow": {"height": 600}}
    return Picture(
        t("Watch them diverge"),
        _divergence_words(sweep, broken, names, t),
        figure,
        _divergence_table(sweep, top, names, t),
    )


def breaking_point(scores: Sequence[float], dtype: str) -> tuple[float, bool] | None:
    """The scale at which the naive softmax is lost, and whether by overflow; None if never in the film."""
    sweep = _sweep(tuple(scores), dtype)
    lost = np.flatnonzero(~np.isfinite(sweep.naive).all(axis=1))
    ends = [
        index for index in (sweep.overflow_index, int(lost[0]) if lost.size else None) if index is not None
    ]
    return (float(sweep.scales[min(ends)]), min(ends) == sweep.overflow_index) if ends else None


def frames(scores: Sequence[float], dtype: str, start: int, stop: int, t: Translate) -> list[dict[str, Any]]:
    """What the film shows at each scale: a curtain over what is still to come, and where the curves are."""
    sweep = _sweep(tuple(scores), dtype)
    top = int(np.argmax(scores))
    return [
        {
            "data": [_changing(trace) for trace in _moving(sweep, index, top)],
            "label": _label(sweep, index, top, t),
        }
        for index in range(start, stop)
    ]


def moving_traces() -> list[int]:
    """Which traces of `divergence` the film changes."""
    first = 2 + len(_LOOKS) + 1
    return list(range(first, first + _MOVING))


def _changing(trace: Trace) -> Trace:
    return {"x": trace["x"], "y": trace["y"]}


def _label(sweep: DivergenceSweep, index: int, top: int, t: Translate) -> str:
    return t(
        "× {scale}: naive {naive}, shifted {shifted}",
        scale=f"{sweep.scales[index]:.3g}", naive=numeral(float(sweep.naive[index, top])), shifted=numeral(float(sweep.shifted[index, top])),
    )  # fmt: skip


def _lanes(errors: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Errors on a logarithmic axis: what is next to 0 lies in its lowest lane, infinity in its highest."""
    return np.clip(errors, _ZERO_ERROR, _ENDLESS_ERROR)


def _curve(
    scales: np.ndarray[Any, Any], values: np.ndarray[Any, Any], name: str, label: str, axis: str, legend: bool
) -> Trace:
    look = _LOOKS[name]
    return {
        "type": "scatter", "mode": "lines+markers", "x": [float(f"{scale:.4g}") for scale in scales], "y": [float(f"{value:.4g}") for value in values],
        "yaxis": axis, "name": label, "legendgroup": name, "showlegend": legend, "line": {"color": look["color"], "dash": look["dash"], "width": 3 if name == "core" else 2},
        "marker": {"symbol": look["symbol"], "size": 9, "maxdisplayed": 14, "color": look["color"]},
        "hovertemplate": f"{label}: %{{y}}<extra></extra>",
    }  # fmt: skip


def _mark(broken: tuple[float, bool] | None, scores: Sequence[float], t: Translate) -> Trace:
    """The point where the naive softmax is lost, with a label."""
    mark: Trace = {
        "type": "scatter",
        "mode": "markers+text",
        "hoverinfo": "skip",
        "showlegend": False,
        "x": [],
        "y": [],
    }
    if broken is None:
        return mark
    scale, overflow = broken
    text = (
        t("overflow: exp({top})", top=numeral(max(scores) * scale))
        if overflow
        else t("0 / 0: every exp is 0")
    )
    return mark | {
        "x": [scale], "y": [_NAN_LANE], "text": [f"<b>{text}</b> "], "textposition": "middle left", "textfont": {"size": 15},
        "marker": {"symbol": "star-diamond", "size": 17, "color": ALARM, "line": {"color": INK, "width": 1}},
    }  # fmt: skip


def _moving(sweep: DivergenceSweep, index: int, top: int) -> list[Trace]:
    """In each row: a curtain of the page's own colour, its edge, and a point on the curve."""
    scale, last = (float(f"{sweep.scales[i]:.4g}") for i in (index, -1))
    rows = (
        ("y", -0.3, 1.18, sweep.shifted[index, top]),
        ("y2", 10**-3.4, 10**6.5, _lanes(sweep.core_ulp)[index]),
    )
    traces: list[Trace] = []
    for axis, low, high, value in rows:
        hidden = {"yaxis": axis, "hoverinfo": "skip", "showlegend": False, "type": "scatter"}
        traces += [
            hidden | {"mode": "lines", "fill": "toself", "fillcolor": PAPER, "line": {"width": 0}, "x": [scale, last, last, scale], "y": [low, low, high, high]},
            hidden | {"mode": "lines", "line": {"color": INK, "width": 1.5}, "x": [scale, scale], "y": [low, high]},
            hidden | {"mode": "markers", "marker": {"size": 11, "color": INK}, "x": [scale], "y": [float(f"{value:.4g}")]},
        ]  # fmt: skip
    return traces


def _divergence_words(
    sweep: DivergenceSweep, broken: tuple[float, bool] | None, names: Mapping[str, str], t: Translate
) -> str:
    worst = ", ".join(
        f"{names[name]} {numeral(float(np.max(getattr(sweep, f'{name}_ulp'))))}" for name in _LOOKS
    )
    if broken is None:
        start = t("In {dtype} none of these scales breaks the naive softmax.", dtype=sweep.dtype)
    else:
        start = t(
            "In {dtype} the naive softmax is lost from scores × {scale} on, while the shifted one stays true.",
            dtype=sweep.dtype,
            scale=f"{broken[0]:.3g}",
        )
    return start + " " + t("Largest error in ulp: {worst}.", worst=worst)


def _divergence_table(sweep: DivergenceSweep, top: int, names: Mapping[str, str], t: Translate) -> Table:
    columns = [
        t("factor"),
        *(t("{name}, probability", name=names[name]) for name in ("naive", "shifted")),
        *(t("{name}, ulp", name=names[name]) for name in _LOOKS),
    ]
    rows = [
        [f"{sweep.scales[index]:.3g}", numeral(float(sweep.naive[index, top])), numeral(float(sweep.shifted[index, top])),
         *(numeral(float(getattr(sweep, f"{name}_ulp")[index])) for name in _LOOKS)]
        for index in range(0, FRAMES, 10)
    ]  # fmt: skip
    return Table(columns, rows)
