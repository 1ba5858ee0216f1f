"""What is true, what is believed, and what the belief costs: the numbers behind the first pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf

from charts.numerals import numeral
from softmax_core import (
    Unit,
    distribution_cross_entropy,
    entropy,
    kl_divergence,
    moved_share,
    smoothed_distribution,
    surprisal,
)

UNITS: dict[str, Unit] = {"nat": "nats", "bit": "bits"}
ONE_HOT = 1e-12  # of entropy: below it all mass is on one class


@dataclass(frozen=True, slots=True)
class Beliefs:
    """A truth p and an estimate q over the same classes, measured in one unit."""

    p: list[float]
    q: list[float]
    symbol: str

    @property
    def unit(self) -> Unit:
        """The unit as softmax_core calls it."""
        return UNITS[self.symbol]

    @property
    def labels(self) -> list[str]:
        return [str(index) for index in range(len(self.p))]

    @property
    def entropy(self) -> float:
        return float(entropy(self.p, self.unit))

    @property
    def kl(self) -> float:
        return float(kl_divergence(self.p, self.q, self.unit))

    @property
    def cross_entropy(self) -> float:
        return float(distribution_cross_entropy(self.p, self.q, self.unit))

    @property
    def lengths(self) -> list[float]:
        """The surprise of each class for one who believes q."""
        lengths: list[float] = surprisal(self.q, self.unit).tolist()
        return lengths

    @property
    def best_lengths(self) -> list[float]:
        """The surprise of each class for one who knows p."""
        lengths: list[float] = surprisal(self.p, self.unit).tolist()
        return lengths

    @property
    def reversed(self) -> Beliefs:
        """The same with truth and estimate exchanged."""
        return Beliefs(self.q, self.p, self.symbol)

    @property
    def is_one_hot(self) -> bool:
        return self.entropy < ONE_HOT

    @property
    def is_mirrored(self) -> bool:
        """Whether an exchange of p and q only gives the pairs of shares to other classes."""
        return sorted(zip(self.p, self.q, strict=True)) == sorted(zip(self.q, self.p, strict=True))

    @property
    def likeliest(self) -> int:
        """The class that p holds to be the likeliest."""
        return self.p.index(max(self.p))

    def moved(self, handle: int, share: float) -> tuple[str, list[float]]:
        """The line, "p" or "q", whose handle was moved, and its shares after that."""
        name = "p" if handle < len(self.p) else "q"
        shares = self.p if name == "p" else self.q
        after = moved_share(shares, handle % len(shares), max(0.0, min(share, 1.0)))
        return name, after.tolist()


def beliefs(p: Sequence[float], q: Sequence[float], smoothing: float, symbol: str) -> Beliefs:
    """What is on the screen: p smoothed, and q."""
    return Beliefs(smoothed_distribution(p, smoothing).tolist(), list(q), symbol)


def shown(value: float, digits: int = 4) -> str:
    """A number as a reader should see it, with a sign for infinity."""
    if isinf(value):
        return "∞" if value > 0 else "−∞"
    return numeral(0.0 if abs(value) < ONE_HOT else value, digits)
