"""Lines that a person types: scores and class names, read strictly and answered in words."""

from __future__ import annotations

import csv
import io
import itertools
import math
import re
from collections.abc import Container, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache

from ui import signs
from ui.cells import MAX_LABEL, composed, cut, plainly
from ui.numbers import RowError, entries, is_ambiguous, read_exact
from ui.text import N_, Language

MAX_CLASSES = 10
MIN_CLASSES = 2
MAX_SCORE = 10_000.0
MAX_NAME = MAX_LABEL
_NO_LINE = re.compile(r"[\0\r\n]")


def quoted(text: str) -> str:
    """What somebody typed, short and as the very signs, inside Markdown."""
    return signs.markdown(signs.shortened(text))


def quoted_in_html(text: str) -> str:
    """The same in a page of our own."""
    return signs.html(signs.shortened(text))


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


@lru_cache(maxsize=1024)
def parse_scores(line: str, forbidden: bool = False) -> tuple[float, ...]:
    """Two to ten numbers from a line a person typed: finite ones, or −∞ where a class may be forbidden."""
    if not forbidden:
        return tuple(map(float, parse_exact(line)))
    values = tuple(map(float, _parsed(line)))
    if max(values) == -math.inf:
        raise ScoresError(ALL_FORBIDDEN)
    return values


def parse_exact(line: str) -> list[Fraction]:
    """Two to ten finite numbers as exactly as they were typed."""
    values = []
    for number, value in enumerate(_parsed(line), start=1):
        if not isinstance(value, Fraction):
            raise ScoresError(FORBIDDEN, number=number)
        values.append(value)
    return values


def _parsed(line: str) -> list[Fraction | float]:
    """Two to ten finite numbers, or −∞."""
    try:
        given = entries(line)
    except RowError as fault:
        raise ScoresError(_ROW_FAULTS[fault.reason]) from None
    if not given:
        raise ScoresError(NO_SCORES)
    values = [_parse_score(entry, number) for number, entry in enumerate(given[:MAX_CLASSES], start=1)]
    if not MIN_CLASSES <= len(given) <= MAX_CLASSES:
        raise ScoresError(COUNT, count=len(given), low=MIN_CLASSES, high=MAX_CLASSES)
    return values


def _parse_score(entry: str, number: int) -> Fraction | float:
    if not entry:
        raise ScoresError(EMPTY, number=number)
    try:
        value = read_exact(entry)
    except ValueError:
        message = THOUSANDS if is_ambiguous(entry) else NOT_A_NUMBER
        raise ScoresError(message, number=number, entry=quoted(entry)) from None
    if math.isnan(value):
        raise ScoresError(NAN, number=number)
    if value == -math.inf and _is_infinity(entry):
        return -math.inf
    if not -MAX_SCORE <= value <= MAX_SCORE:
        raise ScoresError(TOO_LARGE, number=number, entry=quoted(entry), limit=MAX_SCORE)
    return Fraction(value)


def _is_infinity(entry: str) -> bool:
    """Whether it says so, unlike -1e999."""
    return "inf" in plainly(entry).lower()


NO_SCORES = N_("There are no scores. Type two to ten numbers, such as 3.2, 5.1, -1.7.")
COUNT = N_(
    "Scores typed: {count}. Type {low} to {high}, with commas between them, such as 3.2, 5.1, -1.7; until "
    "then the chart keeps the last good ones."
)
MIXED = N_(
    "Commas and semicolons in one line can be read in two ways. Write decimals with a point and put one sign "
    "between the scores: 1.5; 2.5; 3.5."
)
COMMAS = N_(
    "These commas can be read in two ways: 1,000 may be one number or two. Write 1000, decimals with a "
    "point, and a comma and a blank between the scores: 1000, 2.5."
)
ROWS = N_("There is more than one row of numbers. Type one row, such as 3.2, 5.1, -1.7.")
BLANKS = N_(
    "These blanks can be read in two ways: 1 000 may be one number or two. Write 1000, and commas between "
    "the scores: 1000, 2.5."
)
NUMBERED = N_(
    "“1.” may be a score or the number of a line. Write the scores alone, such as 2.5, 3.1, or a score of 1 "
    "as 1.0."
)
_ROW_FAULTS = {"mixed": MIXED, "commas": COMMAS, "blanks": BLANKS, "numbered": NUMBERED, "rows": ROWS}
EMPTY = N_("Score {number} is empty. Type a number there, or take out the extra comma.")
NOT_A_NUMBER = N_(
    "Score {number}, “{entry}”, is not a number. Write it like 3.2, -1.7 or 1.5e-3, with commas between the "
    "scores."
)
THOUSANDS = N_(
    "Score {number}, “{entry}”, can be read in two ways. Write it without signs between thousands, as 1234.5."
)
FORBIDDEN = N_(
    "Score {number} is −∞: its class is ruled out, with probability 0. The pictures here hold finite scores "
    "only. Leave the class out; the others keep their probabilities."
)
ALL_FORBIDDEN = N_(
    "All scores are −∞: every class is forbidden, no probability can be shared out, and softmax would be "
    "0 / 0. Give at least one class a finite score."
)
NAN = N_("Score {number} is NaN, not a number: no class can be ranked by it. Type a finite number.")
TOO_LARGE = N_("Score {number}, {entry}, is too large. Use numbers from −{limit:g} to {limit:g}.")


def parse_names(line: str, count: int) -> tuple[str, ...]:
    """A distinct name for each class, as it was typed; letters where the line has none."""
    return named([name.strip() for name in split_names(line)[:count]], count)


def split_names(line: str) -> list[str]:
    """The entries of a line, separated by commas; one that holds a comma stands in quotes."""
    try:
        names = next(csv.reader([_NO_LINE.sub(" ", line)], skipinitialspace=True), [])
    except csv.Error:  # far beyond any name
        return []
    return [composed(name) for name in names]


def join_names(names: Iterable[str]) -> str:
    """The line that `split_names` reads."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(names)
    return line.getvalue()


def named(given: Sequence[str], count: int) -> tuple[str, ...]:
    """A name for each of so many classes: those given, cut to their length and told apart, then letters."""
    short = [_short(name) for name in given]
    wanted = [
        name or chr(ord("A") + place) for place, name in enumerate([*short, *[""] * (count - len(short))])
    ]
    found: list[str] = []
    for place, name in enumerate(wanted):
        found.append(name if name not in found else _another(name, place + 1, {*wanted, *found}))
    return tuple(found)


def _short(name: str) -> str:
    whole = name.encode("utf-8", "ignore").decode("utf-8")
    return whole if len(whole) <= MAX_NAME else cut(whole, MAX_NAME).rstrip()


def _another(name: str, number: int, taken: Container[str]) -> str:
    """A name with the first free number behind it."""
    endings = (f" {each}" for each in itertools.count(number))
    names = (f"{cut(name, MAX_NAME - len(ending)).rstrip()}{ending}" for ending in endings)
    return next(each for each in names if each not in taken)
