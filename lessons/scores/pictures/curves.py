"""The curves behind the bars: the exponential, every temperature, the sigmoid and the triangle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lessons.scores.model import Workings, probabilities_at
from softmax_core import sigmoid
from softmax_core.information import CORNERS, simplex_point, temperature_path, whole_temperature_path
from ui import signs
from ui.charts import draw, style
from ui.charts.labels import axis_bound, bold, opacity, short
from ui.charts.picture import Picture, Table, Translate
from ui.numerals import numeral as number
from ui.numerals import plain

MAX_HEIGHT = 15.0  # nats that the curve of the loss shows; a class beyond is in the table
TEMPERATURES = np.geomspace(0.1, 10.0, 81)
MARKED_TEMPERATURES = (10.0, 2.0, 1.0, 0.5, 0.1)
Array = NDArray[Any]
_GAP = "\u00a0" * 3
_LEAVING = 40  # the point of the path that shows which way it leaves the centre


def loss_curve(work: Workings, true: int, t: Translate) -> Picture:
    """Minus the logarithm of a probability, with every class on the curve and the true one marked."""
    xs = np.geomspace(1e-3, 1.0, 121)
    largest = max(loss for loss in work.losses if isfinite(loss))
    height = axis_bound([min(largest, MAX_HEIGHT), 1.0], 1.0, (1, 1.5, 2, 3, 5))
    classes = [index for index in range(len(work.names)) if work.losses[index] <= height]
    points = draw.dots(
        [work.probabilities[index] for index in classes],
        [work.losses[index] for index in classes],
        mode="markers+text",
        text=[
            bold(f"{_GAP}{signs.plotly(short(work.names[index], 12))}{_GAP}", index == true)
            for index in classes
        ],
        textposition="top right",
        textfont={"size": 15},
        hovertext=[f"−log {work.probability(index)} = {work.loss(index)}" for index in classes],
        hoverinfo="text",
        cliponaxis=False,
        marker={
            "size": [17 if index == true else 11 for index in classes],
            "color": [style.COLOURS[index] for index in classes],
            "symbol": [style.MARKERS[index] for index in classes],
            "line": {"color": style.INK, "width": [2.5 if index == true else 1 for index in classes]},
        },
    )
    curve = draw.line(xs.tolist(), (-np.log(xs)).tolist(), line={"color": style.INK, "width": 3})
    return Picture(
        title=t("The loss of the true class"),
        description=t(
            "The curve of −log p, from far up at probability 0 down to 0 at probability 1. {points}.",
            points="; ".join(
                t(
                    "If {name} is the true class: probability {probability}, loss {loss}",
                    name=signs.in_sentence(name),
                    probability=work.probability(index),
                    loss=work.loss(index),
                )
                for index, name in enumerate(work.names)
            ),
        ),
        figure={
            "data": [curve, points],
            "layout": {
                "height": 340,
                "showlegend": False,
                "annotations": _beyond(work),
                "margin": {"l": 50, "r": 14, "t": 12, "b": 48},
                "xaxis": draw.axis(
                    t("probability of the true class"),
                    automargin=True,
                    range=[-0.02, 1.05],
                    tickvals=[0, 0.25, 0.5, 0.75, 1],
                    zeroline=False,
                ),
                "yaxis": draw.axis(
                    t("loss −log p (nats)"), automargin=True, range=[-0.04 * height, 1.06 * height], nticks=6
                ),
            },
        },
        table=Table(
            [t("True class"), t("Probability"), t("Loss (nats)")],
            [
                [signs.text(name), work.probability(index), work.loss(index)]
                for index, name in enumerate(work.names)
            ],
        ),
    )


def _beyond(work: Workings) -> list[dict[str, Any]]:
    """In the free corner, as no axis reaches them: the forbidden classes."""
    names = ", ".join(signs.plotly(short(work.names[index], 12)) for index in work.forbidden)
    place = {"xanchor": "right", "yanchor": "top", "xref": "paper", "yref": "paper"}
    return [draw.note(f"−log 0 = ∞: {names}", 1, 1, size=15, **place)] if names else []


@lru_cache(maxsize=256)
def _at_every_temperature(scores: tuple[float, ...]) -> tuple[list[list[float]], list[list[str]]]:
    """The curve of each class, and the marked probabilities: they belong to the scores alone."""
    paths = temperature_path(scores, TEMPERATURES).T.tolist()
    return paths, probabilities_at(scores, MARKED_TEMPERATURES)


@lru_cache(maxsize=256)
def _through_the_triangle(scores: tuple[float, ...]) -> tuple[Array, Array]:
    """The way that temperature takes, and its marked places: they belong to the scores alone."""
    path = simplex_point(whole_temperature_path(scores)).round(5)
    return path, simplex_point(temperature_path(scores, MARKED_TEMPERATURES))


def temperature_curves(work: Workings, t: Translate) -> Picture:
    """The probability of every class at every temperature, the reader's temperature marked."""
    paths, marked = _at_every_temperature(work.scores)
    curves = [
        draw.dots(
            TEMPERATURES.tolist(),
            paths[index],
            mode="lines+markers",
            name=bold(signs.plotly(short(name, 12)), index == work.focus),
            customdata=[index] * len(TEMPERATURES),
            hovertext=signs.plotly(name),
            hoverinfo="text",
            opacity=opacity(work.focus, index),
            line={
                "color": style.COLOURS[index],
                "width": 5 if index == work.focus else 3,
                "dash": style.DASHES[index],
            },
            marker={"symbol": style.MARKERS[index], "size": 9, "maxdisplayed": 7},
        )
        for index, name in enumerate(work.names)
    ]
    here = draw.dots(
        [work.temperature] * len(work.names),
        list(work.probabilities),
        showlegend=False,
        marker={
            "symbol": list(style.MARKERS[: len(work.names)]),
            "color": list(style.COLOURS[: len(work.names)]),
            "size": 15,
            "line": {"color": style.INK, "width": 2},
        },
    )
    told = [signs.in_sentence(name) for name in work.names]
    return Picture(
        title=t("Probabilities at every temperature"),
        description=t(
            "One curve for each class over the temperature. At T = {temperature}: {now}. "
            "At T = 0.1: {cold}. At T = 10: {hot}.",
            temperature=number(work.temperature),
            now=_listed(told, _probabilities(work)),
            cold=_listed(told, marked[-1]),
            hot=_listed(told, marked[0]),
        ),
        figure={
            "data": [*curves, here],
            "layout": {
                "height": 400,
                "margin": {"l": 50, "r": 14, "t": 12, "b": 118},
                "legend": draw.legend(-0.24),
                "xaxis": draw.axis(
                    t("temperature T"),
                    type="log",
                    range=[-1.03, 1.03],
                    tickvals=[0.1, 0.2, 0.5, 1, 2, 5, 10],
                    showgrid=False,
                ),
                "yaxis": draw.axis(t("probability p"), range=[-0.03, 1.05], tickvals=[0, 0.25, 0.5, 0.75, 1]),
                "shapes": [
                    {
                        "type": "line",
                        "x0": work.temperature,
                        "x1": work.temperature,
                        "y0": 0,
                        "y1": 1,
                        "line": {"color": style.INK, "width": 2, "dash": "dot"},
                    }
                ],
            },
        },
        table=Table(
            [t("Class"), *(f"T = {number(each)}" for each in MARKED_TEMPERATURES)],
            [[signs.text(name), *(row[index] for row in marked)] for index, name in enumerate(work.names)],
        ),
    )


def _probabilities(work: Workings) -> list[str]:
    return [work.probability(index) for index in range(len(work.names))]


def _listed(names: Iterable[str], probabilities: Sequence[str]) -> str:
    return ", ".join(f"{name} {probability}" for name, probability in zip(names, probabilities, strict=True))


def sigmoid_curve(work: Workings, t: Translate) -> Picture:
    """Two classes: the probability of the first as a function of the difference of the scores."""
    first, second = work.names
    difference = work.difference
    bound = axis_bound([difference], 8.0, (1, 2, 4, 8))
    xs = np.linspace(-bound, bound, 161)
    probability, shown = work.by_sigmoid.value, work.by_sigmoid.text()
    point = draw.dots(
        [difference],
        [probability],
        cliponaxis=False,
        marker={
            "size": 17,
            "color": style.COLOURS[0],
            "symbol": style.MARKERS[0],
            "line": {"color": style.INK, "width": 2},
        },
    )
    curve = draw.line(xs.tolist(), sigmoid(xs).tolist(), line={"color": style.INK, "width": 3})
    return Picture(
        title=t("The sigmoid"),
        description=t(
            "An S-shaped curve from 0 to 1. At the score difference {difference} it is {probability}, "
            "the probability of {name}.",
            difference=plain(difference),
            probability=shown,
            name=signs.in_sentence(first),
        ),
        figure={
            "data": [curve, _drop(difference, probability, -bound), point],
            "layout": {
                "height": 400,
                "showlegend": False,
                "annotations": [_in_the_free_corner(f"σ({plain(difference)}) = {shown}")],
                "margin": {"l": 50, "r": 14, "t": 12, "b": 52},
                "xaxis": draw.axis(
                    t(
                        "score of {first} − score of {second}",
                        first=signs.plotly(short(first, 12)),
                        second=signs.plotly(short(second, 12)),
                    ),
                    automargin=True,
                    range=[-bound, bound],
                    showgrid=False,
                ),
                "yaxis": draw.axis(
                    t("probability of {name}", name=signs.plotly(short(first, 12))),
                    automargin=True,
                    range=[-0.03, 1.05],
                    tickvals=[0, 0.25, 0.5, 0.75, 1],
                ),
            },
        },
        table=Table(
            [t("Score difference"), t("Sigmoid"), t("Probability by softmax")],
            [[number(difference), shown, work.probability(0)]],
        ),
    )


def _in_the_free_corner(text: str) -> dict[str, Any]:
    """Below the right half of the S, where it never covers the curve."""
    return draw.note(
        f"<b>{text}</b>",
        0.98,
        0.12,
        size=18,
        xref="paper",
        yref="paper",
        xanchor="right",
        bgcolor=style.PAPER,
    )


def _drop(x: float, y: float, left: float) -> dict[str, Any]:
    """Lines from a point to both axes."""
    return draw.line([left, x, x], [y, y, -0.03], line={"color": style.COLOURS[0], "width": 2, "dash": "dot"})


def simplex(work: Workings, t: Translate) -> Picture:
    """Three classes: the triangle of all distributions, and the way that temperature takes through it."""
    path, marked = _through_the_triangle(work.scores)
    here = simplex_point(work.probabilities)
    left, right, top = CORNERS
    figure = {
        "data": [
            _line([left, right, top, left], {"color": style.INK, "width": 2}),
            _line(path.tolist(), {"color": style.INK, "width": 3, "dash": "dot"}),
            draw.dots(
                marked[:, 0].tolist(),
                marked[:, 1].tolist(),
                hovertext=[f"T = {number(each)}" for each in MARKED_TEMPERATURES],
                hoverinfo="text",
                marker={"size": 7, "color": style.INK},
            ),
            draw.dots(
                [corner[0] for corner in CORNERS],
                [corner[1] for corner in CORNERS],
                mode="markers+text",
                text=[
                    bold(signs.plotly(short(name, 12)), index == work.focus)
                    for index, name in enumerate(work.names)
                ],
                customdata=[0, 1, 2],
                textposition=["bottom center", "bottom center", "top center"],
                textfont={"size": 15},
                cliponaxis=False,
                marker={
                    "size": 20,
                    "color": list(style.COLOURS[:3]),
                    "symbol": list(style.MARKERS[:3]),
                    "opacity": [opacity(work.focus, index) for index in range(3)],
                },
            ),
            draw.dots(
                [float(here[0])],
                [float(here[1])],
                hovertext=[_listed(map(signs.plotly, work.names), _probabilities(work))],
                hoverinfo="text",
                cliponaxis=False,
                marker={
                    "size": 20,
                    "symbol": "star",
                    "color": style.ALARM,
                    "line": {"color": style.PAPER, "width": 1.5},
                },
            ),
        ],
        "layout": {
            "height": 400,
            "showlegend": False,
            "margin": {"l": 12, "r": 12, "t": 16, "b": 12},
            "xaxis": draw.axis(automargin=True, range=[-0.2, 1.2], visible=False, constrain="domain"),
            "yaxis": draw.axis(
                automargin=True, range=[-0.14, 0.99], visible=False, scaleanchor="x", constrain="domain"
            ),
            "annotations": [_hot_end(path)],
        },
    }
    rows = zip(MARKED_TEMPERATURES, probabilities_at(work.scores, MARKED_TEMPERATURES), strict=True)
    return Picture(
        title=t("The triangle of three classes"),
        description=_triangle_in_words(work, t),
        figure=figure,
        table=Table(
            ["T", *map(signs.text, work.names)],
            [[number(each), *probabilities] for each, probabilities in rows],
        ),
    )


def _line(points: Sequence[Sequence[float]], line: dict[str, Any]) -> dict[str, Any]:
    return draw.line([point[0] for point in points], [point[1] for point in points], line=line)


def _hot_end(path: Array) -> dict[str, Any]:
    """The name of the path's hot end, the centre, on the side from which the path does not leave."""
    centre = path[0]
    away = centre - path[min(len(path) - 1, _LEAVING)]
    length = float(np.hypot(*away))
    shift = away / length * (34, 16) if length else np.array((0, -20))
    return draw.note(
        "T → ∞",
        float(centre[0]),
        float(centre[1]),
        size=14,
        xshift=float(round(shift[0])),
        yshift=float(round(shift[1])),
    )


def _triangle_in_words(work: Workings, t: Translate) -> str:
    told = [signs.in_sentence(name) for name in work.names]
    probabilities, names = _listed(told, _probabilities(work)), " · ".join(told[index] for index in work.top)
    if len(work.top) == len(work.names):
        return t(
            "A triangle with a class at each corner. The star stands at {probabilities}: in the centre, "
            "at every temperature, as all scores are equal.",
            probabilities=probabilities,
        )
    many = len(work.top) > 1
    return t(
        "A triangle with a class at each corner. The star stands at {probabilities}. "
        "The dotted path runs from the centre, where the temperature is high, to {end}.",
        probabilities=probabilities,
        end=t("the middle of the edge of {names}", names=names)
        if many
        else t("the corner of {names}", names=names),
    )
