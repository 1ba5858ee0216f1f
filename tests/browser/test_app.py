"""The app as a reader meets it: links, languages, themes, phones, and nothing from anywhere else."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from lessons import LESSONS, PAGES
from tests.browser.conftest import settle
from ui.lesson import Lesson
from ui.text import language

LIMIT = 3_000_000


def visit(page: Page, app: str, lesson: Lesson, code: str, query: str = "") -> None:
    page.goto(f"{app}/{lesson.path}?lang={code}{query}")
    expect(page.get_by_role("heading", level=1)).to_have_text(language(code)(lesson.question))
    settle(page)


@pytest.mark.parametrize("slug", ["home", "stability", "train"])
def test_a_cold_link_opens_the_page_in_its_frame_light_and_from_here_alone(
    page: Page, app: str, slug: str
) -> None:
    lesson = next(each for each in PAGES if each.slug == slug)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.on(
        "Network.webSocketFrameReceived", lambda event: sizes.append(len(event["response"]["payloadData"]))
    )
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    refused: list[str] = []
    page.on(
        "console", lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None
    )
    t = language("ko")  # test_steps.py opens every lesson in English
    visit(page, app, lesson, t.code)
    expect(page.get_by_role("link", name=t(LESSONS[0].title), exact=True).first).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == t.code
    expect(page).to_have_title(f"{t(lesson.title)} · Softmax Lab")
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    session.detach()
    assert hosts - {""} == {urlsplit(app).netloc}
    assert refused == []
    assert 100_000 < sum(sizes) < LIMIT


def test_a_scene_outlasts_a_change_of_language_and_of_the_page(page: Page, app: str) -> None:
    visit(page, app, LESSONS[0], "en", "&scores=1,2,4")
    ko = language("ko")
    page.get_by_role("radio", name="ko", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ko(LESSONS[0].question))
    settle(page)
    query = parse_qs(urlsplit(page.url).query)
    assert query["lang"] == ["ko"]
    assert query["scores"] == ["1,2,4"]
    expect(page.get_by_label(ko("Scores"), exact=True).first).to_have_value("1,2,4")
    assert page.evaluate("document.documentElement.lang") == "ko"
    for lesson in (LESSONS[1], LESSONS[0]):
        page.get_by_role("link", name=ko(lesson.title), exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(ko(lesson.question))
        settle(page)
    expect(page.get_by_label(ko("Scores"), exact=True).first).to_have_value("1,2,4")
    assert parse_qs(urlsplit(page.url).query)["lang"] == ["ko"]


def test_what_streamlit_says_itself_follows_the_language(page: Page, app: str) -> None:
    visit(page, app, LESSONS[0], "ko", "&step=softmax")
    field = page.get_by_label(language("ko")("Scores"), exact=True).first
    field.press_sequentially("1")  # and not yet Enter
    expect(page.get_by_text("Enter를 눌러 적용")).to_be_visible()
    expect(page.get_by_text("Press Enter to apply")).to_have_count(0)
    expect(page.get_by_role("navigation", name="앱 페이지")).to_be_visible()
    expect(page.get_by_role("button", name="점수 도움말")).to_have_count(1)
    field.press("Enter")
    page.wait_for_function("() => new URL(location).searchParams.has('scores')")
    settle(page)
    page.get_by_role("radio", name="en", exact=True).click()
    expect(page.get_by_role("navigation", name="App pages")).to_be_visible()
    expect(page.get_by_role("link", name="Skip to main content")).to_have_count(1)
    expect(page.get_by_role("button", name="Help for Scores")).to_have_count(1)


def test_a_link_with_impossible_values_is_answered_and_still_opens(page: Page, app: str) -> None:
    visit(page, app, LESSONS[0], "ko", "&temperature=1e9&scores=1,zwei,3")
    ko = language("ko")
    expect(page.get_by_text("1e9")).to_be_visible()
    expect(page.get_by_text("zwei").last).to_be_visible()
    expect(page.get_by_label(ko("Scores"), exact=True).first).to_have_value("1,zwei,3")
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def test_an_idle_page_costs_the_server_nothing(page: Page, app: str) -> None:
    visit(page, app, LESSONS[0], "en")
    page.wait_for_timeout(1000)
    sent: list[object] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.webSocketFrameSent", lambda event: sent.append(event))
    session.on("Network.requestWillBeSent", lambda event: sent.append(event))
    page.wait_for_timeout(2000)
    assert sent == []


def test_going_back_brings_the_scene_back(page: Page, app: str) -> None:
    visit(page, app, LESSONS[0], "en", "&scores=1,2,3&temperature=2")
    page.get_by_role("link", name="Home", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PAGES[0].question)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(LESSONS[0].question)
    expect(page.get_by_label("Scores", exact=True).first).to_have_value("1,2,3")
    query = parse_qs(urlsplit(page.url).query)
    assert (query["scores"], query["temperature"]) == (["1,2,3"], ["2"])


def test_the_question_stands_where_it_stays_before_its_page_is_there(page: Page, app: str) -> None:
    tab = page.context.new_page()  # a tab keeps its scripts for every later page
    tab.add_init_script(
        """window.placeOf = () => {
            const { left, top } = document.querySelector('h1').getBoundingClientRect();
            return [left, top];
        };
        new MutationObserver(() => {
            if (!window.first && document.querySelector('h1') && !document.querySelector('.st-key-lang'))
                window.first = placeOf();
        }).observe(document, { childList: true, subtree: true });"""
    )
    tab.goto(f"{app}/scores?lang=en")
    settle(tab)
    first, last = tab.evaluate("[window.first, placeOf()]")
    tab.close()
    assert first == last
