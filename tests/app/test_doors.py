"""What the server answers, and to whom."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from app import doors
from app.doors import METRICS_TOKEN, Guard, is_foreign, is_operator
from benchmarks.servers import app_server
from lessons import PAGES
from tests.app import asgi
from tests.app.asgi import apart
from ui.text import CODES, language

FOREIGN = ["https://other.example", "null", "http://127.0.0.1.other.example", "file://", "http://127.0.0.1:1"]


def ask(app: str, path: str, headers: Mapping[str, str], method: str = "GET") -> tuple[HTTPResponse, str]:
    with closing(HTTPConnection(urlsplit(app).netloc, timeout=10)) as connection:
        connection.request(method, path, headers=dict(headers))
        answer = connection.getresponse()
        return answer, answer.read().decode(errors="replace")


async def knock(app: str, origin: str | None, path: str = "/_stcore/stream") -> int:
    """The status of a websocket's handshake: 101 if it is let in."""
    headers = {} if origin is None else {"Origin": origin}
    try:
        async with connect(app.replace("http", "ws", 1) + path, additional_headers=headers):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def test_a_page_of_another_site_is_refused_and_nobody_is_asked_about_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "asked"
    monkeypatch.setenv("WATCHED", str(asked))

    async def visits(app: str) -> None:
        for origin in FOREIGN:
            assert await knock(app, origin) == 403
        for origin in (None, app, app.upper()):
            assert await knock(app, origin) == 101

    with app_server("tests.app.watched_server") as app:
        apart(visits(app))
        for origin in [*FOREIGN, app]:
            answer, _ = ask(app, "/_stcore/host-config", {"Origin": origin})
            assert answer.getheader("access-control-allow-origin") in (None, app)
            for path in ("/?lang=en", "/static/x.js", "/worksheet/scores", "/room", "/nothing"):
                refused = ask(app, path, {"Origin": origin})[0].status == 403
                assert refused is (origin != app), path
            upload, _ = ask(app, "/_stcore/upload_file/session/file", {"Origin": origin}, "PUT")
            assert upload.status >= 400
    assert not asked.exists(), asked.read_text()


def test_the_watch_sees_a_host_that_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHED", str(tmp_path / "asked"))
    from tests.app import watched_server

    monkeypatch.setattr(watched_server, "_LOG", tmp_path / "asked")
    watched_server.note("socket.getaddrinfo", ("other.example", 443, 0, 0, 0))
    with socket.socket() as line, socket.socket(type=socket.SOCK_DGRAM) as still:
        watched_server.note("socket.connect", (line, ("10.1.2.3", 80)))
        watched_server.note("socket.connect", (line, ("127.0.0.1", 80)))
        watched_server.note("socket.connect", (still, ("10.1.2.4", 80)))
    assert (tmp_path / "asked").read_text().split() == [
        "socket.getaddrinfo", "other.example", "socket.connect", "10.1.2.3"
    ]  # fmt: skip


def test_a_websocket_elsewhere_is_refused(app: str) -> None:
    async def visit() -> None:
        assert await knock(app, None, "/scores/_stcore/stream") == 403
        assert await knock(app, None, "/") == 403

    apart(visit())


@pytest.mark.parametrize(("host", "origin", "foreign"), [
    ("example.org", "https://example.org", False),
    ("Example.org:8501", "http://example.org:8501", False),
    ("example.org", "http://example.org:8501", True),
    ("", "https://example.org", True),
    ("", "null", True),
    ("[::1", "http://[::1", False),
    ("example.org", "http://[::1", True),
    ("example.org", "example.org", True),
])  # fmt: skip
def test_an_origin_is_ours_if_it_names_our_host(host: str, origin: str, foreign: bool) -> None:
    assert is_foreign(Headers({"host": host, "origin": origin})) is foreign


def test_the_operator_can_let_another_origin_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors.st, "get_option", lambda _name: ["https://school.example"])
    assert not is_foreign(Headers({"host": "inside", "origin": "https://school.example"}))
    assert is_foreign(Headers({"host": "inside", "origin": "https://school.example.org"}))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("path", [
    "/scores/x", "/Nothing%3Flang=x", "/nothing", "/scores/x/y/", "/_stcore/none", "/auth/login",
    "/oauth2callback", "/auth/logout", "/_stcore/metrics", "/index.html", "/_stcore/agent/openapi.json",
    "/%EA%B0%80", "/<script>", "/static/x.js", "/stage-assets/x", "/media/x", "/media/%2e%2e/x",
])  # fmt: skip
def test_an_address_that_leads_nowhere_is_told_in_the_readers_language(
    app: str, path: str, code: str
) -> None:
    answer, html = ask(app, path.replace("<", "%3C").replace(">", "%3E"), {"Accept-Language": code})
    assert answer.status == 404
    assert f'<html lang="{code}">' in html
    assert language(code)("There is no page at this address") in html
    assert "<script>" not in html
    links = re.findall(r'href="([^"]+)"', html)
    assert len(links) == len(PAGES)
    for link in links:
        base = urlsplit(app + path.rstrip("/").rsplit("/", 1)[0] + "/x")
        assert ask(app, _joined(base.path, link), {})[0].status == 200


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("signs", [40_000, 100_000])
def test_too_long_an_address_is_told_in_the_readers_language(app: str, signs: int, code: str) -> None:
    for path, headers in (("/scores?lang=" + code, {}), ("/nothing?x=1", {"Accept-Language": code})):
        answer, html = ask(app, f"{path}&scores={'1' * signs}", headers)
        assert answer.status == 414
        assert language(code)("This address is too long") in html


def _joined(base: str, link: str) -> str:
    from urllib.parse import urljoin

    return urljoin(base, link)


@pytest.mark.parametrize(("hurt", "meant"), [
    ("/scores/?lang=ko&scores=1,2", "../scores?lang=ko&scores=1,2"),
    ("/lessons/Scores%3Flang=ko&amp;scores=1,2).", "../scores?lang=ko&scores=1,2"),
    ("//other.example/scores", "../../scores"),
    ("/HOME", "./"),
])  # fmt: skip
def test_a_link_that_was_hurt_on_its_way_leads_to_its_page(app: str, hurt: str, meant: str) -> None:
    answer, _ = ask(app, hurt, {})
    assert answer.status == 307
    assert answer.getheader("location") == meant


@pytest.mark.parametrize("path", ["/nothing?lang=ko", "/nothing%3Flang=ko", "/nothing?Lang=KO)"])
def test_an_address_that_leads_nowhere_still_says_in_which_language_to_answer(app: str, path: str) -> None:
    answer, html = ask(app, path, {"Accept-Language": "en"})
    assert answer.status == 404
    assert '<html lang="ko">' in html


def test_a_room_is_not_taken_for_a_missing_page() -> None:
    guarded = Guard(PlainTextResponse("a room"))
    for path in ("/room", "/room/ABCD", "/room/ABCD/state"):
        assert asgi.ask(guarded, path).body == b"a room"
    assert asgi.ask(guarded, "/rooms/ABCD").status == 404


def test_the_numbers_of_the_server_are_for_its_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(METRICS_TOKEN, raising=False)
    assert not is_operator(Headers({"authorization": "Bearer "}))
    monkeypatch.setenv(METRICS_TOKEN, "key")
    assert is_operator(Headers({"authorization": "Bearer key"}))
    assert not is_operator(Headers({"authorization": "Bearer kéy"}))
    guarded = Guard(PlainTextResponse("active_sessions"))
    for secret, status in (("other", 404), ("key", 200)):
        assert asgi.ask(guarded, "/_stcore/metrics", authorization=f"Bearer {secret}").status == status


async def _listen(line: ClientConnection) -> None:
    while True:
        await line.recv()


@pytest.mark.parametrize("code", CODES)
def test_who_finds_every_place_taken_is_told_and_offered_paper(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "is_full", lambda: True)
    guarded = Guard(PlainTextResponse("app"))
    answer = asgi.ask(guarded, "/scores", accept_language=code)
    assert answer.status == 503
    assert answer.headers["refresh"] == "30"
    assert language(code)("Every place is taken") in answer.body.decode()
    assert f"worksheet/scores?lang={code}" in answer.body.decode()
    assert asgi.ask(guarded, "/static/x.js").body == b"app"


@pytest.mark.parametrize("said", ["hello", b"\xff\xff\xff\xff"])
def test_what_a_stranger_sends_ends_the_line_and_nothing_else(app: str, said: str | bytes) -> None:
    async def visit() -> None:
        async with connect(app.replace("http", "ws", 1) + "/_stcore/stream") as line:
            await line.send(said)
            with pytest.raises(ConnectionClosed):
                await asyncio.wait_for(_listen(line), 10)

    apart(visit())
    assert ask(app, "/_stcore/health", {})[0].status == 200
