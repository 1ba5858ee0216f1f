"""The small softmax of the home page: scores to drag, and the probabilities that follow."""

from __future__ import annotations

from typing import Any

from lessons.scores.digits import add_up
from lessons.scores.model import Workings
from lessons.scores.pictures.bars import linked_bars
from ui import signs
from ui.charts.picture import Picture, Translate
from ui.numerals import plain

_HEIGHT = 300
_NARROW_HEIGHT = 470
_MIDDLE, _LAST = "2", "3"
_LEFT, _RIGHT = [0.0, 0.45], [0.56, 1.0]


def first_place(work: Workings) -> str:
    """The sentence, a section of the prose, that holds for the class with the largest probability."""
    return "winner" if len(work.top) == 1 else "tie"


def playground(work: Workings, t: Translate, bound: float | None = None) -> Picture:
    """The bars of the lesson on scores without the step between."""
    whole = linked_bars(work, t, bound)
    layout = whole.figure["layout"]
    title = t("Probabilities p") if add_up(work) else t("Probabilities p, rounded")
    kept = {
        name: value for name, value in layout.items() if name not in {f"xaxis{_MIDDLE}", f"yaxis{_MIDDLE}"}
    }
    figure = {
        "data": [trace for trace in whole.figure["data"] if trace.get("xaxis") != f"x{_MIDDLE}"],
        "layout": {
            **kept,
            "height": _HEIGHT,
            "annotations": [
                _titled(note, title) for note in layout["annotations"] if _panel(note) != _MIDDLE
            ],
            "xaxis": {**layout["xaxis"], "domain": _LEFT},
            "xaxis3": {**layout["xaxis3"], "domain": _RIGHT},
        },
        "narrow": {
            "height": _NARROW_HEIGHT,
            "xaxis": {"domain": [0.0, 1.0]},
            "xaxis3": {"domain": [0.0, 1.0]},
            "yaxis": {"domain": [0.58, 1.0]},
            "yaxis3": {"domain": [0.0, 0.42]},
        },
    }
    probabilities = "; ".join(
        t(
            "{name}: score {score}, probability {probability}",
            name=signs.in_sentence(name),
            score=plain(score),
            probability=work.probability(index),
        )
        for index, (name, score) in enumerate(zip(work.names, work.scores, strict=True))
    )
    return Picture(
        title=t("Scores become probabilities"),
        description=t("Two groups of bars, one bar for each class. {bars}.", bars=probabilities),
        figure=figure,
        table=whole.table,
        handles=whole.handles,
    )


def _panel(note: dict[str, Any]) -> str:
    """The number of the panel that an annotation belongs to."""
    return str(note.get("xref", "x")).split(" ")[0].removeprefix("x")


def _titled(note: dict[str, Any], probabilities: str) -> dict[str, Any]:
    is_title = note.get("xref") == f"x{_LAST} domain"
    return {**note, "text": f"<b>{probabilities}</b>"} if is_title else note
