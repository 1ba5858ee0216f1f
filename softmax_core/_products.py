"""Products of float64 numbers without a rounding."""

from softmax_core._inputs import Array


def two_product(a: Array, b: Array) -> tuple[Array, Array]:
    """a·b rounded, and what rounding dropped (T. J. Dekker, 1971)."""
    a_high, a_low = _halves(a)
    b_high, b_low = _halves(b)
    product: Array = a * b
    return product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low


def _halves(number: Array) -> tuple[Array, Array]:
    """A number as the sum of two with half the digits each."""
    wide = number * 134217729.0  # 2²⁷ + 1
    high = wide - (wide - number)
    return high, number - high
