"""The triangle of three classes, and the path that temperature draws in it."""

import numpy as np
import pytest

from softmax_core import CORNERS, simplex_point, softmax, temperature_path


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
