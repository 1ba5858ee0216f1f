"""What surrounds the script: start-up, static files, the first HTML page and the worksheets."""

from __future__ import annotations

import gc
import importlib
import logging
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from html import escape
from pathlib import Path

import numpy as np
import streamlit as st
from starlette.datastructures import QueryParams
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from app import life, logs, numbers, reach
from app.boot import (
    copies_of_places,
    first_page,
    joint_messages,
    large_heads,
    pace,
    session_state,
    slow_clients,
    themes,
    widget_states,
)
from app.doors import Guard, page_of_ours
from app.rooms import routes as rooms
from app.rooms.house import open_house
from app.turns import Turns
from lessons import PAGES, worksheets
from ui import asked, controls, sheet
from ui.copies import CompressedFiles, folder
from ui.lesson import Lesson
from ui.text import CODES, N_, Language, fill, language, negotiate, understood
from ui.typed import quoted_in_html

log = logging.getLogger(__name__)

_HEAVY_IMPORTS = ("pandas", "pyarrow", "softmax_core", "ui.blocks")
_COLLECT = (20_000, 10, 10)  # Python's own first number is 700


@asynccontextmanager
async def warm_up(_app: object) -> AsyncIterator[None]:
    """Import once what every session needs, then take it out of the garbage collector's sight.

    A full collection over modules that live as long as the process takes about 40 ms and stalls every
    session; over a class of sessions it takes 95 ms. So it comes seldom. The configuration also turns off the
    one that Streamlit makes after every script run.
    """
    logs.set_up()
    for name in _HEAVY_IMPORTS:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT)
    slow_clients.watch_all()
    large_heads.watch_all()
    widget_states.watch_all()
    joint_messages.divide()
    session_state.lighten()
    copies_of_places.share()
    themes.remember()
    pace.quicken()
    reach.open_enough_files()
    reach.announce()
    async with open_house(), life.LIFE.serving():
        yield


def apologise(error: Exception) -> bool:
    """Show a reader a sentence instead of a traceback; the log keeps the traceback."""
    log.error("A page failed", exc_info=error)
    t = controls.spoken()
    words = t("This page stumbled. Reload it; your settings are in its address.")
    way_out = t(
        "If it stumbles again, [open it without these settings]({address}).", address=f"?lang={t.code}"
    )
    st.error(f"{words} {way_out}", icon=":material/error:")
    return True


def _first_page(lesson: Lesson) -> Route:
    async def answer(request: Request) -> Response:
        code = request.query_params.get("lang", "")
        reader = negotiate(code, request.headers.get("accept-language", ""))
        address = _in_language(request, reader)
        if reader.code != code and not _is_unknown(code):
            return RedirectResponse(address, headers={"Vary": "Accept-Language"})
        html = first_page.html(reader.code, f"{reader(lesson.title)} · Softmax Lab", reader(lesson.question))
        html = first_page.with_ways_out(html, *_ways_out(reader))
        if reader.code == code:
            return page_of_ours(html, **{"Cache-Control": "no-cache"})
        others = [(_in_language(request, other), other) for other in map(language, CODES) if other != reader]
        html = first_page.with_notice(html, _notice(reader, code, others), address)
        return page_of_ours(html, **{"Cache-Control": "no-store"})

    return Route(f"/{lesson.path}", answer)


def _is_unknown(code: str) -> bool:
    """Whether a language is asked for that there is not; to ask for none is no mistake."""
    return bool(code) and not understood(code)


def _in_language(request: Request, reader: Language) -> str:
    """The address that was asked for, in this language."""
    kept = [part for part in request.url.query.split("&") if part and not part.startswith("lang=")]
    return "?" + "&".join([*kept, f"lang={reader.code}"])


def _notice(t: Language, code: str, others: Sequence[tuple[str, Language]]) -> str:
    """Which language there is not, with links to those that the reader may have meant."""
    links = [
        f'<a href="{escape(address)}" lang="{other.code}">{escape(other.name)}</a>'
        for address, other in others
    ]
    said = _refused_language(t, code)
    return fill(_NOTICE, message=said, links=" ".join(links), close=escape(t("Close")))


def _ways_out(t: Language) -> tuple[str, str]:
    """What a page says where scripts are off, and where the network lets no live line through."""
    sheets = " · ".join(
        f'<a href="worksheet/{page.slug}?lang={t.code}">{escape(t(page.title))}</a>'
        for page in PAGES
        if page.slug in worksheets.MAKERS
    )
    no_scripts = f'<p style="{_PLAIN}">{escape(t(_NO_SCRIPTS))} {sheets}</p>'
    return no_scripts, fill(_NOTICE, message=escape(t(_NO_LINE)), links=sheets, close=escape(t("Close")))


_PLAIN = "max-width: 40rem; margin: 3rem auto; padding: 0 1rem; font: 1.1rem/1.6 system-ui, sans-serif"
_NO_SCRIPTS = N_(
    "Softmax Lab needs JavaScript, which is off in this browser. Switch it on for this page, or print a "
    "worksheet, which needs none:"
)
_NO_LINE = N_(
    "There is no live connection yet. This network may block it (WebSocket), or the server is busy; the page "
    "goes on trying. Meanwhile there are printable worksheets, which need none:"
)


def _refused_language(t: Language, code: str) -> str:
    """In HTML."""
    return t(
        "The link asks for the language “{value}”. Possible is {allowed}; this page is in {name}.",
        value=quoted_in_html(code),
        allowed=t("one of {options}", options=", ".join(CODES)),
        name=t.name,
    )


_NOTICE = Path(__file__).with_name("notice.html").read_text(encoding="utf-8")


async def _worksheet(request: Request) -> Response:
    """A printable sheet: `?lang=ko&seed=7&key=1`. Nothing of it needs the app."""
    wanted, slug = request.query_params, request.path_params["slug"]
    code = wanted.get("lang", "")
    t = negotiate(code, request.headers.get("accept-language", ""))
    lesson = next(lesson for lesson in PAGES if lesson.slug == slug)
    seed_asked = wanted.get("seed") or str(sheet.FIRST_SEED)
    found = sheet.read_seed(seed_asked)
    complaints = [_refused_language(t, code)] if _is_unknown(code) else []
    complaints += [] if found else [sheet.refused_seed(t, seed_asked)]
    complaints += asked.repetitions(_repeated(wanted), t)
    seed = found or sheet.FIRST_SEED
    questions = worksheets.MAKERS[slug](t, np.random.default_rng(seed))
    html = sheet.page(t, lesson, questions, seed, wanted.get("key") == "1", complaints)
    return HTMLResponse(html, headers={"Vary": "Accept-Language"})


def _repeated(query: QueryParams) -> dict[str, tuple[int, str]]:
    """In HTML the keys that an address gives more than once, how often, and the last value, which counts."""
    counts = Counter(key for key, _ in query.multi_items())
    told = {key: count for key, count in counts.items() if count > 1}
    return {quoted_in_html(key): (count, quoted_in_html(query[key])) for key, count in told.items()}


ROUTES = [
    *map(_first_page, PAGES),
    Route("/worksheet/{slug}", _worksheet),
    *rooms.ROUTES,
    *life.ROUTES,
    *numbers.ROUTES,
]
MIDDLEWARE = [
    Middleware(Guard),
    Middleware(Turns),
    Middleware(
        CompressedFiles, root=folder()
    ),  # here: a start that fails while the app is read stops the server
]
