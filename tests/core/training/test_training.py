"""Training: every state follows from the settings, the data and the step; and it finds the right optimum."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import softmax_core as core
from softmax_core import Data, TrainConfig, TrainState
from softmax_core.training import (
    MODELS,
    OPTIMISERS,
    TRAIN_LOSSES,
    advance,
    check_train_gradient,
    continued,
    initial_state,
    start_history,
)

DATA = core.datasets.small_blobs(seed=1, n_per_class=11)
PAIRS = list(product(MODELS, TRAIN_LOSSES))
EVERY = list(product(MODELS, TRAIN_LOSSES, OPTIMISERS))


def config(model: str = "linear", loss: str = "cross_entropy", optimiser: str = "gradient_descent", **rest):  # type: ignore[no-untyped-def]
    return TrainConfig(
        **{"rate": 0.05, "n_hidden": 7, "stop_gradient": 0.0}
        | rest
        | {  # type: ignore[arg-type]
            "model": model,
            "loss": loss,
            "optimiser": optimiser,
        }
    )


def same(one: TrainState, other: TrainState) -> bool:
    """Whether two states are the same to the last bit."""
    for name in TrainState.__dataclass_fields__:
        a, b = getattr(one, name), getattr(other, name)
        if isinstance(a, np.ndarray):
            if a.tobytes() != b.tobytes():
                return False
        elif a != b and not (a != a and b != b):
            return False
    return True


@pytest.mark.parametrize(("model", "loss"), PAIRS)
@pytest.mark.parametrize("n_classes", [2, 3, 5])
def test_the_gradient_of_every_model_and_loss_is_right(model: str, loss: str, n_classes: int) -> None:
    data = core.datasets.small_blobs(seed=n_classes, n_per_class=9, n_classes=n_classes, n_features=3)
    setting = config(model, loss, l2=0.1, n_classes=n_classes, margin=0.7, init_scale=0.5)
    state = advance(initial_state(setting, data), setting, data, 3)
    check = check_train_gradient(state.params, setting, data)
    assert check.largest < 1e-7
    for name, values in state.gradients.items():
        assert values == pytest.approx(check.analytic[name], rel=1e-12, abs=1e-15)


@pytest.mark.parametrize(("model", "loss"), PAIRS)
def test_the_check_sees_a_wrong_gradient(model: str, loss: str) -> None:
    setting = config(model, loss, l2=0.1, init_scale=0.5)
    state = initial_state(setting, DATA)
    wrong = {name: values.copy() for name, values in state.gradients.items()}
    name = next(iter(wrong))
    wrong[name][0, 0] += 1e-5 * np.abs(wrong[name]).max()
    check = check_train_gradient(state.params, setting, DATA, wrong)
    assert check.largest > 1e-7
    assert check.worst == (name, (0, 0))


@pytest.mark.parametrize("loss", TRAIN_LOSSES)
def test_a_linear_run_follows_the_gradient_of_the_objective(loss: str) -> None:
    setting = config(loss=loss, l2=0.2, margin=1.5)
    state = advance(initial_state(setting, DATA), setting, DATA, 5)
    params = state.layout.as_linear(state.theta)
    right = core.objective_gradient(params, DATA, loss, 0.2, 1.5)
    assert state.gradients["W"] == pytest.approx(right.W, rel=1e-12, abs=1e-15)
    assert state.gradients["b"] == pytest.approx(right.b, rel=1e-12, abs=1e-15)
    found = core.objective(params, DATA, loss, 0.2, 1.5)
    assert (state.data_loss, state.penalty, state.total) == pytest.approx(
        (found.data, found.penalty, found.total), rel=1e-13
    )
    after = advance(state, setting, DATA)
    assert after.params["W"] == pytest.approx(params.W - setting.rate * right.W, rel=1e-13)


@pytest.mark.parametrize(("model", "loss", "optimiser"), EVERY)
def test_how_steps_are_cut_into_calls_changes_no_bit(model: str, loss: str, optimiser: str) -> None:
    for batch_size in (None, 7, 33, 40, 1):
        setting = config(model, loss, optimiser, batch_size=batch_size)
        start = initial_state(setting, DATA)
        once = advance(start, setting, DATA, 24)
        one_by_one = start_history(setting, DATA).played(range(1, 25))[1]
        assert same(once, one_by_one[-1]), batch_size
        piecewise = start
        for steps in (5, 1, 11, 0, 7):
            piecewise = advance(piecewise, setting, DATA, steps)
        assert same(once, piecewise), batch_size
        assert same(advance(one_by_one[8], setting, DATA, 15), once), batch_size
        assert same(start, initial_state(setting, DATA)), batch_size


@given(
    choice=st.sampled_from(EVERY),
    dtype=st.sampled_from(["float64", "float32"]),
    batch_size=st.sampled_from([None, 5, 32]),
    seed=st.integers(0, 2**40),
    cuts=st.lists(st.integers(0, 30), min_size=1, max_size=5),
)
def test_any_cut_of_any_run_gives_the_same_bits(
    choice: tuple[str, str, str], dtype: str, batch_size: int | None, seed: int, cuts: list[int]
) -> None:
    setting = config(*choice, dtype=dtype, batch_size=batch_size, seed=seed, rate=0.3)
    state = start = initial_state(setting, DATA)
    for steps in cuts:
        state = advance(state, setting, DATA, steps)
    assert same(state, advance(start, setting, DATA, sum(cuts)))


def test_the_order_of_batches_follows_from_seed_and_epoch() -> None:
    setting = config(batch_size=11, seed=5, l2=0.0)
    state = initial_state(setting, DATA)
    params = state.layout.as_linear(state.theta)
    for step in range(7):
        order = np.random.default_rng((5, step // 3)).permutation(33)
        rows = order[11 * (step % 3) : 11 * (step % 3) + 11]
        gradient = core.objective_gradient(params, Data(DATA.X[rows], DATA.labels[rows]), "cross_entropy")
        params = core.LinearParams(params.W - 0.05 * gradient.W, params.b - 0.05 * gradient.b)
        state = advance(state, setting, DATA)
        assert state.params["W"] == pytest.approx(params.W, rel=1e-12)
    assert (state.epoch, state.batch) == (2, 1)


def test_optimisers_do_what_their_formulas_say() -> None:
    for optimiser in ("momentum", "adam"):
        setting = config(optimiser=optimiser, momentum=0.8, square_decay=0.9, rate=0.02)
        state = initial_state(setting, DATA)
        theta, m, s = state.theta, np.zeros(state.layout.size), np.zeros(state.layout.size)
        for step in range(1, 20):
            g = state.gradient
            if optimiser == "momentum":
                m = 0.8 * m - 0.02 * g
                theta = theta + m
            else:
                m, s = 0.8 * m + 0.2 * g, 0.9 * s + 0.1 * g**2
                theta = theta - 0.02 * (m / (1 - 0.8**step)) / (np.sqrt(s / (1 - 0.9**step)) + 1e-8)
            state = advance(state, setting, DATA)
            assert state.theta == pytest.approx(theta, rel=1e-10, abs=1e-13)
            assert state.memory_steps == step


@pytest.mark.parametrize(("model", "loss", "optimiser"), EVERY)
def test_float32_follows_float64_as_far_as_it_goes(model: str, loss: str, optimiser: str) -> None:
    wide = config(model, loss, optimiser, batch_size=9, init_scale=0.5)
    narrow = replace(wide, dtype="float32")
    exact, state = (advance(initial_state(c, DATA), c, DATA, 10) for c in (wide, narrow))
    assert {a.dtype.name for a in (state.theta, state.gradient, state.memory)} == {"float32"}
    # a sample at a kink may fall to either side, and Adam makes a whole step of what is left there
    assert state.theta == pytest.approx(exact.theta, abs=1e-3 if loss == "cross_entropy" else 0.06)
    check = check_train_gradient(state.params, narrow, DATA)
    assert check.largest < 1e-7
    back = continued(state, narrow, wide, DATA)
    assert back.theta.dtype == np.float64
    assert (back.theta == state.theta).all()


@pytest.mark.parametrize(
    ("change", "samples", "begins"),
    [
        ({"seed": 8}, None, True),
        ({"batch_size": 8}, None, True),
        ({}, core.datasets.small_blobs(seed=5, n_per_class=11), True),
        ({"rate": 0.5, "l2": 0.3, "optimiser": "adam"}, None, False),
        ({}, DATA, False),
    ],
)
def test_a_new_epoch_begins_where_the_batches_are_no_longer_the_same(
    change: dict[str, object], samples: Data | None, begins: bool
) -> None:
    before = config(batch_size=9, seed=7)
    after = replace(before, **change)  # type: ignore[arg-type]
    inside, whole = (advance(initial_state(before, DATA), before, DATA, steps) for steps in (6, 8))
    assert ((inside.epoch, inside.batch), (whole.epoch, whole.batch)) == ((1, 2), (2, 0))
    state = continued(inside, before, after, DATA, samples)
    assert (state.epoch, state.batch) == ((2, 0) if begins else (1, 2))
    state = continued(whole, before, after, DATA, samples)
    assert (state.epoch, state.batch) == (2, 0)
