"""Time what masks and log-probabilities cost, side by side in one run.

    python benchmarks/softmax_family.py           # exit status 1 if a promise is broken
    python benchmarks/softmax_family.py --quick   # smaller batches

First: each function on scores with a forbidden class in each row, beside the same without one (promised: at
most twice the time). Then: logsumexp of log-probabilities beside scipy's (promised: at most ten times its
time, at full accuracy). Each figure is the least processor time of several calls that take turns.
"""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import process_time

import numpy as np
import scipy.special

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import softmax_core as sc

SHAPES = ((10_000, 10), (1_000_000, 10), (32, 512, 512), (128, 50_257))
QUICK = ((10_000, 10), (2, 512, 512), (4, 50_257))
LOG_SHAPES = ((1000, 100), (10_000, 2), (2, 50_257))
Work = Callable[[], object]


def least_times(works: Sequence[Work], rounds: int) -> list[float]:
    """Seconds of processor time of each, the least over rounds that call all of them."""
    times = [float("inf")] * len(works)
    for _ in range(rounds):
        for index, work in enumerate(works):
            start = process_time()
            work()
            times[index] = min(times[index], process_time() - start)
    return times


def with_forbidden(scores: np.ndarray) -> np.ndarray:
    """A causal mask for attention scores, else the last class forbidden."""
    masked = scores.copy()
    if scores.ndim == 3:
        masked[:, np.triu(np.ones(scores.shape[1:], dtype=bool), 1)] = -np.inf
    else:
        masked[:, -1] = -np.inf
    return masked


def functions(shape: tuple[int, ...]) -> dict[str, Callable[[np.ndarray], object]]:
    labels = np.zeros(shape[:-1], dtype=int)
    targets = np.zeros(shape, dtype=np.float32)
    targets[..., 0] = 1.0
    return {
        "softmax": sc.softmax,
        "log_softmax": sc.log_softmax,
        "logsumexp": sc.logsumexp,
        "cross_entropy": lambda f: sc.cross_entropy(f, labels),
        "its gradient": lambda f: sc.cross_entropy_gradient(f, labels),
        "soft_cross_entropy": lambda f: sc.soft_cross_entropy(f, targets),
    }


def main() -> int:
    """Print both tables; return 1 if a promise is broken."""
    broken = 0
    quick = "--quick" in sys.argv
    print("time with a forbidden class in each row, over the time without one")
    for kind in (np.float64, np.float32):
        for shape in QUICK if quick else SHAPES:
            scores = np.random.default_rng(0).normal(scale=3, size=shape).astype(kind)
            masked, cells = with_forbidden(scores), []
            for name, function in functions(shape).items():
                works = tuple(partial(function, some) for some in (scores, masked))
                without, having = least_times(works, 5 if scores.size < 1e6 else 3)
                broken += having > 2 * without
                cells.append(f"{name} {having / without:.2f}x")
            print(f"{kind.__name__:8} {shape!s:>16}  {', '.join(cells)}", flush=True)
    print("\nlogsumexp of log-probabilities, over scipy's time")
    for kind in (np.float64, np.float32):
        for shape in LOG_SHAPES:
            logs = sc.log_softmax(np.random.default_rng(1).normal(size=shape).astype(kind))
            works = (partial(sc.logsumexp, logs), partial(scipy.special.logsumexp, logs, axis=-1))
            ours, scipys = least_times(works, 15)
            broken += ours > 10 * scipys
            print(f"{kind.__name__:8} {shape!s:>16}  {ours / scipys:.1f}x", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
