"""Which step size would keep all runs quiet? That is tried, not only computed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from softmax_core.training._coach import step_verdict
from softmax_core.training._curvature import step_limit
from softmax_core.training._history import TrainHistory, start_history

Trouble = Literal["blown up", "climbing", "jumping"]
WORK = 6e7  # steps × samples × parameters of one trial at most
_MIN_COUNT, _MAX = 30, 5000
_GOOD_LOSS, _GOOD_SHARE = 1 / 4, 0.9  # of the first loss; of the samples
_SMALL = 0.15  # mean rise in a step, of the mean objective
_FIRST_LOOKS = (2, 5, 10, 20, 35)
_NEXT, _FURTHER = 50, 1.15


@dataclass(frozen=True, slots=True)
class RateTrial:
    """A step size that was tried on several runs, and what became of them.

    Attributes:
        rate: the step size.
        steps: for how many steps it was tried.
        before: the objective of each run at the first weights.
        after: the objective of each run at the end.
    """

    rate: float
    steps: int
    before: tuple[float, ...]
    after: tuple[float, ...]


def trouble(history: TrainHistory, step: int | None = None) -> Trouble | None:
    """Say what a reader should be warned of at a step of a run.

    Args:
        history: the run.
        step: where to look back from; by default the newest.

    Returns:
        "blown up": the run diverged and this is where it ended. "climbing" and "jumping": `step_verdict`
        finds it "diverging" or "oscillating" there. None: all is well; or the run takes mini-batches, with
        which the objective jumps anyway; or it only trembles where it is good: down to a quarter of the first
        objective, 90 % of the samples right, and a mean rise of at most 15 % in a step.

    Raises:
        ValueError: the run has no such step.

    >>> from softmax_core.datasets import small_blobs
    >>> from softmax_core.training import TrainConfig, run_training
    >>> wild = run_training(TrainConfig(loss="squared_weston_watkins", rate=30.0), small_blobs(seed=0), 200)
    >>> trouble(wild)
    'blown up'
    """
    at = history.head.step if step is None else step
    judged = step_verdict(history, at)
    found = judged.verdict
    if found == "stable":
        return None
    if history.head.status == "DIVERGED" and at == history.head.step:
        return "blown up"
    if found == "diverging":
        return "climbing"
    good = judged.lowest <= _GOOD_LOSS * history.segments[0].start.total and judged.swing <= _SMALL
    if good and history.at(at).accuracy >= _GOOD_SHARE:
        return None
    return "jumping" if history.segment_at(at).config.full_batch else None


def tried_rate(runs: Sequence[TrainHistory], rates: Sequence[float], n_steps: int) -> RateTrial | None:
    """Find by bisection a large one of some step sizes with which all runs go well from their first weights.

    Args:
        runs: whose newest settings, but for the step size, are tried.
        rates: the step sizes to choose from, in any order.
        n_steps: for how many steps; fewer, but at least 30, if that would be too much work.

    Returns:
        A `RateTrial`: no run had `trouble` where it was looked at (every 50 steps, more often at first,
        more seldom later), and none ended higher than it began. None if none that was tried passes.

    Why so:
        A limit computed from the curvature holds at one state of one run, and there is none for the hinge.
        A reader who is offered a step size sees both runs, for as many steps as are set.

    >>> from softmax_core.datasets import small_blobs
    >>> from softmax_core import TrainConfig, run_training
    >>> wild = run_training(TrainConfig(loss="squared_weston_watkins", rate=30.0), small_blobs(seed=0), 200)
    >>> found = tried_rate([wild], (0.05, 0.5, 5.0), 200)
    >>> found.rate, found.steps, found.after[0] < found.before[0]
    (5.0, 200, True)
    """
    cost = max(run.data.n_samples * run.head.layout.size for run in runs)
    steps = min(n_steps, max(_MIN_COUNT, min(_MAX, int(WORK / cost))))
    ladder, best = sorted(rates), None
    low, high = 0, len(ladder)
    while low < high:
        middle = (low + high) // 2
        found = _trial(runs, ladder[middle], steps)
        if found is None:
            high = middle
        else:
            best, low = found, middle + 1
    return best


def stable_limit(run: TrainHistory) -> float | None:
    """Return the step size that the curvature at the first weights allows.

    Args:
        run: which one.

    Returns:
        The `StepLimit.rate` there. None for the plain hinge, whose curvature is only that of the penalty
        and says nothing of its kinks, for Adam, whose memory is empty there, and for a hidden layer, whose
        curvature grows on the way.

    >>> from softmax_core.datasets import small_blobs
    >>> from softmax_core.training import TrainConfig, run_training
    >>> stable_limit(run_training(TrainConfig(), small_blobs(seed=0), 1)) > 0.1
    True
    """
    config = run.config
    if config.loss == "weston_watkins" or config.optimiser == "adam" or config.model == "hidden":
        return None
    return step_limit(run.segments[0].start, config, run.data).rate


def _trial(runs: Sequence[TrainHistory], rate: float, steps: int) -> RateTrial | None:
    found: list[tuple[float, float]] = []
    for run in runs:
        ends = _ends(run, rate, steps)
        if ends is None:
            return None
        found.append(ends)
    before, after = zip(*found, strict=True)
    return RateTrial(rate, steps, before, after)


def _ends(run: TrainHistory, rate: float, steps: int) -> tuple[float, float] | None:
    """The first and the last objective of a run with this step size; None if it does not go well."""
    config = replace(run.config, rate=rate, stop_step=None)
    trial = start_history(config, run.data)
    first = trial.head.total
    for look in _looks(steps):
        trial = trial.advanced(look - trial.head.step)
        if not _quiet(trial):
            return None
        if trial.head.final:
            break
    last = trial.head.total
    return (first, last) if last <= first else None


def _looks(steps: int) -> list[int]:
    """Where a trial is looked at: often at first, then before a window of the verdict has passed."""
    looks = [step for step in _FIRST_LOOKS if step < steps]
    at = _NEXT
    while at < steps:
        looks.append(at)
        at = max(at + _NEXT, int(at * _FURTHER))
    return [*looks, steps]


def _quiet(trial: TrainHistory) -> bool:
    """No trouble; and no trembling either, where a model without a hidden layer could do without it."""
    if trial.config.model != "hidden" and trial.config.full_batch:
        return step_verdict(trial).verdict == "stable"
    return trouble(trial) is None
