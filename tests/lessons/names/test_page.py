"""The lesson on names, run as Streamlit runs it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lessons import LESSONS
from lessons.names import quiz
from lessons.names.model import TERMS, names_of
from tests.lessons.conftest import everything, open_page, press, said
from tests.ui.calculator import uncoloured
from ui.page import Page
from ui.stage.payload import unpack
from ui.text import language

BOTH = pytest.mark.parametrize("lang", ["en", "ko"])


def page_of(lang: str) -> Page:
    t = language(lang)
    return Page(next(lesson for lesson in LESSONS if lesson.slug == "names"), t, t.prose("names"))


def headings(at: AppTest) -> list[str]:
    return [heading.value for heading in at.subheader][:1]


@BOTH
def test_the_surprise_and_the_first_statement_of_the_note_are_there(lang: str) -> None:
    at = open_page("names", lang)
    assert not at.exception
    words = uncoloured(everything(at))
    surprise, general = {
        "en": ("is, strictly, a wrong name", "stands beside the SVM and generalises logistic regression"),
        "ko": ("엄밀히 말해 틀린 이름입니다", "로지스틱 회귀를 여러 클래스로 일반화한 것입니다"),
    }[lang]
    assert surprise in words
    assert general in words
    assert r"\frac{2.3632}{3.6863} = 0.6411" in words
    assert r"\frac{1}{1 + e^{-(0.58)}} = 0.6411" in words


@BOTH
@pytest.mark.parametrize("key", TERMS)
def test_a_link_opens_the_card_of_a_name_in_both_languages(lang: str, key: str) -> None:
    at = open_page("names", lang, step="map", term=key)
    assert not at.exception
    words = everything(at)
    assert names_of(language(lang))[key] in headings(at)
    other = language("ko" if lang == "en" else "en")
    assert f"{names_of(other)[key]} · " in words or key in {"SVM"}
    assert any(TERMS[key].formula in formula.value for formula in at.get("latex"))


def test_every_row_of_the_table_has_its_own_formula_and_says_what_its_number_is() -> None:
    (cells,) = (table.value for table in open_page("names").table)
    rows = {name: (row["Formula"], row["In the example"]) for name, row in cells.iterrows()}
    assert {name: formula for name, (formula, _) in rows.items()} == {
        key: f"${term.formula}$" for key, term in TERMS.items()
    }
    assert rows["score"][1] == "$f_y$ = 0.28"
    assert rows["hinge loss"][1] == "$L$ = 1.58"
    assert rows["SVM"][1] == r"$\max_k f_k$ = 0.86"


def test_a_way_on_the_card_leads_to_the_next_name() -> None:
    at = open_page("names", step="map", term="SVM")
    press(at, "hinge loss")
    assert at.session_state["term"] == "hinge loss"
    assert headings(at) == ["hinge loss"]
    scene = next(
        scene
        for scene in (unpack(part.proto.bytes) for part in at.get("bidi_component") if part.proto.bytes)
        if scene["key"] == "names-map"
    )
    assert "Chosen: hinge loss" in scene["description"]


@BOTH
def test_a_name_that_is_none_is_answered_and_the_page_keeps_its_own(lang: str) -> None:
    at = open_page("names", lang, term="softmin", quiz="11")
    assert not at.exception
    assert "softmin" in at.warning[0].value
    assert "11" in at.warning[1].value
    assert headings(at) == [names_of(language(lang))["softmax loss"]]


def test_each_of_ten_cards_keeps_its_mark_and_a_right_answer_counts_later_too() -> None:
    at = open_page("names", step="cards")
    wrong, right = (
        next(index for index, option in enumerate(quiz.ask(page_of("en"), 1)[1]) if option.right == wanted)
        for wanted in (False, True)
    )
    marks = []
    for index in (wrong, right):
        at.radio(key="names-quiz-1-choice").set_value(index).run()
        at.button(key="names-quiz-1-check").click().run()
        marks.append(at.button(key="names-quiz-to-1").label)
    assert marks == ["1 ✗", "1 ✓"]
    assert "Right: 1 of 10" in said(at)
    press(at, "Another one")
    assert at.session_state["quiz"] == 2
    press(at, "10")
    assert "names-quiz-10-choice" in [radio.key for radio in at.radio]
    press(at, "1 ✓")
    assert at.radio(key="names-quiz-1-choice").value == right
    assert not at.exception


@BOTH
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_each_answer_gets_its_own_verdict(lang: str, number: int) -> None:
    _, options = quiz.ask(page_of(lang), number)
    at = open_page("names", lang, step="cards", quiz=number)
    key = f"names-quiz-{number}"
    for index, option in enumerate(options):
        at.radio(key=f"{key}-choice").set_value(index).run()
        assert option.reason not in [box.value for box in (*at.success, *at.warning)]
        at.button(key=f"{key}-guess").click().run()
        assert [box.value for box in at.success] == ([option.reason] if option.right else [])
        assert [box.value for box in at.warning] == ([] if option.right else [option.reason])
