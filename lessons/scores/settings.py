"""The lesson on scores: its name in the contents, and what a reader can set there."""

from __future__ import annotations

from ui.lesson import Lesson
from ui.parameters import MASKED_SCORES_HELP, Name, Slider, Text
from ui.text import N_

LESSON = Lesson(
    "scores",
    ":material/bar_chart:",
    N_("Scores"),
    N_("How do scores become probabilities?"),
    N_("Only differences count; and with two classes it is the sigmoid."),
)

PARAMETERS = (
    Text("scores", N_("Scores"), "-2.85, 0.86, 0.28", help=MASKED_SCORES_HELP, forbids=True),
    Text(
        "names",
        N_("Class names"),
        "cat, dog, ship",
        help=N_(
            "Separated by commas; a name that holds one stands in quotes. A missing name becomes a letter."
        ),
        holds="names",
    ),
    Slider("constant", N_("Add a constant to every score"), -100.0, 100.0, 0.5, 0.0),
    Slider("temperature", N_("Temperature"), 0.1, 10.0, 0.1, 1.0),
    Slider("ahead", N_("Score of the first minus score of the second"), -10.0, 10.0, 0.1, 2.0),
    Name("focus", N_("Highlight a class")),
    Name("truth", N_("True class")),
)
