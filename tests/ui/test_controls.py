"""What a reader types is read generously, and what cannot be read is answered in words."""

from __future__ import annotations

from math import inf

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some

from lessons import LESSONS
from ui import controls, signs
from ui.text import language
from ui.typed import ScoresError, format_scores, join_names, parse_names, parse_scores

EN, KO = language("en"), language("ko")


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("1, 2, 3", (1, 2, 3)),
        ("[123 456 789]", (123, 456, 789)),
        ("-2.85,0.86 , .28", (-2.85, 0.86, 0.28)),
        ("−1；+2", (-1, 2)),
        ("1.5; 2.5; 3.5", (1.5, 2.5, 3.5)),
        ("１．５，－２、＋３", (1.5, -2, 3)),
        ("１２　３ｅ１", (12, 30)),
        ("1e3, -1E-3", (1000, -0.001)),
        ("10000, -10000", (10000, -10000)),
        ("1." + 300 * "0" + "1, 1234", (1, 1234)),
        ("–1, \u20112, \u20123, —4, \ufe635", (-1, -2, -3, -4, -5)),
        ("\u200b1, 2\ufeff, \u20603", (1, 2, 3)),
        ("1/4, 1 / 2, −3/4", (0.25, 0.5, -0.75)),
        ("50%, 25 %", (0.5, 0.25)),
        ("array([1., 2.])", (1, 2)),
        ("array([-2.85,  0.86,\n        0.28])", (-2.85, 0.86, 0.28)),
        ("np.array([1, 2, 3], dtype=np.float32)", (1, 2, 3)),
        ("tensor([[1., 2., 3.]], device='cuda:0', dtype=torch.float64)", (1, 2, 3)),
        ("tf.Tensor([1. 2.], shape=(2,), dtype=float32)", (1, 2)),
        ("<tf.Tensor: shape=(2,), dtype=float32, numpy=array([1., 2.], dtype=float32)>", (1, 2)),
        ("array([1, 2], dtype=int, copy = False)", (1, 2)),
        ("[np.float64(1.0), np.float64(-2.5)]", (1, -2.5)),
        ("f = [3.2, 5.1, -1.7]", (3.2, 5.1, -1.7)),
        ("c(1, 2)", (1, 2)),
        ("scores: 1, 2, 3", (1, 2, 3)),
        ("점수 = 1, 2, 3", (1, 2, 3)),
        ("“1, 2, 3”", (1, 2, 3)),
        ("⟨1, 2⟩", (1, 2)),
        ("{1, 2}", (1, 2)),
        ("(1, 2, 3,)", (1, 2, 3)),
        ("1,2,3,", (1, 2, 3)),
        ("1\n2\n3\n", (1, 2, 3)),
        ("123,456,789", (123, 456, 789)),
        ("4.54×10^-5, 1", (4.54e-5, 1)),
        ("4,54·10⁻⁵; 1".replace(",", "."), (4.54e-5, 1)),
        ("-2 x 10^3; 5*10**-1", (-2000, 0.5)),
        ("1⁄4, 1∕2", (0.25, 0.5)),
        ("[1] 1.5 2.5", (1.5, 2.5)),
        ("0,1,2,3,4,5,6,7,8,9", tuple(range(10))),
    ],
)
def test_scores_are_read_as_people_write_them(line: str, values: tuple[float, ...]) -> None:
    assert parse_scores(line) == values


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("abc", "Score 1, “abc”, is not a number"),
        ("1, a=2, 3", "is not a number"),
        ("1" + ",a=" * 2500 + ",", "is not a number"),
        ("", "no scores"),
        ("   ", "no scores"),
        ("5", "typed: 1."),
        (",".join(["1"] * 500), "typed: 500."),
        ("1, , 3", "Score 2 is empty"),
        ("a=1, b=2", "Score 2, “"),
        ("1, two, 3", "Score 2, “two”, is not a number"),
        ("1, nan", "Score 2 is NaN"),
        ("inf, 1", "Score 1, inf, is too large"),
        ("1, 1000000000", "too large"),
        ("1, 1_000", "not a number"),
        ("1,5; 2,5; 3,5", "Write decimals with a point"),
        ("１，５；２", "1.5; 2.5; 3.5"),
        ("1, 2; 3", "in two ways"),
        ("1, ٣", "Score 2, “٣”, is not a number"),
        ("1, १२", "not a number"),
        ("1, ²", "not a number"),
        ("1, ２＿０", "not a number"),
        ("1, <b>x</b>", signs.markdown("<b>x</b>")),
        ("1, " + "9" * 1000, "too large"),
        (",".join(["1"] * 11), "typed: 11."),
        ("1,000, 2,000, 3,000", "two ways: 1,000"),
        ("1,234.5, 2", "two ways: 1,000"),
        ("1,000", "two ways: 1,000"),
        ("1,000,2,000", "two ways: 1,000"),
        ("1,5 2,5", "two ways: 1,000"),
        ("0,25,0,75", "two ways: 1,000"),
        ("1 000 2 000", "two ways: 1 000"),
        ("12\u00a0034 5", "two ways: 1 000"),
        ("1. 2.5", "number of a line"),
        ("1. 2.5 2. 3.1", "number of a line"),
        ("1) 2.5, 2) 3.1", "number of a line"),
        ("1,2, 3", "two ways: 1,000"),
        ("3,2/5,1", "two ways: 1,000"),
        ("- 1.5, 2", "Write it like 3.2, -1.7 or 1.5e-3"),
        ("1.5-, 2", "Write it like 3.2, -1.7 or 1.5e-3"),
        ("½, 2", "Write it like 3.2, -1.7 or 1.5e-3"),
        ("3.2 | 5.1", "with commas between the scores"),
        ("2^3, 1", "not a number"),
        ("5", "Type 2 to 10, with commas between them"),
        ("1.000.000, 2", "without signs between thousands"),
        ("1'000, 2", "without signs between thousands"),
        ("1 000, 2", "without signs between thousands"),
        ("[[1, 2], [3, 4]]", "more than one row"),
        ("array([[1.],\n       [2.]])", "more than one row"),
        ("-inf, 0, 1", "Score 1 is −∞"),
        ("0, −∞", "Score 2 is −∞"),
        ("1/0, 2", "not a number"),
    ],
)
def test_a_line_that_is_no_list_of_scores_says_what_is_wrong(line: str, part: str) -> None:
    with pytest.raises(ScoresError) as caught:
        parse_scores(line)
    assert part in caught.value.explain(EN)
    assert caught.value.explain(KO) != caught.value.explain(EN)


MASKS = (
    "-inf", "−inf", "-∞", "−∞", "–∞", "－∞", "-Inf", "-INF", "-Infinity", "−infinity", "float('-inf')",
    'float("-inf")', 'float("-Infinity")', "-float('inf')", "-np.inf", "-numpy.inf", "-math.inf",
    "-torch.inf", "np.NINF", "np.float64(-inf)", "-\\infty", "  -inf ",
)  # fmt: skip


@pytest.mark.parametrize("mask", MASKS)
def test_minus_infinity_is_a_forbidden_class_however_it_is_written(mask: str) -> None:
    assert parse_scores(f"{mask}, 0, 1.5", forbidden=True) == (-inf, 0, 1.5)
    assert parse_scores(f"[2; {mask}]", forbidden=True) == (2, -inf)
    with pytest.raises(ScoresError, match="is −∞"):
        parse_scores(f"0, {mask}")
    with pytest.raises(ScoresError, match="All scores are −∞"):
        parse_scores(f"{mask}, {mask}", forbidden=True)


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("array([-inf,  0. ,  2.5])", (-inf, 0, 2.5)),
        ("[       -inf -1.31326169 -0.31326169]", (-inf, -1.31326169, -0.31326169)),
        ("tensor([[0., -inf]])", (0, -inf)),
        ("scores = [0.5, float('-inf'), 1]", (0.5, -inf, 1)),
        ("np.array([-np.inf, 1, -np.inf])", (-inf, 1, -inf)),
        ("c(-Inf, 1)", (-inf, 1)),
        ("−∞ 0 1", (-inf, 0, 1)),
        ("-∞\n1\n2", (-inf, 1, 2)),
    ],
)
def test_rows_with_forbidden_classes_are_read_as_programs_print_them(
    line: str, values: tuple[float, ...]
) -> None:
    assert parse_scores(line, forbidden=True) == values


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("inf, 1", "too large"),
        ("+∞, 1", "too large"),
        ("np.inf, -inf", "too large"),
        ("float('nan'), 1", "Score 1 is NaN"),
        ("-inf, np.nan", "Score 2 is NaN"),
        ("-1e999, 1", "too large"),
        ("--inf, 1", "not a number"),
        ("-infinite, 1", "not a number"),
        ("1,5 -inf", "in two ways"),
        ("-inf", "typed: 1."),
    ],
)
def test_what_is_no_forbidden_class_is_still_answered(line: str, part: str) -> None:
    with pytest.raises(ScoresError) as caught:
        parse_scores(line, forbidden=True)
    assert part in caught.value.explain(EN)
    assert caught.value.explain(KO) != caught.value.explain(EN)


@given(
    some.lists(some.floats(-10_000, 10_000) | some.just(-inf), min_size=2, max_size=10).filter(
        lambda row: max(row) > -inf
    ),
    some.sampled_from(MASKS),
    some.sampled_from([", ", "; ", ",", "\n"]),
)
def test_any_row_with_forbidden_classes_comes_back(row: list[float], mask: str, between: str) -> None:
    line = between.join(mask if value == -inf else repr(value) for value in row)
    assert parse_scores(line, forbidden=True) == tuple(row)
    written = format_scores(row)
    assert parse_scores(written, forbidden=True) == pytest.approx(tuple(row))


def test_scores_survive_the_way_into_the_address_and_back() -> None:
    values = (-2.85, 0.86, 1e-7, 10000.0)
    assert parse_scores(format_scores(values)) == values


@pytest.mark.parametrize(
    ("line", "count", "names"),
    [
        ("cat, dog", 3, ("cat", "dog", "C")),
        ("", 2, ("A", "B")),
        ("고양이, 개", 2, ("고양이", "개")),
        ("a,a,a", 3, ("a", "a 2", "a 3")),
        ("<b>$x$</b>, a_b*", 2, ("<b>$x$</b>", "a_b*")),
        ('"a, b", c', 2, ("a, b", "c")),
        ("a 3, a, a", 3, ("a 3", "a", "a 4")),
        ("a\r\nb,\0c", 2, ("a  b", "c")),
        ("🐈, שלום", 2, ("🐈", "שלום")),
        ("x" * 99, 1, ("x" * 40,)),
        (f"{'x' * 39} y", 1, ("x" * 39,)),
        (f"{'x' * 40},{'x' * 40}", 2, ("x" * 40, f"{'x' * 38} 2")),
        ("a,b,c", 2, ("a", "b")),
    ],
)
def test_names_are_as_typed_short_and_distinct(line: str, count: int, names: tuple[str, ...]) -> None:
    assert parse_names(line, count) == names
    assert parse_names(join_names(names), count) == names, "reading them again changes nothing"


def test_a_whole_number_from_a_scene_or_a_browser_is_kept_within_its_bounds() -> None:
    assert "train" in [lesson.slug for lesson in LESSONS], "whose setting this is"
    for value in (float("inf"), -float("inf"), float("nan"), 1e300, -5):
        controls.set_values({"seed": value})
        assert 0 <= st.session_state["seed"] <= 999
