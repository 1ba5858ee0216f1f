"""The quiz on names: every question has one right answer, and every wrong one its own reason."""

from __future__ import annotations

import pytest

from lessons import LESSONS
from lessons.names import quiz
from lessons.names.model import TERMS, names_of, numbers
from ui.page import Page
from ui.text import language

ALL = range(1, 100)
BOTH = pytest.mark.parametrize("code", ["en", "ko"])


def page(code: str = "en") -> Page:
    t = language(code)
    lesson = next(lesson for lesson in LESSONS if lesson.slug == "names")
    return Page(lesson, t, t.prose("names"))


@BOTH
def test_every_question_has_one_right_answer_and_a_reason_for_each(code: str) -> None:
    for number in ALL:
        question, options = quiz.ask(page(code), number)
        assert len(options) == quiz.CHOICES
        assert len({option.text for option in options}) == quiz.CHOICES
        assert [option.right for option in options].count(True) == 1
        assert len({option.reason for option in options}) == quiz.CHOICES, number
        assert "[[" not in question + "".join(option.reason for option in options)


def test_a_question_is_the_same_every_time_and_others_differ() -> None:
    assert quiz.ask(page(), 7) == quiz.ask(page(), 7)
    asked = {(question, tuple(options)) for question, options in (quiz.ask(page(), n) for n in ALL)}
    assert len(asked) > 90


@BOTH
def test_a_wrong_name_is_told_its_own_formula_number_or_description(code: str) -> None:
    own, names = page(code), names_of(language(code))
    key_of = {name: key for key, name in names.items()}
    for number in ALL:
        kind = quiz.KINDS[(number - 1) % 4]
        if kind == "pair":
            continue
        for option in quiz.ask(own, number)[1]:
            term = TERMS[key_of[option.text]]
            fact = {
                "formula": term.formula,
                "number": numbers()[term.key],
                "description": own.text(f"what-{term.slug}"),
            }[kind]
            assert option.right or (fact in option.reason and names[term.key] in option.reason)


@BOTH
def test_every_wrong_answer_is_told_the_right_one(code: str) -> None:
    for number in ALL:
        options = quiz.ask(page(code), number)[1]
        (right,) = (option.text for option in options if option.right)
        told = language(code)("The right answer is {right}. {why}", right=right, why="").strip(" .")
        assert all(option.right or told in option.reason for option in options), number


def test_no_wrong_answer_has_the_number_or_formula_that_was_asked_for() -> None:
    key_of = {name: key for key, name in names_of(language("en")).items()}
    for number in ALL:
        kind = quiz.KINDS[(number - 1) % 4]
        options = quiz.ask(page(), number)[1]
        if kind not in {"number", "formula"}:
            continue
        right = next(key_of[option.text] for option in options if option.right)
        for option in options:
            other = key_of[option.text]
            if kind == "number":
                assert option.right or numbers()[other] != numbers()[right]
            losses = {"softmax loss", "log loss", "cross-entropy loss"}
            assert option.right or not {right, other} <= losses


def test_a_wrong_pair_is_told_both_true_ones() -> None:
    own = page()
    pairs = [quiz.ask(own, number)[1] for number in ALL if (number - 1) % 4 == 3]
    wrong = {option.text: option.reason for options in pairs for option in options if not option.right}
    told = " ".join(wrong["SVM + cross-entropy loss"].split())
    assert "The SVM minimises the hinge loss together with the penalty ½λ‖W‖²." in told
    assert told.endswith("The softmax classifier minimises the cross-entropy loss.")
    assert "softmax classifier + log loss" not in wrong
    right = {option.text for options in pairs for option in options if option.right}
    assert right == {
        "SVM + hinge loss",
        "softmax classifier + cross-entropy loss",
        "logistic regression + log loss",
    }


@BOTH
def test_a_description_does_not_give_its_name_away(code: str) -> None:
    own, names = page(code), names_of(language(code))
    for key, term in TERMS.items():
        assert names[key].lower() not in own.text(f"what-{term.slug}").lower()
