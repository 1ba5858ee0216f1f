"""The readable formulas give the numbers of the fast code."""

from __future__ import annotations

import numpy as np
import pytest

import softmax_core as core
from softmax_core import reference
from softmax_core._limits import _LAYOUT

WITHIN = reference.AGREEMENT
TINY = np.finfo(float).tiny
ROWS = [
    [-2.85, 0.86, 0.28],
    [123.0, 456.0, 789.0],
    [10.0, -100.0, -100.0],
    [2.0, 2.0, -1.0],
    [-745.0, -744.0],
    [709.0, 709.5, 709.7],
    [-1000.0, -1001.0, -1002.0],
    [0.1, 0.2, 0.3, 0.4, -0.5, 9.0, 8.0, 1e4],
]
BELIEFS = [
    ([0.0, 0.0, 1.0], [0.015449, 0.631163, 0.353388]),
    ([0.6, 0.3, 0.1], [0.2, 0.3, 0.5]),
    ([0.5, 0.5], [0.5 + 1e-9, 0.5 - 1e-9]),
    ([0.5, 0.25, 0.125, 0.125], [0.25] * 4),
    ([0.5, 0.5], [1.0, 0.0]),
]
each_row = pytest.mark.parametrize("row", ROWS, ids=str)


def close(found: object, expected: object, within: float = WITHIN, least: float = TINY) -> None:
    np.testing.assert_allclose(found, expected, rtol=within, atol=least)


@each_row
def test_softmax_and_its_losses(row: list[float]) -> None:
    f = np.array(row)
    close(reference.softmax(f), core.softmax(f))
    for y in range(len(f)):
        close(reference.cross_entropy(f, y), core.cross_entropy(f, y))
        close(reference.cross_entropy_gradient(f, y), core.cross_entropy_gradient(f, y))


def test_a_forbidden_class_has_probability_0_and_an_infinite_loss() -> None:
    f = np.array([-np.inf, 0.86, 0.28, -np.inf])
    close(reference.softmax(f), core.softmax(f))
    close(reference.exponentials(f), core.numerics.steps_in_range(f).exponentials)
    losses = [reference.cross_entropy(f, y) for y in range(4)]
    close(losses, [core.cross_entropy(f, y) for y in range(4)])
    close(reference.losses_by_logs(f)[0], losses)


@each_row
def test_rescaling_and_plain_exponentials(row: list[float]) -> None:
    f = np.array(row)
    assert np.array_equal(reference.exponentials(f), core.numerics.steps_in_range(f).exponentials)
    for constant, temperature in ((0.0, 1.0), (-3.7, 0.1), (250.0, 10.0)):
        found = reference.rescaled(f, constant, temperature)
        assert np.array_equal(found, core.numerics.rescale(f, constant, temperature))


@each_row
@pytest.mark.parametrize("margin", [0.0, 0.5, 1.0, 10.0])
def test_the_hinge(row: list[float], margin: float) -> None:
    f = np.array(row)
    for y in range(len(f)):
        exact = core.numerics.decimal_hinge(f, y, margin)
        close(reference.hinge_terms(f, y, margin), exact.terms)
        close(reference.hinge(f, y, margin), exact.loss)
        assert reference.hinge_gradient(f, y, margin).tolist() == exact.gradient


def test_a_typed_score_can_be_exactly_at_the_margin() -> None:
    f = np.array([0.9, 1.4])
    assert f[0] - f[1] + 0.5 > 0
    assert reference.hinge_gradient(f, 1, 0.5).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("dtype", core.DTYPES)
@each_row
def test_every_step_is_the_same_to_the_last_bit(row: list[float], dtype: str) -> None:
    naive, shifted, by_logs, free = (
        core.softmax_steps(row, algorithm, dtype, log_c)
        for algorithm, log_c in (("naive", None), ("shifted", None), ("logsumexp", None), ("free_shift", -7))
    )
    f = naive.scores
    with np.errstate(all="ignore"):
        for log_c, steps in ((f.dtype.type(0), naive), (-f.max(), shifted), (f.dtype.type(-7), free)):
            found = reference.softmax_by_steps(f, log_c)
            expected = (steps.shifted, steps.exponentials, steps.total, steps.probs, steps.losses)
            for one, other in zip(found, expected, strict=True):
                assert np.array_equal(np.asarray(one, float), np.asarray(other, float), equal_nan=True)
        losses, probs = reference.losses_by_logs(f)
        assert losses.dtype == f.dtype
        assert np.array_equal(losses, by_logs.losses, equal_nan=True)
        assert np.array_equal(probs, by_logs.probs, equal_nan=True)
        for y in range(len(f)):
            expected = core.numerics.loss_from_logsumexp(f, y)
            assert np.array_equal(reference.loss_from_sum(f, y), expected, equal_nan=True)


@pytest.mark.parametrize("dtype", core.DTYPES)
def test_the_ends_of_exp(dtype: str) -> None:
    limits, (_, *layout) = core.float_limits(dtype), _LAYOUT[dtype]
    close(reference.ends_of_exp(*layout), (limits.exp_min, limits.exp_max))


def test_scores_penalties_and_the_sigmoid() -> None:
    rng = np.random.default_rng(0)
    W, b, X = rng.standard_normal((4, 3)), rng.standard_normal(3), rng.standard_normal((9, 4))
    params = core.LinearParams(W, b)
    close(reference.linear_scores(W, X, b), core.linear_scores(params, X), least=1e-14)
    for halved in (False, True):
        value, slope = reference.penalty(W, 0.3, halved)
        exact = core.linear.penalty(W, 0.3, halved)
        close(value, exact.value)
        close(slope, exact.gradient)
    x = np.linspace(-700, 700, 57)
    close(reference.sigmoid(x), core.sigmoid(x))


def test_the_printed_numbers_are_judged_alike() -> None:
    judged = [
        found
        for found in map(core.notes.recompute, core.notes.GOLD)
        if found.row.printed and np.isfinite(found.off).all()
    ]
    assert len(judged) > 15
    for found in judged:
        pairs = zip(found.row.printed, found.values, strict=False)
        assert tuple(reference.agrees(*pair) for pair in pairs) == found.agrees, found.row.key


@pytest.mark.parametrize(("unit", "log"), [("nats", np.log), ("bits", np.log2)])
@pytest.mark.parametrize(("p", "q"), BELIEFS, ids=str)
def test_what_a_belief_costs(p: list[float], q: list[float], unit: str, log: np.ufunc) -> None:
    p, q = np.array(p), np.array(q)
    with np.errstate(divide="ignore"):
        close(reference.surprisal(q, log), core.surprisal(q, unit))
        close(reference.entropy(p, log), core.entropy(p, unit))
        cross = reference.distribution_cross_entropy(p, q, log)
        close(cross, core.distribution_cross_entropy(p, q, unit))
        close(reference.kl_divergence(p, q, log), core.kl_divergence(p, q, unit), least=WITHIN)
    for smoothing in (0.0, 0.15, 1.0):
        close(reference.smoothed(p, smoothing), core.information.smoothed_distribution(p, smoothing))


@pytest.mark.parametrize("n_samples", [30, 300, 1000])
def test_likelihood_and_posterior(n_samples: int) -> None:
    data = core.make_dataset("blobs", n_samples, 1.2, seed=2)
    X, y = data.X, data.labels
    for scale, l2 in ((0.0, 0.1), (0.5, 1e-3), (3.0, 1.0)):
        W = scale * np.random.default_rng(7).standard_normal((2, 3))
        b = np.array([0.1, -0.2, 0.0])
        params, f = core.LinearParams(W, b), reference.linear_scores(W, X, b)
        for dtype, within in (("float64", WITHIN), ("float32", reference.AGREEMENT_IN_FLOAT32)):
            run = core.information.running_likelihood(params, data, dtype)
            found = reference.running_product(f, y, dtype)
            assert found.dtype == run.products.dtype
            close(found, run.products, within, least=float(np.finfo(dtype).tiny))
        close(reference.running_log_likelihood(f, y), run.logs)
        exact = core.information.log_posterior(params, data, l2)
        close(reference.log_posterior(W, b, X, y, l2), exact.log_posterior)
        close(reference.log_prior(W, exact.variance), exact.log_prior)
        close(reference.scaled_objective(W, b, X, y, l2), exact.scaled_objective)


@pytest.mark.parametrize("n_samples", [30, 300])
def test_the_optimum_and_how_sure_it_is(n_samples: int) -> None:
    within = reference.AGREEMENT_AT_AN_OPTIMUM
    data = core.make_dataset("blobs", n_samples, 1.2, seed=1)
    unseen = core.make_dataset("blobs", 600, 1.2, seed=99)
    l2s = [1e-5, 0.02, 10.0]
    for l2, sure in zip(l2s, core.information.sureness_over_l2(data, unseen, l2s), strict=True):
        theta = reference.newton(data.X, data.labels, l2, np.zeros((3, 3)), steps=20)
        p = reference.softmax(reference.linear_scores(theta[:-1], unseen.X, theta[-1]))
        right = p.argmax(axis=1) == unseen.labels
        close(np.linalg.norm(theta[:-1]), sure.fit.norm, within)
        close(p.max(axis=1).mean(), sure.confidence, within)
        close(np.mean([reference.entropy(row, np.log) for row in p]), sure.entropy, within)
        check = core.check_calibration(p, unseen.labels, draws=50, seed=3)
        close(reference.calibration_error(p, right, 10), check.error, within)
        close(np.mean(reference.errors_by_chance(p, 10, 50, 3)), check.chance, within)
