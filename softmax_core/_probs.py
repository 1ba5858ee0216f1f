"""From a block of scores to probabilities, in float64 and in float32."""

from typing import Literal

import numpy as np

from softmax_core._inputs import Array
from softmax_core._shifted_exps import exps_below_top, sum_classes

UNSHIFTED = 690.0  # exp(±690) is a normal float64 number, and so is a sum of 10^7 of them
UNSQUARED = 43.0  # exp(±2·43) is a normal float32 number


def write_probs(block: Array, top: Array, out: Array) -> None:
    """Write the probabilities of a block (classes, rows) with the top scores `top` (rows,)."""
    if block.dtype == np.float64:
        exps = exps_of_rows(block, top)
        np.divide(exps, sum_classes(exps), out=out, casting="same_kind")
        return
    near = _squares_fit(block, top)
    if near.all():
        _rooted(block, out)
    elif not near.any():
        _rounded(block, top, out)
    else:
        probs = np.empty_like(block)
        probs[:, near] = _rooted(_rows(block, near))
        probs[:, ~near] = _rounded(_rows(block, ~near), top[~near])
        np.copyto(out, probs, casting="same_kind")


def exps_of_rows(block: Array, top: Array) -> Array:
    """Compute exp(f) in float64; a row beyond ±UNSHIFTED is divided by its exp(m).

    No shift means no rounding of the scores.
    """
    low, high = np.minimum.reduce(block, axis=None, initial=0.0), np.maximum.reduce(top, initial=0.0)
    if low > -UNSHIFTED and high < UNSHIFTED:
        return np.exp(block, dtype=np.float64)
    near = (top < UNSHIFTED) & (_lowest(block, top) > -UNSHIFTED)
    if near.all():
        return np.exp(block, dtype=np.float64)
    if not near.any():
        return exps_below_top(block, top)
    exps = np.empty_like(block, dtype=np.float64)
    exps[:, near] = np.exp(_rows(block, near), dtype=np.float64)
    exps[:, ~near] = exps_below_top(_rows(block, ~near), top[~near])
    return exps


def _rooted(block: Array, out: Array | None = None) -> Array:
    """Compute probabilities of float32 scores as p = √(exp(2f)·total⁻²).

    A root halves the error of what is under it: NumPy's exp is up to 2.5 ulp off in float32, and
    exp(f)/total up to 7.
    """
    squares = block + block
    np.exp(squares, out=squares)
    total = np.add.reduce(np.sqrt(squares), axis=0, dtype=np.float64)
    squares *= (1.0 / (total * total)).astype(np.float32)
    probs: Array = np.sqrt(squares, out=squares if out is None else out, casting="same_kind")
    return probs


def _rounded(block: Array, top: Array, out: Array | None = None) -> Array:
    """Compute probabilities of float32 scores in float64."""
    exps = exps_below_top(block, top)
    probs: Array = np.divide(
        exps, sum_classes(exps, careful=False), out=exps if out is None else out, casting="same_kind"
    )
    return probs


def _squares_fit(block: Array, top: Array) -> Array:
    """In which rows exp(2f), the square of the total and of each probability are normal float32 numbers."""
    room = UNSQUARED - np.log(len(block))
    low, high = np.minimum.reduce(block, axis=None, initial=0.0), np.maximum.reduce(top, initial=0.0)
    if high - low < room:  # and so −room < low ≤ 0 ≤ high < room
        return np.ones(len(top), dtype=bool)
    lows = _lowest(block, top)
    near: Array = (lows > -UNSQUARED) & (np.maximum(top, top - lows) < room)
    return near


def _lowest(block: Array, top: Array) -> Array:
    """The lowest score of each row that is not −inf."""
    low: Array = np.minimum.reduce(block, axis=0)
    if np.isneginf(low.min(initial=0.0)):
        low = np.minimum.reduce(np.where(np.isneginf(block), top, block), axis=0)
    return low


def _rows(block: Array, chosen: Array) -> Array:
    """Some rows of a block, laid out as it is."""
    order: Literal["C", "F"] = "C" if block.flags.c_contiguous else "F"
    return np.asarray(block[:, chosen], order=order)
