"""Settings of a wrong type are refused at the door, with a message that names them."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nan
from typing import Any, get_args

import numpy as np
import pytest

import softmax_core as sc
from softmax_core import TrainConfig, run_training

WHOLE = ["n_classes", "batch_size", "n_hidden", "seed", "stop_step"]
NUMBERS = [
    "rate",
    "l2",
    "margin",
    "init_scale",
    "momentum",
    "square_decay",
    "epsilon",
    "stop_gradient",
    "blow_up",
]
NOT_WHOLE = [3.0, "3", True, np.True_, np.float64(3), [3], 3j, np.array([3, 4])]
PARTS = [2.5, nan, inf, -inf, np.float32(0.5)]
DATA = sc.datasets.small_blobs(seed=0, n_per_class=4)

COUNTED: dict[str, Callable[[Any], object]] = {
    "n_samples": lambda value: sc.make_dataset("blobs", n_samples=value),
    "n_classes": lambda value: sc.make_dataset("blobs", n_classes=value),
    "seed": lambda value: sc.make_dataset("blobs", seed=value),
    "seed ": lambda value: sc.split_data(DATA, 0.3, seed=value),
    "seed  ": lambda value: sc.linear.random_directions((2, 3), seed=value),
    "n_per_class of blobs": lambda value: sc.datasets.small_blobs(0, n_per_class=value),
    "n_classes of blobs": lambda value: sc.datasets.small_blobs(0, n_classes=value),
    "n_features of blobs": lambda value: sc.datasets.small_blobs(0, n_features=value),
    "n_bins": lambda value: sc.reliability_bins([[0.5, 0.5]], [0], value),
    "steps": lambda value: sc.training.advance(
        sc.training.initial_state(TrainConfig(), DATA), TrainConfig(), DATA, value
    ),
    "steps ": lambda value: run_training(TrainConfig(), DATA, value),
    "steps  ": lambda value: sc.losses.steepest_descent_path("weston_watkins", [1.0, 1.0], steps=value),
    "n_samples ": lambda value: sc.information.prior_variance(0.1, value),
    "draws": lambda value: sc.notes.spiral_band(value, 1),
}


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_counted_must_be_whole(name: str) -> None:
    for wrong in NOT_WHOLE:
        with pytest.raises(TypeError, match=f"{name} must be a whole number of at least"):
            TrainConfig(**{name: wrong})
    for wrong in (-1, -(10**30), *PARTS):
        with pytest.raises(ValueError, match=f"{name} must be a whole number of at least"):
            TrainConfig(**{name: wrong})
    for right in (3, np.int64(3), np.uint8(3)):
        assert type(getattr(TrainConfig(**{name: right}), name)) is int
    assert hash(TrainConfig(**{name: np.int64(3)})) == hash(TrainConfig(**{name: 3}))


@pytest.mark.parametrize("name", [*NUMBERS, "stop_loss"])
def test_a_number_must_be_one(name: str) -> None:
    for wrong in ("0.5", True, np.True_, [0.5], 0.5j):
        with pytest.raises(TypeError, match=f"{name} must be a number, not"):
            TrainConfig(**{name: wrong})
    for wrong in (nan, inf, -inf, 10**400):
        with pytest.raises(ValueError, match=f"{name} must be"):
            TrainConfig(**{name: wrong})
    for right in (0.5, np.float32(0.5), np.float64(0.5)):
        assert type(getattr(TrainConfig(**{name: right}), name)) is float


@pytest.mark.parametrize("name", ["n_classes", "n_hidden", "seed", *NUMBERS])
def test_nothing_is_given_only_where_it_has_a_meaning(name: str) -> None:
    with pytest.raises(TypeError, match=f"{name} must be"):
        TrainConfig(**{name: None})
    assert TrainConfig(batch_size=None, stop_loss=None, stop_step=None).full_batch


@pytest.mark.parametrize("name", ["model", "loss", "optimiser", "dtype"])
def test_an_unknown_name_is_refused_with_the_known_ones(name: str) -> None:
    for wrong in ("nope", 3, None, ["linear"], np.array(["linear"])):
        with pytest.raises(ValueError, match=f"unknown {name} .*choose one of"):
            TrainConfig(**{name: wrong})


@pytest.mark.parametrize("name", COUNTED)
def test_other_counts_and_seeds_are_held_to_the_same(name: str) -> None:
    for wrong in NOT_WHOLE:
        with pytest.raises(TypeError, match=f"{name.strip()} must be a whole number"):
            COUNTED[name](wrong)
    for right in (4, np.int32(4)):
        COUNTED[name](right)
    for wrong in (-1, *PARTS):
        with pytest.raises(ValueError, match=f"{name.strip()} must be a whole number"):
            COUNTED[name](wrong)


@pytest.mark.parametrize(
    ("names", "known"),
    [
        (sc.training.Model, sc.training.MODELS),
        (sc.training.Optimiser, sc.training.OPTIMISERS),
        (sc.training.TrainLoss, sc.training.TRAIN_LOSSES),
        (sc.training.TrainDtype, sc.training.TRAIN_DTYPES),
        (sc.LossName, tuple(sc.LOSSES)),
        (sc.DatasetName, tuple(sc.DATASETS)),
        (sc.numerics.Algorithm, sc.numerics.ALGORITHMS),
    ],
)
def test_the_names_for_a_type_checker_are_those_that_there_are(names: Any, known: tuple[str, ...]) -> None:
    assert get_args(names) == known
