"""The arguments of exp as points on a line, slid together through the range of a number format."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, isfinite
from typing import Any, NamedTuple

from lessons.stability import forbidden
from lessons.stability.causes import ends_of_exp
from lessons.stability.pictures.panels import panel
from softmax_core import SoftmaxSteps, float_limits
from softmax_core.numerics import FormatName, safe_shift_interval
from ui.charts import draw
from ui.charts.labels import axis_bound
from ui.charts.picture import Picture, Table, Translate
from ui.charts.style import ALARM, COLOURS, FAINT, GOOD, INK, MARKERS, PAPER
from ui.numerals import numeral, row

_SLID, _AS_THEY_WERE = 0.55, 0.12  # heights on the line
_ROOM = 1.06


class Results(NamedTuple):
    """What the exponentials come to: the bars below the line."""

    title: str
    names: Sequence[str]
    values: Sequence[float]


def probabilities(steps: SoftmaxSteps, t: Translate) -> Results:
    names = [str(index) for index in range(len(steps.probs))]
    return Results(t("Probabilities of the classes"), names, steps.probs.astype(float).tolist())


def reach(scores: Sequence[float], dtype: FormatName) -> float:
    """How far log C goes for these scores, up and down: past ±max and the ends of what is safe."""
    safe = safe_shift_interval(scores, dtype)
    ends = (safe.minus_max, safe.high, safe.low_total if safe.is_empty else safe.low)
    return axis_bound([0.0, *(end for end in ends if isfinite(end))], 1.0)


def span(scores: Sequence[float], dtype: FormatName, least: float, most: float) -> tuple[float, float]:
    """The line that holds every argument while log C goes from `least` to `most`."""
    limits = float_limits(dtype)
    low, high = (
        min(min(forbidden.allowed(scores)) + least, limits.exp_min),
        max(max(scores) + most, limits.exp_max),
    )
    room = (high - low) * (_ROOM - 1)
    return low - room, high + room


def line(steps: SoftmaxSteps, ends: tuple[float, float], t: Translate, results: Results | None) -> Picture:
    """The scores, shifted, beside the range of exp; without `results`, nothing of what comes of them."""
    limits, arguments = float_limits(steps.dtype), steps.shifted.astype(float).tolist()
    scores = steps.scores.astype(float).tolist()
    layout: dict[str, Any] = {
        "height": 240 if results is None else 370,
        "showlegend": False,
        "bargap": 0.3,
        "margin": {"t": 30, "r": 12, "l": 44, "b": 34},
        "xaxis": {
            "range": list(ends), "title": {"text": t("argument of exp: f + log C"), "standoff": 4},
            "zeroline": True, "nticks": 7, "anchor": "y",
        },
        "yaxis": {"range": [0, 1], "visible": False, "domain": [0 if results is None else 0.58, 1]},
        "annotations": [*_ends(steps.dtype), *forbidden.mark(scores, yref="y", yanchor="top", yshift=-3)],
        "shapes": [],
    }  # fmt: skip
    data = [
        _range(limits.exp_min, limits.exp_min_normal, "."),
        _range(limits.exp_min_normal, limits.exp_max, "/"),
        _dots(scores, _AS_THEY_WERE, hollow=True),
        _dots(arguments, _SLID, hollow=False),
    ]
    words = t(
        "The scores {scores} and, shifted by {log_c}, {arguments} stand on a line. In {dtype} exp takes "
        "arguments from {low} to {high}.",
        scores=row(scores),
        log_c=numeral(steps.shift),
        arguments=row(arguments),
        dtype=steps.dtype,
        **dict(zip(("low", "high"), ends_of_exp(steps.dtype), strict=True)),
    )
    words += forbidden.in_picture(scores, t)
    narrow: dict[str, Any] = {"height": 220 if results is None else 350, "xaxis": {"nticks": 4}}
    if results is not None:
        powers = steps.exponentials.astype(float).tolist()
        layout["annotations"] += _powers(arguments, powers, ends)
        finite = [0.0, *(value for value in results.values if isfinite(value))]
        top = axis_bound(finite, 1.0)
        below = panel("2", results.title, results.names, results.values, top, [0, top / 2, top], [0, 1])
        data += below.data
        layout["annotations"] += below.annotations
        layout["shapes"] += below.shapes
        layout |= below.axes
        layout["yaxis2"]["domain"] = [0, 0.3]
        narrow |= {"yaxis": {"domain": [0.6, 1]}, "yaxis2": {"domain": [0, 0.27]}}
        words += " " + t(
            "Their exponentials are {exponentials}. {title}: {values}.",
            exponentials=row(powers),
            title=results.title,
            values=row(results.values),
        )
    figure = {"data": data, "layout": layout, "narrow": narrow}
    return Picture(t("Scores on a line"), words, figure, _table(steps, results, t))


def _range(low: float, high: float, pattern: str) -> dict[str, Any]:
    """Arguments whose exponential is a number: dotted where it has lost digits."""
    return draw.line(
        [low, high, high, low, low],
        [0, 0, 1, 1, 0],
        fill="toself",
        line={"color": GOOD, "width": 1},
        fillpattern={
            "shape": pattern,
            "fgcolor": GOOD,
            "fgopacity": 0.35,
            "size": 9 if pattern == "/" else 5,
        },
    )


def _dots(values: Sequence[float], height: float, hollow: bool) -> dict[str, Any]:
    count = len(values)
    inside = [value if abs(value) < inf else None for value in values]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": inside,
        "y": [height] * count,
        "marker": {
            "size": 9 if hollow else 16,
            "color": [FAINT] * count if hollow else list(COLOURS[:count]),
            "symbol": list(MARKERS[:count]),
            "line": {"color": INK if hollow else PAPER, "width": 1},
        },
        "hovertext": [numeral(value) for value in values],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _ends(dtype: FormatName) -> list[dict[str, Any]]:
    """What exp gives below its range and above it, and where these begin."""
    low, high = ends_of_exp(dtype)
    places = ((0, "left", f"exp = 0 ◂ {low}", INK), (1, "right", f"{high} ▸ <b>exp = inf</b>", ALARM))
    return [
        draw.note(text, x, 1, size=13, colour=colour, xref="paper", yref="y", yanchor="bottom", xanchor=side)
        for x, side, text, colour in places
    ]  # fmt: skip


def _powers(
    arguments: Sequence[float], powers: Sequence[float], ends: tuple[float, float]
) -> list[dict[str, Any]]:
    """What exp makes of the highest score above its dot, of the lowest that is not forbidden below."""
    classes = [index for index, argument in enumerate(arguments) if argument != -inf]
    highest, lowest = max(classes, key=arguments.__getitem__), min(classes, key=arguments.__getitem__)
    low, high = ends
    margin = 0.2 * (high - low)
    return [
        draw.note(
            f"<b>exp({numeral(arguments[index])}) = {numeral(powers[index])}</b>",
            max(low + margin, min(arguments[index], high - margin)),
            _SLID,
            size=13,
            colour=INK if isfinite(powers[index]) else ALARM,
            yshift=up,
            bgcolor=PAPER,
            bordercolor=COLOURS[index],
            borderwidth=1.5,
            borderpad=2,
        )
        for index, up in ((highest, 25), (lowest, -25))
    ]


def _table(steps: SoftmaxSteps, results: Results | None, t: Translate) -> Table:
    columns = [t("class"), t("Score"), "f + log C"]
    parts = [steps.scores.tolist(), steps.shifted.tolist()]
    if results is not None:
        columns += ["exp", t("Probability")]
        parts += [steps.exponentials.tolist(), steps.probs.tolist()]
    rows = [
        [str(index), *map(numeral, map(float, values))]
        for index, values in enumerate(zip(*parts, strict=True))
    ]
    return Table(columns, rows)
