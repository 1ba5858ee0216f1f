"""The likelihood of a data set as a product that becomes 0, and as a sum of logarithms that does not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import log
from typing import Any

import numpy as np

from lessons.information.beliefs import shown
from lessons.information.pictures.colours import FITTED, NONE
from softmax_core import Data, LinearParams, make_dataset, objective
from softmax_core.information import RunningLikelihood, fit_over_l2, running_likelihood
from softmax_core.linear import scaled_params
from softmax_core.numerics import FormatName
from ui.charts import draw, style
from ui.charts.picture import Picture, Table, Translate
from ui.numerals import numeral

NOISE = 1.2
SEED = 1
TINY_L2 = 1e-5  # next to no penalty: practically the maximum likelihood
FORMATS: tuple[FormatName, ...] = ("float32", "float64")
LOG_DIGITS, MEAN_DIGITS = 6, 4
_COLOURS = (NONE, FITTED)
_ORDER = 7
_DRAWN = 120
_FACTORS = 2  # of the product that are written out
_LATE = 0.7  # of the axis: beyond it a note stands to the left of its cross


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One classifier, and the likelihood of the samples under it."""

    name: str
    mean_loss: float
    by_format: dict[FormatName, RunningLikelihood]
    first_factors: list[float]

    @property
    def log_likelihood(self) -> float:
        return float(self.by_format["float64"].logs[-1])

    @property
    def product(self) -> float:
        return float(self.by_format["float64"].products[-1])

    def first_zero(self, dtype: FormatName) -> int | None:
        return self.by_format[dtype].first_zero


@cache
def samples(n: int) -> Data:
    """Three overlapping clouds in mixed order."""
    data = make_dataset("blobs", n, NOISE, SEED)
    order = np.random.default_rng(_ORDER).permutation(n)
    return Data(data.X[order], data.labels[order])


@cache
def runs(n: int) -> tuple[Run, Run]:
    """No weights at all, and the weights fitted to these very samples."""
    data = samples(n)
    best = fit_over_l2(data, [TINY_L2])[0].params
    return _run("W\u00a0=\u00a00", scaled_params(best, 0.0), data), _run("W\u00a0=\u00a0Ŵ", best, data)


def _run(name: str, params: LinearParams, data: Data) -> Run:
    by_format = {dtype: running_likelihood(params, data, dtype) for dtype in FORMATS}
    logs = by_format["float64"].logs
    factors = np.exp(np.diff(logs[:_FACTORS], prepend=0.0)).tolist()
    return Run(name, objective(params, data, "cross_entropy").data, by_format, factors)


@cache
def chance(n_classes: int, dtype: FormatName) -> int:
    """From which sample on the product of 1/K is 0 in a number format."""
    flat = LinearParams(np.zeros((1, n_classes)), np.zeros(n_classes))
    data = Data(np.zeros((2000, 1)), np.zeros(2000, dtype=int))
    return running_likelihood(flat, data, dtype).first_zero or 0


def falling(pair: tuple[Run, Run], t: Translate) -> Picture:
    """The logarithm of the likelihood over the samples, and where each product becomes 0."""
    n = len(pair[0].by_format["float64"].logs)
    low = 1.12 * min(run.log_likelihood for run in pair) / log(10)
    figure = {
        "data": [_line(run, _COLOURS[at], style.DASHES[1 - at]) for at, run in enumerate(pair)]
        + [_zeros(run, _COLOURS[at]) for at, run in enumerate(pair)],
        "layout": {
            "height": 400,
            "margin": {"l": 82, "r": 22, "t": 12, "b": 84},
            "legend": draw.legend(-0.19),
            "annotations": [note for at, run in enumerate(pair) for note in _notes(run, at, n, t)],
            "xaxis": draw.axis(t("samples multiplied"), standoff=4, range=[0, n], nticks=5, showgrid=False),
            "yaxis": draw.axis(
                t("log<sub>10</sub> of the likelihood"), standoff=4, range=[low, -0.2 * low], nticks=6
            ),
        },
        "narrow": {"height": 340, "margin": {"l": 62}, "annotations": []},
    }
    return Picture(
        title=t("The product and the sum"),
        description=t(
            "Two lines that fall with every sample: the sums of log-probabilities. Crosses mark where the "
            "product itself becomes 0. {runs}",
            runs=in_words(pair, t),
        ),
        figure=figure,
        table=Table(
            [t("Weights"), t("log-likelihood"), t("mean loss"), *(f"Π, {dtype}" for dtype in FORMATS)],
            [
                [
                    run.name,
                    shown(run.log_likelihood, LOG_DIGITS),
                    shown(run.mean_loss, MEAN_DIGITS),
                    *(numeral(float(run.by_format[dtype].products[-1])) for dtype in FORMATS),
                ]
                for run in pair
            ],
        ),
    )


def _line(run: Run, colour: str, dash: str) -> dict[str, Any]:
    logs = run.by_format["float64"].logs
    chosen = np.unique(np.linspace(0, len(logs) - 1, min(_DRAWN, len(logs))).astype(int))
    return draw.line(
        [0, *(chosen + 1).tolist()],
        [0.0, *np.round(logs[chosen] / log(10), 2).tolist()],
        name=run.name,
        line={"color": colour, "dash": dash, "width": 4},
    )


def _zeros(run: Run, colour: str) -> dict[str, Any]:
    logs = run.by_format["float64"].logs
    found = [zero for dtype in FORMATS if (zero := run.first_zero(dtype))]
    return draw.dots(
        found,
        [round(float(logs[zero - 1]) / log(10), 2) for zero in found],
        showlegend=False,
        marker={"symbol": "x", "size": 15, "color": colour, "line": {"color": style.INK, "width": 1.5}},
    )


def _notes(run: Run, at: int, n: int, t: Translate) -> list[dict[str, Any]]:
    """What each cross means: above the upper line, below the lower one, and clear of one another."""
    logs = run.by_format["float64"].logs / log(10)
    notes = []
    for dtype, up, down in zip(FORMATS, (-46, -26), (112, 82), strict=True):
        if zero := run.first_zero(dtype):
            late = zero > _LATE * n
            notes.append(
                {
                    "x": zero,
                    "y": round(float(logs[zero - 1]), 2),
                    "ax": -8 if late else 8,
                    "ay": up if at else 26 if late else down,
                    "text": t("{dtype}: 0 from sample {zero}", dtype=dtype, zero=zero),
                    "xanchor": "right" if late else "left",
                    "showarrow": True,
                    "arrowhead": 0,
                    "arrowwidth": 1.5,
                    "arrowcolor": style.INK,
                    "font": {"size": 13, "color": style.INK},
                }
            )
    return notes


def in_words(pair: tuple[Run, Run], t: Translate) -> str:
    """Both classifiers: their log-likelihood, and where each product becomes 0."""
    return " ".join(_in_words(run, t) for run in pair)


def _in_words(run: Run, t: Translate) -> str:
    zeros = ", ".join(
        t("0 in {dtype} from sample {zero}", dtype=dtype, zero=zero)
        if (zero := run.first_zero(dtype))
        else t("never 0 in {dtype}", dtype=dtype)
        for dtype in FORMATS
    )
    return t(
        "{name}: log-likelihood {log}, {zeros}.",
        name=run.name,
        log=shown(run.log_likelihood, LOG_DIGITS),
        zeros=zeros,
    )
