"""The lesson on information, run as Streamlit runs it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lessons import LESSONS
from lessons.information.beliefs import beliefs
from tests.lessons.conftest import everything, open_page, press, said, slide
from ui.parameters import PARAMETERS
from ui.stage.payload import unpack
from ui.text import language

BOTH = pytest.mark.parametrize("lang", ["en", "ko"])
FREE = {"p": "0.6, 0.3, 0.1", "q": "0.2, 0.3, 0.5"}
SCENES = {
    "Smoothed label, ε = 0.1": {"p": "0, 0, 1", "q": "0.015449, 0.631163, 0.353387", "eps": 0.1},
    "A truth that is itself uncertain": {**FREE, "eps": 0.0},
    "q = p": {**FREE, "q": FREE["p"], "eps": 0.0},
    "q rules out what happens": {**FREE, "q": "0.7, 0.3, 0", "eps": 0.0},
    "Halves and quarters, in bits": {"p": "0.5, 0.25, 0.125, 0.125", "eps": 0.0, "unit": "bit"},
    "10000 samples": {"many": "10000"},
    "Wide: λ = 0.0001": {"pl2": "0.0001"},
    "Too shy: 30 samples, λ = 1": {"sn": "30", "sl2": "1"},
}


def description(at: AppTest, key: str) -> str:
    scenes = [unpack(stage.proto.bytes) for stage in at.get("bidi_component") if stage.proto.bytes]
    found: dict[str, Any] = next(scene for scene in scenes if scene.get("key") == key)
    return str(found["description"])


def answers(name: str, **values: object) -> list[tuple[bool, str]]:
    """Right or wrong for each answer to a prediction, and the reason given."""
    at = open_page("information", **values)
    key = next(radio.key for radio in at.radio if radio.key.startswith(f"information-{name}"))
    found = []
    for index in range(len(at.radio(key=key).options)):
        at.radio(key=key).set_value(index).run()
        assert not at.success
        assert not at.warning
        at.button(key=f"{key.removesuffix('choice')}guess").click().run()
        assert not at.exception
        assert bool(at.success) != bool(at.warning)
        found.append((bool(at.success), str((at.success or at.warning)[0].value)))
    return found


@BOTH
def test_the_notes_example_stands_there_as_pure_divergence(lang: str) -> None:
    at = open_page("information", lang)
    assert not at.exception
    words = everything(at)
    for part in ("H(p) = 0", "1.04 - 0", r"\mathrm{KL}(q\|p) &= \infty", r"1 \cdot 1.04"):
        assert part in words
    assert "[[" not in words
    assert "{" not in description(at, "information-bar")


@BOTH
def test_every_section_shows_its_numbers(lang: str) -> None:
    words = everything(open_page("information", lang))
    for part in (
        "-1098.61", "-376.835", "0.3768", "float32", "679",  # likelihood
        r"\tfrac{1}{0.01 \cdot 30}", "3.333", "9.12555",  # prior
        r"0.7054,\, 0.03512,\, 0.2595", r"0.5465,\, 0.122,\, 0.3315", "0.7139", "0.9528",  # halving
        "0.944", "0.835", "0.110",  # calibration
    ):  # fmt: skip
        assert part in words


def test_the_statements_of_the_note_are_made() -> None:
    words = said(open_page("information"))
    assert (
        "A hard label puts all of $p$ on the correct class. Then $H(p) = 0$ and $H(p, q) = -\\log q_y$"
        in words
    )
    assert "the **softmax classifier** minimises the **cross-entropy**" in words
    assert "**maximum of the likelihood is the minimum of the cross-entropy**" in words
    assert "its maximum is called **MAP**" in words


@pytest.mark.parametrize(("label", "values"), SCENES.items())
def test_a_scene_sets_its_values(label: str, values: dict[str, object]) -> None:
    at = open_page("information", p="1, 2, 3, 4", q="4, 3, 2, 1", eps="0.5", sn="300")
    press(at, label)
    assert not at.exception
    assert {name: at.session_state[name] for name in values} == values


@BOTH
@pytest.mark.parametrize(
    ("p", "q", "unit", "parts"),
    [
        ("0.6, 0.3, 0.1", "0.2, 0.3, 0.5", "nat", ("0.898", "0.498", "1.396")),
        ("2, 1, 1", "1, 1, 2", "bit", ("1.5", "0.25", "1.75")),
        ("0.5, 0.5", "1, 0", "nat", ("0.693", "∞", "∞")),
        ("1, 1", "1, 1", "bit", ("1", "0", "1")),
    ],
)
def test_typed_distributions_are_measured(lang: str, p: str, q: str, unit: str, parts: tuple[str]) -> None:
    at = open_page("information", lang, p=p, q=q, unit=unit)
    assert not at.exception
    told = [str(each.value) for each in at.markdown]
    stories = [text for text in told if "**" in text and "begin{aligned}" not in text]
    story = next(text for text in stories if all(part in text for part in parts))
    for part in parts:
        assert f"**{part}" in story or f"= {part}" in story or part == "∞"


@BOTH
@pytest.mark.parametrize(
    ("p", "q"),
    [
        ("a, b", "1, 2"),
        ("", "1, 2"),
        ("-1, 2", "1, 2"),
        ("0, 0", "1, 2"),
        ("1, 2, 3", "1, 2"),
        ("nan, 1", "1, 1"),
    ],
)
def test_what_is_no_distribution_is_answered_and_the_page_stays(lang: str, p: str, q: str) -> None:
    at = open_page("information", lang, p=p, q=q)
    assert not at.exception
    (error,) = at.error
    assert error.value
    if lang == "ko":
        assert any("가" <= letter <= "힣" for letter in error.value)
    assert "1.04" in said(at)


def test_the_last_good_pair_stays_while_one_is_mistyped() -> None:
    at = open_page("information", **FREE)
    at.text_input(key="q").set_value("0.2, 0.3, oops").run()
    assert "oops" in at.error[0].value
    assert "1.396" in said(at)
    at.text_input(key="q").set_value("0.2, 0.8").run()
    assert "p has 3 probabilities and q has 2" in at.error[0].value
    assert "1.396" in said(at)
    at.text_input(key="q").set_value("0.6, 0.3, 0.1").run()
    assert not at.error
    assert "q = p: the divergence is **0**" in said(at)


def test_smoothing_and_unit_move_the_bar() -> None:
    before = description(open_page("information"), "information-bar")
    at = open_page("information", eps="0.3", unit="bit")
    after = description(at, "information-bar")
    assert "The entropy of p, 0, and" in before
    assert "stacked bars in bits. The entropy of p, 0.922, and" in after


@BOTH
@pytest.mark.parametrize("key", ["eps", "unit", "many", "pl2", "pn", "sl2", "sn"])
def test_an_impossible_value_in_a_link_is_answered_and_the_rest_is_kept(lang: str, key: str) -> None:
    at = open_page("information", lang, **{key: "999999", "p": "1, 1"}, q="1, 3")
    assert not at.exception
    t = language(lang)
    text = said(at) + " ".join(str(toast.value) for toast in at.toast)
    assert t(PARAMETERS[key].label) in text
    assert at.session_state["p"] == "1, 1"


def test_more_samples_lose_the_product_and_keep_the_sum() -> None:
    few, many = (said(open_page("information", many=n)) for n in ("30", "10000"))
    assert "float64 still tells the two products apart" in few
    assert "never 0 in float32" in few
    assert "With 10000 samples both products are 0" in many
    assert "log-likelihood −10986.1" in many


def test_a_penalty_is_followed_through_width_and_sureness() -> None:
    at = open_page("information", pl2="1", pn="300", sl2="1", sn="30")
    words = everything(at)
    assert r"\tfrac{1}{1 \cdot 300}" in words
    assert "0.05774" in words
    assert "**Too shy.** At λ = 1:" in words
    assert "**Too sure.**" not in words


@pytest.mark.parametrize(
    ("name", "values", "right"),
    [
        ("half", {}, [False, True, False, False]),
        ("exchange", FREE, [True, False, False]),
        ("exchange", {"p": FREE["q"], "q": FREE["p"]}, [False, True, False]),
        ("exchange", {"p": "1, 2", "q": "2, 1"}, [False, False, True]),
        ("exchange", {"p": "0, 1", "q": "1, 1"}, [True, False, False]),
        ("exchange", {"p": "0, 1", "q": "1, 0"}, [False, False, True]),
        ("underflow", {}, [False, True, False, False]),
        ("narrow", {}, [False, True, False, False]),
        ("strong", {"sl2": "0.01", "sn": "30"}, [False, True, False, False]),
        ("strong", {"sl2": "0.00001", "sn": "30"}, [False, False, False, True]),
    ],
)
def test_one_answer_is_right_and_each_wrong_one_has_its_own_reason(
    name: str, values: dict[str, str], right: list[bool]
) -> None:
    found = answers(name, **values)
    assert [is_right for is_right, _ in found] == right
    assert all(reason for _, reason in found)
    alike = name == "exchange" and right[2]  # to rise or to fall is then the same error
    assert len({reason for _, reason in found}) == len(found) - alike


def test_doubling_where_the_first_halving_is_the_whole_surprise_is_said_to_be_a_special_case() -> None:
    found = answers("half", p="1, 1", q="1, 1", unit="bit")
    assert [is_right for is_right, _ in found] == [False, True, False, False]
    assert "as q is ½" in found[0][1]


def test_the_code_that_ran_is_shown_when_it_is_asked_for() -> None:
    at = open_page("information")
    assert not at.get("code")


def test_the_lesson_is_in_the_registry_once() -> None:
    assert [lesson.slug for lesson in LESSONS].count("information") == 1


@pytest.mark.parametrize(
    ("p", "q", "said_of_it", "not_said"),
    [
        ("6, 3, 1", "6, 3, 1", "p and q are the same", "accident"),
        ("1, 0", "0, 1", "rules out something", "change places"),
        ("1, 2", "2, 1", "change places", "accident"),
        ("5, 3, 2", "3, 5, 2", "change places", "accident"),
    ],
)
def test_a_divergence_that_stays_has_the_reason_of_its_own_case(
    p: str, q: str, said_of_it: str, not_said: str
) -> None:
    found = answers("exchange", p=p, q=q)
    assert [right for right, _ in found] == [False, False, True]
    for _, reason in found:
        assert said_of_it in reason
        assert not_said not in reason


def test_a_divergence_that_changes_is_never_said_to_go_from_a_number_to_itself() -> None:
    for near in (0.1, 1e-3, 1e-4):
        case = beliefs([0.7, 0.2, 0.1], [0.7 + near, 0.2 - near, 0.1], 0.0, "nat")
        assert case.exchange != "stays"
        assert case.printed.kl != case.reversed.printed.kl


@BOTH
def test_a_product_that_stays_near_1_is_not_said_to_vanish(lang: str) -> None:
    words = everything(open_page("information", lang, many="10"))
    assert "0.999" in words
    assert ("whatever $W$ is" in words) is False
    assert ("if the mean loss stays above some" in words) == (lang == "en")
    assert ("평균 손실이 어떤 양수보다" in words) == (lang == "ko")


@BOTH
@pytest.mark.parametrize("line", ["a, 1, 2", "", "1,, 2", "nan, 1", "1", "1e300, 1", "0, 0", "-1, 2"])
def test_a_bad_share_is_answered_as_a_share(lang: str, line: str) -> None:
    at = open_page("information", lang, **FREE)
    at.text_input(key="p").set_value(line).run()
    assert not at.exception
    (error,) = at.error
    assert not re.search(r"[Ss]core|점수|-1\.7", error.value)
    assert bool(re.search("[가-힣]", error.value)) == (lang == "ko")
    assert "0.898" in everything(at), "the last good pair stays"


def read_twice() -> None:
    import streamlit as st

    from lessons.information import distributions
    from ui import controls
    from ui.text import language

    t = language("en")
    soon = distributions.coming_pair("p", "q"), controls.coming("eps"), controls.coming("unit")
    drawn = distributions.pair("p", "q", t), controls.slider("eps", t), controls.choice("unit", t)
    st.session_state["read"] = soon, drawn


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"p": "1, 3", "q": "3, 1", "eps": "0.3", "unit": "bit"},
        {"p": "", "q": "1, 2"},
        {"p": "1, 2", "q": "1, 2, 3"},
        {"eps": "7", "unit": "dit"},
        {"eps": "nan", "p": "oops"},
    ],
)
def test_the_first_picture_knows_what_its_controls_will_say(values: dict[str, str]) -> None:
    at = AppTest.from_function(read_twice)
    at.query_params.update(values)
    soon, drawn = at.run().session_state["read"]
    assert soon == drawn
    at.text_input(key="q").set_value("0.25, 0.75").run()
    slide(at, "eps", 0.5)
    soon, drawn = at.session_state["read"]
    assert soon == drawn
    assert soon[1] == 0.5
