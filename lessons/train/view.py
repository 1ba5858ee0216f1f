"""What the pictures of a training run are drawn from: the samples, and the plane around them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from lessons.train.pictures import plane
from lessons.train.pictures.plane import Frame
from softmax_core import Data
from softmax_core.training import FieldGrid
from ui.charts.picture import Translate

Array = NDArray[Any]

KINDS: tuple[Literal["probabilities"], Literal["gaps"]] = ("probabilities", "gaps")
ZERO_LINES, PULLS, SATISFIED = SHOWN = ("f=0", "∇", "ok")
CELLS = 60


@dataclass(frozen=True, eq=False)
class View:
    """What a reader sees of two runs in lock-step, apart from the step.

    `order` says which run stands left, `chosen` which point is framed, if any; the plane is
    fitted to the samples unless it is `kept`.
    """

    train: Data
    test: Data | None
    class_names: tuple[str, ...]
    n_steps: int
    order: tuple[int, int] = (0, 1)
    shown: tuple[str, ...] = ()
    log: bool = False
    chosen: int | None = 0
    kept: Frame | None = None

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
    def frame(self) -> Frame:
        """Centre, half width and half height of the plane, and the half width on a phone."""
        return self.kept or plane.fitted(self.everything.X)

    @property
    def extent(self) -> tuple[float, float, float, float]:
        return plane.extent(self.frame)

    @cached_property
    def grid(self) -> FieldGrid:
        x0, x1, y0, y1 = self.extent
        return FieldGrid(np.linspace(x0, x1, CELLS), np.linspace(y0, y1, CELLS))


def run_names(t: Translate) -> tuple[str, str]:
    """What a reader calls the two runs."""
    return t("softmax"), "SVM"
