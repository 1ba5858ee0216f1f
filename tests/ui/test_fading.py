"""Worked lines fade: complete, then with a blank, then one's own; run as Streamlit runs them."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.lessons.conftest import everything, open_page, said

BOTH = pytest.mark.parametrize("lang", ["en", "ko"])
BLANK = r"\underline{\;\;?\;\;}"


def turn_to(at: AppTest, key: str) -> AppTest:
    """One of the three computations; they are shown one at a time."""
    lines, _, part = key.rpartition("-")
    return at.segmented_control(key=f"{lines}-part").set_value(part).run()


def give(at: AppTest, key: str, text: str) -> AppTest:
    turn_to(at, key)
    at.text_input(key=f"{key}-number").set_value(text)
    return at.button(key=f"{key}-done").click().run()


@BOTH
def test_the_first_is_complete_the_second_has_one_blank_the_third_is_empty(lang: str) -> None:
    at = open_page("scores", lang, step="now-you")
    assert "0.08214" in everything(at)
    assert BLANK not in everything(at)
    assert everything(turn_to(at, "scores-faded-guided")).count(BLANK) == 1
    assert "0.08214" not in everything(at)
    assert "0.525" not in everything(at)
    assert BLANK not in everything(turn_to(at, "scores-faded-alone"))
    assert "0.934" not in everything(at)
    assert not at.success


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1.537", "That is the exponential."),
        ("0.6312", "temperature as it was"),
        ("0.333", "all scores were equal"),
    ],
)
def test_a_wrong_number_in_the_blank_has_its_reason_and_the_blank_stays(text: str, part: str) -> None:
    at = give(open_page("scores", step="now-you"), "scores-faded-guided", text)
    assert part in at.warning[0].value
    assert BLANK in everything(at)
    assert "0.525" not in everything(at)
    assert not at.success


@BOTH
def test_the_right_numbers_complete_the_lines(lang: str) -> None:
    at = give(open_page("scores", lang, step="now-you"), "scores-faded-guided", "0.525")
    assert len(at.success) == 1
    assert BLANK not in everything(at)
    at = give(at, "scores-faded-alone", "0.934")
    assert len(at.success) == 1
    assert "0.934" in everything(at)


@BOTH
def test_what_is_close_to_0_or_1_is_not_said_to_be_it(lang: str) -> None:
    at = give(open_page("scores", lang, step="now-you", scores="9000,-9000,0"), "scores-faded-guided", "0")
    assert len(at.success) == 1
    assert r"\frac{e^{-9000}}{1} = {e^{-9000} \approx 0}$" in at.success[0].value
    assert r"e^{-9000} &\approx 0" in everything(at)
    at = turn_to(at, "scores-faded-worked")
    assert r"\frac{1}{1} \approx {1 - e^{-4500}}$" in everything(at)
    assert "= 1 −" not in everything(at)
    at = give(at, "scores-faded-alone", "4500")
    assert r"= -\log e^{-4500} = 4500$" in at.success[0].value


@BOTH
@pytest.mark.parametrize("scores", ["10000, -10000", "0, 0", "1,2,3,4,5,6,7,8", "-745, -746, -10000"])
def test_any_scores_can_be_worked(lang: str, scores: str) -> None:
    at = open_page("scores", lang, step="now-you", scores=scores)
    for part in ("worked", "guided", "alone"):
        turn_to(at, f"scores-faded-{part}")
        assert not at.exception
        assert "nan" not in everything(at)


@pytest.mark.parametrize(
    ("text", "part"),
    [("0.58", ""), ("1.58", "leave out one Δ"), ("-2.55", "Terms below 0"), ("2", "Too large")],
)
def test_the_hinge_is_judged_by_the_kind_of_error(text: str, part: str) -> None:
    at = give(open_page("losses", step="now-you"), "losses-faded-guided", text)
    assert bool(at.success) == (text == "0.58")
    assert part in said(at)


def test_a_wrong_number_is_not_told_that_the_hinge_is_0() -> None:
    at = give(open_page("losses", step="now-you"), "losses-faded-alone", "0.3")
    assert not at.success
    assert "but 0" not in said(at)
    assert "What is below 0 counts as 0" in said(at)


def test_what_is_no_number_is_asked_for_again() -> None:
    at = give(open_page("scores", step="now-you"), "scores-faded-alone", "much")
    assert "Type a number" in at.info[0].value
    assert not at.warning


def test_a_teacher_sees_the_lines_complete() -> None:
    at = open_page("scores", step="now-you")
    at.session_state["reveals-all"] = True
    turn_to(at, "scores-faded-guided")
    assert BLANK not in everything(at)
    assert "0.525" in everything(at)
    turn_to(at, "scores-faded-alone")
    assert BLANK not in everything(at)
    assert "0.934" in everything(at)


@BOTH
def test_who_asks_to_be_shown_sees_the_lines_complete_and_the_answer(lang: str) -> None:
    at = turn_to(open_page("scores", lang, step="now-you"), "scores-faded-guided")
    at.button(key="scores-faded-guided-show").click().run()
    assert BLANK not in everything(at)
    assert "0.525" in at.info[0].value
    assert not at.success
    at.text_input(key="scores-faded-guided-number").set_value("0.3").run()
    assert BLANK in everything(at)
    assert not at.info


def test_what_was_typed_is_there_after_another_part() -> None:
    at = give(open_page("scores", step="now-you"), "scores-faded-guided", "0.525")
    assert not turn_to(at, "scores-faded-alone").success
    turn_to(at, "scores-faded-guided")
    assert at.text_input(key="scores-faded-guided-number").value == "0.525"
    assert len(at.success) == 1
