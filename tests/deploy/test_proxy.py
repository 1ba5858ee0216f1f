"""Two processes behind the proxy, as the files of `deploy/` start them, below a path."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, closing, suppress
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from app.doors import METRICS_TOKEN
from app.rooms import tables
from app.rooms.phases import Move, Phase
from app.rooms.store import open_store
from app.rooms.tables import Place
from benchmarks.reader import Reader, reading
from benchmarks.room import listening, opened
from benchmarks.servers import free_port
from tests.app.asgi import apart
from tests.deploy.served import FIRST, NAME, PLACES, STREAM
from tests.deploy.shipped import Programs, process_command, program, programs, unit
from ui.text import language

BELOW, FEW = "/softmax", 3
PATIENCE = 180.0  # seconds, on a busy machine


@dataclass
class School:
    """A proxy and its processes, by port."""

    programs: Programs
    http: int
    https: int
    ports: list[int]
    processes: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.http}{BELOW}"

    @property
    def rooms(self) -> str:
        return f"{self.programs.folder}/rooms"

    def start(self, port: int) -> None:
        self.processes[port] = self.programs.start(
            str(port), process_command(port, "tests.deploy.served"),
            **{METRICS_TOKEN: "key", PLACES: str(FEW), "SOFTMAX_LAB_ROOMS": self.rooms},
        )  # fmt: skip

    def ask(self, path: str, port: int = 0, **headers: str) -> tuple[HTTPResponse, str]:
        """Through the proxy; or at a process itself."""
        with closing(HTTPConnection("127.0.0.1", port or self.http, timeout=30)) as line:
            line.request("GET", path if port else BELOW + path, headers=headers)
            answer = line.getresponse()
            return answer, answer.read().decode()

    def status(self, path: str, port: int = 0) -> int:
        try:
            return self.ask(path, port)[0].status
        except OSError:
            return 0

    def place(self) -> tuple[str, int]:
        """A reader's cookie, and which process it leads to."""
        answer, port = self.ask(NAME)
        return (answer.getheader("set-cookie") or "").split(";")[0], int(port)

    def open_pages(self, port: int) -> int:
        _, text = self.ask("/metrics", port, Authorization="Bearer key")
        (count,) = re.findall(r"^softmax_lab_open_pages (\d+)$", text, re.MULTILINE)
        return int(count)


def until(condition: Callable[[], bool], what: str) -> None:
    patience = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < patience, what
        time.sleep(0.05)


async def cut(reader: Reader) -> None:
    """Wait until the line is closed."""
    with suppress(ConnectionClosed):
        while True:
            await reader.connection.recv()


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    program("caddy", "caddy")
    with programs(tmp_path_factory.mktemp("school")) as started:
        found = School(started, free_port(), free_port(), [free_port(), free_port()])
        for port in found.ports:
            found.start(port)
        for port in found.ports:
            until(lambda port=port: found.status("/readyz", port) == 200, "a process starts")
        started.proxy(
            SOFTMAX_LAB_SITE=f"http://127.0.0.1:{found.http} https://localhost:{found.https}",
            SOFTMAX_LAB_PATH=BELOW,
            SOFTMAX_LAB_PROCESSES=" ".join(f"127.0.0.1:{port}" for port in found.ports),
        )
        until(lambda: found.status("/readyz") == 200, "the proxy starts")
        yield found


def test_pages_stand_below_the_path_and_nothing_beside_it(school: School) -> None:
    answer, html = school.ask("/scores?lang=ko")
    assert answer.status == 200
    assert '<html lang="ko">' in html
    assert school.ask("")[0].getheader("location") == f"{BELOW}/"
    assert school.ask("/scores/?lang=ko")[0].getheader("location") == "../scores?lang=ko"
    assert school.ask("/worksheet/scores?lang=ko")[0].status == 200
    with closing(HTTPConnection("127.0.0.1", school.http, timeout=30)) as line:
        line.request("GET", "/scores?lang=ko")
        assert line.getresponse().status == 404


def test_pages_and_their_lines_are_encrypted(school: School) -> None:
    """By the proxy's own authority, which nobody knows: that of a site comes from elsewhere."""
    any_authority = ssl._create_unverified_context()  # noqa: S323

    async def visit() -> None:
        origin = f"https://localhost:{school.https}"
        address = f"{origin.replace('http', 'ws')}{BELOW}/_stcore/stream"
        async with connect(address, ssl=any_authority, origin=origin):
            pass

    def page() -> int:
        try:
            with closing(HTTPSConnection("localhost", school.https, context=any_authority)) as line:
                line.request("GET", f"{BELOW}/scores?lang=ko")
                return line.getresponse().status
        except OSError:  # the certificate is being made
            return 0

    until(lambda: page() == 200, "a page by TLS")
    apart(visit())


def test_an_answer_that_does_not_end_arrives_as_it_is_said(school: School) -> None:
    with closing(HTTPConnection("127.0.0.1", school.http, timeout=30)) as line:
        line.request("GET", BELOW + STREAM)
        assert line.getresponse().read(len(FIRST)) == FIRST


def test_a_class_votes_whichever_process_answers(school: School) -> None:
    """Its phones bring the proxy no cookie, so it sends their requests and streams here and there."""

    async def story() -> None:
        store = open_store(school.rooms)
        code, phones = opened(school.address, store, 20)
        streams = await listening(phones)
        votes = [partial(phone.vote, 1, number % 3) for number, phone in enumerate(phones)]
        await asyncio.gather(*(vote() for vote in votes), *(vote() for vote in votes))
        assert store.read(lambda line: tables.count(line, code, 1, 1)).result() == len(phones)
        store.write(lambda line: tables.move(line, code, Place(1, 1, Phase.OPEN), Move.CLOSE)).result()
        await asyncio.gather(*(phone.sees(1, Phase.CLOSED) for phone in phones))
        assert all(phone.streams == 1 for phone in phones)
        for stream in streams:
            stream.cancel()
        store.close()

    apart(story(), PATIENCE)


def test_a_reader_stays_with_a_process_and_goes_on_with_another_when_it_is_killed(school: School) -> None:
    temperature, (cookie, home) = language("en")("Temperature"), school.place()
    (other,) = {*school.ports} - {home}

    async def story() -> None:
        async with AsyncExitStack() as lines:

            async def opened(query: str = "lang=en&step=temperatures") -> Reader:
                return await lines.enter_async_context(
                    reading(school.address, "scores", query, {"Cookie": cookie})
                )

            readers = [await opened() for _ in range(FEW)]
            assert (school.open_pages(home), school.open_pages(other)) == (FEW, 0)
            await readers[0].slide(temperature, 2.0)
            school.processes[home].kill()
            for reader in readers:
                await cut(reader)
            again = [await opened(reader.query) for reader in readers]
            element, _ = again[0].widgets[temperature]
            assert json.loads(element.json)["value"] == 2.0
            await again[0].slide(temperature, 3.0)
            assert school.open_pages(other) == FEW

            answer, html = school.ask("/scores?lang=ko")
            assert answer.status == 503
            assert language("ko")("Every place is taken") in html
            assert school.ask("/worksheet/scores?lang=ko")[0].status == 200

            school.start(home)
            until(lambda: school.status("/scores?lang=ko") == 200, "the process that was started again")
            assert school.open_pages(other) == FEW

    apart(story(), PATIENCE)


def test_a_process_ends_by_itself_while_lines_are_open(school: School) -> None:
    """Within the time after which it is killed; pages then go to the other."""
    cookie, home = school.place()

    async def story() -> None:
        async with reading(school.address, "scores", "lang=en", {"Cookie": cookie}) as reader:
            with closing(HTTPConnection("127.0.0.1", home, timeout=30)) as line:
                line.request("GET", STREAM)
                assert line.getresponse().read(len(FIRST)) == FIRST
                school.processes[home].send_signal(signal.SIGTERM)
                stop = int(unit()["Service"]["TimeoutStopSec"])
                await asyncio.to_thread(school.processes[home].wait, stop)
            await cut(reader)

    apart(story(), PATIENCE)
    assert school.ask("/scores?lang=ko", Cookie=cookie)[0].status == 200
