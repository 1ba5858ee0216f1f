"""The lesson on names: its name in the contents, and what a reader can set there."""

from __future__ import annotations

from lessons.names.model import TERMS
from lessons.names.quiz import COUNT
from ui.lesson import Lesson
from ui.parameters import Choice, Whole
from ui.text import N_

LESSON = Lesson(
    "names",
    ":material/label:",
    N_("Names"),
    N_("Which name belongs to what?"),
    N_("“Softmax loss” is, strictly, a wrong name."),
)

PARAMETERS = (
    Choice("term", N_("Name (in English)"), tuple(TERMS), "softmax loss"),
    Whole("quiz", N_("Number of the question"), 1, COUNT, 1),
)
