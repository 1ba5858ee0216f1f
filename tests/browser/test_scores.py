"""A reader moves scores, a constant and a temperature, and everything that should follow does."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import go, settle


@pytest.fixture
def lesson(page: Page, app: str) -> Page:
    page.goto(f"{app}/scores?lang=en&step=softmax")
    page.wait_for_selector("[data-stage=scores-bars]:not([data-frames='0'])")
    settle(page)
    return page


def bars(page: Page, stage: str = "scores-bars") -> Locator:
    return page.locator(f"[data-stage={stage}]")


def address(page: Page, name: str) -> str | None:
    return parse_qs(urlsplit(page.url).query).get(name, [None])[0]


LABELS = """([stage, axis]) => {
    const plot = document.querySelector(`[data-stage=${stage}] .stage-plot`);
    return plot._fullLayout.annotations.flatMap(({ xref }, index) => xref === axis
        ? [plot.querySelector(`.annotation[data-index="${index}"] text`).textContent] : []);
}"""


def labels(page: Page, stage: str = "scores-bars") -> list[str]:
    """What stands over the probabilities."""
    found: list[str] = page.evaluate(LABELS, [stage, "x3"])
    return found


def weights(page: Page, stage: str) -> Locator:
    """What stands over the exponentials."""
    return bars(page, stage).locator(".subplot.x2y2 .bartext")


def arrived(page: Page, step: str) -> None:
    expect(page.locator(f".way-steps a[data-step={step}]")).to_have_attribute("aria-current", "step")
    settle(page)


def shown(page: Page, step: str) -> Page:
    """A step whose answer the reader has asked to be shown."""
    go(page, step)
    page.get_by_role("button", name="Show me").click()
    expect(page.locator(".track")).to_be_visible()
    settle(page)
    return page


def nudge(page: Page, label: str, key: str = "ArrowRight") -> None:
    page.locator(f"input[type=range][aria-label='{label}']").press(key)


def place(page: Page, x: float, y: float, axes: str = "") -> tuple[float, float]:
    """Where a point of a panel is on the screen."""
    return tuple(
        page.evaluate(
            """([x, y, axes]) => {
                const plot = document.querySelector('[data-stage=scores-bars] .stage-plot');
                const { [`xaxis${axes}`]: across, [`yaxis${axes}`]: up } = plot._fullLayout;
                const box = plot.getBoundingClientRect();
                return [box.left + across._offset + across.d2p(x), box.top + up._offset + up.d2p(y)];
            }""",
            [x, y, axes],
        )
    )


def test_a_bar_is_dragged_and_the_address_follows(lesson: Page) -> None:
    bars(lesson).scroll_into_view_if_needed()
    lesson.mouse.move(*place(lesson, 2, 0.28))
    lesson.mouse.down()
    lesson.mouse.move(*place(lesson, 2, 1.5))
    lesson.mouse.move(*place(lesson, 2, 3.0), steps=8)
    lesson.mouse.up()
    expect(lesson.get_by_label("Scores", exact=True)).to_have_value("-2.85, 0.86, 3")
    assert address(lesson, "scores") == "-2.85, 0.86, 3"
    assert address(lesson, "temperature") is None


def test_a_forbidden_class_is_pulled_up_from_the_lower_edge(page: Page, app: str) -> None:
    page.goto(f"{app}/scores?lang=ko&step=softmax&scores=-inf,0.86,0.28")
    page.wait_for_selector("[data-stage=scores-bars]:not([data-frames='0'])")
    settle(page)
    page.get_by_text("en", exact=True).click()
    handle = bars(page).get_by_role("slider", name="Score of cat")
    expect(handle).to_have_attribute("aria-valuetext", "−∞")
    expect(bars(page).locator(".stage-plot")).to_have_attribute(
        "aria-label", re.compile("cat: score −∞, exponential 0, probability 0")
    )
    assert labels(page) == ["0", "0.6411", "0.3589"]
    handle.press("ArrowUp")
    field = page.get_by_label("Scores", exact=True)
    expect(field).to_have_value("-4.95, 0.86, 0.28")
    expect(handle).to_have_attribute("aria-valuetext", "−4.95")
    field.fill("float('-inf'), 0, −∞")
    field.press("Enter")
    expect(handle).to_have_attribute("aria-valuetext", "−∞")
    assert address(page, "scores") == "float('-inf'), 0, −∞"


def test_an_axis_does_not_run_away_under_a_drag(page: Page, app: str) -> None:
    page.goto(f"{app}/scores?lang=en&step=softmax&scores=90,1,0")
    page.wait_for_selector("[data-stage=scores-bars]:not([data-frames='0'])")
    settle(page)
    handle = bars(page).get_by_role("slider", name="Score of cat")
    for score in (80, 70, 60, 50, 40, 30):
        handle.press("PageDown")
        expect(page.get_by_label("Scores", exact=True)).to_have_value(f"{score}, 1, 0")
    expect(handle).to_have_attribute("aria-valuemax", "100")
    expect(handle).to_be_focused()


def test_the_constant_moves_the_exponentials_and_no_probability(lesson: Page) -> None:
    probabilities = labels(lesson)
    assert probabilities == ["0.01545", "0.6312", "0.3534"]
    shown(lesson, "shift")
    expect(lesson.locator("[data-stage=scores-shift] .stage-plot")).to_have_attribute(
        "aria-label", re.compile("score 100.86")
    )
    assert labels(lesson, "scores-shift") == probabilities
    second = weights(lesson, "scores-shift").nth(1)
    before = second.text_content() or ""
    nudge(lesson, "Add a constant to every score", "ArrowLeft")
    expect(second).not_to_have_text(before)
    assert labels(lesson, "scores-shift") == probabilities


def test_a_slider_goes_with_its_words_when_another_answer_is_chosen(lesson: Page) -> None:
    """They are drawn apart from the question."""
    shown(lesson, "shift")
    nudge(lesson, "Add a constant to every score", "ArrowLeft")
    told = lesson.get_by_text("is in every score. It cancels")
    expect(told).to_contain_text("99")
    lesson.get_by_role("radiogroup").get_by_text("It rises").click()
    expect(lesson.locator(".track")).to_have_count(0)
    expect(told).to_have_count(0)
    lesson.get_by_role("button", name="Show me").click()
    expect(lesson.locator(".track")).to_be_visible()
    expect(told).to_have_count(1)


def test_the_temperature_moves_every_probability_and_not_the_scores(lesson: Page) -> None:
    before = labels(lesson)
    shown(lesson, "sharpness")
    assert labels(lesson, "scores-warm") != before
    nudge(lesson, "Temperature", "End")
    lesson.wait_for_function("() => new URL(location).searchParams.get('temperature') === '10'")
    expect(bars(lesson, "scores-warm").locator(".stage-plot")).to_have_attribute(
        "aria-label", re.compile("score −0.285")
    )
    settle(lesson)
    after = labels(lesson, "scores-warm")
    assert all(one != other for one, other in zip(before, after, strict=True))
    assert address(lesson, "scores") is None


def test_a_clicked_bar_is_highlighted_and_again_not(lesson: Page) -> None:
    chosen = lesson.locator(".st-key-focus").get_by_role("radio", name="dog")
    lesson.mouse.click(*place(lesson, 1, 0.3, "3"))
    expect(chosen).to_be_checked()
    assert address(lesson, "focus") == "dog"
    lesson.mouse.click(*place(lesson, 1, 0.3, "2"))
    expect(chosen).not_to_be_checked()
    assert address(lesson, "focus") is None


def test_a_scene_is_a_link_that_another_reader_can_open(lesson: Page, app: str) -> None:
    lesson.get_by_role("button", name="Two classes").click()
    lesson.wait_for_function("() => new URL(location).searchParams.get('names') === 'spam, mail'")
    lesson.goto(lesson.url.replace("lang=en", "lang=ko"))
    settle(lesson)
    expect(lesson.get_by_label("점수", exact=True)).to_have_value("1.5, -0.5")
    assert len(labels(lesson)) == 2


def test_what_one_step_sets_the_others_know_also_after_a_reload(lesson: Page) -> None:
    lesson.get_by_role("button", name="Two classes").click()
    lesson.wait_for_function("() => new URL(location).searchParams.get('names') === 'spam, mail'")
    for step in ("sharpness", "two"):
        lesson.get_by_role("button", name="Next", exact=True).click()
        arrived(lesson, step)
    assert address(lesson, "step") == "two"
    lesson.reload()
    settle(lesson)
    assert (address(lesson, "step"), address(lesson, "names")) == ("two", "spam, mail")
    for step in ("sharpness", "softmax"):
        lesson.get_by_role("button", name="Back", exact=True).click()
        arrived(lesson, step)
    expect(lesson.get_by_label("Scores", exact=True)).to_have_value("1.5, -0.5")


def test_a_typing_error_is_answered_and_the_chart_stays(lesson: Page) -> None:
    probabilities = labels(lesson)
    field = lesson.get_by_label("Scores", exact=True)
    field.fill("1, two, 3")
    field.press("Enter")
    expect(lesson.get_by_text("Score 2, “two”, is not a number.")).to_be_visible()
    expect(field).to_have_value("1, two, 3")
    assert labels(lesson) == probabilities


def test_on_a_phone_the_panels_stand_under_each_other_and_nothing_sticks_out(page: Page, app: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{app}/scores?lang=ko&step=softmax&scores=-2.85,0.86,0.28,5,-4,9.5,1.25,7&focus=dog")
    page.wait_for_selector("[data-stage=scores-bars]:not([data-frames='0'])")
    settle(page)
    tops = [place(page, 0, 0, axes)[1] for axes in ("", "2", "3")]
    assert tops == sorted(tops)
    wide = page.evaluate(
        """() => [...document.querySelectorAll('.katex-html, .stage')].filter((node) => {
            const { left, right } = node.getBoundingClientRect();
            return left < 0 || right > innerWidth;
        }).length"""
    )
    assert wide == 0


def test_a_prediction_is_judged_only_when_it_is_checked(lesson: Page) -> None:
    go(lesson, "shift")
    lesson.get_by_text("It stays", exact=True).click()
    expect(lesson.get_by_text("Only differences count.")).to_have_count(0)
    lesson.get_by_role("button", name="Fairly sure").first.click()
    answer = lesson.get_by_test_id("stAlertContentSuccess")
    expect(answer.get_by_text("0.01545 before, 0.01545 after")).to_be_visible()
    expect(lesson.locator(".track")).to_be_visible()


def test_a_class_is_lit_in_its_bars_and_in_the_formula_by_pointer_and_by_keyboard(lesson: Page) -> None:
    terms = lesson.locator(".katex [style*='rgb(1, 1, 1)']")
    bar = bars(lesson).locator(".barlayer .point:nth-child(2) path").first
    others = lesson.locator(".katex [style*='rgb(1, 1, 2)']")
    lit, plain = ("outline-style", "solid"), ("outline-style", "none")

    bars(lesson).locator("[data-handle='1']").focus()
    expect(terms.first).to_have_css(*lit)
    expect(others.first).to_have_css(*plain)
    expect(bar).to_have_css("stroke-width", "3px")
    bars(lesson).locator("[data-handle='0']").focus()
    expect(terms.first).to_have_css(*plain)
    lesson.evaluate("document.activeElement.blur()")

    terms.last.hover()
    expect(bar).to_have_css("stroke-width", "3px")
    lesson.mouse.move(*place(lesson, 2, 0.3, "2"))
    expect(others.first).to_have_css(*lit)
    expect(bar).not_to_have_css("stroke-width", "3px")
