"""Four printed numbers: how far each is off, once that has been asked."""

from __future__ import annotations

from typing import Any

from lessons.notes.pictures.deviations import DIGITS, checked, row_names, shown_with_minus
from ui.charts import draw
from ui.charts.picture import Picture, Table, Translate
from ui.charts.style import ALARM, FAINT, GOOD, PAPER
from ui.numerals import numeral

ASKED = (("probabilities", 0), ("probabilities", 1), ("diffuse", 4), ("entropy", 0))
_REACH = 1.2


def four(t: Translate, told: bool) -> Picture:
    """The four numbers and the band of what is right; where they lie once it is told."""
    rows = {found.row.key: found for found in checked()}
    names = row_names(t)
    parts = [(rows[key], place) for key, place in ASKED]
    labels = [shown_with_minus(found.row.printed[place]) for found, place in parts]
    heights = list(range(len(parts), 0, -1))
    band = {"x0": -0.5, "x1": 0.5, "y0": 0.5, "y1": len(parts) + 0.5, "fillcolor": FAINT, "opacity": 0.5}
    offs = [found.off[place] for found, place in parts]
    right = [found.agrees[place] for found, place in parts]
    numbers = [numeral(found.values[place], DIGITS) for found, place in parts]
    figure = {
        "data": [_dots(offs, heights, right)] if told else [],
        "layout": {
            "height": 340,
            "margin": {"l": 70, "r": 10, "t": 10, "b": 66},
            "showlegend": False,
            "shapes": [{"type": "rect", "layer": "below", "line": {"width": 0}, **band}],
            "annotations": [_label(*each) for each in zip(offs, heights, numbers, strict=True)]
            if told
            else [],
            "xaxis": draw.axis(
                t("computed − printed,<br>in units of the last printed digit"),
                automargin=True,
                range=[-_REACH, _REACH],
                tickvals=[-1, -0.5, 0, 0.5, 1],
                ticktext=["−1", "−½", "0", "½", "1"],
                showgrid=False,
            ),
            "yaxis": draw.axis(
                range=[0.4, len(parts) + 0.6],
                tickvals=heights,
                ticktext=[f"“{label}”" for label in labels],
                tickfont={"size": 17},
                showgrid=False,
            ),
        },
        "narrow": {"height": 280},
    }
    table = [
        [label, names[found.row.key], *([number] if told else [])]
        for label, (found, _), number in zip(labels, parts, numbers, strict=True)
    ]
    said = "; ".join(
        t("printed {printed}, computed {computed}", printed=label, computed=number)
        for label, number in zip(labels, numbers, strict=True)
    )
    asked = t(
        "Four printed numbers, and a band of half a digit around each: {numbers}.", numbers=", ".join(labels)
    )
    return Picture(
        t("Which is rounded wrongly?"),
        f"{asked} {said}." if told else asked,
        figure,
        Table([t("Printed"), t("What"), *([t("Computed")] if told else [])], table),
    )


def _dots(offs: list[float], heights: list[int], right: list[bool]) -> dict[str, Any]:
    return draw.dots(
        offs,
        heights,
        marker={
            "symbol": ["circle" if each else "x" for each in right],
            "size": 16,
            "color": [GOOD if each else ALARM for each in right],
            "line": {"color": PAPER, "width": 1},
        },
    )


def _label(off: float, height: int, number: str) -> dict[str, Any]:
    return draw.note(number, off, height, size=14, yanchor="bottom", yshift=9)
