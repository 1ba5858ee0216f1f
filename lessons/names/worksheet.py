"""Worksheet of the lesson on names."""

from __future__ import annotations

import numpy as np

from lessons.names.model import TERMS, WRONG_NAME, names_of
from ui.sheet import Question
from ui.text import Language

_ASKED = 8
_ALSO = {"log loss": "cross-entropy loss", "score": "logit"}  # one number; one thing in deep learning


def questions(t: Language, rng: np.random.Generator) -> list[Question]:
    known = [key for key in TERMS if key != WRONG_NAME]  # its formula is the cross-entropy loss
    keys = [known[index] for index in rng.choice(len(known), min(_ASKED, len(known)), replace=False)]
    return [
        Question(t("What is the name of this? {formula}", formula=TERMS[key].in_words), _answer(t, key), 2)
        for key in keys
    ]


def _answer(t: Language, key: str) -> str:
    names = names_of(t)
    return t("{name}, or {other}", name=names[key], other=names[_ALSO[key]]) if key in _ALSO else names[key]
