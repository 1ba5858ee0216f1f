"""Training as a pure history: every state follows from the settings, the data and the number of the step.

Symbols beside those of the package: θ is all parameters in one vector (`Layout` says where which one is), g
the gradient of the objective. Inside, arrays are class-major: (n_classes, n_samples).
"""

from softmax_core._settings import Setting
from softmax_core.training._checking import TrainGradientCheck, check_train_gradient
from softmax_core.training._coach import StepVerdict, step_verdict
from softmax_core.training._config import (
    MODELS,
    OPTIMISERS,
    SETTINGS,
    TRAIN_DTYPES,
    TRAIN_LOSSES,
    Learning,
    Model,
    Optimiser,
    TrainConfig,
    TrainDtype,
    TrainLoss,
)
from softmax_core.training._curvature import StepLimit, step_limit
from softmax_core.training._curve import Curve
from softmax_core.training._fields import FieldGrid
from softmax_core.training._history import Ghost, Segment, TrainHistory, run_training, start_history
from softmax_core.training._judge import Pulls, Score, confusion_matrix, predictions, sample_pulls, score_on
from softmax_core.training._lockstep import LockStep, start_lockstep
from softmax_core.training._models import Layout
from softmax_core.training._optimisers import update_function
from softmax_core.training._per_score import per_score_function
from softmax_core.training._regions import REGION_LEVELS, Regions, region_frames
from softmax_core.training._run import advance, continued, initial_state
from softmax_core.training._state import Divergence, TrainState
from softmax_core.training._trial import RateTrial, stable_limit, tried_rate, trouble
from softmax_core.training._zero_lines import ZeroLines, zero_lines

__all__ = [
    "MODELS",
    "OPTIMISERS",
    "REGION_LEVELS",
    "SETTINGS",
    "TRAIN_DTYPES",
    "TRAIN_LOSSES",
    "Curve",
    "Divergence",
    "FieldGrid",
    "Ghost",
    "Layout",
    "Learning",
    "LockStep",
    "Model",
    "Optimiser",
    "Pulls",
    "RateTrial",
    "Regions",
    "Score",
    "Segment",
    "Setting",
    "StepLimit",
    "StepVerdict",
    "TrainConfig",
    "TrainDtype",
    "TrainGradientCheck",
    "TrainHistory",
    "TrainLoss",
    "TrainState",
    "ZeroLines",
    "advance",
    "check_train_gradient",
    "confusion_matrix",
    "continued",
    "initial_state",
    "per_score_function",
    "predictions",
    "region_frames",
    "run_training",
    "sample_pulls",
    "score_on",
    "stable_limit",
    "start_history",
    "start_lockstep",
    "step_limit",
    "step_verdict",
    "tried_rate",
    "trouble",
    "update_function",
    "zero_lines",
]
