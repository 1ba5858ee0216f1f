"""The map of the names and what stands behind it."""

from __future__ import annotations

import re
from itertools import pairwise
from math import ceil, log

import plotly.graph_objects as go
import pytest

from lessons.names.model import RELATIONS, TERMS, names_of, numbers, relation_between, relations_of
from lessons.names.pictures.network import term_map
from ui.text import language

BOTH = pytest.mark.parametrize("code", ["en", "ko"])


@BOTH
@pytest.mark.parametrize("key", TERMS)
def test_the_map_is_a_figure_that_says_what_is_chosen(key: str, code: str) -> None:
    t = language(code)
    picture = term_map(key, t)
    go.Figure(picture.figure)
    names = names_of(t)
    for part in (names[key], numbers()[key], TERMS[key].in_words):
        assert part in picture.description
    for relation in relations_of(key):
        assert names[relation.other(key)] in picture.description


def test_every_mark_is_found_by_its_number_and_only_one_is_chosen() -> None:
    picture = term_map("logit", language("en"))
    marks = [trace for trace in picture.figure["data"] if trace["mode"] == "markers"]
    found = {
        number: (x, y)
        for trace in marks
        for number, x, y in zip(trace["customdata"], trace["x"], trace["y"], strict=True)
    }
    assert found == {index: term.place for index, term in enumerate(TERMS.values())}
    sizes = [size for trace in marks for size in trace["marker"]["size"]]
    assert sizes.count(max(sizes)) == 1
    strong = [trace for trace in picture.figure["data"] if trace.get("line", {}).get("width") == 3]
    assert len(strong) == len(relations_of("logit")) == 2


def test_no_two_names_stand_in_one_place_and_each_hangs_together_with_another() -> None:
    assert len({term.place for term in TERMS.values()}) == len(TERMS)
    assert all(relations_of(key) for key in TERMS)
    assert len({frozenset(relation.ends) for relation in RELATIONS}) == len(RELATIONS)
    assert relation_between("SVM", "softmax function") is None
    assert relation_between("hinge loss", "SVM") is relation_between("SVM", "hinge loss")


def test_no_line_runs_through_a_foreign_name() -> None:
    for relation in RELATIONS:
        ends = [TERMS[end].place for end in relation.ends]
        points = [ends[0], *relation.bends, ends[1]]
        for term in TERMS.values():
            if term.place in ends:
                continue
            for (x1, y1), (x2, y2) in pairwise(points):
                steps = [(x1 + (x2 - x1) * k / 20, y1 + (y2 - y1) * k / 20) for k in range(21)]
                near = min(abs(x - term.place[0]) + abs(y - term.place[1]) for x, y in steps)
                assert near > 0.3, (relation.ends, term.key)


def test_the_numbers_are_those_of_the_notes() -> None:
    found = numbers()
    assert found["score"] == "0.28"
    assert found["probability"] == "0.3534"
    assert found["softmax function"] == "[0.01545, 0.6312, 0.3534]"
    assert found["hinge loss"] == "1.58"
    assert {found[key] for key in ("log loss", "softmax loss", "cross-entropy loss")} == {"1.0402"}
    assert float(found["logit"].replace("−", "-")) == pytest.approx(log(0.353387 / 0.646613), abs=1e-4)
    assert found["logit"] != found["score"]
    assert found["logistic regression"] == "0.6411"


def test_each_number_of_the_table_says_what_it_is() -> None:
    """A classifier's formula is how it is trained; its number is that of the class it chooses."""
    rows = {row[0]: row[3] for row in term_map("score", language("en")).table.rows}
    assert rows["score"] == "f_y = 0.28"
    assert rows["logistic regression"] == "σ(f_1 − f_2) = 0.6411"
    assert rows["softmax classifier"] == "max_k p_k = 0.6312"
    assert rows["SVM"] == "max_k f_k = 0.86"


@BOTH
def test_the_table_names_every_name_once(code: str) -> None:
    t = language(code)
    table = term_map("score", t).table
    assert [row[0] for row in table.rows] == list(names_of(t).values())
    assert [row[3].split(" = ")[1] for row in table.rows] == list(numbers().values())
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_what_is_called_alike_is_not_set_equal() -> None:
    """A logit is a score to some and the log of the odds to others; only the losses are one number."""
    equal = {frozenset(relation.ends) for relation in RELATIONS if relation.verb in ("equals", "means")}
    assert equal == {frozenset((name, "cross-entropy loss")) for name in ("log loss", "softmax loss")}


@pytest.mark.parametrize("key", TERMS)
def test_a_formula_in_words_needs_no_language(key: str) -> None:
    words = set(re.findall(r"[A-Za-z]{2,}", TERMS[key].in_words))
    assert words <= {"log", "max", "min", "exp", "softmax", "Wx", "wx"}


@BOTH
def test_cross_entropy_is_not_described_as_a_distance(code: str) -> None:
    prose = language(code).prose("names")
    assert not re.search("how far|떨어져 있는지", prose["what-cross-entropy-loss"])
    assert "KL" in prose["mixed-cross-entropy-loss"]


def test_no_arrow_that_rises_ends_in_the_name_below_its_mark() -> None:
    layout = term_map("score", language("en")).figure["layout"]
    low, high = layout["yaxis"]["range"]
    unit = (layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]) / (high - low)  # in pixels
    notes = layout["annotations"]
    names = {(note["x"], note["y"]): note for note in notes if note.get("yanchor") == "top"}
    rising = [
        note for note in notes if note["showarrow"] and note["x"] == note["ax"] and note["y"] > note["ay"]
    ]
    assert len(rising) == 2
    for arrow in rising:
        mark = ceil(arrow["y"])
        name = names[arrow["x"], mark]
        lines = name["text"].split("<br>")
        assert (mark - arrow["y"]) * unit > len(lines) * name["font"]["size"] - name["yshift"]
