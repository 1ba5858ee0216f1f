"""A reader's own rows are read, or refused with a reason."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.train.own_data import MAX_BYTES, MAX_CLASSES, MAX_ROWS, read_csv, read_rows
from lessons.train.tables.columns import MAX_COLUMNS
from lessons.train.tables.labels import MAX_CELL
from softmax_core import standardised
from ui.cells import MAX_LABEL


def test_full_width_signs_and_a_true_minus_are_read() -> None:
    found = read_csv("１．５,－２,a\n−3,４ｅ１,b\n")
    assert found.data is not None
    assert found.data.X.tolist() == [[1.5, -2], [-3, 40]]
    assert found.origin.titles == ("", "", "")


@pytest.mark.parametrize(
    ("line", "reason", "column"),
    [
        ("1,2", "columns", None),
        ("1,2,a,b", "columns", None),
        ("1", "columns", None),
        ("x,2,a", "not a number", 0),
        ("1,,a", "missing", 1),
        ("1_000,2,a", "not a number", 0),
        ("1,٣,a", "not a number", 1),
        ("²,2,a", "not a number", 0),
        ("nan,2,a", "missing", 0),
        ("1,-inf,a", "not finite", 1),
        ("1,1e300,a", "too large", 1),
        ("1,2,", "no label", 2),
        ("1,2," + (MAX_CELL + 1) * "a", "long label", 2),
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
    assert found.origin.titles == ("키", "무게", "종")
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
    found = read_csv("1,2,a\n" * (MAX_ROWS + 2))
    assert found.data is not None
    assert found.data.n_samples == MAX_ROWS
    assert (found.n_rejected, found.n_surplus) == (0, 2)
    found = read_csv("".join(f"1,2,k{k}\n" for k in range(MAX_CLASSES + 1)))
    assert [rejection.reason for rejection in found.rejections] == ["too many classes"]
    with pytest.raises(ValueError, match="at most"):
        read_csv("1" * 1_000_001)
    with pytest.raises(ValueError, match="UTF-8"):
        read_csv(b"\xff\x81\xff")


@pytest.mark.parametrize(("content", "n_rejected", "n_kept"), [
    ("a\n" * 100_000, 100_000, 100),
    ("1,2,a\n" * 10_000 + "x\n" * 10_000, 10_000, 100),
    ("\n" * 200_000, 0, 0),
    ("a" * 1_000_000, 1, 1),
    ("1," * 500_000, 0, 0),
    ("x," * 500_000, 0, 0),
    ("".join(f"1,2,{number}\n" for number in range(20_000)), 20_000 - MAX_CLASSES, 100),
    (',"' * 500_000, 0, 0),
    ('"' * 1_000_000, 1, 1),
    ("[" * 1_000_000, 1, 1),
])  # fmt: skip
def test_a_large_file_is_refused_by_number_and_keeps_little(
    content: str, n_rejected: int, n_kept: int
) -> None:
    found = read_csv(content[:MAX_BYTES])
    assert (found.n_rejected, len(found.rejections)) == (n_rejected, n_kept)
    assert sum(len(rejection.value) for rejection in found.rejections) <= 100 * MAX_LABEL
    assert sum(map(len, found.origin.titles)) <= MAX_COLUMNS * MAX_LABEL


def test_nothing_to_read_is_no_data() -> None:
    for content in ("", "\n\n", "x,y,label\n", b"\xef\xbb\xbf"):
        assert read_csv(content).data is None


def test_a_table_of_cells_is_read_as_well() -> None:
    found = read_rows([(1, 2.5, "a"), (None, None, None), (3, None, "b"), (4, 5, 0)])
    assert found.data is not None
    assert found.data.X.tolist() == [[1.0, 2.5], [4.0, 5.0]]
    assert found.class_names == ("a", "0")
    assert [(r.row, r.reason) for r in found.rejections] == [(3, "missing")]


@given(content=st.one_of(st.text(max_size=200), st.binary(max_size=200)))
def test_no_content_breaks_the_reader(content: str | bytes) -> None:
    try:
        found = read_csv(content)
    except ValueError as error:
        assert "UTF-8" in str(error)  # noqa: PT017 - the only refusal of so short a content
        return
    assert (found.data is None) == (not found.rows)


@pytest.mark.parametrize("feature", [[1e-320, 0, 5e-324], [0, 1e-170, 0], [1e-308, 0, 0], [5e-324, 0, 0]])
def test_a_feature_of_any_size_is_scaled_beside_one_of_usual_size(feature: list[float]) -> None:
    rows = "".join(f"{value!r},{other},a\n" for value, other in zip(feature, (40, 50, -45), strict=True))
    data = read_csv(rows).data
    assert data is not None
    with np.errstate(all="raise"):
        scaled, _, _ = standardised(data)
    assert scaled.X.mean(axis=0) == pytest.approx([0.0, 0.0], abs=1e-12)
    assert scaled.X.std(axis=0) == pytest.approx([1.0, 1.0])


def test_what_was_read_survives_every_way_of_copying() -> None:
    found = read_csv("x,y,label\n1,2,cat\n3,oops,dog\n4,5,dog\n")
    for other in (copy.copy(found), copy.deepcopy(found), pickle.loads(pickle.dumps(found))):  # noqa: S301
        assert repr(other) == repr(found)
        assert other.rejections == found.rejections
        assert not other.data.X.flags.writeable
