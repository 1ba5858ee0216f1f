"""Two runs from beginning to end: both fields, and two curves of each over a logarithmic scale of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor, log10
from typing import Any

import numpy as np

from lessons.train.course import Course
from lessons.train.pictures import curves, film, layout
from lessons.train.pictures.layers import field_frames, layers
from lessons.train.view import Array, run_names
from ui.charts import draw, style
from ui.charts.panels import headline
from ui.charts.picture import Layer, Picture, Table, Translate
from ui.numerals import numeral

HEIGHT, LOW_HEIGHT, NARROW_HEIGHT = 440, 390, 405
_MARGIN = {"l": 40, "r": 10, "t": 44, "b": 62}
_FIELDS = ([0.0, 0.335], [0.365, 0.70])
_ACROSS = [0.775, 1.0]
_ONE, _UPPER, _LOWER = [0.0, 1.0], [0.58, 1.0], [0.0, 0.42]
_PHONE_FIELDS, _PHONE_UP, _PHONE_CURVE = ([0.0, 0.48], [0.52, 1.0]), [0.46, 1.0], [0.0, 0.26]
_LOWEST = 1e-3  # of the gradients that are drawn
_ZERO, _EDGE = 10**-3.5, -3.7  # where one that is 0 stands below them, and where the axis ends
_ROWS = 12


@dataclass(frozen=True, slots=True)
class Still:
    """Where a film that does not play yet stands: nothing of what comes later is drawn, or told."""

    step: int


def picture(course: Course, lengths: bool, t: Translate, still: Still | None = None) -> Picture:
    """Both fields beside the curves: of the gradients, and of the weights too if `lengths`."""
    view = replace(course.view, n_steps=course.scene.n_steps)
    points = film.points(view, t)
    shown = [*_fields(course, still), *_lines(course, lengths, still)]
    names, last = film.marks(view, t), still.step if still else course.scene.n_steps
    return Picture(
        title=t("Two classifiers learning"),
        description=_describe(course, last, lengths, t),
        figure={
            "data": [*points, *names, *_keys(lengths, t)],
            "layout": {
                "height": LOW_HEIGHT if lengths else HEIGHT,
                "margin": _MARGIN,
                "showlegend": True,
                "legend": layout.legend(0.0, -0.1),
                "hoverlabel": {"align": "left"},
                **_field_axes(course),
                **_curve_axes(course, last, lengths, t),
                "annotations": [*_titles(t), *_headlines(lengths, t)],
            },
            "narrow": _narrow(lengths, t),
        },
        table=_table(course, last, t),
        layers=shown,
    )


def frames(course: Course, steps: Sequence[int], lengths: bool, t: Translate) -> list[Mapping[str, Any]]:
    """What the stage shows at some steps."""
    n_layers = len(_fields(course, None)) + len(_lines(course, lengths, None))
    return film.frames(course.view, course.lock, steps, course.lock.states(steps), n_layers, t)


def _fields(course: Course, still: Still | None) -> list[Layer]:
    found = [replace(layer, wide_only=False) for layer in layers(course.view)]
    if still is None:
        return found
    states = [[state] for state in course.lock.at(still.step)]
    configs = [run.config for run in course.lock.histories]
    (data,) = field_frames(course.view, states, configs)
    return [replace(layer, data=each) for layer, each in zip(found, data, strict=True)]


def _lines(course: Course, lengths: bool, still: Still | None) -> list[Layer]:
    gradients, weights = course.lengths
    drawn = np.where(gradients > 0, np.maximum(gradients, _LOWEST), _ZERO)
    plots: list[tuple[Array, str, str]] = [(drawn, "xaxis3", "yaxis3")]
    if lengths:
        plots.append((weights, "xaxis4", "yaxis4"))
    last = course.scene.n_steps if still is None else still.step
    kept = course.steps <= last
    found = []
    for run in (1, 0):
        for values, across, up in plots:
            data = {"x": course.steps[kept].astype(np.float32), "y": values[run][kept].astype(np.float32)}
            look = {"colour": curves.COLOURS[run], "width": 3}
            found.append(Layer("line", look, across, up, across == "xaxis4", data))
    cursor = {"colour": style.INK, "width": 1.5}
    return [*found, *(Layer("cursor", cursor, across, up, across == "xaxis4") for _, across, up in plots)]


def _field_axes(course: Course) -> dict[str, Any]:
    axes = layout.field_axes(course.view.frame)
    for suffix, domain in zip(("", "2"), _FIELDS, strict=True):
        axes[f"xaxis{suffix}"] |= {"domain": domain, "nticks": 5}
    return axes


def _curve_axes(course: Course, last: int, lengths: bool, t: Translate) -> dict[str, Any]:
    gradients, weights = course.lengths
    top = log10(1.5 * float(gradients.max()))
    across = draw.axis(
        type="log",
        range=[0, log10(course.scene.n_steps)],
        dtick=1,
        showgrid=False,
        zeroline=False,
        domain=_ACROSS,
    )
    up = draw.axis(zeroline=False)
    title = {"text": t("step"), "standoff": 2}
    gradient = {"type": "log", "range": [_EDGE, top], **_ticks(top)}
    axes = {
        "xaxis3": {**across, "anchor": "y3", **({} if lengths else {"title": title})},
        "yaxis3": {**up, "anchor": "x3", "domain": _UPPER if lengths else _ONE, **gradient},
    }
    if lengths:
        reach = [0, 1.08 * float(weights[:, course.steps <= last].max())]
        axes["xaxis4"] = {**across, "anchor": "y4", "title": title}
        axes["yaxis4"] = {**up, "anchor": "x4", "domain": _LOWER, "range": reach, "nticks": 5}
    return axes


def _ticks(top: float) -> dict[str, Any]:
    """Powers of ten up to one, and below them the place of 0, which a logarithm does not reach."""
    powers = [10.0**power for power in range(round(log10(_LOWEST)) + 1, floor(top) + 1)]
    return {"tickvals": [_ZERO, *powers], "ticktext": ["0", *map(numeral, powers)]}


def _titles(t: Translate) -> list[dict[str, Any]]:
    words = t("probability of the winner"), t("lead in score")
    return [
        layout.field_title(name, said, axis)
        for name, said, axis in zip(run_names(t), words, ("", "2"), strict=True)
    ]


def _headlines(lengths: bool, t: Translate) -> list[dict[str, Any]]:
    found = [headline(t("Length of the gradient"), "3", shift=2)]
    return [*found, headline(t("Length of all weights"), "4", shift=2)] if lengths else found


def _narrow(lengths: bool, t: Translate) -> dict[str, Any]:
    """On a phone: both fields beside each other, the gradients below."""
    names = [headline(name, axis, 14, 2) for name, axis in zip(run_names(t), ("", "2"), strict=True)]
    narrow: dict[str, Any] = {
        "height": NARROW_HEIGHT,
        "margin": {"l": 40, "r": 10, "t": 24, "b": 86},
        "legend": layout.legend(0.0, -0.17),
        "annotations": [*names, *_headlines(False, t)],
        "xaxis3": {"domain": [0.0, 1.0], "title": {"text": t("step"), "standoff": 2}},
        "yaxis3": {"domain": _PHONE_CURVE},
    }
    for suffix, domain in zip(("", "2"), _PHONE_FIELDS, strict=True):
        narrow[f"xaxis{suffix}"] = {"domain": domain, "nticks": 4}
        narrow[f"yaxis{suffix}"] = {"domain": _PHONE_UP}
    if lengths:
        gone = {"visible": False, "domain": [0.0, 0.01]}
        narrow |= {"xaxis4": gone, "yaxis4": {**gone, "domain": [0.34, 0.35]}}
    return narrow


def _keys(lengths: bool, t: Translate) -> list[dict[str, Any]]:
    """Whose curve is whose; and something on every axis, for Plotly draws no bare ones."""
    axes = "4" if lengths else "3"
    return [
        draw.line(
            [None], [None], name=name, xaxis=f"x{axis}", yaxis=f"y{axis}", line={"color": colour, "width": 3}
        )
        for name, colour, axis in zip(run_names(t), curves.COLOURS, ("3", axes), strict=True)
    ]


def _describe(course: Course, last: int, lengths: bool, t: Translate) -> str:
    said = t(
        "{n} points of {k} classes over a plane, shown twice: the regions of a softmax classifier, shaded by "
        "the probability of the winner, and those of an SVM, shaded by its lead in score. Beside them, over "
        "steps 1 to {last} on a logarithmic scale, the length of the gradient of each.",
        n=course.view.n_train,
        k=course.view.n_classes,
        last=last,
    )
    return said + (" " + t("Below it the length of all weights of each.") if lengths else "")


def _table(course: Course, last: int, t: Translate) -> Table:
    rows = np.unique(np.linspace(0, np.flatnonzero(course.steps <= last)[-1], _ROWS).astype(int))
    columns = [t("Step")]
    for name in run_names(t):
        columns += [t("{run}: gradient", run=name), t("{run}: weights", run=name)]
    gradients, weights = course.lengths
    return Table(
        columns,
        [
            [str(course.steps[row])]
            + [numeral(float(value[run][row])) for run in range(2) for value in (gradients, weights)]
            for row in rows.tolist()
        ],
    )
