"""Every address that the server answers; to all others it says that there is no such page."""

from __future__ import annotations

import re

from lessons import PAGES, worksheets
from ui.text import CODES

LIVE, READY = "/livez", "/readyz"
NUMBERS = "/metrics"
METRICS = frozenset({NUMBERS, "/_stcore/metrics"})  # for the operator
MAX_ADDRESS = 32_000  # signs; the longest of ours has some 20 000, uvicorn reads 65 535
ROOMS = "/room"  # a class together; its routes judge the rest of their paths themselves
PAGE_PATHS = frozenset(f"/{page.path}" for page in PAGES)
SHEET_PATHS = frozenset(f"/worksheet/{slug}" for slug in worksheets.MAKERS)
_STREAMLITS = frozenset({"/favicon.png", "/_stcore/health", "/_stcore/host-config"})
_OPERATORS = frozenset({LIVE, READY})
_FOLDERS = ("/static/", "/stage-assets/", "/media/")  # in the last one is the icon of the tab

_READABLE: dict[str, str] = (
    {path.strip("/"): path for path in PAGE_PATHS | SHEET_PATHS}
    | {page.slug: f"/{page.path}" for page in PAGES}
    | {ROOMS.strip("/"): ROOMS}
)
_SHEETS = "worksheet"
_ALSO = {"worksheets": _SHEETS}
_ENDING = re.compile(r"(?:/index)?\.(?:html?|php|aspx?)$")
_DEEPEST = max(name.count("/") + 1 for name in _READABLE)


def is_known(path: str) -> bool:
    """Whether something answers there."""
    return is_readable(path) or is_answered_by_itself(path)


def is_readable(path: str) -> bool:
    """Whether it is the very path of a page or a sheet, whose links people send to each other."""
    return path in PAGE_PATHS or path in SHEET_PATHS


def is_answered_by_itself(path: str) -> bool:
    """Whether it belongs to what judges its own addresses: files, Streamlit, the rooms of classes."""
    return path in _STREAMLITS | _OPERATORS or is_a_file(path) or is_of_a_room(path)


def is_a_file(path: str) -> bool:
    return path.startswith(_FOLDERS)


def is_of_a_room(path: str) -> bool:
    """Whether the room of a class answers there, who also takes votes."""
    return path == ROOMS or path.startswith(f"{ROOMS}/")


def language_in(path: str) -> str:
    """The language that a path names beside its page; "" if none."""
    return next((name for name in path.casefold().split("/") if name in CODES), "")


def meant(path: str) -> str | None:
    """The page or sheet that a path means which names it in other letters, or below something else."""
    names = [name for name in _ENDING.sub("", path.casefold()).split("/") if name]
    names = [_ALSO.get(name, name) for name in names if name not in CODES]
    for first in range(max(len(names) - _DEEPEST, 0), len(names) or 1):
        if _SHEETS in names[:first]:  # a page's name there is no page
            break
        found = _READABLE.get("/".join(names[first:]))
        if found is not None:
            return found
    return None
