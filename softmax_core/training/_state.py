"""The state of a training run at one step, and why it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from softmax_core._inputs import Array
from softmax_core._records import Record
from softmax_core.training._models import Layout

#: READY before the first step, RUNNING; CONVERGED and DIVERGED are final.
Status = Literal["READY", "RUNNING", "CONVERGED", "DIVERGED"]
#: What ended a converged run: a threshold of `TrainConfig`, or its last step.
Ending = Literal["gradient", "loss", "steps"]
BadQuantity = Literal["parameters", "hidden", "scores", "losses", "gradient"]
BadKind = Literal["overflow", "invalid", "runaway"]


@dataclass(frozen=True, slots=True)
class Divergence:
    """The first quantity that went wrong, in the order of computation.

    Attributes:
        step: the step whose parameters gave it; the run ends there.
        quantity: what went wrong: the parameters themselves, the hidden units, the scores, the losses of the
            samples, the gradient of the objective.
        kind: "overflow" (infinite), "invalid" (NaN), "runaway" (finite, but past the limit).
        name: which parameter, for "parameters" and "gradient" ("W", "b", "W1", …); None for a runaway, which
            is the length of the whole gradient, and for other quantities.
        index: where in it: (feature, class) in W, (sample, class) in the scores, (sample, unit) in the hidden
            layer, (sample,) in the losses; () for a runaway.
        value: what was found there: inf, −inf, NaN, or the length of the gradient.
        limit: for a runaway the longest allowed gradient; else the largest finite number of the format.
        largest_parameter: the largest |θ| at that step.
    """

    step: int
    quantity: BadQuantity
    kind: BadKind
    name: str | None
    index: tuple[int, ...]
    value: float
    limit: float
    largest_parameter: float

    @property
    def reason(self) -> str:
        """The fault in one English sentence, with its figures."""
        if self.kind == "runaway":
            return f"step {self.step}: the gradient is {self.value:.3g} long, beyond {self.limit:.3g}"
        what = {
            "parameters": f"the parameter {self.name}",
            "hidden": "the hidden unit",
            "scores": "the score",
            "losses": "the loss of sample",
            "gradient": f"the gradient of {self.name}",
        }[self.quantity]
        place = self.index[0] if self.quantity == "losses" else list(self.index)
        return f"step {self.step}: {what} {place} is {self.value}"


@dataclass(frozen=True, slots=True, eq=False)
class TrainState(Record):
    """A training run at one step; it follows from (config, data, step) to the last bit.

    Attributes:
        layout: which parameters the model has.
        step: how many steps were made.
        epoch: how often all samples have been seen; it seeds the order of the batches.
        batch: how many batches of this epoch have been seen; always 0 with full batches.
        status: READY, RUNNING, CONVERGED or DIVERGED.
        ending: what ended a converged run; else None.
        divergence: what ended a diverged run; else None.
        theta: (n_params,), all parameters, in the format of the run; `params` shows them by name. Read-only.
        memory: (n_memories, n_params), what the optimiser remembers: the velocity ("momentum"), or the mean
            gradient and the mean squared gradient before correction ("adam"). Read-only.
        memory_steps: for how many steps it has been remembering.
        gradient: (n_params,), of the objective over all samples. Read-only.
        data_loss: the mean of the losses over all samples, in nats for the cross-entropy.
        penalty: ½·λ·‖W‖², no bias.
        accuracy: the share of samples whose label has the highest score (in a tie the first of them, as
            numpy.argmax).
    """

    layout: Layout
    step: int
    epoch: int
    batch: int
    status: Status
    ending: Ending | None
    divergence: Divergence | None
    theta: Array
    memory: Array
    memory_steps: int
    gradient: Array
    data_loss: float
    penalty: float
    accuracy: float

    @property
    def total(self) -> float:
        """The objective, data_loss + penalty."""
        return self.data_loss + self.penalty

    @property
    def params(self) -> Mapping[str, Array]:
        """The parameters by name; see `Layout.params`."""
        return self.layout.params(self.theta)

    @property
    def gradients(self) -> Mapping[str, Array]:
        """The gradient of the objective, parameter by parameter."""
        return self.layout.params(self.gradient)

    @property
    def gradient_norm(self) -> float:
        """The length of the gradient."""
        wide = self.gradient.astype(np.float64, copy=False)
        return float(wide.dot(wide) ** 0.5)

    @property
    def final(self) -> bool:
        """Whether the run has ended."""
        return self.status in ("CONVERGED", "DIVERGED")
