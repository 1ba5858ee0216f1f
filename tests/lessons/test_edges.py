"""Thresholds and edges of the pictures stand where they are said to be."""

from __future__ import annotations

import re

import numpy as np
import pytest

from lessons.notes.pictures.deviations import deviations
from lessons.train.pictures import path
from lessons.train.pictures.plane import fitted
from tests.lessons.gallery import films, lessons_of
from ui.charts.labels import axis_bound
from ui.charts.picture import Picture
from ui.text import CODES, language

T = language("en")


def test_the_dotted_line_of_the_film_is_at_the_four_ulp_that_are_promised() -> None:
    for _, picture in films(T):
        (line,) = picture.figure["layout"]["shapes"]
        assert line["y0"] == line["y1"] == 4


@pytest.mark.parametrize("code", CODES)
def test_each_row_of_the_deviations_is_named_beside_its_own_marks(code: str) -> None:
    picture = deviations(0, language(code))
    axis = picture.figure["layout"]["yaxis"]
    named = {
        tick: int(re.findall(r"· (\d+)", text)[-1])
        for tick, text in zip(axis["tickvals"], axis["ticktext"], strict=True)
    }
    for trace in picture.figure["data"][1:]:
        for height, row in zip(trace["y"], trace["customdata"], strict=True):
            assert named[height] == row + 1


@pytest.mark.parametrize(("wide", "square"), [(1.0, True), (1.9, True), (2.1, False), (4.0, False)])
def test_a_plane_is_square_unless_its_sides_differ_by_twice(wide: float, square: bool) -> None:
    x, y, across, up, _ = fitted(np.array([[-wide * 3, -3.0], [wide * 3, 3.0]]))
    assert (x, y) == (0, 0)
    assert (across == up) == square


@pytest.mark.parametrize("value", [0.1 + 0.2, 3.0000000001, 5.0, 2000 * (1 + 1e-12)])
def test_an_axis_does_not_grow_for_a_rounding(value: float) -> None:
    bound = axis_bound([value], 0.01, (1, 2, 3, 5))
    assert bound == pytest.approx(value, rel=1e-9)
    assert axis_bound([value * 1.001], 0.01, (1, 2, 3, 5)) > 1.3 * bound


def test_the_colours_of_a_way_reach_as_high_as_the_way() -> None:
    for model, rate in (("linear", 0.1), ("quadratic", 0.03)):
        view, lock = lessons_of("blobs", model, rate, 80)
        for run, history in enumerate(lock.histories):
            way = path.path(history, history.config, view, history.head)
            assert isinstance(way, path.Path)
            assert levels(path.picture(way, run, T))[-1] >= max(way.losses)


def levels(picture: Picture) -> list[float]:
    """The first and the last contour."""
    contours = picture.figure["data"][0]["contours"]
    return [contours["start"], contours["end"]]
