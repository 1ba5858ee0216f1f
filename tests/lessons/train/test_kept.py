"""What the browser keeps of an experiment comes back as it was, and nothing else does."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest

from lessons.train import kept
from lessons.train.scene import Scene, SceneRecipe, SceneSegment
from lessons.train.scene_json import scene_to_json
from tests.lessons.conftest import open_page
from ui.keep import keep

SCENE = Scene(
    recipe=SceneRecipe(name="moons", n_samples=30),
    segments=(SceneSegment(), SceneSegment(step=5, rate=0.3)),
    n_steps=50,
)
PIN = Scene(recipe=SceneRecipe(name="xor", n_samples=30), n_steps=50)


def test_a_scene_and_its_pinned_runs_are_read_again() -> None:
    text = "\n".join([scene_to_json(SCENE), f"7 {scene_to_json(PIN)}", f"999 {scene_to_json(PIN)}"])
    assert kept.read(text) == (SCENE, [(7, PIN), (50, PIN)])


@pytest.mark.parametrize("text", ["", "x", "{}", f"{scene_to_json(PIN)}\nx", f"{scene_to_json(PIN)}\n1 {{}}"])
def test_what_was_not_kept_is_not_read(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of several kinds
        kept.read(text)


def test_a_text_comes_back_from_the_browser_as_it_was_and_nothing_else_is_taken() -> None:
    heard = Mock()
    junk: list[Any] = [None, 3, {}, "", "no", "가", keep._packed("x")[:-5], keep._packed("y" * 5_000_000)]
    for sent in junk:
        keep._take(sent, heard)
    heard.assert_not_called()
    keep._take(keep._packed("고양이\n1"), heard)
    heard.assert_called_once_with("고양이\n1")


def test_only_what_a_link_cannot_carry_is_kept_and_pinned_runs_are_made_anew() -> None:
    at = open_page("train", step="own")
    assert at.session_state["train-kept"][1] == ""
    at.session_state["train-pinned"] = [(7, PIN)]
    at.run()
    (pin,) = at.session_state["train-session"].pins
    assert (pin.scene, pin.end, pin.kept(7).end) == (PIN, 7, 7)
    assert at.session_state["train-kept"][1].splitlines()[1] == f"7 {scene_to_json(PIN)}"
    assert not at.session_state["train-pinned"]
