"""Every name is shown by every target as its signs, and comes back from where it was written."""

from __future__ import annotations

import ast
import csv
import html
import io
import re
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.train.own_data import read_csv
from tests.hostile_names import NAMES, UNSEEN
from ui import signs
from ui.cells import label_from_text, label_text
from ui.predict.latex_to_text import plain

ANY = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
_ISOLATES = "\u2068\u2069"


def unspanned(markdown: str) -> str:
    """What a span without a colour shows, in Markdown."""
    for _ in range(2):
        markdown = re.sub(r":color\[([^\[\]]*)\]", r"\1", markdown)
    return markdown


@pytest.mark.parametrize("name", UNSEEN)
def test_signs_without_ink_are_told_by_their_number(name: str) -> None:
    shown = signs.text(name)
    assert shown.isprintable()
    assert shown != name
    assert "U+" in shown or any("\u2400" <= sign <= "\u2421" for sign in shown)


@pytest.mark.parametrize(
    "name", ["👨\u200d👩\u200d👧", "नमस्ते", "❤\ufe0f", "שלום", "a  b", "\u00e9", "e\u0301"]
)
def test_signs_that_are_seen_stay(name: str) -> None:
    assert signs.text(name) == name


def test_only_a_direction_of_its_own_is_isolated() -> None:
    assert signs.in_sentence("שלום") == "\u2068שלום\u2069"
    assert signs.in_sentence("cat, 고양이 -1") == "cat, 고양이 -1"


@given(ANY)
def test_markdown_holds_nothing_but_spans_and_letters(name: str) -> None:
    written = signs.markdown(name)
    assert html.unescape(unspanned(written)) == signs.text(name)
    for node in re.split(r":color\[|\]", written):
        assert not re.search(r"www\.|https?:|@|:\w|[<>`$\\_~^|#!({*]", node.replace("&#", "")), node


@given(st.lists(ANY, min_size=1, max_size=3))
def test_what_is_set_apart_is_the_same_text(names: list[str]) -> None:
    written = " · ".join(map(signs.markdown, names))
    assert unspanned(signs.strong(written)).replace("**", "") == unspanned(written)


@pytest.mark.parametrize("name", NAMES)
def test_spoken_words_hold_the_name(name: str) -> None:
    for text in (signs.markdown(name), signs.strong(signs.markdown(name))):
        assert plain(f"The probability of {text}, $x$") == f"The probability of {signs.text(name)}, x"


@pytest.mark.parametrize(
    "name", ["cat", "고양이", "cat 2", "Iris setosa", "it's", "blue-green", "first.csv", "-1.7", "1e7"]
)
def test_a_harmless_name_stays_short(name: str) -> None:
    assert signs.markdown(name) == signs.plotly(name) == name
    assert signs.strong(signs.markdown(name)) == f"**{name}**"


@given(ANY)
def test_latex_holds_no_command_but_for_one_sign(name: str) -> None:
    written = signs.latex(name)
    assert not set(written) & set("$%#&_^~`'")
    left = re.sub(r'\{\\char"[0-9A-F]+\}|\}\\mathrm\{\\char"27\}\\text\{|\{\\ \}', "", written)
    assert re.fullmatch(r"\\text\{[^\\{}]*\}", left)


@given(ANY)
def test_plotly_reads_no_tag_entity_formula_or_slot(name: str) -> None:
    written = signs.plotly(name)
    assert not set(written) & set("<>$%{}")
    assert html.unescape(written).strip(_ISOLATES) == html.unescape(html.escape(signs.text(name))).strip(
        _ISOLATES
    )
    assert written.count("&") == written.count("&#")


@given(ANY)
def test_html_is_read_back(name: str) -> None:
    written = signs.html(name)
    assert not set(written) & set("<>\"'")
    assert html.unescape(written).strip(_ISOLATES) == signs.text(name).strip(_ISOLATES)


@given(st.text(max_size=40))
def test_python_reads_the_literal_back(name: str) -> None:
    written = signs.python(name)
    assert written.isprintable()
    assert ast.literal_eval(written) == name


def rows(names: tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [("x", "y", "label"), *((1, 2, signs.csv(name)) for name in names)]
    )
    return text.getvalue()


def came_back(*names: str) -> tuple[str, ...]:
    found = read_csv(rows(names).encode())
    assert not found.rejections
    return found.class_names


FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@given(ANY)
def test_words_for_a_spreadsheet_are_no_formula(text: str) -> None:
    cell = signs.csv_words(text)
    assert not cell.startswith(FORMULA) or isfinite(float(cell))


@given(st.floats(-1e9, 1e9))
def test_a_number_for_a_spreadsheet_is_one_there(number: float) -> None:
    assert float(signs.csv_words(str(number).replace("-", "−"))) == number


@given(ANY)
def test_a_spreadsheet_gets_no_formula_and_the_name_comes_back(name: str) -> None:
    assert not signs.csv(name).startswith(FORMULA)
    assert came_back(name) == (name,)
    assert label_from_text(label_text(name)) == name


@given(st.text(st.sampled_from("'“”„a, &\\>:1()[]-;"), min_size=1, max_size=9))
def test_names_of_signs_that_tables_are_drawn_with_come_back(name: str) -> None:
    assert came_back(name) == (name,)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_comes_back_from_a_table(name: str) -> None:
    assert came_back(name) == (name,)


def test_a_string_with_half_a_sign_is_no_label() -> None:
    assert label_from_text('"\\ud800"') == '"\\ud800"'
    assert label_from_text('"\\x"') == '"\\x"'


def test_nothing_is_nothing() -> None:
    assert [write("") for write in (signs.text, signs.markdown, signs.strong, signs.plotly, signs.html)] == [
        ""
    ] * 5
