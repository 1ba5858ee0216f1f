"""The step size that the coach offers was tried on both runs, and is judged as the warning is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from softmax_core import TrainConfig, make_dataset, run_training
from softmax_core.training import stable_limit, step_limit, step_verdict, tried_rate, trouble

DATA = make_dataset("blobs", 90, noise=1.3)
BASE = TrainConfig(stop_gradient=0.0, n_hidden=8)
LADDER = tuple(digits * 10.0**power for power in range(-3, 3) for digits in (1, 1.5, 2, 3, 5, 7))


@pytest.mark.parametrize(
    ("model", "hinge", "optimiser", "rate"),
    [
        ("linear", "weston_watkins", "gradient_descent", 700.0),
        ("linear", "squared_weston_watkins", "adam", 700.0),
        ("quadratic", "squared_weston_watkins", "adam", 700.0),
        ("hidden", "squared_weston_watkins", "gradient_descent", 700.0),
        ("hidden", "weston_watkins", "momentum", 3.0),
    ],
)
def test_the_offered_rate_is_quiet_in_both_runs_for_as_long_as_it_was_tried(
    model: str, hinge: str, optimiser: str, rate: float
) -> None:
    configs = [
        replace(BASE, model=model, loss=loss, optimiser=optimiser, rate=rate)
        for loss in ("cross_entropy", hinge)
    ]
    wild = [run_training(config, DATA, 150) for config in configs]
    assert any(trouble(run) for run in wild)
    found = tried_rate(wild, [each for each in LADDER if each < rate], 150)
    assert found is not None
    assert (found.rate < rate, found.steps) == (True, 150)
    for config, first, last in zip(configs, found.before, found.after, strict=True):
        again = run_training(replace(config, rate=found.rate), DATA, 150)
        assert (again.at(0).total, again.head.total) == (first, last)
        assert last < first
        assert [trouble(again, step) for step in (2, 20, 50, 100, 150)] == [None] * 5


def test_a_rate_that_only_one_run_bears_is_not_offered() -> None:
    runs = [
        run_training(replace(BASE, loss=loss, rate=700.0), DATA, 60)
        for loss in ("cross_entropy", "squared_weston_watkins")
    ]
    alone = tried_rate(runs[:1], LADDER, 60)
    both = tried_rate(runs, LADDER, 60)
    assert alone is not None
    assert both is not None
    assert alone.rate > both.rate
    assert tried_rate(runs, [600.0], 60) is None
    assert tried_rate(runs, [], 60) is None


def test_much_work_is_bounded() -> None:
    many = make_dataset("blobs", 3000, noise=1.3)
    run = run_training(replace(BASE, model="hidden", n_hidden=100, rate=50.0), many, 3)
    found = tried_rate([run], [0.01], 5000)
    assert found is not None
    assert found.steps < 40


def test_trouble_is_told_where_it_is() -> None:
    run = run_training(replace(BASE, loss="weston_watkins", l2=0.5, rate=4.4), DATA, 2000)
    assert run.head.status == "DIVERGED"
    assert trouble(run) == "blown up"
    assert trouble(run, run.head.step - 10) == "climbing"
    assert trouble(run, 0) is None
    assert trouble(run_training(replace(BASE, rate=30.0), DATA, 200)) == "jumping"
    assert trouble(run_training(replace(BASE, rate=30.0, batch_size=10), DATA, 200)) is None


def test_a_limit_is_only_stated_where_the_curvature_has_one_to_state() -> None:
    run = run_training(replace(BASE, rate=30.0), DATA, 20)
    assert stable_limit(run) == step_limit(run.at(0), run.config, DATA).rate
    assert stable_limit(run_training(replace(BASE, loss="weston_watkins"), DATA, 5)) is None
    assert stable_limit(run_training(replace(BASE, optimiser="adam"), DATA, 5)) is None
    assert stable_limit(run_training(replace(BASE, model="hidden"), DATA, 5)) is None


def test_who_trembles_where_it_is_good_is_left_in_peace() -> None:
    spiral = make_dataset("cs231n_spiral", 150)
    config = TrainConfig(model="hidden", loss="weston_watkins", n_hidden=50, rate=1.0, l2=0.001)
    run = run_training(config, spiral, 3000)
    assert step_verdict(run).verdict == "oscillating"
    assert run.head.accuracy >= 0.95
    assert trouble(run) is None
    assert step_verdict(run, 100).verdict == "oscillating"
    assert trouble(run, 100) == "jumping"
