"""The start page: its name in the contents, and what a reader can set there."""

from __future__ import annotations

from ui.lesson import Lesson
from ui.parameters import SCORES_HELP, Slider, Text
from ui.text import N_

LESSON = Lesson(
    "home", ":material/home:", N_("Home"), N_("What is a softmax classifier, and how does it work?")
)

PARAMETERS = (
    Text("play", N_("Scores"), "2, 1, -1", help=SCORES_HELP),
    Slider("all", N_("Raise all scores"), -5.0, 5.0, 0.1, 0.0),
)
