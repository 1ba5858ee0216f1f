"""What the pictures of a training run are drawn from: the samples, and the plane around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from softmax_core import Data, FieldGrid

Array = NDArray[Any]

RUNS = ("softmax", "SVM")
KINDS: tuple[Literal["probabilities"], Literal["gaps"]] = ("probabilities", "gaps")
ZERO_LINES, PULLS, SATISFIED = SHOWN = ("f=0", "∇", "ok")
CELLS = 60
WIDE = 1.0  # how much wider than high the fields beside each other are
_ROOM = 1.12
_UNLIKE = 2.0


@dataclass(frozen=True, eq=False)
class View:
    """What a reader sees of two runs in lock-step, apart from the step.

    `order` says which run stands left, `chosen` which point is worked out below.
    """

    train: Data
    test: Data | None
    class_names: tuple[str, ...]
    n_steps: int
    order: tuple[int, int] = (0, 1)
    shown: tuple[str, ...] = ()
    log: bool = False
    chosen: int = 0

    @property
    def n_classes(self) -> int:
        return len(self.class_names)

    @cached_property
    def everything(self) -> Data:
        """All samples, those for training first."""
        if self.test is None:
            return self.train
        parts = (self.train, self.test)
        return Data(
            np.concatenate([part.X for part in parts]), np.concatenate([part.labels for part in parts])
        )

    @property
    def n_train(self) -> int:
        return self.train.n_samples

    @cached_property
    def frame(self) -> tuple[float, float, float, float, float]:
        """Centre, half width and half height of the plane, and the half width on a phone."""
        low, high = self.everything.X.min(axis=0), self.everything.X.max(axis=0)
        x, y = (round_place(float(value)) for value in (low + high) / 2)
        half = np.maximum(_ROOM * np.maximum(high - [x, y], [x, y] - low), 0.5)
        if max(half) < _UNLIKE * min(half):
            reach = round_up(float(max(half)))
            return x, y, WIDE * reach, reach, reach
        across, up = (round_up(float(value)) for value in half)
        return x, y, across, up, across

    @property
    def extent(self) -> tuple[float, float, float, float]:
        x, y, across, up, _ = self.frame
        return x - across, x + across, y - up, y + up

    @cached_property
    def grid(self) -> FieldGrid:
        x0, x1, y0, y1 = self.extent
        return FieldGrid(np.linspace(x0, x1, CELLS), np.linspace(y0, y1, CELLS))


def round_up(value: float, steps: Sequence[float] = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)) -> float:
    """The next round number, so that the plane does not twitch when a point moves."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(power * next(step for step in steps if step * power >= value * (1 - 1e-9)))


def round_place(value: float) -> float:
    return round(2 * value) / 2
