"""The readable training takes the same 20 steps as the fast one, whatever is trained and however."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain, islice, product, repeat

import numpy as np
import pytest

from softmax_core import Data, TrainConfig, make_dataset
from softmax_core.training import (
    MODELS,
    OPTIMISERS,
    TRAIN_DTYPES,
    TRAIN_LOSSES,
    advance,
    initial_state,
    reference,
)

STEPS = 20
RATES = {"gradient_descent": 0.1, "momentum": 0.02, "adam": 0.02}
SAMPLES = {"blobs": make_dataset("blobs", 60, 1.2, seed=3), "spiral": make_dataset("spiral", 61, 1.0, seed=1)}

#: Samples, batch size, size of the first weights, penalty and margin.
SETTINGS = [
    ("blobs", None, 0.01, 0.01, 1.0),
    ("spiral", None, 0.3, 0.1, 2.0),
    ("spiral", 16, 0.5, 0.0, 0.3),
    ("blobs", 50, 0.01, 0.001, 1.0),
]


def objective(config: TrainConfig) -> Callable[..., tuple[float, tuple[np.ndarray, ...]]]:
    losses = {
        "cross_entropy": reference.softmax_loss,
        "weston_watkins": partial(reference.hinge_loss, margin=config.margin),
        "squared_weston_watkins": partial(reference.squared_hinge_loss, margin=config.margin),
    }
    of_model = reference.hidden_objective if config.model == "hidden" else reference.linear_objective
    return partial(of_model, loss=losses[config.loss], l2=config.l2)


def batches(config: TrainConfig, data: Data, steps: int = STEPS) -> Iterable[tuple[np.ndarray, np.ndarray]]:
    X = reference.quadratic_inputs(data.X) if config.model == "quadratic" else data.X
    X = X.astype(config.dtype)
    if config.batch_size is None:
        return repeat((X, data.labels), steps)
    return islice(reference.mini_batches(X, data.labels, config.batch_size, config.seed, steps), steps)


def train(config: TrainConfig, data: Data) -> tuple[np.ndarray, ...]:
    """From the first weights of the fast run."""
    params = tuple(map(np.array, initial_state(config, data).params.values()))
    steps = params, batches(config, data), objective(config), config.rate
    if config.optimiser == "gradient_descent":
        reference.gradient_descent(*steps)
    elif config.optimiser == "momentum":
        reference.momentum(*steps, config.momentum)
    else:
        reference.adam(*steps, config.momentum, config.square_decay, config.epsilon)
    return params


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("loss", TRAIN_LOSSES)
def test_twenty_steps_are_those_of_the_fast_run(loss: str, optimiser: str, model: str) -> None:
    rate = RATES[optimiser] * (0.03 if loss == "squared_weston_watkins" else 1.0)
    cancelling = optimiser == "adam" and loss == "weston_watkins"
    within = reference.AGREEMENT_OF_ADAM_ON_THE_HINGE if cancelling else reference.AGREEMENT
    for dtype, (name, batch_size, scale, l2, margin) in product(TRAIN_DTYPES, SETTINGS):
        data = SAMPLES[name]
        config = TrainConfig(
            model=model, loss=loss, optimiser=optimiser, dtype=dtype, rate=rate, batch_size=batch_size,
            init_scale=scale, l2=l2, margin=margin, n_hidden=12, seed=5,
        )  # fmt: skip
        fast = advance(initial_state(config, data), config, data, STEPS)
        assert fast.step == STEPS
        slow = train(config, data)
        assert {each.dtype for each in slow} == {np.dtype(dtype)}
        off = max(
            float(np.abs(one - other).max()) for one, other in zip(slow, fast.params.values(), strict=True)
        )
        assert off <= within[dtype] * np.abs(fast.theta).max(), (dtype, name, batch_size, off)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("loss", TRAIN_LOSSES)
def test_value_and_gradient_are_those_of_the_state(model: str, loss: str) -> None:
    for seed, (data, scale) in enumerate(product(SAMPLES.values(), (0.0, 0.1, 3.0))):
        config = TrainConfig(model=model, loss=loss, init_scale=scale, l2=0.02, n_hidden=7, seed=seed)
        state = initial_state(config, data)
        [(X, y)] = batches(config, data, 1)
        value, slopes = objective(config)(tuple(state.params.values()), X, y)
        assert value == pytest.approx(state.total, rel=1e-13)
        for slope, expected in zip(slopes, state.gradients.values(), strict=True):
            np.testing.assert_allclose(slope, expected, rtol=0, atol=1e-13 * max(1, state.gradient_norm))


def test_the_loss_of_a_sample_far_off_is_not_infinite() -> None:
    loss, slope = reference.softmax_loss(np.array([[0.0, 5000.0, 0.0]]), np.array([0]))
    assert loss == 5000.0
    assert slope.tolist() == [[-1.0, 1.0, 0.0]]


def test_an_epoch_gives_every_sample_once_in_an_order_of_its_own() -> None:
    X, y = np.arange(10.0).reshape(5, 2), np.arange(5)
    once, again = (
        [labels.tolist() for _, labels in reference.mini_batches(X, y, 2, seed, 2)] for seed in (0, 1)
    )
    assert [len(labels) for labels in once] == [2, 2, 1] * 2
    for epoch in (once[:3], once[3:]):
        assert sorted(chain(*epoch)) == [0, 1, 2, 3, 4]
    assert once != again
