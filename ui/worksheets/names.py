"""Worksheet of the lesson on names."""

from __future__ import annotations

import numpy as np

from charts.names.terms import TERMS, names_of
from ui.text import Language
from ui.worksheets.sheet import Question

_ASKED = 8
_AMBIGUOUS = {"softmax loss"}  # its formula is that of the cross-entropy loss too


def questions(t: Language, rng: np.random.Generator) -> list[Question]:
    names = names_of(t)
    known = [key for key in TERMS if key not in _AMBIGUOUS]
    keys = [known[index] for index in rng.choice(len(known), min(_ASKED, len(known)), replace=False)]
    return [
        Question(t("What is the name of this? {formula}", formula=TERMS[key].in_words), names[key], 2)
        for key in keys
    ]
