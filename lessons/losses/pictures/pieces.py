"""What the pictures of the two judges are made of: bars, the line of the margin, arrows, labels."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from typing import Any

from lessons.losses.model import DIGITS, Judged
from ui.charts import draw, style
from ui.charts.labels import axis_bound
from ui.charts.panels import bar_axes
from ui.charts.picture import Table, Trace, Translate
from ui.numerals import compact, numeral

CROWDED = 4
ROOMY = 6  # so many classes at most have room for “y = 2” below a bar
REACH = 0.55  # the longest arrow, as a part of the axis
_SHORTEST = 0.3  # of the longest: no arrow is shorter than its head
_SMALL_DIGITS = 3
_DECADES = 6  # below so many the arrows become no shorter


def score_bound(case: Judged) -> float:
    """Where the axis of scores ends, below and above."""
    return axis_bound((*case.scores, case.scores[case.true] - case.margin))


def bars(case: Judged, axis: str) -> Trace:
    classes = list(range(len(case.scores)))
    return draw.bars(
        classes,
        list(case.scores),
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
        customdata=classes,
        hoverinfo="none",  # with "skip" a bar could not be clicked
        marker={
            **draw.hatched_classes(len(classes)),
            "line": {"color": style.INK, "width": [3 if index == case.true else 0 for index in classes]},
        },
    )


def margin_line(case: Judged) -> Trace:
    """The height that no rival shall pass: the true score less the margin."""
    height = case.scores[case.true] - case.margin
    return draw.line(
        [-0.6, len(case.scores) - 0.4],
        [height, height],
        line={"color": style.INK, "width": 2, "dash": "dash"},
    )


def overhang(case: Judged) -> list[Trace]:
    """What of a rival lies above that line: the hinge's terms, as brackets beside the bars."""
    limit = case.scores[case.true] - case.margin
    return [
        draw.line(
            [index - 0.3, index - 0.38, index - 0.38, index - 0.3],
            [limit, limit, limit + case.terms[index], limit + case.terms[index]],
            line={"color": style.ALARM, "width": 4},
        )
        for index in case.rivals
        if case.terms[index] > 0
    ]


def margin_label(case: Judged, t: Translate) -> dict[str, Any]:
    """Behind the right end of the line, where neither a bar nor an arrow ever is."""
    return draw.note(
        t("f<sub>y</sub> − Δ"),
        1,
        case.scores[case.true] - case.margin,
        size=14,
        xref="x domain",
        xanchor="left",
        xshift=6,  # the arrow of the last class may reach a little further than the line
        yanchor="middle",
    )


def is_tiny(derivative: float) -> bool:
    """Whether the arrow of a derivative is as short as it can be."""
    return abs(derivative) < 10.0**-_DECADES


def length(derivative: float, longest: float) -> float:
    """How long the arrow of a derivative is, as a part of the longest: on a scale of logarithms, never 0."""
    decades = max(-log10(abs(derivative) / longest), 0.0) if derivative else _DECADES
    return _SHORTEST + (1 - _SHORTEST) * max(0.0, 1 - decades / _DECADES)


def arrows(
    case: Judged, pull: Sequence[float], reach: float, longest: float, axis: str, small: bool = False
) -> list[Trace]:
    """By which a loss pulls at each score that it wants elsewhere, the true one upwards.

    The cross-entropy pulls at every score, also where a float64 has lost how strongly.
    """
    always = axis == "2"
    aside, size = (0.5, 0.6) if small else (0.36, 0.9)
    return [
        {
            "x": index + aside,
            "y": case.scores[index] + (1 if index == case.true else -1) * reach * length(derivative, longest),
            "ax": index + aside,
            "ay": case.scores[index],
            "xref": f"x{axis}",
            "yref": f"y{axis}",
            "axref": f"x{axis}",
            "ayref": f"y{axis}",
            "text": "",
            "showarrow": True,
            "arrowhead": 2,
            "arrowsize": size,
            "arrowwidth": 3,
            "arrowcolor": style.INK,
        }
        for index, derivative in enumerate(pull)
        if derivative or always
    ]


def score_labels(case: Judged, axis: str, small: bool = False) -> list[dict[str, Any]]:
    crowded = len(case.scores) > CROWDED
    return [
        draw.note(
            compact(value, _SMALL_DIGITS if small else DIGITS),
            index,
            value,
            size=13 if crowded or small else 15,
            xref=f"x{axis}",
            yref=f"y{axis}",
            yanchor="top" if value < 0 else "bottom",
            yshift=-9 if value < 0 else 9,
            textangle=-90 if crowded else 0,
            bgcolor=style.PAPER,
            borderpad=1,
        )
        for index, value in enumerate(case.scores)
    ]


def panel(
    axis: str, case: Judged, ends: list[float], bound: float, across: list[float], t: Translate
) -> dict[str, Any]:
    true = "<b>y = {}</b>" if len(case.labels) <= ROOMY else "<b>{}<br>= y</b>"
    names = [true.format(label) if index == case.true else label for index, label in enumerate(case.labels)]
    axes = bar_axes(axis, names, ends, (-bound, 0, bound), across, "" if axis else t("score f"))
    axes[f"yaxis{axis}"]["showticklabels"] = not axis  # side by side the numbers of the first serve for both
    return axes


def score_table(case: Judged, t: Translate) -> Table:
    """The scores alone."""
    names = [f"y = {label}" if index == case.true else label for index, label in enumerate(case.labels)]
    scores = [numeral(score, DIGITS) for score in case.scores]
    return Table([t("Class"), t("Score")], list(map(list, zip(names, scores, strict=True))))
