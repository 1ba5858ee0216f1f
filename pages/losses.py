"""What do hinge and cross-entropy each want? The hinge stops caring; cross-entropy never does."""

from lessons.losses import further, steps
from ui.page import open_page
from ui.step import Step, lead
from ui.text import N_

lead(
    open_page("losses"),
    (
        Step(
            "judges",
            N_("Two judges, one example"),
            steps.judges,
            was=("explain",),
            predictions=("losses-content",),
        ),
        Step(
            "pull",
            N_("Pulled step by step"),
            steps.pulling,
            ("pulls",),
            predictions=("losses-pull",),
        ),
        Step(
            "interact",
            N_("Any scores before both"),
            steps.any_scores,
            ("s", "target", "margin"),
        ),
        Step("compute", N_("The computation, number by number"), further.compute, deeper=True),
        Step("code", N_("The code that ran"), further.code, deeper=True),
        Step(
            "more",
            N_("Other predictions"),
            further.more,
            was=("check",),
            predictions=("losses-doubling", "losses-chance"),
            deeper=True,
        ),
        Step(
            "slices",
            N_("The loss along one gap"),
            steps.one_gap,
            ("kink",),
            predictions=("losses-gap",),
        ),
        Step("surfaces", N_("The losses as landscapes"), steps.two_gaps, ("gaps", "view", "ga", "gb")),
        Step(
            "landscapes",
            N_("Margin, temperature, difference"),
            steps.landscapes,
            ("which", "lead", "heat"),
            deeper=True,
        ),
        Step(
            "gradient",
            N_("The gradient: p, less 1 at the true class"),
            steps.gradient,
            ("raised",),
            predictions=("losses-raised",),
        ),
        Step(
            "weights",
            N_("The landscape of the weights"),
            further.of_weights,
            ("plane", "l2", "width"),
            deeper=True,
        ),
        Step("valley", N_("Why there is one valley"), further.one_valley, deeper=True),
        Step("scale", N_("Not to be compared"), steps.units, predictions=("losses-ruler",)),
        Step("trade-off", N_("One trade-off: Δ and λ"), further.trade_off, ("c", "tl2"), deeper=True),
        Step("now-you", N_("Now you"), steps.now_you),
    ),
)
