"""Training as a pure history: every state follows from the settings, the data and the number of the step.

Symbols beside those of the package: θ is all parameters in one vector (`Layout` says where which one is), g
the gradient of the objective. Inside, arrays are class-major: (n_classes, n_samples).
"""

from softmax_core.training.checking import TrainGradientCheck, check_train_gradient
from softmax_core.training.config import MODELS, OPTIMISERS, TRAIN_LOSSES, TrainConfig
from softmax_core.training.judge import (
    Pulls,
    Score,
    confusion_matrix,
    predictions,
    sample_losses,
    sample_pulls,
    score_on,
)
from softmax_core.training.models import Layout
from softmax_core.training.run import advance, continued, initial_state, states_every
from softmax_core.training.state import Divergence, TrainState

__all__ = [
    "MODELS",
    "OPTIMISERS",
    "TRAIN_LOSSES",
    "Divergence",
    "Layout",
    "Pulls",
    "Score",
    "TrainConfig",
    "TrainGradientCheck",
    "TrainState",
    "advance",
    "check_train_gradient",
    "confusion_matrix",
    "continued",
    "initial_state",
    "predictions",
    "sample_losses",
    "sample_pulls",
    "score_on",
    "states_every",
]
