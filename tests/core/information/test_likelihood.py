"""The likelihood underflows where arithmetic says it must; its logarithm is the cross-entropy, and with a
Gaussian prior the objective."""

from __future__ import annotations

from math import exp, inf, log, pi

import numpy as np
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from softmax_core import Data, LinearParams, linear_scores, log_likelihood, make_dataset, objective, softmax
from softmax_core.information import (
    fit_over_l2,
    gaussian_log_prior,
    likelihood_product,
    log_posterior,
    prior_variance,
    running_likelihood,
)
from softmax_core.linear import scaled_params

DATA = make_dataset("blobs", 60, noise=1.2, seed=1)
PARAMS = LinearParams([[1.0, -0.5, 0.2], [0.3, 0.8, -1.1]], [0.1, 0.0, -0.2])
FLAT = LinearParams(np.zeros((2, 3)), np.zeros(3))


def test_the_product_and_the_sum_are_those_of_the_probabilities() -> None:
    own = softmax(linear_scores(PARAMS, DATA.X))[np.arange(60), DATA.labels]
    found = running_likelihood(PARAMS, DATA)
    np.testing.assert_allclose(found.products, np.cumprod(own), rtol=1e-12)
    np.testing.assert_allclose(found.logs, np.cumsum(np.log(own)), rtol=1e-12)
    assert (
        likelihood_product(PARAMS, DATA)
        == found.products[-1]
        == pytest.approx(exp(log_likelihood(PARAMS, DATA)))
    )


@pytest.mark.parametrize(("dtype", "first"), [("float16", 16), ("float32", 95), ("float64", 679)])
def test_at_chance_the_product_underflows_where_the_format_ends(dtype: str, first: int) -> None:
    """(1/3)^n is below half of the smallest number of the format from n = `first` on."""
    data = Data(np.zeros((1000, 2)), [0] * 1000)
    found = running_likelihood(FLAT, data, dtype)
    assert found.first_zero == first
    assert found.products[first - 2] > 0
    assert not found.products[first - 1 :].any()
    assert found.products.dtype == dtype
    assert found.logs[-1] == pytest.approx(-1000 * log(3))
    assert likelihood_product(FLAT, data, dtype) == 0


def test_a_product_that_stays_in_range_is_never_0() -> None:
    assert running_likelihood(FLAT, DATA).first_zero is None


def test_maximum_likelihood_is_minimum_cross_entropy() -> None:
    for factor in (0.0, 0.5, 1.0, 2.0):
        params = scaled_params(PARAMS, factor)
        assert log_likelihood(params, DATA) == -60 * objective(params, DATA, "cross_entropy").data


@pytest.mark.parametrize("variance", [0.01, 1.0, 1e6])
def test_the_prior_is_the_density_of_scipy_and_leaves_the_biases_aside(variance: float) -> None:
    known = scipy.stats.norm(scale=variance**0.5).logpdf(PARAMS.W).sum()
    assert gaussian_log_prior(PARAMS, variance) == pytest.approx(known, rel=1e-12)
    moved = LinearParams(PARAMS.W, PARAMS.b + 7.0)
    assert gaussian_log_prior(moved, variance) == gaussian_log_prior(PARAMS, variance)


@given(st.floats(-6, 2), st.floats(-3, 3))
def test_the_posterior_is_the_objective_times_n_but_for_a_constant(exponent: float, factor: float) -> None:
    l2 = 10**exponent
    found = log_posterior(scaled_params(PARAMS, factor), DATA, l2)
    constant = 0.5 * 6 * log(2 * pi / (l2 * 60))
    assert found.variance == pytest.approx(1 / (60 * l2))
    assert found.log_posterior == found.log_likelihood + found.log_prior
    assert found.constant == pytest.approx(constant, rel=1e-9, abs=1e-9 * abs(found.scaled_objective) + 1e-9)


@pytest.mark.parametrize("l2", [1e-3, 0.1])
def test_the_best_objective_is_the_most_probable_classifier(l2: float) -> None:
    (fit,) = fit_over_l2(DATA, [l2])
    best = log_posterior(fit.params, DATA, l2).log_posterior
    rng = np.random.default_rng(3)
    for size in (1e-3, 0.1, 1.0):
        W = fit.params.W + size * rng.standard_normal(fit.params.W.shape)
        assert log_posterior(LinearParams(W, fit.params.b), DATA, l2).log_posterior < best


def test_another_variance_would_not_fit() -> None:
    """With 1/λ in place of 1/(λN) the difference between two classifiers is another one."""
    l2, twice = 0.1, scaled_params(PARAMS, 2.0)
    here, there = (log_posterior(params, DATA, l2) for params in (PARAMS, twice))
    objectives = there.scaled_objective - here.scaled_objective
    assert here.log_posterior - there.log_posterior == pytest.approx(objectives, rel=1e-12)
    wrong = [log_likelihood(params, DATA) + gaussian_log_prior(params, 1 / l2) for params in (PARAMS, twice)]
    assert abs((wrong[0] - wrong[1]) - objectives) > 1


@pytest.mark.parametrize("call", [
    lambda: prior_variance(-1.0, 3), lambda: prior_variance(inf, 3), lambda: prior_variance(1.0, 0),
    lambda: gaussian_log_prior(PARAMS, 0.0), lambda: gaussian_log_prior(PARAMS, inf),
    lambda: log_posterior(PARAMS, DATA, 0.0),
])  # fmt: skip
def test_what_is_out_of_range_is_refused(call: object) -> None:
    with pytest.raises(ValueError, match="must be"):
        call()  # type: ignore[operator]
    assert prior_variance(0.0, 3) == inf


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(TypeError, match="float8"):
        running_likelihood(PARAMS, DATA, "float8")
