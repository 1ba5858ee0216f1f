"""At most 4 ulp, on a sample; benchmarks/softmax_accuracy.py measures over many more scores."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from softmax_core import _near_one, cross_entropy, cross_entropy_gradient, log_softmax, logsumexp, softmax
from softmax_core.numerics import (
    exact_cross_entropy,
    exact_log_softmax,
    exact_logsumexp,
    exact_softmax,
    ulp_error,
)

PAIRS = {
    "softmax": (softmax, exact_softmax),
    "log_softmax": (log_softmax, exact_log_softmax),
    "logsumexp": (logsumexp, exact_logsumexp),
    "cross_entropy": (lambda f: cross_entropy(f, 0), lambda f, digits: exact_cross_entropy(f, 0, digits)),
}
LN2, BIGGEST = float(np.log(2.0)), float(np.finfo(np.float64).max)
RNG = np.random.default_rng(0)
HARD_ROWS = {
    "spread 10": RNG.normal(scale=10, size=33),
    "spread 300": RNG.normal(scale=300, size=100),
    "spread 1e5": RNG.normal(scale=1e5, size=10),
    "1000 classes": RNG.normal(scale=5, size=1000),
    "1000 ties": np.full(1000, 0.3),
    "tiny spread": RNG.normal(scale=1e-12, size=10),
    "far away": RNG.normal(scale=10, size=10) + 1e6,
    "one on top of many at half an ulp": np.r_[0.0, np.full(999, -36.75)],
    "the same, shifted": np.r_[0.0, np.full(999, -36.75)] + 2000.1,
    "two on top, all far below": np.r_[0.0, 0.0, np.full(998, -39.6)] - 800.3,
    "second best on top of many": np.r_[0.0, -27.7, np.full(998, -64.5)],
    "subnormal shares": np.r_[0.0, np.linspace(-750, -700, 40)],
    "subnormal shares, shifted": np.r_[0.0, np.linspace(-750, -700, 40)] + 1e3,
    "cancelling logsumexp": np.array([-LN2, -LN2]),
    "cancelling to 1e-36": np.array([-1e-20, -46.05170185988092]),
    "log-probabilities": np.log(RNG.dirichlet(np.ones(10))),
    "largest numbers": np.array([BIGGEST, -BIGGEST, 0.0]),
    "largest, equal": np.array([BIGGEST, BIGGEST]),
    "forbidden classes": np.array([-np.inf, 3.1, -np.inf, 700.0, 2.2]),
    "smallest numbers": np.array([5e-324, -5e-324, 0.0]),
}


IN_FLOAT32 = {name: row for name, row in HARD_ROWS.items() if (np.abs(row[np.isfinite(row)]) < 3e38).all()}


@pytest.mark.parametrize("kind", [np.float64, np.float32])
@pytest.mark.parametrize("name", PAIRS)
def test_hard_rows_are_within_4_ulp(name: str, kind: type) -> None:
    computed, exact = PAIRS[name]
    rows = IN_FLOAT32 if kind is np.float32 else HARD_ROWS
    off = {row: np.max(ulp_error(computed(f := rows[row].astype(kind)), exact(f, digits=40))) for row in rows}
    assert {row: error for row, error in off.items() if not error <= 4} == {}


@pytest.mark.parametrize("name", PAIRS)
@given(hnp.arrays(np.float64, st.integers(1, 20), elements=st.floats(allow_nan=False, allow_infinity=False)))
def test_any_finite_scores_are_within_4_ulp(name: str, scores: np.ndarray) -> None:
    computed, exact = PAIRS[name]
    assert np.max(ulp_error(computed(scores), exact(scores, digits=40))) <= 4


@pytest.mark.parametrize("name", PAIRS)
@given(
    hnp.arrays(np.float32, st.integers(1, 20), elements=st.floats(-2000, 2000, width=32)),
    st.sampled_from([np.float32, np.float64]),
)
def test_scores_of_usual_size_are_within_4_ulp(
    name: str, scores: np.ndarray, kind: Callable[..., np.ndarray]
) -> None:
    computed, exact = PAIRS[name]
    assert np.max(ulp_error(computed(scores.astype(kind)), exact(scores, digits=40))) <= 4


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("n_classes", [1, 2, 3, 10, 33, 300])
def test_the_logsumexp_of_log_probabilities_keeps_its_digits(kind: type, n_classes: int) -> None:
    n_rows = 12 if n_classes < 100 else 4
    for spread, offset in product([0.0, 0.1, 3.0, 12.0], [0.0, -0.4, 1e-9]):
        rng = np.random.default_rng(n_classes)
        logs = log_softmax((rng.normal(size=(n_rows, n_classes)) * spread).astype(kind)) + kind(offset)
        logs[:, 1:][rng.random((n_rows, n_classes - 1)) < 0.1] = -np.inf
        assert ulp_error(logsumexp(logs), exact_logsumexp(logs, digits=40)).max() <= 4, (spread, offset)


@given(
    hnp.arrays(np.float64, st.integers(1, 8), elements=st.floats(-40, -1e-300)),
    st.sampled_from([0.0, 1e-20, 1e-300]),
)
def test_the_logsumexp_of_scores_below_0_keeps_its_digits(scores: np.ndarray, least: float) -> None:
    scores = np.minimum(scores, -least)
    assert ulp_error(logsumexp(scores), exact_logsumexp(scores, digits=40)) <= 4


def test_a_long_row_of_log_probabilities_is_computed_in_parts() -> None:
    logs = log_softmax(np.random.default_rng(0).normal(size=9000))
    assert ulp_error(logsumexp(logs), exact_logsumexp(logs, digits=40)) <= 4


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("n_classes", [1, 2, 3, 10, 200])
def test_the_logsumexp_of_sure_log_probabilities_keeps_its_digits(kind: type, n_classes: int) -> None:
    leads = np.repeat([4, 5, 8, 12, 20, 36, 60, 100, 300, 550, 590, 690], 2)
    scores = np.random.default_rng(n_classes).normal(size=(len(leads), n_classes))
    scores[:, 0] += leads + np.log(n_classes)
    logs = log_softmax(scores).astype(kind)
    assert ulp_error(logsumexp(logs), exact_logsumexp(logs, digits=60)).max() <= 4


def test_sure_log_probabilities_hardly_ever_need_the_decimal_reference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []

    def reference(row: np.ndarray, digits: int) -> object:
        asked.append(row)
        return exact_logsumexp(row, digits=digits)

    monkeypatch.setattr(_near_one, "exact_logsumexp", reference)
    scores = np.random.default_rng(0).normal(size=(500, 5))
    scores[:, 0] += np.linspace(5, 500, 500)
    logsumexp(log_softmax(scores))
    assert len(asked) <= 5


@pytest.mark.parametrize(("kind", "depth"), [(np.float32, -104), (np.float32, -110), (np.float16, -24)])
@pytest.mark.parametrize("name", ["logsumexp", "log_softmax", "cross_entropy"])
def test_many_terms_that_the_format_cannot_hold_one_by_one(kind: type, depth: float, name: str) -> None:
    row = np.r_[0.0, np.full(400, depth)].astype(kind)
    computed, exact = PAIRS[name]
    assert np.max(ulp_error(computed(row), exact(row, digits=40))) <= 1


def exact_gradient(row: list[float], label: int) -> np.ndarray:
    probs = exact_softmax(row, digits=60)
    probs[label] = -sum(share for other, share in enumerate(probs) if other != label)
    return probs


WORST = [  # found by benchmarks/softmax_search.py and before it; the label counts in the gradient alone
    ("softmax", [31.92797774080273, 6.732409146600588, 2.1093751466317254], 0, 3.7),
    ("softmax", [96.55765192390774, 101.95590976689687, 96.36627794110188], 0, 3.2),
    ("softmax", [3.511727901736455, 6.9502759687293425, -0.495627713937846], 0, 3.5),
    ("logsumexp", [-0.10474525592905258, -1.4780634638588734], 0, 1.9),
    ("logsumexp", [-0.10344091536839495, -1.4763748656246969], 0, 1.9),
    ("logsumexp", [-0.25829976879315875, 0.2589394195086692, -np.inf, -0.5182717295403045], 0, 1.9),
    (
        "log_softmax",
        [-9.226941745904748, -12.65580108995094, -0.010622534250246736, -3.4651472221573543],
        0,
        3.1,
    ),
    (
        "gradient",
        [
            -5.260510288418563,
            -6.396961389772938,
            -12.130777014463337,
            0.46647940910635055,
            -4.376214931584063,
        ],
        2,
        3.8,
    ),
    (
        "gradient",
        [
            -311.22210634103385,
            -307.8390726187147,
            -306.4535560533302,
            -310.45852587782076,
            -305.94562620232267,
            -307.9293873629213,
            -305.91995055978725,
            -313.6901482943592,
            -312.48693141361247,
            -300.127078794674,
            -314.8498683810611,
            -314.8107570874852,
        ],
        5,
        3.8,
    ),
]


@pytest.mark.parametrize(("name", "row", "label", "allowed"), WORST)
def test_the_worst_rows_found_by_search(name: str, row: list[float], label: int, allowed: float) -> None:
    if name == "gradient":
        errors = ulp_error(cross_entropy_gradient(row, label), exact_gradient(row, label))
    else:
        computed, exact = PAIRS[name]
        errors = ulp_error(computed(row), exact(row, digits=40))
    assert np.max(errors) <= allowed + 0.1
