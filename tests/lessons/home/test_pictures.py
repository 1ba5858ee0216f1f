"""The small softmax of the home page, and the sketch on the lesson on scores."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
import pytest

from lessons.home.pictures import playground
from lessons.scores.model import workings
from lessons.scores.pictures.sketch import sketch
from ui.charts.picture import Picture
from ui.text import language

EN, KO = language("en"), language("ko")
ROWS = ((2.0, 1.0, -1.0), (0.0, 0.0), (10000.0, -10000.0), (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0))
NAMES = ("cat", "dog", "ship", "D", "E", "F", "G", "H")


def validated(picture: Picture) -> go.Figure:
    whole: dict[str, Any] = {name: picture.figure[name] for name in ("data", "layout")}
    return go.Figure(whole)


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("t", [EN, KO], ids=["en", "ko"])
def test_the_playground_shows_scores_and_probabilities_and_nothing_between(
    row: tuple[float, ...], t: Any
) -> None:
    work = workings(NAMES[: len(row)], row)
    figure = validated(playground(work, t))
    assert [trace.yaxis or "y" for trace in figure.data] == ["y", "y3"]
    assert list(figure.data[0].y) == list(row)
    assert sum(figure.data[1].y) == pytest.approx(1)
    assert {str(note.xref or "x").split()[0] for note in figure.layout.annotations} <= {"x", "x3"}
    above = [note.text for note in figure.layout.annotations if note.xref == "x3"]
    assert len(above) == len(row)
    assert not any("p" in text.replace("sup>", "") for text in above), "numbers, not the title"


def test_the_playground_says_its_numbers_and_can_be_dragged() -> None:
    picture = playground(workings(NAMES[:3], (2.0, 1.0, -1.0)), EN)
    for number in ("0.7054", "0.2595", "0.03512"):
        assert number in picture.description
    assert [handle.y for handle in picture.handles] == [2.0, 1.0, -1.0]


@pytest.mark.parametrize("row", ROWS)
def test_a_sketch_shows_the_truth_only_when_it_is_revealed(row: tuple[float, ...]) -> None:
    work = workings(NAMES[: len(row)], row)
    guesses = [1 / len(row)] * len(row)
    hidden, shown = (sketch(work, guesses, revealed, EN) for revealed in (False, True))
    assert [len(validated(picture).data) for picture in (hidden, shown)] == [1, 2]
    assert "true" not in hidden.description
    assert len(hidden.table.columns) == 2
    assert list(validated(shown).data[1].y) == list(work.probabilities)
    assert work.probability(0) in shown.description
    assert all((handle.low, handle.high) == (0.0, 1.0) for handle in hidden.handles)


@pytest.mark.parametrize("row", ROWS)
def test_what_was_drawn_is_said_at_the_foot_of_its_bar_away_from_the_handle(row: tuple[float, ...]) -> None:
    guesses = [1 / len(row)] * len(row)
    work = workings(NAMES[: len(row)], row)
    for revealed in (False, True):
        picture = sketch(work, guesses, revealed, EN)
        notes = picture.figure["layout"]["annotations"]
        yours = notes[: -len(row)] if revealed else notes
        if yours or len(row) <= 5:  # of many classes the true ones alone have room
            assert [note["text"] for note in yours] == [handle.text for handle in picture.handles]
            assert [note["x"] for note in yours] == [handle.x for handle in picture.handles]
            assert {(note["y"], note["yanchor"]) for note in yours} == {(0, "bottom")}
        assert [handle.y for handle in picture.handles] == guesses
    true = notes[-len(row) :]
    assert [note["y"] for note in true] == list(work.probabilities)
    assert [row[2] for row in picture.table.rows] == [note["text"].strip("</b>") for note in true]


def test_an_eighth_is_drawn_as_an_eighth() -> None:
    eight = sketch(workings("ABCDEFGH", (0.0,) * 8), [0.125] * 8, False, EN)
    assert [note["text"] for note in eight.figure["layout"]["annotations"]] == ["0.125"] * 8


def test_changed_signs_turn_the_order_round() -> None:
    work = workings(NAMES[:3], (2.0, 1.0, -1.0), temperature=2.0)
    mirrored = work.mirrored()
    assert sorted(range(3), key=lambda k: work.probabilities[k]) == sorted(
        range(3), key=lambda k: -mirrored.probabilities[k]
    )
    assert mirrored.mirrored().probabilities == work.probabilities
