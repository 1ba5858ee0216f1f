"""What a reader changes in the lesson on training takes effect, and what was there comes back with Undo."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lessons.train.points import Points, to_text
from tests.lessons.conftest import open_page, press, slide
from tests.lessons.train.test_page import drawn, rest, session, where

OWN = to_text(Points(((1.0, 2.0, 0), (-1.0, 0.5, 1), (0.5, 1.5, 0), (-2.0, 0.0, 1)), ("A", "B")))
BOTH = pytest.mark.parametrize("lang", ["en", "ko"])


def choose_data(at: AppTest, name: str) -> AppTest:
    return at.segmented_control(key="data").set_value(name).run()


def caption(at: AppTest, lang: str) -> str:
    """What stands beside the choice of a data set."""
    model = {"en": "linear: linear model", "ko": "linear: 선형 모델"}[lang]
    return next(str(each.value) for each in at.caption if model in each.value)


def test_a_step_size_changed_after_the_end_begins_again_and_leaves_a_ghost() -> None:
    at = rest(open_page("train", step="laboratory"), 500)
    slide(at, "rate", "0.3")
    assert not at.exception
    film = drawn(at)["frames"]
    assert (where(at), film["at"], film["items"][0]["step"], film["total"]) == (0, 0, 0, 501)
    assert [(part.step, part.rate) for part in session(at).scene.segments] == [(0, 0.3)]
    assert all(run.ghosts for run in session(at).lock.histories)


@BOTH
def test_another_data_set_takes_the_place_of_own_points_until_undo(lang: str) -> None:
    at = open_page("train", lang, pts=OWN, test="0")
    assert caption(at, lang).startswith("Your own points, not blobs" if lang == "en" else "blobs 대신 내가")
    assert session(at).scene.recipe is None
    choose_data(at, "moons")
    assert not at.exception
    assert session(at).scene.recipe is not None
    assert session(at).scene.recipe.name == "moons"
    assert "pts" not in at.query_params
    assert caption(at, lang).startswith("moons: ")
    at.button(key="own-undo").click().run()
    assert len(session(at).scene.points or ()) == 4
    assert at.query_params["pts"] == OWN
    assert "moons" in caption(at, lang)
    assert not caption(at, lang).startswith("moons: ")
    choose_data(at, "blobs")
    assert session(at).scene.recipe is not None


def test_edited_points_of_the_data_set_leave_for_another_one_too() -> None:
    at = press(open_page("train"), "Edit these points")
    assert session(at).scene.recipe is None
    choose_data(at, "moons")
    assert (
        session(at).scene.recipe == session(open_page("train", step="laboratory", data="moons")).scene.recipe
    )


def test_points_that_come_with_another_data_set_stay() -> None:
    at = open_page("train", step="laboratory")
    at.session_state["pts"] = OWN
    choose_data(at, "moons")
    assert len(session(at).scene.points or ()) == 4
    slide(at, "rate", "0.3")
    assert len(session(at).scene.points or ()) == 4


def test_the_share_for_testing_comes_back_with_the_data_set() -> None:
    at = open_page("train", test="0.5")
    for _ in range(3):
        press(at, "Delete this point")
    assert at.query_params["test"] == "0"
    for left in (2, 1):
        press(at, "Undo")
        assert at.session_state["test"] == "0", left
    press(at, "Undo")
    assert at.session_state["test"] == "0.5"
    assert session(at).scene.test_share == 0.5
    assert at.query_params["test"] == "0.5"
    assert session(at).view.test is not None


def test_a_share_that_the_reader_chose_for_own_points_stays() -> None:
    at = press(open_page("train"), "Delete this point")
    at.segmented_control(key="test").set_value("0.5").run()
    press(at, "Back to the data set")
    assert session(at).scene.test_share == 0.5


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "The link was cut off or changed"), ("ko", "링크가 전달되는 동안")]
)
def test_a_link_whose_points_were_cut_off_says_so_above_all_else(lang: str, words: str) -> None:
    at = open_page("train", lang, pts=OWN[:-6])
    assert [warning.value for warning in at.warning if words in warning.value]
    assert "pts" not in at.query_params
    assert at.session_state["pts"] == ""
