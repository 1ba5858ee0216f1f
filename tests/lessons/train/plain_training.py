"""Training in plain NumPy, to check what is said of it: no function of the product computes here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from softmax_core import TrainConfig, TrainState

Array = NDArray[Any]
Params = dict[str, Array]


@dataclass(frozen=True, eq=False)
class Task:
    """What is minimised: the samples as the model sees them, and the settings."""

    X: Array
    y: Array
    config: TrainConfig

    @property
    def Z(self) -> Array:
        x, y = self.X[:, 0], self.X[:, 1]
        return np.stack([x, y, x * x, x * y, y * y], 1) if self.config.model == "quadratic" else self.X

    def scores(self, params: Params) -> Array:
        if "W1" in params:
            hidden = np.maximum(0.0, self.X @ params["W1"] + params["b1"])
            return hidden @ params["W2"] + params["b2"]
        return self.Z @ params["W"] + params["b"]

    def losses(self, params: Params) -> Array:
        f = self.scores(params)
        rows = np.arange(len(self.y))
        if self.config.loss == "cross_entropy":
            m = f.max(1)
            return m + np.log(np.exp(f - m[:, None]).sum(1)) - f[rows, self.y]
        terms = self.terms(params)
        return (terms**2 if self.config.loss.startswith("squared") else terms).sum(1)

    def terms(self, params: Params) -> Array:
        """By how much each rival is within the margin."""
        f = self.scores(params)
        rows = np.arange(len(self.y))
        terms = np.maximum(0.0, f - f[rows, self.y][:, None] + self.config.margin)
        terms[rows, self.y] = 0.0
        return terms

    def wishes(self, params: Params) -> Array:
        f = self.scores(params)
        rows = np.arange(len(self.y))
        if self.config.loss == "cross_entropy":
            p = np.exp(f - f.max(1)[:, None])
            p /= p.sum(1)[:, None]
            p[rows, self.y] -= 1.0
            return p
        terms = self.terms(params)
        wish = 2 * terms if self.config.loss.startswith("squared") else (terms > 0).astype(float)
        wish[rows, self.y] = -wish.sum(1)
        return wish

    def total(self, params: Params) -> float:
        weights = sum(float((part**2).sum()) for name, part in params.items() if name.startswith("W"))
        return float(self.losses(params).mean()) + 0.5 * self.config.l2 * weights

    def gradient(self, params: Params) -> Params:
        """Of a model without a hidden layer."""
        wish = self.wishes(params) / len(self.y)
        return {"W": self.Z.T @ wish + self.config.l2 * params["W"], "b": wish.sum(0)}

    def run(self, params: Params, steps: int) -> list[float]:
        """The totals on the way, by the rule of the settings, over all samples in every step."""
        here = {name: part.copy() for name, part in params.items()}
        first, second = ({name: 0.0 * part for name, part in here.items()} for _ in range(2))
        totals, beta, square = [self.total(here)], self.config.momentum, self.config.square_decay
        for t in range(1, steps + 1):
            for name, slope in self.gradient(here).items():
                if self.config.optimiser == "gradient_descent":
                    here[name] -= self.config.rate * slope
                elif self.config.optimiser == "momentum":
                    first[name] = beta * first[name] - self.config.rate * slope
                    here[name] += first[name]
                else:
                    first[name] = beta * first[name] + (1 - beta) * slope
                    second[name] = square * second[name] + (1 - square) * slope**2
                    size = np.sqrt(second[name] / (1 - square**t)) + self.config.epsilon
                    here[name] -= self.config.rate * first[name] / (1 - beta**t) / size
            totals.append(self.total(here))
        return totals

    def curvature(self, params: Params) -> float:
        """The largest eigenvalue of the Hessian, which is built entry by entry."""
        Z = np.column_stack([self.Z, np.ones(len(self.y))])
        k, n = self.config.n_classes, Z.shape[1]
        H = np.zeros((n * k, n * k))
        if self.config.loss == "cross_entropy":
            p = self.wishes(params)
            p[np.arange(len(self.y)), self.y] += 1.0
            blocks: Callable[[int], Array] = lambda i: np.diag(p[i]) - np.outer(p[i], p[i])  # noqa: E731
        else:
            on = self.terms(params) > 0
            eye = np.eye(k)

            def blocks(i: int) -> Array:
                found = np.zeros((k, k))
                for j in np.flatnonzero(on[i]):
                    d = eye[j] - eye[self.y[i]]
                    found += 2 * np.outer(d, d)
                return found

        for i, z in enumerate(Z):
            H += np.kron(np.outer(z, z), blocks(i)) / len(Z)
        weights = range((n - 1) * k)  # the biases come last, and are not penalised
        H[weights, weights] += self.config.l2
        return float(np.linalg.eigvalsh(H)[-1])


def params_of(state: TrainState) -> Params:
    return {name: np.array(part, dtype=np.float64) for name, part in state.params.items()}
