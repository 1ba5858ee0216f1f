"""Data sets follow from their seed, are split without a loss and scaled."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softmax_core import DATASETS, Data, make_dataset, split_data, standardised

CHOICES = [(r.name, k) for r in DATASETS.values() for k in range(r.fewest_classes, r.most_classes + 1)]


@pytest.mark.parametrize(("name", "n_classes"), CHOICES)
@settings(max_examples=15)
@given(seed=st.integers(0, 2**40), n=st.integers(6, 150), noise=st.floats(0, 2))
def test_a_data_set_follows_from_its_seed(name: str, n_classes: int, seed: int, n: int, noise: float) -> None:
    data = make_dataset(name, n, noise, seed, n_classes)
    again = make_dataset(name, n, noise, np.random.default_rng(seed), n_classes)
    assert data.X.tobytes() == again.X.tobytes()
    assert data.X.shape == (n, 2)
    assert data.X.dtype == np.float64
    counts = np.bincount(data.labels, minlength=n_classes)
    assert len(counts) == n_classes
    assert counts.max() - counts.min() <= 1
    assert (np.diff(data.labels) >= 0).all()


@pytest.mark.parametrize("name", [name for name in DATASETS if name != "iris"])
def test_another_seed_gives_other_points(name: str) -> None:
    assert (make_dataset(name, seed=1).X != make_dataset(name, seed=2).X).any()


def test_the_noise_is_what_its_name_says() -> None:
    for name in ("blobs", "moons", "spiral"):
        calm, noisy = make_dataset(name, 5000, 0.0, seed=3), make_dataset(name, 5000, 0.3, seed=3)
        assert (noisy.X - calm.X).std() == pytest.approx(0.3, rel=0.05)
    still = make_dataset("circles", 300, 0.0, n_classes=3)
    assert np.linalg.norm(still.X, axis=1) == pytest.approx(2 / 3 * (still.labels + 1))
    square = make_dataset("xor", 300, 0.0)
    assert (((square.X[:, 0] > 0) == (square.X[:, 1] > 0)) == (square.labels == 0)).all()


def test_the_spiral_of_the_notes() -> None:
    data = make_dataset("cs231n_spiral", noise=0.0)
    t = np.concatenate([np.linspace(4 * j, 4 * (j + 1), 100) for j in range(3)])
    r = np.tile(np.linspace(0, 1, 100), 3)
    assert pytest.approx(np.c_[r * np.sin(t), r * np.cos(t)], abs=1e-12) == data.X
    assert data.labels.tolist() == [0] * 100 + [1] * 100 + [2] * 100


def test_the_iris_are_those_of_fisher() -> None:
    from sklearn.datasets import load_iris  # takes a second, and every worker imports every test

    data, known = make_dataset("iris"), load_iris()
    assert pytest.approx(known.data[:, 2:], abs=1e-12) == data.X
    assert (data.labels == known.target).all()
    recipe = DATASETS["iris"]
    assert recipe.class_names is not None
    assert [name.removeprefix("Iris ") for name in recipe.class_names] == list(known.target_names)
    assert "Fisher" in recipe.source
    some = make_dataset("iris", 30, seed=4)
    assert np.bincount(some.labels).tolist() == [10, 10, 10]
    assert all(any((row == whole).all() for whole in data.X) for row in some.X)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": "stars"}, "unknown data set"),
        ({"name": "moons", "n_classes": 3}, "2 to 2 classes"),
        ({"name": "blobs", "n_classes": 7}, "classes"),
        ({"name": "blobs", "n_samples": 2}, "samples"),
        ({"name": "blobs", "n_samples": 10**9}, "samples"),
        ({"name": "iris", "n_samples": 151}, "samples"),
        ({"name": "blobs", "noise": -0.1}, "noise"),
        ({"name": "blobs", "noise": float("nan")}, "noise"),
    ],
)
def test_impossible_data_sets_are_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make_dataset(**wrong)  # type: ignore[arg-type]


@given(share=st.floats(0, 0.9), seed=st.integers(0, 99), n=st.integers(3, 60))
def test_a_split_keeps_every_sample_once_and_every_class_in_training(share: float, seed: int, n: int) -> None:
    data = make_dataset("blobs", n, seed=seed)
    train, test = split_data(data, share, seed)
    parts = [train] if test is None else [train, test]
    rows = np.concatenate([np.c_[part.X, part.labels] for part in parts])
    assert sorted(map(tuple, rows)) == sorted(map(tuple, np.c_[data.X, data.labels]))
    assert set(train.labels) == {0, 1, 2}
    for label in range(3):
        size = np.count_nonzero(data.labels == label)
        kept = 0 if test is None else np.count_nonzero(test.labels == label)
        assert abs(kept - share * size) <= 0.5 or kept == size - 1
    again, _ = split_data(data, share, seed)
    assert again.X.tobytes() == train.X.tobytes()


def test_no_test_share_leaves_everything_for_training() -> None:
    data = make_dataset("moons", 10)
    assert split_data(data, 0.0)[1] is None
    assert split_data(Data([[1.0], [2.0]], [0, 1]), 0.9)[1] is None
    for share in (-0.1, 0.95, np.nan):
        with pytest.raises(ValueError, match="test_share"):
            split_data(data, share)


def test_standardising_can_be_undone() -> None:
    data = make_dataset("iris")
    scaled, centre, spread = standardised(data)
    assert scaled.X.mean(axis=0) == pytest.approx([0, 0], abs=1e-12)
    assert scaled.X.std(axis=0) == pytest.approx([1, 1])
    assert scaled.X * spread + centre == pytest.approx(data.X)


def test_a_feature_whose_deviation_is_only_rounding_counts_as_constant() -> None:
    scaled, _, spread = standardised(Data([[0.1, 1.0], [0.1, 2.0], [0.1, 3.0]], [0, 1, 0]))
    assert spread[0] == 1
    assert scaled.X[:, 0] == pytest.approx(0, abs=1e-16)


@pytest.mark.parametrize("constant", [1.7e308, -1.7e308, 0.1, 5e-324, 1e-310])
def test_a_constant_feature_of_any_size_becomes_0(constant: float) -> None:
    X = [[constant, 40.0], [constant, 50.0], [constant, -45.0]]
    with np.errstate(all="raise"):
        scaled, centre, spread = standardised(Data(X, [0, 1, 0]))
    assert scaled.X[:, 0].tolist() == [0.0, 0.0, 0.0]
    assert (centre[0], spread[0]) == (constant, 1.0)
