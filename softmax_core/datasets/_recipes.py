"""Data sets to train on: drawn from a recipe, or Fisher's iris; and how to keep some samples apart for
testing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np

from softmax_core._inputs import Array
from softmax_core._records import Table
from softmax_core._settings import Setting, as_generator
from softmax_core.datasets._data import Data
from softmax_core.datasets._iris import PETALS, SPECIES

_MIN = np.finfo(np.float64).smallest_subnormal  # a deviation may be half of it, which is no number

#: A key of `DATASETS`.
DatasetName: TypeAlias = Literal["blobs", "moons", "circles", "xor", "spiral", "cs231n_spiral", "iris"]


#: What the arguments of `make_dataset` and `split_data` may be; a recipe may allow less.
RECIPE_SETTINGS: Table[Setting] = Table(
    "softmax_core.datasets",
    "RECIPE_SETTINGS",
    {
        "name": Setting(choices=get_args(DatasetName)),
        "n_samples": Setting(whole=True, least=1, most=10_000, optional=True),
        "noise": Setting(least=0, most=10, optional=True),
        "n_classes": Setting(whole=True, least=1, optional=True),
        "test_share": Setting(least=0, most=0.9),
    },
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a data set is made, and what may be asked of it.

    Attributes:
        name: its key in `DATASETS`.
        n_classes: the usual number of classes.
        fewest_classes, most_classes: what it can make.
        noise: the usual noise, in units of the coordinates (for "cs231n_spiral" of the angle in radians).
        n_samples: the usual number of samples.
        draw: (labels, noise, n_classes, generator) ↦ the points (n_samples, 2); labels come class after
            class.
        class_names: if the classes have names.
        source: where it comes from.
    """

    name: DatasetName
    n_classes: int
    fewest_classes: int
    most_classes: int
    noise: float
    n_samples: int
    draw: Callable[[Array, float, int, np.random.Generator], Array]
    class_names: tuple[str, ...] | None = None
    source: str = ""


def make_dataset(
    name: DatasetName,
    n_samples: int | None = None,
    noise: float | None = None,
    seed: int | np.random.Generator = 0,
    n_classes: int | None = None,
) -> Data:
    """Make a data set of points in the plane.

    Args:
        name: one of `DATASETS`.
        n_samples: from one per class to 10 000; the usual number by default. "iris" has 150 and leaves out
            those beyond n_samples, drawn at random.
        noise: standard deviation, in the units that `Recipe.noise` has; not negative and at most 10.
        seed: an integer or a generator; an integer gives the same points every time.
        n_classes: where the recipe leaves a choice.

    Returns:
        `Data`, class after class, as float64; the classes are as even as the number allows, the first ones
        have one sample more.

    Raises:
        TypeError: a number is none, or no whole number where it must be one.
        ValueError: the name is unknown or a number out of its range.

    Source:
        `Recipe.source` of the recipe, where it has one.

    >>> make_dataset("moons", n_samples=5, seed=1).labels.tolist()
    [0, 0, 0, 1, 1]
    """
    recipe = DATASETS[RECIPE_SETTINGS["name"].take(name, "data set")]
    given = {"n_classes": n_classes, "n_samples": n_samples, "noise": noise}
    taken = {key: RECIPE_SETTINGS[key].take(value, key) for key, value in given.items()}
    k, n, width = (getattr(recipe, key) if value is None else value for key, value in taken.items())
    if not recipe.fewest_classes <= k <= recipe.most_classes:
        raise ValueError(f"{name} has {recipe.fewest_classes} to {recipe.most_classes} classes, not {k}")
    most = recipe.n_samples if name == "iris" else RECIPE_SETTINGS["n_samples"].most
    if not k <= n <= most:
        raise ValueError(f"{name} has {k} to {most} samples, not {n}")
    labels = np.sort(np.arange(n) % k)
    return Data(recipe.draw(labels, width, k, as_generator(seed)), labels)


def split_data(
    data: Data, test_share: float, seed: int | np.random.Generator = 0
) -> tuple[Data, Data | None]:
    """Keep a share of every class apart for testing.

    Args:
        data: all samples.
        test_share: from 0 to 0.9.
        seed: decides which samples.

    Returns:
        The samples to train on and those to test on (None if there are none), each in the order that they
        had. Of every class the rounded share is kept apart, but one sample at least is left for training.

    Raises:
        TypeError: the share is no number, or the seed no whole number.
        ValueError: the share is out of its range.

    >>> train, test = split_data(make_dataset("moons", n_samples=20), 0.3)
    >>> train.n_samples, test.n_samples
    (14, 6)
    """
    test_share = RECIPE_SETTINGS["test_share"].take(test_share, "test_share")
    rng = as_generator(seed)
    apart = np.zeros(data.n_samples, dtype=bool)
    for label in np.unique(data.labels):
        rows = rng.permutation(np.flatnonzero(data.labels == label))
        apart[rows[: min(int(test_share * len(rows) + 0.5), len(rows) - 1)]] = True
    train = Data(data.X[~apart], data.labels[~apart])
    return train, Data(data.X[apart], data.labels[apart]) if apart.any() else None


def standardised(data: Data) -> tuple[Data, Array, Array]:
    """Shift and scale each feature to mean 0 and standard deviation 1; a constant one is only shifted.

    Args:
        data: the samples.

    Returns:
        The data in float64, each feature with mean 0 and standard deviation 1 up to rounding; the means and
        the deviations, (n_features,) each. The deviation of a constant feature is given as 1.

    Formula:
        (x − μ)/σ with σ² = (1/N)·Σ_i (x_i − μ)².

    Source:
        CS231n, "Neural networks 2", data preprocessing: normalization.

    >>> standardised(Data([[1.0, 5.0], [3.0, 5.0]], [0, 1]))[0].X.tolist()
    [[-1.0, 0.0], [1.0, 0.0]]
    """
    X = data.X.astype(np.float64)
    exponents = np.frexp(np.abs(X).max(axis=0))[1]  # so that no sum or square leaves the range of float64
    with np.errstate(all="ignore"):
        X = np.ldexp(X, -exponents)
        constant = np.ptp(X, axis=0) == 0  # the deviation of 0.1, 0.1, 0.1 would be 1e-17
        centre, spread = np.where(constant, X[0], X.mean(axis=0)), X.std(axis=0)
        X = (X - centre) / np.where(constant, 1.0, spread)
        return (
            Data(X, data.labels),
            np.ldexp(centre, exponents),
            np.where(constant, 1.0, np.maximum(np.ldexp(spread, exponents), _MIN)),
        )


def _places(labels: Array) -> Array:
    """How far along its own class each sample is, from 0 for the first to 1 for the last."""
    counts = np.bincount(labels)
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    places: Array = (np.arange(len(labels)) - first[labels]) / np.maximum(counts - 1, 1)[labels]
    return places


def _around(radius: Array, angle: Array) -> Array:
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _blobs(labels: Array, noise: float, n_classes: int, rng: np.random.Generator) -> Array:
    """One round cloud per class, the centres evenly on a circle of radius 2."""
    X = _around(np.full(len(labels), 2.0), 2.0 * np.pi * labels / n_classes)
    X += noise * rng.standard_normal(X.shape)
    return X


def _moons(labels: Array, noise: float, _n_classes: int, rng: np.random.Generator) -> Array:
    """Two half circles that reach into each other."""
    angle = np.pi * _places(labels)
    X = _around(np.ones(len(labels)), angle)
    X[labels == 1] = [1.0, 0.5] - X[labels == 1]
    X -= [0.5, 0.25]
    X += noise * rng.standard_normal(X.shape)
    return X


def _circles(labels: Array, noise: float, n_classes: int, rng: np.random.Generator) -> Array:
    """A ring per class around one centre, with radii 1, 2, …; the angles are drawn."""
    angle = rng.uniform(0.0, 2.0 * np.pi, len(labels))
    X = _around((labels + 1.0) * 2.0 / n_classes, angle)
    X += noise * rng.standard_normal(X.shape)
    return X


def _xor(labels: Array, noise: float, _n_classes: int, rng: np.random.Generator) -> Array:
    """Class 0 in the quadrants where both coordinates have one sign, class 1 in the others."""
    size = rng.uniform(0.0, 2.0, (len(labels), 2))
    right = rng.integers(0, 2, len(labels)) * 2 - 1
    X: Array = size * np.stack([right, np.where(labels == 0, right, -right)], axis=1)
    X += noise * rng.standard_normal(X.shape)
    return X


def _spiral(labels: Array, noise: float, n_classes: int, rng: np.random.Generator) -> Array:
    """An arm per class, each three quarters of a turn, evenly around the centre."""
    along = 0.1 + 0.9 * _places(labels)
    X = _around(2.0 * along, 1.5 * np.pi * along + 2.0 * np.pi * labels / n_classes)
    X += noise * rng.standard_normal(X.shape)
    return X


def _cs231n_spiral(labels: Array, noise: float, _n_classes: int, rng: np.random.Generator) -> Array:
    """r = linspace(0, 1), t = linspace(4j, 4(j + 1)) + noise·randn, x = (r·sin t, r·cos t) for class j."""
    r = _places(labels)
    t = 4.0 * (labels + r) + noise * rng.standard_normal(len(labels))
    return np.stack([r * np.sin(t), r * np.cos(t)], axis=1)


def _iris(labels: Array, noise: float, _n_classes: int, rng: np.random.Generator) -> Array:
    """Length and width of the petals in cm; a part of them is drawn, and noise is added if wanted."""
    chosen = []
    for label, text in enumerate(PETALS):
        flowers = np.array([pair.split(",") for pair in text.split()], dtype=np.float64) / 10.0
        chosen.append(flowers[np.sort(rng.permutation(len(flowers))[: np.count_nonzero(labels == label)])])
    X: Array = np.concatenate(chosen)
    X += noise * rng.standard_normal(X.shape)
    return X


#: Every recipe by name. The spiral of CS231n is drawn as in the notes, from another generator.
DATASETS: Mapping[str, Recipe] = Table(
    __name__,
    "DATASETS",
    {
        recipe.name: recipe
        for recipe in (
            Recipe("blobs", 3, 2, 6, 0.7, 240, _blobs),
            Recipe("moons", 2, 2, 2, 0.15, 200, _moons),
            Recipe("circles", 2, 2, 3, 0.12, 200, _circles),
            Recipe("xor", 2, 2, 2, 0.1, 200, _xor),
            Recipe("spiral", 3, 2, 6, 0.08, 240, _spiral),
            Recipe(
                "cs231n_spiral",
                3,
                2,
                5,
                0.2,
                300,
                _cs231n_spiral,
                source='CS231n, "Neural networks case study"',
            ),
            Recipe(
                "iris",
                3,
                3,
                3,
                0.0,
                150,
                _iris,
                SPECIES,
                "R. A. Fisher (1936), Annals of Eugenics 7, 179-188, doi:10.1111/j.1469-1809.1936.tb02137.x",
            ),
        )
    },
)
