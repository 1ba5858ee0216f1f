"""What one move of a slider costs the server, on every step of every lesson.

    python -m benchmarks.moves [lesson ...]        # exit status 1 if a promise is broken

A reader opens each step, asks to be shown the answer where there is a question, and moves each slider through
its range. The figures are milliseconds of the server's processor for one move: of a reader alone, and of
eight at once, whose scripts and messages get into each other's way; and the moves of the eight that are
answered in a second. Promised: at most 6 ms on a step of `scores`, 15 ms on any, of a reader alone.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from benchmarks.reader import TRACK, Reader, reading
from benchmarks.servers import app_server
from lessons import LESSONS

MOVES, READERS, ROUNDS = 40, 8, 4
PROMISED, OF_SCORES = 15.0, 6.0
_SHOW = "Show me"
_TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds() -> float:
    """What the processes that this one has started have used of the processor."""
    used = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[1]) == os.getpid():
            used += (int(fields[11]) + int(fields[12])) / _TICKS
    return used


def sliders(reader: Reader) -> dict[str, dict[str, Any]]:
    """The sliders on the screen, with their bounds."""
    found = [
        json.loads(element.json) for element, _ in reader.widgets.values() if element.component_name == TRACK
    ]
    return {each["label"]: each for each in found}


async def moves(reader: Reader, label: str, slider: dict[str, Any]) -> None:
    """Move a slider through its range, from step to step as a hand does."""
    low, high, step = (float(slider[name]) for name in ("low", "high", "step"))
    for move in range(MOVES):
        place = low + round((high - low) / step * move / MOVES) * step
        await reader.run(reader.moved(label, place, rests=False))


async def opened(stack: AsyncExitStack, address: str, lesson: str, step: str) -> Reader:
    """A reader at a step, who has been shown what it asks."""
    reader = await stack.enter_async_context(reading(address, lesson, f"lang=en&step={step}"))
    while _SHOW in reader.buttons and not sliders(reader):
        await reader.press(_SHOW)
        del reader.buttons[_SHOW]
    return reader


async def of_a_step(address: str, lesson: str, step: str) -> list[float]:
    """Milliseconds of the processor for a move of each slider, of a reader alone."""
    costs = []
    async with AsyncExitStack() as stack:
        readers = [await opened(stack, address, lesson, step) for _ in range(READERS)]
        for label, slider in sliders(readers[0]).items():
            await moves(readers[0], label, slider)
            alone, _ = await cost(readers[:1], label, slider, ROUNDS)
            together, rate = await cost(readers, label, slider, 1)
            print(
                f"{lesson:12} {step:14} {alone:5.1f} ms  {together:5.1f} ms  {rate:6.0f} /s  {label}",
                flush=True,
            )
            costs.append(alone)
    return costs


async def cost(readers: list[Reader], label: str, slider: dict[str, Any], rounds: int) -> tuple[float, float]:
    """Milliseconds of the processor for a move, and the moves that are answered in a second."""
    before, start = processor_seconds(), time.perf_counter()
    for _ in range(rounds):
        await asyncio.gather(*(moves(reader, label, slider) for reader in readers))
    count = MOVES * rounds * len(readers)
    return (processor_seconds() - before) / count * 1000, count / (time.perf_counter() - start)


async def stops(address: str, lesson: str) -> list[str]:
    async with reading(address, lesson, "lang=en") as reader:
        return reader.stops


def main() -> int:
    wanted = sys.argv[1:] or [lesson.slug for lesson in LESSONS]
    broken = False
    print("lesson       step              alone  together  answers  slider")
    with app_server() as address:
        for lesson in wanted:
            for step in asyncio.run(stops(address, lesson)):
                limit = OF_SCORES if lesson == "scores" else PROMISED
                broken |= any(used > limit for used in asyncio.run(of_a_step(address, lesson, step)))
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
