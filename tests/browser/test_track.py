"""A slider reports while it moves, however slow the answers are, and its last position always arrives."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.browser.conftest import DESK, settle

SLOW = 0.4


def opened(page: Page, playground: str, pace: float = 0) -> Page:
    page.goto(f"{playground}/?track={pace}")
    expect(thumb(page)).to_be_visible()
    settle(page)
    return page


@pytest.fixture
def quick(page: Page, playground: str) -> Page:
    return opened(page, playground)


def thumb(page: Page, name: str = "Speed") -> Locator:
    return page.get_by_role("slider", name=name)


def spot(page: Page, part: float) -> tuple[float, float]:
    """A place on the slider."""
    box = thumb(page).bounding_box()
    assert box is not None
    return box["x"] + 10 + part * (box["width"] - 20), box["y"] + box["height"] / 2


def told(page: Page) -> Locator:
    return page.get_by_text(re.compile(r"^speed \d"))


def moves(page: Page) -> int:
    return int((page.get_by_text(re.compile(r"^moves \d")).text_content() or "").split()[-1])


def test_the_page_follows_before_the_thumb_is_let_go(quick: Page) -> None:
    quick.mouse.move(*spot(quick, 0.2))
    quick.mouse.down()
    quick.mouse.move(*spot(quick, 0.8), steps=8)
    value = f"{float(thumb(quick).input_value()):g}"
    expect(told(quick)).to_have_text(re.compile(rf"^speed {value}(\.0)?, rung 1, True, 0 rests$"))
    quick.mouse.up()
    expect(told(quick)).to_have_text(re.compile(rf"^speed {value}(\.0)?, rung 1, True, 1 rests$"))
    expect(thumb(quick)).to_have_attribute("aria-valuetext", re.compile(rf"^{value}(\.0)? m/s$"))


def test_a_thumb_that_is_brought_back_to_where_it_was_comes_to_rest_too(quick: Page) -> None:
    quick.mouse.move(*spot(quick, 0.2))
    quick.mouse.down()
    quick.mouse.move(*spot(quick, 0.6), steps=4)
    quick.mouse.move(*spot(quick, 0.2), steps=4)
    quick.mouse.up()
    expect(told(quick)).to_have_text("speed 2.0, rung 1, True, 1 rests")


def test_a_move_that_the_server_missed_is_told_again(page: Page, playground: str) -> None:
    missed: list[str | bytes] = []

    def listen(line: WebSocketRoute) -> None:
        server = line.connect_to_server()

        def say(message: str | bytes) -> None:
            if not missed and b'"event":"move"' in bytes(message):
                missed.append(message)
            else:
                server.send(message)

        line.on_message(say)

    tab = page.context.new_page()  # its line stays as it is here
    tab.route_web_socket("**/_stcore/stream", listen)
    opened(tab, playground)
    thumb(tab).press("ArrowRight")
    expect(told(tab)).to_have_text("speed 2.1, rung 1, False, 1 rests")
    assert len(missed) == 1
    tab.close()


def test_the_last_position_arrives_where_answers_are_slow(page: Page, playground: str) -> None:
    opened(page, playground, SLOW)
    page.mouse.move(*spot(page, 0.2))
    page.mouse.down()
    for part in range(20, 100, 2):
        page.mouse.move(*spot(page, part / 100))
    page.mouse.move(*spot(page, 0.5))
    page.mouse.up()
    expect(told(page)).to_have_text("speed 5.0, rung 1, True, 1 rests")
    expect(thumb(page)).to_have_value("5")
    assert moves(page) < 20, "one message at a time, the newest"


def test_keys_move_it_as_any_slider_and_page_keys_by_ten_steps(quick: Page) -> None:
    for key, value in (
        ("ArrowRight", 2.1), ("ArrowUp", 2.2), ("ArrowLeft", 2.1), ("PageUp", 3.1), ("PageDown", 2.1),
        ("Home", 0.0), ("PageDown", 0.0), ("End", 10.0), ("PageUp", 10.0), ("PageDown", 9.0),
    ):  # fmt: skip
        thumb(quick).press(key)
        expect(told(quick)).to_contain_text(f"speed {value!r},")
        expect(thumb(quick)).to_have_value(f"{value:g}")
    expect(thumb(quick)).to_be_focused()
    expect(told(quick)).to_contain_text("False, 8 rests")


def test_a_key_that_is_held_comes_to_rest_when_it_is_let_go(quick: Page) -> None:
    thumb(quick).focus()
    for _ in range(6):
        quick.keyboard.down("ArrowRight")
    expect(told(quick)).to_have_text("speed 2.6, rung 1, True, 1 rests")
    quick.keyboard.up("ArrowRight")
    expect(told(quick)).to_have_text("speed 2.6, rung 1, True, 2 rests")


def test_what_the_page_sets_moves_the_thumb(quick: Page) -> None:
    quick.get_by_role("button", name="Seven").click()
    expect(thumb(quick)).to_have_value("7")
    expect(thumb(quick)).to_have_attribute("aria-valuetext", "7.0 m/s")


def test_a_slider_that_was_away_goes_on(quick: Page) -> None:
    thumb(quick).press("End")
    expect(told(quick)).to_contain_text("speed 10.0")
    quick.get_by_text("Away").click()
    expect(thumb(quick)).to_have_count(0)
    quick.get_by_text("Away").click()
    expect(thumb(quick)).to_have_value("10")
    thumb(quick).press("ArrowLeft")
    expect(told(quick)).to_contain_text("speed 9.9")


def test_a_row_of_words_is_read_by_its_words(quick: Page) -> None:
    expect(thumb(quick, "Rung")).to_have_attribute("aria-valuetext", "0.1")
    thumb(quick, "Rung").press("ArrowRight")
    expect(thumb(quick, "Rung")).to_have_attribute("aria-valuetext", "1")
    expect(told(quick)).to_contain_text("rung 2")


def test_help_is_opened_by_its_button(quick: Page) -> None:
    about = quick.get_by_role("button", name="What is “Speed”?")
    expect(quick.get_by_text("How fast it goes.")).to_be_hidden()
    about.press("Enter")
    expect(quick.get_by_text("How fast it goes.")).to_be_visible()
    expect(about).to_have_attribute("aria-expanded", "true")


def test_a_finger_moves_it_sideways_and_scrolls_the_page_upwards(quick: Page) -> None:
    quick.set_viewport_size({"width": 390, "height": 844})
    settle(quick)
    box = thumb(quick).bounding_box()
    assert box is not None
    assert box["height"] >= 44
    line = quick.context.new_cdp_session(quick)
    line.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def swipe(start: tuple[float, float], end: tuple[float, float], lift: bool) -> None:
        for step in range(11):
            x, y = (a + (b - a) * step / 10 for a, b in zip(start, end, strict=True))
            kind = "touchMove" if step else "touchStart"
            line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
            quick.wait_for_timeout(20)
        if lift:
            line.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    try:
        swipe(spot(quick, 0.2), spot(quick, 0.7), lift=False)
        expect(told(quick)).to_contain_text(re.compile(r"^speed [67]\.\d+, rung 1, True, 0 rests"))
        line.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        expect(told(quick)).to_contain_text("1 rests")
        value, y = thumb(quick).input_value(), spot(quick, 0)[1]
        across = spot(quick, float(value) / 10)[0]
        swipe((across, y), (across, y - 150), lift=True)
        quick.wait_for_function(
            "(y) => document.querySelector('.track input').getBoundingClientRect().top < y - 50", arg=y
        )
        expect(thumb(quick)).to_have_value(value)
    finally:
        line.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        quick.set_viewport_size(DESK)


def test_an_address_that_is_gone_back_to_moves_the_thumb(page: Page, app: str) -> None:
    page.goto(f"{app}/scores?lang=en&step=temperatures&temperature=2")
    heat = thumb(page, "Temperature")
    expect(heat).to_have_value("2")
    settle(page)
    heat.press("End")
    page.wait_for_url("**temperature=10")
    heat.press("Home")
    page.wait_for_url("**temperature=0.1")
    page.go_back()
    expect(heat).to_have_value("10")
    expect(heat).to_have_attribute("aria-valuetext", "10.0")
