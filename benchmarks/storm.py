"""A class that moves its sliders whether it is answered or not: who is answered, and how soon.

python -m benchmarks.storm [--readers 30 60] [--rate 1] [--seconds 20] [--page scores] [--workers 1]
                          [--storms] [--films 50] [--drags] [--at ADDRESS]

The load is open: a reader sends the next move at its own pace, as a hand does. A move is answered by the end
of the first run that has heard of it. `--storms` adds one reader who sends a hundred moves a second,
`--films` as many who play a training; what the others feel of them is shown. With `--drags` each move is a
drag of half a second, at the pace of the slider: the next position when the last one is answered. `--at`
takes a server that runs.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import time
from contextlib import AsyncExitStack, nullcontext, suppress
from dataclasses import dataclass, field
from statistics import median

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import classroom
from benchmarks.moves import opened, sliders
from benchmarks.reader import TRACK, Reader
from benchmarks.servers import app_server

STEPS = {  # of each lesson one with a slider
    "scores": "temperatures",
    "stability": "subtract",
    "losses": "slices",
    "information": "surprise",
    "notes": "penalties",
}
TRAINING = "lang=en&data=blobs&stop=10000"
RECOVERY = 2.0  # seconds within which the last move of everybody is to be answered
MOVING = "All readers move from now on."
_DRAG, _TICK = 0.5, 0.002  # seconds
_SPAN = 30.0  # seconds at most that are waited for the last answers


@dataclass
class Moves:
    """What one reader sent and when it was answered; a slider says which move its server has heard last."""

    sent: dict[int, float] = field(default_factory=dict)  # by the number of the move
    seen: list[float] = field(default_factory=list)  # by the run that goes on
    answers: list[float] = field(default_factory=list)

    def hear(self, answer: ForwardMsg) -> None:
        slider = answer.delta.new_element.bidi_component
        if slider.component_name == TRACK:
            heard = json.loads(slider.json)["heard"]
            self.seen += [self.sent.pop(number) for number in list(self.sent) if number <= heard]
        elif answer.WhichOneof("type") == "script_finished":
            now = time.perf_counter()
            self.answers += [now - moment for moment in self.seen]
            self.seen.clear()

    @property
    def is_answered(self) -> bool:
        return not self.sent and not self.seen


async def _hear(reader: Reader, moves: Moves) -> None:
    while True:
        moves.hear(ForwardMsg.FromString(await reader.connection.recv(decode=False)))


async def _move(reader: Reader, moves: Moves, rate: float, end: float, drags: bool) -> None:
    label, slider = next(iter(sliders(reader).items()))
    low, high = slider["low"], slider["high"]
    await asyncio.sleep(random.random() / rate)  # noqa: S311
    while (now := time.perf_counter()) < end:
        rests = False
        while not rests:
            rests = not drags or time.perf_counter() > now + _DRAG
            message = reader.moved(label, random.uniform(low, high), rests)  # noqa: S311
            moves.sent[reader.moves] = time.perf_counter()
            await reader.connection.send(message.SerializeToString())
            while drags and not moves.is_answered:
                await asyncio.sleep(_TICK)
        await asyncio.sleep(1 / rate)


async def storm(
    address: str, page: str, rates: list[float], seconds: float, films: int = 0, drags: bool = False
) -> tuple[list[Moves], float]:
    """What became of the moves of readers at these rates; how long after the end the last was answered."""
    async with AsyncExitStack() as stack:
        students = [await classroom.opened(stack, address, f"{TRAINING}&seed={i}") for i in range(films)]
        readers = []
        for _ in rates:
            readers.append(await opened(stack, address, page, STEPS[page]))
        moves = [Moves() for _ in readers]
        until = time.perf_counter() + classroom.WARM * bool(films) + seconds
        plays = [asyncio.create_task(each.play(until, classroom.GOAL_FRAMES)) for each in students]
        await asyncio.sleep(classroom.WARM * bool(films))
        ears = [asyncio.create_task(_hear(*pair)) for pair in zip(readers, moves, strict=True)]
        print(MOVING, flush=True)
        end = time.perf_counter() + seconds
        hands = [
            _move(reader, each, rate, end, drags)
            for reader, each, rate in zip(readers, moves, rates, strict=True)
        ]
        with suppress(OSError):
            await asyncio.gather(*hands)
        stop = time.perf_counter()
        while not all(each.is_answered for each in moves) and time.perf_counter() < stop + _SPAN:
            await asyncio.sleep(0.01)
        recovery = time.perf_counter() - stop
        await asyncio.gather(*plays)
        if students:
            paces = [each.shown / each.lasted for each in students if each.lasted]
            print(f"     {films} play: least {min(paces):.1f}, median {median(paces):.1f} frames a second")
        for ear in ears:
            ear.cancel()
        return moves, recovery


def shown(moves: list[Moves], recovery: float) -> str:
    times = sorted(answer for each in moves for answer in each.answers)
    lost = sum(len(each.sent) + len(each.seen) for each in moves)
    starved = sum(not each.answers for each in moves)
    if not times:
        return "nobody was answered"
    at = [times[min(int(share * len(times)), len(times) - 1)] for share in (0.5, 0.95, 0.99)]
    worst = max(max(each.answers, default=float("inf")) for each in moves)
    return (
        f"{len(times):5} moves answered, {lost:4} not; {starved} readers never; p50 {at[0]:.3f} s, "
        f"p95 {at[1]:.3f} s, p99 {at[2]:.3f} s, worst {worst:.3f} s; all calm after {recovery:.2f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--readers", type=int, nargs="+", default=[30, 60])
    parser.add_argument("--rate", type=float, default=1.0)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--page", choices=STEPS, default="scores")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--storms", action="store_true")
    parser.add_argument("--films", type=int, default=0)
    parser.add_argument("--drags", action="store_true")
    parser.add_argument("--at")
    asked = parser.parse_args()
    with nullcontext(asked.at) if asked.at else app_server(workers=asked.workers) as address:
        for count in asked.readers:
            rates = [asked.rate] * count
            measured = asyncio.run(storm(address, asked.page, rates, asked.seconds, drags=asked.drags))
            print(f"{count:4} readers: {shown(*measured)}")
            if asked.storms:
                moves, recovery = asyncio.run(storm(address, asked.page, [*rates, 100.0], asked.seconds))
                print(f"     and one at 100 moves a second: {shown(moves[:-1], recovery)}")
            if asked.films:
                measured = asyncio.run(storm(address, asked.page, rates, asked.seconds, asked.films))
                print(f"     beside {asked.films} trainings: {shown(*measured)}")


if __name__ == "__main__":
    main()
