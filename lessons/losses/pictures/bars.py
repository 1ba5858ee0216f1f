"""One example: its scores as bars to drag, and beside each bar what either loss asks of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lessons.losses.model import DIGITS, Judged, wish
from ui.charts import style
from ui.charts.labels import axis_bound
from ui.charts.panels import bar_axes, bar_paint, headline
from ui.charts.picture import Handle, Picture, Table, Translate
from ui.numerals import compact, numeral

Trace = dict[str, Any]

MAX_SCORE = 10_000.0
_CROWDED = 4
_REACH = 0.55  # the longest arrow, as a part of the axis
_SHORTEST = 0.1  # of the longest; below that an arrow would be shorter than its head
_ROOM, _ROOM_ON_A_PHONE = 40, 30  # letters for all wishes of a panel beside each other; more are turned
_UPRIGHT = str.maketrans("↑↓", "→←")  # so that they point up and down where the text is turned


def score_bound(case: Judged) -> float:
    """Where the axis of scores ends, below and above."""
    return axis_bound((*case.scores, case.scores[case.true] - case.margin))


def tug(case: Judged, t: Translate, bound: float | None = None) -> Picture:
    """The scores twice, with the arrows by which hinge and cross-entropy pull at them."""
    bound = max(bound or 0.0, score_bound(case))
    pulls = (case.hinge_gradient, case.cross_entropy_gradient)
    longest = max(1.0, *(abs(value) for pull in pulls for value in pull))
    arrows = [
        arrow
        for axis, pull in zip(("", "2"), pulls, strict=True)
        for arrow in _arrows(case, pull, bound * _REACH / longest, longest, axis)
    ]
    signs = [
        *arrows,
        *(label for axis in ("", "2") for label in _score_labels(case, axis)),
        _margin_label(case, t),
        headline(t("Hinge: L = {loss}", loss=case.hinge_text), "", 17, 10),
        headline(t("Cross-entropy: L = {loss}", loss=case.entropy_text), "2", 17, 10),
    ]
    turned, turned_on_a_phone = (_is_turned(case, room) for room in (_ROOM, _ROOM_ON_A_PHONE))
    tall = {"range": _heights(bound, turned_on_a_phone)}
    figure = {
        "data": [_bars(case, ""), _bars(case, "2"), _margin_line(case), *_overhang(case)],
        "layout": {
            "height": 430,
            "margin": {"l": 52, "r": 8, "t": 40, "b": 34},
            "showlegend": False,
            "barmode": "overlay",
            "bargap": 0.55,
            "annotations": [*signs, *_wishes(case, turned, t)],
            **_panel("", case, _heights(bound, turned), bound, [0.0, 0.455], t),
            **_panel("2", case, _heights(bound, turned), bound, [0.545, 1.0], t),
        },
        "narrow": {
            "height": 800,
            "annotations": [*signs, *_wishes(case, turned_on_a_phone, t)],
            "xaxis": {"domain": [0.0, 0.87]},
            "xaxis2": {"domain": [0.0, 1.0]},
            "yaxis": {"domain": [0.56, 1.0], **tall},
            "yaxis2": {"domain": [0.0, 0.44], "showticklabels": True, **tall},
        },
    }
    return Picture(
        title=t("What each loss asks of the scores"),
        description=_in_words(case, t),
        figure=figure,
        table=_table(case, t),
        handles=_handles(case, bound, t),
    )


def _bars(case: Judged, axis: str) -> Trace:
    classes = list(range(len(case.scores)))
    return {
        "type": "bar",
        "x": classes,
        "y": list(case.scores),
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "customdata": classes,
        "hoverinfo": "none",  # with "skip" a bar could not be clicked
        "marker": {
            **bar_paint(len(classes)),
            "line": {"color": style.INK, "width": [3 if index == case.true else 0 for index in classes]},
        },
    }


def _margin_line(case: Judged) -> Trace:
    """The height that no rival shall pass: the true score less the margin."""
    height = case.scores[case.true] - case.margin
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [-0.6, len(case.scores) - 0.4],
        "y": [height, height],
        "hoverinfo": "skip",
        "line": {"color": style.INK, "width": 2, "dash": "dash"},
    }


def _overhang(case: Judged) -> list[Trace]:
    """What of a rival lies above that line: the hinge's terms, as brackets beside the bars."""
    limit = case.scores[case.true] - case.margin
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [index - 0.3, index - 0.38, index - 0.38, index - 0.3],
            "y": [limit, limit, limit + case.terms[index], limit + case.terms[index]],
            "hoverinfo": "skip",
            "line": {"color": style.ALARM, "width": 4},
        }
        for index in case.rivals
        if case.terms[index] > 0
    ]


def _margin_label(case: Judged, t: Translate) -> dict[str, Any]:
    """Behind the right end of the line, where neither a bar nor an arrow ever is."""
    return {
        "text": t("f<sub>y</sub> − Δ"),
        "x": 1,
        "xref": "x domain",
        "y": case.scores[case.true] - case.margin,
        "xanchor": "left",
        "xshift": 6,  # the arrow of the last class may reach a little further than the line
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": 14, "color": style.INK},
    }


def _arrows(
    case: Judged, pull: Sequence[float], scale: float, longest: float, axis: str
) -> list[dict[str, Any]]:
    return [
        {
            "x": index + 0.36,
            "y": case.scores[index] - scale * derivative,
            "ax": index + 0.36,
            "ay": case.scores[index],
            "xref": f"x{axis}",
            "yref": f"y{axis}",
            "axref": f"x{axis}",
            "ayref": f"y{axis}",
            "text": "",
            "showarrow": True,
            "arrowhead": 2,
            "arrowsize": 0.9,
            "arrowwidth": 3,
            "arrowcolor": style.INK,
        }
        for index, derivative in enumerate(pull)
        if _is_drawn(derivative, longest)
    ]


def _is_drawn(derivative: float, longest: float) -> bool:
    return abs(derivative) >= _SHORTEST * longest


def _wish_texts(case: Judged) -> tuple[list[str], list[str]]:
    """What hinge and cross-entropy ask of each score."""
    hinge = [wish(derivative) for derivative in case.hinge_gradient]
    return hinge, [case.entropy_wish(index) for index in range(len(case.scores))]


def _is_turned(case: Judged, room: int) -> bool:
    """Whether the wishes have to be written upwards, as beside each other they would meet."""
    longest = max(len(text) for texts in _wish_texts(case) for text in texts)
    return len(case.scores) > _CROWDED or longest * len(case.scores) > room


def _wishes(case: Judged, turned: bool, t: Translate) -> list[dict[str, Any]]:
    """The derivative of each score as an arrow and a number, in a row above the bars.

    One that is too small for an arrow is not to be taken for none.
    """
    longest = max(1.0, *map(abs, case.hinge_gradient))
    hinge, entropy = _wish_texts(case)
    small = [not _is_drawn(derivative, longest) for derivative in case.cross_entropy_gradient]
    upright = _UPRIGHT if turned else {}
    still = f"<br><span style='font-size:13px'>{t('still > 0')}</span>"
    return [
        {
            "text": f"<b>{text.translate(upright)}</b>{still if axis and small[index] else ''}",
            "x": index,
            "xref": f"x{axis}",
            "y": 1,
            "yref": f"y{axis} domain",
            "yanchor": "top",
            "textangle": -90 if turned else 0,
            "showarrow": False,
            "font": {"size": 14 if len(case.scores) >= _CROWDED else 15, "color": style.INK},
        }
        for axis, texts in (("", hinge), ("2", entropy))
        for index, text in enumerate(texts)
    ]


def _score_labels(case: Judged, axis: str) -> list[dict[str, Any]]:
    crowded = len(case.scores) > _CROWDED
    return [
        {
            "text": compact(value, DIGITS),
            "x": index,
            "y": value,
            "xref": f"x{axis}",
            "yref": f"y{axis}",
            "yanchor": "top" if value < 0 else "bottom",
            "yshift": -9 if value < 0 else 9,
            "textangle": -90 if crowded else 0,
            "bgcolor": style.PAPER,
            "borderpad": 1,
            "showarrow": False,
            "font": {"size": 13 if crowded else 15, "color": style.INK},
        }
        for index, value in enumerate(case.scores)
    ]


def _heights(bound: float, turned: bool) -> list[float]:
    """From where to where the axis of scores is drawn: wishes that are turned need more room above."""
    return [-1.7 * bound, 2.5 * bound] if turned else [-1.3 * bound, 1.65 * bound]


def _panel(
    axis: str, case: Judged, ends: list[float], bound: float, across: list[float], t: Translate
) -> dict[str, Any]:
    names = [
        f"<b>y = {label}</b>" if index == case.true else label for index, label in enumerate(case.labels)
    ]
    axes = bar_axes(axis, names, ends, (-bound, 0, bound), across, "" if axis else t("score f"))
    axes[f"yaxis{axis}"]["showticklabels"] = not axis  # side by side the numbers of the first serve for both
    return axes


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
            case.share_text(index),
            case.entropy_slope(index),
        ]
        for index, score in enumerate(case.scores)
    ]
    return Table(columns, rows)
