"""Files with the ends of float64 in them: read, scaled, trained and drawn without a crash or a warning."""

from __future__ import annotations

import warnings

import pytest
from streamlit.testing.v1 import AppTest

from lessons.train import points_reading
from lessons.train.own_data import read_csv
from lessons.train.points import fitted
from lessons.train.scene import Scene, SceneRecipe, SceneSegment
from lessons.train.scene_json import scene_to_json
from tests.lessons.conftest import Files, open_page, said
from tests.lessons.train.test_takeaway import opened

ENDS = (
    "5e-324",
    "1e-320",
    "2.2e-308",
    "1e-170",
    "1e-17",
    "0",
    "-0.0",
    "1",
    "1.0000000000000002",
    "1e6",
    "-1e6",
)
BEYOND = ("1e308", "-1e309", "inf", "nan", "-Infinity", "1e7")


def drawer(at: AppTest, key: str) -> AppTest:
    at.session_state[key] = True
    return at.run()


@pytest.mark.parametrize("first", ENDS)
def test_every_pair_of_ends_can_be_scaled(first: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for second in ENDS:
            for third in (first, second, "1e6"):
                found = read_csv(f"{first},{third},a\n{second},0,b\n{third},{second},a\n")
                points, scaling = fitted(found)
                assert len(points.rows) == 3
                for centre, divisor in scaling or ():
                    assert divisor > 0
                    assert "nan" not in points_reading._formula("x", centre, divisor)
                points.standardised()


TABLES = (
    "5e-324,1,a\n0,2,b\n",
    "0,0,a\n1e-170,0,b\n1e6,1,a\n",
    "1,1,a\n1,1,b\n",
    "1,1,a\n1.0000000000000002,1,b\n",
    "\n".join(f"{first},{second},{'ab'[len(first) % 2]}" for first in ENDS for second in ENDS),
)


def test_files_with_ends_of_numbers_are_trained_and_drawn(files: Files) -> None:
    at = drawer(open_page("train", stop="50", axis="log", show="∇"), "own-csv")
    for number, table in enumerate(TABLES):
        files.upload(at, "own-file", f"ends{number}.csv", table.encode())
        assert not at.exception, table
        assert f"ends{number}" in said(at)
        assert "Points read" in said(at)


def test_what_is_no_number_of_a_plane_is_told_row_by_row(files: Files) -> None:
    at = drawer(open_page("train", step="own"), "own-csv")
    files.upload(at, "own-file", "ends.csv", "".join(f"{each},1,a\n" for each in BEYOND).encode())
    assert not at.exception
    words = said(at)
    for row in range(1, len(BEYOND) + 1):
        assert f"Row {row}:" in words


SCENES = (
    Scene(
        points=((5e-324, 1e-320, 0), (-1e6, 1e6, 1), (0.0, -0.0, 1)),
        class_names=("a", "b"),
        segments=(SceneSegment(rate=1e6, l2=1e6, margin=1e6, stop_loss=-1e308),),
        n_steps=30,
    ),
    Scene(
        points=((1e-170, 0.0, 0), (0.0, 1e-170, 1)),
        class_names=("a", "b"),
        segments=(SceneSegment(rate=1e-12, margin=0.0, optimiser="adam", stop_loss=5e-324),),
        model="quadratic",
        n_steps=30,
    ),
    Scene(
        recipe=SceneRecipe(name="xor", noise=10.0),
        segments=(SceneSegment(rate=1e6, optimiser="momentum"),),
        model="hidden",
        n_hidden=4,
        n_steps=30,
        dtype="float32",
    ),
)
REFUSED = (
    ('"stop_loss": null', '"stop_loss": 1' + "0" * 400),
    ('"rate": 1.0', '"rate": 1e999'),
    ('"rate": 1.0', '"rate": 5e-324'),
    ('"n_steps": 500', '"n_steps": 1' + "0" * 400),
    ('"seed": 0', '"seed": NaN'),
    ('"points": null', '"points": ' + "[" * 200_000),
    ('"points": null', '"points": [' + "[1,1,0]," * 100_000 + "[1,1,0]]"),
    ('"format"', '"deep": ' + '{"a":' * 90_000 + "1" + "}" * 90_000 + ', "format"'),
)


def test_scenes_with_ends_of_numbers_are_played_and_those_beyond_refused(files: Files) -> None:
    at = opened()
    for scene in SCENES:
        files.upload(at, "takeaway-file", "scene.json", scene_to_json(scene).encode())
        assert not at.exception, scene
    text = scene_to_json(Scene(recipe=SceneRecipe()))
    for field, value in REFUSED:
        assert field in text
        files.upload(at, "takeaway-file", "scene.json", text.replace(field, value, 1).encode())
        assert not at.exception, value[:60]
        assert any("scene file" in warning.value for warning in at.warning), value[:60]
