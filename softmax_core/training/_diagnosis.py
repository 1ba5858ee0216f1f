"""Naming the first quantity that went wrong in a step."""

from collections.abc import Iterator

import numpy as np

from softmax_core._inputs import Array
from softmax_core.training._batches import Batch
from softmax_core.training._config import TrainConfig
from softmax_core.training._judge import sample_losses
from softmax_core.training._models import Layout
from softmax_core.training._state import BadQuantity, Divergence


def find_divergence(
    config: TrainConfig, layout: Layout, theta: Array, batch: Batch, g: Array, limit: float, step: int
) -> Divergence:
    """Go through a step once more, in the order of computation, and name the first entry that is not finite.

    If all are finite, the gradient g has run away past the limit.
    """
    largest = float(np.abs(theta).max())
    for quantity, name, values in _quantities(config, layout, theta, batch, g):
        bad = ~np.isfinite(values)
        if bad.any():
            place = np.unravel_index(int(np.argmax(bad)), values.shape)
            index, value = tuple(int(i) for i in place), float(values[place])
            return Divergence(
                step=step,
                quantity=quantity,
                kind="invalid" if np.isnan(value) else "overflow",
                name=name,
                index=index,
                value=value,
                limit=float(np.finfo(theta.dtype).max),
                largest_parameter=largest,
            )
    wide = g.astype(np.float64)
    length = float(np.linalg.norm(wide / np.abs(wide).max()) * np.abs(wide).max())
    return Divergence(step, "gradient", "runaway", None, (), length, limit, largest)


def _quantities(
    config: TrainConfig, layout: Layout, theta: Array, batch: Batch, g: Array
) -> Iterator[tuple[BadQuantity, str | None, Array]]:
    for name, values in layout.params(theta).items():
        yield "parameters", name, values
    if layout.model == "hidden":
        yield "hidden", None, (layout.hidden_blocks(theta).hidden.T @ batch.inputs).T
    scores = layout.scores(theta, batch.inputs)
    yield "scores", None, scores.T
    yield "losses", None, sample_losses(config, scores.astype(np.float64), batch.one_hot.argmax(axis=0))
    for name, values in layout.params(g).items():
        yield "gradient", name, values
