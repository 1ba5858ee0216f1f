"""How fast the server answers a slider: this app's set-up beside a bare `streamlit run`, in one run.

python -m benchmarks.server_load
"""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.reader import Reader, reading
from benchmarks.servers import app_server, bare_server

SESSIONS = 20
SECONDS = 6.0
ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Result:
    """The median round trip of one reader alone, and the reruns per second of all together."""

    trip: float
    reruns: float

    def __str__(self) -> str:
        return f"{self.trip * 1000:7.1f} ms   {self.reruns:7.1f} /s"


async def measure(address: str, page: str, query: str, label: str, low: float, high: float) -> Result:
    async with AsyncExitStack() as stack:
        readers = [await stack.enter_async_context(reading(address, page, query)) for _ in range(SESSIONS)]
        values = [low + (high - low) * step / 97 for step in range(97)]
        trips = []
        for value in (values * ROUNDS)[:ROUNDS]:
            start = time.perf_counter()
            await readers[0].slide(label, value)
            trips.append(time.perf_counter() - start)
        end = time.perf_counter() + SECONDS
        counts = await asyncio.gather(*(_slide_until(end, reader, label, values) for reader in readers))
        return Result(median(trips), sum(counts) / SECONDS)


async def _slide_until(end: float, reader: Reader, label: str, values: list[float]) -> int:
    count = 0
    while time.perf_counter() < end:
        await reader.slide(label, values[count % len(values)])
        count += 1
    return count


def main() -> None:
    pages = Path(__file__).parent / "pages"
    with bare_server(pages / "bare.py") as address:
        bare = asyncio.run(measure(address, "", "", "scale", 0.0, 10.0))
    with app_server("benchmarks.pages.staged_server") as address:
        staged = asyncio.run(measure(address, "", "", "scale", 0.0, 10.0))
    with app_server() as address:
        lesson = asyncio.run(
            measure(address, "scores", "lang=en&step=temperatures", "Temperature", 0.1, 10.0)
        )
    print(f"one slider and its chart, {SESSIONS} sessions    round trip      reruns")
    print(f"bare `streamlit run`, st.plotly_chart      {bare}")
    print(f"this server and stage, same page           {staged}")
    print(f"this server, a step of `scores`           {lesson}")
    print(f"same page: {staged.reruns / bare.reruns:.1f}× the reruns (goal: at least 15×)")
    print(f"same page: {staged.trip / bare.trip:.3f} of the round trip (goal: at most 0.2)")


if __name__ == "__main__":
    main()
