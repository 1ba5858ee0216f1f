"""Where the cells of a table are: its separator, its titles and its rows, judged over the whole text."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from lessons.train.tables.labels import is_class_title
from lessons.train.tables.numbers import MISSING, kind
from lessons.train.tables.sampling import MAX_JUDGED, judged
from lessons.train.tables.wrapped import requoted, unwrapped

#: Decimal signs, thousands, classes that may be none, numbers that stand for missing ones, some per cent.
Doubt = Literal["", "commas", "blanks", "points", "numbers", "alone", "first", "codes", "percent"]


class Row(NamedTuple):
    """The number of its first line, from 1, its cells without empty ones at its end, and how many it had."""

    number: int
    cells: list[str]
    width: int


SEPARATORS = (
    "\t",
    ";",
    ",",
    "|",
    "&",
    "，",
    "；",
    "、",
    "،",
    " ",
    "\u3000",
    "\u00a0",
)  # of two that fit as well the first
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_DOUBLED = re.compile(r'(?<!\\)""')  # quotes in quotes as CSV has them, without a backslash
_BACKSLASHED = re.compile(r'\\"(?![,;|\t\r\n])')  # the same as other programs write them
_SEP_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_COMMENTS = ("#", "%", "//")
_MIN_CELLS, _NUMBERS, _MAX_HEAD = 3, 2, 20
_LEADING, _THREE = re.compile("[+-]?[1-9][0-9]{0,2}"), re.compile("[0-9]{3}")
_FIGURES = re.compile(r"[+-]?\d[\d.,]*")
_YEAR = re.compile(r"(19|20)\d\d(년|年)?")
_PIECES = re.compile(r"[\s,;|]+")
_SPLIT, _WHOLE = 5, re.compile("[+-]?[0-9]+")  # cells, where two numbers with decimals and a class are cut
_MAX_CELLS = 1_000  # of a row that are judged


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows of a table, and what stands above them.

    Attributes:
        rows: those of the table, without blank lines, titles and comments.
        width: how many cells a row has to have.
        separator: the sign between the cells.
        titles: of the columns; None if the table has none.
        doubt: what its commas or blanks may be as well.
    """

    rows: Sequence[Row]
    width: int
    separator: str
    titles: Sequence[str] | None = None
    doubt: Doubt = ""


def layout(text: str) -> Layout:
    """Find the table in a text; any text has one, perhaps of no use."""
    if '\\"' in text and not _DOUBLED.search(text):
        text = _BACKSLASHED.sub('""', text)
    lines = unwrapped(_LINES.findall(text))
    named = _SEP_LINE.fullmatch(lines[0].rstrip("\r\n")) if lines else None
    if named:
        lines = ["\n", *unwrapped(lines[1:])]
    separators = (named[1],) if named else _candidates("".join(lines))
    found = max((_attempt(lines, sign, False) for sign in separators), key=lambda each: each.of_use)
    # Quotes that never close swallow the rows behind them: then a row is a line.
    if any('"' in line for line in lines):
        found = max(found, _attempt(lines, found.separator, True), key=_Attempt.fitting)
    return _without_head(found)


def _candidates(text: str) -> Sequence[str]:
    """The separators that stand in a text; a tab among blanks is one of them."""
    return [sign for sign in SEPARATORS if sign in text or (sign == " " and "\t" in text)] or [","]


@dataclass(frozen=True, slots=True)
class _Attempt:
    """The rows that a separator makes, how many cells most have, and of how many rows that is true."""

    separator: str
    rows: Sequence[Row]
    width: int
    of_use: tuple[int, int]

    def fitting(self) -> int:
        return sum(_fits(row, self.width) for row in self.rows)


def _attempt(lines: Sequence[str], separator: str, by_line: bool) -> _Attempt:
    if separator == " ":  # tabs among blanks, blanks at the end
        lines = [line.replace("\t", " ").rstrip(" \r\n") + "\n" for line in lines]
    lines = requoted(lines, separator)
    try:
        rows = list(_by_line(lines, separator) if by_line else _quoted(lines, separator))
    except csv.Error:  # a cell beyond the reader's limit
        rows = list(_by_line(lines, separator))
    some = judged(rows)
    of_use = Counter(row.width for row in some if _has_numbers(row))
    of_any = Counter(row.width for row in some if row.width >= _MIN_CELLS)
    count = max(of_use or of_any, key=lambda count: of_use[count] or of_any[count], default=_MIN_CELLS)
    width = max((len(row.cells) for row in rows if row.width == count), default=_MIN_CELLS)
    return _Attempt(separator, rows, max(width, _MIN_CELLS), (of_use[count], of_any[count]))


def _quoted(lines: Sequence[str], separator: str) -> Iterator[Row]:
    reader, number = csv.reader(lines, delimiter=separator, skipinitialspace=True), 1
    for cells in reader:
        yield from _row(number, cells)
        number = reader.line_num + 1


def _by_line(lines: Sequence[str], separator: str) -> Iterator[Row]:
    for number, line in enumerate(lines, start=1):
        try:
            cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])
        except csv.Error:
            cells = [line]
        yield from _row(number, cells)


def _row(number: int, given: Sequence[str]) -> Iterator[Row]:
    """The row, unless it is blank."""
    cells = [cell[2:-1] if cell[:2] == '="' and cell[-1] == '"' else cell for cell in map(str.strip, given)]
    while cells and not cells[-1]:
        cells.pop()
    if cells:
        yield Row(number, cells, len(given))


def _fits(row: Row, width: int) -> bool:
    return len(row.cells) <= width <= row.width


def _has_numbers(row: Row) -> bool:
    if row.width < _MIN_CELLS:
        return False
    found = 0
    for cell in row.cells[:_MAX_CELLS]:
        found += _is_number(cell)
        if found == _NUMBERS:
            return True
    return False


def _is_number(cell: str) -> bool:
    return kind(cell) in ("number", "comma", "thousands")


def _without_head(found: _Attempt) -> Layout:
    """Take titles, units below them, whatever is above, and comments from the rows."""
    width = found.width
    comments: list[Row] = []
    rows: list[Row] = []
    for row in found.rows:
        (comments if _is_comment(row, width) else rows).append(row)
    start = _first_of_use(rows, width)
    if start is not None and _dates_titles(rows[start : start + 2]):
        del rows[start]
        start = _first_of_use(rows, width)
    if start is None:  # no row is of use: to say why, all but titles stay
        titled = bool(rows) and len(rows[0].cells) > 1 and not any(map(_is_number, rows[0].cells[:2]))
        titled = titled and not (len(rows) > 1 and _are_written_alike(rows[0], rows[1]))
        return Layout(rows[titled:], width, found.separator, rows[0].cells if titled else None)
    usual = _usual_kinds(rows[start + 1 :][:_MAX_HEAD], width)
    start += len(rows) > start + 1 and (_is_odd(rows[start], usual) or _names_class(rows, start))
    head: list[Row] = []
    faulty: list[Row] = []
    known = _known(rows[start:], width) if start else []
    for row in rows[:start]:
        is_odd = _fits(row, width) and _is_odd(row, usual)
        is_faulty = (_is_faulty(row, width) and not is_odd) or _recurs(row, known, bool(head))
        is_faulty = is_faulty or _is_cut(row, rows[start])
        (faulty if is_faulty else head).append(row)
    data = faulty + rows[start:]
    if head and _has_split_cells(head[-1], data, width, found.separator):
        return Layout(data, len(head[-1].cells), found.separator, head[-1].cells)
    longest = width if found.separator == " " else max(len(row.cells) for row in found.rows)
    names = _block(head, width, longest) or [
        cells for row in comments[:_MAX_HEAD] if (cells := _uncommented(row, width))
    ]
    named = max(names, key=lambda cells: (any(map(is_class_title, cells)), all(cells)), default=None)
    titles = _placed(named, data, width) if named else None
    return Layout(
        data, width, found.separator, titles, "" if titles else _doubt(data, width, found.separator)
    )


def _first_of_use(rows: Sequence[Row], width: int) -> int | None:
    return next((at for at, row in enumerate(rows) if _is_data(row, width)), None)


def _dates_titles(rows: Sequence[Row]) -> bool:
    """Whether the first row gives the years of what the titles below it name."""
    numbers = [cell for cell in rows[0].cells if _is_number(cell)]
    are_years = all(map(_YEAR.fullmatch, numbers))
    return are_years and len(rows) > 1 and not any(map(_is_number, rows[1].cells))


def _are_written_alike(first: Row, second: Row) -> bool:
    """Whether two cells above each other are the same but for their numbers, such as 172cm and 168cm."""
    return any(
        upper != lower and _FIGURES.sub("0", upper) == _FIGURES.sub("0", lower)
        for upper, lower in zip(first.cells, second.cells, strict=False)
    )


def _is_comment(row: Row, width: int) -> bool:
    first = row.cells[0]
    return first.startswith(_COMMENTS) and first.casefold() not in MISSING and not _is_data(row, width)


def _is_data(row: Row, width: int) -> bool:
    return _fits(row, width) and _has_numbers(row)


def _is_faulty(row: Row, width: int) -> bool:
    """Whether a row above the first one of use is one of the table's, to be refused, and no title."""
    cells = row.cells[:_MAX_CELLS]
    if len(cells) > 1 and all(map(_is_number, cells[:2])):
        return not _is_data(row, width)
    pieces = _PIECES.split(" ".join(cells), 2)[:_NUMBERS]
    is_point = len(pieces) > 1 and _is_number(pieces[0]) and (len(cells) > 1 or _is_number(pieces[1]))
    if is_point and not _fits(row, width) and not (len(cells) > 1 and _counts(cells)):
        return True
    kinds = Counter(map(kind, cells))
    is_missing = kinds["missing"] >= _NUMBERS and kinds["missing"] > kinds["words"]
    is_missing = is_missing and not _only_names_class(row)
    return _fits(row, width) and (is_missing or any(map(_is_number, cells)))


def _is_cut(row: Row, of_use: Row) -> bool:
    """Whether a row is one of the table's without its beginning, as where blanks part only some names."""
    kinds, others = (list(map(_is_number, each.cells[:_MAX_CELLS])) for each in (row, of_use))
    return len(kinds) < len(others) and sum(kinds) >= _NUMBERS and kinds == others[-len(kinds) :]


def _only_names_class(row: Row) -> bool:
    """Whether a row says of one column that it holds the classes, as Orange writes it below its titles."""
    given = [cell for cell in row.cells if cell]
    return len(given) == 1 and is_class_title(given[0])


def _known(rows: Sequence[Row], width: int) -> list[set[str]]:
    """What stands in each column of the rows of use."""
    found: list[set[str]] = [set() for _ in range(min(width, _MAX_CELLS))]
    for row in judged(rows):
        if _is_data(row, width):
            for column, cell in zip(found, row.cells, strict=False):
                column.add(cell)
    return found


def _recurs(row: Row, known: Sequence[set[str]], has_titles: bool) -> bool:
    """Whether a row holds a word of the rows below in its place, or below titles a number: it is of use."""
    kinds = {"words"} | ({"number", "comma"} if has_titles and not _counts(row.cells) else set())
    pairs = zip(row.cells, known, strict=False)
    return any(len(column) > 1 and cell in column and kind(cell) in kinds for cell, column in pairs)


def _names_class(rows: Sequence[Row], start: int) -> bool:
    """Whether a row of numbers, such as years, calls a column by what only titles say."""
    below = rows[start + 1 :][:MAX_JUDGED]
    return any(
        is_class_title(cell) and all(row.cells[at : at + 1] != [cell] for row in below)
        for at, cell in enumerate(rows[start].cells[:_MAX_CELLS])
    )


def _usual_kinds(rows: Sequence[Row], width: int) -> Sequence[bool | None]:
    """Of each column whether it holds numbers: None where it is not always so."""
    fitting = [row for row in rows if _fits(row, width)]
    found: list[bool | None] = []
    for column in range(min(width, _MAX_CELLS)):
        cells = [row.cells[column] for row in fitting if column < len(row.cells)]
        kinds = {_is_number(cell) for cell in cells if kind(cell) != "missing"}
        found.append(kinds.pop() if len(kinds) == 1 else None)
    return found


def _is_odd(row: Row, usual: Sequence[bool | None]) -> bool:
    """Whether a row is none of the table's: it counts its columns, or has other kinds of cells."""
    given = [
        usual_kind is not _is_number(cell)
        for cell, usual_kind in zip(row.cells, usual, strict=False)
        if usual_kind is not None and cell
    ]
    return sum(given) >= _NUMBERS or (_counts(row.cells) and (any(given) or not row.cells[0]))


def _counts(cells: Sequence[str]) -> bool:
    """Whether titles are the numbers of the columns from 0, as pandas gives them; one may stand before."""
    return any([*cells[before:]] == [str(at) for at in range(len(cells) - before)] for before in (0, 1))


def _has_split_cells(titles: Row, data: Sequence[Row], width: int, separator: str) -> bool:
    """Whether separators that stand in cells, as decimal signs do, have made more of them than titles."""
    if not _MIN_CELLS <= titles.width < width - _names_rows(data):
        return False
    return not _are_blanks(separator) or not any(  # titles may hold blanks too
        "." in cell for row in judged(data) for cell in row.cells if _is_number(cell)
    )


def _names_rows(data: Sequence[Row]) -> bool:
    """Whether the first cells tell the rows apart."""
    return len({row.cells[0] for row in data}) == len(data)


def _doubt(data: Sequence[Row], width: int, separator: str) -> Doubt:
    rows = [row.cells for row in judged(data) if _is_data(row, width)]
    if separator == ",":
        return "commas" if _could_be_split(rows, width) else ""
    return "blanks" if _are_blanks(separator) and _could_be_thousands(rows, width) else ""


def _are_blanks(separator: str) -> bool:
    return separator.isspace() and separator != "\t"


def _could_be_thousands(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether all rows such as 1 234 2 A may hold a number that a blank has cut."""
    return width > _MIN_CELLS and any(
        all(_LEADING.fullmatch(cells[at]) and _THREE.fullmatch(cells[at + 1]) for cells in rows)
        for at in range(min(width, _MAX_CELLS) - _NUMBERS)
    )


def _could_be_split(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether rows such as 0,5,1,2,A may hold two numbers with decimals, not four without."""
    return width == _SPLIT and all(
        _WHOLE.fullmatch(before) and behind.isdecimal()
        for cells in rows
        for before, behind in (cells[:2], cells[2:4])
    )


def _block(head: Sequence[Row], width: int, longest: int) -> list[list[str]]:
    """The rows directly above the data that can be titles of so many cells, with units below them."""
    found: list[list[str]] = []
    for row in reversed([row for row in head[-_MAX_HEAD:] if not _only_names_class(row)]):
        is_short = row.width == len(row.cells) == width - 1
        filled = sum(map(bool, row.cells))
        are_titles = _counts(row.cells) or any(map(is_class_title, row.cells))
        has_numbers = any(map(_is_number, row.cells)) and not are_titles
        is_short = is_short and not any(len(cells) >= width for cells in found)
        is_long = row.width >= width and len(row.cells) <= longest
        if not (is_short or is_long) or filled < max(_NUMBERS, width // 2) or has_numbers:
            break
        found.insert(0, row.cells)
    return found


def _uncommented(row: Row, width: int) -> list[str] | None:
    """Titles behind a sign of comment, as NumPy writes them."""
    first = row.cells[0].lstrip("#%/ ")
    cells = [first, *row.cells[1:]] if first else row.cells[1:]
    return cells if len(cells) == width and not any(map(_is_number, cells)) else None


def _placed(titles: Sequence[str], data: Sequence[Row], width: int) -> Sequence[str]:
    """Titles for all columns; R writes none above the names of the rows."""
    names_rows = len(titles) == width - 1 and "." not in data[-1].cells[0] and _names_rows(data)
    placed = ["", *titles] if names_rows else [*titles]
    return [*placed, *[""] * (width - len(placed))][:width]
