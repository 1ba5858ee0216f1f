"""The listener hears what is said, and what is false or forgotten is found."""

from __future__ import annotations

from tests.lessons.said import Sentence, heard, page, unchecked, unknown, untrue
from ui.claims import first_true
from ui.predict import ask


def test_the_first_sentence_that_holds_is_said_or_none() -> None:
    assert first_true({"a": False, "b": True, "c": True}) == "b"
    assert first_true({"a": False}) is None


def test_sections_and_messages_are_heard_with_their_values() -> None:
    home = page("home", "ko")
    with heard() as sentences:
        ask.choice(home, "key", "?", [])
        home.text("winner", name="cat", probability="0.5")
        home.t("No such message: {number}", number=3)
    assert [sentence.name for sentence in sentences] == ["winner", "No such message: {number}"]
    assert sentences[1].values == {"number": 3}


def test_a_false_sentence_and_a_forgotten_one_are_found() -> None:
    told = [Sentence("larger", {"than": 2}), Sentence("smaller", {"than": 2}), Sentence("Label", {})]
    checks = {
        "larger": lambda setting, values: setting > values["than"],
        "smaller": lambda setting, values: setting < values["than"],
    }
    assert [sentence.name for sentence in untrue(told, checks, 3)] == ["smaller"]
    assert unknown(told, {"larger"}, set()) == {"smaller"}
    assert "winner" in unchecked("home", set(), set())
    assert "winner" not in unchecked("home", {"winner"}, set())
