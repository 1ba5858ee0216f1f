"""The axes of a panel of bars, one bar a class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from charts.numerals import numeral


def bar_axes(
    axis: str,
    names: Sequence[str],
    values: Sequence[float],
    ticks: Sequence[float],
    across: Sequence[float],
    title: str = "",
) -> dict[str, Any]:
    """Both axes of the panel of that name ("" is the first): the names below, the values upwards."""
    return {
        f"xaxis{axis}": {
            "range": [-0.6, len(names) - 0.4],
            "tickvals": list(range(len(names))),
            "ticktext": list(names),
            "tickangle": 0,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "automargin": False,
            "domain": list(across),
            "anchor": f"y{axis}",
        },
        f"yaxis{axis}": {
            "range": list(values),
            "tickvals": list(ticks),
            "ticktext": [numeral(tick) for tick in ticks],
            "title": {"text": title, "standoff": 2},
            "fixedrange": True,
            "automargin": False,
            "domain": [0.0, 1.0],
            "anchor": f"x{axis}",
        },
    }
