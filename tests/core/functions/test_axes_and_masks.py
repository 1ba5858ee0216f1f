"""Classes on any axis or on several, and masks that forbid some of them."""

from __future__ import annotations

from collections.abc import Callable

import ml_dtypes
import numpy as np
import pytest
import scipy

from softmax_core import log_softmax, logsumexp, softmax

FORMATS = {
    "float16": np.float16,
    "bfloat16": ml_dtypes.bfloat16,
    "float32": np.float32,
    "float64": np.float64,
}
AXES = (0, 1, -1, (0, 1), (2, 0), (0, 1, 2), (-1,), [1, 2])


@pytest.mark.parametrize("axis", AXES)
def test_classes_on_several_axes_are_one_row_as_in_scipy(axis: int | tuple[int, ...]) -> None:
    scores = np.random.default_rng(5).normal(scale=3, size=(3, 4, 5))
    axes = tuple(axis) if isinstance(axis, list) else axis
    np.testing.assert_allclose(softmax(scores, axis), scipy.special.softmax(scores, axes), rtol=1e-13)
    np.testing.assert_allclose(log_softmax(scores, axis), scipy.special.log_softmax(scores, axes), rtol=1e-13)
    for keepdims in (False, True):
        ours = logsumexp(scores, axis, keepdims=keepdims)
        theirs = scipy.special.logsumexp(scores, axes, keepdims=keepdims)
        assert np.shape(ours) == np.shape(theirs)
        np.testing.assert_allclose(ours, theirs, rtol=1e-13)


@pytest.mark.parametrize("function", [softmax, log_softmax, logsumexp])
def test_bad_axes_are_refused_in_words(function: Callable[..., np.ndarray]) -> None:
    scores = np.zeros((2, 3))
    for axis, error, message in (
        ((0, 0), ValueError, "only once"),
        ((1, -1), ValueError, "only once"),
        ((), ValueError, "at least one"),
        ((0, 2), ValueError, "no axis 2"),
        ("last", TypeError, "axis must be an integer"),
        ((0, 1.0), TypeError, "axis must be an integer"),
    ):
        with pytest.raises(error, match=message):
            function(scores, axis)
    with pytest.raises(ValueError, match="no class"):
        function(np.zeros((2, 0, 3)), (0, 1))
    assert function(np.zeros((0, 2, 3)), (1, 2)).shape[0] == 0


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("axis", [0, 2, (0, 2)])
def test_a_mask_forbids_classes(name: str, axis: int | tuple[int, ...]) -> None:
    rng = np.random.default_rng(6)
    scores = rng.normal(scale=3, size=(4, 5, 6)).astype(FORMATS[name])
    allowed = rng.uniform(size=scores.shape) < 0.6
    allowed[0, :, 0] = allowed[:, :, 1] = allowed[1] = True
    forbidden = np.where(allowed, scores, scores.dtype.type(-np.inf))
    spoiled = np.where(allowed, scores, scores.dtype.type(np.nan))
    before = spoiled.copy()
    for function in (softmax, log_softmax, logsumexp):
        found = function(spoiled, axis, where=allowed)
        assert found.dtype == scores.dtype
        np.testing.assert_array_equal(found.astype(float), function(forbidden, axis).astype(float))
    np.testing.assert_array_equal(spoiled.astype(float), before.astype(float))
    assert (softmax(spoiled, axis, where=allowed)[~allowed].astype(float) == 0).all()


def test_a_mask_broadcasts_and_allows_all_if_all_true() -> None:
    scores = np.random.default_rng(7).normal(size=(4, 3))
    np.testing.assert_array_equal(softmax(scores, where=True), softmax(scores))
    found = softmax(scores, where=[True, False, True])
    np.testing.assert_array_equal(found[:, [0, 2]], softmax(scores[:, [0, 2]]))
    assert logsumexp([1, 2**40], where=[True, False]) == 1.0
    assert softmax(np.zeros((0, 3)), where=np.zeros((0, 3), bool)).shape == (0, 3)


@pytest.mark.parametrize("function", [softmax, log_softmax, logsumexp])
def test_a_bad_mask_is_refused_in_words(function: Callable[..., np.ndarray]) -> None:
    with pytest.raises(TypeError, match="where must hold booleans"):
        function([0.0, 1.0], where=[1, 0])
    with pytest.raises(ValueError, match=r"where of shape \(3,\) does not broadcast"):
        function([0.0, 1.0], where=[True] * 3)
    with pytest.raises(ValueError, match="does not broadcast"):
        function([0.0, 1.0], where=np.ones((2, 2), bool))
    with pytest.raises(ValueError, match="row 1: every score is −inf; leave at least one class allowed"):
        function(np.zeros((2, 2)), where=[[True, False], [False, False]])
