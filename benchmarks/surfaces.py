"""Time `weight_surface` against its matrix products and exponentials alone, and measure its memory.

    python benchmarks/surfaces.py                 # exit status 1 if a promise is broken

The baseline does what a surface computed cell by cell cannot do without, and nothing else: at each cell the
numbers that the loss judges (the score gaps f_j − f_y of each sample; for "one_vs_all" its scores), by a
matrix product of (numbers, 3) and (3, cells), and one exponential of each. It does so in blocks that stay in
the cache, at the size that is fastest for it, into buffers made beforehand. It adds nothing up, takes no
logarithm and refuses no row. The hinges take no exponential, but are held against the same figure. In the
wide view the baseline is slower as well: NumPy's exp is, where it leaves its range.

One thread; a round calls everything in turn, and a figure is the median over the rounds.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"

import sys
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from softmax_core import LOSSES, Data, LinearParams
from softmax_core.datasets import small_blobs
from softmax_core.linear import random_directions, weight_surface

N_SAMPLES, N_CLASSES, SIDE = 300, 3, 101
MAX, ROUNDS = 2.0, 31
BLOCKS = (32_768, 65_536, 131_072, 262_144)  # numbers in a block of the baseline; the fastest one counts
FINE, MAX_MEGABYTES = 401, 8.0

DATA = small_blobs(seed=0, n_per_class=N_SAMPLES // N_CLASSES, n_classes=N_CLASSES)
PARAMS = LinearParams(np.random.default_rng(1).normal(size=(2, N_CLASSES)), np.zeros(N_CLASSES))
PLANE = random_directions((2, N_CLASSES), seed=2)


def baseline(rivals: int, axis: np.ndarray, block: int) -> Callable[[], None]:
    """Products and exponentials alone, for `rivals` numbers per sample: the gaps, or the scores."""
    scores = np.stack([DATA.X @ part.W + part.b for part in (PARAMS, *PLANE)], axis=-1)
    gaps = scores - scores[np.arange(N_SAMPLES), DATA.labels][:, None]
    others = np.argsort(np.arange(N_CLASSES) == DATA.labels[:, None], axis=1, kind="stable")[:, :rivals]
    slopes = np.take_along_axis(gaps if rivals < N_CLASSES else scores, others[..., None], axis=1)
    slopes = np.ascontiguousarray(slopes.reshape(-1, 3))
    column, row = np.meshgrid(axis, axis)
    cells = np.stack([np.ones(row.size), column.ravel(), row.ravel()])
    width = block // len(slopes)
    pieces = [np.ascontiguousarray(cells[:, start : start + width]) for start in range(0, row.size, width)]
    buffers = {piece.shape[1]: np.empty((len(slopes), piece.shape[1])) for piece in pieces}

    def run() -> None:
        with np.errstate(all="ignore"):
            for piece in pieces:
                buffer = buffers[piece.shape[1]]
                np.matmul(slopes, piece, out=buffer)
                np.exp(buffer, out=buffer)

    return run


def surface(loss: str, axis: np.ndarray, data: Data = DATA) -> object:
    return weight_surface(PARAMS, data, loss, 0.1, *PLANE, axis, axis)


def interleaved_medians(functions: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Seconds per call of each function, the median over rounds that call all of them."""
    times: dict[str, list[float]] = {name: [] for name in functions}
    for _ in range(ROUNDS):
        for name, function in functions.items():
            start = perf_counter()
            function()
            times[name].append(perf_counter() - start)
    return {name: median(values) for name, values in times.items()}


def peak_megabytes(loss: str, side: int) -> float:
    """Megabytes in use at the peak, without the result."""
    axis = np.linspace(-5, 5, side)
    tracemalloc.start()
    surface(loss, axis)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return (peak - 2 * 8 * side**2) / 1e6


def main() -> int:
    """Print a line per view and loss, and the memory; return 1 if a promise is broken."""
    broken = 0
    print(f"numpy {np.__version__}; {SIDE} x {SIDE} cells, {N_SAMPLES} samples, {N_CLASSES} classes; ms")
    for view, reach in (("usual", 5.0), ("wide", 500.0)):  # wide: gaps far beyond the range of exp
        axis = np.linspace(-reach, reach, SIDE)
        functions: dict[str, Callable[[], object]] = {
            f"{name} {block}": baseline(rivals, axis, block)
            for name, rivals in (("gaps", N_CLASSES - 1), ("scores", N_CLASSES))
            for block in BLOCKS
        }
        functions |= {loss: partial(surface, loss, axis) for loss in LOSSES}
        times = interleaved_medians(functions)
        gaps, scores = (min(times[f"{name} {block}"] for block in BLOCKS) for name in ("gaps", "scores"))
        print(f"{view}: products and exponentials alone: {gaps * 1e3:.2f} (scores: {scores * 1e3:.2f})")
        for loss in LOSSES:
            ratio = times[loss] / (gaps if LOSSES[loss].uses_gaps else scores)
            miss = ratio > MAX
            broken += miss
            print(f"  {loss:24} {times[loss] * 1e3:7.2f}  {ratio:5.2f}x{'  MISSED' if miss else ''}")
    print(f"peak memory beside the result, {SIDE} / {FINE} / {2 * FINE - 1} cells a side; megabytes")
    for loss in LOSSES:
        peaks = [peak_megabytes(loss, side) for side in (SIDE, FINE, 2 * FINE - 1)]
        miss = peaks[1] > MAX_MEGABYTES
        broken += miss
        print(f"  {loss:24} {' '.join(f'{peak:7.2f}' for peak in peaks)}{'  MISSED' if miss else ''}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
