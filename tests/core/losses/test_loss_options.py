"""The cross-entropies with classes on any axis, smoothing, rows to ignore, and targets that broadcast."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import ml_dtypes
import numpy as np
import pytest

from softmax_core import (
    cross_entropy,
    cross_entropy_gradient,
    smoothed_labels,
    soft_cross_entropy,
    soft_cross_entropy_gradient,
    softmax,
)

LOSSES = (cross_entropy, cross_entropy_gradient)
SOFT_LOSSES = (soft_cross_entropy, soft_cross_entropy_gradient)
BATCH = np.random.default_rng(8).normal(scale=3, size=(6, 5, 4))
LABELS = np.random.default_rng(9).integers(4, size=(6, 5))


@pytest.mark.parametrize("function", LOSSES)
@pytest.mark.parametrize("options", [{}, {"smoothing": 0.1}, {"ignore_index": 2}])
def test_the_classes_can_be_on_another_axis(function: Callable[..., np.ndarray], options: dict) -> None:
    wanted = function(BATCH, LABELS, **options)
    for axis in (0, 1, -3):
        found = function(np.moveaxis(BATCH, -1, axis), LABELS, axis=axis, **options)
        np.testing.assert_array_equal(np.moveaxis(found, axis, -1) if found.ndim == 3 else found, wanted)
    with pytest.raises(TypeError):
        function(BATCH, LABELS, axis=(0, 1))
    with pytest.raises(ValueError, match="no axis 3"):
        function(BATCH, LABELS, axis=3)


@pytest.mark.parametrize("kind", [np.float16, ml_dtypes.bfloat16, np.float32, np.float64])
@pytest.mark.parametrize("smoothing", [1e-3, 0.1, 1.0])
def test_smoothing_is_the_loss_of_smoothed_targets(kind: type, smoothing: float) -> None:
    scores, targets = BATCH.astype(kind), smoothed_labels(LABELS, 4, smoothing)
    np.testing.assert_array_equal(
        cross_entropy(scores, LABELS, smoothing=smoothing).astype(float),
        soft_cross_entropy(scores, targets).astype(float),
    )
    np.testing.assert_array_equal(
        cross_entropy_gradient(scores, LABELS, smoothing=smoothing).astype(float),
        soft_cross_entropy_gradient(scores, targets).astype(float),
    )


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
@pytest.mark.parametrize("ignore_index", [-100, 1, 3])
def test_torch_smooths_and_ignores_alike(smoothing: float, ignore_index: int) -> None:
    torch = pytest.importorskip("torch")
    labels = np.where(np.arange(30).reshape(6, 5) % 3 == 0, ignore_index, LABELS)
    tensor = torch.tensor(np.moveaxis(BATCH, -1, 1).copy(), requires_grad=True)
    options = {"ignore_index": ignore_index, "label_smoothing": smoothing}
    theirs = torch.nn.functional.cross_entropy(tensor, torch.tensor(labels), reduction="none", **options)
    ours = cross_entropy(BATCH, labels, smoothing=smoothing, ignore_index=ignore_index)
    np.testing.assert_allclose(ours, theirs.detach().numpy(), rtol=1e-13)
    torch.nn.functional.cross_entropy(tensor, torch.tensor(labels), **options).backward()
    slopes = cross_entropy_gradient(BATCH, labels, smoothing=smoothing, ignore_index=ignore_index)
    counted = np.count_nonzero(labels != ignore_index)
    np.testing.assert_allclose(
        slopes / counted, np.moveaxis(tensor.grad.numpy(), 1, -1), rtol=1e-11, atol=1e-17
    )


@pytest.mark.parametrize("kind", [np.float16, ml_dtypes.bfloat16, np.float32, np.float64])
@pytest.mark.parametrize("smoothing", [0.0, 0.5])
def test_ignored_rows_are_nothing(kind: type, smoothing: float) -> None:
    scores = np.array([[0, 1, 2], [3, 1, 0], [0, -np.inf, 1]], kind)
    with np.errstate(all="raise"):
        for labels, ignored in (([255, 1, 255], 255), ([-1, 1, -1], -1), ([2, 1, 2], 2)):
            losses = cross_entropy(scores, labels, smoothing=smoothing, ignore_index=ignored)
            slopes = cross_entropy_gradient(scores, labels, smoothing=smoothing, ignore_index=ignored)
            assert losses[[0, 2]].tolist() == [0, 0]
            assert not slopes[[0, 2]].astype(float).any()
            assert losses[1] == cross_entropy(scores[1], 1, smoothing=smoothing)
            assert slopes[1].tolist() == cross_entropy_gradient(scores[1], 1, smoothing=smoothing).tolist()
    assert cross_entropy(scores[0], -100, ignore_index=-100) == 0
    assert cross_entropy(scores[:0], [], ignore_index=-100).shape == (0,)
    assert cross_entropy(scores, np.array([255, 1, 2], np.uint8), ignore_index=-100 % 256 + 99)[0] == 0


@pytest.mark.parametrize("function", LOSSES)
def test_bad_options_are_refused_in_words(function: Callable[..., np.ndarray]) -> None:
    for options, error, message in (
        ({"smoothing": 1.5}, ValueError, "smoothing must be from 0 to 1"),
        ({"smoothing": np.nan}, ValueError, "smoothing must be from 0 to 1"),
        ({"smoothing": [0.1, 0.1]}, TypeError, "smoothing must be a number"),
        ({"ignore_index": 0.5}, TypeError, "integer"),
    ):
        with pytest.raises(error, match=message):
            function([[0.0, 1.0], [1.0, 0.0]], [0, 1], **options)
    with pytest.raises(ValueError, match="row 1: label -1 is not a class"):
        function([[0.0, 1.0], [1.0, 0.0]], [-100, -1], ignore_index=-100)
    with pytest.raises(ValueError, match="row 0: a score is NaN"):
        function([[np.nan, 1.0], [1.0, 0.0]], [-100, 1], ignore_index=-100)


def test_a_smoothed_loss_is_infinite_where_a_class_is_forbidden() -> None:
    assert cross_entropy([0.0, 1.0, -np.inf], 0, smoothing=1e-9) == np.inf
    assert np.isfinite(cross_entropy_gradient([0.0, 1.0, -np.inf], 0, smoothing=0.1)).all()


@pytest.mark.parametrize("function", SOFT_LOSSES)
def test_targets_broadcast(function: Callable[..., np.ndarray]) -> None:
    row = np.array([0.1, 0.2, 0.3, 0.4])
    wanted = function(BATCH, np.broadcast_to(row, BATCH.shape).copy())
    np.testing.assert_array_equal(function(BATCH, row), wanted)
    np.testing.assert_array_equal(function(BATCH, row.reshape(1, 1, 4)), wanted)
    moved = function(np.moveaxis(BATCH, -1, 0), row, axis=0)
    np.testing.assert_array_equal(np.moveaxis(moved, 0, -1) if moved.ndim == 3 else moved, wanted)
    some = np.random.default_rng(10).dirichlet(np.ones(4), size=(6, 1))
    full = np.broadcast_to(some, BATCH.shape).copy()
    np.testing.assert_array_equal(function(BATCH, some), function(BATCH, full))
    np.testing.assert_array_equal(
        function(np.moveaxis(BATCH, -1, 1), np.moveaxis(some, -1, 1), axis=1),
        function(np.moveaxis(BATCH, -1, 1), np.moveaxis(full, -1, 1), axis=1),
    )
    assert function(BATCH[:0], row).shape[0] == 0
    for bad in (np.ones(1), np.full((5, 4), 0.25), np.ones((6, 5, 1)), np.full(3, 1 / 3), 1.0):
        with pytest.raises(ValueError, match=r"need targets of the same shape, or one row of 4|not shape"):
            function(BATCH, bad)


@pytest.mark.parametrize("function", SOFT_LOSSES)
def test_a_soft_loss_needs_little_memory_beside_its_result(function: Callable[..., np.ndarray]) -> None:
    scores = np.random.default_rng(11).normal(size=(200_000, 10)).astype(np.float32)
    for targets in (softmax(scores), np.full(10, 0.1)):
        tracemalloc.start()
        result = function(scores, targets)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < result.nbytes + 0.6 * scores.nbytes
