"""Measure training: steps a second beside torch, epochs a second beside TensorFlow Playground, frames.

    python benchmarks/training_speed.py          # exit status 1 if a ratio to torch is below 5, see below
    python benchmarks/training_speed.py --quick  # a third of the rounds

One thread. All sides take turns within each round, and the medians over the rounds are shown, so that a
machine that is busy for a while slows down all of them; time is that of the processor, so that waiting for
others does not count. 250 samples, 2 features, 3 classes; torch trains the same model by the same loss and
optimiser from the same weights, in eager mode, in either format. The ratio counts in the format in which
the lesson `train` trains the model: float64 for linear and quadratic, float32 (torch's own choice too) for
the hidden layer.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import itertools
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import softmax_core as sc

WANTED = 5.0
LOSSES = {
    "cross_entropy": "cross-entropy",
    "weston_watkins": "hinge",
    "squared_weston_watkins": "squared hinge",
}
#: Epochs a second of TensorFlow Playground's engine, N = 250, batches of 10, measured on a like machine.
PLAYGROUND = {"one neuron": 51_000, "4-2": 9_900, "8-8-8": 2_100}


def samples() -> sc.Data:
    """250 points in three clouds."""
    return sc.make_dataset("blobs", 250, seed=0)


def torch_steps(config: sc.TrainConfig, data: sc.Data, dtype: torch.dtype) -> Callable[[int], None]:
    """Return a function that makes so many steps in torch."""
    state = sc.training.initial_state(config, data)
    inputs = torch.tensor(state.layout.inputs(data.X)[:-1].T.copy(), dtype=dtype)
    labels = torch.tensor(data.labels)
    p = {name: torch.tensor(np.array(values), dtype=dtype) for name, values in state.params.items()}

    def layer(W: torch.Tensor, b: torch.Tensor) -> torch.nn.Linear:
        made = torch.nn.Linear(*W.shape, dtype=dtype)
        with torch.no_grad():
            made.weight.copy_(W.T)
            made.bias.copy_(b)
        return made

    if config.model == "hidden":
        model = torch.nn.Sequential(layer(p["W1"], p["b1"]), torch.nn.ReLU(), layer(p["W2"], p["b2"]))
    else:
        model = torch.nn.Sequential(layer(p["W"], p["b"]))
    rule: torch.optim.Optimizer
    weights = [part for part in model.parameters() if part.ndim == 2]
    biases = [part for part in model.parameters() if part.ndim == 1]
    groups = [{"params": weights, "weight_decay": config.l2}, {"params": biases}]
    if config.optimiser == "adam":
        rule = torch.optim.Adam(groups, lr=config.rate)
    else:
        beta = config.momentum if config.optimiser == "momentum" else 0.0
        rule = torch.optim.SGD(groups, lr=config.rate, momentum=beta)
    if config.loss == "cross_entropy":
        loss = torch.nn.CrossEntropyLoss()
    else:  # torch divides the sum over the rivals by the number of classes
        power = 2 if config.loss == "squared_weston_watkins" else 1
        mean = torch.nn.MultiMarginLoss(p=power, margin=config.margin)
        loss = lambda scores, wanted: config.n_classes * mean(scores, wanted)  # noqa: E731

    def run(steps: int) -> None:
        for _ in range(steps):
            rule.zero_grad()
            loss(model(inputs), labels).backward()
            rule.step()

    run.model = model  # type: ignore[attr-defined]
    return run


def rates(sides: list[Callable[[int], object]], steps: list[int], rounds: int) -> list[float]:
    """Return the median steps a second of each side; they take turns."""
    found: list[list[float]] = [[] for _ in sides]
    for _ in range(rounds):
        for side, count, times in zip(sides, steps, found, strict=True):
            side(-(-count // 8))  # a turn begins with what it needs in the cache
            start = time.thread_time()
            side(count)
            times.append(count / (time.thread_time() - start))
    return [statistics.median(times) for times in found]


def same_end(config: sc.TrainConfig, data: sc.Data) -> bool:
    """Whether torch comes to the same weights after 20 steps."""
    run = torch_steps(config, data, torch.float64)
    run(20)
    ours = sc.training.advance(sc.training.initial_state(config, data), config, data, 20)
    layers = [part.detach().numpy() for part in run.model.parameters()]  # type: ignore[attr-defined]
    theirs = [layer.T for layer in layers]
    return all(
        np.allclose(a, b, rtol=1e-6, atol=1e-9) for a, b in zip(ours.params.values(), theirs, strict=True)
    )


def full_batches(rounds: int) -> bool:
    """Print steps a second for every model, loss and optimiser; return whether each is fast enough."""
    data, good = samples(), True
    shown_columns = "".join(f"{word:>9}" for word in ("ours", "torch", "times") * 2)
    print(f"{'full batch, N = 250; float64, then float32':55}{shown_columns}")
    for model, loss, optimiser in itertools.product(sc.training.MODELS, LOSSES, sc.training.OPTIMISERS):
        wide = sc.TrainConfig(model=model, loss=loss, optimiser=optimiser, rate=0.01, stop_gradient=0.0)
        sides: list[Callable[[int], object]] = []
        for config, dtype in ((wide, torch.float64), (replace(wide, dtype="float32"), torch.float32)):
            start = sc.training.initial_state(config, data)
            sides.append(lambda n, s=start, c=config: sc.training.advance(s, c, data, n))  # type: ignore[misc]
            sides.append(torch_steps(config, data, dtype))
        for side in sides:
            side(5)
        many = 600 if model == "hidden" else 2400
        ours, theirs, ours_32, theirs_32 = rates(sides, [many, 60, many, 60], 2 * rounds)
        good &= (ours_32 / theirs_32 if model == "hidden" else ours / theirs) >= WANTED
        name = f"{model}{' (100 units)' if model == 'hidden' else ''}, {LOSSES[loss]}, {optimiser}"
        columns = f"{ours:9.0f}{theirs:9.0f}{ours / theirs:8.1f}x{ours_32:9.0f}{theirs_32:9.0f}"
        note = "" if same_end(wide, data) else "  other weights!"
        print(f"{name:55}{columns}{ours_32 / theirs_32:8.1f}x{note}")
    return good


def batches_of_ten(rounds: int) -> None:
    """Print epochs a second of full batches and of batches of 10."""
    data = samples()
    print(f"\n{'epochs a second, N = 250':44}{'full':>9}{'of 10':>9}   TensorFlow Playground, of 10")
    beside = {"linear": ("one neuron",), "hidden": ("4-2", "8-8-8")}
    for model, n_hidden in (("linear", 1), ("quadratic", 1), ("hidden", 6), ("hidden", 24), ("hidden", 100)):
        base = {"model": model, "n_hidden": n_hidden, "rate": 0.01, "stop_gradient": 0.0}
        whole, tens = sc.TrainConfig(**base), sc.TrainConfig(**base, batch_size=10)
        starts = [sc.training.initial_state(config, data) for config in (whole, tens)]
        epochs = [
            lambda n: sc.training.advance(starts[0], whole, data, n),  # noqa: B023 - called in this round
            lambda n: sc.training.advance(starts[1], tens, data, 25 * n),  # noqa: B023
        ]
        full, small = rates(epochs, [300, 20], rounds)
        name = model if model != "hidden" else f"hidden ({n_hidden} units)"
        theirs = "; ".join(
            f"{net}: {rate} ({full / rate:.2f}x full, {small / rate:.2f}x of 10)"
            for net, rate in PLAYGROUND.items()
            if net in beside.get(model, ())
        )
        print(f"{name:44}{full:9.0f}{small:9.0f}   {theirs}")


def frames(rounds: int) -> None:
    """Print what a chunk of 30 frames costs: ten steps each, and regions with boundaries, 60 x 60 cells."""
    data, axis = samples(), np.linspace(-4.0, 4.0, 60)
    grid = sc.training.FieldGrid(axis, axis)
    print(f"\n{'30 frames of 10 steps, ms':44}{'training':>9}{'regions':>9}{'revisit':>9}")
    for model in sc.training.MODELS:
        config = sc.TrainConfig(model=model, rate=0.01, stop_gradient=0.0)
        begun = sc.run_training(config, data, 600)
        states = begun.played(range(610, 901, 10))[1]
        sides: list[Callable[[int], object]] = [
            lambda _: begun.played(range(610, 901, 10)),  # noqa: B023
            lambda _: sc.training.region_frames(states, grid),  # noqa: B023
            lambda _: begun.at(543),  # noqa: B023
        ]
        found = [1000.0 / rate for rate in rates(sides, [1, 1, 1], 3 * rounds)]
        print(f"{model:44}{found[0]:9.1f}{found[1]:9.1f}{found[2]:9.1f}")


if __name__ == "__main__":
    torch.set_num_threads(1)
    times = 5 if "--quick" in sys.argv else 15
    fast_enough = full_batches(times)
    batches_of_ten(times)
    frames(times)
    print(f"\n{'all' if fast_enough else 'NOT all'} ratios that count are at least {WANTED:g}")
    sys.exit(not fast_enough)
