"""Are the notes' own numbers right? Some are not."""

from lessons.notes import steps
from ui.page import open_page
from ui.step import Step, lead
from ui.text import N_

lead(
    open_page("notes"),
    (
        Step("which", N_("Which of these is wrong?"), steps.which, predictions=("notes-which",)),
        Step(
            "bias",
            N_("A bias left out"),
            steps.bias,
            was=("check",),
            predictions=("notes-bias",),
            deeper=True,
        ),
        Step("rows", N_("Row by row"), steps.rows, ("row",)),
        Step("table", N_("Every row, computed again"), steps.table, deeper=True),
        Step("spiral", N_("A run that cannot be checked digit by digit"), steps.spiral, deeper=True),
        Step("sentences", N_("Sentences that are not quite right"), steps.sentences),
        Step(
            "penalties",
            N_("Two penalties under one name"),
            steps.two_penalties,
            ("plain", "halved"),
            predictions=("notes-lambda",),
        ),
        Step("slopes", N_("Their derivatives"), steps.slopes, predictions=("notes-slope",), deeper=True),
        Step("index", N_("What the study note says, and where it is taught"), steps.index),
        Step("code", N_("The code that ran"), steps.code, deeper=True),
    ),
)
