"""The probability of a whole data set under a softmax classifier: as a product, as a sum of logarithms, and
with a Gaussian prior on the weights."""

from dataclasses import dataclass
from math import inf, log, pi, sqrt

import numpy as np

from softmax_core._dtypes import Format, find_format
from softmax_core._inputs import Array
from softmax_core._records import Record
from softmax_core._settings import as_number, as_whole
from softmax_core.datasets import Data
from softmax_core.functions import softmax
from softmax_core.linear import LinearParams, linear_scores, objective
from softmax_core.linear._objective import as_l2
from softmax_core.losses import cross_entropy


@dataclass(frozen=True, slots=True, eq=False)
class RunningLikelihood(Record):
    """The likelihood of the first 1, 2, …, N samples, as a product and as a sum.

    Attributes:
        products: (n_samples,), each product as the number format holds it.
        logs: (n_samples,), the sums of log-probabilities in nats, float64.
        first_zero: the number of samples, from 1, whose product is the first to be 0; None if none is.
    """

    products: Array
    logs: Array
    first_zero: int | None


@np.errstate(all="ignore")
def running_likelihood(params: LinearParams, data: Data, dtype: Format = "float64") -> RunningLikelihood:
    """Multiply the probabilities of the labels one after another, and add their logarithms beside it.

    Args:
        params: the weights and biases.
        data: the samples, in the order in which they are multiplied.
        dtype: the number format of the product; one of `DTYPES`.

    Returns:
        A `RunningLikelihood`.

    Raises:
        TypeError: the format is not supported.
        ValueError: the shapes do not fit, a label is not a class, or a score is not finite.

    Formula:
        Π_i p(y_i | x_i; W, b), and log Π_i p_i = Σ_i log p_i = −Σ_i L_i.

    Why so:
        Every factor is at most 1, so the product falls out of any format's range after some hundred samples:
        from there on it is 0 for every W, and says nothing. The sum only grows in size.

    Source:
        CS231n, "Linear classification", softmax classifier: probabilistic interpretation.

    >>> flat = LinearParams([[0.0, 0.0]], [0.0, 0.0])
    >>> coins = Data([[0.0]] * 200, [0] * 200)
    >>> running_likelihood(flat, coins, "float32").first_zero
    150
    """
    dtype = find_format(dtype)
    scores = linear_scores(params, data.X)
    losses = cross_entropy(scores, data.labels).astype(np.float64)
    probs = softmax(scores)[np.arange(data.n_samples), data.labels].astype(dtype)
    products = np.empty(data.n_samples, dtype)
    product = dtype.type(1)
    for index, prob in enumerate(probs):
        product = product * prob
        products[index] = product
    zeros = np.flatnonzero(products == 0)
    return RunningLikelihood(products, 0.0 - np.cumsum(losses), int(zeros[0]) + 1 if len(zeros) else None)


def likelihood_product(params: LinearParams, data: Data, dtype: Format = "float64") -> float:
    """Multiply the probabilities of all labels, in a number format; 0 where the format cannot hold it.

    Args:
        params: the weights and biases.
        data: the samples and their labels.
        dtype: the number format; one of `DTYPES`.

    Returns:
        The last of the products of `running_likelihood`: from 0 to 1.

    Raises:
        TypeError, ValueError: as `running_likelihood`.

    Formula:
        Π_i p(y_i | x_i; W, b).

    >>> likelihood_product(LinearParams([[0.0, 0.0]], [0.0, 0.0]), Data([[0.0]] * 3, [0, 1, 0]))
    0.125
    """
    return float(running_likelihood(params, data, dtype).products[-1])


def log_likelihood(params: LinearParams, data: Data) -> float:
    """Add the log-probabilities of all labels.

    Args:
        params: the weights and biases.
        data: the samples and their labels.

    Returns:
        A number in nats, at most 0: minus N times the mean cross-entropy. So whoever maximises the one
        minimises the other.

    Raises:
        ValueError: as `objective`.

    Formula:
        log L = Σ_i log p(y_i | x_i; W, b) = −N·(1/N)·Σ_i L_i.

    Source:
        CS231n, "Linear classification", softmax classifier: probabilistic interpretation.

    >>> flat = LinearParams([[0.0, 0.0]], [0.0, 0.0])
    >>> round(log_likelihood(flat, Data([[0.0]] * 3, [0, 1, 0])), 6)
    -2.079442
    """
    return 0.0 - data.n_samples * objective(params, data, "cross_entropy").data


def prior_variance(l2: float, n_samples: int) -> float:
    """Compute the variance of the Gaussian prior that a penalty ½·λ·‖W‖² on the mean loss stands for.

    Args:
        l2: λ ≥ 0.
        n_samples: N ≥ 1.

    Returns:
        1/(λN); inf for λ = 0, which is no prior at all.

    Raises:
        ValueError: λ or N is out of its range.

    Formula:
        ‖W‖²/(2σ²) = N·½·λ·‖W‖², so σ² = 1/(λN).

    Source:
        CS231n, "Linear classification": the penalty as a Gaussian prior.

    >>> prior_variance(0.1, 40)
    0.25
    """
    precision = as_l2(l2) * as_whole(n_samples, "n_samples", 1)
    return 1.0 / precision if precision > 0 else inf


def gaussian_log_prior(params: LinearParams, variance: float) -> float:
    """Compute the logarithm of the density of the weights where each is drawn from N(0, variance).

    Args:
        params: the weights; the biases have a flat prior and are left aside.
        variance: σ², positive and finite.

    Returns:
        A number in nats; a density may be above 1 and its logarithm above 0.

    Raises:
        ValueError: the variance is out of its range.

    Formula:
        log p(W) = −‖W‖²/(2σ²) − (d/2)·log(2πσ²) for d weights.

    Source:
        CS231n, "Linear classification": the penalty as a Gaussian prior.

    >>> round(gaussian_log_prior(LinearParams([[1.0, -1.0]], [5.0, 0.0]), 1.0), 6)
    -2.837877
    """
    variance = as_number(variance, "variance")
    if not 0 < variance < inf:
        raise ValueError(f"the variance must be positive and finite, not {variance}")
    with np.errstate(all="ignore"):
        square = float(np.square(params.W, dtype=np.float64).sum()) / variance
        if not 0 < square < inf:  # out of range on the way, perhaps not at the end
            square = float(np.square(params.W / np.sqrt(variance), dtype=np.float64).sum())
    return -0.5 * square - _log_root(params, variance)


def _log_root(params: LinearParams, variance: float) -> float:
    """(d/2)·log(2πσ²)."""
    return 0.5 * params.W.size * (log(2.0 * pi) + log(variance))


@dataclass(frozen=True, slots=True)
class Posterior:
    """The log-posterior of a classifier beside N times its objective.

    Attributes:
        variance: σ² = 1/(λN) of the prior.
        log_likelihood: Σ_i log p_i.
        log_prior: log p(W).
        log_posterior: their sum; the evidence, which does not depend on W, is left out.
        scaled_objective: N·(mean loss + ½·λ·‖W‖²).
        constant: −log_posterior − scaled_objective, computed as what it is, (d/2)·log(2πσ²), the same for
            every W: the difference of large numbers would lose its digits.
    """

    variance: float
    log_likelihood: float
    log_prior: float
    log_posterior: float
    scaled_objective: float
    constant: float

    @property
    def width(self) -> float:
        """The prior's standard deviation, σ."""
        return sqrt(self.variance)


def log_posterior(params: LinearParams, data: Data, l2: float) -> Posterior:
    """Compute the log-posterior of the weights for the Gaussian prior that λ stands for.

    Args:
        params: the weights and biases.
        data: the samples and their labels.
        l2: λ > 0 of the penalty ½·λ·‖W‖² on the mean loss.

    Returns:
        A `Posterior`.

    Raises:
        ValueError: λ is not positive and finite, or as `objective`.

    Formula:
        −log p(W | data) = −Σ_i log p_i + ‖W‖²/(2σ²) + const. With σ² = 1/(λN) that is
        N·(mean loss + ½·λ·‖W‖²) + const: the most probable weights have the lowest objective.

    Source:
        CS231n, "Linear classification", softmax classifier: maximum a posteriori estimation.

    >>> found = log_posterior(LinearParams([[2.0, 0.0]], [0.0, 0.0]), Data([[1.0], [0.25]], [0, 0]), 0.5)
    >>> found.variance, abs(found.log_posterior + found.scaled_objective + found.constant) < 1e-12
    (1.0, True)
    """
    variance = prior_variance(l2, data.n_samples)
    log_prior = gaussian_log_prior(params, variance)
    found = objective(params, data, "cross_entropy", l2)
    log_like = 0.0 - data.n_samples * found.data
    scaled = data.n_samples * found.total
    together = log_like + log_prior
    return Posterior(variance, log_like, log_prior, together, scaled, _log_root(params, variance))
