"""What the step size decides, on the simplest loss there is: a parabola of one weight."""

from __future__ import annotations

from typing import Any

import numpy as np

from ui.charts import draw, style
from ui.charts.picture import Picture, Table, Translate
from ui.numerals import numeral

CURVATURE, START = 1.0, -2.0
LIMIT = 2.0 / CURVATURE
RATES = (0.1, 0.7, 2.15)
STEPS = (7, 5, 5)
HEIGHT = 170
_LEFT, _RIGHT, _TOP = -4.2, 4.2, 7.0
_LOOKS = ((style.BLUE, "circle"), (style.INK, "diamond"), (style.ALARM, "square"))


def walks() -> list[np.ndarray[Any, Any]]:
    """w ← w − η·L′(w) for each step size, where L = ½·a·w²."""
    return [
        START * (1.0 - rate * CURVATURE) ** np.arange(count + 1)
        for rate, count in zip(RATES, STEPS, strict=True)
    ]


def step_sizes(t: Translate) -> Picture:
    """Three walks down the same valley, side by side: too short, good, and out of it."""
    names = (t("too small"), t("good"), t("too large"))
    data: list[dict[str, Any]] = []
    w = np.linspace(_LEFT, _RIGHT, 61)
    layout: dict[str, Any] = {
        "height": HEIGHT,
        "showlegend": False,
        "margin": {"l": 8, "r": 8, "t": 30, "b": 36},
        "annotations": [],
    }
    for index, (rate, walk) in enumerate(zip(RATES, walks(), strict=True)):
        axis = str(index + 1) if index else ""
        data += _panel(w, walk, axis, *_LOOKS[index])
        shared = draw.axis(automargin=True, showgrid=False, showticklabels=False, zeroline=False)
        across = [index * 0.345, index * 0.345 + 0.31]
        title = {"text": t("weight"), "standoff": 8}
        layout[f"xaxis{axis}"] = {**shared, "domain": across, "range": [_LEFT, _RIGHT], "title": title}
        layout[f"yaxis{axis}"] = draw.axis(
            automargin=True, visible=False, anchor=f"x{axis}", range=[-0.5, _TOP]
        )
        layout["annotations"].append(_title(f"<b>η = {numeral(rate)}</b>: {names[index]}", axis))
    ends = [numeral(float(walk[-1]), 3) for walk in walks()]
    return Picture(
        title=t("Three step sizes in one valley"),
        description=t(
            "Three pictures of the same parabola, the loss over one weight, with the first steps from the "
            "left. With step size {small} the weight creeps down; with {good} it is near the bottom after "
            "{steps} steps; with {large}, beyond the limit of {limit}, each step lands higher on the other "
            "side.",
            small=numeral(RATES[0]),
            good=numeral(RATES[1]),
            steps=STEPS[1],
            large=numeral(RATES[2]),
            limit=numeral(LIMIT),
        ),
        figure={"data": data, "layout": layout},
        table=Table(
            [t("Step size"), t("Steps"), t("Weight at the end")],
            [[numeral(rate), str(count), end] for rate, count, end in zip(RATES, STEPS, ends, strict=True)],
        ),
    )


def _panel(
    w: np.ndarray[Any, Any], walk: np.ndarray[Any, Any], axis: str, colour: str, symbol: str
) -> list[dict[str, Any]]:
    axes = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    marker = {"color": colour, "symbol": symbol, "size": 10, "line": {"color": style.INK, "width": 1}}
    return [
        draw.line(
            np.round(w, 3).tolist(),
            np.round(_loss(w), 3).tolist(),
            line={"color": style.INK, "width": 2},
            **axes,
        ),
        draw.line(
            np.round(walk, 3).tolist(),
            np.round(_loss(walk), 3).tolist(),
            mode="lines+markers",
            line={"color": colour, "width": 2, "dash": "dot"},
            marker=marker,
            **axes,
        ),
    ]


def _loss(w: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    loss: np.ndarray[Any, Any] = 0.5 * CURVATURE * w**2
    return loss


def _title(text: str, axis: str) -> dict[str, Any]:
    return draw.note(
        text,
        0.5,
        1,
        size=14,
        xref=f"x{axis} domain",
        yref=f"y{axis} domain",
        xanchor="center",
        yanchor="bottom",
        yshift=4,
    )
