"""How does a classifier learn, step by step? Same data, same steps, two losses, two boundaries; and one
step too large, and it is gone."""

from lessons.train.settings import EXPERIMENT
from lessons.train.steps import laboratory, one, race, rates, spiral
from ui.page import open_page
from ui.step import Step, lead
from ui.text import N_

lead(
    open_page("train"),
    (
        Step("play", N_("Two losses, two boundaries"), race.play),
        Step("ten", N_("Ten times the step size"), rates.ten_times, ("eta",), ("check",), ("train-ten",)),
        Step("valley", N_("Too small, good, too large"), rates.valley, was=("explain",), deeper=True),
        Step("one", N_("One step, number by number"), one.one_step),
        Step(
            "untrained",
            N_("Before the first step"),
            one.untrained,
            predictions=("train-untrained",),
            deeper=True,
        ),
        Step("stops", N_("Who stops caring?"), race.stops, predictions=("train-growth",)),
        Step("own", N_("Your own points"), laboratory.own, was=("points",)),
        Step(
            "laboratory",
            N_("The laboratory"),
            laboratory.laboratory,
            EXPERIMENT,
            ("watch",),
            deeper=True,
        ),
        Step("numbers", N_("All numbers of your run"), laboratory.numbers, was=("compute",), deeper=True),
        Step("worked-point", N_("One point on its way"), laboratory.point, deeper=True),
        Step("path", N_("The way on the loss surface"), laboratory.way, deeper=True),
        Step("pinned", N_("Pinned runs"), laboratory.pinned, deeper=True),
        Step("take-away", N_("Take it away"), laboratory.take_away, deeper=True),
        Step("code", N_("The code that ran"), laboratory.code, deeper=True),
        Step("spiral", N_("A spiral, and a hidden layer"), spiral.spiral, ("layers",)),
        Step("missions", N_("Missions"), laboratory.challenges),
    ),
)
