"""What somebody calls something is on the screen as exactly these signs, wherever only a browser can tell."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Page, expect

from lessons.train.points import Points, to_text
from tests.browser.conftest import settle
from tests.browser.names_page import FEW
from tests.hostile_names import NAMES, TOGETHER
from ui import signs
from ui.charts.labels import short
from ui.typed import join_names

SHOWN = """() => {
  const texts = (selector) => [...document.querySelectorAll(selector)].map((node) => node.textContent);
  return {
    plain: texts(".st-key-plain p"), strong: texts(".st-key-strong p"),
    set_apart: texts(".st-key-strong strong"), formula: texts(".st-key-formula .katex-html"),
    buttons: texts(".st-key-buttons [data-variant=pills]"),
    heads: texts(".st-key-cells tbody th"), cells: texts(".st-key-cells tbody td"),
    table: texts("[data-stage=names] tbody th"), legend: texts("[data-stage=names] .legendtext"),
    ticks: texts("[data-stage=names] .ytick text"), notes: texts("[data-stage=names] .annotation-text"),
  };
}"""
MARKUP = "a, img, code, pre, em, del, h1, h2, h3, li, table, [role=img], .katex-error"
_ISOLATES = str.maketrans("", "", "\u2068\u2069")


def unlike(found: Sequence[str], wanted: Sequence[str]) -> list[tuple[str, str]]:
    """What is shown otherwise than it should be."""
    assert len(found) == len(wanted)
    return [(one, other) for one, other in zip(found, wanted, strict=True) if one != other]


def test_every_name_is_drawn_as_its_signs(page: Page, playground: str) -> None:
    page.goto(f"{playground}/?names")
    expect(page.get_by_text("all names are shown")).to_be_visible()
    settle(page)
    page.locator("[data-stage=names] summary").click()
    for filled in ("[data-stage=names] tbody th", ".st-key-cells tbody td"):
        expect(page.locator(filled).nth(len(NAMES) - 1)).to_be_attached()
    found: dict[str, list[str]] = page.evaluate(SHOWN)
    wanted = [signs.text(name) for name in NAMES]
    for where in ("plain", "set_apart", "buttons", "heads", "cells", "table"):
        assert unlike(found[where], wanted) == [], where
    assert unlike(found["strong"], [f"클래스 {name}의 확률" for name in wanted]) == []
    for where, each in (("legend", [wanted[place] for place in FEW]), ("ticks", wanted), ("notes", wanted)):
        assert unlike([text.translate(_ISOLATES) for text in found[where]], each) == [], where
    formulas = [text.replace("\u200b", "").replace("\u00a0", " ") for text in found["formula"]]
    assert unlike(formulas, [name.replace("`", "ˋ") for name in wanted]) == [], "KaTeX has no grave accent"
    for kind in ("plain", "strong", "cells td", "buttons"):
        assert page.locator(f"[class*='st-key-{kind.split()[0]}'] p").locator(MARKUP).count() == 0


def names_in(page: Page, selector: str) -> list[str]:
    return [text.translate(_ISOLATES) for text in page.locator(selector).all_text_contents()]


def test_the_lesson_on_scores_shows_names_as_they_are(page: Page, app: str) -> None:
    query = {
        "lang": "ko",
        "view": "page",
        "scores": "1,2,3,4,5,6",
        "names": join_names(TOGETHER),
        "truth": TOGETHER[1],
    }
    page.goto(f"{app}/scores?{urlencode(query)}")
    settle(page)
    shown = [signs.text(name) for name in TOGETHER]
    assert names_in(page, ".st-key-focus [data-variant=pills]") == shown
    assert names_in(page, ".st-key-truth [data-variant=pills]") == shown
    expect(page.locator(".st-key-truth [aria-checked=true]")).to_have_text(shown[1])
    assert shown[1] in page.locator("strong").all_text_contents()
    bars = page.locator("[data-stage=scores-bars]")
    bars.scroll_into_view_if_needed()
    box = bars.locator(".subplot.x3y3 .point path").last.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    expect(bars.locator(".hovertext")).to_contain_text(shown[-1])
    settle(page)  # what came near with the bars may move the page until it is drawn
    page.locator(".st-key-truth [data-variant=pills]").nth(3).click()
    expect(page.locator(".st-key-truth [aria-checked=true]")).to_have_text(shown[3])
    page.wait_for_url(lambda address: parse_qs(urlsplit(address).query)["truth"] == [TOGETHER[3]])
    page.reload()
    settle(page)
    expect(page.locator(".st-key-truth [aria-checked=true]")).to_have_text(shown[3])
    assert parse_qs(urlsplit(page.url).query)["names"] == [join_names(TOGETHER)]
    links = page.locator("a[href^='http://www.a.b']:visible, a[href^=mailto]:visible")
    assert links.count() == 0, "but in labels that are not drawn and not read out"


def test_the_lesson_on_training_shows_names_as_they_are(page: Page, app: str) -> None:
    rows = tuple((float(place), float(place % 3), place) for place in range(6))
    query = {"lang": "en", "view": "page", "pts": to_text(Points(rows, TOGETHER)), "stop": "50", "test": "0"}
    page.goto(f"{app}/train?{urlencode(query)}")
    settle(page)
    shown = [signs.text(name) for name in TOGETHER]
    assert names_in(page, ".st-key-pen [data-variant=pills]")[:6] == shown
    film = page.locator("[data-stage=train-film]")
    film.scroll_into_view_if_needed()
    expect(film).not_to_have_attribute("data-frames", "0")
    legend = names_in(page, "[data-stage=train-film] .legendtext")
    assert legend[:6] == [signs.text(short(name, 16)) for name in TOGETHER]
    table = page.locator("[data-testid=stTable]", has_text="true class").first
    assert names_in(page, "[data-testid=stTable]:has-text('true class') tbody th")[:6] == shown
    assert [text.removeprefix("says ") for text in table.locator("thead th").all_text_contents()[1:]] == shown
