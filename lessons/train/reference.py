"""How both runs learn under the settings on the screen, to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from softmax_core import TrainConfig
from softmax_core.training import reference
from ui.reference import Reference
from ui.text import N_

_Function = Callable[..., object]

LOSSES: Mapping[str, _Function] = {
    "cross_entropy": reference.softmax_loss,
    "weston_watkins": reference.hinge_loss,
    "squared_weston_watkins": reference.squared_hinge_loss,
}
MODELS: Mapping[str, Sequence[_Function]] = {
    "linear": (reference.linear_objective,),
    "quadratic": (reference.quadratic_inputs, reference.linear_objective),
    "hidden": (reference.hidden_objective,),
}
OPTIMISERS: Mapping[str, _Function] = {
    "gradient_descent": reference.gradient_descent,
    "momentum": reference.momentum,
    "adam": reference.adam,
}


def learning(configs: Sequence[TrainConfig]) -> Reference:
    """The losses of these runs, which differ in nothing else, their model, and how they step."""
    config = configs[0]
    batches = () if config.full_batch else (reference.mini_batches,)
    return Reference(
        functions=(
            *(LOSSES[each.loss] for each in configs),
            *MODELS[config.model],
            *batches,
            OPTIMISERS[config.optimiser],
        ),
        kernels=("softmax_core.training",),
        agreement=N_(
            "The tests hold the parameters of both equal after 20 steps, to within {error} of the largest."
        ),
        within={"error": max(map(agreement, configs))},
    )


def agreement(config: TrainConfig) -> float:
    """How close the reference comes to the fast run with these settings."""
    is_cancelling = (config.optimiser, config.loss) == ("adam", "weston_watkins")
    bounds = reference.AGREEMENT_OF_ADAM_ON_THE_HINGE if is_cancelling else reference.AGREEMENT
    return bounds[config.dtype]
