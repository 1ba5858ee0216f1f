"""The lesson on the notes: its name in the contents, and what a reader can set there."""

from __future__ import annotations

from softmax_core.notes import GOLD
from ui.lesson import Lesson
from ui.parameters import Slider, Whole
from ui.text import N_

LESSON = Lesson(
    "notes",
    ":material/fact_check:",
    N_("Notes"),
    N_("Are the notes’ own numbers right?"),
    N_("Some are not."),
)

PARAMETERS = (
    Whole("row", N_("Number of the row"), 1, len(GOLD), 1),
    Slider("plain", N_("λ of the penalty λΣW²"), 0.01, 0.5, 0.01, 0.1),
    Slider("halved", N_("λ of the penalty ½λΣW²"), 0.0, 1.0, 0.01, 0.1),
)
