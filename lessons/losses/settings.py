"""The lesson on losses: its name in the contents, and what a reader can set there."""

from __future__ import annotations

from ui.lesson import Lesson
from ui.parameters import SCORES_HELP, Choice, Name, Slider, Text
from ui.text import N_

LESSON = Lesson(
    "losses",
    ":material/balance:",
    N_("Losses"),
    N_("What do hinge and cross-entropy each want?"),
    N_("The hinge stops caring; cross-entropy never does."),
)

PARAMETERS = (
    Text("s", N_("Scores"), "-2.85, 0.86, 0.28", help=SCORES_HELP),
    Slider("margin", N_("Margin Δ"), 0.0, 20.0, 0.1, 1.0, was=("kink", "lead", "width")),
    Slider("pulls", N_("Steps taken"), 0.0, 30.0, 1.0, 0.0),
    Choice("which", N_("Loss: H hinge, CE cross-entropy"), ("H,CE", "H", "CE", "CE-H"), "H,CE"),
    Choice("gaps", N_("View of the gaps"), ("3D", "2D"), "3D", was=("view",)),
    Slider("heat", N_("Temperature"), 0.5, 4.0, 0.1, 1.0),
    Slider("ga", N_("Your point: gap a"), -6.0, 6.0, 0.01, -3.13),
    Slider("gb", N_("Your point: gap b"), -6.0, 6.0, 0.01, 0.58),
    Slider("l2", N_("Penalty λ"), 0.0, 1.0, 0.01, 0.1, was=("tl2",)),
    Choice("plane", N_("View of the weights"), ("3D", "2D"), "2D"),
    Slider("c", N_("Scale c"), 0.1, 10.0, 0.1, 2.0),
    Name("target", N_("True class y")),
    Name("raised", N_("Score to raise")),
)
