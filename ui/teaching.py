"""What a teacher's link does to a page: hide parts of it, show it large, reveal the answers.

Hiding a control is a style sheet: it still takes its value from the address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ui.text import N_, Language

_REVEAL = "reveals-all"
_PARTS, _KNOWN = "parts-of-the-page", "names-of-parts"
_PRESENTING = "presenting"
_QUESTIONS = "questions-of-the-page"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_MAX_NAMES = 60
_LARGE = (Path(__file__).parent / "present.css").read_text(encoding="utf-8")
_STAYS = re.compile(r"(frame|present|share|leave|lang|settings)\b")  # what is around a page is no part of it
_KINDS = {  # parts of a kind, wherever they stand: the keys of their containers begin with the name
    "predict": N_("Predictions"),
    "scenes": N_("Buttons with scenes"),
    "fading": N_("Worked lines that fade"),
    "code": N_("The code that ran"),
    "class": N_("“Ask the class”"),
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the address asks for."""

    hidden: tuple[str, ...]
    presents: bool


def begin() -> Wishes:
    """Read the address, and forget which parts the page before had."""
    query = dict(st.query_params)
    st.session_state[_PARTS], st.session_state[_KNOWN], st.session_state[_QUESTIONS] = {}, (), ()
    return Wishes(hidden_names(query.get("hide", "")), _is_presenting(query))


def hidden_names(text: str) -> tuple[str, ...]:
    """The names in an address that could be those of a part; each once."""
    names = (name.strip() for name in text.split(",")[:_MAX_NAMES])
    return tuple(dict.fromkeys(name for name in names if name))


def _is_presenting(query: Mapping[str, str]) -> bool:
    """A link within a page carries no query: the projector's view stays until it is left."""
    if "present" in query:
        st.session_state[_PRESENTING] = query["present"] == "1"
    elif st.session_state.get(_PRESENTING):
        st.query_params["present"] = "1"
    return bool(st.session_state.get(_PRESENTING))


def presents() -> bool:
    """Whether the page is shown to a class."""
    return bool(st.session_state.get(_PRESENTING))


def list_questions(steps: Sequence[tuple[str, str]]) -> None:
    """The steps of the page that ask something: their names in the address, and their titles."""
    st.session_state[_QUESTIONS] = steps


def questions() -> Sequence[tuple[str, str]]:
    listed: Sequence[tuple[str, str]] = st.session_state.get(_QUESTIONS, ())
    return listed


def leave() -> None:
    """Back from the projector's view."""
    st.session_state[_PRESENTING] = False
    st.query_params.pop("present", None)


def offer(name: str, label: str) -> None:
    """A part of the page that can be hidden, a section or a control, as the page draws it."""
    st.session_state.setdefault(_PARTS, {})[name] = label


def know(*names: str) -> None:
    """Names that a link may hide although they are no part of what is on the screen now."""
    st.session_state[_KNOWN] = names


def offer_kind(kind: str, key: str, t: Language) -> str:
    """The key for the container of a part, which a link hides together with all others of its kind."""
    offer(kind, t(_KINDS[kind]))
    return f"{kind}-{key}"


def parts() -> Mapping[str, str]:
    """The parts that the page has, and their labels."""
    offered: Mapping[str, str] = st.session_state.get(_PARTS, {})
    return offered


def reveals() -> bool:
    """Whether the teacher wants to see all answers."""
    return bool(st.session_state.get(_REVEAL))


def reveal(yes: bool) -> None:
    """Show all answers, or none before it is given."""
    st.session_state[_REVEAL] = yes


def apply(wishes: Wishes) -> None:
    """Hide what is to be hidden, and make the page large."""
    style = "".join(map(_hide, wishes.hidden)) + (_LARGE if wishes.presents else "")
    if style:
        st.html(f"<style>{style}</style>")


def _hide(name: str) -> str:
    """A control has its key for a class, and so has each part of a kind; steps are left out of the way."""
    if not _NAME.fullmatch(name) or _STAYS.match(name):
        return ""
    if name in _KINDS:
        return f"[class*='st-key-{name}-'] {{ display: none !important }}\n"
    return f".st-key-{name} {{ display: none !important }}\n"


def complaints(wishes: Wishes, t: Language, quoted: Callable[[str], str]) -> list[str]:
    """What the address asks for in vain, one sentence each."""
    said = []
    present = st.query_params.get("present", "1")
    if present not in {"0", "1"}:
        said.append(t("The link asks for present={value}; possible is present=1.", value=quoted(present)))
    known = {*parts(), *_KINDS, *st.session_state[_KNOWN]}
    unknown = [name for name in wishes.hidden if name not in known]
    if unknown:
        said.append(
            t(
                "The link hides “{value}”, which is no part of this page. It can hide {allowed}.",
                value=quoted(", ".join(unknown)),
                allowed=", ".join(parts()),
            )
        )
    return said
