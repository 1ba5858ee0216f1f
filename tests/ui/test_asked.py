"""What a link asks for in vain, or more than once, is told."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.lessons.conftest import ROOT, open_page
from ui import asked
from ui.parameters import PARAMETERS
from ui.text import CODES, language

EN, KO = language("en"), language("ko")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("temperature", "abc"),
        ("temperature", "99"),
        ("temperature", "nan"),
        ("dtype", "float8"),
        ("seed", "1000"),
        ("seed", "1.5"),
        ("seed", "inf"),
        ("seed", "nan"),
        ("seed", "²"),
    ],
)
def test_a_link_with_an_impossible_value_is_answered(key: str, value: str) -> None:
    for t in (EN, KO):
        (complaint,) = asked.complaints({key: [value], "lang": [t.code], "unknown": ["x"]}, t)
        assert t(PARAMETERS[key].label) in complaint


def test_a_good_link_is_not_complained_about() -> None:
    assert (
        asked.complaints({"temperature": ["2.5"], "dtype": ["float16"], "scores": ["1,2"], "utm": ["x"]}, EN)
        == []
    )


@pytest.mark.parametrize("value", ["12", "１２", "+12", "12.0", "1.2e1"])
def test_a_link_may_write_a_number_in_any_way_that_the_control_reads(value: str) -> None:
    assert asked.complaints({"seed": [value], "margin": [value]}, EN) == []
    at = open_page("notes", row=value)
    assert at.number_input(key="row").value == 12
    assert not at.warning


@pytest.mark.parametrize("value", ["0,5", "1/2", "50 %", "\u200b0.5", "+0.5"])
def test_a_link_gives_a_number_as_people_write_it(value: str) -> None:
    assert PARAMETERS["margin"].read([value]) == 0.5
    assert PARAMETERS["margin"].read(["1,234"]) is None


def test_a_complaint_stays_on_its_page_until_the_control_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, object] = {}
    monkeypatch.setattr(asked.st, "session_state", state)
    assert asked.still_refused({"rate": ["0.123"]}, "train") == {"rate": ["0.123"]}
    assert asked.still_refused({}, "train") == {"rate": ["0.123"]}
    assert asked.still_refused({}, "scores") == {}, "it does not follow the reader"
    assert asked.still_refused({}, "train") == {}, "nor does it come back"
    assert asked.still_refused({"rate": ["0.123"]}, "train") == {"rate": ["0.123"]}
    state["rate"] = "0.3"
    assert asked.still_refused({}, "train") == {}
    assert asked.still_refused({"rate": ["x"]}, "scores") == {"rate": ["x"]}
    assert asked.still_refused({"opt": ["x"]}, "train") == {"opt": ["x"]}, "only what this page was asked"


def opened(slug: str, lang: str = "en", **values: list[str]) -> AppTest:
    """A page as a link opens it that may repeat its keys."""
    at = AppTest.from_file(str(ROOT / "app" / "main.py"), default_timeout=20)
    at.query_params["lang"] = lang
    for key, given in values.items():
        at.query_params[key] = given
    return at.switch_page(f"../pages/{slug}.py").run()


@pytest.mark.parametrize(("slug", "key", "given", "counts"), [
    ("scores", "temperature", ["99", "2"], 2.0),
    ("scores", "temperature", ["3", "2"], 2.0),
    ("scores", "temperature", ["2", "99"], 1.0),
    ("scores", "scores", ["1,2", "3,4"], "3,4"),
    ("stability", "dtype", ["float16", "float32"], "float32"),
    ("stability", "dtype", ["nonsense", "float32"], "float32"),
    ("stability", "dtype", ["float32", "float32"], "float32"),
    ("train", "n", ["30", "60"], "60"),
    ("train", "n", ["nonsense", "60"], "60"),
    ("train", "show", ["ok", "∇", "ok"], ["∇", "ok"]),
    ("names", "quiz", ["3", "5"], 5.0),
    ("names", "quiz", ["x", *["4"] * 900], 4.0),
])  # fmt: skip
def test_of_a_repeated_key_the_last_value_counts_and_that_is_told(
    slug: str, key: str, given: list[str], counts: object
) -> None:
    at = opened(slug, "ko" if counts == 2.0 else "en", **{key: given})
    assert not at.exception
    assert at.session_state[key] == counts
    told = [
        warning.value for warning in at.warning if key in warning.value and str(len(given)) in warning.value
    ]
    assert len(told) == 1
    at.run()
    assert told[0] in [warning.value for warning in at.warning], "it stays"


def test_what_a_key_with_several_values_asks_for_in_vain_is_told() -> None:
    for given in (["bogus", "ok"], ["ok", "bogus"]):
        at = opened("train", show=given)
        (complaint,) = at.warning
        assert "“bogus”" in complaint.value
        assert at.session_state["show"] == ["ok"]
    assert not opened("train", show=["ok", "∇"]).warning


@pytest.mark.parametrize("code", CODES)
def test_keys_that_no_control_has_are_told_too(code: str) -> None:
    other = next(each for each in CODES if each != code)
    values = {"lang": [other, code], "hide": ["nothing", "compute"], "present": ["0", "1"], "utm": ["a", "b"]}
    at = opened("scores", **values, **{f"x{number}": ["1", "2"] for number in range(90)})
    assert at.session_state["lang"] == code
    told = [warning.value for warning in at.warning]
    assert len(told) == 6, told
    for sentence in asked.repetitions({"present": (2, "1"), "lang": (2, code)}, language(code)):
        assert sentence in told
    assert "89" in told[-1]


def test_a_repetition_is_told_until_the_reader_sets_the_control_or_leaves() -> None:
    at = opened("scores", temperature=["3", "2"])
    assert len(at.warning) == 1
    at.session_state["temperature"] = 4.0
    assert not at.run().warning
    at = opened("scores", temperature=["3", "2"])
    assert not at.switch_page("../pages/names.py").run().warning
