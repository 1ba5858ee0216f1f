"""The kinds of settings that a reader can change, and the table of all of them.

A parameter's key is its name in the address too. Each lesson declares its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

from ui.text import N_, Language


def _in_address(text: str) -> float:
    """The number that Streamlit will read there, whatever digits it is written in; nan for none."""
    try:
        return float(text)
    except ValueError:
        return nan


class _Bounded:
    """A number between two bounds."""

    __slots__ = ()
    low: float
    high: float

    def allowed(self, t: Language) -> str:
        return t("a number from {low:g} to {high:g}", low=self.low, high=self.high)


class _Listed:
    """What is chosen from a few."""

    __slots__ = ()
    options: Sequence[str]

    def accepts(self, text: str) -> bool:
        return text in self.options

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

    def accepts(self, text: str) -> bool:
        return self.low <= _in_address(text) <= self.high


@dataclass(frozen=True, slots=True)
class Choice(_Listed):
    """One of a few. The address holds an option as it is shown, so options must need no translation."""

    key: str
    label: str
    options: Sequence[str]
    default: str
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; what it means is checked where it is read, and answered beside the field."""

    key: str
    label: str
    default: str
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Ladder(_Listed):
    """One of a row of numbers that a slider passes through; the address holds it as it is written here."""

    key: str
    label: str
    options: Sequence[str]
    default: str
    help: str | None = None


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

    def allowed(self, t: Language) -> str:
        return t("a whole number from {low} to {high}", low=self.low, high=self.high)


@dataclass(frozen=True, slots=True)
class Several(_Listed):
    """Any of a few, none of them at first; options need no translation."""

    key: str
    label: str
    options: Sequence[str]
    help: str | None = None


Parameter = Slider | Choice | Text | Ladder | Whole | Several

PARAMETERS: dict[str, Parameter] = {}

SCORES_HELP = N_("Two to eight numbers, separated by commas.")


def declare(*parameters: Parameter) -> None:
    """Let the controls and the links know these."""
    for parameter in parameters:
        if PARAMETERS.setdefault(parameter.key, parameter) is not parameter:
            raise ValueError(f"two parameters are called {parameter.key}")
