"""Forbidden classes, whose score is −inf: exp makes exactly 0 of it, and nothing has failed."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

from ui.charts import draw
from ui.charts.picture import Translate
from ui.charts.style import INK, PAPER


def allowed(scores: Sequence[float]) -> list[float]:
    """The scores of the other classes."""
    return [score for score in scores if score != -inf]


def forbidden(scores: Sequence[float]) -> list[int]:
    """Which classes are forbidden."""
    return [index for index, score in enumerate(scores) if score == -inf]


def words(scores: Sequence[float], t: Translate) -> str:
    """What becomes of them; empty where there are none."""
    classes = forbidden(scores)
    if not classes:
        return ""
    return t(
        "**Forbidden classes**, by a score of −inf: {labels}. exp(−inf) is exactly 0 in every format, and 0 "
        "is the right probability. Were such a class the true one, inf would be the right loss.",
        labels=", ".join(map(str, classes)),
    )


def in_picture(scores: Sequence[float], t: Translate) -> str:
    """What a description says of those that no axis reaches; empty where there are none."""
    classes = forbidden(scores)
    if not classes:
        return ""
    return " " + t(
        "−inf lies beyond the left end of the line, at every shift. Forbidden classes: {labels}.",
        labels=", ".join(map(str, classes)),
    )


def mark(scores: Sequence[float], **place: Any) -> list[dict[str, Any]]:
    """An arrow at the left edge of a picture to the scores of −inf, if there are any."""
    names = ", ".join(f"f<sub>{index}</sub>" for index in forbidden(scores))
    look: dict[str, Any] = {
        "bgcolor": PAPER,
        "bordercolor": INK,
        "borderwidth": 1,
        "borderpad": 2,
        "xanchor": "left",
    }
    return [draw.note(f"◂ {names} = −inf", 0, 1, size=13, xref="paper", **look, **place)] if names else []
