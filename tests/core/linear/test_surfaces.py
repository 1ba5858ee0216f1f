"""The objective over a plane of weights, and the ways to choose the plane."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import softmax_core as core
from softmax_core import LOSSES, Data, LinearParams
from softmax_core.linear import _tiles

DATA = core.datasets.small_blobs(seed=3, n_per_class=6)
PARAMS = LinearParams(np.random.default_rng(4).normal(size=(2, 3)), [0.3, -0.2, 0.1])
PLANES = {
    "weights": core.linear.weight_directions((2, 3), (0, 1), (2, 0)),
    "random": core.linear.random_directions((2, 3), seed=5),
}
A, B = np.linspace(-3, 2, 9), np.linspace(-1, 4, 7)


def pointwise(
    params: LinearParams,
    data: Data,
    name: str,
    l2: float,
    plane: tuple[LinearParams, LinearParams],
    a: np.ndarray,
    b: np.ndarray,
    margin: float,
) -> tuple[np.ndarray, np.ndarray]:
    cells = [
        [core.objective(core.linear.params_on_plane(params, *plane, x, y), data, name, l2, margin) for x in a]
        for y in b
    ]
    return np.array([[o.data for o in row] for row in cells]), np.array(
        [[o.penalty for o in row] for row in cells]
    )


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("plane", PLANES)
def test_a_surface_is_the_objective_at_every_point(name: str, plane: str) -> None:
    surface = core.linear.weight_surface(PARAMS, DATA, name, 0.3, *PLANES[plane], A, B, margin=1.5)
    data, penalty = pointwise(PARAMS, DATA, name, 0.3, PLANES[plane], A, B, 1.5)
    assert surface.data == pytest.approx(data, rel=1e-13)
    assert surface.penalty == pytest.approx(penalty, rel=1e-13)
    assert (surface.total == surface.data + surface.penalty).all()
    assert surface.data.shape == (7, 9)


@pytest.mark.parametrize("scale", [1e2, 1e3, 1e5])
@pytest.mark.parametrize("name", LOSSES)
def test_a_wide_view_is_right_as_well(name: str, scale: float) -> None:
    surface = core.linear.weight_surface(PARAMS, DATA, name, 0.3, *PLANES["random"], scale * A, scale * B)
    data, penalty = pointwise(PARAMS, DATA, name, 0.3, PLANES["random"], scale * A, scale * B, 1.0)
    assert surface.data == pytest.approx(data, rel=1e-11, abs=1e-300)
    assert surface.penalty == pytest.approx(penalty, rel=1e-12)


@pytest.mark.parametrize(
    "gaps", [(700.0, 700.0), (1000.0, 800.0), (-1000.0, 3.0), (-2000.0, -2000.0), (689.0, 0.0)]
)
def test_two_huge_gaps_count_both(gaps: tuple[float, float]) -> None:
    params, data = LinearParams([[0.0, *gaps]], [0.0, 0.0, 0.0]), Data([[1.0]], [0])
    plane = core.linear.weight_directions((1, 3), (0, 0), (0, 1))
    surface = core.linear.weight_surface(params, data, "cross_entropy", 0.0, *plane, [0.0], [0.0])
    assert surface.data[0, 0] == pytest.approx(core.cross_entropy([0.0, *gaps], 0), rel=1e-15, abs=1e-300)


def test_a_tiny_loss_is_not_rounded_to_nothing() -> None:
    params, data = LinearParams([[100.0, 0.0, 0.0]], [0.0, 0.0, 0.0]), Data([[1.0]], [0])
    plane = core.linear.weight_directions((1, 3), (0, 0), (0, 1))
    surface = core.linear.weight_surface(params, data, "cross_entropy", 0.0, *plane, [0.0, 10.0], [0.0])
    assert surface.data[0] == pytest.approx([2 * np.exp(-100), 2 * np.exp(-110)], rel=1e-12)


@pytest.mark.parametrize("wide", [1.0, 1e3])
@pytest.mark.parametrize("name", LOSSES)
def test_tiles_make_no_difference(name: str, wide: float, monkeypatch: pytest.MonkeyPatch) -> None:
    setting = (PARAMS, DATA, name, 0.3, *PLANES["random"], wide * A, wide * B)
    whole = core.linear.weight_surface(*setting)
    monkeypatch.setattr(_tiles, "BLOCK", 60)
    monkeypatch.setattr(_tiles, "SHORTEST_SIDE", 4)
    tiles = core.linear.weight_surface(*setting)
    assert tiles.data == pytest.approx(whole.data, rel=1e-13)
    assert (tiles.penalty == whole.penalty).all()


@pytest.mark.parametrize("name", LOSSES)
def test_only_the_result_grows_with_the_grid(name: str) -> None:
    data = core.datasets.small_blobs(seed=0, n_per_class=100)

    def peak(n: int) -> float:
        axis = np.linspace(-3, 3, n)
        tracemalloc.start()
        core.linear.weight_surface(PARAMS, data, name, 0.1, *PLANES["random"], axis, axis)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used - 2 * 8 * n**2

    peak(50)
    small = peak(140)
    assert small < 8_000_000
    assert peak(280) < small + 8 * 280**2  # one temporary of the size of the result, at most


def test_many_samples_and_many_classes_are_cut_as_well() -> None:
    rng = np.random.default_rng(0)
    data = Data(rng.normal(size=(5000, 2)), rng.integers(40, size=5000))
    params, plane = (
        LinearParams(rng.normal(size=(2, 40)), np.zeros(40)),
        core.linear.random_directions((2, 40), seed=1),
    )
    axis = np.linspace(-1, 1, 5)
    for name in LOSSES:
        tracemalloc.start()
        surface = core.linear.weight_surface(params, data, name, 0.1, *plane, axis, axis)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert used < 12 * 8 * 5000 * 40, "a few copies of the scores, whatever the grid"
        there = core.linear.params_on_plane(params, *plane, axis[1], axis[3])
        assert surface.total[3, 1] == pytest.approx(core.objective(there, data, name, 0.1).total)


def test_a_single_class_costs_nothing() -> None:
    params, data = LinearParams([[1.0], [2.0]], [0.0]), Data([[1.0, 2.0]], [0])
    plane = core.linear.weight_directions((2, 1), (0, 0), (1, 0))
    for name in ("cross_entropy", "weston_watkins", "crammer_singer", "squared_weston_watkins"):
        assert (core.linear.weight_surface(params, data, name, 0.0, *plane, A, B).data == 0).all()


def test_an_empty_axis_gives_an_empty_surface() -> None:
    assert core.linear.weight_surface(
        PARAMS, DATA, "one_vs_all", 0.1, *PLANES["random"], [], B
    ).total.shape == (
        7,
        0,
    )


def test_huge_planes_pass_without_a_warning() -> None:
    for name in LOSSES:
        total = core.linear.weight_surface(
            PARAMS, DATA, name, 1.0, *PLANES["random"], 1e100 * A, 1e100 * B
        ).total
        assert (total >= 0).all()


def test_what_does_not_fit_is_refused() -> None:
    plane = PLANES["random"]
    with pytest.raises(ValueError, match="directions need"):
        core.linear.weight_surface(
            PARAMS, DATA, "one_vs_all", 0.1, *core.linear.random_directions((3, 3), 0), A, B
        )
    with pytest.raises(ValueError, match="features"):
        core.linear.weight_surface(PARAMS, Data([[1.0]], [0]), "one_vs_all", 0.1, *plane, A, B)
    with pytest.raises(ValueError, match="a must be"):
        core.linear.weight_surface(PARAMS, DATA, "one_vs_all", 0.1, *plane, [np.nan], B)
    with pytest.raises(ValueError, match="b must be"):
        core.linear.weight_surface(PARAMS, DATA, "one_vs_all", 0.1, *plane, A, [[1.0]])
    with pytest.raises(ValueError, match="l2"):
        core.linear.weight_surface(PARAMS, DATA, "one_vs_all", -0.1, *plane, A, B)
    with pytest.raises(ValueError, match="margin"):
        core.linear.weight_surface(PARAMS, DATA, "one_vs_all", 0.1, *plane, A, B, margin=np.inf)
    with pytest.raises(ValueError, match="unknown loss"):
        core.linear.weight_surface(PARAMS, DATA, "hinge", 0.1, *plane, A, B)
    with pytest.raises(ValueError, match="label 5"):
        core.linear.weight_surface(PARAMS, Data([[1.0, 2.0]], [5]), "one_vs_all", 0.1, *plane, A, B)
    with pytest.raises(ValueError, match="row 0: a score is not finite"):
        core.linear.weight_surface(
            LinearParams(PARAMS.W * np.inf, PARAMS.b), DATA, "one_vs_all", 0.1, *plane, A, B
        )


def flat(params: LinearParams) -> np.ndarray:
    return np.append(params.W, params.b)


@given(seed=st.integers(0, 2**32 - 1), shape=st.tuples(st.integers(1, 6), st.integers(2, 6)))
def test_random_directions_are_orthonormal_and_follow_their_seed(seed: int, shape: tuple[int, int]) -> None:
    first, second = core.linear.random_directions(shape, seed)
    vectors = np.stack([flat(first), flat(second)])
    assert vectors @ vectors.T == pytest.approx(np.eye(2), abs=1e-12)
    assert not first.b.any()
    assert not second.b.any()
    again = core.linear.random_directions(shape, np.random.default_rng(seed))
    assert (flat(again[0]) == flat(first)).all()
    assert (flat(again[1]) == flat(second)).all()


def test_weights_that_are_not_there_are_refused() -> None:
    for wrong in ((3, 0), (0, 3), (-1, 0)):
        with pytest.raises(ValueError, match="no weight"):
            core.linear.weight_directions((2, 3), (0, 0), wrong)
    with pytest.raises(ValueError, match="differ"):
        core.linear.weight_directions((2, 3), (0, 0), (0, 0))
    with pytest.raises(ValueError, match="no two directions"):
        core.linear.random_directions((1, 1), 0)


@given(seed=st.integers(0, 2**32 - 1), n=st.integers(2, 12), closed=st.booleans(), scale=st.floats(-150, 150))
def test_the_plane_of_a_path_holds_its_ends(seed: int, n: int, closed: bool, scale: float) -> None:
    points = np.random.default_rng(seed).normal(size=(n, 9)).cumsum(axis=0) * 10.0**scale
    if closed and n > 2:
        points[0] = points[-1]
    path = [LinearParams(point[:6].reshape(2, 3), point[6:]) for point in points]
    plane = core.linear.path_directions(path)
    vectors = np.stack([flat(plane.direction_1), flat(plane.direction_2)])
    assert vectors @ vectors.T == pytest.approx(np.eye(2), abs=1e-12)
    feet = points[-1] + plane.coordinates @ vectors
    size = np.abs(points).max()
    assert feet[[0, -1]] == pytest.approx(points[[0, -1]], abs=1e-12 * size)
    off = np.linalg.norm((points - feet) / size, axis=1)
    assert plane.distances / size == pytest.approx(off, abs=1e-12)
    assert 0 <= plane.captured <= 1 + 1e-12


def test_the_path_lies_on_the_surface_drawn_through_it() -> None:
    path = [PARAMS]
    for _ in range(30):
        gradient = core.objective_gradient(path[-1], DATA, "cross_entropy", l2=0.01)
        path.append(LinearParams(path[-1].W - 0.3 * gradient.W, path[-1].b - 0.3 * gradient.b))
    plane = core.linear.path_directions(path)
    assert plane.captured > 0.95
    start = plane.coordinates[0]
    surface = core.linear.weight_surface(
        plane.origin,
        DATA,
        "cross_entropy",
        0.01,
        plane.direction_1,
        plane.direction_2,
        [start[0], 0],
        [start[1], 0],
    )
    assert surface.total[0, 0] == pytest.approx(core.objective(path[0], DATA, "cross_entropy", 0.01).total)
    assert surface.total[1, 1] == pytest.approx(core.objective(path[-1], DATA, "cross_entropy", 0.01).total)


def test_a_straight_path_still_has_a_plane() -> None:
    plane = core.linear.path_directions(
        [core.linear.scaled_params(PARAMS, factor) for factor in (1.0, 2.0, 5.0)]
    )
    assert plane.captured == pytest.approx(1)
    assert plane.coordinates[:, 1] == pytest.approx([0, 0, 0], abs=1e-12)


def test_a_path_without_a_direction_is_refused() -> None:
    with pytest.raises(ValueError, match="does not move"):
        core.linear.path_directions([PARAMS, PARAMS])
    with pytest.raises(ValueError, match="does not move"):
        core.linear.path_directions([PARAMS])
    with pytest.raises(ValueError, match="one shape"):
        core.linear.path_directions([])
    with pytest.raises(ValueError, match="one shape"):
        core.linear.path_directions([PARAMS, LinearParams([[1.0]], [0.0])])
    with pytest.raises(ValueError, match="row 1"):
        core.linear.path_directions([PARAMS, LinearParams(PARAMS.W * np.nan, PARAMS.b)])
