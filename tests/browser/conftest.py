"""A server and a browser for the tests that need to see what a reader sees."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    BrowserContext,
    BrowserType,
    Error,
    Locator,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from benchmarks.browser import QUIET, browser_path
from benchmarks.servers import app_server

PATIENCE = 90_000  # ms: a busy machine is slow, not wrong
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
LONG = 30
LOOK_AGAIN = 50  # ms: to look in each frame keeps all of the page busy while it waits
DESK: ViewportSize = {"width": 1400, "height": 1000}

# The page of a test is gone before it pays to compile its scripts a second and a third time.
HASTY = [
    *QUIET,
    "--js-flags=--invocation-count-for-maglev=2000 --interrupt-budget-for-maglev=400000 "
    "--invocation-count-for-turbofan=20000 --interrupt-budget=2000000 "
    "--min-semi-space-size=32 --max-semi-space-size=64",
]

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def playground() -> Iterator[str]:
    with app_server("tests.browser.playground_server") as address:
        yield address


@pytest.fixture(scope="session")
def kind() -> Iterator[BrowserType]:
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def program() -> str:
    path = browser_path()
    if path is None:
        message = "no Chromium on this machine; on Debian: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.fixture(scope="session")
def window(
    program: str, kind: BrowserType, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """A window for all tests, with its profile on disk: so scripts are kept as they were compiled."""
    context = kind.launch_persistent_context(
        tmp_path_factory.mktemp("profile"), executable_path=program, args=HASTY, viewport=DESK, locale="en-US"
    )
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """The same tab for most tests, which spares starting one, left as if it were new.

    Errors on its pages fail the test.
    """
    *others, tab = window.pages
    if tab.evaluate("history.length") > LONG:  # a browser forgets beyond 50 pages
        others, tab = window.pages, window.new_page()
    for other in others:
        other.close()
    tab.set_viewport_size(DESK)
    tab.emulate_media(color_scheme="null", reduced_motion="null")
    tab.set_default_timeout(PATIENCE)
    errors: list[str] = []

    def note(error: Error) -> None:
        errors.append(str(error))

    tab.on("pageerror", note)
    yield tab
    if tab.url.startswith("http"):
        tab.evaluate("localStorage.clear(); sessionStorage.clear()")
        tab.context.clear_cookies()
    tab.goto("about:blank")
    tab.remove_listener("pageerror", note)
    assert errors == []


def settle(page: Page) -> None:
    """Wait until the script has run, nothing is still being loaded, and every stage near by has drawn.

    A page on which there is nothing yet is not running either.
    """
    page.wait_for_function(
        """(settled) => {
            if (!document.querySelector(`${settled} [data-testid=stElementContainer]`)) return false;
            const places = document.querySelectorAll('[data-testid=stBidiComponentRegular]');
            const stages = [...document.querySelectorAll('.stage')];
            const others = '.diary, .diary-progress, .diary-note, .diary-recall, .file, .kept, .way, '
                + '.way-resume, .track';
            const diaries = document.querySelectorAll(others);
            return !document.querySelector('[data-testid=stSkeleton]')
                && stages.length + diaries.length >= places.length
                && stages.every(({ dataset }) =>
                    'away' in dataset || (Number(dataset.frames) > 0 && !('due' in dataset)));
        }""",
        arg=SETTLED,
        polling=LOOK_AGAIN,
    )


def in_dark(page: Page, dark: bool) -> None:
    """The page that is open as a reader sees it whose system is dark, or light."""
    page.emulate_media(color_scheme="dark" if dark else "light")
    ground = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    page.wait_for_function(f"dark => ({ground} === 'rgb(15, 21, 29)') === dark", arg=dark)


def go(page: Page, step: str) -> None:
    """Take the way to a step, as a reader does who has the bar below the page."""
    link = page.locator(f".way-steps a[data-step={step}]")
    link.evaluate("link => link.click()")
    page.wait_for_function(
        "step => new URLSearchParams(location.search).get('step') === step", arg=step, polling=LOOK_AGAIN
    )
    expect(link).to_have_attribute("aria-current", "step")
    settle(page)


def drag(page: Page, handle: Locator, by: tuple[float, float]) -> tuple[float, float]:
    """Bring into view, take by the middle and drag; return where that was."""
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by[0] / 2, y + by[1] / 2)
    page.mouse.move(x + by[0], y + by[1], steps=10)
    page.mouse.up()
    return x, y
