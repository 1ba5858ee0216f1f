"""The names of classes and columns as a table holds them."""

from __future__ import annotations

import re
from collections.abc import Collection

from lessons.train.tables.numbers import MISSING, kind
from ui.cells import UNSEEN, composed, label_from_csv, plainly

MAX_CELL = 500  # what is longer is no name, even if each sign is escaped
_CLASS = re.compile(
    r"(the )?(class(es)?|label(s)?|species|target|variety|categor(y|ies)|diagnosis|outcome|survived|klasse"
    r"|classe|clase|art|kind|type|group|(\w+[ _.-])?clusters?|클래스|라벨|레이블|종|품종|종류|정답|범주|분류"
    r"|부류|반|학년|등급|판정|합격 ?여부|digit|クラス|ラベル|类别|标签)"
    r"([ _.-]?(name|names|id|label|명|이름))?",
    re.IGNORECASE,
)
_LINE_ENDS = re.compile(r"\s*[\r\n]+\s*")
_BLANKS = dict.fromkeys((0xA0, 0x2007, 0x202F), " ")  # at which no line may break
_AT_ENDS = f"{UNSEEN} \u00a0"
_ENDED = re.compile(r"[^'].*[^\W\d][.:]|[^\W\d][.:]")
_DASHES = frozenset({"-", "--"})
_WITH_DECIMALS = re.compile(
    r"[+-]?[0-9]{1,15}([.,]0*)?([eE][+-]?[0-9]{1,2})?|[+-]?[0-9]\.[0-9]{1,30}[eE]\+?[0-9]{1,2}"
)


def is_class_title(title: str) -> bool:
    """Whether a title says that its column holds the classes."""
    return _CLASS.fullmatch(title.strip()) is not None


def one_line(cell: str) -> str:
    """A name in one line, each letter in one sign."""
    return composed(_LINE_ENDS.sub(" ", cell[: MAX_CELL + 1]).translate(_BLANKS).strip())


def as_given(cell: str) -> str:
    """The label that a cell holds, in whatever form."""
    label = label_from_csv(cell)
    return composed(label.translate(_BLANKS)) if label == cell else label


def class_label(cell: str) -> str:
    """The class that a cell names: a whole number that was written as a float is that number.

    >>> [class_label(cell) for cell in ("1.0", "2.000e+00", "1.5", "C#")]
    ['1', '2', '1.5', 'C#']
    """
    label = label_from_csv(cell)
    if label != cell:
        return label
    name = one_line(label)
    return _whole(name.strip(_AT_ENDS) or name)  # nobody sees what else stands there


def _whole(label: str) -> str:
    plain = plainly(label)
    if plain.isdecimal() or not _WITH_DECIMALS.fullmatch(plain):
        return label
    number = float(plain.replace(",", "."))
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else label


def ended_labels(cells: Collection[str]) -> Collection[str]:
    """Those with a full stop or a colon behind them: all have one, or one stands without it as well.

    >>> sorted(ended_labels({"A.", "B."})), sorted(ended_labels({"A.", "A", "etc."}))
    (['A.', 'B.'], ['A.'])
    """
    found = {cell for cell in cells if _ENDED.fullmatch(cell)}
    return found if len(found) == len(cells) else {cell for cell in found if cell[:-1] in cells}


def are_measured(cells: Collection[str]) -> bool:
    """Whether the classes would be numbers with decimals, such as lengths."""
    kinds = {kind(cell) for cell in cells if cell}
    return kinds <= {"number", "comma", "missing"} and not all(
        plainly(_whole(cell)).lstrip("+-").isdecimal() for cell in cells if kind(cell) != "missing"
    )


def no_labels(cells: Collection[str]) -> frozenset[str]:
    """What stands for a missing class among these cells: a dash does, unless there is a plus."""
    return MISSING if "+" in cells else MISSING | _DASHES
