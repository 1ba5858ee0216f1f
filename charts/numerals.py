"""Numbers as they stand on the screen: few digits, true minus signs, and NumPy's own inf and nan."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, Context, Decimal
from math import isfinite, isnan

_ALL_DIGITS = 17  # tell any two float64 numbers apart


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


def row(numbers: Iterable[float], digits: int = 4) -> str:
    """A row of numbers in brackets."""
    return f"[{', '.join(numeral(number, digits) for number in numbers)}]"


def inwards(low: float, high: float, digits: int = 4) -> tuple[str, str]:
    """The ends of an interval in few digits, rounded so that both lie inside it."""
    for places in range(digits, _ALL_DIGITS):
        least, most = _upwards(low, places), -_upwards(-high, places)
        if least <= most:
            return numeral(least, places), numeral(most, places)
    return numeral(low, _ALL_DIGITS), numeral(high, _ALL_DIGITS)


def _upwards(number: float, digits: int) -> float:
    return float(Context(prec=digits, rounding=ROUND_CEILING).plus(Decimal(number)))
