"""Time `softmax` against scipy and torch, one thread, interleaved, and check the promised ratios.

    python benchmarks/softmax_speed.py            # exit status 1 if a promise is broken

Each function gets the same array and makes a fresh result. A round calls each of them in turn; the figure is
the least processor time over the rounds, so that neither a slow moment of the machine nor its other work
counts. Usual scores stay within ±690 (float64) or ±43 (float32); huge ones are shifted, and the rounding of
the shift is kept.

The column `exp` is NumPy's exponential alone. Where it takes longer than all that torch does, as on
processors without AVX-512, nothing made of NumPy calls can be as fast as torch. The promises are for one
with AVX-512: for few classes beside the faster of the two, for wide rows beside scipy.

    python benchmarks/softmax_speed.py --quick    # seven rounds instead of 41
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"

import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

import numpy as np
import scipy.special
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from softmax_core import softmax

# shape: (least ratio, against which)
PROMISES = {
    (300, 3): (1.5, "fastest"),
    (10_000, 3): (4.0, "fastest"),
    (10_000, 10): (2.0, "fastest"),
    (1000, 1000): (1.0, "scipy"),
    (128, 50_257): (1.0, "scipy"),
}
SPREADS = {"usual": 3.0, "huge": 1000.0}  # standard deviation of the scores; huge ones must be shifted
ROUND_SECONDS, ROUNDS = 2e-3, 41


def least_times(functions: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Seconds per call of each function, of processor time, the least over rounds that call all of them."""
    repeats = {}
    for name, function in functions.items():
        function()
        start = process_time()
        function()
        repeats[name] = max(1, int(ROUND_SECONDS / (process_time() - start)))
    times: dict[str, list[float]] = {name: [] for name in functions}
    for _ in range(rounds):
        for name, function in functions.items():
            start = process_time()
            for _ in range(repeats[name]):
                function()
            times[name].append((process_time() - start) / repeats[name])
    return {name: min(values) for name, values in times.items()}


def main() -> int:
    """Print one line per format, spread and shape; return 1 if a promise is broken."""
    torch.set_num_threads(1)
    broken = 0
    print(
        f"numpy {np.__version__}, scipy {scipy.__version__}, torch {torch.__version__}; microseconds per call"
    )
    names = ("ours", "scipy", "torch", "exp")
    heads = "".join(f"{name:>10}" for name in names)
    print(f"{'format':8} {'scores':7} {'shape':>14} {heads}  beside the faster")
    for dtype in (np.float64, np.float32):
        for spread, deviation in SPREADS.items():
            for shape, (least, rival) in PROMISES.items():
                scores = np.random.default_rng(0).normal(scale=deviation, size=shape).astype(dtype)
                near = np.clip(scores, -80, 80)
                tensor = torch.from_numpy(scores)
                times = least_times(
                    {
                        "ours": lambda scores=scores: softmax(scores),
                        "scipy": lambda scores=scores: scipy.special.softmax(scores, axis=-1),
                        "torch": lambda tensor=tensor: torch.softmax(tensor, dim=-1),
                        "exp": lambda near=near: np.exp(near),
                    },
                    7 if "--quick" in sys.argv else ROUNDS,
                )
                other = times["scipy"] if rival == "scipy" else min(times["scipy"], times["torch"])
                ratio = other / times["ours"]
                promised = dtype is np.float64 and spread == "usual"
                miss = promised and ratio < least
                broken += miss
                figures = "".join(f"{times[name] * 1e6:10.1f}" for name in names)
                beside = min(times["scipy"], times["torch"]) / times["ours"]
                verdict = f"promised {least:.1f}x {rival}{'  MISSED' if miss else ''}" if promised else ""
                print(f"{dtype.__name__:8} {spread:7} {shape!s:>14} {figures} {beside:5.2f}x  {verdict}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
