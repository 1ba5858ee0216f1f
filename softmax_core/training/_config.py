"""The settings of a training run."""

from dataclasses import dataclass, fields
from typing import Literal, TypeAlias, get_args

from softmax_core._records import Table
from softmax_core._settings import Setting
from softmax_core.losses import Loss
from softmax_core.losses._table import find_loss

Model: TypeAlias = Literal["linear", "quadratic", "hidden"]
TrainLoss: TypeAlias = Literal["cross_entropy", "weston_watkins", "squared_weston_watkins"]
Optimiser: TypeAlias = Literal["gradient_descent", "momentum", "adam"]
TrainDtype: TypeAlias = Literal["float32", "float64"]

#: What can be trained: scores linear in the features, linear in their squares and products as well, or linear
#: in a hidden layer of rectified units.
MODELS: tuple[Model, ...] = get_args(Model)
#: The losses of `LOSSES` that can be trained with.
TRAIN_LOSSES: tuple[TrainLoss, ...] = get_args(TrainLoss)
#: How a gradient becomes a step.
OPTIMISERS: tuple[Optimiser, ...] = get_args(Optimiser)
#: The formats that a run may compute in.
TRAIN_DTYPES: tuple[TrainDtype, ...] = get_args(TrainDtype)


#: What each setting may be.
SETTINGS: Table[Setting] = Table(
    "softmax_core.training",
    "SETTINGS",
    {
        "model": Setting(choices=MODELS),
        "loss": Setting(choices=TRAIN_LOSSES),
        "optimiser": Setting(choices=OPTIMISERS),
        "dtype": Setting(choices=TRAIN_DTYPES),
        "n_classes": Setting(whole=True, least=2),
        "n_hidden": Setting(whole=True, least=1),
        "batch_size": Setting(whole=True, least=1, optional=True),
        "seed": Setting(whole=True, least=0),
        "stop_step": Setting(whole=True, least=0, optional=True),
        "stop_loss": Setting(optional=True),
        "rate": Setting(above=0, most=1e6),
        "epsilon": Setting(above=0),
        "blow_up": Setting(above=0),
        "l2": Setting(least=0),
        "margin": Setting(least=0),
        "init_scale": Setting(least=0),
        "stop_gradient": Setting(least=0),
        "momentum": Setting(least=0, below=1),
        "square_decay": Setting(least=0, below=1),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """How a run learns from some step on.

    Attributes:
        optimiser: one of `OPTIMISERS`.
        rate: the step size η, positive and at most 1e6.
        l2: λ ≥ 0; the penalty is ½·λ·‖W‖² over all weights, no bias.
        margin: Δ ≥ 0, in units of the scores; the cross-entropy leaves it aside.
        batch_size: samples in a step, at least 1; None takes all of them in every step.
        stop_loss: the run has converged once the objective is no larger than this; None for no such
            threshold.

    Raises:
        TypeError: a setting is no number, or no whole number where it must be one.
        ValueError: a setting is not what `SETTINGS` allows.
    """

    optimiser: Optimiser = "gradient_descent"
    rate: float = 1.0
    l2: float = 1e-3
    margin: float = 1.0
    batch_size: int | None = None
    stop_loss: float | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value = SETTINGS[field.name].take(getattr(self, field.name), field.name)
            object.__setattr__(self, field.name, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainConfig(Learning):
    """All that decides a training run, besides the data: how it learns, and these.

    Attributes:
        model: one of `MODELS`.
        loss: one of `TRAIN_LOSSES`.
        n_classes: at least 2.
        n_hidden: units of the hidden layer, at least 1; the other models leave it aside.
        init_scale: standard deviation of the first weights, at least 0; biases start at 0.
        momentum: β between 0 and 1: of the velocity ("momentum"), of the mean gradient ("adam").
        square_decay: β₂ between 0 and 1: of the mean squared gradient ("adam").
        epsilon: > 0, added to its root ("adam").
        seed: not negative; decides the first weights and the order of the batches.
        stop_gradient: the run has converged once the gradient of the objective is no longer than this, ≥ 0.
        stop_step: it ends at this step; None for no end.
        dtype: one of `TRAIN_DTYPES`: the format of the parameters and of every step. What is said of a state
            (its losses and accuracy) is computed in float64 all the same. A hidden layer trains nearly twice
            as fast in float32; a threshold for the gradient below 1e-6 is then out of reach.
        blow_up: the run has diverged once a gradient is not finite, or longer than this number times the mean
            of ‖(x, 1)‖² over the model's inputs.

    Raises:
        TypeError: a setting is no number, or no whole number where it must be one.
        ValueError: a setting is not what `SETTINGS` allows.

    >>> TrainConfig(loss="weston_watkins", n_classes=3).full_batch
    True
    """

    model: Model = "linear"
    loss: TrainLoss = "cross_entropy"
    n_classes: int = 3
    n_hidden: int = 100
    init_scale: float = 0.01
    momentum: float = 0.9
    square_decay: float = 0.999
    epsilon: float = 1e-8
    seed: int = 0
    stop_gradient: float = 1e-6
    stop_step: int | None = None
    dtype: TrainDtype = "float64"
    blow_up: float = 1e6

    @property
    def full_batch(self) -> bool:
        """Whether every step takes all samples."""
        return self.batch_size is None

    @property
    def loss_entry(self) -> Loss:
        """The loss itself."""
        return find_loss(self.loss)

    @property
    def n_memories(self) -> int:
        """How many numbers per parameter the optimiser remembers."""
        return OPTIMISERS.index(self.optimiser)
