"""The settings of a training run."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any, Literal, TypeAlias, get_args

from softmax_core._settings import as_choice, as_number, as_whole
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


_Range: TypeAlias = tuple[Callable[[float], bool], str]
_POSITIVE: _Range = lambda value: 0 < value < inf, "positive and finite"
_NOT_NEGATIVE: _Range = lambda value: 0 <= value < inf, "finite and not negative"
_BELOW_1: _Range = lambda value: 0 <= value < 1, "at least 0 and below 1"
_NUMBERS: dict[str, _Range] = {
    "rate": (lambda value: 0 < value <= 1e6, "positive and at most 1e6"),
    **dict.fromkeys(("epsilon", "blow_up"), _POSITIVE),
    **dict.fromkeys(("l2", "margin", "init_scale", "stop_gradient"), _NOT_NEGATIVE),
    **dict.fromkeys(("momentum", "square_decay"), _BELOW_1),
    "stop_loss": (lambda value: -inf < value < inf, "finite"),
}
_COUNTS = {"n_classes": 2, "batch_size": 1, "n_hidden": 1, "seed": 0, "stop_step": 0}  # at least
_MAY_BE_NONE = ("batch_size", "stop_loss", "stop_step")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainConfig:
    """All that decides a training run, besides the data.

    Attributes:
        model: one of `MODELS`.
        loss: one of `TRAIN_LOSSES`.
        optimiser: one of `OPTIMISERS`.
        rate: the step size η, positive and at most 1e6.
        l2: λ ≥ 0; the penalty is ½·λ·‖W‖² over all weights, no bias.
        margin: Δ ≥ 0, in units of the scores; the cross-entropy leaves it aside.
        batch_size: samples in a step, at least 1; None takes all of them in every step.
        n_classes: at least 2.
        n_hidden: units of the hidden layer, at least 1; the other models leave it aside.
        init_scale: standard deviation of the first weights, at least 0; biases start at 0.
        momentum: β between 0 and 1: of the velocity ("momentum"), of the mean gradient ("adam").
        square_decay: β₂ between 0 and 1: of the mean squared gradient ("adam").
        epsilon: > 0, added to its root ("adam").
        seed: not negative; decides the first weights and the order of the batches.
        stop_gradient: the run has converged once the gradient of the objective is no longer than this, ≥ 0.
        stop_loss: it has as well once the objective is no larger than this; None for no such threshold.
        stop_step: it ends at this step; None for no end.
        dtype: one of `TRAIN_DTYPES`: the format of the parameters and of every step. What is said of a state
            (its losses and accuracy) is computed in float64 all the same. A hidden layer trains nearly twice
            as fast in float32; a threshold for the gradient below 1e-6 is then out of reach.
        blow_up: the run has diverged once a gradient is not finite, or longer than this number times the mean
            of ‖(x, 1)‖² over the model's inputs.

    Raises:
        TypeError: a setting is no number, or no whole number where it must be one.
        ValueError: a setting is out of its range.

    >>> TrainConfig(loss="weston_watkins", n_classes=3).full_batch
    True
    """

    model: Model = "linear"
    loss: TrainLoss = "cross_entropy"
    optimiser: Optimiser = "gradient_descent"
    rate: float = 1.0
    l2: float = 1e-3
    margin: float = 1.0
    batch_size: int | None = None
    n_classes: int = 3
    n_hidden: int = 100
    init_scale: float = 0.01
    momentum: float = 0.9
    square_decay: float = 0.999
    epsilon: float = 1e-8
    seed: int = 0
    stop_gradient: float = 1e-6
    stop_loss: float | None = None
    stop_step: int | None = None
    dtype: TrainDtype = "float64"
    blow_up: float = 1e6

    def __post_init__(self) -> None:
        for name, value, choices in (
            ("model", self.model, MODELS),
            ("loss", self.loss, TRAIN_LOSSES),
            ("optimiser", self.optimiser, OPTIMISERS),
            ("dtype", self.dtype, TRAIN_DTYPES),
        ):
            as_choice(value, name, choices)
        given = [
            name
            for name in (*_COUNTS, *_NUMBERS)
            if getattr(self, name) is not None or name not in _MAY_BE_NONE
        ]
        for name in given:
            object.__setattr__(self, name, _settled(name, getattr(self, name)))

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


def _settled(name: str, value: Any) -> float:
    """What a number among the settings is taken as."""
    if name in _COUNTS:
        return as_whole(value, name, _COUNTS[name])
    number, (good, wanted) = as_number(value, name), _NUMBERS[name]
    if not good(number):
        raise ValueError(f"{name} must be {wanted}, not {number}")
    return number
