"""What somebody calls something (a class, a file, a word in an address) as exactly these signs, target by
target.

A name comes from a reader, a link or a file. Each target has signs of its own that it does not show but
obeys; here they are taken away from it, and nowhere else. Signs that nobody can see are told by their number,
so that none turns the text around it or hides in it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from unicodedata import bidirectional, category

from ui.cells import csv_label, csv_text

__all__ = [
    "csv",
    "html",
    "in_sentence",
    "latex",
    "markdown",
    "plotly",
    "python",
    "shortened",
    "strong",
    "text",
]

_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")  # letters and marks without ink
_JOINERS = frozenset("\u200c\u200d")  # part of how some scripts and emoji are spelled
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_FIRST_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
_CONTROL_PICTURES, _PICTURE_OF_DELETE = 0x2400, "\u2421"
_MAX_LENGTH = 24


@lru_cache(maxsize=1024)
def text(name: str) -> str:
    """Plain text: cells that are no Markdown, fields, labels for a screen reader."""
    return "".join(_seen(name, place) for place in range(len(name)))


def _seen(name: str, place: int) -> str:
    sign = name[place]
    if sign in _JOINERS and all(not one.isascii() for one in name[max(place - 1, 0) : place + 2]):
        return sign
    if category(sign) not in _UNSEEN and sign not in _BLANK:
        return sign
    if sign < " ":
        return chr(_CONTROL_PICTURES + ord(sign))
    return _PICTURE_OF_DELETE if sign == "\x7f" else f"⟨U+{ord(sign):04X}⟩"


def in_sentence(name: str) -> str:
    """Plain text within a sentence: what is written from right to left does not turn its neighbours."""
    seen = text(name)
    return f"{_FIRST_ISOLATE}{seen}{_END_OF_ISOLATE}" if _turns(seen) else seen


def _turns(name: str) -> bool:
    return not name.isascii() and any(bidirectional(sign) in _RIGHT_TO_LEFT for sign in name)


def shortened(words: str) -> str:
    """Of what somebody typed as much as shows which one is meant."""
    return words if len(words) <= _MAX_LENGTH else words[:_MAX_LENGTH] + "…"


_LETTERS = r"[0-9A-Za-z\x80-\U0010ffff]+"
_NUMBER = r"[+-]?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?"
_HARMLESS = re.compile(rf"{_LETTERS}([ '/.-]{_LETTERS})*|{_NUMBER}")
_LINKED = re.compile("www", re.IGNORECASE)
_SPANS = re.compile(r"(:color\[(?:[^\[\]]|:color\[[^\[\]]*\])*\])")
_PIECES = re.compile(rf"{_LETTERS}|[\x00-\x7f]")


@lru_cache(maxsize=1024)
def markdown(name: str) -> str:
    """Streamlit's Markdown.

    Escaping is not enough there: links, emoji, icons and arrows are looked for once escapes have been read.
    So every sign that could take part in one stands in a span of its own, which a colour without a value
    makes; the style sheet keeps the blanks and the direction of the whole.
    """
    seen = text(name)
    if not seen or _is_harmless(seen):
        return seen
    pieces = [_spelled(piece) for piece in _PIECES.findall(seen)]
    return _span("".join(map(_span, pieces)) if len(pieces) > 1 else "".join(pieces))


def _span(inner: str) -> str:
    return f":color[{inner}]"


def _spelled(piece: str) -> str:
    return f"&#{ord(piece)};" if piece.isascii() and not piece.isalnum() else piece


def strong(written: str) -> str:
    """Markdown with names, set apart. Before a letter, marks outside a span would not be read as such."""
    return "".join(_strong(part) for part in _SPANS.split(written) if part)


def _strong(part: str) -> str:
    if _SPANS.fullmatch(part):
        return _span(f"**{part[len(_span('')) - 1 : -1]}**")
    words = part.strip()
    return part.replace(words, f"**{words}**") if words else part


def _is_harmless(seen: str) -> bool:
    """A word or a number, with no emoji before it, of which a button makes an icon, and no link."""
    ends_in_letters = seen[-1].isalnum() and (seen[0].isalnum() or seen[0] in "+-")
    return (
        ends_in_letters and bool(_HARMLESS.fullmatch(seen)) and not _LINKED.search(seen) and not _turns(seen)
    )


_PLAIN_IN_LATEX = re.compile(r"[0-9A-Za-z\u3130-\u318f\u4e00-\u9fff\uac00-\ud7a3]")
_BLANKS = re.compile(" {2,}")
_IN_LATEX = {" ": " ", "'": '}\\mathrm{\\char"27}\\text{', "`": '{\\char"2CB}'}


@lru_cache(maxsize=1024)
def latex(name: str) -> str:
    """A name inside a formula. KaTeX knows no plain apostrophe in text, and no plain grave accent at all: it
    is written as the letter that looks like one."""
    signs = "".join(map(_in_latex, text(name)))
    kept = _BLANKS.sub(lambda run: r"{\ }" * len(run[0]), signs)
    return rf"\text{{{kept}}}"


def _in_latex(sign: str) -> str:
    if _PLAIN_IN_LATEX.fullmatch(sign):
        return sign
    return _IN_LATEX.get(sign) or f'{{\\char"{ord(sign):X}}}'


_OBEYED_BY_PLOTLY = re.compile(r"[<>&$%{}]")


def plotly(name: str) -> str:
    """A name in a figure: legend, axis, annotation, hover text and hover template."""
    return _OBEYED_BY_PLOTLY.sub(lambda sign: f"&#{ord(sign[0])};", in_sentence(name))


def html(words: str) -> str:
    """A name in a page of our own."""
    return escape(in_sentence(words))


#: A name in a table that a spreadsheet may open: no formula, and `read_csv` gives it back.
csv = csv_label
#: Words there that are no name: no formula.
csv_words = csv_text


def python(name: str) -> str:
    """A name in a program: a literal, with double quotes where they need no care."""
    is_plain = name.isprintable() and not set(name) & set("\"'\\")
    return f'"{name}"' if is_plain else ascii(name)
