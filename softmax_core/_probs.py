"""From a block of scores to probabilities, in float64 and in float32."""

from typing import Literal

import numpy as np

from softmax_core._inputs import Array
from softmax_core._shares import exps_below_top, sum_classes

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
        _write_rooted(block, out)
    elif not near.any():
        _write_rounded(block, top, out)
    else:
        for chosen in (near, ~near):
            part, probs = _rows(block, chosen), np.empty((len(block), np.count_nonzero(chosen)), out.dtype)
            if chosen is near:
                _write_rooted(part, probs)
            else:
                _write_rounded(part, top[chosen], probs)
            out[:, chosen] = probs


def exps_of_rows(block: Array, top: Array) -> Array:
    """Compute exp(f) in float64; a row beyond ±UNSHIFTED is divided by its exp(m).

    No shift means no rounding of the scores.
    """
    near = (top < UNSHIFTED) & (_lowest(block, top) > -UNSHIFTED)
    if near.all():
        return np.exp(block, dtype=np.float64)
    if not near.any():
        return exps_below_top(block, top)
    exps = np.empty_like(block, dtype=np.float64)
    exps[:, near] = np.exp(_rows(block, near), dtype=np.float64)
    exps[:, ~near] = exps_below_top(_rows(block, ~near), top[~near])
    return exps


def _write_rooted(block: Array, out: Array) -> None:
    """Write probabilities of float32 scores as p = √(exp(2f)·total⁻²).

    A root halves the error of what is under it: NumPy's exp is up to 2.5 ulp off in float32, and
    exp(f)/total up to 7.
    """
    squares = block + block
    np.exp(squares, out=squares)
    total = np.add.reduce(np.sqrt(squares), axis=0, dtype=np.float64)
    squares *= (1.0 / (total * total)).astype(np.float32)
    np.sqrt(squares, out=out, casting="same_kind")


def _write_rounded(block: Array, top: Array, out: Array) -> None:
    """Write probabilities of float32 scores, computed in float64 and rounded once."""
    exps = exps_below_top(block, top)
    np.divide(exps, sum_classes(exps, careful=False), out=out, casting="same_kind")


def _squares_fit(block: Array, top: Array) -> Array:
    """In which rows exp(2f), the square of the total and of each probability are normal float32 numbers."""
    low, log_classes = _lowest(block, top), np.log(len(block))
    fits: Array = (low > -UNSQUARED) & (np.maximum(top, top - low) < UNSQUARED - log_classes)
    return fits


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
