"""The reader's own experiment: their points, every control, and what both runs are where they stop."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lessons.train import coach, details, experiment, kept, missions, own_points, reference, session, takeaway
from lessons.train import film as training_film
from lessons.train.session import KEY, Training
from lessons.train.settings import EXPERIMENT
from ui import blocks, controls
from ui.page import Page, is_one_at_a_time
from ui.step import beside

_WIDE = 4, 11
_EXPERIMENT, _TICKS, _CHALLENGE = "train-experiment", "train-ticks", "train-challenge"
_SET_BESIDE = frozenset(EXPERIMENT) - {"pen", "point"}  # not in a follower itself


def own(page: Page) -> None:
    """The reader's own points, clicked or read from a file."""
    left, right = beside(*_WIDE)
    now = current()
    with left:
        page.say("own")
        own_points.panel(page, training_film.shown(now))
    with right:
        _film(page, now)
        experiment.point_scenes(page)


def laboratory(page: Page) -> None:
    """Every control beside the film."""
    picture, fields = st.columns([11, 3], gap="medium")
    with fields:
        own = experiment.own_sample()
        controls.keep_shown(_SET_BESIDE)
        experiment.fields(page.t, own, _followers(_EXPERIMENT))
        experiment.look_fields(page.t)
    with picture:
        _watch(page)
        experiment.scenes(page)


@controls.follower(_EXPERIMENT)
def _watch(page: Page) -> None:
    t, now = page.t, current()
    if now is not None:
        controls.pick_class("pen", now.points.offered, t, default=0)
        experiment.true_values(now, t)
    _film(page, now)
    if now is not None:
        coach.coach(page, now)
        coach.penalty(page, now)


def challenges(page: Page) -> None:
    """Three things to bring about, with a tick for each that the core finds in the run."""
    left, right = beside(*_WIDE)
    controls.keep_shown(_SET_BESIDE)
    followers = _followers(_TICKS, _CHALLENGE)
    with left:
        page.say("missions")
        _tick(page)
        controls.choice("model", page.t)
        controls.ladder("rate", page.t, followed_by=followers)
        controls.ladder("reg", page.t, followed_by=followers)
    with right:
        _take_up(page)


@controls.follower(_TICKS)
def _tick(page: Page) -> None:
    current()
    missions.show(page)


@controls.follower(_CHALLENGE)
def _take_up(page: Page) -> None:
    now = current()
    if _film(page, now, edits=False) and now is not None:
        missions.goal(page)
        coach.coach(page, now, ways_out=False)


def _followers(*keys: str) -> Sequence[str]:
    """Of a whole lesson on one page all follows."""
    return keys if is_one_at_a_time() else ()


def current() -> Training | None:
    """The runs of the reader's experiment; None where there is no point."""
    wanted = experiment.wanted(experiment.own_sample())
    if wanted is None:
        return None
    now = session.current(wanted, experiment.looks())
    missions.note(now)
    return now


def _film(page: Page, now: Training | None, edits: bool = True) -> bool:
    """The film, once on a page; whether it is here."""
    if controls.stands(KEY):
        return False
    if now is None:
        training_film.empty(page, own_points.current())
    else:
        _playing(page, now, edits)
        kept.hold(now, page.t)
    return True


@st.fragment
def _playing(page: Page, now: Training, edits: bool) -> None:
    training_film.follow()
    training_film.draw(now, page.t, edits)


def numbers(page: Page) -> None:
    """Both runs at the step where the reader has stopped."""
    if (now := _told(page)) is not None:
        page.say("compute", step=now.step)
        details.figures(page, now)
        details.parameters(page, now)
        details.one_step(page, now)


def point(page: Page) -> None:
    """One point on its way through both runs."""
    if (now := _told(page)) is not None:
        page.say("pick-a-point", step=now.step)
        details.worked_point(page, now)


def way(page: Page) -> None:
    """The way of both runs on their loss surfaces."""
    if (now := _told(page)) is not None:
        page.say("path")
        details.paths(page, now)


def pinned(page: Page) -> None:
    """Runs that the reader has kept for comparing."""
    if (now := _told(page)) is not None:
        details.pinned(page, now)


def take_away(page: Page) -> None:
    """The run as files, and a file as a run."""
    if (now := _told(page)) is not None:
        takeaway.panel(page, now.scene, now.lock, now.step, experiment.adopt, now.wanted)


def code(page: Page) -> None:
    """The code that made the run."""
    if (now := _told(page)) is not None:
        blocks.code_that_ran(page, reference.learning(now.configs))


def _told(page: Page) -> Training | None:
    """The runs of the reader's experiment; where there are none it is said why."""
    now = current()
    if now is None:
        page.say("no-points")
    return now
