"""The notes' printed numbers beside the computed ones."""

from __future__ import annotations

from functools import cache
from math import isnan
from typing import Any

from softmax_core.notes import BLOWUP, GOLD, Recomputed, recompute
from ui.charts import draw
from ui.charts.picture import Picture, Table, Translate
from ui.charts.style import ALARM, FAINT, GOOD, PAPER
from ui.numerals import numeral, row

_REACH, _EDGE = 2.6, 2.35  # units of the last printed digit
_NEAR = -0.9  # left of it, a label on the left would run into the next one
DIGITS = 7  # of every computed number on the page
_CLEAR = "rgba(0, 0, 0, 0)"


@cache
def checked() -> tuple[Recomputed, ...]:
    """Every row of the table, computed again."""
    return tuple(recompute(each) for each in GOLD)


def row_names(t: Translate) -> dict[str, str]:
    """What each row is about."""
    return {
        "cat": t("Scores of the cat picture"),
        "hinge": t("Hinge loss with Δ = 10"),
        "scores": t("Scores of the worked example"),
        "hinge-example": t("Hinge loss of it"),
        "exponentials": t("Exponentials of it"),
        "probabilities": t("Probabilities of it"),
        "entropy": t("Cross-entropy of it"),
        "illustration": t("A sure classifier"),
        "diffuse": t("Exponentials and p, small λ"),
        "halved": t("Exponentials and p, W halved"),
        "ahead": t("Hinge loss, clearly ahead"),
        "kink": t("Hinge loss, just ahead"),
        "far-ahead": t("Hinge loss, far ahead"),
        "naive": t("Naive softmax, float64"),
        "shift": t("Scores shifted by −max"),
        "log-c": t("log C, the shift"),
        "chance": t("Chance, K = 10: cross-entropy"),
        "chance-hinge": t("Chance, K = 10: hinge loss"),
        "start": t("At the start: np.log(1.0/3)"),
        "gradient": t("Gradient, p = [.2, .3, .5]"),
        "single": t("−log p in float32"),
        "single-logs": t("The same by log-sum-exp"),
        "limit": t("exp overflows above, float64"),
        "one-maximum": t("One maximum for two rows"),
        "twice": t("Softmax of a softmax"),
    }


def short_names(t: Translate) -> dict[str, str]:
    """The same in a word or two, for those rows that are drawn."""
    return {
        "cat": t("cat picture"),
        "hinge": t("Δ = 10"),
        "scores": t("scores"),
        "hinge-example": t("hinge loss"),
        "exponentials": t("exponentials"),
        "probabilities": t("probabilities"),
        "entropy": t("cross-entropy"),
        "illustration": t("sure classifier"),
        "diffuse": t("small λ"),
        "halved": t("W halved"),
        "ahead": t("clearly ahead"),
        "kink": t("just ahead"),
        "far-ahead": t("far ahead"),
        "shift": t("shifted scores"),
        "log-c": t("log C"),
        "chance": t("chance"),
        "chance-hinge": t("chance, hinge"),
        "start": t("np.log(1.0/3)"),
        "gradient": t("gradient"),
    }


def given(found: Recomputed) -> str:
    """What goes into a row, in symbols."""
    inputs = found.row.inputs
    parts = [f"K = {inputs['classes']}"] if "classes" in inputs else []
    if "W" in inputs:
        parts += [f"x = {row(inputs['x'])}", f"b = {row(inputs['b'])}"]
    if "scores" in inputs:
        parts.append(f"f = {row(inputs['scores'])}")
    if "rows" in inputs:
        parts += [row(each) for each in inputs["rows"]]
    parts += [f"y = {inputs['labels']}"] if "labels" in inputs else []
    parts += [f"Δ = {numeral(inputs['margin'])}"] if "margin" in inputs else []
    parts += [inputs["dtype"]] if "dtype" in inputs else []
    return ", ".join(parts)


def shown_with_minus(text: str) -> str:
    """A printed number with the minus sign that all numbers have here."""
    return text.replace("-", "−")


def printed(found: Recomputed, t: Translate) -> str:
    """What the notes print, with a mark on what is wrong."""
    if found.row.printed == (BLOWUP,):
        return t("“potential blowup”")
    marked = [
        shown_with_minus(text) if right else f"{shown_with_minus(text)} ✗"
        for text, right in zip(found.row.printed, found.agrees, strict=True)
    ]
    return ", ".join(marked) if marked else "–"


def computed(found: Recomputed) -> str:
    """What this app computes."""
    return ", ".join(numeral(value, DIGITS) for value in found.values)


def verdict(found: Recomputed, t: Translate) -> str:
    """Whether the printed digits are right."""
    if not found.row.printed:
        return t("not printed")
    return t("✓ right") if found.is_right else t("✗ wrong")


def deviations(chosen: int, t: Translate) -> Picture:
    """How far each printed number is off, in units of its last digit; what is right lies within ±½."""
    shown = [(index, found) for index, found in enumerate(checked()) if found.off and not isnan(found.off[0])]
    names, short = row_names(t), short_names(t)
    height = {index: len(shown) - place for place, (index, _) in enumerate(shown)}
    labels = [label for index, found in shown for label in _labels(found, height[index])]
    band = draw.line(
        [-0.5, 0.5, 0.5, -0.5, -0.5],
        [0.4, 0.4, len(shown) + 0.6, len(shown) + 0.6, 0.4],
        fill="toself",
        fillcolor=FAINT,
        opacity=0.5,
        line={"width": 0},
    )
    dots = [_dots(shown, height, right, t) for right in (True, False)]
    figure = {
        "data": [band, *dots],
        "layout": {
            "height": 500,
            "showlegend": False,
            "hovermode": "closest",
            "hoverdistance": 30,
            "margin": {"l": 292, "r": 8, "t": 26, "b": 72},
            "xaxis": draw.axis(
                t("computed − printed,<br>in units of the last printed digit"),
                automargin=True,
                range=[-_REACH, _REACH],
                tickvals=[-2, -1, -0.5, 0, 0.5, 1, 2],
                ticktext=["−2", "−1", "−½", "0", "½", "1", "2"],
                zeroline=True,
                showgrid=False,
            ),
            "yaxis": draw.axis(
                range=[0.3, len(shown) + 0.7],
                tickvals=[height[index] for index, _ in shown],
                ticktext=[_tick(index, found, names, chosen) for index, found in shown],
                showgrid=False,
            ),
            "annotations": labels,
        },
        "narrow": {
            "height": 400,
            "margin": {"l": 160, "t": 30, "b": 52},
            "yaxis": {"ticktext": [_tick(index, found, short, chosen) for index, found in shown]},
            "xaxis": {
                "title": {"text": t("off by … last digits")},
                "tickvals": [-2, -1, 0, 1, 2],
                "ticktext": ["−2", "−1", "0", "1", "2"],
            },
            "annotations": [_raised(label) for label in labels],
        },
    }
    return Picture(t("Printed and computed"), _description(t), figure, numbers_table(t))


def _tick(index: int, found: Recomputed, names: dict[str, str], chosen: int) -> str:
    text = f"{names[found.row.key]} · {index + 1}"
    return _bold(text, index == chosen)


def _bold(text: str, is_chosen: bool) -> str:
    return f"<b>▸ {text}</b>" if is_chosen else text


def _dots(
    shown: list[tuple[int, Recomputed]], height: dict[int, int], right: bool, t: Translate
) -> dict[str, Any]:
    points = [
        (index, found.row.printed[place], value, found.off[place])
        for index, found in shown
        for place, value in enumerate(found.values[: len(found.off)])
        if found.agrees[place] is right
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [max(-_EDGE, min(off, _EDGE)) for *_, off in points],
        "y": [height[index] for index, *_ in points],
        "customdata": [index for index, *_ in points],
        "marker": {
            "symbol": "circle" if right else "x",
            "size": 13 if right else 15,
            "opacity": 1,
            "color": GOOD if right else ALARM,
            "line": {"color": PAPER, "width": 1},
        },
        "hovertext": [
            t(
                "printed {printed}, computed {computed}",
                printed=shown_with_minus(text),
                computed=numeral(value, DIGITS),
            )
            for _, text, value, _ in points
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _labels(found: Recomputed, height: int) -> list[dict[str, Any]]:
    """The printed number beside each mark that is wrong, and by how much where that is off the picture."""
    return [
        draw.note(
            f"<b>{shown_with_minus(text)}</b>" + (f" ({numeral(round(off))})" if abs(off) > _EDGE else ""),
            max(-_EDGE, min(off, _EDGE)),
            height,
            size=13,
            xshift=-11 if _NEAR < off < 0 else 11,
            xanchor="right" if _NEAR < off < 0 else "left",
            bgcolor=PAPER,
        )
        for text, off, right in zip(found.row.printed, found.off, found.agrees, strict=True)
        if not right
    ]


def _raised(label: dict[str, Any]) -> dict[str, Any]:
    """A label at the left edge above its mark: beside it, where the picture is narrow, is the next mark."""
    return label | {"xshift": -8, "yshift": 17, "bgcolor": _CLEAR} if label["x"] == -_EDGE else label


def _description(t: Translate) -> str:
    rows = [found for found in checked() if found.row.printed]
    wrong = "; ".join(
        t(
            "{name}: printed {printed}, computed {computed}",
            name=row_names(t)[found.row.key],
            printed=", ".join(map(shown_with_minus, found.row.printed)),
            computed=computed(found),
        )
        for found in rows
        if not found.is_right
    )
    return t(
        "Of {count} rows that the notes print, {right} are right in every digit. The others: {wrong}.",
        count=len(rows),
        right=sum(found.is_right for found in rows),
        wrong=wrong,
    )


def numbers_table(t: Translate) -> Table:
    """Every row with what goes in, what is printed, what is computed, and the verdict."""
    names = row_names(t)
    return Table(
        [t("Row"), t("What"), t("Given"), t("Printed"), t("Computed"), t("Verdict")],
        [
            [
                str(number),
                names[found.row.key],
                given(found),
                printed(found, t),
                computed(found),
                verdict(found, t),
            ]
            for number, found in enumerate(checked(), start=1)
        ],
    )
