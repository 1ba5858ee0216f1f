"""Softmax breaking as the scores grow: a film of the probabilities and of their errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from lessons.stability.forbidden import allowed
from softmax_core import float_limits, softmax_steps
from softmax_core.numerics import DivergenceSweep, FormatName, divergence_sweep
from ui.charts import draw
from ui.charts.picture import Picture, Table, Trace, Translate
from ui.charts.style import ALARM, BLUE, GOOD, INK, ORANGE, PAPER
from ui.claims import first_true
from ui.numerals import numeral

FRAMES = 200
_DECADES = 1e-4  # the film begins at this part of its last scale
_MAX_DISTANCE = 1e300  # scores of next to nothing would need a scale beyond float64
_CLOSER = 60  # scales between the last good one and the first bad one, to find the point itself
_LEAD_IN = 0.05  # of the scale that breaks: where the film begins
_NAN_LANE = -0.16
_ZERO_ERROR, _ENDLESS_ERROR = 1e-3, 1e6  # lanes of the logarithmic axis for 0 and for infinity
_FOUR = 4.0
_LOOKS = {
    "naive": {"color": ALARM, "dash": "solid", "symbol": "x"},
    "shifted": {"color": BLUE, "dash": "dash", "symbol": "square-open"},
    "logsumexp": {"color": ORANGE, "dash": "dot", "symbol": "diamond-open"},
    "core": {"color": GOOD, "dash": "solid", "symbol": "circle"},
}
_CLEARLY = 4.0  # ulp: more than all other roundings of these few steps together
_MOVING = 6  # the last traces of the figure, which the film changes


@lru_cache(maxsize=256)
def _sweep(scores: tuple[float, ...], dtype: FormatName) -> DivergenceSweep:
    """From next to nothing to three times the scale at which exp leaves even float64."""
    size = float(max(map(abs, allowed(scores))))
    last = min(3 * -float_limits("float64").exp_min / size, _MAX_DISTANCE) if size > 0 else 1.0
    return divergence_sweep(scores, np.geomspace(last * _DECADES, last, FRAMES), dtype)


def divergence(scores: Sequence[float], dtype: FormatName, names: Mapping[str, str], t: Translate) -> Picture:
    """The probability of the highest class and the errors in ulp, against the scale of the scores."""
    sweep = _sweep(tuple(scores), dtype)
    top = int(np.argmax(scores))
    broken = breaking_point(tuple(scores), dtype)
    first, last = float(sweep.scales[0]), float(sweep.scales[-1])
    shown = {
        "naive": np.where(np.isfinite(sweep.naive[:, top]), sweep.naive[:, top].astype(float), _NAN_LANE),
        "shifted": sweep.shifted[:, top].astype(float),
    }
    errors = {name: _lanes(getattr(sweep, f"{name}_ulp")) for name in _LOOKS}
    data = [_curve(sweep.scales, values, name, names[name], "y", False) for name, values in shown.items()]
    data += [_curve(sweep.scales, values, name, names[name], "y2", True) for name, values in errors.items()]
    data += [_mark(broken, scores, dtype, t), *_moving(sweep, FRAMES - 1, top)]
    layout = {
        "height": 415,
        "margin": {"t": 8, "r": 14, "l": 56},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "xaxis": {
            "type": "log",
            "range": [np.log10(first), np.log10(last)],
            "anchor": "y2",
            "title": {"text": t("scores × this factor")},
            "dtick": 1,
        },
        "yaxis": {
            "domain": [0.54, 1],
            "range": [-0.3, 1.18],
            "title": {"text": t("probability of class {top}", top=top)},
            "tickvals": [_NAN_LANE, 0, 0.5, 1],
            "ticktext": ["nan", "0", "0.5", "1"],
        },
        "yaxis2": {
            "domain": [0, 0.46],
            "type": "log",
            "range": [-3.4, 6.5],
            "title": {"text": t("error in ulp")},
            "tickvals": [_ZERO_ERROR, 0.1, 1, 10, 100, 1000, 1e4, _ENDLESS_ERROR],
            "ticktext": ["0", "0.1", "1", "10", "100", "1000", "1e4", "inf"],
        },
        "shapes": [
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "yref": "y2",
                "y0": _FOUR,
                "y1": _FOUR,
                "line": {"color": INK, "width": 1, "dash": "dot"},
            }
        ],
    }
    figure = {"data": data, "layout": layout, "narrow": {"height": 480, "margin": {"t": 64}}}
    return Picture(
        t("Watch them diverge"),
        _divergence_words(sweep, broken, names, t),
        figure,
        _divergence_table(sweep, top, names, t),
    )


@lru_cache(maxsize=256)
def breaking_point(scores: tuple[float, ...], dtype: FormatName) -> tuple[float, bool] | None:
    """The scale at which the naive softmax is lost, and whether by overflow; None if never in the film."""
    sweep = _sweep(scores, dtype)
    first = _first_loss(sweep)
    if first is None:
        return None
    between = np.geomspace(sweep.scales[max(first - 1, 0)], sweep.scales[first], _CLOSER)
    closer = divergence_sweep(scores, between, dtype)
    found = _first_loss(closer) or 0
    return float(between[found]), found == closer.overflow_index


def beginning(scores: tuple[float, ...], dtype: FormatName) -> int:
    """The frame at which the film begins: not long before it breaks, as before that nothing can be seen."""
    broken = breaking_point(scores, dtype)
    if broken is None:
        return 0
    before = np.flatnonzero(_sweep(scores, dtype).scales < broken[0] * _LEAD_IN)
    return int(before[-1]) if before.size else 0


def _first_loss(sweep: DivergenceSweep) -> int | None:
    """Where the naive softmax first overflows or is nan."""
    lost = np.flatnonzero(~np.isfinite(sweep.naive).all(axis=1))
    ends = [sweep.overflow_index, int(lost[0]) if lost.size else None]
    return min((index for index in ends if index is not None), default=None)


def frames(scores: Sequence[float], dtype: FormatName, steps: range) -> list[dict[str, Any]]:
    """What the film shows at each scale: a curtain over what is still to come, and where the curves are."""
    sweep = _sweep(tuple(scores), dtype)
    top = int(np.argmax(scores))
    return [
        {
            "step": step,
            "data": [_changing(trace) for trace in _moving(sweep, step, top)],
            "label": _label(sweep, step, top),
        }
        for step in steps
    ]


def moving_traces() -> list[int]:
    """Which traces of `divergence` the film changes."""
    first = 2 + len(_LOOKS) + 1
    return list(range(first, first + _MOVING))


def _changing(trace: Trace) -> Trace:
    return {"x": trace["x"], "y": trace["y"]}


def _label(sweep: DivergenceSweep, index: int, top: int) -> str:
    """In formulas only: the film is the same in every language, and stays in its place when that changes."""
    naive, shifted = (numeral(float(probs[index, top])) for probs in (sweep.naive, sweep.shifted))
    return f"× {sweep.scales[index]:.3g}: p(f) = {naive}, p(f − max) = {shifted}"


def _lanes(errors: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Errors on a logarithmic axis: what is next to 0 lies in its lowest lane, infinity in its highest."""
    clipped: np.ndarray[Any, Any] = np.clip(errors, _ZERO_ERROR, _ENDLESS_ERROR)
    return clipped


def _curve(
    scales: np.ndarray[Any, Any], values: np.ndarray[Any, Any], name: str, label: str, axis: str, legend: bool
) -> Trace:
    look = _LOOKS[name]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [float(f"{scale:.4g}") for scale in scales],
        "y": [float(f"{value:.4g}") for value in values],
        "yaxis": axis,
        "name": label,
        "legendgroup": name,
        "showlegend": legend,
        "line": {"color": look["color"], "dash": look["dash"], "width": 3 if name == "core" else 2},
        "marker": {"symbol": look["symbol"], "size": 9, "maxdisplayed": 14, "color": look["color"]},
        "hovertemplate": f"{label}: %{{y}}<extra></extra>",
    }


def _mark(
    broken: tuple[float, bool] | None, scores: Sequence[float], dtype: FormatName, t: Translate
) -> Trace:
    """The point where the naive softmax is lost, with a label."""
    mark: Trace = draw.dots([], [], mode="markers+text", showlegend=False)
    if broken is None:
        return mark
    scale, overflow = broken
    failures = softmax_steps([score * scale for score in scores], "naive", dtype).failures
    too_large = next((failure for failure in failures if failure.kind == "overflow"), None)
    if not overflow:
        text = t("0 / 0: every exp is 0")
    elif too_large is not None and too_large.quantity == "exponentials":
        text = t("overflow: exp({top})", top=numeral(too_large.operand, too_large.digits))
    else:
        text = t("overflow of the sum")
    return mark | {
        "x": [scale],
        "y": [_NAN_LANE],
        "text": [f"<b>{text}</b> "],
        "textposition": "middle left",
        "textfont": {"size": 15},
        "marker": {"symbol": "star-diamond", "size": 17, "color": ALARM, "line": {"color": INK, "width": 1}},
    }


def _moving(sweep: DivergenceSweep, index: int, top: int) -> list[Trace]:
    """In each row: a curtain of the page's own colour, its edge, and a point on the curve."""
    scale, last = (float(f"{sweep.scales[i]:.4g}") for i in (index, -1))
    rows = (
        ("y", -0.3, 1.18, sweep.shifted[index, top]),
        ("y2", 10**-3.4, 10**6.5, _lanes(sweep.core_ulp)[index]),
    )
    traces: list[Trace] = []
    for axis, low, high, value in rows:
        apart = {"yaxis": axis, "showlegend": False}
        curtain = {"fill": "toself", "fillcolor": PAPER, "line": {"width": 0}}
        traces += [
            draw.line([scale, last, last, scale], [low, low, high, high], **curtain, **apart),
            draw.line([scale, scale], [low, high], line={"color": INK, "width": 1.5}, **apart),
            draw.dots([scale], [float(f"{value:.4g}")], marker={"size": 11, "color": INK}, **apart),
        ]
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
            "In {dtype} the naive softmax is lost from scores × {scale} on; "
            "the shifted one never becomes nan.",
            dtype=sweep.dtype,
            scale=f"{broken[0]:.3g}",
        )
        start += _until_then(sweep, broken[0], t)
    return start + " " + t("Largest error in ulp: {worst}.", worst=worst)


def _until_then(sweep: DivergenceSweep, broken: float, t: Translate) -> str:
    """Which of the two is nearer to the truth while both are there."""
    before = sweep.scales < broken
    if not before.any():
        return ""
    naive, shifted = (float(errors[before].max()) for errors in (sweep.naive_ulp, sweep.shifted_ulp))
    figures = {"naive": numeral(naive), "shifted": numeral(shifted)}
    nearer = first_true({"naive": naive + _CLEARLY < shifted, "shifted": shifted + _CLEARLY < naive})
    if nearer == "naive":
        return " " + t(
            "Until then the naive one is the more accurate: its error is at most {naive} ulp, that of the "
            "shifted one {shifted}, as f − max is rounded before exp.",
            **figures,
        )
    if nearer == "shifted":
        return " " + t(
            "Until then the shifted one is the more accurate: its error is at most {shifted} ulp, that of "
            "the naive one {naive}.",
            **figures,
        )
    return " " + t("Until then their errors are at most {naive} and {shifted} ulp.", **figures)


def _divergence_table(sweep: DivergenceSweep, top: int, names: Mapping[str, str], t: Translate) -> Table:
    columns = [
        t("factor"),
        *(t("{name}, probability", name=names[name]) for name in ("naive", "shifted")),
        *(t("{name}, ulp", name=names[name]) for name in _LOOKS),
    ]
    rows = [
        [
            numeral(sweep.scales[index], 3),
            numeral(float(sweep.naive[index, top])),
            numeral(float(sweep.shifted[index, top])),
            *(numeral(float(getattr(sweep, f"{name}_ulp")[index])) for name in _LOOKS),
        ]
        for index in range(0, FRAMES, 10)
    ]
    return Table(columns, rows)
