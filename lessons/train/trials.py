"""Short runs that answer a prediction: what ten times the step size does, or ten times the steps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np

from lessons.train.course import Course, weight_length
from lessons.train.pictures import curves
from lessons.train.replay import replay
from lessons.train.scene import Scene
from softmax_core import TrainHistory
from softmax_core.training import RateTrial, step_limit, step_verdict, tried_rate
from ui.claims import first_true

Outcome = Literal["faster", "same", "broken"]
Amount = Literal["none", "same", "tenfold"]
FACTOR = 10.0
_FASTEST = 1e6  # the largest step size of a scene
_STEPS = {"linear": 100, "quadratic": 100, "hidden": 40}
_NEAR = 0.02
_SMALL_SCORE, _CLOSE, _LITTLE = 0.5, 0.1, 0.3  # what may be called nearly 0, and close to a loss


@dataclass(frozen=True, slots=True)
class TenTimes:
    """The softmax classifier of a scene after some steps, at its step size and at ten times that.

    `ends` are the steps at which the two blew up, None where they did not. `limit` is the step size that the
    curvature allows at the first weights, where that tells the two apart; `safe` one below which no step
    raises the loss, where both are below it.
    """

    steps: int
    rate: float
    slow: float
    fast: float
    ends: tuple[int | None, int | None]
    outcome: Outcome
    limit: float | None
    safe: float | None

    @property
    def fact(self) -> str:
        """The section that says what came out."""
        slow, fast = (end is not None for end in self.ends)
        found = first_true({"ten-both-blown": slow and fast, "ten-blown": fast})
        return found or f"ten-{self.outcome}"

    def reason(self, answer: Outcome) -> str | None:
        """The section that says why an answer is wrong; None where the fact alone does."""
        return first_true(
            {
                "not-same": answer == "same" and 0 not in self.ends,
                "not-faster": answer == "faster" and self.limit is not None,
                "not-broken": answer == "broken" and self.safe is not None,
            }
        )


@lru_cache(maxsize=64)
def ten_times(scene: Scene) -> TenTimes | None:
    """Run the newest settings of a scene twice from its first weights.

    None where ten times the step size is more than a scene may have, or where the smaller one alone blew up.
    """
    here = replace(scene.segments[-1], step=0, stop_loss=None)
    if FACTOR * here.rate > _FASTEST:
        return None
    steps = _STEPS[scene.model]
    slow, fast = (
        replay(replace(scene, segments=(replace(here, rate=factor * here.rate),)), steps).histories[0]
        for factor in (1.0, FACTOR)
    )
    ends = _end(slow), _end(fast)
    if ends[0] is not None and ends[1] is None:
        return None
    outcome = _outcome(slow.head.total, fast.head.total, ends[1] is not None)
    limit, safe = _limits(slow) if here.batch_size is None else (None, None)
    unstable = outcome == "broken" and step_verdict(fast).verdict != "stable"
    return TenTimes(
        steps=steps,
        rate=here.rate,
        slow=slow.head.total,
        fast=fast.head.total,
        ends=ends,
        outcome=outcome,
        limit=limit if limit and unstable and here.rate <= limit < FACTOR * here.rate else None,
        safe=safe if safe and outcome != "broken" and FACTOR * here.rate <= safe else None,
    )


def _end(run: TrainHistory) -> int | None:
    return run.head.step if run.head.status == "DIVERGED" else None


def _outcome(slow: float, fast: float, diverged: bool) -> Outcome:
    if diverged or not fast <= (1 + _NEAR) * slow:
        return "broken"
    return "faster" if fast < (1 - _NEAR) * slow else "same"


def _limits(run: TrainHistory) -> tuple[float | None, float | None]:
    """What the curvature allows at the first weights, and anywhere; None where it says nothing.

    At the first weights the memory of Adam is empty, and with a hidden layer the curvature grows on the way.
    """
    if run.config.optimiser == "adam" or run.config.model == "hidden":
        return None, None
    found = step_limit(run.segments[0].start, run.config, run.data)
    return found.rate, found.safe_rate if run.config.optimiser == "gradient_descent" else None


@dataclass(frozen=True, slots=True)
class Growth:
    """How long the weights of the softmax classifier are at three steps, each ten times the one before."""

    steps: tuple[int, int, int]
    lengths: tuple[float, float, float]

    @property
    def grown(self) -> tuple[float, float]:
        """By how much, from one to the next."""
        first, middle, last = self.lengths
        return middle - first, last - middle

    @property
    def amount(self) -> Amount:
        """How the second growth compares with the first."""
        first, second = self.grown
        return "none" if second < first / 3 else "same" if second < 3 * first else "tenfold"


def growth(course: Course) -> Growth:
    """Of a run to its last step."""
    end = course.scene.n_steps
    steps = (end // 100, end // 10, end)
    states = course.lock.states(list(steps))[0]
    first, middle, last = map(weight_length, states)
    return Growth(steps, (first, middle, last))


def goes_on(course: Course) -> bool:
    """Whether the loss of softmax has no least value: no penalty, and every point is right."""
    head = course.lock.histories[0].head
    return not course.scene.segments[-1].l2 and head.accuracy == 1 and head.gradient_norm > 0


@lru_cache(maxsize=64)
def tried(scene: Scene, smaller: tuple[float, ...]) -> RateTrial | None:
    """Try smaller step sizes out on both runs of a scene."""
    return tried_rate(replay(scene).histories, smaller, scene.n_steps)


@dataclass(frozen=True, slots=True)
class Untrained:
    """The data losses of both classifiers before the first step, and what pure chance would give.

    `reach` is the largest coordinate of a point, `score` the largest score, both without their signs.
    """

    n_classes: int
    chance: tuple[float, float]
    measured: tuple[float, float]
    reach: float
    score: float

    @property
    def near(self) -> bool:
        """Whether the scores are so small that chance tells the losses."""
        return self.score <= _SMALL_SCORE and all(
            abs(measured - chance) <= (_CLOSE * chance or _LITTLE)
            for chance, measured in zip(self.chance, self.measured, strict=True)
        )

    @property
    def reason(self) -> str:
        """The section that says where the right answer comes from."""
        found = first_true({"untrained-far": not self.near, "untrained-right-0": not self.chance[1]})
        return found or "untrained-right"


def untrained(scene: Scene) -> Untrained:
    """Judge the first weights."""
    runs = replay(replace(scene, segments=(replace(scene.segments[-1], step=0),)), 0).histories
    first, second = (float(run.head.data_loss) for run in runs)
    softmax, svm = (curves.chance(run.config) for run in runs)
    start, X = runs[0].head, runs[0].data.X
    scores = start.layout.scores(start.theta.astype(float), start.layout.inputs(X))
    return Untrained(
        runs[0].config.n_classes,
        (softmax, svm),
        (first, second),
        float(np.abs(X).max()),
        float(np.abs(scores).max()),
    )
