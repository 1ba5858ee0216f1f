"""The regions and boundaries that are drawn are those of the scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import softmax_core as core
from softmax_core import TrainConfig, TrainState
from softmax_core.training import REGION_LEVELS, FieldGrid, advance, initial_state, region_frames

GRID = FieldGrid(np.linspace(-3, 3, 41), np.linspace(-2, 2.5, 30))


def trained(model: str = "linear", n_classes: int = 3, steps: int = 60, seed: int = 0) -> TrainState:
    data = core.datasets.small_blobs(seed=seed, n_per_class=11, n_classes=n_classes)
    config = TrainConfig(model=model, n_hidden=30, n_classes=n_classes, rate=0.2, seed=seed, init_scale=0.5)
    return advance(initial_state(config, data), config, data, steps)


def linear(W: list[list[float]], b: list[float]) -> TrainState:
    start = initial_state(TrainConfig(n_classes=len(b)), core.datasets.small_blobs(0, n_classes=2))
    return replace(start, theta=start.layout.theta({"W": W, "b": b}))


def scores_at(state: TrainState, points: np.ndarray) -> np.ndarray:
    return state.layout.scores(state.theta, state.layout.inputs(points))


def gaps(scores: np.ndarray) -> np.ndarray:
    """By how much each class leads its best rival."""
    others = [np.delete(scores, k, axis=0).max(axis=0) for k in range(len(scores))]
    return scores - np.stack(others)


@pytest.mark.parametrize("model", core.training.MODELS)
@pytest.mark.parametrize("n_classes", [2, 3, 10])
def test_a_cell_holds_its_winner_and_the_level_of_its_lead(model: str, n_classes: int) -> None:
    states = [trained(model, n_classes, steps) for steps in (0, 5, 60)]
    for kind, least, most in (("probabilities", 1 / n_classes, 1.0), ("gaps", 0.0, 2.0)):
        found = region_frames(states, GRID, kind, widest_gap=2.0)  # type: ignore[arg-type]
        assert found.cells.shape == (3, 30, 41)
        assert found.cells.dtype == np.uint8
        for state, cells in zip(states, found.cells, strict=True):
            scores = scores_at(state, GRID.points).reshape(n_classes, 30, 41)
            field = core.softmax(scores, axis=0) if kind == "probabilities" else gaps(scores)
            lead = field.max(axis=0)
            sure = np.sort(field, axis=0)[-2] < lead - 1e-5
            assert (cells // REGION_LEVELS == field.argmax(axis=0))[sure].all()
            level = (REGION_LEVELS - 1) * np.clip((lead - least) / (most - least), 0, 1)
            assert cells % REGION_LEVELS == pytest.approx(level, abs=0.502)


@given(seed=st.integers(0, 2**32), n_classes=st.integers(2, 6))
def test_the_boundaries_of_a_linear_model_lie_where_two_classes_share_the_highest_score(
    seed: int, n_classes: int
) -> None:
    rng = np.random.default_rng(seed)
    start = trained("linear", n_classes)
    state = replace(start, theta=rng.standard_normal(start.layout.size))
    (segments,) = region_frames([state], GRID).boundaries
    assert segments.dtype == np.float32
    x, y = np.diff(GRID.x)[0], np.diff(GRID.y)[0]
    steepest = np.abs(state.params["W"]).sum()
    for ends in (segments[:, :2], segments[:, 2:]):
        on_edge = np.isclose((ends[:, 0] + 3) / x % 1, [[0], [1]], atol=1e-4).any(axis=0)
        on_edge |= np.isclose((ends[:, 1] + 2) / y % 1, [[0], [1]], atol=1e-4).any(axis=0)
        assert on_edge.all() or n_classes > 2
        scores = np.sort(scores_at(state, ends[on_edge]), axis=0)
        assert (np.diff(scores, axis=0).min(axis=0) < 1e-4).all()
        # a third class may win for a moment between two neighbours, but then by less than a cell is wide
        assert (scores[-1] - scores[-2] < 2 * max(x, y) * steepest).all()
        if n_classes == 2:
            assert (scores[-1] - scores[-2] < 1e-4).all()


@given(seed=st.integers(0, 2**32))
def test_no_boundary_is_missed_and_none_is_open(seed: int) -> None:
    """Every edge whose ends have different winners is crossed, and pieces go on where others end."""
    start = trained("quadratic")
    state = replace(start, theta=np.random.default_rng(seed).standard_normal(start.layout.size))
    found = region_frames([state], GRID)
    winner = (found.cells[0] // REGION_LEVELS).astype(int)
    crossed = np.count_nonzero(np.diff(winner)) + np.count_nonzero(np.diff(winner, axis=0))
    (segments,) = found.boundaries
    ends = segments.reshape(-1, 2)
    places = np.unique(ends.round(5), axis=0)
    inside = (np.abs(places[:, 0]) < 2.999) & (places[:, 1] > -1.999) & (places[:, 1] < 2.499)
    counts = np.array([(np.abs(ends - place) < 2e-5).all(axis=1).sum() for place in places[inside]])
    assert (counts >= 2).all()
    assert len(places) >= 0.9 * crossed  # two crossings may fall together at a corner


def test_three_regions_meet_in_one_point() -> None:
    """f = (0, 2x, y): the regions meet at the origin, in the middle of a square of this grid."""
    state = linear([[0.0, 2.0, 0.0], [0.0, 0.0, 1.0]], [0.0, 0.0, 0.0])
    axis = np.array([-3.0, -1.0, 1.0, 3.0])
    (segments,) = region_frames([state], FieldGrid(axis, axis)).boundaries
    inner = segments[(np.abs(segments) <= 1).all(axis=1)]
    assert sorted(map(tuple, inner[:, :2].tolist())) == [(-1.0, 0.0), (0.0, -1.0), (0.5, 1.0)]
    assert inner[:, 2:] == pytest.approx(np.tile([-0.5 / 3, 0.0], (3, 1)), abs=1e-7)


def test_the_first_row_is_the_lowest_and_each_frame_has_its_own_pieces() -> None:
    up, right = linear([[0.0, 0.0], [0.0, 1.0]], [0.0, 0.0]), linear([[0.0, 1.0], [0.0, 0.0]], [0.0, -0.3])
    none = linear([[0.0, 0.0], [0.0, 0.0]], [1.0, 0.0])
    axis = np.linspace(-1, 1, 6)
    found = region_frames([up, none, right], FieldGrid(axis, axis), "gaps")
    assert (found.cells[0, 0] // REGION_LEVELS).tolist() == [0] * 6
    assert (found.cells[0, -1] // REGION_LEVELS).tolist() == [1] * 6
    level, empty, upright = found.boundaries
    assert level[:, [1, 3]] == pytest.approx(0.0, abs=1e-7)
    assert empty.shape == (0, 4)
    assert upright[:, [0, 2]] == pytest.approx(0.3, abs=1e-6)
    assert len(level) == len(upright) == 5


@pytest.mark.parametrize("kind", ["probabilities", "gaps"])
def test_what_is_not_finite_is_marked_and_has_no_boundary(kind: str) -> None:
    good = trained()
    broken = replace(good, theta=np.full_like(good.theta, np.nan))
    huge = replace(good, theta=good.theta * 1e300)
    part = linear([[1e38, 0.0, 0.0], [0.0, 1.0, 0.0]], [0.0, 0.0, 0.5])  # f_0 overflows far to the right
    found = region_frames([broken, good, huge, part], FieldGrid([-6.0, -1.0, 0.0, 1.0, 6.0], [0, 1, 2]), kind)  # type: ignore[arg-type]
    assert (found.cells[[0, 2]] == 255).all()
    assert len(found.boundaries[0]) == len(found.boundaries[2]) == 0
    alone = region_frames([good], FieldGrid([-6.0, -1.0, 0.0, 1.0, 6.0], [0, 1, 2]), kind)  # type: ignore[arg-type]
    assert (found.cells[1] == alone.cells[0]).all()
    assert (found.boundaries[1] == alone.boundaries[0]).all()
    assert (found.cells[3] == 255).any(axis=0).tolist() == [True, False, False, False, True]
    assert np.isfinite(found.boundaries[3]).all()


@settings(max_examples=10)
@given(cut=st.integers(1, 5))
def test_how_frames_are_cut_into_calls_changes_nothing(cut: int) -> None:
    states = [trained("hidden", steps=steps) for steps in range(6)]
    whole = region_frames(states, GRID)
    parts = [region_frames(part, GRID) for part in (states[:cut], states[cut:])]
    assert (np.concatenate([part.cells for part in parts]) == whole.cells).all()
    for one, other in zip(whole.boundaries, parts[0].boundaries + parts[1].boundaries, strict=True):
        assert (one == other).all()


def test_impossible_regions_are_refused() -> None:
    state = trained()
    for states, grid, kind, gap, word in (
        ([], GRID, "gaps", 3.0, "at least one state"),
        ([state, trained("quadratic")], GRID, "gaps", 3.0, "several models"),
        ([trained(n_classes=11)], GRID, "gaps", 3.0, "at most 10"),
        ([state], FieldGrid([0.0], [0.0, 1.0]), "gaps", 3.0, "two rows"),
        ([state], GRID, "scores", 3.0, "kind"),
        ([state], GRID, "gaps", 0.0, "widest_gap"),
    ):
        with pytest.raises(ValueError, match=word):
            region_frames(states, grid, kind, gap)  # type: ignore[arg-type]
