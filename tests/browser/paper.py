"""What is wrong with a page on paper, read at once: what is printed stands for a moment only."""

from __future__ import annotations

from playwright.sync_api import Page

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


def printed_well(page: Page) -> dict[str, list[int]]:
    """Whole figures, light, with nothing over them, and the screen as before then; what is in the figures."""
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
    assert found["left"] is None
    page.wait_for_function(f"before => JSON.stringify(({LOOK})()) === JSON.stringify(before)", arg=before)
    return {part: found[part] for part in ("framed", "contours")}
