"""The loss of a sure class against its lead: what log-sum-exp makes of it, and what log1p keeps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from softmax_core import cross_entropy, softmax_steps
from softmax_core.numerics import FormatName
from ui.charts import draw
from ui.charts.picture import Picture, Table, Translate
from ui.charts.style import ALARM, GOOD, INK
from ui.numerals import numeral

FARTHEST = 120.0
_STEPS = 240
_LANE, _TOP = 1e-56, 10.0  # where 0 is drawn on the logarithmic axis, and its end
_SURE = 10.0


def scores_of(lead: float) -> tuple[float, float, float]:
    """CS231n's row with another lead of its first class: at 110 it is [10, −100, −100]."""
    return _SURE, _SURE - lead, _SURE - lead


@lru_cache(maxsize=4)
def _losses(dtype: FormatName) -> tuple[Sequence[float], Sequence[float], Sequence[float]]:
    leads = [FARTHEST * step / _STEPS for step in range(_STEPS + 1)]
    found = [_both(lead, dtype) for lead in leads]
    return leads, [summed for summed, _ in found], [kept for _, kept in found]


def _both(lead: float, dtype: FormatName) -> tuple[float, float]:
    """The loss by log-sum-exp and by softmax_core, in the format."""
    steps = softmax_steps(scores_of(lead), "logsumexp", dtype)
    return float(steps.losses[0]), float(cross_entropy(steps.scores, 0))


def sure_loss(lead: float, dtype: FormatName, t: Translate) -> Picture:
    """Both losses for every lead, and those of this one as marks."""
    leads, summed, kept = _losses(dtype)
    now = _both(lead, dtype)
    data = [
        _curve(leads, kept, "log1p", GOOD, "solid"),
        _curve(leads, summed, "log-sum-exp", ALARM, "dash"),
        _mark(lead, now[1], "circle", GOOD, "top right" if lead < FARTHEST / 2 else "top left"),
        _mark(lead, now[0], "x", ALARM, "bottom left" if lead > FARTHEST / 4 else "bottom right"),
    ]
    layout = {
        "height": 390,
        "margin": {"t": 34, "r": 14, "l": 62, "b": 44},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "xaxis": {
            "range": [0, FARTHEST],
            "title": {"text": t("lead of the sure class")},
            "tickvals": [0, 20, 40, 60, 80, 100, 120],
        },
        "yaxis": {
            "type": "log",
            "range": [-59.5, 2.5],
            "title": {"text": t("loss of the sure class")},
            "tickvals": [_LANE, 1e-48, 1e-36, 1e-24, 1e-12, 1],
            "ticktext": ["0", "1e−48", "1e−36", "1e−24", "1e−12", "1"],
        },
    }
    description = t(
        "With a lead of {lead} the loss of the sure class in {dtype} is {summed} by log-sum-exp and {kept} "
        "by log1p.",
        lead=numeral(lead),
        dtype=dtype,
        summed=numeral(now[0]),
        kept=numeral(now[1]),
    )
    table = Table(
        [t("lead of the sure class"), "log-sum-exp", "log1p"],
        [[numeral(leads[at]), numeral(summed[at]), numeral(kept[at])] for at in range(0, _STEPS + 1, 20)],
    )
    figure = {"data": data, "layout": layout, "narrow": {"height": 340}}
    return Picture(t("The loss of a sure class"), description, figure, table)


def _lane(value: float) -> float:
    return min(max(value, _LANE), _TOP)


def _curve(
    leads: Sequence[float], losses: Sequence[float], name: str, colour: str, dash: str
) -> dict[str, Any]:
    return draw.line(
        list(leads),
        [float(f"{_lane(loss):.4g}") for loss in losses],
        name=name,
        line={"color": colour, "width": 3, "dash": dash},
    )


def _mark(lead: float, loss: float, symbol: str, colour: str, side: str) -> dict[str, Any]:
    return draw.dots(
        [lead],
        [_lane(loss)],
        mode="markers+text",
        text=[f" <b>{numeral(loss)}</b> "],
        textposition=side,
        textfont={"size": 14, "color": INK},
        marker={"symbol": symbol, "size": 13, "color": colour, "line": {"color": INK, "width": 1}},
        showlegend=False,
        cliponaxis=False,
    )
