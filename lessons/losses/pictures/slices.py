"""The losses of two classes as curves over the gap f_j − f_y between them."""

from __future__ import annotations

from typing import Any

import numpy as np

from lessons.losses.model import DIGITS
from softmax_core.losses import GapSlice, gap_slice
from ui.charts import style
from ui.charts.picture import Picture, Table, Translate
from ui.numerals import numeral

Trace = dict[str, Any]

LOW, HIGH, TOP = -5.0, 3.0, 5.0
GAPS = np.linspace(LOW, HIGH, 161)
MARKED = (-4.0, -2.0, -1.0, 0.0, 1.0, 2.0)
LOOKS = {
    "weston_watkins": (style.COLOURS[2], "solid", 4),
    "cross_entropy": (style.COLOURS[3], "dash", 4),
    "squared_weston_watkins": (style.COLOURS[0], "dot", 3),
    "zero_one": (style.INK, "longdashdot", 2),
}
_CROWDED = 2.7  # with a wider margin the hinge rises where the note on the left would stand
_ROOM_ON_A_PHONE = 1.8
HINGE_AND_ENTROPY = ("weston_watkins", "cross_entropy")


def loss_names(t: Translate) -> dict[str, str]:
    """What the losses are called on the screen."""
    return {
        "weston_watkins": t("hinge"),
        "cross_entropy": t("cross-entropy"),
        "squared_weston_watkins": t("squared hinge"),
        "zero_one": t("0–1 loss"),
    }


def two_wishes(t: Translate) -> Picture:
    """Hinge and cross-entropy alone: the one ends its demand, the other does not."""
    title = t("Hinge and cross-entropy over the gap")
    return _picture(title, dict.fromkeys(HINGE_AND_ENTROPY), 1.0, t, height=380)


def slices(margin: float, t: Translate) -> Picture:
    """Four losses over the gap, the kink and the asymptote marked."""
    return _picture(t("Loss over the gap"), LOOKS, margin, t, height=460)


def _picture(title: str, losses: Any, margin: float, t: Translate, height: int) -> Picture:
    names = loss_names(t)
    curves = {loss: gap_slice(loss, GAPS, margin) for loss in losses}
    all_four = len(curves) > len(HINGE_AND_ENTROPY)
    asymptote = curves["cross_entropy"].asymptote
    data = [_curve(loss, curve, names[loss]) for loss, curve in curves.items()]
    if all_four and asymptote is not None:
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": t("what cross-entropy nears"),
                "x": GAPS.tolist(),
                "y": asymptote.tolist(),
                "hoverinfo": "skip",
                "line": {"color": style.COLOURS[3], "width": 1.5},
            }
        )
    kink = -margin
    at_kink = float(gap_slice("cross_entropy", [kink]).losses[0])
    data.append(_kink(kink))
    notes = _notes(margin, t)
    layout = {
        "height": height,
        "margin": {"l": 52, "r": 14, "t": 52, "b": 96},
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": -0.2 if all_four else -0.27,
            "yanchor": "top",
            "itemclick": False,
        },
        "xaxis": {
            "range": [LOW, HIGH],
            "title": {"text": t("gap f<sub>j</sub> − f<sub>y</sub>"), "standoff": 4},
            "fixedrange": True,
            "showgrid": False,
            "dtick": 1,
            "automargin": False,
        },
        "yaxis": {
            "range": [-0.35, TOP],
            "title": {"text": t("loss")},
            "fixedrange": True,
            "nticks": 6,
            "automargin": False,
        },
        "annotations": notes if all_four else notes[:-1],
    }
    narrow = {
        "margin": {"b": 176 if all_four else 100},
        "height": height + 80 * all_four,
        "annotations": [notes[0], *([notes[1]] if margin <= _ROOM_ON_A_PHONE else [])],
    }
    figure = {"data": data, "layout": layout, "narrow": narrow}
    return Picture(
        title=title,
        description=t(
            "Curves of the loss over the gap between one rival's score and the true one; margin {margin}. "
            "The hinge falls in a straight line to a kink at {kink} and is 0 to the left of it. There the "
            "cross-entropy is still {entropy}; it falls for ever and never reaches 0. To the right it nears "
            "the gap itself.",
            margin=numeral(margin),
            kink=numeral(kink),
            entropy=numeral(at_kink, DIGITS),
        ),
        figure=figure,
        table=_table(list(curves), margin, t),
    )


def _curve(loss: str, curve: GapSlice, name: str) -> Trace:
    colour, dash, width = LOOKS[loss]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": GAPS.tolist(),
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
    return {
        "type": "scatter",
        "mode": "markers",
        "showlegend": False,
        "x": [kink],
        "y": [0.0],
        "hoverinfo": "skip",
        "marker": {
            "symbol": "diamond",
            "size": 15,
            "color": style.COLOURS[2],
            "line": {"color": style.INK, "width": 2},
        },
    }


def _notes(margin: float, t: Translate) -> list[dict[str, Any]]:
    """What to look at: the kink's name stands above the picture, the others where no curve runs."""
    crowded = margin > _CROWDED
    far, beside = (-2.4, (-1.0, 0.85)) if crowded else (-3.7, (-4.3, 1.0))
    above = float(gap_slice("cross_entropy", [far]).losses[0])
    kink = t("kink at −Δ = {gap}: left of it, exactly 0", gap=numeral(-margin))
    return [
        {
            **_note(-margin, 0.0, (-margin, TOP), kink),
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


def _table(losses: Any, margin: float, t: Translate) -> Table:
    names = loss_names(t)
    at = {loss: gap_slice(loss, MARKED, margin).losses.tolist() for loss in losses}
    rows = [
        [numeral(gap), *(numeral(at[loss][index], DIGITS) for loss in losses)]
        for index, gap in enumerate(MARKED)
    ]
    return Table([t("Gap"), *(names[loss] for loss in losses)], rows)
