"""The reader's own sketch of the probabilities, and the true ones beside it once they are revealed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lessons.scores.model import Workings
from ui import signs
from ui.charts import draw, style
from ui.charts.labels import short
from ui.charts.panels import bar_paint
from ui.charts.picture import Handle, Picture, Table, Translate
from ui.numerals import numeral

_HEIGHT = 280
_ROOM = (16, 16, 16, 14, 11, 8, 6, 5, 4, 3, 3)
_STEP = 0.01
_TIGHT, _TIGHT_TRUTH = 5, 3
_DECIMALS = 3
_GAP = 0.24
_BESIDE = (1 - _GAP) / 4


def sketch(work: Workings, guesses: Sequence[float], revealed: bool, t: Translate) -> Picture:
    """A bar to drag for each class; when revealed, what the probability really is stands to its right."""
    classes = list(range(len(work.names)))
    bars = [_guessed(guesses, revealed, t)]
    if revealed:
        bars.append(_true(work, t))
    figure = {
        "data": bars,
        "layout": {
            "height": _HEIGHT,
            "margin": {"l": 44, "r": 8, "t": 12, "b": 34},
            "barmode": "group",
            "bargap": _GAP,
            "showlegend": False,
            "xaxis": draw.axis(
                automargin=True,
                range=[-0.6, len(classes) - 0.4],
                tickvals=classes,
                ticktext=[signs.plotly(short(name, _ROOM[len(classes)])) for name in work.names],
                tickangle=0,
                showgrid=False,
                zeroline=False,
            ),
            "yaxis": draw.axis(automargin=True, range=[0, 1.14], tickvals=[0, 0.5, 1]),
        },
    }
    return Picture(
        title=t("Your sketch of the probabilities"),
        description=_in_words(work, guesses, revealed, t),
        figure=figure,
        table=_table(work, guesses, revealed, t),
        handles=[
            Handle(
                id=index,
                label=t("Your probability of {name}", name=signs.in_sentence(name)),
                text=guessed(guess),
                x=index - _BESIDE if revealed else index,
                y=guess,
                low=0.0,
                high=1.0,
                step=_STEP,
            )
            for index, (name, guess) in enumerate(zip(work.names, guesses, strict=True))
        ],
    )


def guessed(guess: float) -> str:
    """A probability as the reader drew it."""
    return numeral(round(guess, _DECIMALS))


def _guessed(guesses: Sequence[float], revealed: bool, t: Translate) -> dict[str, Any]:
    crowded = len(guesses) > _TIGHT
    return draw.bars(
        list(range(len(guesses))),
        list(guesses),
        name=t("yours"),
        text=["" if revealed and crowded else guessed(guess) for guess in guesses],
        textposition="inside",
        insidetextanchor="start",
        textfont={"size": 14, "color": style.INK},
        textangle=0,
        marker={"color": "rgba(0,0,0,0)", "line": {"color": style.INK, "width": 2}},
    )


def _true(work: Workings, t: Translate) -> dict[str, Any]:
    count = len(work.names)
    return draw.bars(
        list(range(count)),
        list(work.probabilities),
        name=t("true"),
        text=[f"<b>{work.probability(index)}</b>" for index in range(count)],
        textposition="outside",
        textangle=-90 if count > _TIGHT_TRUTH else 0,
        textfont={"size": 15, "color": style.INK},
        cliponaxis=False,
        marker=bar_paint(count),
    )


def _in_words(work: Workings, guesses: Sequence[float], revealed: bool, t: Translate) -> str:
    parts = []
    for index, (name, guess) in enumerate(zip(map(signs.in_sentence, work.names), guesses, strict=True)):
        if revealed:
            told = t(
                "{name}: yours {guess}, true {probability}",
                name=name,
                guess=guessed(guess),
                probability=work.probability(index),
            )
        else:
            told = t("{name}: yours {guess}", name=name, guess=guessed(guess))
        parts.append(told)
    return t("A bar to drag for each class. {bars}.", bars="; ".join(parts))


def _table(work: Workings, guesses: Sequence[float], revealed: bool, t: Translate) -> Table:
    columns = [t("Class"), t("yours"), *([t("true")] if revealed else [])]
    rows = [
        [signs.text(name), guessed(guess), *([work.probability(index)] if revealed else [])]
        for index, (name, guess) in enumerate(zip(work.names, guesses, strict=True))
    ]
    return Table(columns, rows)
