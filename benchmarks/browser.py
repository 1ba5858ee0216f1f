"""The browser that the benchmarks and tests look through: the machine's own, which talks to nobody else."""

from __future__ import annotations

import shutil

from playwright.sync_api import Browser, Playwright

QUIET = [
    "--no-sandbox", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip

# The first one draws the same pages without the frame of a window that nobody sees, in less time.
_PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def browser_path() -> str | None:
    """Where it is; None on a machine without one."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def quiet_browser(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=browser_path(), args=QUIET)
