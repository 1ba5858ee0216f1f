"""What a floating-point format can hold."""

from dataclasses import dataclass
from math import frexp, log

from softmax_core._dtypes import Format, FormatName, find_format, name_of

# name: (bits, bits of the significand with the leading one, exponent of the smallest normal number)
_LAYOUT = {
    "float16": (16, 11, -14),
    "bfloat16": (16, 8, -126),
    "float32": (32, 24, -126),
    "float64": (64, 53, -1022),
}


@dataclass(frozen=True, slots=True)
class FloatLimits:
    """The ends of a floating-point format, as float64 numbers.

    Attributes:
        name: the format, one of `DTYPES`.
        bits: its size.
        max: the largest finite number.
        smallest_normal: the smallest positive number with full precision.
        smallest_subnormal: the smallest positive number.
        eps: the distance from 1 to the next number.
        exp_max: log(max): exp overflows above.
        exp_min_normal: log(smallest_normal): exp loses precision below.
        exp_min: log(smallest_subnormal / 2): exp rounds to 0 below.
    """

    name: FormatName
    bits: int
    max: float
    smallest_normal: float
    smallest_subnormal: float
    eps: float
    exp_max: float
    exp_min_normal: float
    exp_min: float

    @property
    def precision(self) -> int:
        """Bits of the significand of a normal number, with the leading one."""
        return _LAYOUT[self.name][1]

    def bits_left(self, number: float) -> int:
        """Bits of the significand that the format has for a number of that size: fewer if it is subnormal."""
        above_least = frexp(abs(number))[1] - frexp(self.smallest_subnormal)[1] + 1
        return min(self.precision, above_least) if number else 0


def float_limits(dtype: Format) -> FloatLimits:
    """Return the ends of a floating-point format.

    Args:
        dtype: one of `DTYPES`, as a name or a dtype.

    Returns:
        A `FloatLimits`, the same for name and dtype.

    Raises:
        TypeError: the format is not one of `DTYPES`.

    Formula:
        exp(x) is finite for x ≤ log(max), and not 0 for x > log(smallest_subnormal / 2), the point from which
        rounding to nearest gives 0.

    Source:
        IEEE 754-2019, table 3.5; bfloat16 is float32 with 16 bits of significand fewer.

    >>> [round(float_limits(name).exp_max, 4) for name in ("float16", "float32", "float64")]
    [11.0899, 88.7228, 709.7827]
    """
    name = name_of(find_format(dtype))
    bits, precision, least_exponent = _LAYOUT[name]
    eps, smallest_normal = 2.0 ** (1 - precision), 2.0**least_exponent
    largest = (2.0 - eps) * 2.0 ** (1 - least_exponent)
    return FloatLimits(
        name=name,
        bits=bits,
        max=largest,
        smallest_normal=smallest_normal,
        smallest_subnormal=smallest_normal * eps,
        eps=eps,
        exp_max=log(largest),
        exp_min_normal=log(smallest_normal),
        exp_min=log(smallest_normal * eps) - log(2.0),
    )
