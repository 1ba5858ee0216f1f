"""A reader drags truth and estimate, loses a product, narrows a prior and follows λ to the calibration."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import settle

FREE = "p=0.6,0.3,0.1&q=0.2,0.3,0.5"


@pytest.fixture
def lesson(page: Page, app: str) -> Page:
    return opened(page, f"{app}/information?lang=en&step=parts&unit=nat&{FREE}")


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    page.wait_for_selector("[data-stage^=information-]:not([data-frames='0'])")
    settle(page)
    return page


def stage(page: Page, name: str) -> Locator:
    return page.locator(f"[data-stage=information-{name}]")


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


def test_the_surprise_is_sketched_and_the_curve_then_runs_through_it(page: Page, app: str) -> None:
    opened(page, f"{app}/information?lang=en&step=surprise")
    spoken, sketch = stage(page, "coin").locator(".stage-plot"), stage(page, "coin")
    expect(spoken).not_to_have_attribute("aria-label", re.compile("true|It lies on a curve"))
    page.mouse.move(*place(page, "coin", 0.25, 1.0))
    page.mouse.down()
    page.mouse.move(*place(page, "coin", 0.25, 2.0), steps=4)
    page.mouse.up()
    expect(spoken).to_have_attribute("aria-label", re.compile("q = ¼: yours 2;"))
    sketch.get_by_role("slider", name="Your surprise at q = ⅛").press("End")
    expect(spoken).to_have_attribute("aria-label", re.compile("q = ⅛: yours 5;"))
    sketch.get_by_role("slider", name="Your surprise at q = 1").press("Home")
    expect(spoken).to_have_attribute("aria-label", re.compile("q = 1: yours 0."))
    page.locator(".st-key-information-coin-check button").click()
    expect(page.get_by_text("2 of your 3 points are right. At q = ⅛ you drew 5").first).to_be_visible()
    expect(spoken).to_have_attribute("aria-label", re.compile("a curve .* q = ⅛: yours 5, true 3;"))


def test_dragging_q_onto_p_leaves_only_the_entropy(lesson: Page) -> None:
    stage(lesson, "bar").scroll_into_view_if_needed()
    lesson.mouse.move(*place(lesson, "bar", 2.21, 0.5))
    lesson.mouse.down()
    lesson.mouse.move(*place(lesson, "bar", 2.21, 0.3), steps=4)
    lesson.mouse.move(*place(lesson, "bar", 2.21, 0.1), steps=4)
    lesson.mouse.up()
    lesson.wait_for_function("() => new URL(location).searchParams.get('q')?.endsWith(', 0.1')")
    q = [float(probability) for probability in str(address(lesson, "q")).split(",")]
    assert q == pytest.approx([0.36, 0.54, 0.1], abs=0.01)
    assert address(lesson, "p") == "0.6,0.3,0.1"
    lesson.get_by_role("button", name="q = p").click()
    expect(lesson.get_by_text("q = p: the divergence is 0")).to_be_visible()
    words = re.compile("The entropy of p, 0.898, and on top of it the divergence of q from p, 0, are")
    expect(stage(lesson, "bar").locator(".stage-plot")).to_have_attribute("aria-label", words)


def test_the_truth_is_moved_by_the_keyboard_to_one_class_and_its_entropy_goes(lesson: Page) -> None:
    handle = lesson.get_by_role("slider", name="Truth p of class 2")
    handle.press("End")
    lesson.wait_for_function("() => new URL(location).searchParams.get('p') === '0, 0, 1'")
    expect(lesson.get_by_text("All of p is on one class: H(p) = 0")).to_be_visible()
    expect(handle).to_be_focused()
    expect(lesson.get_by_text("no q can go below")).to_have_count(0)
    assert address(lesson, "q") == "0.2,0.3,0.5"


def test_a_dragged_truth_is_not_smoothed_twice(page: Page, app: str) -> None:
    lesson = opened(page, f"{app}/information?lang=en&step=parts&p=0,0,1&q=1,1,1&eps=0.3")
    lesson.get_by_role("slider", name="Truth p of class 2").press("ArrowUp")
    lesson.wait_for_function("() => new URL(location).searchParams.get('p') === '0.095, 0.095, 0.81'")
    lesson.wait_for_function("() => !new URL(location).searchParams.get('eps')")


def test_a_shorter_word_makes_the_others_longer(page: Page, app: str) -> None:
    lesson = opened(page, f"{app}/information?lang=en&step=codes")
    handle = lesson.get_by_role("slider", name="Length of the word for class 0")
    handle.press("Home")
    lesson.wait_for_function("() => new URL(location).searchParams.get('q')?.startsWith('0.8409')")
    q = [float(probability) for probability in str(address(lesson, "q")).split(",")]
    assert sum(q) == pytest.approx(1, abs=1e-3)
    assert q[1] < 0.5
    lesson.get_by_role("button", name="Made for p").click()
    expect(lesson.get_by_text("just what lies below the dashed line")).to_be_visible()


def test_a_click_on_the_curves_chooses_the_penalty_and_the_diagram_follows(page: Page, app: str) -> None:
    lesson = opened(page, f"{app}/information?lang=en&step=sureness")
    lesson.locator(".st-key-information-strong-show button").click()
    expect(lesson.locator(".st-key-lambda")).to_be_visible()
    settle(lesson)
    lesson.mouse.click(*place(lesson, "sweep", 0.02, 3.0))
    lesson.wait_for_function("() => new URL(location).searchParams.get('lambda') === '1'")
    lesson.get_by_role("button", name="Next", exact=True).click()
    expect(lesson.get_by_text("Too shy.")).to_be_visible()
    words = re.compile("Expected calibration error 0.29")
    expect(stage(lesson, "reliability").locator(".stage-plot")).to_have_attribute("aria-label", words)


def test_a_prediction_is_answered_with_its_own_reason_and_not_before(page: Page, app: str) -> None:
    lesson = opened(page, f"{app}/information?lang=en&step=exchange&{FREE}")
    expect(lesson.get_by_text("KL is no distance")).to_have_count(0)
    expect(stage(lesson, "exchange").get_by_text("H(q, p)")).to_have_count(0)
    lesson.get_by_text("It stays").click()
    lesson.locator(".st-key-information-exchange-guess button").click()
    expect(lesson.get_by_test_id("stAlertContentWarning").get_by_text("KL is no distance")).to_be_visible()
    expect(stage(lesson, "exchange").get_by_text("H(q, p)")).to_have_count(1)


def test_on_a_phone_in_korean_nothing_sticks_out(page: Page, app: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, f"{app}/information?lang=ko&view=page&p=1,2,3,4,5,6,7,8&q=8,7,6,5,4,3,2,1&many=10000&sl2=10")
    wide = page.evaluate(
        """() => [...document.querySelectorAll('.katex-html, .stage')].filter((node) => {
            const { left, right } = node.getBoundingClientRect();
            return left < 0 || right > innerWidth;
        }).map((node) => node.textContent)"""
    )
    assert wide == []
    expect(page.get_by_text("모자란 확신.")).to_be_visible()
    expect(page.get_by_text("Too shy")).to_have_count(0)
