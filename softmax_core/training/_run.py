"""Training: from a state to a later one, and nothing else changes."""

import numpy as np

from softmax_core._settings import as_whole
from softmax_core.datasets import Data
from softmax_core.training._batches import prepare
from softmax_core.training._config import TrainConfig
from softmax_core.training._models import first_theta
from softmax_core.training._runner import Runner
from softmax_core.training._state import TrainState


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

    >>> from softmax_core.datasets import small_blobs
    >>> initial_state(TrainConfig(), small_blobs(seed=0)).status
    'READY'
    """
    runner = Runner(config, data)
    with np.errstate(over="ignore", under="ignore"):
        runner.theta[:] = first_theta(config, runner.prepared.layout)
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

    >>> from softmax_core.datasets import small_blobs
    >>> data, config = small_blobs(seed=0), TrainConfig(batch_size=7)
    >>> start = initial_state(config, data)
    >>> once = advance(start, config, data, 30)
    >>> pieces = advance(advance(start, config, data, 11), config, data, 19)
    >>> bool((once.theta == pieces.theta).all()), once.step, once.epoch, once.batch
    (True, 30, 3, 3)
    """
    steps = as_whole(steps, "steps", 0)
    if state.final or steps == 0:
        return state
    if state.layout != prepare(config, data).layout or len(state.memory) != config.n_memories:
        raise ValueError("the state belongs to another model or optimiser; begin a branch with `continued`")
    runner = Runner(config, data, state)
    runner.go(steps)
    return runner.state()


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

    >>> from softmax_core.datasets import small_blobs
    >>> data, slow, fast = small_blobs(seed=0), TrainConfig(), TrainConfig(rate=0.5, optimiser="momentum")
    >>> state = advance(initial_state(slow, data), slow, data, 10)
    >>> advance(continued(state, slow, fast, data), fast, data, 5).step
    15
    """
    samples = data if after_data is None else after_data
    runner = Runner(after, samples)
    if runner.prepared.layout != state.layout:
        raise ValueError("another model, or another number of classes or features, needs a new start")
    runner.theta[:] = state.theta
    runner.step, runner.epoch, runner.batch = state.step, state.epoch, state.batch
    if after.optimiser == before.optimiser:
        runner.memory[:], runner.memory_steps = state.memory, state.memory_steps
    same_batches = (after.batch_size, after.seed, samples) == (before.batch_size, before.seed, data)
    if state.batch and not same_batches:
        runner.epoch, runner.batch = state.epoch + 1, 0
    return runner.state()
