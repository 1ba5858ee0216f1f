"""Several runs that learn side by side: from the same first weights, on the same samples, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from softmax_core.datasets import Data
from softmax_core.training._config import TrainConfig
from softmax_core.training._history import TrainHistory, start_history
from softmax_core.training._state import TrainState

#: For each run its states.
Frames: TypeAlias = tuple[tuple[TrainState, ...], ...]
_SAME = ("model", "n_classes", "n_hidden", "init_scale", "seed")


@dataclass(frozen=True, slots=True, eq=False)
class LockStep:
    """Runs that are looked at at the same step. It never changes: what adds to it returns a longer one.

    A run that has ended waits: at every later step it is shown as it ended.

    Attributes:
        histories: the runs.
        branches: for each branch the step at which it was made, and the steps from which the runs went on.

    >>> from softmax_core.datasets import small_blobs
    >>> configs = TrainConfig(), TrainConfig(loss="weston_watkins", stop_step=30)
    >>> both = start_lockstep(configs, small_blobs(seed=0)).reached(100)
    >>> both.head_step, both.ended, [state.step for state in both.at(100)]
    (100, False, [100, 30])
    """

    histories: tuple[TrainHistory, ...]
    branches: tuple[tuple[int, tuple[int, ...]], ...] = ()

    @property
    def head_step(self) -> int:
        """The furthest step that any run has made."""
        return max(run.head.step for run in self.histories)

    @property
    def common_step(self) -> int:
        """Up to which step all runs can be shown; it is behind `head_step` only after a branch."""
        running = [run.head.step for run in self.histories if not run.head.final]
        return min(running, default=self.head_step)

    @property
    def ended(self) -> bool:
        """Whether all runs have ended."""
        return all(run.head.final for run in self.histories)

    @property
    def last_step(self) -> int | None:
        """The step at which the last run ended; None while one goes on."""
        return self.head_step if self.ended else None

    def reached(self, step: int, budget: int | None = None) -> "LockStep":
        """Let every run go on to a step, or to its end.

        Args:
            step: where to.
            budget: how many steps beyond `common_step` are made at most in this call; None for any number.

        Returns:
            The runs at the step; at an earlier one if the budget or all runs ended there. `common_step` says
            which. Nothing is made that was made before.

        Raises:
            ValueError: the budget is negative.
        """
        return self.played([step], budget)[0]

    def played(self, steps: Sequence[int], budget: int | None = None) -> tuple["LockStep", Frames]:
        """Return the runs as `reached` does, with their states at ascending steps on the way.

        Args:
            steps: not negative, ascending.
            budget: as for `reached`.

        Returns:
            The longer runs, and for each run its states at as many of the steps as all runs can be shown at,
            which is fewer if the budget or all runs ended before.

        Why so:
            States that are new come from the one sweep that makes them.
        """
        if budget is not None and budget < 0:
            raise ValueError(f"the budget must not be negative, not {budget}")
        far = max(steps, default=0)
        far = far if budget is None else min(far, self.common_step + budget)
        near = [step for step in steps if step <= far]
        played = [run.played([*near, max(far, run.head.step)]) for run in self.histories]
        longer = replace(self, histories=tuple(run for run, _ in played))
        seen = sum(step <= longer.common_step for step in steps)
        return longer, tuple(states[:seen] for _, states in played)

    def states(self, steps: Sequence[int]) -> Frames:
        """Return for each run its states at some steps; ascending steps are found in one sweep.

        Raises:
            ValueError: a step is negative, or beyond what a run that has not ended has made.
        """
        return tuple(run.states([_held(run, step) for step in steps]) for run in self.histories)

    def at(self, step: int) -> tuple[TrainState, ...]:
        """Return the state of each run at a step; as `states`."""
        return tuple(states[0] for states in self.states([step]))

    def last_good(self, step: int) -> tuple[TrainState, ...]:
        """Return for each run its latest state up to a step whose parameters and scores are finite.

        That is the state at the step itself unless the run has diverged; the first state if there is no good
        one.
        """
        return tuple(_last_good(run, _held(run, step)) for run in self.histories)

    def branched(
        self, step: int, configs: Sequence[TrainConfig] | None = None, data: Data | None = None
    ) -> "LockStep":
        """Return runs that go on from a step with other settings or samples.

        Args:
            step: where to leave the runs.
            configs: the settings of each from there on; by default those that it had there.
            data: the samples from there on; by default those that they had there.

        Returns:
            The runs at the step, each with the one that it left as its newest ghost. A run that had ended
            before goes on from its end, and so is behind the others until `reached` brings it up.

        Raises:
            ValueError: there is not one setting for each run, or as `TrainHistory.branched`.

        Why so:
            Branches made at this step or later are undone, also in a run that had ended before they were
            made. So only the settings that are still seen decide what comes: the same list of changes gives
            the same runs, however often the reader changed their mind.
        """
        wanted: Sequence[TrainConfig | None] = [None] * len(self.histories) if configs is None else configs
        if len(wanted) != len(self.histories):
            raise ValueError(f"{len(self.histories)} runs need as many settings, not {len(wanted)}")
        kept = tuple(branch for branch in self.branches if branch[0] < step)
        undone = self.branches[len(kept) :]
        leave = [
            _held(run, min([step, *(starts[k] for _, starts in undone)]))
            for k, run in enumerate(self.histories)
        ]
        runs = zip(self.histories, leave, wanted, strict=True)
        branched = tuple(run.branched(at, config, data) for run, at, config in runs)
        return LockStep(branched, (*kept, (step, tuple(leave))))


def start_lockstep(configs: Sequence[TrainConfig], data: Data, test: Data | None = None) -> LockStep:
    """Return runs that have not begun.

    Args:
        configs: the settings of each run, at least one; model, n_classes, n_hidden, init_scale and seed must
            be the same, so that all begin with the same weights.
        data: the samples to train on.
        test: samples that are only judged.

    Returns:
        A `LockStep` at step 0.

    Raises:
        ValueError: there is no run, the runs do not begin alike, or as `start_history`.

    >>> from softmax_core.datasets import small_blobs
    >>> both = start_lockstep([TrainConfig(), TrainConfig(loss="weston_watkins")], small_blobs(seed=0))
    >>> cross_entropy, hinge = both.at(0)
    >>> both.head_step, bool((cross_entropy.theta == hinge.theta).all())
    (0, True)
    """
    if not configs:
        raise ValueError("there must be at least one run")
    for name in _SAME:
        values = {getattr(config, name) for config in configs}
        if len(values) > 1:
            raise ValueError(f"the runs must have the same {name} to begin alike")
    return LockStep(tuple(start_history(config, data, test) for config in configs))


def _held(run: TrainHistory, step: int) -> int:
    """The step whose state a run shows at a step."""
    return run.head.step if run.head.final and step > run.head.step else step


def _last_good(run: TrainHistory, step: int) -> TrainState:
    state = run.at(step)
    while state.step and not (np.isfinite(state.theta).all() and not np.isnan(state.data_loss)):
        state = run.at(state.step - 1)
    return state
