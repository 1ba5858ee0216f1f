"""The registry of pages: navigation, home page, tests and README are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ui.text import N_

PAGES_FOLDER = Path(__file__).parent.parent / "pages"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One page: its address, its icon, its name and the question it answers."""

    slug: str
    icon: str
    title: str
    question: str
    surprise: str = ""

    @property
    def file(self) -> Path:
        return PAGES_FOLDER / f"{self.slug}.py"

    @property
    def path(self) -> str:
        """The page's path in the address; the home page has the bare one."""
        return "" if self is HOME else self.slug


HOME = Lesson(
    "home", ":material/home:", N_("Home"), N_("What is a softmax classifier, and how does it work?")
)

ONE_STORY = N_(
    "Likelihood, code length and penalty are one story; λN against the data decides how sure it looks."
)

LESSONS = (
    Lesson(
        "scores",
        ":material/bar_chart:",
        N_("Scores"),
        N_("How do scores become probabilities?"),
        N_("Only differences count; and with two classes it is the sigmoid."),
    ),
    Lesson(
        "stability",
        ":material/shield:",
        N_("Stability"),
        N_("Why does softmax break, and what repairs it?"),
        N_("Shifting is not enough: in float32, −log of a share that became 0 is still infinite."),
    ),
    Lesson(
        "losses",
        ":material/balance:",
        N_("Losses"),
        N_("What do hinge and cross-entropy each want?"),
        N_("The hinge stops caring; cross-entropy never does."),
    ),
    Lesson(
        "train",
        ":material/model_training:",
        N_("Training"),
        N_("How does a classifier learn, step by step?"),
        N_("Same data, same steps, two losses, two boundaries; with too large a step all can be lost."),
    ),
    Lesson(
        "information",
        ":material/insights:",
        N_("Information"),
        N_("What does −log p measure?"),
        ONE_STORY,
    ),
    Lesson(
        "names",
        ":material/label:",
        N_("Names"),
        N_("Which name belongs to what?"),
        N_("“Softmax loss” is, strictly, a wrong name."),
    ),
    Lesson(
        "notes",
        ":material/fact_check:",
        N_("Notes"),
        N_("Are the notes’ own numbers right?"),
        N_("Some are not."),
    ),
)

PAGES = (HOME, *LESSONS)
