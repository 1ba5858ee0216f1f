"""What a teacher's link asks for: read generously, applied harmlessly, answered where it is in vain."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from app import share
from tests.lessons.conftest import open_page, said
from ui import teaching
from ui.text import language

BOTH = pytest.mark.parametrize("lang", ["en", "ko"])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        ("temperature", ("temperature",)),
        (" compute , names,compute,,", ("compute", "names")),
        (",".join(f"a{number}" for number in range(999)), tuple(f"a{number}" for number in range(60))),
    ],
)
def test_names_are_read_as_people_write_them(text: str, names: tuple[str, ...]) -> None:
    assert teaching.hidden_names(text) == names


def styles(at: AppTest) -> str:
    return "".join(str(part.proto.body) for part in at.get("html"))


@BOTH
def test_a_section_and_a_control_are_hidden_without_a_complaint(lang: str) -> None:
    at = open_page("scores", lang, hide="compute,temperature")
    assert not at.exception
    assert not at.warning
    assert ".st-key-temperature" in styles(at)
    assert "The same with all numbers" not in {header.value for header in at.header}
    assert ".st-key-names" not in styles(at)


@BOTH
def test_parts_of_a_kind_are_hidden_by_the_name_of_the_kind(lang: str) -> None:
    at = open_page("scores", lang, hide="predict,scenes,fading,code")
    assert not at.exception
    assert not at.warning
    at.segmented_control(key="scores-faded-part").set_value("guided").run()
    keys = {button.key for button in at.button}
    assert {"scores-constant-guess", "scores-faded-guided-done"} <= keys
    for kind in ("predict", "scenes", "fading", "code"):
        assert f"[class*='st-key-{kind}-']" in styles(at)
    labels = [at.session_state["parts-of-the-page"][kind] for kind in ("predict", "scenes", "fading")]
    assert all(bool(re.search("[가-힣]", label)) == (lang == "ko") for label in labels)


@BOTH
def test_a_hidden_control_keeps_the_value_of_the_link(lang: str) -> None:
    at = open_page("scores", lang, hide="temperature", temperature="2.0")
    assert at.session_state["temperature"] == 2.0


@BOTH
def test_what_the_page_does_not_have_is_answered_with_what_it_has(lang: str) -> None:
    at = open_page("scores", lang, hide="temperature,nonsense")
    (complaint,) = [warning.value for warning in at.warning]
    assert "nonsense" in complaint
    assert "now-you" in complaint
    assert ("The link hides" in complaint) == (lang == "en")


@pytest.mark.parametrize("name", ["x}body{display:none}", "<script>", "A", "a'b", "a b", "-"])
def test_a_name_cannot_carry_a_style_of_its_own(name: str) -> None:
    at = open_page("scores", hide=name)
    assert not at.exception
    assert "display" not in styles(at)
    assert at.warning


@pytest.mark.parametrize("name", ["leave", "frame-bar", "present-bar", "present-code", "lang", "share"])
def test_no_link_takes_away_the_way_out_or_the_language(name: str) -> None:
    at = open_page("scores", hide=name, present="1")
    assert "display: none" not in styles(at).replace(styles(open_page("scores", present="1")), "")
    assert any(name in warning.value.replace("\\", "") for warning in at.warning)


@BOTH
def test_a_projector_shows_the_code_of_its_scene(lang: str) -> None:
    at = open_page("scores", lang, present="1", scores="1,2")
    at.button(key="present-code").click().run()
    assert not at.exception
    (code,) = [block for block in at.code if "scores=1,2" in block.value]
    assert "present" not in code.value
    assert f"lang={lang}" in code.value
    assert "data:image/svg" in styles(at) or "data:image/svg" in said(at)


@BOTH
def test_a_projector_has_no_menu_and_a_way_back(lang: str) -> None:
    at = open_page("scores", lang, present="1")
    assert "stHeader" in styles(at)
    at.button(key="leave").click().run()
    assert not at.exception
    assert "stHeader" not in styles(at)
    assert "present" not in at.query_params
    assert not [button for button in at.button if button.key == "leave"]


@BOTH
def test_another_wish_for_a_projector_is_answered(lang: str) -> None:
    at = open_page("scores", lang, present="yes")
    (complaint,) = [warning.value for warning in at.warning]
    assert "present=yes" in complaint
    assert "stHeader" not in styles(at)


def test_every_section_and_control_of_a_page_can_be_hidden() -> None:
    at = open_page("losses")
    offered = set(at.session_state["parts-of-the-page"])
    assert {"interact", "surfaces", "more", "s", "target", "margin", "l2"} <= offered
    assert "temperature" not in offered


def test_nothing_of_the_share_box_is_made_before_it_is_opened() -> None:
    at = open_page("scores")
    assert "share-hide" not in {group.key for group in at.button_group}
    assert "QR" not in said(at) + styles(at)


SCENE = "scores=1,%202&names=%EA%B3%A0%EC%96%91%EC%9D%B4,%20%EA%B0%9C"
QUERY = {"lang": "en", "scores": "1, 2", "names": "고양이, 개", "hide": "truth", "present": "1"}


@pytest.mark.parametrize(
    ("hidden", "presents", "query"),
    [
        ([], False, f"lang=ko&{SCENE}"),
        (["truth", "check"], True, f"lang=ko&hide=truth,check&present=1&{SCENE}"),
    ],
)
def test_a_link_carries_the_scene_and_the_teachers_wishes(
    hidden: list[str], presents: bool, query: str
) -> None:
    link = share.address("https://lab.example/base/scores?old=1", QUERY, hidden, presents, "ko")
    assert link == f"https://lab.example/base/scores?{query}"


def test_a_link_too_long_for_a_code_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(share, "st", SimpleNamespace(info=shown.append, html=shown.append))
    share.qr_code("x" * 5000, language("en"), "1px")
    share.qr_code("https://lab.example/?lang=ko", language("ko"), "1px")
    assert shown[0] == "The link is too long for a QR code."
    assert 'alt="링크의 QR 코드"' in shown[1]
