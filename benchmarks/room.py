"""A class on its phones: how long joining and voting take, while processes die, and what idle phones cost.

`python -m benchmarks.room` starts the app's server with two processes and sends it, from this process and
without a browser, what browsers would.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from app.rooms import keys, tables
from app.rooms.phases import Move, Phase
from app.rooms.pool import MOST, Point, Pool
from app.rooms.question import Choice, Question
from app.rooms.store import Store, open_store
from app.rooms.tables import Place
from app.rooms.tally import pooled
from benchmarks.servers import ROOT, app_server
from benchmarks.storm import MOVING

POINTS = Question(Pool(("a", "b", "c"), (-4.0, 4.0), (-4.0, 4.0)), "Put down points.", "en", "train")
QUESTION = Question(Choice(("a", "b", "c"), ("", "", ""), 2), "Which?", "en")
BACK_WITHIN = 60.0  # seconds
_FIRST = 50  # phones for which a server brings what it has for all
SAID_BY_BROWSERS = (
    "User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
    "Mobile Safari/537.36",
    'sec-ch-ua: "Chromium";v="140", "Not=A?Brand";v="24", "Google Chrome";v="140"',
    "sec-ch-ua-mobile: ?1",
    'sec-ch-ua-platform: "Android"',
    "Accept: text/event-stream",
    "Cache-Control: no-cache",
    "Sec-Fetch-Site: same-origin",
    "Sec-Fetch-Mode: cors",
    "Sec-Fetch-Dest: empty",
    "Referer: http://class.example:8501/room/ABCD?lang=en",
    "Accept-Encoding: identity",
    "Accept-Language: en-US,en;q=0.9",
)


@dataclass(slots=True)
class Phone:
    """One phone: a cookie, a stream, and a vote that it repeats until it is acknowledged."""

    host: str
    port: int
    code: str
    cookie: str = ""
    state: dict[str, object] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    streams: int = 0
    tries: int = 0
    events: str = "/events"
    below: str = ""  # the path of the app

    async def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            self._write(writer, method, path, body, "close")
            head = await reader.readuntil(b"\r\n\r\n")
            for line in head.split(b"\r\n"):
                if line.lower().startswith(b"set-cookie: seat_"):
                    self.cookie = line.split(b": ", 1)[1].split(b";")[0].decode()
            return int(head.split(b" ", 2)[1]), await reader.read()
        finally:
            writer.close()

    def _write(self, writer: asyncio.StreamWriter, method: str, path: str, body: bytes, how: str) -> None:
        lines = [f"{method} {self.below}/room/{self.code}{path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        lines += [f"Connection: {how}", f"Content-Length: {len(body)}", f"Cookie: {self.cookie}"]
        writer.write("\r\n".join([*lines, *SAID_BY_BROWSERS, "", ""]).encode() + body)

    async def join(self) -> float:
        """Open the page and ask for what there is; seconds."""
        began = time.perf_counter()
        for path in ("", "/state"):
            status, _ = await self.ask("GET", path)
            assert status == 200, status
        return time.perf_counter() - began

    async def listen(self) -> None:
        """Keep a stream open, again and again."""
        while True:
            with suppress(OSError, asyncio.IncompleteReadError):
                reader, writer = await asyncio.open_connection(self.host, self.port)
                self._write(writer, "GET", self.events, b"", "keep-alive")
                self.streams += 1
                try:
                    while line := await reader.readline():
                        if line.startswith(b"data: {"):
                            self.state = json.loads(line[6:])
                            self.changed.set()
                finally:
                    writer.close()
            await asyncio.sleep(1)

    async def vote(self, round_: int, answer: object) -> float:
        """Vote until it is acknowledged; seconds."""
        began = time.perf_counter()
        body = json.dumps({"item": 1, "round": round_, "answer": answer, "sure": 1}).encode()
        while time.perf_counter() - began < BACK_WITHIN:
            self.tries += 1
            with suppress(OSError, asyncio.IncompleteReadError):
                status, _ = await self.ask("PUT", "/vote", body)
                if status == 200:
                    return time.perf_counter() - began
                assert status >= 500, status
            await asyncio.sleep(0.2)
        raise TimeoutError

    async def put_down(self, points: Sequence[Point], pause: float) -> list[float]:
        """Points one after another, each sent with those before, as the page does; what each took."""
        took = []
        for many in range(1, len(points) + 1):
            took.append(await self.vote(1, points[:many]))
            await asyncio.sleep(max(pause - took[-1], 0))
        return took

    async def sees(self, round_: int, phase: Phase) -> None:
        while (self.state.get("round"), self.state.get("phase")) != (round_, phase):
            self.changed.clear()
            await self.changed.wait()


def told(name: str, seconds: list[float]) -> None:
    cuts = statistics.quantiles(seconds, n=100)
    print(f"{name}: p50 {cuts[49] * 1000:.1f}, p95 {cuts[94] * 1000:.1f}, p99 {cuts[98] * 1000:.1f} ms")


async def spread(jobs: list[partial[object]], seconds: float) -> list[float]:
    """Begin these one after another within a time; what each took."""

    async def later(number: int, job: partial[object]) -> float:
        await asyncio.sleep(seconds * number / len(jobs))
        return float(await job())  # type: ignore[misc, arg-type]

    return list(await asyncio.gather(*(later(*each) for each in enumerate(jobs))))


def children(parent: int) -> list[tuple[int, bytes]]:
    """The processes that another one has started, and their commands."""
    try:
        found = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    except OSError:  # it has ended
        return []
    return [(int(each), Path(f"/proc/{each}/cmdline").read_bytes()) for each in found]


def server() -> int:
    """The newest of the servers that this process has started."""
    return [process for process, command in children(os.getpid()) if b"uvicorn" in command][-1]


def workers() -> list[int]:
    """The processes of the server that answer."""
    return [process for process, command in children(server()) if b"spawn_main" in command]


def used(processes: list[int]) -> tuple[float, float]:
    """Seconds of processor and MB of memory of processes."""
    ticks, pages = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    cpu = memory = 0.0
    for process in processes:
        parts = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
        cpu += (int(parts[11]) + int(parts[12])) / ticks
        memory += int(parts[21]) * pages / 1e6
    return cpu, memory


def opened(address: str, store: Store, count: int, question: Question = QUESTION) -> tuple[str, list[Phone]]:
    """A class that is asked a question, and its phones."""
    create = partial(tables.create, host=keys.hashed("key"), secret=keys.new_key(), lang="en")
    code = store.write(create).result()
    store.write(lambda line: tables.ask(line, code, question)).result()
    place = urlsplit(address)
    port = int(place.port or 80)
    return code, [Phone(str(place.hostname), port, code, below=place.path) for _ in range(count)]


async def share_of_a_core(seconds: float) -> float:
    """What the server uses while nobody asks it anything."""
    before = used(workers())[0]
    await asyncio.sleep(seconds)
    return (used(workers())[0] - before) / seconds


@asynccontextmanager
async def sliders(address: str, readers: int, rate: float) -> AsyncIterator[None]:
    """Readers of a lesson who move a slider so often a second meanwhile, from a process of their own."""
    if not readers:
        yield
        return
    options = f"-m benchmarks.storm --at {address} --readers {readers} --rate {rate} --seconds 25".split()
    moving = await asyncio.create_subprocess_exec(
        sys.executable, *options, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert moving.stdout is not None
    while (line := await moving.stdout.readline()).decode().strip() != MOVING:
        assert line, "no reader moves"
    yield
    print((await moving.stdout.read()).decode().rstrip())
    await moving.wait()


async def measure(address: str, store: Store, students: int, kills: int, readers: int, rate: float) -> None:
    async with sliders(address, readers, rate):
        code, phones, streams = await voting(address, store, students)
    await killing(store, phones, code, kills)
    for stream in streams:
        stream.cancel()


async def voting(
    address: str, store: Store, students: int
) -> tuple[str, list[Phone], list[asyncio.Task[None]]]:
    """A class joins, votes and is told that the vote is over."""
    code, phones = opened(address, store, students)
    before = used(workers())
    told(f"{students} join in 10 s", await spread([partial(phone.join) for phone in phones], 10))
    streams = [asyncio.create_task(phone.listen()) for phone in phones]
    await asyncio.gather(*(phone.sees(1, Phase.OPEN) for phone in phones))
    voted = await spread([partial(phone.vote, 1, number % 3) for number, phone in enumerate(phones)], 5)
    told(f"{students} vote in 5 s", voted)
    count = store.read(lambda line: tables.count(line, code, 1, 1)).result()
    cpu = used(workers())[0] - before[0]
    print(
        f"  counted {count} of {students}; {1000 * cpu / students:.1f} ms of a core each, joining and voting"
    )
    began = time.perf_counter()
    store.write(lambda line: tables.move(line, code, Place(1, 1, Phase.OPEN), Move.CLOSE)).result()
    await asyncio.gather(*(phone.sees(1, Phase.CLOSED) for phone in phones))
    print(f"a change of phase is on all phones after {(time.perf_counter() - began) * 1000:.0f} ms")
    return code, phones, streams


async def rest(address: str, store: Store, idle: int, seconds: float) -> None:
    """Phones join and then listen while nothing happens: what each costs, and whether that grows."""
    _, phones = opened(address, store, idle + _FIRST)
    streams = await listening(phones[idle:])
    without, before = await share_of_a_core(seconds), used(workers())[1]
    streams += await listening(phones[:idle])
    memory = used(workers())[1]
    share = await share_of_a_core(seconds)
    print(f"{idle} idle phones: {share:.1%} of a core, {without:.1%} without; ", end="")
    each, later = (1000 * (each - before) / idle for each in (memory, used(workers())[1]))
    print(f"memory {each:.0f} kB each, {later:.0f} kB after {seconds:.0f} s")
    stopped, began = server(), time.perf_counter()
    os.kill(stopped, signal.SIGTERM)
    while children(stopped):
        await asyncio.sleep(0.05)
    print(f"with them all listening the server ends within {time.perf_counter() - began:.1f} s")
    for stream in streams:
        stream.cancel()


async def listening(phones: list[Phone]) -> list[asyncio.Task[None]]:
    """These have joined and been told what there is."""
    for phone in phones:
        await phone.join()
    streams = [asyncio.create_task(phone.listen()) for phone in phones]
    await asyncio.gather(*(phone.sees(1, Phase.OPEN) for phone in phones))
    return streams


async def collect(address: str, store: Store, students: int) -> None:
    """Phones put down all the points that they may within 10 s; what arrived, and what the teacher gets."""
    code, phones = opened(address, store, students, POINTS)
    draw, seconds = Random(0), 10  # noqa: S311
    points = [
        [Point(draw.randrange(3), *(round(draw.uniform(-4, 4), 2) for _ in "xy")) for _ in range(MOST)]
        for _ in phones
    ]
    for phone in phones:
        await phone.join()
    streams = [asyncio.create_task(phone.listen()) for phone in phones]
    teacher = Phone(phones[0].host, phones[0].port, code, f"host_{code}=key", events="/events?host=1")
    streams.append(asyncio.create_task(teacher.listen()))
    await asyncio.gather(*(phone.sees(1, Phase.OPEN) for phone in (*phones, teacher)))
    before = used(workers())[0]

    async def put(number: int) -> list[float]:
        await asyncio.sleep(seconds / MOST * number / students)
        return await phones[number].put_down(points[number], seconds / MOST)

    took = await asyncio.gather(*map(put, range(students)))
    told(f"{students} put down {MOST} points each in {seconds} s", [one for each in took for one in each])
    cpu = used(workers())[0] - before
    for place, move in ((Phase.OPEN, Move.CLOSE), (Phase.CLOSED, Move.SHOW)):
        store.write(partial(tables.move, code=code, place=Place(1, 1, place), move=move)).result()
    began = time.perf_counter()
    await teacher.sees(1, Phase.SHOWN)
    seen, began = time.perf_counter() - began, time.perf_counter()
    _, board = await teacher.ask("GET", "/board")
    answered, began = time.perf_counter() - began, time.perf_counter()
    found = store.read(lambda line: tables.collection(line, code)).result()
    arrived = pooled(found.ballots) if found else []
    taken = time.perf_counter() - began
    verdict = "all there" if arrived == sorted(one for each in points for one in each) else "NOT ALL THERE"
    shown = len(json.loads(board)["rounds"][0]["points"])
    print(f"  {len(arrived)} points, {verdict}; {1000 * cpu / students:.1f} ms of a core for each phone")
    print(f"  the teacher sees {shown} after {seen * 1000:.0f} ms; ", end="")
    print(f"{len(board) / 1000:.0f} kB in {answered * 1000:.0f} ms; taken in {taken * 1000:.0f} ms")
    for stream in streams:
        stream.cancel()


async def killing(store: Store, phones: list[Phone], code: str, kills: int) -> None:
    """Processes die in the middle of votes; whether each acknowledged vote is there, once."""
    for round_ in range(2, kills + 2):
        sent, counted, slowest = await killed_in_a_vote(store, phones, code, round_)
        verdict = "all there, once" if counted == sent else f"sent {sent}, counted {counted}"
        print(f"one of two processes killed while {len(phones)} vote: {verdict}; slowest {slowest:.1f} s")


async def killed_in_a_vote(
    store: Store, phones: list[Phone], code: str, round_: int
) -> tuple[Counter[int], Counter[int], float]:
    """The older of two processes dies while a round is voted: what was sent and counted, and the slowest."""
    closed, voting = Place(1, round_ - 1, Phase.CLOSED), Place(1, round_, Phase.OPEN)
    store.write(partial(tables.move, code=code, place=closed, move=Move.AGAIN)).result()
    jobs = [partial(phone.vote, round_, (number + round_) % 3) for number, phone in enumerate(phones)]
    votes = asyncio.create_task(spread(jobs, 3))
    await asyncio.sleep(1.5)
    os.kill(workers()[0], signal.SIGKILL)
    took = await votes
    ballots = store.read(lambda line: tables.ballots(line, code, 1, round_)).result()
    store.write(partial(tables.move, code=code, place=voting, move=Move.CLOSE)).result()
    while len(workers()) < 2:
        await asyncio.sleep(0.2)
    sent = Counter((number + round_) % 3 for number in range(len(phones)))
    return sent, Counter({int(ballot.answer): ballot.times for ballot in ballots}), max(took)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--students", type=int, default=300)
    options.add_argument("--idle", type=int, default=1000)
    options.add_argument("--seconds", type=float, default=60.0, help="how long the idle ones are watched")
    options.add_argument("--kills", type=int, default=3)
    options.add_argument("--beside", type=int, default=0, help="readers who move sliders while it votes")
    options.add_argument("--rate", type=float, default=1.0, help="how often a second each of them does")
    options.add_argument("--points", action="store_true", help="only how the class puts down points")
    options.add_argument("--rest", action="store_true", help="only what idle phones cost")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = f"{folder}/rooms.sqlite"
        with app_server(workers=2, rooms=kept) as address:
            store = open_store(kept)
            if asked.points:
                asyncio.run(collect(address, store, asked.students))
            elif not asked.rest:
                asyncio.run(measure(address, store, asked.students, asked.kills, asked.beside, asked.rate))
            if not asked.points and not asked.beside:
                asyncio.run(rest(address, store, asked.idle, asked.seconds))
            store.close()


if __name__ == "__main__":
    main()
