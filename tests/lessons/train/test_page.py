"""The lesson on training, run as Streamlit runs it."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lessons.train import coach
from lessons.train import experiment as settings
from lessons.train.points import Points, to_text
from lessons.train.replay import replay
from lessons.train.scene import Scene, SceneRecipe, SceneSegment
from lessons.train.session import KEY, Training
from tests.lessons.conftest import everything, open_page, press, said, slide
from ui.formulas import number
from ui.stage import payload
from ui.text import fill, language

BOTH = pytest.mark.parametrize("lang", ["en", "ko"])


def drawn(at: AppTest, key: str = KEY) -> dict[str, Any]:
    """What a stage was given to draw."""
    scenes = [payload.unpack(stage.proto.bytes) for stage in at.get("bidi_component") if stage.proto.bytes]
    return next(scene for scene in scenes if scene["key"] == key)


def session(at: AppTest) -> Training:
    now: Training = at.session_state["train-session"]
    return now


def where(at: AppTest) -> int:
    step: int = at.session_state[f"{KEY}-at"]
    return step


def rest(at: AppTest, step: int) -> AppTest:
    """As when the reader's film has come to rest at a step; all frames up to there have been made."""
    now = session(at)
    now.lock = now.lock.reached(step)
    at.session_state[f"{KEY}-at"] = step
    return at.run()


def question(at: AppTest, name: str) -> str:
    return next(radio.key for radio in at.radio if radio.key.startswith(f"train-{name}-")).removesuffix(
        "-choice"
    )


def verdicts(at: AppTest, name: str) -> list[bool]:
    """Whether each answer is right."""
    found = []
    for index in range(len(at.radio(key=f"{question(at, name)}-choice").options)):
        key = question(at, name)
        at.radio(key=f"{key}-choice").set_value(index).run()
        assert not at.success
        sure = next(button for button in at.button if button.key.startswith(key) and not button.disabled)
        sure.click().run()
        assert not at.exception
        judged = [
            each for each in at.warning if each.icon != ":material/swap_vert:"
        ]  # nor what the coach says
        assert bool(at.success) != bool(judged)
        found.append(bool(at.success))
    return found


@BOTH
def test_the_page_opens_at_the_first_step_and_trains_nothing_ahead(lang: str) -> None:
    at = open_page("train", lang)
    assert not at.exception
    film = drawn(at)["frames"]
    assert (film["at"], film["total"], film["items"][0]["step"]) == (0, 501, 0)
    assert session(at).lock.head_step < 30
    assert "W &\\leftarrow W - \\eta" in everything(at)


@BOTH
def test_the_numbers_follow_where_the_film_rests(lang: str) -> None:
    at = rest(open_page("train", lang, step="numbers"), 100)
    assert not at.exception
    expected = replay(session(at).scene, 100)
    words = everything(at)
    for state in expected.at(100):
        assert f"{state.data_loss:.4g}" in words
        assert f"{state.total:.4g}" in words
    assert "**100**" in words


@BOTH
def test_one_weight_is_followed_and_named_by_its_input_and_class_as_elsewhere(lang: str) -> None:
    at = rest(open_page("train", lang, step="numbers"), 10)
    steps = [each.value for each in at.latex if r"\leftarrow" in each.value and "x_1" in each.value]
    for latex, state in zip(steps, session(at).lock.at(10), strict=True):
        assert r"W_{x_1,0} &\leftarrow" in latex
        assert f"&= {number(float(state.params['W'][0, 0]))} - " in latex
    assert everything(at).count({"en": "score of class **0**", "ko": "클래스 **0**의 점수"}[lang]) == 2
    at.session_state["model"] = "hidden"
    words = everything(at.run())
    assert words.count({"en": "in hidden unit 0", "ko": "0번 은닉 유닛"}[lang]) == 2


@pytest.mark.parametrize("label", list(settings.SCENES))
def test_a_scene_button_sets_everything_it_names(label: str) -> None:
    at = open_page(
        "train", step="laboratory", data="moons", rate="7", hinge="H²", batch="10", stop="50", start="5"
    )
    press(at, label)
    assert not at.exception
    for key, value in settings.SCENES[label].items():
        assert at.session_state[key] == value, key
    assert where(at) == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rate", "0.123"),
        ("data", "cats"),
        ("model", "deep"),
        ("stop", "1e9"),
        ("seed", "-4"),
        ("seed", "1e400"),
        ("start", "-1e400"),
        ("point", "inf"),
        ("noise", "99"),
        ("show", "x"),
    ],
)
@BOTH
def test_a_wrong_value_in_the_address_is_answered_and_nothing_is_lost(
    lang: str, name: str, value: str
) -> None:
    at = open_page("train", lang, step="laboratory", **{name: value})
    assert not at.exception
    assert len(at.warning) == 1
    assert (value in at.warning[0].value) or ("\\" in at.warning[0].value)
    assert session(at).n_steps == 500


def test_the_answer_to_a_wrong_value_stays_until_that_control_is_set() -> None:
    at = open_page("train", step="laboratory", rate="0.123")
    assert len(at.warning) == 1
    at.segmented_control(key="opt").set_value("Adam").run()
    assert "rate" not in at.query_params
    assert len(at.warning) == 1
    slide(at, "rate", "0.3")
    assert not at.warning


def test_a_changed_step_size_branches_where_the_reader_is_and_leaves_a_ghost() -> None:
    at = rest(open_page("train", step="laboratory"), 60)
    film = session(at).film
    before = session(at).lock.at(60)
    slide(at, "rate", "0.3")
    now = session(at)
    assert now.film != film
    assert (now.at, now.follows) == (60, (film,))
    assert [segment.step for segment in now.scene.segments] == [0, 60]
    for run, old in zip(now.lock.histories, before, strict=True):
        assert (run.at(60).theta == old.theta).all()
        assert run.ghosts
    assert [line["whole"] for line in _styles(at) if "whole" in line] == [True] * 4
    assert drawn(at)["frames"]["follows"] == [film]


def _styles(at: AppTest) -> list[dict[str, Any]]:
    return [layer["style"] for layer in drawn(at)["layers"] if layer["kind"] == "line"]


def test_other_data_begin_anew() -> None:
    at = rest(open_page("train", step="laboratory"), 60)
    at.segmented_control(key="data").set_value("moons").run()
    now = session(at)
    assert (where(at), now.lock.head_step < 30, len(now.scene.segments)) == (0, True, 1)
    assert not now.lock.histories[0].ghosts
    assert not any("whole" in style for style in _styles(at))


def test_a_new_start_has_other_weights_and_the_same_points() -> None:
    at = open_page("train", step="laboratory")
    points, weights = drawn(at)["points"], session(at).lock.at(0)[0].theta
    press(at, "New start")
    assert at.session_state["start"] == 1
    assert np.array_equal(drawn(at)["points"], points)
    assert not (session(at).lock.at(0)[0].theta == weights).all()


def test_beginning_again_keeps_the_weights_and_leaves_the_run_as_a_ghost() -> None:
    at = rest(open_page("train", step="laboratory"), 40)
    weights = session(at).lock.at(0)[0].theta
    press(at, "Begin again")
    now = session(at)
    assert where(at) == 0
    assert (now.lock.at(0)[0].theta == weights).all()
    assert now.lock.histories[0].ghosts[0].history.head.step >= 40


def test_pinned_runs_are_compared_by_what_differs() -> None:
    at = rest(open_page("train"), 50)
    press(at, "Pin this run")
    slide(at, "reg", "0.1")
    table = next(found for found in at.table if "λ" in found.value.columns)
    assert list(table.value["λ"]) == ["0.1", "0.001"]
    assert list(table.value.index) == ["now", "1, kept to step 50"]
    assert "η" not in table.value.columns
    press(at, "Unpin")
    assert not any("λ" in found.value.columns for found in at.table)


@BOTH
def test_a_run_that_blows_up_is_explained_with_a_way_out(lang: str) -> None:
    at = rest(open_page("train", lang, step="laboratory", hinge="H²", rate="2", stop="100"), 100)
    assert not at.exception
    step = session(at).lock.histories[1].head.step
    assert str(step) in at.error[0].value
    assert not any("nan" in table.value.to_string() for table in at.table)
    slow = next(button for button in at.button if button.key == "train-slow")
    slow.click().run()
    assert where(at) == step - 20
    assert drawn(at)["frames"]["at"] == step - 20
    assert not at.error
    rest(at, 100)
    way_out = next(button for button in at.button if button.key == "train-rate")
    way_out.click().run()
    rate = float(at.session_state["rate"])
    assert rate < 2
    assert where(at) == 0
    rest(at, 100)
    assert not at.error
    assert session(at).lock.histories[1].head.status == "RUNNING"


def test_a_run_that_jumps_is_told_and_one_that_does_not_is_not() -> None:
    assert not rest(open_page("train", step="laboratory"), 100).warning
    at = rest(open_page("train", step="laboratory", model="quadratic", rate="15", reg="0", stop="100"), 100)
    assert at.warning
    assert not at.error


@BOTH
def test_the_gradients_are_checked_on_demand_and_not_before(lang: str) -> None:
    at = rest(open_page("train", lang, step="numbers"), 20)
    label = "이 기울기 검산하기" if lang == "ko" else "Check these gradients"
    pattern = r"\*\*(\d+(?:\.\d+)?e−\d+)\*\*"
    assert not re.findall(pattern, said(at))
    press(at, label)
    errors = [float(text.replace("−", "-")) for text in re.findall(pattern, said(at))]
    assert len(errors) == 2
    assert max(errors) < 1e-7


@pytest.mark.parametrize("model", ["linear", "quadratic", "hidden"])
def test_a_point_is_worked_out_in_both_runs(model: str) -> None:
    at = rest(open_page("train", step="worked-point", model=model, units="4", point="7"), 10)
    assert not at.exception
    words = everything(at)
    assert words.count("point 7 at") == 2
    assert r"\partial L_i / \partial f" in words
    at.session_state["train-numpy"] = True
    at.run()
    assert not at.exception
    code = [block.value for block in at.code]
    assert len(code) == 2
    for lines in code:
        exec(lines, {"print": lambda *_: None})  # noqa: S102 - the very lines a reader copies


def test_a_satisfied_point_has_no_share_and_the_page_says_so() -> None:
    at = rest(open_page("train", step="worked-point", noise="0", rate="1", reg="0"), 100)
    assert "the hinge does not feel this point" in said(at)


def test_a_point_can_be_deleted_and_the_deletion_undone() -> None:
    at = open_page("train")
    press(at, "Delete this point")
    assert not at.exception
    assert len(drawn(at)["points"]) == 149
    press(at, "Undo")
    assert len(drawn(at)["points"]) == 150


def test_with_no_point_at_all_the_plane_can_still_be_clicked() -> None:
    at = open_page("train", step="own")
    press(at, "Clear")
    assert not at.exception
    assert drawn(at, "train-empty")["listens"] == ["click"]
    assert not at.get("latex")


def test_the_way_is_drawn_for_models_that_a_plane_can_show() -> None:
    at = open_page("train", step="path")
    assert "Nobody has moved yet" in said(at)
    assert drawn(rest(at, 30), "train-path-1")["title"] == "The way of SVM on its loss surface"
    assert "too many weights" in said(rest(open_page("train", step="path", model="hidden", units="4"), 5))


def test_an_opened_scene_is_replayed_with_its_branches() -> None:
    at = open_page("train", step="laboratory")
    segments = (SceneSegment(rate=0.123), SceneSegment(step=30, rate=0.456))
    scene = Scene(recipe=SceneRecipe(name="moons", n_samples=100, seed=3), segments=segments, n_steps=77)
    at.session_state["train-opened"] = scene
    at.run()
    now = session(at)
    assert now.scene == scene
    assert drawn(at)["frames"]["total"] == 78
    wanted = replay(scene, 60)
    rest(at, 60)
    for run, other in zip(session(at).lock.histories, wanted.histories, strict=True):
        assert (run.at(60).theta == other.at(60).theta).all()


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "these very values"), ("ko", "정확한 값은 장면 파일에만")]
)
def test_values_that_no_control_has_are_told_and_not_promised_to_the_link(lang: str, words: str) -> None:
    at = open_page("train", lang)
    at.session_state["takeaway"] = True
    assert words not in said(at.run())
    learning = SceneSegment(rate=0.0123, batch_size=7)
    settings_of = {"recipe": SceneRecipe(name="moons", n_samples=1234, seed=3), "segments": (learning,)}
    at.session_state["train-opened"] = Scene(**settings_of, n_steps=77)
    assert "0.0123" in said(at.run())
    assert words in said(at)
    assert "1234" in said(at)
    slide(at, "rate", "0.3")
    assert session(at).scene.segments[-1].rate == 0.3
    assert "0.0123" not in said(at)
    assert "1234" in said(at)
    assert words in said(at)


def test_rounding_dust_and_overflow_are_no_numbers_of_the_tables() -> None:
    def cells(at: AppTest) -> str:
        return " ".join(str(cell) for table in at.table for cell in table.value.to_numpy().ravel())

    found = cells(open_page("train", step="numbers"))
    assert "≈ 0" in found
    assert not re.search(r"e−1[5-9]", found)
    at = rest(open_page("train", step="numbers", model="hidden", hinge="H²", rate="2", stop="200"), 200)
    assert session(at).lock.histories[1].head.status == "DIVERGED"
    assert "inf" not in cells(at).split()


@pytest.mark.parametrize(
    ("step", "name", "right"),
    [
        ("untrained", "untrained", [False, True, False, False]),
        ("ten", "ten", [False, False, True]),
        ("stops", "growth", [False, True, False]),
    ],
)
def test_predictions_are_judged(step: str, name: str, right: list[bool]) -> None:
    assert verdicts(open_page("train", step=step), name) == right


def test_more_steps_are_no_branch() -> None:
    at = rest(open_page("train", step="laboratory", stop="100"), 100)
    film = session(at).film
    slide(at, "stop", "1000")
    assert not at.exception
    assert (session(at).film, where(at), drawn(at)["frames"]["total"]) == (film, 100, 1001)
    assert not session(at).lock.histories[0].ghosts


def test_a_link_with_own_points_keeps_its_share_for_testing() -> None:
    code = to_text(Points(((1.0, 2.0, 0), (-1.0, 0.5, 1), (0.5, 1.5, 0), (-2.0, 0.0, 1)), ("A", "B")))
    at = open_page("train", step="laboratory", pts=code, test="0.5")
    assert not at.exception
    assert session(at).view.n_train == 2
    assert [name["name"] for name in drawn(at)["figure"]["data"][:2]] == ["A", "B"]


def test_the_korean_page_says_what_the_buttons_name() -> None:
    at = open_page("train", "ko", step="laboratory", data="xor", model="quadratic")
    assert any(
        "xor: 네 칸 바둑판" in each.value and "quadratic: 이차 모델" in each.value for each in at.caption
    )


def test_the_coach_speaks_of_a_kink_to_the_hinge_alone_and_offers_one_rate() -> None:
    at = rest(open_page("train", step="laboratory", rate="700"), 500)
    softmax, svm, *_ = at.warning[0].value.split("  \n")
    assert softmax.startswith("**softmax does not settle")
    assert "kink" not in softmax
    assert "kink" in svm
    assert "about" not in svm
    assert sum(button.key == "train-rate" for button in at.button) == 1
    at.button(key="train-log").click().run()
    assert at.session_state["axis"] == "log"
    at.button(key="train-rate").click().run()
    assert not rest(at, 500).warning


@pytest.mark.parametrize(("model", "hidden"), [("linear", False), ("hidden", True)])
def test_the_coach_names_hidden_units_only_where_there_are_some(
    model: str, hidden: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coach, "tried_rate", lambda *_: None)
    at = rest(open_page("train", step="laboratory", model=model, rate="700", stop="100"), 100)
    words = [each.value for each in (*at.warning, *at.error)]
    assert any("No smaller step size" in each for each in words)
    assert any("hidden units" in each for each in words) is hidden


@pytest.mark.parametrize(("lang", "words"), [("en", "asked for nothing"), ("ko", "가장 작은 값인 0")])
def test_a_margin_of_zero_is_explained_without_an_alarm(lang: str, words: str) -> None:
    at = rest(open_page("train", lang, step="laboratory", delta="0"), 500)
    assert words in " ".join(at.info[0].value.split())
    assert not at.warning
    assert not at.error
    assert not any(button.key == "train-rate" for button in at.button)


def test_the_korean_counts_of_steps_are_written_together_and_particles_attached() -> None:
    korean = language("ko")
    prose = korean.prose("train")
    tried = {"steps": 500, "softmax": 1, "softmax_end": 1, "svm": 1, "svm_end": 1}
    assert "**η = 1**로 500단계를" in fill(prose["coach-tried"], rate="1", **tried)
    assert "**η = 10**으로" in fill(prose["coach-tried"], rate="10", **tried)
    assert "**0.949**까지 쓸 수" in fill(prose["coach-limit"], limit="0.949")
    assert "발산, 4단계" in fill(prose["coach-diverged"], run="SVM", step=4, rate="2", fault="x")
    assert korean("step {step}", step=500) == "500단계"


def test_a_chosen_mission_says_its_goal_until_it_is_done() -> None:
    at = open_page("train", step="missions")
    assert "Goal:" not in said(at)
    at.button(key="train-mission-stop").click().run()
    assert "Goal: the gradient of the SVM becomes exactly 0" in said(at)
    at.session_state["train-missions"] = {"stop"}
    assert "Goal:" not in said(at.run())
