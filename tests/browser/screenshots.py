"""Makes the README's pictures: python -m tests.browser.screenshots"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.browser import quiet_browser
from benchmarks.servers import app_server
from tests.browser.conftest import settle

FOLDER = Path(__file__).parent.parent.parent / ".github" / "screenshots"
SHOTS = {
    "train.png": ("train?lang=en&step=spiral&layers=hidden", "light"),
    "stability.png": ("stability?lang=ko&step=subtract&minus=100", "dark"),
}


def learn(page: Page) -> None:
    """Let a run that the page shows come to its end, and bring it into view."""
    film = page.locator(".stage[data-end]")
    if film.count():
        film.locator("[data-action=last]").click()
        page.wait_for_function("film => film.dataset.step === film.dataset.end", arg=film.element_handle())
        expect(page.locator(".st-key-step p", has_text=film.get_attribute("data-end"))).to_be_visible()
        film.evaluate("film => film.scrollIntoView({ block: 'center' })")
        settle(page)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright, app_server() as address:
        browser = quiet_browser(playwright)
        for name, (path, scheme) in SHOTS.items():
            context = browser.new_context(viewport={"width": 1400, "height": 900}, color_scheme=scheme)
            page = context.new_page()
            page.goto(f"{address}/{path}")
            settle(page)
            learn(page)
            page.screenshot(path=FOLDER / name)
            context.close()


if __name__ == "__main__":
    main()
