"""A long page on paper and on the screen: whole figures, light on paper, drawn where they are seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import in_dark, settle
from tests.browser.paper import printed_well


def opened(page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(address)
    settle(page)


@pytest.mark.parametrize(
    ("path", "scheme"),
    [("losses?lang=ko&step=surfaces", "dark"), ("train?lang=en&step=spiral&layers=hidden", "light")],
)
def test_figures_are_whole_and_light_and_nothing_lies_over_them(
    page: Page, app: str, path: str, scheme: str
) -> None:
    opened(page, f"{app}/{path}", scheme)
    contours = printed_well(page)["contours"]
    assert (max(contours) > 10) == ("losses" in path)


def test_a_page_comes_out_of_the_printer_on_its_sheets(page: Page, app: str) -> None:
    opened(page, f"{app}/losses?lang=en&step=surfaces", "dark")
    page.evaluate(
        """() => {
            window.seen = [];
            addEventListener('paper', () => seen.push(document.documentElement.dataset.paper ?? 'screen'));
        }"""
    )
    page.emulate_media(media="print", color_scheme="dark")
    page.wait_for_function("() => seen.join() === 'dark'")
    sheets = page.pdf(format="A4")
    assert sheets.count(b"/Type /Page\n") == 1
    page.emulate_media(media="screen", color_scheme="dark")
    page.wait_for_function("() => seen.join() === 'dark,screen'")


def test_on_paper_a_dark_page_has_the_colours_of_the_light_theme(page: Page, app: str) -> None:
    names = [name for name in PALETTE.split() if name]
    read = """(names) => {
        const style = getComputedStyle(document.querySelector('.stage'));
        return names.map((name) => style.getPropertyValue(`--st-${name}`).trim().toUpperCase());
    }"""
    opened(page, f"{app}/scores?lang=en&step=softmax", "light")
    light = page.evaluate(read, names)
    in_dark(page, True)
    settle(page)
    assert page.evaluate(read, names) != light
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(read, names) == light
    page.evaluate("dispatchEvent(new Event('afterprint'))")


PALETTE = """
background-color secondary-background-color text-color border-color primary-color link-color gray-text-color
blue-text-color green-text-color orange-text-color red-text-color violet-text-color
"""


def test_a_picture_further_down_is_drawn_when_the_reader_comes_near(page: Page, app: str) -> None:
    opened(page, f"{app}/scores?lang=en&view=page", "light")
    key = page.locator("[data-away]").last.get_attribute("data-stage")
    stage = page.locator(f"[data-stage={key}]")
    height = "stage => stage.querySelector('.stage-plot').clientHeight"
    expect(stage).to_have_attribute("data-frames", "0")
    place = stage.evaluate(height)
    assert place > 100  # what stands below need not move
    stage.scroll_into_view_if_needed()
    expect(stage).not_to_have_attribute("data-frames", "0")
    expect(stage).not_to_have_attribute("data-away", "")
    assert stage.evaluate(height) == place
