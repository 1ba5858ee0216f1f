"""Streamlit's own first page, in the reader's language, with our repairs in it and our files announced."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

from streamlit import file_util

from app.boot import words
from ui import assets
from ui.bundle import bundled

#: Scripts that the page holds itself: they have work to do before any file arrives.
_AT_ONCE = (
    "connect.js", "address.js", "anchor.js", "line.js", "first.js", "translated.js", "wheel.js", "paper.js"
)  # fmt: skip

#: What Streamlit would ask for one after the other before the first words and picture of any lesson.
_NEEDED_SOON = (
    "BidiComponent", "serialization", "recordbatch", "_arrayReduce",
    "rehype-katex", "hastscript", "web-namespaces",
)  # fmt: skip
_STAGE = Path(assets.__file__).parent / "stage"
_STREAMLITS = Path(file_util.get_static_dir())
_SOON = [path.name for name in _NEEDED_SOON for path in (_STREAMLITS / "static" / "js").glob(f"{name}.*.js")]

#: Most of every formula; what comes later would move the lines around it.
_FONTS = [
    path.name
    for name in ("Main-Regular", "Math-Italic")
    for path in (_STREAMLITS / "static" / "media").glob(f"KaTeX_{name}.*")
]

_INDEX = re.sub(
    r'<link\s+rel="preload"[^>]*SourceSans[^>]*>',
    "",
    (_STREAMLITS / "index.html").read_text(encoding="utf-8"),
    flags=re.DOTALL,
)


def _script(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


_FOLLOW = (Path(__file__).parents[1] / "rooms" / "web" / "follow.js").read_text(encoding="utf-8")
_HEAD = "".join(
    (
        *(
            f"<script>{_script(name)}</script>" for name in _AT_ONCE
        ),  # each by itself: one that fails stops no other
        f"<script>{_FOLLOW}</script>",
        f'<script data-words="{escape(words.table())}">{_script("words.js")}</script>',
        f'<script type="module">{bundled(_STAGE / "clipboard.js")}</script>',
        *(
            f'<link rel="stylesheet" href=".{assets.url(name)}">'
            for name in ("stage.css", "frame.css", "way.css")
        ),
        f'<link id="paper" rel="stylesheet" href=".{assets.url("paper.css")}" media="print">',
        *(f'<link rel="modulepreload" href=".{assets.url(name)}">' for name in ("stage.js", "track.js")),
        *(f'<link rel="modulepreload" href="./static/js/{name}">' for name in _SOON),
        *(f'<link rel="preload" href="./static/media/{name}" as="font" crossorigin>' for name in _FONTS),
        f'<script async src=".{assets.url("plotly.min.js")}"></script>',
    )
)


def html(lang: str, title: str, summary: str) -> str:
    """The page, in a language, with its title and what it is about."""
    page = _INDEX.replace('<html lang="en">', f'<html lang="{lang}">', 1)
    head = f'<title>{escape(title)}</title><meta name="description" content="{escape(summary)}">' + _HEAD
    return re.sub(r"<title>.*?</title>", lambda _: head, page, count=1, flags=re.DOTALL)


def with_ways_out(page: str, without_scripts: str, without_a_line: str) -> str:
    """The page with what it says where no scripts run, and where nothing comes from the server."""
    said = f'<noscript>{without_scripts}</noscript><template id="no-line">{without_a_line}</template>'
    return re.sub("<noscript>.*?</noscript>", lambda _: said, page, count=1, flags=re.DOTALL)


def with_notice(page: str, notice: str, address: str) -> str:
    """The page as if it had been asked for at this address, with a notice above all else."""
    literal = json.dumps(address).replace("<", r"\u003c")
    script = f'<script>history.replaceState(null, "", {literal} + location.hash)</script>'
    return page.replace("<head>", f"<head>{script}", 1).replace("<body>", f"<body>{notice}", 1)
