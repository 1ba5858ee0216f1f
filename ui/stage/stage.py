"""The Python side of the stage: a picture goes in, the reader's clicks, drags and wishes come back.

`st.plotly_chart` takes its data for its identity and rebuilds the chart with every change. The
stage is keyed: the same Plotly instance is redrawn in place, so zoom, camera and focus stay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

import numpy as np
import orjson
import streamlit as st

from ui import assets
from ui.charts.picture import Handle, Layer, Picture
from ui.heard import last_heard
from ui.stage import film, payload
from ui.stage.film import Frames
from ui.text import Language

_NAME = "softmax_lab_stage"
_mount = st.components.v2.component(_NAME, js=assets.loader("stage.js"), isolate_styles=False)

_LARGEST = 2.0**53  # what a browser counts and measures; a whole number of JSON has no bound
_FIELDS = {
    "pick": ("value",),
    "move": ("id", "x", "y"),
    "click": ("x", "y"),
    "point": ("index",),
    "drag": ("index", "x", "y"),
    "rest": ("step",),
}


def stage(
    key: str,
    picture: Picture,
    t: Language,
    *,
    frames: Frames | None = None,
    on_pick: Callable[[float], None] | None = None,
    on_move: Callable[[float, float, float], None] | None = None,
    on_click: Callable[[float, float], None] | None = None,
    on_point: Callable[[int], None] | None = None,
    on_drag: Callable[[int, float, float], None] | None = None,
    on_rest: Callable[[int], None] | None = None,
) -> None:
    """Draw a picture where the page stands.

    `on_pick` gets the number stored with a clicked mark, `on_move` a handle's number and its new place,
    `on_click` a place where there is no point, `on_point` the number of a clicked point, `on_drag` that of a
    point and where it was let go, `on_rest` the step at which a reader has stopped (never while it plays).
    `st.session_state[f"{key}-at"]` is the last step that the browser has told. All values come from a
    browser: numbers of points and steps are checked here, places by the receiver.
    """
    listeners: dict[str, Callable[..., None] | None] = {
        "pick": on_pick,
        "move": on_move,
        "click": on_click,
        "point": on_point,
        "drag": on_drag,
        "rest": on_rest,
    }
    wish = film.granted(key, frames)
    tail = payload.Tail()
    drawn = payload.text(_still(picture, t))
    version = payload.digest(drawn)
    message = {
        "key": key,
        "lang": t.code,
        "listens": [name for name, listener in listeners.items() if listener],
        "heard": st.session_state.get(f"{key}-heard", 0),
        "version": version,
        "frames": film.reel(key, frames, wish, tail) if frames else None,  # may make what the lines show
        "lines": [tail.put(_data(layer)) for layer in picture.layers],
    }
    if wish is None or wish.holds != version:
        message["picture"] = orjson.Fragment(drawn)
    hear = partial(_deliver, key, listeners, len(picture.points), frames)
    _mount(
        key=key,
        data=payload.pack(message, tail),
        on_need_change=lambda: film.remember(key, frames, last_heard(key, "need")),
        on_pick_change=partial(hear, "pick"),
        on_move_change=partial(hear, "move"),
        on_click_change=partial(hear, "click"),
        on_point_change=partial(hear, "point"),
        on_drag_change=partial(hear, "drag"),
        on_rest_change=partial(hear, "rest"),
    )
    film.done(key)


def _deliver(
    key: str,
    listeners: Mapping[str, Callable[..., None] | None],
    n_points: int,
    frames: Frames | None,
    event: str,
) -> None:
    message, listener = last_heard(key, event), listeners[event]
    if listener is None or not isinstance(message, Mapping):
        return
    if isinstance(number := message.get("number"), int) and abs(number) <= _LARGEST:
        st.session_state[f"{key}-heard"] = number
    sent = [message.get(name) for name in _FIELDS[event]]
    numbers = [float(value) for value in sent if isinstance(value, int | float) and abs(value) <= _LARGEST]
    if len(numbers) < len(sent):
        return
    if event in {"point", "drag"}:
        index = int(numbers.pop(0))
        if 0 <= index < n_points:
            listener(index, *numbers)
    elif event != "rest":
        listener(*numbers)
    elif frames is not None and message.get("id") == frames.id:
        listener(film.arrive(key, frames, numbers[0]))


def _still(picture: Picture, t: Language) -> dict[str, Any]:
    """The part of a message that stays the same while a film plays."""
    return {
        "title": picture.title,
        "description": picture.description,
        "caption": picture.caption,
        "figure": picture.figure,
        "table": {"columns": picture.table.columns, "rows": picture.table.rows},
        "handles": [_handle(handle) for handle in picture.handles],
        "layers": [_layer(layer) for layer in picture.layers],
        "points": np.asarray(picture.points, np.float32).reshape(-1, 2),
        "point_axes": picture.point_axes,
        "words": _words(t),
    }


def _handle(handle: Handle) -> dict[str, Any]:
    return {field: getattr(handle, field) for field in handle.__slots__}


def _layer(layer: Layer) -> dict[str, Any]:
    fields = ("kind", "style", "xaxis", "yaxis", "wide_only")
    return {field: getattr(layer, field) for field in fields}


def _data(layer: Layer) -> Any:
    return layer.data() if callable(layer.data) else layer.data


@cache
def _words(t: Language) -> Mapping[str, str]:
    return {
        "more": t("Table and files"),
        "player": t("Player"),
        "play": t("Play"),
        "pause": t("Pause"),
        "first": t("Back to the start"),
        "back": t("One step back"),
        "forward": t("One step forward"),
        "leap": t("Ten steps forward"),
        "last": t("To the end"),
        "speed": t("Speed"),
        "position": t("Position"),
        "csv": t("Download the table as CSV"),
        "png": t("Download as PNG"),
        "svg": t("Download as SVG"),
        "turn": t("One finger scrolls the page; two fingers turn the picture."),
        "flat": t(
            "This browser cannot draw in three dimensions (WebGL is missing or off), "
            "so here is the flat view."
        ),
    }
