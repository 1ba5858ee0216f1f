"""The truth p and the estimate q as a reader types them: numbers in any proportion, divided by their sum."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui import controls, typed
from ui.parameters import PARAMETERS, Text
from ui.text import N_, Language
from ui.typed import ScoresError, parse_exact

_NEGATIVE = N_("Probability {number} is negative. Use numbers from 0 on; they are divided by their sum.")
_OWN_WORDS = {
    typed.NO_SCORES: N_("There are no probabilities. Type two to ten, such as 0.6, 0.3, 0.1."),
    typed.COUNT: N_("Probabilities typed: {count}. Type {low} to {high}; the chart keeps the last pair."),
    typed.MIXED: N_(
        "Commas and semicolons in one line can be read in two ways. Write decimals with a point and put one "
        "sign between the probabilities: 0.6; 0.3; 0.1."
    ),
    typed.COMMAS: N_(
        "These commas can be read in two ways: 0,5 may be one number or two. Write decimals with a point, "
        "and a comma and a blank between the probabilities: 0.6, 0.3, 0.1."
    ),
    typed.BLANKS: N_(
        "These blanks can be read in two ways: 1 000 may be one number or two. Write 1000, and commas "
        "between the probabilities: 1000, 500."
    ),
    typed.NUMBERED: N_(
        "“1.” may be a probability or the number of a line. Write the probabilities alone, such as 0.6, 0.3, "
        "0.1, or one of 1 as 1.0."
    ),
    typed.ROWS: N_("There is more than one row of numbers. Type one row, such as 0.6, 0.3, 0.1."),
    typed.THOUSANDS: N_(
        "Probability {number}, “{entry}”, can be read in two ways. Write it without signs between thousands."
    ),
    typed.FORBIDDEN: _NEGATIVE,
    typed.EMPTY: N_("Probability {number} is empty. Type a number there, or take out the extra comma."),
    typed.NOT_A_NUMBER: N_("Probability {number}, “{entry}”, is not a number. Write it like 0.25."),
    typed.NAN: N_("Probability {number} is NaN, not a number. Type a number from 0 on."),
    typed.TOO_LARGE: N_(
        "Probability {number}, {entry}, is too large. Smaller ones in the same proportions will do."
    ),
}
OF_OLD = {"p": "0, 0, 1", "q": "0.015449, 0.631163, 0.353387"}  # CS231n's example, which stood there once
_CLASSES_OF_OLD = 3
_KEPT = "distributions-last-good"
_NOTHING = N_("All probabilities are 0. At least one must be above 0.")
_COUNTS = N_(
    "{first} has {one} probabilities and {second} has {other}. Type as many in both; the chart keeps the "
    "last pair."
)


def parse_probabilities(line: str) -> list[float]:
    """Two to ten probabilities that sum to 1, from a line of numbers in the same proportions."""
    try:
        exact = parse_exact(line)
    except ScoresError as error:
        raise ScoresError(_OWN_WORDS[error.message], **error.values) from None
    for number, value in enumerate(exact, start=1):
        if value < 0:
            raise ScoresError(_NEGATIVE, number=number)
    total = sum(exact)
    if total == 0:
        raise ScoresError(_NOTHING)
    return [float(value / total) for value in exact]


def pair(first: str, second: str, t: Language) -> tuple[list[float], list[float]]:
    """Two bound lines of numbers; what cannot be read is answered below, and the last good pair stays."""
    _complete(first, second)
    return _told(first, second, [_probabilities(t, controls.text(key, t)) for key in (first, second)], t)


def known_pair(first: str, second: str, t: Language) -> tuple[list[float], list[float]]:
    """The same, where another step has the fields."""
    _complete(first, second)
    return _told(first, second, [_probabilities(t, controls.coming(key)) for key in (first, second)], t)


def good_pair(first: str, second: str) -> tuple[list[float], list[float]]:
    """The same without a word about what cannot be read."""
    _complete(first, second)
    try:
        one, other = (parse_probabilities(controls.coming(key)) for key in (first, second))
    except ScoresError:
        one, other = None, None
    return _agreed(one, other) or (_default(first), _default(second))


def _complete(first: str, second: str) -> None:
    """A link of old that sets one of the lines alone means the other as it stood by itself then."""
    for key, other in ((first, second), (second, first)):
        usual = controls.coming(key) == PARAMETERS[key].default
        if usual and len(controls.coming(other).split(",")) == _CLASSES_OF_OLD:
            controls.set_values({key: OF_OLD[key]})


def _told(
    first: str, second: str, probabilities: Sequence[list[float] | None], t: Language
) -> tuple[list[float], list[float]]:
    one, other = probabilities
    if one is not None and other is not None and len(one) != len(other):
        message = t(_COUNTS, first=first, one=len(one), second=second, other=len(other))
        st.error(message, icon=":material/edit:")
    return _agreed(one, other) or (_default(first), _default(second))


def _agreed(one: list[float] | None, other: list[float] | None) -> tuple[list[float], list[float]] | None:
    """The pair if it is one, and otherwise the last good one."""
    if one is not None and other is not None and len(one) == len(other):
        st.session_state[_KEPT] = (one, other)
    kept: tuple[list[float], list[float]] | None = st.session_state.get(_KEPT)
    return kept


def _probabilities(t: Language, line: str) -> list[float] | None:
    try:
        return parse_probabilities(line)
    except ScoresError as error:
        st.error(error.explain(t), icon=":material/edit:")
        return None


def _default(key: str) -> list[float]:
    parameter = PARAMETERS[key]
    return parse_probabilities(parameter.default if isinstance(parameter, Text) else "")


def format_probabilities(probabilities: list[float]) -> str:
    """Probabilities as they stand in the field and in the address."""
    return ", ".join(f"{probability:.4g}" for probability in probabilities)
