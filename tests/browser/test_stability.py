"""Journeys through the lesson on stability, as a reader makes them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle

# Every picture of a page is drawn anew with every move.
OTHERS = "burst,subtract,loss,nans,shift,sure-class,bugs,code,sum"


def open_lesson(page: Page, app: str, query: str = "lang=en", hide: str = OTHERS) -> Page:
    page.goto(f"{app}/stability?view=page&{query}&hide={hide}")
    page.wait_for_selector("[data-stage=film]")
    settle(page)
    expect(steps(page).locator("tbody td").last).to_be_visible()
    return page


def steps(page: Page):
    return page.get_by_role("table", name=re.compile("Every step|모든 단계"))


def cells(page: Page, row: int) -> list[str]:
    return steps(page).locator("tbody tr").nth(row).locator("td").all_inner_texts()


def test_a_teachers_link_opens_the_very_scene_in_korean(page: Page, app: str) -> None:
    open_lesson(page, app, "lang=ko&f=123,+456,+789&dtype=float32&logc=-789")
    expect(page.get_by_role("heading", level=1)).to_contain_text("소프트맥스")
    expect(page.get_by_role("textbox", name="점수", exact=True)).to_have_value("123, 456, 789")
    assert cells(page, 14)[1:] == ["inf", "666", "666"]
    assert "naive" not in page.locator("[data-testid=stMain]").inner_text().replace("softmax_naive", "")


def test_float32_is_chosen_in_the_address_and_bad_scores_are_answered(page: Page, app: str) -> None:
    open_lesson(page, app)
    assert cells(page, 14)[1:3] == ["666", "666"]
    page.get_by_role("radio", name="float32", exact=True).click()
    expect(steps(page).locator("tbody tr").nth(14).locator("td").nth(1)).to_have_text("inf")
    expect(page).to_have_url(re.compile("dtype=float32"))
    assert "f=" not in page.url, "what the reader did not touch stays out of the address"
    field = page.get_by_role("textbox", name="Scores", exact=True)
    field.fill("123, oops, 789")
    field.press("Enter")
    expect(page.get_by_text("is not a number")).to_be_visible()
    assert cells(page, 0)[0] == "123"
    expect(page.get_by_text("This page stumbled")).to_have_count(0)


def test_it_plays_until_naive_is_nan_and_shifted_is_not(page: Page, app: str) -> None:
    open_lesson(page, app)
    film = page.locator("[data-stage=film]")
    film.get_by_role("button", name="Back to the start").click()
    expect(film).to_have_attribute("data-step", "0")
    expect(film.locator("output")).to_contain_text("p(f) = 0.3")
    film.locator(".stage-plot").evaluate("node => { node.mark = 'kept'; }")
    film.get_by_role("slider", name="Position").fill("120")  # before anything breaks
    expect(film).to_have_attribute("data-step", "120")
    expect(film.locator("output")).not_to_contain_text("nan")
    film.get_by_role("button", name="Play").click()
    expect(film).to_have_attribute("data-step", "199")
    expect(film.locator("output")).to_have_text("× 2.83: p(f) = nan, p(f − max) = 1")
    assert film.locator(".stage-plot").evaluate("node => node.mark") == "kept"


def test_another_format_brings_another_film_and_another_language_does_not(page: Page, app: str) -> None:
    open_lesson(page, app)
    film = page.locator("[data-stage=film]")
    expect(film.locator(".stage-plot")).to_have_attribute(
        "aria-label", re.compile(r"lost from scores × 0\.9 on")
    )
    page.get_by_role("radio", name="float16", exact=True).click()
    expect(film.locator(".stage-plot")).to_have_attribute(
        "aria-label", re.compile(r"lost from scores × 0\.01")
    )
    film.get_by_role("slider", name="Position").fill("150")
    expect(film).to_have_attribute("data-step", "150")
    expect(film.locator("output")).to_contain_text("p(f) = nan")
    film.get_by_role("slider", name="Position").fill("40")
    expect(film).to_have_attribute("data-step", "40")
    label = film.locator("output").inner_text()
    page.get_by_role("radio", name="ko", exact=True).or_(page.get_by_text("한국어", exact=True)).first.click()
    expect(film.get_by_role("slider", name="위치")).to_have_value("40")
    expect(film.locator("output")).to_have_text(label)


def test_the_lost_sign_is_predicted_and_then_log_c_is_free(page: Page, app: str) -> None:
    page.goto(f"{app}/stability?lang=en&step=shift")
    settle(page)
    expect(page.locator(".track")).to_have_count(0)
    page.get_by_text("1578", exact=True).click()
    page.get_by_role("button", name="Certain").click()
    expect(page.get_by_text("log C = 789:")).to_be_visible()
    page.get_by_role("button", name="log C = −max").click()
    expect(page.get_by_text("log C = −789:")).to_be_visible()
    expect(page.get_by_text("[5.753e−290, 2.398e−145, 1]; next to the")).to_be_visible()
    page.locator(".track input").press("ArrowRight")
    expect(page.get_by_text("log C = −788:")).to_be_visible()
    expect(page).to_have_url(re.compile("logc=-788"))


def test_a_score_is_dragged_until_exp_bursts(page: Page, app: str) -> None:
    page.goto(f"{app}/stability?lang=en")
    settle(page)
    page.get_by_placeholder("Your number").fill("88.7")
    page.get_by_placeholder("Your number").press("Enter")
    page.get_by_role("button", name="Fairly sure").click()
    burst = page.locator("[data-stage=burst]")
    expect(burst.get_by_text("inf", exact=True)).to_be_visible()
    page.locator(".track input").press("ArrowLeft")
    expect(page.get_by_text("f = 88.5:")).to_be_visible()
    expect(burst.get_by_text("inf", exact=True)).to_have_count(0)


def test_a_bug_is_found_by_clicking_its_line_and_running_it(page: Page, app: str) -> None:
    page.goto(f"{app}/stability?lang=en&step=bugs&bug=3")
    settle(page)
    expect(page.get_by_role("button", name="Run it")).to_be_disabled()
    page.get_by_role("radio", name=re.compile(r"shifted = scores - scores\.max")).locator(
        "xpath=../.."
    ).click()
    page.get_by_role("combobox", name="Which input exposes it?").click()
    page.get_by_role("option", name="[[1000.0, 1001.0, 1002.0], [0.0, 1.0, 2.0]]").click()
    page.get_by_role("button", name="Run it").click()
    expect(page.get_by_text("They differ: this input exposes the bug.")).to_be_visible()
    row = page.get_by_role("row", name=re.compile("this code, row 1"))
    expect(row.locator("td")).to_have_text(["nan", "nan", "nan"])
    assert "line" not in page.url, "answers stay out of the address"
    page.get_by_role("radio", name="5", exact=True).click()
    expect(page.get_by_role("radio", name="3 ✓", exact=True)).to_be_visible()
    page.get_by_role("radio", name="3 ✓", exact=True).click()
    expect(page.get_by_text("They differ: this input exposes the bug.")).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_nothing_is_wider_than_a_phone(page: Page, app: str, lang: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    query = f"lang={lang}&f=-9000,+1,+2,+3,+4,+5,+6,+7.123&dtype=bfloat16"
    open_lesson(page, app, query)
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("node => node.scrollWidth <= node.clientWidth")
    rights = page.locator(".katex-display .katex-html").evaluate_all(
        "nodes => nodes.map(node => node.getBoundingClientRect().right)"
    )
    assert rights
    assert max(rights) <= 390
    last = steps(page).locator("thead th").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    expect(steps(page).locator("tbody th").first).to_be_in_viewport()


def test_no_formula_is_cut_off(page: Page, app: str) -> None:
    open_lesson(page, app, hide="")
    formulas = page.locator(".katex-display")
    for index in range(formulas.count()):
        formula = formulas.nth(index)
        formula.scroll_into_view_if_needed()
        formula.evaluate("node => node.scrollIntoView({ block: 'center' })")
        box = formula.bounding_box()
        assert box
        around = {"x": box["x"], "y": box["y"] - 6, "width": box["width"], "height": box["height"] + 12}
        shown = page.screenshot(clip=around, animations="disabled")
        formula.evaluate("node => { node.style.overflow = 'visible'; }")
        assert page.screenshot(clip=around, animations="disabled") == shown, formula.inner_text()
