"""The Python side of the stage: a picture goes in, the reader's clicks, drags and wishes come back.

`st.plotly_chart` takes its data for its identity and rebuilds the chart with every change. The
stage is keyed: the same Plotly instance is redrawn in place, so zoom, camera and focus stay.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import streamlit as st

from charts.picture import Handle, Picture
from ui import assets
from ui.text import Language

_NAME = "softmax_lab_stage"
_LOADER = f"""
const drawing = import(new URL(".{assets.url("stage.js")}", document.baseURI).href);
export default function (component) {{
  drawing.then((stage) => stage.draw(component));
  return () => drawing.then((stage) => stage.clear(component.parentElement));
}}
"""
_mount = st.components.v2.component(_NAME, js=_LOADER, isolate_styles=False)


@dataclass(frozen=True, slots=True)
class Frames:
    """A film for the stage: `chunk(start, stop)` makes frames on demand; nothing is made ahead of that.

    `id` names the film: a new id starts it from `at`. Each frame is a mapping with `data`, one
    mapping of changed attributes for each index in `traces`, and optionally `layout` and `label`.
    """

    id: str
    total: int
    traces: Sequence[int]
    chunk: Callable[[int, int], Sequence[Mapping[str, Any]]]
    size: int = 30
    rate: float = 30.0
    at: int = 0


def stage(
    key: str,
    picture: Picture,
    t: Language,
    *,
    frames: Frames | None = None,
    on_pick: Callable[[float], None] | None = None,
    on_move: Callable[[float, float, float], None] | None = None,
    on_click: Callable[[float, float], None] | None = None,
) -> None:
    """Draw a picture where the page stands.

    `on_pick` gets the number stored with a clicked mark, `on_move` a handle's number and its new
    place, `on_click` a point of the plane. All values come from a browser: the receiver checks them.
    """
    listeners = {"pick": on_pick, "move": on_move, "click": on_click}
    scene = {
        "key": key,
        "lang": t.code,
        "title": picture.title,
        "description": picture.description,
        "figure": picture.figure,
        "table": {"columns": picture.table.columns, "rows": picture.table.rows},
        "handles": [_handle(handle) for handle in picture.handles],
        "listens": [name for name, listener in listeners.items() if listener],
        "heard": st.session_state.get(f"{key}-heard", 0),
        "words": _words(t),
        "frames": _film(key, frames) if frames else None,
    }
    payload = orjson.dumps(scene, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS)
    _mount(
        key=key,
        data=payload,
        on_pick_change=lambda: _deliver(key, "pick", on_pick),
        on_move_change=lambda: _deliver(key, "move", on_move),
        on_click_change=lambda: _deliver(key, "click", on_click),
        on_need_change=lambda: _remember_wish(key),
    )


def _deliver(key: str, event: str, listener: Callable[..., None] | None) -> None:
    message = st.session_state[key].get(event)
    fields = {"pick": ("value",), "move": ("id", "x", "y"), "click": ("x", "y")}[event]
    if listener is None or not isinstance(message, Mapping):
        return
    values = [message.get(field) for field in fields]
    if isinstance(number := message.get("number"), int):
        st.session_state[f"{key}-heard"] = number
    numbers = [float(value) for value in values if isinstance(value, int | float) and math.isfinite(value)]
    if len(numbers) == len(fields):
        listener(*numbers)


def _remember_wish(key: str) -> None:
    wish = st.session_state[key].get("need")
    if isinstance(wish, Mapping) and isinstance(wish.get("start"), int):
        st.session_state[f"{key}-wish"] = (wish.get("id"), wish["start"])


def _film(key: str, frames: Frames) -> dict[str, Any]:
    wanted, start = st.session_state.pop(f"{key}-wish", (None, frames.at))
    if wanted != frames.id:
        start = frames.at
    start = max(0, min(start, frames.total - 1))
    stop = min(start + frames.size, frames.total)
    return {
        "id": frames.id,
        "total": frames.total,
        "traces": list(frames.traces),
        "chunk": frames.size,
        "rate": frames.rate,
        "at": frames.at,
        "start": start,
        "items": frames.chunk(start, stop),
    }


def _handle(handle: Handle) -> dict[str, Any]:
    return {field: getattr(handle, field) for field in handle.__slots__}


def _words(t: Language) -> dict[str, str]:
    return {
        "table": t("Show as table"),
        "player": t("Player"),
        "play": t("Play"),
        "pause": t("Pause"),
        "first": t("Back to the start"),
        "back": t("One step back"),
        "forward": t("One step forward"),
        "position": t("Position"),
    }
