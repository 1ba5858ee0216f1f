"""The scenes that the steps of the lesson bring along, so that each has something to show."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from lessons.train.points import Row
from lessons.train.scene import Scene, SceneRecipe, SceneSegment

CLASSES = ("A", "B", "C")
SHORT, LONG = 1000, 10_000
#: Centre, spread and number of the points of each class: one far away, one with few points.
_CLOUDS = (((-1.0, 0.0), 0.35, 30), ((1.2, 0.0), 0.3, 3), ((0.0, 4.0), 0.35, 12))
_SEED = 5
RATE, TENTH = "0.1", 10.0


def _drawn(clouds: Sequence[tuple[tuple[float, float], float, int]]) -> tuple[Row, ...]:
    rng = np.random.default_rng(_SEED)
    return tuple(
        (round(float(x), 2), round(float(y), 2), label)
        for label, (centre, spread, n) in enumerate(clouds)
        for x, y in rng.normal(centre, spread, (n, 2))
    )


def with_outlier() -> tuple[Row, ...]:
    """Three equal clouds, and one point of the last class far from its own."""
    centres = (-2.0, -1.0), (2.0, -1.0), (0.0, 2.0)
    return *_drawn([(centre, 0.4, 12) for centre in centres]), (-2.0, -4.0, 2)


@cache
def far(n_steps: int = SHORT) -> Scene:
    """Three clouds apart, of 30, 3 and 12 points, without a penalty."""
    learning = SceneSegment(rate=0.03, l2=0.0)
    return Scene(points=_drawn(_CLOUDS), class_names=CLASSES, segments=(learning,), n_steps=n_steps)


@cache
def six() -> Scene:
    """Six clouds: before the first step their losses are others than those of three."""
    return Scene(recipe=SceneRecipe(name="blobs", n_classes=6))


@cache
def irises(rate: float) -> Scene:
    """Fisher's irises as they were measured, at some step size."""
    return Scene(recipe=SceneRecipe(name="iris"), segments=(SceneSegment(rate=rate),), n_steps=100)


@cache
def spiral(model: str) -> Scene:
    """CS231n's spiral for a linear model, or for one with a hidden layer."""
    hidden = model == "hidden"
    return Scene(
        recipe=SceneRecipe(name="cs231n_spiral", n_samples=300),
        model="hidden" if hidden else "linear",
        n_hidden=100,
        segments=(SceneSegment(rate=1.0),),
        n_steps=2000 if hidden else 200,
        dtype="float32" if hidden else "float64",
    )
