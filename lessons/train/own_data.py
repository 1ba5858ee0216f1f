"""Reading a reader's own points: two numbers and a label a row, with a reason for every row that is
refused."""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Literal

from softmax_core import Data
from ui.cells import MAX_LABEL, label_from_csv, read_decimal

MAX_ROWS = 2_000
MAX_CLASSES = 6
MAX_BYTES = 1_000_000
LARGEST = 1e6  # the largest coordinate: its square still trains
MAX_REJECTIONS = 100  # that are kept; the others are counted
MAX_TITLES = 100

Reason = Literal[
    "columns", "not a number", "not finite", "too large", "no label", "long label", "too many rows",
    "too many classes",
]  # fmt: skip


_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was refused.

    Attributes:
        row: its number in the text or table, from 1; a header and empty lines count.
        reason: why.
        column: 0 or 1 for a coordinate, 2 for the label, None for the row.
        value: the cell as it was given, cut off after 40 characters; for "columns" how many cells there were.
    """

    row: int
    reason: Reason
    column: int | None
    value: str

    @property
    def text(self) -> str:
        """The refusal in one English sentence."""
        return (
            f"row {self.row}: "
            + {
                "columns": f"{self.value} cells instead of two numbers and a label",
                "not a number": f"{self.value!r} is not a number",
                "not finite": f"{self.value!r} is not a finite number",
                "too large": f"{self.value!r} is beyond ±{LARGEST:g}",
                "no label": "the label is empty",
                "long label": f"the label {self.value!r}… is longer than {MAX_LABEL} characters",
                "too many rows": f"there is room for {MAX_ROWS} rows",
                "too many classes": f"{self.value!r} would be a class more than {MAX_CLASSES}",
            }[self.reason]
        )


@dataclass(frozen=True, slots=True, eq=False)
class OwnData:
    """What could be read.

    Attributes:
        data: the points that were accepted, in their order; None if there is not one.
        class_names: the labels as given; a sample of class k has the label class_names[k]. Whole numbers are
            in their order, anything else in the order of appearance.
        rows: the number of each accepted row, from 1.
        rejections: the first hundred rows that were refused, in their order; of those for which there was no
            room only the first one.
        n_rejected: how many rows were refused.
        n_surplus: for how many of them there was no room.
        header: the names in the first row, at most a hundred, if its first two cells are no numbers; else
            None.
    """

    data: Data | None
    class_names: tuple[str, ...]
    rows: tuple[int, ...]
    rejections: tuple[Rejection, ...]
    n_rejected: int
    n_surplus: int
    header: tuple[str, ...] | None


def read_csv(content: str | bytes) -> OwnData:
    """Read points from the text of a CSV file.

    Args:
        content: at most 1 MB. Bytes are read as UTF-8, with or without a byte order mark, or else as cp949
            (Korean Windows). Cells are separated by tabs, semicolons or commas, whichever the first line has
            outside quotes. Where they are not commas, a comma may stand for the decimal point.

    Returns:
        `OwnData`. A first row whose first two cells are no numbers is a header. Empty lines are skipped.

    Raises:
        ValueError: the content is too long, or neither UTF-8 nor cp949.

    >>> found = read_csv("x,y,label\\n1,2,cat\\n3,oops,dog\\n4,5,dog\\n")
    >>> found.data.X.tolist(), found.class_names, [rejection.text for rejection in found.rejections]
    ([[1.0, 2.0], [4.0, 5.0]], ('cat', 'dog'), ["row 3: 'oops' is not a number"])
    """
    if len(content) > MAX_BYTES:
        raise ValueError(f"the file has {len(content)} bytes; at most {MAX_BYTES} are read")
    text = (_decoded(content) if isinstance(content, bytes) else content).lstrip("\ufeff")
    first = next((line for line in _LINE_END.split(text) if line.strip()), "")
    delimiter = next((mark for mark in "\t;" if mark in _unquoted(first)), ",")
    # quotes that never close would swallow the rows behind them: a row is a line
    lines = _LINE_END.split(text.replace("\0", ""))
    table = (_cells(line, delimiter) if line.strip() else () for line in lines)
    return _read(table, True, delimiter != ",", label_from_csv)


def read_rows(rows: Iterable[Sequence[object]], header: bool = False, decimal_comma: bool = False) -> OwnData:
    """Read points from the rows of a table, each with two numbers and a label.

    Args:
        rows: any cells; None and "" are empty. Rows without any content are skipped.
        header: whether a first row whose first two cells are no numbers is a header.
        decimal_comma: whether "1,5" is 1.5.

    Returns:
        `OwnData`. No row raises: each that cannot be used is among the rejections, or counted there.

    >>> found = read_rows([("1", 2, "cat"), (3, None, "dog"), (), (4.0, 5, "dog")])
    >>> found.data.X.tolist(), found.rows, [rejection.text for rejection in found.rejections]
    ([[1.0, 2.0], [4.0, 5.0]], (1, 4), ["row 2: '' is not a number"])
    """
    return _read(rows, header, decimal_comma, str)


def _read(
    rows: Iterable[Sequence[object]], header: bool, decimal_comma: bool, label_of: Callable[[str], str]
) -> OwnData:
    points: list[tuple[float, float]] = []
    names: list[str] = []
    accepted: list[int] = []
    refused = _Refused()
    known: set[str] = set()
    titles: tuple[str, ...] | None = None
    first = True
    for number, row in enumerate(rows, start=1):
        cells = _stripped(row)
        if not cells:
            continue
        if decimal_comma:
            cells[:2] = [cell.replace(",", ".") for cell in cells[:2]]
        if first and header and len(cells) >= 2 and all(_number(cell) is None for cell in cells[:2]):
            titles, first = tuple(cell[:MAX_LABEL] for cell in cells[:MAX_TITLES]), False
            continue
        first = False
        cells[2:] = map(label_of, cells[2:])
        fault = _fault(cells, number)
        if fault is None and len(points) == MAX_ROWS:
            fault = Rejection(number, "too many rows", None, "")
        if fault is None and cells[2] not in known and len(known) == MAX_CLASSES:
            fault = Rejection(number, "too many classes", 2, cells[2])
        if fault is not None:
            refused.note(fault)
            continue
        known.add(cells[2])
        points.append((read_decimal(cells[0]), read_decimal(cells[1])))
        names.append(cells[2])
        accepted.append(number)
    order = list(dict.fromkeys(names))
    if all(re.fullmatch(r"[+-]?[0-9]+", name) for name in order):
        order.sort(key=int)
    index = {name: k for k, name in enumerate(order)}
    data = Data(points, [index[name] for name in names]) if points else None
    first_ones = tuple(refused.first)
    return OwnData(data, tuple(order), tuple(accepted), first_ones, refused.count, refused.surplus, titles)


def _stripped(row: Sequence[object]) -> list[str]:
    """The cells of a row without empty ones at its end; none if all are empty."""
    cells = ["" if cell is None else str(cell).strip() for cell in row]
    while len(cells) > 3 and not cells[-1]:
        cells.pop()
    return cells if any(cells) else []


@dataclass(slots=True)
class _Refused:
    """The first rows that were refused, and how many there were."""

    first: list[Rejection] = field(default_factory=list)
    count: int = 0
    surplus: int = 0

    def note(self, fault: Rejection) -> None:
        is_surplus = fault.reason == "too many rows"
        self.count += 1
        self.surplus += is_surplus
        if len(self.first) < MAX_REJECTIONS and (not is_surplus or self.surplus == 1):
            self.first.append(fault)


def _unquoted(line: str) -> str:
    """A line without its quoted cells."""
    return re.sub(r'(^|[,;\t])"[^"]*(?:""[^"]*)*(?:"|$)', r"\1", line)


def _cells(line: str, delimiter: str) -> list[str]:
    if '"' not in line:
        return line.split(delimiter)
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a cell beyond the reader's limit
        return [line]


def _fault(cells: list[str], row: int) -> Rejection | None:
    if len(cells) != 3:
        return Rejection(row, "columns", None, str(len(cells)))
    for column, cell in enumerate(cells[:2]):
        shown = cell[:MAX_LABEL]
        value = _number(cell)
        if value is None:
            return Rejection(row, "not a number", column, shown)
        if not isfinite(value):
            return Rejection(row, "not finite", column, shown)
        if abs(value) > LARGEST:
            return Rejection(row, "too large", column, shown)
    if not cells[2]:
        return Rejection(row, "no label", 2, "")
    if len(cells[2]) > MAX_LABEL:
        return Rejection(row, "long label", 2, cells[2][:MAX_LABEL])
    return None


def _number(cell: str) -> float | None:
    try:
        return read_decimal(cell)
    except ValueError:
        return None


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("the file is neither UTF-8 nor cp949 (Korean Windows); save it as UTF-8")
