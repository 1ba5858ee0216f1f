"""The whole app walked in both languages: on each page a reader does what its text invites to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from lessons import PAGES
from tests.browser.conftest import drag, settle
from ui.lesson import Lesson
from ui.text import language

ENGLISH = re.compile(r"(?:\b[A-Za-z][A-Za-z’'-]+\b[ ,]+){3,}[A-Za-z’'-]{2,}")
QUOTED = re.compile("“[^”]*”")
READ = """() => {
    const written = 'code, pre, .katex, script, style, noscript, [data-testid=stIconMaterial]';
    const pieces = new Map(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const parent = walk.currentNode.parentElement;
        if (parent.closest(written) || !parent.checkVisibility({ visibilityProperty: true })) continue;
        const block = parent.closest('p, li, td, th, h1, h2, h3, button, label, summary, text, div');
        pieces.set(block, (pieces.get(block) ?? '') + walk.currentNode.data);
    }
    const told = ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext'].flatMap((name) =>
        [...document.querySelectorAll(`[${name}]`)].filter((node) => node.checkVisibility() && !node.closest(written))
            .map((node) => node.getAttribute(name)));
    return [...pieces.values(), ...told, document.title].map((text) => text.trim());
}"""  # noqa: E501


# What Streamlit says itself is exchanged a moment after it appears.
IS_KOREAN = """() => {
    const skip = document.querySelector('[data-testid=stSkipToContent]');
    return skip && skip.textContent !== 'Skip to main content'
        && !document.querySelector('[aria-label="Link to heading"], [aria-label="App pages"]');
}"""


LIGHT = {"losses": "&step=interact"}  # surfaces take their time without a graphics card


def english_sentences(page: Page) -> list[str]:
    """Runs of four English words or more, outside code, formulas and what is quoted."""
    texts = (QUOTED.sub("“”", text) for text in page.evaluate(READ))
    return [found[0] for text in texts if (found := ENGLISH.search(text))]


@pytest.fixture
def reader(page: Page) -> Iterator[Page]:
    """A tab whose console stays free of errors."""
    said: list[str] = []

    def note(line: ConsoleMessage) -> None:
        if line.type == "error":
            said.append(line.text)

    page.on("console", note)
    yield page
    page.remove_listener("console", note)
    assert said == []


def in_order(page: Page, code: str) -> None:
    """What holds for every page at any time."""
    settle(page)
    expect(page.locator("[data-testid=stException], [data-testid=stAlertContentError]")).to_have_count(0)
    assert page.evaluate("document.documentElement.lang") == code
    assert page.locator(".stage .main-svg").count() >= page.locator(".stage").count() > 0
    if code == "ko":
        page.wait_for_function(IS_KOREAN)
        assert english_sentences(page) == []


def address(page: Page) -> str:
    return urlsplit(page.url).query


def leads_on(page: Page, act: Callable[[], object]) -> None:
    """Do something that the address follows."""
    before = page.evaluate("location.search")
    act()
    page.wait_for_function("before => location.search !== before", arg=before)


def press_scenes(page: Page, name: str, code: str) -> None:
    """Another one and the first for the Korean reader; the English one takes the last."""
    count = page.locator(f"[class*='st-key-{name}-'] button").count()
    assert count > 1
    for number in [1, 0] if code == "ko" else [count - 1]:
        leads_on(page, page.locator(f"[class*='st-key-{name}-'] button").nth(number).click)
        in_order(page, code)


def drag_a_bar(page: Page, key: str, by: float = -40) -> None:
    bar = page.locator(f"[data-stage={key}] [role=slider]").first
    drag(page, bar, (0, by))
    page.wait_for_function(
        "bar => [...new URLSearchParams(location.search).values()].some("
        "(value) => value.split(', ').map(Number).includes(Number(bar.ariaValueNow)))",
        arg=bar.element_handle(),
    )


def move_slider(page: Page, key: str, press: str) -> None:
    leads_on(page, lambda: page.locator(f".st-key-{key} input[type=range]").press(press))


def play(page: Page, key: str, code: str) -> None:
    film = page.locator(f"[data-stage={key}]")
    film.locator("button[data-action=first]").click()
    expect(film).to_have_attribute("data-step", "0")
    button = film.get_by_role("button", name=language(code)("Play"), exact=True)
    button.click()
    page.wait_for_function("key => document.querySelector(`[data-stage=${key}]`).dataset.step > 2", arg=key)
    film.get_by_role("button", name=language(code)("Pause"), exact=True).click()
    expect(button).to_be_visible()


def predict(page: Page, key: str, code: str) -> None:
    """The second answer, and how sure the reader is."""
    card = (
        page.locator("[data-testid=stVerticalBlock]").filter(has=page.locator(f".st-key-{key}-choice")).last
    )
    card.locator("[data-testid=stRadio] label").nth(1 + (code == "ko")).click()
    sure = page.locator(f".st-key-{key}-check button")
    expect(sure).to_be_enabled()
    sure.click()
    expect(card.locator("[data-testid=stAlert]")).to_have_count(1)
    page.wait_for_function(
        "count => JSON.parse(localStorage.getItem('softmax-lab-diary')).answers.length === count",
        arg=1 + (code == "ko"),
    )


def open_the_share_box(page: Page, code: str) -> None:
    box = page.get_by_role("button", name=language(code)("Share a link"))
    box.click()
    expect(page.get_by_alt_text(language(code)("QR code of the link"))).to_be_visible()
    in_order(page, code)
    page.keyboard.press("Escape")
    expect(page.get_by_alt_text(language(code)("QR code of the link"))).to_have_count(0)


def open_the_code(page: Page, key: str) -> None:
    box = page.locator(f".st-key-{key}")
    box.locator("summary").click()
    expect(box.locator("[data-testid=stCode] code").first).to_be_visible()
    box.locator("summary").click()


def home(page: Page, code: str) -> None:
    drag_a_bar(page, "home-play")


def scores(page: Page, code: str) -> None:
    press_scenes(page, "scores-scene", code)
    drag_a_bar(page, "scores-bars")
    move_slider(page, "temperature", "End" if code == "en" else "Home")
    predict(page, "scores-doubling", code)
    open_the_share_box(page, code)


def stability(page: Page, code: str) -> None:
    press_scenes(page, "scene", code)
    press_scenes(page, "shift", code)
    drag_a_bar(page, "shift", 20)
    play(page, "film", code)


def losses(page: Page, code: str) -> None:
    press_scenes(page, "losses-scene", code)
    drag_a_bar(page, "losses-example")


def train(page: Page, code: str) -> None:
    press_scenes(page, "train-scene", code)
    play(page, "train-film", code)


def information(page: Page, code: str) -> None:
    press_scenes(page, "information-scene", code)
    press_scenes(page, "information-sweep", code)


def names(page: Page, code: str) -> None:
    for number in (2, 5) if code == "en" else (7, 10):
        leads_on(page, page.locator(".st-key-term label, .st-key-term button").nth(number).click)
        in_order(page, code)
    leads_on(page, page.locator(".st-key-names-another button").click)


def notes(page: Page, code: str) -> None:
    press_scenes(page, "notes-row", code)
    move_slider(page, "halved", "ArrowRight")
    link = page.get_by_test_id("stTable").get_by_role("row").nth(10).get_by_role("link")
    with page.context.expect_page() as opening:
        link.click()
    there = opening.value
    in_order(there, code)
    assert parse_qs(urlsplit(there.url).query)["scores"] == ["0.5, -1, 0"]
    there.close()


WALKS: Mapping[str, Callable[[Page, str], None]] = {
    "home": home,
    "scores": scores,
    "stability": stability,
    "losses": losses,
    "train": train,
    "information": information,
    "names": names,
    "notes": notes,
}


def fits_a_phone(reader: Page) -> None:
    """On a narrow screen nothing has to be scrolled sideways."""
    wide = reader.viewport_size
    reader.set_viewport_size({"width": 390, "height": 844})
    settle(reader)
    reader.wait_for_function(
        """() => {
            const main = document.querySelector('[data-testid=stMain]');
            return main.scrollWidth <= main.clientWidth && document.documentElement.scrollWidth <= innerWidth;
        }"""
    )
    reader.set_viewport_size(wide)


@pytest.mark.parametrize("lesson", PAGES, ids=lambda lesson: lesson.slug)
def test_a_reader_does_what_a_page_invites_to_in_english_and_goes_on_in_korean(
    reader: Page, app: str, lesson: Lesson
) -> None:
    reader.goto(f"{app}/{lesson.path}?lang=en{LIGHT.get(lesson.slug, '')}")
    in_order(reader, "en")
    assert english_sentences(reader), "or the Korean page would pass by reading nothing"
    WALKS[lesson.slug](reader, "en")
    in_order(reader, "en")
    scene = address(reader)
    reader.locator(".st-key-lang").get_by_role("radio", name="ko", exact=True).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(language("ko")(lesson.question))
    reader.wait_for_function("() => document.documentElement.lang === 'ko'")
    in_order(reader, "ko")
    assert parse_qs(address(reader)) == {**parse_qs(scene), "lang": ["ko"]}
    WALKS[lesson.slug](reader, "ko")
    in_order(reader, "ko")
    fits_a_phone(reader)
