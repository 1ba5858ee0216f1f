"""The path of a run lies on its loss surface."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import softmax_core as core
from softmax_core import Data
from softmax_core.training import TRAIN_LOSSES, TrainConfig, path_on_surface, run_training

DATA = core.small_blobs(seed=1, n_per_class=11)


@pytest.mark.parametrize("loss", TRAIN_LOSSES)
@pytest.mark.parametrize("model", ["linear", "quadratic"])
def test_the_heights_are_those_of_the_run_and_the_feet_those_of_the_surface(model: str, loss: str) -> None:
    config = TrainConfig(model=model, loss=loss, rate=0.05, l2=0.1, margin=0.7, stop_gradient=0.0)
    run = run_training(config, DATA, 200)
    found = path_on_surface(run, a_points=9, b_points=7)
    assert found.steps[[0, -1]].tolist() == [0, 200]
    assert 60 <= len(found.steps) <= 64
    states = run.states(found.steps.tolist())
    assert found.heights == pytest.approx([state.total for state in states], rel=1e-12)
    seen = Data(run.head.layout.inputs(DATA.X)[:-1].T, DATA.labels)
    plane = found.plane
    for (a, b), foot in zip(plane.coordinates, found.feet, strict=True):
        there = core.params_on_plane(plane.origin, plane.direction_1, plane.direction_2, a, b)
        assert foot == pytest.approx(core.objective(there, seen, loss, 0.1, 0.7).total, rel=1e-9)
    corner = core.params_on_plane(
        plane.origin, plane.direction_1, plane.direction_2, found.surface.a[2], found.surface.b[5]
    )
    assert found.surface.total[5, 2] == pytest.approx(core.objective(corner, seen, loss, 0.1, 0.7).total)
    assert found.surface.total.shape == (7, 9)
    for k, axis in enumerate((found.surface.a, found.surface.b)):
        assert axis[0] < plane.coordinates[:, k].min()
        assert axis[-1] > plane.coordinates[:, k].max()
    assert found.feet[[0, -1]].tolist() == found.heights[[0, -1]].tolist()
    near = plane.distances < 1e-3
    assert found.feet[near] == pytest.approx(found.heights[near], abs=0.05)


def test_the_path_goes_up_to_a_step_and_over_any_surface() -> None:
    run = run_training(TrainConfig(rate=0.2), DATA, 90)
    assert path_on_surface(run, step=20).steps.tolist() == list(range(21))
    hinge = replace(run.config, loss="weston_watkins", margin=2.0)
    other = path_on_surface(run, hinge, Data(DATA.X[:9], DATA.labels[:9]), step=20)
    params = run.at(7).layout.as_linear(run.at(7).theta)
    right = core.objective(params, Data(DATA.X[:9], DATA.labels[:9]), "weston_watkins", hinge.l2, 2.0)
    assert other.heights[7] == pytest.approx(right.total)


def test_a_run_that_blew_up_is_drawn_as_far_as_there_are_numbers() -> None:
    config = TrainConfig(loss="squared_weston_watkins", rate=500.0, blow_up=1e300)
    run = run_training(config, DATA, 2000)
    assert run.head.status == "DIVERGED"
    found = path_on_surface(run)
    assert 2 < len(found.steps) == len(found.heights) == len(found.feet) <= run.head.step + 1
    assert np.isfinite(found.heights).all()


def test_what_has_no_plane_is_refused() -> None:
    run = run_training(TrainConfig(), DATA, 5)
    for refused, word in (
        (lambda: path_on_surface(run, step=0), "does not move"),
        (lambda: path_on_surface(run, a_points=1), "two rows"),
        (lambda: path_on_surface(run_training(TrainConfig(model="hidden"), DATA, 5)), "hidden layer"),
    ):
        with pytest.raises(ValueError, match=word):
            refused()
