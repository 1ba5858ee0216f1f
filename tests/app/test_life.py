"""Whether a process takes readers, what its operator can read, and how it ends."""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from starlette.responses import PlainTextResponse

from app import life, logs, numbers, turns
from app.doors import METRICS_TOKEN, Guard
from app.life import LIFE, Life
from app.logs import OneLine
from app.places import NUMBERS
from app.server import ROUTES
from benchmarks.servers import app_server
from tests.app import asgi
from tests.app.asgi import apart


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LIFE, "stage", "")


def status(path: str) -> tuple[int, str]:
    (route,) = [route for route in ROUTES if route.path == path]
    answer = asgi.ask(route.app, path)
    assert answer.headers["cache-control"] == "no-store"
    return answer.status, answer.body.decode()


def test_a_process_that_starts_or_ends_lives_and_takes_no_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    for stage in ("starting", "ending"):
        monkeypatch.setattr(LIFE, "stage", stage)
        assert status("/readyz") == (503, stage)
        assert status("/livez") == (200, "alive")


@pytest.mark.usefixtures("serving")
def test_a_process_takes_readers_while_it_has_room_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert status("/readyz") == (200, "ready")
    monkeypatch.setattr(turns, "longest_wait", lambda: life.OVERLOADED + 1)
    assert status("/readyz") == (503, "overloaded")
    monkeypatch.setattr(turns, "is_full", lambda: True)
    assert status("/readyz") == (503, "full")
    assert status("/livez") == (200, "alive")


def test_the_operator_reads_numbers_and_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(METRICS_TOKEN, "key")
    guarded = Guard(PlainTextResponse("numbers"))
    for secret, answer in (("other", 404), ("key", 200)):
        assert asgi.ask(guarded, NUMBERS, authorization=f"Bearer {secret}").status == answer
    text = numbers.text()
    assert re.search(r"^softmax_lab_open_pages \d+$", text, re.MULTILINE)
    assert re.search(r"^softmax_lab_waiting \d+$", text, re.MULTILINE)
    assert re.search(r'^softmax_lab_run_seconds_bucket\{le="\+Inf"\} \d+$', text, re.MULTILINE)


def test_spans_are_counted_up_to_their_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "_families", {})
    spans = numbers.Spans("tried", "How long.", (0.1, 1.0))
    for seconds in (0.05, 0.1, 0.5, 7.0):
        spans.add(seconds)
    assert numbers.text().splitlines()[2:] == [
        'softmax_lab_tried_bucket{le="0.1"} 2',
        'softmax_lab_tried_bucket{le="1.0"} 3',
        'softmax_lab_tried_bucket{le="+Inf"} 4',
        "softmax_lab_tried_sum 7.65",
        "softmax_lab_tried_count 4",
    ]


def test_an_event_is_one_line_of_the_log() -> None:
    try:
        raise ValueError("two\nlines")
    except ValueError:
        record = logging.LogRecord("app", logging.ERROR, "", 0, "A page\nfailed", (), sys.exc_info())
    line = OneLine().format(record)
    assert "\n" not in line
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} ERROR app: A page \| failed \| Traceback", line)


def test_of_a_readers_line_the_log_keeps_neither_address_nor_signs(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    logger = logging.getLogger("uvicorn.error")
    for kept in ("handlers", "filters", "propagate", "level"):
        monkeypatch.setattr(logger, kept, getattr(logger, kept))
    monkeypatch.setattr(logger, "filters", [])
    logger.addFilter(logs._NotOfALine())
    logger.addHandler(heard := logging.StreamHandler())
    logger.setLevel(logging.INFO)
    heard.setFormatter(OneLine())
    for place, level, said in (
        ("uvicorn/protocols/websockets/x.py", logging.INFO, '10.0.0.7:1 - "WebSocket /" [accepted]'),
        ("uvicorn/protocols/websockets/x.py", logging.ERROR, logs._NO_SIGNS),
        ("uvicorn/server.py", logging.INFO, "Uvicorn running"),
    ):
        try:
            b"\xff".decode()
        except UnicodeDecodeError:
            logger.handle(logger.makeRecord("uvicorn.error", level, place, 1, said, (), sys.exc_info()))
    lines = capfd.readouterr().err.splitlines()
    assert [line.split(": ")[1].split(" |")[0] for line in lines] == [logs._NO_SIGNS, "Uvicorn running"]
    assert "Traceback" not in lines[0]


def test_who_waits_is_answered_before_the_process_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    busy = iter([False, False, True])
    monkeypatch.setattr(turns, "is_calm", lambda: next(busy))
    passed: list[str] = []

    async def story() -> None:
        one = Life()
        one.stage = ""
        one._end(lambda: passed.append("first"))
        assert one.why_not() == "ending"
        assert not passed
        one._end(lambda: passed.append("second"))
        assert passed == ["second"], "who asks twice means it"
        await one._ending

    apart(story())
    assert passed == ["second", "first"]


def test_a_process_does_not_wait_for_ever_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "is_calm", lambda: False)
    monkeypatch.setattr(life, "GRACE", 0.01)
    passed: list[int] = []

    async def story() -> None:
        one = Life()
        one.stage = ""
        one._end(lambda: passed.append(1))
        await one._ending

    apart(story())
    assert passed == [1]


@pytest.mark.usefixtures("serving")
def test_a_process_ends_when_its_proxy_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "is_calm", lambda: True)
    monkeypatch.setattr(life, "_ON_THE_WAY", 0.0)
    monkeypatch.setattr(life, "GRACE", 180.0)
    one, passed = Life(), list[str]()
    monkeypatch.setattr(life, "LIFE", one)
    one.stage = ""

    async def story() -> None:
        assert status("/readyz") == (200, "ready")
        one._end(lambda: passed.append("line closed"))
        await asyncio.sleep(0)
        assert not passed, "the proxy would still send readers here"
        assert status("/readyz") == (503, "ending")
        await one._ending

    apart(story())
    assert passed


def test_the_log_says_once_that_there_is_no_room_and_once_that_there_is(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(life, "_LOOK", 0.0)
    one, looks = Life(), iter(["", "full", "full", "", ""])
    monkeypatch.setattr(one, "why_not", lambda: next(looks))

    async def story() -> None:
        with pytest.raises(RuntimeError):  # no more looks
            await one._watch()

    with caplog.at_level(logging.INFO, "app.life"):
        apart(story())
    said = [record.getMessage().split(",")[0] for record in caplog.records]
    assert said == ["No room: full", "Room again"]


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """What listens as systemd does."""
    place = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(place))
        heard.settimeout(60)
        monkeypatch.setenv("NOTIFY_SOCKET", str(place))
        yield heard


def test_a_service_manager_is_told_of_begin_and_end_and_the_log_has_a_line_for_each(
    manager: socket.socket, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with app_server(log=log) as address:
        assert manager.recv(99) == b"READY=1"
        with urlopen(f"{address}/readyz") as answer:  # noqa: S310 - the address is ours
            assert answer.read() == b"ready"
    assert manager.recv(99) == b"STOPPING=1"
    said = [line for line in log.read_text().splitlines() if " app.life: " in line]
    assert [line.split("app.life: ")[1].split()[0] for line in said] == ["Ready", "Ending,", "Ended"]
