"""The hinge loss of one row of scores that a person typed: decimals, and so decided without rounding."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from math import inf

from softmax_core._inputs import Array, as_labels, as_scores, refuse_row

_EXACT = Context(prec=700)  # differences of any two float64 numbers, as they are written


@dataclass(frozen=True, slots=True, eq=False)
class DecimalHinge:
    """The parts of a hinge loss, each rounded once.

    Attributes:
        gaps: (classes,), f_j − f_y, 0 for the label itself.
        terms: (classes,), max(0, f_j − f_y + Δ), 0 for the label itself.
        loss: their sum.
        gradient: (classes,), as `weston_watkins_hinge_gradient`: at a kink a rival counts as satisfied.
        kinks: the rivals exactly at the margin. Where there is one the loss has no gradient, and the row is
            the subgradient that counts them with 0.
    """

    gaps: list[float]
    terms: list[float]
    loss: float
    gradient: list[float]
    kinks: list[int]


def decimal_hinge(scores: Sequence[float] | Array, label: int, margin: float = 1.0) -> DecimalHinge:
    """Compute the multiclass hinge of one row whose scores mean what their shortest decimals say.

    Args:
        scores: (classes,), finite.
        label: the true class.
        margin: Δ ≥ 0.

    Returns:
        A `DecimalHinge`.

    Raises:
        ValueError: the scores are not one finite row, there is no such label, or the margin is negative or
            not finite.

    Formula:
        L = Σ_{j ≠ y} max(0, f_j − f_y + Δ).

    Why so:
        A rival exactly at the margin costs nothing and asks for nothing. In binary, 0.9 − 1.4 + 0.5 is
        1.1e−16, and a rounding error would ask for as much as a real violation.

    Source:
        As `weston_watkins_hinge`.

    >>> decimal_hinge([1.4, 0.9, -3.0], 0, margin=0.5)
    DecimalHinge(gaps=[0.0, -0.5, -4.4], terms=[0.0, 0.0, 0.0], loss=0.0, gradient=[0.0, 0.0, 0.0], kinks=[1])
    >>> decimal_hinge([-2.85, 0.86, 0.28], 2).terms
    [0.0, 1.58, 0.0]
    """
    row = as_scores(scores)
    if row.ndim != 1:
        raise ValueError(f"one row of scores is needed, not the shape {row.shape}")
    refuse_row(row)
    own = int(as_labels(label, row)[0])
    if not 0 <= margin < inf:
        raise ValueError(f"the margin must be finite and not negative, not {margin}")
    with localcontext(_EXACT):
        written = [Decimal(repr(float(score))) for score in row.tolist()]
        gaps = [score - written[own] for score in written]
        inside = [gap + Decimal(repr(float(margin))) for gap in gaps]
        terms = [max(depth, Decimal(0)) for depth in inside]
        terms[own] = Decimal(0)
        loss = sum(terms)
    past = [float(term > 0) for term in terms]
    past[own] = 0.0 - sum(past)
    return DecimalHinge(
        gaps=[float(gap) for gap in gaps],
        terms=[float(term) for term in terms],
        loss=float(loss),
        gradient=past,
        kinks=[index for index, depth in enumerate(inside) if depth == 0 and index != own],
    )
