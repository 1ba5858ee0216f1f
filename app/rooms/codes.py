"""The code of a room: four letters that nobody mistakes for others, however they are typed."""

from __future__ import annotations

import re
import secrets
from enum import Enum
from unicodedata import normalize

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 4
_LIKE_OTHERS = frozenset("01OIL")
_BETWEEN = re.compile(r"[\s.,;:!?\-_/()<>\[\]'\"]+")  # also what a messenger or a sentence puts behind a link


class Unreadable(Enum):
    """Why a line is no code."""

    LENGTH = "length"
    LIKE_OTHERS = "like others"
    SIGNS = "signs"


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_code(typed: str) -> str | Unreadable:
    """The code that somebody typed, or what is wrong with it.

    >>> read_code(" ab-cd "), read_code("ab0d")
    ('ABCD', <Unreadable.LIKE_OTHERS: 'like others'>)
    """
    letters = _BETWEEN.sub("", normalize("NFKC", typed[:40])).upper()
    if len(letters) != LENGTH:
        return Unreadable.LENGTH
    if set(letters) <= set(LETTERS):
        return letters
    return Unreadable.LIKE_OTHERS if set(letters) & _LIKE_OTHERS else Unreadable.SIGNS
