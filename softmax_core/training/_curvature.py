"""The largest step size that does not blow up, from the curvature of the objective."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

import numpy as np

from softmax_core._inputs import Array
from softmax_core.datasets import Data
from softmax_core.training._backprop import gradient_function
from softmax_core.training._batches import Prepared, prepare
from softmax_core.training._config import TrainConfig
from softmax_core.training._state import TrainState


@dataclass(frozen=True, slots=True)
class StepLimit:
    """How large a step may be.

    Attributes:
        curvature: the largest eigenvalue of the Hessian of the objective at the state; for "adam" of the
            Hessian seen through its scaling.
        rate: the step size beyond which a run near a minimum of this curvature leaves it; inf without
            curvature.
        kind: "exact": the objective is convex and smooth and the rule is gradient descent or momentum over
            all samples, so that `rate` is the limit of stability for this curvature. "estimate": there is a
            hidden layer, a kink, a batch, or Adam.
        safe_rate: below this step size, gradient descent over all samples lowers the objective in every step
            from any parameters; for "momentum" it cannot blow up near any minimum. None where nothing is
            known.
    """

    curvature: float
    rate: float
    kind: Literal["exact", "estimate"]
    safe_rate: float | None


def step_limit(state: TrainState, config: TrainConfig, data: Data) -> StepLimit:
    """Compute the largest stable step size at a state of a run.

    Args:
        state: with finite parameters. For a run that diverged take an earlier one: where the scores are huge
            the cross-entropy is flat.
        config: the settings; the rate in them does not matter.
        data: the samples trained on.

    Returns:
        A `StepLimit`.

    Raises:
        ValueError: the parameters are not finite, or as `advance`.

    Formula:
        η < 2/λ_max for gradient descent, 2·(1 + β)/λ_max for momentum; for Adam 2·(1 + β)/((1 − β)·λ_max)
        with the λ_max of D⁻½·H·D⁻½, D = √ŝ + ε. λ_max is found by power iteration on products H·v. safe_rate
        takes λ_max ≤ c·λ_max(Σ_i x_i x_iᵀ / N) + λ, with c = ½ for the cross-entropy and 2K for the squared
        hinge.

    Why so:
        On a parabola of curvature a a step multiplies the distance to the minimum by 1 − η·a, which is
        beyond −1 for η > 2/a. The Hessian is never built. For the squared hinge it is that of the present
        piece; the hinge itself is flat but for the penalty; with a hidden layer products come from
        differences of gradients.

    Source:
        D. Böhning, "Multinomial logistic regression algorithm" (1992), for ½; B. Polyak (1964), momentum;
        J. Cohen et al., "Adaptive gradient methods at the edge of stability" (2022), Adam.

    >>> from softmax_core.training import initial_state
    >>> data, config = Data([[-1.0], [1.0]], [0, 1]), TrainConfig(n_classes=2, l2=0.0, init_scale=0.0)
    >>> limit = step_limit(initial_state(config, data), config, data)
    >>> round(limit.curvature, 6), round(limit.rate, 6), limit.kind, limit.safe_rate
    (0.5, 4.0, 'exact', 4.0)
    """
    if not np.isfinite(state.theta).all():
        raise ValueError("the parameters are not finite; take an earlier state")
    prepared = prepare(replace(config, dtype="float64"), data)
    if prepared.layout != state.layout:
        raise ValueError("the state belongs to another model")
    with np.errstate(all="ignore"):
        product = hessian_product(state, config, data)
        factor, scaling = _optimiser(state, config)
        curvature = largest_eigenvalue(
            lambda v: scaling * product(scaling * v),
            state.layout.size,
            tries=2 if config.model == "hidden" else 1,
        )
        smooth = config.model != "hidden" and config.loss != "weston_watkins"
        exact = smooth and config.loss == "cross_entropy" and config.full_batch and config.optimiser != "adam"
        safe = None
        if smooth and config.full_batch and config.optimiser != "adam":
            safe = factor / _bound(config, prepared)
    return StepLimit(
        curvature=curvature,
        rate=factor / curvature if curvature > 0 else inf,
        kind="exact" if exact else "estimate",
        safe_rate=safe,
    )


def hessian_product(state: TrainState, config: TrainConfig, data: Data) -> Callable[[Array], Array]:
    """Return the function v ↦ H·v for the Hessian of the objective at a state.

    Formula:
        Cross-entropy over inputs x: H·V = (1/N)·Σ_i p_i∘(r_i − p_i·r_i) x_iᵀ + λ·V with r_i = V x_i.
    """
    config = replace(config, dtype="float64")
    prepared = prepare(config, data)
    layout, batch = prepared.layout, prepared.everything
    decay = config.l2 * layout.weight_mask()
    if layout.model == "hidden":
        return _differences(state, config, prepared)
    inputs, n = batch.inputs, len(prepared.labels)
    scores = layout.scores(state.theta, inputs)
    rows = np.arange(n)
    if config.loss == "cross_entropy":
        probs = np.exp(scores - scores.max(axis=0))
        probs /= probs.sum(axis=0)

        def second(turn: Array) -> Array:
            swing: Array = probs * (turn - (probs * turn).sum(axis=0))
            return swing
    else:
        power = 2.0 if config.loss == "squared_weston_watkins" else 0.0
        past = scores - scores[prepared.labels, rows] + batch.margins > 0

        def second(turn: Array) -> Array:
            rivals = np.where(past, turn - turn[prepared.labels, rows], 0.0)
            rivals[prepared.labels, rows] = -rivals.sum(axis=0)
            return power * rivals

    def product(v: Array) -> Array:
        turn = layout.scores(v, inputs)
        whole: Array = (second(turn) @ inputs.T / n).reshape(-1) + decay * v
        return whole

    return product


def largest_eigenvalue(
    product: Callable[[Array], Array], size: int, tries: int = 1, tolerance: float = 1e-12
) -> float:
    """Find the largest eigenvalue of a symmetric matrix by power iteration on its products.

    Args:
        product: v ↦ H·v.
        size: the length of v.
        tries: 1 for a matrix without negative eigenvalues; with 2 a second iteration shifts the spectrum if
            the eigenvalue largest in size is negative.
        tolerance: stop once a round changes the eigenvalue by no more than this share.

    Returns:
        The Rayleigh quotient vᵀHv after at most 2000 rounds.
    """
    shift = 0.0
    value = 0.0
    for _ in range(tries):
        v = np.random.default_rng(0).standard_normal(size)
        v /= np.linalg.norm(v)
        previous = inf
        for _round in range(2000):
            turned = product(v) + shift * v
            value = float(v @ turned)
            length = float(np.linalg.norm(turned))
            if not 0 < length < inf or abs(value - previous) <= tolerance * abs(value):
                break
            v, previous = turned / length, value
        value -= shift
        if value >= 0:
            break
        shift = -value
    return value


def _optimiser(state: TrainState, config: TrainConfig) -> tuple[float, Array]:
    """The limit of rate·curvature, and D⁻½."""
    beta, ones = config.momentum, np.ones(state.layout.size)
    if config.optimiser == "gradient_descent":
        return 2.0, ones
    if config.optimiser == "momentum":
        return 2.0 * (1.0 + beta), ones
    square = np.square(state.gradient, dtype=np.float64)
    if len(state.memory) == 2 and state.memory_steps:
        square = state.memory[1] / (1.0 - config.square_decay**state.memory_steps)
        square = square.astype(np.float64, copy=False)
    return 2.0 * (1.0 + beta) / (1.0 - beta), 1.0 / np.sqrt(np.sqrt(square) + config.epsilon)


def _bound(config: TrainConfig, prepared: Prepared) -> float:
    inputs = prepared.everything.inputs
    spread = float(np.linalg.eigvalsh(inputs @ inputs.T / inputs.shape[1])[-1])
    return (0.5 if config.loss == "cross_entropy" else 2.0 * config.n_classes) * spread + config.l2


def _differences(state: TrainState, config: TrainConfig, prepared: Prepared) -> Callable[[Array], Array]:
    """H·v ≈ (g(θ + h·v) − g(θ − h·v)) / 2h."""
    theta, g = np.empty(state.layout.size), np.empty(state.layout.size)
    gradient = gradient_function(config, state.layout, theta, g, len(prepared.labels))
    here = state.theta.astype(np.float64)
    h = 1e-4 * max(float(np.linalg.norm(here)), 1e-2)

    def product(v: Array) -> Array:
        length = float(np.linalg.norm(v)) or 1.0
        ends = []
        for sign in (1.0, -1.0):
            theta[:] = here + sign * h / length * v
            gradient(prepared.everything)
            ends.append(g.copy())
        change: Array = (ends[0] - ends[1]) * (length / (2.0 * h))
        return change

    return product
