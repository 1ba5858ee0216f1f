"""One example: its scores as bars to drag, and beside each bar what either loss asks of it."""

from __future__ import annotations

from typing import Any

from lessons.losses.model import DIGITS, Judged, wish
from lessons.losses.pictures import pieces
from ui.charts import draw
from ui.charts.panels import headline
from ui.charts.picture import Handle, Picture, Table, Translate
from ui.numerals import numeral

MAX_SCORE = 10_000.0
_ROOM, _ROOM_ON_A_PHONE = 40, 14  # letters for all wishes of a panel beside each other; more are turned
_UPRIGHT = str.maketrans("↑↓", "→←")  # so that they point up and down where the text is turned


def tug(case: Judged, t: Translate, bound: float | None = None, told: bool = True) -> Picture:
    """The scores twice, with the arrows by which hinge and cross-entropy pull at them, once that is told."""
    bound = max(bound or 0.0, pieces.score_bound(case))
    turned, turned_on_a_phone = (told and _is_turned(case, room) for room in (_ROOM, _ROOM_ON_A_PHONE))
    tall = {"range": _heights(bound, turned_on_a_phone)}
    pulls, small_pulls = (_pulls(case, bound, small) if told else [] for small in (False, True))
    data = [pieces.bars(case, ""), pieces.bars(case, "2"), pieces.margin_line(case)]
    figure = {
        "data": [*data, *pieces.overhang(case)] if told else data,
        "layout": {
            "height": 400,
            "margin": {"l": 52, "r": 8, "t": 40, "b": 44},
            "showlegend": False,
            "meta": "classes",
            "barmode": "overlay",
            "bargap": 0.55,
            "annotations": [*_signs(case, told, t), *pulls, *(_wishes(case, turned, t) if told else [])],
            **pieces.panel("", case, _heights(bound, turned), bound, [0.0, 0.455], t),
            **pieces.panel("2", case, _heights(bound, turned), bound, [0.545, 1.0], t),
        },
        "narrow": {
            "height": 360,
            "margin": {"t": 50},
            "annotations": [
                *_signs(case, told, t, on_a_phone=True),
                *small_pulls,
                *(_wishes(case, turned_on_a_phone, t, True) if told else []),
            ],
            "xaxis": {"domain": [0.0, 0.42]},
            "xaxis2": {"domain": [0.58, 1.0]},
            "yaxis": tall,
            "yaxis2": tall,
        },
    }
    return Picture(
        title=t("What each loss asks of the scores"),
        description=_in_words(case, t) if told else _question(case, t),
        figure=figure,
        table=_table(case, t) if told else pieces.score_table(case, t),
        handles=_handles(case, bound, t) if told else (),
    )


def _pulls(case: Judged, bound: float, small: bool) -> list[dict[str, Any]]:
    gradients = (case.hinge_gradient, case.cross_entropy_gradient)
    longest = max(1.0, *(abs(value) for gradient in gradients for value in gradient))
    return [
        arrow
        for axis, gradient in zip(("", "2"), gradients, strict=True)
        for arrow in pieces.arrows(case, gradient, bound * pieces.REACH, longest, axis, small)
    ]


def _signs(case: Judged, told: bool, t: Translate, on_a_phone: bool = False) -> list[dict[str, Any]]:
    """The scores, the name of the line, and above each panel the judge with its loss."""
    names = (t("Hinge"), t("Cross-entropy"))
    if told:
        first, second = (f"{name}<br>L = {loss}" for name, loss in zip(names, _texts(case), strict=True))
        names = (first, second) if on_a_phone else _losses(case, t)
    size = 13 if on_a_phone else 17
    return [
        *(label for axis in ("", "2") for label in pieces.score_labels(case, axis, on_a_phone)),
        pieces.margin_label(case, t),
        *(headline(name, axis, size, 10) for name, axis in zip(names, ("", "2"), strict=True)),
    ]


def _texts(case: Judged) -> tuple[str, str]:
    return case.hinge_text, case.entropy_text


def _losses(case: Judged, t: Translate) -> tuple[str, str]:
    return (
        t("Hinge: L = {loss}", loss=case.hinge_text),
        t("Cross-entropy: L = {loss}", loss=case.entropy_text),
    )


def _wish_texts(case: Judged) -> tuple[list[str], list[str]]:
    """What hinge and cross-entropy ask of each score."""
    hinge = [wish(derivative) for derivative in case.hinge_gradient]
    return hinge, [case.entropy_wish(index) for index in range(len(case.scores))]


def _is_turned(case: Judged, room: int) -> bool:
    """Whether the wishes have to be written upwards, as beside each other they would meet."""
    longest = max(len(text) for texts in _wish_texts(case) for text in texts)
    return len(case.scores) > pieces.CROWDED or longest * len(case.scores) > room


def _wishes(case: Judged, turned: bool, t: Translate, on_a_phone: bool = False) -> list[dict[str, Any]]:
    """The derivative of each score as an arrow and a number, in a row above the bars.

    One whose arrow could be no shorter is not to be taken for none.
    """
    hinge, entropy = _wish_texts(case)
    small = [pieces.is_tiny(derivative) for derivative in case.cross_entropy_gradient]
    upright = _UPRIGHT if turned else {}
    is_dense = on_a_phone and len(case.scores) > pieces.ROOMY
    size = 11 if is_dense else 12
    still = "" if is_dense else f"<br><span style='font-size:13px'>{t('still > 0')}</span>"
    return [
        draw.note(
            f"<b>{text.translate(upright)}</b>{still if axis and small[index] else ''}",
            index,
            1,
            size=size,
            xref=f"x{axis}",
            yref=f"y{axis} domain",
            yanchor="top",
            textangle=-90 if turned else 0,
        )
        for axis, texts in (("", hinge), ("2", entropy))
        for index, text in enumerate(texts)
    ]


def _heights(bound: float, turned: bool) -> list[float]:
    """From where to where the axis of scores is drawn: wishes that are turned need more room above."""
    return [-1.7 * bound, 2.5 * bound] if turned else [-1.3 * bound, 1.65 * bound]


def _handles(case: Judged, bound: float, t: Translate) -> list[Handle]:
    count = len(case.scores)
    labels = (t("Score of class {label}, hinge"), t("Score of class {label}, cross-entropy"))
    return [
        Handle(
            id=index + panel * count,
            label=label.format(label=index),
            text=numeral(case.scores[index], DIGITS),
            x=index,
            y=case.scores[index],
            low=-bound,
            high=bound,
            step=bound / 100,
            least=-MAX_SCORE,
            most=MAX_SCORE,
            xaxis=f"xaxis{axis}",
            yaxis=f"yaxis{axis}",
        )
        for panel, (axis, label) in enumerate(zip(("", "2"), labels, strict=True))
        for index in range(count)
    ]


def _question(case: Judged, t: Translate) -> str:
    return t(
        "The scores as bars, once for each loss: {scores}; the true class is {true}, the margin {margin}.",
        scores=", ".join(numeral(score, DIGITS) for score in case.scores),
        true=case.true,
        margin=numeral(case.margin),
    )


def _in_words(case: Judged, t: Translate) -> str:
    wishes = "; ".join(
        t(
            "class {label}: score {score}, hinge {hinge}, cross-entropy {entropy}",
            label=index,
            score=numeral(score, DIGITS),
            hinge=wish(case.hinge_gradient[index]),
            entropy=case.entropy_wish(index),
        )
        for index, score in enumerate(case.scores)
    )
    return t(
        "The scores as bars, once for each loss; the true class is {true}. The hinge loss with margin "
        "{margin} is {hinge}, the cross-entropy loss {entropy}. Arrows show whether a loss wants a score "
        "up or down, and how strongly: {wishes}.",
        true=case.true,
        margin=numeral(case.margin),
        hinge=case.hinge_text,
        entropy=case.entropy_text,
        wishes=wishes,
    )


def _table(case: Judged, t: Translate) -> Table:
    columns = [
        t("Class"),
        t("Score"),
        t("Hinge: term"),
        t("Hinge: gradient"),
        t("Softmax probability"),
        t("Cross-entropy: gradient"),
    ]
    rows = [
        [
            f"y = {index}" if index == case.true else str(index),
            numeral(score, DIGITS),
            "–" if index == case.true else case.term_text(index),
            numeral(case.hinge_gradient[index]),
            case.probability_text(index),
            case.entropy_slope(index),
        ]
        for index, score in enumerate(case.scores)
    ]
    return Table(columns, rows)
