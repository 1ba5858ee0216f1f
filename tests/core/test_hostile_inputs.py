# ruff: noqa: ARG005 - every one takes the same
"""No warning escapes for finite input, however large or small, and nothing fails when NumPy raises."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import softmax_core as sc
from softmax_core import Data, LinearParams, TrainConfig

MAX, TINY = np.finfo(np.float64).max, 5e-324
HOSTILE = (MAX, 1.7e308, 1e300, 1e154, 745.2, 709.9, 1.0, 1e-8, 1e-160, 1e-308, TINY, 0.0)
numbers = st.sampled_from([*HOSTILE, *(-each for each in HOSTILE)]) | st.floats(
    allow_nan=False, allow_infinity=False
)
rows = st.lists(numbers, min_size=2, max_size=5)
positive = st.sampled_from([each for each in HOSTILE if each > 0]) | st.floats(TINY, MAX)
formats = st.sampled_from(sc.DTYPES)


def quiet(name: str, call: Callable[[], Any]) -> None:
    """Call while NumPy raises for all that it would warn of; input may be refused, other errors say where."""
    try:
        with np.errstate(all="raise"), suppress(ValueError):
            call()
    except Exception as error:
        error.add_note(f"in {name}")
        raise


ON_A_ROW: dict[str, Callable[[list[float], float, str], Any]] = {
    "safe_shift_interval": lambda row, _, dtype: sc.numerics.safe_shift_interval(row, dtype),
    "temperature_path": lambda row, size, _: sc.information.temperature_path(row, [size, 1.0, 0.014]),
    "whole_temperature_path": lambda row, *_: sc.information.whole_temperature_path(row, 5),
    "rescale": lambda row, size, _: sc.numerics.rescale(row, row[-1], size),
    "unscale": lambda row, size, _: sc.numerics.unscale(row, row[-1], size),
    "largest_difference": lambda row, *_: sc.numerics.largest_difference(row, row[::-1]),
    "sharpens": lambda row, *_: sc.numerics.sharpens(row),
    "range_fault": lambda row, *_: sc.numerics.range_fault(row),
    "steps_in_range": lambda row, *_: sc.numerics.steps_in_range(row),
    "divergence_sweep": lambda row, size, dtype: sc.numerics.divergence_sweep(row, [1.0, size], dtype),
    "try_variant": lambda row, *_: sc.numerics.try_variant(sc.numerics.softmax_naive, row),
    "decimal_hinge": lambda row, size, _: sc.numerics.decimal_hinge(row, 0, size),
    "gap_slice": lambda row, size, _: sc.losses.gap_slice("cross_entropy", row, size, size),
    "gap_surface": lambda row, size, _: sc.losses.gap_surface("weston_watkins", row, row, size, size),
    "gap_surface_gradient": lambda row, size, _: sc.losses.gap_surface_gradient(
        "cross_entropy", row, row, size, size
    ),
    "steepest_descent_path": lambda row, size, _: sc.losses.steepest_descent_path(
        "cross_entropy", row[:2], size, size, size, 3
    ),
    "penalty": lambda row, size, _: sc.linear.penalty(row, size, halved=True),
    "standardised": lambda row, *_: sc.standardised(Data([[each, 1.0] for each in row], [0] * len(row))),
    "ulp_error": lambda row, *_: sc.numerics.ulp_error(
        np.array(row), sc.numerics.exact_softmax([0.0] * len(row))
    ),
    **{
        f"softmax_steps {algorithm}": lambda row, size, dtype, algorithm=algorithm: sc.softmax_steps(
            row, algorithm, dtype, size if algorithm == "free_shift" else None
        )
        for algorithm in sc.numerics.ALGORITHMS
    },
}


@given(row=rows, size=positive, dtype=formats)
def test_a_row_of_finite_scores_is_computed_in_silence(row: list[float], size: float, dtype: str) -> None:
    for name, function in ON_A_ROW.items():
        quiet(name, lambda function=function: function(row, size, dtype))


ON_A_FIT: dict[str, Callable[[LinearParams, Data, float], Any]] = {
    **{
        f"objective {loss}": lambda p, d, size, loss=loss: sc.objective(p, d, loss, size, size)
        for loss in sc.LOSSES
    },
    **{
        f"objective_gradient {loss}": lambda p, d, size, loss=loss: sc.objective_gradient(
            p, d, loss, size, size
        )
        for loss in sc.LOSSES
    },
    **{
        f"check_gradient {loss}": lambda p, d, size, loss=loss: sc.check_gradient(p, d, loss, size)
        for loss in sc.LOSSES
    },
    "rescale_objective": lambda p, d, size: sc.linear.rescale_objective(
        p, d, "weston_watkins", 0.1, 1.0, size
    ),
    "linear_scores": lambda p, d, size: sc.linear_scores(p, d.X),
    "scaled_params": lambda p, d, size: sc.linear.scaled_params(p, size),
    "running_likelihood": lambda p, d, size: sc.information.running_likelihood(p, d, "float16"),
    "log_likelihood": lambda p, d, size: sc.log_likelihood(p, d),
    "gaussian_log_prior": lambda p, d, size: sc.information.gaussian_log_prior(p, size),
    "log_posterior": lambda p, d, size: sc.information.log_posterior(p, d, size),
    "fit_over_l2 and sureness_over_l2": lambda p, d, size: sc.information.sureness_over_l2(d, d, [size]),
    "weight_surface": lambda p, d, size: sc.linear.weight_surface(
        p,
        d,
        "cross_entropy",
        size,
        *sc.linear.weight_directions((1, 2), (0, 0), (0, 1)),
        [-1.0, 1.0],
        [0.0, 1.0],
    ),
    "path_directions": lambda p, d, size: sc.linear.path_directions(
        [p, sc.linear.scaled_params(p, 0.5), sc.linear.scaled_params(p, -0.1)]
    ),
    "check_train_gradient": lambda p, d, size: sc.training.check_train_gradient(
        {"W": p.W, "b": p.b}, TrainConfig(n_classes=2, l2=size), d
    ),
    "a run": lambda p, d, size: sc.run_training(
        TrainConfig(
            n_classes=2, l2=min(size, 1e300), rate=min(size, 1e6), init_scale=min(abs(p.W[0, 0]), 1e300)
        ),
        d,
        3,
    ),
    "a hidden run": lambda p, d, size: sc.run_training(
        TrainConfig(
            model="hidden", n_hidden=3, n_classes=2, rate=min(size, 1e6), loss="squared_weston_watkins"
        ),
        d,
        3,
    ),
    "a run in float32": lambda p, d, size: sc.run_training(
        TrainConfig(n_classes=2, dtype="float32", optimiser="adam", rate=min(size, 1e6)), d, 3
    ),
}


@given(
    weights=st.tuples(numbers, numbers),
    bias=numbers,
    features=st.tuples(numbers, numbers, numbers),
    size=positive,
)
def test_finite_parameters_and_samples_are_computed_in_silence(
    weights: tuple[float, float], bias: float, features: tuple[float, float, float], size: float
) -> None:
    params = LinearParams([weights], [bias, 0.0])
    data = Data([[each] for each in features], [0, 1, 0])
    for name, function in ON_A_FIT.items():
        quiet(name, lambda function=function: function(params, data, size))


@pytest.mark.parametrize("size", [np.float64(np.finfo(float).max), np.float64(5e-324)])
def test_a_scalar_of_numpy_is_computed_with_as_silently_as_a_float(size: float) -> None:
    params, data = LinearParams([(1.0, 2.0)], [0.0, 0.0]), Data([[1e-300], [1.0], [1e300]], [0, 1, 0])
    for name, function in ON_A_FIT.items():
        quiet(name, lambda function=function: function(params, data, size))
    for name, function in ON_A_ROW.items():
        for dtype in sc.DTYPES:
            quiet(name, lambda function=function, dtype=dtype: function([1.0, 2.0, 0.0], size, dtype))


def test_what_lies_in_the_range_at_the_end_is_found_although_a_square_or_a_sum_does_not() -> None:
    large = LinearParams([[1e155, 1e155]], [0.0, 0.0])
    assert sc.information.gaussian_log_prior(large, 1e300) == pytest.approx(-1e10)
    assert sc.numerics.rescale(np.float16([-65000.0]), 1e5).tolist() == [35008.0]
    assert sc.numerics.rescale([1.7e308], 1.7e308, 10.0).tolist() == [pytest.approx(3.4e307)]
    data, centre, spread = sc.standardised(Data([[1.7e308], [-1.7e308]], [0, 1]))
    assert (data.X.tolist(), centre.tolist(), spread.tolist()) == ([[1.0], [-1.0]], [0.0], [1.7e308])
    assert (
        pytest.approx(np.array([[-1.0], [1.0]])) == sc.standardised(Data([[1e-200], [3e-200]], [0, 1]))[0].X
    )
    path = sc.information.whole_temperature_path([1.7e308, -1.7e308])
    assert path[0].tolist() == [0.5, 0.5]
    assert path[-1].tolist() == [1.0, 0.0]
    assert (np.diff(path[:, 0]) >= 0).all()
    assert sc.information.temperature_path([1.7e308, -1.7e308], [1.7e308])[0] == pytest.approx(
        sc.softmax([2.0, 0.0])
    )


@pytest.mark.parametrize("temperature", [0.014, 0.003, 0.2, 1.0])
def test_a_low_temperature_costs_no_digits(temperature: float) -> None:
    rows = np.random.default_rng(0).normal(scale=2.0, size=(40, 4))
    for row in rows:
        with localcontext(prec=60):
            exact = [((Decimal(each) - Decimal(max(row))) / Decimal(temperature)).exp() for each in row]
            shares = [float(each / sum(exact)) for each in exact]
        probs = sc.information.temperature_path(row, [temperature])[0]
        assert probs == pytest.approx(shares, rel=4 * np.finfo(float).eps, abs=1e-300)


def test_the_constant_of_the_posterior_keeps_its_digits() -> None:
    params = LinearParams([[100.0, -70.0, 33.0]], [0.0, 0.0, 0.0])
    for W in (params, LinearParams([[0.0, 0.0, 1.0]], [0.0, 0.0, 0.0])):
        found = sc.information.log_posterior(W, Data([[1.0], [2.0], [3.0]], [0, 1, 2]), 0.7)
        assert found.constant == pytest.approx(1.5 * np.log(2 * np.pi / 2.1), rel=1e-15)


@pytest.mark.parametrize(
    ("features", "l2"),
    [([[1e8], [-1e8], [3e8]], 0.1), ([[1.0], [-1.0], [3.0]], 1e-300), ([[1e200], [2.0], [3.0]], 1.0)],
)
def test_a_fit_that_float64_cannot_make_says_what_to_do(features: list[list[float]], l2: float) -> None:
    data = Data(features, [0, 1, 0])
    try:
        (fit,) = sc.information.fit_over_l2(data, [l2])
    except ValueError as error:
        assert "scale the features" in str(error)  # noqa: PT017
    else:
        assert fit.gradient <= 1e-10
    assert sc.information.fit_over_l2(sc.standardised(data)[0], [0.1])[0].gradient <= 1e-10
