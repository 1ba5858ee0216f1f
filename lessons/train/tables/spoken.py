"""Points as people write them in a line: in brackets beside their class, or with a class of several words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lessons.train.tables.drawn import most

_DIGITS, _EXPONENT = r"[+−–-]?(?:\d++(?:\.\d*+)?|\.\d++)", r"(?:[eE][+-]?\d++)?"
_NUMBER = _DIGITS + _EXPONENT
_CELL = rf"(?:[+−–-]?(?:\d++(?:[.,]\d*+)?|[.,]\d++){_EXPONENT}|(?:NA|NaN|nan|N/A|\?)(?!\S))"
_PAIR = re.compile(rf"[\[({{]\s*+({_NUMBER})\s*+[,;|]\s*+({_NUMBER})\s*+[\])}}]")
_WITH_PAIR = re.compile(rf".*?{_PAIR.pattern}")
_NO_NAME = re.compile(r"[,;:=\[\](){}|\t]|\d\.\d")
_AROUND = " \t\r\n,;:=[](){}->→'\""
_NAME = r"""(?:[^\W\d_]|[\u2600-\U0001faff])[^"',:;|&=\[\](){}<>\t\r\n]*?"""
_COMMA = re.compile(  # 1, 2 A and 1, 2 -> A; A: 1, 2
    rf"\s*(?:(?P<before>{_NAME})(?:\s*[:=]\s*|\s+))?(?P<numbers>{_NUMBER}\s*,\s*{_NUMBER})"
    rf"(?:(?:\s*(?:[-=]>|→|:)\s*|\s+)(?P<behind>{_NAME}))?\s*"
)
_BLANK = re.compile(
    rf"\s*(?:(?P<before>{_NAME})\s+)?(?P<numbers>{_CELL}(?:\s+{_CELL})+)(?:\s+(?P<behind>{_NAME}))?\s*"
)
_BETWEEN, _BLANKS, _WIDE = re.compile(r"\s*,\s*"), re.compile(r"\s+"), re.compile(r"\s{2,}")
_LONGEST = 200  # signs of a line: more take their square in time


def are_points(lines: Sequence[str]) -> bool:
    """Whether most lines have a point in brackets."""
    return most(lines, _WITH_PAIR, whole=False)


def points(line: str) -> Iterator[str]:
    r"""The rows of a line in which each point stands in brackets, its class before or behind all of them;
    none for any other line.

    >>> [*points("A(1, 2), B(3, 4)")], [*points("cat: (1, 2), (3, 4)")]
    (['1,2,A\n', '3,4,B\n'], ['1,2,cat\n', '3,4,cat\n'])
    """
    first, *rest = _PAIR.split(line)
    given = [first, *rest[2::3]]
    names = [name.strip(_AROUND) for name in given]
    if not rest or re.search(r"\d,\d{3}\b", line):  # in brackets a number of an accountant's
        return
    if names[0] and names[-1]:
        return
    is_list = names[0] != "" and given[0].rstrip(" \t[({")[-1:] in (":", "=")
    del names[-1 if names[0] else 0]
    if any(map(_NO_NAME.search, names)) or not (all(names) or (is_list and names[0])):
        return
    for at, name in enumerate(names):
        names[at] = name or names[at - 1]
        yield f"{rest[3 * at]},{rest[3 * at + 1]},{names[at]}\n"


def told_apart(lines: Sequence[str]) -> Sequence[str]:
    r"""The lines with tabs between their numbers and a class that other blanks or commas would cut.

    >>> told_apart(["1 2 red fox\n", "3 4 owl\n"]), told_apart(["1, 2 A\n", "3, 4 B\n"])
    (['1\t2\tred fox\n', '3\t4\towl\n'], ['1\t2\tA\n', '3\t4\tB\n'])
    """
    short = [line for line in lines if len(line) < _LONGEST]
    shape = next((shape for shape in (_COMMA, _BLANK) if most(short, shape)), None)
    if shape is None or 2 * len(short) <= len(lines):
        return lines
    found = [shape.fullmatch(line) if len(line) < _LONGEST else None for line in lines]
    rows = [row for row in found if row and (row["before"] is None) != (row["behind"] is None)]
    head = next((at for at, row in enumerate(found) if row), 0) - 1
    titles = lines[head].strip() if head >= 0 else ""
    if not rows or (_could_be_decimals(rows) if shape is _COMMA else _are_columns(rows, titles)):
        return lines
    told = [_row(row) if row else line for line, row in zip(lines, found, strict=True)]
    if head >= 0:
        wide = _WIDE.split(titles)
        told[head] = "\t".join(wide if len(wide) > 1 else titles.split()) + "\n"
    return told


def _row(found: re.Match[str]) -> str:
    numbers = (_BETWEEN if found.re is _COMMA else _BLANKS).split(found["numbers"])
    cells = [found["before"], *numbers, found["behind"]]
    return "\t".join(cell.strip() for cell in cells if cell) + "\n"


def _could_be_decimals(rows: Sequence[re.Match[str]]) -> bool:
    """Whether 1,5 may be one number each time."""
    return not any("." in row["numbers"] or " " in row["numbers"] for row in rows)


def _are_columns(rows: Sequence[re.Match[str]], titles: str) -> bool:
    """Whether blanks between words part columns: titles say so, or the words are free of one another."""
    words = [(row["before"] or row["behind"]).split() for row in rows]
    counts, n_numbers = {*map(len, words)}, len(rows[0]["numbers"].split())
    if len(counts) > 1:
        return False
    count = counts.pop()
    firsts, rests = {each[0] for each in words}, {(*each[1:],) for each in words}
    are_bound = len({(*each,) for each in words}) == max(len(firsts), len(rests))
    n_titles = len(titles.split())
    is_short = n_titles == n_numbers + count - 1 and n_numbers > 2  # R writes none above the names of rows
    return count == 1 or n_titles == n_numbers + count or (not are_bound and (is_short or not titles))
