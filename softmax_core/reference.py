"""The lessons’ formulas as on the board: plain NumPy to read, to which the tests hold the fast code.

f (K,) is a row of scores and y its label, W (D, K) and b (K,) are weights and biases, p and q distributions,
log is np.log for nats or np.log2 for bits. Nothing is checked, and outside ordinary ranges digits are lost.
"""

import numpy as np

#: How far a number may lie from that of the fast code, as a part of its size.
AGREEMENT = 1e-12
#: The same for a product of numbers in float32.
AGREEMENT_IN_FLOAT32 = 1e-4
#: The same for a classifier at its optimum, which the fast code ends close to.
AGREEMENT_AT_AN_OPTIMUM = 1e-8


def linear_scores(W, x, b):
    """The scores x W + b of one sample x (D,), or of several (N, D)."""
    return x @ W + b


def rescaled(f, constant, temperature):
    """The scores with a constant added, divided by the temperature."""
    return (f + constant) / temperature


def exponentials(f):
    """exp(f), or exp(f − max f) where a float64 holds no such exponentials or not their sum."""
    with np.errstate(over="ignore"):
        e = np.exp(f)
        fits = e.max() >= np.finfo(float).tiny and np.isfinite(e.sum())
    return e if fits else np.exp(f - f.max())


def softmax(f):
    """Probabilities exp(f_j) / Σ_k exp(f_k), the largest score shifted to 0 before."""
    e = np.exp(f - f.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def cross_entropy(f, y):
    """The loss −log p_y as log Σ_j exp(f_j − f_y), over all j but forbidden ones, without an overflow."""
    return np.logaddexp.reduce(f[f > -np.inf] - f[y])


def cross_entropy_gradient(f, y):
    """The derivatives p − 1_y; that of the label is minus the sum of the others, which never cancels."""
    slope = softmax(f)
    slope[y] = 0
    slope[y] = -slope.sum()
    return slope


def hinge_terms(f, y, margin):
    """max(0, f_j − f_y + Δ) for each rival j, to ten decimals: typed scores can be exactly at the margin."""
    z = np.maximum(0, np.round(f - f[y] + margin, 10))
    z[y] = 0
    return z


def hinge(f, y, margin):
    """The hinge loss, the sum of its terms."""
    return hinge_terms(f, y, margin).sum()


def hinge_gradient(f, y, margin):
    """1 for each rival within the margin, minus their number for the label."""
    slope = np.sign(hinge_terms(f, y, margin))
    slope[y] = -slope.sum()
    return slope


def sigmoid(x):
    """The probability of a class whose score is x above that of the only other one."""
    return 1 / (1 + np.exp(-x))


def softmax_by_steps(f, log_c):
    """Shifted scores, exponentials, sum, probabilities and −log of them; log C is 0, −max f or chosen."""
    shifted = f + log_c
    e = np.exp(shifted)
    total = e.sum()
    return shifted, e, total, e / total, -np.log(e / total)


def losses_by_logs(f):
    """The loss of each class as log Σ exp(f_k − max f) − (f_j − max f), and exp of minus it."""
    shifted = f - f.max()
    losses = np.log(np.exp(shifted).sum()) - shifted
    return losses, np.exp(-losses)


def loss_from_sum(f, y):
    """The loss as it is written second, −f_y + log Σ exp(f_j), without a shift."""
    return -f[y] + np.log(np.exp(f).sum())


def ends_of_exp(bits, least):
    """Where exp is 0 below and infinite above, by a format’s bits and least exponent: float64 (53, −1022)."""
    smallest, largest = 2.0 ** (least + 1 - bits), (2 - 2.0 ** (1 - bits)) * 2.0 ** (1 - least)
    return np.log(smallest) - np.log(2), np.log(largest)


def penalty(W, l2, halved):
    """λ·ΣW² and its gradient 2·λ·W, or both halved."""
    factor = l2 / 2 if halved else l2
    return factor * (W**2).sum(), 2 * factor * W


def agrees(printed, value):
    """Whether a printed number is the value rounded to as many decimals; a tie is right both ways."""
    decimals = len(printed.partition(".")[2])
    return abs(value - float(printed)) <= (0.5 + 1e-9) * 10.0**-decimals


def surprisal(p, log):
    """−log p of each outcome, the ideal length of its code word."""
    return -log(p)


def entropy(p, log):
    """The average surprise H(p) = −Σ p_j log p_j; what never happens adds nothing."""
    p = p[p > 0]
    return -(p * log(p)).sum()


def distribution_cross_entropy(p, q, log):
    """The average surprise H(p, q) = −Σ p_j log q_j of one who believes q."""
    return -(p[p > 0] * log(q[p > 0])).sum()


def kl_divergence(p, q, log):
    """What believing q costs beyond knowing p: Σ p_j log(p_j / q_j) = H(p, q) − H(p)."""
    p, q = p[p > 0], q[p > 0]
    return (p * log(p / q)).sum()


def smoothed(p, smoothing):
    """The distribution with the part ε of its mass moved to all classes alike."""
    return (1 - smoothing) * p + smoothing / len(p)


def label_losses(f, y):
    """The cross-entropy loss of each row of scores f (N, K) with the labels y (N,)."""
    return np.logaddexp.reduce(f - f[np.arange(len(y)), y, None], axis=1)


def running_product(f, y, dtype):
    """The probabilities of the labels multiplied one after another in a number format."""
    return np.multiply.accumulate(softmax(f)[np.arange(len(y)), y].astype(dtype))


def running_log_likelihood(f, y):
    """The logarithm of the same product as a sum, which cannot fall out of the range."""
    return -np.cumsum(label_losses(f, y))


def log_prior(W, variance):
    """The logarithm of the density of weights drawn from N(0, σ²), each on its own."""
    return -(W**2).sum() / (2 * variance) - W.size / 2 * np.log(2 * np.pi * variance)


def log_posterior(W, b, X, y, l2):
    """Log-likelihood plus log-prior, where the penalty ½·λ·‖W‖² means the variance σ² = 1/(λN)."""
    return -label_losses(X @ W + b, y).sum() + log_prior(W, 1 / (l2 * len(y)))


def scaled_objective(W, b, X, y, l2):
    """N·(mean loss + ½·λ·‖W‖²): the same but for its sign and a constant."""
    return len(y) * (label_losses(X @ W + b, y).mean() + l2 / 2 * (W**2).sum())


def newton(X, y, l2, theta, steps):
    """From θ, W with b below it, to the lowest objective: each step to the bottom of the parabola there."""
    Z, own = np.column_stack([X, np.ones(len(X))]), np.eye(theta.shape[1])
    decay = np.full(theta.shape, l2)
    decay[-1] = 0  # a bias is not penalised
    for _ in range(steps):
        p = softmax(Z @ theta)
        slope = Z.T @ (p - own[y]) / len(Z) + decay * theta
        blocks = p[:, :, None] * (own - p[:, None, :]) / len(Z)
        hessian = np.einsum("ia,ib,ijk->ajbk", Z, Z, blocks).reshape(theta.size, -1) + np.diag(decay.ravel())
        theta = theta - np.linalg.lstsq(hessian, slope.ravel())[0].reshape(theta.shape)
    return theta


def calibration_error(p, right, n_bins):
    """How far confidence max p and accuracy lie apart in bins of the confidence, on average."""
    confidence = p.max(axis=1)
    gaps = np.bincount(np.ceil(confidence * n_bins).astype(int), confidence - right)
    return np.abs(gaps).sum() / len(p)


def errors_by_chance(p, n_bins, draws, seed):
    """Calibration errors if each prediction is right with its own confidence."""
    rng, confidence = np.random.default_rng(seed), p.max(axis=1)
    return [calibration_error(p, rng.random(len(p)) < confidence, n_bins) for _ in range(draws)]
