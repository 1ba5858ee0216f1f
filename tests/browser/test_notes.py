"""A reader looks a number up and follows its link."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle

PLACE = """([x, y]) => {
    const plot = document.querySelector('[data-stage=notes-off] .stage-plot');
    const { xaxis, yaxis } = plot._fullLayout, box = plot.getBoundingClientRect();
    return [box.left + xaxis._offset + xaxis.d2p(x), box.top + yaxis._offset + yaxis.d2p(y)];
}"""


CUT_OFF = """() => {
    const stage = document.querySelector('[data-stage=notes-off]');
    const frame = stage.querySelector('svg.main-svg').getBoundingClientRect();
    return [...stage.querySelectorAll('.main-svg text')].filter((text) => {
        const box = text.getBoundingClientRect();
        return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1
            || box.top < frame.top - 1 || box.bottom > frame.bottom + 1);
    }).map((text) => text.textContent);
}"""


AS_WIDE_AS_ITS_PLACE = """() => {
    const plot = document.querySelector('[data-stage=notes-off] .stage-plot');
    return Math.abs(plot._fullLayout.width - plot.clientWidth) <= 1;
}"""


ON_EACH_OTHER = """() => {
    const stage = document.querySelector('[data-stage=notes-off]');
    const words = [...stage.querySelectorAll(':is(.ytick, .xtick, .annotation) text')]
        .map((text) => [text.textContent, text.getBoundingClientRect()]);
    return words.flatMap(([one, a], i) => words.slice(i + 1).filter(([, b]) =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)
        .map(([other]) => `${one} | ${other}`));
}"""


def opened(page: Page, app: str, query: str) -> Page:
    page.goto(f"{app}/notes?lang=en&{query}")
    settle(page)
    return page


def test_a_clicked_mark_opens_its_row(page: Page, app: str) -> None:
    lesson = opened(page, app, "step=rows")
    lesson.locator("[data-stage=notes-off]").scroll_into_view_if_needed()
    marks = "document.querySelector('[data-stage=notes-off] .stage-plot').data[2]"
    at = lesson.evaluate(f"[{marks}.x.at(-1), {marks}.y.at(-1)]")
    lesson.mouse.move(*lesson.evaluate(PLACE, at))
    lesson.mouse.click(*lesson.evaluate(PLACE, at))
    expect(lesson.get_by_role("heading", name="19 · At the start")).to_be_visible()
    expect(lesson.get_by_text("loses a sign")).to_be_visible()
    expect(lesson.get_by_text("The last score leaves out its bias")).to_have_count(0)
    assert parse_qs(urlsplit(lesson.url).query)["row"] == ["19"]


def test_the_rows_are_walked_by_keyboard(page: Page, app: str) -> None:
    lesson = opened(page, app, "step=rows")
    field = lesson.get_by_label("Number of the row")
    field.focus()
    lesson.keyboard.press("ArrowUp")
    lesson.keyboard.press("Enter")
    expect(lesson.get_by_role("heading", name="2 · Hinge loss with Δ = 10")).to_be_visible()
    expect(lesson.get_by_role("heading", name="1 · Scores of the cat picture")).to_have_count(0)


#: A row, what its link sets in the other lesson, and what stands there.
LINKS: list[tuple[int, dict[str, str], str | None]] = [
    (2, {"s": "13, -7, 11", "target": "0", "margin": "10"}, "Hinge: 8"),
    (16, {"logc": "789"}, "log C = 789:"),
    (10, {"scores": "0.5, -1, 0", "step": "numbers"}, None),
]


def test_a_link_opens_the_lesson_with_that_input_beside_this_one(page: Page, app: str) -> None:
    lesson = opened(page, app, "step=table")
    for row, fields, words in LINKS:
        way = lesson.get_by_test_id("stTable").get_by_role("row").nth(row).get_by_role("link")
        with lesson.context.expect_page() as opening:
            way.click()
        there = opening.value
        settle(there)
        query = parse_qs(urlsplit(there.url).query)
        assert {name: query[name] for name in fields} == {name: [value] for name, value in fields.items()}
        expect(there.get_by_test_id("stAlert")).to_have_count(0)
        if words:
            for show in there.get_by_role("button", name="Show me", exact=True).all():
                show.click()
            expect(there.get_by_text(words).first).to_be_visible()
        else:
            expect(there.get_by_role("heading", level=2)).to_have_text("The same with all numbers")
        there.close()
        expect(lesson.get_by_role("heading", level=1)).to_have_text("Are the notes’ own numbers right?")


def test_moving_a_penalty_moves_its_picture_once_the_question_is_answered(page: Page, app: str) -> None:
    page.goto(f"{app}/notes?lang=en&step=penalties")
    settle(page)
    expect(page.locator(".st-key-halved")).to_have_count(0)
    page.locator(".st-key-notes-lambda-show button").click()
    expect(page.get_by_text("One penalty.")).to_be_visible()
    page.locator(".st-key-halved input[type=range]").press("End")
    expect(page.get_by_text("Two penalties.")).to_be_visible()
    page.locator(".st-key-plain input[type=range]").press("End")
    expect(page.get_by_text("One penalty.")).to_be_visible()


@pytest.mark.parametrize(("lang", "row"), [("en", 8), ("ko", 17)])
def test_no_word_of_the_picture_is_cut_off(page: Page, app: str, lang: str, row: int) -> None:
    for query, widths in (("", (1400, 390)), ("&present=1", (1920,))):
        page.goto(f"{app}/notes?lang={lang}&step=rows&row={row}{query}")
        for width in widths:
            page.set_viewport_size({"width": width, "height": 1000})
            settle(page)
            page.wait_for_function(AS_WIDE_AS_ITS_PLACE)
            assert page.evaluate(CUT_OFF) == [], width
            assert page.evaluate(ON_EACH_OTHER) == [], width
            sticking_out = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert sticking_out == 0, width


@pytest.mark.parametrize(
    ("link", "step"),
    [
        ("losses?lang=en&margin=1#compute", "compute"),
        ("stability?lang=ko#interact", "table"),
        ("scores?lang=en#check", "more"),
    ],
)
def test_a_link_to_a_part_of_the_page_that_a_lesson_was_opens_the_step(
    page: Page, app: str, link: str, step: str
) -> None:
    page.goto(f"{app}/{link}")
    page.wait_for_function("step => new URLSearchParams(location.search).get('step') === step", arg=step)
    settle(page)
    expect(page.locator(f".way-steps a[data-step={step}]")).to_have_attribute("aria-current", "step")
