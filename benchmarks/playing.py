"""How smoothly a run plays and how soon it obeys, in headless Chromium with software rendering.

python -m benchmarks.playing [--playground]

Frames are counted as the stage draws them; an answer takes from the press to the second animation frame
after the picture has changed. With --playground the toy run of the browser tests is played instead.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from statistics import median

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from benchmarks.browser import quiet_browser
from benchmarks.servers import app_server

SECONDS, ANSWERS = 6.0, 12
GOAL_MS = 100.0
LESSON = {
    "linear": ("train?lang=en&step=laboratory", 50.0),
    "hidden layer": ("train?lang=en&step=laboratory&model=hidden&data=spiral", 40.0),
}
TOY = {"toy run": ("", 50.0)}

WATCH = """(stage) => {
  window.seen = [];
  new MutationObserver(() => seen.push([performance.now(), Number(stage.dataset.step)]))
    .observe(stage, { attributes: true, attributeFilter: ['data-frames'] });
  window.answer = (act, done) => new Promise((resolve) => {
    const start = performance.now();
    act();
    const look = () => {
      if (!done()) return requestAnimationFrame(look);
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - start)));
    };
    look();
  });
}"""
PAUSE = """(stage) => answer(() => stage.querySelector('[data-action=play]').click(),
  () => stage.dataset.playing === 'false')"""
STEP = """(stage) => {
  const before = stage.dataset.step;
  return answer(() => stage.querySelector('[data-action=forward]').click(),
    () => stage.dataset.step !== before);
}"""
SCRUB = """(stage, step) => {
  const scrubber = stage.querySelector('input[type=range]');
  return answer(() => { scrubber.value = step; scrubber.dispatchEvent(new Event('input')); },
    () => stage.dataset.step === String(step));
}"""


def opened(browser: Browser, url: str) -> tuple[Page, Locator]:
    page = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
    page.set_default_timeout(60_000)
    page.goto(url)
    stage = page.locator(".stage[data-end]:has(select:not([hidden]))")
    stage.scroll_into_view_if_needed()
    page.wait_for_timeout(2500)
    stage.evaluate(WATCH)
    return page, stage


def play(page: Page, stage: Locator) -> list[tuple[float, int]]:
    """When each frame was drawn, and which step it shows."""
    stage.locator("[data-action=play]").click()
    page.wait_for_timeout(SECONDS * 1000)
    return [(time, int(step)) for time, step in page.evaluate("seen")]


def script_clock(page: Page) -> Callable[[], float]:
    """A clock of the milliseconds that the page has spent in scripts."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def read() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return 1000 * float(next(one["value"] for one in metrics if one["name"] == "ScriptDuration"))

    return read


def answers(page: Page, stage: Locator) -> dict[str, float]:
    """The medians of what a reader waits for, in milliseconds."""
    times: dict[str, list[float]] = {"pause": [], "step": [], "scrub": []}
    reached = int(stage.get_attribute("data-step") or 0)
    for turn in range(ANSWERS):
        if stage.get_attribute("data-playing") != "true":
            stage.locator("[data-action=play]").click()
            page.wait_for_timeout(400)
        times["pause"].append(stage.evaluate(PAUSE))
        times["scrub"].append(stage.evaluate(SCRUB, 1 + (turn * 7919) % max(2, reached - 2)))
        times["step"].append(stage.evaluate(STEP))
    return {name: median(values) for name, values in times.items()}


def measure(browser: Browser, name: str, url: str, goal: float) -> bool:
    page, stage = opened(browser, url)
    speed = stage.locator("select")
    paces = speed.locator("option").all_inner_texts()
    speed.select_option(index=next(i for i, text in enumerate(paces) if "60" in text))
    clock = script_clock(page)
    before = clock()
    frames = play(page, stage)
    script = (clock() - before) / len(frames)
    rate = (len(frames) - 1) / (frames[-1][0] - frames[0][0]) * 1000
    steps = [step for _, step in frames]
    nodes = stage.locator(".js-plotly-plot").count()
    waits = answers(page, stage)
    told = ", ".join(f"{what} {wait:.0f} ms" for what, wait in waits.items())
    print(f"{name:14} {rate:5.1f} frames/s (goal {goal:.0f}), {script:.1f} ms of script a frame")
    print(f"{'':14} {told} (goal {GOAL_MS:.0f} ms)")
    print(
        f"{'':14} steps {steps[0]} to {steps[-1]}, in order: {steps == sorted(steps)}, chart nodes: {nodes}"
    )
    page.context.close()
    return rate >= goal and max(waits.values()) <= GOAL_MS and steps == sorted(steps) and nodes == 1


def main() -> None:
    toy = "--playground" in sys.argv
    server = app_server("tests.browser.playground_server") if toy else app_server()
    with sync_playwright() as playwright, server as address:
        browser = quiet_browser(playwright)
        runs = TOY if toy else LESSON
        reached = [measure(browser, name, f"{address}/{page}", goal) for name, (page, goal) in runs.items()]
        assert all(reached)


if __name__ == "__main__":
    main()
