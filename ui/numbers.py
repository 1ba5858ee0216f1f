"""Numbers as people write them, one or a row of them: the one reader of all fields, links and tables.

What can be read in two ways, as 1,234 can, is not read.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal

from ui.cells import plainly, read_decimal

Shape = Literal["point", "comma", "thousands"]

_EXPONENT = r"(?:[eE][+-]?\d+)?"
_POINT = re.compile(rf"[+-]?(?:\d+\.?\d*|\.\d+){_EXPONENT}", re.ASCII)
_COMMA = re.compile(rf"[+-]?\d*,\d+{_EXPONENT}", re.ASCII)
_GROUPED = re.compile(
    r"[+-]?(?:\d{1,3}(?:[.,'’ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?"
    r"|\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d+)?)",  # as in India
    re.ASCII,
)
_THREE_BEHIND = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_MAX_SIGNS = 400  # of a number; float64 needs fewer
_MAX_LINE = 10_000

_ASSIGNED = re.compile(  # f = [1, 2], 점수: 1, 2
    r"\s*(?:\[1\][ \t]+(?=[^\s,;]))?(?:[^\W\d]\w*\s*[:=]\s*|=\s*)?(?:[A-Za-z_][\w.]*\s*(?=[\[({]))?"
)
_FLOAT = re.compile(r"\bfloat\(\s*[\"']?([^\"'()]*)[\"']?\s*\)", re.ASCII)
_CONSTANT = re.compile(
    r"\b(?:np|numpy|jnp|math|torch)\.(?:(inf)(?:ty|inity)?|(nan)|n(inf))\b|\\(inf)ty\b",
    re.IGNORECASE | re.ASCII,
)
_SCALAR = re.compile(r"\b(?:np|numpy)\.\w+\(([^()]*)\)", re.ASCII)
_OPTION = re.compile(r"\s*[A-Za-z_]\w*\s*=(?!\s*[\d.+-])", re.ASCII)
_TENSOR = re.compile(r"\s*<tf\.Tensor:[^\[\]<]*\bnumpy=|(?<=[\])}])\s*,\s*shape=\([\d, ]*\)")
_BRACKETS, _ROWS = '[](){}⟨⟩“”"` \t\r\n', re.compile(r"[\])}]\s*[,;]?\s*[\[({]")
_SEPARATORS = re.compile("[,;、]")
_TIGHT = re.compile(r"(?<![\d.eE+-])[+-]?\d+,\d", re.ASCII)
_CUT = re.compile(r"(?<![\d.])\d{1,3}\s0\d\d(?![\d.])")  # 1 000 2 000
_LOOSE, _ZEROS, _BLANK = (
    re.compile(r"\s,|,\s"),
    re.compile(r",0\d"),
    re.compile(r"[\df]\s+[+-]?(?:[.\d]|inf)", re.IGNORECASE),
)


def shape(plain: str) -> Shape | None:
    """How a number in ASCII is written: with a point at most, a comma, or signs between thousands.

    >>> [shape(text) for text in ("-1.5", "1,5", "1,234.5", "cat")]
    ['point', 'comma', 'thousands', None]
    """
    if len(plain) > _MAX_SIGNS:
        return None
    if _POINT.fullmatch(plain):
        return "point"
    if _COMMA.fullmatch(plain):
        return "comma"
    return "thousands" if _GROUPED.fullmatch(plain) else None


def could_be_thousands(plain: str) -> bool:
    """Whether 1,234 or 1.234, which some read as more than a thousand."""
    return _THREE_BEHIND.fullmatch(plain) is not None


def is_ambiguous(text: str) -> bool:
    """Whether a number by itself can be read in two ways.

    >>> [is_ambiguous(text) for text in ("1,234", "1.234,5", "0,525", "1.234")]
    [True, True, False, False]
    """
    plain = plainly(text).strip()
    found = shape(plain)
    return found == "thousands" or (found == "comma" and could_be_thousands(plain))


def read_exact(text: str) -> Fraction | float:
    """Read a number, a fraction or a percentage, with a decimal point or comma, as exactly as it is written.

    Returns:
        A fraction; a float for what is infinite or nan, or too large or small for another.

    Raises:
        ValueError: it is no number, or can be read in two ways.

    >>> read_exact("1/3"), read_exact("50 %"), read_exact("0,525"), read_exact("−∞")
    (Fraction(1, 3), Fraction(1, 2), Fraction(21, 40), -inf)
    """
    plain = plainly(text).strip()
    bare = plain.removesuffix("%").rstrip()
    above, slash, below = bare.partition("/")
    number = _exact(above)
    if slash:
        divisor = _exact(below)
        if divisor == 0:
            raise ValueError(f"not a number: {text!r}")
        number = number / divisor
    return number / 100 if bare != plain else number


def _exact(text: str) -> Fraction | float:
    plain = text.strip()
    if is_ambiguous(plain):
        raise ValueError(f"two numbers: {plain!r}")
    plain = plain.replace(",", ".") if shape(plain) == "comma" else plain
    number = read_decimal(plain)
    is_usual = shape(plain) == "point" and 1e-300 < abs(number) < 1e300
    return Fraction(plain) if is_usual else number


def read_number(text: str) -> float:
    """The same as a float.

    >>> read_number("1/4"), read_number("－６３％")
    (0.25, -0.63)
    """
    return float(read_exact(text))


class RowError(ValueError):
    """A line that is no row of numbers: it can be read in two ways, or holds several rows."""

    def __init__(self, reason: Literal["mixed", "commas", "blanks", "numbered", "rows"]) -> None:
        super().__init__(reason)
        self.reason = reason


def without_types(text: str) -> str:
    """Numbers without the types of NumPy around them.

    >>> without_types("(np.float64(1.5), np.str_('A'))")
    "(1.5, 'A')"
    """
    return _SCALAR.sub(r"\1", text) if "np." in text or "numpy." in text else text


def entries(line: str) -> list[str]:
    """The entries of a row that somebody typed or took from a program, none for a blank line.

    Raises:
        RowError: it can be read in two ways.

    >>> entries("array([1., 2.], dtype=float32)"), entries("(1, 50 %, 1 / 3,)"), entries("1 -np.inf")
    (['1.', '2.'], ['1', '50%', '1/3'], ['1', '-inf'])
    """
    row = without_types(_in_words(plainly(_TENSOR.sub("", line[:_MAX_LINE]))))
    row = _without_options(_ASSIGNED.sub("", row, count=1).strip(_BRACKETS)).strip(_BRACKETS)
    if _ROWS.search(row):
        raise RowError("rows")
    row = re.sub(r"\s*/\s*", "/", re.sub(r"\s+%", "%", re.sub(r"[,;、]\Z", "", row)))
    if "," in row and ";" in row:
        raise RowError("mixed")
    is_tight = _TIGHT.search(row) and any(sign.search(row) for sign in (_LOOSE, _ZEROS, _BLANK))
    if is_tight or _is_paired(row) or ("/" in row and all(map(_COMMA.fullmatch, row.split("/")))):
        raise RowError("commas")
    if line.lstrip()[:1].isdigit() and _is_numbered(re.split(r"[\s,;、]+", row)):
        raise RowError("numbered")
    found = [entry.strip() for entry in _SEPARATORS.split(row)]
    if len(found) == 1 and _CUT.search(row):
        raise RowError("blanks")
    return row.split() if len(found) == 1 else found


def _is_numbered(entries: list[str]) -> bool:
    """Whether numbers of a list may stand before the others: 1. 2.5 2. 3.1"""
    numbers, values = entries[::2], entries[1::2]
    counts = all(number in (f"{at}.", f"{at})", f"{at}.)") for at, number in enumerate(numbers, start=1))
    return counts and len(numbers) == len(values) and any(not value.endswith(".") for value in values)


def _is_paired(row: str) -> bool:
    """Whether commas may be decimal signs in 0,25,0,75, of which every second entry is 0."""
    entries = row.split(",")
    whole, behind = entries[::2], entries[1::2]
    is_even = len(behind) == len(whole) > 1 and {*whole} == {"0"} and all(map(str.isdecimal, behind))
    return is_even and not {*behind} <= {"0", "1"}


def _without_options(row: str) -> str:
    """A row without what programs write behind it, such as dtype=float32."""
    parts = row.split(",")
    while len(parts) > 1 and _OPTION.match(parts[-1]):
        parts.pop()
    return ",".join(parts)


def _in_words(row: str) -> str:
    """What programs write for infinity and NaN as inf and nan."""
    return _CONSTANT.sub(
        lambda found: f"-{found[3]}" if found[3] else found[1] or found[2] or found[4], _FLOAT.sub(r"\1", row)
    )
