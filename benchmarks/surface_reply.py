"""How soon a slider shows in the loss surfaces: the stage beside st.plotly_chart, in one run.

python -m benchmarks.surface_reply

The time runs from the key press on the slider to the second animation frame after the new surface is in the
plot. The pages take turns, so that a busy machine slows them alike; the medians are printed.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.browser import quiet_browser
from benchmarks.servers import app_server, bare_server

ROUNDS, PRESSES, WARM_UP = 6, 4, 4
GOAL_MS, GOAL_SHARE = 300.0, 0.5

WATCH = """(plotIn) => {
  const corner = () => {
    const drawn = (plot) => plot._fullLayout?.scene?._scene?.glplot;
    const plots = [...document.querySelectorAll(plotIn)].filter(drawn);
    let value = plots.at(-1)?.data[0].z;
    while (value?.at) value = value.at(-1);
    return value === undefined ? null : String(value);
  };
  window.ready = () => corner() !== null;
  window.addEventListener('keydown', (event) => {
    const start = performance.now(), before = corner();
    window.took = null;
    const look = () => {
      const now = corner();
      if (now === null || now === before) return requestAnimationFrame(look);
      requestAnimationFrame(() => requestAnimationFrame(() => { window.took = performance.now() - start; }));
    };
    requestAnimationFrame(look);
  }, true);
}"""


def opened(browser: Browser, url: str, plot: str) -> Page:
    page = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
    page.set_default_timeout(60_000)
    page.goto(url)
    page.evaluate(WATCH, plot)
    page.wait_for_function("() => ready()")
    page.wait_for_timeout(1500)
    page.locator(plot).last.scroll_into_view_if_needed()
    return page


def presses(page: Page, count: int, slider: str) -> list[float]:
    """The milliseconds of so many presses, there and back, each after the last has settled."""
    page.bring_to_front()
    handle = page.locator(slider)
    times = []
    for index in range(count):
        handle.press("ArrowRight" if index % 2 == 0 else "ArrowLeft")
        page.wait_for_function("() => window.took !== null && window.took !== undefined")
        times.append(float(page.evaluate("window.took")))
        page.wait_for_timeout(350)
    return times


def report(name: str, times: list[float]) -> float:
    low, middle, high = quantiles(times, n=4)
    print(f"{name:42} {middle:7.0f} ms   (half of them from {low:.0f} to {high:.0f})")
    return median(times)


def main() -> None:
    pages = Path(__file__).parent / "pages"
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        bare = stack.enter_context(bare_server(pages / "surfaces_bare.py"))
        staged = stack.enter_context(app_server("benchmarks.pages.surfaces_server"))
        app = stack.enter_context(app_server())
        browser = quiet_browser(playwright)
        any_slider = "[data-testid=stSlider] input[type=range]"
        runs = {
            "bare page, st.plotly_chart": (opened(browser, bare, ".js-plotly-plot"), any_slider),
            "same page, the stage": (opened(browser, staged, ".js-plotly-plot"), any_slider),
            "the whole lesson `losses`": (
                opened(
                    browser,
                    f"{app}/losses?lang=en&step=surfaces",
                    "[data-stage=losses-surfaces] .js-plotly-plot",
                ),
                ".st-key-lead input[type=range]",
            ),
        }
        times: dict[str, list[float]] = {name: [] for name in runs}
        for page, slider in runs.values():
            presses(page, WARM_UP, slider)
        for _ in range(ROUNDS):
            for name, (page, slider) in runs.items():
                times[name] += presses(page, PRESSES, slider)
        print("two 41×41 surfaces, software rendering: from the key press to the redrawn picture")
        bare_ms, staged_ms, lesson_ms = (report(name, values) for name, values in times.items())
        print(f"same page: {staged_ms / bare_ms:.2f} of the time (goal: at most {GOAL_SHARE})")
        print(f"the lesson: {lesson_ms:.0f} ms (goal: at most {GOAL_MS:.0f} ms)")
        assert staged_ms <= GOAL_SHARE * bare_ms
        assert lesson_ms <= GOAL_MS


if __name__ == "__main__":
    main()
