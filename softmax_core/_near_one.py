"""log Σ exp(f) of rows whose exponentials sum to almost 1: the sum minus 1 with all its digits.

The sum of the exponentials of log-probabilities differs from 1 by about 1e−17, so that they are needed to
some 115 bits. Each is taken apart as

    exp(f) = 2^e·(1 + i/2^10)·(1 + j/2^22)·(1 + k/2^34)·exp(rest),  |rest| < 2^−33,

with integers that are read off NumPy's exp(f). The factors before exp(rest) are a sum of two float64 numbers
without rounding, and rest is f minus logarithms of the factors, which come from tables. Logarithms are cut
into parts that are whole multiples of 2^−41, of 2^−82, and what remains, so that adding parts does not round.
Where one exponential alone is nearly 1 the difference is smaller still: it is found from what that one lacks.
(Factors that are short, with their logarithms in tables: Briggs's idea; see J.-M. Muller, "Elementary
Functions", 3rd ed. 2016, ch. 8.)
"""

import itertools
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from math import factorial

import numpy as np

from softmax_core._exact import exact_logsumexp
from softmax_core._inputs import Array
from softmax_core._products import two_product

BITS = 150  # after the point of the integers that make the tables
SHORT = 2.0**-41, 2.0**-82  # the first two parts of a logarithm are multiples of these
MIN_EXPONENT = -250.0  # below this a term counts for nothing beside a sum of about 1
MIN_SURE_EXPONENT, MIN_SIZE = -700.0, 1e-250  # below the one it counts for nothing beside the other
SURE = -(2.0**-6)  # above this the terms below the top are set against what the top lacks
# a smaller difference of the sum from 1 has not all its digits, of float64 and of a narrower result
RESOLVED, RESOLVED_NARROW = 2.0**-66, 2.0**-46
TILE = 4096  # numbers computed at a time: twenty arrays of them stay in the processor's cache

# 2/n!, the coefficients of r in `_lacking` from the highest down: for n from 9 a float64 number is enough
_PLAIN = [2 / factorial(n) for n in range(16, 8, -1)]
_DOUBLE = [
    (float(exact), float(exact - Fraction(float(exact))))
    for exact in (Fraction(2, factorial(n)) for n in range(8, 2, -1))
]


def logs_of_sums(block: Array) -> Array:
    """Compute log Σ exp(f) for the rows of a block (classes, rows) of scores below 0.

    Where the sum is too close to 1 for that the decimal reference is asked.
    """
    least = RESOLVED if block.dtype == np.float64 else RESOLVED_NARROW
    sure = block.max(axis=0) > SURE
    logs, excess = np.empty(len(sure)), np.empty(len(sure))
    for function, kind in ((_log_of_sum, ~sure), (_log_of_sure_sum, sure)):
        chosen = np.flatnonzero(kind)
        for some in _slices(len(chosen), TILE // len(block)):
            rows = chosen[some]
            logs[rows], excess[rows] = function(block[:, rows])
    for row in np.flatnonzero(~(np.abs(excess) >= least)):
        logs[row] = exact_logsumexp(block[:, row], digits=20)
    return logs


def _slices(length: int, size: int) -> list[slice]:
    size = max(size, 1)
    return [slice(start, start + size) for start in range(0, length, size)]


def _log_of_sum(scores: Array) -> tuple[Array, Array]:
    """Compute log Σ exp(f) and Σ exp(f) − 1."""
    firsts, seconds, thirds = _sums(_tiles(scores, MIN_EXPONENT, 1.0), *scores.shape)
    total, excess = firsts + (seconds + thirds), (firsts - 1.0 + seconds) + thirds
    return np.where(np.abs(excess) < 0.5, np.log1p(excess), np.log(total)), excess


def _log_of_sure_sum(scores: Array) -> tuple[Array, Array]:
    """Compute log Σ exp(f) and Σ exp(f) − 1 where one exponential of each row is nearly 1 already.

    What that one lacks, −expm1(m), is set against the others; both are so small that they are multiplied by a
    power of two first, and the second result is left so.
    """
    best = scores.argmax(axis=0), np.arange(scores.shape[1])
    top, others = scores[best].astype(np.float64), scores.copy(order="K")
    others[best] = -np.inf
    size = np.maximum(np.exp(others, dtype=np.float64).sum(axis=0), -top)
    exponent = np.frexp(size)[1]
    unit = np.ldexp(1.0, -exponent)
    parts = itertools.chain(_tiles(others, MIN_SURE_EXPONENT, unit), _lacking(top, unit))
    firsts, seconds, thirds = _sums(parts, *scores.shape)
    excess = np.where(size > MIN_SIZE, (firsts + seconds) + thirds, 0.0)
    return np.log1p(np.ldexp(excess, exponent)), excess


def _lacking(top: Array, unit: Array) -> Iterator[tuple[float, Array]]:
    """Yield expm1(m) = m + m²/2·(1 + r), r = m/3 + m²/12 + …, times unit, in parts as `_parts` does."""
    r = np.polyval(_PLAIN, top)
    low = np.zeros_like(r)
    for high, rest in _DOUBLE:
        product, error = two_product(r, top)
        r = high + product
        low = low * top + error + rest + (product - (r - high))
    r, error = two_product(r, top)
    low = low * top + error
    square, square_low = two_product(top, 0.5 * top)
    cube, cube_low = two_product(square, r)
    cube_low += square * low + square_low * r
    for size, part in ((2.0, top), (2.0**-5, square), (2.0**-12, cube)):
        yield size, (part * unit)[None]
    yield 2.0**-57, (square_low * unit)[None]
    yield 2.0**-57, (cube_low * unit)[None]


def _tiles(scores: Array, farthest: float, unit: Array | float) -> Iterator[tuple[float, Array]]:
    """Yield the parts of all exponentials of a block times unit."""
    for classes in _slices(len(scores), TILE):
        within = np.maximum(scores[classes], farthest, dtype=np.float64)
        yield from _parts(within, unit, narrow=scores.dtype != np.float64)


def _sums(parts: Iterable[tuple[float, Array]], n_classes: int, n_rows: int) -> tuple[Array, Array, Array]:
    """Sum over the classes of each row: all parts are cut at the same two binary digits, so that sums do not
    round."""
    fine = 2.0 ** (np.ceil(np.log2(n_classes + 1)) - 50)
    firsts, seconds, thirds = np.zeros(n_rows), np.zeros(n_rows), np.zeros(n_rows)
    for size, part in parts:
        for unit, sums in ((fine, firsts), (fine * fine, seconds)):
            if size > unit:
                kept = _cut(part, unit)
                part -= kept
                sums += np.add.reduce(kept, axis=0)
        thirds += np.add.reduce(part, axis=0)
    return firsts, seconds, thirds


def _cut(values: Array, unit: float) -> Array:
    """Round to multiples of a power of two."""
    anchor = 1.5 * 2.0**52 * unit
    kept = values + anchor
    kept -= anchor
    return kept


def _parts(scores: Array, unit: Array | float, narrow: bool) -> Iterator[tuple[float, Array]]:
    """Yield bounds of arrays and these arrays, whose sum is exp(scores)·unit, which the caller may overwrite.

    For a narrow result some 70 bits are enough.
    """
    (two0, two1, two2), of_i, of_j = _tables()
    bits = np.exp(scores).view(np.int64)
    power = (bits & (0x7FF << 52)).view(np.float64)
    exponent = ((bits >> 52) - 1023).astype(np.float64)
    mantissa = (bits & ((1 << 52) - 1) | (1023 << 52)).view(np.float64)
    i = (bits >> 42) & 1023
    factor = i * 2.0**-10 + 1.0
    j = np.rint((mantissa - factor) / factor * 2.0**22)
    product = factor + factor * j * 2.0**-22
    step = np.rint((mantissa - product) / product * 2.0**34) * 2.0**-34
    j = j.astype(np.intp)
    start = _cut(scores, SHORT[0])
    head = start - exponent * two0 - of_i[0][i] - of_j[0][j] - step
    middle = (scores - start) - exponent * two1 - of_i[1][i] - of_j[1][j] + 0.5 * step * step
    carried = _cut(middle, SHORT[0])
    head += carried
    middle -= carried
    rest = head + middle
    product *= power * unit
    second = product * step
    if narrow:
        yield 0.0, product * (middle + 0.5 * rest * rest) + second * rest
        yield 2.0**-22, second + product * head
        yield 2.0, product
        return
    end = (
        -exponent * two2
        - of_i[2][i]
        - of_j[2][j]
        - step * step * step * (1 / 3 - 0.25 * step + 0.2 * step * step)
    )
    end += rest * (end + rest * (0.5 + rest * (1 / 6)))
    upper = _cut(middle, 2.0**-61)
    middle -= upper
    lower = _cut(middle, 2.0**-81)
    middle -= lower
    yield 2.0**-22, second + product * head
    yield 2.0**-40, product * upper
    yield 2.0**-56, second * head
    yield 2.0**-60, product * lower
    end += middle
    yield 0.0, product * end + second * (upper + lower + end)
    yield 2.0, product


@cache
def _tables() -> tuple[tuple[float, ...], tuple[Array, ...], tuple[Array, ...]]:
    """The logarithms of 2, of all 1 + i/2^10 and of all 1 + j/2^22, each in three parts."""
    of_i = _logs(1 << 10, 1024)
    return tuple(float(part[1024]) for part in of_i), of_i, _logs(1 << 22, 4096)


def _logs(n: int, count: int) -> tuple[Array, ...]:
    """log((n + i)/n) for i = 0 … count, by log((m + 1)/m) = 2·artanh(1/(2m + 1))."""
    logs = [0]
    for m in range(n, n + count):
        power = (2 << BITS) // (2 * m + 1)
        total, odd = power, 1
        while power:
            power, odd = power // (2 * m + 1) ** 2, odd + 2
            total += power // odd
        logs.append(logs[-1] + total)
    firsts = [_rounded(log, BITS - 41) for log in logs]
    logs = [log - (first << (BITS - 41)) for log, first in zip(logs, firsts, strict=True)]
    seconds = [_rounded(log, BITS - 82) for log in logs]
    logs = [log - (second << (BITS - 82)) for log, second in zip(logs, seconds, strict=True)]
    return tuple(
        np.array(part, dtype=np.float64) * 2.0**-bits
        for part, bits in ((firsts, 41), (seconds, 82), (logs, BITS))
    )


def _rounded(number: int, bits: int) -> int:
    return (number + (1 << (bits - 1))) >> bits
