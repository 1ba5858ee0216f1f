"""The losses that a linear classifier can be trained with, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from numpy.typing import ArrayLike

from softmax_core._inputs import Array
from softmax_core._records import Table
from softmax_core.losses._cross_entropy import cross_entropy, cross_entropy_gradient
from softmax_core.losses._hinge import (
    squared_weston_watkins_hinge,
    squared_weston_watkins_hinge_gradient,
    weston_watkins_hinge,
    weston_watkins_hinge_gradient,
)
from softmax_core.losses._hinge_relatives import (
    crammer_singer_hinge,
    crammer_singer_hinge_gradient,
    one_vs_all_hinge,
    one_vs_all_hinge_gradient,
)

#: A key of `LOSSES`.
LossName: TypeAlias = Literal[
    "cross_entropy", "weston_watkins", "squared_weston_watkins", "crammer_singer", "one_vs_all"
]


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss and its gradient, and what sort of loss it is.

    Attributes:
        name: its key in `LOSSES`.
        loss_function, gradient_function: the functions of this package, per sample, that compute it.
        uses_margin: whether they take a margin.
        uses_gaps: whether only the gaps f_j − f_y count, so that a constant added to all scores changes
            nothing.
        kinks: whether its gradient jumps somewhere.
        degree: d, if multiplying scores and margin by c > 0 multiplies the loss by c to the power d; else
            None.
    """

    name: LossName
    loss_function: Callable[..., Array]
    gradient_function: Callable[..., Array]
    uses_margin: bool
    uses_gaps: bool
    kinks: bool
    degree: int | None

    def losses(self, scores: ArrayLike, labels: ArrayLike, margin: float = 1.0) -> Array:
        """Compute the loss of each sample, (...); a loss without a margin leaves it aside."""
        extra = {"margin": margin} if self.uses_margin else {}
        return self.loss_function(scores, labels, **extra)

    def gradient(self, scores: ArrayLike, labels: ArrayLike, margin: float = 1.0) -> Array:
        """Compute the gradient of each sample's loss with respect to its scores, (..., classes)."""
        extra = {"margin": margin} if self.uses_margin else {}
        return self.gradient_function(scores, labels, **extra)


#: Every loss with a gradient, by name; the 0–1 loss has none.
LOSSES: Mapping[str, Loss] = Table(
    __name__,
    "LOSSES",
    {
        loss.name: loss
        for loss in (
            Loss(
                "cross_entropy",
                cross_entropy,
                cross_entropy_gradient,
                uses_margin=False,
                uses_gaps=True,
                kinks=False,
                degree=None,
            ),
            Loss(
                "weston_watkins",
                weston_watkins_hinge,
                weston_watkins_hinge_gradient,
                uses_margin=True,
                uses_gaps=True,
                kinks=True,
                degree=1,
            ),
            Loss(
                "squared_weston_watkins",
                squared_weston_watkins_hinge,
                squared_weston_watkins_hinge_gradient,
                uses_margin=True,
                uses_gaps=True,
                kinks=False,
                degree=2,
            ),
            Loss(
                "crammer_singer",
                crammer_singer_hinge,
                crammer_singer_hinge_gradient,
                uses_margin=True,
                uses_gaps=True,
                kinks=True,
                degree=1,
            ),
            Loss(
                "one_vs_all",
                one_vs_all_hinge,
                one_vs_all_hinge_gradient,
                uses_margin=True,
                uses_gaps=False,
                kinks=True,
                degree=1,
            ),
        )
    },
)


def find_loss(loss: LossName | Loss) -> Loss:
    """Return a loss given by name or as itself; an unknown name is a ValueError."""
    if isinstance(loss, Loss):
        return loss
    try:
        return LOSSES[loss]
    except KeyError:
        raise ValueError(f"unknown loss {loss!r}; choose one of {tuple(LOSSES)}") from None
