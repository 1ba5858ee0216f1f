"""What the functions of this package accept, decided once.

Formats: float16, bfloat16, float32 and float64 are kept, integers become float64, anything else (booleans,
complex numbers, text, objects) is a TypeError.

Non-finite scores: −inf is a forbidden class, with probability 0. NaN, +inf, or a row without any allowed
class is a ValueError that names the row.
"""

import operator
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from softmax_core._dtypes import DTYPES

Array: TypeAlias = NDArray[Any]


def as_floats(values: ArrayLike, name: str = "scores") -> Array:
    """Return the values as an array of one of the four formats."""
    array = np.asarray(values)
    if array.dtype.kind in "iu":
        return array.astype(np.float64)
    if array.dtype.name not in DTYPES:
        raise TypeError(
            f"{name} must be integers or one of {DTYPES}, not {array.dtype}; convert with .astype(float)"
        )
    return array


def as_scores(scores: ArrayLike, axis: int = -1) -> Array:
    """Return the scores with the class axis last."""
    array = as_floats(scores)
    if axis is None:
        raise TypeError("axis must be an integer: a softmax needs to know which axis holds the classes")
    axis = operator.index(axis)
    if not -array.ndim <= axis < array.ndim:
        raise ValueError(f"scores of shape {array.shape} have no axis {axis} to hold the classes")
    if array.shape[axis] == 0:
        raise ValueError(f"scores of shape {array.shape} hold no class along axis {axis}; give at least one")
    return array if axis in (-1, array.ndim - 1) else np.moveaxis(array, axis, -1)


def as_labels(labels: ArrayLike, scores: Array) -> Array:
    """Return one class index per row of scores, checked."""
    array = np.asarray(labels)
    if array.dtype.kind not in "iu" and array.size:
        raise TypeError(
            f"labels must be integers (class indices), not {array.dtype}; convert with .astype(int)"
        )
    if array.shape != scores.shape[:-1]:
        raise ValueError(
            f"scores of shape {scores.shape} need labels of shape {scores.shape[:-1]}, not {array.shape}"
        )
    n_classes = scores.shape[-1]
    if wrong := np.flatnonzero((array < 0) | (array >= n_classes)).tolist():
        label = array.reshape(-1)[wrong[0]]
        raise ValueError(
            f"{row_name(wrong[0], array.shape)}: label {label} is not a class; use 0 to {n_classes - 1}"
        )
    return array.reshape(-1).astype(np.intp)


def as_targets(targets: ArrayLike, scores: Array) -> Array:
    """Return one distribution per row of scores, shape (rows, classes), checked."""
    array = as_floats(targets, "targets")
    if array.shape != scores.shape:
        raise ValueError(f"scores of shape {scores.shape} need targets of the same shape, not {array.shape}")
    rows = array.reshape(-1, array.shape[-1]).astype(np.float64)
    tolerance = max(
        1e-6, float(np.spacing(array.dtype.type(1)))
    )  # what rounding to the format can cost the sum
    good = (rows >= 0).all(axis=1) & (np.abs(rows.sum(axis=1) - 1) <= tolerance)
    if not good.all():
        row = row_name(int(np.argmin(good)), array.shape[:-1])
        raise ValueError(f"{row}: targets must be non-negative and sum to 1; divide each row by its sum")
    return rows


def row_name(number: int, shape: tuple[int, ...]) -> str:
    """Name a row by its index: 'row 3', or 'row (0, 3)' in a batch of more dimensions."""
    if len(shape) < 2:
        return f"row {number}"
    return f"row {tuple(int(index) for index in np.unravel_index(number, shape))}"


def refuse_row(scores: Array) -> None:
    """Raise the ValueError that names the first bad row, if there is one; classes are on the last axis."""
    for bad, fault, cure in (
        (np.isnan(scores).any(axis=-1), "a score is NaN", "look where it was computed (inf − inf, 0/0)"),
        (np.isposinf(scores).any(axis=-1), "a score is +inf", "scores must be below infinity"),
        (np.isneginf(scores).all(axis=-1), "every score is −inf", "leave at least one class allowed"),
    ):
        if bad.any():
            row = row_name(int(np.argmax(bad)), scores.shape[:-1])
            raise ValueError(f"{row}: {fault}; {cure}")
