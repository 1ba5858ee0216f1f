"""Ten classes, as CIFAR-10 and MNIST have: every lesson that takes scores shows them all, from a link too."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from lessons.scores.model import workings
from lessons.scores.pictures.bars import linked_bars
from lessons.train.points import Points, to_text
from tests.lessons.conftest import drawn, open_page, said
from ui.charts import draw, style
from ui.text import language
from ui.typed import MAX_CLASSES

WEB = Path(__file__).parents[2] / "app/rooms/web"
TEN = "-1.5, 2.25, 10.5, -3, 0, 4.125, -0.75, 6, 5.5, -8"
SHARES = "0.1, 0.2, 0.05, 0.05, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1"
CIFAR = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
LINKS: tuple[tuple[str, dict[str, str]], ...] = (
    ("scores", {"scores": TEN, "names": ",".join(CIFAR), "truth": "truck", "focus": "truck"}),
    ("losses", {"s": TEN, "target": "9"}),
    ("stability", {"f": TEN, "y": "9"}),
    ("information", {"p": SHARES, "q": SHARES}),
    ("home", {"play": TEN}),
)


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize(("page", "values"), LINKS, ids=[page for page, _ in LINKS])
def test_a_link_with_ten_classes_is_opened(page: str, values: dict[str, str], lang: str) -> None:
    at = open_page(page, lang, **values)
    assert not at.exception
    assert not at.error
    assert not at.warning
    for key, value in values.items():
        assert at.session_state[key] == value
    if page == "scores":
        assert "truck" in said(at)


@pytest.mark.parametrize("looks", [style.COLOURS, style.MARKERS, style.DASHES])
def test_ten_classes_are_told_apart(looks: tuple[str, ...]) -> None:
    assert len(set(looks)) == len(looks) >= MAX_CLASSES


def test_bars_are_told_apart_without_their_colours() -> None:
    patterns = draw.hatched_classes(MAX_CLASSES)["pattern"]
    assert len(set(zip(patterns["shape"], patterns["size"], strict=True))) == MAX_CLASSES


def test_phones_have_a_mark_for_each_class() -> None:
    (listed,) = re.findall(r"const path = \[(.*)\]\[label\]", (WEB / "points.js").read_text())
    assert len(set(json.loads(f"[{listed}]"))) == MAX_CLASSES


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("step", ["own", "numbers", "worked-point", "path", "take-away", "code"])
def test_points_of_ten_classes_are_opened_from_a_link_and_trained_on(step: str, lang: str) -> None:
    ten = Points(tuple((float(k % 4), float(k // 4), k) for k in range(MAX_CLASSES)), CIFAR)
    at = open_page("train", lang, step=step, pts=to_text(ten), pen="truck")
    assert not at.exception
    assert not at.error
    assert not at.warning
    assert at.session_state["pts"] == to_text(ten)
    if step == "own":
        assert at.session_state["pen"] == "truck"
        names = {trace.get("name") for trace in drawn(at, "train-film")["figure"]["data"]}
        assert names >= set(CIFAR)


def test_the_names_of_many_classes_stand_where_they_would_be_cut_to_nothing() -> None:
    scores = tuple(map(float, TEN.split(",")))
    layout = linked_bars(workings(CIFAR, scores, 0.0, 1.0), language("en")).figure["layout"]
    assert layout["xaxis"]["tickangle"] == -90
    assert layout["xaxis"]["ticktext"][0] == "airplane"
    letters = linked_bars(workings(tuple("ABCDEFGHIJ"), scores, 0.0, 1.0), language("en"))
    assert letters.figure["layout"]["xaxis"]["tickangle"] == 0
