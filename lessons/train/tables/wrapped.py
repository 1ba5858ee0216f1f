"""Rows in what a program puts around them: the brackets of Python and NumPy, or quotes about a whole row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lessons.train.tables.drawn import most, undrawn
from lessons.train.tables.notes import unnoted
from lessons.train.tables.spoken import are_points, points, told_apart
from ui.numbers import without_types

_LISTED = re.compile(
    r"\s*+(?:[A-Za-z_]\w*+\s*+=\s*+)?+(?:[A-Za-z_][\w.]*+\s*+(?=[\[({]))?+[\[({]++(?P<row>[^\[\](){}\r\n]*+)"
    r"[\])}]++\s*+(?:[,;]\s*+)?+"
)
_QUOTED = re.compile(r'\s*+"(?P<row>(?:[^"\r\n]++|"")*+)"\s*+')
_BETWEEN = re.compile(r"(?<=[\])}])\s*+[,;]?+\s*+(?=[\[({])")
_INSERT = re.compile(r"\s*+INSERT\s+INTO\s+[^\s()]++\s*+(?:\([^()]*+\)\s*+)?+VALUES\s*+", re.IGNORECASE)
_COMMENTS = ("%", "#", "//")
_MATRIX = re.compile(r"\s*+(?:[A-Za-z_]\w*+\s*+=\s*+)?+\[(?P<rows>[^\[\](){}]*+)\]\s*+;?+\s*+")
_GOES_ON = re.compile(r"\.\.\.[ \t]*[\r\n]+")
_ROW_ENDS, _CELL_ENDS = re.compile(r"\s*[;\r\n]\s*"), re.compile(r"\s*,\s*|\s+")
_MIN_CELLS = 3
_ONE, _TWO = "'", "''"
_OTHER_QUOTES = frozenset("'“„")
_OPENED = re.compile(
    r"[A-Za-z_\[][^,;({]*?(?=[\[({]\s?[\[({])"
)  # what stands before the first of nested brackets
_OPTIONS = re.compile(r"\b(?:dtype|device|grad_fn|requires_grad)=.*")
_NESTED = re.compile(r"\s*+(?:[A-Za-z_]\w*+\s*+=\s*+)?+(?:[A-Za-z_][\w.]*+\s*+)?+\(?+\[\s*+\[")
_LONG_ROW = re.compile(r"\[[^\[\]\n]*+\n[^\[\]]*+\]")


def unwrapped(lines: Sequence[str]) -> Sequence[str]:
    """The lines without what most of them stand in.

    >>> unwrapped(["[[1. 2. 0.]\\n", " [3. 4. 1.]]\\n"]), unwrapped(['"1,""a b"",2"'])
    (['1. 2. 0.\\n', '3. 4. 1.\\n'], ['1,"a b",2\\n'])
    """
    lines = unnoted(lines)
    lines = _matrix(lines) or _rejoined(lines)
    have_points = are_points(lines)
    given = (without_types(line) for line in lines)
    lines = told_apart(undrawn([each for line in given for each in _one_row_each(line, have_points)]))
    if most(lines, _LISTED):
        return [_inside(line, _LISTED) for line in lines]
    if most(lines, _QUOTED):
        return [_inside(line, _QUOTED).replace('""', '"') for line in lines]
    return lines


def requoted(lines: Sequence[str], separator: str) -> Sequence[str]:
    """The lines with double quotes about the cells that have others: single ones, and those of Word.

    >>> requoted(["1,2,'a, b'\\n", "3,4,“it's”\\n", "5,6,rock 'n' roll\\n"], ",")
    ['1,2,"a, b"\\n', '3,4,"it\\'s"\\n', "5,6,rock 'n' roll\\n"]
    """
    edge = re.escape(separator)
    cell = re.compile(
        rf"(?:^|(?<={edge})) *+(?:b?'((?!')(?:[^'\"]|'')*+)'|[“„]([^“”„\"]*+)[”“])(?= *(?:{edge}|[\r\n]|$))"
    )
    return [
        cell.sub(lambda word: f'"{(word[1] or "").replace(_TWO, _ONE) or word[2] or ""}"', line)
        if '"' not in line and not _OTHER_QUOTES.isdisjoint(line)
        else line
        for line in lines
    ]


def _matrix(lines: Sequence[str]) -> list[str]:
    """The rows of a matrix as MATLAB writes it, with semicolons between them, or of a line of such rows; none
    if the text is none."""
    given = [line for line in lines if not line.lstrip().startswith(_COMMENTS)]
    found = (
        _MATRIX.fullmatch(_GOES_ON.sub("\n", "".join(given)))
        if any("[" in line for line in given[:2])
        else None
    )
    inside = found["rows"] if found else given[0].strip("={} \r\n") if len(given) == 1 else ""
    if found is None and ";" not in inside:
        inside = ";".join(inside.split())  # 1,2,A 3,4,B
    rows = [row for row in _ROW_ENDS.split(inside.strip()) if row]
    counts = {len(_CELL_ENDS.split(row)) for row in rows}
    is_one_line = len(rows) > 1 and len(counts) == 1 and not any(map(str.strip, lines[1:]))
    are_rows = min(counts, default=0) >= _MIN_CELLS and (found is not None or is_one_line)
    return [f"{row}\n" for row in rows] if are_rows else []


def _rejoined(lines: Sequence[str]) -> Sequence[str]:
    """The lines of nested brackets with each row in one of them, and blank ones in place of the others."""
    given = "".join(lines)
    if not _NESTED.match(given) or not _LONG_ROW.search(given):
        return lines
    whole = _LONG_ROW.sub(lambda row: " ".join(row[0].split()) + "\n" * row[0].count("\n"), given)
    return [f"{line}\n" for line in whole.split("\n")]


def _one_row_each(line: str, have_points: bool) -> Iterator[str]:
    """The rows that stand in one line, each in brackets."""
    if "(" not in line and "[" not in line and "{" not in line:
        yield line
        return
    given = line
    line = line[found.end() :] if (found := _INSERT.match(line)) else line
    line = _OPTIONS.sub("", line) if "=" in line else line
    line = line[found.end() :] if (found := _OPENED.match(line)) else line
    if have_points and (rows := [*points(given)] or [*points(line)]):
        yield from rows
        return
    rows = _BETWEEN.split(line) if line.lstrip()[:1] not in ("", '"') else [line]
    yield from [f"{row}\n" for row in rows] if len(rows) > 1 and all(map(_LISTED.fullmatch, rows)) else [line]


def _inside(line: str, wrapping: re.Pattern[str]) -> str:
    found = wrapping.fullmatch(line)
    return line if found is None else f"{found['row']}\n"
