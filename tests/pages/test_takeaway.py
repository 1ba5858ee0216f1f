"""The panel of what a reader takes away, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from softmax_core import Scene, SceneRecipe, scene_to_json
from tests.pages.conftest import said

SCRIPT = Path(__file__).parent / "takeaway_page.py"


def opened(lang: str = "en", which: str = "") -> AppTest:
    at = AppTest.from_file(str(SCRIPT), default_timeout=30)
    at.query_params.update({"lang": lang, "which": which})
    at.session_state["takeaway"] = True
    at.run()
    assert not at.exception
    return at


def test_a_closed_panel_makes_nothing() -> None:
    at = AppTest.from_file(str(SCRIPT), default_timeout=30).run()
    assert not at.exception
    assert not at.get("download_button")
    assert not at.get("file_uploader")


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_four_files_are_offered_for_the_step_that_is_shown(lang: str) -> None:
    at = opened(lang)
    endings = [button.label[button.label.index("(") :] for button in at.get("download_button")]
    assert endings == ["(.py)", "(.ipynb)", "(.csv)", "(.json)"]
    assert ("step 7" if lang == "en" else "7단계") in said(at)


@pytest.mark.parametrize(
    ("which", "words"),
    [
        ("", "a link to these settings and samples"),
        ("branched", "Only the scene file"),
        ("many", "not so many"),
    ],
)
def test_what_the_link_leaves_out_is_said(which: str, words: str) -> None:
    assert words in said(opened(which=which))


def upload(at: AppTest, content: bytes) -> AppTest:
    return at.get("file_uploader")[0].set_value([("scene.json", content, "application/json")]).run()


def test_a_scene_file_is_opened() -> None:
    at = opened()
    assert at.text[0].value == "linear"
    upload(at, scene_to_json(Scene(recipe=SceneRecipe(), model="quadratic", n_steps=5)).encode())
    assert not at.exception
    assert at.text[0].value == "quadratic"
    assert not at.warning


@pytest.mark.parametrize(("lang", "words"), [("en", "too long"), ("ko", "너무 오래")])
def test_a_scene_that_would_keep_the_server_busy_is_refused(lang: str, words: str) -> None:
    text = scene_to_json(Scene(recipe=SceneRecipe(n_samples=10_000), model="hidden", n_hidden=20, n_steps=9))
    at = upload(opened(lang), text.replace('"n_hidden": 20', '"n_hidden": 500').encode())
    assert not at.exception
    assert words in at.warning[0].value
    assert "2,000,000,000" in at.warning[0].value
    assert at.text[0].value == "linear"


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("content", [b"", b"no", b'{"format": "softmax-lab scene 1"}'])
def test_a_bad_scene_file_is_answered_and_nothing_changes(lang: str, content: bytes) -> None:
    at = upload(opened(lang), content)
    assert not at.exception
    assert len(at.warning) == 1
    assert at.text[0].value == "linear"
