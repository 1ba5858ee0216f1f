"""The worked line of a sample: what it shows adds up to what the run does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import softmax_core as core
from softmax_core import Data
from softmax_core.training import (
    MODELS,
    TRAIN_LOSSES,
    TrainConfig,
    TrainState,
    advance,
    initial_state,
    sample_pulls,
    worked_sample,
)

DATA = core.small_blobs(seed=4, n_per_class=7)


def trained(model: str, loss: str, dtype: str = "float64") -> tuple[TrainConfig, TrainState]:
    config = TrainConfig(
        model=model, loss=loss, l2=0.0, rate=0.03, n_hidden=5, init_scale=0.5, margin=1.5, dtype=dtype
    )
    return config, advance(initial_state(config, DATA), config, DATA, 15)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("loss", TRAIN_LOSSES)
def test_a_line_is_right_and_the_shares_add_up_to_the_gradient(model: str, loss: str) -> None:
    config, state = trained(model, loss)
    pulls = sample_pulls(state, config, DATA)
    lines = [worked_sample(state, config, DATA, index) for index in range(DATA.n_samples)]
    scores = state.layout.scores(state.theta, state.layout.inputs(DATA.X)).T
    for index, line in enumerate(lines):
        assert (line.index, line.label, line.n_samples) == (index, DATA.labels[index], 21)
        assert line.x.tolist() == DATA.X[index].tolist()
        assert line.terms.sum(axis=1) == pytest.approx(scores[index], rel=1e-12, abs=1e-14)
        assert line.scores == pytest.approx(scores[index], rel=1e-12, abs=1e-14)
        assert line.winner == scores[index].argmax()
        assert line.loss == pytest.approx(pulls.losses[index], rel=1e-12)
        assert line.per_score == pytest.approx(pulls.per_score[index], rel=1e-12, abs=1e-15)
        if loss == "cross_entropy":
            assert line.margins is None
            assert line.probs is not None
            assert line.loss == pytest.approx(-np.log(line.probs[line.label]), rel=1e-12)
        else:
            assert line.probs is None
            assert line.margins is not None
            power = 2 if loss.startswith("squared") else 1
            assert line.loss == pytest.approx((line.margins**power).sum(), rel=1e-12)
            assert line.margins[line.label] == 0
    last = (lines[0].weights, lines[0].biases)
    assert last == (("W2", "b2") if model == "hidden" else ("W", "b"))
    for name in last:
        whole = sum(line.share[name] for line in lines)
        assert whole == pytest.approx(state.gradients[name], rel=1e-11, abs=1e-14)
    if model != "hidden":  # and by the objective of the linear classifier over what the model sees
        seen = Data([line.inputs for line in lines], DATA.labels)
        params = core.LinearParams(state.params["W"], state.params["b"])
        right = core.objective_gradient(params, seen, loss, 0.0, 1.5)
        assert sum(line.share["W"] for line in lines) == pytest.approx(right.W, rel=1e-11, abs=1e-14)
        assert sum(line.share["b"] for line in lines) == pytest.approx(right.b, rel=1e-11, abs=1e-14)


def test_the_last_layer_sees_the_features_their_products_or_the_units() -> None:
    for model, width in (("linear", 2), ("quadratic", 5), ("hidden", 5)):
        config, state = trained(model, "cross_entropy", "float32")
        line = worked_sample(state, config, DATA, 3)
        assert line.inputs.shape == (width,)
        assert line.terms.shape == (3, width + 1)
        assert {line.scores.dtype.name, line.terms.dtype.name, line.share[line.weights].dtype.name} == {
            "float64"
        }
    assert (line.inputs >= 0).all()
    x, y = DATA.X[3]
    config, state = trained("quadratic", "cross_entropy")
    assert worked_sample(state, config, DATA, 3).inputs.tolist() == [x, y, x * x, x * y, y * y]


def test_what_cannot_be_worked_out_is_refused() -> None:
    config, state = trained("linear", "weston_watkins")
    for index in (-1, 21):
        with pytest.raises(ValueError, match="0 to 20"):
            worked_sample(state, config, DATA, index)
    broken = replace(state, theta=np.full_like(state.theta, np.inf))
    with pytest.raises(ValueError, match="not finite"):
        worked_sample(broken, config, DATA, 0)
