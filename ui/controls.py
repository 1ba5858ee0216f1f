"""The only makers of input widgets.

What comes from a field is checked here against the table of parameters, and answered in words where it cannot
be used; what an address asks for in vain, in `ui.asked`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui import signs, teaching
from ui.asked import complaint
from ui.numerals import numeral
from ui.parameters import PARAMETERS, Choice, Ladder, Several, Slider, Text, Whole
from ui.text import CODES, Language, language, negotiate
from ui.track.track import Grid, track
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
    if isinstance(parameter, Slider):
        return _slider_within(parameter, _kept(parameter))
    asked = st.query_params.get(key, "")
    known = isinstance(parameter, Text) or parameter.accepts(asked)
    value = st.session_state.get(key, asked if key in st.query_params and known else parameter.default)
    if isinstance(parameter, Whole):
        return _whole_within(parameter, float(value))
    return value or ("" if isinstance(parameter, Text) else parameter.default)


def slider(key: str, t: Language) -> float:
    """A slider that reports while it moves; the address follows once it rests."""
    parameter = _of(Slider, key)
    label = t(parameter.label)
    teaching.offer(key, label)
    grid = Grid(parameter.low, parameter.high, parameter.step)
    value = _slider_within(parameter, _kept(parameter))

    def move(number: float) -> None:
        st.session_state[key] = number

    def rest(number: float) -> None:
        move(number)
        _to_address(key, _written(parameter, number))

    track(
        key,
        label,
        value,
        low=parameter.low,
        high=parameter.high,
        step=parameter.step,
        said=grid.written(value) if grid.nearest(value) == value else numeral(value),
        t=t,
        on_move=move,
        on_rest=rest,
        help=t(parameter.help) if parameter.help else None,
    )
    return value


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
    """A slider along a row of numbers, which reports while it moves; the address follows once it rests."""
    parameter = _of(Ladder, key)
    label, options = t(parameter.label), parameter.options
    teaching.offer(key, label)
    kept = _kept(parameter)
    value = kept if kept in options else parameter.default

    def move(index: float) -> None:
        st.session_state[key] = options[int(index)]

    def rest(index: float) -> None:
        move(index)
        _to_address(key, _written(parameter, options[int(index)]))

    track(
        key,
        label,
        options.index(value),
        low=0,
        high=len(options) - 1,
        step=1,
        said=value,
        t=t,
        on_move=move,
        on_rest=rest,
        texts=options,
        help=t(parameter.help) if parameter.help else None,
        disabled=disabled,
    )
    return float(value)


def _kept(parameter: Slider | Ladder) -> Any:
    """What a track has; where it is drawn anew or the reader goes back, what the address asks for."""
    key = parameter.key
    context = get_script_run_ctx()
    is_back = context is not None and context.is_history_navigation
    if key not in st.session_state or f"{key}-track" not in st.session_state or is_back:
        asked = st.query_params.get(key, "")
        if parameter.accepts(asked):
            st.session_state[key] = float(asked) if isinstance(parameter, Slider) else asked
        else:
            st.session_state[key] = parameter.default
            _to_address(key, None)
    return st.session_state[key]


def _to_address(key: str, text: str | None) -> None:
    """Let the address say it; None takes it out."""
    if text is not None:
        st.query_params[key] = text
    elif key in st.query_params:
        del st.query_params[key]


def _written(parameter: Slider | Ladder, value: float | str) -> str | None:
    """A value as the address has it, short and exact; None for the default."""
    if value == parameter.default:
        return None
    return (
        value
        if isinstance(value, str)
        else next(text for text in (f"{value:g}", repr(value)) if float(text) == value)
    )


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
    for key, value in values.items():
        st.session_state[key] = _within(key, value)
        if isinstance(parameter := PARAMETERS.get(key), Slider | Ladder):
            _to_address(key, _written(parameter, st.session_state[key]))


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
