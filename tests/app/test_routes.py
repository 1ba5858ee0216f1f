"""Every address that Streamlit's server has, and what the doors make of it; a new one is noticed."""

from __future__ import annotations

from http.client import HTTPConnection
from unittest.mock import MagicMock
from urllib.parse import urlsplit

import pytest
from streamlit import config
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from lessons import PAGES
from lessons.worksheets import MAKERS
from ui.assets import url

OPEN, CLOSED = 200, 404

#: Streamlit's routes: an address of each, and the status of GET.
STREAMLITS = {
    "/_stcore/health": ("/_stcore/health", OPEN),
    "/_stcore/host-config": ("/_stcore/host-config", OPEN),
    "/media/{file_id:path}": ("/media/nothing.svg", CLOSED),
    "/_stcore/stream": ("/_stcore/stream", CLOSED),
    "/_stcore/metrics": ("/_stcore/metrics", CLOSED),
    "/_stcore/script-health-check": ("/_stcore/script-health-check", CLOSED),
    "/_stcore/upload_file/{session_id}/{file_id}": ("/_stcore/upload_file/a/b", CLOSED),
    "/_stcore/bidi-components/{path:path}": ("/_stcore/bidi-components/a/b.js", CLOSED),
    "/component/{path:path}": ("/component/a/index.html", CLOSED),
    "/auth/login": ("/auth/login", CLOSED),
    "/auth/logout": ("/auth/logout", CLOSED),
    "/oauth2callback": ("/oauth2callback", CLOSED),
    "/_stcore/agent/openapi.json": ("/_stcore/agent/openapi.json", CLOSED),
    "/_stcore/agent/interact": ("/_stcore/agent/interact", CLOSED),
    "/_stcore/agent/mcp": ("/_stcore/agent/mcp", CLOSED),
    "/app/static/{path:path}": ("/app/static/x", CLOSED),
    "": ("/manifest.json", CLOSED),
}
OURS = ["/", *(f"/{page.path}?lang=en" for page in PAGES), *(f"/worksheet/{slug}" for slug in MAKERS),
        "/favicon.png", url("stage.js")]  # fmt: skip
NOWHERE = ["/static/js/nothing.js", "/static/x/y", "/static/", "/stage-assets/x", "/worksheet/scores/x",
           "/worksheet/nothing", "/worksheet/", "/robots.txt", "/index.html", "/static//other.example/",
           "/static/%5c", "//other.example/", "/media/"]  # fmt: skip


def status(app: str, path: str, method: str = "GET", **headers: str) -> int:
    line = HTTPConnection(urlsplit(app).netloc, timeout=10)
    line.request(
        method, path, headers={"Accept-Language": "en", **headers}, body=b"x" if method == "PUT" else None
    )
    try:
        answer = line.getresponse()
        assert len(answer.read()) > 0 or method == "HEAD" or answer.status in (301, 302, 307, 405)
        return answer.status
    finally:
        line.close()


def test_all_of_streamlits_routes_are_thought_of(monkeypatch: pytest.MonkeyPatch) -> None:
    known = set(STREAMLITS)
    asked, get_option = {"server.enableStaticServing", "server.scriptHealthCheckEnabled"}, config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: name in asked or get_option(name))
    routes = create_streamlit_routes(MagicMock(_main_script_path=__file__))
    assert {route.path for route in routes} == known


@pytest.mark.parametrize(("path", "answer"), STREAMLITS.values())
def test_what_is_not_needed_is_closed(app: str, path: str, answer: int) -> None:
    assert status(app, path) == answer


def test_only_reading_is_answered(app: str) -> None:
    for path in [path for path, _ in STREAMLITS.values()] + OURS:
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FOO"):
            assert status(app, path, method) in (404, 405, 400), (method, path)


def test_what_is_ours_is_there_and_nothing_else(app: str) -> None:
    for path in OURS:
        assert status(app, path) in (200, 302, 307), path
        assert status(app, path, "HEAD") in (200, 302, 307), path
    for path in NOWHERE:
        assert status(app, path) in (404, 400), path
