"""The classifiers that the last two pictures share: one for each λ, fitted to a few or to many samples."""

from __future__ import annotations

from functools import cache

import numpy as np

from softmax_core import CalibrationCheck, Data, check_calibration, linear_scores, make_dataset, softmax
from softmax_core.information import Posterior, Sureness, log_posterior, sureness_over_l2
from softmax_core.linear import scaled_params
from ui.claims import first_true

L2S = (*(digit * 10.0**power for power in range(-5, 1) for digit in (1, 2, 5)), 10.0)
NOISE = 1.2
SEED = 1
UNSEEN_SEED = 99
UNSEEN = 3000
CERTAIN = 3.0  # standard errors: a larger difference is not called chance


@cache
def training(n: int) -> Data:
    """Three overlapping clouds to fit."""
    return make_dataset("blobs", n, NOISE, SEED)


@cache
def unseen() -> Data:
    """Samples of the same clouds to judge by."""
    return make_dataset("blobs", UNSEEN, NOISE, UNSEEN_SEED)


@cache
def sweep(n: int) -> tuple[Sureness, ...]:
    """The best classifier for each λ, judged by samples of the same clouds that it has not seen."""
    return sureness_over_l2(training(n), unseen(), L2S)


def place(l2: float) -> int:
    """Which λ of the sweep is the closest one."""
    return int(np.argmin(np.abs(np.log(np.array(L2S) / l2))))


def written(l2: float) -> str:
    """λ as it stands beside its slider."""
    return f"{l2:.5f}".rstrip("0").rstrip(".")


def nearest(exponent: float) -> int:
    """Which λ of the sweep is the closest to a power of ten."""
    return place(10.0 ** max(-9.0, min(exponent, 9.0)))


@cache
def checked(n: int, l2: float) -> CalibrationCheck:
    """The classifier of one λ beside what chance makes of a perfectly calibrated one."""
    return check_calibration(softmax(linear_scores(at(n, l2).fit.params, unseen().X)), unseen().labels)


def verdict(check: CalibrationCheck) -> str:
    """Surer than it is right, "over", or less, "under"; neither, but "uneven" over the bins; or "fair"."""
    said = first_true(
        {
            "over": check.errors_off > CERTAIN,
            "under": check.errors_off < -CERTAIN,
            "uneven": check.error > check.limit,
        }
    )
    return said or "fair"


def at(n: int, l2: float) -> Sureness:
    """The classifier of one λ."""
    return sweep(n)[place(l2)]


def halved(n: int, l2: float) -> Sureness | None:
    """Of larger λ, the one whose weights come closest to half the length; None if none is near to that."""
    found = sweep(n)
    half = found[place(l2)].fit.norm / 2
    closest = min(found[place(l2) :], key=lambda each: abs(np.log(each.fit.norm / half)))
    return closest if abs(closest.fit.norm / half - 1) < 0.25 else None


def moved(n: int) -> tuple[float, float]:
    """How much the mean confidence and the accuracy differ at most over all λ."""
    found = sweep(n)
    confidence, accuracy = ([getattr(each, part) for each in found] for part in ("confidence", "accuracy"))
    return max(confidence) - min(confidence), max(accuracy) - min(accuracy)


def part(value: float) -> str:
    """A probability of predictions as it is printed everywhere."""
    return f"{value:.3f}"


@cache
def posteriors(n: int, l2: float) -> dict[str, Posterior]:
    """Log-likelihood, log-prior and N times the objective for no weights, for half of the best, for the best
    and for twice the best."""
    params = at(n, l2).fit.params
    factors = {"0": 0.0, "½Ŵ": 0.5, "Ŵ": 1.0, "2Ŵ": 2.0}
    return {
        name: log_posterior(scaled_params(params, factor), training(n), l2)
        for name, factor in factors.items()
    }


def probabilities_of(scores: tuple[float, ...]) -> list[float]:
    """The softmax of some scores."""
    probabilities: list[float] = softmax(scores).tolist()
    return probabilities
