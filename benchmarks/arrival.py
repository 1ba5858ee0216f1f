"""A class opens its first page at once: how long the server takes to give every file to everybody.

python -m benchmarks.arrival
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from benchmarks.browser import quiet_browser
from benchmarks.servers import app_server, bare_server

CLASS = 30
CONNECTIONS = 6  # of a browser to one host
ROUNDS = 5


def files_of(browser: Browser, url: str) -> list[str]:
    """The paths of all files that a first visit asks for."""
    page = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
    paths: list[str] = []
    page.on("request", lambda request: paths.append(urlsplit(request.url).path))
    page.goto(url)
    page.locator(".main-svg").first.wait_for()
    page.wait_for_timeout(1500)
    page.context.close()
    return [path for path in paths if "/static" in path or "/stage-assets" in path]


async def arrive(address: str, paths: list[str]) -> float:
    """Seconds until everybody has everything."""
    start = time.perf_counter()
    await asyncio.gather(*(_visit(address, paths) for _ in range(CLASS)))
    return time.perf_counter() - start


async def _visit(address: str, paths: list[str]) -> None:
    waiting = iter(paths)
    await asyncio.gather(*(_connection(address, waiting) for _ in range(CONNECTIONS)))


async def _connection(address: str, waiting: Iterator[str]) -> None:
    host = urlsplit(address)
    reader, writer = await asyncio.open_connection(host.hostname, host.port)
    for path in waiting:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host.netloc}\r\nAccept-Encoding: br\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), (path, head)
        length = head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]
        await reader.readexactly(int(length))
    writer.close()


def main() -> None:
    bare_page = Path(__file__).parent / "pages" / "bare.py"
    with bare_server(bare_page) as bare, app_server() as app:
        with sync_playwright() as playwright:
            browser = quiet_browser(playwright)
            visits = {
                "bare page, one st.plotly_chart": (bare, files_of(browser, bare)),
                "lesson scores": (app, files_of(browser, f"{app}/scores?lang=en")),
            }
        rounds = [
            {name: asyncio.run(arrive(*visit)) for name, visit in visits.items()} for _ in range(ROUNDS)
        ]
    beside = median(one["bare page, one st.plotly_chart"] for one in rounds)
    print(f"{CLASS} open a page at once, {CONNECTIONS} connections each: until everybody has every file")
    for name, (_, paths) in visits.items():
        seconds = median(one[name] for one in rounds)
        print(f"{name:34} {len(paths):4} files {seconds:6.2f} s ({seconds / beside:.2f} of bare)")


if __name__ == "__main__":
    main()
