"""Commit, say how sure, then see; run as Streamlit runs it, without a browser."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ui.predict import ask
from ui.predict.latex_to_text import plain


def asking() -> None:
    import streamlit as st

    import lessons  # noqa: F401  (which enters its pages)
    from ui.charts.picture import Handle, Picture, Table
    from ui.page import open_page
    from ui.predict import ask
    from ui.predict.answers import Answer, Miss, Words

    page = open_page("scores")
    state = st.session_state
    state["told"] = []
    word, explains = state.get("word", "first"), state.get("explains", True)

    def told(reason: str) -> Words:
        """A reason that notes when it is made."""
        return lambda: state["told"].append(reason) or reason

    options = [ask.Option("yes", told("Yes is right."), True), ask.Option("no", told("No is wrong."))]
    answer = Answer(8.0, told("Twice four is 8."), (Miss(16.0, told("That is four squared.")),))

    def draw(values: object, revealed: bool) -> Picture:
        handles = [Handle(0, "first", "1", 0, 0, 0, 1, 0.1)]
        return Picture(
            "revealed" if revealed else "asked",
            str(values),
            {"data": [], "layout": {}},
            Table([], []),
            handles,
        )

    def judge(values: object) -> ask.Verdict:
        return ask.Verdict(str(values), values == [0.5], "It is a half.")

    if state.get("elsewhere"):
        return
    drawing = ask.Sketch([0.25], (0.0, 1.0), draw, judge, lambda: ask.Verdict("0.5", True, "So it is."))
    scene = state.get("scene", "")
    state["verdicts"] = [
        ask.choice(page, "a", f"The {word} question?", options, scene, explains),
        ask.number(page, "b", "Twice four?", answer, explains=explains),
        ask.sketch(page, "c", "Where?", drawing, explains=explains),
    ]


@pytest.fixture
def at() -> AppTest:
    return AppTest.from_function(asking, default_timeout=120).run()


def entries(at: AppTest) -> list[dict[str, Any]]:
    """What the page has handed to the reader's diary."""
    parts = [json.loads(part.proto.json) for part in at.get("bidi_component") if part.proto.json]
    return [part["entry"] for part in parts if part.get("kind") == "write"]


def asked(at: AppTest) -> list[str]:
    """What the diary takes the answers for: one answer each stays."""
    parts = [json.loads(part.proto.json) for part in at.get("bidi_component") if part.proto.json]
    return [part["asked"] for part in parts if part.get("kind") == "write"]


def recalled(at: AppTest) -> list[str]:
    """What the cards look up in the reader's diary, which the browser alone can read."""
    parts = [json.loads(part.proto.json) for part in at.get("bidi_component") if part.proto.json]
    return [part["asked"] for part in parts if part.get("kind") == "recall"]


def commit(at: AppTest, key: str, sure: str) -> AppTest:
    return at.button(key=f"{key}-{sure}").click().run()


def test_before_an_answer_nothing_is_revealed_and_nothing_noted(at: AppTest) -> None:
    assert not at.exception
    at.radio(key="a-choice").set_value(1).run()
    assert not at.success
    assert not at.warning
    assert entries(at) == []


@pytest.mark.parametrize(
    ("index", "sure", "title"),
    [(0, "certain", "Right"), (1, "guess", "Not quite"), (1, "certain", "A surprise")],
)
def test_the_answer_given_is_the_one_that_is_answered(at: AppTest, index: int, sure: str, title: str) -> None:
    at.radio(key="a-choice").set_value(index).run()
    commit(at, "a", sure)
    (said,) = [*at.success, *at.warning]
    assert said.value == ("Yes is right.", "No is wrong.")[index]
    assert said.proto.title == title
    (entry,) = entries(at)
    assert entry["right"] == (index == 0)
    assert entry["sure"] == ("guess", "check", "certain").index(sure)


def test_another_answer_or_another_question_is_not_yet_committed(at: AppTest) -> None:
    at.radio(key="a-choice").set_value(1).run()
    commit(at, "a", "certain")
    at.radio(key="a-choice").set_value(0).run()
    assert not at.success
    assert entries(at) == []
    at.radio(key="a-choice").set_value(1).run()
    at.session_state["word"] = "second"
    at.run()
    assert not at.warning
    assert entries(at) == []


@pytest.mark.parametrize(
    ("text", "part"), [("8", "Twice four is 8."), ("16", "four squared"), ("80", "off by 1"), ("-8", "sign")]
)
def test_a_number_is_judged_by_its_kind_of_error(at: AppTest, text: str, part: str) -> None:
    at.text_input(key="b-number").set_value(text)
    commit(at, "b", "check")
    (said,) = [*at.success, *at.warning]
    assert part in said.value
    assert bool(at.success) == (text == "8")
    assert [entry["answer"] for entry in entries(at)] == [text]


@pytest.mark.parametrize("text", ["", "eight", "1/0"])
def test_what_is_no_number_is_no_prediction(at: AppTest, text: str) -> None:
    at.text_input(key="b-number").set_value(text)
    commit(at, "b", "certain")
    assert "Type a number" in at.info[0].value
    assert entries(at) == []
    assert not at.warning


def test_a_number_that_can_be_read_in_two_ways_is_asked_for_again(at: AppTest) -> None:
    at.text_input(key="b-number").set_value("1,234")
    commit(at, "b", "certain")
    assert "can be read in two ways" in at.info[0].value
    assert at.text_input(key="b-number").value == "1,234"
    assert entries(at) == []


def test_a_card_looks_an_earlier_answer_up_until_it_is_answered_now(at: AppTest) -> None:
    assert recalled(at) == ["a", "b", "c"]
    at.session_state["scene"] = "[1.0]"
    at.radio(key="a-choice").set_value(1).run()
    assert recalled(at) == ["a [1.0]", "b", "c"]
    commit(at, "a", "certain")
    assert recalled(at) == ["b", "c"]
    assert asked(at) == ["a [1.0]"]


def test_a_sketch_is_revealed_beside_the_truth_only_when_committed(at: AppTest) -> None:
    assert not at.success
    at.session_state["c-values"] = [0.5]
    at.run()
    assert not at.success
    commit(at, "c", "guess")
    assert at.success[0].value == "It is a half."
    at.session_state["c-values"] = [0.6]
    at.run()
    assert not at.success
    commit(at, "c", "guess")
    assert at.warning[0].value == "It is a half."


def test_a_teacher_sees_every_answer_and_leaves_no_trace(at: AppTest) -> None:
    at.session_state["reveals-all"] = True
    at.run()
    words = " ".join(element.value for element in at.markdown)
    for part in ("Yes is right.", "No is wrong.", "Twice four is 8."):
        assert part in words
    assert not at.radio
    assert not at.button
    assert entries(at) == recalled(at) == []


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        (r"Is $e \approx 2.7$ **large**?", "Is e ≈ 2.7 large?"),
        (r"$\tfrac{1}{2}\lambda$ and $e^{100}$", "1/2λ and e^100"),
        (r"$f_j - f_y + \Delta$", "f_j − f_y + Δ"),
    ],
)
def test_a_spoken_question_has_no_markup(markdown: str, words: str) -> None:
    assert plain(markdown) == words


def answered(at: AppTest, **state: str) -> list[str]:
    for name, value in state.items():
        at.session_state[name] = value
    at.run()
    at.radio(key="a-choice").set_value(1).run()
    is_asked = "a-certain" in {button.key for button in at.button}  # not where it stands answered
    return asked(commit(at, "a", "certain") if is_asked else at)


def test_a_question_in_other_words_is_the_same_question_and_another_scene_is_another(at: AppTest) -> None:
    first = answered(at)
    assert answered(at, word="erste") == first
    assert answered(at, scene="[1.0, 2.0]") != first


def test_an_answer_stays_committed_in_another_language_and_not_for_another_scene_there(at: AppTest) -> None:
    answered(at)
    assert at.warning
    for lang, word, scene, stays in (
        ("ko", "첫째", "", True),
        ("en", "first", "", True),
        ("ko", "첫째", "[1.0, 2.0]", False),
    ):
        at.query_params["lang"] = lang
        at.session_state["word"], at.session_state["scene"] = word, scene
        at.run()
        assert at.radio(key="a-choice").value == 1
        assert bool(at.warning) == stays, lang
        assert len(entries(at)) == (lang == "en"), "it is written down once, as it was given"


def verdicts(at: AppTest) -> list[ask.Verdict | None]:
    return list(at.session_state["verdicts"])


def test_the_verdict_is_known_in_the_run_in_which_the_answer_is_committed(at: AppTest) -> None:
    assert verdicts(at) == [None, None, None]
    at.radio(key="a-choice").set_value(1)
    at.text_input(key="b-number").set_value("8").run()
    assert verdicts(at) == [None, None, None]
    commit(at, "a", "certain")
    assert verdicts(at) == [ask.Verdict("no", False, "No is wrong.", sure=2), None, None]
    commit(at, "b", "guess")
    assert verdicts(at)[1] == ask.Verdict("8", True, "Twice four is 8.")
    commit(at, "c", "check")
    assert verdicts(at)[2] == ask.Verdict("[0.25]", False, "It is a half.", sure=1)


def test_a_reason_is_made_only_when_it_is_shown(at: AppTest) -> None:
    at.radio(key="a-choice").set_value(1)
    at.text_input(key="b-number").set_value("16").run()
    assert at.session_state["told"] == []
    commit(at, "a", "guess")
    assert at.session_state["told"] == ["No is wrong."]
    commit(at, "b", "guess")
    assert sorted(at.session_state["told"]) == ["No is wrong.", "That is four squared.", "Twice four is 8."]


def test_the_caller_may_explain_elsewhere(at: AppTest) -> None:
    at.session_state["explains"] = False
    at.radio(key="a-choice").set_value(1).run()
    commit(at, "a", "certain")
    assert [entry["reason"] for entry in entries(at)] == ["No is wrong."]
    assert not [*at.success, *at.warning, *at.info]
    assert verdicts(at)[0] == ask.Verdict("no", False, "No is wrong.", sure=2)
    at.session_state["reveals-all"] = True
    at.run()
    assert "Yes is right." not in " ".join(element.value for element in at.markdown)


def test_a_teacher_has_every_question_answered_right(at: AppTest) -> None:
    at.session_state["reveals-all"] = True
    at.run()
    answers = [verdict.answer for verdict in verdicts(at) if verdict and verdict.right and not verdict.shown]
    assert answers == ["yes", "8", "0.5"]


@pytest.mark.parametrize(("key", "answer"), [("a", "yes"), ("b", "8"), ("c", "0.5")])
def test_who_asks_to_be_shown_sees_the_answer_and_it_is_not_written_down(
    at: AppTest, key: str, answer: str
) -> None:
    at.button(key=f"{key}-show").click().run()
    (verdict,) = filter(None, verdicts(at))
    assert (verdict.answer, verdict.right, verdict.shown) == (answer, False, True)
    (told,) = at.info
    assert answer in told.value
    assert verdict.reason in told.value
    assert not [*at.success, *at.warning]
    assert entries(at) == []


def seen(at: AppTest) -> list[bool]:
    parts = [json.loads(part.proto.json) for part in at.get("bidi_component") if part.proto.json]
    return [part["seen"] for part in parts if part.get("kind") == "write"]


def test_an_answer_after_having_been_shown_it_is_no_first_one(at: AppTest) -> None:
    at.button(key="a-show").click().run()
    at.radio(key="a-choice").set_value(0).run()
    assert verdicts(at) == [None, None, None]
    commit(at, "a", "certain")
    assert verdicts(at)[0] == ask.Verdict("yes", True, "Yes is right.", sure=2)
    assert seen(at) == [True]
    at.session_state["scene"] = "[1.0]"
    at.run()
    assert seen(at) == [False]


def test_an_answer_is_there_again_after_its_question_was_not(at: AppTest) -> None:
    at.radio(key="a-choice").set_value(1)
    at.text_input(key="b-number").set_value("16").run()
    commit(commit(at, "a", "certain"), "b", "guess")
    before = verdicts(at)
    at.session_state["elsewhere"] = True
    for _ in range(3):
        at.run()
        assert not at.radio
    at.session_state["elsewhere"] = False
    at.run()
    assert at.radio(key="a-choice").value == 1
    assert at.text_input(key="b-number").value == "16"
    assert verdicts(at) == before
    assert [said.value for said in at.warning] == ["No is wrong.", "That is four squared. Twice four is 8."]
