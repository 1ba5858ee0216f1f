"""Search random rows for the largest error of each function, in ulp, one format after the other.

    python benchmarks/softmax_search.py           # 10^7 rows a format
    python benchmarks/softmax_search.py 100000    # fewer

Each row has 2 to 12 classes, less than 64 apart. The reference is computed in the longest format that NumPy
has (80 bits here, of which 64 count); the worst candidates are then judged by the decimal reference, and the
printed error is the decimal one. Narrow formats take a tenth of the rows each, except float32.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import ml_dtypes
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import softmax_core as sc

ROWS, AT_ONCE = 10**7, 20_000
FORMATS = {
    "float64": np.float64,
    "float32": np.float32,
    "float16": np.float16,
    "bfloat16": ml_dtypes.bfloat16,
}
Array = np.ndarray


def some_rows(rng: np.random.Generator, n_rows: int) -> Array:
    """Scores (rows, classes): spreads from 0.01 to 8, around 0, far from 0, or log-probabilities."""
    scores = rng.normal(size=(n_rows, rng.integers(2, 13))) * 10 ** rng.uniform(-2, 0.9, (n_rows, 1))
    kind = rng.integers(4)
    if kind == 1:
        scores += rng.normal(scale=300, size=(n_rows, 1))
    if kind == 2:
        scores -= np.logaddexp.reduce(scores, axis=1, keepdims=True) + rng.choice([0, 0.3, 3], (n_rows, 1))
    if kind == 3 and scores.shape[1] > 2:
        scores[:, rng.integers(1, scores.shape[1])] = -np.inf
    return scores


def reference(scores: Array, labels: Array) -> dict[str, Array]:
    """The functions of the rows, from differences that are exact or nearly so."""
    long = scores.astype(np.longdouble)
    top = long.max(axis=1, keepdims=True)
    exps = np.exp(long - top)
    below = exps.copy()
    below[np.arange(len(exps)), exps.argmax(axis=1)] = 0
    rest = below.sum(axis=1, keepdims=True)
    own = np.arange(len(labels)), labels
    probs = exps / (1 + rest)
    others = exps.copy()
    others[own] = 0
    gradient = probs.copy()
    gradient[own] = -others.sum(axis=1) / (1 + rest[:, 0])
    logs = (long - top) - np.log1p(rest)
    return {
        "softmax": probs,
        "log_softmax": logs,
        "cross_entropy": -logs[own],
        "cross_entropy_gradient": gradient,
        "logsumexp": (top + np.log1p(rest))[:, 0],
        "sigmoid": 1 / (1 + np.exp(-long[:, 0])),
    }


def exact_gradient(row: Array, label: int) -> Array:
    probs = sc.numerics.exact_softmax(row, digits=60)
    probs[label] = -sum(share for other, share in enumerate(probs) if other != label)
    return probs


OURS: dict[str, Callable[[Array, Array], Array]] = {
    "softmax": lambda f, _: sc.softmax(f),
    "log_softmax": lambda f, _: sc.log_softmax(f),
    "cross_entropy": sc.cross_entropy,
    "cross_entropy_gradient": sc.cross_entropy_gradient,
    "logsumexp": lambda f, _: sc.logsumexp(f),
    "sigmoid": lambda f, _: sc.sigmoid(f[:, 0]),
}
EXACT: dict[str, Callable[[Array, int], object]] = {
    "softmax": lambda row, _: sc.numerics.exact_softmax(row),
    "log_softmax": lambda row, _: sc.numerics.exact_log_softmax(row),
    "cross_entropy": sc.numerics.exact_cross_entropy,
    "cross_entropy_gradient": exact_gradient,
    "logsumexp": lambda row, _: sc.numerics.exact_logsumexp(row),
    "sigmoid": lambda row, _: sc.numerics.exact_softmax([row[0], 0.0])[0],
}


def rough_error(computed: Array, truth: Array) -> Array:
    """The largest error of each row in ulp, beside a reference of a longer format."""
    limits = ml_dtypes.finfo(computed.dtype)
    _, exponent = np.frexp(np.maximum(np.abs(truth), float(limits.smallest_normal)))
    ulp = np.ldexp(np.longdouble(limits.eps), exponent - 1)
    with np.errstate(invalid="ignore"):
        error = np.nan_to_num(np.abs(computed.astype(np.longdouble) - truth) / ulp)
    return error.reshape(len(error), -1).max(axis=1)


def search(kind: type, n_rows: int) -> dict[str, tuple[float, str]]:
    """The largest error of each function that the decimal reference confirms, with its row."""
    rng = np.random.default_rng(0)
    worst = dict.fromkeys(OURS, (0.0, ""))
    for _ in range(n_rows // AT_ONCE):
        scores = some_rows(rng, AT_ONCE).astype(kind)
        labels = rng.integers(scores.shape[1], size=AT_ONCE)
        truths = reference(scores, labels)
        for name, function in OURS.items():
            computed = function(scores, labels)
            errors = rough_error(computed, truths[name])
            candidate = int(errors.argmax())
            if errors[candidate] > worst[name][0]:
                row, label = scores[candidate], int(labels[candidate])
                error = float(np.max(sc.numerics.ulp_error(computed[candidate], EXACT[name](row, label))))
                worst[name] = max(worst[name], (error, f"{row.astype(float).tolist()}, label {label}"))
    return worst


def main() -> None:
    """Print the worst row of each function in each format."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    for name, kind in FORMATS.items():
        tried = rows if kind in (np.float64, np.float32) else rows // 10
        print(f"\n{name}, {tried:,} rows")
        for function, (error, row) in search(kind, tried).items():
            print(f"{function:24} {error:6.3f} ulp  {row}", flush=True)


if __name__ == "__main__":
    main()
