"""What a step size does: the loss of both runs over their first steps, at one step size and at another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import isfinite, log10
from typing import Any

from lessons.train.pictures import curves
from lessons.train.view import Array, run_names
from softmax_core.training import LockStep
from ui.charts import draw, style
from ui.charts.panels import headline
from ui.charts.picture import Picture, Table, Translate
from ui.numerals import numeral

HEIGHT, NARROW_HEIGHT = 310, 300
_LOW, _HIGH = 0.1, 30.0
_ROWS = 6


def picture(given: LockStep, other: LockStep | None, t: Translate) -> Picture:
    """The losses at the given step size, and if there is one at the other, over the same steps."""
    runs = [given] if other is None else [given, other]
    layout: dict[str, Any] = {
        "height": HEIGHT,
        "margin": {"l": 52, "r": 12, "t": 34, "b": 78},
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": -0.24, "yanchor": "top", "font": {"size": 14}},
        "xaxis": draw.axis(t("step"), automargin=True, range=[0, last(given)]),
        "yaxis": draw.axis(type="log", range=[log10(_LOW), log10(_HIGH)], dtick=1, tickformat="~g"),
        "annotations": [headline(t("Loss"), "")],
    }
    data = [trace for index, lock in enumerate(runs) for trace in _traces(lock, index == len(runs) - 1, t)]
    return Picture(
        title=t("Loss at one step size and at another"),
        description=" ".join(_said(lock, t) for lock in runs),
        figure={
            "data": data,
            "layout": layout,
            "narrow": {"height": NARROW_HEIGHT, "legend": {"y": -0.3}, "margin": {"b": 100}},
        },
        table=_table(runs, t),
    )


@lru_cache(maxsize=512)  # six rows of each course
def _totals(lock: LockStep, step: int) -> list[float | None]:
    """The losses of both runs at a step, None for one that has blown up."""
    return [None if state.status == "DIVERGED" else state.total for state in lock.at(step)]


def last(lock: LockStep) -> int:
    """The last step of its runs."""
    return int(lock.head_step)


def rate(lock: LockStep) -> float:
    """The step size of its runs."""
    return lock.histories[0].config.rate


def _traces(lock: LockStep, newest: bool, t: Translate) -> list[dict[str, Any]]:
    found = []
    for run, history in enumerate(lock.histories):
        name = t("{run}, η = {rate}", run=run_names(t)[run], rate=numeral(rate(lock)))
        line = {"color": curves.COLOURS[run], "width": 3 if newest else 1.6}
        found.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "x": history.curve.step.tolist(),
                "y": _finite(history.curve.total),
                "line": line if newest else {**line, "dash": "dot"},
                "hovertemplate": "%{x}: %{y:.4g}<extra>" + name + "</extra>",
            }
        )
        if history.head.status == "DIVERGED":
            found.append(_end(history.head.step, name))
    return found


def _finite(values: Array) -> list[float | None]:
    return [value if isfinite(value) else None for value in values.tolist()]


def _end(step: int, name: str) -> dict[str, Any]:
    """A cross at the upper edge where a run blew up."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [step],
        "y": [_HIGH * 0.8],
        "showlegend": False,
        "hovertemplate": f"%{{x}}<extra>{name}</extra>",
        "marker": {"symbol": "x", "size": 13, "color": style.ALARM},
    }


def _said(lock: LockStep, t: Translate) -> str:
    ends = [
        t("blew up at step {step}", step=run.head.step)
        if run.head.status == "DIVERGED"
        else t("has the loss {loss}", loss=numeral(run.head.total))
        for run in lock.histories
    ]
    names = run_names(t)
    return t(
        "With step size {rate}, after {steps} steps: {first} {one}; {second} {other}.",
        rate=numeral(rate(lock)),
        steps=last(lock),
        first=names[0],
        one=ends[0],
        second=names[1],
        other=ends[1],
    )


def _table(runs: Sequence[LockStep], t: Translate) -> Table:
    longest = last(runs[0])
    steps = [round(longest * row / (_ROWS - 1)) for row in range(_ROWS)]
    columns = [t("Step")]
    columns += [
        t("{run}, η = {rate}", run=name, rate=numeral(rate(lock))) for lock in runs for name in run_names(t)
    ]
    rows = []
    for step in steps:
        row = [str(step)]
        for lock in runs:
            row += [
                t("blew up") if total is None else numeral(total)
                for total in _totals(lock, min(step, last(lock)))
            ]
        rows.append(row)
    return Table(columns, rows)
