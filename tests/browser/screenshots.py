"""Makes the README's pictures: python -m tests.browser.screenshots"""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.servers import app_server
from tests.browser.conftest import QUIET, settle

FOLDER = Path(__file__).parent.parent.parent / ".github" / "screenshots"
SHOTS = {
    "train.png": ("train?lang=en#interact", "light"),
    "stability.png": ("stability?lang=ko", "dark"),
}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright, app_server() as address:
        browser = playwright.chromium.launch(executable_path=browser_path, args=QUIET)
        for name, (path, scheme) in SHOTS.items():
            context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
            page = context.new_page()
            page.goto(f"{address}/{path}")
            settle(page)
            page.screenshot(path=FOLDER / name)
            context.close()


if __name__ == "__main__":
    main()
