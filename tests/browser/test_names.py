"""A reader walks over the map of names and answers the quiz."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from lessons.names.model import RELATIONS, TERMS
from tests.browser.conftest import settle

PLACE = """([x, y]) => {
    const plot = document.querySelector('[data-stage=names-map] .stage-plot');
    const { xaxis, yaxis } = plot._fullLayout, box = plot.getBoundingClientRect();
    return [box.left + xaxis._offset + xaxis.d2p(x), box.top + yaxis._offset + yaxis.d2p(y)];
}"""


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    settle(page)
    return page


@pytest.fixture
def lesson(page: Page, app: str) -> Page:
    return opened(page, f"{app}/names?lang=en&step=map")


def card(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=3, name=name, exact=True)).to_be_visible()


def test_a_clicked_name_opens_its_card_and_the_link_carries_it(lesson: Page) -> None:
    lesson.locator("[data-stage=names-map]").scroll_into_view_if_needed()
    drawn = lesson.locator("[data-stage=names-map]").get_attribute("data-frames")
    lesson.mouse.move(*lesson.evaluate(PLACE, list(TERMS["hinge loss"].place)))
    expect(lesson.locator(".hoverlayer .hovertext")).to_contain_text("hinge loss")  # a click is one on this
    lesson.mouse.click(*lesson.evaluate(PLACE, list(TERMS["hinge loss"].place)))
    card(lesson, "hinge loss")
    expect(lesson.locator("[data-stage=names-map]")).not_to_have_attribute("data-frames", drawn)
    assert parse_qs(urlsplit(lesson.url).query)["term"] == ["hinge loss"]
    expect(lesson.get_by_role("heading", level=3, name="softmax loss", exact=True)).to_have_count(0)


def test_the_map_is_walked_by_keyboard_alone(lesson: Page) -> None:
    lesson.get_by_role("radio", name="softmax loss", exact=True).focus()
    lesson.keyboard.press("ArrowRight")
    lesson.keyboard.press(" ")
    card(lesson, "log loss")
    way = lesson.get_by_role("button", name="probability", exact=True)
    way.focus()
    lesson.keyboard.press("Enter")
    card(lesson, "probability")
    expect(lesson.get_by_role("radio", name="probability", exact=True)).to_be_checked()
    picture = lesson.locator("[data-stage=names-map] .stage-plot")
    expect(picture).to_have_attribute("aria-label", re.compile("Chosen: probability"))
    expect(lesson.get_by_role("radio", name="log loss", exact=True).first).not_to_be_checked()


def test_the_quiz_judges_marks_its_card_and_brings_another(page: Page, app: str) -> None:
    opened(page, f"{app}/names?lang=en&step=cards")
    page.get_by_role("radiogroup").last.get_by_text("score", exact=True).click()
    page.get_by_role("button", name="A guess").click()
    verdict = page.get_by_test_id("stAlert").filter(has_text="The formula of score is")
    expect(verdict).to_be_visible()
    expect(page.get_by_role("button", name="1 ✗", exact=True)).to_be_visible()
    page.get_by_role("button", name="Another one").click()
    expect(page.get_by_text("Which name is described?").first).to_be_visible()
    expect(verdict).to_have_count(0)
    assert parse_qs(urlsplit(page.url).query)["quiz"] == ["2"]


def test_on_a_korean_phone_no_name_is_cut_off(page: Page, app: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, f"{app}/names?lang=ko&step=map&term=SVM")
    outside = page.evaluate(
        """() => [...document.querySelectorAll('[data-stage=names-map] .annotation')].filter((node) => {
            const { left, right } = node.getBoundingClientRect();
            return left < 0 || right > innerWidth;
        }).length"""
    )
    assert outside == 0
    names = page.locator("[data-stage=names-map] .annotation")
    verbs = [relation for relation in RELATIONS if "SVM" in relation.ends]
    expect(names).to_have_count(len(TERMS) + len(RELATIONS) + len(verbs))
