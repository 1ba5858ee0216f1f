"""What does −log p measure? Likelihood, ideal code length and penalty are one story, and λN against the data
decides how sure the "probabilities" look."""

from lessons.information import steps
from ui.page import open_page
from ui.step import Step, lead
from ui.text import N_

lead(
    open_page("information"),
    (
        Step(
            "surprise",
            N_("How surprised?"),
            steps.surprise,
            ("coin",),
            predictions=("information-coin",),
        ),
        Step("codes", N_("Code lengths as areas"), steps.lengths),
        Step("parts", N_("What a wrong estimate costs"), steps.parts, ("p", "q", "eps", "unit")),
        Step("exchange", N_("p and q exchanged"), steps.exchange, predictions=("information-exchange",)),
        Step("typed", N_("Typed, with every term"), steps.typed, deeper=True),
        Step(
            "likelihood",
            N_("Likelihood: the product and the sum"),
            steps.product,
            ("many",),
            predictions=("information-underflow",),
        ),
        Step("products", N_("Both products in numbers"), steps.products, deeper=True),
        Step(
            "prior",
            N_("The penalty as a prior"),
            steps.prior_of_weights,
            ("lambda", "samples", "pl2", "pn"),
            predictions=("information-narrow",),
        ),
        Step("posterior", N_("Why λN is the precision"), steps.posterior, deeper=True),
        Step(
            "sureness",
            N_("How sure the “probabilities” look"),
            steps.sureness,
            predictions=("information-strong",),
        ),
        Step("halving", N_("All weights halved"), steps.halves, deeper=True),
        Step("calibration", N_("Is it as often right as it is sure?"), steps.calibration, ("sl2", "sn")),
        Step("code", N_("The code that ran"), steps.code, deeper=True),
    ),
)
