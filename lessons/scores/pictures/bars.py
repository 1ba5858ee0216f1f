"""Scores, exponentials and probabilities as linked bars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import isfinite
from typing import Any

from lessons.scores.digits import power, score, weight
from lessons.scores.model import Workings
from ui import signs
from ui.charts import draw, style
from ui.charts.labels import axis_bound, bold, opacity, short
from ui.charts.panels import bar_axes, headline
from ui.charts.picture import Handle, Picture, Table, Translate
from ui.numerals import compact, numeral, plain

_CROWDED = 4
_LABEL_ROOM = (16, 16, 14, 9, 7, 5, 4, 3, 3, 2, 2)
_NAME_ROOM = (16, 16, 16, 14, 11, 8, 6, 5, 4, 3, 3)
_BRIEF_DIGITS = 3
_LEGIBLE, _ROOM_UPRIGHT, _NAMES_UPRIGHT = 6, 9, 50  # letters, letters, pixels
_BESIDE_ON_A_PHONE = 0.6  # of the room for labels, where two panels stand beside each other
_TALL, _TALL_ON_A_PHONE = 1.65, 2.0  # how much higher than its bars a panel of scores is for upright labels
_HEADROOM, _HEADROOM_ON_A_PHONE = 1.36, 1.45  # the same above the other bars
_SCALE_SIZE = 14  # of the numbers at an axis, as Plotly writes its own


def score_bound(work: Workings) -> float:
    """Where the axis of scores ends, below and above."""
    return axis_bound([score for score in (*work.scores, *work.rescaled) if isfinite(score)])


def linked_bars(work: Workings, t: Translate, bound: float | None = None, movable: bool = True) -> Picture:
    """Scores, exponentials and probabilities of every class, side by side.

    Where the scores cannot be dragged, bars are parts of what their axis reaches, the exponentials are in few
    digits, as no formula stands beside them, and a phone leaves the middle out.
    """
    bound = max(bound or 0.0, score_bound(work))
    weights = work.steps.exponentials.tolist()
    tallest = axis_bound(weights, 1e-300, (1, 3))
    unit = 1.0 if movable else bound
    texts = _texts(work, brief=not movable)
    upright = [_are_upright(each) for each in texts]
    reach = (_TALL if upright[0] else 1.38) * bound / unit
    spread = [part * bound / unit for part in (-1.0, -0.5, 0.0, 0.5, 1.0)]
    below = _NAMES_UPRIGHT if _names_stand(work) else 0
    headroom = [_HEADROOM if each else 1.14 for each in upright[1:]]
    titles, scale = _panel_titles(work, t), _scale("", spread, unit)
    figure = {
        "data": [
            _bars(work, work.rescaled, unit, texts[0], "", labelled=False),
            _bars(work, weights, tallest, texts[1], "2"),
            _bars(work, work.probabilities, 1.0, texts[2], "3", labelled=False),
            *([_where_they_were(work, unit)] if work.is_rescaled else []),
        ],
        "layout": {
            "height": 380 + below,
            "margin": {"l": 52, "r": 8, "t": 40, "b": 34 + below},
            "showlegend": False,
            "meta": "classes",
            "bargap": 0.22,
            "annotations": [
                *titles,
                *scale,
                *_scale("2", [0, 0.5, 1], tallest),
                *_outer_labels(work, bound, unit, texts),
            ],
            **_panel("", work, [-reach, reach], spread, [0.0, 0.28]),
            **_panel("2", work, [0, headroom[0]], [0, 0.5, 1], [0.37, 0.64]),
            **_panel("3", work, [0, headroom[1]], [0, 0.5, 1], [0.72, 1.0], has_numbers=True),
        },
        **(
            _below_each_other(work)
            if movable
            else _without_the_middle(work, [titles[0], titles[2], *scale], bound, texts)
        ),
    }
    return Picture(
        title=t("Scores, exponentials and probabilities"),
        description=_in_words(work, t),
        figure=figure,
        table=_table(work, t),
        handles=_handles(work, bound, t) if movable else [],
    )


def _handles(work: Workings, bound: float, t: Translate) -> list[Handle]:
    return [
        Handle(
            id=index,
            label=t("Score of {name}", name=signs.in_sentence(name)),
            text=score(work, index),
            x=index,
            y=max(work.rescaled[index], -bound),  # of a forbidden class: from the lower edge
            low=-bound,
            high=bound,
            step=bound / 100,
        )
        for index, name in enumerate(work.names)
    ]


def _texts(work: Workings, brief: bool) -> list[list[str]]:
    """What stands over the bars of each panel, in the digits of the rest of the page."""
    classes = range(len(work.names))
    return [
        [score(work, index) for index in classes],
        [_weight(work, index, brief) for index in classes],
        [_probability(work, index) for index in classes],
    ]


def _probability(work: Workings, index: int) -> str:
    part = work.part(index)
    return "≈ 1" if part.is_sure and not part.is_certain else work.probability(index)


def _weight(work: Workings, index: int, brief: bool) -> str:
    own = power(work, index)
    return compact(own, _BRIEF_DIGITS) if brief and own else weight(work, index)


@lru_cache(maxsize=1024)
def _with_a_power(text: str) -> str:
    """A number such as 1.6e42 or e^−800 as people write it: 1.6·10⁴², e⁻⁸⁰⁰."""
    return re.sub(r"(?<=\d)e(.+)", r"·10<sup>\1</sup>", re.sub(r"e\^(.+)", r"e<sup>\1</sup>", text))


def _are_upright(texts: Sequence[str], part: float = 1.0) -> bool:
    """Whether labels stand upright, as they would run into each other in that part of the usual room."""
    return max(map(len, texts)) > part * _LABEL_ROOM[len(texts)]


def _bars(
    work: Workings,
    values: Sequence[float],
    unit: float,
    texts: Sequence[str],
    axis: str,
    labelled: bool = True,
) -> dict[str, Any]:
    classes = list(range(len(work.names)))
    return draw.bars(
        classes,
        _parts(values, unit),
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
        customdata=classes,
        hovertext=[f"{signs.plotly(name)}: {text}" for name, text in zip(work.names, texts, strict=True)],
        hoverinfo="text",
        text=[bold(text, index == work.focus) for index, text in enumerate(map(_with_a_power, texts))]
        if labelled
        else None,
        textposition="outside" if labelled else "none",
        textangle=-90 if _are_upright(texts) else 0,
        textfont={"size": 13 if len(classes) >= _CROWDED else 15, "color": style.INK},
        constraintext="none",
        cliponaxis=False,
        marker={
            **draw.hatched_classes(len(classes)),
            "opacity": [opacity(work.focus, index) for index in classes],
            "line": {"color": style.INK, "width": [3 if index == work.focus else 0 for index in classes]},
        },
    )


def _parts(values: Sequence[float], unit: float) -> list[float | None]:
    """The values as an axis in that unit has them; it does not reach −∞."""
    return [value / unit if isfinite(value) else None for value in values]


def _where_they_were(work: Workings, unit: float) -> dict[str, Any]:
    """A line across each bar at the score before the constant and the temperature."""
    return draw.dots(
        list(range(len(work.names))),
        _parts(work.scores, unit),
        marker={
            "symbol": "line-ew-open",
            "size": 26,
            "color": style.INK,
            "line": {"width": 3, "color": style.INK},
        },
    )


def _panel_titles(work: Workings, t: Translate) -> list[dict[str, Any]]:
    exponent = f"{work.symbol} − max {work.symbol}" if work.is_shifted else work.symbol
    titles = (
        _of_the_scores(work, t),
        t("Exponentials e<sup>{exponent}</sup>", exponent=exponent),
        t("Probabilities p"),
    )
    return [headline(title, axis) for axis, title in zip(("", "2", "3"), titles, strict=True)]


def _of_the_scores(work: Workings, t: Translate) -> str:
    if work.temperature == 1:
        return t("Scores z = f + constant") if work.constant else t("Scores f")
    return t("Scores z = (f + constant) / T") if work.constant else t("Scores z = f / T")


def _outer_labels(
    work: Workings, bound: float, unit: float, texts: Sequence[Sequence[str]], part: float = 1.0
) -> list[dict[str, Any]]:
    """Those of scores and probabilities; scores' stand clear of the handles on the ends of the bars.

    −∞ has no bar: an arrow points there from the lower edge.
    """
    places = [max(score, -bound) / unit for score in work.rescaled]
    notes = _labels(work, places, texts[0], "", 9, part)
    for index in work.forbidden:
        own = notes[index]
        text = f"◂ {own['text']}" if own["textangle"] else f"{own['text']} ▾"
        notes[index] = own | {"text": text, "yanchor": "bottom", "yshift": 9}
    return [
        *notes,
        *_labels(work, work.probabilities, texts[2], "3", 0, part),
    ]


def _labels(
    work: Workings, values: Sequence[float], texts: Sequence[str], axis: str, clear: int, part: float
) -> list[dict[str, Any]]:
    upright = _are_upright(texts, part)
    return [
        draw.note(
            bold(_with_a_power(text), index == work.focus),
            index,
            value,
            size=13 if len(work.names) >= _CROWDED else 15,
            xref=f"x{axis}",
            yref=f"y{axis}",
            yanchor="top" if value < 0 else "bottom",
            yshift=-clear if value < 0 else clear,
            textangle=-90 if upright else 0,
            bgcolor=style.PAPER,
            borderpad=1,
        )
        for index, (value, text) in enumerate(zip(values, texts, strict=True))
    ]


def _panel(
    axis: str,
    work: Workings,
    values: list[float],
    ticks: list[float],
    across: list[float],
    has_numbers: bool = False,
) -> dict[str, Any]:
    stand = _names_stand(work)
    axes = bar_axes(axis, _names(work, _ROOM_UPRIGHT if stand else None), values, ticks, across)
    axes[f"xaxis{axis}"] |= {"tickangle": -90 if stand else 0}
    axes[f"yaxis{axis}"]["showticklabels"] = has_numbers
    return axes


def _scale(axis: str, ticks: Sequence[float], unit: float) -> list[dict[str, Any]]:
    """The numbers at an axis that is divided by a unit.

    What it reaches grows by powers of ten while a constant is moved: notes are drawn sooner than an axis.
    """
    return [
        draw.note(
            _with_a_power(numeral(tick * unit)),
            0,
            tick,
            size=_SCALE_SIZE,
            xref=f"x{axis} domain",
            yref=f"y{axis}",
            xanchor="right",
            yanchor="middle",
        )
        for tick in ticks
    ]


def _names(work: Workings, room: int | None = None) -> list[str]:
    """The names of the classes, each as long as there is room below its bar."""
    room = room or _NAME_ROOM[len(work.names)]
    written = [signs.plotly(short(name, room)) for name in work.names]
    return [bold(name, index == work.focus) for index, name in enumerate(written)]


def _names_stand(work: Workings) -> bool:
    """Whether names stand upright, as little would be left of them side by side."""
    room = _NAME_ROOM[len(work.names)]
    return room < _LEGIBLE and any(short(name, room) != name for name in work.names)


def _below_each_other(work: Workings) -> dict[str, Any]:
    names = {"ticktext": _names(work), "tickangle": 0}
    panels = _domains("", [0.75, 1.0]) | _domains("2", [0.38, 0.62]) | _domains("3", [0.0, 0.25])
    for axis in ("", "2", "3"):
        panels[f"xaxis{axis}"] |= names
    return {"narrow": {"height": 550, "margin": {"b": 34}, **panels}}


def _without_the_middle(
    work: Workings, notes: Sequence[dict[str, Any]], bound: float, texts: Sequence[Sequence[str]]
) -> dict[str, Any]:
    scores, _, probabilities = (_are_upright(each, _BESIDE_ON_A_PHONE) for each in texts)
    return {
        "narrow": {
            "height": 300,
            "annotations": [*notes, *_outer_labels(work, bound, bound, texts, _BESIDE_ON_A_PHONE)],
            "xaxis": {"domain": [0.0, 0.42]},
            "yaxis": {"range": [-_TALL_ON_A_PHONE, _TALL_ON_A_PHONE]} if scores else {},
            "xaxis2": {"visible": False},
            "yaxis2": {"visible": False},
            "xaxis3": {"domain": [0.58, 1.0]},
            "yaxis3": {"range": [0, _HEADROOM_ON_A_PHONE]} if probabilities else {},
        },
        "narrow_hides": [1],
    }


def _domains(axis: str, up: list[float]) -> dict[str, dict[str, Any]]:
    return {f"xaxis{axis}": {"domain": [0.0, 1.0]}, f"yaxis{axis}": {"domain": up}}


def _in_words(work: Workings, t: Translate) -> str:
    bars = "; ".join(
        t(
            "{name}: score {score}, exponential {weight}, probability {probability}",
            name=signs.in_sentence(name),
            score=score(work, index),
            weight=weight(work, index),
            probability=work.probability(index),
        )
        for index, name in enumerate(work.names)
    )
    return t("Three groups of bars, one bar for each class. {bars}.", bars=bars)


def _table(work: Workings, t: Translate) -> Table:
    columns = [t("Class"), t("Score"), t("After constant and T"), t("Exponential"), t("Probability")]
    rows = [
        [
            signs.text(name),
            plain(work.scores[index], 10),
            score(work, index),
            weight(work, index),
            work.probability(index),
        ]
        for index, name in enumerate(work.names)
    ]
    return Table(columns, rows)
