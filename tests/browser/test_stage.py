"""The stage draws in place, plays by itself, and tells what a reader does in the data's own terms."""

from __future__ import annotations

import csv
import io
import re
from math import dist
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import drag, settle


@pytest.fixture
def stages(page: Page, playground: str, request: pytest.FixtureRequest) -> Page:
    """The one stage of the playground that a test is about."""
    (only,) = {"flat", "solid", "film", "run"} & set(request.fixturenames)
    page.goto(f"{playground}/?only={only}")
    page.wait_for_selector(f"[data-stage={only}][data-frames]:not([data-frames='0'])")
    settle(page)
    return page


@pytest.fixture
def flat(stages: Page) -> Locator:
    return stages.locator("[data-stage=flat]")


@pytest.fixture
def solid(stages: Page) -> Locator:
    return stages.locator("[data-stage=solid]")


@pytest.fixture
def film(stages: Page) -> Locator:
    return stages.locator("[data-stage=film]")


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


def test_a_slider_redraws_the_same_node(stages: Page, flat: Locator) -> None:
    stages.evaluate("document.querySelector('[data-stage=flat] .stage-plot').mark = 'kept'")
    nudge(stages, "height")
    expect(flat.locator(".gtitle")).to_have_text("2.5")
    assert stages.evaluate("document.querySelector('[data-stage=flat] .stage-plot').mark") == "kept"


def test_a_turned_camera_stays(stages: Page, solid: Locator) -> None:
    plot = "document.querySelector('[data-stage=solid] .stage-plot')"
    eye = f"Object.values({plot}._fullLayout.scene._scene.getCamera().eye)"
    before = stages.evaluate(eye)
    solid.scroll_into_view_if_needed()
    drag(stages, solid.locator(".stage-plot"), (120, 30))
    turned = at_rest(stages, eye)
    assert turned != pytest.approx(before, abs=0.01)
    drawn = solid.get_attribute("data-frames")
    nudge(stages, "depth")
    expect(solid).not_to_have_attribute("data-frames", drawn)
    kept = at_rest(stages, eye)
    assert dist(kept, turned) < dist(kept, before) / 2, "it may coast on, but never goes back"


def test_a_surface_is_drawn_as_a_light_mesh_and_follows_the_slider(stages: Page, solid: Locator) -> None:
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
    stages.wait_for_function(f"() => ({trace})().corner[2] === 40")
    assert stages.evaluate(trace)["triangles"] == 32


def test_a_click_arrives_in_data_coordinates(stages: Page, flat: Locator) -> None:
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


def test_a_bar_is_dragged_by_its_handle(stages: Page, flat: Locator) -> None:
    drag(stages, stages.get_by_role("slider", name="bar 1"), (0, -50))
    expect(stages.get_by_text("values [1.0, 2.0, 3.0]")).not_to_be_visible()
    moved = eval(stages.get_by_text(re.compile(r"values \[")).inner_text().removeprefix("values "))  # noqa: S307
    assert moved[0] == 1.0
    assert moved[1] > 3.0
    assert moved[2] == 3.0


def test_a_bar_is_moved_by_the_keyboard(stages: Page, flat: Locator) -> None:
    handle = stages.get_by_role("slider", name="bar 2")
    handle.press("ArrowUp")
    expect(stages.get_by_text("values [1.0, 2.0, 3.5]")).to_be_visible()
    handle.press("Home")
    expect(stages.get_by_text("values [1.0, 2.0, -10.0]")).to_be_visible()
    expect(handle).to_be_focused()


def test_it_plays_to_the_end_with_few_requests(stages: Page, film: Locator) -> None:
    film.get_by_role("button", name="Play").click()
    expect(film).to_have_attribute("data-step", "299")
    expect(film.locator("output")).to_have_text("frame 299")
    assert int(film.get_attribute("data-frames")) > 30
    runs = int(stages.get_by_text(re.compile(r"^runs \d+")).inner_text().split()[1])
    assert runs <= 12


def test_a_scrub_far_ahead_fetches_just_that_part(stages: Page, film: Locator) -> None:
    film.get_by_role("slider", name="Position").fill("200")
    expect(film).to_have_attribute("data-step", "200")
    expect(film.locator("output")).to_have_text("frame 200")


def test_a_hidden_tab_asks_for_nothing(stages: Page, film: Locator) -> None:
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
    page.goto(f"{playground}/?only=film")
    page.wait_for_selector("[data-stage=film]:not([data-frames='0'])")
    film = page.locator("[data-stage=film]")
    before = int(film.get_attribute("data-frames"))
    film.get_by_role("button", name="Play").click()
    expect(film).to_have_attribute("data-step", "30")
    page.wait_for_timeout(500)
    assert int(film.get_attribute("data-frames")) - before <= 4


def test_what_is_drawn_is_there_in_words_and_as_a_table(stages: Page, flat: Locator) -> None:
    expect(flat.get_by_role("img", name="Three bars")).to_be_visible()
    flat.locator(".stage-table summary").click()
    expect(flat.get_by_role("columnheader", name="y")).to_be_visible()


def test_no_press_is_lost_when_keys_come_fast(stages: Page, flat: Locator) -> None:
    handle = stages.get_by_role("slider", name="bar 0")
    handle.focus()
    for _ in range(12):
        stages.keyboard.press("ArrowUp")
    expect(stages.get_by_text("values [7.0, 2.0, 3.0]")).to_be_visible()


def test_no_press_is_lost_on_the_way_through_a_film(stages: Page, film: Locator) -> None:
    film.get_by_role("slider", name="Position").focus()
    for _ in range(60):
        stages.keyboard.press("ArrowRight")
    expect(film).to_have_attribute("data-step", "60")


WATCH = """() => {
    const stage = document.querySelector('[data-stage=run]');
    const now = () => ({ step: Number(stage.dataset.step), playing: stage.dataset.playing });
    window.seen = [now()];
    new MutationObserver(() => seen.push(now()))
        .observe(stage, { attributes: true, attributeFilter: ['data-step', 'data-playing'] });
}"""
PLACE = """([x, y, id]) => {
    const plot = document.querySelector('[data-stage=run] .stage-plot');
    const xaxis = plot._fullLayout['xaxis' + id], yaxis = plot._fullLayout['yaxis' + id];
    const box = plot.getBoundingClientRect();
    return [box.left + xaxis._offset + xaxis.d2p(x), box.top + yaxis._offset + yaxis.d2p(y)];
}"""


@pytest.fixture
def run(stages: Page) -> Locator:
    found = stages.locator("[data-stage=run]")
    found.scroll_into_view_if_needed()
    stages.evaluate(WATCH)
    return found


def press(run: Locator, name: str) -> None:
    run.get_by_role("button", name=name, exact=True).click()


def heard(page: Page, what: str) -> None:
    expect(page.get_by_text(re.compile(f"^heard {re.escape(what)}, at"))).to_be_visible()


def quiet_after(page: Page, act: str) -> list[object]:
    """What the page sends in the second and a half after an act that should be the last to send anything."""
    page.wait_for_timeout(700)
    messages: list[object] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.webSocketFrameSent", lambda message: messages.append(message))
    page.evaluate(act)
    page.wait_for_timeout(1500)
    return messages


def far_point(page: Page) -> tuple[int, float, float]:
    """A point of the run that no other lies near: its number and its place."""
    index, x, y = page.evaluate(
        """() => {
            const { x, y } = document.querySelector('[data-stage=run] .stage-plot').data[0];
            const gap = (i, j) => (i === j ? 99 : Math.hypot(x[i] - x[j], y[i] - y[j]));
            const apart = (i) => Math.min(...x.map((_, j) => gap(i, j)));
            const best = x.map((_, i) => i).sort((i, j) => apart(j) - apart(i))[0];
            return [best, x[best], y[best]];
        }"""
    )
    return int(index), float(x), float(y)


def pixels(page: Page) -> int:
    """How many pixels of the canvas are drawn upon."""
    return int(
        page.evaluate(
            """() => {
                const canvas = document.querySelector('[data-stage=run] canvas');
                const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                let count = 0;
                for (let i = 3; i < data.length; i += 4) count += data[i] > 0;
                return count;
            }"""
        )
    )


def test_a_run_plays_every_step_in_order_in_one_chart(stages: Page, run: Locator) -> None:
    run.locator(".stage-plot").evaluate("node => { node.mark = 'kept'; }")
    drawn = pixels(stages)
    press(run, "Play")
    stages.wait_for_function("() => seen.some(({ step }) => step > 120)")
    press(run, "Pause")
    expect(run).to_have_attribute("data-playing", "false")
    steps = [entry["step"] for entry in stages.evaluate("seen")]
    assert steps == sorted(steps)
    expect(run.locator("output")).to_have_text(f"step {steps[-1]}")
    assert run.locator(".stage-plot").evaluate("node => node.mark") == "kept"
    assert pixels(stages) > drawn  # the curves have grown
    assert stages.locator("[data-stage=run] .js-plotly-plot").count() == 1


def test_a_branch_plays_on_from_where_it_leaves(stages: Page, run: Locator) -> None:
    press(run, "Play")
    stages.wait_for_function("() => seen.some(({ step }) => step > 60)")
    stages.get_by_role("button", name="Branch").click()
    stages.wait_for_function("() => seen.some(({ step }, i) => i && step < seen[i - 1].step)")
    back = int(stages.evaluate("seen.find(({ step }, i) => i && step < seen[i - 1].step).step"))
    assert back > 0
    stages.wait_for_function(f"() => seen.at(-1).step > {back} + 60")
    assert {entry["playing"] for entry in stages.evaluate("seen.slice(2)")} == {"true"}


def test_a_branch_plays_on_where_play_ran_past_it_to_the_end_meanwhile(stages: Page, run: Locator) -> None:
    stages.get_by_role("button", name="End early").click()
    expect(run).to_have_attribute("data-end", "300")
    run.get_by_role("combobox", name="Speed").select_option("300")
    press(run, "Play")
    expect(run).to_have_attribute("data-step", "300")
    expect(run).to_have_attribute("data-playing", "false")
    stages.get_by_role("button", name="Answer late").click()
    stages.wait_for_function(
        "() => seen.some(({ step, playing }) => playing === 'true' && step > 100 && step < 300)"
    )
    expect(run).to_have_attribute("data-step", "300")
    press(run, "To the end")  # the reader's own way there is no play
    before = int(stages.evaluate("seen.length"))
    stages.get_by_role("button", name="Answer late").click()
    stages.wait_for_function(f"() => seen.slice({before}).some(({{ step }}) => step === 100)")
    assert {entry["playing"] for entry in stages.evaluate(f"seen.slice({before})")} == {"false"}


FOR_EVER = """() => {  // a busy machine may take longer than a stage waits
    const set = window.setTimeout;
    window.setTimeout = (act, ms, ...rest) => (ms === 5000 ? 1 : set(act, ms, ...rest));
}"""


def test_a_film_plays_on_when_its_stage_is_taken_off_the_page_and_put_back(
    stages: Page, run: Locator
) -> None:
    stages.evaluate(FOR_EVER)
    run.get_by_role("combobox", name="Speed").select_option("10")
    press(run, "Play")
    stages.wait_for_function("() => seen.at(-1).step > 5")
    away = stages.get_by_text("Away", exact=True)
    away.click()
    expect(run).to_have_count(0)
    last = int(stages.evaluate("seen.at(-1).step"))
    away.click()
    expect(run).to_have_attribute("data-playing", "true")
    stages.wait_for_function(
        f"() => Number(document.querySelector('[data-stage=run]').dataset.step) > {last}"
    )
    expect(run.get_by_role("combobox", name="Speed")).to_have_value("10")
    press(run, "Pause")
    expect(run).to_have_attribute("data-playing", "false")
    stopped = run.get_attribute("data-step")
    away.click()
    expect(run).to_have_count(0)
    away.click()
    expect(run).to_have_attribute("data-step", str(stopped))
    expect(run).to_have_attribute("data-playing", "false")


def test_the_way_to_the_end_is_seen_and_can_be_left(stages: Page, run: Locator) -> None:
    press(run, "To the end")
    stages.wait_for_function("() => seen.some(({ step }) => step >= 400)")
    press(run, "Pause")
    stopped = int(run.get_attribute("data-step") or 0)
    assert 400 <= stopped < 2000
    heard(stages, f"[('rest', {stopped})] of 1")
    expect(run).to_have_attribute("data-step", str(stopped))
    press(run, "To the end")
    expect(run).to_have_attribute("data-step", "2000")
    steps = [entry["step"] for entry in stages.evaluate("seen")]
    assert len(set(steps)) >= 8
    assert steps == sorted(steps)
    heard(stages, "[('rest', 2000)] of 2")


def test_a_run_that_ends_early_ends_there(stages: Page, run: Locator) -> None:
    stages.get_by_role("button", name="End early").click()
    expect(run).to_have_attribute("data-end", "300")
    press(run, "To the end")
    expect(run).to_have_attribute("data-step", "300")
    press(run, "One step forward")
    expect(run).to_have_attribute("data-step", "300")


def test_a_faster_pace_takes_larger_steps(stages: Page, run: Locator) -> None:
    speed = run.get_by_role("combobox", name="Speed")
    expect(speed).to_have_value("60")
    speed.select_option("300")
    press(run, "Play")
    stages.wait_for_function("() => seen.at(-1).step > 150")
    press(run, "Pause")
    steps = [entry["step"] for entry in stages.evaluate("seen")]
    assert all(step % 5 == 0 for step in steps)
    expect(speed).to_have_value("300")


def test_steps_are_told_once_when_the_reader_has_come_to_rest(stages: Page, run: Locator) -> None:
    # at one go: on a busy machine a test's clicks may be a rest apart
    run.evaluate(
        """(stage) => {
            const press = (action) => stage.querySelector(`[data-action=${action}]`).click();
            for (let i = 0; i < 5; i += 1) press("forward");
            press("leap");
        }"""
    )
    expect(run).to_have_attribute("data-step", "15")
    heard(stages, "[('rest', 15)] of 1")


def test_a_paused_run_sends_nothing(stages: Page, run: Locator) -> None:
    press(run, "Play")
    stages.wait_for_function("() => seen.at(-1).step > 20")
    press(run, "Pause")
    heard(stages, f"[('rest', {run.get_attribute('data-step')})] of 1")
    assert quiet_after(stages, "dispatchEvent(new Event('resize'))") == []


def test_a_run_at_its_end_sends_nothing(stages: Page, run: Locator) -> None:
    stages.get_by_role("button", name="End early").click()
    run.get_by_role("slider", name="Position").fill("280")
    expect(run).to_have_attribute("data-step", "280")
    press(run, "Play")
    expect(run).to_have_attribute("data-step", "300")
    expect(run).to_have_attribute("data-playing", "false")
    # of 2 where the rest at 280 was told before the press
    expect(stages.get_by_text(re.compile(r"^heard \[\('rest', 300\)\] of [12], at"))).to_be_visible()
    assert quiet_after(stages, "dispatchEvent(new Event('resize'))") == []


def test_a_click_means_a_point_or_the_place_beside_it(stages: Page, run: Locator) -> None:
    index, x, y = far_point(stages)
    px, py = stages.evaluate(PLACE, [x, y, "2"])
    stages.mouse.click(px + 8, py)
    heard(stages, f"[('point', {index})] of 1")
    stages.mouse.click(*stages.evaluate(PLACE, [1000, 0.5, "3"]))  # curves are no place for points
    stages.mouse.click(px + 22, py)
    answer = stages.get_by_text(re.compile(r"^heard \[\('click'.*of 2"))
    expect(answer).to_be_visible()
    there = [float(part) for part in re.findall(r"-?\d+\.\d+", answer.inner_text())]
    assert there == pytest.approx([x + 22 / 550 * 6, y], abs=0.06)


def test_a_point_is_dragged_and_told_when_it_is_let_go(stages: Page, run: Locator) -> None:
    index, x, y = far_point(stages)
    stages.mouse.move(*stages.evaluate(PLACE, [x, y, ""]))
    stages.mouse.down()
    stages.mouse.move(*stages.evaluate(PLACE, [0, 0, ""]), steps=8)
    expect(run.locator(".stage-ghost")).to_be_visible()
    stages.mouse.move(*stages.evaluate(PLACE, [1, -1, ""]), steps=8)
    expect(stages.get_by_text("heard [] of 0")).to_be_visible()
    stages.mouse.up()
    answer = stages.get_by_text(re.compile(r"^heard \[\('drag'.*of 1"))
    expect(answer).to_be_visible()
    found = [float(part) for part in re.findall(r"-?\d+\.?\d*", answer.inner_text())]
    assert found[0] == index
    assert found[1:3] == pytest.approx([1, -1], abs=0.03)
    expect(run.locator(".stage-ghost")).not_to_be_visible()


def test_escape_lets_a_dragged_point_be(stages: Page, run: Locator) -> None:
    _, x, y = far_point(stages)
    stages.mouse.move(*stages.evaluate(PLACE, [x, y, ""]))
    stages.mouse.down()
    stages.mouse.move(*stages.evaluate(PLACE, [0, 0, ""]), steps=4)
    stages.keyboard.press("Escape")
    expect(run.locator(".stage-ghost")).not_to_be_visible()
    stages.mouse.up()
    press(run, "One step forward")
    heard(stages, "[('rest', 1)] of 1")


def saved(page: Page, run: Locator, name: str) -> tuple[str, bytes]:
    with page.expect_download() as download:
        run.get_by_role("button", name=name).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_a_picture_is_saved_with_its_layers(stages: Page, run: Locator) -> None:
    run.locator(".stage-table summary").click()
    is_saved_as_png(stages, run)
    is_saved_as_svg(stages, run)


def is_saved_as_png(stages: Page, run: Locator) -> None:
    name, data = saved(stages, run, "Download as PNG")
    assert name == "A-run.png"
    image = Image.open(io.BytesIO(data)).convert("RGB")
    box = run.locator(".stage-plot").bounding_box()
    assert image.width == pytest.approx(2 * box["width"], abs=2)
    foot = image.crop((0, round(2 * box["height"]) + 2, *image.size))
    assert 40 <= foot.height < 200
    assert len(foot.getcolors(100_000) or ()) > 2  # the label of the frame is written there
    assert image.getpixel((2, 2)) == (255, 255, 255)
    px, py = stages.evaluate(PLACE, [2.9, 0.2, "2"])
    assert image.getpixel((round(2 * (px - box["x"])), round(2 * (py - box["y"])))) != (255, 255, 255)


def is_saved_as_svg(stages: Page, run: Locator) -> None:
    name, data = saved(stages, run, "Download as SVG")
    assert name == "A-run.svg"
    tree = ElementTree.fromstring(data)  # noqa: S314
    svg = "{http://www.w3.org/2000/svg}"
    assert tree.find(f"{svg}title").text == "A run"
    assert tree.find(f"{svg}image").get("href").startswith("data:image/png;base64,")
    assert len(tree.findall(f".//{svg}path[@class='point']")) >= 500
    feet = [node.text for node in tree.findall(f"{svg}text")]
    assert " · ".join(feet) == run.locator("output").text_content()


def test_on_a_phone_the_second_field_stays_away_and_nothing_moves(page: Page, playground: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{playground}/?only=run")
    page.wait_for_selector("[data-stage=run]:not([data-frames='0'])")
    settle(page)
    run = page.locator("[data-stage=run]")
    run.scroll_into_view_if_needed()
    page.evaluate(WATCH)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    bar = run.locator(".stage-player")
    before = bar.bounding_box()
    press(run, "Play")
    page.wait_for_function("() => seen.at(-1).step > 110")
    assert bar.bounding_box()["height"] == before["height"]
    assert run.locator("output").bounding_box()["height"] == pytest.approx(48, abs=2)
    press(run, "Pause")
    heard(page, f"[('rest', {run.get_attribute('data-step')})] of 1")
    index, x, y = far_point(page)
    page.mouse.click(*page.evaluate(PLACE, [x, y, ""]))
    heard(page, f"[('point', {index})] of 2")


def test_the_table_is_saved_as_a_spreadsheet_reads_it(stages: Page, flat: Locator) -> None:
    flat.locator(".stage-table summary").click()
    expect(flat.locator("tbody tr").first).to_be_visible()
    head = flat.locator("th[scope=col]").all_text_contents()
    cells = flat.locator("tbody tr").first.locator("th, td").all_text_contents()
    with stages.expect_download() as download:
        flat.get_by_role("button", name="Download the table as CSV").click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert rows[0] == head
    assert rows[1] == [cell.replace("−", "-") for cell in cells]
