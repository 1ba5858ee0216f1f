"""The stage draws in place, plays by itself, and tells what a reader does in the data's own terms."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle


@pytest.fixture
def stages(page: Page, playground: str) -> Page:
    page.goto(playground)
    page.wait_for_selector("[data-stage=film][data-frames]:not([data-frames='0'])")
    settle(page)
    return page


def drag(page: Page, box: dict[str, float], by: tuple[float, float]) -> None:
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by[0] / 2, y + by[1] / 2)
    page.mouse.move(x + by[0], y + by[1], steps=10)
    page.mouse.up()


def at_rest(page: Page, expression: str) -> list[float]:
    """The value once it has stayed for a second: a turned camera glides on, slowly on a busy machine."""
    readings: list[list[float]] = []
    for _ in range(150):
        readings.append(page.evaluate(expression))
        if len(readings) >= 6 and all(reading == readings[-1] for reading in readings[-6:]):
            return readings[-1]
        page.wait_for_timeout(200)
    raise AssertionError("it never comes to rest")


def nudge(page: Page, label: str) -> None:
    page.locator(f"input[type=range][aria-label={label}]").press("ArrowRight")


def test_a_slider_redraws_the_same_node(stages: Page) -> None:
    stages.evaluate("document.querySelector('[data-stage=flat] .stage-plot').mark = 'kept'")
    nudge(stages, "height")
    expect(stages.locator("[data-stage=flat] .gtitle")).to_have_text("2.5")
    assert stages.evaluate("document.querySelector('[data-stage=flat] .stage-plot').mark") == "kept"


def test_a_turned_camera_stays(stages: Page) -> None:
    plot = "document.querySelector('[data-stage=solid] .stage-plot')"
    eye = f"Object.values({plot}._fullLayout.scene._scene.getCamera().eye)"
    before = stages.evaluate(eye)
    stages.locator("[data-stage=solid]").scroll_into_view_if_needed()
    drag(stages, stages.locator("[data-stage=solid] .stage-plot").bounding_box(), (120, 30))
    turned = at_rest(stages, eye)
    assert turned != pytest.approx(before, abs=0.01)
    drawn = stages.locator("[data-stage=solid]").get_attribute("data-frames")
    nudge(stages, "depth")
    expect(stages.locator("[data-stage=solid]")).not_to_have_attribute("data-frames", drawn)
    kept = at_rest(stages, eye)
    assert kept == pytest.approx(turned, abs=0.05)
    assert kept != pytest.approx(before, abs=0.1)


def test_a_surface_is_drawn_as_a_light_mesh_and_follows_the_slider(stages: Page) -> None:
    trace = """() => {
        const { type, x, y, z, i } = document.querySelector('[data-stage=solid] .stage-plot').data[0];
        return { type, corner: [x.at(-1), y.at(-1), z.at(-1)], points: z.length, triangles: i.length };
    }"""
    assert stages.evaluate(trace) == {
        "type": "mesh3d",
        "corner": [4, 4, 32],
        "points": 25,
        "triangles": 32,
    }
    nudge(stages, "depth")
    stages.wait_for_function(f"({trace})().corner[2] === 40")
    assert stages.evaluate(trace)["triangles"] == 32


def test_a_click_arrives_in_data_coordinates(stages: Page) -> None:
    place = stages.evaluate(
        """() => {
            const plot = document.querySelector('[data-stage=flat] .stage-plot');
            const { xaxis, yaxis } = plot._fullLayout, box = plot.getBoundingClientRect();
            return [box.left + xaxis._offset + xaxis.d2p(1.5), box.top + yaxis._offset + yaxis.d2p(-5)];
        }"""
    )
    stages.mouse.click(*place)
    answer = stages.get_by_text(re.compile("clicked [-0-9]"))
    expect(answer).to_be_visible()
    x, y = map(float, answer.inner_text().split()[1:])
    assert x == pytest.approx(1.5, abs=0.02)
    assert y == pytest.approx(-5, abs=0.15)


def test_a_bar_is_dragged_by_its_handle(stages: Page) -> None:
    drag(stages, stages.get_by_role("slider", name="bar 1").bounding_box(), (0, -50))
    expect(stages.get_by_text("values [1.0, 2.0, 3.0]")).not_to_be_visible()
    moved = eval(stages.get_by_text(re.compile(r"values \[")).inner_text().removeprefix("values "))  # noqa: S307
    assert moved[0] == 1.0
    assert moved[1] > 3.0
    assert moved[2] == 3.0


def test_a_bar_is_moved_by_the_keyboard(stages: Page) -> None:
    handle = stages.get_by_role("slider", name="bar 2")
    handle.press("ArrowUp")
    expect(stages.get_by_text("values [1.0, 2.0, 3.5]")).to_be_visible()
    handle.press("Home")
    expect(stages.get_by_text("values [1.0, 2.0, -10.0]")).to_be_visible()
    expect(handle).to_be_focused()


def test_it_plays_to_the_end_with_few_requests(stages: Page) -> None:
    film = stages.locator("[data-stage=film]")
    film.get_by_role("button", name="Play").click()
    expect(film).to_have_attribute("data-step", "299", timeout=30_000)
    expect(film.locator("output")).to_have_text("frame 299")
    assert int(film.get_attribute("data-frames")) > 30
    runs = int(stages.get_by_text(re.compile(r"^runs \d+")).inner_text().split()[1])
    assert runs <= 12


def test_a_scrub_far_ahead_fetches_just_that_part(stages: Page) -> None:
    film = stages.locator("[data-stage=film]")
    film.get_by_role("slider", name="Position").fill("200")
    expect(film).to_have_attribute("data-step", "200")
    expect(film.locator("output")).to_have_text("frame 200")


def test_a_hidden_tab_asks_for_nothing(stages: Page) -> None:
    film = stages.locator("[data-stage=film]")
    film.get_by_role("button", name="Play").click()
    expect(film).not_to_have_attribute("data-step", "0")
    stages.evaluate(
        """() => {
            Object.defineProperty(document, 'hidden', { get: () => true });
            window.requestAnimationFrame = () => 0;  // a browser stops these in a hidden tab
        }"""
    )
    stages.wait_for_timeout(300)
    messages: list[object] = []
    session = stages.context.new_cdp_session(stages)
    session.send("Network.enable")
    session.on("Network.webSocketFrameSent", lambda message: messages.append(message))
    stages.wait_for_timeout(1500)
    assert messages == []


def test_reduced_motion_plays_in_few_large_steps(page: Page, playground: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(playground)
    page.wait_for_selector("[data-stage=film]:not([data-frames='0'])")
    film = page.locator("[data-stage=film]")
    before = int(film.get_attribute("data-frames"))
    film.get_by_role("button", name="Play").click()
    expect(film).to_have_attribute("data-step", "30")
    page.wait_for_timeout(500)
    assert int(film.get_attribute("data-frames")) - before <= 4


def test_what_is_drawn_is_there_in_words_and_as_a_table(stages: Page) -> None:
    flat = stages.locator("[data-stage=flat]")
    expect(flat.get_by_role("img", name="Three bars")).to_be_visible()
    flat.get_by_text("Show as table").click()
    expect(flat.get_by_role("columnheader", name="y")).to_be_visible()


def test_no_press_is_lost_when_keys_come_fast(stages: Page) -> None:
    handle = stages.get_by_role("slider", name="bar 0")
    handle.focus()
    for _ in range(12):
        stages.keyboard.press("ArrowUp")
    expect(stages.get_by_text("values [7.0, 2.0, 3.0]")).to_be_visible()


def test_no_press_is_lost_on_the_way_through_a_film(stages: Page) -> None:
    stages.locator("[data-stage=film]").get_by_role("slider", name="Position").focus()
    for _ in range(60):
        stages.keyboard.press("ArrowRight")
    expect(stages.locator("[data-stage=film]")).to_have_attribute("data-step", "60")
