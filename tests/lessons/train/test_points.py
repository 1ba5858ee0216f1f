"""A reader's own points: changed, read, named, refused in words, and carried by a link."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.train import points, points_store, refusals
from lessons.train.own_data import Rejection, read_csv
from lessons.train.points import Points
from lessons.train.refusals import Refused
from lessons.train.scene import Scene, SceneRecipe
from softmax_core import Data, make_dataset
from ui import signs
from ui.cells import MAX_LABEL
from ui.text import language

EN, KO = language("en"), language("ko")
THREE = Points(((0.0, 0.0, 0), (1.0, 1.0, 1), (2.0, 2.0, 2)), ("cat", "dog", "ship"))
COORDINATES = st.floats(-40, 40)
ROWS = st.lists(st.tuples(COORDINATES, COORDINATES, st.integers(0, 5)), min_size=1, max_size=60)


def test_a_point_is_rounded_and_stays_on_the_plane() -> None:
    assert THREE.added(0.12349, -99, 1).rows[-1] == (0.123, -30.0, 1)
    assert math.copysign(1, THREE.added(-0.0001, 0, 1).rows[-1][0]) == 1, "no minus zero"


@pytest.mark.parametrize("place", [(math.nan, 0), (0, math.inf), (0, -math.inf)])
def test_a_place_that_is_none_changes_nothing(place: tuple[float, float]) -> None:
    assert THREE.added(*place, 0) is THREE
    assert THREE.moved(THREE.rows[0], *place) is THREE


def test_a_new_class_is_made_by_its_first_point_and_never_more_than_ten() -> None:
    assert THREE.offered == ("cat", "dog", "ship", "D")
    grown = THREE.added(0, 0, 3)
    assert (grown.names, grown.rows[-1][2]) == (("cat", "dog", "ship", "D"), 3)
    assert THREE.added(0, 0, 4) is THREE
    for label in range(4, 11):
        grown = grown.added(0, 0, label)
    assert grown.names == grown.offered == ("cat", "dog", "ship", *"DEFGHIJ")
    assert Points(names=("1", "2")).offered == ("1", "2", "3")
    assert Points(names=("B", "C")).offered == ("B", "C", "D")
    assert Points(names=("0", "9" * MAX_LABEL)).offered[2:] == ("C",), "10…0 would be too long"


@pytest.mark.parametrize(
    "names", [("9" * MAX_LABEL, "1"), ("٩" * MAX_LABEL, "x"), ("９", "A"), ("C", "A" * MAX_LABEL)]
)
def test_a_class_that_is_offered_can_be_kept_in_link_and_scene(names: tuple[str, str]) -> None:
    grown = Points(((0.0, 1.0, 0), (1.0, 0.0, 1)), names).added(2.0, 2.0, 2)
    assert points.from_text(points.to_text(grown)) == grown
    assert Scene(points=grown.rows, class_names=grown.names).class_names == grown.names


def test_points_are_moved_and_deleted_by_what_they_are() -> None:
    twice = Points((*THREE.rows, THREE.rows[1]), THREE.names)
    assert twice.moved((1.0, 1.0, 1), 5, 6).rows == (
        (0.0, 0.0, 0),
        (5.0, 6.0, 1),
        (2.0, 2.0, 2),
        (1.0, 1.0, 1),
    )
    assert twice.removed((1.0, 1.0, 1)).rows == (THREE.rows[0], THREE.rows[2], THREE.rows[1])
    assert THREE.removed((1.0, 1.0, 0)) is THREE.moved((9.0, 9.0, 0), 1, 1) is THREE


def test_a_class_outlives_its_last_point() -> None:
    assert THREE.removed(THREE.rows[2]).names == THREE.names
    assert THREE.removed(THREE.rows[2]).data.labels.tolist() == [0, 1]
    assert Points(names=THREE.names).data is None


def test_the_same_points_are_the_same_data() -> None:
    assert THREE.data is Points(tuple(THREE.rows), ("x", "y", "z")).data


def test_there_is_room_for_2000_points() -> None:
    crowd = Points(((0.0, 0.0, 0),) * 2000)
    assert crowd.full
    assert crowd.added(1, 1, 0) is crowd


def test_far_samples_are_drawn_in_together() -> None:
    found = points.from_data(Data([[300.0, 0.0], [-150.0, 30.0]], [0, 1]), ())
    assert found.rows == ((30.0, 0.0, 0), (-15.0, 3.0, 1))


def test_the_points_of_a_scene_are_all_of_them_in_their_order() -> None:
    drawn = points.from_scene(Scene(recipe=SceneRecipe(name="iris"), test_share=0.5))
    assert drawn.names == ("Iris setosa", "Iris versicolor", "Iris virginica")
    np.testing.assert_array_equal(drawn.data.X, make_dataset("iris").X)
    assert points.from_scene(Scene(points=THREE.rows, class_names=THREE.names, test_share=0.3)) == THREE


@given(ROWS)
def test_a_link_brings_back_the_very_points(rows: list[tuple[float, float, int]]) -> None:
    own = Points((), ("a", "나", "c d", "4", "5", "6"))
    for x, y, label in rows:
        own = own.added(x, y, label)
    text = points.to_text(own)
    assert points.from_text(text) == own
    assert "\n" not in text
    assert "#" not in text


def test_letters_as_names_take_no_room_in_a_link() -> None:
    own = Points(((1.0, 2.0, 0), (2.0, 1.0, 1)))
    assert "~" not in points.to_text(own)
    assert points.from_text(points.to_text(own)) == own


def test_a_class_without_points_is_kept_by_the_link() -> None:
    own = Points(((1.0, 2.0, 0),), ("A", "B", "C"))
    assert points.from_text(points.to_text(own)) == own


def test_what_is_too_much_for_a_link_is_left_out_of_it() -> None:
    assert points.to_text(None) == points.to_text(Points()) == ""
    assert points.to_text(points.from_data(make_dataset("blobs", 1500), ())) == ""


@pytest.mark.parametrize(
    "text", ["", "~", "abc", "~A,B", "x" * 5000, "eNpjZGBkZfheeofRzAAADGkCuw", "\0", "점"]
)
def test_a_text_that_holds_no_points_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        points.from_text(text)


def test_names_from_a_link_are_what_it_says() -> None:
    code = points.to_text(Points(((1.0, 2.0, 0), (2.0, 1.0, 1))))
    assert points.from_text(f"{code}~<b>x</b>,$x$,,,,,,,,,,").names == ("<b>x</b>", "$x$", *"CDEFGHIJ")


def test_a_table_is_taken_as_it_is_where_it_fits() -> None:
    own, scaling = points.fitted(read_csv("x,y,label\n1,2,cat\n3,-4,dog\n"))
    assert (own.rows, own.names, scaling) == (((1.0, 2.0, 0), (3.0, -4.0, 1)), ("cat", "dog"), None)


@pytest.mark.parametrize("scale", [1e4, 1e-4], ids=["far away", "too close together"])
def test_a_table_that_does_not_fit_is_standardised_and_says_how(scale: float) -> None:
    data = make_dataset("moons", 40)
    lines = [f"{scale * x},{scale * y},{k}" for (x, y), k in zip(data.X, data.labels, strict=True)]
    own, scaling = points.fitted(read_csv("\n".join(lines)))
    assert own.data is not None
    assert scaling is not None
    np.testing.assert_allclose(own.data.X.mean(axis=0), 0, atol=1e-3)
    np.testing.assert_allclose(own.data.X.std(axis=0), 1, atol=1e-3)
    for column, (centre, divisor) in enumerate(scaling):
        np.testing.assert_allclose(
            own.data.X[:, column], (scale * data.X[:, column] - centre) / divisor, atol=6e-4
        )


def test_one_far_outlier_does_not_leave_the_plane() -> None:
    own, scaling = points.fitted(read_csv("\n".join(["0,0,a", "0,1,b"] * 999 + ["1000000,0,b"])))
    assert max(abs(x) for x, _, _ in own.rows) == 30
    assert scaling is not None
    assert own.rows[-1][0] == pytest.approx((1e6 - scaling[0][0]) / scaling[0][1])


def test_one_class_alone_still_makes_two() -> None:
    assert points.fitted(read_csv("1,2,cat"))[0].names == ("cat", "B")


def test_edits_of_the_table_are_read_and_classes_keep_their_places() -> None:
    changes = {
        "edited_rows": {0: {"label": "ship"}, "1": {"x": -3}},
        "deleted_rows": [2],
        "added_rows": [{"x": 5, "y": 6, "label": "eel"}, {"x": 1}, {}],
    }
    own, refused = points.edited(THREE, changes)
    assert own.names == ("cat", "dog", "ship", "eel")
    assert own.rows == ((0.0, 0.0, 2), (-3.0, 1.0, 1), (5.0, 6.0, 3))
    assert [(rejection.row, rejection.reason) for rejection in refused.first] == [(4, "missing")]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"edited_rows": None, "added_rows": "x", "deleted_rows": {}},
        {
            "edited_rows": {
                "9": {"x": 1},
                "9" * 5000: {"x": 1},
                "-1": {"x": 1},
                "a": 1,
                0: None,
                1: {"z": 1},
            },
            "deleted_rows": ["0", None],
        },
        {"added_rows": [None, [], {"w": 1}]},
    ],
)
def test_what_is_no_edit_changes_nothing(changes: dict[str, object]) -> None:
    assert points.edited(THREE, changes) == (THREE, Refused())


def test_hostile_cells_are_refused_row_by_row() -> None:
    cells = [math.nan, math.inf, 1e300, "1_000", [1], {"a": 1}, True, None]
    _, refused = points.edited(THREE, {"added_rows": [{"x": cell, "y": 1, "label": "a"} for cell in cells]})
    assert [rejection.row for rejection in refused.first] == list(range(4, 12))


def test_an_eleventh_class_takes_the_place_of_one_that_is_not_used() -> None:
    ten = Points(((0.0, 0.0, 0),), tuple("abcdefghij"))
    own, refused = points.edited(ten, {"added_rows": [{"x": 1, "y": 1, "label": "new"}]})
    assert (own.names, own.rows[1][2], refused) == (("a", "new", *"cdefghij"), 1, Refused())


def test_all_rows_deleted_leave_an_empty_plane() -> None:
    own, _ = points.edited(THREE, {"deleted_rows": [0, 1, 2]})
    assert own == Points(names=THREE.names)


@pytest.mark.parametrize(
    ("table", "part"),
    [
        ("1,2", "Row 1: 2 cells"),
        ("1,,a", "Row 1: number 2 is missing"),
        ("1,2,a\n1,two,b\n1,2,b", "Row 2: “two” is not a number"),
        ("1,2,a\n1,<b>2</b>,b\n1,2,a", signs.markdown("<b>2</b>")),
        ("1,inf,a", "Row 1: “inf” is not a finite number"),
        ("1,NA,a", "Row 1: number 2 is missing (“NA”)"),
        ("1", "Row 1: 1 cell instead"),
        ("1,2,3,a\n1,2,3,b\n1,2,3", "Row 3: the number of cells is 3; in the other rows it is 4"),
        ('"1,234.5",2,a', "can be read in two ways. Write it without"),
        ("1,2,?", "Row 1: the class is missing (“"),
        ("1e7,1,a", r"Row 1: “1e7” is beyond ±1,000,000"),
        ("1,2,", "Row 1: the class is missing"),
        (f"1,2,{'a' * 501}", "is longer than 500 characters"),
        ("\n".join(f"1,2,{name}" for name in "abcdefghijk"), "Row 11: “k” would be one class more than 10"),
    ],
)
def test_every_reason_is_worded_in_both_languages(table: str, part: str) -> None:
    rejection = read_csv(table).rejections[0]
    assert part in refusals.reason(rejection, EN)
    assert refusals.reason(rejection, KO) != refusals.reason(rejection, EN)


def test_the_first_twenty_refusals_are_listed_and_the_rest_counted() -> None:
    refused = tuple(Rejection(row, "no label", 2, "") for row in range(1, 34))
    lines, _, more = refusals.listed(Refused(refused, 33), EN)
    assert lines.count("\n") == 19
    assert "13" in more
    assert len(refusals.listed(Refused(refused[:20], 20), EN)) == 2
    assert refusals.listed(Refused(), EN) == []


@pytest.mark.parametrize(
    "cell", ["1.5D+02", "2^10", "½", "- 1.5", "1.5-", "٣", "$5", "2024-01-02", "12:30", "５円"]
)
def test_a_number_that_is_written_otherwise_is_refused_with_the_cure(cell: str) -> None:
    found = read_csv(f"x;y;label\n1;2;a\n{cell};3;b\n4;5;b\n")
    assert [rejection.row for rejection in found.rejections] == [3]
    for t in (EN, KO):
        _, cure = refusals.listed(refusals.refused(found), t)
        assert "1.5e-3" in cure


@pytest.mark.parametrize(
    ("rows", "cure"),
    [
        ("oops,3,b", "units in the titles"),
        (",3,b", "Fill in"),
        ("1,2,?", "Fill in"),
        ("1,2", "in quotes"),
        ("1,2,3,b", "in quotes"),
        ("inf,3,b", "finite numbers"),
        ("1e9,3,b", "larger unit"),
        (f"1,2,{'c' * 600}", "Shorten"),
        ("\n".join(f"1,2,{name}" for name in "cdefghijklm"), "under one name"),
    ],
)
def test_every_kind_of_refusal_has_its_cure_once(rows: str, cure: str) -> None:
    found = read_csv(f"x,y,label\n1,2,a\n3,4,b\n{rows}\n{rows}\n")
    for t in (EN, KO):
        _, said = refusals.listed(refusals.refused(found), t)
        assert said.count(cure if t is EN else "세요") >= 1
    assert refusals.listed(refusals.refused(found), EN)[1].count(cure) == 1


def test_what_its_own_line_explains_has_no_second_cure() -> None:
    found = read_csv("x;y;label\n1;2;a\n1'000;3;b\n4;5;b\n")
    assert len(refusals.listed(refusals.refused(found), EN)) == 1


def test_a_picture_in_another_order_does_not_reorder_the_points(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, Any] = {"train-points": THREE}
    monkeypatch.setattr("streamlit.session_state", state)
    drawn = Points(THREE.rows[::-1], THREE.names)
    points_store.move(drawn, drawn.rows[0], 5.0, 5.0)
    points_store.add(drawn, 9.0, 9.0)
    points_store.remove(drawn, (0.0, 0.0, 0))
    assert state["train-points"].rows == ((1.0, 1.0, 1), (5.0, 5.0, 2), (9.0, 9.0, 0))


def test_what_can_be_undone_has_a_bound_in_points_too(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, Any] = {}
    monkeypatch.setattr("streamlit.session_state", state)
    for number in range(20):
        points_store.use(Points(tuple((float(number), y / 100, 0) for y in range(2000))))
    kept = 0
    while points_store.can_undo():
        points_store.undo()
        kept += 1
    assert kept == points_store.MAX_UNDO_ROWS // 2000
