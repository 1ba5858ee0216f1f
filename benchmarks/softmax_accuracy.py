"""Measure the largest error of each function over families of scores, beside scipy and torch, in ulp.

    python benchmarks/softmax_accuracy.py         # exit status 1 if one of ours exceeds 4 ulp
    python benchmarks/softmax_accuracy.py --quick # a tenth of the rows

The truth is the decimal reference of `softmax_core.numerics`, which takes the scores as exact binary numbers.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import scipy.special
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import softmax_core as sc

PROMISED = 4.0
LN2 = float(np.log(2.0))


def families(rng: np.random.Generator, rows: int) -> Iterator[tuple[str, list[np.ndarray]]]:
    """Yield a name and rows of float64 scores of 1 to 1000 classes."""

    def row(scale: float, n_classes: int | None = None) -> np.ndarray:
        return rng.normal(scale=scale, size=n_classes or int(rng.choice([1, 2, 3, 5, 10, 33, 100])))

    few = max(rows // 20, 2)
    for scale in (1e-9, 1.0, 10.0, 100.0, 300.0, 1000.0, 1e5, 1e300):
        yield f"normal, spread {scale:g}", [row(scale) for _ in range(rows)]
    yield "1000 classes, spread 1", [row(1.0, 1000) for _ in range(few)]
    yield "1000 classes, spread 400", [row(400.0, 1000) for _ in range(few)]
    yield "far from 0 (+10^4)", [row(10.0) + 1e4 for _ in range(rows)]
    yield "far from 0 (-10^4)", [row(10.0) - 1e4 for _ in range(rows)]
    yield "ties", [np.full(int(k), rng.normal()) for k in rng.integers(1, 1001, few)]
    yield "two values", [rng.choice(rng.normal(scale=5, size=2), int(k)) for k in rng.integers(2, 1001, few)]
    yield "one on top", [np.r_[rng.normal(), rng.normal(-45.0, 12.0, 9)] for _ in range(rows)]
    # terms of about half an ulp of the sum, which a sum in plain order loses one by one
    edges = [
        np.r_[np.zeros(int(n)), np.full(1000 - int(n), -e)] for n in (1, 2, 3) for e in np.arange(34, 43, 0.7)
    ]
    yield "1000 terms at half an ulp", [*edges, *(edge + 1000.1 for edge in edges)]
    yield "the same, few classes", [np.r_[0.0, np.full(k, -36.75)] for k in range(1, 33)]
    yield (
        "underflowing",
        [np.r_[0.0, rng.uniform(-760, -690, 20)] + rng.choice([-700, 0, 1e3]) for _ in range(rows)],
    )
    yield (
        "around the switch at 690",
        [rng.uniform(-695, 695, 5) * [1, 1, 0.01, 0.01, 0.1] for _ in range(rows)],
    )
    yield (
        "forbidden classes",
        [np.where(rng.random(9) < [0] + [0.5] * 8, -np.inf, rng.normal(size=9) * 9) for _ in range(rows)],
    )
    yield "normalised rows", [(r := row(3.0)) - scipy.special.logsumexp(r) for _ in range(few)]
    yield "normalised, 300 classes", [(r := row(3.0, 300)) - scipy.special.logsumexp(r) for _ in range(2)]
    yield (
        "almost normalised",
        [(r := row(2.0)) - scipy.special.logsumexp(r) + rng.normal(scale=0.5) for _ in range(few)],
    )
    yield (
        "cancelling pairs",
        [np.array(pair) for pair in ([-LN2, -LN2], [-1e-20, -46.0517018598809], [-1e-3, -6.90825])],
    )
    huge = np.finfo(np.float64).max
    yield (
        "the largest numbers",
        [np.array(r) for r in ([huge, -huge], [huge, huge], [-huge, -huge, 0.0], [huge, 0.0, huge / 2])],
    )


def torch_logsumexp(scores: np.ndarray) -> float:
    return float(torch.logsumexp(torch.from_numpy(scores), -1))


FUNCTIONS: dict[str, tuple[Callable[[np.ndarray], object], dict[str, Callable[[np.ndarray], object]]]] = {
    "softmax": (
        sc.numerics.exact_softmax,
        {
            "ours": sc.softmax,
            "scipy": scipy.special.softmax,
            "torch": lambda f: torch.softmax(torch.from_numpy(f), -1).numpy(),
        },
    ),
    "log_softmax": (
        sc.numerics.exact_log_softmax,
        {
            "ours": sc.log_softmax,
            "scipy": scipy.special.log_softmax,
            "torch": lambda f: torch.log_softmax(torch.from_numpy(f), -1).numpy(),
        },
    ),
    "logsumexp": (
        sc.numerics.exact_logsumexp,
        {
            "ours": sc.logsumexp,
            "scipy": scipy.special.logsumexp,
            "torch": lambda f: torch.logsumexp(torch.from_numpy(f), -1).numpy()[()],
        },
    ),
    "cross_entropy": (
        lambda f: -sc.numerics.exact_log_softmax(f),
        {
            "ours": lambda f: sc.cross_entropy(np.broadcast_to(f, (len(f), len(f))), np.arange(len(f))),
            "scipy": lambda f: -scipy.special.log_softmax(f),
            "torch": lambda f: torch.nn.functional.cross_entropy(
                torch.from_numpy(f).repeat(len(f), 1), torch.arange(len(f)), reduction="none"
            ).numpy(),
        },
    ),
}


def main() -> int:
    """Print a table for each format; return 1 if one of our errors exceeds the promise."""
    rows = 20 if "--quick" in sys.argv else 200
    worst = 0.0
    for dtype in (np.float64, np.float32):
        print(f"\n{dtype.__name__}: largest error in ulp, ours | scipy | torch")
        print(f"{'':28}" + "".join(f"{name:>30}" for name in FUNCTIONS))
        with np.errstate(all="ignore"):
            for family, members in families(np.random.default_rng(0), rows):
                scores = [
                    fitting
                    for f in members
                    if not np.isposinf(np.abs(fitting := f.astype(dtype))[np.isfinite(f)]).any()
                ]
                cells = []
                for exact, rivals in FUNCTIONS.values():
                    truths = [exact(f) for f in scores]
                    errors = {
                        name: max(
                            (
                                np.max(sc.numerics.ulp_error(function(f), t))
                                for f, t in zip(scores, truths, strict=True)
                            ),
                            default=0.0,
                        )
                        for name, function in rivals.items()
                    }
                    worst = max(worst, errors["ours"])
                    cells.append(" | ".join(f"{error:.3g}" for error in errors.values()))
                print(f"{family:28}" + "".join(f"{cell:>30}" for cell in cells), flush=True)
    print(f"\nour largest error: {worst:.2f} ulp; promised: {PROMISED:g}")
    return int(worst > PROMISED)


if __name__ == "__main__":
    sys.exit(main())
