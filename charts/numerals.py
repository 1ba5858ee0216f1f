"""Numbers as they stand on the screen: few digits, true minus signs, and NumPy's own inf and nan."""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan


def numeral(number: float, digits: int = 4) -> str:
    """A number in few significant digits: −666, 5.753e−290, inf, nan."""
    if isnan(number):
        return "nan"
    mantissa, _, exponent = f"{number:.{digits}g}".partition("e")
    text = f"{mantissa}e{int(exponent)}" if exponent else mantissa
    return ("0" if text == "-0" else text).replace("-", "−")


def row(numbers: Iterable[float], digits: int = 4) -> str:
    """A row of numbers in brackets."""
    return f"[{', '.join(numeral(number, digits) for number in numbers)}]"
