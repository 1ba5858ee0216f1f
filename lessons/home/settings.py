"""The start page: its name in the contents, and what a reader can set there."""

from __future__ import annotations

from ui.lesson import Lesson
from ui.parameters import SCORES_HELP, Text
from ui.text import N_

LESSON = Lesson(
    "home", ":material/home:", N_("Home"), N_("What is a softmax classifier, and how does it work?")
)

PARAMETERS = (Text("play", N_("Scores"), "2, 1, -1", help=SCORES_HELP),)
