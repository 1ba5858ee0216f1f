"""Loss and accuracy of two runs over their steps: lines that grow, and points that tell exact values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil, isfinite, log, log10
from typing import Any

import numpy as np

from lessons.train.pictures.numbers import loss_text, percent
from lessons.train.view import Array, View, run_names
from softmax_core import TrainConfig, TrainHistory
from softmax_core.training import Curve, LockStep
from ui.charts import draw, style
from ui.charts.picture import Layer, Translate
from ui.numerals import numeral

LOSS_AXES, ACCURACY_AXES = ("xaxis3", "yaxis3"), ("xaxis4", "yaxis4")
COLOURS = (style.INK, style.VIOLET)
SHIFT, ROW = 2, 18  # pixels from a panel to its headline, and between the two rows above the loss
_DASHES = {
    "total": "solid",
    "data_loss": "dash",
    "penalty": "dot",
    "accuracy": "solid",
    "test_accuracy": "dashdot",
}
_BAND = 7  # wider than the curves, so that it is seen where they lie on it
_OLD: dict[bool, dict[str, Any]] = {
    False: {"opacity": 0.3},
    True: {"opacity": 0.55, "dash": "dot"},
}  # left branches, pinned runs
_HOVERED = 100
_LOWEST, _HIGHEST = 1e-4, 1e12
_ZERO, _EDGE = 10**-4.5, -4.7  # where 0 stands below a logarithmic axis, and where that ends
_TICKS = 5
_POINTS = 256


@dataclass(frozen=True, eq=False)
class Old:
    """The curve of a run that is compared with: a branch that was left, or a pinned one."""

    run: int
    curve: Curve
    pinned: bool = False


def chance(config: TrainConfig) -> float:
    """The loss of a classifier that gives every class the same score."""
    rivals = config.n_classes - 1
    by_loss = {
        "cross_entropy": log(config.n_classes),
        "weston_watkins": rivals * config.margin,
        "squared_weston_watkins": rivals * config.margin**2,
    }
    return by_loss[config.loss]


def bounds(view: View, lock: LockStep) -> list[float]:
    """The ends of the axis of the loss; on a logarithmic one they are powers of ten."""
    highest = max(max(chance(run.config), _first(run)) for run in lock.histories)
    top = 1.4 * highest if highest > 0 else 1.0
    if not view.log:
        return [-0.03 * top, top]
    reached = max(float(np.nanmax(run.curve.total, initial=0.0, where=_drawn(run))) for run in lock.histories)
    return [_EDGE, log10(4 * top) if reached <= 4 * top else ceil(log10(reached))]


def log_ticks(top: float) -> dict[str, Any]:
    """Powers of ten up to one, and below them 0, which a logarithm does not reach."""
    lowest = round(log10(_LOWEST))
    powers = [10.0**power for power in range(lowest, int(top) + 1, ceil((top - lowest) / _TICKS))]
    return {"tickvals": [_ZERO, *powers], "ticktext": ["0", *map(numeral, powers)]}


def _drawn(run: TrainHistory) -> Array:
    drawn: Array = run.curve.total <= _HIGHEST
    return drawn


def _first(run: TrainHistory) -> float:
    value = float(run.segments[0].start.total)
    return value if isfinite(value) else 0.0


def lines(view: View, newest: Callable[[], LockStep], old: Sequence[Old]) -> list[Layer]:
    """Every curve of both plots; each is asked for its points when the frames have been made."""
    found = [
        _layer(partial(_kept, each.curve, column, view), axes, _old_look(each))
        for each in old
        for column, axes in (("total", LOSS_AXES), ("accuracy", ACCURACY_AXES))
    ]
    for run in reversed(range(2)):
        for column, axes, look in _LOOKS:
            if column != "test_accuracy" or view.test is not None:
                data = partial(_growing, newest, run, column, view)
                found.append(_layer(data, axes, {"colour": COLOURS[run], **look}))
    cursor = {"colour": style.INK, "width": 1.5}
    return [
        *found,
        Layer("cursor", cursor, *LOSS_AXES),
        Layer("cursor", cursor, *ACCURACY_AXES, wide_only=True),
    ]


_LOOKS: tuple[tuple[str, tuple[str, str], dict[str, Any]], ...] = (
    ("data_loss", LOSS_AXES, {"width": 1.6, "dash": "dash"}),
    ("penalty", LOSS_AXES, {"width": 1.6, "dash": "dot"}),
    ("total", LOSS_AXES, {"width": 3}),
    ("test_accuracy", ACCURACY_AXES, {"width": 1.8, "dash": _DASHES["test_accuracy"]}),
    ("accuracy", ACCURACY_AXES, {"width": 3}),
)


def _layer(data: Callable[[], Any], axes: tuple[str, str], look: dict[str, Any]) -> Layer:
    return Layer("line", look, *axes, wide_only=axes == ACCURACY_AXES, data=data)


def _old_look(old: Old) -> dict[str, Any]:
    return {"colour": COLOURS[old.run], "width": _BAND, "whole": True, **_OLD[old.pinned]}


def _growing(newest: Callable[[], LockStep], run: int, column: str, view: View) -> dict[str, Array]:
    return _kept(newest().histories[run].curve, column, view)


def _kept(curve: Curve, column: str, view: View) -> dict[str, Array]:
    stride = -(-len(curve.step) // _POINTS)
    rows = _thinned(curve, stride)
    x, y = curve.step[rows].astype(np.float32), getattr(curve, column)[rows].astype(np.float32)
    if view.log and "accuracy" not in column:
        y[~(y >= _LOWEST) & (y != 0)] = np.nan
        y[y == 0] = _ZERO
    return {"x": x, "y": y}


def _thinned(curve: Curve, stride: int) -> Array:
    """The rows of a curve that are so far apart, and its last one."""
    last = len(curve.step) - 1
    return np.append(np.arange(0, last, stride), last)


def traces(view: View, lock: LockStep, old: Sequence[Old], t: Translate) -> list[dict[str, Any]]:
    """Unseen points on the curves for the pointer, and what the legend shows."""
    names = {
        "total": t("loss"),
        "data_loss": t("data loss"),
        "penalty": t("penalty"),
        "accuracy": t("training"),
        "test_accuracy": t("test"),
    }
    if view.test is None:
        del names["test_accuracy"]
    found = []
    for run, history in enumerate(lock.histories):
        for column, name in names.items():
            axes = ("x4", "y4") if "accuracy" in column else ("x3", "y3")
            zero = _ZERO if view.log and axes[0] == "x3" else 0.0
            found.append(_hover(history.curve, column, run, axes, f"{run_names(t)[run]}, {name}", zero))
    keys = [(run_names(t)[run], {"color": COLOURS[run], "width": 3}) for run in range(2)]
    keys += [
        (name, {"color": style.GREY, "width": 2, "dash": _DASHES[column]})
        for column, name in ((("data_loss", names["data_loss"])), ("penalty", names["penalty"]))
    ]
    if view.test is not None:
        dash = _DASHES["test_accuracy"]
        keys.append((names["test_accuracy"], {"color": style.GREY, "width": 2, "dash": dash}))
    kinds = {False: t("left branch"), True: t("pinned")}
    bands = [_band(kinds[pinned], _OLD[pinned]) for pinned in sorted({each.pinned for each in old})]
    return found + [_key(name, line) for name, line in keys] + bands


def _band(name: str, look: dict[str, Any]) -> dict[str, Any]:
    line = {"color": style.GREY, "width": _BAND, "dash": look.get("dash", "solid")}
    return {**_key(name, line), "opacity": look["opacity"]}


def _hover(
    curve: Curve, column: str, run: int, axes: tuple[str, str], name: str, zero: float
) -> dict[str, Any]:
    stride = max(1, len(curve.step) // _HOVERED)
    kept = _thinned(curve, stride)
    values = getattr(curve, column)[kept].tolist()
    printed: Callable[[float], str] = partial(loss_text, run=run)
    if column not in ("total", "data_loss"):
        printed = numeral if column == "penalty" else percent
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "showlegend": False,
        "xaxis": axes[0],
        "yaxis": axes[1],
        "x": curve.step[kept].tolist(),
        "y": [float(f"{value or zero:.6g}") if isfinite(value) else None for value in values],
        "text": [printed(value) for value in values],
        "marker": {"opacity": 0, "size": 8},
        "hovertemplate": "%{x}: %{text}<extra>" + name + "</extra>",
    }


def _key(name: str, line: dict[str, Any]) -> dict[str, Any]:
    return draw.line([None], [None], name=name, xaxis="x3", yaxis="y3", line=line, legend="legend2")


def chance_marks(lock: LockStep, log_axis: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Lines at the loss of pure chance, where the axis reaches it; and its values, above the plot."""
    shapes, notes = [], []
    for run, history in enumerate(lock.histories):
        value = chance(history.config)
        if value > 0 or not log_axis:
            shapes.append(_chance_line(value, COLOURS[run]))
        notes.append(_note(_chance_text(history.config, value), COLOURS[run], ROW * (1 - run)))
    return shapes, notes


def _chance_line(value: float, colour: str) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x3 domain",
        "yref": "y3",
        "x0": 0,
        "x1": 1,
        "y0": value,
        "y1": value,
        "line": {"color": colour, "width": 1, "dash": "2px 4px"},
        "layer": "below",
    }


def _chance_text(config: TrainConfig, value: float) -> str:
    count = config.n_classes
    if config.loss == "cross_entropy":
        return f"log {count} = {numeral(value)}"
    square = "²" if config.loss == "squared_weston_watkins" else ""
    return f"({count} − 1)·Δ{square} = {numeral(value)}"


def _note(text: str, colour: str, lift: int) -> dict[str, Any]:
    return draw.note(
        f"··· {text}",
        1,
        1,
        size=13,
        colour=colour,
        xref="x3 domain",
        yref="y3 domain",
        xanchor="right",
        yanchor="bottom",
        yshift=SHIFT + lift,
    )
