"""The lesson on scores, run as Streamlit runs it."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.lessons.conftest import drawn, everything, open_page, press, said

BOTH = pytest.mark.parametrize("lang", ["en", "ko"])


def answer(at: AppTest, key: str, index: int) -> str:
    at.radio(key=f"{key}-choice").set_value(index).run()
    at.button(key=f"{key}-check").click().run()
    assert not at.exception
    return "right" if at.success else "wrong"


@BOTH
def test_the_golden_numbers_are_on_the_screen(lang: str) -> None:
    at = open_page("scores", lang)
    assert not at.exception
    words = everything(at)
    for number in ("0.057844", "2.3632", "1.3231", "3.7441", "0.01545", "0.6312", "0.3534", "1.0402"):
        assert number in words


@BOTH
@pytest.mark.parametrize(
    "row",
    [
        "123, 456, 789",
        "10000, -10000",
        "0, 0",
        "-745, -746, -10000",
        "1,2,3,4,5,6,7,8",
        "10000, 10000, 10000",
    ],
)
def test_any_scores_give_a_page_without_nan(lang: str, row: str) -> None:
    at = open_page("scores", lang, scores=row, constant="20", temperature="0.1")
    assert not at.exception
    assert not at.error
    assert "nan" not in everything(at)


def test_two_classes_show_sigmoid_and_softmax_agreeing() -> None:
    assert everything(open_page("scores", step="two", ahead="2")).count("0.8808") >= 2
    assert "0.8808" not in everything(open_page("scores", step="two", ahead="1"))


def test_the_triangle_of_more_than_three_classes_is_that_of_the_notes() -> None:
    at = open_page("scores", step="three", scores="9, 1, 0, -1, 2")
    assert not at.exception
    assert "ship" in drawn(at, "scores-simplex")["description"]


@pytest.mark.parametrize(
    ("label", "row", "classes"),
    [
        ("Cat, dog, ship", "-2.85, 0.86, 0.28", "cat, dog, ship"),
        ("Large scores: 123, 456, 789", "123, 456, 789", "A, B, C"),
        ("A tie", "2, 2, -1", "A, B, C"),
        ("One dominates", "9, 1, 0, -1, 2", "A, B, C, D, E"),
        ("Two classes", "1.5, -0.5", "spam, mail"),
    ],
)
def test_a_scene_sets_everything_and_keeps_nothing_of_before(label: str, row: str, classes: str) -> None:
    at = open_page("scores", step="softmax", scores="1, 2, 3, 4", names="p, q, r, s", focus="q")
    press(at, label)
    assert not at.exception
    assert (at.text_input(key="scores").value, at.text_input(key="names").value) == (row, classes)
    assert at.session_state["focus"] is None


def test_the_constant_says_how_little_it_changed() -> None:
    at = open_page("scores", step="shift", constant="7.5")
    assert "The constant" not in said(at)
    answer(at, "scores-constant", 0)
    assert "Only rounding shows, from decimal place 16 on." in said(at)
    even = open_page("scores", step="shift", scores="0, 0", constant="1")
    answer(even, "scores-constant", 0)
    assert "no probability has changed" in said(even)


def test_the_cold_end_knows_a_tie() -> None:
    assert "the probability of **dog** goes to 1" in said(open_page("scores", step="temperatures"))
    assert "**A** · **B** share everything, 1/2 each" in said(
        open_page("scores", step="temperatures", scores="2, 2, -1", names="A, B, C")
    )


def test_where_all_are_equal_the_temperature_is_not_said_to_change_a_probability() -> None:
    words = said(open_page("scores", step="temperatures", scores="3, 3, 3, 3"))
    assert "at every $T$ every probability is 1/4" in words
    assert "unlike a constant" not in words


def test_a_highlighted_class_is_boxed_in_the_formulas() -> None:
    words = everything(open_page("scores", focus="dog"))
    assert r"\boxed{0.6312}" in words
    assert r"\boxed{0.3534}" not in words


def test_renaming_a_highlighted_class_does_no_harm() -> None:
    at = open_page("scores", focus="dog", truth="dog")
    at.text_input(key="names").set_value("a, b").run()
    assert not at.exception
    assert r"\text{a}" in everything(at)
    assert r"\text{dog}" not in everything(at)


@pytest.mark.parametrize("truth", ["cat", "dog", "ship"])
def test_the_loss_is_that_of_the_chosen_class(truth: str) -> None:
    losses = {"cat": "4.1702", "dog": "0.4602", "ship": "1.0402"}
    words = said(open_page("scores", step="loss", truth=truth))
    assert f"**{losses[truth]}** nats" in words


@pytest.mark.parametrize(("truth", "name"), [("a).", "a"), ("b", "\u202eb"), ("\u202eb", "\u202eb")])
def test_a_class_is_found_though_its_link_was_hurt_at_its_ends(truth: str, name: str) -> None:
    at = open_page("scores", step="loss", names="a,\u202eb,c", truth=truth)
    assert at.session_state["truth"] == name
    assert not at.warning


def test_a_class_is_not_guessed_where_two_may_be_meant() -> None:
    assert (
        open_page("scores", step="loss", names="\u202ab,\u202eb,c", truth="b").session_state["truth"] == "c"
    )


def test_where_the_probability_is_too_small_the_page_says_that_the_first_form_breaks() -> None:
    words = everything(open_page("scores", step="loss", scores="0, 2000", names="A, B", truth="A"))
    assert "the first form breaks" in words
    assert "**2000** nats" in words
    assert r"\infty" in words


@BOTH
@pytest.mark.parametrize(
    "bad", ["1, two, 3", "7", "1,2,3,4,5,6,7,8,9,10,11", "1, nan", "1, inf", "1, 1e9", "1,, 2", ""]
)
def test_what_cannot_be_read_is_answered_and_the_last_good_scores_stay(lang: str, bad: str) -> None:
    at = open_page("scores", lang, step="softmax", scores="1.5, -0.5", names="spam, mail")
    at.text_input(key="scores").set_value(bad).run()
    assert not at.exception
    assert len(at.error) == 1
    assert bool(re.search("[가-힣]", at.error[0].value)) == (lang == "ko")
    assert "0.8808" in everything(at)


@BOTH
@pytest.mark.parametrize(
    "link",
    [
        {"scores": "<b>,1"},
        {"temperature": "0"},
        {"constant": "1e9"},
        {"focus": "nobody"},
        {"truth": "nobody"},
    ],
)
def test_a_bad_link_still_opens_the_page(lang: str, link: dict[str, str]) -> None:
    at = open_page("scores", lang, **link)
    assert not at.exception
    assert "0.6312" in everything(at)


@pytest.mark.parametrize(("index", "verdict"), [(0, "wrong"), (1, "wrong"), (2, "right")])
def test_a_constant_leaves_a_probability(index: int, verdict: str) -> None:
    at = open_page("scores", step="shift")
    assert answer(at, "scores-constant", index) == verdict
    assert "0.01545 before, 0.01545 after" in said(at)


@pytest.mark.parametrize(
    ("row", "right"),
    [("-2.85, 0.86, 0.28", 0), ("2, 2, -1", 0), ("123, 456, 789", 0), ("-5, -5", 2), ("3, 3, 3", 2)],
)
def test_doubling_favours_the_top_class_unless_all_are_equal(row: str, right: int) -> None:
    key = "scores-doubling-tie" if right == 2 else "scores-doubling"
    for index in range(3):
        expected = "right" if index == right else "wrong"
        assert answer(open_page("scores", step="sharpness", scores=row), key, index) == expected


def test_doubling_is_shown_with_its_numbers() -> None:
    at = open_page("scores", step="sharpness")
    answer(at, "scores-doubling", 0)
    assert "0.6312 before, 0.761 after" in said(at)


def test_one_point_more_is_less_than_e_times_the_probability() -> None:
    at = open_page("scores", step="more", focus="dog")
    assert answer(at, "scores-raise", 1) == "right"
    assert "0.6312 before, 0.8231 after" in said(at)


def test_nothing_is_given_away_before_the_answer() -> None:
    at = open_page("scores")
    assert not at.success
    assert not at.warning
    assert at.button(key="scores-constant-check").disabled


@BOTH
def test_one_point_more_is_less_than_e_times_whatever_is_answered(lang: str) -> None:
    for index in range(3):
        at = open_page("scores", lang, step="more", scores="-1,0,0")
        assert all("$e$" in option for option in at.radio(key="scores-raise-choice").options)
        assert answer(at, "scores-raise", index) == ("right" if index == 1 else "wrong")
        assert "2.718" in said(at)


@BOTH
@pytest.mark.parametrize(
    ("row", "english", "korean"),
    [
        ("789, 1", "No float64 is as large", "가장 큰 수보다 크므로"),
        ("709, 709.5, 709.7", "but not the sum", "전체 합은 나타낼 수 없으므로"),
        ("-740, -744, -744.5", "with fewer digits", "적은 자릿수만 남으므로"),
        ("-800, -900", "becomes 0 in a float64", "0이 되므로"),
    ],
)
def test_why_the_scores_are_shifted_is_said_truly(lang: str, row: str, english: str, korean: str) -> None:
    words = said(open_page("scores", lang, step="numbers", scores=row))
    reasons = ("No float64 is as large", "but not the sum", "with fewer digits", "becomes 0 in a float64")
    if lang == "en":
        assert [reason for reason in reasons if reason in words] == [english]
    else:
        assert korean in words


@BOTH
def test_the_remark_under_the_formulas_is_never_missing(lang: str) -> None:
    for values in ({}, {"scores": "-2.8,0.86,0.28"}, {"temperature": "2"}, {"scores": "1,2"}):
        words = said(open_page("scores", lang, **values))
        assert ("a calculator gives the same" if lang == "en" else "직접 계산해도 같은 값") in words
        assert " .016" not in words  # which printed number is wrong, a later lesson asks


@BOTH
def test_running_text_writes_whole_numbers_in_full(lang: str) -> None:
    at = open_page("scores", lang, scores="10000,-4612", truth="B", names="A, B")
    words = said(at)
    assert "**14612**" in words
    assert "10000" in words
    assert not re.search(r"\de4\b", words)


@BOTH
def test_three_equal_scores_have_no_path(lang: str) -> None:
    words = said(open_page("scores", lang, step="three", scores="3,3,3"))
    assert ("no temperature moves it" if lang == "en" else "중심에서 움직이지 않습니다") in words


def test_korean_keeps_one_register_and_one_term() -> None:
    at = open_page("scores", "ko")
    words = said(at) + " ".join(option for radio in at.radio for option in radio.options)
    for wrong in ("보십시오", "됩니까", "지수 값", "그대로", "고양이"):
        assert wrong not in words
    assert "지수 함숫값" in words
    assert any(button.label == "cat, dog, ship" for button in at.button)


@BOTH
@pytest.mark.parametrize(
    "row",
    [
        "-inf, 0.86, 0.28",
        "−∞; 3",
        "2 2 -np.inf",
        "float('-inf'), -800, -∞, 3000",
        "array([-inf,  0.,  1.,  2.])",
    ],
)
def test_forbidden_classes_are_part_of_every_step(lang: str, row: str) -> None:
    at = open_page("scores", lang, scores=row, constant="20", temperature="0.5", truth="cat")
    assert not at.exception
    assert not at.error
    words = everything(at)
    assert "−∞" in words
    for wrong in ("nan", "[[", "−inf", "-inf "):
        assert wrong not in words.replace(row, "")


def test_a_forbidden_class_has_probability_0_and_a_handle_at_the_lower_edge() -> None:
    at = open_page("scores", scores="-inf, 0.86, 0.28", step="softmax")
    bars = drawn(at, "scores-bars")
    assert "cat: score −∞, exponential 0, probability 0" in bars["description"]
    handle = bars["handles"][0]
    assert (handle["text"], handle["y"]) == ("−∞", handle["low"])


@pytest.mark.parametrize(("lang", "words"), [("en", "All scores are −∞"), ("ko", "모든 점수가 −∞입니다")])
def test_a_row_of_forbidden_classes_alone_is_answered(lang: str, words: str) -> None:
    at = open_page("scores", lang, step="softmax", scores="-inf, -inf")
    assert not at.exception
    assert any(words in each.value for each in at.error)
