"""Lines that a person types: scores and class names, read strictly and answered in words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from softmax_core.own_data import read_decimal
from ui.text import N_, Language

MAX_CLASSES = 8
MIN_CLASSES = 2
MAX_SCORE = 10_000.0
MAX_NAME = 16
_SEPARATORS = re.compile(r"[,;，、；]")
_COMMA, _SEMICOLON = re.compile("[,，]"), re.compile("[;；]")
_UNSAFE_IN_NAME = re.compile(r"[\\`*_{}\[\]#|~^$<>&%:\x00-\x1f\x7f]")  # Markdown, LaTeX, HTML
_QUOTED = 24


def quoted(text: str) -> str:
    """A reader's text, short and harmless inside Markdown."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|~$<>:&])", r"\\\1", shortened(text))


def shortened(text: str) -> str:
    """A reader's text on one line, cut off where it is long."""
    return (text if len(text) <= _QUOTED else text[:_QUOTED] + "…").replace("\n", " ")


def format_scores(values: Iterable[float]) -> str:
    """Scores as they stand in the field and in the address."""
    return ", ".join(f"{value:.10g}" for value in values)


class ScoresError(ValueError):
    """A line that is no list of scores; says which entry and what to do."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def explain(self, t: Language) -> str:
        return t(self.message, **self.values) if self.values else t(self.message)


def parse_scores(line: str) -> tuple[float, ...]:
    """Two to eight finite numbers from a line a person typed."""
    inner = line.strip().strip("[]()")
    if _COMMA.search(inner) and _SEMICOLON.search(inner):
        raise ScoresError(MIXED)
    entries = [entry.strip() for entry in _SEPARATORS.split(inner)]
    entries = inner.split() if len(entries) == 1 else entries
    if not entries:
        raise ScoresError(NO_SCORES)
    values = tuple(_parse_score(entry, number) for number, entry in enumerate(entries[:MAX_CLASSES], start=1))
    if not MIN_CLASSES <= len(entries) <= MAX_CLASSES:
        raise ScoresError(COUNT, count=len(entries), low=MIN_CLASSES, high=MAX_CLASSES)
    return values


def _parse_score(entry: str, number: int) -> float:
    if not entry:
        raise ScoresError(EMPTY, number=number)
    try:
        value = read_decimal(entry)
    except ValueError:
        raise ScoresError(NOT_A_NUMBER, number=number, entry=quoted(entry)) from None
    if math.isnan(value):
        raise ScoresError(NAN, number=number)
    if abs(value) > MAX_SCORE:
        raise ScoresError(TOO_LARGE, number=number, entry=quoted(entry), limit=MAX_SCORE)
    return value


NO_SCORES = N_("There are no scores. Type two to eight numbers, such as 3.2, 5.1, -1.7.")
COUNT = N_(
    "Scores typed: {count}. Softmax is shown here for {low} to {high} classes; "
    "the chart keeps the last good scores."
)
MIXED = N_(
    "Commas and semicolons in one line can be read in two ways. Write decimals with a point and put one sign "
    "between the scores: 1.5; 2.5; 3.5."
)
EMPTY = N_("Score {number} is empty. Type a number there, or take out the extra comma.")
NOT_A_NUMBER = N_("Score {number}, “{entry}”, is not a number. Write it like 3.2 or -1.7.")
NAN = N_("Score {number} is NaN, not a number: no class can be ranked by it. Type a finite number.")
TOO_LARGE = N_("Score {number}, {entry}, is too large. Use numbers from −{limit:g} to {limit:g}.")


def parse_names(line: str, count: int) -> tuple[str, ...]:
    """One short, harmless and distinct name a class; letters where the line has none."""
    typed = [_UNSAFE_IN_NAME.sub("", name).strip()[:MAX_NAME] for name in line.split(",")][:count]
    typed += [""] * (count - len(typed))
    named: list[str] = []
    for index, name in enumerate(typed):
        name = name or chr(ord("A") + index)
        named.append(f"{name} {index + 1}" if name in named else name)
    return tuple(named)
