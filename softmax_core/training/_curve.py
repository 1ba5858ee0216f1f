"""The figures of a run at an even choice of its steps, few enough to be drawn and kept."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from softmax_core._inputs import Array
from softmax_core._records import Record
from softmax_core.datasets import Data
from softmax_core.training._config import TrainConfig
from softmax_core.training._judge import Score, scores_of
from softmax_core.training._state import TrainState

CURVE_POINTS = 512  # at most so many points on a curve, and at least half of them once there were so many

COLUMNS = ("step", "data_loss", "penalty", "accuracy", "gradient_norm", "test_loss", "test_accuracy")


@dataclass(frozen=True, slots=True, eq=False)
class Curve(Record):
    """How a run went, at an even choice of its steps; all arrays are (n_points,).

    Attributes:
        step: ascending; the step at which a branch begins stands twice, before and after the change.
        data_loss, penalty, total: the objective over the training samples, in its parts.
        accuracy: on the training samples.
        gradient_norm: the length of the gradient.
        test_loss, test_accuracy: on the test samples; NaN without any.
    """

    step: Array
    data_loss: Array
    penalty: Array
    total: Array
    accuracy: Array
    gradient_norm: Array
    test_loss: Array
    test_accuracy: Array

    def until(self, step: int) -> "Curve":
        """Return the points up to a step."""
        kept = self.step <= step
        return Curve(*(getattr(self, column.name)[kept] for column in fields(self)))


def curve_of(rows: Array) -> Curve:
    """Return rows of figures, in the order of `COLUMNS`, as a curve."""
    columns = dict(zip(COLUMNS, rows.T, strict=True))
    steps = columns.pop("step").astype(np.intp)
    return Curve(step=steps, total=columns["data_loss"] + columns["penalty"], **columns)


def row_of(state: TrainState, config: TrainConfig, test: Data | None) -> Array:
    """Return the figures of a state, in the order of `COLUMNS`."""
    row: Array = rows_of([state], config, test)[0]
    return row


def rows_of(states: Sequence[TrainState], config: TrainConfig, test: Data | None) -> Array:
    """Return the figures of some states (n_states, 7), in the order of `COLUMNS`."""
    nothing = Score(np.nan, np.nan)
    scores = [nothing] * len(states) if test is None else scores_of(states, config, test)
    rows = np.empty((len(states), len(COLUMNS)))
    with np.errstate(all="ignore"):
        for row, state, score in zip(rows, states, scores, strict=True):
            own = state.step, state.data_loss, state.penalty, state.accuracy, state.gradient_norm
            row[:] = *own, score.data_loss, score.accuracy
    return rows


def stride_at(step: int, points: int) -> int:
    """The smallest power of two of which at most so many multiples lie below a step."""
    stride = 1
    while step > points * stride:
        stride *= 2
    return stride
