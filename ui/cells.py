"""Numbers and labels as a person types them and as the cell of a table or of a CSV file holds them."""

from __future__ import annotations

import json
import re

MAX_LABEL = 40
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r]")  # what a spreadsheet would work out, once quoted or more
_NOT_IN_A_LINE, _BLANK = frozenset("\0\n\r"), r"\u0020"
_ESCAPED = re.compile(r'"[^"]*\\.*"')
_FULL_WIDTH = {ord("−"): "-", ord("\u3000"): " "} | {0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)}


def read_decimal(text: str) -> float:
    """Read a number as a person types it.

    Args:
        text: in ASCII, with a true minus sign, or in the full-width signs of an East Asian keyboard.

    Returns:
        The number; it may be infinite or nan.

    Raises:
        ValueError: it is no number. So are 1_000 and the digits of other scripts, which `float` reads.

    >>> read_decimal("−1.5"), read_decimal("１２．５")
    (-1.5, 12.5)
    """
    plain = text.translate(_FULL_WIDTH).strip()
    if not plain.isascii() or "_" in plain:
        raise ValueError(f"not a number: {text!r}")
    return float(plain)


def sendable(text: str) -> bool:
    """Say whether a text holds no half of a sign (a lone surrogate), which no file and no message can hold.

    >>> sendable("cat"), sendable(chr(0xD800))
    (True, False)
    """
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def label_text(label: str) -> str:
    """Write a label as one line of text without blanks at its ends, for `label_from_text`.

    Args:
        label: any.

    Returns:
        The label itself, if it is such a line; else a string of JSON.

    >>> label_text("cat"), label_text(" cat")
    ('cat', '"\\\\u0020cat"')
    """
    if label == label.strip() and not set(label) & _NOT_IN_A_LINE and not _ESCAPED.fullmatch(label):
        return label
    inner = json.dumps(label)[1:-1]
    left, right = len(inner) - len(inner.lstrip()), len(inner) - len(inner.rstrip())
    kept = inner.strip()
    return f'"{_BLANK * left}{kept}{_BLANK * right * bool(kept)}"'


def label_from_text(text: str) -> str:
    """Read a label that `label_text` wrote, or that somebody typed.

    >>> label_from_text(label_text(" cat"))
    ' cat'
    """
    try:
        label = str(json.loads(text)) if _ESCAPED.fullmatch(text) else text
    except ValueError:
        return text
    return label if sendable(label) else text


def csv_label(label: str) -> str:
    """Write a label for the cell of a CSV file.

    Args:
        label: any.

    Returns:
        The label as one line, with an apostrophe before it where a spreadsheet would read a formula.
        `read_csv` gives back what it was.

    >>> csv_label("cat"), csv_label("=1+1")
    ('cat', "'=1+1")
    """
    text = label_text(label)
    return f"'{text}" if _FORMULA.match(text) else text


def label_from_csv(cell: str) -> str:
    """The label that `csv_label` wrote."""
    return label_from_text(cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell)
