"""What an address asks for in vain, or more than once: found before the controls correct it, and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

import streamlit as st
from streamlit.errors import StreamlitAPIException

from ui.address import query
from ui.parameters import PARAMETERS, Name, Several, Text
from ui.text import N_, Language
from ui.typed import quoted

Query = Mapping[str, Sequence[str]]

_REFUSED, _REPEATED = "refused-values", "repeated-keys"
_MAX_TOLD = 5  # repeated keys of one address


def settle(page: str) -> None:
    """Let the last value count of a key that the address gives more than once.

    Each kind of control would take another of them, or none. The run begins again with the address that is
    left; where controls hold it already, as on the way back through the browser's history, it stays.
    """
    again = {key: values for key, values in query().items() if len(values) > len(counting(key, values))}
    if not again:
        return
    st.session_state[_REPEATED] = (page, {key: (len(values), None) for key, values in again.items()})
    with suppress(StreamlitAPIException):
        st.query_params.update({key: counting(key, values) for key, values in again.items()})
        st.rerun()


def counting(key: str, values: Sequence[str]) -> Sequence[str]:
    """The values of a key that can count: the last one, or each once where a reader can choose several."""
    return list(dict.fromkeys(values)) if isinstance(PARAMETERS.get(key), Several) else values[-1:]


def repeated(page: str, t: Language) -> list[str]:
    """Which keys the link to this page gave more than once, until the reader sets that control or leaves."""
    place, kept = st.session_state.get(_REPEATED, (page, {}))
    told = {
        key: (count, _now(key))
        for key, (count, before) in kept.items()
        if place == page and before in (None, _now(key))
    }
    st.session_state[_REPEATED] = (page, told)
    return repetitions({quoted(key): (count, quoted(value)) for key, (count, value) in told.items()}, t)


def repetitions(told: Mapping[str, tuple[int, str]], t: Language) -> list[str]:
    """A sentence for each key that an address repeats: how often, and what counts."""
    said = [
        t(
            "The link gives {key} more than once ({count} times). What counts is “{value}”.",
            key=key,
            count=count,
            value=value,
        )
        for key, (count, value) in list(told.items())[:_MAX_TOLD]
    ]
    more = len(told) - _MAX_TOLD
    return said if more <= 0 else [*said, t("Other keys that the link repeats: {more}.", more=more)]


def _now(key: str) -> str:
    """What a control stands at, or what the address says where there is no such control."""
    written = st.query_params.get(key, "")
    value = st.session_state.get(key, written) if key in PARAMETERS else written
    if isinstance(value, float):
        return f"{value:g}"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def complaints(refused: Query, t: Language) -> list[str]:
    """What is wrong with the values in an address, one sentence for each key."""
    found = []
    for key, values in _refused(refused).items():
        parameter = PARAMETERS[key]
        if isinstance(parameter, Text | Name):  # a code that cannot be read: no other text is refused
            found.append(t(_CUT, label=t(parameter.label), key=key))
        else:
            found.append(complaint(", ".join(values), t(parameter.label), parameter.allowed(t), t))
    return found


_CUT = N_(
    "The link was cut off or changed on its way: its part “{key}” ({label}) cannot be read, and the page "
    "opened without it. Copy the whole link once more, or ask who sent it for the scene file."
)


def still_refused(asked: Query, page: str) -> dict[str, Sequence[str]]:
    """What the link to this page asked for in vain, until the reader sets that control or leaves.

    Streamlit takes such a value out of the address as soon as it has seen it.
    """
    place, kept = st.session_state.get(_REFUSED, (page, {}))
    refused = {
        key: (values, before)
        for key, (values, before) in kept.items()
        if place == page and _standing(key, before) == before
    }
    refused |= {key: (values, _standing(key, _rest(key, asked))) for key, values in _refused(asked).items()}
    st.session_state[_REFUSED] = (page, refused)
    return {key: values for key, (values, _) in refused.items()}


def _rest(key: str, asked: Query) -> list[str] | None:
    """What is left of several values where some were refused."""
    parameter = PARAMETERS[key]
    return (
        [value for value in asked[key] if parameter.accepts(value)]
        if isinstance(parameter, Several)
        else None
    )


def _standing(key: str, otherwise: object = None) -> object:
    """What a control has now, or will have when it is drawn."""
    return st.session_state.get(key, otherwise or getattr(PARAMETERS[key], "default", None)) or None


def _refused(asked: Query) -> dict[str, list[str]]:
    return {
        key: wrong
        for key, values in asked.items()
        if (parameter := PARAMETERS.get(key)) is not None
        and (wrong := [value for value in values if not parameter.accepts(value)])
    }


def complaint(value: str, label: str, allowed: str, t: Language) -> str:
    """A sentence about a value that a control cannot have."""
    return t(
        "The link asks for “{value}” as {label}. Possible is {allowed}; the page keeps what it had.",
        value=quoted(value),
        label=label,
        allowed=allowed,
    )
