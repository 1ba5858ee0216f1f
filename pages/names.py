"""Which name belongs to what? "Softmax loss" is, strictly, a wrong name."""

from lessons.names import steps
from lessons.names.quiz import COUNT
from ui.page import open_page
from ui.step import Step, lead
from ui.text import N_

lead(
    open_page("names"),
    (
        Step("map", N_("A map of eleven names"), steps.the_map, ("term",)),
        Step("example", N_("One example, every name"), steps.example, was=("compute",), deeper=True),
        Step("libraries", N_("What libraries call it"), steps.in_libraries, deeper=True),
        Step(
            "cards",
            N_("Ten questions"),
            steps.quiz,
            ("quiz",),
            ("check",),
            tuple(steps.question_key(number) for number in range(1, COUNT + 1)),
        ),
        Step(
            "neighbours",
            N_("Two neighbours: logistic regression and SVM"),
            steps.neighbours,
            was=("two-classes",),
        ),
        Step("code", N_("The code that ran"), steps.code, deeper=True),
    ),
)
