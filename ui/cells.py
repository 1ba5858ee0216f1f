"""Numbers and labels as a person types them and as the cell of a table or of a CSV file holds them."""

from __future__ import annotations

import json
import re
from unicodedata import category, is_normalized, normalize

MAX_LABEL = 40
_MAX_COMPOSED = 500  # signs: sorting the accents of a letter takes their square in time
_FORMULA = r"[=+\-@＝＋－＠\t\r]"  # what a spreadsheet would work out
#: What a spreadsheet writes in place of a number, in small letters.
FAULTS = frozenset(
    {"#n/a", "#nv", "#n/d", "#value!", "#wert!", "#valeur!", "#ref!", "#bezug!", "#div/0!", "#name?", "#num!"}
    | {"#zahl!", "#nombre!", "#null!", "#spill!", "#calc!"}
)
_READ_AS_MORE = (  # missing, or a number
    rf"(?:na|n/a|nan|<na>|null|\?|\.{{2,3}}|…|{'|'.join(map(re.escape, sorted(FAULTS)))}"
    r"|[0-9]+(?:[.,][0-9]*)?(?:e\+?[0-9]+)?)$"
)
_SINGLE = re.compile(r"'((?:[^'\"]|'')*+)'")
_QUOTED = rf"{_SINGLE.pattern}$|[“„][^“”„\"]*[”“]$"  # what is taken for a name in quotes
_ENDED = r"[^\n]*(?: (?:#|//) |[^\W\d][.:]$)"  # with a note, or what ends a name
_MARKED = re.compile(rf"'*(?:{_FORMULA}|{_READ_AS_MORE}|{_QUOTED}|{_ENDED})", re.IGNORECASE)  # once or more
_WORKED_OUT, _NUMBER = (
    re.compile(_FORMULA),
    re.compile(r"[+-]?[0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?", re.IGNORECASE),
)
_PLAIN_WHOLE = re.compile("[0-9]+")
_NOT_IN_A_LINE, _BLANK = frozenset("\0\n\r\u00a0\u2007\u202f"), r"\u0020"
_FLAG_LETTERS = re.compile("[\U0001f1e6-\U0001f1ff]*$")
_ESCAPED = re.compile(r'"[^"]*\\.*"')
_DASHES = (*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D)
# signs that nobody sees:
UNSEEN = "".join(
    map(chr, (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))
)
_PLAIN = (
    {0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)}
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(map(ord, UNSEEN), "")
    | {0x3000: " ", ord("∞"): "inf"}
    | dict.fromkeys((0x2044, 0x2215), "/")
)
_POWER = re.compile(r"(?<=[\d.])\s?[×·⋅∙*xX]\s?10(?:\^|\*\*)[({]?([+-]?\d{1,4})\b[)}]?")
_RAISED = re.compile("10([⁺⁻]?[⁰¹²³⁴-⁹]{1,4})")
_LOWERED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")


def plainly(text: str) -> str:
    """What was typed in ASCII as far as it has a twin there: full-width signs, dashes of all kinds, powers of
    ten, and no signs that nobody can see.

    >>> plainly("–１．５"), plainly("4.5 × 10⁻⁵")
    ('-1.5', '4.5e-5')
    """
    plain = text if text.isascii() else _raised(text).translate(_PLAIN)
    return _POWER.sub(r"e\1", plain) if "10^" in plain or "10**" in plain else plain


def _raised(text: str) -> str:
    """With 10⁻⁵ written as 10^-5."""
    return _RAISED.sub(lambda found: f"10^{found[1].translate(_LOWERED)}", text)


def read_decimal(text: str) -> float:
    """Read a number as a person types it.

    Args:
        text: in ASCII, with any dash as a minus sign, in the full-width signs of an East Asian keyboard, or
            ∞.

    Returns:
        The number; it may be infinite or nan.

    Raises:
        ValueError: it is no number. So are 1_000 and the digits of other scripts, which `float` reads.

    >>> read_decimal("−1.5"), read_decimal("１２．５"), read_decimal("–∞")
    (-1.5, 12.5, -inf)
    """
    plain = plainly(text).strip()
    if not plain.isascii() or "_" in plain:
        raise ValueError(f"not a number: {text!r}")
    return float(plain)


_JOINED_TO_THE_SIGN_BEFORE = frozenset({"Mn", "Me", "Mc"})
_JOINER = "\u200d"


def cut(text: str, most: int) -> str:
    """So many signs of a text at most, cut where a reader sees one end: no accent and no half of an emoji is
    left over.

    >>> cut("big cat", 3), cut("👨‍👩‍👧", 2)
    ('big', '')
    """
    end = min(most, len(text))
    while 0 < end < len(text) and _joined(text, end):
        end -= 1
    return text[:end]


def _joined(text: str, place: int) -> bool:
    """Whether the signs on both sides of a place are seen as one."""
    before, behind = text[place - 1], text[place]
    if category(behind) in _JOINED_TO_THE_SIGN_BEFORE or _JOINER in (before, behind):
        return True
    if "\U0001f3fb" <= behind <= "\U0001f3ff" or "\u1160" <= behind <= "\u11ff":  # skins; later jamo
        return True
    flag = _FLAG_LETTERS.search(text[:place])
    return "\U0001f1e6" <= behind <= "\U0001f1ff" and flag is not None and len(flag[0]) % 2 == 1


def sendable(text: str) -> bool:
    """Say whether a text holds no half of a sign (a lone surrogate), which no file and no message can hold.

    >>> sendable("cat"), sendable(chr(0xD800))
    (True, False)
    """
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def composed(name: str) -> str:
    """A name with each letter in one sign where there is one (NFC), unlike Hangul from a Mac; what is beyond
    any name is left out.

    >>> len(composed("e\\u0301"))
    1
    """
    return normalize("NFC", name[:_MAX_COMPOSED])


def label_text(label: str) -> str:
    """Write a label as one line of text without blanks at its ends, for `label_from_text`.

    Args:
        label: any.

    Returns:
        The label itself, if it is such a line; else a string of JSON.

    >>> label_text("cat"), label_text(" cat")
    ('cat', '"\\\\u0020cat"')
    """
    is_composed = is_normalized("NFC", label[:_MAX_COMPOSED])
    if (
        is_composed
        and label == label.strip().strip(UNSEEN)  # a link loses these at its ends
        and not set(label) & _NOT_IN_A_LINE
        and not _ESCAPED.fullmatch(label)
    ):
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
        The label as one line, with an apostrophe before it where a spreadsheet would read a formula, or
        a table something else than a name. `read_csv` gives back what it was.

    >>> csv_label("cat"), csv_label("=1+1")
    ('cat', "'=1+1")
    """
    text = label_text(label)
    if not _is_marked(text) or _PLAIN_WHOLE.fullmatch(plainly(text)):
        return text
    marked = f"'{text}"
    return marked if _SINGLE.fullmatch(marked) is None else "'" + text.replace("'", "''") + "'"


def csv_text(text: str) -> str:
    """Write words for the cell of a CSV file, with an apostrophe where a spreadsheet would read a formula; a
    number as every program reads it.

    >>> csv_text("It rises."), csv_text("=1+1"), csv_text("−0.5")
    ('It rises.', "'=1+1", '-0.5')
    """
    line, plain = label_text(text), plainly(text)
    if _NUMBER.fullmatch(plain):
        return plain
    return f"'{line}" if _WORKED_OUT.match(line) or _WORKED_OUT.match(plain) else line


def label_from_csv(cell: str) -> str:
    """The label that `csv_label` wrote, or that stands in single quotes."""
    if single := _SINGLE.fullmatch(cell):
        return single[1].replace("''", "'")
    return label_from_text(cell[1:] if cell.startswith("'") and _is_marked(cell) else cell)


def _is_marked(text: str) -> bool:
    return _MARKED.match(text) is not None or _MARKED.match(plainly(text)) is not None
