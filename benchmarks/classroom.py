"""A class on one server process: 60 students play a run, 60 others sit before the lesson on scores.

python -m benchmarks.classroom [--model linear|quadratic|hidden] [--pace 20] [--students 60] [--others 60]
                               [--seconds 20] [--show f=0 ∇ ok]

Each student has samples of their own and asks for frames as the stage does: a chunk of 30, and the next one
when half of it is left, at the pace at which the frames are shown. Of the others one at a time moves a
slider. The server is bound to one core, this process to another.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
import zlib
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import orjson
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from benchmarks.reader import Reader, reading
from benchmarks.servers import app_server

CHUNK, KEY, IDLE = 30, "train-film", 5.0
WARM = 4.0  # seconds of playing before frames are counted: all 60 press Play at once
GOAL_FRAMES, GOAL_MS = 20.0, 300.0
THINKING = 0.05  # seconds from one slider's answer to the next reader's move
DATA = {"linear": "blobs", "quadratic": "circles", "hidden": "cs231n_spiral"}
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Student(Reader):
    """Plays a run: `ahead` frames have been sent and not yet shown."""

    stage: tuple[str, str] = ("", "")
    film: dict[str, Any] = field(default_factory=dict)
    version: str = ""
    at: int = 0
    shown: float = 0.0
    lasted: float = 0.0
    waits: list[float] = field(default_factory=list)
    sent: int = 0

    def notice(self, answer: ForwardMsg) -> None:
        super().notice(answer)
        component = answer.delta.new_element.bidi_component
        if not component.id.endswith(KEY):
            return
        self.stage = component.id, answer.delta.fragment_id
        self.sent += len(component.bytes)
        message = _head(component.bytes)
        self.film, self.version = message["frames"], message["version"]

    async def ask(self, count: int) -> int:
        """Ask for the next frames, as the stage does; return how many came."""
        start = self.at + 1
        wish = {"id": self.film["id"], "start": start, "stride": 1, "count": count}
        message = self.event_of(*self.stage, "need", {**wish, "at": self.at, "holds": self.version})
        before = time.perf_counter()
        await self.run(message)
        self.waits.append(time.perf_counter() - before)
        if self.errors() or not self.film["answers"]:
            raise RuntimeError(f"no answer: {self.errors()}")
        steps = [frame["step"] for frame in self.film["items"]]
        if steps != list(range(start, start + len(steps))):
            raise RuntimeError(f"asked for {count} frames from {start}, got {steps}")
        self.at = steps[-1]
        return len(steps)

    async def play(self, until: float, pace: float) -> None:
        """Show frames at a pace; a frame that is not there in time is shown when it comes."""
        ahead, clock = 0.0, time.perf_counter()
        counted = clock + WARM
        while time.perf_counter() < until:
            await asyncio.sleep(max(0.0, (ahead - CHUNK / 2) / pace))
            came = await self.ask(CHUNK)
            now = time.perf_counter()
            played = min(ahead, pace * (now - clock))
            if clock >= counted:
                self.shown += played
                self.lasted += now - clock
            ahead, clock = ahead - played + came, now


def _head(packed: bytes) -> dict[str, Any]:
    """The JSON of a message of the stage, without its numbers; see ui/stage/payload.py."""
    if not any(packed[:4]):
        packed = zlib.decompress(packed[4:])
    length = int.from_bytes(packed[:4], "little")
    found: dict[str, Any] = orjson.loads(packed[4 : 4 + length])
    return found


async def move_sliders(others: Sequence[Reader], until: float) -> list[float]:
    """One reader after the other moves a slider; the seconds until each has its answer."""
    trips, turn = [], 0
    while time.perf_counter() < until:
        value = 0.1 + (turn * 37 % 97) / 10
        start = time.perf_counter()
        await others[turn % len(others)].slide("Temperature", value)
        trips.append(time.perf_counter() - start)
        turn += 1
        await asyncio.sleep(THINKING)
    return trips


def busy(pid: int) -> float:
    """The seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def children() -> list[int]:
    return [
        int(pid)
        for task in Path("/proc/self/task").iterdir()
        for pid in (task / "children").read_text().split()
    ]


def high(values: Sequence[float], share: float = 0.95) -> float:
    """The value that so many do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


async def opened(stack: AsyncExitStack, address: str, query: str) -> Student:
    url = address.replace("http://", "ws://") + "/_stcore/stream"
    options: dict[str, Any] = {"subprotocols": ["streamlit"], "max_size": None}
    student = Student(await stack.enter_async_context(connect(url, **options)), "train", query)
    await student.open()
    return student


async def measure(address: str, pid: int, wanted: argparse.Namespace) -> bool:
    scene = f"lang=en&model={wanted.model}&data={DATA[wanted.model]}&stop=10000"
    scene += "".join(f"&show={each}" for each in wanted.show)
    async with AsyncExitStack() as stack:
        begun = busy(pid)
        students = [await opened(stack, address, f"{scene}&seed={i}") for i in range(wanted.students)]
        print(f"opening /train: {1000 * (busy(pid) - begun) / max(1, wanted.students):.0f} ms of CPU each")
        others = [
            await stack.enter_async_context(reading(address, "scores", "lang=en&step=temperatures"))
            for _ in range(wanted.others)
        ]
        begun = busy(pid)
        await asyncio.sleep(IDLE)
        print(f"nobody plays: {100 * (busy(pid) - begun) / IDLE:.1f} % of a core")
        for student in students:
            student.sent = 0
        begun, own, start = busy(pid), time.process_time(), time.perf_counter()
        until = start + wanted.seconds
        plays = [student.play(until, wanted.pace) for student in students]
        trips = asyncio.create_task(move_sliders(others, until)) if others else None
        await asyncio.gather(*plays)
        answers = await trips if trips else []
        lasted = time.perf_counter() - start
        used, spent = busy(pid) - begun, time.process_time() - own
    chunks = sum(len(student.waits) for student in students)
    if students:
        frames = [student.shown / student.lasted for student in students if student.lasted]
        waits = [1000 * wait for student in students for wait in student.waits]
        size = sum(student.sent for student in students) / chunks / 1000
        print(f"{wanted.students} play at a pace of {wanted.pace:g} frames/s, {wanted.model}:")
        print(f"  frames/s: least {min(frames):.1f}, median {median(frames):.1f} (goal {GOAL_FRAMES:.0f})")
        print(f"  {chunks / lasted:.1f} chunks/s of {size:.0f} kB; an answer takes a median of")
        print(f"  {median(waits):.0f} ms, 95 %: {high(waits):.0f} ms")
    if answers:
        trip = [1000 * answer for answer in answers]
        print(f"{len(trip) / lasted:.1f} sliders/s of {wanted.others} others: median {median(trip):.0f} ms,")
        print(f"  95 %: {high(trip):.0f} ms (goal {GOAL_MS:.0f})")
    print(f"server: {100 * used / lasted:.0f} % of a core, {1000 * used / max(1, chunks):.1f} ms of CPU for")
    print(f"  each chunk, sliders included; this client: {100 * spent / lasted:.0f} % of another")
    return (not students or min(frames) >= GOAL_FRAMES * 0.97) and (not answers or high(trip) <= GOAL_MS)


def main() -> None:
    parser = argparse.ArgumentParser(description="A class on one server process.")
    parser.add_argument("--model", choices=DATA, default="linear")
    parser.add_argument("--pace", type=float, default=GOAL_FRAMES)
    parser.add_argument("--students", type=int, default=60)
    parser.add_argument("--others", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--show", nargs="*", default=[])
    wanted = parser.parse_args()
    before = set(children())
    os.sched_setaffinity(0, {0})
    with app_server() as address:
        os.sched_setaffinity(0, {1})
        (pid,) = set(children()) - before
        reached = asyncio.run(measure(address, pid, wanted))
    print("reached" if reached else "not reached")


if __name__ == "__main__":
    main()
