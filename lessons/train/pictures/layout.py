"""Where the fields and curves of a training run stand, on a wide screen and on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lessons.train.pictures import curves
from lessons.train.pictures.layers import MAX_GAP
from lessons.train.pictures.plane import Frame, extent
from lessons.train.view import View, run_names
from softmax_core.training import LockStep
from ui.charts import draw
from ui.charts.labels import width
from ui.charts.panels import above, headline
from ui.charts.picture import Translate

HEIGHT = 440  # with its heading, its player and a word of the coach it fits a screen of 900 pixels
TALL = 548
_PLAYER = 84  # above a film, but not above an empty plane
MARGIN = {"l": 40, "r": 10, "t": 44, "b": 84}
_ASIDE = ([0.0, 0.335], [0.365, 0.70])
_CURVES_ASIDE, _LOSS_UP, _ACCURACY_UP = [0.762, 1.0], [0.55, 0.943], [0.0, 0.39]  # a row above the loss
_NARROW_MARGIN, _GONE = {"l": 40, "r": 8, "t": 44, "b": 84}, {"visible": False, "domain": [0.0, 0.01]}
_NARROW_FIELD, _NARROW_LOSS = [0.53, 1.0], [0.0, 0.16]
_WIDE_ROOM, _NARROW_ROOM, _NARROW_ROWS = 750, 310, 4  # a legend's pixels; so many rows fit above the loss
_ROW, _SIGN, _LETTER = 22, 46, 7  # pixels of a legend
_BELOW_STEP = 18  # pixels by which it begins lower, below the steps, if it has more than a row
_NO_TITLE = {"title": {"text": ""}}  # Plotly forgets its width when it breaks the row


def legend(x: float, y: float) -> dict[str, Any]:
    """What a legend looks like, and where it stands."""
    return {
        "orientation": "h",
        "x": x,
        "y": y,
        "xanchor": "left",
        "yanchor": "top",
        "itemclick": False,
        "itemdoubleclick": False,
        "font": {"size": 14},
    }


def legend_rows(names: Sequence[str], room: int) -> int:
    """How many rows the legend of some names takes; from the second on, Plotly sets them in columns."""
    widths = [_SIGN + _LETTER * width(name) for name in names]
    return 1 if sum(widths) <= room else -(-len(names) // max(1, room // max(widths)))


def framed(names: Sequence[str], t: Translate) -> dict[str, Any]:
    """Height, margins and legends of the whole picture; it grows with the rows of its points' names."""
    rows = legend_rows(names, _WIDE_ROOM)
    lower = _BELOW_STEP if rows > 1 else 0
    more, inner = lower + _ROW * (rows - 1), HEIGHT - MARGIN["t"] - MARGIN["b"]
    return {
        "height": HEIGHT + more,
        "margin": {**MARGIN, "b": MARGIN["b"] + more},
        "legend": legend(0.0, -0.07 - lower / inner) | {"title": legend_title(t("Points"))},
        "legend2": legend(0.0, -0.155 - more / inner) | {"title": legend_title(t("Curves"))},
    }


def legend_title(text: str) -> dict[str, Any]:
    """What stands before the entries of a legend."""
    return {"text": text, "side": "left", "font": {"size": 14}}


def field_axes(frame: Frame) -> dict[str, Any]:
    """The planes of both fields side by side."""
    x0, x1, y0, y1 = extent(frame)
    axes: dict[str, Any] = {}
    for index, suffix in enumerate(("", "2")):
        common = draw.axis(showgrid=False, zeroline=False, nticks=5)
        axes[f"xaxis{suffix}"] = {
            **common,
            "range": [x0, x1],
            "domain": _ASIDE[index],
            "anchor": f"y{suffix}",
        }
        axes[f"yaxis{suffix}"] = {
            **common,
            "range": [y0, y1],
            "anchor": f"x{suffix}",
            "showticklabels": not index,
        }
    return axes


def blank(frame: Frame) -> dict[str, Any]:
    """Both fields without anything else, just where they will be."""
    margin = {**MARGIN, "t": MARGIN["t"] + _PLAYER}
    return {"height": HEIGHT + _PLAYER, "margin": margin, **field_axes(frame)}


def blank_narrow(frame: Frame) -> dict[str, Any]:
    """The same on a phone: one field."""
    x, _, _, _, across = frame
    return {
        "height": TALL,
        "margin": _NARROW_MARGIN,
        "xaxis": {"domain": [0.0, 1.0], "range": [x - across, x + across]},
        "yaxis": {"domain": _NARROW_FIELD},
        "xaxis2": _GONE,
        "yaxis2": _GONE,
    }


def curve_axes(view: View, lock: LockStep, t: Translate) -> dict[str, Any]:
    """The axes of loss and accuracy beside them."""
    across = draw.axis(
        range=[0, view.n_steps], showgrid=False, zeroline=False, nticks=5, domain=_CURVES_ASIDE
    )
    up = draw.axis(nticks=5, zeroline=False)
    step, bounds = {"text": t("step"), "standoff": 2}, curves.bounds(view, lock)
    return {
        "xaxis3": {**across, "anchor": "y3"},
        "yaxis3": {
            **up,
            "anchor": "x3",
            "domain": _LOSS_UP,
            "range": bounds,
            "type": "log" if view.log else "linear",
            **(curves.log_ticks(bounds[1]) if view.log else {}),
        },
        "xaxis4": {**across, "anchor": "y4", "title": step},
        "yaxis4": {**up, "anchor": "x4", "domain": _ACCURACY_UP, "range": [0, 1.05], "tickformat": ".0%"},
    }


def titles(view: View, t: Translate) -> list[dict[str, Any]]:
    """What is above each of the four plots."""
    words = {
        0: t("probability of the winner"),
        1: t("lead in score, full from {gap:g} on", gap=MAX_GAP),
    }
    fields = [
        field_title(run_names(t)[run], words[run], axis)
        for run, axis in zip(view.order, ("", "2"), strict=True)
    ]
    return [
        *fields,
        headline(t("Loss"), "3", shift=curves.SHIFT + curves.ROW),
        headline(t("Accuracy"), "4", shift=curves.SHIFT),
    ]


def field_title(name: str, shade: str, axis: str) -> dict[str, Any]:
    """Whose field it is, and below that what its shades mean."""
    return {**above(f"<b>{name}</b><br>{shade}", axis, 14, curves.SHIFT), "align": "left"}


def narrow(view: View, names: Sequence[str], notes: list[dict[str, Any]], t: Translate) -> dict[str, Any]:
    """On a phone: one field, and the loss below it; between them as many rows of names as there are."""
    field, _, loss, _ = titles(view, t)
    more = _ROW * max(0, legend_rows(names, _NARROW_ROOM) - _NARROW_ROWS)
    inner = TALL - _NARROW_MARGIN["t"] - _NARROW_MARGIN["b"]
    low = inner / (inner + more)  # what stands below keeps its height, what stands above as well
    return {
        **blank_narrow(view.frame),
        "height": TALL + more,
        "yaxis": {"domain": [1 - low * (1 - end) for end in _NARROW_FIELD]},
        "legend": legend(0.0, 1 - low * (1 - 0.49)) | _NO_TITLE,
        "legend2": legend(0.0, -0.09 * low) | _NO_TITLE,
        "xaxis3": {"domain": [0.0, 1.0]},
        "yaxis3": {"domain": [low * end for end in _NARROW_LOSS], "nticks": 3},
        "xaxis4": _GONE,
        "yaxis4": {**_GONE, "domain": [0.3, 0.31]},
        "annotations": [field, loss, *notes],
    }
