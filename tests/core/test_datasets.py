"""Data sets follow from their seed; a reader's own rows are read, or refused with a reason."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_iris

from softmax_core import Data
from softmax_core.datasets import DATASETS, make_dataset, split_data, standardised
from softmax_core.own_data import LONGEST_LABEL, MOST_BYTES, MOST_CLASSES, MOST_ROWS, read_csv, read_rows

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


def test_full_width_signs_and_a_true_minus_are_read() -> None:
    found = read_csv("１．５,－２,a\n−3,４ｅ１,b\n")
    assert found.data is not None
    assert found.data.X.tolist() == [[1.5, -2], [-3, 40]]
    assert found.header is None


@pytest.mark.parametrize(
    ("line", "reason", "column"),
    [
        ("1,2", "columns", None),
        ("1,2,a,b", "columns", None),
        ("1", "columns", None),
        ("x,2,a", "not a number", 0),
        ("1,,a", "not a number", 1),
        ("1_000,2,a", "not a number", 0),
        ("1,٣,a", "not a number", 1),
        ("²,2,a", "not a number", 0),
        ("nan,2,a", "not finite", 0),
        ("1,-inf,a", "not finite", 1),
        ("1,1e300,a", "too large", 1),
        ("1,2,", "no label", 2),
        ("1,2," + 41 * "a", "long label", 2),
        ('1,2,"a', "ok", None),
        ('"1","2","a"', "ok", None),
        (" 1 , 2 , a ,,", "ok", None),
        ("1,2," + "a" * 100_000, "long label", 2),
        ('"' + "a" * 200_000, "columns", None),
    ],
)
def test_every_row_that_is_refused_gets_its_reason(line: str, reason: str, column: int | None) -> None:
    found = read_csv(f"0,0,a\n{line}\n1,1,b\n")
    assert found.data is not None
    if reason == "ok":
        assert found.rows == (1, 2, 3)
        assert found.class_names == ("a", "b")
        return
    assert found.rows == (1, 3)
    (rejection,) = found.rejections
    assert (rejection.row, rejection.reason, rejection.column) == (2, reason, column)
    assert rejection.text.startswith("row 2: ")
    assert len(rejection.text) < 120


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize(
    "text",
    [
        "키,무게,종\n1.5,2,고양이\n-3,4,개\n",
        "키;무게;종\r\n1,5;2;고양이\r\n\r\n-3;4;개",
        "키\t무게\t종\n1.5\t2\t고양이\n-3\t4\t개",
    ],
)
def test_korean_files_are_read(encoding: str, text: str) -> None:
    found = read_csv(text.encode(encoding))
    assert found.data is not None
    assert found.data.X.tolist() == [[1.5, 2.0], [-3.0, 4.0]]
    assert found.class_names == ("고양이", "개")
    assert found.header == ("키", "무게", "종")
    assert not found.rejections


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('1,2,"a;b"\n2,3,c', ("a;b", "c")),
        ('1,2,"a\tb"\n2,3,c', ("a\tb", "c")),
        ('"1,5";2;"say ""a,\tb"""\n2;3;c', ('say "a,\tb"', "c")),
        ('1;2;5" pipe\n2;3;c', ('5" pipe', "c")),
    ],
)
def test_a_separator_inside_quotes_separates_nothing(text: str, names: tuple[str, ...]) -> None:
    found = read_csv(text)
    assert found.class_names == names
    assert not found.rejections


def test_whole_number_labels_keep_their_order() -> None:
    found = read_csv("1,2,10\n1,2,9\n3,4,10\n")
    assert found.class_names == ("9", "10")
    assert found.data is not None
    assert found.data.labels.tolist() == [1, 0, 1]


def test_what_is_too_much_is_refused() -> None:
    found = read_csv("1,2,a\n" * (MOST_ROWS + 2))
    assert found.data is not None
    assert found.data.n_samples == MOST_ROWS
    assert [rejection.reason for rejection in found.rejections] == ["too many rows"]
    assert (found.n_rejected, found.n_surplus) == (2, 2)
    found = read_csv("".join(f"1,2,k{k}\n" for k in range(MOST_CLASSES + 1)))
    assert [rejection.reason for rejection in found.rejections] == ["too many classes"]
    with pytest.raises(ValueError, match="at most"):
        read_csv("1" * 1_000_001)
    with pytest.raises(ValueError, match="cp949"):
        read_csv(b"\xff\xff\xff")


@pytest.mark.parametrize(("content", "n_rejected", "n_kept"), [
    ("a\n" * 100_000, 100_000, 100),
    ("1,2,a\n" * 10_000 + "x\n" * 10_000, 18_000, 100),
    ("\n" * 200_000, 0, 0),
    ("a" * 1_000_000, 1, 1),
    ("1," * 500_000, 1, 1),
    ("x," * 500_000, 0, 0),
    ("".join(f"1,2,{number}\n" for number in range(20_000)), 20_000 - MOST_CLASSES, 100),
    (',"' * 500_000, 0, 0),
    ('"' * 1_000_000, 1, 1),
    ("[" * 1_000_000, 1, 1),
])  # fmt: skip
def test_a_large_file_is_refused_by_number_and_keeps_little(
    content: str, n_rejected: int, n_kept: int
) -> None:
    found = read_csv(content[:MOST_BYTES])
    assert (found.n_rejected, len(found.rejections)) == (n_rejected, n_kept)
    assert sum(len(rejection.value) for rejection in found.rejections) <= 100 * LONGEST_LABEL
    assert sum(map(len, found.header or ())) <= 100 * LONGEST_LABEL


def test_nothing_to_read_is_no_data() -> None:
    for content in ("", "\n\n", "x,y,label\n", b"\xef\xbb\xbf"):
        assert read_csv(content).data is None


def test_a_table_of_cells_is_read_as_well() -> None:
    found = read_rows([(1, 2.5, "a"), (None, None, None), (3, None, "b"), (4, 5, 0)])
    assert found.data is not None
    assert found.data.X.tolist() == [[1.0, 2.5], [4.0, 5.0]]
    assert found.class_names == ("a", "0")
    assert [(r.row, r.reason) for r in found.rejections] == [(3, "not a number")]


@given(content=st.one_of(st.text(max_size=200), st.binary(max_size=200)))
def test_no_content_breaks_the_reader(content: str | bytes) -> None:
    try:
        found = read_csv(content)
    except ValueError as error:
        assert "UTF-8" in str(error)  # noqa: PT017 - the only refusal of so short a content
        return
    assert (found.data is None) == (not found.rows)


@pytest.mark.parametrize("constant", [1.7e308, -1.7e308, 0.1, 5e-324, 1e-310])
def test_a_constant_feature_of_any_size_becomes_0(constant: float) -> None:
    X = [[constant, 40.0], [constant, 50.0], [constant, -45.0]]
    with np.errstate(all="raise"):
        scaled, centre, spread = standardised(Data(X, [0, 1, 0]))
    assert scaled.X[:, 0].tolist() == [0.0, 0.0, 0.0]
    assert (centre[0], spread[0]) == (constant, 1.0)


@pytest.mark.parametrize("feature", [[1e-320, 0, 5e-324], [0, 1e-170, 0], [1e-308, 0, 0], [5e-324, 0, 0]])
def test_a_feature_of_any_size_is_scaled_beside_one_of_usual_size(feature: list[float]) -> None:
    rows = "".join(f"{value!r},{other},a\n" for value, other in zip(feature, (40, 50, -45), strict=True))
    data = read_csv(rows).data
    assert data is not None
    with np.errstate(all="raise"):
        scaled, _, _ = standardised(data)
    assert scaled.X.mean(axis=0) == pytest.approx([0.0, 0.0], abs=1e-12)
    assert scaled.X.std(axis=0) == pytest.approx([1.0, 1.0])
