"""A teacher's link, as the class and the projector see it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import drag, settle

SCROLLED_TO_ITS_END = """() => {
    const box = document.querySelector("[data-testid=stPopoverBody]");
    const bottom = (part) => part.getBoundingClientRect().bottom;
    box.scrollTop = box.scrollHeight;
    const last = bottom(box.querySelector(".st-key-share-reveal"));
    return box.scrollTop > 0 && last <= bottom(box) && bottom(box) < innerHeight;
}"""


def opened(page: Page, app: str, query: str, path: str = "scores") -> Page:
    page.goto(f"{app}/{path}?lang=en{query}")
    settle(page)
    return page


def address(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_hidden_control_is_gone_and_its_value_is_not(page: Page, app: str) -> None:
    opened(page, app, "&step=numbers&hide=temperature&temperature=10")
    expect(page.locator("input[type=range][aria-label=Temperature]")).to_be_hidden()
    expect(page.get_by_role("slider", name="Add a constant to every score")).to_be_visible()
    expect(page.locator(".katex-html").filter(has_text="0.3797").first).to_be_visible()
    assert address(page)["temperature"] == ["10"]


def test_a_hidden_step_is_not_on_the_way(page: Page, app: str) -> None:
    opened(page, app, "&hide=three,compute")  # the second by the name that it had once
    expect(page.locator(".way-steps a[data-step=two]")).to_have_count(1)
    for gone in ("three", "numbers"):
        expect(page.locator(f".way-steps a[data-step={gone}]")).to_have_count(0)
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)


def test_predictions_scenes_worked_lines_and_code_are_hidden_wherever_they_stand(
    page: Page, app: str
) -> None:
    opened(page, app, "&view=page&hide=predict,scenes,fading,code")
    for text in ("It rises", "A tie", "3. On your own", "The code that ran", "A guess"):
        expect(page.get_by_text(text, exact=True).first).to_be_hidden()
    expect(page.get_by_label("Scores", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Two classes: the sigmoid")).to_be_visible()
    expect(page.locator(".diary")).to_be_visible()
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)


def test_the_projector_is_large_and_esc_leads_back(page: Page, app: str) -> None:
    opened(page, app, "&present=1&scores=1,2,3")
    expect(page.locator("[data-testid=stHeader]")).to_be_hidden()
    expect(page.get_by_role("radio", name="ko", exact=True)).to_be_hidden()
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 20
    page.keyboard.press("Escape")
    expect(page.get_by_role("radio", name="ko", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Leave")).to_have_count(0)
    page.wait_for_function("() => !new URL(location).searchParams.has('present')")
    assert address(page)["scores"] == ["1,2,3"]


def test_on_the_projector_pictures_are_enlarged_and_a_pointer_means_what_it_points_at(
    page: Page, app: str
) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    opened(page, app, "&present=1&scores=1,2,3")
    drawn, designed = page.evaluate(
        """() => {
            const text = document.querySelector('[data-stage=scores-bars] .bartext');
            return [text.getBoundingClientRect().height, text.getBBox().height];
        }"""
    )
    assert drawn / designed == pytest.approx(1.35, abs=0.01)
    handle = page.locator("[data-stage=scores-bars] [role=slider]").first
    _, y = drag(page, handle, (0, -60))
    page.wait_for_function("() => !new URL(location).searchParams.get('scores').startsWith('1,')")
    settle(page)
    after = handle.bounding_box()
    assert after is not None
    assert after["y"] + after["height"] / 2 == pytest.approx(y - 60, abs=4)
    frame, foot = (
        page.locator(f"[data-stage=scores-bars] {part}").bounding_box()
        for part in (".stage-plot", ".stage-foot")
    )
    assert frame is not None
    assert foot is not None
    assert frame["y"] + frame["height"] <= foot["y"] + 1


def test_a_link_is_made_by_keyboard_and_shows_the_class_what_it_says(page: Page, app: str) -> None:
    opened(page, app, "&step=numbers&scores=1,2,3")
    expect(page.get_by_alt_text("QR code of the link")).to_have_count(0)
    page.locator("input[type=range][aria-label=Temperature]").press("End")
    page.wait_for_function("() => new URL(location).searchParams.get('temperature') === '10'")
    page.get_by_role("button", name="Share a link").press("Enter")
    expect(page.get_by_alt_text("QR code of the link")).to_be_visible()
    page.locator(".st-key-share-parts summary").press("Enter")
    part = page.locator(".st-key-share-hide button", has_text="(temperature)")
    expect(part).to_have_text("Temperature (temperature)")
    part.press("Enter")
    page.get_by_label("For a projector: large, without the menu").press("Space")
    code = page.locator(".st-key-share-lang").get_by_role("radio", name="ko", exact=True)
    code.click()
    link = page.locator("[data-testid=stCode] code")
    expect(link).to_contain_text("lang=ko&hide=temperature&present=1")
    sheet = page.get_by_role("link", name="Worksheet with answers")
    expect(sheet).to_have_attribute("href", f"{app}/worksheet/scores?lang=ko&key=1")
    address_of = link.inner_text().strip()
    wanted = parse_qs(urlsplit(address_of).query)
    assert wanted["scores"] == ["1,2,3"]
    assert wanted["temperature"] == ["10"]
    assert "hide" not in address(page)
    page.goto(address_of)
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("점수는 어떻게 확률이 될까요?")
    expect(page.locator(".st-key-temperature")).to_be_hidden()
    expect(page.locator("[data-testid=stHeader]")).to_be_hidden()


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_whole_box_is_seen_at_once_and_its_last_part_by_scrolling_when_it_grows(
    page: Page, app: str, lang: str
) -> None:
    page.goto(f"{app}/scores?lang={lang}&scores=1,2,3")
    for width, height in ((1400, 900), (1366, 768), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        page.locator(".st-key-share button").first.click()
        last = page.locator(".st-key-share-reveal")
        expect(page.locator("[data-testid=stPopoverBody] img")).to_be_in_viewport(ratio=1)
        expect(last).to_be_in_viewport(ratio=1)
        page.locator(".st-key-share-parts summary").click()
        page.wait_for_function(SCROLLED_TO_ITS_END)
        page.locator(".st-key-share-parts summary").click()
        page.keyboard.press("Escape")
        expect(last).to_have_count(0)


def test_a_teacher_reveals_all_answers_on_this_screen_alone(page: Page, app: str) -> None:
    opened(page, app, "")
    expect(page.get_by_text("Every exponential and the sum grow by the same factor")).to_have_count(0)
    page.get_by_role("button", name="Share a link").click()
    page.get_by_text("Reveal all answers on this screen").click()
    expect(page.get_by_text("Every exponential and the sum grow by the same factor")).to_have_count(1)
    assert address(page) == {"lang": ["en"], "step": ["shift"], "constant": ["100"]}
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Stability", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why does softmax break, and what repairs it?")
    settle(page)
    expect(page.get_by_role("button", name="Show me", exact=True)).to_have_count(0)
    assert (
        page.evaluate("(JSON.parse(localStorage.getItem('softmax-lab-diary')) ?? { answers: [] }).answers")
        == []
    )
