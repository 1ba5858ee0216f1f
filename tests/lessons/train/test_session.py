"""The runs behind the lesson on training: begun, taken up from a file, and kept for comparing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lessons.train import session
from lessons.train.replay import replay
from lessons.train.scene import Scene, SceneRecipe, SceneSegment
from lessons.train.session import Looks

WANTED = Scene(recipe=SceneRecipe(n_samples=40), n_steps=100)
BRANCHED = Scene(
    recipe=SceneRecipe(n_samples=40),
    segments=(SceneSegment(rate=0.5), SceneSegment(step=60, rate=0.1)),
    n_steps=100,
)


class StoppedError(Exception):
    """As Streamlit ends a run whose tab is closed."""


class Memory(dict[str, Any]):
    """A session that is stopped when it is written to for so many times."""

    left = 10**6

    def __setitem__(self, key: str, value: object) -> None:
        super().__setitem__(key, value)
        self.left -= 1
        if self.left <= 0:
            raise StoppedError


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Memory:
    state = Memory()
    monkeypatch.setattr(session.st, "session_state", state)
    monkeypatch.setattr(session, "_WORK_AT_ONCE", 40 * WANTED.n_hidden * 10)
    return state


def test_a_scene_that_is_taken_up_stops_when_the_reader_leaves_and_goes_on_where_it_was(
    memory: Memory,
) -> None:
    session.open_scene(BRANCHED)
    memory.left = 4
    with pytest.raises(StoppedError):
        session.current(WANTED, Looks())
    half = memory["train-opening"].lock
    assert 0 < half.common_step < 60
    memory.left = 10**6
    now = session.current(WANTED, Looks())
    assert now.scene == BRANCHED
    assert now.lock.common_step == 60
    for run, other in zip(now.lock.histories, replay(BRANCHED, 60).histories, strict=True):
        assert run.head.theta.tobytes() == other.head.theta.tobytes()
        assert run.config == other.config
    assert session.current(WANTED, Looks()) is now


def test_a_scene_begun_again_keeps_the_values_that_no_control_can_show(memory: Memory) -> None:
    between = Scene(recipe=SceneRecipe(n_samples=40), segments=(SceneSegment(rate=0.37),), n_steps=100)
    session.open_scene(between)
    session.current(faster(WANTED), Looks())
    session.begin_again()
    assert session.current(faster(WANTED), Looks()).segment.rate == 0.37
    session.begin_again()
    assert session.current(faster(WANTED, 0.1), Looks()).segment.rate == 0.1


def test_a_control_that_is_moved_meanwhile_has_its_way(memory: Memory) -> None:
    session.open_scene(BRANCHED)
    memory.left = 4
    with pytest.raises(StoppedError):
        session.current(WANTED, Looks())
    memory.left = 10**6
    other = Scene(recipe=SceneRecipe(name="moons", n_samples=40), n_steps=100)
    assert session.current(other, Looks()).scene == other
    assert "train-opening" not in memory


def test_a_run_is_kept_to_where_the_reader_is_and_compared_at_the_same_step(memory: Memory) -> None:
    now = session.current(WANTED, Looks())
    now.lock = now.lock.reached(50)
    memory["train-film-at"] = 20
    session.pin()
    (kept,) = now.pins
    assert kept.end == 20
    assert {int(old.curve.step[-1]) for old in now.old} == {20}
    assert [state.step for state in kept.kept(7).states] == [7, 7]
    assert [state.step for state in kept.kept(45).states] == [20, 20]


def faster(scene: Scene, rate: float = 0.3) -> Scene:
    return replace(scene, segments=(replace(scene.segments[0], rate=rate),))


@pytest.mark.parametrize(
    ("learning", "status"),
    [
        (SceneSegment(), "RUNNING"),
        (SceneSegment(rate=0.5, stop_loss=0.9), "CONVERGED"),
        (SceneSegment(rate=1e6, l2=10), "DIVERGED"),
    ],
)
def test_a_setting_changed_after_the_end_begins_again_from_the_first_weights(
    memory: Memory, learning: SceneSegment, status: str
) -> None:
    wanted = replace(WANTED, segments=(learning,))
    now = session.current(wanted, Looks())
    now.lock = now.lock.reached(100)
    assert {status} == {run.head.status for run in now.lock.histories}
    first = [run.at(0).theta.tobytes() for run in now.lock.histories]
    memory["train-film-at"] = end = now.n_steps
    again = session.current(faster(wanted), Looks())
    assert (again.at, again.step, memory["train-film-at"]) == (0, 0, 0)
    assert [(part.step, part.rate) for part in again.scene.segments] == [(0, 0.3)]
    assert [run.at(0).theta.tobytes() for run in again.lock.histories] == first
    assert [run.ghosts[-1].history.head.final for run in again.lock.histories] == [status != "RUNNING"] * 2
    assert max(run.ghosts[-1].history.head.step for run in again.lock.histories) == end
    assert again.lock.reached(1).common_step == 1


def test_a_setting_changed_one_step_before_the_end_branches_there(memory: Memory) -> None:
    now = session.current(WANTED, Looks())
    now.lock = now.lock.reached(100)
    memory["train-film-at"] = 99
    assert session.current(faster(WANTED), Looks()).at == 99


def test_a_film_names_all_in_a_row_that_may_still_play(memory: Memory) -> None:
    films = [session.current(WANTED, Looks()).film]
    for rate in (0.1, 0.3, 1.0):
        now = session.current(faster(WANTED, rate), Looks())
        assert now.follows == tuple(films)
        films.append(now.film)
    assert session.current(faster(WANTED, 1.0), Looks(log=True)).follows == tuple(films)
    other = Scene(recipe=SceneRecipe(name="moons", n_samples=40), n_steps=100)
    assert session.current(other, Looks()).follows == ()
    for rate in range(1, 40):
        now = session.current(faster(other, rate / 100), Looks())
    assert len(now.follows) < 20


def own(*points: tuple[float, float, int]) -> Scene:
    return Scene(points=points, class_names=("A", "B"), n_steps=100)


def test_the_plane_stays_while_points_are_put_on_it_also_near_its_edge(memory: Memory) -> None:
    first = session.current(own((-2.5, 0.5, 0)), Looks()).view.extent
    assert first == (-4, 4, -4, 4)
    second = session.current(own((-2.5, 0.5, 0), (3.99, -3.99, 1)), Looks()).view
    assert second.extent == first
    moved = session.current(own((-2.5, 0.5, 0), (0.1, 0.1, 1)), Looks()).view
    assert moved.extent == first
    outside = session.current(own((-2.5, 0.5, 0), (0.1, 0.1, 1), (9, 0, 1)), Looks()).view.extent
    assert outside[0] <= -4
    assert outside[1] >= 9


def test_after_all_points_are_taken_away_the_first_lands_where_it_was_clicked(memory: Memory) -> None:
    before = session.current(WANTED, Looks()).view.extent
    assert session.plane.extent(session.empty_plane()) == before
    assert session.current(own((0.5, 0.5, 0)), Looks()).view.extent == before


def test_the_plane_is_fitted_to_other_points_and_on_request(memory: Memory) -> None:
    session.current(own((-2.5, 0.5, 0)), Looks())
    many = [(k / 100, k / 50, k % 2) for k in range(20)]
    small = session.current(own(*many), Looks()).view.extent
    assert small[1] - small[0] < 2
    film = session.current(own(*many, (0.9, 0.9, 0)), Looks()).film
    wide = session.current(own(*many, (2, 2, 0)), Looks())
    session.current(own(*many), Looks())
    session.fit_plane()
    again = session.current(own(*many), Looks())
    assert again.view.extent == small
    assert again.film not in (film, wide.film)


@pytest.mark.parametrize(("count", "is_kept"), [(7, True), (8, False)])
def test_from_eight_points_on_the_plane_is_that_of_the_points(
    memory: Memory, count: int, is_kept: bool
) -> None:
    points = [(k / 10, k / 20, k % 2) for k in range(count)]
    extent = session.current(own(*points), Looks()).view.extent
    assert (extent == (-4, 4, -4, 4)) is is_kept


def test_three_runs_are_pinned_and_three_branches_drawn_at_most(memory: Memory) -> None:
    now = session.current(WANTED, Looks())
    now.lock = now.lock.reached(30)
    for step in (5, 10, 15, 20):
        memory["train-film-at"] = step
        session.pin()
    assert [each.end for each in now.pins] == [10, 15, 20]
    session.unpin()
    for rate in (0.1, 0.2, 0.3, 0.4):
        memory["train-film-at"] = 10
        now = session.current(faster(WANTED, rate), Looks())
        now.lock = now.lock.reached(30)
    assert len(now.lock.histories[0].ghosts) == 4
    assert len(now.old) == 3 * 2
