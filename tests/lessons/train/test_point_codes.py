"""A code carries points to the last bit, and no other text is taken for one."""

from __future__ import annotations

import base64
import re
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.train.point_codes import points_code, points_from_code
from softmax_core import Data, make_dataset

POINTS = st.lists(
    st.tuples(st.integers(-30_000, 30_000), st.integers(-30_000, 30_000), st.integers(0, 255)),
    min_size=1,
    max_size=200,
)


@given(POINTS)
def test_a_code_brings_back_the_same_bits(points: list[tuple[int, int, int]]) -> None:
    X = [[round(x * 1e-3, 3) + 0.0, round(y * 1e-3, 3) + 0.0] for x, y, _ in points]
    data = Data(X, [label for *_, label in points])
    code = points_code(data)
    assert code is not None
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,1500}", code)
    back = points_from_code(code)
    assert back.X.tobytes() == data.X.tobytes()
    assert back.labels.tolist() == data.labels.tolist()
    assert (back.X.dtype, back.labels.dtype) == (data.X.dtype, data.labels.dtype)


@pytest.mark.parametrize("name", ["blobs", "spiral", "iris"])
def test_an_ordinary_data_set_fits(name: str) -> None:
    data = make_dataset(name)
    code = points_code(Data(data.X.round(3), data.labels))
    assert code is not None
    assert len(code) < 1400


def test_what_is_too_long_gives_no_code() -> None:
    data = make_dataset("blobs", 600)
    assert points_code(Data(data.X.round(3), data.labels)) is None
    assert points_code(Data(np.zeros((2000, 2)), np.zeros(2000, int))) is not None
    assert points_code(Data(np.zeros((2001, 2)), np.zeros(2001, int))) is None


@pytest.mark.parametrize(
    ("X", "labels", "word"),
    [
        ([[1.0, 2.0, 3.0]], [0], "plane"),
        ([[30.001, 0.0]], [0], "30"),
        ([[0.0, 0.0]], [256], "256"),
        ([[0.0005, 0.0]], [0], "round"),
    ],
)
def test_points_that_would_be_changed_are_refused(X: list[list[float]], labels: list[int], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        points_code(Data(X, labels))


@given(st.text(max_size=1600))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        points_from_code(text)
    except ValueError as fault:
        assert "code of points" in str(fault)  # noqa: PT017


@given(POINTS, st.data())
def test_a_code_that_was_altered_or_cut_off_is_noticed(
    points: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    given_points = Data([[x / 1000, y / 1000] for x, y, _ in points], [label for *_, label in points])
    code = points_code(given_points)
    assert code is not None
    place = data.draw(st.integers(0, len(code) - 1))
    sign = data.draw(st.sampled_from("AZaz09-_").filter(lambda sign: sign != code[place]))
    with pytest.raises(ValueError, match="code of points"):
        points_from_code(code[:place])
    try:
        read = points_from_code(code[:place] + sign + code[place + 1 :])
    except ValueError as fault:
        assert "code of points" in str(fault)  # noqa: PT017
    else:  # a few bits of a code stand for nothing
        np.testing.assert_array_equal(read.X, given_points.X)
        np.testing.assert_array_equal(read.labels, given_points.labels)


def written(plain: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(plain, 9)).decode().rstrip("=")


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"\x01",
        b"\x02" + bytes(5),
        b"\x01" + bytes(6),
        b"\x01\x00\x7f\x7f\xff\xff",
        b"\x01" + bytes(5 * 2001),
        b"\x01" + bytes(10**6),
    ],
)
def test_well_formed_packets_of_something_else_are_refused(plain: bytes) -> None:
    with pytest.raises(ValueError, match="code of points"):
        points_from_code(written(plain))
