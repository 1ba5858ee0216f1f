"""Notes behind the rows of a table, as Python, R, JavaScript and MATLAB have them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SIGNS = (" # ", " // ", " % ")
_CLOSING = " \t])},;"
_BETWEEN = re.compile(r"[\s,;|]+")


def unnoted(lines: Sequence[str]) -> Sequence[str]:
    """The lines without notes behind them, but for numbered names, such as Room # 1.

    >>> unnoted(["1,2,A # a note\\n", "3,4,B\\n"]), unnoted(["1,2,Room # 1\\n", "1,2,Room # 2\\n"])
    (['1,2,A\\n', '3,4,B\\n'], ['1,2,Room # 1\\n', '1,2,Room # 2\\n'])
    """
    text = "".join(lines)
    for sign in (sign for sign in _SIGNS if sign in text):
        parts = [line.partition(sign) for line in lines]
        noted = [_has_note(*each) for each in parts]
        rows = [row.rstrip(_CLOSING) for (row, *_), has_note in zip(parts, noted, strict=True) if has_note]
        notes = [note.strip() for (*_, note), has_note in zip(parts, noted, strict=True) if has_note]
        are_names = len(rows) > 1 and len({_BETWEEN.split(row)[-1] for row in rows}) == 1
        if rows and not (are_names and all(" " not in note for note in notes)):
            lines = [
                f"{row}\n" if has_note else "".join((row, mark, note))
                for (row, mark, note), has_note in zip(parts, noted, strict=True)
            ]
    return lines


def _has_note(row: str, sign: str, _note: str) -> bool:
    if not sign or "#" in row or not any(map(str.isdigit, row)):
        return False
    is_percentage = "%" in sign and row.rstrip()[-1:].isdigit()
    return not is_percentage and row.count('"') % 2 == 0 and row.count("'") % 2 == 0
