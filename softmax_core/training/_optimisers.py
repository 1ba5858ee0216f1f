"""How a gradient becomes a step: gradient descent, momentum, Adam."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from softmax_core._inputs import Array
from softmax_core.training._config import TrainConfig

Update: TypeAlias = Callable[[int], None]


def update_function(config: TrainConfig, theta: Array, g: Array, memory: Array) -> Update:
    """Make the function that moves the parameters by one step.

    Args:
        config: names the optimiser and its settings.
        theta: θ, all parameters; every step writes to it.
        g: where the gradient stands; every step may write to it.
        memory: (n_memories, n_params) of the optimiser; every step writes to it.

    Returns:
        A function that takes the number of its step in the memory, from 1.

    Formula:
        Gradient descent: θ ← θ − η·g. Momentum: v ← β·v − η·g, θ ← θ + v. Adam: m ← β·m + (1 − β)·g,
        s ← β₂·s + (1 − β₂)·g², θ ← θ − η·m̂/(√ŝ + ε) with m̂ = m/(1 − βᵗ), ŝ = s/(1 − β₂ᵗ).

    Source:
        Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015.

    >>> theta, g = np.array([1.0, 2.0]), np.array([0.5, -1.0])
    >>> update_function(TrainConfig(rate=0.1), theta, g, np.empty((0, 2)))(1)
    >>> theta.tolist()
    [0.95, 2.1]
    """
    add, subtract, multiply, divide, root = np.add, np.subtract, np.multiply, np.divide, np.sqrt

    def each(value: float) -> Array:
        """A number for each parameter: NumPy is slower with a lone one."""
        with np.errstate(under="ignore"):
            return np.full_like(theta, value)

    rate = each(config.rate)

    def descend(_number: int) -> None:
        multiply(g, rate, g)
        subtract(theta, g, theta)

    if config.optimiser == "gradient_descent":
        return descend
    decay = each(config.momentum)

    if config.optimiser == "momentum":
        velocity = memory[0]

        def roll(_number: int) -> None:
            multiply(velocity, decay, velocity)
            multiply(g, rate, g)
            subtract(velocity, g, velocity)
            add(theta, velocity, theta)

        return roll

    mean, square = memory
    fresh, square_fresh = 1.0 - decay, each(1.0 - config.square_decay)
    epsilon, spare = each(config.epsilon), np.empty_like(theta)

    def adapt(number: int) -> None:
        subtract(g, mean, spare)
        multiply(spare, fresh, spare)
        add(mean, spare, mean)
        multiply(g, g, g)
        subtract(g, square, g)
        multiply(g, square_fresh, g)
        add(square, g, square)
        divide(square, 1.0 - config.square_decay**number, spare)
        root(spare, spare)
        add(spare, epsilon, spare)
        divide(mean, spare, spare)
        multiply(spare, config.rate / (1.0 - config.momentum**number), spare)
        subtract(theta, spare, theta)

    return adapt
