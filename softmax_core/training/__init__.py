"""Training as a pure history: every state follows from the settings, the data and the number of the step.

Symbols beside those of the package: θ is all parameters in one vector (`Layout` says where which one is), g
the gradient of the objective. Inside, arrays are class-major: (n_classes, n_samples).
"""

from softmax_core.training.checking import TrainGradientCheck, check_train_gradient
from softmax_core.training.coach import StepVerdict, step_verdict
from softmax_core.training.config import (
    MODELS,
    OPTIMISERS,
    TRAIN_DTYPES,
    TRAIN_LOSSES,
    Model,
    Optimiser,
    TrainConfig,
    TrainDtype,
    TrainLoss,
)
from softmax_core.training.curvature import StepLimit, hessian_product, largest_eigenvalue, step_limit
from softmax_core.training.curve import Curve
from softmax_core.training.fields import FieldGrid
from softmax_core.training.history import (
    Ghost,
    Segment,
    TrainHistory,
    run_training,
    start_history,
)
from softmax_core.training.judge import (
    Pulls,
    Score,
    confusion_matrix,
    predictions,
    sample_losses,
    sample_pulls,
    score_on,
)
from softmax_core.training.lockstep import LockStep, start_lockstep
from softmax_core.training.models import Layout
from softmax_core.training.regions import Regions, region_frames
from softmax_core.training.replay import build_configs, build_data, replay, replayed
from softmax_core.training.run import advance, continued, initial_state, states_every
from softmax_core.training.scene import Scene, SceneRecipe, SceneSegment
from softmax_core.training.scene_json import scene_from_json, scene_to_json
from softmax_core.training.scene_rules import SCENE_HINGES, SceneHinge
from softmax_core.training.state import Divergence, TrainState
from softmax_core.training.trial import RateTrial, stable_limit, tried_rate, trouble
from softmax_core.training.zero_lines import ZeroLines, zero_lines

__all__ = [
    "MODELS",
    "OPTIMISERS",
    "SCENE_HINGES",
    "TRAIN_DTYPES",
    "TRAIN_LOSSES",
    "Curve",
    "Divergence",
    "FieldGrid",
    "Ghost",
    "Layout",
    "LockStep",
    "Model",
    "Optimiser",
    "Pulls",
    "RateTrial",
    "Regions",
    "Scene",
    "SceneHinge",
    "SceneRecipe",
    "SceneSegment",
    "Score",
    "Segment",
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
    "build_configs",
    "build_data",
    "check_train_gradient",
    "confusion_matrix",
    "continued",
    "hessian_product",
    "initial_state",
    "largest_eigenvalue",
    "predictions",
    "region_frames",
    "replay",
    "replayed",
    "run_training",
    "sample_losses",
    "sample_pulls",
    "scene_from_json",
    "scene_to_json",
    "score_on",
    "stable_limit",
    "start_history",
    "start_lockstep",
    "states_every",
    "step_limit",
    "step_verdict",
    "tried_rate",
    "trouble",
    "zero_lines",
]
