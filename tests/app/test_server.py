"""What the server answers before any script has run."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import brotli
import pytest

from benchmarks.reader import reading
from lessons import PAGES
from tests.app.asgi import apart
from ui.assets import FILES, url
from ui.text import CODES, language


def get(app: str, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    with closing(HTTPConnection(urlsplit(app).netloc, timeout=10)) as connection:
        connection.request(
            "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = connection.getresponse()
        return answer, answer.read()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_own_files_leave_compressed_and_may_be_kept_for_good(
    app: str, name: str, encoding: str, unpack
) -> None:
    answer, body = get(app, url(name), accept_encoding=encoding)
    assert answer.status == 200
    assert answer.getheader("content-encoding") == encoding
    assert "immutable" in answer.getheader("cache-control")
    is_whole = unpack(body) == FILES[name]()  # pytest would compare a difference letter by letter
    assert is_whole


def test_streamlits_own_files_leave_compressed(app: str) -> None:
    _, html = get(app, "/?lang=en")
    script = re.search(r'src="\.(/static/js/index\.[^"]+\.js)"', html.decode())[1]
    plain, whole = get(app, script)
    packed, body = get(app, script, accept_encoding="gzip, br")
    assert plain.getheader("content-encoding") is None
    assert packed.getheader("content-encoding") == "br"
    assert "immutable" in packed.getheader("cache-control")
    assert brotli.decompress(body) == whole
    assert len(body) < len(whole) / 2


def test_a_first_visit_is_sent_to_the_browsers_language(app: str) -> None:
    answer, _ = get(app, "/stability?f=1,2", accept_language="ko-KR,ko;q=0.9,en;q=0.5")
    assert answer.status == 307
    assert answer.getheader("location") == "?f=1,2&lang=ko"


@pytest.mark.parametrize("wanted", ["KO", "ko-KR", "ko_KR", ""])
def test_a_language_written_another_way_is_no_mistake(app: str, wanted: str) -> None:
    answer, _ = get(app, f"/?lang={wanted}&f=1,2", accept_language="en" if wanted else "ko")
    assert answer.status == 307
    assert answer.getheader("location") == "?f=1,2&lang=ko"


@pytest.mark.parametrize("code", CODES)
def test_an_unknown_language_is_answered_once_and_gone_from_the_address(app: str, code: str) -> None:
    answer, body = get(app, "/stability?f=1,2&lang=xx", accept_language=code)
    html = body.decode()
    assert answer.status == 200
    assert answer.getheader("cache-control") == "no-store"
    assert f'<html lang="{code}">' in html
    assert f'replaceState(null, "", "?f=1,2&lang={code}" + location.hash)' in html
    (notice,) = re.findall('<div class="notice".*</div>', html.split("<noscript>")[0])
    assert "“xx”" in notice
    assert language(code).name in notice
    assert language(code)("Close") in notice
    assert re.findall('href="(.*?)"', notice) == [
        f"?f=1,2&amp;lang={other}" for other in CODES if other != code
    ]
    _, body = get(app, f"/stability?f=1,2&lang={code}")
    assert "notice" not in body.decode().split("<body>")[1].split("<noscript>")[0]
    assert "history.replaceState(null" not in body.decode()


def test_what_an_address_holds_is_never_markup(app: str) -> None:
    _, body = get(app, "/?f=</script><b>&lang=%22%3E%3Cscript%3E" + "x" * 999)
    assert "</script><b>" not in body.decode()
    assert "<script>xx" not in body.decode()
    assert "x" * 30 not in body.decode()


def test_a_worksheet_in_an_unknown_language_says_so(app: str) -> None:
    for wanted, complaints in (("xx", 1), ("KO", 0), ("", 0)):
        _, body = get(app, f"/worksheet/scores?lang={wanted}", accept_language="ko")
        assert body.decode().count('class="complaint"') == complaints
        assert '<html lang="ko">' in body.decode()


def test_a_worksheet_says_which_keys_of_its_address_are_repeated(app: str) -> None:
    _, body = get(app, "/worksheet/scores?lang=ko&lang=en&seed=3&seed=5&key=0&%3Cb%3E=1&%3Cb%3E=%3Ci%3E")
    html = body.decode()
    assert '<html lang="en">' in html
    assert html.count('class="complaint"') == 3
    assert "seed more than once (2 times). What counts is “5”" in html
    assert "<b> more" not in html
    assert "“<i>”" not in html


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("lesson", PAGES, ids=lambda lesson: lesson.slug)
def test_the_first_html_speaks_the_readers_language(app: str, code: str, lesson) -> None:
    answer, body = get(app, f"/{lesson.path}?lang={code}")
    html = body.decode()
    assert answer.status == 200
    assert f'<html lang="{code}">' in html
    assert f"<title>{language(code)(lesson.title)} · Softmax Lab</title>" in html
    assert url("plotly.min.js") in html


def test_every_answer_forbids_other_hosts(app: str) -> None:
    for path in ("/?lang=en", url("stage.js"), "/_stcore/health"):
        answer, _ = get(app, path)
        policy = answer.getheader("content-security-policy")
        assert "default-src 'self'" in policy
        assert "http" not in policy
        scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
        assert "'unsafe-inline'" not in scripts
        assert "'unsafe-eval'" not in scripts
        assert answer.getheader("x-content-type-options") == "nosniff"


def test_a_page_may_run_the_scripts_that_stand_in_it_and_no_others(app: str) -> None:
    answer, body = get(app, "/scores?lang=xx")
    inline = re.findall(r"<script(?![^>]*src)[^>]*>(.*?)</script>", body.decode(), re.DOTALL)
    assert len(inline) >= 6
    for script in inline:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in answer.getheader("content-security-policy")
    assert " on" not in " ".join(re.findall(r"<\w+ ([^>]*)>", body.decode())).replace(" one", "")


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/interact"]
)
def test_what_is_for_the_operator_is_not_for_the_class(app: str, path: str) -> None:
    assert get(app, path)[0].status == 404


def test_nothing_outside_the_static_folders_is_served(app: str) -> None:
    for path in (
        "/stage-assets/../streamlit_app.py",
        "/static/..%2f..%2fpyproject.toml",
        "/stage-assets/none/stage.js",
    ):
        _, body = get(app, path)
        assert b"st.App" not in body
        assert b"softmax-lab" not in body


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("lesson", PAGES, ids=lambda lesson: lesson.slug)
def test_a_cold_deep_link_opens_its_page_within_its_frame(app: str, code: str, lesson) -> None:
    async def visit() -> None:
        async with reading(app, lesson.path, f"lang={code}") as reader:
            assert reader.errors() == []
            assert language(code)(lesson.question) in reader.text()
            kinds = [message.WhichOneof("type") for message in reader.messages]
            assert kinds.count("navigation") == 1
            assert "page_not_found" not in kinds

    apart(visit())


def test_what_a_server_sends_is_not_deflated_although_a_browser_offers_it(app: str) -> None:
    async def visit() -> None:
        async with reading(app, "scores", "lang=en") as reader:
            offered = reader.connection.request.headers["Sec-WebSocket-Extensions"]
            assert "permessage-deflate" in offered
            assert reader.connection.protocol.extensions == []

    apart(visit())
