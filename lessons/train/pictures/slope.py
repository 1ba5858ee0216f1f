"""One step of one weight: the loss over that weight, its slope there, and where the step goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from lessons.train.course import Course
from lessons.train.pictures import curves
from lessons.train.view import Array, run_names
from softmax_core import LinearParams, TrainConfig, TrainState, objective
from ui.charts import draw, style
from ui.charts.panels import headline
from ui.charts.picture import Picture, Table, Translate
from ui.numerals import numeral

HEIGHT, NARROW_HEIGHT = 330, 260
_POINTS = 61
_DOMAINS = ([0.0, 0.46], [0.56, 1.0])
_TANGENT = 0.25  # of the axis, to either side: so far that the curve leaves it
_REACH = 1.35  # of the weight's whole way, to either side of its middle


@dataclass(frozen=True, eq=False)
class Slice:
    """The objective of a run over its first weight, all others as they are.

    `now` and `then` are the weight and the objective before and after the step of this weight alone.
    """

    weights: Array
    losses: Array
    now: tuple[float, float]
    then: tuple[float, float]
    slope: float


@lru_cache(maxsize=128)
def slices(course: Course, step: int) -> tuple[Slice, Slice]:
    """Of both runs at a step: the same for the picture, for the lines below it, and for all readers."""
    first, second = (_slice(course, run, step) for run in range(2))
    return first, second


@lru_cache(maxsize=16)
def _range(course: Course, step: int) -> tuple[float, float]:
    """Where the first weight of both runs is in all of their first steps, and at this one."""
    steps = course.steps[course.steps <= 200].tolist()
    states = [state for run in course.lock.states(sorted({0, *steps, step})) for state in run]
    way = [float(state.params["W"][0, 0]) for state in states]
    middle, half = (max(way) + min(way)) / 2, (max(way) - min(way)) / 2
    return middle - _REACH * half, middle + _REACH * half


def _slice(course: Course, run: int, step: int) -> Slice:
    config = course.lock.histories[run].config
    state = course.lock.at(step)[run]
    before, slope = (float(part["W"][0, 0]) for part in (state.params, state.gradients))
    after = before - config.rate * slope
    weights = np.linspace(*_range(course, step), _POINTS)
    losses = np.array([_loss(course, config, state, float(weight)) for weight in weights])
    ends = [(weight, _loss(course, config, state, weight)) for weight in (before, after)]
    return Slice(weights, losses, ends[0], ends[1], slope)


def _loss(course: Course, config: TrainConfig, state: TrainState, weight: float) -> float:
    W = np.array(state.params["W"])
    W[0, 0] = weight
    params = LinearParams(W, np.array(state.params["b"]))
    loss: Any = config.loss
    return float(objective(params, course.view.train, loss, config.l2, config.margin).total)


def picture(course: Course, step: int, t: Translate) -> Picture:
    """Both slices side by side."""
    found, names = slices(course, step), run_names(t)
    layout: dict[str, Any] = {
        "height": HEIGHT,
        "showlegend": False,
        "margin": {"l": 48, "r": 12, "t": 32, "b": 46},
        "annotations": [],
    }
    data: list[dict[str, Any]] = []
    for run, (each, domain) in enumerate(zip(found, _DOMAINS, strict=True)):
        axis = "2" if run else ""
        data += _panel(each, axis, curves.COLOURS[run])
        title = {"text": t("the weight of x₁ for class A"), "standoff": 4}
        layout[f"xaxis{axis}"] = draw.axis(
            automargin=True,
            zeroline=False,
            domain=domain,
            range=[float(end) for end in _range(course, step)],
            anchor=f"y{axis}",
            title=title,
        )
        layout[f"yaxis{axis}"] = draw.axis(anchor=f"x{axis}", rangemode="tozero", nticks=5)
        layout["annotations"].append(headline(t("{run}: loss", run=names[run]), axis, shift=4))
    return Picture(
        title=t("One step of one weight"),
        description=_said(found, names, step, t),
        figure={
            "data": data,
            "layout": layout,
            "narrow": {"height": NARROW_HEIGHT, "xaxis": {"title": {"text": ""}, "nticks": 4}}
            | {"xaxis2": {"title": {"text": ""}, "nticks": 4}},
        },
        table=Table(
            [t("Run"), t("Weight"), t("Its slope"), t("After the step")],
            [
                [name, numeral(each.now[0]), numeral(each.slope), numeral(each.then[0])]
                for name, each in zip(names, found, strict=True)
            ],
        ),
    )


def _panel(each: Slice, axis: str, colour: str) -> list[dict[str, Any]]:
    axes = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    (x, y), (then, _) = each.now, each.then
    low, high = float(each.weights[0]), float(each.weights[-1])
    touching = [max(low, x - _TANGENT * (high - low)), min(high, x + _TANGENT * (high - low))]
    hover = {"type": "scatter", "hovertemplate": "%{x:.4g}: %{y:.4g}<extra></extra>"}
    return [
        {
            **hover,
            **axes,
            "mode": "lines",
            "x": np.round(each.weights, 4).tolist(),
            "y": np.round(each.losses, 5).tolist(),
            "line": {"color": colour, "width": 3},
        },
        draw.line(
            touching,
            [y + (end - x) * each.slope for end in touching],
            line={"color": style.ALARM, "width": 2.5, "dash": "dash"},
            **axes,
        ),
        {
            **hover,
            **axes,
            "mode": "markers+lines",
            "opacity": 1,
            "x": [x, then],
            "y": [y, each.then[1]],
            "line": {"color": style.ALARM, "width": 2},
            "marker": {
                "size": [13, 11],
                "symbol": ["circle", "diamond"],
                "color": [style.INK, style.ALARM],
                "opacity": 1,
                "line": {"width": 0},
            },
        },
    ]


def _said(found: Sequence[Slice], names: Sequence[str], step: int, t: Translate) -> str:
    parts = [
        t(
            "{run}: the weight is {before}, the slope there {slope}, and the step takes it to {after}.",
            run=name,
            before=numeral(each.now[0]),
            slope=numeral(each.slope),
            after=numeral(each.then[0]),
        )
        for name, each in zip(names, found, strict=True)
    ]
    return t("The loss over one weight at step {step}, all others kept.", step=step) + " " + " ".join(parts)
