"""Data sets: points with labels."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats, as_indices, row_name
from softmax_core._records import Record
from softmax_core._settings import as_generator, as_number, as_whole


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Data(Record):
    """Samples and their classes, checked and made read-only when they are put together.

    Attributes:
        X: (n_samples, n_features), finite, in one of the formats of this package (integers become float64).
        labels: (n_samples,), the class of each sample, integers from 0.

    Raises:
        TypeError: X is of no supported format, or the labels are not integers.
        ValueError: there is no sample or feature, the shapes do not fit, a sample is not finite or a label
            negative.

    >>> Data([[1, 2], [3, 4]], [0, 1]).n_samples
    2
    """

    X: Array
    labels: Array

    def __init__(self, X: ArrayLike, labels: ArrayLike) -> None:
        samples, classes = np.array(as_floats(X, "X")), np.array(as_indices(labels))
        if samples.ndim != 2 or 0 in samples.shape:
            raise ValueError(
                f"X must hold samples in rows and features in columns, not shape {samples.shape}"
            )
        if classes.shape != samples.shape[:1]:
            raise ValueError(
                f"{len(samples)} samples need labels of shape {samples.shape[:1]}, not {classes.shape}"
            )
        finite = np.isfinite(samples).all(axis=1)
        if not finite.all():
            raise ValueError(f"{row_name(int(np.argmin(finite)), classes.shape)}: a feature is not finite")
        if (classes < 0).any():
            raise ValueError(f"{row_name(int(np.argmax(classes < 0)), classes.shape)}: a label is negative")
        classes = classes.astype(np.intp)
        samples.flags.writeable = classes.flags.writeable = False
        object.__setattr__(self, "X", samples)
        object.__setattr__(self, "labels", classes)

    @property
    def n_samples(self) -> int:
        """The number of samples."""
        return len(self.labels)


def small_blobs(
    seed: int | np.random.Generator,
    n_per_class: int = 20,
    n_classes: int = 3,
    n_features: int = 2,
    distance: float = 2.0,
    spread: float = 0.7,
) -> Data:
    """Draw one round cloud of points per class, their centres evenly on a circle.

    Args:
        seed: an integer or a generator; an integer gives the same points every time.
        n_per_class: points in each cloud, at least 1.
        n_classes: clouds, at least 1.
        n_features: coordinates of a point, at least 2; the centres lie in the plane of the first two.
        distance: from the origin to each centre.
        spread: standard deviation of each coordinate of a cloud.

    Returns:
        `Data` with n_classes·n_per_class samples, class after class, as float64.

    Raises:
        TypeError: a count is no whole number, or distance or spread no number.
        ValueError: a number is too small, or distance or spread is negative or not finite.

    Formula:
        x = distance·(cos 2πk/K, sin 2πk/K, 0, …) + spread·z, z standard normal.

    >>> small_blobs(seed=0, n_per_class=2).labels.tolist()
    [0, 0, 1, 1, 2, 2]
    """
    n_per_class = as_whole(n_per_class, "n_per_class of blobs", 1)
    n_classes = as_whole(n_classes, "n_classes of blobs", 1)
    n_features = as_whole(n_features, "n_features of blobs", 2)
    if not (0 <= as_number(distance, "distance") < np.inf and 0 <= as_number(spread, "spread") < np.inf):
        raise ValueError("distance and spread must be finite and not negative")
    labels = np.repeat(np.arange(n_classes), n_per_class)
    angles = 2 * np.pi * labels / n_classes
    X = spread * as_generator(seed).standard_normal((len(labels), n_features))
    X[:, 0] += distance * np.cos(angles)
    X[:, 1] += distance * np.sin(angles)
    return Data(X, labels)
