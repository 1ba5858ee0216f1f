"""The only makers of input widgets.

What comes from a field is checked here against the table of parameters, and answered in words where it cannot
be used; what an address asks for in vain, in `ui.asked`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st

from ui import signs, teaching
from ui.asked import complaint
from ui.parameters import PARAMETERS, Choice, Ladder, Several, Slider, Text, Whole
from ui.text import CODES, Language, language, negotiate
from ui.typed import ScoresError, parse_names, parse_scores


def spoken() -> Language:
    """The language of this run, also before its switch is drawn."""
    chosen = st.session_state.get("lang")
    return language(chosen) if chosen else negotiate(st.query_params.get("lang", ""), st.context.locale or "")


def language_switch(t: Language) -> None:
    """The reader's language, always in the address so that a link carries it."""
    st.segmented_control(
        t("Language"),
        CODES,
        key="lang",
        bind="query-params",
        required=True,
        label_visibility="collapsed",
        width="content",
    )


def coming(key: str) -> Any:
    """What a control will have when it is drawn: so a picture can stand before its controls."""
    parameter = PARAMETERS[key]
    if not isinstance(parameter, Slider | Choice | Text | Whole):
        raise TypeError(f"{key} is a {type(parameter).__name__}")
    asked = st.query_params.get(key, "")
    known = isinstance(parameter, Text) or parameter.accepts(asked)
    value = st.session_state.get(key, asked if key in st.query_params and known else parameter.default)
    if isinstance(parameter, Whole):
        return _whole_within(parameter, float(value))
    if isinstance(parameter, Slider):
        return _slider_within(parameter, value)
    return value or ("" if isinstance(parameter, Text) else parameter.default)


def slider(key: str, t: Language) -> float:
    """A bound slider; its value is clamped, as a browser may send anything."""
    parameter = _of(Slider, key)
    teaching.offer(key, t(parameter.label))
    value = st.slider(
        t(parameter.label),
        parameter.low,
        parameter.high,
        parameter.default,
        parameter.step,
        key=key,
        bind="query-params",
        help=t(parameter.help) if parameter.help else None,
    )
    return _slider_within(parameter, value)


def _slider_within(parameter: Slider, value: float | str) -> float:
    number = float(value)
    return max(parameter.low, min(number, parameter.high)) if math.isfinite(number) else parameter.default


def choice(key: str, t: Language) -> str:
    """A bound choice of a few, all of them visible."""
    parameter = _of(Choice, key)
    teaching.offer(key, t(parameter.label))
    value = st.segmented_control(
        t(parameter.label),
        parameter.options,
        default=parameter.default,
        key=key,
        bind="query-params",
        required=True,
        wrap=True,
        help=t(parameter.help) if parameter.help else None,
    )
    return value if value in parameter.options else parameter.default


def ladder(key: str, t: Language, disabled: bool = False) -> float:
    """A bound slider along a row of numbers."""
    parameter = _of(Ladder, key)
    teaching.offer(key, t(parameter.label))
    value = st.select_slider(
        t(parameter.label),
        parameter.options,
        parameter.default,
        key=key,
        bind="query-params",
        help=t(parameter.help) if parameter.help else None,
        disabled=disabled,
    )
    return float(value if value in parameter.options else parameter.default)


def whole(key: str, t: Language, high: int | None = None) -> int:
    """A bound whole number; `high` is a lower bound from above that the page alone knows.

    To Streamlit it is a float: an infinite one in an address would not become an int.
    """
    parameter = _of(Whole, key)
    teaching.offer(key, t(parameter.label))
    value = st.number_input(
        t(parameter.label),
        float(parameter.low),
        float(parameter.high),
        float(parameter.default),
        1.0,
        "%.0f",
        key=key,
        bind="query-params",
        help=t(parameter.help) if parameter.help else None,
    )
    return _whole_within(parameter, value, high)


def _whole_within(parameter: Whole, value: float, high: int | None = None) -> int:
    if not math.isfinite(value):
        return parameter.default
    return max(parameter.low, min(round(value), parameter.high if high is None else high))


def several(key: str, t: Language) -> tuple[str, ...]:
    """A bound choice of any of a few, in their order."""
    parameter = _of(Several, key)
    teaching.offer(key, t(parameter.label))
    chosen = st.pills(
        t(parameter.label),
        parameter.options,
        selection_mode="multi",
        key=key,
        bind="query-params",
        help=t(parameter.help) if parameter.help else None,
    )
    return tuple(option for option in parameter.options if option in chosen)


def text(key: str, t: Language) -> str:
    """A bound line of text."""
    parameter = _of(Text, key)
    teaching.offer(key, t(parameter.label))
    value = st.text_input(
        t(parameter.label),
        parameter.default,
        key=key,
        bind="query-params",
        help=t(parameter.help) if parameter.help else None,
    )
    return value or ""


def scores(key: str, t: Language) -> tuple[float, ...]:
    """A bound line of scores; what cannot be read is answered below it, and the last good scores stay."""
    kept = f"{key}-last-good"
    parameter = _of(Text, key)
    try:
        values = parse_scores(text(key, t))
    except ScoresError as error:
        st.error(error.explain(t), icon=":material/edit:")
        return st.session_state.get(kept) or parse_scores(parameter.default)
    st.session_state[kept] = values
    return values


def names(key: str, count: int, t: Language) -> tuple[str, ...]:
    """A bound line of class names, as many as there are classes."""
    return parse_names(text(key, t), count)


def pick_class(
    key: str, label: str, options: Sequence[str], t: Language, default: int | None = None
) -> int | None:
    """A bound choice of a class by its name; None where the reader has chosen none."""
    chosen = None if default is None else options[default]
    asked = None if key in st.session_state else st.query_params.get(key)
    if asked in options:
        st.session_state[key] = asked  # Streamlit knows it only as it is written on its button
    if default is not None and st.session_state.get(key, chosen) not in options:
        st.session_state[key] = chosen  # the class is gone, and shall be from the address too
    teaching.offer(key, t(label))
    required = default is not None
    name = st.pills(
        t(label),
        options,
        default=chosen,
        format_func=signs.markdown,
        key=key,
        bind="query-params",
        wrap=True,
        required=required,
    )
    written = [signs.markdown(option) for option in options]
    if asked is not None and asked not in {*options, *written}:
        st.warning(complaint(asked, t(label), t("one of {options}", options=", ".join(written)), t))
    return options.index(name) if name in options else None


def set_values(values: Mapping[str, Any]) -> None:
    """Set parameters from a button's or a chart's callback, within their bounds; the address follows."""
    st.session_state.update({key: _within(key, value) for key, value in values.items()})


def _within(key: str, value: Any) -> Any:
    parameter = PARAMETERS.get(key)
    if isinstance(parameter, Whole):
        return _whole_within(parameter, float(value))
    return max(parameter.low, min(float(value), parameter.high)) if isinstance(parameter, Slider) else value


def scenes(presets: Mapping[str, Mapping[str, Any]], t: Language, key: str) -> None:
    """Buttons that set a whole scene; the address then is a link to it."""
    with st.container(horizontal=True, key=teaching.offer_kind("scenes", key, t)):
        for label, values in presets.items():
            st.button(t(label), key=f"{key}-{label}", on_click=set_values, args=(values,))


Kind = TypeVar("Kind", Slider, Choice, Text, Ladder, Whole, Several)


def _of(kind: type[Kind], key: str) -> Kind:
    parameter = PARAMETERS[key]
    if not isinstance(parameter, kind):
        raise TypeError(f"{key} is a {type(parameter).__name__}, not a {kind.__name__}")
    return parameter
