"""How do scores become probabilities? Only differences count; and with two classes it is the sigmoid."""

from lessons.scores import steps
from ui.page import open_page
from ui.step import Step, lead
from ui.text import N_

lead(
    open_page("scores"),
    (
        Step(
            "shift",
            N_("Add 100 to every score"),
            steps.shift,
            ("constant",),
            predictions=("scores-constant",),
        ),
        Step(
            "softmax",
            N_("From scores to probabilities"),
            steps.probabilities,
            ("scores", "names", "focus"),
            ("explain", "interact"),
        ),
        Step(
            "sharpness",
            N_("Sharper or flatter"),
            steps.temperature,
            ("temperature",),
            predictions=("scores-doubling",),
        ),
        Step("temperatures", N_("Every temperature at once"), steps.every_temperature, deeper=True),
        Step(
            "more",
            N_("One point more"),
            steps.more,
            was=("check",),
            predictions=("scores-raise", "scores-lead"),
            deeper=True,
        ),
        Step("signs", N_("Other signs"), steps.other_signs, predictions=("scores-sketch",), deeper=True),
        Step("two", N_("Two classes: the sigmoid"), steps.two_classes, ("ahead",)),
        Step("three", N_("Three classes: the triangle"), steps.three_classes),
        Step("loss", N_("The loss to come"), steps.loss, ("truth",), ("loss",)),
        Step("now-you", N_("Now you"), steps.now_you),
        Step("numbers", N_("The same with all numbers"), steps.numbers, was=("compute",), deeper=True),
        Step("code", N_("The code that ran"), steps.code, deeper=True),
    ),
)
