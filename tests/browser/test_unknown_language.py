"""A link that asks for a language that there is not."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle


def test_the_notice_is_closed_by_keyboard_and_does_not_come_back(page: Page, app: str) -> None:
    page.goto(f"{app}/stability?f=1,2,900&lang=xx#compute")
    notice = page.locator(".notice")
    expect(notice).to_contain_text("this page is in English")
    settle(page)
    expect(page).to_have_url(f"{app}/stability?f=1%2C2%2C900&lang=en&step=formats")
    expect(page.get_by_label("Scores", exact=True)).to_have_value("1,2,900")
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 800})
        settle(page)
        expect(notice).to_be_in_viewport(ratio=1)
        assert Axe().run(page, context=".notice").response["violations"] == []
    notice.get_by_role("button", name="Close").press("Enter")
    expect(notice).to_have_count(0)
    page.reload()
    settle(page)
    expect(notice).to_have_count(0)


def test_the_notice_leads_to_the_language_that_was_meant(page: Page, app: str) -> None:
    page.goto(f"{app}/scores?lang=xx&temperature=2")
    page.locator(".notice").get_by_role("link", name="한국어").click()
    page.wait_for_url(f"{app}/scores?temperature=2&lang=ko")
    expect(page.get_by_role("heading", level=1)).to_have_text("점수는 어떻게 확률이 될까요?")
    expect(page.locator(".notice")).to_have_count(0)
