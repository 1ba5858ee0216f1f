"""Printable worksheets: questions and answers made by the core's functions, from a seed.

A lesson joins by a function `questions(t, rng)` in a module of its own and a line in `MAKERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from ui.text import Language
from ui.worksheets import information, losses, names, notes, scores, stability, train
from ui.worksheets.sheet import Question

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
