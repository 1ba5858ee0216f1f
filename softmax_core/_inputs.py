"""What the functions of this package accept, decided once.

Formats: float16, bfloat16, float32 and float64 are kept, integers become float64, anything else (booleans,
complex numbers, text, objects) is a TypeError. So is a masked array, whose mask would be lost; an integer
that float64 cannot hold is a ValueError. Whatever NumPy can read as an array is accepted: nested lists, and
arrays of other libraries, also of those that only speak DLPack.

Non-finite scores: −inf is a forbidden class, with probability 0. NaN, +inf, or a row without any allowed
class is a ValueError that names the row.
"""

import operator
from collections.abc import Iterator, Sequence
from math import prod
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from softmax_core._dtypes import DTYPES, FORMATS
from softmax_core._settings import as_number

Array: TypeAlias = NDArray[Any]
BLOCK = 34_000  # numbers in a block, 270 kB as float64: a few such arrays fit in a 1 MB cache
_EXACT = 2**53  # from here on float64 does not hold every integer

_ADVICE = {
    "c": "they must be real: take .real if every imaginary part is 0, or numpy.abs() if the size is meant",
    "M": "subtract a date and divide by a unit, as in (t - t.min()) / numpy.timedelta64(1, 's')",
    "m": "divide by a unit, as in t / numpy.timedelta64(1, 's')",
    "O": "make every entry a number first (None is none; a class that is forbidden has the score -inf)",
    "U": "if it spells numbers, convert with .astype(float)",
    "S": "if it spells numbers, convert with .astype(float)",
}


def as_array(values: ArrayLike, name: str) -> Array:
    """Return the values as an array of whatever kind; a mask is refused, DLPack is understood."""
    if _holds_mask(values):
        raise TypeError(
            f"{name} are a masked array, whose mask would be lost; fill in what is masked, as in "
            ".filled(-numpy.inf) for classes that are forbidden, or leave those rows out"
        )
    if _speaks_only_dlpack(values):
        try:
            return np.from_dlpack(values)  # type: ignore[arg-type]
        except (BufferError, RuntimeError, TypeError, ValueError) as error:
            raise TypeError(
                f"{name} could not be taken over by DLPack ({error}); hand over an array in the main memory, "
                f"in one of {DTYPES}"
            ) from None
    try:
        return np.asarray(values)
    except ValueError as error:
        if "inhomogeneous" not in str(error):
            raise
        raise ValueError(f"{name} must be an array, but its rows have different lengths") from None


def _holds_mask(values: object) -> bool:
    """Tell whether the values are a masked array, or a list with one in it."""
    if isinstance(values, (list, tuple)):
        kinds = set(map(type, values))
        if any(issubclass(kind, (list, tuple, np.ma.MaskedArray)) for kind in kinds):
            return any(map(_holds_mask, values))
        return False
    return isinstance(values, np.ma.MaskedArray)


def _speaks_only_dlpack(values: object) -> bool:
    others = ("__array__", "__array_interface__", "__array_struct__", "__buffer__")
    return hasattr(values, "__dlpack__") and not any(hasattr(values, other) for other in others)


def as_floats(values: ArrayLike, name: str = "scores") -> Array:
    """Return the values as an array of one of the four formats."""
    if type(values) is np.ndarray and values.dtype in FORMATS:  # what nearly every caller hands over
        return values
    array = as_array(values, name)
    if array.dtype.kind in "iu":
        _refuse_inexact(array, name)
        return array.astype(np.float64)
    if array.dtype.name not in DTYPES:
        raise TypeError(f"{name} must be integers or one of {DTYPES}, not {array.dtype}; {_advice(array)}")
    return array


def _advice(array: Array) -> str:
    """How to make numbers of what is none."""
    if array.dtype.names:
        return "take one of its fields"
    return _ADVICE.get(array.dtype.kind, "convert with .astype(float)")


def _refuse_inexact(integers: Array, name: str) -> None:
    """Raise the ValueError of integers whose difference would be lost in float64."""
    if integers.dtype.itemsize < 8 or not integers.size:
        return
    if integers.max() <= _EXACT and integers.min() >= -_EXACT:
        return
    for value in integers.ravel().tolist():
        if int(float(value)) != value:
            raise ValueError(
                f"{name} hold the integer {value}, which float64 cannot: first subtract a constant from all, "
                "or convert with .astype(float) if the last digits do not matter"
            )


def as_part(value: Any, name: str) -> float:
    """Return a number from 0 to 1."""
    part = as_number(value, name)
    if not 0 <= part <= 1:
        raise ValueError(f"{name} must be from 0 to 1, not {part}")
    return part


def as_scores(scores: ArrayLike, axis: int | Sequence[int] = -1, where: ArrayLike | None = None) -> Array:
    """Return the scores with the class axis last, and −inf where a mask forbids a class."""
    array = as_floats(scores)
    if where is not None:
        allowed = as_array(where, "where")
        if allowed.dtype != bool:
            raise TypeError(f"where must hold booleans (True where a class is allowed), not {allowed.dtype}")
        try:
            allowed = np.broadcast_to(allowed, array.shape)
        except ValueError:
            raise ValueError(
                f"where of shape {allowed.shape} does not broadcast to scores of shape {array.shape}"
            ) from None
        array = np.where(allowed, array, array.dtype.type(-np.inf))
    return classes_last(array, axis, "scores")


def classes_last(array: Array, axis: int | Sequence[int], name: str) -> Array:
    """Return the array with its class axis last; several axes become one."""
    axes = _class_axes(array.shape, axis, name)
    if any(array.shape[each] == 0 for each in axes):
        raise ValueError(f"{name} of shape {array.shape} hold no class along axis {axis}; give at least one")
    if axes == (array.ndim - 1,):
        return array
    moved = np.moveaxis(array, axes, range(-len(axes), 0))
    return moved.reshape(*moved.shape[: -len(axes)], prod(array.shape[each] for each in axes))


def classes_back(rows: Array, shape: tuple[int, ...], axis: int | Sequence[int]) -> Array:
    """Undo `classes_last` for a result of its shape, so that it has the shape that was given."""
    axes = _class_axes(shape, axis, "scores")
    if axes == (len(shape) - 1,):
        return rows
    apart = rows.reshape(*rows.shape[:-1], *(shape[each] for each in axes))
    return np.moveaxis(apart, range(-len(axes), 0), axes)


def last_axis_to(array: Array, axis: int) -> Array:
    """Return the array with its last axis at `axis`."""
    return array if axis == -1 else np.moveaxis(array, -1, axis)


def _class_axes(shape: tuple[int, ...], axis: int | Sequence[int], name: str) -> tuple[int, ...]:
    """Return the class axes as numbers from 0, checked."""
    if type(axis) is int and axis == -1 and shape:
        return (len(shape) - 1,)
    try:
        given = tuple(axis) if isinstance(axis, Sequence) else (axis,)
        axes = tuple(map(operator.index, given))
    except TypeError:
        raise TypeError(
            f"axis must be an integer or several of them, not {axis!r}: say which axis holds the classes"
        ) from None
    for each in axes:
        if not -len(shape) <= each < len(shape):
            raise ValueError(f"{name} of shape {shape} have no axis {each} to hold the classes")
    counted = tuple(each % len(shape) for each in axes)
    if not counted or len(set(counted)) < len(counted):
        raise ValueError(f"axis {axis} must name at least one axis, and each only once")
    return counted


def as_labels(labels: ArrayLike, scores: Array, ignore_index: int | None = None) -> Array:
    """Return one class index per row of scores, checked; −1 where the label is the one to be ignored."""
    array = as_indices(labels)
    if array.shape != scores.shape[:-1]:
        raise ValueError(
            f"scores of shape {scores.shape} need labels of shape {scores.shape[:-1]}, not {array.shape}"
        )
    n_classes = scores.shape[-1]
    index = array.reshape(-1)
    bad = (index < 0) | (index >= n_classes)
    ignored = None if ignore_index is None else index == operator.index(ignore_index)
    if ignored is not None:
        bad &= ~ignored
    if bad.any():
        wrong = int(bad.argmax())
        raise ValueError(
            f"{row_name(wrong, array.shape)}: label {index[wrong]} is not a class; use 0 to {n_classes - 1}"
        )
    index = index.astype(np.intp)
    if ignored is not None:
        index[ignored] = -1
    return index


def as_indices(labels: ArrayLike) -> Array:
    """Return labels as an array of integers; an empty one may come as any kind of number."""
    array = as_array(labels, "labels")
    if array.dtype.kind not in "iu":
        if array.size:
            cure = "convert with .astype(int)" if array.dtype.kind in "fb" else "give each class its number"
            raise TypeError(f"labels must be integers (class indices), not {array.dtype}; {cure}")
        return array.astype(np.intp)
    return array


def row_name(number: int, shape: tuple[int, ...]) -> str:
    """Name a row by its index: 'row 3', or 'row (0, 3)' in a batch of more dimensions."""
    if len(shape) < 2:
        return f"row {number}"
    return f"row {tuple(int(index) for index in np.unravel_index(number, shape))}"


def refuse_row(scores: Array, first: int = 0, shape: tuple[int, ...] | None = None) -> None:
    """Raise the ValueError that names the first bad row, if there is one; classes are on the last axis.

    Of a block of rows, `first` is the number of its first row in a batch whose leading axes are `shape`.
    """
    for bad, fault, cure in (
        (np.isnan(scores).any(axis=-1), "a score is NaN", "look where it was computed (inf − inf, 0/0)"),
        (np.isposinf(scores).any(axis=-1), "a score is +inf", "scores must be below infinity"),
        (np.isneginf(scores).all(axis=-1), "every score is −inf", "leave at least one class allowed"),
    ):
        if bad.any():
            row = row_name(first + int(np.argmax(bad)), scores.shape[:-1] if shape is None else shape)
            raise ValueError(f"{row}: {fault}; {cure}")


def as_checked_scores(scores: ArrayLike, axis: int | Sequence[int] = -1) -> Array:
    """Return the scores with the class axis last, each row checked."""
    batch = as_scores(scores, axis)
    rows = batch.reshape(-1, batch.shape[-1])
    for where in row_blocks(*rows.shape):
        with np.errstate(invalid="ignore"):
            good = np.isfinite(rows[where]).all() or np.isfinite(rows[where].max(axis=-1)).all()
        if not good:
            refuse_row(rows[where], where.start, batch.shape[:-1])
    return batch


def row_blocks(n_rows: int, n_classes: int) -> Iterator[slice]:
    """Yield the rows in pieces that hold about BLOCK numbers."""
    size = max(BLOCK // n_classes, 1)
    for start in range(0, n_rows, size):
        yield slice(start, min(start + size, n_rows))
