"""The reader's own sketch of the probabilities, and the true ones beside it once they are revealed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lessons.scores.model import Workings
from ui import signs
from ui.charts import draw, style
from ui.charts.labels import short
from ui.charts.picture import Handle, Picture, Table, Translate
from ui.numerals import numeral

_HEIGHT = 280
_ROOM = (16, 16, 16, 14, 11, 8, 6, 5, 4, 3, 3)
_STEP = 0.01
_TIGHT, _UPRIGHT, _UPRIGHT_ON_A_PHONE = 5, 3, 2  # classes that have room for numbers; for upright ones
_TOP, _TOP_OF_TURNED = 1.14, 1.3
_SIZES, _SMALL_SIZES = (14, 15), (12, 12)
_DECIMALS = 3
_GAP = 0.24
_BESIDE = (1 - _GAP) / 4


def sketch(work: Workings, guesses: Sequence[float], revealed: bool, t: Translate) -> Picture:
    """A bar to drag for each class; when revealed, what the probability really is stands to its right."""
    classes = list(range(len(work.names)))
    bars = [_guessed(guesses, t)]
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
            "yaxis": draw.axis(
                automargin=True,
                range=[0, _TOP if len(classes) <= _UPRIGHT else _TOP_OF_TURNED],
                tickvals=[0, 0.5, 1],
            ),
            "annotations": _numbers(work, guesses, revealed),
        },
        "narrow": {
            "annotations": _numbers(work, guesses, revealed, on_a_phone=True),
            "yaxis": {"range": [0, _TOP if len(classes) <= _UPRIGHT_ON_A_PHONE else _TOP_OF_TURNED]},
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


def _guessed(guesses: Sequence[float], t: Translate) -> dict[str, Any]:
    return draw.bars(
        list(range(len(guesses))),
        list(guesses),
        name=t("yours"),
        marker={"color": "rgba(0,0,0,0)", "line": {"color": style.INK, "width": 2}},
    )


def _true(work: Workings, t: Translate) -> dict[str, Any]:
    count = len(work.names)
    return draw.bars(
        list(range(count)), list(work.probabilities), name=t("true"), marker=draw.hatched_classes(count)
    )


def _numbers(
    work: Workings, guesses: Sequence[float], revealed: bool, on_a_phone: bool = False
) -> list[dict[str, Any]]:
    """What the reader drew at the foot of each bar, and above the true ones what they are.

    As notes: Plotly makes the text of a bar as small as the bar is narrow. Of many classes, a phone has room
    for the numbers above the handles alone, and later for none; they stand in the answer.
    """
    count = len(guesses)
    size, true_size = _SMALL_SIZES if on_a_phone else _SIZES
    turned = -90 if count > (_UPRIGHT_ON_A_PHONE if on_a_phone else _UPRIGHT) else 0
    is_crowded = count > _TIGHT
    if is_crowded and revealed and on_a_phone:
        return []
    above = is_crowded and on_a_phone
    yours = [
        draw.note(
            guessed(guess),
            index - _BESIDE if revealed else index,
            guess if above else 0,
            size=size,
            yanchor="bottom",
            yshift=10 if above else 6,
            textangle=turned if above or (revealed and on_a_phone) else 0,
        )
        for index, guess in enumerate(guesses)
    ]
    if not revealed:
        return yours
    true = [
        draw.note(
            f"<b>{work.probability(index)}</b>",
            index + _BESIDE,
            probability,
            size=true_size,
            yanchor="bottom",
            yshift=2,
            textangle=turned,
        )
        for index, probability in enumerate(work.probabilities)
    ]
    return true if is_crowded else [*yours, *true]


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
