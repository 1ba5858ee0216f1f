"""The mathematics of the softmax classifier in NumPy: accurate, fast, and written to be read.

What another project would import stands here; everything else stands in the chapters:

- `functions`: softmax, its logarithm and their products with a vector;
- `losses`: what scores cost, and the gradients;
- `numerics`: formats and limits, every step of softmax, its wrong variants, an exact reference;
- `datasets`: points with labels;
- `linear`: the linear classifier and its objective;
- `information`: entropy, divergence, likelihood, calibration;
- `training`: runs as pure histories;
- `notes`: the numbers of CS231n's notes, recomputed.
"""

from softmax_core import datasets as datasets
from softmax_core import functions as functions
from softmax_core import information as information
from softmax_core import linear as linear
from softmax_core import losses as losses
from softmax_core import notes as notes
from softmax_core import numerics as numerics
from softmax_core import training as training
from softmax_core.datasets import DATASETS, Data, DatasetName, make_dataset, split_data, standardised
from softmax_core.functions import log_softmax, log_softmax_vjp, logsumexp, sigmoid, softmax, softmax_vjp
from softmax_core.information import (
    CalibrationCheck,
    ReliabilityBin,
    check_calibration,
    distribution_cross_entropy,
    entropy,
    entropy_from_logits,
    expected_calibration_error,
    kl_divergence,
    kl_from_logits,
    log_likelihood,
    perplexity,
    reliability_bins,
    smoothed_labels,
    surprisal,
)
from softmax_core.linear import (
    GradientCheck,
    LinearParams,
    Objective,
    check_gradient,
    linear_scores,
    objective,
    objective_gradient,
)
from softmax_core.losses import (
    LOSSES,
    Loss,
    LossName,
    brier_score,
    crammer_singer_hinge,
    crammer_singer_hinge_gradient,
    cross_entropy,
    cross_entropy_gradient,
    one_vs_all_hinge,
    one_vs_all_hinge_gradient,
    soft_cross_entropy,
    soft_cross_entropy_gradient,
    squared_weston_watkins_hinge,
    squared_weston_watkins_hinge_gradient,
    weston_watkins_hinge,
    weston_watkins_hinge_gradient,
    zero_one_loss,
)
from softmax_core.numerics import DTYPES, FloatLimits, SoftmaxSteps, float_limits, softmax_steps
from softmax_core.training import (
    TrainConfig,
    TrainHistory,
    TrainState,
    predictions,
    run_training,
    score_on,
    start_history,
)

__all__ = [
    "DATASETS",
    "DTYPES",
    "LOSSES",
    "CalibrationCheck",
    "Data",
    "DatasetName",
    "FloatLimits",
    "GradientCheck",
    "LinearParams",
    "Loss",
    "LossName",
    "Objective",
    "ReliabilityBin",
    "SoftmaxSteps",
    "TrainConfig",
    "TrainHistory",
    "TrainState",
    "brier_score",
    "check_calibration",
    "check_gradient",
    "crammer_singer_hinge",
    "crammer_singer_hinge_gradient",
    "cross_entropy",
    "cross_entropy_gradient",
    "distribution_cross_entropy",
    "entropy",
    "entropy_from_logits",
    "expected_calibration_error",
    "float_limits",
    "kl_divergence",
    "kl_from_logits",
    "linear_scores",
    "log_likelihood",
    "log_softmax",
    "log_softmax_vjp",
    "logsumexp",
    "make_dataset",
    "objective",
    "objective_gradient",
    "one_vs_all_hinge",
    "one_vs_all_hinge_gradient",
    "perplexity",
    "predictions",
    "reliability_bins",
    "run_training",
    "score_on",
    "sigmoid",
    "smoothed_labels",
    "soft_cross_entropy",
    "soft_cross_entropy_gradient",
    "softmax",
    "softmax_steps",
    "softmax_vjp",
    "split_data",
    "squared_weston_watkins_hinge",
    "squared_weston_watkins_hinge_gradient",
    "standardised",
    "start_history",
    "surprisal",
    "weston_watkins_hinge",
    "weston_watkins_hinge_gradient",
    "zero_one_loss",
]

__version__ = "0.2.0.dev0"
