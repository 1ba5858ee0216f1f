"""Take a run away: as a script, a notebook, a table, a scene file or a link; and open a scene file again."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from lessons.train import takeaway_script
from lessons.train.points import from_scene, samples_of, to_text
from lessons.train.replay import build_data
from lessons.train.scene import Scene
from lessons.train.scene_json import scene_from_json, scene_to_json
from lessons.train.scene_rules import MAX_WORK, MAX_WORK_A_STEP, ClassNameError
from softmax_core.training import LockStep
from ui import files, signs
from ui.page import Page
from ui.text import N_, Language
from ui.typed import quoted

_FAULT = "takeaway-fault"


def panel(
    page: Page,
    scene: Scene,
    lockstep: LockStep,
    step: int,
    on_open: Callable[[Scene], None],
    linked: Scene | None = None,
) -> None:
    """Buttons for every file of the run as it stands at a step, and a field that opens a scene file.

    `on_open` is called in the field's callback, with a scene that is known to be playable. `linked` is what a
    link to this page brings back, by default the scene as it learns last.
    """
    t = page.t
    box = st.expander(
        t("Take this run away, or open one"), icon=":material/download:", on_change="rerun", key="takeaway"
    )
    with box:
        if box.open:
            _files(t, scene, lockstep, step)
            st.markdown(_about_link(t, scene, linked))
            _opener(t, on_open)


def csv_text(scene: Scene) -> str:
    """All samples as a table that `read_csv` reads again, to the last digit."""
    data, names = samples_of(scene), [signs.csv(name) for name in build_data(scene)[2]]
    rows = zip(data.X.tolist(), data.labels.tolist(), strict=True)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [("x", "y", "label"), *((repr(x), repr(y), names[label]) for (x, y), label in rows)]
    )
    return text.getvalue()


def read_scene(content: bytes) -> Scene | ClassNameError | str:
    """The scene of a file, or what is wrong: with a name, or the field; "" if it is no scene file at all."""
    try:
        return scene_from_json(content)
    except ClassNameError as fault:
        return fault
    except ValueError as fault:
        field, colon, _ = str(fault).partition(": ")
        return field if colon and field != "format" else ""


def _files(t: Language, scene: Scene, lockstep: LockStep, step: int) -> None:
    st.caption(
        t(
            "Script and notebook make this run again up to step {step} and compare every weight, to the last "
            "digit.",
            step=step,
        )
    )
    scene = replace(scene, segments=tuple(part for part in scene.segments if part.step <= scene.n_steps))
    name = f"softmax-lab-{scene.recipe.name if scene.recipe else 'points'}"
    run = (scene, lockstep, step, t)
    kinds: tuple[tuple[str, str, str, Callable[[], str]], ...] = (
        (t("Script (.py)"), "py", "text/x-python", partial(takeaway_script.script, *run)),
        (
            t("Notebook (.ipynb)"),
            "ipynb",
            "application/x-ipynb+json",
            partial(takeaway_script.notebook, *run),
        ),
        (t("Samples (.csv)"), "csv", "text/csv", partial(_for_spreadsheets, scene)),
        (t("Scene (.json)"), "json", "application/json", partial(scene_to_json, scene)),
    )
    with st.container(horizontal=True):
        for label, ending, mime, made in kinds:
            files.offer(f"takeaway-{ending}", label, f"{name}.{ending}", mime, made)


def _for_spreadsheets(scene: Scene) -> str:
    """With a byte order mark, without which Excel takes UTF-8 for cp949."""
    return "\ufeff" + csv_text(scene)


def _about_link(t: Language, scene: Scene, linked: Scene | None) -> str:
    if scene.points is not None and not to_text(from_scene(scene)):
        return t("The address of this page holds all settings, but not so many points: send the scene file.")
    if linked not in (None, replace(scene, segments=(replace(scene.segments[-1], step=0),))):
        return t(
            "The address of this page is a link to settings that come near to these. Only the scene file "
            "holds these very values."
        )
    if len(scene.segments) > 1:
        return t(
            "The address of this page is a link to these settings. Only the scene file also holds where they "
            "were changed on the way."
        )
    return t("The address of this page is a link to these settings and samples.")


def _opener(t: Language, on_open: Callable[[Scene], None]) -> None:
    label = t("Open a scene file (.json)")
    files.receive("takeaway-file", label, t, ["json"], partial(_open, on_open))
    fault: ClassNameError | str | None = st.session_state.get(_FAULT)
    if fault is not None:
        st.warning(_refusal(fault, t), icon=":material/rule:")


def _refusal(fault: ClassNameError | str, t: Language) -> str:
    if isinstance(fault, ClassNameError):
        message = _SAME_NAME if fault.first < fault.place else _HALF_A_SIGN
        return t(message, first=fault.first + 1, number=fault.place + 1, name=quoted(fault.name))
    if fault == "work":
        return t(_TOO_MUCH, a_step=MAX_WORK_A_STEP, most=MAX_WORK)
    return t(_WRONG_FIELD, field=quoted(fault)) if fault else t(_NO_SCENE)


def _open(on_open: Callable[[Scene], None], _name: str, content: bytes) -> None:
    found = read_scene(content)
    st.session_state[_FAULT] = None if isinstance(found, Scene) else found
    if isinstance(found, Scene):
        on_open(found)


_NO_SCENE = N_("This is no scene file of Softmax Lab. Everything is as it was.")
_TOO_MUCH = N_(
    "This scene would keep the server busy for too long: samples times hidden units may be at most "
    "{a_step:,}, and that times the steps {most:,}. Everything is as it was."
)
_SAME_NAME = N_(
    "This scene file cannot be played: classes {first} and {number} have the same name, “{name}”. Give each "
    "a name of its own. Everything is as it was."
)
_HALF_A_SIGN = N_(
    "This scene file cannot be played: the name of class {number}, “{name}”, holds half a character (a lone "
    "surrogate). Everything is as it was."
)
_WRONG_FIELD = N_(
    "This scene file cannot be played: what its field “{field}” holds is missing or not possible. Everything "
    "is as it was."
)
