"""Runs in lock-step are the same runs as each alone, however they are asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softmax_core import TrainConfig, TrainState, make_dataset, run_training, split_data
from softmax_core.training import LockStep, start_lockstep

DATA, TEST = split_data(make_dataset("moons", 60, seed=2), 0.3, seed=1)
SOFTMAX = TrainConfig(n_classes=2, rate=0.3, stop_gradient=0.0)
HINGE = replace(SOFTMAX, loss="weston_watkins")


def begun(*configs: TrainConfig) -> LockStep:
    return start_lockstep(configs or (SOFTMAX, HINGE), DATA, TEST)


def bits(state: TrainState) -> tuple[int, bytes, float, str]:
    return state.step, state.theta.tobytes(), state.total, state.status


def test_both_begin_alike_and_stay_level() -> None:
    both = begun()
    one, other = both.at(0)
    assert one.theta.tobytes() == other.theta.tobytes()
    assert (both.head_step, both.common_step, both.ended, both.last_step) == (0, 0, False, None)
    further = both.reached(70)
    assert [run.head.step for run in further.histories] == [70, 70]
    for run, config in zip(further.histories, (SOFTMAX, HINGE), strict=True):
        assert bits(run.head) == bits(run_training(config, DATA, 70).head)
    assert further.reached(30).histories == further.histories
    assert both.head_step == 0


@given(
    steps=st.lists(st.integers(0, 200), max_size=12).map(sorted),
    before=st.integers(0, 120),
    end=st.integers(0, 200),
    budget=st.none() | st.integers(0, 150),
)
def test_played_states_are_those_of_the_runs(
    steps: list[int], before: int, end: int, budget: int | None
) -> None:
    configs = SOFTMAX, replace(HINGE, stop_step=end)
    start = begun(*configs).reached(before)
    longer, found = start.played(steps, budget)
    far = max(steps, default=0) if budget is None else min(max(steps, default=0), before + budget)
    assert longer.common_step == max(far, before)
    seen = [step for step in steps if step <= longer.common_step]
    whole = [run_training(config, DATA, 200) for config in configs]
    for run, states in zip(whole, found, strict=True):
        assert [bits(state) for state in states] == [bits(run.at(min(step, run.head.step))) for step in seen]
    assert [list(map(bits, states)) for states in longer.states(seen)] == [
        list(map(bits, states)) for states in found
    ]


def test_a_budget_is_kept_and_the_step_is_reached_in_the_end() -> None:
    both, calls = begun(), 0
    while both.common_step < 100:
        after = both.reached(100, budget=30)
        assert 0 < after.common_step - both.common_step <= 30
        both, calls = after, calls + 1
    assert calls == 4
    assert both.head_step == 100
    with pytest.raises(ValueError, match="budget"):
        both.reached(120, budget=-1)


def test_a_run_that_has_ended_waits_for_the_other() -> None:
    both = begun(replace(SOFTMAX, stop_step=20), replace(HINGE, stop_step=50)).reached(30)
    assert (both.head_step, both.ended, both.last_step) == (30, False, None)
    assert [state.step for state in both.at(30)] == [20, 30]
    assert [[state.step for state in states] for states in both.states([5, 25])] == [[5, 20], [5, 25]]
    with pytest.raises(ValueError, match="steps 0 to 30"):
        both.at(31)
    both = both.reached(1000)
    assert (both.head_step, both.ended, both.last_step) == (50, True, 50)
    assert [state.step for state in both.at(999)] == [20, 50]
    with pytest.raises(ValueError, match="steps"):
        both.at(-1)
    shown = both.played([40, 50, 60, 70])[1]
    assert [state.step for state in shown[1]] == [40, 50]


def test_the_last_good_state_of_a_run_that_blew_up() -> None:
    wild = replace(SOFTMAX, loss="squared_weston_watkins", rate=500.0, blow_up=1e300)
    both = begun(SOFTMAX, wild).reached(2000)
    calm, broken = both.histories
    assert calm.head.step == 2000
    assert broken.head.status == "DIVERGED"
    good = both.last_good(2000)
    assert good[0] is calm.head
    assert np.isfinite(good[1].theta).all()
    assert not np.isnan(good[1].data_loss)
    for step in range(good[1].step + 1, broken.head.step + 1):
        later = broken.at(step)
        assert np.isnan(later.data_loss) or not np.isfinite(later.theta).all()
    assert bits(both.last_good(3)[1]) == bits(broken.at(3))


def test_a_branch_takes_every_run_along() -> None:
    both = begun().reached(80)
    faster = [replace(config, rate=0.9) for config in (SOFTMAX, HINGE)]
    branch = both.branched(40, faster)
    assert (branch.head_step, branch.common_step) == (40, 40)
    branch = branch.reached(60)
    for run, old, config in zip(branch.histories, both.histories, faster, strict=True):
        assert bits(run.at(39)) == bits(old.at(39))
        assert bits(run.head) == bits(old.branched(40, config).advanced(20).head)
        assert run.ghosts[-1].history.head.step == 80
    same = both.branched(40).reached(80)
    assert [bits(state) for state in same.at(80)] == [bits(state) for state in both.at(80)]
    with pytest.raises(ValueError, match="2 runs"):
        both.branched(40, faster[:1])


def test_a_run_that_had_ended_goes_on_from_its_end_when_a_branch_lets_it() -> None:
    both = begun(replace(SOFTMAX, stop_step=20), HINGE).reached(60)
    branch = both.branched(50, [SOFTMAX, HINGE])
    assert [run.head.step for run in branch.histories] == [20, 50]
    assert (branch.head_step, branch.common_step) == (50, 20)
    level = branch.reached(50)
    assert [run.head.step for run in level.histories] == [50, 50]
    assert level.at(50)[0].theta.tobytes() == run_training(SOFTMAX, DATA, 50).head.theta.tobytes()


CHANGES = (
    {"rate": 0.05},
    {"optimiser": "momentum", "rate": 0.05},
    {"optimiser": "adam", "rate": 0.02},
    {"batch_size": 7},
    {"stop_loss": 0.45},
)


@given(
    moves=st.lists(st.tuples(st.integers(0, 60), st.sampled_from(CHANGES)), max_size=5),
    budget=st.integers(5, 60),
)
def test_only_the_changes_that_are_still_seen_decide(
    moves: list[tuple[int, dict[str, float]]], budget: int
) -> None:
    """A reader who goes to and fro gets the runs of one who makes the remaining changes in their order."""
    first = [replace(config, batch_size=11, stop_loss=0.5) for config in (SOFTMAX, HINGE)]
    live, remaining = begun(*first).reached(60), dict[int, dict[str, float]]()
    for step, change in moves:
        step = min(step, live.common_step)
        live = live.branched(step, [replace(config, **change) for config in first])  # type: ignore[arg-type]
        live = live.reached(60, budget)
        remaining = {at: old for at, old in remaining.items() if at < step} | {step: change}
    straight = begun(*first)
    for step, change in remaining.items():
        straight = straight.reached(step)
        straight = straight.branched(step, [replace(config, **change) for config in first])  # type: ignore[arg-type]
    for one, other in zip(live.reached(60).at(60), straight.reached(60).at(60), strict=True):
        assert bits(one) == bits(other)
        assert one.memory.tobytes() == other.memory.tobytes()
        assert (one.epoch, one.batch) == (other.epoch, other.batch)


def test_runs_that_do_not_begin_alike_are_refused() -> None:
    for change in ({"seed": 1}, {"model": "quadratic"}, {"init_scale": 0.1}, {"n_classes": 3}):
        (name,) = change
        with pytest.raises(ValueError, match=name):
            begun(SOFTMAX, replace(HINGE, **change))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="at least one"):
        start_lockstep((), DATA)
