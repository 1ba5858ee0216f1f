"""The kinds of settings that a reader can change, and the table of all of them.

A parameter's key is its name in the address too. Each lesson declares its own. `read` makes a value of what
an address gives, None of what cannot be one; `written` is what the address says for a value, None for the
default.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any, Literal

from ui.numbers import read_number
from ui.text import N_, Language


def _in_address(text: str) -> float:
    """The number that a link gives; nan for none."""
    try:
        return read_number(text)
    except ValueError:
        return nan


class _Bounded:
    """A number between two bounds."""

    __slots__ = ()
    low: float
    high: float
    default: float

    def accepts(self, text: str) -> bool:
        return self.low <= _in_address(text) <= self.high

    def within(self, value: Any) -> float:
        """A value that can be used, whatever a browser or a button says."""
        number = float(value)
        return max(self.low, min(number, self.high)) if isfinite(number) else self.default

    def read(self, values: Sequence[str]) -> float | None:
        return _in_address(values[-1]) if values and self.accepts(values[-1]) else None

    def written(self, value: float) -> str | None:
        return None if value == self.default else f"{value:.10g}"

    def allowed(self, t: Language) -> str:
        return t("a number from {low:g} to {high:g}", low=self.low, high=self.high)


class _Listed:
    """What is chosen from a few."""

    __slots__ = ()
    options: Sequence[str]
    default: str

    def accepts(self, text: str) -> bool:
        return text in self.options

    def within(self, value: Any) -> str:
        return value if value in self.options else self.default

    def read(self, values: Sequence[str]) -> str | None:
        return values[-1] if values and self.accepts(values[-1]) else None

    def written(self, value: Any) -> str | None:
        return None if value == self.default or value not in self.options else str(value)

    def allowed(self, t: Language) -> str:
        return t("one of {options}", options=", ".join(self.options))


@dataclass(frozen=True, slots=True)
class Slider(_Bounded):
    """A number in steps between two bounds."""

    key: str
    label: str
    low: float
    high: float
    step: float
    default: float
    help: str | None = None
    was: Sequence[str] = ()  # its names in addresses of old


@dataclass(frozen=True, slots=True)
class Choice(_Listed):
    """One of a few. The address holds an option as it is shown, so options must need no translation."""

    key: str
    label: str
    options: Sequence[str]
    default: str
    help: str | None = None
    was: Sequence[str] = ()  # its names in addresses of old


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; what it means is checked where it is read, and answered beside the field."""

    key: str
    label: str
    default: str
    help: str | None = None
    holds: Literal["numbers", "names"] = "numbers"
    forbids: bool = False  # whether −∞ among its scores is a forbidden class

    def accepts(self, _text: str) -> bool:
        return True

    def within(self, value: Any) -> str:
        return str(value or "")

    def read(self, values: Sequence[str]) -> str | None:
        return values[-1] if values else None

    def written(self, value: str | None) -> str | None:
        return None if value == self.default else value or ""


@dataclass(frozen=True, slots=True)
class Code(Text):
    """A text that the page itself wrote, with names behind its `mark`: it is read whole or not at all."""

    reads: Callable[[str], object] = str  # raises a ValueError for what it cannot read
    mark: str = "~"

    def accepts(self, text: str) -> bool:
        try:
            self.reads(text)
        except ValueError:
            return not text.strip()
        return True

    def read(self, values: Sequence[str]) -> str | None:
        return values[-1] if values and self.accepts(values[-1]) else None


@dataclass(frozen=True, slots=True)
class Name:
    """One of the classes by its name: which there are, and which of them at first, the page alone knows."""

    key: str
    label: str
    default: None = None

    def accepts(self, _text: str) -> bool:
        return True

    def within(self, value: Any) -> Any:
        return value

    def read(self, values: Sequence[str]) -> str | None:
        return values[-1] if values else None

    def written(self, value: str | None) -> str | None:
        return value


@dataclass(frozen=True, slots=True)
class Ladder(_Listed):
    """One of a row of numbers that a slider passes through; the address holds it as it is written here."""

    key: str
    label: str
    options: Sequence[str]
    default: str
    help: str | None = None
    was: Sequence[str] = ()  # its names in addresses of old


@dataclass(frozen=True, slots=True)
class Whole(_Bounded):
    """A whole number between two bounds, typed or counted."""

    key: str
    label: str
    low: int
    high: int
    default: int
    help: str | None = None

    def accepts(self, text: str) -> bool:
        number = _in_address(text)
        return number.is_integer() and self.low <= number <= self.high

    def within(self, value: Any) -> float:
        number = float(value)
        return float(max(self.low, min(round(number), self.high)) if isfinite(number) else self.default)

    def allowed(self, t: Language) -> str:
        return t("a whole number from {low} to {high}", low=self.low, high=self.high)


@dataclass(frozen=True, slots=True)
class Several(_Listed):
    """Any of a few, none of them at first; options need no translation."""

    key: str
    label: str
    options: Sequence[str]
    help: str | None = None

    @property
    def default(self) -> list[str]:  # type: ignore[override]
        return []

    def within(self, value: Any) -> list[str]:  # type: ignore[override]
        return [option for option in self.options if option in (value or ())]

    def read(self, values: Sequence[str]) -> list[str]:  # type: ignore[override]
        return self.within(values)

    def written(self, value: Any) -> list[str] | None:  # type: ignore[override]
        return self.within(value) or None


Parameter = Slider | Choice | Text | Code | Name | Ladder | Whole | Several

PARAMETERS: dict[str, Parameter] = {}
KEYS: dict[str, tuple[str, ...]] = {}  # of each lesson

SCORES_HELP = N_("Two to ten numbers, separated by commas.")
MASKED_SCORES_HELP = N_(
    "Two to ten numbers, separated by commas. -inf forbids a class: its probability is 0."
)


def declare(slug: str, *parameters: Parameter) -> None:
    """Let the controls and the links know these of a lesson."""
    KEYS[slug] = tuple(parameter.key for parameter in parameters)
    for parameter in parameters:
        if PARAMETERS.setdefault(parameter.key, parameter) is not parameter:
            raise ValueError(f"two parameters are called {parameter.key}")
