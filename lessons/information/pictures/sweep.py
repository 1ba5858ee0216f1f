"""From λ to the norm of the weights, the entropy of the predictions and their calibration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log, log10
from typing import Any

from lessons.information.beliefs import shown
from lessons.information.fits import L2S, at, moved, part, sweep, written
from lessons.information.pictures.colours import ENTROPY, RIGHT, SURE
from softmax_core.information import Sureness
from ui.charts import draw, style
from ui.charts.labels import axis_bound
from ui.charts.picture import Picture, Table, Translate

NORM, UNSURE = style.INK, ENTROPY
_EXPONENTS = [log10(l2) for l2 in L2S]
_TICKS = [-5, -4, -3, -2, -1, 0, 1]
_DOMAINS = ([0.72, 1.0], [0.38, 0.66], [0.0, 0.3])


def chain(n: int, l2: float, t: Translate, told: bool = True) -> Picture:
    """Three panels over λ: the length of the weights, the entropy, and confidence beside accuracy.

    Before it is told, one λ alone.
    """
    found, here = sweep(n), at(n, l2)
    longest = axis_bound([each.fit.norm for each in found], 1.0, (1, 1.5, 2, 3, 5, 7))
    data = [
        _curve(found, lambda each: each.fit.norm, "", NORM, "solid"),
        _curve(found, lambda each: each.entropy, "2", UNSURE, "dash"),
        _curve(found, lambda each: each.confidence, "3", SURE, "dot"),
        _curve(found, lambda each: each.accuracy, "3", RIGHT, "solid"),
    ]
    values = [(here.fit.norm, "", NORM), (here.entropy, "2", UNSURE)]
    values += [(here.confidence, "3", SURE), (here.accuracy, "3", RIGHT)]
    x = log10(here.fit.l2)
    figure = {
        "data": [*(data if told else []), *(_dot(x, *value) for value in values)],
        "layout": {
            "height": 430,
            "margin": {"l": 46, "r": 12, "t": 30, "b": 50},
            "showlegend": False,
            "shapes": [_line(x)],
            "annotations": [
                headline(t("norm of the weights: |W| = {norm}", norm=shown(here.fit.norm)), ""),
                headline(t("mean entropy H = {entropy} nats", entropy=shown(here.entropy)), "2"),
                headline(
                    t(
                        "confidence {confidence} (dots), accuracy {accuracy} (line)",
                        confidence=part(here.confidence),
                        accuracy=part(here.accuracy),
                    ),
                    "3",
                ),
            ],
            **_panel("", [0, 1.1 * longest], 0),
            **_panel("2", [0, 1.08 * log(3)], 1),
            **_panel("3", [0.3, 1.0], 2),
        },
        "narrow": {"height": 386, "margin": {"l": 34, "r": 6, "t": 26, "b": 46}},
    }
    return Picture(
        title=t("What λ does"),
        description=_in_words(n, here, t, told),
        figure=figure,
        table=Table(
            ["λ", "|W|", t("Entropy, nats"), t("Confidence"), t("Accuracy"), t("Calibration error")],
            [
                [
                    written(each.fit.l2),
                    shown(each.fit.norm),
                    shown(each.entropy),
                    part(each.confidence),
                    part(each.accuracy),
                    part(each.calibration_error),
                ]
                for each in (found if told else [here])
            ],
        ),
    )


def _in_words(n: int, here: Sureness, t: Translate, told: bool) -> str:
    one = t(
        "At λ = {l2}, with {n} samples: |W| {norm}, entropy {entropy} nats, confidence {confidence}, "
        "accuracy {accuracy}.",
        l2=written(here.fit.l2),
        n=n,
        norm=shown(here.fit.norm),
        entropy=shown(here.entropy),
        confidence=part(here.confidence),
        accuracy=part(here.accuracy),
    )
    if not told:
        return one
    curves = t(
        "Curves over λ from {low} to {high}, for {n} samples. The larger λ, the smaller |W|, the higher the "
        "entropy of the predictions and the lower their confidence, which moves by {sure}; the accuracy "
        "moves by {right}.",
        low=written(L2S[0]),
        high=written(L2S[-1]),
        n=n,
        sure=part(moved(n)[0]),
        right=part(moved(n)[1]),
    )
    return f"{curves} {one}"


def _curve(
    found: Sequence[Sureness], value: Callable[[Sureness], float], axis: str, colour: str, dash: str
) -> dict[str, Any]:
    return draw.line(
        _EXPONENTS,
        [round(value(each), 5) for each in found],
        xaxis="x",
        yaxis=f"y{axis}",
        line={"color": colour, "width": 4, "dash": dash},
    )


def _dot(x: float, y: float, axis: str, colour: str) -> dict[str, Any]:
    return draw.dots(
        [x],
        [y],
        xaxis="x",
        yaxis=f"y{axis}",
        marker={"size": 14, "color": colour, "line": {"color": style.INK, "width": 2}},
    )


def _line(x: float) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "xref": "x",
        "yref": "paper",
        "layer": "below",
        "line": {"color": style.INK, "width": 1.5, "dash": "dash"},
    }


def headline(text: str, axis: str) -> dict[str, Any]:
    return draw.note(
        f"<b>{text}</b>",
        0,
        1,
        size=14,
        xref="paper",
        yref=f"y{axis} domain",
        xanchor="left",
        yanchor="bottom",
        yshift=2,
        bgcolor=style.PAPER,
    )


def _panel(axis: str, span: list[float], at: int) -> dict[str, Any]:
    panel: dict[str, Any] = {f"yaxis{axis}": draw.axis(range=span, domain=_DOMAINS[at], anchor="x", nticks=4)}
    if not axis:
        panel["xaxis"] = draw.axis(
            "λ",
            standoff=6,
            range=[-5.15, 1.15],
            tickvals=_TICKS,
            ticktext=[f"10<sup>{_signed(tick)}</sup>" if tick < 0 else str(10**tick) for tick in _TICKS],
            anchor="y3",
            showgrid=False,
            zeroline=False,
        )
    return panel


def _signed(number: int) -> str:
    return str(number).replace("-", "−")
