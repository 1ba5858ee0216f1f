"""The loop of training: many steps in buffers that are made once."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from softmax_core._inputs import Array
from softmax_core.datasets import Data
from softmax_core.training._backprop import gradient_function
from softmax_core.training._batches import Batch, epoch_batches, n_batches, prepare
from softmax_core.training._config import TrainConfig
from softmax_core.training._diagnosis import find_divergence
from softmax_core.training._judge import Score, judge, judged
from softmax_core.training._optimisers import update_function
from softmax_core.training._per_score import Gradient
from softmax_core.training._state import Divergence, Ending, Status, TrainState


class Runner:
    """One run in buffers of its own, from a state on; it is made for a call and never leaves it."""

    def __init__(self, config: TrainConfig, data: Data, state: TrainState | None = None) -> None:
        self.config, self.prepared = config, prepare(config, data)
        layout, n_samples = self.prepared.layout, data.n_samples
        self.theta, self.g, self.full_g = (np.empty(layout.size, config.dtype) for _ in range(3))
        self.memory = np.zeros((config.n_memories, layout.size), config.dtype)
        self.memory_steps = self.step = self.epoch = self.batch = 0
        self.known = -1  # the step whose gradient over all samples is in full_g
        self.n_batches = n_batches(config, n_samples)
        sizes = (
            {n_samples} if config.batch_size is None else {config.batch_size, n_samples % config.batch_size}
        )
        self.gradients: dict[int, Gradient] = {
            size: gradient_function(config, layout, self.theta, self.g, size) for size in sizes if size
        }
        self.full_gradient = gradient_function(config, layout, self.theta, self.full_g, n_samples)
        self.update = update_function(config, self.theta, self.g, self.memory)
        largest = float(np.finfo(config.dtype).max)
        low, high = config.stop_gradient, self.prepared.limit
        self.low, self.high = min(low * low, largest), min(high * high, largest)  # a power would raise
        self.weights = layout.weight_mask() > 0
        self.epoch_in_hand, self.batches = -1, list[Batch]()
        if state is not None:
            self.load(state)

    def load(self, state: TrainState) -> None:
        """Begin at a state of this model and optimiser."""
        self.theta[:], self.memory[:] = state.theta, state.memory
        self.memory_steps, self.step = state.memory_steps, state.step
        self.epoch, self.batch = state.epoch, state.batch
        self.known = -1

    def go(self, steps: int) -> None:
        """Make so many steps, or fewer if the run ends."""
        if self.config.stop_step is not None:
            steps = min(steps, max(self.config.stop_step - self.step, 0))
        with np.errstate(all="ignore"):
            if self.config.full_batch and self.config.stop_loss is None:
                done = self._go_full(steps)
                self.epoch += done
            else:
                done = self._go_epochs(steps)
        self.step += done
        self.memory_steps += done

    def _go_full(self, steps: int) -> int:
        batch, g, update = self.prepared.everything, self.g, self.update
        gradient, low, high = self.gradients[len(self.prepared.labels)], self.low, self.high
        first = self._recall if self.known == self.step else gradient
        for number in range(self.memory_steps + 1, self.memory_steps + 1 + steps):
            first(batch)
            first = gradient
            if not low < g.dot(g) < high:
                return number - 1 - self.memory_steps
            update(number)
        return steps

    def _recall(self, _batch: Batch) -> None:
        """The gradient at this step, if the run was looked at here: it is the same one."""
        self.g[:] = self.full_g

    def _go_epochs(self, steps: int) -> int:
        g, update, high, gradients = self.g, self.update, self.high, self.gradients
        done, number = 0, self.memory_steps
        while done < steps:
            if self.batch == 0 and self._verdict_on_everything() is not None:
                break
            for batch in self._batches()[self.batch : self.batch + steps - done]:
                gradients[len(batch.own)](batch)
                if not g.dot(g) < high:
                    return done
                done += 1
                update(number + done)
                self.batch += 1
            if self.batch == self.n_batches:
                self.epoch, self.batch = self.epoch + 1, 0
        return done

    def _batches(self) -> list[Batch]:
        if self.config.full_batch:
            return [self.prepared.everything]
        if self.epoch != self.epoch_in_hand:
            self.epoch_in_hand = self.epoch
            self.batches = epoch_batches(self.config, self.prepared, self.epoch)
        return self.batches

    def _verdict_on_everything(self) -> Ending | Divergence | None:
        """Whether the run ends before this step, judged by the objective over all samples."""
        self.full_gradient(self.prepared.everything)
        self.known = self.step
        square = self.full_g.dot(self.full_g)
        # the hinge takes NaN for a rival within the margin, and would call a broken run converged
        if not square < self.high or not np.isfinite(self.theta).all():
            return self._divergence(self.prepared.everything, self.full_g)
        if square <= self.low:
            return "gradient"
        if self.config.stop_loss is not None and self._objective() <= self.config.stop_loss:
            return "loss"
        return None

    def _verdict(self) -> Ending | Divergence | None:
        """Whether the run ends before this step; the gradient over all samples is in full_g afterwards."""
        if self.batch == 0:
            if (verdict := self._verdict_on_everything()) is not None:
                return verdict
        else:
            self.full_gradient(self.prepared.everything)
        if not self.config.full_batch:
            batch = self._batches()[self.batch]
            self.gradients[len(batch.own)](batch)
            if not self.g.dot(self.g) < self.high:
                return self._divergence(batch, self.g)
        if self.config.stop_step is not None and self.step >= self.config.stop_step:
            return "steps"
        return None

    def _divergence(self, batch: Batch, g: Array) -> Divergence:
        limit = self.prepared.limit
        return find_divergence(self.config, self.prepared.layout, self.theta, batch, g, limit, self.step)

    def _objective(self) -> float:
        """Data loss and penalty over all samples."""
        scores = self.prepared.layout.scores(self.theta, self.prepared.inputs)
        return judge(self.config, scores, self.prepared.labels).data_loss + self._penalty(self.theta)

    def _penalty(self, theta: Array) -> float:
        if not self.config.l2:
            return 0.0
        weights = theta[self.weights].astype(np.float64, copy=False)
        return 0.5 * self.config.l2 * float(weights.dot(weights))

    def state(self) -> TrainState:
        """Return where the run is now."""
        return self.states([self.moment()])[0]

    def moment(self) -> "Moment":
        """Return where the run is now, not yet judged."""
        with np.errstate(all="ignore"):
            verdict = self._verdict()
        arrays = self.theta.copy(), self.memory.copy(), self.full_g.copy()
        for array in arrays:
            array.flags.writeable = False
        return Moment(self.step, self.epoch, self.batch, verdict, *arrays, self.memory_steps)

    def states(self, moments: "Sequence[Moment]") -> list[TrainState]:
        """Judge some moments of this run, all at once."""
        known = self.prepared
        thetas = [moment.theta for moment in moments]
        scores = judged(self.config, known.layout, thetas, known.inputs, known.labels)
        with np.errstate(all="ignore"):
            return [self._state(*each) for each in zip(moments, scores, strict=True)]

    def _state(self, moment: "Moment", score: Score) -> TrainState:
        verdict = moment.verdict
        diverged = isinstance(verdict, Divergence)
        status: Status = "READY" if moment.step == 0 else "RUNNING"
        if verdict is not None:
            status = "DIVERGED" if diverged else "CONVERGED"
        return TrainState(
            layout=self.prepared.layout,
            step=moment.step,
            epoch=moment.epoch,
            batch=moment.batch,
            status=status,
            ending=None if isinstance(verdict, Divergence) else verdict,
            divergence=verdict if isinstance(verdict, Divergence) else None,
            theta=moment.theta,
            memory=moment.memory,
            memory_steps=moment.memory_steps,
            gradient=moment.gradient,
            data_loss=score.data_loss,
            penalty=self._penalty(moment.theta),
            accuracy=score.accuracy,
        )


class Moment(NamedTuple):
    """A state of a run before it is judged; its arrays are read-only. `verdict` is not None at its end."""

    step: int
    epoch: int
    batch: int
    verdict: Ending | Divergence | None
    theta: Array
    memory: Array
    gradient: Array
    memory_steps: int
