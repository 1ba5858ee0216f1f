"""What a reader sees where something cannot work: networks, browsers, sites and translators as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType, Page, WebSocketRoute, expect

from tests.browser.conftest import HASTY, settle
from ui.text import CODES, language

PHONE = {"width": 390, "height": 844}
WITHIN = 10_000  # ms, as a reader has to be told


@contextmanager
def browser(
    kind: BrowserType, program: str, args: list[str] | None = None, **options: object
) -> Iterator[Page]:
    """A browser of its own, started as none of the others is."""
    started = kind.launch(executable_path=program, args=[*HASTY, *(args or [])])
    page = started.new_context(**options).new_page()  # type: ignore[arg-type]
    yield page
    started.close()


def refused(line: WebSocketRoute) -> None:
    line.close()


def hangs(_line: WebSocketRoute) -> None:
    """Open, and nothing ever comes."""


@pytest.mark.parametrize(("behave", "code"), [(refused, "ko"), (hangs, "en")])
def test_a_network_without_live_connections_is_told_and_paper_offered(
    kind: BrowserType, program: str, app: str, behave: object, code: str
) -> None:
    with browser(kind, program) as page:
        page.route_web_socket("**/_stcore/stream", behave)  # type: ignore[arg-type]
        page.goto(f"{app}/scores?lang={code}")
        notice = page.locator(".notice")
        expect(notice).to_contain_text("WebSocket", timeout=WITHIN)
        expect(notice.locator("a").first).to_have_attribute("href", f"worksheet/scores?lang={code}")
        notice.get_by_role("button", name=language(code)("Close")).click()
        expect(notice).to_have_count(0)


@pytest.mark.parametrize("code", CODES)
def test_without_scripts_a_sentence_says_so(kind: BrowserType, program: str, app: str, code: str) -> None:
    with browser(kind, program, java_script_enabled=False) as page:
        page.goto(f"{app}/scores?lang={code}")
        assert "JavaScript" in (page.locator("noscript p").text_content() or "")
        expect(page.locator(f"noscript a[href='worksheet/scores?lang={code}']")).to_be_visible()


@pytest.mark.parametrize("code", CODES)
def test_without_webgl_the_flat_view_is_drawn_and_it_is_said_why(
    kind: BrowserType, program: str, app: str, code: str
) -> None:
    with browser(kind, program, ["--disable-3d-apis"]) as page:
        page.goto(f"{app}/losses?lang={code}&step=surfaces")
        expect(page.get_by_text("WebGL")).to_be_visible()
        settle(page)
        plot = "document.querySelector('[data-stage=losses-surfaces] .stage-plot').data[0].type"
        assert page.evaluate(plot) == "contour"
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(page.get_by_text("WebGL")).to_be_hidden()  # on paper no browser does


FORBID = """for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
}"""


def test_where_nothing_can_be_kept_the_page_works_and_says_so(
    kind: BrowserType, program: str, app: str
) -> None:
    errors: list[str] = []
    with browser(kind, program) as page:
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.add_init_script(FORBID)
        page.goto(f"{app}/scores?lang=en&step=sum")
        settle(page)
        expect(page.get_by_text("does not let the page keep anything")).to_be_visible()
    assert errors == []


FRAME = """<!doctype html><title>School</title>
<iframe src="{app}/train?lang=en&step=own" width="1200" height="1500"></iframe>"""


def test_a_file_is_read_also_where_the_page_stands_in_another_site(
    kind: BrowserType, program: str, app: str, tmp_path: Path
) -> None:
    table = tmp_path / "three.csv"
    table.write_text("x,y,label\n1,2,A\n-1,0.5,B\n0,1,A\n")
    with browser(kind, program, ["--disable-features=LocalNetworkAccessChecks"]) as page:
        school, around = "http://localhost:9/", FRAME.format(app=app)
        page.route(school, lambda route: route.fulfill(body=around, content_type="text/html"))
        page.goto(school)
        inside = page.frame_locator("iframe")
        inside.get_by_text("Paste or upload points", exact=True).click()
        inside.locator(".file input[type=file]").set_input_files(table)
        expect(inside.get_by_text("Points read: 3")).to_be_visible()


TRANSLATE = """() => {
    const stays = "script, style, noscript, font, [translate=no]";
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
        const text = texts.currentNode;
        if (text.data.trim() && !text.parentElement.closest(stays)) found.push(text);
    }
    for (const text of found) {
        const font = document.createElement("font"), inner = document.createElement("font");
        inner.textContent = `«${text.data}»`;
        font.append(inner);
        text.replaceWith(font);
    }
    return found.length;
}"""


def test_a_translated_page_goes_on_and_formulas_stay_as_they_are(page: Page, app: str) -> None:
    page.goto(f"{app}/scores?lang=en&step=numbers")
    settle(page)
    formula = page.locator(".katex").first.inner_text()
    assert page.evaluate(TRANSLATE) > 20
    assert page.locator(".katex font, .stage font, code font").count() == 0
    assert page.locator(".katex").first.inner_text() == formula
    slider = page.locator("input[type=range][aria-label=Temperature]")
    slider.press("End")
    page.wait_for_function("() => new URL(location).searchParams.get('temperature') === '10'")
    settle(page)
    assert page.evaluate(TRANSLATE) >= 0
    page.locator(".way-next:visible").first.click()
    expect(page).not_to_have_url(re.compile("step=numbers"))
    settle(page)
    page.get_by_role("link", name="Training").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How does a classifier learn, step by step?")
    expect(page.get_by_text("NotFoundError")).to_have_count(0)


def scrolled(page: Page) -> float:
    return float(page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop"))


def swipe(page: Page, x: float, y: float, fingers: int) -> None:
    """Up by a hand's breadth."""
    line = page.context.new_cdp_session(page)
    for step in range(11):
        points = [{"x": x + 40 * finger, "y": y - 15 * step, "id": finger} for finger in range(fingers)]
        kind = "touchMove" if step else "touchStart"
        line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    line.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


HINT = "One finger scrolls the page; two fingers turn the picture."
SCROLLED = "(before) => document.querySelector('[data-testid=stMain]').scrollTop - before"
EYE = "document.querySelector('[data-stage=losses-surfaces] .stage-plot')._fullLayout.scene.camera.eye.z"


def test_one_finger_scrolls_past_a_picture_in_space_and_two_turn_it(
    kind: BrowserType, program: str, app: str
) -> None:
    with browser(kind, program, viewport=PHONE, has_touch=True, is_mobile=True) as page:
        page.goto(f"{app}/losses?lang=ko&step=surfaces")
        settle(page)
        expect(page.locator(".stage-hint")).to_have_text(language("ko")(HINT))
        plot = page.locator("[data-stage=losses-surfaces] .stage-plot")
        box = plot.bounding_box()
        assert box is not None
        assert box["height"] < PHONE["height"]
        x, y, eye = box["x"] + 90, box["y"] + box["height"] - 40, page.evaluate(EYE)
        swipe(page, x, y, 2)
        page.wait_for_function(f"(eye) => Math.abs({EYE} - eye) > 0.01", arg=eye)
        before, eye = scrolled(page), page.evaluate(EYE)
        swipe(page, x, y, 1)
        page.wait_for_function(f"{SCROLLED} > 100", arg=before)
        assert page.evaluate(EYE) == eye


def test_the_wheel_over_a_number_field_scrolls_the_page(page: Page, app: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 600})
    page.goto(f"{app}/train?lang=en&step=laboratory")
    settle(page)
    page.get_by_text("More settings", exact=True).click()
    settle(page)
    field = page.locator("input[type=number]").last
    field.scroll_into_view_if_needed()
    value = field.input_value()
    for _ in range(10):  # a busy page may lose a turn of the wheel, and grow while its pictures arrive
        field.hover()
        before = scrolled(page)
        page.mouse.wheel(0, -100)
        settle(page)
        if page.evaluate(SCROLLED, before) < 0:
            break
    else:
        pytest.fail("the page does not scroll")
    assert field.input_value() == value
