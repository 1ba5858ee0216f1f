"""The objective of a small data set over two directions of weights: the penalty moves its lowest point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

import numpy as np

from softmax_core import Data, LinearParams, LossName
from softmax_core.datasets import small_blobs
from softmax_core.linear import (
    PlaneMinimum,
    WeightSurface,
    centre_directions,
    plane_minimum,
    scaled_params,
    weight_surface,
)
from ui.charts.maps import flat
from ui.charts.picture import Picture, Table, Translate
from ui.charts.relief import Array, Plane, Relief, upwards
from ui.charts.solids import solid
from ui.numerals import numeral, whole

SURER = np.linspace(-2.0, 6.0, 49)
TURNED = np.linspace(-4.0, 4.0, 49)
TOP = 5.0
FROM_ABOVE = (1.35, -1.35, 1.5)
BOTH: tuple[LossName, ...] = ("weston_watkins", "cross_entropy")


@cache
def blobs() -> Data:
    """The small data set: three clouds of twenty points."""
    return small_blobs(seed=0, spread=0.5)


@cache
def plane() -> tuple[LinearParams, LinearParams, LinearParams]:
    """No weights at all, and the two directions from there."""
    surer, turned = centre_directions(blobs())
    return scaled_params(surer, 0.0), surer, turned


@dataclass(frozen=True, slots=True)
class Bowl:
    """One loss over the plane, and its lowest point; of a whole floor, the one next to W = 0."""

    total: Array
    place: PlaneMinimum

    @property
    def lowest(self) -> float:
        return self.place.data + self.place.penalty

    @property
    def length(self) -> float:
        """|W| at the lowest point; the two directions are orthogonal unit vectors."""
        return float(np.hypot(self.place.a, self.place.b))


def bowls(l2: float, margin: float) -> dict[str, Bowl]:
    """Both losses over the plane, with the penalty."""
    return {loss: _bowl(loss, l2, margin) for loss in BOTH}


@lru_cache(maxsize=64)  # a class that follows a teacher has the same few
def _bowl(loss: LossName, l2: float, margin: float) -> Bowl:
    at_one = _surface(loss, margin)
    surface = replace(at_one, penalty=l2 * at_one.penalty)
    return Bowl(
        surface.total, plane_minimum(surface, plane()[0], blobs(), loss, l2, *plane()[1:], margin=margin)
    )


@lru_cache(maxsize=64)
def _surface(loss: LossName, margin: float) -> WeightSurface:
    """The data loss, which no penalty changes, and the penalty of λ = 1."""
    return weight_surface(plane()[0], blobs(), loss, 1.0, *plane()[1:], SURER, TURNED, margin)


def weights(found: dict[str, Bowl], l2: float, view: str, t: Translate) -> Picture:
    """Both objectives over the plane of weights, the lowest point of each marked."""
    names = {"weston_watkins": t("Hinge"), "cross_entropy": t("Cross-entropy")}
    reliefs = [
        Relief(names[loss], bowl.total, [[bowl.place.a, bowl.place.b, bowl.lowest]])
        for loss, bowl in found.items()
    ]
    ground = Plane(SURER, TURNED, (t("surer"), t("turned"), t("loss")))
    scale = upwards(reliefs, TOP)
    figure: dict[str, Any] = (
        flat(reliefs, ground, scale) if view == "2D" else solid(reliefs, ground, scale, FROM_ABOVE)
    )
    words = "; ".join(f"{names[loss]}: {lowest_words(bowl, t)}" for loss, bowl in found.items())
    return Picture(
        title=t("The objective over two directions of weights"),
        description=t(
            "The mean loss of 60 points plus the penalty, λ = {l2}, over two directions of weights: towards "
            "the class centres, and turned away. Lowest points: {words}.",
            l2=numeral(l2),
            words=words,
        ),
        figure=figure,
        table=Table(
            [t("Loss"), t("|W| at the lowest point"), t("Data loss"), t("Penalty"), t("Sum")],
            [
                [
                    names[loss],
                    numeral(bowl.length),
                    *whole((bowl.place.data, bowl.place.penalty), bowl.lowest),
                ]
                for loss, bowl in found.items()
            ],
        ),
    )


def lowest_stories(found: Mapping[str, Bowl], margin: float, t: Translate) -> Mapping[str, Mapping[str, str]]:
    """What is true of the two lowest points: the sections that say it, and what is in their slots."""
    hinge, entropy = (lowest_words(found[loss], t) for loss in BOTH)
    told: dict[str, Mapping[str, str]] = {"lowest": {"hinge": hinge, "entropy": entropy}}
    return told if margin else told | {"lowest-no-margin": {}}


def lowest_words(bowl: Bowl, t: Translate) -> str:
    """Where the lowest point lies, and whether it is one."""
    if bowl.place.is_floor:
        return t("a flat floor at exactly 0, which begins at |W| = {length}", length=numeral(bowl.length))
    words = t("|W| = {length}, loss {loss}", length=numeral(bowl.length), loss=numeral(bowl.lowest))
    return (
        t("{words} (at the edge of the picture: beyond, it falls further)", words=words)
        if bowl.place.at_edge
        else words
    )
