"""What a first visit costs: bytes over the wire, requests, and the time until the chart stands there.

python -m benchmarks.first_page
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from benchmarks.servers import app_server, bare_server
from ui.lessons import LESSONS

ROUNDS = 7
GOAL = 3.0
QUIET = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"]


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
    start = time.perf_counter()
    page.goto(url)
    page.wait_for_selector(chart)
    result.seconds = time.perf_counter() - start
    page.wait_for_timeout(1500)
    context.close()
    return result


def report(name: str, visits: list[Visit]) -> float:
    weight = median(one.bytes for one in visits) / 1e6
    seconds = median(one.seconds for one in visits)
    hosts = set().union(*(one.hosts for one in visits)) - {""}
    print(f"{name:34} {weight:6.2f} MB {visits[0].requests:5} requests {seconds:6.2f} s   {len(hosts)} host")
    return weight


def main() -> None:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    bare_page = Path(__file__).parent / "pages" / "bare.py"
    with sync_playwright() as playwright, bare_server(bare_page) as bare, app_server() as app:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        drawn = ".stage:not([data-frames='0']) .main-svg"
        print("cold visit, empty cache: weight, requests, first chart drawn, hosts asked")
        for _ in range(2):
            visit(browser, bare, ".main-svg")
        report("bare page, one st.plotly_chart", [visit(browser, bare, ".main-svg") for _ in range(ROUNDS)])
        for lesson in LESSONS:
            url = f"{app}/{lesson.path}?lang=en"
            weight = report(f"lesson {lesson.slug}", [visit(browser, url, drawn) for _ in range(ROUNDS)])
            assert weight <= GOAL, f"{lesson.slug} weighs {weight:.2f} MB; the goal is {GOAL} MB"


if __name__ == "__main__":
    main()
