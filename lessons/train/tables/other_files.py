"""Files that are no text with a table, by what they begin with."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from itertools import islice
from typing import Literal

Other = Literal[
    "spreadsheet",
    "zip",
    "pdf",
    "picture",
    "json",
    "scene",
    "web page",
    "document",
    "data",
    "statistics",
    "columns",
    "sparse",
    "scaled",
]

_BEGINNINGS: tuple[tuple[bytes, Other], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "spreadsheet"),  # Excel before 2007
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"RIFF", "picture"),  # WebP
    (b"II*\0", "picture"),  # TIFF
    (b"MM\0*", "picture"),
    (b"BZh", "zip"),
    (b"\xfd7zXZ", "zip"),
    (b"\x1f\x8b", "zip"),
    (b"Rar!", "zip"),
    (b"7z\xbc\xaf", "zip"),
    (b"{\\rtf", "document"),
    (b"\x93NUMPY", "data"),
    (b"PAR1", "data"),
    (b"SQLite format 3", "data"),
    (b"\x89HDF", "data"),
    (b"MATLAB 5.0 MAT-file", "data"),
    (b"$FL2", "statistics"),  # SPSS
    (b"$FL3", "statistics"),
    (b"<stata_dta>", "statistics"),
    (b"\0" * 12 + b"\xc2\xea\x81\x60", "statistics"),  # SAS
    (b"RDX", "statistics"),  # R
)
_IN_ZIP: tuple[tuple[bytes, Other], ...] = (
    (b"xl/", "spreadsheet"),
    (b"opendocument.spreadsheet", "spreadsheet"),
    (b"Index/Document.iwa", "spreadsheet"),
    (b"word/", "document"),
    (b"opendocument.text", "document"),
)
_WEB_PAGE = re.compile(
    r"\s*<(!--|(!doctype|html|head|body|meta|div|svg|\?xml|table|t[hdr])\b)", re.IGNORECASE
)
_COLUMN = re.compile(  # a list with a name, and whether it holds more than two things
    r"(?<!dtyp)[\w'\"]\s*+(?:[:=]|<-)\s*+(?:[A-Za-z_][\w.]*+\s*+(?=[\[(]))?+[\[(]++"
    r"(?P<flat>\s*+(?:[^\s,;\[\](){}]{1,99}+[\s,;]++){2}[^\s,;\[\](){}])?+|\bmatrix\(\s*+c(?P<cells>\()"
)
_RECORD = re.compile(r"\s*\[?\s*\{\s*(?:'[^']*'|\"[^\"]*\"|\d+)\s*:")  # a dict of Python
_SPARSE_ROW = re.compile(r"\{\s*+\d++\s++[^\s,{}][^,{}]*+(?:,\s*+\d++\s++[^\s,{}][^,{}]*+)++\}")  # of ARFF
_SCALED = re.compile(r"^[ \t]*1\.0e[+-]\d\d ?\*[ \t]*$", re.IGNORECASE | re.MULTILINE)  # on MATLAB's screen
_OF_PHONES = slice(4, 8)  # where HEIC says what it is
_MANY = 50  # lists, lines
_BITMAP = 26  # the shortest head of one


def other_file(content: bytes) -> Other | None:
    """What a file is if it is no table in a text, None if it may be one."""
    if content.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in _IN_ZIP if mark in content), "zip")
    if content[_OF_PHONES] == b"ftyp" and b"\0" in content[:4]:
        return "picture"
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return other_text(content.decode("utf-16", "ignore"))
    for mark, kind in _BEGINNINGS:
        if content.startswith(mark) and (mark != b"BM" or b"\0" in content[:_BITMAP]):
            return kind
    return other_text(content[3:] if content.startswith(b"\xef\xbb\xbf") else content)


def other_text(content: str | bytes) -> Other | None:
    """The same of a text."""
    text = content if isinstance(content, str) else content.decode("latin-1")
    start = text[:200]
    if _WEB_PAGE.match(start):
        return "web page"
    if special := _special(text):
        return special
    if start.lstrip()[:1] not in ("{", "["):
        return "columns" if _by_columns(text) else None
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        if start.lstrip().startswith("{") and _is_json(text.splitlines()[0]):
            return "json"
        return "columns" if _by_columns(text) else "json" if _RECORD.match(start) else None
    if isinstance(found, list) and _is_rows(found, start):
        return None
    return "scene" if isinstance(found, dict) and "softmax-lab" in str(found.get("format")) else "json"


def _special(text: str) -> Other | None:
    """Rows that cannot be read as they stand."""
    rows = (line for line in map(str.strip, text.splitlines()) if line and line[0] not in "@%")
    if _SPARSE_ROW.fullmatch(next(rows, "")) and all(map(_SPARSE_ROW.fullmatch, rows)):
        return "sparse"
    return "scaled" if _SCALED.search(text) else None


def _by_columns(text: str) -> bool:
    """Whether lists with names stand in it, as code has them: a column each, and no rows."""
    lines = [line for line in islice(text.splitlines(), _MANY) if not line.isspace()]
    if 2 * sum("[" in line or "(" in line for line in lines) <= len(lines):
        return False
    found = [*islice(_COLUMN.finditer(text), _MANY)]
    return any(each["cells"] for each in found) or (len(found) > 1 and any(each["flat"] for each in found))


def _is_rows(found: list[object], start: str) -> bool:
    """Whether a list of lists is written row by row, not number by number."""
    begins = re.match(r"\s*\[\s*\[[^\[\]\r\n]+(\]|$)", start)
    return bool(found) and begins is not None and all(isinstance(row, list) for row in found)


def _is_json(line: str) -> bool:
    """JSON in lines."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
