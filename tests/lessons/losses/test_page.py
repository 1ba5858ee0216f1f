"""The lesson on losses, run as Streamlit runs it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.lessons.conftest import ROOT, everything, open_page, press, said, slide
from ui.stage.payload import unpack

BOTH = pytest.mark.parametrize("lang", ["en", "ko"])
SCENES = {
    "CS231n’s example": ("-2.85, 0.86, 0.28", "2", 1.0),
    "Clearly ahead [10, −2, 3]": ("10, -2, 3", "0", 1.0),
    "Just ahead [10, 9, 9]": ("10, 9, 9", "0", 1.0),
    "Far ahead [10, −100, −100]": ("10, -100, -100", "0", 1.0),
    "A wide margin, Δ = 10": ("13, -7, 11", "0", 10.0),
    "A cat far off": ("-96.8, 437.9, 60.75", "0", 1.0),
    "Probabilities .2, .3, .5": ("-1.6094379124, -1.2039728043, -0.6931471806", "1", 1.0),
}
ASKED_IN = {
    "content": "judges",
    "pull": "pull",
    "raised": "gradient",
    "doubling": "more",
    "ruler": "scale",
}
FALLS = "Cross-entropy falls: no rival is in front of $y$, and a doubled lead is a larger lead."


def drawn(at: AppTest, key: str) -> dict[str, Any]:
    """What a stage was given to draw."""
    scenes = [unpack(stage.proto.bytes) for stage in at.get("bidi_component") if stage.proto.bytes]
    return next(scene for scene in scenes if scene["key"] == key)


def table(at: AppTest, key: str) -> list[list[str]]:
    rows: list[list[str]] = drawn(at, key)["table"]["rows"]
    return rows


def verdicts(name: str, **values: object) -> list[str]:
    """Right or wrong for each answer to a prediction."""
    at = open_page("losses", step=ASKED_IN[name], **values)
    key = f"losses-{name}"
    found = []
    for index in range(len(at.radio(key=f"{key}-choice").options)):
        at.radio(key=f"{key}-choice").set_value(index).run()
        assert not at.success
        assert not at.warning
        at.button(key=f"{key}-check").click().run()
        assert not at.exception
        assert bool(at.success) != bool(at.warning)
        found.append("right" if at.success else "wrong")
    return found


@BOTH
def test_the_worked_example_stands_there_from_x_to_both_losses(lang: str) -> None:
    at = open_page("losses", lang, step="compute")
    assert not at.exception
    words = everything(at)
    for part in (
        r"0.01 \cdot (-15) - 0.05 \cdot 22",
        "= -2.85",
        "= 0.86",
        "= 0.28",
        r"\max(0,\, 0.86 - 0.28 + 1) = 1.58",
        r"\max(0,\, -2.85 - 0.28 + 1) = 0",
        "0.0578443",
        "2.36316",
        "1.32313",
        "0.353387",
        "1.04019",
        r"= [0,\; 1,\; -1]",
        r"= [0.0154493,\; 0.631163,\; -0.646613]",
    ):
        assert part in words


def test_who_uses_which_loss_is_said() -> None:
    words = said(open_page("losses"))
    assert "**hinge loss** (max-margin loss) of an **SVM**" in words
    assert "**softmax classifier** keeps the scores, but takes the **cross-entropy loss**" in words


@pytest.mark.parametrize(("label", "values"), SCENES.items())
def test_a_scene_sets_everything(label: str, values: tuple[str, str, float]) -> None:
    at = open_page("losses", step="interact", s="1, 2, 3, 4", target="3", margin="5")
    press(at, label)
    assert not at.exception
    state = at.session_state
    assert (state["s"], state["target"], state["margin"]) == values


@BOTH
@pytest.mark.parametrize(
    ("scores", "true", "margin", "hinge", "entropy", "pull"),
    [
        ("-2.85, 0.86, 0.28", "2", 1, "1.58", "1.04019", "0.646613"),
        ("10, -2, 3", "0", 1, "0", "0.0009176", "0.00091"),
        ("10, 9, 9", "0", 1, "0", "0.551445", "0.423883"),
        ("10, -100, -100", "0", 1, "0", "3.37782e−48", "3.37782e−48"),
        ("13, -7, 11", "0", 10, "8", "0.126928", "0.1192"),
        ("-96.8, 437.9, 60.75", "0", 1, "694.25", "534.7", "1 − 6.06374e−233"),
    ],
)
def test_the_golden_rows_are_on_the_screen(
    lang: str, scores: str, true: str, margin: float, hinge: str, entropy: str, pull: str
) -> None:
    words = said(open_page("losses", lang, step="interact", s=scores, target=true, margin=margin))
    first, second = re.findall(r"\*\*(?:Hinge|Cross-entropy|힌지 손실|교차 엔트로피 손실): (.+?)\*\*", words)[
        :2
    ]
    assert first == hinge
    assert second.startswith(entropy)
    assert f"**{pull}" in words


@pytest.mark.parametrize(
    "scene", ["Clearly ahead [10, −2, 3]", "Just ahead [10, 9, 9]", "Far ahead [10, −100, −100]"]
)
def test_the_satisfied_hinge_has_gradient_0_and_the_cross_entropy_has_not(scene: str) -> None:
    at = press(open_page("losses", step="interact"), scene)
    rows = table(at, "losses-example")
    assert [row[3] for row in rows] == ["0", "0", "0"]
    assert all(row[5] != "0" for row in rows)
    assert "asks for nothing" in said(at)
    assert ("0 is the subgradient that is chosen" in said(at)) == (scene.startswith("Just"))
    assert ("The gradient is exactly 0" in said(at)) != (scene.startswith("Just"))


def test_the_gradient_of_the_notes_is_on_the_screen() -> None:
    at = press(open_page("losses"), "Probabilities .2, .3, .5")
    assert [row[5] for row in table(at, "losses-example")] == ["0.2", "−0.7", "0.5"]
    assert r"= [0.2,\; -0.7,\; 0.5]" in everything(at)


def test_a_tie_at_the_margin_is_satisfied_whatever_the_rounding() -> None:
    at = open_page("losses", s="1.4,0.9,-3", target="0", margin="0.5")
    assert "**Hinge: 0**" in said(at)
    assert "0 is the subgradient that is chosen, and so it asks for nothing" in said(at)
    assert [row[3] for row in table(at, "losses-example")] == ["0", "0", "0"]
    assert "e-16" not in everything(at).replace("−", "-")


def test_the_table_knows_what_the_picture_shows() -> None:
    rows = table(open_page("losses", step="interact", s="1000,0,0", target="0"), "losses-example")
    assert [row[4] for row in rows] == ["1 − e^−999.307", "e^−1000", "e^−1000"]
    assert [row[5] for row in rows] == ["−e^−999.307", "e^−1000", "e^−1000"]


@BOTH
def test_a_loss_that_is_lost_to_rounding_is_said_to_be_lost(lang: str) -> None:
    at = open_page("losses", lang, step="compute", s="10, -100, -100", target="0")
    words = everything(at)
    assert ("so close to 1 that a float64 rounds it" in words) == (lang == "en")
    assert ("1에 너무 가까워" in words) == (lang == "ko")
    assert r"\approx 1" in words
    assert r"3.37782\times 10^{-48}" in words
    assert r"-\log 1" not in words
    for scores, told in (
        ("0, 1000", "became 0, which breaks the loss"),
        ("0, 744.6", "only a few of its digits"),
    ):
        assert told in said(open_page("losses", step="compute", s=scores, target="0"))


def test_scores_stand_in_the_formulas_as_they_were_typed() -> None:
    words = everything(open_page("losses", step="compute", s="10000,-10000,9999.5,0,1,2,3,4", target="0"))
    assert r"\max(0,\, 9999.5 - 10000 + 1) = 0.5" in words
    assert "1e+04" not in words


@pytest.mark.parametrize("name", ASKED_IN)
def test_korean_answers_are_polite(name: str) -> None:
    at = open_page("losses", "ko", step=ASKED_IN[name])
    options = at.radio(key=f"losses-{name}-choice").options
    assert not [option for option in options if re.search(r"(?<!니)다$", option) and option != "둘 다"]


def test_where_scores_come_from_is_shown_for_the_notes_scores_alone() -> None:
    assert "From x, W and b" in said(open_page("losses", step="compute"))
    assert "From x, W and b" not in said(open_page("losses", step="compute", s="1, 2, 3"))


@BOTH
@pytest.mark.parametrize("scores", ["10000, -10000", "0, 0", "1000, 0, 1", "1,2,3,4,5,6,7,8"])
def test_any_scores_give_a_page_without_nan(lang: str, scores: str) -> None:
    at = open_page("losses", lang, s=scores, target="0", margin="20")
    assert not at.exception
    assert not at.error
    assert "nan" not in everything(at)


@BOTH
@pytest.mark.parametrize(
    "bad", ["1, two, 3", "7", "1,2,3,4,5,6,7,8,9,10,11", "1, nan", "1, inf", "1, 1e9", ""]
)
def test_what_cannot_be_read_is_answered_and_the_last_good_scores_stay(lang: str, bad: str) -> None:
    at = open_page("losses", lang, step="interact", s="10, 9, 9", target="0")
    at.text_input(key="s").set_value(bad).run()
    assert not at.exception
    assert len(at.error) == 1
    assert bool(re.search("[가-힣]", at.error[0].value)) == (lang == "ko")
    assert [row[1] for row in table(at, "losses-example")] == ["10", "9", "9"]


@BOTH
@pytest.mark.parametrize(
    "link",
    [
        {"s": "<b>,1"},
        {"target": "99"},
        {"margin": "-1"},
        {"kink": "1e9"},
        {"gaps": "4D"},
        {"which": "L1"},
        {"ga": "nan"},
        {"heat": "0"},
        {"l2": "inf"},
        {"c": "0"},
        {"plane": ""},
    ],
)
def test_a_bad_link_still_opens_the_page(lang: str, link: dict[str, str]) -> None:
    at = open_page("losses", lang, **link)
    assert not at.exception
    assert "1.58" in everything(at)


def test_fewer_classes_than_the_true_one_fall_back_to_the_last_and_the_address_follows() -> None:
    at = open_page("losses", step="interact", s="1,2,3,4,5,6,7,8", target="7")
    assert [row[0] for row in table(at, "losses-example")][-1] == "y = 7"
    at.text_input(key="s").set_value("1, 2").run()
    at.text_input(key="s").set_value("3；4，5").run()
    assert not at.exception
    chosen = at.session_state["target"]
    assert [row[0] for row in table(at, "losses-example") if row[0].startswith("y")] == [f"y = {chosen}"]
    assert at.query_params.get("target", [chosen]) == [chosen]


@BOTH
@pytest.mark.parametrize("label", ["9", "3", "-1", "cat"])
def test_a_class_that_there_is_not_is_complained_of(lang: str, label: str) -> None:
    at = open_page("losses", lang, step="interact", target=label)
    (complaint,) = [warning.value for warning in at.warning if label.strip("-") in warning.value]
    assert bool(re.search("[가-힣]", complaint)) == (lang == "ko")
    assert [row[0] for row in table(at, "losses-example")] == ["0", "1", "y = 2"]
    assert at.query_params.get("target", ["2"]) == ["2"]


def test_the_true_class_cannot_be_taken_away() -> None:
    (pills,) = [
        group for group in at_pills(open_page("losses", step="interact")) if group.id.endswith("-target")
    ]
    assert pills.required


def at_pills(at: AppTest) -> list[Any]:
    return [group.proto for group in at.get("button_group")]


def test_no_two_controls_and_no_two_figures_probability_a_name() -> None:
    at = open_page("losses")
    names = [slider.label for slider in at.slider] + [group.label for group in at_pills(at)]
    assert len(set(names)) == len(names)


def test_the_difference_follows_its_point() -> None:
    at = open_page("losses", which="CE-H", gaps="2D")
    before = drawn(at, "losses-landscapes")["figure"]["data"][-1]
    slide(at, "ga", 2.0)
    after = drawn(at, "losses-landscapes")["figure"]["data"][-1]
    assert (before["x"], after["x"]) == ([-3.13], [2.0])
    assert "At your point the difference is −" in said(at)


def test_the_kink_follows_the_margin() -> None:
    at = open_page("losses", step="slices").button(key="losses-gap-show").click().run()
    assert "kink at −1" in drawn(at, "losses-gap")["description"]
    assert "kink at −3" in drawn(press(at, "Δ = 3"), "losses-gap")["description"]


@pytest.mark.parametrize(
    ("which", "view", "kinds"),
    [
        ("H,CE", "3D", ["surface", "surface"]),
        ("H,CE", "2D", ["contour", "contour"]),
        ("H", "3D", ["surface"]),
        ("CE", "2D", ["contour"]),
        ("CE-H", "3D", ["surface"]),
        ("CE-H", "2D", ["contour"]),
    ],
)
def test_a_link_opens_each_view_of_the_landscape(which: str, view: str, kinds: list[str]) -> None:
    data = drawn(open_page("losses", step="landscapes", which=which, gaps=view), "losses-landscapes")[
        "figure"
    ]["data"]
    assert [trace["type"] for trace in data if trace["type"] in {"surface", "contour"}] == kinds


def test_a_warmer_loss_has_its_kink_further_out() -> None:
    at = open_page("losses")
    slide(at, "heat", 2.0)
    assert "no gap is above −2" in drawn(at, "losses-surfaces")["description"]


def test_the_penalty_moves_the_lowest_point() -> None:
    at = open_page("losses", step="weights")
    words = said(at)
    assert "lowest at |W| = 0.9573, loss 0.07739" in words
    press(at, "λ = 0")
    assert "a flat floor at exactly 0" in said(at)
    assert "beyond, it falls further" in said(at)


@pytest.mark.parametrize("c", [0.1, 0.5, 1.0, 10.0])
def test_the_trade_off_is_checked_live(c: float) -> None:
    at = open_page("losses", step="trade-off")
    slide(at, "c", c)
    here, there, back = (float(row[3].replace("−", "-")) for row in table(at, "losses-scale"))
    assert here == back
    assert there == pytest.approx(c * here, rel=1e-5)


@pytest.mark.parametrize(
    ("values", "right"),
    [
        ({}, 0),
        ({"s": "0, 0.1, -1", "target": "0"}, 1),
        ({"s": "10, -2, 3", "target": "0"}, 3),
        ({"s": "-5, 5", "target": "0"}, 0),
        ({"s": "0.5, 0", "target": "0"}, 3),
        ({"s": "1000, 0, 0", "target": "0"}, 3),
        ({"s": "1000, 0, 0", "target": "1"}, 0),
        ({"s": "0, 0, -1000", "target": "0"}, 3),
        ({"s": "0, 0", "target": "0"}, 3),
    ],
)
def test_doubling_the_weights_raises_what_the_core_says(values: dict[str, str], right: int) -> None:
    assert verdicts("doubling", **values) == ["right" if index == right else "wrong" for index in range(4)]


def reason(name: str, choice: int, **values: object) -> str:
    """What is said to one answer."""
    at, key = open_page("losses", step=ASKED_IN[name], **values), f"losses-{name}"
    at.radio(key=f"{key}-choice").set_value(choice).run()
    at.button(key=f"{key}-check").click().run()
    return " ".join(str(element.value) for element in [*at.success, *at.warning])


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        ("1000, 0, 0", f"{FALLS} e^−999.307 before, e^−1999.31 after."),
        ("0, 0, -1000", f"{FALLS} 0.693147 before, 0.693147 after. The change is too small for these"),
        ("0, 0", "Cross-entropy stays at 0.693147: all scores are equal, and twice a gap of 0 is 0."),
    ],
)  # fmt: skip
def test_no_fall_is_too_small_to_be_told(scores: str, told: str) -> None:
    assert told in " ".join(reason("doubling", 3, s=scores, target="0").split())


def test_without_a_margin_no_margin_is_doubled() -> None:
    for lang, words in (("en", "from 0 to 0"), ("ko", "Δ = 0 → 0")):
        at = open_page("losses", lang, margin="0")
        assert words not in said(at)
    assert "The margin is 0, and twice 0 is 0" in said(open_page("losses", margin="0"))


@pytest.mark.parametrize(
    "values",
    [{}, {"s": "10, -100, -100", "target": "0"}, {"margin": "20"}, {"s": "10000, -10000", "target": "0"}],
)
def test_in_the_end_only_cross_entropy_pulls(values: dict[str, str]) -> None:
    assert verdicts("pull", **values) == ["wrong", "wrong", "right", "wrong"]


@pytest.mark.parametrize(("values", "right"), [({}, 3), ({"s": "10, -2, 3", "target": "0"}, 1)])
def test_which_judge_is_content_is_what_the_core_says(values: dict[str, str], right: int) -> None:
    wanted = ["right" if index == right else "wrong" for index in range(4)]
    assert verdicts("content", **values) == wanted


def answered(name: str, choice: int, **values: object) -> AppTest:
    """A step whose question has been answered."""
    at = open_page("losses", step=ASKED_IN[name], **values)
    at.radio(key=f"losses-{name}-choice").set_value(choice).run()
    return at.button(key=f"losses-{name}-check").click().run()


def test_the_losses_stand_there_once_a_reader_has_predicted() -> None:
    assert "1.58" not in everything(open_page("losses", step="judges"))
    words = said(answered("content", 3))
    assert "**Hinge: 1.58**" in words
    assert "**Cross-entropy: 1.04019**" in words


def test_both_pull_step_by_step_and_the_hinge_stops() -> None:
    at = open_page("losses", step="pull", pulls="20")
    assert "Step 20" not in said(at)
    at = answered("pull", 0)
    for _ in range(3):
        press(at, "One step")
    assert not at.exception
    assert at.session_state["pulls"] == 3
    assert "**Step 3.** The hinge has stopped at step 2: it asks for exactly **0**." in said(at)
    assert at.query_params["pulls"] in ("3", ["3"])
    press(at, "From the start")
    assert "Both start from the same scores" in said(at)


def test_a_score_is_chosen_and_its_column_stands_beside_it() -> None:
    at = answered("raised", 1, raised="0")
    assert not at.exception
    assert "Score 0" in str(drawn(at, "losses-jacobian")["figure"]["layout"]["annotations"])


@pytest.mark.parametrize(
    ("old", "key", "value", "step"),
    [
        ({"kink": "3"}, "margin", 3.0, "slices"),
        ({"lead": "2", "heat": "4"}, "margin", 2.0, "landscapes"),
        ({"width": "4", "plane": "3D"}, "margin", 4.0, "weights"),
        ({"tl2": "0.5", "c": "3"}, "l2", 0.5, "trade-off"),
        ({"view": "2D"}, "gaps", "2D", "surfaces"),
        ({"s": "10, 9, 9", "margin": "2", "kink": "3"}, "margin", 2.0, "interact"),
    ],
)
def test_a_link_with_an_old_name_opens_the_step_that_shows_it(
    old: dict[str, str], key: str, value: object, step: str
) -> None:
    at = AppTest.from_file(str(ROOT / "app" / "main.py"), default_timeout=120)
    at.query_params["lang"] = "en"
    for name, given in old.items():
        at.query_params[name] = given
    at.switch_page("../pages/losses.py").run()
    assert not at.exception
    assert not at.warning
    assert at.session_state[key] == value
    assert at.query_params["step"] in (step, [step])
    assert not {"kink", "lead", "width", "tl2", "view"} & set(at.query_params)


@pytest.mark.parametrize(("values", "right"), [({}, 1), ({"s": "10, -2, 3", "target": "0"}, 0)])
def test_doubling_scores_and_margin_doubles_the_hinge(values: dict[str, str], right: int) -> None:
    assert verdicts("ruler", **values) == ["right" if index == right else "wrong" for index in range(3)]


def test_nothing_is_given_away_before_the_answer() -> None:
    at = open_page("losses")
    assert not at.success
    assert not at.warning
    assert at.button(key="losses-doubling-check").disabled
