"""A question as a room keeps it: in plain words, complete, so that no other version of a lesson breaks it.

What is right stands beside what is asked and never leaves with it: `public` is all that a phone is told
before the teacher reveals.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any, ClassVar

from app.rooms.pool import Pool
from ui.numerals import numeral
from ui.predict.answers import Answer, Miss, read_number, said
from ui.text import language

MAX_ANSWER = 40  # letters of a number
_DIGITS = 3
_MAX_LABELS = 12


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of an answer: how it is written, whether it is right, and why."""

    shown: str
    right: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few options, each with its reason."""

    kind: ClassVar = "choice"
    options: tuple[str, ...]
    reasons: tuple[str, ...]
    right: int

    def public(self) -> dict[str, Any]:
        return {"options": self.options}

    def accepts(self, given: object) -> str | None:
        is_one = isinstance(given, int) and not isinstance(given, bool) and 0 <= given < len(self.options)
        return str(given) if is_one else None

    def judge(self, answer: str, _lang: str) -> Judged:
        index = int(answer)
        return Judged(self.options[index], index == self.right, self.reasons[index])

    def truth(self) -> Judged:
        return self.judge(str(self.right), "")


@dataclass(frozen=True, slots=True)
class Number:
    """A number; the reason depends on the kind of error."""

    kind: ClassVar = "number"
    value: float
    reason: str
    misses: tuple[tuple[float, str], ...] = ()
    tolerance: float = 0.02
    digits: int = 4

    def public(self) -> dict[str, Any]:
        return {}

    def accepts(self, given: object) -> str | None:
        if not isinstance(given, str) or len(given) > MAX_ANSWER or read_number(given) is None:
            return None
        return given.strip()

    def judge(self, answer: str, lang: str) -> Judged:
        number, known = _read(answer), self._known()
        return Judged(answer, known.accepts(number), known.verdict(number, language(lang)))

    def truth(self) -> Judged:
        known = self._known()
        return Judged(known.shown, True, self.reason)

    def group(self, answer: str) -> float:
        """The known number that an answer means: the right one, a known mistake, or itself in few digits."""
        number, known = _read(answer), self._known()
        if known.accepts(number):
            return self.value
        meant = (value for value, _ in self.misses if Answer(value, "", (), self.tolerance).accepts(number))
        return next(meant, float(f"{number:.{_DIGITS}g}"))

    def label(self, value: float) -> str:
        return numeral(value, self.digits if value == self.value else _DIGITS)

    def reason_for(self, value: float, lang: str) -> str:
        """Of a group."""
        known = self._known()
        return said(known.reason) if value == self.value else known.fault(value, language(lang))

    def _known(self) -> Answer:
        return Answer(
            self.value, self.reason, [Miss(*miss) for miss in self.misses], self.tolerance, self.digits
        )


def _read(answer: str) -> float:
    number = read_number(answer)
    assert number is not None  # noqa: S101 - nothing else is stored
    return number


@dataclass(frozen=True, slots=True)
class Drawing:
    """A height for each of a few labels."""

    kind: ClassVar = "drawing"
    labels: tuple[str, ...]
    low: float
    high: float
    target: tuple[float, ...]
    near: float
    shown: str
    reason: str

    def public(self) -> dict[str, Any]:
        return {"labels": self.labels, "low": self.low, "high": self.high}

    def accepts(self, given: object) -> str | None:
        if not isinstance(given, list) or len(given) != len(self.labels):
            return None
        if any(isinstance(value, bool) or not isinstance(value, int | float) for value in given):
            return None
        is_within = all(abs(value) < 1e300 and self.low <= value <= self.high for value in given)
        return " ".join(f"{value:.3g}" for value in given) if is_within else None

    def judge(self, answer: str, _lang: str) -> Judged:
        values = heights(answer)
        off = max(abs(value - true) for value, true in zip(values, self.target, strict=True))
        written = " · ".join(
            f"{label} {numeral(value, 2)}" for label, value in zip(self.labels, values, strict=True)
        )
        return Judged(written, off <= self.near, self.reason)

    def truth(self) -> Judged:
        return Judged(self.shown, True, self.reason)


def heights(answer: str) -> list[float]:
    """The heights of a drawing as it is stored."""
    return [float(part) for part in answer.split()]


Asks = Choice | Number | Drawing | Pool
_KINDS: Mapping[str, Callable[..., Asks]] = {each.kind: each for each in (Choice, Number, Drawing, Pool)}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, in which language, where in the lessons it stands, and what is right.

    Attributes:
        asks: the answers that there are, and what becomes of them.
        text: the question in words; indices and exponents stand between unseen signs.
        lang: the language of all its texts.
        lesson: the slug of its lesson.
        asked: the name under which a reader's diary keeps it.
        place: the address of its step, from the root of the app.
    """

    asks: Asks
    text: str
    lang: str
    lesson: str = ""
    asked: str = ""
    place: str = ""

    def public(self) -> dict[str, Any]:
        """What everybody may know from the beginning."""
        return {"kind": self.asks.kind, "text": self.text, "lang": self.lang} | self.asks.public()

    def judge(self, answer: str) -> Judged:
        assert not isinstance(self.asks, Pool)  # noqa: S101 - of points none is right
        return self.asks.judge(answer, self.lang)

    def written(self) -> str:
        """As one line of JSON."""
        kept = {name: getattr(self, name) for name in ("text", "lang", "lesson", "asked", "place")}
        return json.dumps(kept | {"kind": self.asks.kind, "asks": asdict(self.asks)})


def read(line: str) -> Question:
    """The question that `written` wrote."""
    kept = json.loads(line)
    asks = _KINDS[kept.pop("kind")](**{name: _frozen(value) for name, value in kept.pop("asks").items()})
    return Question(asks, **kept)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def is_askable(question: Question) -> bool:
    """Whether a phone can answer it: a sketch of very many handles stays in the lesson."""
    asks = question.asks
    return not isinstance(asks, Drawing) or (
        0 < len(asks.labels) <= _MAX_LABELS and all(map(isfinite, asks.target))
    )
