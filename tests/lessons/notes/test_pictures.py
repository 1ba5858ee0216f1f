"""How far the notes' numbers are off, and the two penalties, as pictures."""

from __future__ import annotations

import re

import plotly.graph_objects as go
import pytest

from lessons.notes import spiral
from lessons.notes.pictures.deviations import checked, deviations, numbers_table, row_names, short_names
from lessons.notes.pictures.penalties import WEIGHT, are_same, of_the_example, penalties
from softmax_core.notes import GOLD
from ui.text import language

BOTH = pytest.mark.parametrize("code", ["en", "ko"])


def figure(picture: object) -> go.Figure:
    parts = picture.figure
    return go.Figure({"data": parts["data"], "layout": parts["layout"]})


@BOTH
@pytest.mark.parametrize("chosen", [0, 15, 24])
def test_the_picture_of_the_deviations_is_a_figure_with_one_chosen_row(chosen: int, code: str) -> None:
    picture = deviations(chosen, language(code))
    ticks = figure(picture).layout.yaxis.ticktext
    assert len([tick for tick in ticks if "▸" in tick]) == (1 if GOLD[chosen].printed else 0)
    assert len(ticks) == len(picture.figure["narrow"]["yaxis"]["ticktext"]) == 19


@BOTH
def test_where_there_is_little_room_each_row_has_a_short_name_beside_its_number(code: str) -> None:
    picture = deviations(8, language(code))
    wide, narrow = (
        part["yaxis"]["ticktext"] for part in (picture.figure["layout"], picture.figure["narrow"])
    )
    short = short_names(language(code))
    assert all(name and len(name) <= 15 for name in short.values())
    assert len(set(short.values())) == len(short) == len(narrow)
    for long, tick in zip(wide, narrow, strict=True):
        number = int(re.search(r" · (\d+)(</b>)?$", long)[1])
        name = f"{short[GOLD[number - 1].key]} · {number}"
        assert tick == (f"<b>▸ {name}</b>" if number == 9 else name)


def test_where_there_is_little_room_a_far_number_stands_above_its_mark() -> None:
    raised = {
        label["text"]: label.get("yshift", 0)
        for label in deviations(0, language("en")).figure["narrow"]["annotations"]
    }
    assert {text for text, shift in raised.items() if shift > 0} == {
        "<b>61.95</b> (−120)",
        "<b>.09</b> (−9)",
        "<b>789</b> (−1578)",
        "<b>1.1</b> (−22)",
    }
    assert len(raised) == 9


def test_what_is_right_lies_in_the_band_and_what_is_wrong_does_not() -> None:
    _, right, wrong = deviations(0, language("en")).figure["data"]
    assert all(abs(x) <= 0.5 for x in right["x"])
    assert all(0.5 < abs(x) < 2.6 for x in wrong["x"])
    assert len(wrong["x"]) == 9
    assert right["marker"]["symbol"] != wrong["marker"]["symbol"]
    assert {GOLD[index].key for index in wrong["customdata"]} == {
        "cat",
        "probabilities",
        "illustration",
        "diffuse",
        "log-c",
        "chance",
        "start",
    }


def test_every_wrong_number_is_named_beside_its_mark_and_far_ones_say_how_far() -> None:
    labels = [each["text"] for each in deviations(0, language("en")).figure["layout"]["annotations"]]
    assert "<b>61.95</b> (−120)" in labels
    assert "<b>.016</b>" in labels
    assert "<b>789</b> (−1578)" in labels
    assert len(labels) == 9


@BOTH
def test_the_description_counts_and_names_the_wrong_ones(code: str) -> None:
    t = language(code)
    words = deviations(0, t).description
    assert "20" in words
    assert "13" in words
    for key, printed, computed in (("cat", "61.95", "60.75"), ("chance", "2.302", "2.302585")):
        assert row_names(t)[key] in words
        assert printed in words
        assert computed in words
    assert row_names(t)["halved"] not in words


@BOTH
def test_the_table_has_every_row_with_its_numbers(code: str) -> None:
    table = numbers_table(language(code))
    assert len(table.rows) == len(GOLD) == len(checked())
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert table.rows[0][3:5] == ["−96.8, 437.9, 61.95 ✗", "−96.8, 437.9, 60.75"]
    assert table.rows[5][3] == ".016 ✗, .631, .353"
    assert table.rows[13][4] == "0, 0, nan"
    assert table.rows[20][3:5] == ["–", "inf, inf, 0"]
    assert len({row[1] for row in table.rows}) == len(GOLD)


@BOTH
@pytest.mark.parametrize(("plain", "halved"), [(0.01, 0.0), (0.1, 0.2), (0.5, 1.0), (0.5, 0.0)])
def test_the_penalties_are_curves_that_agree_with_their_words(plain: float, halved: float, code: str) -> None:
    t = language(code)
    picture = penalties(plain, halved, t)
    drawn = figure(picture)
    low, high = drawn.layout.yaxis.range
    for trace in picture.figure["data"]:
        if trace["mode"] == "lines":
            assert low < min(trace["y"]) <= max(trace["y"]) < high
    first, _, second, _ = picture.figure["data"]
    assert (first["y"] == second["y"]) == are_same(plain, halved)
    assert (t("not the same") in picture.description) == (not are_same(plain, halved))
    assert picture.table.rows[0][1] == f"{plain:g}"


def test_twice_the_lambda_is_the_same_penalty_on_the_whole_example() -> None:
    (plain, slope), (halved, other) = of_the_example(0.1, False), of_the_example(0.2, True)
    assert plain.value == pytest.approx(0.08166)
    assert halved.value == pytest.approx(plain.value)
    assert slope == pytest.approx(2 * 0.1 * WEIGHT)
    assert other == pytest.approx(slope)
    assert are_same(0.1, 0.2)
    assert are_same(0.15, 0.3)
    assert not are_same(0.1, 0.1)


def test_the_run_on_the_spiral_is_a_band_that_ends_below_the_printed_one() -> None:
    low, high = spiral.band().last
    assert low < 0.75
    assert 0.7855 < high < spiral.PRINTED
    assert spiral.beside(spiral.band()) == "spiral-above"


def test_where_the_printed_end_lies_is_said_as_it_is() -> None:
    found = spiral.band()
    assert spiral.beside(found, 0.76) == "spiral-within"
    assert spiral.beside(found, 0.7) == "spiral-below"


@BOTH
def test_ticks_stand_where_they_say(code: str) -> None:
    layout = deviations(0, language(code)).figure["layout"]
    places = dict(zip(layout["xaxis"]["ticktext"], layout["xaxis"]["tickvals"], strict=True))
    assert places == {"−2": -2, "−1": -1, "−½": -0.5, "0": 0, "½": 0.5, "1": 1, "2": 2}
    heights = layout["yaxis"]["tickvals"]
    numbered = [int(re.search(r" · (\d+)(</b>)?$", tick)[1]) for tick in layout["yaxis"]["ticktext"]]
    assert numbered == sorted(numbered)
    assert heights == sorted(heights, reverse=True)
    for trace in deviations(0, language(code)).figure["data"][1:]:
        at = dict(zip(numbered, heights, strict=True))
        assert list(trace["y"]) == [at[index + 1] for index in trace["customdata"]]
