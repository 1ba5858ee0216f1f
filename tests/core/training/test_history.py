"""A run can be revisited, branched and streamed; what is drawn never changes what is trained."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import softmax_core as core
from softmax_core import (
    Data,
    TrainConfig,
    TrainHistory,
    TrainState,
    make_dataset,
    predictions,
    run_training,
    score_on,
    split_data,
    start_history,
)
from softmax_core.training import (
    MODELS,
    TRAIN_LOSSES,
    FieldGrid,
    advance,
    confusion_matrix,
    initial_state,
    region_frames,
    sample_pulls,
)
from softmax_core.training._curve import CURVE_POINTS
from softmax_core.training._history import KEYFRAMES

DATA, TEST = split_data(make_dataset("spiral", 60, seed=2), 0.3, seed=1)
GRID = FieldGrid(np.linspace(-3, 3, 61), np.linspace(-2, 2, 60))
SETTINGS = {
    "full": TrainConfig(rate=0.5, stop_gradient=0.0),
    "adam on batches": TrainConfig(rate=0.02, optimiser="adam", batch_size=9, stop_gradient=0.0),
    "hidden": TrainConfig(model="hidden", n_hidden=6, optimiser="momentum", rate=0.05, stop_gradient=0.0),
}


def same(one: TrainState, other: TrainState) -> bool:
    """Whether two states are the same to the last bit."""
    arrays = all(
        getattr(one, name).tobytes() == getattr(other, name).tobytes()
        for name in ("theta", "memory", "gradient")
    )
    rest = ("step", "epoch", "batch", "status", "ending", "data_loss", "penalty", "accuracy", "memory_steps")
    return arrays and all(getattr(one, name) == getattr(other, name) for name in rest)


def same_curves(one: TrainHistory, other: TrainHistory) -> bool:
    return all(
        np.array_equal(getattr(one.curve, name), getattr(other.curve, name), equal_nan=True)
        for name in type(one.curve).__dataclass_fields__
    )


@pytest.mark.parametrize("name", SETTINGS)
def test_every_step_can_be_revisited_to_the_last_bit(name: str) -> None:
    config = SETTINGS[name]
    state = initial_state(config, DATA)
    run = run_training(config, DATA, 3000, TEST)
    assert len(run.keyframes) <= KEYFRAMES + 1
    assert CURVE_POINTS / 2 <= len(run.curve.step) <= CURVE_POINTS + 2
    for step in (0, 1, 2, 77, 1024, 1999, 2999, 3000):
        state = advance(state, config, DATA, step - state.step)
        assert same(run.at(step), state)
    sweep = [5, 6, 7, 900, 901, 30, 2999, 3000, 0]
    assert all(same(state, run.at(step)) for state, step in zip(run.states(sweep), sweep, strict=True))
    for step in (-1, 3001):
        with pytest.raises(ValueError, match="steps 0 to 3000"):
            run.at(step)


@settings(max_examples=15)
@given(name=st.sampled_from(list(SETTINGS)), cuts=st.lists(st.integers(0, 700), min_size=1, max_size=5))
def test_how_a_history_is_cut_into_calls_leaves_no_trace(name: str, cuts: list[int]) -> None:
    config = SETTINGS[name]
    run = start_history(config, DATA)
    for steps in cuts:
        run = run.advanced(steps)
    whole = run_training(config, DATA, sum(cuts))
    assert same(run.head, whole.head)
    assert same_curves(run, whole)
    assert [state.step for state in run.keyframes] == [state.step for state in whole.keyframes]


def test_frames_are_the_states_of_a_run() -> None:
    config = SETTINGS["adam on batches"]
    run, frames = start_history(config, DATA).played(range(7, 211, 7))
    assert [state.step for state in frames] == list(range(7, 211, 7))
    assert same(frames[-1], run.head)
    assert same(frames[11], run.at(84))
    assert same_curves(run, run_training(config, DATA, 210))
    ended, states = start_history(replace(config, stop_step=17), DATA).played([7, 7, 14, 21, 28])
    assert [state.step for state in states] == [7, 7, 14, 17, 17]
    assert ended.played([14, 40])[0] is ended
    assert [state.step for state in ended.played([14, 40])[1]] == [14, 17]
    further, mixed = run.played([14, 210, 211, 300])
    assert [state.step for state in mixed] == [14, 210, 211, 300]
    assert same_curves(further, run_training(config, DATA, 300))
    with pytest.raises(ValueError, match="not -1"):
        run.played([-1, 5])


def test_the_curve_holds_the_figures_of_its_states() -> None:
    run = run_training(SETTINGS["full"], DATA, 100, TEST)
    curve = run.curve
    assert curve.step.tolist() == list(range(101))
    for step in (0, 13, 100):
        state = run.at(step)
        assert curve.data_loss[step] == state.data_loss
        assert curve.total[step] == state.total
        assert curve.accuracy[step] == state.accuracy
        assert TEST is not None
        judged = score_on(state, run.config, TEST)
        assert (curve.test_loss[step], curve.test_accuracy[step]) == (judged.data_loss, judged.accuracy)
    assert np.isnan(run_training(SETTINGS["full"], DATA, 5).curve.test_loss).all()


@pytest.mark.parametrize("name", SETTINGS)
def test_a_branch_leaves_the_old_run_as_a_ghost(name: str) -> None:
    config = SETTINGS[name]
    run = run_training(config, DATA, 800, TEST)
    faster = replace(config, rate=2 * config.rate)
    branch = run.branched(333, faster).advanced(100)
    assert branch.head.step == 433
    (ghost,) = branch.ghosts
    assert ghost.step == 333
    assert same(ghost.history.head, run.head)
    assert same_curves(ghost.history, run)
    for step in (0, 100, 332):
        assert same(branch.at(step), run.at(step))
    assert (branch.at(333).theta == run.at(333).theta).all()
    by_hand = advance(run.at(333), faster, DATA, 60)
    assert (branch.at(393).theta == by_hand.theta).all()
    assert branch.segment_at(332).config == config
    assert branch.segment_at(333).config == faster
    assert np.count_nonzero(branch.curve.step == 333) == 2
    unchanged = run.branched(333).advanced(467)
    assert same(unchanged.head, run.head)


def test_branches_of_branches_and_changes_of_mind() -> None:
    config = SETTINGS["full"]
    run = run_training(config, DATA, 50)
    one = run.branched(20, replace(config, rate=0.1)).advanced(30)
    two = one.branched(40, replace(config, loss="weston_watkins")).advanced(5)
    assert [part.start.step for part in two.segments] == [0, 20, 40]
    assert [ghost.step for ghost in two.ghosts] == [20, 40]
    assert not two.ghosts[1].history.ghosts
    back = two.branched(20, replace(config, rate=0.2)).advanced(1)
    assert [part.start.step for part in back.segments] == [0, 20]
    assert back.config.rate == 0.2
    assert back.curve.step.tolist() == [*range(21), 20, 21]
    assert (back.curve.total[:21] == one.curve.total[:21]).all()
    anew = two.branched(0, replace(config, rate=0.3))
    assert [part.config.rate for part in anew.segments] == [0.3]
    assert anew.curve.step.tolist() == [0]
    for _ in range(12):
        run = run.branched(1).advanced(2)
    assert len(run.ghosts) == 8
    at_the_end = run.branched(run.head.step, replace(config, rate=0.7))
    assert len(at_the_end.ghosts) == len(run.ghosts)


def test_what_a_branch_keeps_and_what_not() -> None:
    config = SETTINGS["adam on batches"]
    run = run_training(config, DATA, 7)
    assert (run.head.epoch, run.head.batch) == (1, 2)
    kept = run.branched(7, replace(config, rate=0.5)).head
    assert (kept.memory == run.head.memory).all()
    assert (kept.epoch, kept.batch, kept.memory_steps) == (1, 2, 7)
    other = run.branched(7, replace(config, optimiser="momentum", batch_size=4)).head
    assert other.memory.shape == (1, other.layout.size)
    assert not other.memory.any()
    assert (other.epoch, other.batch, other.memory_steps) == (2, 0, 0)
    moved = Data(DATA.X + 0.1, DATA.labels)
    more = run.branched(7, data=moved).advanced(3)
    assert more.data is moved
    assert (more.at(7).theta == run.head.theta).all()
    for wrong in (replace(config, model="quadratic"), replace(config, n_classes=4)):
        with pytest.raises(ValueError, match="new start"):
            run.branched(7, wrong)
    with pytest.raises(ValueError, match="another model or optimiser"):
        advance(run.head, replace(config, optimiser="momentum"), DATA)


def test_a_converged_run_goes_on_when_its_threshold_is_lowered() -> None:
    config = replace(SETTINGS["full"], stop_step=10)
    run = run_training(config, DATA, 50)
    assert (run.head.step, run.head.status) == (10, "CONVERGED")
    assert run.advanced(5) is run
    on = run.branched(10, replace(config, stop_step=None)).advanced(40)
    assert on.head.step == 50
    assert (
        on.head.theta == advance(initial_state(SETTINGS["full"], DATA), SETTINGS["full"], DATA, 50).theta
    ).all()


def test_drawing_never_trains() -> None:
    run = run_training(SETTINGS["hidden"], DATA, 20)
    before = run.head.theta.tobytes()
    sample_pulls(run.head, run.config, DATA)
    confusion_matrix(run.head, DATA)
    region_frames(run.states(range(0, 21, 5)), GRID)
    assert run.head.theta.tobytes() == before
    for array in (run.head.theta, run.head.memory, run.head.gradient, run.head.params["W1"]):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_a_grid_runs_row_after_row_and_impossible_ones_are_refused() -> None:
    assert GRID.points[61].tolist() == [GRID.x[0], GRID.y[1]]
    with pytest.raises(ValueError, match="one row"):
        FieldGrid([[0.0]], [0.0])
    data = core.datasets.small_blobs(0, n_features=3)
    with pytest.raises(ValueError, match="two features"):
        region_frames([initial_state(SETTINGS["full"], data)], GRID)


@pytest.mark.parametrize("loss", TRAIN_LOSSES)
@pytest.mark.parametrize("model", MODELS)
def test_the_pulls_of_the_samples_add_up_to_the_gradient(model: str, loss: str) -> None:
    config = TrainConfig(model=model, loss=loss, l2=0.0, rate=0.05, n_hidden=9, init_scale=0.4)
    state = advance(initial_state(config, DATA), config, DATA, 20)
    pulls = sample_pulls(state, config, DATA)
    assert pulls.losses.mean() == pytest.approx(state.data_loss, rel=1e-12)
    alone = []
    h = 1e-6
    for row in range(0, DATA.n_samples, 5):
        one = Data(DATA.X[row : row + 1], DATA.labels[row : row + 1])
        there = advance(replace(state, status="RUNNING"), replace(config, stop_step=0), one)
        assert pulls.strength[row] == pytest.approx(there.gradient_norm, rel=1e-9, abs=1e-12)
        for axis in range(2):
            ends = []
            for sign in (1, -1):
                moved = one.X + sign * h * np.eye(2)[axis]
                ends.append(score_on(state, config, Data(moved, one.labels)).data_loss)
            assert pulls.per_input[row, axis] == pytest.approx((ends[0] - ends[1]) / (2 * h), abs=1e-6)
        alone.append(there.gradient_norm > 0)
    assert pulls.felt[::5].tolist() == alone
    if loss != "cross_entropy":
        scores = state.layout.scores(state.theta, state.layout.inputs(DATA.X)).T
        assert (pulls.felt == (core.losses.hinge_terms(scores, DATA.labels) > 0).any(axis=1)).all()
    else:
        assert pulls.felt.all()


def test_confusion_and_accuracy_agree() -> None:
    config = SETTINGS["full"]
    state = advance(initial_state(config, DATA), config, DATA, 50)
    counts = confusion_matrix(state, DATA)
    assert counts.sum() == DATA.n_samples
    assert counts.sum(axis=1).tolist() == np.bincount(DATA.labels).tolist()
    assert np.trace(counts) / DATA.n_samples == state.accuracy
    wrong = predictions(state, DATA) != DATA.labels
    assert wrong.sum() == counts.sum() - np.trace(counts)
    with pytest.raises(ValueError, match="label 3"):
        predictions(state, Data([[0.0, 0.0]], [3]))
    with pytest.raises(ValueError, match="label 3"):
        initial_state(config, Data([[0.0, 0.0]], [3]))
    with pytest.raises(ValueError, match="squared"):
        initial_state(config, Data([[1e200, 0.0]], [0]))


@pytest.mark.parametrize(
    "wrong",
    [
        {"model": "deep"},
        {"loss": "crammer_singer"},
        {"optimiser": "sgd"},
        {"rate": 0.0},
        {"rate": np.inf},
        {"rate": np.nan},
        {"l2": -1.0},
        {"margin": np.nan},
        {"momentum": 1.0},
        {"batch_size": 0},
        {"batch_size": 2.5},
        {"n_classes": 1},
        {"n_hidden": np.inf},
        {"seed": -1},
        {"stop_loss": np.nan},
        {"stop_step": -1},
    ],
)
def test_impossible_settings_are_refused(wrong: dict[str, object]) -> None:
    (name,) = wrong
    with pytest.raises(ValueError, match=name):
        TrainConfig(**wrong)  # type: ignore[arg-type]
