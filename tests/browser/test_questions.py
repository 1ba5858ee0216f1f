"""Whatever a reader touches on a page, each of its questions is there exactly once."""

from __future__ import annotations

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


def press_a_preset(page: Page) -> None:
    page.locator("[class*='st-key-scenes-'] button").nth(1).click()


def drag_a_handle(page: Page) -> None:
    drag(page, page.locator("[data-stage] [role=slider]").first, (-40, 25))


def move_a_slider(page: Page) -> None:
    page.locator(".track input").first.press("ArrowRight")


def test_after_a_preset_a_drag_and_a_slider_each_question_is_there_once(page: Page, app: str) -> None:
    # Of all lessons the one with most questions and most to touch; without what is only slow to draw.
    page.goto(f"{app}/losses?lang=en&view=page&hide=pull,surfaces,landscapes,weights,valley,scale,trade-off")
    before, worked = asked(page), page.evaluate(FADED)
    assert len(before) > 1
    for touch in (press_a_preset, drag_a_handle, move_a_slider):
        address = page.url
        touch(page)
        page.wait_for_function("before => location.href !== before", arg=address)  # the move has arrived
        now = asked(page)
        assert len(set(now)) == len(now) == len(before), touch.__name__
        assert page.evaluate(FADED) == worked
    again = page.context.new_page()  # as somebody else sees it, to whom the address is sent
    again.goto(page.url)
    sent = asked(again)
    again.close()
    page.wait_for_function(f"sent => ({QUESTIONS})().sort().join() === sent.sort().join()", arg=sent)
