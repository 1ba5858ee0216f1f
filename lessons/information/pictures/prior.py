"""λN as the precision of a Gaussian prior, with the weights it lets the data have."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import exp
from typing import Any

import numpy as np

from lessons.information.beliefs import shown
from lessons.information.fits import L2S, at, posteriors, written
from ui.charts import draw, style
from ui.charts.labels import axis_bound
from ui.charts.picture import Picture, Table, Translate

_DRAWN = 201
_PLACES = 5


def prior(n: int, l2: float, t: Translate, fourfold: bool = False) -> Picture:
    """The bell of the prior, the weights of the best classifier on it, and those without a prior below.

    Beside it, if wanted, the bell for four times as many samples.
    """
    found, free = at(n, l2), at(n, L2S[0])
    width = posteriors(n, l2)["Ŵ"].width
    bound = axis_bound(np.abs(free.fit.params.W).ravel().tolist(), 1.0, (1, 2, 3, 5))
    grid = np.linspace(-bound, bound, _DRAWN)
    weights, before = (each.fit.params.W.ravel().tolist() for each in (found, free))
    classes = list(range(found.fit.params.n_classes)) * found.fit.params.n_features
    figure = {
        "data": [
            _bell(grid, width, "solid") | {"name": t("prior of each weight")},
            *(
                [_bell(grid, width / 2, "dot") | {"name": t("with 4 times as many samples")}]
                if fourfold
                else []
            ),
            _marks(weights, [exp(-0.5 * (weight / width) ** 2) for weight in weights], classes, False)
            | {"name": t("weights with this λ")},
            _marks(before, [-0.12] * len(before), classes, True)
            | {"name": t("weights with λ = {least}", least=written(L2S[0]))},
        ],
        "layout": {
            "height": 400,
            "margin": {"l": 52, "r": 14, "t": 12, "b": 106},
            "legend": draw.legend(-0.22),
            "annotations": [
                draw.note(
                    t("σ = 1/√(λN) = <b>{width}</b>", width=shown(width)),
                    0.01,
                    0.99,
                    size=16,
                    xref="paper",
                    yref="paper",
                    xanchor="left",
                    yanchor="top",
                    bgcolor=style.PAPER,
                )
            ],
            "xaxis": draw.axis(
                t("value of a weight"), standoff=4, range=[-bound, bound], nticks=7, showgrid=False
            ),
            "yaxis": draw.axis(t("density ÷ its peak"), standoff=4, range=[-0.25, 1.3], tickvals=[0, 0.5, 1]),
        },
        "narrow": {"height": 380, "margin": {"b": 146}, "legend": {"y": -0.24}},
    }
    return Picture(
        title=t("The prior of the weights"),
        description=t(
            "A bell curve around 0, the Gaussian prior of each weight, with standard deviation {width} for "
            "λ = {l2} and {n} samples. On it the {count} weights of the best classifier, from {low} to "
            "{high}; below it those with next to no prior, from {free_low} to {free_high}.",
            width=shown(width),
            l2=written(l2),
            n=n,
            count=len(weights),
            low=shown(min(weights)),
            high=shown(max(weights)),
            free_low=shown(min(before)),
            free_high=shown(max(before)),
        )
        + (
            " " + t("A dotted bell, half as wide, is the prior for {n} samples.", n=4 * n) if fourfold else ""
        ),
        figure=figure,
        table=Table(
            [t("Class"), t("feature"), t("with this λ"), t("with λ = {least}", least=written(L2S[0]))],
            [
                [str(label), str(index // found.fit.params.n_classes + 1), shown(weight), shown(other)]
                for index, (label, weight, other) in enumerate(zip(classes, weights, before, strict=True))
            ],
        ),
    )


def _bell(grid: np.ndarray[Any, Any], width: float, dash: str) -> dict[str, Any]:
    return draw.line(
        np.round(grid, 4).tolist(),
        np.round(np.exp(-0.5 * (grid / width) ** 2), 5).tolist(),
        line={"color": style.INK, "width": 3 if dash == "solid" else 2, "dash": dash},
    )


def _marks(x: list[float], y: list[float], classes: list[int], hollow: bool) -> dict[str, Any]:
    colours = [style.COLOURS[label] for label in classes]
    return draw.dots(
        [round(value, 5) for value in x],
        [round(value, 5) for value in y],
        hoverinfo="x",
        marker={
            "symbol": [style.MARKERS[label] + ("-open" if hollow else "") for label in classes],
            "size": 13,
            "color": colours,
            "line": {"width": 2, "color": colours if hollow else style.INK},
        },
    )


def identity(n: int, l2: float, t: Translate) -> Table:
    """Both sides of the identity for four classifiers: the difference is the same for each."""
    rows = {
        name: (
            -found.log_likelihood,
            -found.log_prior,
            -found.log_posterior,
            found.scaled_objective,
            found.constant,
        )
        for name, found in posteriors(n, l2).items()
    }
    about = "" if all(_adds_up(row) for row in rows.values()) else "≈ "
    return Table(
        ["W", "−log L", t("−log prior"), about + t("sum"), "N·J", about + t("sum − N·J")],
        [[name, *map(decimals, row)] for name, row in rows.items()],
    )


def decimals(value: float) -> str:
    """A number of the identity as it is printed everywhere."""
    return f"{value:.{_PLACES}f}".replace("-", "−")


def _adds_up(row: Sequence[float]) -> bool:
    """Whether the sum and the difference are those of the numbers as printed."""
    like, before, total, scaled, constant = (Decimal(f"{value:.{_PLACES}f}") for value in row)
    return like + before == total and total - scaled == constant
