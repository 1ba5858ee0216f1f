"""The two penalties of the notes, as curves over one weight."""

from __future__ import annotations

from math import isclose

from lessons.losses.model import W_ROWS
from softmax_core.linear import Penalty, penalty, same_penalty
from ui.charts import draw
from ui.charts.labels import axis_bound
from ui.charts.picture import Picture, Table, Trace, Translate
from ui.charts.style import INK, ORANGE, VIOLET
from ui.numerals import numeral

WEIGHT = 0.7  # the largest weight of CS231n's worked example
_STEPS = 20


def penalties(plain: float, halved: float, t: Translate) -> Picture:
    """Both penalties of one weight as curves, with their slopes at the largest weight of the example."""
    curves = ((plain, False, "λw²", ORANGE, "solid"), (halved, True, "½λw²", VIOLET, "dash"))
    data: list[Trace] = []
    values, slopes = [], []
    for l2, is_halved, name, colour, dash in curves:
        at = penalty([WEIGHT], l2, is_halved)
        values.append(at.value)
        slopes.append(float(at.gradient[0]))
        data += _curve(l2, is_halved, f"{name}, λ = {numeral(l2)}", colour, dash)
        data.append(_tangent(values[-1], slopes[-1], colour))
    same = t("the same") if are_same(plain, halved) else t("not the same")
    description = t(
        "Two parabolas over one weight w. At w = {weight}: λw² with λ = {plain} is {first} with slope "
        "{first_slope}; ½λw² with λ = {halved} is {second} with slope {second_slope}; they are {same}.",
        weight=numeral(WEIGHT),
        plain=numeral(plain),
        halved=numeral(halved),
        first=numeral(values[0]),
        first_slope=numeral(slopes[0]),
        second=numeral(values[1]),
        second_slope=numeral(slopes[1]),
        same=same,
    )
    table = Table(
        [t("Penalty"), "λ", t("at w = {weight}", weight=numeral(WEIGHT)), t("Slope")],
        [
            [name, numeral(l2), numeral(value), numeral(slope)]
            for (l2, _, name, _, _), value, slope in zip(curves, values, slopes, strict=True)
        ],
    )
    top = axis_bound([plain, halved / 2], 0.1)
    layout = {
        "height": 360,
        "margin": {"l": 56, "r": 8, "t": 8, "b": 84},
        "legend": draw.legend(-0.24),
        "xaxis": draw.axis(t("weight w"), standoff=4, automargin=True, range=[-1.05, 1.05], nticks=5),
        "yaxis": draw.axis(t("penalty"), automargin=True, range=[-0.04 * top, 1.04 * top], nticks=5),
    }
    return Picture(t("Two penalties"), description, {"data": data, "layout": layout}, table)


def _curve(l2: float, halved: bool, name: str, colour: str, dash: str) -> list[Trace]:
    weights = [step / _STEPS for step in range(-_STEPS, _STEPS + 1)]
    heights = [penalty([weight], l2, halved).value for weight in weights]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": weights,
            "y": [round(height, 6) for height in heights],
            "hovertext": [numeral(height) for height in heights],
            "line": {"color": colour, "width": 4 if dash == "solid" else 3, "dash": dash},
            "hovertemplate": f"{name}: %{{hovertext}}<extra></extra>",
        }
    ]


def _tangent(value: float, slope: float, colour: str) -> Trace:
    """The slope at the weight, as a short line through its mark."""
    return draw.dots(
        [WEIGHT - 0.25, WEIGHT, WEIGHT + 0.25],
        [value - 0.25 * slope, value, value + 0.25 * slope],
        mode="lines+markers",
        showlegend=False,
        marker={"size": [0, 12, 0], "opacity": 1, "color": colour, "line": {"color": INK, "width": 1}},
        line={"color": INK, "width": 1.5},
    )


def are_same(plain: float, halved: float) -> bool:
    """Whether a λ without ½ and one with it are one penalty."""
    return isclose(same_penalty(plain, halved=False), halved)


def verdict(plain: float, halved: float) -> str:
    """The section that says whether the two are one penalty."""
    return "equal" if are_same(plain, halved) else "unequal"


def of_the_example(l2: float, halved: bool) -> tuple[Penalty, float]:
    """A penalty on all weights of CS231n's worked example, and its slope along the largest of them."""
    weights = [weight for each in W_ROWS for weight in each]
    found = penalty(weights, l2, halved)
    return found, float(found.gradient[weights.index(WEIGHT)])
