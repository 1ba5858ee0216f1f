"""Entropy and divergence from scores: right to a few units, also for sure rows and nearly equal ones."""

from __future__ import annotations

import ml_dtypes
import mpmath
import numpy as np
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from softmax_core import DTYPES, entropy, entropy_from_logits, kl_divergence, kl_from_logits, softmax

SCORES = arrays(np.float64, 5, elements=st.floats(-60, 60))
INF = np.inf


def exact(scores: np.ndarray) -> list[mpmath.mpf]:
    exps = [mpmath.exp(mpmath.mpf(float(score))) for score in scores]
    return [each / mpmath.fsum(exps) for each in exps]


def units_off(found: object, true: mpmath.mpf) -> float:
    return float(abs(mpmath.mpf(float(found)) - true) / abs(true) * 2**53)  # type: ignore[arg-type]


@pytest.mark.parametrize("scale", [1e-3, 1.0, 30.0, 200.0])
@pytest.mark.parametrize("apart", [1e-14, 1e-9, 1e-4, 0.1, 5.0, 300.0])
def test_both_are_right_to_a_few_units(scale: float, apart: float) -> None:
    rng = np.random.default_rng(0)
    with mpmath.workdps(600):
        for size in (2, 3, 10, 40):
            a = scale * rng.normal(size=size)
            b = a + apart * rng.normal(size=size) + rng.choice([0.0, 3.7, 1000.0])
            p, q = exact(a), exact(b)
            true_entropy = -mpmath.fsum(each * mpmath.log(each) for each in p)
            true_divergence = mpmath.fsum(
                own * mpmath.log(own / other) for own, other in zip(p, q, strict=True)
            )
            if true_entropy > 1e-290:
                assert units_off(entropy_from_logits(a), true_entropy) <= 8
                assert units_off(entropy_from_logits(a, "bits"), true_entropy / mpmath.log(2)) <= 8
            if true_divergence > 1e-290:
                assert units_off(kl_from_logits(a, b), true_divergence) <= 16
                assert units_off(kl_from_logits(a, b, "bits"), true_divergence / mpmath.log(2)) <= 16


@given(SCORES, SCORES)
def test_they_agree_with_scipy(a: np.ndarray, b: np.ndarray) -> None:
    p, q = scipy.special.softmax(a), scipy.special.softmax(b)
    assert entropy_from_logits(a) == pytest.approx(scipy.stats.entropy(p), rel=1e-9, abs=1e-14)
    assert kl_from_logits(a, b) == pytest.approx(scipy.stats.entropy(p, q), rel=1e-9, abs=1e-12)


@given(SCORES, st.floats(-1e3, 1e3))
def test_they_have_their_bounds(a: np.ndarray, constant: float) -> None:
    assert 0 <= entropy_from_logits(a) <= np.log(5)
    assert kl_from_logits(a, a) == 0
    assert 0 <= kl_from_logits(a, a + constant) < 1e-24
    assert kl_from_logits(a, a[::-1]) >= 0


def test_what_probabilities_have_lost_is_still_there() -> None:
    narrow = np.array([40.0, 0.0], np.float32)
    assert entropy(softmax(narrow)) == pytest.approx(41 * np.exp(-40), rel=1e-6, abs=0)
    half = np.array([40.0, 0.0], np.float16)
    assert entropy(softmax(half)) == 0
    assert entropy_from_logits(half) == entropy_from_logits([40.0, 0.0]) > 0
    near = np.array([1.0 + 2.0**-40, 0.0])
    true = 0.5 * 2.0**-80 * np.exp(-1) / (1 + np.exp(-1)) ** 2  # half the variance, times the step squared
    assert kl_from_logits([1.0, 0.0], near) == pytest.approx(true, rel=1e-11, abs=0)
    assert kl_divergence(softmax([1.0, 0.0]), softmax(near)) != pytest.approx(true, rel=1e-6, abs=0)


@pytest.mark.parametrize("size", [1, 2, 8, 512, 4096])
def test_powers_of_two_alike_have_whole_bits(size: int) -> None:
    assert entropy_from_logits(np.full(size, 7.25), "bits") == np.log2(size)


def test_forbidden_classes() -> None:
    assert entropy_from_logits([0.0, -INF, 0.0]) == entropy_from_logits([0.0, 0.0])
    assert entropy_from_logits([0.0, -INF]) == 0
    assert kl_from_logits([0, -INF, 0], [0, -INF, 0]) == 0
    assert kl_from_logits([0, 1.0, 0], [0, -INF, 0]) == INF
    assert kl_from_logits([0, -INF], [0, 0.0]) == pytest.approx(np.log(2))
    assert kl_from_logits([0.0, -800.0], [0.0, 0.0]) == pytest.approx(np.log(2))
    assert kl_from_logits([0.0, -800.0], [0.0, 800.0]) == pytest.approx(800)
    assert kl_from_logits([1e308, 0.0], [-1e308, 0.0]) == 1e308
    assert kl_from_logits([0.0, 0.0], [1.7e308, -1.7e308]) == 1.7e308
    assert kl_from_logits([0.0] * 4, [1e308, -1e308, 0.0, 0.0]) == 1e308
    assert kl_from_logits([0.0] * 3, [1e308, -1e308, -INF]) == INF
    assert kl_from_logits([1.7e308, 0.0], [0.0, 1.7e308]) == 1.7e308


@pytest.mark.parametrize("dtype", DTYPES)
def test_formats_edges_and_axes(dtype: str) -> None:
    kind = ml_dtypes.bfloat16 if dtype == "bfloat16" else dtype
    batch = np.random.default_rng(1).normal(scale=4, size=(3, 4, 5)).astype(kind)
    other = batch[0, 0]
    with np.errstate(all="raise"):
        for unit in ("nats", "bits"):
            found = entropy_from_logits(batch, unit)
            np.testing.assert_array_equal(found, entropy_from_logits(batch.astype(np.float64), unit))
            np.testing.assert_array_equal(found, entropy_from_logits(np.moveaxis(batch, -1, 0), unit, axis=0))
            divergence = kl_from_logits(batch, other, unit)
            assert divergence.shape == (3, 4)
            assert divergence[0, 0] == 0
            assert divergence[2, 3] == kl_from_logits(batch[2, 3], other, unit)
        assert entropy_from_logits(batch, axis=(0, 2)).shape == (4,)
        assert kl_from_logits(batch, batch[::-1], axis=(0, 1, 2)).shape == ()
        assert entropy_from_logits(batch[:0]).shape == (0, 4)
        assert kl_from_logits(batch[:0], other).shape == (0, 4)
        assert entropy_from_logits(batch[..., :1]).tolist() == np.zeros((3, 4)).tolist()
        limits = np.finfo(kind) if dtype != "bfloat16" else ml_dtypes.finfo(kind)
        far = np.array([limits.max, -limits.max, limits.smallest_subnormal, 0], kind)
        assert entropy_from_logits(far) == 0
        assert kl_from_logits(far, far) == 0


def test_bad_input_is_refused_in_words() -> None:
    for function in (entropy_from_logits, lambda scores: kl_from_logits([0.0, 0.0], scores)):
        with pytest.raises(ValueError, match="row 20000: a score is NaN"):
            function(np.vstack([np.zeros((20_000, 2)), [[np.nan, 0.0]], np.zeros((9, 2))]))
        with pytest.raises(ValueError, match="row 0: every score is −inf"):
            function([[-INF, -INF]])
        with pytest.raises(ValueError, match="no class"):
            function(np.zeros((2, 0)))
        with pytest.raises(TypeError, match="masked"):
            function(np.ma.array([0.0, 0.0]))
    with pytest.raises(ValueError, match="2 classes and q_scores 3"):
        kl_from_logits([0.0, 0.0], [0.0, 0.0, 0.0])
    with pytest.raises(ValueError, match="hartleys"):
        entropy_from_logits([0.0], "hartleys")  # type: ignore[arg-type]
