"""A number that a reader types: how it is read, and what kind of error a wrong one is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isclose, isfinite, isnan, log10

from ui import numbers
from ui.numerals import numeral
from ui.text import Language

_MAX_LETTERS = 40
_ROUND_FACTORS = (2, 3, 4)
_NEARLY = 1.1
_MAX_DECADES = 300.0

Words = str | Callable[[], str]  # a text, or what makes it once it is shown


def said(words: Words) -> str:
    """A text, made now if it was not yet."""
    return words if isinstance(words, str) else words()


@dataclass(frozen=True, slots=True)
class Miss:
    """A wrong number that has a reason of its own."""

    value: float
    reason: Words


@dataclass(frozen=True, slots=True)
class Answer:
    """The right number, why it is right, how far off it may be, and the wrong ones that are known.

    It is shown in so many digits: as many as it has elsewhere on its page. `otherwise` is said of a wrong
    number without a reason of its own, in place of what kind of error it is.
    """

    value: float
    reason: Words
    misses: Sequence[Miss] = ()
    tolerance: float = 0.02
    digits: int = 4
    otherwise: Words = ""

    @property
    def shown(self) -> str:
        return numeral(self.value, self.digits)

    def accepts(self, number: float) -> bool:
        return _close(number, self.value, self.tolerance)

    def verdict(self, number: float, t: Language) -> str:
        """What is right or wrong about this number, and why the right one is right."""
        reason = said(self.reason)
        return reason if self.accepts(number) else f"{self.fault(number, t)} {reason}"

    def fault(self, number: float, t: Language) -> str:
        """What is wrong with a wrong number, and no more."""
        known = next((miss for miss in self.misses if _close(number, miss.value, self.tolerance)), None)
        reason = said(known.reason if known else self.otherwise)
        return reason or self.kind_of_error(number, t)

    def kind_of_error(self, number: float, t: Language) -> str:
        right, shown = self.value, numeral(number)
        if not (isfinite(number) and isfinite(right)) or 0 in (number, right):
            return t("Not {number}, but {right}.", number=shown, right=self.shown)
        if _close(-number, right, self.tolerance):
            return t("The size is right, the sign is not.")
        if number * right < 0:
            return t("It has the other sign: {right}.", right=self.shown)
        if _close(1 / number, right, self.tolerance):
            return t("That is 1 divided by the right number.")
        return _off_by(log10(abs(number)) - log10(abs(right)), self.tolerance, t)


def _off_by(decades: float, tolerance: float, t: Language) -> str:
    """What is wrong with a number so many factors of ten above the right one."""
    places = round(decades)
    if places and abs(decades - places) <= log10(1 + tolerance):
        return t("The digits are right, but the decimal point is off by {places}.", places=abs(places))
    times = 10.0 ** min(abs(decades), _MAX_DECADES)
    whole = round(times)
    is_whole = whole in _ROUND_FACTORS and _close(times, whole, tolerance)
    if times < _NEARLY:
        return t("Close, but not close enough.")
    if decades > 0:
        if is_whole:
            return t("{times} times as large as it should be.", times=whole)
        return t("Too large, by a factor of about {times}.", times=numeral(times, 2))
    if is_whole:
        return t("Only 1/{times} of what it should be.", times=whole)
    return t("Too small, by a factor of about {times}.", times=numeral(times, 2))


def _close(number: float, other: float, tolerance: float) -> bool:
    if other == 0:
        return abs(number) <= tolerance
    return isclose(number, other, rel_tol=tolerance)


def read_number(text: str) -> float | None:
    """A number as people write it: 0.63, −2, 63 %, 1/3, 0,63, 1e-8, inf. None if it is none."""
    try:
        value = numbers.read_number(text.strip().lstrip("=≈~")[:_MAX_LETTERS])
    except ValueError:
        return None
    return None if isnan(value) else value
