"""Both runs of a scene from beginning to end, on a logarithmic scale of time; all readers share them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from lessons.train.replay import build_data, replay
from lessons.train.scene import Scene
from lessons.train.view import Array, View
from softmax_core import TrainState
from softmax_core.training import LockStep

_POINTS = 240  # on a curve


@dataclass(frozen=True, eq=False)
class Course:
    """Two runs, and at a choice of their steps how long their gradients and their weights are."""

    scene: Scene
    lock: LockStep
    view: View

    @cached_property
    def steps(self) -> Array:
        """From 1 to the last: each next one as much further than the one before."""
        steps: Array = np.unique(np.geomspace(1, self.scene.n_steps, _POINTS).astype(int))
        return steps

    @cached_property
    def lengths(self) -> tuple[Array, Array]:
        """(n_runs, n_steps) each: of the gradient, and of all weights and biases."""
        states = self.lock.states(self.steps.tolist())
        gradients = [[state.gradient_norm for state in run] for run in states]
        weights = [[weight_length(state) for state in run] for run in states]
        return np.array(gradients), np.array(weights)

    def stopped(self, run: int) -> int | None:
        """The step from which a run has no loss and no gradient at all, and so stands; None if never."""
        head = self.lock.histories[run].head
        return head.step if head.final and head.gradient_norm == head.total == 0 else None

    def apart(self, step: int) -> float:
        """The share of the plane on which the two runs name different classes."""
        places = self.view.grid.points
        first, second = (
            state.layout.scores(state.theta, state.layout.inputs(places)).argmax(axis=0)
            for state in self.lock.at(step)
        )
        return float((first != second).mean())


def weight_length(state: TrainState) -> float:
    """Of all weights and biases in one vector."""
    return float(np.linalg.norm(state.theta.astype(np.float64)))


def margin(state: TrainState, view: View) -> float:
    """The smallest lead of a true class over a rival, for weights and biases of length 1."""
    X, labels = view.train.X, view.train.labels
    scores = state.layout.scores(state.theta, state.layout.inputs(X))
    rows = np.arange(len(labels))
    own = scores[labels, rows]
    rivals = scores.copy()
    rivals[labels, rows] = -np.inf
    return float((own - rivals.max(axis=0)).min()) / weight_length(state)


@lru_cache(maxsize=32)  # a few for each step of the lesson, and every step size of one
def course(scene: Scene) -> Course:
    """Train both runs to the end."""
    train, test, names = build_data(scene)
    return Course(scene, replay(scene), View(train, test, names, scene.n_steps, chosen=None))
