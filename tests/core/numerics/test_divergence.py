"""The sweep over growing scores: which way of writing softmax leaves the truth, where, and how far."""

from __future__ import annotations

import numpy as np
import pytest

from softmax_core import DTYPES, softmax
from softmax_core.numerics import FormatName, divergence_sweep, softmax_naive

SCORES = [1.0, 2.0, 3.0]


def test_the_naive_softmax_overflows_at_the_limit_of_exp() -> None:
    scales = np.linspace(0, 400, 401)
    sweep = divergence_sweep(SCORES, scales, "float64")
    assert sweep.overflow_index == 237  # 3·237 = 711 > 709.78
    assert sweep.overflow_scale == 237
    assert np.isfinite(sweep.naive[:237]).all()
    assert np.isnan(sweep.naive[237:]).any(axis=1).all()
    assert np.isinf(sweep.naive_ulp[237:]).all()
    assert np.isfinite(sweep.shifted_ulp).all()


@pytest.mark.parametrize("name", DTYPES)
def test_only_the_core_stays_within_4_ulp(name: str) -> None:
    sweep = divergence_sweep([-2.85, 0.86, 0.28], np.linspace(0, 250, 100), name)
    assert sweep.dtype == name
    assert sweep.core_ulp.max() <= 4
    if name in ("float32", "float64"):
        assert sweep.shifted_ulp.max() > 4
        assert sweep.logsumexp_ulp.max() > 4


def test_every_row_is_what_the_function_gives() -> None:
    sweep = divergence_sweep(SCORES, [0.5, 300], "float64")
    np.testing.assert_array_equal(sweep.core, softmax(np.outer([0.5, 300], SCORES)))
    np.testing.assert_array_equal(sweep.naive[0], softmax_naive(0.5 * np.array(SCORES)))
    assert sweep.core.shape == sweep.shifted.shape == sweep.logsumexp.shape == (2, 3)
    assert sweep.core_ulp.shape == sweep.scales.shape == (2,)


def test_no_overflow_is_none() -> None:
    sweep = divergence_sweep(SCORES, [1, 2], "float64")
    assert sweep.overflow_index is None
    assert sweep.overflow_scale is None


def test_scores_beyond_the_format_are_nan_everywhere() -> None:
    sweep = divergence_sweep([0.0, 1000.0], [1, 100], "float16")
    assert np.isfinite(sweep.core[0]).all()
    assert np.isnan(sweep.core[1]).all()
    assert np.isinf(sweep.core_ulp[1])
    assert np.isnan(divergence_sweep([1e5], [1.0], "float16").naive).all()


@pytest.mark.parametrize(
    ("scores", "scales"),
    [
        ([np.nan, 0.0], [1]),
        ([-np.inf, -np.inf], [1]),
        ([1.0, np.inf], [1]),
        ([1.0], [np.inf]),
        ([[1.0]], [1]),
        ([1.0], [[1]]),
    ],
)
def test_bad_arguments_are_refused(scores: object, scales: object) -> None:
    with pytest.raises(ValueError, match=r"must be|row 0"):
        divergence_sweep(scores, scales, "float64")  # type: ignore[arg-type]


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_forbidden_class_stays_at_0_and_changes_nothing_else(dtype: FormatName) -> None:
    scales = [0.0, 1.0, 50.0, 300.0]
    masked = divergence_sweep([*SCORES, -np.inf], scales, dtype)
    bare = divergence_sweep(SCORES, scales, dtype)
    for name in ("shifted", "logsumexp", "core"):
        assert (getattr(masked, name)[:, -1] == 0).all()
    np.testing.assert_allclose(masked.core[:, :-1].astype(float), bare.core.astype(float), rtol=1e-2)
    np.testing.assert_array_equal(np.isinf(masked.naive_ulp), np.isinf(bare.naive_ulp))
    assert masked.core_ulp.max() <= 4
    assert masked.overflow_scale == bare.overflow_scale
