"""Fewer rows than there are, with some of every class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

_LEAST = 20  # of each class, where it has so many
MAX_JUDGED = 1_000

_T = TypeVar("_T")


def judged(rows: Sequence[_T]) -> Sequence[_T]:
    """Of many rows some, evenly spread: what they have in common is taken for what all have.

    >>> judged([1, 2, 3]), len(judged(range(5_500)))
    ([1, 2, 3], 1100)
    """
    return rows[:: max(1, len(rows) // MAX_JUDGED)]


def spread(labels: Sequence[str], most: int) -> list[int]:
    """The places of so many labels at most, in their order: of each class in proportion, evenly spread.

    >>> spread(["a"] * 6 + ["b"] * 3, 3)
    [0, 3, 6]
    """
    if len(labels) <= most:
        return list(range(len(labels)))
    places: dict[str, list[int]] = defaultdict(list)
    for place, label in enumerate(labels):
        places[label].append(place)
    least = min(_LEAST, most // len(places))
    shares = {
        label: max(min(len(members), least), most * len(members) // len(labels))
        for label, members in places.items()
    }
    for _ in range(most - sum(shares.values())):
        shares[max(shares, key=lambda label: len(places[label]) / len(labels) - shares[label] / most)] += 1
    for _ in range(sum(shares.values()) - most):
        shares[max(shares, key=lambda label: shares[label])] -= 1
    return sorted(
        members[number * len(members) // shares[label]]
        for label, members in places.items()
        for number in range(shares[label])
    )
