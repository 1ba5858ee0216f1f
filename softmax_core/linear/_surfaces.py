"""The objective of a linear classifier over a plane in the space of its weights."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats, as_labels, row_name
from softmax_core._records import Record
from softmax_core.datasets import Data
from softmax_core.linear._objective import as_l2
from softmax_core.linear._params import LinearParams, linear_scores, widened
from softmax_core.linear._tiles import mean_losses
from softmax_core.losses import Loss, LossName
from softmax_core.losses._table import find_loss


@dataclass(frozen=True, slots=True, eq=False)
class WeightSurface(Record):
    """The objective over a grid in a plane, in its parts.

    Attributes:
        a, b: (n_a,) and (n_b,), how far along the first and the second direction.
        data: (n_b, n_a), the mean loss; entry [i, k] is at (a[k], b[i]), as a plot of rows wants it.
        penalty: (n_b, n_a), ½·l2·‖W + a·W₁ + b·W₂‖².
    """

    a: Array
    b: Array
    data: Array
    penalty: Array

    @property
    def total(self) -> Array:
        """(n_b, n_a), data + penalty."""
        return self.data + self.penalty


@np.errstate(all="ignore")
def weight_surface(
    params: LinearParams,
    data: Data,
    loss: LossName | Loss,
    l2: float,
    direction_1: LinearParams,
    direction_2: LinearParams,
    a: ArrayLike,
    b: ArrayLike,
    margin: float = 1.0,
) -> WeightSurface:
    """Compute the objective over a grid in the plane through some parameters that two directions span.

    Args:
        params: the weights and biases at a = b = 0.
        data: the samples and their labels.
        loss: one of `LOSSES`, by name or as itself.
        l2: λ ≥ 0, the strength of the penalty.
        direction_1, direction_2: of the same shape; biases move along with the weights. See
            `weight_directions`, `random_directions` and `path_directions`.
        a, b: (n_a,) and (n_b,), finite, the grid.
        margin: Δ ≥ 0; the cross-entropy leaves it aside.

    Returns:
        A `WeightSurface`, in float64: at each cell what `objective` gives there, up to rounding.

    Raises:
        ValueError: the shapes do not fit, a or b is not finite, scores are not finite, or as `objective`.

    Formula:
        L(W + a·W₁ + b·W₂), with the biases likewise.

    Why so:
        The scores are affine in (a, b), so S₀ + a·S₁ + b·S₂ gives those of all cells in one product of
        matrices. So are the gaps f_j − f_y, of which there is one less. The grid is computed in tiles of a
        fixed size that stay in the processor's cache, with neighbouring cells side by side in memory, so
        that every sum over classes or samples adds up long runs; only the result grows with the grid.

    Source:
        CS231n, "Optimization", visualizing the loss function.

    >>> from softmax_core.linear import weight_directions
    >>> params, data = LinearParams([[0.0, 0.0]], [0.0, 0.0]), Data([[1.0], [2.0]], [0, 0])
    >>> first, second = weight_directions((1, 2), (0, 0), (0, 1))
    >>> surface = weight_surface(params, data, "weston_watkins", 1.0, first, second, [0, 1], [0, 1])
    >>> surface.data.tolist(), surface.penalty.tolist()
    ([[1.0, 0.0], [2.5, 1.0]], [[0.0, 0.5], [0.5, 1.0]])
    """
    along_a, along_b = _axis(a, "a"), _axis(b, "b")
    return loss_plane(params, data, loss, l2, direction_1, direction_2, margin).over(along_a, along_b)


@dataclass(frozen=True, slots=True, eq=False)
class LossPlane:
    """What it takes to compute the objective anywhere in a plane: coefficients of (1, a, b).

    Attributes:
        loss: by which is judged.
        slopes: (rivals, n_samples, 3), in what it judges.
        gram: (3, 3), of the quadratic form that is the penalty.
    """

    loss: Loss
    slopes: Array
    gram: Array

    @np.errstate(over="ignore", under="ignore")
    def over(self, a: Array, b: Array) -> WeightSurface:
        """The objective over a grid."""
        return WeightSurface(a, b, mean_losses(self.slopes, self.loss, a, b), _quadratic(self.gram, a, b))


def loss_plane(
    params: LinearParams,
    data: Data,
    loss: LossName | Loss,
    l2: float,
    direction_1: LinearParams,
    direction_2: LinearParams,
    margin: float,
) -> LossPlane:
    """The plane of a `weight_surface`."""
    chosen = find_loss(loss)
    l2 = as_l2(l2)
    if not 0 <= margin < np.inf:
        raise ValueError(f"the margin must be finite and not negative, not {margin}")
    plane = [widened(part) for part in (params, direction_1, direction_2)]
    if len({part.W.shape for part in plane}) != 1:
        raise ValueError(f"the directions need W of shape {params.W.shape}, as the parameters have")
    with np.errstate(over="ignore", under="ignore"):
        slopes = _slopes(plane, data, chosen, margin)
        gram = 0.5 * l2 * np.array([[np.vdot(one.W, other.W) for other in plane] for one in plane])
    return LossPlane(chosen, slopes, gram)


def _slopes(plane: list[LinearParams], data: Data, loss: Loss, margin: float) -> Array:
    """What the loss judges, as coefficients of (1, a, b): shape (rivals, n_samples, 3).

    It judges the gaps f_j − f_y of the rivals; for "one_vs_all" each score, with the label's sign turned. The
    margin, if there is one, is added.
    """
    scores = np.stack([linear_scores(part, data.X) for part in plane])  # (3, n_samples, n_classes)
    finite = np.isfinite(scores).all(axis=(0, 2))
    if not finite.all():
        raise ValueError(f"{row_name(int(np.argmin(finite)), finite.shape)}: a score is not finite")
    index = as_labels(data.labels, scores[0])
    own = np.arange(len(index)), index
    if loss.uses_gaps:
        rivals = np.arange(scores.shape[2] - 1)
        others = rivals + (rivals >= index[:, None])  # (n_samples, n_classes - 1): every class but the label
        slopes = np.take_along_axis(scores, others[None], axis=2) - scores[:, *own][:, :, None]
    else:
        slopes = scores
        slopes[:, *own] *= -1
    if loss.uses_margin:
        slopes[0] += margin
    return np.ascontiguousarray(slopes.transpose(2, 1, 0))


def _quadratic(gram: Array, a: Array, b: Array) -> Array:
    """v·gram·v for v = (1, a, b) in each cell of the grid; no rounding takes it below 0."""
    by_column = gram[0, 0] + 2.0 * gram[0, 1] * a + gram[1, 1] * a**2
    by_row = 2.0 * gram[0, 2] * b + gram[2, 2] * b**2
    form: Array = np.multiply.outer(2.0 * gram[1, 2] * b, a)
    form += by_column
    form += by_row[:, None]
    return np.maximum(form, 0.0, out=form)


def _axis(values: ArrayLike, name: str) -> Array:
    axis = as_floats(values, name).astype(np.float64)
    if axis.ndim != 1 or not np.isfinite(axis).all():
        raise ValueError(f"{name} must be one row of finite numbers")
    return axis
