"""The coach says what the latest steps show, and the rate that it offers works."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from softmax_core.datasets import make_dataset
from softmax_core.training import (
    MODELS,
    OPTIMISERS,
    TRAIN_LOSSES,
    TrainConfig,
    rate_advice,
    run_training,
    start_history,
    step_limit,
    step_verdict,
    suggest_rate,
)

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


@pytest.mark.parametrize(("model", "loss", "optimiser"), list(product(MODELS, TRAIN_LOSSES, OPTIMISERS)))
@pytest.mark.parametrize("batch_size", [None, 20])
def test_the_rate_offered_after_a_wild_one_works(
    model: str, loss: str, optimiser: str, batch_size: int | None
) -> None:
    config = replace(BASE, model=model, loss=loss, optimiser=optimiser, batch_size=batch_size, rate=200.0)
    run = run_training(config, DATA, 300)
    assert step_verdict(run).verdict != "stable"
    advice = rate_advice(run)
    assert 0 < advice.rate <= 100.0
    assert advice.rate == suggest_rate(run)
    again = run_training(replace(config, rate=advice.rate), DATA, 100)
    assert again.head.status != "DIVERGED"
    assert (advice.before, advice.after) == (again.at(0).total, again.head.total)
    assert (advice.after < advice.before) or advice.halvings == 12
    if batch_size is None and advice.halvings < 12:
        assert step_verdict(again).verdict == "stable"
    if advice.halvings == 0 and optimiser != "adam" and 0.9 * advice.limit.rate < 100:
        assert advice.rate == 0.9 * advice.limit.rate


def test_advice_in_a_branch_starts_where_the_branch_does() -> None:
    run = run_training(replace(BASE, loss="squared_weston_watkins", rate=0.02), DATA, 50)
    wild = run.branched(50, replace(run.config, rate=100.0)).advanced(500)
    assert wild.head.status == "DIVERGED"
    advice = rate_advice(wild)
    assert advice.step == 50
    assert advice.before == run.head.total
    cured = wild.branched(50, replace(run.config, rate=advice.rate)).advanced(100)
    assert cured.head.total == advice.after < run.head.total


def test_there_is_advice_even_for_a_branch_from_a_run_that_is_lost() -> None:
    config = replace(BASE, loss="squared_weston_watkins", rate=1e5, blow_up=1e300, l2=0.0)
    lost = run_training(config, DATA, 5000)
    assert lost.head.total == np.inf
    branch = lost.branched(lost.head.step, replace(config, rate=1.0))
    assert branch.head.status == "DIVERGED"
    advice = rate_advice(branch)
    assert 0 < advice.rate < 1
