"""Films: frames that are made when the browser asks for them, and only then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from ui.pieces import stepping_aside
from ui.stage.payload import Tail

_AT_ONCE = 8  # a film starts with this part of a chunk: a slider that still moves is about to replace it


@dataclass(frozen=True, slots=True)
class Frames:
    """A film for the stage: `chunk(steps)` makes frames on demand; nothing is made ahead of that.

    Each frame is a mapping with its `step`, and if wanted `label`, `layers` (an array or None for each of
    the picture's layers), `data` (a mapping of changed attributes for each index in `traces`) and `layout`.
    `chunk` may stop short of what is asked, or answer with a step on the way there if that is all it had
    time for: the player shows it and asks again, until it is where the reader wants to be.

    Attributes:
        id: names the film: a new id starts it from `at`.
        total: steps are 0 to total − 1; it may change from run to run.
        size: frames in a chunk.
        rate: frames shown in a second.
        stride: steps from one shown frame to the next.
        follows: the ids of films that branched off one another, this one off the last of them at `at`: if any
            of them plays, this one plays on. The newer ones may be outdated before they are shown.
        speeds: (label, stride, rate) for the reader to choose from, the middle one at first.
        player: "full" adds ten steps forward and to the end.
        step_words: what to say while a step is still being made, with "{step}" in it.
        grows: the stride doubles at twice this step, and whenever the step has doubled again; 0: never.
        plays: whether the film begins to play by itself.
    """

    id: str
    total: int
    traces: Sequence[int]
    chunk: Callable[[range], Sequence[Mapping[str, Any]]]
    size: int = 30
    rate: float = 30.0
    at: int = 0
    stride: int = 1
    follows: Sequence[str] = ()
    speeds: Sequence[tuple[str, int, float]] = ()
    player: Literal["short", "full"] = "short"
    step_words: str = ""
    grows: int = 0
    plays: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What a browser asked for: frames of a film from a step on, and which picture it holds."""

    film: str
    start: int
    stride: int
    count: int
    holds: str


def remember(key: str, film: Frames | None, message: Any) -> None:
    """Keep what a browser asks for, until the run that answers it."""
    if film is None or not isinstance(message, Mapping) or message.get("id") != film.id:
        return
    sent = [message.get(name) for name in ("start", "stride", "count", "at")]
    steps = [_bounded(step, film) for step in sent if isinstance(step, int)]
    if len(steps) < len(sent):
        return
    start, stride, count, at = steps
    count = min(max(1, count), film.size)
    st.session_state[f"{key}-wish"] = Wish(film.id, start, max(1, stride), count, str(message.get("holds")))
    st.session_state[f"{key}-at"] = at


def arrive(key: str, film: Frames, step: float) -> int:
    """Keep the step at which the reader has stopped."""
    st.session_state[f"{key}-at"] = here = _bounded(int(step), film)
    return here


def granted(key: str, film: Frames | None) -> Wish | None:
    """The browser's wish, if it is for this film."""
    wish = st.session_state.get(f"{key}-wish")
    return wish if film is not None and wish is not None and wish.film == film.id else None


def done(key: str) -> None:
    """Forget the wish that has been answered. Before that a run may be stopped half-way."""
    st.session_state.pop(f"{key}-wish", None)


def reel(key: str, film: Frames, wish: Wish | None, tail: Tail) -> dict[str, Any]:
    """The part of the film that this run sends."""
    same = wish is not None or st.session_state.get(f"{key}-film") == film.id
    here = _bounded(st.session_state.get(f"{key}-at", film.at) if same else film.at, film)
    if not same:
        st.session_state[f"{key}-film"] = film.id
        st.session_state[f"{key}-at"] = here
    start, stride = (wish.start, wish.stride) if wish else (here, film.stride)
    count = wish.count if wish else max(1, film.size // _AT_ONCE)
    steps = range(_bounded(start, film), film.total, stride)[:count]
    frames = stepping_aside(film.chunk, steps) if wish else film.chunk(steps)
    return {
        "id": film.id,
        "total": film.total,
        "traces": list(film.traces),
        "chunk": film.size,
        "rate": film.rate,
        "stride": film.stride,
        "at": film.at,
        "here": here,
        "follows": film.follows,
        "speeds": film.speeds,
        "player": film.player,
        "step_words": film.step_words,
        "grows": film.grows,
        "plays": film.plays,
        "answers": wish is not None,
        "items": [_packed(frame, tail) for frame in frames],
    }


def _packed(frame: Mapping[str, Any], tail: Tail) -> dict[str, Any]:
    if "layers" not in frame:
        return dict(frame)
    return {**frame, "layers": [data if data is None else tail.put(data) for data in frame["layers"]]}


def _bounded(step: int, film: Frames) -> int:
    return max(0, min(step, film.total - 1))
