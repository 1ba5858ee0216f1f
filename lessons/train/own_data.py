"""Reading a reader's own points: two numbers and a label a row, with a reason for every row that is
refused."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Literal

from lessons.train.tables.columns import MAX_COLUMNS, Columns, guess
from lessons.train.tables.doubts import doubt
from lessons.train.tables.encodings import decoded
from lessons.train.tables.labels import (
    MAX_CELL,
    as_given,
    class_label,
    ended_labels,
    is_class_title,
    no_labels,
    one_line,
)
from lessons.train.tables.layout import Doubt, Row, layout
from lessons.train.tables.numbers import DecimalSign, decimal_sign
from lessons.train.tables.one_hot import in_one_column
from lessons.train.tables.sampling import spread
from lessons.train.tables.shapes import require_points
from lessons.train.tables.summaries import summaries
from softmax_core import Data
from ui.cells import MAX_LABEL, cut
from ui.typed import MAX_CLASSES, named

MAX_ROWS = 2_000
MAX_BYTES = 1_000_000
LARGEST = 1e6  # the largest coordinate: its square still trains
MAX_REJECTIONS = 100  # that are kept; the others are counted
MAX_RENAMED = 20

Reason = Literal[
    "columns", "missing", "not a number", "thousands", "not finite", "too large", "no label", "long label",
    "too many classes", "sum",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was refused.

    Attributes:
        row: its number in the text or table, from 1; titles and empty lines count.
        reason: why.
        column: 0 or 1 for a coordinate, 2 for the label, None for the row.
        value: the cell as it was given, cut off after 40 characters; for "columns" how many cells there were.
        wanted: for "columns" how many a row of the table has.
    """

    row: int
    reason: Reason
    column: int | None
    value: str
    wanted: int = 3

    @property
    def text(self) -> str:
        """The refusal in one English sentence."""
        cells = "1 cell" if self.value == "1" else f"{self.value} cells"
        return (
            f"row {self.row}: "
            + {
                "columns": f"{cells} instead of {self.wanted}",
                "missing": f"{self.value!r} is no number, but stands for a missing one",
                "not a number": f"{self.value!r} is not a number",
                "thousands": f"{self.value!r} can be read in two ways; write it without signs for thousands",
                "not finite": f"{self.value!r} is not a finite number",
                "too large": f"{self.value!r} is beyond ±{LARGEST:g}",
                "no label": "the label is missing",
                "long label": f"the label {self.value!r}… is longer than {MAX_CELL} characters",
                "too many classes": f"{self.value!r} would be a class more than {MAX_CLASSES}",
                "sum": f"{self.value!r} sums up other rows",
            }[self.reason]
        )


@dataclass(frozen=True, slots=True)
class Origin:
    """How a text was read, and what could be read otherwise.

    Attributes:
        encoding: by its name; "" where the text was given as such.
        titles: of the columns that can be chosen, "" for one without.
        columns: those that were read.
        n_rows: how many rows the table has below its titles.
        doubt: what may be meant otherwise.
    """

    encoding: str
    titles: tuple[str, ...]
    columns: Columns
    n_rows: int
    doubt: Doubt


@dataclass(frozen=True, slots=True, eq=False)
class OwnData:
    """What could be read.

    Attributes:
        data: the points that were accepted, in their order; None if there is not one.
        class_names: a sample of class k has the label class_names[k]: as given, but whole numbers without
            decimals, and cut to 40 characters. Whole numbers are in their order, anything else in the order
            of appearance.
        rows: the number of each accepted row, from 1.
        rejections: the first hundred rows that were refused, in their order.
        n_rejected: how many rows were refused.
        n_surplus: for how many more there was no room; those taken are spread over each class.
        renamed: labels that have another name among the classes, with that name.
        origin: how the text was read; None for a table of cells.
    """

    data: Data | None
    class_names: tuple[str, ...]
    rows: tuple[int, ...]
    rejections: tuple[Rejection, ...]
    n_rejected: int
    n_surplus: int
    renamed: tuple[tuple[str, str], ...] = ()
    origin: Origin | None = None


def read_csv(content: str | bytes, encoding: str | None = None, columns: Columns | None = None) -> OwnData:
    """Read points from the text of a CSV file.

    Args:
        content: at most 1 MB. Cells are separated by commas, semicolons, tabs, bars or blanks, whatever fits
            most rows; titles and comments may stand above them.
        encoding: of bytes, one of `lessons.train.tables.encodings.ENCODINGS`; None guesses it.
        columns: which hold the two numbers and the label; None guesses them.

    Returns:
        `OwnData`. Empty lines are skipped.

    Raises:
        ShapeError: a row of the table is no point.
        ValueError: the content is too long, or no text in this encoding.

    >>> found = read_csv("x,y,label\\n1,2,cat\\n3,oops,dog\\n4,5,dog\\n")
    >>> found.data.X.tolist(), found.class_names, [rejection.text for rejection in found.rejections]
    ([[1.0, 2.0], [4.0, 5.0]], ('cat', 'dog'), ["row 3: 'oops' is not a number"])
    """
    if len(content) > MAX_BYTES:
        raise ValueError(f"the file has {len(content)} bytes; at most {MAX_BYTES} are read")
    text, encoding_found = content, ""
    if isinstance(content, bytes):
        found = decoded(content, encoding)
        text, encoding_found = found.text, found.encoding
    table = in_one_column(layout(str(text).lstrip("\ufeff").replace("\0", "").rstrip("\x1a")))
    if columns is None:
        require_points(table)
    count = min(table.width, MAX_COLUMNS)
    is_possible = columns is not None and max(columns.x, columns.y, columns.label) < count
    chosen = columns if columns and is_possible else guess(table)
    sums = summaries(table.rows, chosen.label)
    rows = [
        (row.number, "sum", None, sums[row.number], 0)
        if row.number in sums
        else _picked(row, chosen, table.width)
        for row in table.rows
    ]
    cells = [row for row in rows if len(row) == 4]
    sign = decimal_sign((cell for _, *pair, _ in cells for cell in pair), table.separator in ";；")
    titles = [cut(one_line(title), MAX_LABEL) for title in (table.titles or ())[:count]]
    titles += [""] * (count - len(titles))
    labels = {label for *_, label in cells}
    is_guess = columns is None and not is_class_title(titles[chosen.label])
    doubtful = table.doubt or doubt(cells, sign, is_guess, any(titles))
    origin = Origin(encoding_found, tuple(titles), chosen, len(rows), doubtful)
    ended = ended_labels(labels)
    return _read(
        rows, sign, lambda cell: class_label(cell[: -1 if cell in ended else None]), no_labels(labels), origin
    )


def read_rows(rows: Iterable[Sequence[object]]) -> OwnData:
    """Read points from the rows of a table, each with two numbers and a label.

    Args:
        rows: any cells; None and "" are empty. Rows without any content are skipped.

    Returns:
        `OwnData`. No row raises: each that cannot be used is among the rejections, or counted there.

    >>> found = read_rows([("1", 2, "cat"), (3, None, "dog"), (), (4.0, 5, "dog")])
    >>> found.data.X.tolist(), found.rows, [rejection.text for rejection in found.rejections]
    ([[1.0, 2.0], [4.0, 5.0]], (1, 4), ["row 2: '' is no number, but stands for a missing one"])
    """
    return _read(_cells(rows), DecimalSign(commas=False, points=True), one_line)


_Point = tuple[int, float, float, str]  # the number of the row, from 1, the coordinates and the label
_Cells = tuple[int, str, str, str]
_Fault = tuple[int, Reason, int | None, str, int]  # as `Rejection` has them


def _picked(row: Row, columns: Columns, width: int) -> _Cells | _Fault:
    cells, filled = row.cells, len(row.cells)
    if not filled <= width <= row.width:
        return row.number, "columns", None, str(row.width if row.width < width else filled), width
    if filled < width:
        cells = [*cells, *[""] * (width - filled)]
    return row.number, cells[columns.x], cells[columns.y], cells[columns.label]


def _cells(rows: Iterable[Sequence[object]]) -> Iterable[_Cells | _Fault]:
    for number, row in enumerate(rows, start=1):
        cells = ["" if cell is None else str(cell).strip() for cell in row]
        if any(cells) and len(cells) != 3:
            yield number, "columns", None, str(len(cells)), 3
        elif any(cells):
            yield number, cells[0], cells[1], cells[2]


def _read(
    rows: Iterable[_Cells | _Fault],
    sign: DecimalSign,
    label_of: Callable[[str], str],
    missing: Collection[str] = ("",),
    origin: Origin | None = None,
) -> OwnData:
    accepted: list[_Point] = []
    refused = _Refused()
    labels: dict[str, str] = {}  # as given, and as what they count
    known: dict[str, None] = {}
    for row in rows:
        point = _point(row, sign, missing, refused)
        if point is None:
            continue
        number, x, y, cell = point
        label = labels.get(cell) or label_of(cell)
        if label not in known and len(known) == MAX_CLASSES:
            refused.note((number, "too many classes", 2, cell[:MAX_LABEL], 0))
            continue
        known[label] = None
        labels[cell] = label
        accepted.append((number, x, y, label))
    taken = [accepted[place] for place in spread([label for *_, label in accepted], MAX_ROWS)]
    order = list(known)
    if all(re.fullmatch(r"[+-]?[0-9]+", label) for label in order):
        order.sort(key=int)
    names = dict(zip(order, named(order, len(order)), strict=True))
    index = {label: k for k, label in enumerate(order)}
    renamed = [
        (given, names[label]) for cell, label in labels.items() if (given := as_given(cell)) != names[label]
    ]
    return OwnData(
        Data([(x, y) for _, x, y, _ in taken], [index[label] for *_, label in taken]) if taken else None,
        tuple(names.values()),
        tuple(number for number, *_ in taken),
        tuple(refused.first),
        refused.count,
        len(accepted) - len(taken),
        tuple(renamed[:MAX_RENAMED]),
        origin,
    )


@dataclass(slots=True)
class _Refused:
    """The first rows that were refused, and how many there were."""

    first: list[Rejection] = field(default_factory=list)
    count: int = 0

    def note(self, fault: _Fault) -> None:
        self.count += 1
        if len(self.first) < MAX_REJECTIONS:
            self.first.append(Rejection(*fault))


def _point(
    row: _Cells | _Fault, sign: DecimalSign, missing: Collection[str], refused: _Refused
) -> _Point | None:
    """The point of a row; None for one that is refused, and noted."""
    if len(row) == 5:
        refused.note(row)
        return None
    number, x, y, label = row
    values = []
    for column, cell in enumerate((x, y)):
        value = sign.read(cell)
        if isinstance(value, str):
            reason: Reason = value
        elif not isfinite(value):
            reason = "not finite"
        elif abs(value) > LARGEST:
            reason = "too large"
        else:
            values.append(value)
            continue
        refused.note((number, reason, column, cell[:MAX_LABEL], 0))
        return None
    if label.casefold() in missing or len(label) > MAX_CELL:
        is_long = len(label) > MAX_CELL
        refused.note((number, "long label" if is_long else "no label", 2, label[:MAX_LABEL], 0))
        return None
    return number, values[0], values[1], label
