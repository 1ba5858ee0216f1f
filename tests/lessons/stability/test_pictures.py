"""The pictures and tables of the lesson on stability, for ordinary scores and for extreme ones."""

from __future__ import annotations

import re
from math import inf
from typing import Any

import hypothesis
import orjson
import plotly.graph_objects as go
import pytest
from hypothesis import strategies as st

from lessons.stability.pictures import divergence, failures, line
from lessons.stability.pictures.burst import burst
from lessons.stability.pictures.ranges import ranges
from lessons.stability.safe import safe_words
from softmax_core import DTYPES, float_limits, softmax_steps
from softmax_core.numerics import SafeShifts, safe_shift_interval
from ui.charts.picture import Picture
from ui.numerals import inwards, numeral
from ui.text import language
from ui.typed import MAX_SCORE

t = language("en")
NOTE = (123.0, 456.0, 789.0)
ROWS = [
    NOTE,
    (10.0, 11.0, 12.0),
    (-1000.0, -1001.0, -1002.0),
    (0.0, 0.0),
    (0.0, 1000.0),
    (1e-9, -1e-9),
    (10_000.0, -10_000.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0),
]


def drawn(picture: Picture) -> dict[str, Any]:
    """The figure as plotly accepts it and as the browser gets it, with its changes for a phone."""
    figure = {name: part for name, part in picture.figure.items() if name != "narrow"}
    go.Figure(figure)
    go.Figure({"layout": picture.figure.get("narrow", {})})
    payload = orjson.dumps(picture.figure, option=orjson.OPT_SERIALIZE_NUMPY)
    assert picture.title
    assert all(len(row) == len(picture.table.columns) for row in picture.table.rows)
    return orjson.loads(payload)


def line_picture(scores: tuple[float, ...], dtype: str, log_c: float) -> Picture:
    steps, most = softmax_steps(scores, "free_shift", dtype, log_c), line.reach(scores, dtype)
    return line.line(steps, line.span(scores, dtype, -most, most), t, line.probabilities(steps, t))


def words(scores: tuple[float, ...], dtype: str) -> str:
    return safe_words(safe_shift_interval(scores, dtype), t)


def film_picture(scores: tuple[float, ...], dtype: str) -> Picture:
    return divergence.divergence(scores, dtype, failures.algorithm_names(t), t)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("scores", ROWS)
def test_every_picture_is_a_figure_with_fixed_ranges(scores: tuple[float, ...], dtype: str) -> None:
    for picture in (
        ranges(scores, dtype, t),
        line_picture(scores, dtype, -500.0),
        film_picture(scores, dtype),
    ):
        layout = drawn(picture)["layout"]
        assert layout["height"] > 0
        for axis in ("xaxis", "yaxis"):
            assert None not in layout[axis]["range"]
            assert layout[axis]["range"][0] < layout[axis]["range"][1]


def test_the_ends_of_exp_are_named() -> None:
    picture = ranges(NOTE, "float64", t)
    ends = {row[0]: row[2] for row in picture.table.rows}
    assert ends == {"float16": "11.0899", "bfloat16": "88.7189", "float32": "88.7228", "float64": "709.7827"}
    assert "[−666, −333, 0]" in picture.description


def test_the_safe_interval_is_said_and_the_range_of_exp_drawn() -> None:
    said = words(NOTE, "float64")
    assert "Safe for the exponentials and their sum is every log C from −831.3 to −79.22" in said
    assert "From −868.1 up to there no exponential is 0" in said
    assert "−max = −789 lies inside the safe part" in said
    picture = line_picture(NOTE, "float64", -789.0)
    boxes = [trace for trace in picture.figure["data"] if trace.get("fillpattern")]
    lossy, whole = ([min(box["x"]), max(box["x"])] for box in boxes)
    assert lossy == pytest.approx([-745.13, -708.4], abs=0.01)
    assert whole == pytest.approx([-708.4, 709.78], abs=0.01)
    patterns = [box["fillpattern"]["shape"] for box in boxes]
    assert patterns[0] != patterns[1]
    assert picture.table.rows[2][1:] == ["789", "0", "1", "1"]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("scores", ROWS)
def test_no_point_leaves_the_line_and_every_end_that_matters_can_be_reached(
    scores: tuple[float, ...], dtype: str
) -> None:
    most, safe = line.reach(scores, dtype), safe_shift_interval(scores, dtype)
    assert most >= abs(safe.minus_max)
    assert safe.is_empty or max(abs(safe.low), abs(safe.high)) <= most
    for log_c in (-most, 0.0, -max(scores), max(scores), most):
        picture = line_picture(scores, dtype, log_c)
        low, high = picture.figure["layout"]["xaxis"]["range"]
        dots = [trace for trace in picture.figure["data"] if trace.get("mode") == "markers"]
        assert all(low < x < high for trace in dots for x in trace["x"])


def test_what_is_infinite_has_a_column_and_what_is_none_has_no_bar() -> None:
    steps = softmax_steps((1.0, 2.0, 89.0), "naive", "float32")
    figure = burst(steps, t).figure
    (column, _end) = figure["layout"]["shapes"]
    assert (column["xref"], column["x0"] + 0.4) == ("x2", 2)
    assert [sum(height is not None for height in trace["y"]) for trace in figure["data"]] == [3, 2, 2]
    notes = {(note.get("xref"), note["x"]): note["text"] for note in figure["layout"]["annotations"]}
    assert notes["x2", 2] == "<b>inf</b>"
    assert notes["x3", 2] == "<b>nan</b>"


ROWS_AND_SPREADS = hypothesis.given(
    st.floats(-10_000, 10_000), st.lists(st.floats(-1, 1), min_size=1, max_size=7), st.floats(0, 3000)
)


def ends_said(safe: SafeShifts) -> list[float]:
    """The ends of every interval that the sentences name, as printed: the widest last."""
    figures: dict[str, object] = {}

    def noting(message: str, /, **values: object) -> str:
        figures.update(values)
        return message

    safe_words(safe, noting)
    return [float(str(figures[end]).replace("−", "-")) for end in ("low", "high", "least") if end in figures]


@pytest.mark.parametrize("dtype", DTYPES)
@ROWS_AND_SPREADS
def test_what_is_printed_as_safe_is_safe_when_typed(
    dtype: str, top: float, parts: list[float], spread: float
) -> None:
    scores = [top, *(max(-MAX_SCORE, min(top + part * spread, MAX_SCORE)) for part in parts)]
    safe, limits = safe_shift_interval(scores, dtype), float_limits(dtype)
    ends = ends_said(safe)
    assert len(ends) == (2 if safe.is_empty or safe.loses_digits else 3)
    for number, end in enumerate(ends):
        run = softmax_steps(scores, "free_shift", dtype, end)
        exponentials = run.exponentials.astype(float)
        assert 0 < run.total < inf
        if safe.is_empty:
            assert run.total >= limits.smallest_normal
        elif safe.loses_digits or number == 2:
            assert exponentials.min() > 0
        else:
            assert exponentials.min() >= limits.smallest_normal


@pytest.mark.parametrize(
    ("scores", "dtype", "unsafe"),
    [
        ((0.0, 0.0), "float64", "709.1"),
        (NOTE, "float32", "−893"),
        ((0.0, 0.0, 0.0), "float32", "−104"),
        ((789.0, 789.0), "float16", "−806.3"),
    ],
)
def test_an_end_that_breaks_is_never_printed(scores: tuple[float, ...], dtype: str, unsafe: str) -> None:
    run = softmax_steps(scores, "free_shift", dtype, float(unsafe.replace("−", "-")))
    assert any(failure.quantity == "total" for failure in run.failures)
    words = safe_words(safe_shift_interval(scores, dtype), t)
    assert unsafe not in re.findall(r"−?[\d.]*\d", words)


def test_digits_that_are_lost_are_not_called_nothing() -> None:
    steps = softmax_steps(NOTE, "free_shift", "float64", -868.1)
    lost = "exp(−745.1) is subnormal: only 1 of 53 bits left"
    assert failures.outcome(steps, t).endswith(f"every digit of it is lost; besides, {lost}.")
    shallow = softmax_steps((0.0, 30.0), "free_shift", "float64", -745.1)
    assert failures.outcome(shallow, t).endswith(f"nothing fails, but {lost}.")
    both = softmax_steps((0.0, 1.0, 1000.0), "free_shift", "float64", -745.5)
    assert failures.outcome(both, t).endswith(f"; besides, {failures.lost_digits(both, t)}.")
    assert "subnormal" in failures.lost_digits(both, t)
    whole = softmax_steps((1.0, 2.0, 3.0), "free_shift", "float64", -7.5)
    assert failures.outcome(whole, t).endswith("; nothing fails.")
    assert not failures.lost_digits(softmax_steps((0.0, 730.0), "logsumexp", "float64"), t)
    assert failures.lost_digits(softmax_steps((0.0, 730.0), "shifted", "float64"), t)


@pytest.mark.parametrize("dtype", DTYPES)
def test_where_all_digits_cannot_be_kept_it_is_said(dtype: str) -> None:
    limits = float_limits(dtype)
    scores = (0.0, (limits.exp_max - limits.exp_min) - 0.4 * (limits.exp_min_normal - limits.exp_min))
    safe = safe_shift_interval(scores, dtype)
    assert safe.loses_digits
    assert not safe.is_empty
    assert "No log C keeps all digits of every exponential" in words(scores, dtype)
    assert "lies lower" in words(scores, dtype)


def test_the_axes_fit_the_scores_and_not_log_c() -> None:
    def axis(log_c: float) -> list[float]:
        return line_picture((9000.0, 0.0), "float64", log_c).figure["layout"]["xaxis"]["range"]

    assert axis(0.0) == axis(-9000.0) == axis(10_000.0)
    assert axis(0.0)[0] < -9000


def test_an_operand_is_told_from_its_limit() -> None:
    note = failures.comparison((11.09375, 0.0), "float16", t).notes[0]
    assert (
        "exp(11.09) is larger than 65504, the largest number of float16, where exp takes at most 11.0899,"
        in note
    )


def test_scores_that_a_format_rounds_are_named() -> None:
    assert failures.rounded_scores((9999.0, 789.0, 1.0), "bfloat16", t) == (
        "bfloat16 holds 9999 as 9984, 789 as 788."
    )
    assert failures.rounded_scores((9999.0, 789.0, 0.1), "float64", t) == ""
    assert "−10000" in ranges((-10_000.0, 0.0), "float64", t).description


@hypothesis.given(st.floats(-1e5, 1e5), st.floats(0, 1e3), st.integers(2, 6))
def test_ends_are_rounded_inwards(low: float, length: float, digits: int) -> None:
    high = low + length
    least, most = (float(end.replace("−", "-")) for end in inwards(low, high, digits))
    assert low <= least <= most <= high


def test_an_empty_safe_interval_is_said() -> None:
    assert "No log C keeps every exponential" in words(NOTE, "float32")


def test_minus_max_can_lie_below_the_safe_interval() -> None:
    assert "−max = −1000 lies lower" in words((0.0, 1000.0), "float64")


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_breaking_point_is_where_exp_ends(dtype: str) -> None:
    scale, overflow = divergence.breaking_point(NOTE, dtype) or (0.0, False)
    assert overflow
    assert scale * 789 == pytest.approx(
        float_limits(dtype).exp_max, rel=2e-3 if dtype != "bfloat16" else 0.02
    )
    assert scale * 789 > float_limits(dtype).exp_max


def test_the_mark_says_whether_an_exponential_or_only_the_sum_overflows() -> None:
    marks = [
        trace["text"][0]
        for scores in (NOTE, (10.0, 11.0, 12.0))
        for trace in film_picture(scores, "float16").figure["data"]
        if trace.get("mode") == "markers+text"
    ]
    assert marks == ["<b>overflow: exp(11.09)</b> ", "<b>overflow of the sum</b> "]


def test_very_negative_scores_break_without_overflow() -> None:
    scale, overflow = divergence.breaking_point((-1000.0, -1001.0, -1002.0), "float64") or (0.0, True)
    assert not overflow
    assert scale == pytest.approx(0.745, rel=2e-3)


def test_scores_that_never_break_have_no_mark() -> None:
    assert divergence.breaking_point((0.0, 0.0), "float64") is None
    assert "none of these scales" in film_picture((0.0, 0.0), "float64").description


def test_frames_change_the_traces_they_name() -> None:
    picture = film_picture(NOTE, "float32")
    traces = divergence.moving_traces()
    frames = divergence.frames(NOTE, "float32", range(divergence.FRAMES))
    assert traces[-1] == len(picture.figure["data"]) - 1
    assert len(frames) == divergence.FRAMES
    assert {len(frame["data"]) for frame in frames} == {len(traces)}
    lost = [index for index, frame in enumerate(frames) if "p(f) = nan" in frame["label"]]
    scale, _ = divergence.breaking_point(NOTE, "float32") or (0.0, False)
    assert frames[lost[0]]["data"][0]["x"][0] == pytest.approx(scale, rel=0.05)
    assert lost == list(range(lost[0], divergence.FRAMES))
    assert all("p(f − max) = nan" not in frame["label"] for frame in frames)
    curtains = [frame["data"][0]["x"][0] for frame in frames]
    assert curtains == sorted(curtains)


def test_the_core_stays_within_four_ulp_on_the_screen() -> None:
    picture = film_picture(NOTE, "float64")
    columns = dict(zip(picture.table.columns, zip(*picture.table.rows, strict=True), strict=True))
    assert max(map(float, columns["softmax_core, ulp"])) <= 4
    assert max(float(cell) for cell in columns["shifted by −max, ulp"]) > 20
    assert columns["naive, ulp"][-1] == "inf"


GOLDEN = {
    "float64": {
        "naive": (["0", "0", "nan"], ["inf", "inf", "nan"]),
        "shifted by −max": (["5.753e−290", "2.398e−145", "1"], ["666", "333", "0"]),
        "log-sum-exp": (["5.753e−290", "2.398e−145", "1"], ["666", "333", "0"]),
        "softmax_core": (["5.753e−290", "2.398e−145", "1"], ["666", "333", "2.398e−145"]),
    },
    "float32": {
        "naive": (["nan", "nan", "nan"], ["nan", "nan", "nan"]),
        "shifted by −max": (["0", "0", "1"], ["inf", "inf", "0"]),
        "log-sum-exp": (["0", "0", "1"], ["666", "333", "0"]),
        "softmax_core": (["0", "0", "1"], ["666", "333", "0"]),
    },
}


def bare(cell: str) -> str:
    return cell.removeprefix(":red-background[**").removeprefix(":red[").split(" ◀")[0].rstrip("]")


@pytest.mark.parametrize("dtype", GOLDEN)
def test_the_table_holds_the_notes_own_numbers(dtype: str) -> None:
    table = failures.comparison(NOTE, dtype, t).table
    for column, (probs, losses) in GOLDEN[dtype].items():
        cells = [bare(row[table.columns.index(column)]) for row in table.rows]
        assert cells[-6:-3] == probs
        assert cells[-3:] == losses
    assert [row[2] for row in table.rows[4:7]] == ["−666", "−333", "0"]


def test_the_first_failing_cell_alone_bears_the_mark() -> None:
    table = failures.comparison(NOTE, "float32", t).table
    marked = [
        (row[0].replace("\xa0", " "), column)
        for row in table.rows
        for column, cell in enumerate(row)
        if "◀" in cell
    ]
    assert marked == [("exp(f0 + log C)", 1), ("exp(f0 + log C)", 2)]


def test_each_failure_has_its_reason_in_figures() -> None:
    notes = failures.comparison(NOTE, "float64", t).notes
    assert (
        "exp(789) is larger than 1.798e308, the largest number of float64, where exp takes at most 709.7827, "
        "so inf / inf has no value: nan"
    ) in notes[0]
    assert (
        "exp(−666) is smaller than 1.401e−45, the smallest positive number of float32, and becomes 0, "
        "so −log(0) is infinite" in failures.comparison(NOTE, "float32", t).notes[1]
    )
    assert "0 / 0 has no value" in failures.comparison((-1000.0, -1001.0, -1002.0), "float64", t).notes[0]
    assert notes[1].endswith(
        "the loss of class 2 becomes 0 instead of 2.398e−145: every digit of it is lost."
    )
    assert all(
        note.endswith("nothing fails.") for note in failures.comparison((1.0, 2.0), "float64", t).notes
    )


@pytest.mark.parametrize(
    ("scores", "dtype", "truth"),
    [
        ((10.0, -100.0, -100.0), "float64", "3.378e−48"),
        ((0.0, -40.0), "float64", "4.248e−18"),
        ((20.0, 0.0, -10.0), "bfloat16", "2.066e−9"),
    ],
)
def test_a_sure_class_that_loses_its_loss_is_never_called_nothing(
    scores: tuple[float, ...], dtype: str, truth: str
) -> None:
    seen = failures.comparison(scores, dtype, t)
    assert all(f"the loss of class 0 becomes 0 instead of {truth}" in note for note in seen.notes)
    (cells,) = [row for row in seen.table.rows if row[0] == "−log p0".replace(" ", "\N{NO-BREAK SPACE}")]
    assert list(cells[1:]) == [*(f":red-background[**0 ◀ {mark}**]" for mark in (1, 2, 3)), truth]


def test_the_loss_that_is_lost_is_no_effect_of_an_exponential_that_became_0() -> None:
    story = failures.story(softmax_steps((100.0, 0.0, -900.0), "shifted", "float64"), t)
    assert story.startswith("exp(−1000) is smaller than")
    assert story.endswith("so −log(0) is infinite")


@pytest.mark.parametrize("code", ["en", "ko"])
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("scores", ROWS)
def test_every_failure_of_every_algorithm_can_be_said(
    scores: tuple[float, ...], dtype: str, code: str
) -> None:
    words = language(code)
    for algorithm in ("naive", "shifted", "logsumexp", "wrong_sign", "clamped_max"):
        for failure in softmax_steps(scores, algorithm, dtype).failures:
            assert "{" not in failures.why(failure, words)


def test_both_written_forms_fail_without_a_shift() -> None:
    rows = {
        row[0]: [bare(cell.replace(":red[**", "").replace("**", "")) for cell in row[1:]]
        for row in failures.two_forms(NOTE, 0, t).rows
    }
    assert rows["float32"] == ["nan", "inf", "666"]
    assert rows["float64"] == ["inf", "inf", "666"]


def test_almost_certain_is_not_zero() -> None:
    rows = failures.two_forms((10.0, -100.0, -100.0), 0, t).rows
    assert rows[-1] == ["float64", "0", "0", "3.378e−48"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (-666.0, "−666"),
        (5.752744e-290, "5.753e−290"),
        (1.7976931348623157e308, "1.798e308"),
        (-0.0, "0"),
        (10_000.0, "10000"),
        (-9999.6, "−9999.6"),
        (12345.678, "12346"),
        (123456.0, "1.235e5"),
        (float("nan"), "nan"),
        (float("-inf"), "−inf"),
    ],
)
def test_numbers_are_short(number: float, text: str) -> None:
    assert numeral(number) == text


@pytest.mark.parametrize(
    ("row", "dtype", "told"),
    [
        ((1.0, 2.0, 3.0), "float32", "the naive one is the more accurate"),
        ((1.0, 2.0, 3.0), "float16", "their errors are at most"),
        ((-1000.0, -1001.0, -1002.0), "float16", "the shifted one is the more accurate"),
    ],
)
def test_the_nearer_of_the_two_is_named_where_it_is_clearly_nearer(
    row: tuple[float, ...], dtype: str, told: str
) -> None:
    """28 ulp against 3 are; 4 against 2, as much as one rounding more, are not."""
    assert f"Until then {told}" in film_picture(row, dtype).description
