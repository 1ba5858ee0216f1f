"""What the core takes as numbers: no mask is dropped, no digit lost, and a refusal says what to do."""

from __future__ import annotations

import collections
from collections.abc import Callable
from typing import Any

import ml_dtypes
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import softmax_core as core

ROW = np.array([1.0, 2.0, 3.0])
MASKED = np.ma.array(ROW, mask=[False, False, True])
DIST = np.ma.array([0.25, 0.25, 0.5], mask=[True, False, False])


class OnlyDLPack:
    """An array of another library that speaks nothing but DLPack."""

    def __init__(self, array: np.ndarray) -> None:
        self._array = array

    def __dlpack__(self, **options: Any) -> Any:
        return self._array.__dlpack__(**options)

    def __dlpack_device__(self) -> tuple[int, int]:
        return self._array.__dlpack_device__()


class Elsewhere(OnlyDLPack):
    def __dlpack__(self, **options: Any) -> Any:
        raise BufferError("it lies on a CUDA device")


MASKS: tuple[Callable[[], object], ...] = (
    lambda: core.softmax(MASKED),
    lambda: core.softmax([MASKED, MASKED]),
    lambda: core.softmax([[1.0, 2.0], (np.ma.masked, 3.0)]),
    lambda: core.softmax(np.ma.array(ROW)),
    lambda: core.log_softmax(MASKED),
    lambda: core.logsumexp(MASKED),
    lambda: core.sigmoid(MASKED),
    lambda: core.cross_entropy(MASKED, 0),
    lambda: core.cross_entropy([ROW, ROW], np.ma.array([0, 1], mask=[True, False])),
    lambda: core.cross_entropy([ROW, ROW], [np.ma.array(0), 1]),
    lambda: core.soft_cross_entropy(ROW, DIST),
    lambda: core.weston_watkins_hinge(MASKED, 0),
    lambda: core.entropy(DIST),
    lambda: core.kl_divergence([0.25, 0.25, 0.5], DIST),
    lambda: core.surprisal(DIST),
    lambda: core.smoothed_labels(np.ma.array([0, 1], mask=[True, False]), 2),
    lambda: core.Data(np.ma.array([[1.0], [2.0]], mask=[[True], [False]]), [0, 1]),
    lambda: core.Data([[1.0], [2.0]], np.ma.array([0, 1], mask=[True, False])),
    lambda: core.LinearParams(np.ma.array([[1.0, 2.0]]), [0, 0]),
    lambda: core.numerics.exact_softmax(MASKED),
    lambda: core.reliability_bins([DIST], [0]),
)


@pytest.mark.parametrize("call", MASKS)
def test_a_mask_is_never_dropped_in_silence(call: Callable[[], object]) -> None:
    with pytest.raises(TypeError, match=r"masked array.*filled\(-numpy.inf\)"):
        call()


def test_a_filled_mask_forbids_the_class() -> None:
    assert core.softmax(MASKED.filled(-np.inf)).tolist() == [*core.softmax(ROW[:2]).tolist(), 0.0]


@pytest.mark.parametrize("kind", [np.int64, np.uint64])
def test_integers_that_float64_cannot_hold_are_refused(kind: type) -> None:
    for big in (2**53 + 1, 2**60 + 1, np.iinfo(kind).max):
        with pytest.raises(ValueError, match=f"integer {big}.*subtract"):
            core.softmax(np.array([big, 0], kind))
    with pytest.raises(ValueError, match="targets hold the integer"):
        core.soft_cross_entropy(ROW, np.array([2**60 + 1, 0, 0], kind))


def test_large_integers_that_float64_holds_are_kept() -> None:
    assert core.softmax(np.array([2**60, 2**60 + 256])).tolist() == [core.softmax([0, 256])[0], 1.0]
    assert core.softmax(np.array([2**53 - 1, 2**53])) == pytest.approx(core.softmax([0, 1]))
    assert core.softmax(np.array([np.iinfo(np.int64).min, 0])).tolist() == [0.0, 1.0]
    assert core.softmax(np.array([2**63, 0], np.uint64)).tolist() == [1.0, 0.0]
    assert core.softmax(np.zeros((0, 3), np.int64)).shape == (0, 3)


@pytest.mark.parametrize(
    ("scores", "cure"),
    [
        ([1j, 2.0], r"\.real"),
        (np.array(["2020-01-01", "2020-01-02"], "datetime64[D]"), "subtract a date"),
        (np.array([1, 2], "timedelta64[s]"), "divide by a unit"),
        ([None, 1.0], "None"),
        ([2**70, 1], "make every entry a number"),
        (["1", "2"], r"spells numbers, convert with \.astype"),
        ([b"1", b"2"], r"spells numbers, convert with \.astype"),
        ([True, False], r"convert with \.astype\(float\)"),
        (np.ones(2, np.longdouble), r"convert with \.astype\(float\)"),
        (np.ones(2, ml_dtypes.float8_e4m3fn), r"convert with \.astype\(float\)"),
        (np.zeros(2, [("a", float), ("b", float)]), "fields"),
    ],
)
def test_a_refused_kind_of_number_comes_with_a_cure_that_works(scores: Any, cure: str) -> None:
    with pytest.raises(TypeError, match=f"scores must be integers or one of.*{cure}"):
        core.softmax(scores)


@pytest.mark.parametrize(
    ("labels", "cure"),
    [
        ([0.0, 1.0], r"convert with \.astype\(int\)"),
        ([True, False], r"convert with \.astype\(int\)"),
        ([None, 1], "number"),
        (["cat", "dog"], "number"),
        ([0j, 1j], "number"),
    ],
)
def test_refused_labels_come_with_a_cure_that_works(labels: Any, cure: str) -> None:
    for call in (
        lambda: core.cross_entropy([ROW, ROW], labels),
        lambda: core.smoothed_labels(labels, 3),
        lambda: core.Data([[1.0], [2.0]], labels),
    ):
        with pytest.raises(TypeError, match=f"labels must be integers.*{cure}"):
            call()


def test_rows_of_different_lengths_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="scores must be an array, but its rows have different lengths"):
        core.softmax([[1.0, 2.0], [1.0]])
    with pytest.raises(ValueError, match="labels must be an array"):
        core.cross_entropy([ROW, ROW], [[0], [0, 1]])


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64, np.int32])
def test_an_object_that_only_speaks_dlpack_is_an_array(kind: type) -> None:
    batch = np.array([[1, 2, 3], [3, 2, 1]], kind)
    np.testing.assert_array_equal(core.softmax(OnlyDLPack(batch)), core.softmax(batch))
    labels = OnlyDLPack(np.array([2, 0]))
    np.testing.assert_array_equal(
        core.cross_entropy(OnlyDLPack(batch), labels), core.cross_entropy(batch, [2, 0])
    )
    assert core.entropy(OnlyDLPack(np.array([0.5, 0.5]))) == pytest.approx(np.log(2))


def test_what_lies_on_another_device_is_refused_in_words() -> None:
    with pytest.raises(TypeError, match=r"scores could not be taken over by DLPack.*main memory"):
        core.softmax(Elsewhere(ROW))


@pytest.mark.parametrize(
    "wrap",
    [
        list,
        tuple,
        collections.deque,
        pd.Series,
        pa.array,
        memoryview,
        lambda row: [np.float64(each) for each in row],
        lambda row: pd.DataFrame([row]).iloc[0],
    ],
)
def test_other_containers_are_read(wrap: Callable[[np.ndarray], Any]) -> None:
    np.testing.assert_array_equal(core.softmax(wrap(ROW)), core.softmax(ROW))


def test_the_input_is_never_written_to() -> None:
    row = ROW.copy()
    row.flags.writeable = False
    for function in (core.softmax, core.log_softmax, core.logsumexp, core.sigmoid):
        function(row)
    core.entropy(np.array([0.5, 0.5]))
    assert row.tolist() == [1.0, 2.0, 3.0]


@pytest.mark.parametrize("dtype", core.DTYPES)
@pytest.mark.parametrize("n_classes", [3, 40])
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_bad_score_is_found_among_forbidden_ones(dtype: str, n_classes: int, bad: float) -> None:
    scores = np.zeros((5, n_classes))
    scores[:, 0], scores[3, 1] = -np.inf, bad
    scores = scores.astype(getattr(ml_dtypes, dtype, dtype))
    for function in (
        core.softmax,
        core.entropy_from_logits,
        lambda rows: core.weston_watkins_hinge(rows, [1] * 5),
    ):
        with np.errstate(all="raise"), pytest.raises(ValueError, match="row 3: a score is"):
            function(scores)
