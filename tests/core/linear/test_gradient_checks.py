"""The checks of gradients as judges: a right one passes, however small; a wrong one or none at all never."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nan

import numpy as np
import pytest

from softmax_core import Data, LinearParams, TrainConfig, TrainState, check_gradient, make_dataset
from softmax_core.linear import penalty
from softmax_core.training import OPTIMISERS, TRAIN_LOSSES, advance, check_train_gradient, initial_state

RATES = {"gradient_descent": 1.0, "momentum": 0.1, "adam": 0.03}
RUNS = [
    (name, *pair) for name in ("cs231n_spiral", "moons") for pair in zip(RATES, TRAIN_LOSSES, strict=True)
]
PARAMS, DATA = LinearParams([[2.0, 0.5]], [0.0, 0.1]), Data([[1.0], [0.25]], [0, 0])
BAD = [nan, inf, -inf]


def begun(
    name: str, optimiser: str, loss: str, l2: float, dtype: str
) -> tuple[TrainState, TrainConfig, Data]:
    data = make_dataset(name, 60, seed=3)
    config = TrainConfig(
        model="hidden",
        loss=loss,
        optimiser=optimiser,
        rate=RATES[optimiser],
        l2=l2,
        n_classes=int(data.labels.max()) + 1,
        n_hidden=12,
        dtype=dtype,
        stop_gradient=0.0,
    )
    return initial_state(config, data), config, data


def copied(state: TrainState) -> dict[str, np.ndarray]:
    return {name: np.array(values, dtype=float) for name, values in state.gradients.items()}


@pytest.mark.parametrize(("name", "optimiser", "loss"), RUNS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("l2", [0.0, 1e-3, 0.01, 0.1])
def test_a_right_gradient_passes_even_of_units_that_weight_decay_has_shrunk(
    name: str, optimiser: str, loss: str, l2: float, dtype: str
) -> None:
    state, config, data = begun(name, optimiser, loss, l2, dtype)
    for step in (100, 800):
        state = advance(state, config, data, step - state.step)
        assert (state.status, state.step) == ("RUNNING", step)
        assert check_train_gradient(state.params, config, data).largest < 1e-7
        if (name, l2, step) == ("cs231n_spiral", 0.1, 800):
            assert np.abs(state.params["W2"]).max(axis=1).min() < 1e-8, "some unit has shrunk"


def _negated(gradient: dict[str, np.ndarray], state: TrainState, config: TrainConfig) -> None:
    for values in gradient.values():
        values *= -1


def _doubled(gradient: dict[str, np.ndarray], state: TrainState, config: TrainConfig) -> None:
    gradient["W1"] *= 2


def _without_penalty(gradient: dict[str, np.ndarray], state: TrainState, config: TrainConfig) -> None:
    gradient["W2"] -= config.l2 * state.params["W2"]


def _without_the_largest_unit(
    gradient: dict[str, np.ndarray], state: TrainState, config: TrainConfig
) -> None:
    unit = int(np.abs(gradient["W1"]).max(axis=0).argmax())
    gradient["W1"][:, unit] = 0
    gradient["b1"][unit] = 0


def _without_the_smallest_unit(
    gradient: dict[str, np.ndarray], state: TrainState, config: TrainConfig
) -> None:
    sizes = np.abs(gradient["W1"]).max(axis=0)
    unit = int(np.where(sizes > 1e-12, sizes, inf).argmin())
    gradient["W1"][:, unit] = 0


def _last_sample_twice(gradient: dict[str, np.ndarray], state: TrainState, config: TrainConfig) -> None:
    gradient["b2"] *= 1 + 1e-5


@pytest.mark.parametrize(
    "wrong",
    [
        _negated,
        _doubled,
        _without_penalty,
        _without_the_largest_unit,
        _without_the_smallest_unit,
        _last_sample_twice,
    ],
)
@pytest.mark.parametrize(("optimiser", "loss"), list(zip(OPTIMISERS, TRAIN_LOSSES, strict=True)))
def test_a_wrong_gradient_of_a_trained_layer_is_caught(
    optimiser: str, loss: str, wrong: Callable[[dict[str, np.ndarray], TrainState, TrainConfig], None]
) -> None:
    state, config, data = begun("moons", optimiser, loss, 0.01, "float64")
    state = advance(state, config, data, 40)
    gradient = copied(state)
    assert check_train_gradient(state.params, config, data, gradient).largest < 1e-7
    wrong(gradient, state, config)
    assert check_train_gradient(state.params, config, data, gradient).largest > 1e-7


@pytest.mark.parametrize("bad", BAD)
def test_a_gradient_that_is_no_number_is_never_right(bad: float) -> None:
    for W, b in (([[bad, bad]], [bad, bad]), ([[0.0, bad]], [0.0, 0.0]), ([[0.0, 0.0]], [bad, 0.0])):
        found = check_gradient(PARAMS, DATA, "cross_entropy", gradient=LinearParams(W, b))
        assert found.largest == inf
        assert np.isinf(found.relative_error.W).tolist() == (~np.isfinite(W)).tolist()
        config = TrainConfig(n_classes=2)
        seen = check_train_gradient({"W": PARAMS.W, "b": PARAMS.b}, config, DATA, gradient={"W": W, "b": b})
        assert seen.largest == inf
        assert not np.isfinite(seen.analytic[seen.worst[0]][seen.worst[1]])


@pytest.mark.parametrize("loss", ["cross_entropy", "weston_watkins", "squared_weston_watkins"])
def test_scores_whose_rounding_swallows_the_differences_prove_nothing(loss: str) -> None:
    for weight in (1e14, 1e200, 1e308):
        params = LinearParams([[weight, 0.0]], [0.0, 0.0])
        assert check_gradient(params, DATA, loss).largest == inf
        named = {"W": params.W, "b": params.b}
        assert check_train_gradient(named, TrainConfig(loss=loss, n_classes=2), DATA).largest == inf
    large = LinearParams([[1e5, -1e5]], [3.0, 0.0])
    assert check_gradient(large, DATA, loss).largest < 1e-7


def test_parameters_that_are_no_numbers_are_no_right_gradient() -> None:
    for bad in BAD:
        named = {"W": [[bad, 0.0]], "b": [0.0, 0.0]}
        assert check_train_gradient(named, TrainConfig(n_classes=2), DATA).largest == inf


@pytest.mark.parametrize("halved", [False, True])
def test_a_penalty_is_checked_at_every_size_of_the_weights(halved: bool) -> None:
    for weight in (0.0, 1e-200, -1e-9, 0.3, -7.0, 1e8, -1e100):
        found = penalty([weight, 1.0], 0.1, halved)
        assert found.largest < 1e-10
    for weight in (*BAD, 1e200, -1e308):
        assert penalty([1.0, weight], 1.0, halved).largest == inf
    assert penalty([1e308], 1e308, halved).largest == inf
    assert penalty([0.5], 0.0, halved).largest == 0
