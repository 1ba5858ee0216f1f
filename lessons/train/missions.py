"""Three things to bring about in one's own experiment; the core says whether the run has done it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lessons.train import experiment
from lessons.train.session import Training
from ui import controls
from ui.page import Page
from ui.text import N_

_DONE, _CHOSEN = "train-missions", "train-mission"
ENOUGH = 0.98
_SPIRALS = "spiral", "cs231n_spiral"


def blown_up(now: Training) -> bool:
    """Whether a run has blown up where the reader is."""
    return any(_ended(now, run, "DIVERGED") for run in range(2))


def svm_alone_stops(now: Training) -> bool:
    """Whether nothing pulls the SVM any more, and something still pulls softmax."""
    softmax, svm = now.states
    learns = not _ended(now, 0, "DIVERGED") and not _ended(now, 0, "CONVERGED") and now.step > 0
    return learns and svm.gradient_norm == 0 < softmax.gradient_norm


def spiral_learnt(now: Training) -> bool:
    """Whether a run has 98 % of a spiral's training points right."""
    recipe = now.scene.recipe
    return recipe is not None and recipe.name in _SPIRALS and max(s.accuracy for s in now.states) >= ENOUGH


def _ended(now: Training, run: int, status: str) -> bool:
    head = now.lock.histories[run].head
    return head.status == status and head.step <= now.step


MISSIONS: dict[str, tuple[Callable[[Training], bool], str]] = {
    "blow": (blown_up, N_("Make a run blow up")),
    "stop": (svm_alone_stops, N_("Make only the SVM stop")),
    "spiral": (spiral_learnt, N_("Get 98 % of the spiral right")),
}


def note(now: Training) -> None:
    """Keep what the run has brought about."""
    done = st.session_state.setdefault(_DONE, set())
    done |= {name for name, (is_done, _) in MISSIONS.items() if is_done(now)}


def show(page: Page) -> None:
    """The missions with their ticks, each with a button that sets its scene."""
    done = st.session_state.get(_DONE, set())
    for name, (_, label) in MISSIONS.items():
        icon = ":material/check_circle:" if name in done else ":material/radio_button_unchecked:"
        st.button(
            page.t(label),
            key=f"train-mission-{name}",
            icon=icon,
            type="tertiary" if name in done else "secondary",
            on_click=_choose,
            args=(name,),
        )


def goal(page: Page) -> None:
    """What the mission is whose scene the reader has chosen, until it is done."""
    chosen = st.session_state.get(_CHOSEN)
    if chosen and chosen not in st.session_state.get(_DONE, set()):
        page.say(f"goal-{chosen}")


def _choose(name: str) -> None:
    controls.set_values(experiment.MISSION_SCENES[name])
    st.session_state[_CHOSEN] = name
    st.rerun()  # also what says how to go about it
