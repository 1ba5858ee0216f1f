"""The samples as a run needs them: class by class, checked once, and cut into batches that follow from the
seed."""

from threading import Lock
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from softmax_core._inputs import Array, row_name
from softmax_core.datasets import Data
from softmax_core.training._config import TrainConfig
from softmax_core.training._models import Layout, find_layout


class Batch(NamedTuple):
    """Some samples, n of them.

    inputs (n_inputs + 1, n), the last row is 1; scaled = inputs·c/n, where c is the constant factor of the
    loss's gradient; shares_t is its transpose; one_hot (n_classes, n) is 1 at the label; margins (n_classes,
    n) is Δ, and −∞ at the label; own (n,) is where the labels are in a flat array of scores.
    """

    inputs: Array
    scaled: Array
    shares_t: Array
    one_hot: Array
    margins: Array
    own: Array


class Prepared(NamedTuple):
    """A data set as a run needs it.

    everything is in the format of the run, inputs in float64; limit is the longest gradient that is not yet a
    divergence.
    """

    layout: Layout
    everything: Batch
    inputs: Array
    labels: Array
    limit: float


_DECIDING = ("model", "n_classes", "n_hidden", "loss", "margin", "dtype", "blow_up")
_MAX = 16  # for one data set
_kept: WeakKeyDictionary[Data, dict[tuple[Any, ...], Prepared]] = WeakKeyDictionary()
_turn = Lock()


def prepare(config: TrainConfig, data: Data) -> Prepared:
    """Check that the data fit the settings, and lay them out; the arrays are shared, so nobody writes to
    them, and kept no longer than the data."""
    key = tuple(getattr(config, name) for name in _DECIDING)
    with _turn:
        kept = _kept.setdefault(data, {})
        if key not in kept:
            prepared = _prepared(config, data)
            if len(kept) == _MAX:
                del kept[next(iter(kept))]
            kept[key] = prepared
        return kept[key]


def _prepared(config: TrainConfig, data: Data) -> Prepared:
    layout = find_layout(config, data.X.shape[1])
    if (wrong := data.labels >= config.n_classes).any():
        row = int(np.argmax(wrong))
        name = row_name(row, data.labels.shape)
        raise ValueError(f"{name}: label {data.labels[row]} is not one of {config.n_classes} classes")
    inputs = layout.inputs(data.X)
    with np.errstate(over="ignore", under="ignore"):
        length = float(np.square(inputs).sum() / data.n_samples)
    if not length < np.inf:
        raise ValueError("the features are too large to be squared; scale them down")
    one_hot = np.zeros((config.n_classes, data.n_samples))
    one_hot[data.labels, np.arange(data.n_samples)] = 1.0
    everything = _batch(config, inputs, one_hot, data.labels)
    for array in (*everything, inputs):
        array.flags.writeable = False
    if not np.isfinite(everything.inputs).all():
        raise ValueError(f"the features are too large for {config.dtype}; scale them down")
    return Prepared(layout, everything, inputs, data.labels, config.blow_up * length)


def epoch_batches(config: TrainConfig, prepared: Prepared, epoch: int) -> list[Batch]:
    """Return the batches of one epoch; the last one is smaller where the numbers do not divide.

    Their order is the permutation that `default_rng((seed, epoch))` draws; with full batches nothing is
    drawn.
    """
    everything, n_samples = prepared.everything, len(prepared.labels)
    size = config.batch_size
    if size is None:
        return [everything]
    order = np.random.default_rng((config.seed, epoch)).permutation(n_samples)
    whole = n_samples // size
    cut = whole * size
    batches: list[Batch] = []
    if whole:  # all at once; each batch is stored by itself, so that its numbers are neighbours
        inputs, one_hot, margins = (
            np.ascontiguousarray(
                rows.take(order[:cut], axis=1).reshape(len(rows), whole, size).swapaxes(0, 1)
            )
            for rows in (everything.inputs, everything.one_hot, everything.margins)
        )
        with np.errstate(under="ignore"):
            scaled = inputs * (_factor(config) / size)
        own = prepared.labels[order[:cut]].reshape(whole, size) * size + np.arange(size)
        batches = list(map(Batch, inputs, scaled, scaled.swapaxes(1, 2), one_hot, margins, own))
    if cut < n_samples:
        rest = order[cut:]
        batches.append(
            _batch(config, everything.inputs[:, rest], everything.one_hot[:, rest], prepared.labels[rest])
        )
    return batches


def n_batches(config: TrainConfig, n_samples: int) -> int:
    """Return the number of batches in an epoch."""
    return 1 if config.batch_size is None else -(-n_samples // config.batch_size)


def _batch(config: TrainConfig, inputs: Array, one_hot: Array, labels: Array) -> Batch:
    one_hot, n = np.ascontiguousarray(one_hot, config.dtype), len(labels)
    with np.errstate(over="ignore", under="ignore"):
        inputs = np.ascontiguousarray(inputs, config.dtype)
        scaled = inputs * (_factor(config) / n)
        margins = np.where(one_hot > 0, -np.inf, config.margin).astype(config.dtype)
    return Batch(inputs, scaled, scaled.T, one_hot, margins, labels * n + np.arange(n))


def _factor(config: TrainConfig) -> float:
    """The derivative of max(0, z)² is 2·max(0, z)."""
    return 2.0 if config.loss == "squared_weston_watkins" else 1.0
