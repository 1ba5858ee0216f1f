"""A row of scores on its way to shares, and how its numbers and names are written in a picture."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import expm1, inf, isclose

import numpy as np

from charts.numerals import numeral as number
from softmax_core import (
    SoftmaxSteps,
    cross_entropy,
    largest_difference,
    log_softmax,
    logsumexp,
    rescale,
    softmax,
    steps_in_range,
    unscale,
)

SURE = 0.99995
_FADED = 0.45


@dataclass(frozen=True, slots=True)
class Workings:
    """A row of scores on its way to shares, every number as the core computed it.

    `losses` holds for each class the loss if it were the true one, `log_total` the logarithm of the sum
    of the exponentials shown, and `drift` how far the constant moved a share.
    """

    names: Sequence[str]
    scores: Sequence[float]
    constant: float
    temperature: float
    focus: int | None
    rescaled: Sequence[float]
    steps: SoftmaxSteps
    shares: Sequence[float]
    log_shares: Sequence[float]
    losses: Sequence[float]
    log_total: float
    drift: float

    @property
    def is_shifted(self) -> bool:
        """Whether the exponentials are those of the scores less their maximum."""
        return self.steps.algorithm != "naive"

    @property
    def is_rescaled(self) -> bool:
        """Whether a constant or a temperature stands between the scores and the exponentials."""
        return self.constant != 0 or self.temperature != 1

    @property
    def top(self) -> list[int]:
        """The classes with the highest score; several in a tie."""
        highest = max(self.scores)
        return [index for index, score in enumerate(self.scores) if score == highest]

    @property
    def symbol(self) -> str:
        """The letter of what goes into the exponential."""
        return "z" if self.is_rescaled else "f"

    @property
    def difference(self) -> float:
        """The first score less the second, as they go into the exponential."""
        return self.rescaled[0] - self.rescaled[1]

    def loss_story(self, true: int) -> str:
        """What the first form of the loss comes to: "equal" to the second, "rounded" away, or "broken"."""
        first = float(self.steps.losses[true])
        if first == inf:
            return "broken"
        return "equal" if isclose(first, self.losses[true], rel_tol=1e-6) else "rounded"

    def lifted(self, by: float) -> Workings:
        """The same with a constant more on every score."""
        return workings(self.names, self.scores, self.constant + by, self.temperature, self.focus)

    def doubled(self) -> Workings:
        """The same with all scores doubled, which is half the temperature."""
        return workings(self.names, self.scores, self.constant, self.temperature / 2, self.focus)

    def raised(self, index: int, by: float) -> Workings:
        """The same with one score raised, as it goes into the exponential."""
        moved = moved_scores(self, index, self.rescaled[index] + by)
        return workings(self.names, moved, self.constant, self.temperature, self.focus)

    def share(self, index: int, digits: int = 4) -> str:
        return share_text(self.shares[index], self.log_shares[index], digits)

    def weight(self, index: int, digits: int = 4) -> str:
        value = float(self.steps.exponentials[index])
        return number(value, digits) if value else f"e^{number(float(self.steps.shifted[index]), digits)}"


def workings(
    names: Sequence[str],
    scores: Sequence[float],
    constant: float = 0.0,
    temperature: float = 1.0,
    focus: int | None = None,
) -> Workings:
    """Run the softmax once for everything that the lesson shows."""
    rescaled = rescale(scores, constant, temperature)
    steps = steps_in_range(rescaled)
    shares = softmax(rescaled)
    classes = range(len(names))
    return Workings(
        names=names,
        scores=scores,
        constant=constant,
        temperature=temperature,
        focus=focus,
        rescaled=rescaled.tolist(),
        steps=steps,
        shares=shares.tolist(),
        log_shares=log_softmax(rescaled).tolist(),
        losses=[float(cross_entropy(rescaled, index)) for index in classes],
        log_total=float(logsumexp(steps.shifted)),
        drift=largest_difference(shares, softmax(rescale(scores, 0.0, temperature))),
    )


def moved_scores(work: Workings, index: int, to: float, limit: float = inf) -> list[float]:
    """The scores when one of them is moved to a place on the axis of what goes into the exponential."""
    score = float(unscale(to, work.constant, work.temperature))
    moved = list(work.scores)
    moved[index] = max(-limit, min(score, limit))
    return moved


def share_text(share: float, log_share: float, digits: int = 4) -> str:
    """A share that is neither called 0 nor 1, as no share of finite scores is."""
    if share == 0:
        return f"e^{number(log_share, digits)}"
    if share <= SURE:
        return number(share, digits)
    return f"1 − {number(-expm1(log_share), digits)}" if log_share else "≈ 1"


def compact(value: float, digits: int) -> str:
    """A number that is short enough to stand over a bar."""
    small_or_large = value != 0 and not 1e-3 <= abs(value) < 1e5
    return number(float(f"{value:.1e}") if small_or_large else value, digits)


def short(name: str, room: int) -> str:
    """A name cut to the room of so many narrow letters; a Korean one takes two."""
    widths = [2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in name]
    if sum(widths) <= room:
        return name
    kept = 0
    while sum(widths[: kept + 1]) < room:
        kept += 1
    return name[:kept] + "…"


def axis_bound(values: Iterable[float], least: float = 5.0, steps: Sequence[float] = (1, 2, 5)) -> float:
    """The smallest round number that holds all the values, so that an axis changes rarely."""
    largest = max(least, *(abs(value) for value in values))
    decade = 10.0 ** np.floor(np.log10(largest))
    return next(
        float(step * decade) for step in (*steps, 10 * steps[0]) if largest <= step * decade * (1 + 1e-9)
    )


def opacity(focus: int | None, index: int) -> float:
    """How strongly a class is drawn while one is highlighted."""
    return 1.0 if focus is None or focus == index else _FADED


def bold(text: str, yes: bool) -> str:
    """A label, set apart if it belongs to the highlighted class."""
    return f"<b>{text}</b>" if yes else text
