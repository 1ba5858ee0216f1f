"""One step of backpropagation through softmax and log-softmax, against the Jacobian written out."""

from __future__ import annotations

from collections.abc import Callable

import ml_dtypes
import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from softmax_core import (
    DTYPES,
    cross_entropy_gradient,
    log_softmax_vjp,
    soft_cross_entropy_gradient,
    softmax,
    softmax_vjp,
)

NUMBERS = arrays(np.float64, 6, elements=st.floats(-30, 30))
PRODUCTS = (softmax_vjp, log_softmax_vjp)


@given(NUMBERS, NUMBERS)
def test_they_are_products_with_the_jacobian(scores: np.ndarray, v: np.ndarray) -> None:
    p = softmax(scores)
    jacobian = np.diag(p) - np.outer(p, p)
    np.testing.assert_allclose(softmax_vjp(scores, v), v @ jacobian, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(softmax_vjp(scores, v), jacobian @ v, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(
        log_softmax_vjp(scores, v), v @ (np.eye(6) - p[None, :]), rtol=1e-9, atol=1e-12
    )


@given(NUMBERS, NUMBERS, st.floats(-5, 5))
def test_they_are_linear_and_their_rows_sum_to_nothing(
    scores: np.ndarray, v: np.ndarray, factor: float
) -> None:
    for product in PRODUCTS:
        found = product(scores, v)
        assert abs(found.sum()) <= 1e-13 * (1 + np.abs(v).max())
        np.testing.assert_allclose(product(scores, factor * v), factor * found, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(softmax_vjp(scores, np.ones(6)), 0, atol=1e-16)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 10.0, 60.0, 300.0])
def test_nothing_is_lost_for_a_sure_row(scale: float) -> None:
    """The error in units of what the terms Σ_k p_j p_k (v_j − v_k) or v_j p_k, p_j v_k add up to in size."""
    rng = np.random.default_rng(1)
    for size in (1, 2, 3, 8):
        scores, v = scale * rng.normal(size=size), rng.normal(size=size)
        found = softmax_vjp(scores, v), log_softmax_vjp(scores, v)
        with mpmath.workdps(400):
            exps = [mpmath.exp(mpmath.mpf(float(score))) for score in scores]
            p = [each / mpmath.fsum(exps) for each in exps]
            exact_v = [mpmath.mpf(float(each)) for each in v]
            for j in range(size):
                for kind, terms in enumerate(
                    (
                        [p[j] * p[k] * (exact_v[j] - exact_v[k]) for k in range(size) if k != j],
                        [exact_v[j] * p[k] - p[j] * exact_v[k] for k in range(size) if k != j],
                    )
                ):
                    error = abs(mpmath.mpf(float(found[kind][j])) - mpmath.fsum(terms))
                    assert error <= 3 * size * mpmath.fsum(map(abs, terms)) * 2**-52 + 1e-320


def test_log_softmax_gives_the_gradients_of_the_losses() -> None:
    rng = np.random.default_rng(2)
    scores, labels = rng.normal(scale=5, size=(50, 4)), rng.integers(4, size=50)
    np.testing.assert_allclose(
        -log_softmax_vjp(scores, np.eye(4)[labels]), cross_entropy_gradient(scores, labels), rtol=1e-13
    )
    targets = rng.dirichlet(np.ones(4), size=50)
    np.testing.assert_allclose(
        -log_softmax_vjp(scores, targets), soft_cross_entropy_gradient(scores, targets), atol=1e-15
    )
    sure = log_softmax_vjp([50.0, 0.0, 0.0], [1.0, 0.0, 0.0])
    assert sure[0] == pytest.approx(2 * np.exp(-50), rel=1e-14, abs=0)


def test_torch_gives_the_same() -> None:
    torch = pytest.importorskip("torch")
    scores, v = np.random.default_rng(3).normal(size=(2, 7, 5))
    for ours, theirs in ((softmax_vjp, torch.softmax), (log_softmax_vjp, torch.log_softmax)):
        tensor = torch.tensor(scores, requires_grad=True)
        theirs(tensor, dim=0).backward(torch.tensor(v))
        np.testing.assert_allclose(ours(scores, v, axis=0), tensor.grad.numpy(), rtol=1e-11, atol=1e-15)


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_formats_edges_and_axes(product: Callable[..., np.ndarray], dtype: str) -> None:
    kind = ml_dtypes.bfloat16 if dtype == "bfloat16" else dtype
    scores, v = np.random.default_rng(4).normal(size=(2, 3, 4, 5)).astype(kind)
    found = product(scores, v)
    assert (found.dtype, found.shape) == (np.dtype(kind), (3, 4, 5))
    wide = product(scores.astype(np.float64), v.astype(np.float64))
    np.testing.assert_array_equal(found, wide.astype(kind))
    np.testing.assert_array_equal(
        product(np.moveaxis(scores, -1, 0), np.moveaxis(v, -1, 0), axis=0), np.moveaxis(found, -1, 0)
    )
    together = product(scores, v, axis=(2, 0))
    np.testing.assert_array_equal(
        together[:, 1].T.ravel(), product(scores[:, 1].T.ravel(), v[:, 1].T.ravel())
    )
    assert product(scores[:0], v[:0]).shape == (0, 4, 5)
    assert (product(scores[..., :1], v[..., :1]) == 0).all()
    with np.errstate(all="raise"):
        largest = float((ml_dtypes.finfo if dtype == "bfloat16" else np.finfo)(kind).max)
        huge = np.array([largest, -largest, 0], kind)
        assert not np.isnan(product(huge, huge).astype(float)).any()
        assert not np.isnan(product(np.zeros(3, kind), huge).astype(float)).any()


def test_a_forbidden_class_gets_nothing_through_the_softmax() -> None:
    assert softmax_vjp([0.0, -np.inf, 0.0], [1.0, 5.0, 0.0]).tolist() == [0.25, 0.0, -0.25]
    assert log_softmax_vjp([0.0, -np.inf, 0.0], [1.0, 0.0, 0.0]).tolist() == [0.5, 0.0, -0.5]


@pytest.mark.parametrize("product", PRODUCTS)
def test_bad_input_is_refused_in_words(product: Callable[..., np.ndarray]) -> None:
    with pytest.raises(ValueError, match="need a cotangent of that shape"):
        product([[0.0, 1.0]], [0.0, 1.0])
    with pytest.raises(ValueError, match="cotangent is not finite"):
        product([0.0, 1.0], [np.inf, 1.0])
    with pytest.raises(ValueError, match="row 1: a score is NaN"):
        product([[0.0, 1.0], [np.nan, 1.0]], np.zeros((2, 2)))
    with pytest.raises(TypeError, match="the cotangent must be integers or one of"):
        product([0.0, 1.0], [1j, 0])
