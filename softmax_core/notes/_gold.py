"""The worked numbers of CS231n's notes as data, each recomputed by this package and compared."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from math import isfinite, nan
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array
from softmax_core._limits import float_limits
from softmax_core._records import Table
from softmax_core.functions import log_softmax, softmax
from softmax_core.linear import LinearParams, linear_scores
from softmax_core.losses import cross_entropy, cross_entropy_gradient, weston_watkins_hinge
from softmax_core.numerics import softmax_global_max, softmax_steps, softmax_twice

#: What is printed, as a word, of a result that is not finite.
BLOWUP = "blowup"

_HALF = 0.5 + 1e-9  # of a unit; a tie is a right rounding both ways
_LINEAR, _CASE_STUDY = "linear-classify", "neural-networks-case-study"


@dataclass(frozen=True, slots=True, eq=False)
class GoldRow:
    """One row of the table: what goes in, and what the notes print.

    Attributes:
        key: its name.
        quantity: what is computed, one of `QUANTITIES`.
        inputs: the arguments of that computation, by name.
        printed: the numbers as they are printed, digit by digit, or `BLOWUP`; empty where nothing is printed.
        source: the page of CS231n's notes, "study-note" for the note that summarises them, or "" for a value
            that none of them prints.
        erratum: what is wrong with the printed numbers, one of `ERRATA`; None if nothing is.
    """

    key: str
    quantity: str
    inputs: Mapping[str, Any]
    printed: Sequence[str] = ()
    source: str = ""
    erratum: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Recomputed:
    """A row beside what this package computes.

    Attributes:
        row: the `GoldRow`.
        values: the computed numbers, one for each printed one (more if nothing is printed).
        off: computed − printed in units of the last printed digit, one for each; nan for `BLOWUP`.
        agrees: whether each printed number is the computed one rounded to the digits printed.
        with_the_slip: the numbers that come out if the error of `erratum` is made on purpose; empty if there
            is none, or none that a calculation could repeat.
    """

    row: GoldRow
    values: tuple[float, ...]
    off: tuple[float, ...]
    agrees: tuple[bool, ...]
    with_the_slip: tuple[float, ...]

    @property
    def is_right(self) -> bool:
        """Whether no printed number is off; True for a row without printed numbers."""
        return all(self.agrees)


def recompute(row: GoldRow) -> Recomputed:
    """Compute a row of the table again and compare it with what is printed.

    Args:
        row: one of `GOLD`, or one like them.

    Returns:
        A `Recomputed`.

    Raises:
        ValueError: the quantity is unknown, or there are more printed numbers than computed ones.

    Formula:
        A number printed with d decimals is right if |computed − printed| ≤ ½·10^(−d).

    Why so:
        The printed digits are compared as decimals, as .058 is not a float; at a tie both neighbours count as
        right.

    >>> found = recompute(GoldRow("halves", "probabilities", {"scores": (0.0, 0.0)}, ("0.5", ".40")))
    >>> found.agrees, found.off
    ((True, False), (0.0, 10.0))
    """
    values = _computed(row.quantity, row.inputs)
    slip = ERRATA[row.erratum] if row.erratum else None
    again = _flat(slip(row)) if slip else ()
    if row.printed == (BLOWUP,):
        return Recomputed(row, values, (nan,), (not all(map(isfinite, values)),), again)
    if len(row.printed) > len(values):
        raise ValueError(f"{row.key}: {len(row.printed)} numbers are printed, {len(values)} computed")
    pairs = list(zip(row.printed, values, strict=False))
    off = tuple(_units_off(printed, value) for printed, value in pairs)
    return Recomputed(row, values, off, tuple(abs(units) <= _HALF for units in off), again)


def _computed(quantity: str, inputs: Mapping[str, Any]) -> tuple[float, ...]:
    if quantity not in QUANTITIES:
        raise ValueError(f"unknown quantity {quantity!r}; choose one of {tuple(QUANTITIES)}")
    return _flat(QUANTITIES[quantity](**inputs))


def _flat(values: ArrayLike) -> tuple[float, ...]:
    return tuple(np.asarray(values, dtype=np.float64).ravel().tolist())


def _units_off(printed: str, value: float) -> float:
    if not isfinite(value):
        return nan
    number = Decimal(printed)
    return float((Decimal(value) - number) / Decimal(1).scaleb(int(number.as_tuple().exponent)))


def _scores(W: ArrayLike, x: ArrayLike, b: ArrayLike) -> Array:
    return linear_scores(LinearParams(np.transpose(W), b), x)


#: How each quantity is computed; every function is one of this package.
QUANTITIES: Mapping[str, Callable[..., ArrayLike]] = Table(
    __name__,
    "QUANTITIES",
    {
        "linear_scores": _scores,
        "hinge": weston_watkins_hinge,
        "exponentials": lambda scores: softmax_steps(scores, "naive", "float64").exponentials,
        "probabilities": softmax,
        "exponentials_and_probabilities": lambda scores: np.concatenate(
            [softmax_steps(scores, "naive", "float64").exponentials, softmax(scores)]
        ),
        "cross_entropy": cross_entropy,
        "gradient": cross_entropy_gradient,
        "naive": lambda scores, dtype: softmax_steps(scores, "naive", dtype).probs,
        "shifted_scores": lambda scores: softmax_steps(scores, "shifted", "float64").shifted,
        "log_c": lambda scores: softmax_steps(scores, "shifted", "float64").shift,
        "shifted_losses": lambda scores, dtype: softmax_steps(scores, "shifted", dtype).losses,
        "logsumexp_losses": lambda scores, dtype: softmax_steps(scores, "logsumexp", dtype).losses,
        "exp_limit": lambda dtype: float_limits(dtype).exp_max,
        "one_maximum": lambda rows: softmax_global_max(np.array(rows)),
        "softmax_twice": lambda scores: softmax_twice(np.array(scores)),
        "chance_entropy": lambda classes: cross_entropy(np.zeros(classes), 0),
        "log_of_chance": lambda classes: log_softmax(np.zeros(classes))[0],
        "chance_hinge": lambda classes: weston_watkins_hinge(np.zeros(classes), 0),
    },
)


def _without_bias(row: GoldRow) -> ArrayLike:
    return _scores(row.inputs["W"], row.inputs["x"], np.zeros(len(row.inputs["b"])))


def _from_rounded(_row: GoldRow) -> ArrayLike:
    """The probabilities of exponentials that had been rounded to the digits printed."""
    rounded = np.array(_EXPONENTIALS_PRINTED, dtype=np.float64)
    probs: Array = rounded / rounded.sum()
    return probs


def _other_sign(row: GoldRow) -> ArrayLike:
    return -np.asarray(_computed(row.quantity, row.inputs))


def _cut_off(row: GoldRow) -> ArrayLike:
    """The numbers with all digits after the printed ones dropped instead of rounded."""
    values = _computed(row.quantity, row.inputs)
    return [
        float(Decimal(value).quantize(Decimal(printed), ROUND_DOWN))
        for printed, value in zip(row.printed, values, strict=True)
    ]


#: What went wrong in a row with an erratum, as a calculation that repeats it; None where there is none.
ERRATA: Mapping[str, Callable[[GoldRow], ArrayLike] | None] = Table(
    __name__,
    "ERRATA",
    {
        "leaves-out-b": _without_bias,
        "rounded-too-early": _from_rounded,
        "illustration": None,
        "lost-sign": _other_sign,
        "lost-minus": _other_sign,
        "cut-off": _cut_off,
    },
)

_CAT = {
    "W": ((0.2, -0.5, 0.1, 2.0), (1.5, 1.3, 2.1, 0.0), (0.0, 0.25, 0.2, -0.3)),
    "x": (56.0, 231.0, 24.0, 2.0),
    "b": (1.1, 3.2, -1.2),
}
_TWO_JUDGES = {
    "W": ((0.01, -0.05, 0.1, 0.05), (0.7, 0.2, 0.05, 0.16), (0.0, -0.45, -0.2, 0.03)),
    "x": (-15.0, 22.0, -44.0, 56.0),
    "b": (0.0, 0.2, -0.3),
}
_EXAMPLE, _NOTE = (-2.85, 0.86, 0.28), (123.0, 456.0, 789.0)
_EXPONENTIALS_PRINTED = (".058", "2.36", "1.32")
_LOGS = tuple(np.log([0.2, 0.3, 0.5]).round(10).tolist())


def _hinge(key: str, scores: Sequence[float], label: int, margin: float, printed: str) -> GoldRow:
    inputs = {"scores": scores, "labels": label, "margin": margin}
    return GoldRow(key, "hinge", inputs, (printed,), _LINEAR)


def _line(key: str, scores: Sequence[float], printed: Sequence[str], erratum: str | None = None) -> GoldRow:
    """A line of the notes that goes from scores over their exponentials to probabilities."""
    return GoldRow(key, "exponentials_and_probabilities", {"scores": scores}, printed, _LINEAR, erratum)


#: The rows, in the order of the notes; those that nothing prints stand at the end.
GOLD: tuple[GoldRow, ...] = (
    GoldRow("cat", "linear_scores", _CAT, ("-96.8", "437.9", "61.95"), _LINEAR, "leaves-out-b"),
    _hinge("hinge", (13.0, -7.0, 11.0), 0, 10.0, "8"),
    GoldRow("scores", "linear_scores", _TWO_JUDGES, ("-2.85", "0.86", "0.28"), _LINEAR),
    _hinge("hinge-example", _EXAMPLE, 2, 1.0, "1.58"),
    GoldRow("exponentials", "exponentials", {"scores": _EXAMPLE}, _EXPONENTIALS_PRINTED, _LINEAR),
    GoldRow(
        "probabilities",
        "probabilities",
        {"scores": _EXAMPLE},
        (".016", ".631", ".353"),
        _LINEAR,
        "rounded-too-early",
    ),
    GoldRow("entropy", "cross_entropy", {"scores": _EXAMPLE, "labels": 2}, ("1.04",), _LINEAR),
    GoldRow(
        "illustration",
        "probabilities",
        {"scores": (12.5, 0.6, -23.0)},
        (".9", ".09", ".01"),
        _LINEAR,
        "illustration",
    ),
    _line("diffuse", (1.0, -2.0, 0.0), ("2.71", "0.14", "1", "0.7", "0.04", "0.26"), "cut-off"),
    _line("halved", (0.5, -1.0, 0.0), ("1.65", "0.37", "1", "0.55", "0.12", "0.33")),
    _hinge("ahead", (10.0, -2.0, 3.0), 0, 1.0, "0"),
    _hinge("kink", (10.0, 9.0, 9.0), 0, 1.0, "0"),
    _hinge("far-ahead", (10.0, -100.0, -100.0), 0, 1.0, "0"),
    GoldRow("naive", "naive", {"scores": _NOTE, "dtype": "float64"}, (BLOWUP,), _LINEAR),
    GoldRow("shift", "shifted_scores", {"scores": _NOTE}, ("-666", "-333", "0"), _LINEAR),
    GoldRow("log-c", "log_c", {"scores": _NOTE}, ("789",), "study-note", "lost-sign"),
    GoldRow("chance", "chance_entropy", {"classes": 10}, ("2.302",), "neural-networks-3", "cut-off"),
    GoldRow("chance-hinge", "chance_hinge", {"classes": 10}, ("9",), "neural-networks-3"),
    GoldRow("start", "log_of_chance", {"classes": 3}, ("1.1",), _CASE_STUDY, "lost-minus"),
    GoldRow("gradient", "gradient", {"scores": _LOGS, "labels": 1}, (".2", "-.7", ".5"), _CASE_STUDY),
    GoldRow("single", "shifted_losses", {"scores": _NOTE, "dtype": "float32"}),
    GoldRow("single-logs", "logsumexp_losses", {"scores": _NOTE, "dtype": "float32"}),
    GoldRow("limit", "exp_limit", {"dtype": "float64"}),
    GoldRow("one-maximum", "one_maximum", {"rows": ((1000.0, 1001.0, 1002.0), (0.0, 1.0, 2.0))}),
    GoldRow("twice", "softmax_twice", {"scores": (10.0, 0.0, 0.0)}),
)
