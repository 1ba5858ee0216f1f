"""Numbers as they stand on the screen: few digits, true minus signs, and NumPy's own inf and nan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, Context, Decimal
from functools import lru_cache
from math import floor, inf, isfinite, isinf, isnan, log10

from softmax_core import float_limits

FAINT = float_limits("float64").smallest_normal
_DIGITS, _EXPONENT_DIGITS, _MAX_PLAIN = 4, 6, 6
_ALL_DIGITS = 17  # tell any two float64 numbers apart
_PLACES = range(3, 9)
_LOST = 0.005  # of a number: more than that may not be rounded away


@lru_cache(maxsize=4096)
def numeral(number: float, digits: int = 4) -> str:
    """A number in few significant digits, one such as 10000 in all of them: −666, 5.753e−290, inf, nan."""
    if isnan(number):
        return "nan"
    if 10**digits - 1 < abs(number) < 1e5:
        digits = max(digits, 5)
    mantissa, _, exponent = f"{number:.{digits}g}".partition("e")
    text = f"{mantissa}e{int(exponent)}" if exponent else mantissa
    return ("0" if text == "-0" else text).replace("-", "−")


def printed(value: float, digits: int) -> float:
    """The number that a reader sees: in so many significant digits, all of its whole part below 10⁵."""
    if not isfinite(value) or value == 0:
        return value
    whole = len(str(round(abs(value)))) if abs(value) < 1e5 else 0
    return float(f"{value:.{max(digits, whole)}g}")


def added(first: float, second: float, digits: int) -> float:
    """The sum of two numbers as a reader sees them, in their own decimals and not in those of float64."""
    return float(Decimal(repr(printed(first, digits))) + Decimal(repr(printed(second, digits))))


def row(numbers: Iterable[float], digits: int = 4) -> str:
    """A row of numbers in brackets."""
    return f"[{', '.join(numeral(number, digits) for number in numbers)}]"


def whole(parts: Sequence[float], total: float, digits: int = 4) -> list[str]:
    """Parts and their sum; what does not add up as it is printed says so by ≈."""
    *shown, last = (numeral(number, digits) for number in (*parts, total))
    adds_up = sum(map(read, shown)) == read(last)
    return [*shown, last if adds_up else f"≈ {last}"]


def inwards(low: float, high: float, digits: int = 4) -> tuple[str, str]:
    """The ends of an interval in few digits, rounded so that both lie inside it."""
    for places in range(digits, _ALL_DIGITS):
        least, most = _upwards(low, places), -_upwards(-high, places)
        if least <= most:
            return numeral(least, places), numeral(most, places)
    return numeral(low, _ALL_DIGITS), numeral(high, _ALL_DIGITS)


def _upwards(number: float, digits: int) -> float:
    return float(Context(prec=digits, rounding=ROUND_CEILING).plus(Decimal(number)))


def in_decimals(values: Iterable[float], places: int) -> list[str] | None:
    """Numbers in at most so many decimals, ∞ as such; None if one would lose more than half a percent."""
    written = []
    for value in values:
        text = "∞" if value == inf else _plainly(Decimal(f"{value:.{places}f}"))
        if value != inf and abs(float(read(text)) - value) > _LOST * abs(value):
            return None
        written.append(text)
    return written


def adding_up(whole: float, *parts: float, places: Iterable[int] = _PLACES) -> list[str] | None:
    """The whole and its parts in as few decimals as it takes that the parts make up the whole as printed.

    None where those decimals are not enough for it, or a number would lose more than half a percent.
    """
    for many in places:
        written = in_decimals((whole, *parts), many)
        if written and read(written[0]) == sum(map(read, written[1:])):
            return written
    return None


def read(text: str) -> Decimal:
    """A printed number as it stands there."""
    return Decimal(text.replace("−", "-").replace("∞", "inf"))


def _plainly(number: Decimal) -> str:
    """A decimal without zeros at its end."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return ("0" if text == "-0" else text).replace("-", "−")


def decimals(value: float) -> int:
    """Significant digits that come to four decimals; four of them for a small number."""
    size = floor(log10(abs(value))) + 1 if value and isfinite(value) else 0
    return _DIGITS + max(size, 0)


def plain(value: float, digits: int = 4) -> str:
    """A number in running text: as in a table, but 14612 and 10000 in full, and ∞."""
    if isinf(value):
        return "∞" if value > 0 else "−∞"
    whole = len(str(round(abs(value)))) if isfinite(value) else 0
    return numeral(value, max(digits, whole) if whole <= _MAX_PLAIN else digits)


def power_of_e(exponent: float, digits: int = _EXPONENT_DIGITS) -> str:
    """What no float64 holds: e^−20000; 0 is e^−∞."""
    return "0" if exponent == -inf else f"e^{plain(exponent, digits)}"


def compact(value: float, digits: int) -> str:
    """A number that is short enough to stand over a bar."""
    small_or_large = value != 0 and not 1e-3 <= abs(value) < 1e5
    return numeral(float(f"{value:.1e}") if small_or_large else value, digits)
