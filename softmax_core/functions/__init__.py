"""Softmax, log-softmax, log-sum-exp and the sigmoid, each within a few units in the last place, and what
goes with them: products with their Jacobians, and what a probability leaves to all others."""

from softmax_core.functions._remainders import log_remainders
from softmax_core.functions._softmax import log_softmax, logsumexp, sigmoid, softmax
from softmax_core.functions._vector_products import log_softmax_vjp, softmax_vjp

__all__ = [
    "log_remainders",
    "log_softmax",
    "log_softmax_vjp",
    "logsumexp",
    "sigmoid",
    "softmax",
    "softmax_vjp",
]
