"""Printable worksheets: questions and answers made by the core's functions, from a seed.

A lesson joins by a function `questions(t, rng)` in a module of its own and a line in `MAKERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from lessons.information import worksheet as information
from lessons.losses import worksheet as losses
from lessons.names import worksheet as names
from lessons.notes import worksheet as notes
from lessons.scores import worksheet as scores
from lessons.stability import worksheet as stability
from lessons.train import worksheet as train
from ui.sheet import Question
from ui.text import Language

Maker = Callable[[Language, np.random.Generator], Sequence[Question]]

MAKERS: Mapping[str, Maker] = {
    "scores": scores.questions,
    "stability": stability.questions,
    "losses": losses.questions,
    "train": train.questions,
    "information": information.questions,
    "names": names.questions,
    "notes": notes.questions,
}
