"""What each part of the lesson on information computes, to read."""

from __future__ import annotations

from softmax_core import reference
from ui.reference import CLOSE, Reference
from ui.text import N_

BAR = Reference(
    name="bar",
    about=N_("What a wrong estimate costs"),
    functions=(
        reference.smoothed,
        reference.surprisal,
        reference.entropy,
        reference.distribution_cross_entropy,
        reference.kl_divergence,
    ),
    kernels=("softmax_core.information",),
    agreement=N_("The tests hold the two equal to within {error}; log is np.log for nats, np.log2 for bits."),
    within={"error": reference.AGREEMENT},
)
LIKELIHOOD = Reference(
    name="likelihood",
    about=N_("Likelihood: the product and the sum"),
    functions=(
        reference.linear_scores,
        reference.softmax,
        reference.label_losses,
        reference.running_product,
        reference.running_log_likelihood,
    ),
    kernels=("softmax_core.information",),
    agreement=N_(
        "The tests hold the two equal to within {error} of the size of each number, in float32 to within "
        "{single}."
    ),
    within={"error": reference.AGREEMENT, "single": reference.AGREEMENT_IN_FLOAT32},
)
PRIOR = Reference(
    name="prior",
    about=N_("The penalty as a prior"),
    functions=(
        reference.label_losses,
        reference.log_prior,
        reference.log_posterior,
        reference.scaled_objective,
    ),
    kernels=("softmax_core.information", "softmax_core.linear"),
    agreement=CLOSE,
    within={"error": reference.AGREEMENT},
)
SURENESS = Reference(
    name="sureness",
    about=N_("How sure the “probabilities” look"),
    functions=(
        reference.softmax,
        reference.newton,
        reference.entropy,
        reference.calibration_error,
        reference.errors_by_chance,
    ),
    kernels=("softmax_core.information",),
    agreement=CLOSE,
    within={"error": reference.AGREEMENT_AT_AN_OPTIMUM},
)
