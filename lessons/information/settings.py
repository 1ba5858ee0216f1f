"""The lesson on information: its name in the contents, and what a reader can set there."""

from __future__ import annotations

from ui.lesson import Lesson
from ui.parameters import Choice, Ladder, Slider, Text
from ui.text import N_

_ONE_STORY = N_(
    "Likelihood, code length and penalty are one story; λN against the data decides how sure it looks."
)

L2_LADDER = (
    "0.00001", "0.00002", "0.00005", "0.0001", "0.0002", "0.0005", "0.001", "0.002", "0.005", "0.01",
    "0.02", "0.05", "0.1", "0.2", "0.5", "1", "2", "5", "10",
)  # fmt: skip
_SHARES_HELP = N_("Two to ten probabilities, separated by commas; they are divided by their sum.")

LESSON = Lesson(
    "information",
    ":material/insights:",
    N_("Information"),
    N_("What does −log p measure?"),
    _ONE_STORY,
)

HALVES = {"p": "0.5, 0.25, 0.125, 0.125", "q": "0.125, 0.5, 0.25, 0.125"}

PARAMETERS = (
    Slider("coin", N_("The probability q you gave it"), 0.01, 1.0, 0.01, 0.5),
    Text("p", N_("Truth p"), HALVES["p"], help=_SHARES_HELP),
    Text("q", N_("Estimate q"), HALVES["q"], help=_SHARES_HELP),
    Slider("eps", N_("Smooth p: ε"), 0.0, 1.0, 0.05, 0.0),
    Choice("unit", N_("Unit"), ("nat", "bit"), "bit"),
    Ladder("many", N_("Labels multiplied"), ("10", "30", "100", "300", "1000", "3000", "10000"), "1000"),
    Ladder("lambda", N_("Penalty λ"), L2_LADDER, "0.01", was=("sl2", "pl2")),
    Ladder("samples", N_("Number of samples N"), ("30", "100", "300", "1000"), "30", was=("sn", "pn")),
)
