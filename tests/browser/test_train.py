"""A reader plays two classifiers that learn, stops, goes back, changes their mind, and breaks one."""

from __future__ import annotations

import re
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import in_dark, settle

FILM = "[data-stage=train-film]"
PLACE = """([x, y, axes]) => {
    const plot = document.querySelector('[data-stage=train-film] .stage-plot');
    const { [`xaxis${axes}`]: across, [`yaxis${axes}`]: up } = plot._fullLayout;
    const box = plot.getBoundingClientRect();
    return [box.left + across._offset + across.d2p(x), box.top + up._offset + up.d2p(y)];
}"""

FOURTH_POINT = """() => {
    const { x, y } = document.querySelector('[data-stage=train-film] .stage-plot').data[1];
    return [x[3], y[3]];
}"""
AXES = """() => {
    const { xaxis, xaxis2 } = document.querySelector('[data-stage=train-film] .stage-plot')._fullLayout;
    return [xaxis._length, xaxis2.visible];
}"""


@pytest.fixture
def lesson(page: Page, app: str) -> Page:
    return opened(page, f"{app}/train?lang=en&step=laboratory")


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    page.wait_for_selector(f"{FILM}[data-step='0']:not([data-frames='0'])")
    settle(page)
    return page


def film(page: Page) -> Locator:
    return page.locator(FILM)


def press(page: Page, action: str) -> None:
    film(page).locator(f"button[data-action={action}]").click()


def step(page: Page) -> int:
    return int(film(page).get_attribute("data-step") or 0)


def comes_to(page: Page, least: int) -> None:
    page.wait_for_function(
        f"(least) => Number(document.querySelector('{FILM}').dataset.step) >= least", arg=least
    )


def address(page: Page, name: str) -> str | None:
    return parse_qs(urlsplit(page.url).query).get(name, [None])[0]


def place(page: Page, x: float, y: float, axes: str = "") -> tuple[float, float]:
    return tuple(page.evaluate(PLACE, [x, y, axes]))


def numbers_of(page: Page, at: int) -> None:
    """The film rests at a step, and Python has been told."""
    expect(film(page)).to_have_attribute("data-step", str(at))
    page.wait_for_timeout(600)
    settle(page)


def test_the_film_plays_pauses_and_the_numbers_follow_only_then(lesson: Page) -> None:
    press(lesson, "play")
    comes_to(lesson, 40)
    press(lesson, "play")
    here = step(lesson)
    numbers_of(lesson, here)
    press(lesson, "back")
    expect(film(lesson)).to_have_attribute("data-step", str(here - 1))
    press(lesson, "leap")
    expect(film(lesson)).to_have_attribute("data-step", str(here + 9))
    numbers_of(lesson, here + 9)
    press(lesson, "first")
    expect(film(lesson)).to_have_attribute("data-step", "0")
    numbers_of(lesson, 0)
    expect(film(lesson).locator("output")).to_contain_text("softmax loss 1.1")


def test_a_step_size_changed_on_the_way_goes_on_from_there(lesson: Page) -> None:
    press(lesson, "leap")
    numbers_of(lesson, 10)
    before = str(film(lesson).get_attribute("data-film"))
    slider = lesson.locator(".st-key-rate input[type=range]")
    slider.press("ArrowRight")
    lesson.wait_for_function("() => new URL(location).searchParams.get('rate') === '0.05'")
    expect(film(lesson)).not_to_have_attribute("data-film", before)
    expect(film(lesson)).to_have_attribute("data-step", "10")
    numbers_of(lesson, 10)
    press(lesson, "forward")
    expect(film(lesson)).to_have_attribute("data-step", "11")
    numbers_of(lesson, 11)


def test_a_click_adds_a_point_and_undo_takes_it_back(page: Page, app: str) -> None:
    opened(page, f"{app}/train?lang=en&step=own")
    expect(page.get_by_text("Points of the data set: 150.")).to_be_visible()
    page.mouse.click(*place(page, -4.5, -4))
    expect(page.get_by_text("Your own points: 151")).to_be_visible()
    settle(page)
    assert address(page, "test") == "0"
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Points of the data set: 150.")).to_be_visible()
    expect(page.get_by_text("Your own points: 151")).to_have_count(0)


def test_a_clicked_point_is_chosen_and_none_is_added(lesson: Page) -> None:
    film(lesson).scroll_into_view_if_needed()
    x, y = lesson.evaluate(FOURTH_POINT)
    lesson.mouse.click(*place(lesson, x, y, "2"))
    lesson.wait_for_function("() => new URL(location).searchParams.has('point')")
    assert address(lesson, "pts") is None


def test_a_branch_and_its_place_are_there_after_another_lesson(lesson: Page) -> None:
    press(lesson, "leap")
    numbers_of(lesson, 10)
    lesson.locator(".st-key-rate input[type=range]").press("ArrowRight")
    lesson.wait_for_function("() => new URL(location).searchParams.get('rate') === '0.05'")
    settle(lesson)
    press(lesson, "leap")
    numbers_of(lesson, 20)
    lesson.get_by_role("link", name="Scores").first.click()
    lesson.wait_for_url("**/scores**")
    settle(lesson)
    lesson.get_by_role("link", name="Training").first.click()
    lesson.wait_for_selector(f"{FILM}[data-step='20']")
    assert address(lesson, "rate") == "0.05"


def test_a_race_comes_to_its_end_in_doublings_and_says_who_stopped(page: Page, app: str) -> None:
    page.goto(f"{app}/train?lang=en&step=play")
    race = page.locator("[data-stage=train-race]")
    race.locator("button[data-action=play]").click()
    page.wait_for_selector("[data-stage=train-race][data-step='1000']", timeout=40_000)
    expect(page.get_by_text("The SVM stopped at step")).to_be_visible()
    expect(page.get_by_text("different answers on")).to_be_visible()


def test_a_run_that_blows_up_is_explained_and_can_be_seen_slowly(lesson: Page) -> None:
    lesson.get_by_role("button", name="One step too large").click()
    lesson.wait_for_function("() => new URL(location).searchParams.get('rate') === '2'")
    settle(lesson)
    expect(lesson.get_by_text("blew up")).to_have_count(0)
    press(lesson, "last")
    expect(lesson.get_by_text("SVM blew up at step 49")).to_be_visible()
    assert "nan" not in (film(lesson).locator("output").text_content() or "").lower()
    lesson.get_by_role("button", name="in slow motion").click()
    lesson.wait_for_function(
        "film => film.dataset.step > 30 && film.dataset.step < 49", arg=film(lesson).element_handle()
    )
    expect(lesson.get_by_text("SVM blew up at step 49")).to_have_count(0)
    press(lesson, "play")


def test_in_the_laboratory_a_slider_redraws_the_film_and_the_coach_the_slider(
    lesson: Page,
) -> None:
    rate = lesson.get_by_role("slider", name="Step size η")
    lesson.get_by_role("button", name="One step too large").click()
    expect(rate).to_have_attribute("aria-valuetext", "2")
    press(lesson, "last")
    expect(lesson.get_by_text("SVM blew up at step 49")).to_be_visible()
    for _ in range(2):
        rate.press("ArrowLeft")
    expect(rate).to_have_attribute("aria-valuetext", "1")
    lesson.wait_for_function("() => new URL(location).searchParams.get('rate') === '1'")
    for _ in range(2):
        rate.press("ArrowRight")
    lesson.wait_for_function("() => new URL(location).searchParams.get('rate') === '2'")
    settle(lesson)
    press(lesson, "last")
    advice = lesson.get_by_role("button", name="Begin again with η")
    better = (advice.inner_text()).rpartition("= ")[2].strip()
    advice.click()
    expect(rate).to_have_attribute("aria-valuetext", better)
    lesson.wait_for_function("rate => new URL(location).searchParams.get('rate') === rate", arg=better)


def test_who_goes_to_the_end_while_the_next_film_is_on_its_way_comes_to_its_end(lesson: Page) -> None:
    """Also who was at the end of the film before."""
    film, rate = lesson.locator("[data-stage=train-film]"), lesson.get_by_role("slider", name="Step size η")
    for key in ("ArrowRight", "ArrowLeft"):
        before = film.get_attribute("data-film")
        rate.press(key)
        lesson.evaluate("document.querySelector('[data-stage=train-film] [data-action=last]').click()")
        expect(film).not_to_have_attribute("data-film", str(before))
        lesson.wait_for_function(
            """() => {
                const { dataset } = document.querySelector("[data-stage=train-film]");
                const place = document.querySelector("[data-stage=train-film] output").textContent;
                return Number(dataset.end) > 0 && place.startsWith(`step ${dataset.end} `);
            }"""
        )
        settle(lesson)


def test_a_mission_says_how_to_go_about_it_and_its_tick_follows_a_slider(page: Page, app: str) -> None:
    opened(page, f"{app}/train?lang=en&step=missions")
    mission, rate = page.get_by_role("button", name="Make a run blow up"), page.get_by_role("slider")
    for _ in range(2):  # the same scene once more
        mission.click()
        expect(page.get_by_text("grow beyond all bounds")).to_be_visible()
    rate = rate.and_(page.get_by_label("Step size η"))
    expect(rate).to_have_attribute("aria-valuetext", "0.1")
    rate.press("End")
    page.wait_for_function("() => new URL(location).searchParams.get('rate') === '700'")
    settle(page)
    press(page, "last")
    expect(page.locator(".st-key-train-mission-blow [data-testid=stIconMaterial]")).to_have_text(
        "check_circle"
    )


def test_a_phone_shows_one_field_and_nothing_juts_out(lesson: Page) -> None:
    lesson.set_viewport_size({"width": 390, "height": 844})
    lesson.wait_for_function(f"() => document.querySelector('{FILM} .stage-plot')._fullLayout.width < 400")
    length, second = lesson.evaluate(AXES)
    assert length > 250
    assert second is False
    press(lesson, "leap")
    numbers_of(lesson, 10)
    wide = lesson.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 390


def test_a_table_is_shaded_where_it_goes_on_beyond_the_edge_of_a_phone(page: Page, app: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{app}/train?lang=en&model=quadratic&step=numbers")
    settle(page)
    parameters = page.get_by_role("table", name="Parameters of softmax")
    short = page.get_by_role("table", name="Both runs at this step")
    regions = page.locator("[data-testid=stTable] > div")
    wide = regions.filter(has=parameters)
    for dark in (False, True):
        in_dark(page, dark)
        wide.evaluate("region => region.scrollTo({ left: 0, behavior: 'instant' })")
        assert not bare_at_the_edge(wide)
        assert bare_at_the_edge(regions.filter(has=short))
        wide.press("ArrowRight")
        page.wait_for_function("(region) => region.scrollLeft > 0", arg=wide.element_handle())
        wide.evaluate("region => region.scrollTo({ left: region.scrollWidth, behavior: 'instant' })")
        assert bare_at_the_edge(wide)


def bare_at_the_edge(region: Locator) -> bool:
    """Whether the page's own paper is seen at the right edge."""
    image = Image.open(BytesIO(region.screenshot(animations="disabled"))).convert("RGB")
    paper = region.evaluate("() => getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    colour = tuple(int(part) for part in re.findall(r"\d+", paper)[:3])
    rows = range(image.height // 4, 3 * image.height // 4)  # the corners are round
    return colour in {image.getpixel((image.width - 4, y)) for y in rows}


def test_a_dragged_point_is_moved_and_no_point_is_added(page: Page, app: str) -> None:
    lesson = opened(page, f"{app}/train?lang=en&step=own")
    x, y = lesson.evaluate(FOURTH_POINT)
    lesson.mouse.move(*place(lesson, x, y))
    lesson.mouse.down()
    lesson.mouse.move(*place(lesson, -4, -3), steps=6)
    lesson.mouse.up()
    expect(lesson.get_by_text("Your own points: 150")).to_be_visible()
    settle(lesson)
    lesson.wait_for_function(
        """() => document.querySelector('[data-stage=train-film] .stage-plot').data.some(
            ({ x, y }) => x && x.some((across, i) => Math.hypot(across + 4, y[i] + 3) < 0.1))"""
    )
    numbers_of(lesson, 0)


def test_a_class_sees_player_picture_and_coach_in_the_laboratory(page: Page, app: str) -> None:
    page.set_viewport_size({"width": 1400, "height": 900})
    opened(page, f"{app}/train?lang=ko&hinge=H²&rate=2&stop=100")
    play, picture = film(page).locator("button[data-action=play]").bounding_box(), film(page).bounding_box()
    assert play is not None
    assert picture is not None
    assert picture["height"] < 640
    assert play["y"] + play["height"] < 650  # seen on arrival, with much of the picture
    press(page, "last")
    expect(page.locator(".st-key-train-film-coach [data-testid=stAlert]")).to_be_visible()


def test_the_long_race_answers_by_itself_and_who_goes_on_meanwhile_arrives(page: Page, app: str) -> None:
    page.goto(f"{app}/train?lang=en&step=stops")
    settle(page)
    page.get_by_role("button", name="Show me").click()
    page.wait_for_function(
        "() => Number(document.querySelector('[data-stage=train-long]')?.dataset.step) > 1000"
    )
    expect(page.locator("[data-stage=train-long]")).to_have_attribute("data-playing", "true")
    for step in ("own", "stops") * 3:
        page.locator(f".way-steps a[data-step={step}]").click()
        expect(page.locator(f".way-steps a[data-step={step}]")).to_have_attribute("aria-current", "step")
        expect(page.locator(".way")).to_have_attribute("data-waits", "false")
        expect(page.locator("[data-stage=train-long]")).to_have_count(int(step == "stops"))


def test_what_scrolls_passes_nothing_that_stays(lesson: Page) -> None:
    """In a step longer than the window the language and the links go along with the page."""
    lesson.set_viewport_size({"width": 1400, "height": 600})
    bar = lesson.locator(".st-key-frame-bar")
    before = bar.bounding_box()
    assert before is not None
    lesson.locator("[data-testid=stMain]").evaluate("main => main.scrollTop = 150")
    lesson.wait_for_function(
        "top => document.querySelector('.st-key-frame-bar').getBoundingClientRect().top === top - 150",
        arg=before["y"],
    )
