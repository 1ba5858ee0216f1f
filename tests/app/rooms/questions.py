"""A question of each kind."""

from __future__ import annotations

from app.rooms.pool import Pool
from app.rooms.question import Choice, Drawing, Number, Question

CHOICE = Question(
    Choice(("It rises", "It falls", "It stays"), ("Because up.", "Because down.", "Because both."), right=2),
    "What becomes of it?",
    "en",
    "scores",
    "scores-constant [1]",
    "scores?step=shift",
)
NUMBER = Question(
    Number(7.389, "It is e².", ((2.0, "That is the difference."), (2.718, "That is one point."))),
    "How many times?",
    "en",
)
DRAWING = Question(
    Drawing(("cat", "dog"), 0.0, 1.0, (0.9, 0.1), 0.1, "cat 0.9 · dog 0.1", "They change places."),
    "Draw it",
    "en",
)
POOL = Question(
    Pool(("cat", "dog", "=owl\u202e"), (-4.0, 4.0), (-2.0, 6.0)),
    "Put down up to five points.",
    "en",
    "train",
    place="train?step=own",
)
JUDGED = (CHOICE, NUMBER, DRAWING)
ALL = (*JUDGED, POOL)
