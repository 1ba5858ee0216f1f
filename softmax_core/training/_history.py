"""A run that can be revisited at any step and branched at any step, in bounded memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from softmax_core._inputs import Array
from softmax_core._records import Record
from softmax_core._settings import as_whole
from softmax_core.datasets import Data
from softmax_core.training._config import TrainConfig
from softmax_core.training._curve import COLUMNS, CURVE_POINTS, Curve, curve_of, row_of, rows_of, stride_at
from softmax_core.training._run import advance, continued, initial_state
from softmax_core.training._runner import Moment, Runner
from softmax_core.training._state import TrainState

KEYFRAMES = 64  # at most so many states in memory, beside the starts of branches and the newest
GHOSTS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A stretch of a run with the same settings and samples; it begins at the step of `start`."""

    config: TrainConfig
    data: Data
    start: TrainState


@dataclass(frozen=True, slots=True, eq=False)
class Ghost:
    """A branch that was left: the whole run as it was, and the step at which another one took over."""

    history: "TrainHistory"
    step: int


@dataclass(frozen=True, slots=True, eq=False)
class TrainHistory(Record):
    """A run up to its newest state. It never changes: what adds to it returns a longer history.

    Attributes:
        segments: the settings and samples, first to last; one more for every branch.
        head: the newest state.
        test: samples for testing, or None.
        ghosts: the branches that were left, oldest first.
        keyframes: states from which every other one is computed anew.
        rows: (n_points, 7), the points of the curve; see `curve`.

    >>> from softmax_core.datasets import small_blobs
    >>> run = run_training(TrainConfig(), small_blobs(seed=0), 100)
    >>> changed = run.branched(40, TrainConfig(rate=0.1)).advanced(10)
    >>> changed.head.step, changed.ghosts[0].step, changed.ghosts[0].history.head.step, changed.at(30).step
    (50, 40, 100, 30)
    """

    segments: tuple[Segment, ...]
    head: TrainState
    test: Data | None
    ghosts: tuple[Ghost, ...] = ()
    keyframes: tuple[TrainState, ...] = ()
    rows: Array = field(default_factory=lambda: np.empty((0, len(COLUMNS))))

    @property
    def config(self) -> TrainConfig:
        """The settings of the newest segment."""
        return self.segments[-1].config

    @property
    def data(self) -> Data:
        """The samples of the newest segment."""
        return self.segments[-1].data

    @property
    def curve(self) -> Curve:
        """The run at an even choice of steps, and its newest state."""
        rows = self.rows
        if rows[-1, 0] != self.head.step:
            rows = np.vstack([rows, row_of(self.head, self.config, self.test)])
        return curve_of(rows)

    def segment_at(self, step: int) -> Segment:
        """Return the settings under which the state at a step is judged and left."""
        return next(part for part in reversed(self.segments) if part.start.step <= step)

    def advanced(self, steps: int = 1) -> "TrainHistory":
        """Return the history after so many more steps, or fewer if the run ends."""
        return self.played([self.head.step + as_whole(steps, "steps", 0)])[0]

    def played(self, steps: Sequence[int]) -> tuple["TrainHistory", tuple[TrainState, ...]]:
        """Return the history up to the last of some ascending steps, and the state at each of them.

        What was made before is not made again. At steps beyond its end the run stands as it ended.

        Raises:
            ValueError: a step is negative.
        """
        states = self.states([step for step in steps if step <= self.head.step])
        ahead = steps[len(states) :]
        if self.head.final or not ahead:
            return self, (*states, *[self.head] * len(ahead))
        runner, moments, seen = Runner(self.config, self.data, self.head), list[Moment](), list[int]()
        for stop in ahead:
            while runner.step < stop and not (moments and moments[-1].verdict):
                stride = stride_at(runner.step + 1, CURVE_POINTS)
                runner.go(min(stop, (runner.step // stride + 1) * stride) - runner.step)
                moments.append(runner.moment())
            seen.append(len(moments) - 1)
        new = runner.states(moments)
        rows = rows_of([state for state in new if _on_grid(state.step, CURVE_POINTS)], self.config, self.test)
        longer = replace(
            self,
            head=new[-1],
            keyframes=(*self.keyframes, *(state for state in new if _on_grid(state.step, KEYFRAMES))),
            rows=np.vstack([self.rows, rows]),
        )
        return longer._thinned(), (*states, *(new[index] for index in seen))

    def at(self, step: int) -> TrainState:
        """Return the state at a step of this run, to the last bit as it was.

        Raises:
            ValueError: the run has no such step.
        """
        return self.states([step])[0]

    def states(self, steps: Sequence[int]) -> tuple[TrainState, ...]:
        """Return the states at some steps; ascending steps are found in one sweep."""
        found, runner, of = list[TrainState](), None, None
        for step in steps:
            if not 0 <= step <= self.head.step:
                raise ValueError(f"the run has the steps 0 to {self.head.step}, not {step}")
            part = self.segment_at(step)
            state = self._nearest(part, step)
            if state.step < step:
                if runner is None or of is not part:
                    runner, of = Runner(part.config, part.data, state), part
                elif not state.step <= runner.step <= step:
                    runner.load(state)
                runner.go(step - runner.step)
                state = runner.state()
            found.append(state)
        return tuple(found)

    def _nearest(self, part: Segment, step: int) -> TrainState:
        """The last state in memory that a segment has led to, up to a step."""
        kept = (*self.keyframes, self.head) if part is self.segments[-1] else self.keyframes
        return next((state for state in reversed(kept) if part.start.step < state.step <= step), part.start)

    def branched(
        self, step: int, config: TrainConfig | None = None, data: Data | None = None
    ) -> "TrainHistory":
        """Return a history that goes on from a step with other settings or samples.

        Args:
            step: where to leave this run, from 0 to the step of its head.
            config: the settings from there on; by default those that it had there.
            data: the samples from there on; by default those that it had there.

        Returns:
            A history with its head at the step. The parameters are kept, and the optimiser's memory if the
            optimiser is the same. A change at the step at which the newest branch began takes that branch's
            place, as if it had never been. This run is the newest ghost, unless the branch begins at its very
            end.

        Raises:
            ValueError: the run has no such step, or the model is another one (that needs a new start).
        """
        there = self.segment_at(step)
        settings = there.config if config is None else config
        samples = there.data if data is None else data
        kept = tuple(part for part in self.segments if part.start.step < step)
        before = kept[-1] if kept else self.segments[0]
        nearest = self._nearest(before, step)
        here = advance(nearest, before.config, before.data, step - nearest.step)
        start = continued(here, before.config, settings, before.data, samples)
        rows = self.rows[self.rows[:, 0] < step]
        if kept:  # the branch point as it was: with the settings that led there
            rows = np.vstack([rows, row_of(here, before.config, self.test)])
        rows = np.vstack([rows, row_of(start, settings, self.test)])
        ghosts = self.ghosts
        if step < self.head.step:
            ghosts = (*ghosts, Ghost(replace(self, ghosts=()), step))[-GHOSTS:]
        return TrainHistory(
            segments=(*kept, Segment(settings, samples, start)),
            head=start,
            test=self.test,
            ghosts=ghosts,
            keyframes=tuple(state for state in self.keyframes if state.step <= step),
            rows=rows,
        )

    def _thinned(self) -> "TrainHistory":
        """Leave out what lies between the grid points of the newest step; they are all there."""
        newest, starts = self.head.step, [part.start.step for part in self.segments]
        good = (self.rows[:, 0] % stride_at(newest, CURVE_POINTS) == 0) | np.isin(self.rows[:, 0], starts)
        stride = stride_at(newest, KEYFRAMES)
        keyframes = tuple(state for state in self.keyframes if state.step % stride == 0)
        return replace(self, keyframes=keyframes, rows=self.rows[good])


def _on_grid(step: int, points: int) -> bool:
    return step % stride_at(step, points) == 0


def start_history(config: TrainConfig, data: Data, test: Data | None = None) -> TrainHistory:
    """Return the history of a run that has not begun.

    Args:
        config: the settings.
        data: the samples to train on.
        test: samples that are only judged, of the same features and classes.

    Returns:
        A `TrainHistory` at step 0.

    Raises:
        ValueError: as `initial_state`; or the test samples have other features or classes.

    >>> from softmax_core.datasets import small_blobs
    >>> history = start_history(TrainConfig(), small_blobs(seed=0))
    >>> history.head.step, history.head.status
    (0, 'READY')
    """
    start = initial_state(config, data)
    return TrainHistory((Segment(config, data, start),), start, test, rows=row_of(start, config, test)[None])


def run_training(config: TrainConfig, data: Data, steps: int, test: Data | None = None) -> TrainHistory:
    """Train from the first weights for so many steps, or fewer if the run ends, and return the history.

    Args:
        config: the settings.
        data: the samples to train on.
        steps: how many, at least 0.
        test: samples that are only judged, of the same features and classes.

    Returns:
        A `TrainHistory` whose head is the last state.

    Raises:
        ValueError: as `start_history`, or steps is negative.

    >>> from softmax_core.datasets import small_blobs
    >>> run = run_training(TrainConfig(stop_gradient=1e-3), small_blobs(seed=0), 10_000)
    >>> run.head.status, run.head.ending
    ('CONVERGED', 'gradient')
    """
    return start_history(config, data, test).advanced(steps)
