"""Softmax step by step in a chosen format, with every intermediate and every entry that went wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._dtypes import Format, FormatName, find_format, name_of
from softmax_core._inputs import Array, as_scores, refuse_row
from softmax_core._limits import float_limits
from softmax_core._records import Record
from softmax_core.losses import cross_entropy

Algorithm: TypeAlias = Literal["naive", "shifted", "logsumexp", "free_shift", "wrong_sign", "clamped_max"]

#: What `softmax_steps` can run; all but "logsumexp" divide exponentials and take the −log of the result.
ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)

Quantity = Literal["scores", "shifted", "exponentials", "total", "probs", "losses"]
Kind = Literal["overflow", "underflow", "invalid", "lost"]

_DIGITS, _ALL_DIGITS = 4, 17


@dataclass(frozen=True, slots=True)
class Failure:
    """One entry that left the range of its format, or lost every digit inside it.

    Attributes:
        quantity: the intermediate that holds the entry.
        index: the class of the entry; None for the total.
        kind: "overflow" (infinite, the truth is finite), "underflow" (0, the truth is positive), "invalid"
            (NaN), or "lost": the loss of a sure class is 0, although the format holds the true loss of its
            scores. The other exponentials did not change the sum, so that the probability, or the sum after
            the shift, is exactly 1. Only losses are lost.
        operand: what went in: the score before rounding, the argument of exp, the largest exponential for the
            total, the exponential for a probability, that for its loss (the shifted score for "logsumexp").
        divisor: the total, where the quantity is a probability; else None.
        result: what came out: inf, −inf, 0 or NaN.
        limit: for exponentials, the argument at which exp leaves the format on that side; else None.
        bound: the largest finite number (overflow, invalid) or the smallest positive one (underflow) of the
            format, or the distance from 1 to its next number (lost).
        dtype: the name of the format.
        harmless: whether an underflow costs nothing: the loss of its class is still finite.
        truth: for a lost loss the true one, in nats, rounded to the format; else None.
    """

    quantity: Quantity
    index: int | None
    kind: Kind
    operand: float
    divisor: float | None
    result: float
    limit: float | None
    bound: float
    dtype: FormatName
    harmless: bool
    truth: float | None = None

    @property
    def digits(self) -> int:
        """How many significant digits show that `operand` lies beyond `limit`; at least 4."""
        if self.limit is None or not np.isfinite(self.operand):
            return _DIGITS
        beyond = (
            digits
            for digits in range(_DIGITS, _ALL_DIGITS)
            if abs(float(f"{self.operand:.{digits}g}")) > abs(round(self.limit, _decimals(digits)))
        )
        return next(beyond, _ALL_DIGITS)

    @property
    def limit_decimals(self) -> int:
        """How many decimals of `limit` go with so many digits of `operand`; at least 4."""
        return _decimals(self.digits)

    @property
    def reason(self) -> str:
        """The failure in one English sentence, with its figures."""
        operand, bound = _figure(self.operand, self.digits), _figure(self.bound)
        operation = {
            "scores": operand,
            "shifted": f"{operand} + log C",
            "exponentials": f"exp({operand})",
            "total": f"the sum with {operand}",
            "probs": f"exp({operand})" if self.divisor is None else f"{operand} / {_figure(self.divisor)}",
            "losses": f"-log({operand})",
        }[self.quantity]
        if self.kind == "invalid":
            return f"{operation} has no value: nan"
        if self.truth is not None:
            return (
                f"every digit of the loss {_figure(self.truth)} is lost: the sum did not change, the first "
                f"number of {self.dtype} after 1 is 1 + {_figure(self.bound)}"
            )
        if self.quantity == "losses":
            return f"{operation} is infinite: the probability had become {operand}"
        ending = f", the end of {self.dtype}"
        if self.limit is not None and np.isfinite(self.operand):
            most = "less" if self.kind == "underflow" else "more"
            ending += f"; exp takes no {most} than {self.limit:.{self.limit_decimals}f} there"
        if self.kind == "underflow":
            return f"{operation} < {bound}{ending}"
        return f"{operation} < -{bound}{ending}" if self.result < 0 else f"{operation} > {bound}{ending}"


@dataclass(frozen=True, slots=True, eq=False)
class SoftmaxSteps(Record):
    """Every intermediate of one softmax, in the order of computation, all in one format.

    Attributes:
        algorithm: one of `ALGORITHMS`.
        dtype: the name of the format.
        scores: (classes,), rounded to the format.
        shift: log C, the number added to all scores (0 for "naive").
        shifted: (classes,), scores + shift.
        exponentials: (classes,), exp(shifted).
        total: their sum.
        probs: (classes,), exponentials / total; for "logsumexp" exp(−losses).
        losses: (classes,), the loss if the class were the label, in nats: −log(probs); for "logsumexp"
            log(total) − shifted.
        failures: every entry that left the format's range or lost all its digits, in order of computation.
    """

    algorithm: Algorithm
    dtype: FormatName
    scores: Array
    shift: float
    shifted: Array
    exponentials: Array
    total: float
    probs: Array
    losses: Array
    failures: tuple[Failure, ...]

    @property
    def failure(self) -> Failure | None:
        """The first entry that failed and did harm, or None."""
        return next((failure for failure in self.failures if not failure.harmless), None)


def softmax_steps(
    scores: ArrayLike, algorithm: Algorithm, dtype: Format, log_c: float | None = None
) -> SoftmaxSteps:
    """Run one softmax in a chosen format and keep every intermediate.

    Args:
        scores: (classes,), one row in nats; it is rounded to `dtype` first, and a score too large for it is a
            failure of the quantity "scores".
        algorithm: one of `ALGORITHMS`.
        dtype: one of `DTYPES`; every intermediate is rounded to it.
        log_c: the shift in nats, for "free_shift" and only there.

    Returns:
        A `SoftmaxSteps`.

    Raises:
        TypeError: the format is not supported.
        ValueError: the algorithm is unknown, `log_c` is missing, superfluous or not finite, or the scores are
            not one row or hold NaN, +inf or only −inf.

    Formula:
        probs = exp(scores + log C) / Σ exp(scores + log C), losses = −log(probs); log C is 0 (naive), −max
        (shifted, logsumexp), +max (wrong_sign), −max(0, max) (clamped_max) or `log_c` (free_shift).
        "logsumexp": losses = log Σ exp(scores + log C) − (scores + log C), probs = exp(−losses).

    Why so:
        This is the plain arithmetic that a page shows, not the one of `softmax`, which keeps rounding errors
        as well.

    Source:
        CS231n, "Linear classification", practical issues: numeric stability.

    >>> print(softmax_steps([123, 456, 789], "naive", "float64").failure.reason)
    exp(789) > 1.798e308, the end of float64; exp takes no more than 709.7827 there
    >>> softmax_steps([123, 456, 789], "shifted", "float32").losses.tolist()
    [inf, inf, 0.0]
    >>> softmax_steps([123, 456, 789], "logsumexp", "float32").losses.tolist()
    [666.0, 333.0, 0.0]
    """
    if algorithm not in ALGORITHMS:
        raise ValueError(f"unknown algorithm {algorithm!r}; choose one of {ALGORITHMS}")
    if (log_c is not None) != (algorithm == "free_shift"):
        raise ValueError('log_c goes with "free_shift", and only with it')
    if log_c is not None and not np.isfinite(log_c):
        raise ValueError(f"log_c must be finite, not {log_c}")
    fmt = find_format(dtype)
    given = as_scores(scores)
    if given.ndim != 1:
        raise ValueError(f"scores must be one row, shape (classes,), not {given.shape}")
    refuse_row(given)

    with np.errstate(all="ignore"):
        row = given.astype(fmt)
        top = row.max()
        shifts = {"naive": 0.0, "wrong_sign": top, "clamped_max": -max(top, fmt.type(0)), "free_shift": log_c}
        shift = np.asarray(shifts.get(algorithm, -top)).astype(fmt)
        shifted = row + shift
        exponentials = np.exp(shifted)
        total = exponentials.sum()
        if algorithm == "logsumexp":
            losses = np.log(total) - shifted
            probs = np.exp(-losses)
        else:
            probs = exponentials / total
            losses = fmt.type(0) - np.log(probs)  # not -log, which makes -0.0 of a sure class

    steps = SoftmaxSteps(
        algorithm,
        name_of(fmt),
        row,
        float(shift),
        shifted,
        exponentials,
        float(total),
        probs,
        losses,
        failures=(),
    )
    with np.errstate(all="ignore"):
        return replace(steps, failures=tuple(_failures(steps, given)))


def _failures(steps: SoftmaxSteps, given: Array) -> Iterator[Failure]:
    """Yield each entry that is not finite, or 0 where it should be positive; a loss of 0 may be the truth."""
    limits = float_limits(steps.dtype)
    by_logs = steps.algorithm == "logsumexp"
    total, positive = np.asarray([steps.total]), ("exponentials", "total", "probs")
    quantities: tuple[tuple[Quantity, Array, Array], ...] = (
        ("scores", given, steps.scores),
        ("shifted", steps.scores, steps.shifted),
        ("exponentials", steps.shifted, steps.exponentials),
        ("total", steps.exponentials.max(keepdims=True), total),
        ("probs", -steps.losses if by_logs else steps.exponentials, steps.probs),
        ("losses", steps.shifted if by_logs else steps.probs, steps.losses),
    )
    allowed = given > -np.inf
    for quantity, operands, results in quantities:
        for index, (operand, result) in enumerate(zip(operands.tolist(), results.tolist(), strict=True)):
            if quantity != "total" and not allowed[index]:
                continue
            truth = None
            if np.isnan(result):
                kind: Kind = "invalid"
            elif np.isinf(result):
                kind = "overflow"
            elif result == 0 and (quantity in positive or (quantity == "scores" and operand != 0)):
                kind = "underflow"
            elif (
                quantity == "losses" and result == 0 and (true_loss := cross_entropy(steps.scores, index)) > 0
            ):
                kind, truth = "lost", float(true_loss)
            else:
                continue
            exponential = quantity == "exponentials" or (quantity == "probs" and by_logs)
            yield Failure(
                quantity=quantity,
                index=None if quantity == "total" else index,
                kind=kind,
                operand=operand,
                divisor=steps.total if quantity == "probs" and not by_logs else None,
                result=result,
                limit={"overflow": limits.exp_max, "underflow": limits.exp_min}.get(kind)
                if exponential
                else None,
                bound={"underflow": limits.smallest_subnormal, "lost": limits.eps}.get(kind, limits.max),
                dtype=steps.dtype,
                harmless=kind == "underflow"
                and quantity != "total"
                and bool(np.isfinite(steps.losses[index])),
                truth=truth,
            )


def _decimals(digits: int) -> int:
    return max(_DIGITS, digits - 2)


def _figure(number: float, digits: int = _DIGITS) -> str:
    return f"{number:.{digits}g}".replace("e+", "e")
