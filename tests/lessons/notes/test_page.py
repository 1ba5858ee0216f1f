"""The lesson on the notes' numbers, run as Streamlit runs it, and every link that it offers."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from lessons import PAGES
from lessons.notes import gold
from lessons.notes.pictures import deviations
from softmax_core.notes import GOLD
from tests.lessons.conftest import everything, open_page, press, said, slide
from ui.links import address, link
from ui.stage.payload import unpack
from ui.text import language

BOTH = pytest.mark.parametrize("lang", ["en", "ko"])
KEYS = [row.key for row in GOLD]
LINK = re.compile(r"\[([^\]]+)\]\(([a-z]+\?[^)]+)\)")
ERRATA = {
    "cat": ("60.75", "−97.9, 434.7, 61.95"),
    "probabilities": ("0.01544932", "0.01551632"),
    "illustration": ("0.9999932", "6.790359e−6"),
    "diffuse": ("2.718282", "2.72", "2.71"),
    "log-c": ("−789", "789"),
    "chance": ("2.302585", "2.303", "2.302"),
    "start": ("−1.098612", "1.098612", "np.log(1.0/3)"),
}


def cells(at: AppTest) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in at.table[0].value.to_numpy().tolist()]


def opened(url: str) -> AppTest:
    parts = urlsplit(url)
    values = dict(parse_qsl(parts.query))
    return open_page(parts.path, values.pop("lang"), **values)


@BOTH
def test_the_table_is_there_with_its_errata(lang: str) -> None:
    at = open_page("notes", lang, step="table")
    assert not at.exception
    rows = cells(at)
    assert len(rows) == len(GOLD)
    wrong = [index for index, row in enumerate(rows) if "✗" in row[4]]
    assert [KEYS[index] for index in wrong] == list(ERRATA)
    assert all(":red[" in rows[index][2] for index in wrong)
    assert not any(":red[" in row[2] for index, row in enumerate(rows) if index not in wrong)


@BOTH
@pytest.mark.parametrize("key", KEYS)
def test_every_row_opens_with_its_worked_line(lang: str, key: str) -> None:
    at = open_page("notes", lang, step="rows", row=KEYS.index(key) + 1)
    assert not at.exception
    assert len(at.get("latex")) == len(gold.worked(deviations.checked()[KEYS.index(key)]))
    if key in ERRATA:
        assert all(part in at.warning[0].value for part in ERRATA[key])
        assert not at.success
    else:
        assert not at.warning
        assert bool(at.success) == bool(GOLD[KEYS.index(key)].printed)


def test_the_worked_lines_end_in_the_computed_numbers() -> None:
    for key, part in (
        ("cat", "= 60.75"),
        ("hinge", "&= 8"),
        ("diffuse", "= 2.718282"),
        ("probabilities", "0.01544932"),
        ("entropy", " 1.040191"),
        ("log-c", "= -789"),
        ("chance", "= 2.302585"),
        ("chance-hinge", "= 9"),
        ("gradient", r"0.2,\; -0.7,\; 0.5"),
        ("single", r"\infty,\; \infty,\; 0"),
        ("naive", r"0,\; 0,\; \text{nan}"),
        ("limit", "= 709.7827"),
    ):
        at = open_page("notes", step="rows", row=KEYS.index(key) + 1)
        assert part in " ".join(line.value for line in at.get("latex")), key


@BOTH
def test_every_link_opens_its_lesson_with_that_very_input(lang: str) -> None:
    at = open_page("notes", lang, step="table")
    found = [LINK.search(row[5]) for row in cells(at)]
    assert all(found)
    seen = set()
    for match, row in zip(found, GOLD, strict=True):
        url = match[2]
        slug, values, _ = gold.place(row)
        if url in seen:
            continue
        seen.add(url)
        there = opened(url)
        assert not there.exception, url
        assert not there.warning, url
        assert not there.error, url
        assert there.title[0].value == language(lang)(next(p for p in PAGES if p.slug == slug).question)
        for name, value in values.items():
            if name == "step":
                assert there.query_params["step"] == value, url
                continue
            kept = there.session_state[name]
            assert kept == value or float(kept) == float(value), (url, name, kept)


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("hinge", "**Hinge: 8**"),
        ("hinge-example", "**Hinge: 1.58**"),
        ("kink", "0.551445"),
        ("far-ahead", "3.37782e−48"),
        ("illustration", "6.79"),
        ("halved", "0.5465"),
        ("gradient", r"= [0.2,\; -0.7,\; 0.5]"),
        ("shift", r"[-666,\; -333,\; 0]"),
        ("chance", "2.30259"),
        ("log-c", "log C = 789"),
    ],
)
def test_what_the_row_computed_stands_on_the_page_that_it_opens(key: str, part: str) -> None:
    slug, values, anchor = gold.place(GOLD[KEYS.index(key)])
    there = opened(address(slug, values, language("en"), anchor))
    for button in there.button:
        if str(button.key).endswith("-show"):
            button.click()
    there.run()
    tables = " ".join(str(table.value.to_numpy().tolist()) for table in there.table)
    assert part in everything(there) + tables


def test_the_run_on_the_spiral_is_told_as_a_band_and_can_be_made() -> None:
    words = next(part.value for part in open_page("notes", step="spiral").markdown if "1.097" in part.value)
    assert "**0.734918** and **0.785890**" in words
    there = opened(LINK.search(words)[2])
    assert not there.exception
    assert not there.warning
    assert {name: str(there.session_state[name]) for name in ("data", "n", "rate", "reg")} == {
        "data": "cs231n_spiral",
        "n": "300",
        "rate": "1",
        "reg": "0.001",
    }


@BOTH
def test_the_index_leads_from_each_statement_to_a_lesson(lang: str) -> None:
    at = open_page("notes", lang, step="index")
    index = next(part.value for part in at.markdown if part.value.startswith("1. "))
    lines = index.splitlines()
    assert [line.split(".")[0] for line in lines] == [str(number) for number in range(1, 9)]
    for number, line in enumerate(lines, start=1):
        links = LINK.findall(line)
        assert links, line
        assert ("✗" in line) == (number == gold.SLIP)
        for _, url in links:
            slug = urlsplit(url).path
            assert slug in {page.slug for page in PAGES}
            assert "#" not in url or slug == "losses"
            assert f"lang={lang}" in url
    assert "logc=789" in lines[gold.SLIP - 1]


def test_a_lesson_that_does_not_exist_is_named_but_not_linked() -> None:
    assert link("there", "nowhere", {}, language("en")) == "there"
    assert link("Scores", "scores", {"scores": "1, 2"}, language("ko"), "loss") == (
        "[Scores](scores?scores=1,%202&lang=ko#loss)"
    )


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("61.95", "cat"),
        ("0.016", "probabilities"),
        ("[.9, .09, .01]", "illustration"),
        ("2.71", "diffuse"),
        ("log C = max", "log-c"),
        ("2.302", "chance"),
        ("1.1 = np.log(1.0/3)", "start"),
    ],
)
def test_an_erratum_is_one_press_away(label: str, key: str) -> None:
    at = open_page("notes", step="rows", row="12")
    assert not at.warning
    press(at, label)
    assert at.session_state["row"] == KEYS.index(key) + 1
    assert len(at.warning) == 1


@BOTH
def test_a_row_that_is_none_and_a_penalty_out_of_bounds_are_answered(lang: str) -> None:
    at = open_page("notes", lang, row="99", plain="7", halved="abc")
    assert not at.exception
    answers = [warning.value for warning in at.warning][:3]
    assert ["99" in answers[0], "7" in answers[1], "abc" in answers[2]] == [True] * 3
    assert at.session_state["row"] == 1


@BOTH
def test_the_first_line_says_whose_notes_these_are(lang: str) -> None:
    step = open_page("notes", lang, step="which")
    first = next(str(part.value) for part in step.markdown if str(part.value).strip())
    assert "CS231n" in first
    assert language(lang)("study note") in first


def test_no_answer_stands_on_a_step_before_it_is_given() -> None:
    assert not open_page("notes", step="slopes").get("latex")
    assert "0.01544932" not in str(pictures(open_page("notes", step="which")))
    at = open_page("notes", step="which")
    at.button(key="notes-which-show").click().run()
    assert "0.01544932" in str(pictures(at))


def pictures(at: AppTest) -> list[object]:
    return [unpack(stage.proto.bytes) for stage in at.get("bidi_component") if stage.proto.bytes]


@BOTH
def test_the_penalties_are_one_when_lambda_is_doubled(lang: str) -> None:
    one, two = {"en": ("One penalty.", "Two penalties."), "ko": ("같은 규제 항입니다", "서로 다른 규제")}[
        lang
    ]
    at = open_page("notes", lang, step="penalties", plain="0.15", halved="0.3")
    assert one not in said(at), "before the answer"
    at.button(key="notes-lambda-show").click().run()
    assert one in said(at)
    assert two not in said(at)
    slide(at, "halved", 0.15)
    assert two in said(at)
    assert one not in said(at)


@BOTH
@pytest.mark.parametrize(
    ("step", "key", "right"),
    [
        ("penalties", "notes-lambda", "λ = 0.2"),
        ("slopes", "notes-slope", "0.14"),
        ("which", "notes-which", ".016"),
        ("bias", "notes-bias", "61.95"),
    ],
)
def test_one_answer_is_right_and_every_other_has_its_own_reason(
    lang: str, step: str, key: str, right: str
) -> None:
    at = open_page("notes", lang, step=step)
    reasons = set()
    for index, option in enumerate(at.radio(key=f"{key}-choice").options):
        at.radio(key=f"{key}-choice").set_value(index).run()
        at.button(key=f"{key}-guess").click().run()
        assert not at.exception
        assert (len(at.success), len(at.warning)) == ((1, 0) if option == right else (0, 1))
        reasons.add(at.success[-1].value if option == right else at.warning[-1].value)
    assert len(reasons) == len(at.radio(key=f"{key}-choice").options)


def read_the_row_twice() -> None:
    import streamlit as st

    from ui import address, controls
    from ui.text import language

    address.adopt(["row"], "en")
    soon = controls.coming("row")
    st.session_state["read"] = soon, controls.whole("row", language("en"))


@pytest.mark.parametrize("row", [None, "7", "0", "999", "nan", "oops"])
def test_the_first_picture_knows_which_row_its_control_will_say(row: str | None) -> None:
    at = AppTest.from_function(read_the_row_twice)
    at.query_params.update({} if row is None else {"row": row})
    soon, drawn = at.run().session_state["read"]
    assert soon == drawn
    at.number_input(key="row").set_value(9.0).run()
    assert at.session_state["read"] == (9, 9)
