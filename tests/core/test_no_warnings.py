"""No finite score makes NumPy warn, nor fail where its warnings are errors."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from softmax_core import (
    Data,
    TrainConfig,
    cross_entropy,
    cross_entropy_gradient,
    log_softmax,
    logsumexp,
    sigmoid,
    soft_cross_entropy,
    soft_cross_entropy_gradient,
    softmax,
)
from softmax_core.functions import log_remainders
from softmax_core.training import advance, initial_state

FORMATS = [np.float16, ml_dtypes.bfloat16, np.float32, np.float64]


def even(scores: np.ndarray) -> np.ndarray:
    return np.full(scores.shape, 1 / len(scores))


FUNCTIONS = {
    "softmax": softmax,
    "log_softmax": log_softmax,
    "logsumexp": logsumexp,
    "sigmoid": sigmoid,
    "log_remainders": lambda f: log_remainders(np.append(f, f[0])),
    "cross_entropy": lambda f: cross_entropy(f, 0),
    "cross_entropy_gradient": lambda f: cross_entropy_gradient(f, len(f) - 1),
    "soft_cross_entropy": lambda f: soft_cross_entropy(f, even(f)),
    "soft_cross_entropy_gradient": lambda f: soft_cross_entropy_gradient(f, even(f)),
}
ANYTHING = st.one_of(
    st.floats(-1, 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0.0, 5e-324, -5e-324, 1e-310, 1.7976931348623157e308, -1.7976931348623157e308, -np.inf]),
    *(st.floats(low, low + 10) for low in (80, 684, -112, -660, -750)),
)


@pytest.mark.parametrize("name", FUNCTIONS)
@given(
    hnp.arrays(
        np.float64, st.integers(1, 50), elements=ANYTHING, fill=st.sampled_from([0.0, 685.0, -np.inf])
    ),
    st.sampled_from(FORMATS),
)
@example(np.full(4, 685.0), np.float64)
@example(np.array([-600.0, 600.0]), np.float64)
@example(np.array([0.0, -30.0]), np.float16)
@example(np.array([0.0, -200.0]), np.float32)
@example(np.array([-1000.0]), np.float64)
def test_nothing_warns(name: str, scores: np.ndarray, kind: type) -> None:
    with np.errstate(all="ignore"):
        fitting = scores.astype(kind)
    fitting[fitting == np.inf] = ml_dtypes.finfo(kind).max
    if not np.isfinite(fitting.astype(float)).any():
        fitting[0] = 1
    with np.errstate(all="raise"):
        result = FUNCTIONS[name](fitting)
    assert result.dtype == kind
    assert not np.isnan(result.astype(float)).any()


@pytest.mark.parametrize("init_scale", [1e-300, 1e300])
def test_first_weights_beyond_the_format_do_not_warn(init_scale: float) -> None:
    config = TrainConfig(n_classes=2, dtype="float32", init_scale=init_scale)
    data = Data([[1e-320, 1.0], [5e-324, 0.0]], [0, 1])
    with np.errstate(all="raise"):
        state = advance(initial_state(config, data), config, data, 1)
    assert state.step <= 1
