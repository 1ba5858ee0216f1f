"""What is true, what is believed, and what the belief costs: the numbers behind the first pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import isclose, isinf

from softmax_core import distribution_cross_entropy, entropy, kl_divergence, surprisal
from softmax_core.information import Unit, moved_probability, smoothed_distribution
from ui.claims import first_true
from ui.numerals import adding_up, in_decimals, numeral, read

UNITS: dict[str, Unit] = {"nat": "nats", "bit": "bits"}
ALIKE = 1e-9  # relative: what differs by less is the same in nine digits
_TYPED = 4 * 2.0**-53  # relative: what dividing typed numbers by their sum may round
INFINITE = "∞"
_PLACES, _DIGITS = range(3, 9), range(4, 18)


@dataclass(frozen=True, slots=True)
class Printed:
    """H(p, q) and its two parts as they stand everywhere on the page; `sign` says whether they add up so."""

    entropy: str
    kl: str
    cross: str
    sign: str


@dataclass(frozen=True)
class Beliefs:
    """A truth p and an estimate q over the same classes, measured in one unit; each number is found once."""

    p: list[float]
    q: list[float]
    symbol: str

    @property
    def unit(self) -> Unit:
        """The unit as softmax_core calls it."""
        return UNITS[self.symbol]

    @property
    def a_bit(self) -> float:
        """A bit in this unit."""
        return float(surprisal([0.5], self.unit)[0])

    @property
    def labels(self) -> list[str]:
        return [str(index) for index in range(len(self.p))]

    @cached_property
    def entropy(self) -> float:
        return float(entropy(self.p, self.unit))

    @cached_property
    def kl(self) -> float:
        return float(kl_divergence(self.p, self.q, self.unit))

    @cached_property
    def cross_entropy(self) -> float:
        return float(distribution_cross_entropy(self.p, self.q, self.unit))

    @cached_property
    def lengths(self) -> list[float]:
        """The surprise of each class for one who believes q."""
        lengths: list[float] = surprisal(self.q, self.unit).tolist()
        return lengths

    @cached_property
    def best_lengths(self) -> list[float]:
        """The surprise of each class for one who knows p."""
        lengths: list[float] = surprisal(self.p, self.unit).tolist()
        return lengths

    @cached_property
    def reversed(self) -> Beliefs:
        """The same with truth and estimate exchanged."""
        return Beliefs(self.q, self.p, self.symbol)

    @property
    def is_one_hot(self) -> bool:
        return sum(probability > 0 for probability in self.p) == 1

    @property
    def is_mirrored(self) -> bool:
        """Whether an exchange of p and q only gives the pairs of probabilities to other classes."""
        return sorted(zip(self.p, self.q, strict=True)) == sorted(zip(self.q, self.p, strict=True))

    @property
    def story(self) -> str:
        """Which sentence about the bar is true."""
        said = first_true(
            {
                "story-infinite": isinf(self.cross_entropy),
                "story-equal": self.p == self.q,
                "story-one-hot": self.is_one_hot,
            }
        )
        return said or "story-free"

    @cached_property
    def exchange(self) -> str:
        """What an exchange of p and q does to the divergence, to nine digits: "rises", "falls" or "stays"."""
        before, after = self.kl, self.reversed.kl
        if self.is_mirrored or before == after or isclose(before, after, rel_tol=ALIKE):
            return "stays"
        return "rises" if after > before else "falls"

    @cached_property
    def printed(self) -> Printed:
        """The three numbers, in digits that tell the two divergences apart where they differ."""
        return _ways(self)[0]

    @cached_property
    def probabilities_printed(self) -> tuple[list[str], list[str], bool]:
        """p and q as they stand everywhere on the page, and whether both add up to 1 as printed."""
        found = [adding_up(1.0, *probabilities, places=range(4, 7)) for probabilities in (self.p, self.q)]
        p, q = (
            [_never_quite_1(probability) for probability in probabilities] if texts is None else texts[1:]
            for probabilities, texts in zip((self.p, self.q), found, strict=True)
        )
        return p, q, None not in found

    @cached_property
    def lengths_printed(self) -> tuple[list[str], list[str]]:
        """The lengths for q and the ideal ones for p, in the fewest digits that make up both averages."""
        probabilities, totals = self.probabilities_printed[0], self.printed
        for places in _PLACES:
            q, p = (in_decimals(each, places) for each in (self.lengths, self.best_lengths))
            if (
                q
                and p
                and makes_up(probabilities, q, totals.cross)
                and makes_up(probabilities, p, totals.entropy)
            ):
                return q, p
        return [shown(one) for one in self.lengths], [shown(one) for one in self.best_lengths]

    def largest_term(self) -> int:
        """The class that adds the most to KL(p‖q)."""
        gains = [
            (p * (length - best) if p else 0.0)
            for p, length, best in zip(self.p, self.lengths, self.best_lengths, strict=True)
        ]
        return gains.index(max(gains))

    def moved(self, handle: int, probability: float) -> tuple[str, list[float]]:
        """The line, "p" or "q", whose handle was moved, and its probabilities after that."""
        name = "p" if handle < len(self.p) else "q"
        probabilities = self.p if name == "p" else self.q
        after = moved_probability(probabilities, handle % len(probabilities), max(0.0, min(probability, 1.0)))
        return name, after.tolist()


def probability_of(length: float, case: Beliefs) -> float:
    """The probability for which a code word of that length would be ideal."""
    return float(0.5 ** (length / case.a_bit))


def beliefs(p: Sequence[float], q: Sequence[float], smoothing: float, symbol: str) -> Beliefs:
    """What is on the screen: p smoothed, and q, which is p where only their rounding differs."""
    truth = smoothed_distribution(p, smoothing).tolist()
    same = all(isclose(one, other, rel_tol=_TYPED) for one, other in zip(truth, q, strict=True))
    return Beliefs(truth, truth if same else list(q), symbol)


def shown(value: float, digits: int = 4) -> str:
    """A number as a reader should see it, with a sign for infinity."""
    if isinf(value):
        return INFINITE if value > 0 else f"−{INFINITE}"
    return numeral(value, digits)


def _never_quite_1(probability: float) -> str:
    """A probability in four digits, or in as many as it takes that only 1 itself is printed as 1."""
    return next(
        text for digits in _DIGITS if (text := numeral(probability, digits)) != "1" or probability == 1
    )


def makes_up(probabilities: Sequence[str], lengths: Sequence[str], total: str) -> bool:
    """Whether a calculator that is given the printed probabilities and lengths shows the printed average."""
    if total == INFINITE:
        return True
    pairs = zip(probabilities, lengths, strict=True)
    made = sum(read(probability) * read(length) for probability, length in pairs if probability != "0")
    places = max(len(total.partition(".")[2]), _PLACES.start)  # zeros at the end are not printed
    return abs(made - read(total)) <= Decimal(5).scaleb(-places - 1)


def _ways(case: Beliefs) -> tuple[Printed, Printed]:
    """The three numbers of both directions."""
    ways = (case, case.reversed)
    for least in _PLACES:
        one, other = (_fitting(way, least) for way in ways)
        if one.kl != other.kl or case.exchange == "stays":
            return one, other
    for digits in _DIGITS:
        first, second = (_in_digits(way, digits) for way in ways)
        if first.kl != second.kl or case.exchange == "stays":
            break
    return first, second


def _fitting(way: Beliefs, least: int) -> Printed:
    """In as few decimals as it takes that they add up, at least so many; else in four digits."""
    found = (_in_decimals(way, places) for places in range(least, _PLACES.stop))
    return next(filter(None, found), None) or _in_digits(way, _DIGITS.start)


def _in_decimals(way: Beliefs, places: int) -> Printed | None:
    """Printed so that they add up; None where that takes more decimals."""
    if isinf(way.kl):
        own = adding_up(way.entropy, way.entropy, places=[places])
        return Printed(own[0], INFINITE, INFINITE, "=") if own else None
    written = adding_up(way.cross_entropy, way.entropy, way.kl, places=[places])
    return Printed(written[1], written[2], written[0], "=") if written else None


def _in_digits(way: Beliefs, digits: int) -> Printed:
    sign = "=" if isinf(way.kl) else "≈"
    return Printed(shown(way.entropy, digits), shown(way.kl, digits), shown(way.cross_entropy, digits), sign)
