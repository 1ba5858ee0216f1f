"""What a first visit costs: bytes over the wire, requests, and the time until the chart stands there.

python -m benchmarks.first_page
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from benchmarks.browser import quiet_browser
from benchmarks.servers import app_server, bare_server
from lessons import LESSONS

ROUNDS = 7
PAINTED = """(chart) => {
    const note = () => { window.painted = performance.now(); };
    const there = () => requestAnimationFrame(() => setTimeout(note));
    const look = () => (document.querySelector(chart) ? there() : requestAnimationFrame(look));
    look();
}"""
GOAL = 3.0


@dataclass
class Visit:
    """One cold visit, with an empty cache."""

    seconds: float = 0.0
    bytes: float = 0.0
    requests: int = 0
    hosts: set[str] = field(default_factory=set)

    def count(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]
        self.requests += 1


def visit(browser: Browser, url: str, chart: str) -> Visit:
    result = Visit()
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.on("request", lambda request: result.hosts.add(urlsplit(request.url).netloc))
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", result.count)
    page.add_init_script(f"({PAINTED})({json.dumps(chart)})")
    page.goto(url)
    result.seconds = page.wait_for_function("() => window.painted").json_value() / 1000
    page.wait_for_timeout(1500)
    context.close()
    return result


def report(name: str, visits: list[Visit], beside: list[Visit]) -> float:
    weight = median(one.bytes for one in visits) / 1e6
    seconds = median(one.seconds for one in visits)
    ratio = seconds / median(one.seconds for one in beside)
    hosts = set().union(*(one.hosts for one in visits)) - {""}
    print(
        f"{name:34} {weight:6.2f} MB {visits[0].requests:5} requests {seconds:6.2f} s ({ratio:.2f} of bare)"
        f"   {len(hosts)} host"
    )
    return weight


def main() -> None:
    bare_page = Path(__file__).parent / "pages" / "bare.py"
    with sync_playwright() as playwright, bare_server(bare_page) as bare, app_server() as app:
        browser = quiet_browser(playwright)
        drawn = ".stage:not([data-frames='0']) .main-svg"
        places = {"bare page, one st.plotly_chart": (bare, ".main-svg")}
        places |= {f"lesson {page.slug}": (f"{app}/{page.path}?lang=en", drawn) for page in LESSONS}
        rounds = [{name: visit(browser, *place) for name, place in places.items()} for _ in range(1 + ROUNDS)]
        print("cold visit, empty cache: weight, requests, first chart drawn, hosts asked")
        visits = {name: [one[name] for one in rounds[1:]] for name in places}
        for name, its in visits.items():
            weight = report(name, its, next(iter(visits.values())))
            assert name.startswith("bare") or weight <= GOAL, f"{name}: {weight:.2f} MB; goal {GOAL} MB"


if __name__ == "__main__":
    main()
