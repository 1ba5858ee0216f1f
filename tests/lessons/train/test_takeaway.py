"""The panel of what a reader takes away, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lessons.train.scene import Scene, SceneRecipe
from lessons.train.scene_json import scene_to_json
from tests.lessons.conftest import Files, said

SCRIPT = Path(__file__).parent / "takeaway_page.py"


def opened(lang: str = "en", which: str = "") -> AppTest:
    at = AppTest.from_file(str(SCRIPT), default_timeout=120)
    at.query_params.update({"lang": lang, "which": which})
    at.session_state["takeaway"] = True
    at.run()
    assert not at.exception
    return at


def test_a_closed_panel_makes_nothing() -> None:
    at = AppTest.from_file(str(SCRIPT), default_timeout=120).run()
    assert not at.exception
    assert not at.get("bidi_component")


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_four_files_are_offered_for_the_step_that_is_shown(lang: str, files: Files) -> None:
    at = opened(lang)
    labels = [data["label"] for data in files.offered.values()]
    assert [label[label.index("(") :] for label in labels] == ["(.py)", "(.ipynb)", "(.csv)", "(.json)"]
    assert {data["content"] for data in files.offered.values()} == {None}
    for key, beginning in (("py", '"""'), ("ipynb", "{"), ("csv", "\ufeff"), ("json", "{")):
        assert files.download(at, f"takeaway-{key}").startswith(beginning)
    at.run()
    assert {data["content"] for data in files.offered.values()} == {None}
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


def test_a_scene_file_is_opened(files: Files) -> None:
    at = opened()
    assert at.text[0].value == "linear"
    scene = Scene(recipe=SceneRecipe(), model="quadratic", n_steps=5)
    files.upload(at, "takeaway-file", "scene.json", scene_to_json(scene).encode())
    assert not at.exception
    assert at.text[0].value == "quadratic"
    assert not at.warning


@pytest.mark.parametrize(("lang", "words"), [("en", "too long"), ("ko", "너무 오래")])
def test_a_scene_that_would_keep_the_server_busy_is_refused(lang: str, words: str, files: Files) -> None:
    text = scene_to_json(Scene(recipe=SceneRecipe(n_samples=10_000), model="hidden", n_hidden=20, n_steps=9))
    large = text.replace('"n_hidden": 20', '"n_hidden": 500').encode()
    at = files.upload(opened(lang), "takeaway-file", "scene.json", large)
    assert not at.exception
    assert words in at.warning[0].value
    assert "2,000,000,000" in at.warning[0].value
    assert at.text[0].value == "linear"


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("content", [b"", b"no", b'{"format": "softmax-lab scene 1"}'])
def test_a_bad_scene_file_is_answered_and_nothing_changes(lang: str, content: bytes, files: Files) -> None:
    at = files.upload(opened(lang), "takeaway-file", "scene.json", content)
    assert not at.exception
    assert len(at.warning) == 1
    assert at.text[0].value == "linear"
