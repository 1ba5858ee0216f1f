"""The triangle of three classes, and the path that temperature draws in it."""

import numpy as np
import pytest

from softmax_core import softmax
from softmax_core.information import CORNERS, simplex_point, temperature_path, whole_temperature_path


def test_corners_are_sure_distributions_and_form_an_equilateral_triangle() -> None:
    corners = simplex_point(np.eye(3))
    assert corners == pytest.approx(np.array(CORNERS))
    sides = [np.linalg.norm(corners[i] - corners[(i + 1) % 3]) for i in range(3)]
    assert sides == pytest.approx([1.0, 1.0, 1.0])


def test_even_shares_lie_in_the_centre() -> None:
    centre = simplex_point(np.full(3, 1 / 3))
    distances = [np.linalg.norm(centre - np.array(corner)) for corner in CORNERS]
    assert distances == pytest.approx([distances[0]] * 3)


def test_the_triangle_is_for_three_classes() -> None:
    with pytest.raises(ValueError, match="three classes"):
        simplex_point([0.5, 0.5])


def test_the_path_passes_through_the_softmax_itself() -> None:
    scores = [-2.85, 0.86, 0.28]
    assert temperature_path(scores, [1.0])[0] == pytest.approx([0.015449, 0.631163, 0.353387], abs=5e-7)
    assert temperature_path(scores, [0.5])[0] == pytest.approx(softmax(np.array(scores) * 2), rel=1e-14)


@pytest.mark.parametrize(
    ("scores", "end"),
    [([3.0, 1.0, 2.0], [1, 0, 0]), ([2.0, 2.0, -1.0], [0.5, 0.5, 0]), ([7.0, 7.0, 7.0], [1 / 3] * 3)],
)
def test_the_path_leads_from_even_shares_to_the_top_classes(scores: list[float], end: list[float]) -> None:
    path = temperature_path(scores, [1e9, 1e-3])
    assert path[0] == pytest.approx([1 / 3] * 3, abs=1e-8)
    assert path[1] == pytest.approx(end, abs=1e-12)


def test_huge_scores_at_a_low_temperature_stay_finite() -> None:
    path = temperature_path([1e4, -1e4, 0.0], [0.1, 10.0])
    assert np.isfinite(path).all()
    assert path.sum(axis=1) == pytest.approx([1, 1])


@pytest.mark.parametrize("temperature", [0.0, -1.0, np.nan, np.inf])
def test_a_temperature_is_positive(temperature: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        temperature_path([1.0, 2.0, 3.0], [1.0, temperature])


ROWS = [
    [-2.85, 0.86, 0.28],
    [1e4, -1e4, 0.0],
    [1e4, 1e4, 9999.0],
    [0.0, 1e-6, -50.0],
    [0.0, 1e-320, -1e4],
    [1e-320, 0.0, 0.0],
]


@pytest.mark.parametrize("scores", ROWS)
def test_the_whole_path_leads_from_the_centre_to_the_end_without_a_jump(scores: list[float]) -> None:
    path = whole_temperature_path(scores)
    top = np.array(scores) == max(scores)
    assert path[0].tolist() == [1 / 3] * 3
    assert path[-1].tolist() == (top / top.sum()).tolist()
    assert path.sum(axis=1) == pytest.approx(np.ones(len(path)))
    strides = np.linalg.norm(np.diff(simplex_point(path), axis=0), axis=1)
    straight = 0.51 if 0 < max(scores) - sorted(scores)[1] < 1e-9 * (max(scores) - min(scores)) else 0.06
    assert strides.max() < straight  # along an edge one stride is as good as many


@pytest.mark.parametrize("scores", ROWS[:4])
def test_the_whole_path_is_that_of_the_softmax(scores: list[float]) -> None:
    for shares in whole_temperature_path(scores)[1:-1:17]:
        logs = np.log(np.maximum(shares, 1e-300))
        if shares.min() > 1e-6 * shares.max() and np.ptp(logs) > 1e-6:
            temperature = np.ptp(scores) / np.ptp(logs)
            assert temperature_path(scores, [temperature])[0] == pytest.approx(shares, abs=1e-6)


@pytest.mark.parametrize("row", [[7.0, 7.0, 7.0], [1e4] * 3])
def test_equal_scores_stay_in_the_centre(row: list[float]) -> None:
    assert whole_temperature_path(row).tolist() == [[1 / 3] * 3]


def test_the_whole_path_is_of_one_row() -> None:
    with pytest.raises(ValueError, match="one row"):
        whole_temperature_path([[1.0, 2.0, 3.0]])


def test_shares_that_are_hardly_numbers_have_a_place_without_a_complaint() -> None:
    with np.errstate(all="raise"):
        assert simplex_point([1.0, 1e-310, 5e-324]).tolist() == pytest.approx([0.0, 0.0])
        assert simplex_point([5e-324, 1.0, 5e-324]).tolist() == pytest.approx([1.0, 0.0])
