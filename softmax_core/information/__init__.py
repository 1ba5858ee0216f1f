"""What probabilities say: surprise, entropy and divergence, the likelihood of data and a prior on weights,
calibration, and how sure a classifier is at its optimum."""

from softmax_core._distributions import Unit
from softmax_core.information._calibration import (
    CalibrationCheck,
    ReliabilityBin,
    check_calibration,
    expected_calibration_error,
    reliability_bins,
)
from softmax_core.information._from_logits import entropy_from_logits, kl_from_logits
from softmax_core.information._l2_sweep import SoftmaxFit, Sureness, fit_over_l2, sureness_over_l2
from softmax_core.information._likelihood import (
    Posterior,
    RunningLikelihood,
    gaussian_log_prior,
    likelihood_product,
    log_likelihood,
    log_posterior,
    prior_variance,
    running_likelihood,
)
from softmax_core.information._measures import (
    distribution_cross_entropy,
    entropy,
    kl_divergence,
    moved_probability,
    perplexity,
    smoothed_distribution,
    smoothed_labels,
    surprisal,
)
from softmax_core.information._simplex import CORNERS, simplex_point, temperature_path, whole_temperature_path

__all__ = [
    "CORNERS",
    "CalibrationCheck",
    "Posterior",
    "ReliabilityBin",
    "RunningLikelihood",
    "SoftmaxFit",
    "Sureness",
    "Unit",
    "check_calibration",
    "distribution_cross_entropy",
    "entropy",
    "entropy_from_logits",
    "expected_calibration_error",
    "fit_over_l2",
    "gaussian_log_prior",
    "kl_divergence",
    "kl_from_logits",
    "likelihood_product",
    "log_likelihood",
    "log_posterior",
    "moved_probability",
    "perplexity",
    "prior_variance",
    "reliability_bins",
    "running_likelihood",
    "simplex_point",
    "smoothed_distribution",
    "smoothed_labels",
    "sureness_over_l2",
    "surprisal",
    "temperature_path",
    "whole_temperature_path",
]
