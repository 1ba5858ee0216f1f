"""A reader drags scores before both losses, turns the landscapes and walks down them."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import go, settle

EYES = """(key) => {
    const { scene, scene2 } = document.querySelector(`[data-stage=${key}] .stage-plot`)._fullLayout;
    return [scene, scene2].map(({ _scene }) => Object.values(_scene.getCamera().eye)).flat();
}"""


@pytest.fixture
def lesson(page: Page, app: str) -> Page:
    return opened(page, f"{app}/losses?lang=en&step=surfaces")


@pytest.fixture
def flat(page: Page, app: str) -> Page:
    """Any scores before both judges."""
    return opened(page, f"{app}/losses?lang=en&step=interact")


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    settle(page)
    return page


def stage(page: Page, key: str) -> Locator:
    return page.locator(f"[data-stage={key}]")


def address(page: Page, name: str) -> str | None:
    return parse_qs(urlsplit(page.url).query).get(name, [None])[0]


def nudge(page: Page, key: str, press: str = "ArrowRight") -> None:
    page.locator(f".st-key-{key} input[type=range]").press(press)


def place(page: Page, key: str, x: float, y: float, axes: str = "") -> tuple[float, float]:
    """Where a point of a plot is on the screen."""
    return tuple(
        page.evaluate(
            """([key, x, y, axes]) => {
                const plot = document.querySelector(`[data-stage=${key}] .stage-plot`);
                const { [`xaxis${axes}`]: across, [`yaxis${axes}`]: up } = plot._fullLayout;
                const box = plot.getBoundingClientRect();
                return [box.left + across._offset + across.d2p(x), box.top + up._offset + up.d2p(y)];
            }""",
            [key, x, y, axes],
        )
    )


def test_a_score_is_dragged_before_both_judges_and_the_hinge_lets_go(flat: Page) -> None:
    stage(flat, "losses-example").scroll_into_view_if_needed()
    expect(flat.get_by_text("Hinge: 1.58")).to_be_visible()
    flat.mouse.move(*place(flat, "losses-example", 2, 0.28, "2"))
    flat.mouse.down()
    flat.mouse.move(*place(flat, "losses-example", 2, 1.5, "2"))
    flat.mouse.move(*place(flat, "losses-example", 2, 3.0, "2"), steps=8)
    flat.mouse.up()
    expect(flat.get_by_label("Scores", exact=True)).to_have_value("-2.85, 0.86, 3")
    expect(flat.get_by_text("The gradient is exactly 0")).to_be_visible()
    words = re.compile("hinge loss with margin 1 is 0, the cross-entropy loss 0.113")
    expect(stage(flat, "losses-example").locator(".stage-plot")).to_have_attribute("aria-label", words)
    assert address(flat, "s") == "-2.85, 0.86, 3"
    assert address(flat, "margin") is None


def test_a_handle_is_moved_by_the_keyboard_and_the_numbers_below_follow(flat: Page) -> None:
    handle = flat.get_by_role("slider", name="Score of class 1, hinge")
    handle.press("Home")
    expect(flat.get_by_label("Scores", exact=True)).to_have_value("-2.85, -5, 0.28")
    expect(handle).to_be_focused()
    expect(flat.get_by_text("The gradient is exactly 0")).to_be_visible()
    expect(flat.locator(".katex-mathml", has_text="1.58")).to_have_count(0)


def test_arrow_keys_go_on_beyond_the_axis_which_grows(flat: Page) -> None:
    handle = flat.get_by_role("slider", name="Score of class 0, hinge")
    handle.press("End")
    expect(flat.get_by_label("Scores", exact=True)).to_have_value("5, 0.86, 0.28")
    handle.press("PageUp")
    expect(flat.get_by_label("Scores", exact=True)).to_have_value("5.5, 0.86, 0.28")
    expect(handle).to_be_focused()
    plot = "document.querySelector('[data-stage=losses-example] .stage-plot')"
    flat.wait_for_function(f"() => {plot}._fullLayout.yaxis.tickvals[2] === 10")


def test_a_clicked_bar_becomes_the_true_class(flat: Page) -> None:
    stage(flat, "losses-example").scroll_into_view_if_needed()
    flat.mouse.click(*place(flat, "losses-example", 0, -1.2))
    flat.wait_for_function("() => new URL(location).searchParams.get('target') === '0'")
    expect(flat.get_by_text("Hinge: 8.84")).to_be_visible()
    expect(flat.get_by_text("Hinge: 1.58")).to_have_count(0)


def eyes_at_rest(page: Page) -> list[float]:
    """Where both pictures are seen from, once they have stopped turning."""
    readings: list[list[float]] = []
    for _ in range(150):
        readings.append(page.evaluate(EYES, "losses-surfaces"))
        if len(readings) >= 6 and all(reading == readings[-1] for reading in readings[-6:]):
            return readings[-1]
        page.wait_for_timeout(100)
    raise AssertionError("the pictures never come to rest")


def test_arrow_keys_turn_both_pictures_and_a_view_that_comes_back_is_as_it_was(lesson: Page) -> None:
    plot = stage(lesson, "losses-surfaces").locator(".stage-plot")
    plot.scroll_into_view_if_needed()
    before = eyes_at_rest(lesson)
    plot.press("ArrowRight")
    plot.press("ArrowUp")
    turned = eyes_at_rest(lesson)
    assert turned[:3] == pytest.approx(turned[3:], abs=1e-3)
    assert turned[2] > before[2] + 0.05
    kind = "document.querySelector('[data-stage=losses-surfaces] .stage-plot').data[0].type"
    for view, wanted in (("2D", "contour"), ("3D", "mesh3d")):
        lesson.locator(".st-key-gaps").get_by_text(view).click()
        lesson.wait_for_function(f"() => {kind} === '{wanted}'")
    assert eyes_at_rest(lesson) == pytest.approx(turned, abs=1e-3)


def test_every_slider_keeps_both_cameras(lesson: Page) -> None:
    plot = stage(lesson, "losses-surfaces").locator(".stage-plot")
    plot.scroll_into_view_if_needed()
    before = lesson.evaluate(EYES, "losses-surfaces")
    box = plot.bounding_box()
    for part in (0.25, 0.75):
        x, y = box["x"] + part * box["width"], box["y"] + box["height"] / 2
        lesson.mouse.move(x, y)
        lesson.mouse.down()
        lesson.mouse.move(x + 40, y + 10)
        lesson.mouse.move(x + 90, y + 20, steps=6)
        lesson.mouse.up()
    turned = eyes_at_rest(lesson)
    assert turned[:3] == pytest.approx(turned[3:], abs=1e-3), "both pictures are seen from the same side"
    moved = [abs(one - other) for one, other in zip(turned, before, strict=True)]
    assert min(moved[0], moved[1]) > 0.01
    for key in ("ga", "gb"):
        drawn = stage(lesson, "losses-surfaces").get_attribute("data-frames")
        nudge(lesson, key)
        expect(stage(lesson, "losses-surfaces")).not_to_have_attribute("data-frames", drawn)
        assert eyes_at_rest(lesson) == pytest.approx(turned, abs=1e-3)
    for part in (".st-key-ga", ".st-key-gb", "[data-stage=losses-surfaces]"):
        expect(lesson.locator(part)).to_have_count(1)


def test_another_view_is_chosen_and_the_sliders_still_move_it(page: Page, app: str) -> None:
    lesson = opened(page, f"{app}/losses?lang=en&step=landscapes")
    lesson.locator(".st-key-which").get_by_text("CE-H").click()
    expect(lesson.get_by_text("Blue: the hinge is the larger one")).to_be_visible()
    drawn = stage(lesson, "losses-landscapes").get_attribute("data-frames")
    nudge(lesson, "margin")
    expect(stage(lesson, "losses-landscapes")).not_to_have_attribute("data-frames", drawn)
    plot = "document.querySelector('[data-stage=losses-landscapes] .stage-plot')"
    assert lesson.evaluate(f"{plot}.data.map((trace) => trace.type)") == ["mesh3d", "scatter3d", "scatter3d"]
    expect(lesson.get_by_text("Downhill the hinge stops")).to_have_count(0)
    assert address(lesson, "which") == "CE-H"


def test_both_pull_after_the_answer_and_the_picture_follows_each_step(page: Page, app: str) -> None:
    lesson = opened(page, f"{app}/losses?lang=en&step=pull")
    expect(lesson.get_by_role("button", name="One step", exact=True)).to_have_count(0)
    lesson.get_by_role("button", name="Show me").click()
    for step in (1, 2):
        lesson.get_by_role("button", name="One step", exact=True).click()
        expect(lesson.get_by_text(f"Step {step}.")).to_be_visible()
    expect(lesson.get_by_text("The hinge has stopped at step 2")).to_be_visible()
    label = re.compile("The scores after 2 steps.*the hinge by 0, the cross-entropy by 0.")
    plot = stage(lesson, "losses-pull").locator(".stage-plot")
    expect(plot).to_have_attribute("aria-label", label)
    assert address(lesson, "pulls") == "2"


def test_a_square_of_the_field_picks_its_score(page: Page, app: str) -> None:
    lesson = opened(page, f"{app}/losses?lang=en&step=gradient")
    lesson.get_by_role("button", name="Show me").click()
    expect(lesson.locator(".st-key-raised")).to_be_visible()
    settle(lesson)
    lesson.mouse.click(*place(lesson, "losses-jacobian", 0, 0.35))
    lesson.wait_for_function("() => new URL(location).searchParams.get('raised') === '0'")
    expect(stage(lesson, "losses-jacobian").get_by_text("Score 0 a little up")).to_be_visible()


def test_a_click_on_the_map_moves_the_point(page: Page, app: str) -> None:
    lesson = opened(page, f"{app}/losses?lang=en&gaps=2D&step=surfaces")
    stage(lesson, "losses-surfaces").scroll_into_view_if_needed()
    lesson.mouse.click(*place(lesson, "losses-surfaces", 2.0, -3.0, "2"))
    lesson.wait_for_function("() => Math.abs(Number(new URL(location).searchParams.get('ga')) - 2) < 0.1")
    assert float(address(lesson, "gb")) == pytest.approx(-3.0, abs=0.1)
    path = "document.querySelector('[data-stage=losses-surfaces] .stage-plot').data.at(-1)"
    lesson.wait_for_function(f"() => Math.abs({path}.x[0] - 2) < 0.1")
    expect(lesson.get_by_text("Downhill the hinge stops after")).to_be_visible()
    assert address(lesson, "s") is None


def test_a_click_on_the_difference_moves_its_point(page: Page, app: str) -> None:
    lesson = opened(page, f"{app}/losses?lang=en&gaps=2D&step=landscapes&which=CE-H")
    stage(lesson, "losses-landscapes").scroll_into_view_if_needed()
    words = lesson.get_by_text("At your point the difference is −0.539809")
    expect(words).to_be_visible()
    lesson.mouse.click(*place(lesson, "losses-landscapes", 2.0, -3.0))
    point = "document.querySelector('[data-stage=losses-landscapes] .stage-plot').data.at(-1)"
    lesson.wait_for_function(f"() => Math.abs({point}.x[0] - 2) < 0.1 && Math.abs({point}.y[0] + 3) < 0.1")
    expect(words).to_have_count(0)


def test_a_scene_is_one_step_back(flat: Page) -> None:
    before = flat.evaluate("history.length")
    flat.get_by_role("button", name="A cat far off").click()
    expect(flat.get_by_text("Hinge: 694.25")).to_be_visible()
    flat.get_by_role("button", name="Probabilities").click()
    flat.wait_for_function("() => new URL(location).searchParams.get('target') === '1'")
    expect(flat.get_by_label("Scores", exact=True)).to_have_value(re.compile("-1.609"))
    assert flat.evaluate("history.length") == before + 2
    flat.go_back()
    expect(flat.get_by_text("Hinge: 694.25")).to_be_visible()
    assert (address(flat, "s"), address(flat, "target")) == ("-96.8, 437.9, 60.75", "0")
    flat.go_back()
    expect(flat.get_by_text("Hinge: 1.58")).to_be_visible()
    assert address(flat, "target") is None


def test_the_true_class_stays_chosen_and_the_address_says_which(page: Page, app: str) -> None:
    lesson = opened(page, f"{app}/losses?lang=en&step=interact&s=1,2,3,4,5,6,7,8&target=7")
    pills = lesson.locator(".st-key-target")
    lit = pills.locator("[aria-checked=true], [aria-pressed=true], [kind=pillsActive]")
    expect(lit).to_have_text("7")
    lit.click()
    expect(lit).to_have_text("7")
    field = lesson.get_by_label("Scores", exact=True)
    field.fill("1, 2")
    field.press("Enter")
    expect(lit).to_have_text("1")
    assert address(lesson, "target") in {None, "1"}


def test_a_scene_is_a_link_that_another_reader_can_open(flat: Page) -> None:
    flat.get_by_role("button", name="Far ahead").click()
    expect(flat.get_by_text("Cross-entropy: 3.37782e−48")).to_be_visible()
    flat.wait_for_function("() => new URL(location).searchParams.get('target') === '0'")
    opened(flat, flat.url.replace("lang=en", "lang=ko"))
    expect(flat.get_by_text("교차 엔트로피 손실: 3.37782e−48")).to_be_visible()
    expect(flat.get_by_label("점수", exact=True)).to_have_value("10, -100, -100")
    expect(flat.get_by_text("교차 엔트로피 손실: 1.04019")).to_have_count(0)


def test_on_a_phone_nothing_sticks_out(page: Page, app: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    scores = "s=-2850.125,0.86,1000.5,1,2,3,4,5&target=7&margin=20"
    opened(page, f"{app}/losses?lang=ko&step=interact&{scores}")
    for step in ("interact", "compute", "surfaces", "gradient"):
        go(page, step)
        wide = page.evaluate(
            """() => [...document.querySelectorAll('.katex-html, .stage')].filter((node) => {
                const { left, right } = node.getBoundingClientRect();
                return left < 0 || right > innerWidth;
            }).length"""
        )
        assert wide == 0, step


HEADS = r"""() => {
    const plot = document.querySelector('[data-stage=losses-landscapes] .stage-plot');
    const { xaxis, yaxis } = plot._fullLayout;
    const { x, y } = plot.data.find(({ marker }) => marker?.angleref === 'previous');
    const shafts = x.flatMap((_, i) => i % 3 === 1
        ? [[xaxis.d2p(x[i - 1]) - xaxis.d2p(x[i]), yaxis.d2p(y[i - 1]) - yaxis.d2p(y[i])]] : []);
    const shapes = [...plot.querySelectorAll('.scatterlayer .point')].map((point) => point.getAttribute('d'));
    const heads = shapes.map((shape) => /^M0,0L(\S+),(\S+)L(\S+),(\S+)Z$/.exec(shape)?.slice(1).map(Number));
    return [shafts, heads.filter(Boolean).map(([a, b, c, d]) => [(a + c) / 2, (b + d) / 2])];
}"""


def test_every_arrow_shows_its_shaft_and_its_head_is_turned_along_it(page: Page, app: str) -> None:
    opened(page, f"{app}/losses?lang=en&gaps=2D&step=landscapes&which=CE")
    lengths = []
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 900})
        drawn = "document.querySelector('[data-stage=losses-landscapes] .stage-plot')._fullLayout.width"
        page.wait_for_function(f"width => {drawn} < width", arg=width)
        settle(page)
        shafts, heads = ([complex(*end) for end in ends] for ends in page.evaluate(HEADS))
        assert len(shafts) == len(heads) == 100
        for shaft, head in zip(shafts, heads, strict=True):
            assert abs(shaft) > abs(head) + 2
            turned = head / shaft
            assert abs(turned.imag) < 0.05 * turned.real
        lengths.append(max(map(abs, shafts)))
    assert lengths[0] > lengths[1], "drawn anew for the phone"


def test_cross_entropy_is_sketched_over_the_gap_and_stands_there_then(page: Page, app: str) -> None:
    opened(page, f"{app}/losses?lang=en&step=slices&margin=3")
    sketch = stage(page, "losses-gap")
    spoken = sketch.locator(".stage-plot")
    expect(spoken).to_have_attribute("aria-label", re.compile("margin 1.*gap 2: yours 1.$"))
    expect(page.locator(".st-key-margin")).to_have_count(0)
    for gap, key in (("−4", "Home"), ("−2", "Home"), ("2", "End")):
        sketch.get_by_role("slider", name=f"Your cross-entropy at a gap of {gap}", exact=True).press(key)
        drawn = {"Home": 0, "End": 5}[key]
        expect(spoken).to_have_attribute("aria-label", re.compile(f"gap {gap}: yours {drawn}[;.]"))
    page.locator(".st-key-losses-gap-guess button").click()
    expect(page.get_by_text("2 of your 4 points are right. At the gap 2 you drew 5").first).to_be_visible()
    expect(spoken).to_have_attribute("aria-label", re.compile("margin 3.*gap 2: yours 5, true 2.127"))
