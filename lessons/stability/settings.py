"""The lesson on stability: its name in the contents, and what a reader can set there."""

from __future__ import annotations

from softmax_core import DTYPES
from ui.lesson import Lesson
from ui.parameters import MASKED_SCORES_HELP, Choice, Name, Slider, Text
from ui.text import N_
from ui.typed import MAX_SCORE

LESSON = Lesson(
    "stability",
    ":material/shield:",
    N_("Stability"),
    N_("Why does softmax break, and what repairs it?"),
    N_("Shifting is not enough: in float32, −log of a probability that became 0 is still infinite."),
)

PARAMETERS = (
    Text("f", N_("Scores"), "123, 456, 789", help=MASKED_SCORES_HELP, forbids=True),
    Choice("dtype", N_("Number format"), DTYPES, "float64"),
    Slider("logc", N_("Shift, log C"), -MAX_SCORE, MAX_SCORE, 1.0, 0.0),
    Slider("top", N_("Score of class 2"), 0.0, 120.0, 0.5, 3.0),
    Slider("minus", N_("Subtracted from every score"), 0.0, 250.0, 1.0, 0.0),
    Slider("sure", N_("Lead of the sure class"), 1.0, 120.0, 1.0, 35.0),
    Choice("bug", N_("Card"), tuple("12345678"), "1"),
    Name("y", N_("True class")),
)
