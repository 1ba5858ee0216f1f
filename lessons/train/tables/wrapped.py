"""Rows in what a program puts around them: the brackets of Python and NumPy, or quotes about a whole row."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MAX_JUDGED = 1_000  # lines, spread over the text
_LISTED = re.compile(
    r"\s*+(?:[A-Za-z_]\w*+\s*+=\s*+)?+(?:[A-Za-z_][\w.]*+\s*+\()?+[\[(]++(?P<row>[^\[\](){}\r\n]*+)[\])]++"
    r"(?:,?\s*+dtype=[\w.<>'\"]++\)*+)?+\s*+(?:[,;]\s*+)?+"
)
_QUOTED = re.compile(r'\s*+"(?P<row>(?:[^"\r\n]++|"")*+)"\s*+')
_WORD = re.compile(r"(?<![^\s,;])'([^'\"]*)'(?![^\s,;])")


def unwrapped(lines: Sequence[str]) -> Sequence[str]:
    """The lines without what most of them stand in.

    >>> unwrapped(["[[1. 2. 0.]\\n", " [3. 4. 1.]]\\n"]), unwrapped(['"1,""a b"",2"'])
    (['1. 2. 0.\\n', '3. 4. 1.\\n'], ['1,"a b",2\\n'])
    """
    if _most(lines, _LISTED):
        return [_WORD.sub(r'"\1"', _inside(line, _LISTED)) for line in lines]
    if _most(lines, _QUOTED):
        return [_inside(line, _QUOTED).replace('""', '"') for line in lines]
    return lines


def _most(lines: Sequence[str], wrapping: re.Pattern[str]) -> bool:
    judged = [line for line in lines[:: max(1, len(lines) // _MAX_JUDGED)] if not line.isspace()]
    return 2 * sum(wrapping.fullmatch(line) is not None for line in judged) > len(judged)


def _inside(line: str, wrapping: re.Pattern[str]) -> str:
    found = wrapping.fullmatch(line)
    return line if found is None else f"{found['row']}\n"
