"""Training as it stands on the board: plain NumPy to read, to which the tests hold the fast runs.

Arrays have a row for each sample: X (N, D), the labels y (N,), the scores f (N, K). params is a tuple of
arrays, (W, b) or (W1, b1, W2, b2), which a step changes in place. A loss is a function of scores and labels,
an objective one of params, X and y; both give their value and its gradient.

>>> from functools import partial
>>> X, y = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([0, 1])
>>> W, b = np.zeros((2, 2)), np.zeros(2)
>>> objective = partial(linear_objective, loss=softmax_loss, l2=0.1)
>>> gradient_descent((W, b), [(X, y)] * 100, objective, rate=0.5)
>>> (X @ W + b).argmax(axis=1).tolist()
[0, 1]
"""

import numpy as np

#: How far the parameters may lie from those of the fast run after 20 steps, as a part of the largest of them.
AGREEMENT = {"float64": 1e-12, "float32": 1e-4}
#: The same for Adam on the hinge, whose slopes are whole numbers and can cancel out: what rounding leaves of
#: such a gradient Adam divides by its own size, and takes for one.
AGREEMENT_OF_ADAM_ON_THE_HINGE = {"float64": 1e-6, "float32": 1.0}


def softmax_loss(f, y):
    """Mean cross-entropy of scores f with labels y, log Σ_j exp(f_j − f_y), and its gradient p − 1_y by f."""
    own = np.eye(f.shape[1], dtype=f.dtype)[y]
    p = np.exp(f - f.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    return np.logaddexp.reduce(f - f[own > 0][:, None], axis=1).mean(), (p - own) / len(y)


def hinge_loss(f, y, margin):
    """Mean hinge loss, Σ_j max(0, f_j − f_y + Δ) over the rivals j, and its gradient by f."""
    own = np.eye(f.shape[1], dtype=f.dtype)[y]
    z = np.maximum(0, f - f[own > 0][:, None] + margin) * (1 - own)
    past = np.sign(z)  # 1 for a rival within the margin
    return z.sum(axis=1).mean(), (past - own * past.sum(axis=1, keepdims=True)) / len(y)


def squared_hinge_loss(f, y, margin):
    """Mean squared hinge loss, Σ_j max(0, f_j − f_y + Δ)² over the rivals j, and its gradient by f."""
    own = np.eye(f.shape[1], dtype=f.dtype)[y]
    z = np.maximum(0, f - f[own > 0][:, None] + margin) * (1 - own)
    return (z**2).sum(axis=1).mean(), 2 * (z - own * z.sum(axis=1, keepdims=True)) / len(y)


def quadratic_inputs(X):
    """What the quadratic model sees of the points (x₁, x₂): (x₁, x₂, x₁², x₁x₂, x₂²)."""
    return np.column_stack([X, X[:, :1] * X, X[:, 1] ** 2])


def linear_objective(params, X, y, loss, l2):
    """Mean loss of the scores X W + b plus ½·λ·‖W‖², and its gradients by W and b."""
    W, b = params
    mean, df = loss(X @ W + b, y)
    return mean + l2 / 2 * (W**2).sum(), (X.T @ df + l2 * W, df.sum(axis=0))


def hidden_objective(params, X, y, loss, l2):
    """Mean loss of the scores max(0, X W1 + b1) W2 + b2 plus ½·λ·‖W‖², and its gradients back through h."""
    W1, b1, W2, b2 = params
    h = np.maximum(0, X @ W1 + b1)
    mean, df = loss(h @ W2 + b2, y)
    dh = (df @ W2.T) * (h > 0)
    slopes = (X.T @ dh + l2 * W1, dh.sum(axis=0), h.T @ df + l2 * W2, df.sum(axis=0))
    return mean + l2 / 2 * ((W1**2).sum() + (W2**2).sum()), slopes


def mini_batches(X, y, size, seed, epochs):
    """All samples once an epoch, in an order drawn anew, cut into batches of one size."""
    for epoch in range(epochs):
        order = np.random.default_rng((seed, epoch)).permutation(len(y))
        for some in np.split(order, range(size, len(y), size)):
            yield X[some], y[some]


def gradient_descent(params, batches, objective, rate):
    """A step down the gradient for each batch (X, y); the parameters change in place."""
    for X, y in batches:
        _, slopes = objective(params, X, y)
        for W, dW in zip(params, slopes, strict=True):
            W -= rate * dW


def momentum(params, batches, objective, rate, beta):
    """A step for each batch with a velocity v, of which each step keeps the part β."""
    velocity = [np.zeros_like(W) for W in params]
    for X, y in batches:
        _, slopes = objective(params, X, y)
        for W, dW, v in zip(params, slopes, velocity, strict=True):
            v *= beta
            v -= rate * dW
            W += v


def adam(params, batches, objective, rate, beta, beta2, epsilon):
    """A step for each batch by running means m of the gradient and s of its square (Kingma & Ba 2015)."""
    memory = [(np.zeros_like(W), np.zeros_like(W)) for W in params]
    for t, (X, y) in enumerate(batches, start=1):
        _, slopes = objective(params, X, y)
        for W, dW, (m, s) in zip(params, slopes, memory, strict=True):
            m += (1 - beta) * (dW - m)
            s += (1 - beta2) * (dW**2 - s)
            W -= rate * m / (1 - beta**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)
