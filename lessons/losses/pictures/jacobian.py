"""The Jacobian of the softmax as a field of numbers, and what one score does to all probabilities as bars."""

from __future__ import annotations

from typing import Any

from lessons.losses.model import Judged
from ui.charts import draw, style
from ui.charts.labels import axis_bound
from ui.charts.panels import bar_axes, headline
from ui.charts.picture import Picture, Table, Translate
from ui.charts.relief import DARK, HIGHER, LEVEL, LOWER
from ui.numerals import compact, numeral

_DIGITS = 3
_DEEPEST = 0.25  # no entry is larger: p(1 − p) ≤ 1/4
_CROWDED = 4


def jacobian(case: Judged, raised: int, t: Translate, told: bool = True) -> Picture:
    """How each probability answers to each score, and all of them to the one that is raised."""
    count = len(case.scores)
    column = [row[raised] for row in case.jacobian]
    reach = axis_bound(map(abs, column), 1e-300)
    answers = _answers(column) if told else []
    figure = {
        "data": [_field(case, told), _bars(column if told else [0.0] * count)],
        "layout": {
            "height": 360,
            "margin": {"l": 46, "r": 8, "t": 40, "b": 52},
            "showlegend": False,
            "barmode": "overlay",
            "bargap": 0.4,
            "annotations": [
                *(_numbers(case, 14 if count <= _CROWDED else 10) if told else []),
                *answers,
                headline("∂p<sub>i</sub> / ∂f<sub>k</sub>", "", 15, 8),
                headline(t("Score {label} a little up", label=raised), "2", 15, 8),
            ],
            "shapes": [_frame(raised, count)] if told else [],
            **_axes(case, t),
            **bar_axes("2", _names(case, "p"), [-1.35 * reach, 1.35 * reach], (0,), [0.64, 1.0]),
        },
        "narrow": {
            "height": 400,
            "xaxis": {"domain": [0.0, 1.0]},
            "xaxis2": {"domain": [0.0, 1.0]},
            "yaxis": {"domain": [0.56, 1.0]},
            "yaxis2": {"domain": [0.0, 0.26]},
        },
    }
    return Picture(
        title=t("What one score does to all probabilities"),
        description=_in_words(case, raised, t) if told else _question(case, raised, t),
        figure=figure,
        table=_table(case, t)
        if told
        else Table([t("Class"), t("Softmax probability")], _probabilities(case)),
    )


def _names(case: Judged, letter: str) -> list[str]:
    return [
        f"<b>{letter}<sub>y={label}</sub></b>" if index == case.true else f"{letter}<sub>{label}</sub>"
        for index, label in enumerate(case.labels)
    ]


def _field(case: Judged, told: bool) -> dict[str, Any]:
    """A square for each entry, blank before it is told; a click on one picks its column."""
    count = len(case.scores)
    cells = [(row, column) for row in range(count) for column in range(count)]
    return draw.bars(
        [column for _, column in cells],
        [1.0] * len(cells),
        base=[row - 0.5 for row, _ in cells],
        width=[1.0] * len(cells),
        customdata=[column for _, column in cells],
        hoverinfo="none",
        marker={
            "color": [_colour(case.jacobian[row][column]) if told else style.PAPER for row, column in cells],
            "line": {"color": style.PAPER if told else style.FAINT, "width": 2},
        },
    )


def _colour(entry: float) -> str:
    """Red where the probability rises with the score, blue where it falls; the stronger, the deeper."""
    part = (min(abs(entry) / _DEEPEST, 1.0)) ** 0.5
    ends = (_rgb(LEVEL), _rgb(HIGHER if entry > 0 else LOWER))
    mixed = (round(start + part * (end - start)) for start, end in zip(*ends, strict=True))
    return "#" + "".join(f"{each:02X}" for each in mixed)


def _rgb(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _numbers(case: Judged, size: int) -> list[dict[str, Any]]:
    return [
        draw.note(_entry(entry), column, row, size=size, colour=DARK, xref="x", yref="y")
        for row, entries in enumerate(case.jacobian)
        for column, entry in enumerate(entries)
    ]


def _entry(entry: float) -> str:
    """An entry that is short enough for its square; none is 0 but by underflow."""
    return compact(entry, _DIGITS) if entry else "≈ 0"


def _frame(raised: int, count: int) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": "x",
        "yref": "y",
        "x0": raised - 0.5,
        "x1": raised + 0.5,
        "y0": -0.5,
        "y1": count - 0.5,
        "line": {"color": style.INK, "width": 4},
    }


def _axes(case: Judged, t: Translate) -> dict[str, Any]:
    count = len(case.scores)
    shared = draw.axis(tickvals=list(range(count)), showgrid=False, zeroline=False)
    return {
        "xaxis": {
            **shared,
            "range": [-0.5, count - 0.5],
            "ticktext": _names(case, "f"),
            "domain": [0.0, 0.54],
            "anchor": "y",
            "title": {"text": t("score f"), "standoff": 2},
        },
        "yaxis": {
            **shared,
            "range": [count - 0.5, -0.5],
            "ticktext": _names(case, "p"),
            "domain": [0.0, 1.0],
            "anchor": "x",
        },
    }


def _bars(column: list[float]) -> dict[str, Any]:
    return draw.bars(
        list(range(len(column))),
        column,
        xaxis="x2",
        yaxis="y2",
        customdata=list(range(len(column))),
        hoverinfo="none",
        marker=draw.hatched_classes(len(column)),
    )


def _answers(column: list[float]) -> list[dict[str, Any]]:
    crowded = len(column) > _CROWDED
    return [
        draw.note(
            _entry(value),
            index,
            value,
            size=12 if crowded else 14,
            xref="x2",
            yref="y2",
            yanchor="top" if value < 0 else "bottom",
            textangle=-90 if crowded else 0,
        )
        for index, value in enumerate(column)
    ]


def _question(case: Judged, raised: int, t: Translate) -> str:
    return t(
        "An empty field: a row for each probability, a column for each score. Score {label} is to be "
        "raised. The probabilities are {probabilities}.",
        label=raised,
        probabilities=", ".join(case.probability_text(index) for index in range(len(case.scores))),
    )


def _in_words(case: Judged, raised: int, t: Translate) -> str:
    return t(
        "A field of numbers: how fast the probability of each row rises with the score of each column. "
        "Column {label}: {entries}. The same numbers stand beside it as bars.",
        label=raised,
        entries=", ".join(numeral(row[raised]) for row in case.jacobian),
    )


def _probabilities(case: Judged) -> list[list[str]]:
    return [[label, case.probability_text(index)] for index, label in enumerate(case.labels)]


def _table(case: Judged, t: Translate) -> Table:
    columns = [t("Probability"), *(t("Score {label}", label=label) for label in case.labels)]
    rows = [
        [f"p {label}", *(numeral(entry) for entry in entries)]
        for label, entries in zip(case.labels, case.jacobian, strict=True)
    ]
    return Table(columns, rows)
