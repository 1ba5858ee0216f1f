"""The session behind the lesson on training: the scene that the reader has set, and the two runs that follow.

The runs are a pure history; where the reader is, is only a step. A change of samples or model begins anew, a
change of how to learn branches at that step, after the last one at the start, and leaves the old branch as a
ghost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import streamlit as st

from lessons.train.pictures import plane
from lessons.train.pictures.curves import Old
from lessons.train.pictures.numbers import Kept
from lessons.train.pictures.plane import Frame
from lessons.train.points import Points, Row, from_scene
from lessons.train.replay import build_configs, build_data, replayed
from lessons.train.scene import Scene, SceneSegment
from lessons.train.view import View
from softmax_core import TrainConfig, TrainState
from softmax_core.training import LockStep, start_lockstep
from ui.charts.picture import Picture
from ui.pieces import in_pieces

KEY = "train-film"
MAX_PINS = 3
_MAX_GHOSTS = 3
_SESSION, _AGAIN, _SLOWLY, _OPENED = "train-session", "train-again", "train-slowly", "train-opened"
_OPENING, _FIT, _PINNED = "train-opening", "train-fit", "train-pinned"
_MAX_FOLLOWED = 16  # so many films in a row may be outdated before the browser has shown any of them
_FEW = 8  # so few points do not say how large the reader wants the plane to be
_WORK_AT_ONCE = 4_000_000  # samples times units: about 50 ms


@dataclass(frozen=True, slots=True)
class Looks:
    """What is drawn of the runs."""

    first: str = "softmax"
    log: bool = False
    shown: tuple[str, ...] = ()
    chosen: int = 0


@dataclass(frozen=True, slots=True)
class Pin:
    """Two runs that the reader keeps for comparing, up to the step where the reader was."""

    scene: Scene
    lock: LockStep
    end: int

    def kept(self, step: int) -> Kept:
        """The runs at a step, or at their end if that is before."""
        return Kept(self.scene, self.lock.last_good(min(step, self.end)), self.end)

    @property
    def old(self) -> list[Old]:
        curves = (history.curve.until(self.end) for history in self.lock.histories)
        return [Old(run, curve, True) for run, curve in enumerate(curves)]


@dataclass(slots=True)
class _Opening:
    """A scene that is being taken up: what the controls said then, and the runs as they come."""

    scene: Scene
    wanted: Scene
    runs: Iterator[LockStep]
    lock: LockStep | None = None


@dataclass
class Training:
    """The runs of one reader, and what is seen of them."""

    scene: Scene
    wanted: Scene
    looks: Looks
    lock: LockStep
    view: View
    number: int = 0
    at: int = 0
    follows: tuple[str, ...] = ()
    slowly: bool = False
    plays: bool = False
    pins: list[Pin] = field(default_factory=list)
    drawn: Picture | None = None
    key: str = KEY

    @property
    def film(self) -> str:
        """The name of the film: another run, or other layers, are another film."""
        return f"{self.number}-{''.join(self.looks.shown)}-{self.looks.first}-{self.looks.log}"

    @property
    def segment(self) -> SceneSegment:
        """How the runs learn now."""
        return self.scene.segments[-1]

    @property
    def n_steps(self) -> int:
        """How far the runs go."""
        last = self.lock.last_step
        return self.scene.n_steps if last is None else min(last, self.scene.n_steps)

    @property
    def step(self) -> int:
        """Where the reader is, as far as both runs have been made."""
        wanted = max(0, min(int(st.session_state.get(f"{self.key}-at", 0)), self.n_steps))
        return wanted if self.lock.ended else min(wanted, self.lock.common_step)

    @property
    def states(self) -> tuple[TrainState, ...]:
        """Both runs where the reader is; of one that has blown up the last good state."""
        return self.lock.last_good(self.step)

    @property
    def configs(self) -> tuple[TrainConfig, ...]:
        """The settings under which both runs are judged where the reader is."""
        return tuple(run.segment_at(min(self.step, run.head.step)).config for run in self.lock.histories)

    @property
    def old(self) -> list[Old]:
        """The branches that were left, and the pinned runs."""
        ghosts = [
            Old(run, ghost.history.curve)
            for run, history in enumerate(self.lock.histories)
            for ghost in history.ghosts[-_MAX_GHOSTS:]
        ]
        return ghosts + [old for pin in self.pins for old in pin.old]

    @property
    def points(self) -> Points:
        """The points of the picture, in the order in which they were made."""
        return from_scene(self.scene)

    def drawn_point(self, index: int) -> Row:
        """A point by its number in the picture, where those for testing come last."""
        data = self.view.everything
        index = max(0, min(index, data.n_samples - 1))
        return float(data.X[index, 0]), float(data.X[index, 1]), int(data.labels[index])


def current(wanted: Scene, looks: Looks) -> Training:
    """The runs as the reader has set them, begun anew or branched where that is needed.

    `wanted` is what the controls say; its one segment is how to learn from here on. A scene that was opened
    is taken up as it is, and stays until a control is moved.
    """
    state = st.session_state
    before: Training | None = state.get(_SESSION)
    again, opened = state.pop(_AGAIN, False), _opening(wanted)
    changed = before is not None and before.wanted.segments != wanted.segments
    if opened is not None:
        now = _begun(opened.scene, looks, before, _restored(opened))
    elif before is None or not _is_like(before.wanted, wanted):
        now = _begun(wanted, looks, before)
    elif again or changed:
        learning = wanted.segments[0] if changed else before.segment
        now = _branched(before, learning, 0 if again else _branch_point(before, wanted.n_steps))
    else:
        now = before
    if before is not None and before.wanted.n_steps != wanted.n_steps and opened is None:
        now.scene = replace(now.scene, n_steps=wanted.n_steps)
    now.wanted, now.plays = wanted, False
    _look(now, looks)
    slow_from = state.pop(_SLOWLY, None)
    if slow_from is not None:
        _film_anew(now, slow_from)
        now.slowly = True
        now.plays = True
        state[f"{KEY}-at"] = slow_from
    if state.pop(_FIT, False) and now.view.kept:
        now.view = replace(now.view, kept=None)
        _film_anew(now, now.step)
    now.drawn = None
    state[_SESSION] = now
    _pin_again(now)
    return now


def station(key: str, scene: Scene) -> Training:
    """The runs of a scene that a step brings along, apart from the reader's own."""
    now: Training | None = st.session_state.get(f"{key}-session")
    if now is None or now.scene != scene:
        train, test, names = build_data(scene)
        lock = start_lockstep(build_configs(scene, scene.segments[0]), train, test)
        view = View(train, test, names, scene.n_steps, chosen=None)
        now = st.session_state[f"{key}-session"] = Training(scene, scene, Looks(), lock, view, key=key)
    now.drawn = None
    return now


def _is_like(one: Scene, other: Scene) -> bool:
    """Whether both have the same samples and the same model."""
    return replace(one, segments=other.segments, n_steps=other.n_steps) == other


def _opening(wanted: Scene) -> _Opening | None:
    """The scene to take up, unless the reader has moved a control while its branches were being made."""
    state = st.session_state
    scene: Scene | None = state.pop(_OPENED, None)
    if scene is not None:
        runs = replayed(scene, scene.segments[-1].step, _budget(scene))
        state[_OPENING] = _Opening(scene, wanted, in_pieces(runs))
    opening: _Opening | None = state.get(_OPENING)
    if opening is not None and opening.wanted != wanted:
        del state[_OPENING]
        return None
    return opening


def _pin_again(now: Training) -> None:
    """Make the runs anew that were pinned in a session that is gone; where the reader leaves, this stops."""
    state = st.session_state
    while pinned := state.get(_PINNED):
        (end, scene), *others = pinned
        lock = now.lock
        for lock in in_pieces(replayed(scene, end, _budget(scene))):  # noqa: B007 - the last one counts
            state[_PINNED] = pinned  # here Streamlit ends a run that nobody waits for
        now.pins = [*now.pins, Pin(scene, lock, end)][-MAX_PINS:]
        state[_PINNED] = others


def _budget(scene: Scene) -> int:
    """How many steps are made at once."""
    return max(1, _WORK_AT_ONCE // (scene.n_samples * scene.n_hidden))


def _restored(opening: _Opening) -> LockStep:
    """Make the branches of a scene; where the reader leaves or asks for something else, this stops."""
    state = st.session_state
    for lock in opening.runs:
        opening.lock = lock
        state[_OPENING] = opening  # here Streamlit ends a run that nobody waits for
    assert opening.lock is not None  # noqa: S101 - for the type checker
    del state[_OPENING]
    return opening.lock


def _begun(scene: Scene, looks: Looks, before: Training | None, restored: LockStep | None = None) -> Training:
    train, test, names = build_data(scene)
    lock = restored or start_lockstep(build_configs(scene, scene.segments[0]), train, test)
    st.session_state[f"{KEY}-at"] = 0
    return Training(
        scene=scene,
        wanted=scene,
        looks=looks,
        lock=lock,
        view=View(train, test, names, scene.n_steps, kept=_plane(scene, before)),
        number=before.number + 1 if before else 0,
        pins=before.pins if before else [],
    )


def _plane(scene: Scene, before: Training | None) -> Frame | None:
    """Where the plane stays as it is: the reader has put down, moved or deleted a point of their own."""
    if scene.points is None:
        return None
    rows = from_scene(scene).rows
    X = np.array([row[:2] for row in rows])
    if before is not None and len(set(rows) - set(from_scene(before.scene).rows)) <= 1:
        return plane.kept(before.view.frame, X)
    return plane.kept(plane.EMPTY, X) if len(rows) < _FEW else None


def empty_plane() -> Frame:
    """The plane of a reader who has taken all points away."""
    before: Training | None = st.session_state.get(_SESSION)
    return before.view.frame if before else plane.EMPTY


def _branched(before: Training, learning: SceneSegment, step: int) -> Training:
    st.session_state[f"{KEY}-at"] = step
    kept = tuple(part for part in before.scene.segments if part.step < step)
    return replace(
        before,
        scene=replace(before.scene, segments=(*kept, replace(learning, step=step))),
        lock=before.lock.branched(step, build_configs(before.scene, learning)),
        number=before.number + 1,
        at=step,
        follows=_followed(before, before.film),
        slowly=False,
    )


def _followed(now: Training, film: str) -> tuple[str, ...]:
    """The films that may still be the one that is shown when the next one arrives, the newest last."""
    return (*now.follows, film)[-_MAX_FOLLOWED:]


def _film_anew(now: Training, step: int) -> None:
    """The same runs as another film, which follows none."""
    now.number, now.at, now.follows = now.number + 1, step, ()


def _branch_point(before: Training, n_steps: int) -> int:
    """Where the reader is; the start, if no step is left there or a run has already blown up."""
    over = before.step >= min(before.n_steps, n_steps)
    blown_up = any(state.status == "DIVERGED" for state in before.lock.at(before.step))
    return 0 if over or blown_up else before.step


def _look(now: Training, looks: Looks) -> None:
    film, now.looks = now.film, looks
    if now.film != film:
        now.at, now.follows = now.step, _followed(now, film)
    order = (0, 1) if looks.first == "softmax" else (1, 0)
    seen: dict[str, Any] = {
        "n_steps": now.scene.n_steps,
        "order": order,
        "shown": looks.shown,
        "log": looks.log,
        "chosen": min(looks.chosen, now.view.everything.n_samples - 1),
    }
    if any(getattr(now.view, name) != value for name, value in seen.items()):
        now.view = replace(now.view, **seen)


def fit_plane() -> None:
    """Fit the plane to the points that there are. For callbacks."""
    st.session_state[_FIT] = True


def begin_again() -> None:
    """From the first weights once more; what was there stays as a ghost. For callbacks."""
    st.session_state[_AGAIN] = True


def replay_slowly(step: int) -> None:
    """Go back to a step and play on from there in slow motion. For callbacks."""
    st.session_state[_SLOWLY] = step


def open_scene(scene: Scene) -> None:
    """Take up a scene with its branches, once the controls have been set to it. For callbacks."""
    st.session_state[_OPENED] = scene


def bring_back(pins: Sequence[tuple[int, Scene]]) -> None:
    """Pin these runs, each up to a step, with the next scene. For callbacks."""
    st.session_state[_PINNED] = list(pins)


def pin() -> None:
    """Keep this run for comparing, up to where the reader is. For callbacks."""
    now: Training = st.session_state[_SESSION]
    now.pins = [*now.pins, Pin(now.scene, now.lock, now.step)][-MAX_PINS:]


def unpin() -> None:
    """Let go of all pinned runs. For callbacks."""
    st.session_state[_SESSION].pins = []
