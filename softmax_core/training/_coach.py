"""Whether the step size of a run is right, by its latest steps."""

from dataclasses import dataclass
from math import inf
from typing import Literal

import numpy as np

from softmax_core._inputs import Array
from softmax_core.training._history import TrainHistory
from softmax_core.training._state import TrainState

Verdict = Literal["stable", "oscillating", "diverging"]
WINDOW = 50  # steps, or epochs, that are looked at
_OFTEN, _VISIBLE, _STRIKING = 0.2, 1e-3, 0.02


@dataclass(frozen=True, slots=True)
class StepVerdict:
    """What the latest steps say about the step size.

    Attributes:
        verdict: "diverging", "oscillating" or "stable"; see `step_verdict`.
        rises: the share of the steps looked at in which the objective rose, from 0 to 1.
        swing: by how much it rose in a mean step (0 where it fell), as a share of its mean.
        first_step, last_step: from where to where was looked.
        lowest, last: the lowest objective on the way, and the last one.
        every: how many steps lie between two values looked at: 1, or an epoch.
    """

    verdict: Verdict
    rises: float
    swing: float
    first_step: int
    last_step: int
    lowest: float
    last: float
    every: int


def step_verdict(history: TrainHistory, step: int | None = None) -> StepVerdict:
    """Judge the step size of a run by its latest steps.

    Args:
        history: the run.
        step: where to look back from; by default the newest. At most 50 steps of the settings that hold
            there are looked at; with mini-batches 50 epochs, once there were four: within one the objective
            rises and falls anyway.

    Returns:
        A `StepVerdict`. "diverging": the run has diverged, or the objective is higher than where these
        settings began, and all of the later half looked at is higher than all of the former half.
        "oscillating": in a mean step it rose by at least 2 % of its mean, or it rose in at least a fifth of
        the steps and by at least 0.1 %, or all that was looked at is more than twice as high as where these
        settings began. "stable": none of these, also if there was no step yet.

    Raises:
        ValueError: the run has no such step.

    Formula:
        rises = |{t : L_t > L_{t−1}}| / n; swing = (1/n)·Σ_t max(0, L_t − L_{t−1}) / (1/n)·Σ_t L_t.

    Why so:
        The gradient of the cross-entropy and of the hinge is never longer than a few lengths of a sample. So
        without a penalty no step size, however large, makes a linear run overflow: the weights jump to and
        fro. It does not diverge, and yet it does not settle.

    >>> from softmax_core import make_dataset
    >>> from softmax_core import TrainConfig, run_training
    >>> run = run_training(TrainConfig(l2=0.0, rate=50.0), make_dataset("blobs", 90, noise=1.5), 200)
    >>> run.head.status, step_verdict(run).verdict
    ('RUNNING', 'oscillating')
    """
    last = history.head.step if step is None else step
    part = history.segment_at(last)
    n_samples, size = part.data.n_samples, part.config.batch_size
    every = 1 if size is None else -(-n_samples // size)
    if last - part.start.step < 4 * every:
        every = 1
    count = min((last - part.start.step) // every, WINDOW)
    steps = [last - every * back for back in range(count, -1, -1)]
    states = (*history.states(steps[:-1]), history.at(last))
    if steps[0] == part.start.step:
        states = (part.start, *states[1:])
    totals = np.array([state.total for state in states])
    with np.errstate(all="ignore"):
        changes = np.maximum(np.diff(totals), 0.0)
        rises = float(np.mean(changes > 1e-12 * totals[:-1])) if count else 0.0
        swing = float(changes.mean() / totals.mean()) if count else 0.0
    return StepVerdict(
        verdict=_verdict(states[-1], totals, part.start.total, rises, swing),
        rises=rises,
        swing=swing,
        first_step=steps[0],
        last_step=last,
        lowest=float(np.min(totals, initial=inf, where=~np.isnan(totals))),
        last=states[-1].total,
        every=every,
    )


def _verdict(state: TrainState, totals: Array, begun: float, rises: float, swing: float) -> Verdict:
    if state.status == "DIVERGED" or not np.isfinite(totals).all():
        return "diverging"
    half = len(totals) // 2
    if half > 1 and totals[-1] > begun and totals[half:].min() > totals[:half].max():
        return "diverging"
    swings = swing >= _STRIKING or (rises >= _OFTEN and swing >= _VISIBLE) or totals.min() > 2 * begun
    return "oscillating" if swings else "stable"
