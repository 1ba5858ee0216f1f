"""Training: from a state to a later one, and nothing else changes."""

from collections.abc import Iterator

import numpy as np

from softmax_core._inputs import Array
from softmax_core.data import Data
from softmax_core.training.backprop import Gradient, gradient_function
from softmax_core.training.batches import Batch, epoch_batches, n_batches, prepare
from softmax_core.training.config import TrainConfig
from softmax_core.training.diagnosis import find_divergence
from softmax_core.training.judge import judge
from softmax_core.training.models import first_theta
from softmax_core.training.optimisers import update_function
from softmax_core.training.state import Divergence, Ending, Status, TrainState


def initial_state(config: TrainConfig, data: Data) -> TrainState:
    """Return the state before the first step.

    Args:
        config: the settings; n_classes, seed and init_scale decide the first weights.
        data: the samples to train on.

    Returns:
        The state at step 0: READY, unless a threshold is already met there.

    Raises:
        ValueError: a label is not a class, or the features are too large to be squared.

    Formula:
        W = init_scale·z with z standard normal from `default_rng(seed)`, b = 0.

    Source:
        CS231n, "Neural networks case study" (0.01·randn).

    >>> from softmax_core.data import small_blobs
    >>> initial_state(TrainConfig(), small_blobs(seed=0)).status
    'READY'
    """
    layout = prepare(config, data).layout
    theta = first_theta(config, layout)
    runner = Runner(config, data)
    runner.load(theta, np.zeros((config.n_memories, layout.size)), 0, 0, 0, 0)
    return runner.state()


def advance(state: TrainState, config: TrainConfig, data: Data, steps: int = 1) -> TrainState:
    """Make some steps of training.

    Args:
        state: where to begin.
        config: the settings.
        data: the samples to train on.
        steps: how many, at least 0.

    Returns:
        The state after them, or the final state if the run ends on the way. A final state comes back itself.
        How the steps are cut into calls changes no bit of it.

    Raises:
        ValueError: the state is not one of this model and optimiser, steps is negative, a label is not a
            class, or the features are too large to be squared.

    Formula:
        θ ← θ − η·∇(1/|B|·Σ_{i ∈ B} L_i + ½·λ·‖W‖²) over a batch B, or the step of `TrainConfig.optimiser`.

    Why so:
        Everything that a step needs is laid out once per call, so ask for many steps at once. Whether the
        gradient is finite, not too long and not yet below the threshold is read off one product a step.

    Source:
        CS231n, "Optimization"; "Neural networks 3", parameter updates.

    >>> from softmax_core.data import small_blobs
    >>> data, config = small_blobs(seed=0), TrainConfig(batch_size=7)
    >>> start = initial_state(config, data)
    >>> once = advance(start, config, data, 30)
    >>> pieces = advance(advance(start, config, data, 11), config, data, 19)
    >>> bool((once.theta == pieces.theta).all()), once.step, once.epoch, once.batch
    (True, 30, 3, 3)
    """
    return next(states_every(state, config, data, steps, 1))


def states_every(
    state: TrainState, config: TrainConfig, data: Data, steps: int, count: int
) -> Iterator[TrainState]:
    """Yield a state after every so many steps, at most `count` of them; the last one may be final and early.

    It is what repeated calls of `advance` would give, sooner. A final state to begin with is yielded once.

    >>> from softmax_core.data import small_blobs
    >>> data, config = small_blobs(seed=0), TrainConfig(stop_step=25)
    >>> [state.step for state in states_every(initial_state(config, data), config, data, 10, 5)]
    [10, 20, 25]
    """
    if steps < 0 or count < 0:
        raise ValueError(f"steps and count must not be negative, not {steps} and {count}")
    if state.final or steps == 0:
        yield state
        return
    runner = Runner(config, data)
    if state.layout != runner.prepared.layout or len(state.memory) != config.n_memories:
        raise ValueError("the state belongs to another model or optimiser; begin a branch with `continued`")
    runner.load(state.theta, state.memory, state.memory_steps, state.step, state.epoch, state.batch)
    for _ in range(count):
        runner.go(steps)
        after = runner.state()
        yield after
        if after.final:
            return


def continued(
    state: TrainState, before: TrainConfig, after: TrainConfig, data: Data, after_data: Data | None = None
) -> TrainState:
    """Return the state from which a run goes on with other settings, or other samples.

    Args:
        state: where the change takes place.
        before, data: the settings and samples until here.
        after, after_data: those from here on; the model must be the same.

    Returns:
        The same step and parameters, judged anew. The optimiser's memory is kept if the optimiser is the
        same, and a new epoch begins if the batches are no longer the same.

    Raises:
        ValueError: the model, or the number of its parameters, is another one.
    """
    samples = data if after_data is None else after_data
    runner = Runner(after, samples)
    if runner.prepared.layout != state.layout:
        raise ValueError("another model, or another number of classes or features, needs a new start")
    memory, memory_steps, epoch, batch = state.memory, state.memory_steps, state.epoch, state.batch
    if after.optimiser != before.optimiser:
        memory, memory_steps = np.zeros((after.n_memories, state.layout.size)), 0
    same_batches = (after.batch_size, after.seed, samples) == (before.batch_size, before.seed, data)
    if batch and not same_batches:
        epoch, batch = epoch + 1, 0
    runner.load(state.theta, memory, memory_steps, state.step, epoch, batch)
    return runner.state()


class Runner:
    """One run in buffers of its own; it is made for a call and never leaves it."""

    def __init__(self, config: TrainConfig, data: Data) -> None:
        self.config, self.prepared = config, prepare(config, data)
        layout, n_samples = self.prepared.layout, data.n_samples
        self.theta, self.g, self.full_g = np.empty(layout.size), np.empty(layout.size), np.empty(layout.size)
        self.memory = np.empty((config.n_memories, layout.size))
        self.n_batches = n_batches(config, n_samples)
        sizes = (
            {n_samples} if config.batch_size is None else {config.batch_size, n_samples % config.batch_size}
        )
        self.gradients: dict[int, Gradient] = {
            size: gradient_function(config, layout, self.theta, self.g, size) for size in sizes if size
        }
        self.full_gradient = gradient_function(config, layout, self.theta, self.full_g, n_samples)
        self.update = update_function(config, self.theta, self.g, self.memory)
        self.low, self.high = config.stop_gradient**2, self.prepared.limit**2
        self.epoch_in_hand, self.batches = -1, list[Batch]()

    def load(self, theta: Array, memory: Array, memory_steps: int, step: int, epoch: int, batch: int) -> None:
        """Begin at a state."""
        self.theta[:], self.memory[:] = theta, memory
        self.memory_steps, self.step, self.epoch, self.batch = memory_steps, step, epoch, batch

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
        for number in range(self.memory_steps + 1, self.memory_steps + 1 + steps):
            gradient(batch)
            if not low < g.dot(g) < high:
                return number - 1 - self.memory_steps
            update(number)
        return steps

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
        square = self.full_g.dot(self.full_g)
        if not square < self.high:
            return self._divergence(self.prepared.everything, self.full_g)
        if square <= self.low:
            return "gradient"
        if self.config.stop_loss is not None and sum(self._losses()[:2]) <= self.config.stop_loss:
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

    def _losses(self) -> tuple[float, float, float]:
        """Data loss, penalty and accuracy over all samples."""
        scores = self.prepared.layout.scores(self.theta, self.prepared.everything.inputs)
        found = judge(self.config, scores, self.prepared.labels)
        weights = self.theta[self.prepared.layout.weight_mask() > 0]
        penalty = 0.5 * self.config.l2 * float(weights.dot(weights)) if self.config.l2 else 0.0
        return found.data_loss, penalty, found.accuracy

    def state(self) -> TrainState:
        """Return where the run is now."""
        with np.errstate(all="ignore"):
            verdict = self._verdict()
            data_loss, penalty, accuracy = self._losses()
        status: Status = "READY" if self.step == 0 else "RUNNING"
        if isinstance(verdict, Divergence):
            status = "DIVERGED"
        elif verdict is not None:
            status = "CONVERGED"
        arrays = self.theta.copy(), self.memory.copy(), self.full_g.copy()
        for array in arrays:
            array.flags.writeable = False
        return TrainState(
            layout=self.prepared.layout,
            step=self.step,
            epoch=self.epoch,
            batch=self.batch,
            status=status,
            ending=None if isinstance(verdict, Divergence) else verdict,
            divergence=verdict if isinstance(verdict, Divergence) else None,
            theta=arrays[0],
            memory=arrays[1],
            memory_steps=self.memory_steps,
            gradient=arrays[2],
            data_loss=data_loss,
            penalty=penalty,
            accuracy=accuracy,
        )
