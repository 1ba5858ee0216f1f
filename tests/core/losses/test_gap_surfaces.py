"""Losses over score gaps: the surface is the loss at every point, and the way down ends where it should."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import softmax_core as core
from softmax_core import LOSSES
from softmax_core.losses import _gap_surfaces as gap_surfaces

ON_GAPS = tuple(name for name in LOSSES if LOSSES[name].uses_gaps)
A, B = np.linspace(-6, 4, 23), np.linspace(-5, 5, 17)


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("name", ON_GAPS)
def test_a_surface_is_the_loss_at_every_point(name: str, temperature: float) -> None:
    surface = core.losses.gap_surface(name, A, B, margin=1.5, temperature=temperature)
    field = core.losses.gap_surface_gradient(name, A, B, margin=1.5, temperature=temperature)
    assert surface.shape == (17, 23)
    assert field.shape == (2, 17, 23)
    scores = np.stack(np.broadcast_arrays(0.0, A, B[:, None]), axis=-1) / temperature
    label = np.zeros(surface.shape, dtype=int)
    np.testing.assert_array_equal(surface, LOSSES[name].losses(scores, label, 1.5))
    slopes = LOSSES[name].gradient(scores, label, 1.5)[..., 1:] / temperature
    np.testing.assert_array_equal(field, np.moveaxis(slopes, -1, 0))


@pytest.mark.parametrize("name", ON_GAPS)
def test_the_field_is_the_slope_of_the_surface(name: str) -> None:
    a, b, h = np.array([-2.3, 0.4, 1.9]), np.array([-3.1, 0.7]), 1e-5
    slope_a = (core.losses.gap_surface(name, a + h, b) - core.losses.gap_surface(name, a - h, b)) / (2 * h)
    slope_b = (core.losses.gap_surface(name, a, b + h) - core.losses.gap_surface(name, a, b - h)) / (2 * h)
    assert core.losses.gap_surface_gradient(name, a, b) == pytest.approx(
        np.stack([slope_a, slope_b]), abs=1e-8
    )


@pytest.mark.parametrize("name", ON_GAPS)
def test_blocks_make_no_difference(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = core.losses.gap_surface(name, A, B), core.losses.gap_surface_gradient(name, A, B)
    monkeypatch.setattr(gap_surfaces, "BLOCK", 7)
    assert (core.losses.gap_surface(name, A, B) == whole[0]).all()
    assert (core.losses.gap_surface_gradient(name, A, B) == whole[1]).all()


def test_only_the_result_grows_with_the_grid() -> None:
    def beside_the_result(n: int) -> int:
        axis = np.linspace(-5, 5, n)
        tracemalloc.start()
        surface = core.losses.gap_surface("cross_entropy", axis, axis)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak - surface.nbytes

    beside_the_result(200)
    assert beside_the_result(800) < 1.2 * beside_the_result(200) + 100_000


def test_an_empty_axis_gives_an_empty_surface() -> None:
    assert core.losses.gap_surface("cross_entropy", [], B).shape == (17, 0)
    assert core.losses.gap_surface_gradient("weston_watkins", A, []).shape == (2, 0, 23)


@pytest.mark.parametrize("name", ON_GAPS)
def test_a_slice_is_the_loss_of_two_classes(name: str) -> None:
    found = core.losses.gap_slice(name, A, margin=2.0, temperature=0.5)
    scores = np.stack([np.zeros_like(A), A / 0.5], axis=1)
    assert (found.losses == LOSSES[name].losses(scores, np.zeros(23, int), 2.0)).all()
    h = 1e-6
    ends = [core.losses.gap_slice(name, A + move, margin=2.0, temperature=0.5).losses for move in (h, -h)]
    smooth = np.abs(A - (found.kink or np.inf)) > h
    assert found.slopes[smooth] == pytest.approx(((ends[0] - ends[1]) / (2 * h))[smooth], rel=1e-5, abs=1e-8)


def test_kinks_and_asymptotes() -> None:
    hinge = core.losses.gap_slice("weston_watkins", [-1.01, -1.0, -0.99], margin=2.0, temperature=0.5)
    assert hinge.kink == -1.0
    assert hinge.slopes.tolist() == [0.0, 0.0, 2.0]
    assert hinge.asymptote is None
    smooth = core.losses.gap_slice("cross_entropy", [-40.0, 0.0, 40.0], temperature=2.0)
    assert smooth.kink is None
    assert smooth.asymptote is not None
    assert smooth.asymptote.tolist() == [0.0, 0.0, 20.0]
    assert (smooth.losses > smooth.asymptote).all()
    assert smooth.losses - smooth.asymptote == pytest.approx(np.array([0, np.log(2), 0]), abs=1e-8)
    step = core.losses.gap_slice("zero_one", [-1e-9, 0.0, 1e-9])
    assert (step.losses.tolist(), step.kink) == ([0.0, 1.0, 1.0], 0.0)


@pytest.mark.parametrize("name", ON_GAPS)
@given(
    start=st.tuples(st.floats(-8, 8), st.floats(-8, 8)),
    rate=st.floats(0.01, 100),
    temperature=st.floats(0.1, 10),
)
def test_the_way_down_never_rises(
    name: str, start: tuple[float, float], rate: float, temperature: float
) -> None:
    path = core.losses.steepest_descent_path(name, start, temperature=temperature, rate=rate, steps=20)
    assert (np.diff(path.losses) <= 0).all()
    assert (np.diff(path.gaps, axis=0) <= 0).all()
    assert path.gaps[0] == pytest.approx(start, rel=0, abs=1e-13)  # or at the kink, if that near
    n_points = 21 if path.stopped is None else path.stopped + 1
    assert path.gaps.shape == path.gradients.shape == (n_points, 2)
    for gaps, loss, gradient in zip(path.gaps, path.losses, path.gradients, strict=True):
        assert core.losses.gap_surface(name, gaps[:1], gaps[1:], temperature=temperature)[0, 0] == loss
        field = core.losses.gap_surface_gradient(name, gaps[:1], gaps[1:], temperature=temperature)
        assert (field[:, 0, 0] == gradient).all()
    moves = np.diff(path.gaps, axis=0)
    assert moves == pytest.approx(-rate * path.gradients[:-1], rel=1e-9, abs=1e-12)


def test_the_hinge_stops_and_the_cross_entropy_does_not() -> None:
    hinge = core.losses.steepest_descent_path("weston_watkins", [2.0, 1.0], steps=1000)
    assert hinge.stopped == 6
    assert hinge.losses[-1] == 0
    smooth = core.losses.steepest_descent_path("cross_entropy", [2.0, 1.0], steps=1000)
    assert smooth.stopped is None
    assert smooth.losses[-1] > 0
    assert core.losses.steepest_descent_path("crammer_singer", [-3.0, -2.0]).stopped == 0


@pytest.mark.parametrize(
    ("start", "margin", "temperature", "steps"),
    [
        ((-2.0, 0.4), 0.1, 1.0, 1),
        ((-2.0, 5.4), 0.1, 1.0, 11),
        ((-0.07, -0.07), 0.1, 0.7, 0),
        ((-0.6, -0.6), 0.2, 3.0, 0),
    ],
)
def test_rounding_asks_for_no_further_step(
    start: tuple[float, float], margin: float, temperature: float, steps: int
) -> None:
    path = core.losses.steepest_descent_path("weston_watkins", start, margin, temperature, rate=0.5)
    assert path.stopped == steps
    assert path.losses[-1] == 0


def test_a_true_violation_is_no_rounding() -> None:
    path = core.losses.steepest_descent_path("weston_watkins", (-2.0, 0.40001), 0.1)
    assert path.stopped == 2


@pytest.mark.parametrize("bad", [[1.0, np.nan], [np.inf], [[1.0]], 1.0])
def test_bad_gaps_are_refused(bad: object) -> None:
    for function in (core.losses.gap_surface, core.losses.gap_surface_gradient):
        with pytest.raises(ValueError, match="gaps_a"):
            function("cross_entropy", bad, B)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="gaps_b"):
            function("cross_entropy", A, bad)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="gaps"):
        core.losses.gap_slice("cross_entropy", bad)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="start_gaps"):
        core.losses.steepest_descent_path("cross_entropy", bad)  # type: ignore[arg-type]


def test_bad_settings_are_refused() -> None:
    for temperature in (0.0, -1.0, np.nan, np.inf):
        with pytest.raises(ValueError, match="temperature"):
            core.losses.gap_surface("cross_entropy", A, B, temperature=temperature)
        with pytest.raises(ValueError, match="temperature"):
            core.losses.gap_slice("zero_one", A, temperature=temperature)
    with pytest.raises(ValueError, match="margin"):
        core.losses.gap_surface("weston_watkins", A, B, margin=-1.0)
    with pytest.raises(ValueError, match="scores themselves"):
        core.losses.gap_surface("one_vs_all", A, B)
    with pytest.raises(ValueError, match="unknown loss"):
        core.losses.gap_slice("hinge", A)
    with pytest.raises(ValueError, match="rate"):
        core.losses.steepest_descent_path("cross_entropy", [0.0, 0.0], rate=0.0)
    with pytest.raises(ValueError, match="steps"):
        core.losses.steepest_descent_path("cross_entropy", [0.0, 0.0], steps=-1)
    with pytest.raises(ValueError, match="two gaps"):
        core.losses.steepest_descent_path("cross_entropy", [0.0, 0.0, 0.0])
