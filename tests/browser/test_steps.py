"""Every step of every lesson in both languages: it fits its screen, and asks before it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, TimeoutError, ViewportSize, expect  # noqa: A004

from lessons import LESSONS
from tests.browser.conftest import LOOK_AGAIN, go, settle
from ui.lesson import Lesson
from ui.text import CODES, language

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


def english_sentences(page: Page) -> list[str]:
    """Runs of four English words or more, outside code, formulas and what is quoted."""
    texts = (QUOTED.sub("“”", text) for text in page.evaluate(READ))
    return [found[0] for text in texts if (found := ENGLISH.search(text))]


@pytest.fixture
def reader(page: Page) -> Iterator[Page]:
    """A tab whose console stays free of errors and of what Plotly warns of."""
    said: list[str] = []

    def note(line: ConsoleMessage) -> None:
        if line.type in {"error", "trace"}:  # Plotly's warnings are traces
            said.append(line.text)

    page.on("console", note)
    yield page
    page.remove_listener("console", note)
    assert said == []


def in_order(page: Page, code: str) -> None:
    """What holds for every page at any time."""
    settle(page)
    expect(page.locator("[data-testid=stException], [data-testid=stAlertContentError]")).to_have_text([])
    assert page.evaluate("document.documentElement.lang") == code
    if code == "ko":
        page.wait_for_function(IS_KOREAN, polling=LOOK_AGAIN)
        assert english_sentences(page) == []


# What a reader has before there is anything to do: words outside pictures, up to the first control.
WORDS_BEFORE = """() => {
    const step = document.querySelector('.st-key-step'), picture = '.stage, .katex, script, style';
    const walk = document.createTreeWalker(step, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    let words = 0;
    while (walk.nextNode()) {
        const node = walk.currentNode;
        if (node.nodeType === Node.TEXT_NODE) {
            if (!node.parentElement.closest(picture)) words += node.data.split(/\\s+/).filter(Boolean).length;
        } else if (node.matches('input, textarea, button, a[href], [role=slider]')) {
            if (!node.closest('.stage-foot')) return words;
        }
    }
    return 0;
}"""

# How much of a window the picture takes together with the slider that moves it, or the question that is open.
SPAN = """() => {
    const step = document.querySelector('.st-key-step');
    const box = (one) => one?.getBoundingClientRect();
    const picture = box(step.querySelector('.stage-frame'));
    const asks = step.querySelector('[class*="-show"] button') && step.querySelector('[data-testid=stRadio]');
    const control = box(step.querySelector('.track input') ?? asks);
    if (!picture?.height || !control?.height) return 0;
    return Math.max(picture.bottom, control.bottom) - Math.min(picture.top, control.top);
}"""
OVERHANG = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    return main.scrollHeight - main.clientHeight;
}"""
SIDEWAYS = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    return Math.max(main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth);
}"""

# What cannot be read: words of a picture on each other, below its menu or beyond its edge; a formula that
# goes on beyond its column; a comma or a particle alone in the line after its formula. Some pixels are air.
ILLEGIBLE = """() => {
    const air = 3, found = [], step = document.querySelector('.st-key-step');
    const seen = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const box = (node) => { const { left, right, top, bottom } = node.getBoundingClientRect(); return { left, right, top, bottom }; };
    const overlap = (a, b) => Math.min(Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
    for (const stage of step.querySelectorAll('.stage')) {
        const frame = box(stage.querySelector('.stage-plot')), { left, right, top, bottom } = box(stage.querySelector('.stage-table summary'));
        const dots = { left: left + 10, right: right - 10, top: (top + bottom) / 2 - 4, bottom: (top + bottom) / 2 + 4 };
        const words = [...stage.querySelectorAll('.main-svg text:not(.contourlabels *)')].filter((text) => text.textContent.trim() && seen(text))
            .map((text) => ({ said: text.textContent.trim(), ...box(text) }));
        words.forEach((one, i) => {
            for (const other of words.slice(i + 1)) if (overlap(one, other) > 2 * air) found.push(`“${one.said}” on “${other.said}”`);
            if (overlap(one, dots) > 0) found.push(`“${one.said}” below the menu`);
            if (Math.max(frame.left - one.left, one.right - frame.right) > air) found.push(`“${one.said}” cut`);
        });
    }
    for (const formula of step.querySelectorAll('.katex')) {
        const last = [...formula.querySelectorAll('.base')].pop(), next = formula.nextSibling, place = formula.closest('[data-testid=stElementContainer]');
        const { left, right } = box(last);
        if (formula.closest('.katex-display')) {
            if (seen(last) && right > box(place).right + air) found.push(`formula ${formula.querySelector('annotation').textContent} cut`);
        } else if (next?.nodeType === Node.TEXT_NODE && /^\\S/.test(next.data)) {
            const range = document.createRange();
            range.setStart(next, 0);
            range.setEnd(next, 1);
            if (box(range).left < left) found.push(`“${next.data.slice(0, 12)}” torn from its formula`);
        }
    }
    return found;
}"""  # noqa: E501
BROKEN_WORDS = r"""() => {
    const broken = [], walk = document.createTreeWalker(document.querySelector("[data-testid=stMain]"), 4);
    while (walk.nextNode()) {
        const text = walk.currentNode;
        if (text.parentElement.closest("svg, script, style, .katex")) continue;
        for (const word of text.data.matchAll(/[a-z가-힣]+/gi)) {
            const range = document.createRange();
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map((part) => Math.round(part.top))).size > 1) {
                broken.push(word[0]);
            }
        }
    }
    return broken;
}"""
DESK: ViewportSize = {"width": 1400, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
BAR = 56  # what the frame has at its top
MAX_WORDS = 60
ENOUGH = 5000  # ms in which a page that fits has its size, also on a busy machine
SCREEN = 844 - 66  # without the bar at the bottom


def steps_of(page: Page) -> list[tuple[str, bool]]:
    """The steps of the lesson, and whether each is behind "Go deeper"."""
    found: list[list[Any]] = page.evaluate(
        """() => [...document.querySelectorAll('.way-steps li')].map((item) =>
            [item.querySelector('a').dataset.step, item.className.includes('deeper')])"""
    )
    return [(slug, deeper) for slug, deeper in found]


def see_every_answer(page: Page, code: str) -> bool:
    """Ask to be shown what the step asks; whether it asks anything."""
    asked = page.locator(".st-key-step").get_by_role("button", name=language(code)("Show me"), exact=True)
    asks = False
    while count := asked.count():
        asked.first.evaluate("button => button.click()")
        expect(asked).to_have_count(count - 1)
        settle(page)
        asks = True
    return asks


def beyond(page: Page, measure: str, limit: float = 0) -> float:
    """By how much something is too large, once all has its size; 0 if it is not."""
    try:
        page.wait_for_function(
            f"limit => ({measure})() <= limit", arg=limit, timeout=ENOUGH, polling=LOOK_AGAIN
        )
    except TimeoutError:
        return float(page.evaluate(measure)) - limit
    return 0.0


def is_a_phone(page: Page) -> bool:
    return page.viewport_size == PHONE


def change_size(page: Page) -> None:
    page.set_viewport_size(DESK if is_a_phone(page) else PHONE)
    settle(page)


def illegible(page: Page, step: str) -> list[str]:
    """What cannot be read, once all stands where it stays."""
    try:
        page.wait_for_function(f"() => !({ILLEGIBLE})().length", timeout=ENOUGH, polling=LOOK_AGAIN)
    except TimeoutError:
        width = page.viewport_size["width"] if page.viewport_size else 0
        return [f"{step}: {what} at {width} px" for what in page.evaluate(ILLEGIBLE)]
    return []


def fits(page: Page, step: str, deeper: bool) -> list[str]:
    """What is wrong with a step's size: on a desk it needs no scrolling, on a phone none sideways."""
    wrong = illegible(page, step)
    if not is_a_phone(page):
        over = 0 if deeper else beyond(page, OVERHANG)
        return [*wrong, f"{step}: {over:.0f} px to scroll at 1400 × 900"] if over else wrong
    wrong += [f"{step}: {word} broken at 390 px" for word in page.evaluate(BROKEN_WORDS)]
    if over := beyond(page, SIDEWAYS):
        wrong.append(f"{step}: {over:.0f} px to scroll sideways at 390 px")
    if not deeper and (over := beyond(page, SPAN, SCREEN)):
        wrong.append(f"{step}: picture and control span {over:.0f} px too much at 390 px")
    return wrong


def fits_both(page: Page, step: str, deeper: bool) -> list[str]:
    """The same on both, first on the one that is there: every change of size draws all pictures anew."""
    wrong = fits(page, step, deeper)
    change_size(page)
    return wrong + fits(page, step, deeper)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_every_step_fits_and_says_little_before_there_is_something_to_do(
    reader: Page, app: str, lesson: Lesson, code: str
) -> None:
    reader.set_viewport_size(DESK if code == CODES[0] else PHONE)
    reader.goto(f"{app}/{lesson.path}?lang={code}")
    in_order(reader, code)
    wrong = []
    for step, deeper in steps_of(reader):
        go(reader, step)
        in_order(reader, code)
        if not deeper and (words := reader.evaluate(WORDS_BEFORE)) > MAX_WORDS:
            wrong.append(f"{step}: {words} words before the first control")
        wrong += fits_both(reader, step, deeper)
        # In the size in which the next step comes: with the other language it is the other one.
        if see_every_answer(reader, code):
            in_order(reader, code)
            wrong += [f"answered {what}" for what in fits(reader, step, deeper)]
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_the_home_page_fits_a_phone(reader: Page, app: str, code: str) -> None:
    reader.set_viewport_size(PHONE)
    reader.goto(f"{app}/?lang={code}")
    in_order(reader, code)
    assert reader.evaluate(SIDEWAYS) <= 0
    assert reader.evaluate(BROKEN_WORDS) == []


@pytest.mark.parametrize("code", CODES)
def test_nothing_lies_on_the_menu_of_a_phone(reader: Page, app: str, code: str) -> None:
    reader.set_viewport_size(PHONE)
    reader.goto(f"{app}/scores?lang={code}")
    settle(reader)
    menu, bar = reader.get_by_test_id("stExpandSidebarButton"), reader.locator(".st-key-frame-bar")
    at, beside = bar.bounding_box(), menu.bounding_box()
    assert at is not None
    assert beside is not None
    assert at["x"] >= beside["x"] + beside["width"]
    assert at["height"] <= BAR, "in one row"
    menu.click()
    expect(bar).to_be_hidden()
    reader.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    expect(bar).to_be_visible()
