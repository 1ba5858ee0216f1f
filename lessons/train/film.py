"""The film of two runs: its frames are trained when the browser asks for them, and only then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from lessons.train import own_points
from lessons.train.pictures import film as train_film
from lessons.train.points import Points
from lessons.train.session import Training, empty_plane
from ui.page import Page
from ui.pieces import let_pass
from ui.stage import Frames, stage
from ui.text import Language

BUDGET = {"linear": 3000, "quadratic": 3000, "hidden": 250}
SLOW = ((1, 1, 1.0), (2, 1, 2.0), (10, 1, 10.0))
SPEEDS = ((2, 1, 2.0), (10, 1, 10.0), (30, 1, 30.0), (60, 1, 60.0), (300, 5, 60.0), (1200, 20, 60.0))
_REST = "train-rest"


def draw(training: Training, t: Language, edits: bool = True) -> None:
    """The stage with both fields and the curves; a click adds a point of the reader's own if it `edits`."""
    if training.drawn is None:
        training.drawn = train_film.picture(
            training.view, lambda: training.lock, training.step, training.old, t
        )
    points = training.points

    def clicked(x: float, y: float) -> None:
        own_points.add(points, x, y)
        st.session_state[_REST] = True

    def dragged(index: int, x: float, y: float) -> None:
        own_points.move(points, training.drawn_point(index), x, y)
        st.session_state[_REST] = True

    def rested(step: int) -> None:
        training.slowly &= step < training.n_steps
        rest()

    stage(
        training.key,
        training.drawn,
        t,
        frames=film(training, t),
        on_click=clicked if edits else None,
        on_drag=dragged if edits else None,
        on_point=choose if edits else None,
        on_rest=rested,
    )


def film(training: Training, t: Language) -> Frames:
    """The frames from the first weights to the last step."""
    return Frames(
        id=training.film,
        total=training.n_steps + 1,
        traces=(),
        chunk=lambda steps: chunk(training, steps, t),
        at=training.at,
        follows=training.follows,
        speeds=[
            (t("{steps} steps/s", steps=steps), stride, rate)
            for steps, stride, rate in (SLOW if training.slowly else SPEEDS)
        ],
        player="full",
        step_words=t("training, step {step}"),
        plays=training.plays,
    )


def chunk(training: Training, steps: Sequence[int], t: Language) -> list[Mapping[str, Any]]:
    """Train as far as is asked for, or as there is time for, and show what was asked for on the way."""
    assert training.drawn is not None  # noqa: S101 - for the type checker
    training.lock, runs = training.lock.played(list(steps), BUDGET[training.scene.model])
    let_pass()
    shown = list(steps)[: len(runs[0])]
    if not shown:
        here = min(training.lock.common_step, training.lock.head_step)
        shown, runs = [here], tuple((state,) for state in training.lock.at(here))
    return train_film.frames(training.view, training.lock, shown, runs, len(training.drawn.layers), t)


def choose(index: int) -> None:
    """Work out a clicked point below. For callbacks."""
    st.session_state["point"] = index + 1
    st.session_state[_REST] = True


def rest() -> None:
    """What stands below the film follows once the reader stops. For callbacks."""
    st.session_state[_REST] = True


def follow() -> None:
    """In the film's own run: let the whole page follow, if the reader has stopped or changed something."""
    if st.session_state.pop(_REST, False):
        st.rerun()


def shown(now: Training | None) -> Points:
    """The points of the picture; none where the reader has taken all of them away."""
    own = own_points.current()
    return now.points if now is not None else own or Points()


def empty(page: Page, own: Points | None) -> None:
    """A plane without a point, to click on."""
    points = own or Points()

    def clicked(x: float, y: float) -> None:
        own_points.add(points, x, y)

    stage("train-empty", train_film.blank(empty_plane(), page.t), page.t, on_click=clicked)
