"""The part of plotly.js that the pictures need, cut out of the script that the plotly package ships.

All of it is 4.8 MB, with maps and forty kinds of charts, and keeps a browser busy for most of a second.
Each module in it is a function that is called when another module first asks for it, so those that none
can ask for are left out: a third remains. `Plotly.space()` adds the charts in space when one is due, and by
`Plotly.plots`, `.registry` and `.schema` the stage draws marks and notes without the rest of a figure.
"""

from __future__ import annotations

import importlib.util
import logging
import re
from pathlib import Path

log = logging.getLogger(__name__)

#: Besides the lines and points that plotly.js always has.
FLAT = ("bar", "contour")
SPATIAL = ("mesh3d", "scatter3d")

_NAME = r"[\w$]+"
# How the bundler's two helpers begin, the one for CommonJS modules and the one for ES modules.
_HELPERS = (
    rf"({_NAME})=\(\w,\w\)=>\(\)=>\{{try\{{return",
    rf"({_NAME})=\(\w,\w,\w\)=>\(\)=>\{{if\(\w\)throw",
)
#: Modules that the stage asks for, each by what it alone has.
_ASKED = {"plots": ".doCalcdata=", "registry": ".getComponentMethod=", "schema": ".findArrayAttributes="}
_REGISTERED = re.compile(rf"({_NAME})\.register\(\[((?:{_NAME}\(\),?)+)\]\)")


def script() -> bytes:
    """The part that is needed, or all of plotly.js should a later release be built in another way."""
    whole = _shipped().read_text(encoding="utf-8")
    try:
        return _compiled_while_loading(_part(whole)).encode()
    except (ValueError, LookupError) as reason:
        log.warning("plotly.js is served whole: %s", reason)
        return whole.encode()


def _shipped() -> Path:
    """Found without importing the package."""
    spec = importlib.util.find_spec("plotly")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("plotly is not installed; run: pip install -r requirements.txt")
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"


def _part(whole: str) -> str:
    common, es = (_only(helper, whole)[1] for helper in _HELPERS)
    head, *pieces = re.split(rf"(?=var {_NAME}={re.escape(common)}\()", whole)
    begins = re.compile(rf"({_NAME})=(?:{re.escape(common)}|{re.escape(es)})\(")
    home = {name: number for number, piece in enumerate(pieces) for name in begins.findall(piece)}
    pieces[-1] = _with_fewer_charts(pieces, home)
    needed = _asked_for(pieces, home)
    return head + "".join(piece for number, piece in enumerate(pieces) if number in needed)


def _with_fewer_charts(pieces: list[str], home: dict[str, int]) -> str:
    """The last module, which makes the charts known."""
    last = pieces[-1]
    listed = _only(_REGISTERED, last)
    kinds = {_kind(name, pieces, home): f"{name}()" for name in listed[2].replace("()", "").split(",")}
    if missing := {*FLAT, *SPATIAL} - {*kinds}:
        raise ValueError(f"it has no {missing}")
    flat, spatial = (",".join(kinds[kind] for kind in some) for some in (FLAT, SPATIAL))
    known = listed[1]
    asked = "".join(f";{known}.{name}={_home_of(mark, pieces)}()" for name, mark in _ASKED.items())
    return last.replace(
        listed[0], f"{known}.register([{flat}]);{known}.space=()=>{known}.register([{spatial}]){asked}"
    )


def _home_of(mark: str, pieces: list[str]) -> str:
    """The module that the one piece begins with in which this is found."""
    (piece,) = (piece for piece in pieces if mark in piece)
    return _only(rf"^var ({_NAME})=", piece)[1]


def _kind(name: str, pieces: list[str], home: dict[str, int]) -> str | None:
    """The kind of chart that a registered module passes on, if it is a chart."""
    passed_on = re.search(rf"exports=({_NAME})\(\)", pieces[home[name]])
    found = passed_on and re.search(r'name:"(\w+)"', pieces[home[passed_on[1]]])
    return found[1] if found else None


def _asked_for(pieces: list[str], home: dict[str, int]) -> set[int]:
    """Every piece that the last one can reach. Whatever looks like a call of a module counts as one."""
    waiting = [len(pieces) - 1]
    found = set(waiting)
    while waiting:
        called = re.findall(rf"({_NAME})\(\)", pieces[waiting.pop()])
        new = {home[name] for name in called if name in home} - found
        found |= new
        waiting += new
    return found


def _compiled_while_loading(part: str) -> str:
    """Put the function that is all of plotly.js into parentheses.

    By these a browser knows that the function is called at once, and compiles it on a thread of its own
    while it loads, not afterwards with the page at a standstill.
    """
    opening, closing = ": this, () => {", "}));"
    if part.count(opening) != 1 or not part.endswith(closing):
        raise ValueError("its outermost function stands elsewhere")
    return part.replace(opening, ": this, (() => {").removesuffix(closing) + "})));"


def _only(pattern: str | re.Pattern[str], text: str) -> re.Match[str]:
    found = list(re.finditer(pattern, text))
    if len(found) != 1:
        raise ValueError(f"{len(found)} places look like {pattern}")
    return found[0]
