"""Is the step size right, and if not: which one would be?"""

from dataclasses import dataclass, replace
from math import inf
from typing import Literal

import numpy as np

from softmax_core._inputs import Array
from softmax_core.training.curvature import StepLimit, step_limit
from softmax_core.training.history import TrainHistory
from softmax_core.training.state import TrainState

Verdict = Literal["stable", "oscillating", "diverging"]
WINDOW = 50  # steps, or epochs, that are looked at
TRIED = 100  # steps for which a rate is tried out
SHARE = 0.9  # of the limit
_OFTEN, _VISIBLE, _STRIKING = 0.2, 1e-3, 0.02
_HALVINGS = 12


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


@dataclass(frozen=True, slots=True)
class RateAdvice:
    """A step size that works, and how that is known.

    Attributes:
        rate: the step size to take.
        limit: the limit that it comes from, at the step where that is smallest.
        step: this step.
        halvings: how often 0.9 × limit had to be halved until a trial went well.
        tried: for how many steps `rate` was tried.
        before, after: the objective before and after the trial.
    """

    rate: float
    limit: StepLimit
    step: int
    halvings: int
    tried: int
    before: float
    after: float


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

    >>> from softmax_core.datasets import make_dataset
    >>> from softmax_core.training import TrainConfig, run_training
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


def rate_advice(history: TrainHistory) -> RateAdvice:
    """Find a step size with which the newest settings of a run would work.

    Args:
        history: the run, whatever became of it.

    Returns:
        `RateAdvice`. In a trial of 100 steps from where these settings began (or the whole run, if it was
        lost there already) the run neither diverged nor ended higher than it began, and with full batches
        `step_verdict` found it "stable"; unless 12 halvings were not enough, as at a kink.

    Raises:
        ValueError: the first weights are infinite: init_scale is too large for the format of the run.

    Formula:
        0.9·η_max, where η_max is the smaller limit of `step_limit` at the step where these settings began and
        at the step with the lowest objective since, if it fell ("adam": at the latter alone); at most half
        the present rate unless that is "stable"; halved while a trial fails.

    Why so:
        Both states lie before the run went wrong; where the scores are huge already, the cross-entropy is
        flat, and would seem to allow any step. The limit holds for the curvature at a state, the run will
        meet others, and at a kink there is none: so the rate is tried, and not only computed.

    >>> from softmax_core.data import small_blobs
    >>> from softmax_core.training import TrainConfig, run_training
    >>> run = run_training(TrainConfig(loss="squared_weston_watkins", rate=30.0), small_blobs(seed=0), 200)
    >>> advice = rate_advice(run)
    >>> run.head.status, advice.rate < 0.2, advice.after < advice.before
    ('DIVERGED', True, True)
    """
    part = history.segments[-1]
    start = part.start if part.start.status != "DIVERGED" else history.segments[0].start
    states = [start, *_lowest(history, start.total)]
    limits = [(state.step, step_limit(state, part.config, part.data)) for state in states]
    step, limit = min(limits, key=lambda item: item[1].rate)
    most = inf if step_verdict(history).verdict == "stable" else part.config.rate / 2
    if part.config.optimiser == "adam":
        step, limit = limits[-1]  # at the start its memory is empty, and the limit far too small
        rate = most if len(limits) == 1 else min(SHARE * limit.rate, most)
    else:
        rate = min(SHARE * limit.rate, most)
    rate = min(rate, 1e6) if rate < inf else part.config.rate
    for halvings in range(_HALVINGS + 1):
        config = replace(part.config, rate=rate / 2**halvings, stop_step=None)
        begun = history.branched(start.step, config)
        trial = begun.advanced(TRIED)
        if _went_well(begun.head, trial):
            break
    made = trial.head.step - begun.head.step
    return RateAdvice(config.rate, limit, step, halvings, made, begun.head.total, trial.head.total)


def suggest_rate(history: TrainHistory) -> float:
    """Find a step size with which the newest settings of a run would work.

    Args:
        history: the run, whatever became of it.

    Returns:
        The rate of `rate_advice`, positive and finite.

    Raises:
        ValueError: as `rate_advice`.

    >>> from softmax_core.data import small_blobs
    >>> from softmax_core.training import TrainConfig, run_training
    >>> run = run_training(TrainConfig(loss="squared_weston_watkins", rate=30.0), small_blobs(seed=0), 200)
    >>> 0 < suggest_rate(run) < 0.2
    True
    """
    return rate_advice(history).rate


def _lowest(history: TrainHistory, begun: float) -> list[TrainState]:
    """The state with the lowest objective on the curve since the newest settings, if it fell at all."""
    part, curve = history.segments[-1], history.curve
    good = np.flatnonzero((curve.step > part.start.step) & (curve.total < begun))
    return [history.at(int(curve.step[good[np.argmin(curve.total[good])]]))] if len(good) else []


def _went_well(start: TrainState, trial: TrainHistory) -> bool:
    end = trial.head
    if end.status == "DIVERGED" or not end.total <= start.total:
        return False
    return not trial.config.full_batch or step_verdict(trial).verdict == "stable"
