"""Whatever a reader touches on a page, each of its questions is there exactly once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import drag, settle

QUESTIONS = """() => {
    const frames = [...document.querySelectorAll("[class*='st-key-predict-']")];
    return frames.map((frame) => frame.querySelector('[data-testid=stMarkdown]')?.textContent ?? '');
}"""
FADED = "() => document.querySelectorAll(\"[class*='st-key-fading-']\").length"
SURE = """() => [...document.querySelectorAll('[data-testid=stCaptionContainer]')]
    .filter((caption) => caption.textContent.startsWith('How sure are you?')).length"""


def asked(page: Page) -> list[str]:
    """The questions on the page; each has one place to say how sure one is."""
    settle(page)
    questions: list[str] = page.evaluate(QUESTIONS)
    assert page.evaluate(SURE) == len(questions)
    assert all(questions)
    return sorted(questions)


def press_presets(page: Page) -> None:
    for group in page.locator("[class*='st-key-scenes-']").all():
        group.locator("button").nth(1).click()
        settle(page)


def drag_a_handle(page: Page) -> None:
    handles = page.locator("[data-stage] [role=slider]")
    if handles.count():
        drag(page, handles.first, (3, -25))
        settle(page)


def move_a_slider(page: Page) -> None:
    sliders = page.locator(".track input")
    if sliders.count():
        sliders.first.press("ArrowRight")
        settle(page)


@pytest.mark.parametrize("slug", ["scores", "stability", "information"])  # the others work alike
def test_after_presets_drags_and_sliders_each_question_is_there_once(page: Page, app: str, slug: str) -> None:
    page.goto(f"{app}/{slug}?lang=en")
    before, worked = asked(page), page.evaluate(FADED)
    assert before
    for touch in (press_presets, drag_a_handle, move_a_slider):
        touch(page)
        now = asked(page)
        assert len(set(now)) == len(now), touch.__name__
        assert page.evaluate(FADED) == worked
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    assert asked(page) == now
