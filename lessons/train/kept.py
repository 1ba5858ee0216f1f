"""What a link cannot carry of an experiment, many points, branches, pinned runs: the browser keeps them."""

from __future__ import annotations

import json

import streamlit as st

from lessons.train import experiment, session
from lessons.train.points import from_scene, to_text
from lessons.train.scene import Scene
from lessons.train.scene_json import scene_from_json, scene_to_json
from lessons.train.session import Training
from lessons.train.settings import EXPERIMENT, LOOKS
from ui import controls, keep
from ui.parameters import PARAMETERS
from ui.text import Language

_WRITTEN, _IS_BACK = "train-kept", "train-is-back"


def hold(now: Training, t: Language) -> None:
    """Have it kept, and take it up again where this session is a new one."""
    if st.session_state.pop(_IS_BACK, False):
        st.info(
            t(
                "The server no longer knew this page. Your browser had kept your points, branches and pinned "
                "runs: they are back."
            ),
            icon=":material/restore_page:",
        )
    keep.hold("train", _text(now), _about(), _back, t)


def _about() -> str:
    """The settings that the address holds: another link is another experiment."""
    written = {key: PARAMETERS[key].written(controls.coming(key)) for key in EXPERIMENT if key not in LOOKS}
    return json.dumps({key: value for key, value in written.items() if value is not None})


def _text(now: Training) -> str:
    """A line for the scene, and one for each pinned run behind the step that it had come to."""
    of = (now.scene, tuple((pin.end, pin.scene) for pin in now.pins))
    before, kept = st.session_state.get(_WRITTEN, (None, ""))
    text = str(kept)
    if of != before:
        text = "\n".join(
            [scene_to_json(now.scene), *(f"{end} {scene_to_json(scene)}" for end, scene in of[1])]
            if _is_more_than_a_link(now)
            else []
        )
        st.session_state[_WRITTEN] = of, text
    return text


def _is_more_than_a_link(now: Training) -> bool:
    scene = now.scene
    has_many = scene.points is not None and not to_text(from_scene(scene))
    return has_many or len(scene.segments) > 1 or bool(now.pins)


def _back(text: str) -> None:
    """What the browser had kept, if it is that: it may send anything."""
    try:
        scene, pins = read(text)
    except ValueError:
        return
    experiment.adopt(scene)
    session.bring_back(pins)
    st.session_state[_IS_BACK] = True


def read(text: str) -> tuple[Scene, list[tuple[int, Scene]]]:
    """The scene and the pinned runs of a text.

    Raises:
        ValueError: it is none that `hold` wrote.
    """
    first, *lines = text.split("\n")
    pins = []
    for line in lines[: session.MAX_PINS]:
        end, _, written = line.partition(" ")
        scene = scene_from_json(written)
        pins.append((max(0, min(int(end[:9]), scene.n_steps)), scene))
    return scene_from_json(first), pins
