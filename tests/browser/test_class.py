"""A class together: a teacher and three phones, each a browser of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserType, Page, expect

from app.rooms import keys, tables
from app.rooms.store import open_store
from tests.app.rooms.questions import CHOICE
from tests.browser.conftest import HASTY, PATIENCE, settle
from tests.browser.cutting import cutting
from ui.text import language

DESK = {"width": 1400, "height": 1000}
PHONE = {"width": 320, "height": 640}
CODES = ("en", "ko")


@pytest.fixture(scope="module")
def browser(kind: BrowserType, program: str) -> Iterator[Browser]:
    started = kind.launch(executable_path=program, args=HASTY)
    yield started
    started.close()


@pytest.fixture
def teacher(page: Page) -> Page:
    """Whose browser has the lessons' scripts, unlike a phone's."""
    return page


@contextmanager
def device(browser: Browser, size: dict[str, int], errors: list[str]) -> Iterator[Page]:
    context = browser.new_context(viewport=size, locale="en-US")  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()


@contextmanager
def three_phones(browser: Browser, errors: list[str]) -> Iterator[list[Page]]:
    with ExitStack() as stack:
        yield [stack.enter_context(device(browser, PHONE, errors)) for _ in range(3)]


def opened(app: str, teacher: Page, lang: str, step: str = "scores?step=shift") -> Page:
    """The projector's page of a class that is asked this."""
    t = language(lang)
    teacher.goto(f"{app}/{step}&lang={lang}&present=1")
    teacher.get_by_role("button", name=t("Ask the class")).first.click()
    return projected(teacher)


def projected(teacher: Page) -> Page:
    """The projector's page, to which the lesson leads once the class is asked."""
    link = teacher.get_by_role("link", name=re.compile(r"[A-Z]{4}: ")).first
    screen = teacher.context.new_page()
    screen.goto(link.get_attribute("href") or "")
    expect(screen.locator("#question")).not_to_be_empty()
    return screen


def begun(app: str, rooms: str, teacher: Page, lang: str = "en") -> Page:
    """The projector's page of a class that is asked a question, without a lesson."""
    store, key = open_store(rooms), keys.new_key()
    create = partial(tables.create, host=keys.hashed(key), secret=keys.new_key(), lang=lang)
    code = store.write(create).result()
    store.write(lambda line: tables.ask(line, code, replace(CHOICE, place=""))).result()
    store.close()
    teacher.goto(f"{app}/room/{code}/screen#{key}")
    expect(teacher.locator("#question")).not_to_be_empty()
    return teacher


def code_of(screen: Page) -> str:
    return screen.locator("#join b").inner_text()


def vote(phone: Page, option: int, sure: int, lang: str) -> None:
    phone.locator(".option").nth(option).click()
    phone.locator(".sure button").nth(sure).click()
    expect(phone.locator("#note")).to_have_text(
        language(lang)("Sent ✓ You may change it until the vote closes.")
    )


@pytest.mark.parametrize("lang", CODES)
def test_a_teacher_and_three_phones(app: str, teacher: Page, browser: Browser, lang: str) -> None:
    t, errors = language(lang), list[str]()
    with three_phones(browser, errors) as phones:
        screen = opened(app, teacher, lang)
        one, two, _ = phones
        assert "#" not in screen.url
        expect(screen.locator("html")).to_have_attribute("lang", lang)
        expect(screen.locator("#join img")).to_have_attribute("alt", t("QR code of the link"))
        for phone in phones:
            phone.goto(f"{app}/room/{code_of(screen).lower()}")
        for number, phone in enumerate(phones):
            vote(phone, number % 2, 2, lang)
        expect(screen.locator("#count b")).to_have_text("3")
        expect(screen.locator(".bar")).to_have_count(0)
        screen.keyboard.press("PageDown")
        expect(one.locator("#note")).to_have_text(
            t("The vote is closed. The room is waiting for the teacher.")
        )
        one.reload()
        expect(one.locator(".option input").first).to_be_disabled()
        expect(one.locator(".option input").first).to_be_checked()
        expect(screen.locator("#note")).to_have_text(t("The vote is closed."))
        screen.keyboard.press("PageDown")
        expect(screen.locator(".bar")).to_have_count(3)
        expect(screen.locator(".track").first).to_have_attribute("aria-label", re.compile(r"2.*2"))
        screen.keyboard.press("b")
        expect(screen.locator(".bar")).to_have_count(0)
        expect(one.locator("#note")).to_have_text(t("Vote again, now that you have talked about it."))
        for phone in phones:
            vote(phone, 2, 1, lang)
        expect(screen.locator("#count b")).to_have_text("3")
        screen.keyboard.press("PageDown")
        expect(screen.locator("#note")).to_have_text(t("The vote is closed."))
        screen.keyboard.press("PageDown")
        expect(screen.locator(".row small")).to_have_text(
            [t("Vote {number}", number=1), t("Vote {number}", number=2)] * 3
        )
        expect(screen.locator(".right")).to_have_count(0)
        screen.reload()
        expect(screen.locator(".row")).to_have_count(6)
        screen.keyboard.press("PageDown")
        expect(screen.locator(".bar.right")).to_have_count(1)
        expect(screen.locator("nav")).to_be_in_viewport(ratio=0.99)
        expect(one.locator(".card")).to_have_count(2)
        expect(one.locator(".card").first).to_contain_text(t("A surprise"))
        expect(one.locator(".card").last).to_contain_text(t("Right"))
        screen.get_by_role("button", name=t("Send this step to the phones")).click()
        expect(one.locator("#scene")).to_contain_text(t("The teacher shows: {title}", title=t("Scores")))
        expect(two.locator(".card").first).to_be_visible()  # its diary has the answer
        two.goto(f"{app}/losses?lang={lang}")
        two.get_by_role("link", name=t("Go along")).click()
        expect(two).to_have_url(re.compile("/scores.*step=shift"))
        expect(two.locator(".diary-recall")).to_contain_text("✗")
        screen.get_by_text(t("More"), exact=True).click()
        for said in (t("End the class"), t("Delete everything?")):
            screen.get_by_role("button", name=said).click()
        expect(one.locator("#note")).to_have_text(
            t("This class is over. Everything that was answered has been deleted.")
        )
    assert errors == []


def test_the_next_question_comes_from_the_step_on_the_projector(
    app: str, teacher: Page, browser: Browser
) -> None:
    errors = list[str]()
    with device(browser, PHONE, errors) as phone:
        screen = opened(app, teacher, "en")
        phone.goto(f"{app}/room/{code_of(screen)}")
        expect(phone.locator(".option")).to_have_count(3)
        step = screen.frame_locator("iframe")
        step.get_by_role("button", name="Ask the class").click()
        expect(screen.locator("#join b")).to_have_text(code_of(screen))
        teacher.goto(f"{app}/scores?step=more&lang=en&present=1")
        settle(teacher)  # or the last one that can be asked is not yet there
        teacher.get_by_role("button", name="Ask the class").last.click()
        expect(phone.locator("input[type=text]")).to_be_visible()
        phone.locator("input[type=text]").fill("much")
        phone.locator(".sure button").first.click()
        expect(phone.locator("#note")).to_contain_text("Type a number")
        phone.locator("input[type=text]").fill("7.39")
        phone.locator(".sure button").first.click()
        expect(phone.locator("#note")).to_contain_text("Sent ✓")
        teacher.goto(f"{app}/scores?step=signs&lang=en&present=1")
        teacher.get_by_role("button", name="Ask the class").click()
        sliders = phone.get_by_role("slider")
        expect(sliders).to_have_count(3)
        sliders.first.press("End")
        phone.locator(".sure button").last.press("Enter")
        expect(phone.locator("#note")).to_contain_text("Sent ✓")
        assert phone.locator("output").first.inner_text() == "1.0"
    assert errors == []


def test_a_phone_without_a_line_keeps_its_vote_and_sends_it_once(
    app: str, rooms: str, browser: Browser
) -> None:
    errors = list[str]()
    with device(browser, DESK, errors) as teacher, device(browser, PHONE, errors) as phone:
        screen = begun(app, rooms, teacher)
        phone.goto(f"{app}/room/{code_of(screen)}")
        expect(phone.locator(".option")).to_have_count(3)
        phone.context.set_offline(True)
        phone.locator(".option").nth(1).click()
        phone.locator(".sure button").nth(0).click()
        expect(phone.locator("#note")).to_have_text("You are offline. This page keeps trying.")
        other = phone.context.new_page()
        phone.context.set_offline(False)
        expect(phone.locator("#note")).to_contain_text("Sent ✓")
        other.goto(f"{app}/room/{code_of(screen)}")
        expect(other.locator(".option input").nth(1)).to_be_checked()
        vote(other, 2, 1, "en")
        expect(phone.locator(".option input").nth(2)).to_be_checked()
        expect(screen.locator("#count b")).to_have_text("1")
    assert errors == []


def test_a_phone_is_told_that_its_vote_waits_for_the_server(app: str, rooms: str, browser: Browser) -> None:
    errors = list[str]()
    with device(browser, DESK, errors) as teacher, device(browser, PHONE, errors) as phone:
        screen = begun(app, rooms, teacher)
        phone.goto(f"{app}/room/{code_of(screen)}")
        phone.route("**/vote", lambda route: route.fulfill(status=503, body="{}"))
        phone.locator(".option").nth(1).click()
        phone.locator(".sure button").nth(0).click()
        expect(phone.locator("#note")).to_contain_text("Not counted yet")
        phone.unroute("**/vote")
        expect(phone.locator("#note")).to_contain_text("Sent ✓")
    assert errors == []


def test_a_class_goes_on_over_lines_that_are_cut(
    app: str, rooms: str, teacher: Page, browser: Browser
) -> None:
    t, errors = language("en"), list[str]()
    with cutting(app) as (address, cut), device(browser, PHONE, errors) as phone:
        screen = begun(address, rooms, teacher)
        phone.goto(f"{address}/room/{code_of(screen)}")
        vote(phone, 0, 2, "en")
        expect(screen.locator("#count b")).to_have_text("1")
        assert cut() >= 2, "the phone's and the projector's streams"
        vote(phone, 1, 1, "en")
        cut()
        screen.keyboard.press("PageDown")
        expect(phone.locator("#note")).to_have_text(
            t("The vote is closed. The room is waiting for the teacher.")
        )
        expect(screen.locator("#note")).to_have_text(t("The vote is closed."))
        cut()
        phone.reload()
        expect(phone.locator(".option input").nth(1)).to_be_checked()
    assert not errors


def test_where_streams_are_swallowed_phones_ask(app: str, rooms: str, browser: Browser) -> None:
    errors = list[str]()
    with device(browser, DESK, errors) as teacher, device(browser, PHONE, errors) as phone:
        screen = begun(app, rooms, teacher)
        phone.route("**/events", lambda route: route.abort())
        phone.goto(f"{app}/room/{code_of(screen)}")
        expect(phone.locator(".option")).to_have_count(3)
        screen.keyboard.press("PageDown")
        expect(phone.locator("#note")).to_contain_text("closed")
    assert errors == []


def test_a_phone_that_was_elsewhere_shows_its_vote_again(app: str, rooms: str, browser: Browser) -> None:
    """And goes on to the phase that there is by then."""
    errors = list[str]()
    with device(browser, DESK, errors) as teacher, device(browser, PHONE, errors) as phone:
        screen = begun(app, rooms, teacher)
        phone.goto(f"{app}/room/{code_of(screen)}")
        vote(phone, 1, 2, "en")
        for is_open in (True, False):
            phone.goto(f"{app}/worksheet/scores?lang=en")
            if not is_open:
                screen.keyboard.press("PageDown")
                expect(screen.locator("#note")).to_contain_text("closed")
            phone.go_back()
            expect(phone.locator(".option input").nth(1)).to_be_checked()
            expect(phone.locator("#note")).to_contain_text("Sent" if is_open else "closed")
        expect(screen.locator("#count b")).to_have_text("1")
    assert errors == []


def test_a_server_is_asked_nothing_about_a_class_that_is_over(app: str, rooms: str, browser: Browser) -> None:
    errors, asked = list[str](), list[str]()
    with device(browser, DESK, errors) as teacher, device(browser, PHONE, errors) as phone:
        code = code_of(begun(app, rooms, teacher))
        phone.clock.install()
        phone.goto(f"{app}/room/{code}")
        expect(phone.locator(".option")).to_have_count(3)
        store = open_store(rooms)
        store.delete(code).result()
        store.close()
        over = language("en")("This class is over. Everything that was answered has been deleted.")
        for page in (phone, teacher):
            expect(page.locator("#note")).to_have_text(over)
        phone.on("request", lambda request: asked.append(request.url))
        phone.clock.run_for(120_000)
        assert asked == []
    assert errors == []


def accessible(page: Page) -> None:
    options = {"runOnly": ["wcag2a", "wcag2aa"], "iframes": False}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = Axe().run(page, options=options).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], scheme


def test_the_pages_of_a_class_are_accessible_and_fit(app: str, rooms: str, browser: Browser) -> None:
    errors = list[str]()
    with device(browser, DESK, errors) as teacher, device(browser, PHONE, errors) as phone:
        screen = begun(app, rooms, teacher)
        phone.goto(f"{app}/room/{code_of(screen)}")
        expect(phone.locator(".option")).to_have_count(3)
        for page in (screen, phone):
            accessible(page)
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        phone.goto(f"{app}/room")
        accessible(phone)
    assert errors == []


def test_a_code_is_typed_on_the_page_for_it(app: str, rooms: str, browser: Browser) -> None:
    errors = list[str]()
    with device(browser, DESK, errors) as teacher, device(browser, PHONE, errors) as phone:
        screen = begun(app, rooms, teacher)
        phone.goto(f"{app}/room?lang=en")
        phone.get_by_label("Code").fill("ab0d")
        phone.get_by_role("button", name="Join").click()
        expect(phone.get_by_role("alert")).to_contain_text("look again")
        phone.get_by_label("Code").fill(" ".join(code_of(screen).lower()))
        phone.get_by_label("Code").press("Enter")
        expect(phone.locator(".option")).to_have_count(3)
    assert errors == []


def pooling(app: str, teacher: Page, lang: str) -> Page:
    """The projector's page of a class that is asked for points on the lesson's step."""
    t = language(lang)
    teacher.goto(f"{app}/train?step=own&lang={lang}&present=1")
    teacher.get_by_role("button", name=t("Collect points from the class")).click()
    screen = projected(teacher)
    expect(screen.locator("#question")).to_have_text(t("Put down up to five points."))
    return screen


def tap(phone: Page, label: int, right: float, down: float) -> None:
    """Choose a class, and put a point of it at a place within the field."""
    before = phone.locator(".plane g path").count()
    phone.locator(".option").nth(label).click()
    box = phone.locator(".plane rect").bounding_box()
    assert box is not None
    phone.mouse.click(box["x"] + right * box["width"], box["y"] + down * box["height"])
    expect(phone.locator(".plane g path")).to_have_count(before + 1)


@pytest.mark.parametrize("lang", CODES)
def test_the_points_of_three_phones_are_trained_on(
    app: str, teacher: Page, browser: Browser, lang: str
) -> None:
    t, errors = language(lang), list[str]()
    sent = t("Sent ✓ You may change it until the vote closes.")
    with three_phones(browser, errors) as phones:
        screen = pooling(app, teacher, lang)
        one = phones[0]
        for phone in phones:
            phone.goto(f"{app}/room/{code_of(screen)}")
            expect(phone.locator("#note")).to_have_text(
                t("Choose a class and tap the field. Each point is sent at once.")
            )
            expect(phone.locator(".sure")).to_have_count(0)
        for number, phone in enumerate(phones):
            tap(phone, 0, 0.2 + 0.1 * number, 0.3)
            tap(phone, 1, 0.8, 0.7 - 0.1 * number)
            expect(phone.locator("#note")).to_have_text(sent)
        for place in (0.1, 0.2, 0.3):
            tap(one, 1, place, 0.9)
        placed = one.locator("[aria-live] >> text=/5/")
        expect(placed).to_contain_text(t("{count} of {most} points", count=5, most=5))
        expect(one.get_by_role("button", name=t("Put it there"))).to_be_disabled()
        one.get_by_role("button", name=t("Take back the last point")).press("Enter")
        one.get_by_label("x₁").fill("99")
        one.get_by_role("button", name=t("Put it there")).press("Enter")
        expect(one.locator(".plane g path")).to_have_count(4)
        one.get_by_label("x₁").fill("0.5")
        one.get_by_label("x₂").fill("-0.25")
        one.get_by_label("x₂").press("Enter")
        expect(one.locator(".plane")).to_have_attribute("aria-label", re.compile(r"\(0\.5,\s−0\.25\)$"))
        expect(one.locator("#note")).to_have_text(sent)
        one.reload()
        expect(one.locator(".plane g path")).to_have_count(5)
        expect(screen.locator("#count b")).to_have_text("3")
        expect(screen.locator(".plane")).to_have_count(0)
        screen.keyboard.press("PageDown")
        expect(one.locator("#note")).to_have_text(
            t("The vote is closed. The room is waiting for the teacher.")
        )
        expect(one.locator(".put")).to_have_count(0)
        expect(one.locator(".plane g path")).to_have_count(5)
        expect(screen.locator("#note")).to_have_text(t("The vote is closed."))
        screen.keyboard.press("PageDown")
        expect(screen.locator(".plane g path")).to_have_count(9)
        expect(screen.get_by_role("button", name=t("Reveal"))).to_have_count(0)
        expect(screen.locator(".plane")).to_have_attribute("aria-label", re.compile("0: .*3.*; 1: .*6"))
        teacher.get_by_role("button", name=t("Take the class’s points ({count})", count=9)).click()
        told = t("Points of the class: {count}, from {phones} phones. Classes: {classes}.")
        expect(teacher.get_by_text(told.format(count=9, phones=3, classes=2))).to_be_visible()
        teacher.get_by_role("button", name=t("Undo")).click()
        expect(teacher.get_by_text(told.format(count=9, phones=3, classes=2))).to_have_count(0)
    assert errors == []


def test_the_field_for_points_is_accessible_and_fits(app: str, teacher: Page, browser: Browser) -> None:
    errors = list[str]()
    with device(browser, PHONE, errors) as phone:
        screen = pooling(app, teacher, "en")
        phone.route("**/points.js*", lambda route: route.abort(), times=1)
        phone.goto(f"{app}/room/{code_of(screen)}")
        expect(phone.locator(".plane")).to_be_visible()  # it was asked for again
        accessible(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert errors == []
