"""The coach says what the latest steps show."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from softmax_core import TrainConfig, make_dataset, run_training, start_history
from softmax_core.training import step_limit, step_verdict

DATA = make_dataset("blobs", 90, noise=1.3)
BASE = TrainConfig(stop_gradient=0.0, n_hidden=8)


def test_the_evidence_is_that_of_the_objective() -> None:
    run = run_training(replace(BASE, rate=30.0), DATA, 400)
    found = step_verdict(run, 300)
    totals = np.array([state.total for state in run.states(range(250, 301))])
    assert (found.first_step, found.last_step, found.every) == (250, 300, 1)
    assert found.rises == (np.diff(totals) > 0).mean()
    assert found.swing == pytest.approx(np.maximum(np.diff(totals), 0).mean() / totals.mean())
    assert (found.lowest, found.last) == (totals.min(), totals[-1])
    assert found.verdict == "oscillating"
    with pytest.raises(ValueError, match="steps 0 to 400"):
        step_verdict(run, 401)


@pytest.mark.parametrize("loss", ["cross_entropy", "squared_weston_watkins"])
@pytest.mark.parametrize("model", ["linear", "quadratic"])
def test_below_the_safe_rate_a_run_is_stable(loss: str, model: str) -> None:
    config = replace(BASE, loss=loss, model=model)
    start = start_history(config, DATA)
    safe = step_limit(start.head, config, DATA).safe_rate
    assert safe is not None
    run = start_history(replace(config, rate=0.99 * safe), DATA).advanced(200)
    for step in (0, 1, 2, 60, 200):
        found = step_verdict(run, step)
        assert (found.verdict, found.rises, found.swing) == ("stable", 0.0, 0.0)


@pytest.mark.parametrize("loss", ["cross_entropy", "weston_watkins"])
@pytest.mark.parametrize("rate", [20.0, 1e3, 1e5])
def test_without_a_penalty_no_step_makes_a_linear_run_overflow(loss: str, rate: float) -> None:
    run = run_training(replace(BASE, loss=loss, l2=0.0, rate=rate), DATA, 2000)
    assert run.head.status == "RUNNING"
    length = np.linalg.norm(np.c_[DATA.X, np.ones(90)], axis=1).max()
    assert np.abs(run.head.theta).max() <= 0.1 + 2000 * rate * 2 * length
    assert step_verdict(run).verdict == "oscillating"


def test_a_penalty_times_the_rate_above_two_diverges_and_is_seen_before_it_is_over() -> None:
    run = run_training(replace(BASE, loss="weston_watkins", l2=0.5, rate=4.4), DATA, 2000)
    assert run.head.status == "DIVERGED"
    assert step_verdict(run).verdict == "diverging"
    assert step_verdict(run, run.head.step - 10).verdict == "diverging"
    assert step_verdict(run, 0).verdict == "stable"


def test_batches_are_judged_by_the_epoch() -> None:
    run = run_training(replace(BASE, batch_size=20, rate=0.01), DATA, 1000)
    found = step_verdict(run)
    assert (found.every, found.first_step, found.verdict) == (5, 750, "stable")
    assert step_verdict(run, 19).every == 1


def test_only_the_newest_settings_are_judged() -> None:
    wild = run_training(replace(BASE, rate=60.0), DATA, 100)
    assert step_verdict(wild).verdict == "oscillating"
    calm = wild.branched(100, replace(BASE, rate=0.05)).advanced(30)
    found = step_verdict(calm)
    assert (found.first_step, found.verdict) == (100, "stable")
    assert step_verdict(calm, 90) == step_verdict(wild, 90)


@pytest.mark.parametrize(
    ("totals", "verdict"),
    [
        ([*[1.0] * 10, 1.400, *[1.0] * 10], "stable"),  # one rise in 20 steps, 1.96 % of the mean
        ([*[1.0] * 10, 1.415, *[1.0] * 10], "oscillating"),  # 2.03 %
        ([1.0, *[1.004, 1.0] * 3, *[1.0] * 14], "stable"),  # 3 rises in 20 steps, 0.06 %
        ([1.0, *[1.0055, 1.0] * 4, *[1.0] * 12], "oscillating"),  # 4 rises, 0.11 %
        ([1.0, *[1.0045, 1.0] * 4, *[1.0] * 12], "stable"),  # 4 rises, 0.09 %
        ([1.0, *[1.0073, 1.0] * 3, *[1.0] * 14], "stable"),  # 3 rises, 0.11 %
    ],
)
def test_what_counts_as_oscillating_is_what_is_documented(totals: list[float], verdict: str) -> None:
    run = run_training(replace(BASE, l2=0.0, rate=1e-3), DATA, 20)
    states = [
        replace(state, data_loss=total) for state, total in zip(run.states(range(21)), totals, strict=True)
    ]
    segment = SimpleNamespace(config=run.config, data=DATA, start=states[0])
    told = SimpleNamespace(
        head=states[-1],
        at=states.__getitem__,
        states=lambda steps: tuple(states[step] for step in steps),
        segment_at=lambda _: segment,
    )
    assert step_verdict(told).verdict == verdict
