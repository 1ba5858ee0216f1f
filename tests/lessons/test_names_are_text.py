"""Whatever a class, a file or a word in an address is called: every page says these very signs."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lessons.train import takeaway, takeaway_script
from lessons.train.own_data import read_csv
from lessons.train.points import Points, from_scene, from_text, to_text
from lessons.train.replay import replay
from lessons.train.scene import Scene, SceneSegment
from lessons.train.scene_json import scene_from_json, scene_to_json
from tests.hostile_names import NAMES, TOGETHER
from tests.lessons.conftest import open_page
from tests.lessons.train.test_page import drawn
from ui import signs
from ui.predict.latex_to_text import plain
from ui.stage import payload
from ui.text import language
from ui.typed import join_names

EN = language("en")
BOTH = pytest.mark.parametrize("lang", ["en", "ko"])
MARKDOWN = ("markdown", "caption", "error", "warning", "success", "info", "subheader", "header")
ROWS = tuple((float(k), float(k % 3), k) for k in range(6))


def scene(names: tuple[str, ...]) -> Scene:
    points = tuple((float(k), float(k % 3), k % len(names)) for k in range(3 * len(names)))
    return Scene(points=points, class_names=names, n_steps=3, segments=(SceneSegment(rate=0.1),))


def said(at: AppTest) -> list[str]:
    """What Streamlit reads as Markdown: sentences, formulas, choices and the cells of tables."""
    found = [str(element.value) for kind in MARKDOWN for element in at.get(kind)]
    found += [str(formula.value) for formula in at.get("latex")]
    found += [str(option) for choice in (*at.get("button_group"), *at.radio) for option in choice.options]
    for table in at.table:
        cells = table.value
        found += [str(cells.index.name), *map(str, cells.columns), *map(str, cells.index)]
        found += [str(cell) for row in cells.to_numpy() for cell in row]
    return found


def pictures(at: AppTest) -> Iterator[dict[str, Any]]:
    for stage in at.get("bidi_component"):
        if stage.proto.bytes and "figure" in (message := payload.unpack(stage.proto.bytes)):
            yield message


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for item in value.values() for text in strings(item))
    elif isinstance(value, list | tuple):
        yield from (text for item in value for text in strings(item))


def every_name_is_text(at: AppTest, names: tuple[str, ...]) -> None:
    assert not at.exception
    words = said(at)
    for name in names:
        assert not [text for text in words if name in text], "as it came, in Markdown"
        assert any(signs.markdown(name) in text for text in words)
        assert any(signs.text(name) in plain(text) for text in words)
    drawings = list(pictures(at))
    assert drawings
    for picture in drawings:
        plain_text = [*strings({key: picture[key] for key in ("title", "description", "table", "handles")})]
        assert not [text for text in plain_text if "\u202e" in text or "\u2066" in text or "&#60" in text]
        for text in strings(picture["figure"]):
            assert not any(name in text for name in names if signs.plotly(name) != name), text
            assert "\u202e" not in text


@BOTH
def test_scores(lang: str) -> None:
    names = TOGETHER
    values = {"scores": "1,2,3,4,5,6", "names": join_names(names), "truth": names[1], "focus": names[3]}
    at = open_page("scores", lang, **values)
    every_name_is_text(at, names)
    assert at.session_state["truth"] == names[1]
    assert at.session_state["focus"] == names[3]
    bars = drawn(at, "scores-bars")
    assert [row[0] for row in bars["table"]["rows"]] == [signs.text(name) for name in names]
    assert all(signs.in_sentence(name) in bars["description"] for name in names), "also where it holds 을(를)"
    assert [text.rsplit(": ", 1)[0] for text in bars["figure"]["data"][0]["hovertext"]] == [
        signs.plotly(name) for name in names
    ]


@pytest.mark.parametrize("pair", [TOGETHER[:2], TOGETHER[2:4], TOGETHER[4:], TOGETHER[:3], TOGETHER[3:]])
def test_the_pictures_of_a_few_classes(pair: tuple[str, ...]) -> None:
    values = ",".join(map(str, range(len(pair))))
    every_name_is_text(open_page("scores", scores=values, names=join_names(pair), temperature="2"), pair)


@BOTH
def test_training(lang: str) -> None:
    points = Points(ROWS, TOGETHER)
    at = open_page("train", lang, pts=to_text(points), pen=TOGETHER[1], stop="50")
    every_name_is_text(at, TOGETHER)
    assert at.session_state["pen"] == TOGETHER[1]
    traces = drawn(at)["figure"]["data"][:6]
    assert [trace["hovertemplate"].split("</b>")[0] for trace in traces] == [
        f"<b>{signs.plotly(name)}" for name in TOGETHER
    ]


def test_what_an_address_asks_for_in_vain_is_quoted() -> None:
    for word in ("www.a.b", ":smile: ->", "\r# h\u2028\u202eabc"):
        at = open_page("scores", temperature=word, truth=word, hide=word, present=word)
        assert not at.exception
        told = [str(warning.value) for warning in at.warning]
        assert any(signs.markdown(word) in text for text in told)
        assert not any(word in text for text in told), word


@pytest.mark.parametrize("name", NAMES)
def test_a_name_comes_back_from_link_file_and_table(name: str) -> None:
    other = "B" if name != "B" else "C"
    made = scene((name, other))
    assert scene_from_json(scene_to_json(made)) == made
    points = from_scene(made)
    assert points.names == (name, other)
    assert from_text(to_text(points)) == points
    text = takeaway.csv_text(made)
    assert sorted(read_csv("\ufeff" + text).class_names) == sorted((name, other))
    assert not [cell for line in text.splitlines() for cell in line.split(",")[2:] if cell[:1] in "=+@\t\r-"]


def test_a_name_is_no_code_in_the_program() -> None:
    for at in range(0, len(NAMES) - 6, 6):
        names = NAMES[at : at + 6]
        made = scene(names)
        code = takeaway_script.script(made, replay(made, 1), 1, EN)
        assigned = {
            node.targets[0].id: node.value
            for node in ast.parse(code).body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        assert tuple(ast.literal_eval(assigned["CLASSES"])) == names


def refused(**changes: object) -> str:
    made = json.loads(scene_to_json(scene(("a", "b", "c"))))
    found = takeaway.read_scene(json.dumps(made | changes).encode())
    assert not isinstance(found, Scene)
    return takeaway._refusal(found, EN)


def test_a_scene_says_which_name_cannot_be() -> None:
    assert "classes 1 and 3 have the same name, “a.b”" in refused(class_names=["a.b", "b", "a.b"])
    assert f"class 2, “{signs.markdown('⟨U+D800⟩')}”, holds half" in refused(class_names=["a", "\ud800", "c"])
    assert "“class_names”" not in refused(class_names=["a", "a", "c"])
    assert plain(refused(class_names=["a", "b"])) != plain(refused(class_names=["a", "a", "b"]))
