"""The lesson on stability, run as a link opens it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lessons.stability import bugs
from softmax_core.numerics import try_variant
from tests.lessons.conftest import ROOT, open_page, spoken
from ui.stage.payload import unpack


def column(at: AppTest, name: str) -> list[str]:
    return next(list(table.value[name]) for table in at.table if name in table.value)


def notes(at: AppTest) -> str:
    return next(str(element.value) for element in at.markdown if str(element.value).startswith("**1 "))


def formulas(at: AppTest) -> str:
    return "\n".join(element.value for element in at.latex)


def revealed(lang: str = "en", **values: object) -> AppTest:
    """The lesson as a teacher sees it who reveals all."""
    at = open_page("stability", lang, **values)
    at.session_state["reveals-all"] = True
    return at.run()


def click(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
def test_it_opens_in_every_format_and_language(lang: str, dtype: str) -> None:
    at = open_page("stability", lang, dtype=dtype)
    assert not at.exception
    assert not at.error
    assert len(at.header) == 13


def test_the_notes_scores_break_naive_softmax_in_float64() -> None:
    at = open_page("stability")
    assert column(at, "naive")[-6:] == [
        ":red[0]",
        ":red[0]",
        ":red[nan]",
        ":red[inf]",
        ":red[inf]",
        ":red[nan]",
    ]
    assert column(at, "shifted by −max")[-6:] == [
        "5.753e−290",
        "2.398e−145",
        "1",
        "666",
        "333",
        ":red-background[**0 ◀ 2**]",
    ]
    assert "exp(789) is larger than 1.798e308, the largest number of float64" in notes(at)
    assert r"[-666,\; -333,\; 0]" in formulas(at)
    assert "[−666,\N{NO-BREAK SPACE}−333,\N{NO-BREAK SPACE}0]" in spoken(at)


def test_in_float32_shifting_alone_ends_in_inf_and_log_sum_exp_in_666() -> None:
    at = open_page("stability", step="table", dtype="float32")
    assert column(at, "naive")[-6:] == [":red[nan]"] * 6
    assert column(at, "shifted by −max")[-6:] == [":red[0]", ":red[0]", "1", ":red[inf]", ":red[inf]", "0"]
    assert column(at, "log-sum-exp")[-3:] == ["666", "333", "0"]
    assert column(at, "softmax_core")[-3:] == ["666", "333", "0"]
    at = open_page("stability", step="computation", dtype="float32")
    assert list(at.table[0].value.loc["float32"]) == [":red[**nan**]", ":red[**inf**]", "666"]
    assert r"\infty" in formulas(at)


@pytest.mark.parametrize(
    ("scene", "f", "dtype", "said"),
    [
        ("The note's scores", "123, 456, 789", "float64", "exp(789) is larger than 1.798e308"),
        ("The same in float32", "123, 456, 789", "float32", "float32, where exp takes at most 88.7228"),
        (
            "Small scores in float16",
            "10, 11, 12",
            "float16",
            "exp(12) is larger than 65504, the largest number of float16",
        ),
        ("Very negative", "-1000, -1001, -1002", "float64", "0 / 0 has no value: nan"),
        ("A safe row", "1, 2, 3", "float64", "**1 naive:** nothing fails."),
    ],
)
def test_a_scene_sets_scores_and_format(scene: str, f: str, dtype: str, said: str) -> None:
    at = click(open_page("stability", step="table", f="1, 2", dtype="bfloat16"), scene)
    assert not at.exception
    assert at.text_input(key="f").value == f
    assert at.session_state["dtype"] == dtype
    assert said in notes(at)


def test_far_apart_minus_max_is_too_low_yet_loses_nothing() -> None:
    at = click(revealed(), "Far apart")
    assert at.session_state["logc"] == -500
    assert "−max = −1000 lies lower" in spoken(at)


def test_almost_certain_has_a_loss_that_only_the_core_sees() -> None:
    at = click(open_page("stability", step="table"), "Almost certain")
    assert column(at, "log-sum-exp")[-3] == ":red-background[**0 ◀ 3**]"
    assert (
        notes(at).count("the loss of class 0 becomes 0 instead of 3.378e−48: every digit of it is lost") == 3
    )
    assert column(at, "softmax_core")[-3] == "3.378e−48"


def test_log_c_is_set_to_minus_max_and_to_the_lost_sign() -> None:
    at = revealed(step="shift")
    assert "from −831.3 to −79.22" in spoken(at)
    click(at, "log C = −max")
    assert at.session_state["logc"] == -789
    assert "**log C = −789:** probabilities [5.753e−290, 2.398e−145, 1]; next to the" in spoken(at)
    click(at, "log C = +max")
    assert at.session_state["logc"] == 789
    assert "exp(912) is larger than 1.798e308" in spoken(at)


@pytest.mark.parametrize("sign", ["−", "+"])
@pytest.mark.parametrize("top", [10_000, -10_000, 9000.5])
def test_log_c_reaches_the_maximum_of_any_scores(top: float, sign: str) -> None:
    at = click(revealed(step="shift", f=f"{top}, -10000"), f"log C = {sign}max")
    assert not at.exception
    assert at.session_state["logc"] == (top if sign == "+" else -top)


SUBNORMAL = {
    "en": "every digit of it is lost; besides, exp(−745.1) is subnormal: only 1 of 53 bits left",
    "ko": "exp(−745.1)의 값은 비정규 수(subnormal)여서 53비트 가운데 1비트만 남습니다",
}


@pytest.mark.parametrize("lang", SUBNORMAL)
def test_digits_lost_are_told(lang: str) -> None:
    said = spoken(revealed(lang, step="shift", logc=-868.1))
    assert SUBNORMAL[lang] in said
    assert "1.113e−289" in said


ROUNDED = {"en": "bfloat16 holds 9999 as 9984.", "ko": "bfloat16 형식에 담으면 값이 바뀝니다: 9999 → 9984."}


@pytest.mark.parametrize("lang", ROUNDED)
def test_a_rounded_score_is_told_and_a_held_one_is_not(lang: str) -> None:
    assert ROUNDED[lang] in spoken(open_page("stability", lang, step="table", f="9999, 1", dtype="bfloat16"))
    assert "9984" not in spoken(open_page("stability", lang, step="table", f="9999, 1", dtype="float32"))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Safe for the exponentials and their sum is every log C from −831.3 to −79.22"),
        ("ko", "−831.3부터 −79.22까지의 log C는 모두 지수 함숫값과 그 합에 안전합니다"),
    ],
)
def test_the_safe_part_has_all_its_digits(lang: str, said: str) -> None:
    assert said in spoken(revealed(lang, step="shift"))


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_no_scene_changes_the_rows_of_the_table_or_the_lines_below_it(lang: str) -> None:
    at = open_page("stability", lang, step="table")
    shapes = set()
    for button in [button.key for button in at.button if str(button.key).startswith("scene-")]:
        at.button(key=button).click().run()
        shapes.add((len(at.table[0].value), notes(at).count("\n\n")))
    assert shapes == {(17, 2)}


def test_the_film_is_one_film_in_both_languages() -> None:
    films = []
    for lang in ("en", "ko"):
        at = open_page("stability", lang, step="film")
        scenes = [unpack(part.proto.bytes) for part in at.get("bidi_component") if part.proto.bytes]
        films.append(next(scene["frames"] for scene in scenes if scene["key"] == "film"))
    assert films[0]["id"] == films[1]["id"]
    assert films[0]["items"] == films[1]["items"]


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("f", ["1, x", "nan, 1", "inf, 1", "1e9, 0", "5", ",", "1," * 60, "", "123, , 789"])
def test_bad_scores_by_link_are_answered_and_the_notes_scores_stay(lang: str, f: str) -> None:
    at = open_page("stability", lang, step="table", f=f)
    assert not at.exception
    assert len(at.error) == 1
    assert column(at, "log-sum-exp")[:3] == ["123", "456", "789"]


def test_bad_scores_by_field_keep_the_last_good_ones() -> None:
    at = open_page("stability", step="table", f="1, 2, 3")
    at.text_input(key="f").set_value("1, two, 3").run()
    assert "is not a number" in at.error[0].value
    assert column(at, "log-sum-exp")[:3] == ["1", "2", "3"]
    at.text_input(key="f").set_value("4, 5").run()
    assert not at.error
    assert column(at, "log-sum-exp")[:2] == ["4", "5"]


@pytest.mark.parametrize(
    "query", [{"dtype": "float128"}, {"logc": "1e99"}, {"logc": "nan"}, {"bug": "99"}, {"y": "7"}]
)
def test_other_bad_values_by_link_leave_the_defaults(query: dict[str, str]) -> None:
    at = open_page("stability", **query)
    assert not at.exception
    assert at.session_state["dtype"] == "float64"
    assert column(at, "log-sum-exp")[-3:-1] == ["666", "333"]


def answer(at: AppTest, index: int) -> AppTest:
    question = next(radio for radio in at.radio if str(radio.key).endswith("-choice"))
    question.set_value(index).run()
    key = str(question.key).removesuffix("-choice") + "-check"
    return at.button(key=key).click().run()


def test_a_right_prediction_says_that_shifting_is_not_enough() -> None:
    at = answer(open_page("stability", step="loss"), 1)
    assert "shifting alone is not enough" in at.success[0].value
    assert not at.warning


def test_each_wrong_prediction_has_a_reason_of_its_own() -> None:
    at = open_page("stability", step="loss")
    reasons = {answer(at, index).warning[0].value for index in (0, 2, 3)}
    assert len(reasons) == 3
    assert not at.success


@pytest.mark.parametrize(("f", "right"), [("123, 456, 789", 2), ("10, 11, 100", 1), ("1, 2, 3", 0)])
def test_how_many_are_nan_depends_on_the_scores(f: str, right: int) -> None:
    at = open_page("stability", step="nans", f=f)
    for index in range(3):
        answer(at, index)
        assert bool(at.success) == (index == right)
        assert bool(at.warning) == (index != right)


def test_in_the_safe_row_shifting_is_enough_for_the_loss() -> None:
    at = answer(open_page("stability", step="loss", f="1, 2, 3"), 0)
    assert at.success
    assert answer(at, 1).warning


def test_the_lost_sign_doubles_the_maximum() -> None:
    assert "789 + 789" in answer(open_page("stability", step="shift"), 2).success[0].value


def run_card(at: AppTest, number: int, statement: int, given: int) -> AppTest:
    line = bugs.source(bugs.CARDS[number - 1])[1][statement]
    at.radio(key=f"bug-{number}-line").set_value(line)
    at.selectbox(key=f"bug-{number}-input").set_value(given).run()
    return at.button(key=f"bug-{number}-run").click().run()


EXPOSING = {1: 1, 2: 1, 3: 5, 4: 2, 5: 3, 6: 4, 7: 6, 8: 3}


@pytest.mark.parametrize(
    ("dtype", "high"),
    [("float16", "11.0899"), ("float32", "88.7228"), ("float64", "709.7827"), ("bfloat16", "88.7189")],
)
def test_the_page_says_where_exp_ends(dtype: str, high: str) -> None:
    assert f"In {dtype} exp overflows above **{high}**" in spoken(
        open_page("stability", step="formats", dtype=dtype)
    )


@pytest.mark.parametrize("number", EXPOSING)
def test_a_card_is_solved_by_its_line_and_an_exposing_input(number: int) -> None:
    card = bugs.CARDS[number - 1]
    at = open_page("stability", step="bugs", bug=number)
    assert at.radio(key=f"bug-{number}-line").value is None
    assert at.selectbox(key=f"bug-{number}-input").value is None
    run_card(at, number, min(card.wrong), EXPOSING[number])
    assert at.success[0].value == "They differ: this input exposes the bug."
    assert len(at.success) == 2
    assert not at.warning


@pytest.mark.parametrize("number", EXPOSING)
def test_a_wrong_line_is_answered_with_a_reason(number: int) -> None:
    card = bugs.CARDS[number - 1]
    at = open_page("stability", step="bugs", bug=number)
    innocent = next(line for line in range(len(card.lines)) if line not in card.wrong)
    run_card(at, number, innocent, EXPOSING[number])
    assert len(at.success) == len(at.warning) == 1


def test_an_input_that_hides_the_bug_is_not_called_a_find() -> None:
    at = run_card(open_page("stability", step="bugs", bug=3), 3, 0, 0)
    assert "Look for a batch of very different rows" in at.warning[0].value
    assert "They differ" not in spoken(at)


def test_a_solved_card_forgets_nothing_of_its_verdict_but_a_new_choice_takes_it_away() -> None:
    at = run_card(open_page("stability", step="bugs", bug=1), 1, 0, 1)
    assert at.success
    at.radio(key="bug-1-line").set_value(1).run()
    assert not at.success
    assert not at.warning


def test_softmax_twice_names_the_floor_of_its_loss() -> None:
    at = run_card(open_page("stability", step="bugs", bug=6), 6, 4, 4)
    assert "0.551445" in at.success[1].value
    verdict = next(table.value for table in at.table if "this code" in table.value.index)
    assert list(verdict.loc["this code"]) == ["0.576084", "0.211958", "0.211958"]


def test_one_maximum_for_all_rows_makes_the_second_row_nan() -> None:
    at = run_card(open_page("stability", step="bugs", bug=3), 3, 0, 5)
    verdict = next(table.value for table in at.table if "this code, row 1" in table.value.index)
    assert list(verdict.loc["this code, row 1"]) == [":red[**nan**]"] * 3
    assert list(verdict.loc["softmax_core, row 1"]) == ["0.0900306", "0.244728", "0.665241"]


@pytest.mark.parametrize("card", bugs.CARDS, ids=lambda card: card.variant.__name__)
def test_no_card_gives_itself_away_and_every_line_has_its_reason(card: bugs.Card) -> None:
    code, statements = bugs.source(card)
    lines = code.splitlines()
    assert card.variant.__name__ not in code
    assert '"""' not in code
    assert "@" not in code
    assert len(statements) == len(card.lines) == len({lines[number - 1] for number in statements})
    assert not any(lines[number - 1].startswith("def") for number in statements)
    verdicts = [try_variant(card.variant, given).agrees for given in bugs.INPUTS]
    assert not all(verdicts)


def _cards(at: AppTest) -> Any:
    return next(group for group in at.get("button_group") if group.key == "bug")


def test_a_solved_card_bears_a_tick_and_keeps_its_answers_while_another_is_open() -> None:
    at = open_page("stability", step="bugs")
    run_card(at, 1, 0, EXPOSING[1])
    assert at.session_state["bugs-solved"] == {"1"}
    assert "1 ✓" in _cards(at).options
    _cards(at).set_value("2").run()
    assert at.radio(key="bug-2-line").value is None
    assert len(at.success) == 0
    _cards(at).set_value("1").run()
    assert at.session_state["bug"] == "1"
    assert at.radio(key="bug-1-line").value == 2
    assert at.selectbox(key="bug-1-input").value == EXPOSING[1]
    assert len(at.success) == 2


def test_a_wrong_line_does_not_solve_a_card() -> None:
    at = run_card(open_page("stability", step="bugs", bug=3), 3, 1, EXPOSING[3])
    assert "bugs-solved" not in at.session_state


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("f", ["123, 456, 789", "1, 2, 3", "-1000, -1001, -1002", "10000, -10000"])
def test_nothing_is_given_away_before_the_answer(lang: str, f: str) -> None:
    for step, answers in (
        ("burst", r"\binf\b|\bnan\b|88\.7"),
        ("loss", r"\binf\b|\bnan\b|xponential|함숫값은"),
    ):
        at = open_page("stability", lang, f=f, top="89", step=step)
        assert not at.exception
        assert not at.success
        scene = next(unpack(part.proto.bytes) for part in at.get("bidi_component") if part.proto.bytes)
        assert not re.search(answers, scene["description"].replace("exponentials [", "["))
    assert "88.7" not in spoken(open_page("stability", lang, f=f, top="89", step="burst"))


def test_the_answer_moves_the_picture_of_its_step() -> None:
    at = open_page("stability", step="burst")
    at.text_input(key="limit-float32-number").set_value("88.7").run()
    at.button(key="limit-float32-check").click().run()
    assert at.session_state["top"] == 89
    assert "**f = 89:** probabilities [0, 0, nan]" in spoken(at)
    at = answer(open_page("stability", step="loss"), 1)
    scene = next(unpack(part.proto.bytes) for part in at.get("bidi_component") if part.proto.bytes)
    assert "[inf, 666]" in scene["description"]
    at = answer(open_page("stability", step="shift"), 2)
    assert at.session_state["logc"] == 789


@pytest.mark.parametrize(
    ("link", "step"),
    [
        ({"logc": "-789"}, "shift"),
        ({"f": "1, 2", "dtype": "float32", "logc": "3"}, "shift"),
        ({"f": "1, 2"}, "formats"),
        ({"f": "1, 2", "dtype": "float32"}, "formats"),
        ({"bug": "3"}, "bugs"),
        ({"y": "1"}, "computation"),
        ({}, "burst"),
    ],
)
def test_a_link_opens_the_step_that_shows_what_it_sets(link: dict[str, str], step: str) -> None:
    at = AppTest.from_file(str(ROOT / "app" / "main.py"), default_timeout=120)
    for name, value in {"lang": "en", **link}.items():
        at.query_params[name] = value
    at.switch_page("../pages/stability.py")
    at.run()
    assert not at.exception
    assert at.query_params["step"] == step


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize(
    "scores",
    ["-inf, 0, 1", "−∞ 1000 float('-inf') 3", "-np.inf, 5", "array([-inf, -1000., -1001.])"],
)
def test_a_forbidden_class_is_part_of_every_step(lang: str, scores: str) -> None:
    at = revealed(lang, f=scores, y="0")
    assert not at.exception
    assert not at.error
    said = " ".join(each.value for each in (*at.markdown, *at.caption))
    assert "[[" not in said
    assert {"en": "**Forbidden classes**, by a score of −inf: 0", "ko": "**제외된** 클래스: 0"}[lang] in said


def test_the_probability_of_a_forbidden_class_is_0_and_its_loss_no_failure() -> None:
    at = open_page("stability", f="-inf, 0, 1", y="0")
    for name in ("naive", "shifted by −max", "log-sum-exp", "softmax_core"):
        cells = column(at, name)
        assert cells[0] == "−inf"
        assert (cells[-6], cells[-3]) == ("0", "inf")
    assert r"e^{-\infty} &= 0" in " ".join(each.value for each in at.latex)


@pytest.mark.parametrize(("lang", "words"), [("en", "All scores are −∞"), ("ko", "모든 점수가 −∞입니다")])
def test_a_row_of_forbidden_classes_alone_is_answered(lang: str, words: str) -> None:
    at = open_page("stability", lang, step="table", f="-inf, -inf")
    assert not at.exception
    assert any(words in each.value for each in at.error)
