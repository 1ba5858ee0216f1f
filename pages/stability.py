"""Why does softmax break, and what repairs it? Shifting is not enough: the float32 loss is infinite."""

from lessons.stability import bugs, steps
from ui.page import open_page
from ui.step import Step, lead
from ui.text import N_

lead(
    open_page("stability"),
    (
        Step("burst", N_("Until it bursts"), steps.burst, ("top",), predictions=("limit-float32",)),
        Step("subtract", N_("Subtract the maximum"), steps.subtract, ("minus",)),
        Step(
            "loss",
            N_("Is the loss repaired?"),
            steps.loss,
            was=("check",),
            predictions=("stability-loss",),
        ),
        Step("nans", N_("How many are lost?"), steps.nans, predictions=("stability-nans",), deeper=True),
        Step("table", N_("All intermediate results"), steps.table, was=("interact",), deeper=True),
        Step(
            "shift",
            N_("Choose log C yourself"),
            steps.shift,
            ("dtype", "logc"),
            predictions=("stability-sign",),
        ),
        Step("formats", N_("What each format can hold"), steps.formats, ("f", "dtype")),
        Step("film", N_("Watch them diverge"), steps.film, was=("watch",), deeper=True),
        Step("sure-class", N_("The sure class"), steps.sure_class, ("sure",)),
        Step("bugs", N_("Spot the bug"), bugs.spot_the_bug, ("bug",)),
        Step(
            "computation", N_("The computation, with these numbers"), steps.computation, ("y",), deeper=True
        ),
        Step("code", N_("The code that ran"), steps.code, deeper=True),
    ),
)
