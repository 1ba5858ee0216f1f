"""The margin losses: CS231n's figures, the peers, and a subgradient that is one even at the kinks."""

import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

import softmax_core as core
from softmax_core import LOSSES

HINGES = tuple(name for name in LOSSES if name != "cross_entropy")
WEIGHTS = np.array([[0.01, -0.05, 0.1, 0.05], [0.7, 0.2, 0.05, 0.16], [0, -0.45, -0.2, 0.03]]).T
FIRST_WEIGHTS = np.array([[0.2, -0.5, 0.1, 2], [1.5, 1.3, 2.1, 0], [0, 0.25, 0.2, -0.3]]).T


def random_batch(seed: int, n: int = 40, k: int = 5) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    rng = np.random.default_rng(seed)
    return rng.normal(scale=2, size=(n, k)), rng.integers(k, size=n)


# CS231n, "Linear classification" (https://cs231n.github.io/linear-classify/), recomputed
@pytest.mark.parametrize(
    ("scores", "label", "margin", "loss"),
    [
        ([13, -7, 11], 0, 10, 8),
        ([10, -2, 3], 0, 1, 0),
        ([10, 9, 9], 0, 1, 0),
        ([10, -100, -100], 0, 1, 0),
        ([0] * 10, 3, 1, 9),
    ],
)
def test_the_notes_figures(scores: list[float], label: int, margin: float, loss: float) -> None:
    assert core.weston_watkins_hinge(scores, label, margin) == loss
    assert core.losses.hinge_terms(scores, label, margin).sum() == loss


def test_the_notes_worked_examples() -> None:
    params = core.LinearParams(WEIGHTS, [0, 0.2, -0.3])
    scores = core.linear_scores(params, [-15, 22, -44, 56])
    assert core.weston_watkins_hinge(scores, 2) == pytest.approx(1.58, abs=1e-12)
    assert core.losses.hinge_terms(scores, 2) == pytest.approx(np.array([0, 1.58, 0]), abs=1e-12)
    cat = core.linear_scores(core.LinearParams(FIRST_WEIGHTS, [1.1, 3.2, -1.2]), [56, 231, 24, 2])
    assert cat == pytest.approx(np.array([-96.8, 437.9, 60.75]))
    assert core.weston_watkins_hinge(cat, 0) == pytest.approx(694.25)


@pytest.mark.parametrize("margin", [0.0, 0.5, 1.0, 3.0])
@pytest.mark.parametrize("p", [1, 2])
def test_torch_divides_the_same_sum_by_the_number_of_classes(p: int, margin: float) -> None:
    torch = pytest.importorskip("torch")
    scores, labels = random_batch(p)
    loss = LOSSES["weston_watkins" if p == 1 else "squared_weston_watkins"]
    tensor = torch.tensor(scores, requires_grad=True)
    theirs = torch.nn.functional.multi_margin_loss(
        tensor, torch.tensor(labels), p=p, margin=margin, reduction="none"
    )
    assert loss.losses(scores, labels, margin) == pytest.approx(theirs.detach().numpy() * 5, rel=1e-14)
    theirs.sum().backward()
    assert loss.gradient(scores, labels, margin) == pytest.approx(tensor.grad.numpy() * 5, rel=1e-14)


def test_torch_chooses_the_same_subgradient_at_the_kink() -> None:
    torch = pytest.importorskip("torch")
    tensor = torch.tensor([[10.0, 9.0, 9.0]], requires_grad=True)
    torch.nn.functional.multi_margin_loss(tensor, torch.tensor([0])).backward()
    assert tensor.grad.tolist() == core.weston_watkins_hinge_gradient([[10.0, 9.0, 9.0]], [0]).tolist()


def test_scikit_learn_averages_the_same_crammer_singer_hinge() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    scores, labels = random_batch(3)
    theirs = metrics.hinge_loss(labels, scores, labels=np.arange(5))
    assert core.crammer_singer_hinge(scores, labels).mean() == pytest.approx(theirs, rel=1e-14)


def test_scikit_learn_has_the_same_binary_hinge() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    decision = np.random.default_rng(4).normal(size=30)
    labels = np.arange(30) % 2
    theirs = metrics.hinge_loss(labels, decision)
    ours = core.one_vs_all_hinge(np.stack([-decision, decision], axis=1), labels)
    assert ours.mean() == pytest.approx(2 * theirs, rel=1e-14)


def test_the_hinges_in_their_order() -> None:
    scores, labels = random_batch(5, n=200)
    terms = core.losses.hinge_terms(scores, labels)
    assert terms.max(axis=1) == pytest.approx(core.crammer_singer_hinge(scores, labels))
    assert terms.sum(axis=1) == pytest.approx(core.weston_watkins_hinge(scores, labels))
    assert (terms**2).sum(axis=1) == pytest.approx(core.squared_weston_watkins_hinge(scores, labels))
    errors = core.zero_one_loss(scores, labels)
    assert 0 < errors.mean() < 1
    for upper in (
        core.crammer_singer_hinge(scores, labels),
        core.weston_watkins_hinge(scores, labels),
        core.squared_weston_watkins_hinge(scores, labels),
        core.cross_entropy(scores, labels) / np.log(2),
    ):
        assert (errors <= upper).all()


def test_in_a_tie_the_first_is_the_prediction_here_as_in_every_accuracy() -> None:
    assert core.zero_one_loss([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0]], [0, 2]).tolist() == [0.0, 1.0]
    scores, labels = np.round(random_batch(3, n=200)[0]), random_batch(3, n=200)[1]
    errors = core.zero_one_loss(scores, labels)
    bins = core.reliability_bins(core.softmax(scores), labels, 1)
    assert 1 - errors.mean() == pytest.approx(bins[0].accuracy, abs=1e-15)
    config = core.TrainConfig(n_classes=scores.shape[1], init_scale=0.0)
    data = core.Data(scores, labels)
    tied = core.training.initial_state(config, data)
    assert 1 - core.zero_one_loss(np.zeros_like(scores), labels).mean() == pytest.approx(tied.accuracy)
    assert core.predictions(tied, data).max() == 0
    assert core.training.confusion_matrix(tied, data).trace() == pytest.approx(tied.accuracy * len(labels))
    assert core.zero_one_loss([1.0, -np.inf], 0) == 0
    assert core.zero_one_loss([1.0, -np.inf, -np.inf], 1) == 1


@pytest.mark.parametrize("name", HINGES)
@given(
    scores=st.lists(st.integers(-3, 3), min_size=4, max_size=4),
    others=st.lists(st.floats(-6, 6), min_size=4, max_size=4),
    label=st.integers(0, 3),
)
def test_the_subgradient_supports_the_loss_at_every_kink(
    name: str, scores: list[int], others: list[float], label: int
) -> None:
    """L(g) ≥ L(f) + ⟨∂L(f), g − f⟩; whole-number scores with margin 1 are full of kinks."""
    loss, here, there = LOSSES[name], np.array(scores, float), np.array(others)
    plane = loss.losses(here, label) + loss.gradient(here, label) @ (there - here)
    assert loss.losses(there, label) >= plane - 1e-12


@pytest.mark.parametrize("name", HINGES)
def test_at_the_kink_a_satisfied_sample_asks_for_nothing(name: str) -> None:
    scores = [1.0, -1.0, -1.0] if name == "one_vs_all" else [10.0, 9.0, 9.0]
    assert LOSSES[name].losses(scores, 0) == 0
    assert LOSSES[name].gradient(scores, 0).tolist() == [0.0, 0.0, 0.0]


def test_of_equal_rivals_crammer_and_singer_take_the_first() -> None:
    assert core.crammer_singer_hinge_gradient([2.0, 0.0, 2.0, 2.0], 1).tolist() == [1.0, -1.0, 0.0, 0.0]


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("dtype", core.DTYPES)
def test_formats_and_shapes_are_kept(name: str, dtype: str) -> None:
    scores, labels = random_batch(6, n=6, k=4)
    rounded = scores.astype(_format(dtype)).reshape(2, 3, 4)
    labels = labels.reshape(2, 3)
    losses, gradient = LOSSES[name].losses(rounded, labels), LOSSES[name].gradient(rounded, labels)
    assert (losses.dtype, losses.shape) == (rounded.dtype, (2, 3))
    assert (gradient.dtype, gradient.shape) == (rounded.dtype, (2, 3, 4))
    wide = LOSSES[name].losses(rounded.astype(np.float64), labels)
    assert losses.astype(np.float64) == pytest.approx(wide, rel=core.float_limits(dtype).eps)
    assert LOSSES[name].losses(rounded[0, 0], int(labels[0, 0])).shape == ()
    assert LOSSES[name].losses(np.ones((0, 3)), np.zeros(0, int)).shape == (0,)
    assert LOSSES[name].losses([[1, 2], [3, 4]], [0, 1]).dtype == np.float64


def _format(name: str) -> np.dtype:
    return np.dtype(pytest.importorskip("ml_dtypes").bfloat16 if name == "bfloat16" else name)


@pytest.mark.parametrize("name", LOSSES)
def test_a_single_class_has_no_rival(name: str) -> None:
    assert LOSSES[name].losses([3.0], 0) == 0
    assert LOSSES[name].gradient([3.0], 0).tolist() == [0.0]


@pytest.mark.parametrize("name", LOSSES)
def test_a_forbidden_rival_asks_for_nothing_and_a_forbidden_label_is_infinitely_bad(name: str) -> None:
    loss = LOSSES[name]
    with_it, without = [2.0, 1.5, -np.inf], [2.0, 1.5]
    assert loss.losses(with_it, 0) == loss.losses(without, 0)
    assert loss.gradient(with_it, 0).tolist() == pytest.approx([*loss.gradient(without, 0), 0.0])
    assert loss.losses([2.0, -np.inf, -np.inf], 1) == np.inf
    gradient = loss.gradient([2.0, -np.inf, -np.inf], 1)
    assert gradient[0] > 0
    assert gradient[1] < 0
    assert gradient[2] == 0 or name == "one_vs_all"


ALL: tuple[Callable[..., object], ...] = (
    core.losses.hinge_terms,
    core.zero_one_loss,
    *(loss.loss_function for loss in LOSSES.values()),
    *(loss.gradient_function for loss in LOSSES.values()),
)


@pytest.mark.parametrize("function", ALL)
@pytest.mark.parametrize("bad", [[0.0, np.nan], [0.0, np.inf], [-np.inf, -np.inf]])
def test_a_bad_row_is_named(function: Callable[..., object], bad: list[float]) -> None:
    with pytest.raises(ValueError, match="row 2"):
        function([[0.0, 1.0], [1.0, 2.0], bad], [0, 1, 0])


@pytest.mark.parametrize("function", ALL)
def test_bad_labels_and_formats_are_refused(function: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match="row 1: label 2"):
        function([[0.0, 1.0], [1.0, 2.0]], [0, 2])
    with pytest.raises(TypeError, match="labels"):
        function([0.0, 1.0], 0.5)
    with pytest.raises(ValueError, match="labels of shape"):
        function([[0.0, 1.0]], [0, 1])
    with pytest.raises(TypeError, match="scores"):
        function([True, False], 0)


@pytest.mark.parametrize("name", HINGES)
@pytest.mark.parametrize("margin", [-0.5, np.nan, np.inf])
def test_a_bad_margin_is_refused(name: str, margin: float) -> None:
    with pytest.raises(ValueError, match="margin"):
        LOSSES[name].losses([0.0, 1.0], 0, margin)
    with pytest.raises(ValueError, match="margin"):
        LOSSES[name].gradient([0.0, 1.0], 0, margin)


@pytest.mark.parametrize("name", LOSSES)
def test_huge_scores_pass_without_a_warning(name: str) -> None:
    scores = [[1e308, -1e308, 0.0]] * 2
    assert (LOSSES[name].losses(scores, [0, 1]) >= 0).all()
    assert not np.isnan(LOSSES[name].gradient(scores, [0, 1])).any()


@pytest.mark.parametrize("name", LOSSES)
def test_only_gaps_count_for_all_but_one_vs_all(name: str) -> None:
    scores, labels = random_batch(7)
    moved = LOSSES[name].losses(scores + 2.0, labels)
    assert np.allclose(moved, LOSSES[name].losses(scores, labels)) == LOSSES[name].uses_gaps


@pytest.mark.parametrize("name", HINGES)
def test_losses_grow_with_the_scale_as_their_degree_says(name: str) -> None:
    scores, labels = random_batch(8)
    loss = LOSSES[name]
    scaled = loss.losses(3 * scores, labels, margin=6.0)
    assert scaled == pytest.approx(3.0 ** (loss.degree or 0) * loss.losses(scores, labels, margin=2.0))


@pytest.mark.parametrize("name", HINGES)
@pytest.mark.parametrize(
    "margin", [[1.0, 1.0], np.ones((1, 1)), None, "1", 1j, True, np.ma.array(1.0, mask=True)]
)
def test_a_margin_that_is_not_one_number_is_refused_in_words(name: str, margin: object) -> None:
    for function in (LOSSES[name].losses, LOSSES[name].gradient):
        with pytest.raises(TypeError, match="the margin must be a number"):
            function([[0.0, 1.0]], [0], margin)  # type: ignore[arg-type]
    assert LOSSES[name].losses([0.5, 0.0], 0, np.float32(0.5)) == LOSSES[name].losses([0.5, 0.0], 0, 0.5)


@pytest.mark.parametrize("function", ALL)
def test_the_classes_can_be_on_another_axis(function: Callable[..., object]) -> None:
    scores, labels = random_batch(9, n=12, k=4)
    scores, labels = scores.reshape(3, 4, 4), labels.reshape(3, 4)
    wanted = np.asarray(function(scores, labels))
    found = np.asarray(function(np.moveaxis(scores, -1, 0), labels, axis=0))
    np.testing.assert_array_equal(np.moveaxis(found, 0, -1) if wanted.ndim == 3 else found, wanted)
    np.testing.assert_array_equal(function(scores, labels, axis=2), wanted)
    with pytest.raises(TypeError):
        function(scores, labels, axis=(0, 1))
    with pytest.raises(ValueError, match="no axis 3"):
        function(scores, labels, axis=3)


@pytest.mark.parametrize("function", ALL)
def test_a_margin_loss_needs_little_memory_beside_its_result(function: Callable[..., object]) -> None:
    scores, labels = random_batch(10, n=200_000, k=10)
    narrow = scores.astype(np.float32)
    tracemalloc.start()
    result = np.asarray(function(narrow, labels))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < result.nbytes + 0.6 * narrow.nbytes


@pytest.mark.parametrize("function", ALL)
def test_a_row_is_judged_alike_alone_and_in_a_large_batch(function: Callable[..., object]) -> None:
    for n, k in ((20_000, 3), (1_500, 50)):
        scores, labels = random_batch(11, n=n, k=k)
        scores[:, 1] = -np.inf
        labels[labels == 1] = 0
        batch = np.asarray(function(scores, labels))
        for row in (0, 1, n // 2, n - 1):
            np.testing.assert_array_equal(batch[row], function(scores[row], labels[row]))
        scores[n - 2, 2] = np.nan
        with pytest.raises(ValueError, match=f"row {n - 2}: a score is NaN"):
            function(scores, labels)
        with pytest.raises(ValueError, match=rf"row \({n // 2 - 1}, 0\): a score is NaN"):
            function(scores.reshape(n // 2, 2, k), labels.reshape(n // 2, 2))


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("dtype", core.DTYPES)
def test_no_warning_and_nothing_raised_for_any_finite_score(name: str, dtype: str) -> None:
    largest, tiny = core.float_limits(dtype).max, core.float_limits(dtype).smallest_subnormal
    with np.errstate(all="ignore"):
        rows = np.array(
            [[largest, -largest, 0], [tiny, -tiny, 0], [-np.inf, 0, largest], [1, 1, 1]], _format(dtype)
        )
    with np.errstate(all="raise"):
        for label in range(3):
            assert (LOSSES[name].losses(rows, [label] * 4) >= 0).all()
            assert not np.isnan(LOSSES[name].gradient(rows, [label] * 4).astype(float)).any()
