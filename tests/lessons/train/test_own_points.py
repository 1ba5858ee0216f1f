"""The panel of the reader's own points, without a browser."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lessons.train import points, points_reading
from lessons.train.points import Points
from tests.lessons.conftest import Files, said

SCRIPT = Path(__file__).parent / "own_points_page.py"
OWN = Points(((1.0, 2.0, 0), (-1.0, 0.5, 1), (0.0, 0.0, 1)), ("cat", "dog"))


def opened(lang: str = "en", **values: str) -> AppTest:
    at = AppTest.from_file(str(SCRIPT), default_timeout=120)
    at.query_params.update({"lang": lang, **values})
    at.run()
    assert not at.exception
    return at


def shown(at: AppTest) -> str:
    assert not at.exception
    return str(at.text[0].value)


def press(at: AppTest, key: str) -> AppTest:
    return at.button(key=key).click().run()


def drawer(at: AppTest, key: str) -> AppTest:
    at.session_state[key] = True
    return at.run()


def paste(at: AppTest, text: str) -> AppTest:
    drawer(at, "own-csv").text_area(key="own-paste").set_value(text)
    return press(at, "own-paste-use")


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_clicking_on_a_data_set_makes_its_points_the_readers_own(lang: str) -> None:
    at = opened(lang)
    before = shown(at)
    assert "pts" not in at.query_params
    press(at, "plane")
    assert shown(at).startswith("31 ")
    assert "(1.235, -2.0, 0)" in shown(at)
    assert at.query_params["pts"]
    press(at, "own-recipe")
    assert shown(at) == before
    assert "pts" not in at.query_params


def test_every_change_is_undone_in_turn() -> None:
    at = opened(pts=points.to_text(OWN))
    assert at.button(key="own-undo").disabled
    states = [shown(at)]
    for key in ("plane", "drag", "delete", "own-clear"):
        states.append(shown(press(at, key)))
    assert states[-1].startswith("0 ")
    assert len(set(states)) == 5
    for state in reversed(states[:-1]):
        assert shown(press(at, "own-undo")) == state
    assert at.button(key="own-undo").disabled


def test_a_link_opens_the_points_and_their_names() -> None:
    at = opened(pts=points.to_text(OWN))
    assert shown(at) == f"3 {OWN.names} {OWN.rows}"
    assert at.text_input(key="pts").value == points.to_text(OWN)


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_text_that_holds_no_points_is_answered_and_nothing_is_lost(lang: str) -> None:
    """What a link brings is answered by the frame around the page."""
    at = opened(lang, pts="nonsense")
    assert shown(at).startswith("30 ")
    at.text_input(key="pts").set_value("nonsense").run()
    assert len(at.warning) == 1
    press(at, "plane")
    assert not at.warning
    at.text_input(key="pts").set_value("eNonsense").run()
    assert shown(at).startswith("31 ")
    assert len(at.warning) == 1


def test_pasted_text_brings_points_and_can_be_undone() -> None:
    at = opened()
    before = shown(at)
    at.text_input(key="pts").set_value(points.to_text(OWN)).run()
    assert shown(at) == f"3 {OWN.names} {OWN.rows}"
    assert shown(press(at, "own-undo")) == before


def test_a_point_is_put_down_by_keyboard_in_the_chosen_class() -> None:
    at = drawer(opened(pts=points.to_text(OWN)), "own-numbers")
    at.get("button_group")[0].set_value("C").run()
    at.number_input(key="own-x").set_value(2.5)
    at.number_input(key="own-y").set_value(-1.25)
    press(at, "own-add")
    assert shown(at).startswith("4 ('cat', 'dog', 'C')")
    assert shown(at).endswith("(2.5, -1.25, 2))")


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_pasted_table_is_used_and_each_refused_row_named(lang: str) -> None:
    at = paste(opened(lang), "x,y,label\n1,2,cat\n3,oops,dog\n4,5,dog\n")
    assert shown(at) == "2 ('cat', 'dog') ((1.0, 2.0, 0), (4.0, 5.0, 1))"
    assert len(at.warning) == 1
    (refused,) = [text.value for text in at.markdown if "oops" in text.value]
    assert "3" in refused
    assert "cat" not in refused


@pytest.mark.parametrize("text", ["", "nothing here", "1;2", "x" * 200_000])
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_table_of_no_use_changes_nothing(text: str, lang: str) -> None:
    at = opened(lang, pts=points.to_text(OWN))
    paste(at, text)
    assert shown(at) == f"3 {OWN.names} {OWN.rows}"
    assert len(at.warning) == 1


def test_points_far_away_are_scaled_and_the_page_says_how() -> None:
    at = paste(opened(), "100;200;a\n300;400;b\n")
    assert "((-1.0, -1.0, 0), (1.0, 1.0, 1))" in shown(at)
    assert "(x₁ − 200) / 100" in said(at)


def test_how_large_points_were_scaled_is_written_without_powers_of_ten() -> None:
    words = said(paste(opened(), "100000;-0.5;a\n400000;-0.5;b\n250000;-0.5;a\n"))
    assert "(x₁ − 250,000) / 122,474" in words
    assert "(x₂ + 0.5)" in words


@pytest.mark.parametrize(
    "table",
    [
        "37.5665,126.9780,Jung\n37.5700,126.9850,Jung\n37.5720,126.9790,Jongno\n37.5735,126.9830,Jongno",
        "1.00001,2,A\n1.00002,2,B\n1.00003,3,C",
        "1e-9,0,a\n-2e-9,500000.123,b\n5e-9,500000.321,b",
    ],
)
def test_the_scaling_that_is_told_gives_the_coordinates_that_are_shown(table: str) -> None:
    at = paste(opened(), table)
    words = said(at)
    assert "e-" not in words
    for column, name in enumerate(("x₁", "x₂")):
        told = re.search(rf"\({name} ([−+]) ([^)]*)\) / (\S+?)[,.]?(?:\s|$)", words)
        assert told, words
        centre, divisor = (float(part.replace(",", "").replace("−", "-")) for part in told.groups()[1:])
        centre = centre if told[1] == "−" else -centre
        given = [float(line.split(",")[column]) for line in table.splitlines()]
        now = [row[column] for row in ast.literal_eval(re.search(r"\(\(-?\d.*\)$", shown(at))[0])]
        assert [(x - centre) / divisor for x in given] == pytest.approx(now, abs=1.2e-3)


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "a point of a second class is needed"), ("ko", "다른 클래스의 점이 있어야")]
)
def test_one_class_alone_is_read_and_a_second_one_asked_for(lang: str, words: str) -> None:
    at = paste(opened(lang), "1,2,A\n2,3,A\n1,1,A\n")
    assert shown(at).startswith("3 ")
    assert words in at.warning[0].value
    assert not at.success
    assert words not in said(paste(at, "1,2,A\n2,3,B\n"))


@pytest.mark.parametrize(
    ("lang", "rounded", "longest"),
    [("en", "rounded to three decimals", "at most 40"), ("ko", "셋째 자리까지", "40자까지")],
)
def test_what_reading_changes_is_said_before(lang: str, rounded: str, longest: str) -> None:
    at = paste(opened(lang), "1.23456,2,a*b\n0,1,c\n")
    assert "(1.235, 2.0, 0)" in shown(at)
    assert "'a*b'" in shown(at)
    assert any(rounded in each.value and longest in each.value for each in at.caption)


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_classes_are_counted_alike_in_both_sentences(lang: str) -> None:
    words = said(paste(opened(lang), "1,2,cat\n2,3,cat\n3,4,cat\n"))
    assert ("Classes: 1." if lang == "en" else "클래스는 1개입니다") in words
    assert ("Classes with points: 1." if lang == "en" else "점이 있는 클래스는 1개입니다") in words
    assert "을(를)" not in words


def test_a_message_says_which_file_it_is_about(files: Files) -> None:
    at = drawer(opened(), "own-csv")
    files.upload(at, "own-file", "first.csv", b"1,2,a\n3,4,b\n")
    assert "first" in said(at)
    assert "csv** · Points read: 2" in said(at)


GERMAN = (
    "Blätter der Klasse 3b;;;;\nNr;Länge;Breite;Höhe;Klasse\n;cm;cm;cm;\n1;0,5;1,2;3,5;größer\n"
    "2;0,8;1,6;4;größer\n3;-1;NA;2;kleiner\n4;-1,3;0,2;1;kleiner\n"
).encode("cp1252")


@pytest.mark.parametrize(
    ("lang", "read"), [("en", "Read as Windows-1252."), ("ko", "Windows-1252로 읽었습니다.")]
)
def test_how_a_file_was_read_is_said_and_can_be_chosen(files: Files, lang: str, read: str) -> None:
    at = drawer(opened(lang), "own-csv")
    files.upload(at, "own-file", "leaves.csv", GERMAN)
    words = said(at.run())
    assert read in words
    assert "“Länge”" in words
    assert shown(at) == "3 ('größer', 'kleiner') ((0.5, 1.2, 0), (0.8, 1.6, 0), (-1.3, 0.2, 1))"
    at.selectbox(key="own-column-y").set_value(3).run()
    assert shown(at).endswith("((0.5, 3.5, 0), (0.8, 4.0, 0), (-1.0, 2.0, 1), (-1.3, 1.0, 1))")
    assert "“Höhe”" in said(at)
    at.selectbox(key="own-encoding").set_value("Windows-1250").run()
    assert "Windows-1250" in said(at)
    assert at.selectbox(key="own-column-y").value == 3, "the columns stay as they were chosen"
    press(at, "own-undo")
    assert not at.selectbox


@pytest.mark.parametrize(
    ("lang", "spreadsheet", "json"),
    [("en", "save the sheet as “CSV UTF-8”", "This is JSON"), ("ko", "“CSV UTF-8”로 저장", "JSON입니다")],
)
def test_a_file_that_is_no_table_is_answered_with_what_to_do(
    files: Files, lang: str, spreadsheet: str, json: str
) -> None:
    at = drawer(opened(lang, pts=points.to_text(OWN)), "own-csv")
    for content, part in ((b"PK\x03\x04....xl/workbook.xml", spreadsheet), (b'[{"x": 1}]', json)):
        files.upload(at, "own-file", "table.xlsx", content)
        assert part in said(at.run())
        assert shown(at) == f"3 {OWN.names} {OWN.rows}"
    assert json in said(paste(at, '{"x": [1, 2]}'))
    assert at.text_area(key="own-paste").value == '{"x": [1, 2]}'


@pytest.mark.parametrize(
    ("lang", "turned", "doubt"),
    [("en", "lies on its side", "numbers with decimals"), ("ko", "행과 열이 바뀐 표", "측정값처럼 소수")],
)
def test_a_table_on_its_side_and_doubtful_classes_are_told(lang: str, turned: str, doubt: str) -> None:
    at = paste(opened(lang, pts=points.to_text(OWN)), "x,1,2,3\ny,4,5,6\nlabel,A,A,B\n")
    assert turned in said(at)
    assert shown(at) == f"3 {OWN.names} {OWN.rows}"
    assert any(doubt in warning.value for warning in paste(at, "1.5,2,0.5\n2,3,1.5\n").warning)


@pytest.mark.parametrize(
    ("lang", "beside", "total", "cure"),
    [
        ("en", "columns come in groups", "Row 4: “Total” seems to sum up other rows", "name its class"),
        ("ko", "여러 묶음으로", "4행: “Total”은 다른 행들을", "클래스 이름을 바꾸세요"),
    ],
)
def test_groups_beside_one_another_and_totals_are_told(lang: str, beside: str, total: str, cure: str) -> None:
    at = paste(opened(lang, pts=points.to_text(OWN)), "x1,y1,x2,y2\n1,2,3,4\n2,3,4,5\n")
    assert beside in said(at)
    assert shown(at) == f"3 {OWN.names} {OWN.rows}"
    words = said(paste(at, "x,y,label\n1,2,A\n3,4,B\n4,6,Total\n"))
    assert total in words
    assert cure in words


@pytest.mark.parametrize(("lang", "part"), [("en", "no rows below them"), ("ko", "그 아래에 행이 없습니다")])
def test_titles_alone_are_told_as_such(lang: str, part: str) -> None:
    assert part in said(paste(opened(lang), "x,y,label\n"))


@pytest.mark.parametrize(("lang", "part"), [("en", "“1.0” → “1”"), ("ko", "이름이 바뀐 클래스")])
def test_which_class_has_become_which_is_said(lang: str, part: str) -> None:
    assert part in said(paste(opened(lang), "1,2,1\n2,3,1.0\n3,4,0\n"))


def test_features_are_standardised_on_demand_only() -> None:
    at = paste(opened(), "10;20;a\n14;28;b\n")
    assert "((10.0, 20.0, 0), (14.0, 28.0, 1))" in shown(at)
    assert "((-1.0, -1.0, 0), (1.0, 1.0, 1))" in shown(press(at, "own-standardise"))


def test_many_points_do_not_travel_in_the_link_and_the_page_says_so() -> None:
    at = paste(opened(), "\n".join(f"{k % 50 / 7},{k / 130},{k % 3}" for k in range(2_100)))
    assert shown(at).startswith("2000 ")
    assert "pts" not in at.query_params
    assert "scene file" in said(at)
    assert "rows not taken: 100" in said(at)
    at.run()
    assert shown(at).startswith("2000 "), "the empty text does not take the points away"


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    state: dict[str, Any] = {}
    monkeypatch.setattr("streamlit.session_state", state)
    return state


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize(("faults", "is_long"), [(["1,two,b"], False), (["1,two,b"] * 5, True)])
def test_the_list_of_refusals_is_as_high_as_its_lines(lang: str, faults: list[str], is_long: bool) -> None:
    at = paste(opened(lang), "\n".join(["1,2,a"] * 2000 + faults))
    (listed,) = [each for each in at.markdown if each.value.startswith("- ")]
    box = next(each for each in at.get("flex_container") if listed in each.children.values())
    assert (box.proto.height_config.pixel_height > 0) == is_long
    assert listed.value.count("- ") == (5 if is_long else 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_an_uploaded_file_is_read_in_korean_encodings_too(session: dict[str, Any], encoding: str) -> None:
    points_reading._read_file("점.csv", "x,y,이름\n1,2,고양이\n3,4,개\n".encode(encoding))
    assert session["train-points"].names == ("고양이", "개")


def test_a_file_that_is_too_long_is_refused(session: dict[str, Any]) -> None:
    points_reading._read_file("long.csv", b"1,2,a\n" * 200_000)
    assert "train-points" not in session
    assert "1,000,000" in session["train-points-notice"].message.format(
        **session["train-points-notice"].values
    )


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\x00", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b""])
def test_a_file_that_is_no_table_is_answered(session: dict[str, Any], content: bytes) -> None:
    points_reading._read_file("picture.png", content)
    assert "train-points" not in session
    assert session["train-points-notice"] is not None
