"""The lesson on information, run as Streamlit runs it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lessons import LESSONS
from lessons.information.beliefs import beliefs
from tests.lessons.conftest import ROOT, everything, open_page, press, said
from ui.parameters import PARAMETERS
from ui.stage.payload import unpack
from ui.text import language

BOTH = pytest.mark.parametrize("lang", ["en", "ko"])
FREE = {"p": "0.6, 0.3, 0.1", "q": "0.2, 0.3, 0.5"}
NOTES = {"p": "0, 0, 1", "q": "0.015449, 0.631163, 0.353387"}
SCENES = {
    "One-hot: CS231n’s example": {**NOTES, "eps": 0.0, "unit": "nat"},
    "A truth that is itself uncertain": {**FREE, "eps": 0.0},
    "q = p": {**FREE, "q": FREE["p"], "eps": 0.0},
    "q rules out what happens": {**FREE, "q": "0.7, 0.3, 0", "eps": 0.0},
    "Made for p": {"p": "0.5, 0.25, 0.125, 0.125", "q": "0.5, 0.25, 0.125, 0.125", "unit": "bit"},
    "λ = 1, N = 30": {"samples": "30", "lambda": "1"},
}
ASKED_IN = {
    "coin": "surprise",
    "exchange": "exchange",
    "underflow": "likelihood",
    "narrow": "prior",
    "strong": "sureness",
}


def stages(at: AppTest) -> list[dict[str, Any]]:
    return [unpack(stage.proto.bytes) for stage in at.get("bidi_component") if stage.proto.bytes]


def description(at: AppTest, key: str) -> str:
    return str(next(scene for scene in stages(at) if scene.get("key") == key)["description"])


def told(**values: object) -> AppTest:
    """The whole lesson with every question answered."""
    at = open_page("information", **values)
    for name in ASKED_IN:
        at.button(key=f"information-{name}-show").click()
    at.run()
    assert not at.exception
    return at


def answers(name: str, **values: object) -> list[tuple[bool, str]]:
    """Right or wrong for each answer to a prediction, and the reason given."""
    at = open_page("information", step=ASKED_IN[name], **values)
    key, found = f"information-{name}-choice", []
    for index in range(len(at.radio(key=key).options)):
        at.radio(key=key).set_value(index).run()
        at.button(key=f"{key.removesuffix('choice')}guess").click().run()
        assert not at.exception
        assert bool(at.success) != bool(at.warning)
        found.append((bool(at.success), str((at.success or at.warning)[0].value)))
    return found


@BOTH
def test_the_notes_example_stands_there_as_pure_divergence(lang: str) -> None:
    at = open_page("information", lang, **NOTES, unit="nat")
    assert not at.exception
    words = everything(at)
    for part in ("H(p) = 0", "1.04 - 0", r"\mathrm{KL}(q\|p) &= \infty", r"1 \cdot 1.04"):
        assert part in words
    assert "[[" not in words
    assert "{" not in description(at, "information-bar")


@BOTH
def test_every_step_shows_its_numbers(lang: str) -> None:
    words = everything(told(lang=lang))
    for part in (
        "-1098.61", "-376.835", "0.3768", "float32", "679",  # likelihood
        r"\tfrac{1}{0.01 \cdot 30}", "3.333", "9.12555",  # prior
        r"0.7054,\, 0.03512,\, 0.2595", r"0.5465,\, 0.122,\, 0.3315", "0.7139", "0.9528",  # halving
        "2.842", "0.889", "0.854", "0.043",  # calibration
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
    assert "**λN is its precision**" in words


@pytest.mark.parametrize(("label", "values"), SCENES.items())
def test_a_scene_sets_its_values(label: str, values: dict[str, object]) -> None:
    at = open_page("information", p="1, 2, 3, 4", q="4, 3, 2, 1", eps="0.5", samples="300")
    press(at, label)
    assert not at.exception
    assert {name: at.session_state[name] for name in values} == values


@BOTH
@pytest.mark.parametrize(
    ("p", "q", "unit", "parts"),
    [
        ("0.6, 0.3, 0.1", "0.2, 0.3, 0.5", "nat", ("0.898", "0.498", "1.396")),
        ("2, 1, 1", "1, 1, 2", "bit", ("1.5", "0.25", "1.75")),
        ("50 %, 25 %, 25 %", "1/4, 1/4, 1/2", "bit", ("1.5", "0.25", "1.75")),
        ("0.5, 0.5", "1, 0", "nat", ("0.693", "∞", "∞")),
        ("1, 1", "1, 1", "bit", ("1", "0", "1")),
    ],
)
def test_typed_distributions_are_measured(lang: str, p: str, q: str, unit: str, parts: tuple[str]) -> None:
    at = open_page("information", lang, step="parts", p=p, q=q, unit=unit)
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
    at = open_page("information", lang, step="parts", p=p, q=q)
    assert not at.exception
    error, *again = at.error
    assert all(other.value == error.value for other in again)
    assert error.value
    if lang == "ko":
        assert any("가" <= letter <= "힣" for letter in error.value)
    assert "2.375" in said(at)


def test_the_last_good_pair_stays_while_one_is_mistyped() -> None:
    at = open_page("information", **FREE, unit="nat")
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
    before = description(open_page("information", step="parts", **NOTES), "information-bar")
    at = open_page("information", step="parts", **NOTES, eps="0.3", unit="nat")
    after = description(at, "information-bar")
    assert "stacked bars in bits. The entropy of p, 0, and" in before
    assert "stacked bars in nats. The entropy of p, 0.639, and" in after


@BOTH
@pytest.mark.parametrize("key", ["coin", "eps", "unit", "many", "lambda", "samples"])
def test_an_impossible_value_in_a_link_is_answered_and_the_rest_is_kept(lang: str, key: str) -> None:
    at = open_page("information", lang, step="parts", **{key: "999999", "p": "1, 1"}, q="1, 3")
    assert not at.exception
    t = language(lang)
    text = said(at) + " ".join(str(toast.value) for toast in at.toast)
    assert t(PARAMETERS[key].label) in text
    assert at.session_state["p"] == "1, 1"


def test_more_samples_lose_the_product_and_keep_the_sum() -> None:
    few, many = (said(told(many=n)) for n in ("30", "10000"))
    assert "float64 still tells the two products apart" in few
    assert "never 0 in float32" in few
    assert "With 10000 samples both products are 0" in many
    assert "log-likelihood −10986.1" in many


def test_one_penalty_is_followed_through_width_and_sureness() -> None:
    words = everything(open_page("information", **{"lambda": "1", "samples": "300"}))
    assert r"\tfrac{1}{1 \cdot 300}" in words
    assert "0.05774" in words
    assert "**Too shy.** At λ = 1:" in words
    assert "**Too sure.**" not in words


@pytest.mark.parametrize(
    ("link", "step", "values"),
    [
        ({"pl2": "1"}, "prior", {"lambda": "1", "samples": "30"}),
        ({"pn": "300"}, "prior", {"samples": "300"}),
        ({"sl2": "0.02", "sn": "100"}, "calibration", {"lambda": "0.02", "samples": "100"}),
        ({"many": "10000"}, "likelihood", {"many": "10000"}),
        (FREE, "parts", FREE),
        ({"q": "0.2, 0.3, 0.5"}, "parts", {"p": NOTES["p"], "q": "0.2, 0.3, 0.5"}),
        ({"p": "0.6, 0.3, 0.1"}, "parts", {"p": "0.6, 0.3, 0.1", "q": NOTES["q"]}),
        ({}, "surprise", {"p": "0.5, 0.25, 0.125, 0.125"}),
    ],
)
def test_a_link_of_old_opens_the_step_that_shows_it(
    link: dict[str, str], step: str, values: dict[str, str]
) -> None:
    at = AppTest.from_file(str(ROOT / "app" / "main.py"), default_timeout=120)
    at.query_params.update({"lang": "en", **link})
    at.switch_page("../pages/information.py").run()
    assert not at.exception
    assert at.query_params["step"] == step
    assert {name: at.session_state[name] for name in values} == values
    assert not {"pl2", "pn", "sl2", "sn"} & set(at.query_params)


@pytest.mark.parametrize("name", ASKED_IN)
def test_what_gives_an_answer_away_comes_with_it(name: str) -> None:
    at = open_page("information", step=ASKED_IN[name])
    assert not at.success
    assert not at.warning
    control = {"coin": "coin-track", "underflow": "many-track"}.get(name)
    if control:
        assert control not in at.session_state
        at.button(key=f"information-{name}-show").click().run()
        assert control in at.session_state


def test_the_pair_that_was_asked_about_stays_when_another_one_is_chosen() -> None:
    at = open_page("information", step="exchange", **FREE)
    assert "KL(q||p)" not in str(stages(at))
    at.radio(key="information-exchange-choice").set_value(0).run()
    at.button(key="information-exchange-guess").click().run()
    assert at.success
    assert "The other way round the divergence is" in description(at, "information-exchange")
    press(at, "q = p")
    assert at.success, "it is still about the first pair"
    assert "p and q are the same" in said(at)


@pytest.mark.parametrize(
    ("name", "values", "right"),
    [
        ("exchange", {}, [False, True, False]),
        ("exchange", FREE, [True, False, False]),
        ("exchange", {"p": FREE["q"], "q": FREE["p"]}, [False, True, False]),
        ("exchange", {"p": "1, 2", "q": "2, 1"}, [False, False, True]),
        ("exchange", {"p": "0, 1", "q": "1, 1"}, [True, False, False]),
        ("exchange", {"p": "0, 1", "q": "1, 0"}, [False, False, True]),
        ("underflow", {}, [False, False, True, False]),
        ("narrow", {}, [False, True, False, False]),
        ("strong", {}, [False, True, False, False]),
        ("strong", {"lambda": "1", "samples": "300"}, [False, True, False, False]),
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
    assert ("If the mean loss stays above some" in words) == (lang == "en")
    assert ("평균 손실이 어떤 양수보다" in words) == (lang == "ko")


@BOTH
@pytest.mark.parametrize("line", ["a, 1, 2", "", "1,, 2", "nan, 1", "1", "1e300, 1", "0, 0", "-1, 2",
                                  "1,000, 2", "-inf, 1", "1'000, 2", "[[1], [2]]", "1,5; 2"])  # fmt: skip
def test_a_bad_probability_is_answered_as_a_probability(lang: str, line: str) -> None:
    at = open_page("information", lang, step="typed", **FREE, unit="nat")
    at.text_input(key="p").set_value(line).run()
    assert not at.exception
    error, *again = at.error
    assert all(other.value == error.value for other in again)
    assert not re.search(r"[Ss]core|점수|-1\.7", error.value)
    assert bool(re.search("[가-힣]", error.value)) == (lang == "ko")
    assert "0.898" in everything(at), "the last good pair stays"
