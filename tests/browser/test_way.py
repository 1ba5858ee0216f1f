"""The bar leads through the steps of a lesson, by pointer and by keys, and knows what was done."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import go, in_dark, settle

TITLE = "A rather long title of the lesson"


def opened(page: Page, playground: str, query: str = "") -> Page:
    page.goto(f"{playground}/?way=1{query}")
    settle(page)
    return page


def heading(page: Page) -> Locator:
    return page.locator("#step-heading")


def dot(page: Page, step: str) -> Locator:
    return page.locator(f".way-steps a[data-step={step}]")


def button(page: Page, name: str) -> Locator:
    return page.locator(".way").get_by_role("button", name=name, exact=True)


def at(page: Page, step: str, title: str) -> None:
    expect(heading(page)).to_have_text(title)
    expect(page.locator(".way-steps a[aria-current=step]")).to_have_attribute("data-step", step)
    expect(page.locator(".way")).to_have_attribute("data-waits", "false")


def test_next_and_back_lead_along_the_main_steps_to_the_next_lesson(page: Page, playground: str) -> None:
    opened(page, playground, "&lang=en&present=0")
    expect(button(page, "Back")).to_be_disabled()
    for step, title in (("guess", "A guess"), ("long", "A long step"), ("end", "The end")):
        button(page, "Next").click()
        at(page, step, title)
    expect(page).to_have_url(re.compile("step=end"))
    expect(button(page, "Next")).to_be_hidden()
    onward = page.get_by_role("link", name=f"Next lesson: {TITLE}")
    expect(onward).to_have_attribute("href", "stability?lang=en&present=0")
    button(page, "Back").click()
    at(page, "long", "A long step")
    page.go_back()
    at(page, "end", "The end")


def test_from_what_goes_deeper_the_way_leads_back_and_on(page: Page, playground: str) -> None:
    opened(page, playground, "&step=more")
    button(page, "Next").click()
    at(page, "long", "A long step")
    dot(page, "more").click()
    at(page, "more", "More of it")
    button(page, "Back").click()
    at(page, "guess", "A guess")


def test_a_dot_is_a_link_to_its_step_with_all_else_in_the_address(page: Page, playground: str) -> None:
    opened(page, playground, "&lang=en&scores=1,%202&step=guess#part")
    link = dot(page, "end")
    expect(link).to_have_attribute("href", "/?way=1&lang=en&scores=1,%202&step=end")
    expect(link).to_have_attribute("title", "The end")
    expect(link).to_have_accessible_name("Step 4 of 4: The end")
    with page.context.expect_page() as news:
        link.click(modifiers=["ControlOrMeta"])
    settle(news.value)
    at(news.value, "end", "The end")
    at(page, "guess", "A guess")


def test_a_click_is_seen_at_once_and_two_quick_ones_lead_two_steps_on(page: Page, playground: str) -> None:
    opened(page, playground)
    waits = page.evaluate(
        """() => {
            const next = document.querySelector('.way-next');
            next.click();
            next.click();
            return document.querySelector('.way [data-wanted=true]').dataset.step;
        }"""
    )
    assert waits == "long"
    at(page, "long", "A long step")


def test_a_clickers_keys_lead_through_and_no_further_than_the_last_step(page: Page, playground: str) -> None:
    opened(page, playground)
    page.keyboard.press("ArrowRight")
    at(page, "guess", "A guess")
    expect(heading(page)).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Step 2 of 4: A guess")).to_have_count(1)
    page.keyboard.press("PageDown")
    at(page, "long", "A long step")
    page.keyboard.press("ArrowRight")
    at(page, "end", "The end")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowLeft")
    at(page, "end", "The end")
    page.keyboard.press("PageUp")
    at(page, "long", "A long step")
    page.keyboard.press("ArrowLeft")
    at(page, "guess", "A guess")


def test_page_down_reads_a_high_step_to_its_end_first(page: Page, playground: str) -> None:
    opened(page, playground, "&step=long")
    page.keyboard.press("PageDown")
    page.wait_for_function("() => document.querySelector('[data-testid=stMain]').scrollTop > 300")
    at(page, "long", "A long step")
    for _ in range(4):
        page.keyboard.press("PageDown")
        page.wait_for_timeout(100)
    at(page, "end", "The end")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0


def test_keys_belong_to_the_field_that_has_the_focus(page: Page, playground: str) -> None:
    opened(page, playground, "&step=guess")
    page.evaluate(
        """() => document.getElementById('step-heading').insertAdjacentHTML('afterend',
            '<input type=range><div role=grid tabindex=0></div><p contenteditable>a</p><select></select>')"""
    )
    others = ("input[type=range]", "div[role=grid]", "p[contenteditable]", "select")
    places = [page.locator(place).first for place in others]
    places += [page.get_by_label("field"), page.get_by_role("slider", name="slider")]
    places += [page.get_by_role("radio", name="a")]
    for place in places:
        place.focus()
        for key in ("ArrowRight", "PageDown", "ArrowLeft", "PageUp"):
            page.keyboard.press(key)
    assert "data-wanted=true" not in page.locator(".way").inner_html()
    at(page, "guess", "A guess")
    page.get_by_role("button", name="Answer").focus()
    page.keyboard.press("ArrowRight")
    at(page, "long", "A long step")


def test_a_presenters_keys_work_on_a_slider_and_not_in_a_text(page: Page, playground: str) -> None:
    opened(page, playground, "&present=1&step=guess")
    page.get_by_label("field").focus()
    page.keyboard.press("PageDown")
    at(page, "guess", "A guess")
    page.get_by_role("slider", name="slider").focus()
    page.keyboard.press("PageDown")
    at(page, "long", "A long step")
    page.keyboard.press("PageDown")
    at(page, "end", "The end")
    expect(page.get_by_role("slider", name="slider")).to_have_value("5")


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_for_an_audience_nothing_covers_anything(page: Page, playground: str, lang: str) -> None:
    opened(page, playground, f"&present=1&step=end&lang={lang}")
    for size in ((1920, 1080), (1024, 768), (390, 844)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        settle(page)
        nothing_covers_anything(page, size)


APART = """([width, parts]) => {
    const heading = document.querySelector('#step-heading');
    const boxes = [heading, ...document.querySelectorAll(parts)]
        .map((part) => part.getBoundingClientRect()).filter((box) => box.width && box.height);
    const apart = (one, other) => one.left >= other.right || other.left >= one.right
        || one.top >= other.bottom || other.top >= one.bottom;
    return boxes.length >= 6 && boxes.every((one, at) => one.left >= 0 && one.right <= width
        && boxes.slice(0, at).every((other) => apart(one, other)));
}"""
PARTS = ".st-key-present-bar button, .way > button, .way > a, .way-steps"


def nothing_covers_anything(page: Page, size: tuple[int, int]) -> None:
    """Once the bar has taken its new size."""
    page.wait_for_function(APART, arg=[size[0], PARTS])


def test_the_contents_open_over_the_bar_and_close_by_escape(page: Page, playground: str) -> None:
    opened(page, playground, "&present=1&lang=en")
    opener = page.locator(".way-opener")
    opener.click()
    box = page.get_by_role("dialog", name="Contents")
    expect(box.get_by_role("link", name="Step 1 of 4: Where it begins")).to_be_focused()
    expect(box.get_by_role("list", name="Go deeper").get_by_role("link")).to_have_text(
        re.compile("More of it")
    )
    expect(box.get_by_role("link", name="The whole lesson on one page")).to_have_attribute(
        "href", "/?way=1&present=1&lang=en&view=page"
    )
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(opener).to_be_focused()
    at(page, "begin", "Where it begins")
    opener.click()
    page.mouse.click(900, 200)
    expect(box).to_be_hidden()
    opener.click()
    box.get_by_role("link", name="Step 4 of 4: The end").click()
    expect(box).to_be_hidden()
    at(page, "end", "The end")
    expect(page.locator(".st-key-present-bar")).to_be_visible()


def test_ticks_come_at_once_and_outlast_a_reload(page: Page, playground: str) -> None:
    opened(page, playground)
    button(page, "Next").click()
    at(page, "guess", "A guess")
    expect(dot(page, "begin")).to_have_accessible_name("Step 1 of 4: Where it begins, done")
    expect(dot(page, "begin").locator(".way-tick")).to_be_visible()
    button(page, "Next").click()
    at(page, "long", "A long step")
    button(page, "Back").click()
    at(page, "guess", "A guess")
    for unanswered in ("guess", "long"):
        expect(dot(page, unanswered)).to_have_attribute("data-done", "false")
    page.get_by_role("button", name="Answer").click()
    expect(dot(page, "guess")).to_have_attribute("data-done", "true")
    page.reload()
    settle(page)
    for done in ("begin", "guess"):
        expect(dot(page, done)).to_have_attribute("data-done", "true")
    kept = json.loads(page.evaluate("localStorage.getItem('softmax-lab-way')"))
    assert kept == {
        "last": "toy",
        "lessons": {"toy": {"at": "guess", "number": 2, "left": ["begin", "guess"]}},
    }


def test_what_is_kept_may_be_anything(page: Page, playground: str) -> None:
    opened(page, playground)
    for store in ("no JSON", "null", "7", '{"last":"toy","lessons":{"toy":{"at":7,"left":{}}}}'):
        page.evaluate("(store) => localStorage.setItem('softmax-lab-way', store)", store)
        page.goto(f"{playground}/?way=home")
        expect(page.locator(".way-resume")).to_have_count(1)
        expect(page.locator(".way-resume")).to_be_hidden()
        opened(page, playground)
        button(page, "Next").click()
        at(page, "guess", "A guess")
        expect(dot(page, "begin")).to_have_attribute("data-done", "true")


def test_without_storage_the_way_is_the_same_without_ticks(page: Page, playground: str) -> None:
    tab = page.context.new_page()
    tab.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })")
    opened(tab, playground)
    button(tab, "Next").click()
    at(tab, "guess", "A guess")
    expect(dot(tab, "begin")).to_have_attribute("data-done", "false")
    tab.close()


def test_the_home_page_goes_on_where_one_was(page: Page, playground: str) -> None:
    page.goto(f"{playground}/?way=home")
    expect(page.locator(".way-resume")).to_have_count(1)
    expect(page.locator(".way-resume")).to_be_hidden()
    opened(page, playground, "&step=long")
    page.goto(f"{playground}/?way=home")
    link = page.get_by_role("link", name=f"Continue: {TITLE}, step 3")
    expect(link).to_have_attribute("href", "./?lang=en&step=long")


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_phone_has_room_for_the_bar_in_one_row(page: Page, playground: str, lang: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, playground, f"&step=guess&lang={lang}")
    room_for_the_bar(page, "2 / 4")
    go(page, "end")
    room_for_the_bar(page, "4 / 4")


def room_for_the_bar(page: Page, count: str) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    bar = page.locator(".way").bounding_box()
    assert bar is not None
    assert bar["height"] <= 72
    assert bar["y"] + bar["height"] == pytest.approx(844, abs=1)
    expect(page.locator(".way-count")).to_have_text(count)
    expect(page.locator(".way-steps")).to_be_hidden()
    for part in page.locator(".way > :is(button, a):visible").all():
        box = part.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


def test_axe_finds_nothing_in_the_bar_and_its_contents(page: Page, playground: str) -> None:
    opened(page, playground, "&step=guess")
    for dark in (False, True):
        in_dark(page, dark)
        assert violations(page) == []
        page.locator(".way-opener").click()
        assert violations(page) == []
        page.keyboard.press("Escape")


def violations(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page, ".way", {"resultTypes": ["violations"]}).response["violations"]
    return [(one["id"], node["html"]) for one in found for node in one["nodes"]]


def test_who_goes_on_in_the_very_moment_in_which_a_slider_moves_arrives(page: Page, app: str) -> None:
    page.goto(f"{app}/losses?lang=en&step=surfaces&margin=1.5")
    settle(page)
    page.locator(".st-key-ga input[type=range]").evaluate(
        """(slider) => {
            slider.value = Number(slider.value) + Number(slider.step);
            slider.dispatchEvent(new Event('pointerdown', { bubbles: true }));
            slider.dispatchEvent(new Event('input', { bubbles: true }));
            document.querySelector('.way-next').click();
        }"""
    )
    expect(page.locator(".way-steps a[data-step=surfaces]")).not_to_have_attribute("aria-current", "step")
    expect(page.locator(".way")).to_have_attribute("data-waits", "false")
    expect(page.locator(".st-key-ga")).to_have_count(0)
    assert parse_qs(urlsplit(page.url).query).keys() > {"ga", "margin"}
