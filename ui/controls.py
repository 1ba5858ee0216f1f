"""The only makers of input widgets.

What comes from a field is checked here against the table of parameters, and answered in words where it cannot
be used; what an address asks for in vain, in `ui.asked`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from ui import address, signs, teaching
from ui.asked import complaint
from ui.cells import UNSEEN
from ui.numerals import numeral
from ui.parameters import PARAMETERS, Choice, Ladder, Name, Several, Slider, Text, Whole
from ui.text import CODES, Language, language, negotiate
from ui.track.track import Grid, track
from ui.typed import ScoresError, parse_names, parse_scores

_Arguments = ParamSpec("_Arguments")
_DRAWN = "controls-drawn"
_SHOWN = "controls-shown"
_ENDS = ").,;:!?>\"'…”’ "  # what may stand behind a link that ends a sentence


def spoken() -> Language:
    """The language of this run, also before its switch is drawn."""
    chosen = None if address.is_going_back() else st.session_state.get("lang")
    return language(chosen) if chosen else negotiate(st.query_params.get("lang", ""), st.context.locale or "")


def language_switch(t: Language) -> None:
    """The reader's language, which the address always holds, so that a link carries it."""
    st.session_state["lang"] = t.code
    st.segmented_control(
        t("Language"),
        CODES,
        key="lang",
        on_change=lambda: address.put("lang", spoken().code),
        required=True,
        label_visibility="collapsed",
        width="content",
    )


def coming(key: str) -> Any:
    """What a control will have when it is drawn: so a picture can stand before its controls."""
    parameter = PARAMETERS[key]
    return parameter.within(st.session_state.get(key, parameter.default))


def begin(each_once: bool = False) -> None:
    """A page begins: of a whole lesson each control is drawn once, where it is needed first."""
    st.session_state[_DRAWN] = set() if each_once else None


def stands(key: str) -> bool:
    """Whether the page has this control, or this picture, already; it is drawn now if not."""
    drawn: set[str] | None = st.session_state.get(_DRAWN)
    if drawn is None:
        return False
    stands = key in drawn
    drawn.add(key)
    return stands


def slider(key: str, t: Language, reach: float | None = None, followed_by: Sequence[str] = ()) -> float:
    """A slider that reports while it moves; the address follows once it rests.

    With a `reach` it goes that far up and down, in steps that fit: what the page alone knows. Of a step with
    more controls than can be drawn anew with each move, only the followers with these keys are.
    """
    parameter = _of(Slider, key)
    if reach is not None:
        parameter = replace(parameter, low=-reach, high=reach, step=reach / 1000)
    if stands(key):
        return parameter.within(coming(key))
    label = t(parameter.label)
    teaching.offer(key, label)
    grid = Grid(parameter.low, parameter.high, parameter.step)

    def draw() -> float:
        value = parameter.within(coming(key))
        track(
            key,
            label,
            value,
            low=parameter.low,
            high=parameter.high,
            step=parameter.step,
            said=grid.written(value) if grid.nearest(value) == value else numeral(value),
            t=t,
            on_move=lambda number: _take(key, number, followed_by),
            on_rest=lambda number: _take(key, number, followed_by, rests=True),
            help=t(parameter.help) if parameter.help else None,
        )
        return value

    return _draw(key, draw, followed_by)


def _draw(key: str, draw: Callable[[], float], followed_by: Sequence[str]) -> float:
    """Draw a slider; by itself if something follows it without the rest of the step."""

    def draw_by_itself() -> float:
        st.session_state.setdefault(_SHOWN, {})[key] = coming(key)
        return draw()

    return st.fragment(draw_by_itself, key=_by_itself(key))() if followed_by else draw()


def _by_itself(key: str) -> str:
    return f"{key}-by-itself"


def _take(key: str, value: Any, followed_by: Sequence[str], rests: bool = False) -> None:
    """Take what a slider was moved to, and have drawn anew what follows it."""
    st.session_state[key] = value
    if rests:
        address.write()
    if followed_by:
        st.rerun([_by_itself(key), *followed_by])


def follower(key: str) -> Callable[[Callable[_Arguments, None]], Callable[_Arguments, None]]:
    """Make what draws a part of a step one that can follow a slider without the other controls.

    Where something else has been set in it, such as by a button, all is drawn: see `keep_shown`.
    """

    def decorated(draw: Callable[_Arguments, None]) -> Callable[_Arguments, None]:
        @st.fragment(key=key)
        @wraps(draw)
        def drawn(*args: _Arguments.args, **values: _Arguments.kwargs) -> None:
            if _are_behind():
                st.rerun()
            draw(*args, **values)

        return drawn

    return decorated


def keep_shown(keys: Collection[str]) -> None:
    """Keep what the controls of a step show, before its followers are drawn: they will be without them."""
    st.session_state[_SHOWN] = {key: coming(key) for key in keys}


def _are_behind() -> bool:
    """Whether a control no longer shows what is set."""
    shown: dict[str, Any] = st.session_state.get(_SHOWN, {})
    return any(coming(key) != value for key, value in shown.items())


def choice(key: str, t: Language, shown: Callable[[str], str] = str) -> str:
    """A choice of a few, all of them visible; `shown` is what they are called on the screen."""
    parameter = _of(Choice, key)
    if stands(key):
        return str(coming(key))
    teaching.offer(key, t(parameter.label))
    value = st.segmented_control(
        t(parameter.label),
        parameter.options,
        default=parameter.default,
        key=key,
        format_func=shown,
        on_change=address.write,
        persist_state="session",
        required=True,
        wrap=True,
        help=t(parameter.help) if parameter.help else None,
    )
    return parameter.within(value)


def view(key: str, t: Language) -> str:
    """A choice between surfaces and their maps; paper has the maps."""
    with st.container(key=f"only-on-screen-{key}"):
        return choice(key, t)


def ladder(key: str, t: Language, disabled: bool = False, followed_by: Sequence[str] = ()) -> float:
    """A slider along a row of numbers; it reports and is followed as `slider` is."""
    parameter = _of(Ladder, key)
    if stands(key):
        return float(coming(key))
    label, options = t(parameter.label), parameter.options
    teaching.offer(key, label)

    def draw() -> float:
        value = coming(key)
        track(
            key,
            label,
            options.index(value),
            low=0,
            high=len(options) - 1,
            step=1,
            said=value,
            t=t,
            on_move=lambda index: _take(key, options[int(index)], followed_by),
            on_rest=lambda index: _take(key, options[int(index)], followed_by, rests=True),
            texts=options,
            help=t(parameter.help) if parameter.help else None,
            disabled=disabled,
        )
        return float(value)

    return _draw(key, draw, followed_by)


def whole(key: str, t: Language, high: int | None = None) -> int:
    """A whole number; `high` is a lower bound from above that the page alone knows.

    To Streamlit it is a float: an infinite one in an address would not become an int.
    """
    parameter = _of(Whole, key)
    if stands(key):
        number = round(float(coming(key)))
        return number if high is None else min(number, high)
    teaching.offer(key, t(parameter.label))
    value = st.number_input(
        t(parameter.label),
        float(parameter.low),
        float(parameter.high),
        float(parameter.default),
        1.0,
        "%.0f",
        key=key,
        on_change=address.write,
        persist_state="session",
        help=t(parameter.help) if parameter.help else None,
    )
    number = round(parameter.within(value))
    return number if high is None else min(number, high)


def several(key: str, t: Language) -> tuple[str, ...]:
    """A choice of any of a few, in their order."""
    parameter = _of(Several, key)
    if stands(key):
        return tuple(coming(key))
    teaching.offer(key, t(parameter.label))
    chosen = st.pills(
        t(parameter.label),
        parameter.options,
        selection_mode="multi",
        key=key,
        on_change=address.write,
        persist_state="session",
        help=t(parameter.help) if parameter.help else None,
    )
    return tuple(option for option in parameter.options if option in chosen)


def text(key: str, t: Language) -> str:
    """A line of text."""
    parameter = _of(Text, key)
    if stands(key):
        return str(coming(key))
    teaching.offer(key, t(parameter.label))
    value = st.text_input(
        t(parameter.label),
        parameter.default,
        key=key,
        on_change=address.write,
        persist_state="session",
        help=t(parameter.help) if parameter.help else None,
    )
    return value or ""


def scores(key: str, t: Language) -> tuple[float, ...]:
    """A line of scores; what cannot be read is answered below it, and the last good scores stay."""
    text(key, t)
    return known_scores(key, t)


def known_scores(key: str, t: Language) -> tuple[float, ...]:
    """The scores of a line whose field another step has."""
    kept = f"{key}-last-good"
    try:
        values = parse_scores(coming(key), _of(Text, key).forbids)
    except ScoresError as error:
        if not stands(f"{key}-told"):
            st.error(error.explain(t), icon=":material/edit:")
        return st.session_state.get(kept) or parse_scores(_of(Text, key).default)
    st.session_state[kept] = values
    return values


def names(key: str, count: int, t: Language) -> tuple[str, ...]:
    """A line of class names, as many as there are classes."""
    return parse_names(text(key, t), count)


def pick_class(key: str, options: Sequence[str], t: Language, default: int | None = None) -> int | None:
    """A choice of a class by its name; None where the reader has chosen none."""
    label = t(_of(Name, key).label)
    usual = None if default is None else options[default]
    asked = st.session_state.pop(f"{key}-asked", None)
    if asked is not None and asked not in options and (meant := _meant(asked, options)) is not None:
        st.session_state[key] = asked = meant
        address.write()
    st.session_state[address.usual(key)] = usual
    if st.session_state.get(key) not in options:
        st.session_state[key] = usual  # the class is gone, and shall be from the address too
        address.write()
    if stands(key):
        return _place_of(key, options)
    teaching.offer(key, label)
    st.pills(
        label,
        options,
        default=usual,
        format_func=signs.markdown,
        key=key,
        on_change=address.write,
        persist_state="session",
        wrap=True,
        required=default is not None,
    )
    if asked is not None and asked not in options:
        written = ", ".join(map(signs.markdown, options))
        st.warning(complaint(asked, label, t("one of {options}", options=written), t))
    return _place_of(key, options)


def _meant(asked: str, options: Sequence[str]) -> str | None:
    """The name that a link means, whatever its way did to its ends; None if that is not certain."""
    bare = asked.rstrip(_ENDS).strip(UNSEEN)
    found = [name for name in options if name.strip(UNSEEN) == bare]
    return found[0] if len(found) == 1 else None


def _place_of(key: str, options: Sequence[str]) -> int | None:
    name = st.session_state.get(key)
    return options.index(name) if name in options else None


def set_values(values: Mapping[str, Any]) -> None:
    """Set parameters from a button's or a chart's callback, within their bounds; the address follows."""
    st.session_state.update({key: PARAMETERS[key].within(value) for key, value in values.items()})
    address.write()


def once(done: str, values: Mapping[str, Any]) -> None:
    """Set parameters the first time that a reader comes to this, if nothing else has set them."""
    if not st.session_state.get(done):
        st.session_state[done] = True
        usual = {key: value for key, value in values.items() if coming(key) == PARAMETERS[key].default}
        set_values(usual)


def scenes(presets: Mapping[str, Mapping[str, Any]], t: Language, key: str) -> None:
    """Buttons that set a whole scene; the address then is a link to it."""
    with st.container(horizontal=True, key=teaching.offer_kind("scenes", key, t)):
        for label, values in presets.items():
            st.button(t(label), key=f"{key}-{label}", on_click=set_values, args=(values,))


Kind = TypeVar("Kind", Slider, Choice, Text, Name, Ladder, Whole, Several)


def _of(kind: type[Kind], key: str) -> Kind:
    parameter = PARAMETERS[key]
    if not isinstance(parameter, kind):
        raise TypeError(f"{key} is a {type(parameter).__name__}, not a {kind.__name__}")
    return parameter
