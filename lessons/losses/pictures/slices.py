"""The losses of two classes as curves over the gap f_j − f_y between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from lessons.losses.model import DIGITS
from softmax_core import LossName
from softmax_core.losses import GapSlice, gap_slice
from ui.charts import draw, sketched, style
from ui.charts.picture import Picture, Table, Trace, Translate
from ui.numerals import numeral

Loss = LossName | Literal["zero_one"]
Array = np.ndarray[Any, Any]

HIGH = 3.0
_ENDS = {4.0: -5.0, 10.0: -11.0, 20.0: -21.0}  # where the axis ends for margins up to so much
_POINTS = 161
MARKED = (-4.0, -2.0, -1.0, 0.0, 1.0, 2.0)
SKETCHED = (-4.0, -2.0, 0.0, 2.0)
BOUNDS = (0.0, 5.0)
_STEP = 0.1
LOOKS: dict[Loss, tuple[str, str, int]] = {
    "weston_watkins": (style.VIOLET, "solid", 4),
    "cross_entropy": (style.INK, "dash", 4),
    "squared_weston_watkins": (style.ORANGE, "dot", 3),
    "zero_one": (style.GREY, "longdashdot", 2),
}
_CROWDED = 2.7  # with a wider margin the hinge rises where the note on the left would stand


def loss_names(t: Translate) -> dict[str, str]:
    """What the losses are called on the screen."""
    return {
        "weston_watkins": t("hinge"),
        "cross_entropy": t("cross-entropy"),
        "squared_weston_watkins": t("squared hinge"),
        "zero_one": t("0–1 loss"),
    }


def slices(margin: float, heights: Sequence[float], t: Translate, told: bool = True) -> Picture:
    """Four losses over the gap, the kink and the asymptote marked, and the reader's sketch of one.

    Before it is told, the hinge stands alone.
    """
    names, low = loss_names(t), low_end(margin)
    gaps = np.linspace(low, HIGH, _POINTS)
    shown: Sequence[Loss] = tuple(LOOKS) if told else ("weston_watkins",)
    curves = {loss: gap_slice(loss, gaps, margin) for loss in shown}
    data = [_curve(loss, gaps, curve, names[loss]) for loss, curve in curves.items()]
    asymptote = curves["cross_entropy"].asymptote if told else None
    if asymptote is not None:
        data.append(_asymptote(gaps, asymptote, t))
    data += [_kink(-margin), sketched.yours(SKETCHED, heights, t)]
    notes = _notes(margin, t)
    kept = notes[:1] if not told else notes if low == low_end(0.0) else notes[:-1]
    drawn = [] if told else sketched.notes(SKETCHED, heights)
    layout = {
        "height": 430,
        "margin": {"l": 52, "r": 14, "t": 52, "b": 96},
        "legend": draw.legend(-0.22),
        "showlegend": True,
        "xaxis": draw.axis(
            t("gap f<sub>j</sub> − f<sub>y</sub>"),
            standoff=4,
            range=[low, HIGH],
            showgrid=False,
            dtick=round(-low / 5),
            tick0=0,
        ),
        "yaxis": draw.axis(t("loss"), range=[0.07 * low, -low], nticks=6),
        "annotations": [*kept, *drawn],
    }
    narrow = {
        "margin": {"t": 40, "b": 136 if told else 92},
        "height": 380,
        "legend": {"y": -0.3, "font": {"size": 12}},
        "annotations": [*notes[:1], *drawn],
    }
    return Picture(
        title=t("Loss over the gap"),
        description=f"{_in_words(margin, t, told)} {_sketch_in_words(heights, t, told)}",
        figure={"data": data, "layout": layout, "narrow": narrow},
        table=_table(list(curves), margin, heights, t),
        handles=sketched.handles(
            [t("Your cross-entropy at a gap of {gap}", gap=numeral(gap)) for gap in SKETCHED],
            SKETCHED,
            heights,
            BOUNDS,
            _STEP,
        ),
    )


def _in_words(margin: float, t: Translate, told: bool) -> str:
    if not told:
        return t(
            "The hinge over the gap between one rival’s score and the true one; margin {margin}. "
            "It falls in a straight line to a kink at {kink} and is 0 to the left of it.",
            margin=numeral(margin),
            kink=numeral(-margin),
        )
    return t(
        "Curves of the loss over the gap between one rival's score and the true one; margin {margin}. "
        "The hinge falls in a straight line to a kink at {kink} and is 0 to the left of it. There the "
        "cross-entropy is still {entropy}; it falls for ever and never reaches 0. To the right it nears "
        "the gap itself.",
        margin=numeral(margin),
        kink=numeral(-margin),
        entropy=numeral(cross_entropies((-margin,))[0], DIGITS),
    )


def _sketch_in_words(heights: Sequence[float], t: Translate, told: bool) -> str:
    drawn = "; ".join(
        t(
            "gap {gap}: yours {guess}, true {loss}",
            gap=numeral(gap),
            guess=sketched.read(guess),
            loss=numeral(loss),
        )
        if told
        else t("gap {gap}: yours {guess}", gap=numeral(gap), guess=sketched.read(guess))
        for gap, guess, loss in zip(SKETCHED, heights, cross_entropies(SKETCHED), strict=True)
    )
    return t("Points to drag: {points}.", points=drawn)


def cross_entropies(gaps: Sequence[float]) -> list[float]:
    """The cross-entropy of two classes with such gaps."""
    return [float(loss) for loss in gap_slice("cross_entropy", gaps).losses]


def low_end(margin: float) -> float:
    """Where the axis of the gap begins: it changes rarely, and the kink is always on it."""
    return next(end for most, end in _ENDS.items() if margin <= most)


def _asymptote(gaps: Array, heights: Array, t: Translate) -> Trace:
    return draw.line(
        gaps.tolist(),
        heights.tolist(),
        name=t("what cross-entropy nears"),
        line={"color": style.INK, "width": 1.5},
    )


def _curve(loss: Loss, gaps: Array, curve: GapSlice, name: str) -> Trace:
    colour, dash, width = LOOKS[loss]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": gaps.tolist(),
        "y": np.round(curve.losses, 9).tolist(),
        "hovertemplate": f"%{{y:.{DIGITS}g}}",
        "line": {
            "color": colour,
            "dash": dash,
            "width": width,
            **({"shape": "hv"} if loss == "zero_one" else {}),
        },
    }


def _kink(kink: float) -> Trace:
    return draw.dots(
        [kink],
        [0.0],
        showlegend=False,
        marker={
            "symbol": "diamond",
            "size": 15,
            "color": style.VIOLET,
            "line": {"color": style.INK, "width": 2},
        },
    )


def _notes(margin: float, t: Translate) -> list[dict[str, Any]]:
    """What to look at: the kink's name stands above the picture, the others where no curve runs."""
    crowded, top = margin > _CROWDED, -low_end(margin)
    size = top / 5
    far, beside = (-2.4 * size, (-1.0 * size, 0.85 * size)) if crowded else (-3.7, (-4.3, 1.0))
    above = float(gap_slice("cross_entropy", [far]).losses[0])
    kink = t("kink at −Δ = {gap}: left of it, exactly 0", gap=numeral(-margin))
    return [
        {
            **_note(-margin, 0.0, (-margin, top), kink),
            "yanchor": "bottom",
            "xanchor": "left" if crowded else "center",
        },
        _note(far, above, beside, t("small,<br>but never 0")),
        _note(2.4, 2.4869, (2.42, 1.4), t("nears the line:<br>slope 1")),
    ]


def _note(x: float, y: float, at: tuple[float, float], text: str) -> dict[str, Any]:
    return {
        "x": x,
        "y": y,
        "ax": at[0],
        "ay": at[1],
        "axref": "x",
        "ayref": "y",
        "text": text,
        "showarrow": True,
        "arrowhead": 2,
        "arrowwidth": 1.5,
        "arrowcolor": style.INK,
        "align": "left",
        "font": {"size": 14, "color": style.INK},
    }


def _table(losses: Sequence[Loss], margin: float, heights: Sequence[float], t: Translate) -> Table:
    names, guesses = loss_names(t), dict(zip(SKETCHED, map(sketched.read, heights), strict=True))
    at = {loss: gap_slice(loss, MARKED, margin).losses.tolist() for loss in losses}
    rows = [
        [
            numeral(gap),
            *(numeral(at[loss][index], DIGITS) for loss in losses),
            guesses.get(gap, "–"),
        ]
        for index, gap in enumerate(MARKED)
    ]
    return Table([t("Gap"), *(names[loss] for loss in losses), t("yours")], rows)
