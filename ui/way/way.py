"""The Python side: names the stops, and hears which of them the reader wants to see.

What was seen, and where the reader is, lives in the browser's own storage; nothing of it comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from ui import assets
from ui.heard import last_heard
from ui.text import Language

_LARGEST = 2**53  # what a browser counts; a whole number of JSON has no bound
_mount = st.components.v2.component("softmax_lab_way", js=assets.loader("way.js"), isolate_styles=False)


@dataclass(frozen=True, slots=True)
class Stop:
    """A step as the bar shows it: its name in the address, and its title in plain words.

    It is done when all its predictions are answered, named by the keys that the diary keeps them under; one
    that has none is done when the reader has gone on from it. A link to one of the `anchors`, parts of the
    page when a lesson was one, leads to it.
    """

    slug: str
    title: str
    is_deeper: bool = False
    predictions: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()


def way(
    t: Language,
    lesson: str,
    stops: Sequence[Stop],
    at: str,
    on_go: Callable[[str], None],
    onward: tuple[str, str] | None,
) -> None:
    """The bar at the bottom of the window; `on_go` gets the slug of the step that the reader wants to see.

    `onward` is the address and the title of the next lesson.
    """
    key = f"way-{lesson}"
    heard = f"{key}-heard"
    slugs = {stop.slug for stop in stops}
    _mount(
        key=key,
        data={
            "kind": "way",
            "lesson": lesson,
            "stops": list(_numbered(t, stops)),
            "count": sum(not stop.is_deeper for stop in stops),
            "at": at,
            "heard": st.session_state.get(heard, 0),
            "onward": onward
            and {"href": _address(t, onward[0]), "label": t("Next lesson: {title}", title=onward[1])},
            "words": _words(t),
        },
        on_go_change=lambda: _take(last_heard(key, "go"), slugs, heard, on_go),
    )


def resume(t: Language, lessons: Mapping[str, tuple[str, str]]) -> None:
    """A link to the step that this browser saw last, if any; `lessons` has the address and title of each."""
    _mount(
        key="way-resume",
        data={
            "kind": "resume",
            "lessons": {
                slug: {
                    "href": _address(t, path),
                    "label": t("Continue: {lesson}, step {number}", lesson=title, number="{number}"),
                }
                for slug, (path, title) in lessons.items()
            },
        },
    )


def _take(sent: object, slugs: Collection[str], heard: str, on_go: Callable[[str], None]) -> None:
    """What a browser has sent, if it names one of the stops: a browser may send anything."""
    if not isinstance(sent, Mapping):
        return
    step, number = sent.get("step"), sent.get("number")
    if not isinstance(step, str) or step not in slugs:
        return
    if isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= _LARGEST:
        st.session_state[heard] = number
        on_go(step)


def _numbered(t: Language, stops: Sequence[Stop]) -> Iterator[dict[str, Any]]:
    """Each stop with its label; one that goes deeper has the number of the main step that it follows."""
    count, number = sum(not stop.is_deeper for stop in stops), 0
    for stop in stops:
        number += not stop.is_deeper
        label = (
            t("Go deeper: {title}", title=stop.title)
            if stop.is_deeper
            else t("Step {number} of {count}: {title}", number=number, count=count, title=stop.title)
        )
        yield {
            "slug": stop.slug,
            "title": stop.title,
            "label": label,
            "number": number,
            "deeper": stop.is_deeper,
            "predictions": list(stop.predictions),
            "anchors": list(stop.anchors),
        }


def _address(t: Language, path: str) -> str:
    return f"{path or './'}?{urlencode({'lang': t.code})}"


def _words(t: Language) -> dict[str, str]:
    return {
        "steps": t("Steps of this lesson"),
        "back": t("Back"),
        "next": t("Next"),
        "contents": t("Contents"),
        "deeper": t("Go deeper"),
        "done": t("{step}, done", step="{step}"),
        "page": t("The whole lesson on one page"),
        "close": t("Close"),
    }
