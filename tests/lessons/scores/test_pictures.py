"""The pictures of the lesson on scores: valid for plotly, and true to the very numbers."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import plotly.graph_objects as go
import pytest

from lessons.scores import formulas
from lessons.scores.model import Probability, moved_scores, probabilities_at, told_apart, workings
from lessons.scores.pictures.bars import linked_bars, score_bound
from lessons.scores.pictures.curves import loss_curve, sigmoid_curve, simplex, temperature_curves
from lessons.scores.pictures.sketch import sketch
from tests.lessons.scales import unit_of
from ui.charts.labels import axis_bound, short
from ui.charts.picture import Picture
from ui.numerals import compact, numeral, plain
from ui.text import language

T = language("en")
NAMES = ("cat", "dog", "ship")
CS231N = (-2.85, 0.86, 0.28)
HANDLE_RADIUS = 8  # px
CENTRE = (0.5, 3**0.5 / 6)
ROWS = [
    CS231N,
    (123.0, 456.0, 789.0),
    (1e4, -1e4),
    (0.0, 0.0),
    (-745.0, -746.0, -1e4),
    (9.0, 1.0, 0.0, -1.0, 2.0),
    (1e4,) * 8,
    tuple(range(8)),
]


def letters(count: int) -> tuple[str, ...]:
    return tuple("ABCDEFGH"[:count])


def valid(picture: Picture) -> go.Figure:
    """The figure as plotly reads it; strict JSON has no NaN."""
    json.dumps(picture.figure, allow_nan=False)
    drawn = {name: part for name, part in picture.figure.items() if name != "narrow"}
    narrow = {**picture.figure["layout"], **picture.figure.get("narrow", {})}
    go.Layout(narrow)
    assert picture.title
    assert all(len(row) == len(picture.table.columns) for row in picture.table.rows)
    assert not any(bad in picture.description for bad in ("nan", "inf", "{", "}"))
    return go.Figure(drawn)


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize(("constant", "temperature"), [(0.0, 1.0), (20.0, 0.1), (-20.0, 10.0)])
def test_every_picture_is_valid_for_ordinary_and_extreme_scores(
    row: tuple[float, ...], constant: float, temperature: float
) -> None:
    work = workings(letters(len(row)), row, constant, temperature, focus=1)
    pictures = [linked_bars(work, T), temperature_curves(work, T)]
    pictures += [sigmoid_curve(work, T)] if len(row) == 2 else [simplex(work, T)] if len(row) == 3 else []
    for picture in pictures:
        valid(picture)


def test_the_bars_hold_the_golden_numbers() -> None:
    picture = linked_bars(workings(NAMES, CS231N), T)
    scores, weights, probabilities = valid(picture).data
    assert scores.y == CS231N
    assert [part * unit_of(picture.figure["layout"], "y2") for part in weights.y] == pytest.approx(
        (0.057844, 2.363161, 1.323130), abs=5e-7
    )
    assert probabilities.y == pytest.approx((0.015449, 0.631163, 0.353387), abs=5e-7)
    assert picture.table.rows[0] == ["cat", "−2.85", "−2.85", "0.057844", "0.01545"]
    assert picture.table.rows[1][3:] == ["2.3632", "0.6312"]
    assert "ship: score 0.28, exponential 1.3231, probability 0.3534" in picture.description


@pytest.mark.parametrize("constant", [0.0, -100.0, 100.0])
@pytest.mark.parametrize("movable", [True, False])
def test_bars_are_the_parts_of_their_axis_that_it_says(constant: float, movable: bool) -> None:
    work = workings(NAMES, CS231N, constant)
    figure = linked_bars(work, T, movable=movable).figure
    expected = (work.rescaled, [math.exp(score) for score in work.rescaled], work.probabilities)
    for trace, values in zip(figure["data"], expected, strict=False):
        unit = unit_of(figure["layout"], trace["yaxis"])
        assert [part * unit for part in trace["y"]] == pytest.approx(values, rel=1e-12)


def test_while_a_constant_moves_no_axis_does() -> None:
    """Else all three panels would be drawn anew for each picture."""
    rows = [workings(NAMES, CS231N, constant) for constant in (-80.5, 3.0, 77.0)]
    layouts = [linked_bars(row, T, movable=False).figure["layout"] for row in rows]
    grounds = [{key: value for key, value in each.items() if key != "annotations"} for each in layouts]
    assert grounds[0] == grounds[1] == grounds[2]


def test_huge_scores_show_shifted_exponentials_and_say_so() -> None:
    picture = linked_bars(workings("ABC", (123, 456, 789)), T)
    titles = [note["text"] for note in picture.figure["layout"]["annotations"][:3]]
    assert "f − max f" in titles[1]
    assert valid(picture).data[1].y == pytest.approx((5.75e-290, 2.40e-145, 1), rel=1e-2)
    assert "probability 1 − 2.398e−145" in picture.description
    plain = linked_bars(workings(NAMES, CS231N), T)
    assert "max" not in plain.figure["layout"]["annotations"][1]["text"]


def test_what_is_too_small_for_a_float_is_written_as_a_power_of_e() -> None:
    picture = linked_bars(workings("AB", (0.0, 2000.0)), T)
    assert picture.table.rows[0][3:] == ["e^−2000", "e^−2000"]
    assert picture.table.rows[1][4] == "1 − e^−2000"
    assert [note["text"] for note in labels(picture.figure["layout"], "x3")] == ["e<sup>−2000</sup>", "≈ 1"]


def test_large_and_small_numbers_over_bars_are_powers_of_ten_in_few_digits() -> None:
    far = workings(NAMES, CS231N).lifted(100.0)
    picture = linked_bars(far, T, movable=False)
    assert picture.figure["data"][1]["text"] == [f"{part}·10<sup>{of}</sup>" for part, of in _POWERS]
    assert [float(f"{part}e{of}") for part, of in _POWERS] == pytest.approx(
        [math.exp(score + 100) for score in CS231N], rel=0.04
    )
    scale = [note for note in picture.figure["layout"]["annotations"] if note["yref"] == "y2"]
    assert [note["text"] for note in scale] == ["0", "5·10<sup>43</sup>", "1·10<sup>44</sup>"]
    assert [note["y"] for note in scale] == picture.figure["layout"]["yaxis2"]["tickvals"]


_POWERS = (("1.6", 42), ("6.4", 43), ("3.6", 43))


def test_a_constant_moves_the_scores_and_not_the_probabilities() -> None:
    before, after = (valid(linked_bars(workings(NAMES, CS231N, constant), T)).data for constant in (0.0, 5.0))
    assert after[0].y == pytest.approx([score + 5 for score in CS231N])
    assert after[2].y == pytest.approx(before[2].y, abs=1e-15)
    assert after[3].y == CS231N  # where the scores were


def test_a_highlighted_class_stands_out_in_every_panel_and_not_by_colour_alone() -> None:
    bars = valid(linked_bars(workings(NAMES, CS231N, focus=2), T)).data
    for panel in bars:
        assert panel.marker.opacity[2] == 1
        assert max(panel.marker.opacity[:2]) < 1
        assert panel.marker.line.width == (0, 0, 3)


def test_a_handle_lies_on_the_end_of_each_score() -> None:
    picture = linked_bars(workings(NAMES, CS231N, 2.0, 0.5), T)
    assert [handle.y for handle in picture.handles] == pytest.approx([-1.7, 5.72, 4.56])
    assert all(handle.low <= handle.y <= handle.high for handle in picture.handles)
    low, high = picture.figure["layout"]["yaxis"]["range"]
    assert low < picture.handles[0].low < picture.handles[0].high < high


def labels(layout: dict[str, Any], axis: str) -> list[dict[str, Any]]:
    """What stands over the bars of a panel."""
    return [note for note in layout["annotations"] if note["xref"] == axis]


def test_labels_stand_upright_where_two_panels_share_the_width_of_a_phone() -> None:
    figure = linked_bars(workings(NAMES, CS231N, 100.0), T, movable=False).figure
    for axis in ("x", "x3"):
        assert {note["textangle"] for note in labels(figure["layout"], axis)} == {0}
        assert {note["textangle"] for note in labels(figure["narrow"], axis)} == {-90}


@pytest.mark.parametrize("row", [*ROWS, (-2.0, 0.0, 3.0)])
@pytest.mark.parametrize("temperature", [1.0, 0.1])
def test_a_score_s_label_stands_beyond_the_end_of_its_bar_clear_of_the_handle(
    row: tuple[float, ...], temperature: float
) -> None:
    picture = linked_bars(workings(letters(len(row)), row, 0.0, temperature), T)
    for label, handle in zip(labels(picture.figure["layout"], "x"), picture.handles, strict=True):
        assert (label["x"], label["y"]) == (handle.x, handle.y)
        outwards = -1 if label["y"] < 0 else 1
        assert label["yshift"] * outwards >= HANDLE_RADIUS
        assert label["yanchor"] == ("top" if outwards < 0 else "bottom")
    weights = picture.figure["data"][1]
    assert (weights["textposition"], weights["cliponaxis"]) == ("outside", False)


@pytest.mark.parametrize("row", ROWS)
def test_ticks_stand_in_order_and_say_where_they_are(row: tuple[float, ...]) -> None:
    work = workings(letters(len(row)), row)
    for axis, panel in linked_bars(work, T).figure["layout"].items():
        if axis.startswith("xaxis"):
            assert panel["tickvals"] == list(range(len(row)))
            assert panel["ticktext"] == list(letters(len(row)))
        elif axis.startswith("yaxis"):
            assert panel["tickvals"] == sorted(panel["tickvals"])
            if panel["showticklabels"]:
                assert panel["ticktext"] == [numeral(tick) for tick in panel["tickvals"]]
            assert panel["range"][0] <= panel["tickvals"][0] < panel["tickvals"][-1] <= panel["range"][1]
    layout = temperature_curves(work, T).figure["layout"]
    assert layout["xaxis"]["tickvals"] == sorted(layout["xaxis"]["tickvals"])
    assert layout["yaxis"]["tickvals"] == sorted(layout["yaxis"]["tickvals"])


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("temperature", [1.0, 0.7])
def test_a_number_is_printed_alike_wherever_it_stands(row: tuple[float, ...], temperature: float) -> None:
    work = workings(letters(len(row)), row, 0.0, temperature)
    picture = linked_bars(work, T)
    scores, weights, probabilities = (
        [text.split(": ", 1)[1] for text in bars["hovertext"]] for bars in picture.figure["data"][:3]
    )
    rows = picture.table.rows
    assert [cells[2:4] for cells in rows] == [list(pair) for pair in zip(scores, weights, strict=True)]
    assert [work.probability(index) for index in range(len(row))] == [cells[4] for cells in rows]
    assert all(one in (other[4], "≈ 1") for one, other in zip(probabilities, rows, strict=True))
    for index, (score, weight) in enumerate(zip(scores, weights, strict=True)):
        said = f"score {score}, exponential {weight}, probability {work.probability(index)}"
        assert said in picture.description
        assert picture.handles[index].text == score
    formulas_text = (
        formulas.exponentials(work).replace(r"\times 10^{", "e").replace("-", "−").replace("}", "")
    )
    assert all(weight in formulas_text for weight in weights if "^" not in weight)
    marked = temperature_curves(work, T).description
    assert all(work.probability(index) in marked for index in range(len(row)))


def test_an_axis_that_is_kept_grows_but_does_not_shrink() -> None:
    work = workings(NAMES, (4.0, 1.0, 0.0))
    assert score_bound(work) == 5
    assert linked_bars(work, T, 100.0).handles[0].high == 100
    assert linked_bars(workings(NAMES, (400.0, 1.0, 0.0)), T, 100.0).handles[0].high == 500


@pytest.mark.parametrize(
    ("largest", "bound"), [(0, 5), (5, 5), (5.01, 10), (10, 10), (789, 1000), (1e4, 1e4)]
)
def test_axes_end_at_round_numbers(largest: float, bound: float) -> None:
    assert axis_bound([-largest, 0.0]) == bound


def test_an_axis_does_not_grow_for_the_last_bit_of_a_number() -> None:
    assert axis_bound([5.000000000000001]) == 5
    assert axis_bound([10.000000000000002]) == 10
    assert axis_bound([0.1 + 0.2], 0.1, (1, 2, 3)) == pytest.approx(0.3)
    assert axis_bound([5.0000001]) == 10


def test_a_moved_handle_sets_the_score_behind_constant_and_temperature() -> None:
    work = workings(NAMES, CS231N, 2.0, 0.5)
    assert moved_scores(work, 0, 6.0) == pytest.approx([1.0, 0.86, 0.28])
    assert moved_scores(work, 0, 1e9, limit=1e4)[0] == 1e4
    assert work.scores == CS231N


def test_no_probability_is_called_0_or_1() -> None:
    assert Probability(0.25, math.log(0.25), math.log(0.75)).text() == "0.25"
    assert Probability(0.0, -800.0, 0.0).text() == "e^−800"
    assert Probability(5e-324, -744.5, 0.0).text() == "e^−744.5"
    assert Probability(1.0, -2.4e-145, math.log(2.4e-145)).text() == "1 − 2.4e−145"
    assert Probability(1.0, 0.0, -20000.0).text() == "1 − e^−20000"


@pytest.mark.parametrize("row", [(1e4, -1e4, 0.0), (1e4, -1e4), (0.0, -744.5), (20.0, 0.0, -1.0)])
def test_no_table_and_no_description_calls_a_probability_0_or_1(row: tuple[float, ...]) -> None:
    work = workings(NAMES[: len(row)], row)
    pictures = [linked_bars(work, T), temperature_curves(work, T)]
    pictures.append(simplex(work, T) if len(row) == 3 else sigmoid_curve(work, T))
    for picture in pictures:
        columns = range(1, len(picture.table.columns))
        probabilities = [cells[column] for cells in picture.table.rows for column in columns]
        probabilities = (
            [cells[-1] for cells in picture.table.rows] if picture is pictures[0] else probabilities
        )
        assert not {"0", "1", "≈ 1"} & set(probabilities)
        assert not re.search(r"(cat|dog|ship|probability|is) [01](,|;|\.(?!\d)|$)", picture.description)
        assert "1e4" not in picture.description
        assert "e4" not in picture.description
    assert pictures[0].table.rows[0][-1] in pictures[1].description or row[0] == 20.0


def test_probabilities_at_a_temperature_are_those_of_the_bars() -> None:
    for row in ROWS:
        names = letters(len(row))
        for temperature, probabilities in zip((0.5, 3.0), probabilities_at(row, (0.5, 3.0)), strict=True):
            work = workings(names, row, 0.0, temperature)
            assert probabilities == [work.probability(index) for index in range(len(row))]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10000.0, "10000"),
        (-14612.3, "−14612"),
        (99999.9, "99999.9"),
        (999999.0, "999999"),
        (1234567.0, "1.235e6"),
        (0.63116, "0.6312"),
        (5.753e-290, "5.753e−290"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_a_number_in_running_text_is_plain_up_to_six_digits(value: float, text: str) -> None:
    assert plain(value) == text


@pytest.mark.parametrize("temperature", [0.1, 0.5, 1.0, 3.0])
def test_one_point_more_multiplies_a_probability_by_less_than_its_exponential(temperature: float) -> None:
    work = workings(NAMES, (-1.0, 0.0, 0.0), 0.0, temperature)
    after = workings(NAMES, (0.0, 0.0, 0.0), 0.0, temperature).probabilities[0]
    grown = work.growth(0)
    assert work.raised(0).scores == (0.0, 0.0, 0.0)
    assert grown.after == "0.3333"
    factor = math.exp(1 / temperature)
    assert after / work.probabilities[0] < factor
    assert float(grown.kept) == pytest.approx(after / work.probabilities[0] / factor, rel=1e-3)


def test_what_a_tiny_probability_misses_of_its_factor_is_still_told() -> None:
    assert workings("ABC", (50.0, 0.0, 0.0)).growth(1).kept == "1 − 3.314e−22"
    lost = workings("AB", (1e4, 0.0)).growth(1)
    assert (lost.before, lost.after) == ("e^−10000", "e^−9999")
    assert lost.kept.startswith("1 − e^−9999.")


def test_two_probabilities_that_differ_are_told_in_digits_that_differ() -> None:
    near = workings("AB", (0.0, 1e-10))
    assert told_apart(near.part(1), near.doubled().part(1)) == ("0.5", "0.5000000001")
    sure = workings("AB", (92.0, 0.0), 0.0, 10.0).growth(0)
    assert sure.before < sure.after
    same = workings("AB", (0.0, 0.0)).part(0)
    assert told_apart(same, same) == ("0.5", "0.5")


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ((709.0, 709.5, 709.7), "sum"),
        ((-740.0, -744.0), "subnormal"),
        ((789.0, 1.0), "overflow"),
        ((0.0, 1.0), None),
    ],
)
def test_the_reason_for_shifting_is_known(row: tuple[float, ...], fault: str | None) -> None:
    work = workings(letters(len(row)), row)
    assert work.range_fault == fault
    assert work.is_shifted == (fault is not None)


def test_no_loss_is_called_0() -> None:
    assert workings("AB", (1e4, -1e4)).loss(0) == "e^−20000"
    assert workings("AB", (20.0, 0.0)).loss(0) == "2.061e−9"
    assert workings("AB", (-1e4, 4612.0)).loss(0) == "14612"


def test_labels_and_names_stay_short() -> None:
    assert [compact(value, 4) for value in (0.05784, 5.753e-290, -2.85, 0.0)] == [
        "0.05784",
        "5.8e−290",
        "−2.85",
        "0",
    ]
    assert short("automobile", 5) == "auto…"
    assert short("고양이", 5) == "고양…"
    assert short("cat", 3) == "cat"


def test_the_curve_of_the_loss_carries_every_class_within_it() -> None:
    picture = loss_curve(workings(NAMES, CS231N), 2, T)
    points = valid(picture).data[-1]
    assert points.x == pytest.approx((0.015449, 0.631163, 0.353387), abs=5e-7)
    assert points.y == pytest.approx((4.170191, 0.460191, 1.040191), abs=5e-7)
    assert picture.table.rows[2] == ["ship", "0.3534", "1.0402"]
    far = loss_curve(workings(NAMES, (0.0, 500.0, 1000.0)), 0, T)
    assert len(valid(far).data[-1].x) == 1
    assert [row[2] for row in far.table.rows] == ["1000", "500", "7.125e−218"]


def test_the_temperature_curves_pass_through_the_probabilities_on_the_screen() -> None:
    picture = temperature_curves(workings(NAMES, CS231N, temperature=2.0), T)
    here = valid(picture).data[-1]
    assert here.x == (2.0,) * 3
    column = picture.table.columns.index("T = 2")
    assert [row[column] for row in picture.table.rows] == [f"{probability:.4g}" for probability in here.y]


def test_the_point_on_the_sigmoid_is_the_first_probability() -> None:
    work = workings(("spam", "mail"), (1.5, -0.5))
    point = valid(sigmoid_curve(work, T)).data[-1]
    assert point.x == (2.0,)
    assert point.y[0] == pytest.approx(work.probabilities[0], rel=1e-15)
    assert "0.8808" in sigmoid_curve(work, T).description


@pytest.mark.parametrize(
    ("row", "end"),
    [
        ((3.0, 1.0, 2.0), "the corner of A"),
        ((2.0, 2.0, -1.0), "edge of A · B"),
        ((1e4, -1e4, 0.0), "the corner of A"),
        ((1e4, 1e4, -1e4), "edge of A · B"),
    ],
)
def test_the_path_in_the_triangle_leads_from_the_centre_to_where_the_scores_send_it(
    row: tuple[float, ...], end: str
) -> None:
    picture = simplex(workings("ABC", row), T)
    assert end in picture.description
    path = valid(picture).data[1]
    ends = {"the corner of A": (0, 0), "edge of A · B": (0.5, 0)}
    assert (path.x[0], path.y[0]) == pytest.approx(CENTRE, abs=1e-5)
    assert (path.x[-1], path.y[-1]) == pytest.approx(ends[end], abs=1e-5)
    label = picture.figure["layout"]["annotations"][0]
    assert (label["x"], label["y"]) == pytest.approx(CENTRE, abs=1e-5)


def test_a_full_tie_is_the_centre_and_no_path() -> None:
    picture = simplex(workings("ABC", (1e4,) * 3), T)
    path = valid(picture).data[1]
    assert (path.x, path.y) == (pytest.approx(CENTRE[:1], abs=1e-5), pytest.approx(CENTRE[1:], abs=1e-5))
    assert "in the centre, at every temperature" in picture.description
    assert "path" not in picture.description


@pytest.mark.parametrize(
    ("row", "true", "story"),
    [
        (CS231N, 2, "equal"),
        ((123.0, 456.0, 789.0), 0, "equal"),
        ((123.0, 456.0, 789.0), 2, "rounded"),
        ((0.0, 2000.0), 0, "broken"),
        ((0.0, 744.6), 0, "faint"),
        ((20.0, 0.0), 0, "equal"),
        ((30.0, 0.0), 0, "rounded"),
    ],
)
def test_the_first_form_of_the_loss_is_said_to_break_where_it_does(
    row: tuple[float, ...], true: int, story: str
) -> None:
    work = workings(letters(len(row)), row)
    assert work.loss_story(true) == story
    assert math.isfinite(work.losses[true])


def test_a_sketch_reads_as_finely_as_it_can_be_drawn() -> None:
    """Hundredths can be told apart; what floats add to them is not read."""
    work = workings(NAMES, CS231N)
    drawn = (0.34, 0.1 + 0.2, 1 / 3)
    picture = sketch(work, drawn, False, T)
    read = ["0.34", "0.3", "0.333"]
    assert [row[1] for row in picture.table.rows] == read
    assert [note.text for note in valid(picture).layout.annotations] == read
    assert [handle.text for handle in picture.handles] == read


@pytest.mark.parametrize("count", [2, 3, 5, 8])
@pytest.mark.parametrize("revealed", [False, True])
def test_the_numbers_of_a_sketch_are_never_smaller_than_they_say(count: int, revealed: bool) -> None:
    """Plotly shrinks the text of a bar, never a note."""
    work = workings("ABCDEFGH"[:count], [float(score) for score in range(count)])
    picture = sketch(work, [1 / count] * count, revealed, T)
    assert all(trace.text is None for trace in valid(picture).data)
    true = [f"<b>{work.probability(index)}</b>" for index in range(count)]
    for name in ("layout", "narrow"):
        notes = picture.figure[name]["annotations"]
        has_room = name == "layout" or count <= 5  # else the numbers stand in the answer alone
        assert {note["text"] for note in notes} >= set(true if revealed and has_room else ())
        assert revealed or not {note["text"] for note in notes} & set(true)
        assert min((note["font"]["size"] for note in notes), default=12) >= 11
