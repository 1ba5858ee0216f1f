"""The browser that the benchmarks look through: the machine's own, which talks to nobody else meanwhile."""

from __future__ import annotations

import shutil

from playwright.sync_api import Browser, Playwright

_QUIET = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"]


def quiet_browser(playwright: Playwright) -> Browser:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    return playwright.chromium.launch(executable_path=path, args=_QUIET)
