"""Short runs that answer a prediction: what ten times the step size does, and which loss is ever content."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from charts.train import curves
from softmax_core import Scene, SceneRecipe, SceneSegment, replay, step_limit

Outcome = Literal["faster", "same", "broken"]
FACTOR = 10.0
_STEPS = {"linear": 100, "quadratic": 100, "hidden": 40}
_NEAR = 0.02
_CONTENT_STEPS = 500


@dataclass(frozen=True, slots=True)
class TenTimes:
    """The softmax classifier of a scene after some steps, at its step size and at ten times that."""

    steps: int
    rate: float
    before: float
    slow: float
    fast: float
    limit: float
    outcome: Outcome


@lru_cache(maxsize=64)
def ten_times(scene: Scene) -> TenTimes:
    """Run the newest settings of a scene twice from its first weights."""
    steps = _STEPS[scene.model]
    here = replace(scene.segments[-1], step=0, stop_loss=None)
    runs = [
        replay(replace(scene, segments=(replace(here, rate=factor * here.rate),)), steps).histories[0]
        for factor in (1.0, FACTOR)
    ]
    slow, fast = (float(run.head.total) for run in runs)
    start = runs[0].segments[0]
    return TenTimes(
        steps=steps,
        rate=here.rate,
        before=float(start.start.total),
        slow=slow,
        fast=fast,
        limit=step_limit(start.start, start.config, start.data).rate,
        outcome=_outcome(slow, fast, runs[1].head.status == "DIVERGED"),
    )


def _outcome(slow: float, fast: float, diverged: bool) -> Outcome:
    if diverged or not fast <= (1 + _NEAR) * slow:
        return "broken"
    return "faster" if fast < (1 - _NEAR) * slow else "same"


@dataclass(frozen=True, slots=True)
class Content:
    """Both classifiers after all points are right with room, without a penalty."""

    steps: int
    margin: float
    losses: tuple[float, float]
    gradients: tuple[float, float]


@lru_cache(maxsize=16)
def content(margin: float) -> Content:
    """Learn three clouds that lie far apart."""
    clouds = SceneRecipe(name="blobs", n_samples=90, noise=0.3)
    both = replay(
        Scene(
            recipe=clouds, segments=(SceneSegment(rate=1.0, l2=0.0, margin=margin),), n_steps=_CONTENT_STEPS
        )
    )
    softmax, svm = both.at(_CONTENT_STEPS)
    return Content(
        _CONTENT_STEPS, margin, (softmax.total, svm.total), (softmax.gradient_norm, svm.gradient_norm)
    )


@dataclass(frozen=True, slots=True)
class Untrained:
    """The data losses of both classifiers before the first step, and what pure chance would give."""

    n_classes: int
    chance: tuple[float, float]
    measured: tuple[float, float]


def untrained(scene: Scene) -> Untrained:
    """Judge the first weights."""
    runs = replay(replace(scene, segments=(replace(scene.segments[-1], step=0),)), 0).histories
    first, second = (float(run.head.data_loss) for run in runs)
    softmax, svm = (curves.chance(run.config) for run in runs)
    return Untrained(runs[0].config.n_classes, (softmax, svm), (first, second))
