"""A long page on paper and on the screen: whole figures, light on paper, drawn where they are seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle

A4 = 793 - 2 * 45  # pixels between margins of 12 mm
ONLY_ON_SCREEN = (
    ".way, .track input, [data-testid=stButton], .stage-player button, .stage-handles, [data-testid=stHeader]"
    ", [class*=only-on-screen]"
)
PRINTED = """(onlyOnScreen) => {
    dispatchEvent(new Event('beforeprint'));  // what follows stands before anything else can run
    const seen = (node) => node.checkVisibility({ visibilityProperty: true });
    const box = (node) => node.getBoundingClientRect();
    const light = (colour) => colour.match(/\\d+/g).slice(0, 3).every((part) => part > 200);
    const all = (what) => [...document.querySelectorAll(what)].filter(seen);
    const sheet = document.querySelector('[data-testid=stMainBlockContainer]');
    const plots = all('.stage-plot'), edge = box(sheet).right + 1, pale = [];
    const texts = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const { parentElement: node, data } = texts.currentNode;
        if (!data.trim() || !seen(node) || node.closest('svg, style')) continue;
        if (light(getComputedStyle(node).color)) pale.push(data);
    }
    const found = {
        widths: plots.map((plot) => box(plot).width),
        drawn: plots.map((plot) => Math.abs(box(plot.querySelector('.main-svg')).width - box(plot).width)),
        pale_ink: plots.filter((plot) => light(plot._fullLayout.font.color)).length,
        is_light: light(getComputedStyle(document.body).backgroundColor),
        pale,
        only_on_screen: all(onlyOnScreen).length,
        outside: all('[data-testid=stMainBlockContainer] *:not(.katex *, svg *)')
            .filter((node) => box(node).width && box(node).right > edge).map((node) => node.className),
        broken: all('table .katex').filter((formula) => box(formula).height > 40).length,
        in_space: plots.filter((plot) => plot._fullLayout.scene || plot.querySelector('canvas')).length,
        contours: plots.map((plot) => plot.querySelectorAll('.contourlevel path, .contourlines path').length),
        framed: all('[data-testid=stButtonGroup]:has([role=radio])')
            .map((group) => [...group.querySelectorAll('button')]
                .filter((one) => getComputedStyle(one).borderTopWidth === '2px').length),
        hints: document.querySelectorAll('.stage-hint:not([hidden])').length,
    };
    dispatchEvent(new Event('afterprint'));
    const { paper } = document.documentElement.dataset;
    return { ...found, left: paper ?? null };
}"""
#: What a reader sees of each figure near by: its size, its ink and where it is looked at from.
LOOK = """() => [...document.querySelectorAll('.stage:not([data-away]) .stage-plot')].map((plot) => {
    const { width, height, font, scene } = plot._fullLayout;
    const eye = scene ? Object.values(scene._scene.getCamera().eye).map((far) => far.toFixed(2)) : [];
    return [width, height, font.color, ...eye];
})"""


def opened(page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(address)
    settle(page)


@pytest.mark.parametrize(
    ("path", "scheme"),
    [
        ("scores?lang=en&view=page", "dark"),
        ("losses?lang=ko&step=surfaces", "dark"),
        ("losses?lang=en&view=page", "light"),
        ("names?lang=ko&view=page", "light"),
        ("notes?lang=en&view=page", "dark"),
        ("train?lang=en&step=spiral&layers=hidden", "light"),
    ],
)
def test_figures_are_whole_and_light_and_nothing_lies_over_them(
    page: Page, app: str, path: str, scheme: str
) -> None:
    opened(page, f"{app}/{path}", scheme)
    before = page.evaluate(LOOK)
    found = page.evaluate(PRINTED, ONLY_ON_SCREEN)
    assert 0 < max(found["widths"]) <= A4
    assert max(found["widths"]) > 0.9 * A4
    assert max(found["drawn"]) <= 1
    assert found["is_light"]
    assert (found["pale"], found["pale_ink"]) == ([], 0)
    assert found["only_on_screen"] == 0
    assert found["outside"] == []
    assert found["broken"] == 0
    assert (found["in_space"], found["hints"]) == (0, 0)
    assert set(found["framed"]) <= {0, 1}
    if path.startswith(("scores", "losses?lang=en")):  # what is chosen is seen without colours too
        assert 1 in found["framed"]
    assert (max(found["contours"]) > 10) == ("losses" in path)
    assert found["left"] is None
    page.wait_for_function(f"before => JSON.stringify(({LOOK})()) === JSON.stringify(before)", arg=before)


def test_a_page_comes_out_of_the_printer_on_its_sheets(page: Page, app: str) -> None:
    opened(page, f"{app}/losses?lang=en&step=surfaces", "dark")
    page.evaluate(
        """() => {
            window.seen = [];
            addEventListener('paper', () => seen.push(document.documentElement.dataset.paper ?? 'screen'));
        }"""
    )
    page.emulate_media(media="print", color_scheme="dark")
    page.wait_for_function("() => seen.join() === 'dark'")
    sheets = page.pdf(format="A4")
    assert sheets.count(b"/Type /Page\n") == 1
    page.emulate_media(media="screen", color_scheme="dark")
    page.wait_for_function("() => seen.join() === 'dark,screen'")


def test_on_paper_a_dark_page_has_the_colours_of_the_light_theme(page: Page, app: str) -> None:
    names = [name for name in PALETTE.split() if name]
    read = """(names) => {
        const style = getComputedStyle(document.querySelector('.stage'));
        return names.map((name) => style.getPropertyValue(`--st-${name}`).trim().toUpperCase());
    }"""
    opened(page, f"{app}/scores?lang=en&step=softmax", "light")
    light = page.evaluate(read, names)
    opened(page, f"{app}/scores?lang=en&step=softmax", "dark")
    assert page.evaluate(read, names) != light
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(read, names) == light
    page.evaluate("dispatchEvent(new Event('afterprint'))")


PALETTE = """
background-color secondary-background-color text-color border-color primary-color link-color gray-text-color
blue-text-color green-text-color orange-text-color red-text-color violet-text-color
"""


def test_a_picture_further_down_is_drawn_when_the_reader_comes_near(page: Page, app: str) -> None:
    opened(page, f"{app}/scores?lang=en&view=page", "light")
    key = page.locator("[data-away]").last.get_attribute("data-stage")
    stage = page.locator(f"[data-stage={key}]")
    height = "stage => stage.querySelector('.stage-plot').clientHeight"
    expect(stage).to_have_attribute("data-frames", "0")
    place = stage.evaluate(height)
    assert place > 100  # what stands below need not move
    stage.scroll_into_view_if_needed()
    expect(stage).not_to_have_attribute("data-frames", "0")
    expect(stage).not_to_have_attribute("data-away", "")
    assert stage.evaluate(height) == place
