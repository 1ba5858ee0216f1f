"""From a block of scores, (classes, rows), to cross-entropies and their gradients."""

import numpy as np

from softmax_core._inputs import Array
from softmax_core._probs import exps_of_rows
from softmax_core._shifted_exps import ShiftedExps, difference, exps_below_top, sum_below_top, sum_classes


def label_losses(block: Array, top: Array, labels: Array) -> Array:
    """Compute log1p(rest) + (m − f_y), one number a row."""
    rest = sum_below_top(exps_below_top(block, top), block.dtype == np.float64)
    shifted, lost = difference(block[labels, np.arange(len(labels))], top)
    losses: Array = np.log1p(rest) - lost - shifted
    return losses


def write_label_pulls(block: Array, top: Array, labels: Array, out: Array) -> None:
    """Write p_j, and at the label −Σ_{k ≠ y} p_k."""
    exps = exps_of_rows(block, top)
    own = labels, np.arange(len(labels))
    label_exp = exps[own]
    exps[own] = 0.0
    others = sum_classes(exps, block.dtype == np.float64)
    exps[own] = -others
    np.divide(exps, others + label_exp, out=out, casting="same_kind")


def target_losses(block: Array, part: ShiftedExps, mass: Array) -> Array:
    """Compute −Σ t_j log p_j, one number a row, where a class without mass adds 0."""
    losses = np.log1p(sum_below_top(part.exps)) - part.lost - part.shifted
    terms = np.where(mass > 0, mass * losses, 0.0)
    if np.isposinf(terms.max(initial=0.0)):  # m − f_j may be beyond the format's range, and t_j of it not
        terms = np.where(np.isposinf(terms), 2.0 * (mass * (0.5 * part.top - 0.5 * block)), terms)
    if terms.max(initial=0.0) < 1e280:
        return sum_classes(terms)
    scale = np.where(
        terms.max(axis=0) < 1e280, 1.0, 2.0**-100
    )  # the sum must stay far from the largest number
    total: Array = sum_classes(np.where(np.isinf(terms), 0.0, terms) * scale) / scale
    return np.where(np.isinf(terms).any(axis=0), np.inf, total)


def target_pulls(exps: Array, mass: Array) -> Array:
    """Compute p_j·Σ_{k ≠ j} t_k − t_j·Σ_{k ≠ j} p_k from exponentials relative to the top score."""
    rest = sum_below_top(exps)
    probs = exps / (1.0 + rest)
    other_probs = np.where(probs > 0.5, rest / (1.0 + rest), 1.0 - probs)
    other_mass = sum_classes(mass) - mass
    pulls: Array = probs * other_mass - mass * other_probs
    return pulls
