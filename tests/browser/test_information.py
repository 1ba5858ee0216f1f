"""A reader drags truth and estimate, loses a product, narrows a prior and follows λ to the calibration."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import settle

ALL = ("bar", "codes", "likelihood", "prior", "halving", "sweep", "reliability")


@pytest.fixture
def lesson(page: Page, app: str) -> Page:
    return opened(page, f"{app}/information?lang=en&p=0.6,0.3,0.1&q=0.2,0.3,0.5")


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    page.wait_for_selector("[data-stage=information-reliability]:not([data-frames='0'])")
    settle(page)
    return page


def stage(page: Page, name: str) -> Locator:
    return page.locator(f"[data-stage=information-{name}]")


def frames(page: Page) -> dict[str, str | None]:
    return {name: stage(page, name).get_attribute("data-frames") for name in ALL}


def address(page: Page, name: str) -> str | None:
    return parse_qs(urlsplit(page.url).query).get(name, [None])[0]


def place(page: Page, name: str, x: float, y: float) -> tuple[float, float]:
    """Where a point of a stage's first plot is on the screen."""
    at: tuple[float, float] = tuple(
        page.evaluate(
            """([key, x, y]) => {
                const plot = document.querySelector(`[data-stage=${key}] .stage-plot`);
                const { xaxis, yaxis } = plot._fullLayout;
                const box = plot.getBoundingClientRect();
                return [box.left + xaxis._offset + xaxis.d2p(x), box.top + yaxis._offset + yaxis.d2p(y)];
            }""",
            [f"information-{name}", x, y],
        )
    )
    return at


def test_dragging_q_onto_p_leaves_only_the_entropy(lesson: Page) -> None:
    stage(lesson, "bar").scroll_into_view_if_needed()
    lesson.mouse.move(*place(lesson, "bar", 2.21, 0.5))
    lesson.mouse.down()
    lesson.mouse.move(*place(lesson, "bar", 2.21, 0.3), steps=4)
    lesson.mouse.move(*place(lesson, "bar", 2.21, 0.1), steps=4)
    lesson.mouse.up()
    lesson.wait_for_function("() => new URL(location).searchParams.get('q')?.endsWith(', 0.1')")
    q = [float(share) for share in str(address(lesson, "q")).split(",")]
    assert q == pytest.approx([0.36, 0.54, 0.1], abs=0.01)
    assert address(lesson, "p") == "0.6,0.3,0.1"
    lesson.get_by_role("button", name="q = p").click()
    expect(lesson.get_by_text("q = p: the divergence is 0")).to_be_visible()
    words = re.compile("The entropy of p, 0.898, and on top of it the divergence of q from p, 0, are")
    expect(stage(lesson, "bar").locator(".stage-plot")).to_have_attribute("aria-label", words)


def test_the_truth_is_moved_by_the_keyboard_to_one_class_and_its_entropy_goes(lesson: Page) -> None:
    handle = lesson.get_by_role("slider", name="Truth p of class 2")
    handle.press("End")
    expect(lesson.get_by_label("Truth p", exact=True)).to_have_value("0, 0, 1")
    expect(lesson.get_by_text("All of p is on one class: H(p) = 0")).to_be_visible()
    expect(handle).to_be_focused()
    expect(lesson.get_by_text("no q can go below")).to_have_count(0)
    assert address(lesson, "q") == "0.2,0.3,0.5"


def test_a_dragged_truth_is_not_smoothed_twice(page: Page, app: str) -> None:
    lesson = opened(page, f"{app}/information?lang=en&p=0,0,1&eps=0.3")
    lesson.get_by_role("slider", name="Truth p of class 2").press("ArrowUp")
    expect(lesson.get_by_label("Truth p", exact=True)).to_have_value("0.095, 0.095, 0.81")
    lesson.wait_for_function("() => !new URL(location).searchParams.get('eps')")


def test_each_slider_redraws_its_own_part_only(lesson: Page) -> None:
    for key, mine in (("many", {"likelihood"}), ("pl2", {"prior"}), ("sl2", {"sweep", "reliability"})):
        before = frames(lesson)
        lesson.locator(f".st-key-{key} input[type=range]").press(
            "ArrowLeft" if key == "many" else "ArrowRight"
        )
        for name in mine:
            expect(stage(lesson, name)).not_to_have_attribute("data-frames", str(before[name]))
        after = frames(lesson)
        assert {name for name in ALL if after[name] != before[name]} == mine


def test_a_click_on_the_curves_chooses_the_penalty_and_the_diagram_follows(lesson: Page) -> None:
    stage(lesson, "sweep").scroll_into_view_if_needed()
    lesson.mouse.click(*place(lesson, "sweep", 0.02, 3.0))
    lesson.wait_for_function("() => new URL(location).searchParams.get('sl2') === '1'")
    expect(lesson.get_by_text("Too shy.")).to_be_visible()
    expect(lesson.get_by_text("Too sure.", exact=True)).to_have_count(0)
    words = re.compile("Expected calibration error 0.29")
    expect(stage(lesson, "reliability").locator(".stage-plot")).to_have_attribute("aria-label", words)
    assert address(lesson, "pl2") is None


def test_a_prediction_is_answered_with_its_own_reason_and_not_before(lesson: Page) -> None:
    box = lesson.locator("[data-testid=stVerticalBlock]", has_text="We exchange p and q").last
    expect(lesson.get_by_text("KL is no distance")).to_have_count(0)
    box.get_by_text("It stays").click()
    expect(box.get_by_role("radio", name="It stays")).to_be_checked()
    sure = box.get_by_role("button", name="A guess")
    expect(sure).to_be_enabled()
    sure.click()
    expect(lesson.get_by_test_id("stAlertContentWarning").get_by_text("KL is no distance")).to_be_visible()
    assert address(lesson, "lang") == "en"
    assert "exchange" not in lesson.url


def test_on_a_phone_in_korean_nothing_sticks_out(page: Page, app: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, f"{app}/information?lang=ko&p=1,2,3,4,5,6,7,8&q=8,7,6,5,4,3,2,1&unit=bit&many=10000&sl2=10")
    wide = page.evaluate(
        """() => [...document.querySelectorAll('.katex-html, .stage')].filter((node) => {
            const { left, right } = node.getBoundingClientRect();
            return left < 0 || right > innerWidth;
        }).map((node) => node.textContent)"""
    )
    assert wide == []
    expect(page.get_by_text("모자란 확신.")).to_be_visible()
    expect(page.get_by_text("Too shy")).to_have_count(0)
