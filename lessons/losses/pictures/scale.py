"""Why the two losses cannot be compared with each other, and why Δ and λ are one trade-off."""

from __future__ import annotations

from functools import cache
from math import log
from typing import Any

from lessons.losses.model import (
    DIGITS,
    PARAMS,
    TRUE,
    X,
    example,
    judged,
)
from lessons.losses.pictures.weights import blobs, plane
from softmax_core import Data, GradientCheck, check_gradient
from softmax_core.linear import Rescaling, rescale_objective, scaled_params
from softmax_core.numerics import rescale
from ui.charts import draw, style
from ui.charts.labels import axis_bound
from ui.charts.picture import Picture, Table, Translate
from ui.numerals import numeral, whole

_SURENESS = 0.6


@cache
def example_checks() -> dict[str, GradientCheck]:
    """The gradients of both losses with respect to W and b of that example, against differences."""
    sample = Data([X], [TRUE])
    return {loss: check_gradient(PARAMS, sample, loss) for loss in ("weston_watkins", "cross_entropy")}


def both_losses() -> dict[str, str]:
    """The two numbers of that example which invite to a comparison."""
    return {"hinge": example().hinge_text, "entropy": example().entropy_text}


def rulers(t: Translate, told: bool = True) -> Table:
    """One example measured with other rulers, once that is told: the numbers change, not the judgement."""
    hinge, entropy = example().hinge_text, example().entropy_text
    double = judged(rescale(example().scores, 0.0, 0.5).tolist(), TRUE, 2.0)
    chance = judged([0.0] * 10, 0)
    rows = [
        [t("CS231n, Δ = 1, nats"), hinge, entropy],
        [t("Scores and Δ × 2"), double.hinge_text, "–"],
        [t("In bits"), "–", numeral(example().cross_entropy / log(2), DIGITS)],
        [t("10 classes, tied"), f"{chance.hinge_text} (Δ = 1)", chance.entropy_text],
    ]
    return Table([t("Situation"), t("Hinge"), t("Cross-entropy")], rows if told else rows[:1])


def rescaled(factor: float, l2: float, margin: float = 1.0) -> Rescaling:
    """The hinge objective of the small data set at two scales."""
    params = scaled_params(plane()[1], _SURENESS)
    return rescale_objective(params, blobs(), "weston_watkins", l2, margin, factor)


def trade_off(pair: Rescaling, l2: float, margin: float, t: Translate) -> Picture:
    """The objective at two scales as stacked bars, data loss and penalty, and the second one divided by c."""
    there = pair.there
    rows = (
        ("L(W, b; Δ, λ)", pair.here.data, pair.here.penalty),
        ("L(cW, cb; cΔ, λ/c)", there.data, there.penalty),
        (t("the same ÷ c"), there.data / pair.factor, there.penalty / pair.factor),
    )
    bound = axis_bound([pair.here.total, there.total], 0.1, (1, 2, 5))
    names = [name for name, _, _ in rows]
    totals = [data + penalty for _, data, penalty in rows]
    figure = {
        "data": [
            _bars(names, [row[1] for row in rows], t("data loss"), style.VIOLET, ""),
            _bars(names, [row[2] for row in rows], t("penalty ½λ|W|²"), style.ORANGE, "/"),
            draw.dots(
                totals,
                names,
                mode="text",
                showlegend=False,
                text=[f"  <b>{numeral(total, DIGITS)}</b>" for total in totals],
                textposition="middle right",
                textfont={"size": 16},
                cliponaxis=False,
            ),
        ],
        "layout": {
            "height": 300,
            "barmode": "stack",
            "bargap": 0.35,
            "margin": {"l": 150, "r": 12, "t": 8, "b": 84},
            "legend": {
                "orientation": "h",
                "x": 0,
                "y": -0.24,
                "yanchor": "top",
                "itemclick": False,
                "traceorder": "normal",  # as the bars are stacked
            },
            "xaxis": draw.axis(t("hinge objective"), standoff=4, range=[0, bound * 1.3], nticks=5),
            "yaxis": draw.axis(type="category", range=[len(rows) - 0.5, -0.5], showgrid=False),
        },
        "narrow": {"margin": {"l": 128}, "yaxis": {"tickfont": {"size": 12}}},
    }
    return Picture(
        title=t("One trade-off at two scales"),
        description=t(
            "Stacked bars of data loss and penalty. With Δ = {margin} and λ = {l2} the objective is {here}; "
            "with everything scaled by c = {factor} it is {there}, and divided by c {recovered}.",
            margin=numeral(margin),
            l2=numeral(l2),
            here=numeral(pair.here.total, DIGITS),
            factor=numeral(pair.factor),
            there=numeral(there.total, DIGITS),
            recovered=numeral(pair.recovered, DIGITS),
        ),
        figure=figure,
        table=Table(
            [t("Objective"), t("Data loss"), t("Penalty"), t("Sum")],
            [[name, *whole((data, penalty), data + penalty, DIGITS)] for name, data, penalty in rows],
        ),
    )


def _bars(names: list[str], values: list[float], name: str, colour: str, pattern: str) -> dict[str, Any]:
    return draw.bars(
        values,
        names,
        orientation="h",
        name=name,
        marker=draw.hatched(colour, pattern, 0.25),
    )
