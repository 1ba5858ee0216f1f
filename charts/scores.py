"""The pictures of the lesson on scores: linked bars, temperature curves, the sigmoid and the triangle."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import expm1, inf, isclose
from typing import Any

import numpy as np

from charts import style
from charts.numerals import numeral as number
from charts.picture import Handle, Picture, Table, Translate
from softmax_core import (
    CORNERS,
    SoftmaxSteps,
    cross_entropy,
    largest_difference,
    log_softmax,
    logsumexp,
    rescale,
    sigmoid,
    simplex_point,
    softmax,
    steps_in_range,
    temperature_path,
    unscale,
)

TEMPERATURES = np.geomspace(0.1, 10.0, 81)
MARKED_TEMPERATURES = (10.0, 2.0, 1.0, 0.5, 0.1)
_FADED = 0.3
_CROWDED = 4
_NAME_ROOM = (16, 16, 16, 14, 11, 8, 7, 6, 5)
_SURE = 0.99995
_GAP = "\u00a0" * 3


@dataclass(frozen=True, slots=True)
class Workings:
    """A row of scores on its way to shares, every number as the core computed it.

    `losses` holds for each class the loss if it were the true one, `log_total` the logarithm of the sum
    of the exponentials shown, and `drift` how far the constant moved a share.
    """

    names: Sequence[str]
    scores: Sequence[float]
    constant: float
    temperature: float
    focus: int | None
    rescaled: Sequence[float]
    steps: SoftmaxSteps
    shares: Sequence[float]
    log_shares: Sequence[float]
    losses: Sequence[float]
    log_total: float
    drift: float

    @property
    def is_shifted(self) -> bool:
        """Whether the exponentials are those of the scores less their maximum."""
        return self.steps.algorithm != "naive"

    @property
    def is_rescaled(self) -> bool:
        """Whether a constant or a temperature stands between the scores and the exponentials."""
        return self.constant != 0 or self.temperature != 1

    @property
    def top(self) -> list[int]:
        """The classes with the highest score; several in a tie."""
        highest = max(self.scores)
        return [index for index, score in enumerate(self.scores) if score == highest]

    @property
    def symbol(self) -> str:
        """The letter of what goes into the exponential."""
        return "z" if self.is_rescaled else "f"

    @property
    def difference(self) -> float:
        """The first score less the second, as they go into the exponential."""
        return self.rescaled[0] - self.rescaled[1]

    def loss_story(self, true: int) -> str:
        """What the first form of the loss comes to: "equal" to the second, "rounded" away, or "broken"."""
        first = float(self.steps.losses[true])
        if first == inf:
            return "broken"
        return "equal" if isclose(first, self.losses[true], rel_tol=1e-6) else "rounded"

    def lifted(self, by: float) -> Workings:
        """The same with a constant more on every score."""
        return workings(self.names, self.scores, self.constant + by, self.temperature, self.focus)

    def doubled(self) -> Workings:
        """The same with all scores doubled, which is half the temperature."""
        return workings(self.names, self.scores, self.constant, self.temperature / 2, self.focus)

    def raised(self, index: int, by: float) -> Workings:
        """The same with one score raised, as it goes into the exponential."""
        moved = moved_scores(self, index, self.rescaled[index] + by)
        return workings(self.names, moved, self.constant, self.temperature, self.focus)

    def share(self, index: int, digits: int = 4) -> str:
        return share_text(self.shares[index], self.log_shares[index], digits)

    def weight(self, index: int, digits: int = 4) -> str:
        value = float(self.steps.exponentials[index])
        return number(value, digits) if value else f"e^{number(float(self.steps.shifted[index]), digits)}"


def workings(
    names: Sequence[str],
    scores: Sequence[float],
    constant: float = 0.0,
    temperature: float = 1.0,
    focus: int | None = None,
) -> Workings:
    """Run the softmax once for everything that the lesson shows."""
    rescaled = rescale(scores, constant, temperature)
    steps = steps_in_range(rescaled)
    shares = softmax(rescaled)
    classes = range(len(names))
    return Workings(
        names=names,
        scores=scores,
        constant=constant,
        temperature=temperature,
        focus=focus,
        rescaled=rescaled.tolist(),
        steps=steps,
        shares=shares.tolist(),
        log_shares=log_softmax(rescaled).tolist(),
        losses=[float(cross_entropy(rescaled, index)) for index in classes],
        log_total=float(logsumexp(steps.shifted)),
        drift=largest_difference(shares, softmax(rescale(scores, 0.0, temperature))),
    )


def moved_scores(work: Workings, index: int, to: float, limit: float = inf) -> list[float]:
    """The scores when one of them is moved to a place on the axis of what goes into the exponential."""
    score = float(unscale(to, work.constant, work.temperature))
    moved = list(work.scores)
    moved[index] = max(-limit, min(score, limit))
    return moved


def share_text(share: float, log_share: float, digits: int = 4) -> str:
    """A share that is neither called 0 nor 1, as no share of finite scores is."""
    if share == 0:
        return f"e^{number(log_share, digits)}"
    if share <= _SURE:
        return number(share, digits)
    return f"1 − {number(-expm1(log_share), digits)}" if log_share else "≈ 1"


def compact(value: float, digits: int) -> str:
    """A number that is short enough to stand over a bar."""
    if 0 < abs(value) < 1e-3:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        return f"{float(mantissa):g}e{int(exponent)}".replace("-", "−")
    return number(value, digits)


def short(name: str, room: int) -> str:
    """A name cut to the room of so many narrow letters; a Korean one takes two."""
    widths = [2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in name]
    if sum(widths) <= room:
        return name
    kept = 0
    while sum(widths[: kept + 1]) < room:
        kept += 1
    return name[:kept] + "…"


def axis_bound(values: Iterable[float], least: float = 5.0, steps: Sequence[float] = (1, 2, 5)) -> float:
    """The smallest round number that holds all the values, so that an axis changes rarely."""
    largest = max(least, *(abs(value) for value in values))
    decade = 10.0 ** np.floor(np.log10(largest))
    return next(
        float(step * decade) for step in (*steps, 10 * steps[0]) if largest <= step * decade * (1 + 1e-9)
    )


def score_bound(work: Workings) -> float:
    """Where the axis of scores ends, below and above."""
    return axis_bound((*work.scores, *work.rescaled))


def linked_bars(work: Workings, t: Translate, bound: float | None = None) -> Picture:
    """Scores, exponentials and shares of every class, side by side; the scores can be dragged."""
    bound = max(bound or 0.0, score_bound(work))
    weights = work.steps.exponentials.tolist()
    crowded = len(work.names) > _CROWDED
    tallest = axis_bound(weights, 1e-300, (1, 3))
    headroom = 1.32 if crowded else 1.14
    texts = _texts(work, 3 if len(work.names) >= _CROWDED else 4)
    figure = {
        "data": [
            _bars(work, work.rescaled, texts[0], "", labelled=False),
            _bars(work, weights, texts[1], "2"),
            _bars(work, work.shares, texts[2], "3"),
            *([_where_they_were(work)] if work.is_rescaled else []),
        ],
        "layout": {
            "height": 380,
            "margin": {"l": 46, "r": 8, "t": 40, "b": 34},
            "showlegend": False,
            "bargap": 0.22,
            "annotations": [*_panel_titles(work, t), *_score_labels(work, texts[0])],
            **_panel("", work, [-bound * headroom, bound * headroom], [0.0, 0.28], [0.0, 1.0]),
            **_panel("2", work, [0, tallest * headroom], [0.37, 0.64], [0.0, 1.0]),
            **_panel("3", work, [0, headroom], [0.72, 1.0], [0.0, 1.0]),
        },
        "narrow": {
            "height": 720,
            **_domains("", [0.0, 1.0], [0.735, 1.0]),
            **_domains("2", [0.0, 1.0], [0.365, 0.63]),
            **_domains("3", [0.0, 1.0], [0.0, 0.26]),
        },
    }
    return Picture(
        title=t("Scores, exponentials and shares"),
        description=_in_words(work, t),
        figure=figure,
        table=_table(work, t),
        handles=[
            Handle(
                id=index,
                label=t("Score of {name}", name=name),
                text=number(work.rescaled[index]),
                x=index,
                y=work.rescaled[index],
                low=-bound,
                high=bound,
                step=bound / 100,
            )
            for index, name in enumerate(work.names)
        ],
    )


def _texts(work: Workings, digits: int) -> list[list[str]]:
    """What stands over the bars of each panel."""
    shifted, logs = work.steps.shifted.tolist(), work.log_shares
    weights = zip(work.steps.exponentials.tolist(), shifted, strict=True)
    shares = zip(work.shares, logs, strict=True)
    return [
        [compact(value, digits) for value in work.rescaled],
        [compact(value, digits) if value else f"e^{number(log, 3)}" for value, log in weights],
        [_over_a_bar(value, log, digits) for value, log in shares],
    ]


def _over_a_bar(share: float, log_share: float, digits: int) -> str:
    if share > _SURE:
        return "≈ 1"
    return compact(share, digits) if share else f"e^{number(log_share, 3)}"


def _bars(
    work: Workings, values: Sequence[float], texts: Sequence[str], axis: str, labelled: bool = True
) -> dict[str, Any]:
    classes = list(range(len(work.names)))
    crowded = len(classes) > _CROWDED
    return {
        "type": "bar",
        "x": classes,
        "y": list(values),
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "customdata": classes,
        "hovertext": [f"{name}: {text}" for name, text in zip(work.names, texts, strict=True)],
        "hoverinfo": "text",
        "text": [_bold(text, index == work.focus) for index, text in enumerate(texts)] if labelled else None,
        "textposition": "outside" if labelled else "none",
        "textangle": -90 if crowded else 0,
        "textfont": {"size": 13 if len(classes) >= _CROWDED else 15, "color": style.INK},
        "constraintext": "none",
        "cliponaxis": False,
        "marker": {
            "color": list(style.COLOURS[: len(classes)]),
            "opacity": [_opacity(work.focus, index) for index in classes],
            "pattern": {
                "shape": list(style.PATTERNS[: len(classes)]),
                "fillmode": "overlay",
                "fgcolor": "#FFFFFF",
                "fgopacity": 0.75,
                "solidity": 0.2,
            },
            "line": {"color": style.INK, "width": [3 if index == work.focus else 0 for index in classes]},
        },
    }


def _opacity(focus: int | None, index: int) -> float:
    return 1.0 if focus is None or focus == index else _FADED


def _bold(text: str, yes: bool) -> str:
    return f"<b>{text}</b>" if yes else text


def _where_they_were(work: Workings) -> dict[str, Any]:
    """A line across each bar at the score before the constant and the temperature."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(range(len(work.names))),
        "y": list(work.scores),
        "hoverinfo": "skip",
        "marker": {
            "symbol": "line-ew-open",
            "size": 26,
            "color": style.INK,
            "line": {"width": 3, "color": style.INK},
        },
    }


def _panel_titles(work: Workings, t: Translate) -> list[dict[str, Any]]:
    exponent = f"{work.symbol} − max {work.symbol}" if work.is_shifted else work.symbol
    titles = (
        t("Scores z = (f + constant) / T") if work.is_rescaled else t("Scores f"),
        t("Exponentials e<sup>{exponent}</sup>", exponent=exponent),
        t("Shares p: each ÷ sum"),
    )
    return [
        {
            "text": f"<b>{title}</b>",
            "xref": f"x{axis} domain",
            "yref": f"y{axis} domain",
            "x": 0,
            "y": 1,
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": 8,
            "showarrow": False,
            "font": {"size": 15, "color": style.INK},
        }
        for axis, title in zip(("", "2", "3"), titles, strict=True)
    ]


def _score_labels(work: Workings, texts: Sequence[str]) -> list[dict[str, Any]]:
    """The scores' labels stand clear of the handles that lie on the ends of the bars."""
    crowded = len(work.names) > _CROWDED
    return [
        {
            "text": _bold(text, index == work.focus),
            "x": index,
            "y": value,
            "yanchor": "top" if value < 0 else "bottom",
            "yshift": -9 if value < 0 else 9,
            "textangle": -90 if crowded else 0,
            "bgcolor": style.PAPER,
            "borderpad": 1,
            "showarrow": False,
            "font": {"size": 13 if len(work.names) >= _CROWDED else 15, "color": style.INK},
        }
        for index, (value, text) in enumerate(zip(work.rescaled, texts, strict=True))
    ]


def _panel(
    axis: str, work: Workings, values: list[float], across: list[float], up: list[float]
) -> dict[str, Any]:
    classes = range(len(work.names))
    room = _NAME_ROOM[len(work.names)]
    return {
        f"xaxis{axis}": {
            "range": [-0.6, len(work.names) - 0.4],
            "tickvals": list(classes),
            "ticktext": [_bold(short(work.names[index], room), index == work.focus) for index in classes],
            "tickangle": 0,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "automargin": False,
            "domain": across,
            "anchor": f"y{axis}",
        },
        f"yaxis{axis}": {
            "range": values,
            "nticks": 5,
            "exponentformat": "power",
            "fixedrange": True,
            "automargin": False,
            "domain": up,
            "anchor": f"x{axis}",
        },
    }


def _domains(axis: str, across: list[float], up: list[float]) -> dict[str, Any]:
    return {f"xaxis{axis}": {"domain": across}, f"yaxis{axis}": {"domain": up}}


def _in_words(work: Workings, t: Translate) -> str:
    bars = "; ".join(
        t(
            "{name}: score {score}, exponential {weight}, share {share}",
            name=name,
            score=number(work.rescaled[index]),
            weight=work.weight(index),
            share=work.share(index),
        )
        for index, name in enumerate(work.names)
    )
    return t("Three groups of bars, one bar for each class. {bars}.", bars=bars)


def _table(work: Workings, t: Translate) -> Table:
    columns = [t("Class"), t("Score"), t("After constant and T"), t("Exponential"), t("Share")]
    rows = [
        [
            name,
            number(work.scores[index], 6),
            number(work.rescaled[index], 6),
            work.weight(index, 6),
            work.share(index, 6),
        ]
        for index, name in enumerate(work.names)
    ]
    return Table(columns, rows)


def exponential_curve(work: Workings, t: Translate) -> Picture:
    """The exponential function with the scores of a row on it."""
    xs = np.linspace(-3.6, 1.6, 105)
    weights = work.steps.exponentials.tolist()
    labels = [f"{name}: {work.weight(index)}" for index, name in enumerate(work.names)]
    stems = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [score, score],
            "y": [0, weight],
            "hoverinfo": "skip",
            "line": {"color": style.COLOURS[index], "width": 3, "dash": style.DASHES[index]},
        }
        for index, (score, weight) in enumerate(zip(work.rescaled, weights, strict=True))
    ]
    points = {
        "type": "scatter",
        "mode": "markers+text",
        "x": list(work.rescaled),
        "y": weights,
        "text": [f"{_GAP}{label}{_GAP}" for label in labels],
        "textposition": ["top center" if weight < 1 else "middle left" for weight in weights],
        "textfont": {"size": 15},
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {
            "size": 13,
            "color": list(style.COLOURS[: len(weights)]),
            "symbol": list(style.MARKERS[: len(weights)]),
            "line": {"color": style.INK, "width": 1},
        },
    }
    curve = {
        "type": "scatter",
        "mode": "lines",
        "x": xs.tolist(),
        "y": np.exp(xs).tolist(),
        "hoverinfo": "skip",
        "line": {"color": style.INK, "width": 2.5},
    }
    return Picture(
        title=t("The exponential of each score"),
        description=t(
            "The curve of the exponential function, always above 0 and steeper and steeper. On it: {points}.",
            points="; ".join(labels),
        ),
        figure={
            "data": [curve, *stems, points],
            "layout": {
                "height": 320,
                "showlegend": False,
                "margin": {"l": 50, "r": 14, "t": 12, "b": 48},
                "xaxis": {
                    "range": [-3.6, 1.6],
                    "title": {"text": t("score f")},
                    "showgrid": False,
                    "fixedrange": True,
                },
                "yaxis": {
                    "range": [0, 4.2],
                    "title": {"text": t("exponential e<sup>f</sup>")},
                    "nticks": 5,
                    "fixedrange": True,
                },
            },
        },
        table=Table(
            [t("Class"), t("Score"), t("Exponential")],
            [[name, number(work.scores[index]), work.weight(index)] for index, name in enumerate(work.names)],
        ),
    )


def temperature_curves(work: Workings, t: Translate) -> Picture:
    """The share of every class at every temperature, the reader's temperature marked."""
    path = temperature_path(work.scores, TEMPERATURES)
    curves = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": _bold(short(name, 12), index == work.focus),
            "x": TEMPERATURES.tolist(),
            "y": path[:, index].tolist(),
            "customdata": [index] * len(TEMPERATURES),
            "hoverinfo": "name",
            "opacity": _opacity(work.focus, index),
            "line": {
                "color": style.COLOURS[index],
                "width": 5 if index == work.focus else 3,
                "dash": style.DASHES[index],
            },
            "marker": {"symbol": style.MARKERS[index], "size": 9, "maxdisplayed": 7},
        }
        for index, name in enumerate(work.names)
    ]
    here = {
        "type": "scatter",
        "mode": "markers",
        "showlegend": False,
        "hoverinfo": "skip",
        "x": [work.temperature] * len(work.names),
        "y": list(work.shares),
        "marker": {
            "symbol": list(style.MARKERS[: len(work.names)]),
            "color": list(style.COLOURS[: len(work.names)]),
            "size": 15,
            "line": {"color": style.INK, "width": 2},
        },
    }
    marked = temperature_path(work.scores, MARKED_TEMPERATURES)
    return Picture(
        title=t("Shares at every temperature"),
        description=t(
            "One curve for each class over the temperature. At T = {temperature}: {now}. "
            "At T = 0.1: {cold}. At T = 10: {hot}.",
            temperature=number(work.temperature),
            now=_listed(work.names, work.shares),
            cold=_listed(work.names, marked[-1].tolist()),
            hot=_listed(work.names, marked[0].tolist()),
        ),
        figure={
            "data": [*curves, here],
            "layout": {
                "height": 400,
                "margin": {"l": 50, "r": 14, "t": 12, "b": 118},
                "legend": {"orientation": "h", "x": 0, "y": -0.24, "yanchor": "top", "itemclick": False},
                "xaxis": {
                    "type": "log",
                    "range": [-1.03, 1.03],
                    "tickvals": [0.1, 0.2, 0.5, 1, 2, 5, 10],
                    "title": {"text": t("temperature T")},
                    "showgrid": False,
                    "fixedrange": True,
                    "automargin": False,
                },
                "yaxis": {
                    "range": [-0.03, 1.05],
                    "tickvals": [0, 0.25, 0.5, 0.75, 1],
                    "title": {"text": t("share p")},
                    "fixedrange": True,
                    "automargin": False,
                },
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
            [
                [name, *(number(row[index]) for row in marked.tolist())]
                for index, name in enumerate(work.names)
            ],
        ),
    )


def _listed(names: Sequence[str], shares: Sequence[float]) -> str:
    return ", ".join(f"{name} {number(share)}" for name, share in zip(names, shares, strict=True))


def sigmoid_curve(work: Workings, t: Translate) -> Picture:
    """Two classes: the share of the first as a function of the difference of the scores."""
    first, second = work.names
    difference = work.difference
    bound = axis_bound([difference], 8.0, (1, 2, 4, 8))
    xs = np.linspace(-bound, bound, 161)
    share = float(sigmoid(difference))
    shown = number(share)
    point = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [difference],
        "y": [share],
        "text": [f"<b>σ({number(difference)}) = {shown}</b>"],
        "textposition": _beside_the_curve(difference, bound),
        "textfont": {"size": 15},
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {
            "size": 17,
            "color": style.COLOURS[0],
            "symbol": style.MARKERS[0],
            "line": {"color": style.INK, "width": 2},
        },
    }
    curve = {
        "type": "scatter",
        "mode": "lines",
        "x": xs.tolist(),
        "y": sigmoid(xs).tolist(),
        "hoverinfo": "skip",
        "line": {"color": style.INK, "width": 3},
    }
    return Picture(
        title=t("The sigmoid"),
        description=t(
            "An S-shaped curve from 0 to 1. At the score difference {difference} it is {share}, "
            "the share of {name}.",
            difference=number(difference),
            share=shown,
            name=first,
        ),
        figure={
            "data": [curve, _drop(difference, share, -bound), point],
            "layout": {
                "height": 400,
                "showlegend": False,
                "margin": {"l": 50, "r": 14, "t": 12, "b": 52},
                "xaxis": {
                    "range": [-bound, bound],
                    "title": {
                        "text": t(
                            "score of {first} − score of {second}",
                            first=short(first, 12),
                            second=short(second, 12),
                        )
                    },
                    "showgrid": False,
                    "fixedrange": True,
                },
                "yaxis": {
                    "range": [-0.03, 1.05],
                    "tickvals": [0, 0.25, 0.5, 0.75, 1],
                    "title": {"text": t("share of {name}", name=short(first, 12))},
                    "fixedrange": True,
                },
            },
        },
        table=Table(
            [t("Score difference"), t("Sigmoid"), t("Share by softmax")],
            [[number(difference), shown, work.share(0)]],
        ),
    )


def _beside_the_curve(difference: float, bound: float) -> str:
    """The free side of the S at that place: above it on the left, below it on the right."""
    if difference < 0:
        return "top left" if difference > -bound / 3 else "top right"
    return "bottom right" if difference < bound / 3 else "bottom left"


def _drop(x: float, y: float, left: float) -> dict[str, Any]:
    """Lines from a point to both axes."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [left, x, x],
        "y": [y, y, -0.03],
        "hoverinfo": "skip",
        "line": {"color": style.COLOURS[0], "width": 2, "dash": "dot"},
    }


def simplex(work: Workings, t: Translate) -> Picture:
    """Three classes: the triangle of all distributions, and the way that temperature takes through it."""
    path = simplex_point(temperature_path(work.scores, np.geomspace(0.01, 1000.0, 201)))
    marked = simplex_point(temperature_path(work.scores, MARKED_TEMPERATURES))
    here = simplex_point(work.shares)
    left, right, top = CORNERS
    figure = {
        "data": [
            _line([left, right, top, left], {"color": style.INK, "width": 2}),
            _line(path.tolist(), {"color": style.INK, "width": 3, "dash": "dot"}),
            {
                "type": "scatter",
                "mode": "markers",
                "x": marked[:, 0].tolist(),
                "y": marked[:, 1].tolist(),
                "hovertext": [f"T = {number(each)}" for each in MARKED_TEMPERATURES],
                "hoverinfo": "text",
                "marker": {"size": 7, "color": style.INK},
            },
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [corner[0] for corner in CORNERS],
                "y": [corner[1] for corner in CORNERS],
                "text": [
                    _bold(short(name, 12), index == work.focus) for index, name in enumerate(work.names)
                ],
                "customdata": [0, 1, 2],
                "textposition": ["bottom center", "bottom center", "top center"],
                "textfont": {"size": 15},
                "hoverinfo": "skip",
                "cliponaxis": False,
                "marker": {
                    "size": 20,
                    "color": list(style.COLOURS[:3]),
                    "symbol": list(style.MARKERS[:3]),
                    "opacity": [_opacity(work.focus, index) for index in range(3)],
                },
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [float(here[0])],
                "y": [float(here[1])],
                "hovertext": [_listed(work.names, work.shares)],
                "hoverinfo": "text",
                "cliponaxis": False,
                "marker": {
                    "size": 20,
                    "symbol": "star",
                    "color": style.ALARM,
                    "line": {"color": style.PAPER, "width": 1.5},
                },
            },
        ],
        "layout": {
            "height": 400,
            "showlegend": False,
            "margin": {"l": 12, "r": 12, "t": 16, "b": 12},
            "xaxis": {"range": [-0.2, 1.2], "visible": False, "fixedrange": True, "constrain": "domain"},
            "yaxis": {
                "range": [-0.14, 0.99],
                "visible": False,
                "fixedrange": True,
                "scaleanchor": "x",
                "constrain": "domain",
            },
            "annotations": [_path_label(path[-1].tolist(), "T → ∞")],
        },
    }
    return Picture(
        title=t("The triangle of three classes"),
        description=t(
            "A triangle with a class at each corner. The star stands at {shares}. "
            "The dotted path runs from the centre, where the temperature is high, to {end}.",
            shares=_listed(work.names, work.shares),
            end=_path_end(work, t),
        ),
        figure=figure,
        table=Table(
            ["T", *work.names],
            [
                [number(each), *map(number, row)]
                for each, row in zip(
                    MARKED_TEMPERATURES,
                    temperature_path(work.scores, MARKED_TEMPERATURES).tolist(),
                    strict=True,
                )
            ],
        ),
    )


def _line(points: Sequence[Sequence[float]], line: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [point[0] for point in points],
        "y": [point[1] for point in points],
        "hoverinfo": "skip",
        "line": line,
    }


def _path_label(point: Sequence[float], text: str) -> dict[str, Any]:
    return {
        "x": point[0],
        "y": point[1],
        "text": text,
        "showarrow": False,
        "yshift": -16,
        "font": {"size": 14, "color": style.INK},
    }


def _path_end(work: Workings, t: Translate) -> str:
    names = " · ".join(work.names[index] for index in work.top)
    if len(work.top) == len(work.names):
        return t("the centre again, as all scores are equal")
    if len(work.top) > 1:
        return t("the middle of the edge of {names}", names=names)
    return t("the corner of {names}", names=names)
