"""What a class voted, counted: stacked by how sure it was, numbers grouped by the known mistakes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, NamedTuple

from app.rooms.pool import Point, Pool, together
from app.rooms.question import Choice, Drawing, Number, Question, heights
from lessons.train.tables.sampling import spread

FEWEST = 3  # answers; of fewer, the missing one could be told
SURE = 3  # a guess, fairly sure, certain
_MAX_BARS = 8
_MAX_LINES = 80
_MAX_POINTS = 2000
_MAX_TYPICAL = 2


class Ballot(NamedTuple):
    """So many gave this answer, so surely."""

    answer: str
    sure: int
    times: int


@dataclass(frozen=True, slots=True)
class Bar:
    """All who gave one answer, or made one mistake, by how sure they were."""

    label: str  # empty: all other numbers
    counts: tuple[int, ...]
    right: bool
    reason: str

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Result:
    """A round that has been counted."""

    count: int
    bars: Sequence[Bar] = ()
    lines: Sequence[tuple[Sequence[float], int]] = ()
    middle: Sequence[float] = ()
    points: Sequence[Point] = ()

    def shown(self, reveals: bool) -> dict[str, Any]:
        """As the projector gets it; what is right only when the teacher reveals."""
        told = [
            {"label": bar.label, "counts": bar.counts} | ({"right": bar.right} if reveals else {})
            for bar in self.bars
        ]
        drawn = {"lines": self.lines, "middle": self.middle, "points": self.points}
        return {"count": self.count, "bars": told, **drawn}


def total(ballots: Iterable[Ballot]) -> int:
    return sum(ballot.times for ballot in ballots)


def counted(question: Question, ballots: Sequence[Ballot]) -> Result | None:
    """What was voted; None where so few voted that one of them could be told."""
    count, asks = total(ballots), question.asks
    if count < FEWEST:
        return None
    if isinstance(asks, Choice):
        return Result(count, _of_choices(asks, ballots))
    if isinstance(asks, Number):
        return Result(count, _of_numbers(asks, ballots, question.lang))
    if isinstance(asks, Pool):
        return Result(count, points=at_most(_MAX_POINTS, pooled(ballots)))
    return Result(count, **_of_drawings(asks, ballots))


def _of_choices(asks: Choice, ballots: Sequence[Ballot]) -> list[Bar]:
    counts = _by_sureness((int(ballot.answer), ballot) for ballot in ballots)
    return [
        Bar(option, tuple(counts[index]), index == asks.right, asks.reasons[index])
        for index, option in enumerate(asks.options)
    ]


def _of_numbers(asks: Number, ballots: Sequence[Ballot], lang: str) -> list[Bar]:
    """Known numbers first in the choice of bars, the most frequent others next; all in their order."""
    counts = _by_sureness((asks.group(ballot.answer), ballot) for ballot in ballots)
    known = {asks.value, *(value for value, _ in asks.misses)}
    ranked = sorted(counts, key=lambda value: (value not in known, -sum(counts[value]), value))
    kept, others = sorted(ranked[:_MAX_BARS]), ranked[_MAX_BARS:]
    bars = [
        Bar(asks.label(value), tuple(counts[value]), value == asks.value, asks.reason_for(value, lang))
        for value in kept
    ]
    if others:
        rest = tuple(map(sum, zip(*(counts[value] for value in others), strict=True)))
        bars.append(Bar("", rest, False, ""))
    return bars


def _by_sureness(ballots: Iterable[tuple[float, Ballot]]) -> defaultdict[float, list[int]]:
    counts: defaultdict[float, list[int]] = defaultdict(lambda: [0] * SURE)
    for group, ballot in ballots:
        counts[group][ballot.sure] += ballot.times
    return counts


def _of_drawings(_asks: Drawing, ballots: Sequence[Ballot]) -> dict[str, Any]:
    drawn = Counter({(ballot.answer, ballot.sure): ballot.times for ballot in ballots})
    lines = [(heights(answer), sure) for (answer, sure), _ in drawn.most_common(_MAX_LINES)]
    each = [heights(ballot.answer) for ballot in ballots for _ in range(ballot.times)]
    return {"lines": lines, "middle": [median(column) for column in zip(*each, strict=True)]}


def pooled(ballots: Iterable[Ballot]) -> list[Point]:
    """All points that were put down."""
    return together(ballot.answer for ballot in ballots for _ in range(ballot.times))


def at_most(most: int, points: Sequence[Point]) -> list[Point]:
    """So many points, of each class in proportion."""
    return [points[place] for place in spread([str(point.label) for point in points], most)]


def typical_mistakes(result: Result) -> list[Bar]:
    """The wrong answers to talk about: those that most were certain of, or gave at all."""
    wrong = [bar for bar in result.bars if not bar.right and bar.total and bar.reason]
    ranked = sorted(wrong, key=lambda bar: (bar.counts[-1], bar.total), reverse=True)
    return ranked[:_MAX_TYPICAL]
