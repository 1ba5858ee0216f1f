"""How surprised one is who gave an outcome some probability: minus its logarithm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log2
from typing import Any

from lessons.information.beliefs import shown
from lessons.information.pictures.colours import DIVERGENCE
from softmax_core import surprisal
from ui.charts import draw, sketched, style
from ui.charts.picture import Picture, Table, Translate

_FIRST, _STEPS = 0.01, 100
_TOP = 7.0
_HALVINGS = tuple(0.5**count for count in range(6))
_STEP = 0.1
FAIR = 0.5  # its surprise, 1 bit, is known in advance
SKETCHED: Mapping[float, str] = {0.125: "⅛", 0.25: "¼", 1.0: "1"}
BOUNDS = (0.0, 5.0)


def bits(q: float) -> float:
    """The surprise of a probability."""
    return float(surprisal([q], "bits")[0])


def surprise(q: float, heights: Sequence[float], t: Translate, told: bool) -> Picture:
    """The reader's sketch over what is known; once it is told, the curve of −log₂ q and the reader's q."""
    q = q if told else FAIR
    height, places = bits(q), list(SKETCHED)
    data = [sketched.yours([*places, FAIR], [*heights, bits(FAIR)], t), _point(q, height)]
    if told:
        data = [_curve(), _halvings(), *data]
    axis = draw.axis()
    figure = {
        "data": data,
        "layout": {
            "height": 400,
            "margin": {"l": 52, "r": 18, "t": 14, "b": 48},
            "showlegend": False,
            "shapes": [
                _line(q, q, 0.0, height),
                _line(0.0, q, height, height),
            ],
            "annotations": [_label(q, height, t), *([] if told else sketched.notes(places, heights))],
            "xaxis": {
                "range": [0, 1.04],
                "tickvals": [0, 0.25, 0.5, 0.75, 1],
                "ticktext": ["0", "¼", "½", "¾", "1"],
                "title": {"text": t("the probability q that it had"), "standoff": 4},
                "showgrid": False,
                **axis,
            },
            "yaxis": {
                "range": [0, _TOP],
                "tickvals": list(range(7)),
                "title": {"text": t("surprise, bits"), "standoff": 4},
                **axis,
            },
        },
        "narrow": {"height": 300},
    }
    labels = [t("Your surprise at q = {q}", q=name) for name in SKETCHED.values()]
    return Picture(
        title=t("Surprise"),
        description=_in_words(q, heights, t, told),
        figure=figure,
        table=_table(q, heights, t, told),
        handles=sketched.handles(labels, places, heights, BOUNDS, _STEP),
    )


def _in_words(q: float, heights: Sequence[float], t: Translate, told: bool) -> str:
    point = t(
        "A point over the probability q = {probability}: the surprise is {bits} bits.",
        probability=shown(q),
        bits=shown(bits(q)),
    )
    curve = t("It lies on a curve that rises by 1 bit with each halving of q.") if told else ""
    drawn = "; ".join(
        t("q = {q}: yours {guess}, true {bits}", q=name, guess=sketched.read(guess), bits=shown(bits(place)))
        if told
        else t("q = {q}: yours {guess}", q=name, guess=sketched.read(guess))
        for (place, name), guess in zip(SKETCHED.items(), heights, strict=True)
    )
    sketch = t("Points to drag: {points}.", points=drawn)
    return " ".join(part for part in (point, curve, sketch) if part)


def _table(q: float, heights: Sequence[float], t: Translate, told: bool) -> Table:
    guesses = {place: sketched.read(guess) for place, guess in zip(SKETCHED, heights, strict=True)}
    known = {q, *_HALVINGS} if told else {FAIR}
    return Table(
        ["q", t("surprise, bits"), t("yours")],
        [
            [shown(each), shown(bits(each)) if each in known else "?", guesses.get(each, "–")]
            for each in sorted({*known, *guesses}, reverse=True)
        ],
    )


def _curve() -> dict[str, Any]:
    xs = [_FIRST * step for step in range(1, _STEPS + 1)]
    return draw.line(
        [round(x, 2) for x in xs],
        [round(-log2(x), 4) + 0.0 for x in xs],
        line={"color": style.INK, "width": 3},
    )


def _halvings() -> dict[str, Any]:
    return draw.dots(list(_HALVINGS), list(range(len(_HALVINGS))), marker={"size": 9, "color": style.INK})


def _point(q: float, height: float) -> dict[str, Any]:
    return draw.dots(
        [q], [height], marker={"size": 17, "color": DIVERGENCE, "line": {"color": style.INK, "width": 2}}
    )


def _line(x0: float, x1: float, y0: float, y1: float) -> dict[str, Any]:
    line = {"color": DIVERGENCE, "width": 2, "dash": "dot"}
    return {"type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "layer": "below", "line": line}


def _label(q: float, height: float, t: Translate) -> dict[str, Any]:
    return draw.note(
        t("<b>1</b> bit") if height == 1 else t("<b>{bits}</b> bits", bits=shown(height)),
        q,
        height,
        size=17,
        xanchor="right" if q > 0.8 else "left",
        yanchor="bottom",
        xshift=-8 if q > 0.8 else 10,
        yshift=8,
        bgcolor=style.PAPER,
    )
