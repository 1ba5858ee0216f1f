"""The Python side of the slider: a value goes in, the reader's moves come back while the thumb is dragged.

`st.slider` reports on release. Here one message is on its way at a time and the newest position waits for its
answer, so the pace is what the server can do, and the last position always arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import floor
from typing import Any

import streamlit as st

from ui import assets
from ui.heard import last_heard
from ui.text import Language

_mount = st.components.v2.component("softmax_lab_track", js=assets.loader("track.js"), isolate_styles=False)
_LARGEST = 2.0**53  # what a browser counts and measures; a whole number of JSON has no bound
_ALMOST = 1e-9  # of a step


@dataclass(frozen=True, slots=True)
class Grid:
    """The numbers that a thumb can stand at."""

    low: float
    high: float
    step: float

    @property
    def digits(self) -> int:
        """Decimals of the step."""
        return _decimals(self.step)

    def nearest(self, number: float) -> float:
        """The number of the grid that is nearest, as a decimal is written: 0.3, not 0.1 + 0.2."""
        steps = round((max(self.low, min(number, self.high)) - self.low) / self.step)
        steps = min(steps, floor((self.high - self.low) / self.step + _ALMOST))
        return round(self.low + steps * self.step, max(self.digits, _decimals(self.low)))

    def written(self, number: float) -> str:
        """A number with as many decimals as the step has, as the browser writes it."""
        text = f"{number:.{self.digits}f}"
        return (text.removeprefix("-") if float(text) == 0 else text).replace("-", "−")


def track(
    key: str,
    label: str,
    value: float,
    *,
    low: float,
    high: float,
    step: float,
    said: str,
    t: Language,
    on_move: Callable[[float], None],
    on_rest: Callable[[float], None],
    texts: Sequence[str] | None = None,
    help: str | None = None,  # noqa: A002
    disabled: bool = False,
) -> None:
    """Draw a slider with `value`, which the caller keeps; what the reader sets it to comes on the grid.

    `said` is the value in words, with its unit. While the thumb is ahead of it the browser writes the number,
    or one of `texts` by its index. `on_move` hears of positions on the way, `on_rest` of those that stay.
    """
    grid = Grid(low, high, step)
    place, heard = f"{key}-track", f"{key}-heard"

    def hear() -> None:
        message = understood(last_heard(place, "move"), grid)
        if message is not None and message.number != st.session_state.get(heard):  # it may be told again
            st.session_state[heard] = message.number
            (on_rest if message.rests else on_move)(message.value)

    with st.container(key=key):  # the class by which a link hides a control
        _mount(
            key=place,
            data={
                "key": key,
                "label": label,
                "value": value,
                "said": said,
                "low": low,
                "high": high,
                "step": step,
                "digits": grid.digits,
                "ends": (texts[0], texts[-1]) if texts else (_plain(low), _plain(high)),
                "texts": texts and tuple(texts),  # of a list Streamlit asks at length whether it is a table
                "help": help,
                "about": t("What is “{label}”?", label=label) if help else "",
                "disabled": disabled,
                "heard": st.session_state.get(heard, 0),
            },
            on_move_change=hear,
        )


@dataclass(frozen=True, slots=True)
class Message:
    """What a browser said of a thumb: where it is, whether it rests there, and which message this is."""

    value: float
    rests: bool
    number: float


def understood(sent: Any, grid: Grid) -> Message | None:
    """The message, on the grid; None for anything else: a browser may send what it likes."""
    if not isinstance(sent, Mapping):
        return None
    value, number, rests = _number(sent.get("value")), _number(sent.get("number")), sent.get("rests")
    if value is None or number is None or not isinstance(rests, bool):
        return None
    return Message(grid.nearest(value), rests, number)


def _number(said: Any) -> float | None:
    is_one = isinstance(said, int | float) and not isinstance(said, bool) and abs(said) <= _LARGEST
    return float(said) if is_one else None


@lru_cache(maxsize=256)
def _decimals(number: float) -> int:
    exponent = Decimal(str(number)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _plain(number: float) -> str:
    return f"{number:g}".replace("-", "−")
