"""Every sentence of the lesson on training is true where it is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lessons.train import coach, details, faults, predictions, session, stations, trials
from lessons.train.course import course
from lessons.train.pictures import film, idea, numbers, path
from lessons.train.replay import build_configs, build_data, replay
from lessons.train.scene import Scene, SceneRecipe, SceneSegment
from lessons.train.session import KEY, Looks, Training
from lessons.train.settings import RATES
from lessons.train.steps import race
from lessons.train.view import View
from softmax_core import DATASETS, TrainHistory, TrainState, make_dataset
from softmax_core.training import LockStep
from tests.lessons.said import Sentence, heard, page, unchecked, unknown, untrue
from tests.lessons.train.plain_training import Params, Task, params_of
from ui.predict import ask
from ui.text import catalogues

ROOT = Path(__file__).parents[3]
SLUG = "train"
HINGE, SQUARED = "weston_watkins", "squared_weston_watkins"
SCENE = Scene(recipe=SceneRecipe(n_samples=18), n_steps=40)


@lru_cache(maxsize=4)
def ten_times(scene: Scene, factor: float) -> TrainHistory:
    """The softmax run from the start at a multiple of the step size."""
    part = replace(scene.segments[-1], step=0, stop_loss=None)
    part = replace(part, rate=factor * part.rate)
    return replay(replace(scene, segments=(part,)), 40 if scene.model == "hidden" else 100).histories[0]


@dataclass(frozen=True, eq=False)
class Setting:
    """A scene, its two runs, and where the reader is."""

    scene: Scene
    lock: LockStep
    step: int
    trial: Any = None

    @cached_property
    def view(self) -> View:
        train, test, names = build_data(self.scene)
        return View(train, test, names, self.scene.n_steps)

    @property
    def now(self) -> Training:
        return Training(self.scene, self.scene, Looks(), self.lock, self.view)

    def task(self, run: int, segment: int = -1, **changes: Any) -> Task:
        part = self.lock.histories[run].segments[segment]
        return Task(part.data.X, part.data.labels, replace(part.config, **changes))

    def task_at(self, run: int, step: int) -> Task:
        part = self.lock.histories[run].segment_at(step)
        return Task(part.data.X, part.data.labels, part.config)

    def start(self, run: int) -> Params:
        return params_of(self.lock.histories[run].segments[0].start)

    def state(self, run: int) -> TrainState:
        return self.lock.histories[run].at(self.at(run))

    def at(self, run: int) -> int:
        return min(self.step, self.lock.histories[run].head.step)

    def ten(self, factor: float) -> TrainHistory:
        return ten_times(self.scene, factor)

    def ten_total(self, factor: float) -> float:
        """The loss at its end, judged by plain NumPy."""
        run, part = self.ten(factor), self.scene.segments[-1]
        return self.task(0, 0, l2=part.l2).total(params_of(run.head))


def read(text: object) -> float:
    """The number that a reader sees."""
    return float(str(text).removeprefix("≈ ").replace("−", "-").removesuffix(" %"))


def near(text: object, value: float, digits: int = 4) -> bool:
    """Whether a printed number is a value in so many digits."""
    return bool(np.isclose(read(text), value, rtol=0.51 * 10.0 ** (1 - digits), atol=1e-14, equal_nan=True))


RUNS = {"softmax": 0, "소프트맥스": 0, "SVM": 1}


def run_of(said: Mapping[str, Any]) -> int:
    return RUNS[str(said["run"])]


# --- before the first step ---


def first_scores(s: Setting) -> Any:
    return s.task(0, 0).scores(s.start(0))


def first_losses(s: Setting, shrink: float = 1.0) -> tuple[float, float]:
    config = s.scene.segments[-1]
    found = []
    for run in range(2):
        task = s.task(run, 0, margin=config.margin)
        task = Task(shrink * task.X, task.y, task.config)
        found.append(float(task.losses(s.start(run)).mean()))
    return found[0], found[1]


def chance(s: Setting) -> tuple[float, float]:
    """The losses of scores of 0."""
    config = s.scene.segments[-1]
    found = []
    for run in range(2):
        task = s.task(run, 0, margin=config.margin)
        found.append(float(task.losses({name: 0 * part for name, part in s.start(run).items()}).mean()))
    return found[0], found[1]


def measured(s: Setting, said: Mapping[str, Any]) -> bool:
    softmax, svm = first_losses(s)
    return near(said["softmax"], softmax) and near(said["svm"], svm)


def by_chance(s: Setting, said: Mapping[str, Any]) -> bool:
    softmax, svm = chance(s)
    return near(said["log"], softmax) and near(said["margins"], svm)


def small(s: Setting, said: Mapping[str, Any]) -> bool:
    """The scores are small, and the losses are nearly those of chance."""
    score = float(np.abs(first_scores(s)).max())
    off = [abs(a - b) - 0.1 * b for a, b in zip(first_losses(s), chance(s), strict=True)]
    return (
        score <= 0.5
        and near(said["score"], score, 3)
        and off[0] <= 0
        and off[1] <= (0 if chance(s)[1] else 0.3)
    )


def right(s: Setting, said: Mapping[str, Any]) -> bool:
    return measured(s, said) and by_chance(s, said) and small(s, said)


def far(s: Setting, said: Mapping[str, Any]) -> bool:
    score = float(np.abs(first_scores(s)).max())
    shrunk = np.allclose(first_losses(s, 1e-9), chance(s), rtol=1e-3, atol=1e-3 * (1 + chance(s)[1]))
    return measured(s, said) and by_chance(s, said) and near(said["score"], score, 3) and bool(shrunk)


def is_near(s: Setting, _said: Mapping[str, Any]) -> bool:
    return bool(np.abs(first_scores(s)).max() <= 0.5)


# --- ten times the step size ---


def outcome(s: Setting, said: Mapping[str, Any], wanted: str) -> bool:
    slow, fast = s.ten_total(1), s.ten_total(10)
    if fast < 1e-14:  # beyond what plain NumPy tells apart
        return wanted in ("faster", "same")
    found = "broken" if not fast <= 1.02 * slow else "faster" if fast < 0.98 * slow else "same"
    return found == wanted and near(said["slow"], slow) and near(said["fast"], fast)


def blown(s: Setting, said: Mapping[str, Any], factor: float, name: str) -> bool:
    run = s.ten(factor)
    return run.head.status == "DIVERGED" and said[name] == run.head.step


def not_faster(s: Setting, said: Mapping[str, Any]) -> bool:
    part = s.scene.segments[-1]
    if part.optimiser == "adam" or part.batch_size or s.scene.model == "hidden":
        return False
    task = s.task(0, 0, l2=part.l2, optimiser=part.optimiser, rate=10 * part.rate)
    limit = (2 if part.optimiser == "gradient_descent" else 3.8) / task.curvature(s.start(0))
    totals = task.run(s.start(0), min(100, s.ten(10).head.step))
    rises = bool((np.diff(totals) > 0).any())
    broken = not s.ten_total(10) <= 1.02 * s.ten_total(1)
    return near(said["limit"], limit, 3) and part.rate <= limit < 10 * part.rate and rises and broken


def not_broken(s: Setting, said: Mapping[str, Any]) -> bool:
    """From the first weights and from others, no step of that size raises the loss."""
    part = s.scene.segments[-1]
    if part.optimiser != "gradient_descent" or part.batch_size or s.scene.model == "hidden":
        return False
    task = s.task(0, 0, l2=part.l2, optimiser=part.optimiser, rate=read(said["safe"]))
    starts = [s.start(0), {name: 9 * np.sign(value) for name, value in s.start(0).items()}]
    falls = all((np.diff(task.run(each, 60)) <= 1e-9).all() for each in starts)
    return falls and 10 * part.rate <= read(said["safe"]) * 1.001 and s.ten_total(10) <= 1.02 * s.ten_total(1)


def not_same(s: Setting, _said: Mapping[str, Any]) -> bool:
    slow, fast = s.ten(1), s.ten(10)
    return min(slow.head.step, fast.head.step) == 0 or bool((slow.at(1).theta != fast.at(1).theta).any())


# --- who stops ---


@lru_cache(maxsize=16)
def clouds(margin: float) -> tuple[Task, Task, Params, Params]:
    """Both losses after 500 steps of plain gradient descent on three clouds."""
    data = make_dataset("blobs", 90, 0.3)
    start = params_of(replay(Scene(recipe=SceneRecipe(n_samples=90, noise=0.3)), 0).histories[0].head)
    configs = build_configs(SCENE, SceneSegment(rate=1.0, l2=0.0, margin=margin))
    found = []
    for config in configs:
        task, here = Task(data.X, data.labels, config), {name: part.copy() for name, part in start.items()}
        for _ in range(500):
            slope = task.gradient(here)
            here = {name: part - config.rate * slope[name] for name, part in here.items()}
        found.append((task, here))
    (softmax, ends), (svm, hinge_ends) = found
    return softmax, svm, ends, hinge_ends


def race_apart(s: Setting, said: Mapping[str, Any]) -> bool:
    x0, x1, y0, y1 = s.view.extent
    across, up = np.meshgrid(np.linspace(x0, x1, 60), np.linspace(y0, y1, 60))
    places = np.stack([across.ravel(), up.ravel()], axis=1)
    winners = []
    for run in range(2):
        params = params_of(s.lock.at(s.step)[run])
        winners.append((places @ params["W"] + params["b"]).argmax(1))
    share = 100 * float((winners[0] != winners[1]).mean())
    return share > 0 and abs(read(said["share"]) - share) < 0.0501


def gradient_length(s: Setting, run: int, step: int) -> float:
    slope = s.task(run).gradient(params_of(s.lock.at(step)[run]))
    return float(np.sqrt(sum((part**2).sum() for part in slope.values())))


def race_stopped(s: Setting, said: Mapping[str, Any]) -> bool:
    """Nothing pulls the hinge from that step on, something did before, and softmax is pulled."""
    kept = params_of(s.lock.at(said["stop"])[1])
    stands = not s.task(1).terms(kept).any() and gradient_length(s, 1, s.step) == 0
    moved = said["stop"] == 0 or gradient_length(s, 1, said["stop"] - 1) > 0
    return stands and moved and near(said["softmax"], gradient_length(s, 0, s.step), 2)


def race_pulling(s: Setting, said: Mapping[str, Any]) -> bool:
    softmax, svm = (gradient_length(s, run, s.step) for run in range(2))
    return near(said["softmax"], softmax, 2) and near(said["svm"], svm, 2) and min(softmax, svm) > 0


def theta(s: Setting, run: int, step: int) -> Any:
    """All weights and biases, a row for each input and one for the biases."""
    params = params_of(s.lock.at(step)[run])
    return np.vstack([params["W"], params["b"]])


def leads(X: Any, y: Any, n_classes: int) -> Any:
    """For each point and each rival, what the parameters are multiplied with to give the lead."""
    found = []
    for x, true in zip(np.column_stack([X, np.ones(len(X))]), y, strict=True):
        for rival in set(range(n_classes)) - {true}:
            row = np.zeros((3, n_classes))
            row[:, true], row[:, rival] = x, -x
            found.append(row.ravel())
    return np.array(found)


@lru_cache(maxsize=4)
def widest(points: tuple[tuple[float, float, int], ...], n_classes: int) -> Any:
    """The shortest parameters with which every lead is at least 1, by coordinate ascent on its dual."""
    rows = leads([point[:2] for point in points], [point[2] for point in points], n_classes)
    sizes, w, weights = (rows**2).sum(1), np.zeros(rows.shape[1]), np.zeros(len(rows))
    for _ in range(3000):
        for i in range(len(rows)):
            moved = max(0.0, weights[i] + (1 - rows[i] @ w) / sizes[i])
            w = w + (moved - weights[i]) * rows[i]
            weights[i] = moved
    assert (rows @ w).min() > 0.999
    return w


def smallest_lead(s: Setting, run: int, step: int) -> float:
    w = theta(s, run, step).ravel()
    rows = leads(s.view.train.X, s.view.train.labels, s.view.n_classes)
    return float((rows @ w).min() / np.linalg.norm(w))


def margin_grows(s: Setting, said: Mapping[str, Any]) -> bool:
    """The SVM stands; softmax has a larger lead than before, below the largest, and is nearer to its way."""
    before, now = (smallest_lead(s, 0, step) for step in (said["before"], said["step"]))
    stands = (theta(s, 1, said["stop"]) == theta(s, 1, s.step)).all() and said["before"] >= said["stop"]
    best = widest(s.scene.points or (), s.view.n_classes)
    ways = [theta(s, 0, step).ravel() for step in (said["before"], said["step"])]
    turns = [float(way @ best / np.linalg.norm(way) / np.linalg.norm(best)) for way in ways]
    known = near(said["softmax_before"], before, 3) and near(said["softmax"], now, 3)
    svm = near(said["svm"], smallest_lead(s, 1, s.step), 3)
    return bool(stands) and known and svm and before < now < 1 / np.linalg.norm(best) and turns[0] < turns[1]


def growth_measured(s: Setting, said: Mapping[str, Any]) -> bool:
    ends = [float(np.linalg.norm(theta(s, 0, said[name]))) for name in ("first", "middle", "last")]
    grown = near(said["grown"], ends[1] - ends[0], 3) and near(said["more"], ends[2] - ends[1], 3)
    return grown and near(said["after"], ends[2], 3)


def growth_fact(s: Setting, said: Mapping[str, Any]) -> bool:
    """About as much for each tenfold; no least loss, as every point is right and there is no penalty."""
    first, middle, last = (np.linalg.norm(theta(s, 0, said[name])) for name in ("first", "middle", "last"))
    ratio = (last - middle) / (middle - first)
    no_least = s.scene.segments[-1].l2 == 0 and smallest_lead(s, 0, s.step) > 0
    return growth_measured(s, said) and no_least and bool(1 / 3 <= ratio < 3)


# --- the coach ---


def totals(s: Setting, run: int, steps: int) -> Any:
    """The latest losses, judged by plain NumPy."""
    history, last = s.lock.histories[run], s.at(run)
    task = s.task_at(run, last)
    first = s.lock.histories[run].segment_at(last).start
    states = [first if k == first.step else history.at(k) for k in range(last - steps, last + 1)]
    return np.array([task.total(params_of(state)) for state in states])


def swinging(s: Setting, said: Mapping[str, Any]) -> bool:
    run = run_of(said)
    found = totals(s, run, said["steps"])
    rises = int((np.diff(found) > 1e-12 * found[:-1]).sum())
    return rises == said["rises"] > 0 and near(said["rate"], s.task_at(run, s.at(run)).config.rate)


def kinks(s: Setting, _said: Mapping[str, Any]) -> bool:
    """In every step in which it rises, some rival comes within the margin or leaves it."""
    history = s.lock.histories[1]
    last, task = s.at(1), s.task_at(1, s.at(1))
    first = history.segment_at(last).start.step
    states = [params_of(history.at(k)) for k in range(max(first, last - 50), last + 1)]
    return all(
        task.total(then) <= task.total(here) * (1 + 1e-12)
        or bool(((task.terms(here) > 0) != (task.terms(then) > 0)).any())
        for here, then in pairwise(states)
    )


def climbing(s: Setting, said: Mapping[str, Any]) -> bool:
    run = run_of(said)
    task = s.task_at(run, s.at(run))
    first = task.total(params_of(s.lock.histories[run].segment_at(s.at(run)).start))
    last = task.total(params_of(s.state(run)))
    return last > first and near(said["first"], first) and near(said["last"], last)


def diverged(s: Setting, said: Mapping[str, Any]) -> bool:
    history = s.lock.histories[run_of(said)]
    led = [part.config.rate for part in history.segments if part.start.step < history.head.step]
    seen = s.lock.last_good(s.step)[run_of(said)]
    is_end = history.head.status == "DIVERGED" and said["step"] == history.head.step
    return is_end and near(said["rate"], led[-1]) and bool(np.isfinite(seen.theta).all())


def allowed(s: Setting, said: Mapping[str, Any]) -> bool:
    """The limit of one of the runs, between the step size that works and the one that does not."""
    found = []
    for run in range(2):
        config = s.lock.histories[run].config
        hidden = config.model == "hidden" or config.optimiser == "adam" or not config.full_batch
        if not hidden and config.loss != HINGE:
            factor = 2 if config.optimiser == "gradient_descent" else 2 * (1 + config.momentum)
            limit = factor / s.task(run).curvature(s.start(run))
            found.append(near(said["limit"], limit, 3) and s.trial.rate <= limit < config.rate)
    return any(found)


def tried(s: Setting, said: Mapping[str, Any]) -> bool:
    """Both runs once more from the start."""
    part = replace(s.scene.segments[-1], step=0, rate=read(said["rate"]))
    ends = replay(replace(s.scene, segments=(part,)), said["steps"]).at(said["steps"])
    starts = [s.task(run).total(s.start(run)) for run in range(2)]
    names = ("softmax", "svm")
    known = all(
        near(said[name], start) and near(said[f"{name}_end"], end.total)
        for name, start, end in zip(names, starts, ends, strict=True)
    )
    quiet = all(end.total <= start * (1 + 1e-9) for start, end in zip(starts, ends, strict=True))
    return known and quiet and read(said["rate"]) < s.scene.segments[-1].rate


def smaller(s: Setting) -> bool:
    return any(float(rate) < s.scene.segments[-1].rate for rate in RATES)


def zero_margin(s: Setting, said: Mapping[str, Any]) -> bool:
    task = s.task_at(run_of(said), s.at(run_of(said)))
    nothing = {name: 0 * part for name, part in s.start(1).items()}
    return task.config.loss == HINGE and task.total(nothing) == 0


# --- the way, the tables, the point ---


def way_change(s: Setting, said: Mapping[str, Any], sign: int) -> bool:
    """Some run ends so far above or below where it began, judged by the present settings."""
    found = []
    for run in range(2):
        task = s.task_at(run, s.at(run))
        states = [s.lock.histories[run].at(step) for step in range(s.at(run) + 1)]
        losses = [task.total(params_of(state)) for state in states]
        first = losses[0]
        last = [loss for loss in losses if near(said["last"], loss)]
        begins = "first" not in said or near(said["first"], first)
        found.append(begins and any(np.sign(round(loss - first, 12)) == sign or sign == 0 for loss in last))
    return any(found)


def stopped(s: Setting, said: Mapping[str, Any]) -> bool:
    ended = [run for run in range(2) if s.lock.histories[run].head.step == said["step"]]
    return any(
        s.scene.model == "hidden"
        or sum(float((part**2).sum()) for part in s.task(run).gradient(params_of(s.state(run))).values())
        < 2e-12
        for run in ended
    )


def judged(s: Setting, said: Mapping[str, Any]) -> bool:
    run, seen = run_of(said), params_of(s.state(run_of(said)))
    task = s.task_at(run, s.at(run))
    correct = float((task.scores(seen).argmax(1) == task.y).mean())
    return near(said["loss"], task.total(seen)) and abs(read(said["right"]) - 100 * correct) < 0.0501


def point(s: Setting, said: Mapping[str, Any]) -> bool:
    run = run_of(said)
    state = s.lock.last_good(s.step)[run]
    task, place = s.task_at(run, s.at(run)), said["number"] - 1
    data = s.view.everything
    one = Task(data.X[place : place + 1], data.labels[place : place + 1], task.config)
    return near(said["loss"], float(one.losses(params_of(state))[0]), 6) or read(said["loss"]) < 1e-13


def not_felt(s: Setting, _said: Mapping[str, Any]) -> bool:
    state = s.lock.last_good(s.step)[1]
    data, config = s.view.everything, s.task_at(1, s.at(1)).config
    return any(
        not Task(data.X[i : i + 1], data.labels[i : i + 1], config).terms(params_of(state)).any()
        for i in range(s.view.n_train)
    )


def not_felt_softmax(s: Setting, _said: Mapping[str, Any]) -> bool:
    state = s.lock.last_good(s.step)[0]
    f = s.task_at(0, s.at(0)).scores(params_of(state))
    lead = f[np.arange(len(f)), s.view.train.labels][:, None] - f
    lead[np.arange(len(f)), s.view.train.labels] = np.inf
    return bool((lead.min(1) > 700).any())


def has_left(s: Setting, _said: Mapping[str, Any]) -> bool:
    for run in range(2):
        task, state = s.task_at(run, s.at(run)), s.lock.last_good(s.step)[run]
        begun = task.total(s.start(run))
        with np.errstate(all="ignore"):
            if not task.total(params_of(state)) <= 7.9 * max(begun, 0.1):
                return True
    return False


def has_not_moved(s: Setting, _said: Mapping[str, Any]) -> bool:
    return any((s.lock.last_good(s.step)[run].theta == s.lock.at(0)[run].theta).all() for run in range(2))


def other_step(s: Setting, said: Mapping[str, Any]) -> bool:
    firsts = [next(iter(state.params.values()))[0, 0] for state in s.lock.last_good(s.step)]
    return any(near(said["before"], float(value)) for value in firsts)


def no_penalty(s: Setting, _said: Mapping[str, Any]) -> bool:
    """Where every margin is kept the hinge has no gradient."""
    _, svm, _, kept = clouds(1.0)
    return s.scene.segments[-1].l2 == 0 and not any(part.any() for part in svm.gradient(kept).values())


Check = Callable[[Setting, Mapping[str, Any]], bool]

CHECKS: dict[str, Check] = {
    "untrained-zero": lambda s, _: first_losses(s)[0] > 0,
    "untrained-right": lambda s, said: right(s, said) and chance(s)[1] > 0,
    "untrained-right-0": lambda s, said: right(s, said) and chance(s)[1] == 0,
    "untrained-far": far,
    "untrained-share": lambda s, said: (
        is_near(s, said) and near(said["share"], 1 / len(s.view.class_names), 3)
    ),
    "untrained-random": is_near,
    "ten-faster": lambda s, said: outcome(s, said, "faster"),
    "ten-same": lambda s, said: outcome(s, said, "same"),
    "ten-broken": lambda s, said: outcome(s, said, "broken"),
    "ten-blown": lambda s, said: blown(s, said, 10, "fast_end") and s.ten(1).head.status != "DIVERGED",
    "ten-both-blown": lambda s, said: blown(s, said, 1, "slow_end") and blown(s, said, 10, "fast_end"),
    "not-faster": not_faster,
    "not-same": not_same,
    "not-broken": not_broken,
    "race-apart": race_apart,
    "race-stopped": race_stopped,
    "race-pulling": race_pulling,
    "growth-fact": growth_fact,
    "growth-measured": growth_measured,
    "margin-grows": margin_grows,
    "spiral-right": lambda s, said: all(
        abs(read(said[name]) - 100 * s.state(run).accuracy) < 0.0501
        for run, name in enumerate(("softmax", "svm"))
    ),
    "coach-diverged": diverged,
    "coach-climbing": climbing,
    "coach-swinging": swinging,
    "coach-kinks": kinks,
    "coach-limit": allowed,
    "coach-tried": tried,
    "coach-nothing": lambda s, _: smaller(s) and s.scene.model != "hidden",
    "coach-nothing-hidden": lambda s, _: smaller(s) and s.scene.model == "hidden",
    "coach-smallest": lambda s, _: not smaller(s),
    "coach-zero-margin": zero_margin,
    "no-penalty": no_penalty,
    "other-step": other_step,
    "not-felt": not_felt,
    "not-felt-softmax": not_felt_softmax,
    "point": point,
    "point-test": point,
    "path-left": has_left,
    "path-gone": has_left,
    "path-still": has_not_moved,
    "from its beginning to its end it falls from {first} to {last}": lambda s, said: way_change(s, said, -1),
    "from its beginning to its end it rises from {first} to {last}": lambda s, said: way_change(s, said, 1),
    "at its end the loss is {last}, as at its beginning": lambda s, said: way_change(s, said, 0),
    "stopped at step {step}: gradient ≈ 0": stopped,
    "blew up at step {step}": lambda s, said: (
        said["step"] in {run.head.step for run in s.lock.histories if run.head.status == "DIVERGED"}
    ),
    "loss reached at step {step}": lambda s, said: any(
        run.head.step == said["step"] and s.task(k).total(params_of(run.head)) <= run.config.stop_loss
        for k, run in enumerate(s.lock.histories)
        if run.config.stop_loss
    ),
    "step {step} reached": lambda s, said: said["step"] == s.step == s.scene.n_steps,
    "{run} has the loss {loss} and {right} of the training points right": judged,
}

PLAIN = frozenset(
    {
        "begin", "ten", "valley", "one", "one-at", "stops", "growth-question", "own", "no-points", "spiral",
        "missions", "goal-blow", "goal-stop", "goal-spiral", "sum", "rule", "compute", "gradient-check",
        "no-next-step", "weight", "weight-hidden",
        "pick-a-point", "path", "path-start", "path-hidden", "pin-hint", "untrained-question",
        "untrained-question-far", "ten-question",
        "softmax {softmax}, SVM {svm}", "{share} for both", "step {step}", "At step {step}", "{run}: loss",
        "{run}: accuracy", "{run}, its step {step}", "The way of {run} on its loss surface",
        "A map of the loss of {run} over the plane through the weights at the start and at step {step}; "
        "{change}. The plane shows about {share} % of the movement.",
        "{n} points of {k} classes over a plane, shown twice: the regions of a softmax classifier, shaded by "
        "the probability of the winner, and those of an SVM, shaded by its lead in score. Then loss and "
        "accuracy over the steps. At step {step}: {runs}.",
        "the gradient had become {value} long, beyond {limit}", "the parameter {name} had become {value}",
        "the gradient of {name} had become {value}", "a hidden unit had become {value}",
        "a score had become {value}", "a loss had become {value}",
    }
)  # fmt: skip


# --- the walk ---


@contextmanager
def options_of() -> Iterator[list[list[ask.Option]]]:
    """The options of every question that is asked within."""
    asked: list[list[ask.Option]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ask, "choice", lambda _page, _key, _question, options, _scene: asked.append(options))
        yield asked


def reached(scene: Scene, step: int | None = None) -> Setting:
    """The scene's runs at a step, by default its last, with every branch made."""
    lock = replay(scene, scene.n_steps)
    last = lock.last_step
    end = scene.n_steps if last is None else min(last, scene.n_steps)
    return Setting(scene, lock, end if step is None else min(step, end))


def told(setting: Setting, code: str) -> tuple[list[Sentence], list[list[ask.Option]], Setting]:
    """All that the lesson says there."""
    with heard() as sentences, options_of() as asked, pytest.MonkeyPatch.context() as patch:
        patch.setattr(session.st, "session_state", {f"{KEY}-at": setting.step})
        patch.setattr(details, "stage", lambda *_: None)
        for kind in ("markdown", "latex"):
            patch.setattr(details.st, kind, lambda *_: None)
        lesson, now = page(SLUG, code), setting.now
        for ask in (predictions.untrained, predictions.ten_times):
            ask(lesson, setting.scene)
        found = [faults.fault(run, min(now.step, run.head.step)) for run in now.lock.histories]
        if any(each.is_one for each in found if each):
            setting = replace(setting, trial=coach._tried(now))
            coach.outcome(lesson, now, setting.trial)
        coach.penalty(lesson, now)
        for run, each in enumerate(found):
            if each:
                coach.said(lesson, now, run, each, setting.trial)
        details.paths(lesson, now)
        details.one_step(lesson, now)
        film.describe(now.view, now.lock, now.step, lesson.t)
        numbers.figures(now.view, now.lock, now.step, now.states, now.configs, lesson.t)
        for run, (state, config) in enumerate(zip(now.states, now.configs, strict=True)):
            if config.model != "hidden" and isinstance(
                way := path.path(now.lock.histories[run], config, now.view, state), path.Path
            ):
                path.picture(way, run, lesson.t)
            work = details.point.worked(setting.step % now.view.everything.n_samples, now.view, state, config)
            details._one_run(lesson, ("softmax", "SVM")[run], work)
    return sentences, asked, setting


LINE = ((30.0, 30.0, 0), (-30.0, 20.0, 1), (25.0, -30.0, 2))
OWN = ("A", "B", "C")


def own(*points: tuple[float, float, int], names: tuple[str, ...] = OWN[:2], **values: Any) -> Scene:
    settings = {
        key: values.pop(key) for key in ("rate", "l2", "margin", "optimiser", "batch_size") if key in values
    }
    return Scene(points=points, class_names=names, n_steps=30, segments=(SceneSegment(**settings),), **values)


TWICE = ((1.0, 1.0, 0), (1.0, 1.0, 1), (-1.0, 0.5, 0), (-1.0, 0.5, 1))
SPIRAL = SceneRecipe(name="cs231n_spiral", n_samples=30)
EXTREMES: dict[str, Scene] = {
    "far points": own(*LINE, names=OWN, model="quadratic", rate=0.03),
    "far points, linear": own(*LINE[:2], rate=0.03),
    "one point": own((0.5, -0.25, 1), rate=0.3),
    "one point, without a margin": own((0.5, -0.25, 1), rate=0.3, margin=0.0, l2=0.0),
    "the same point five times": own(*[(1.5, 2.0, 0)] * 5, rate=1.0),
    "a point at the origin": own((0.0, 0.0, 0), (0.0, 0.0, 1), rate=1.0),
    "contradicting labels": own(*TWICE, rate=0.03),
    "contradicting labels, a tenth": own(*TWICE, rate=0.3, l2=0.0),
    "contradicting labels, too fast": own(*TWICE, rate=7.0, l2=0.0),
    "a squared hinge that blows up": Scene(
        recipe=SceneRecipe(n_samples=18, noise=1.4),
        hinge=SQUARED,
        segments=(SceneSegment(rate=2.0),),
        n_steps=60,
    ),
    "a penalty that blows up": replace(SCENE, segments=(SceneSegment(rate=70.0, l2=1.0),)),
    "saturated": replace(SCENE, segments=(SceneSegment(rate=700.0, l2=0.0),)),
    "saturated and heavy": own((30.0, 30.0, 0), (-30.0, 20.0, 1), rate=700.0, l2=0.0),
    "no step size above": replace(SCENE, segments=(SceneSegment(rate=1e6),)),
    "the smallest step size": own(*LINE, names=OWN, model="quadratic", rate=0.001, hinge=SQUARED),
    "the smallest step size, blown up": own(*LINE, names=OWN, model="quadratic", rate=0.001, l2=1e5),
    "without a margin": replace(SCENE, segments=(SceneSegment(rate=1.0, margin=0.0),)),
    "a huge margin": replace(SCENE, segments=(SceneSegment(rate=1.0, margin=1000.0),)),
    "H² and a small margin": replace(SCENE, hinge=SQUARED, segments=(SceneSegment(margin=0.1),)),
    "Adam": replace(SCENE, segments=(SceneSegment(rate=0.03, optimiser="adam"),)),
    "one point a step": replace(SCENE, segments=(SceneSegment(rate=0.15, batch_size=1),)),
    "one point a step, faster": replace(SCENE, segments=(SceneSegment(rate=0.1, batch_size=1),)),
    "quadratic": replace(SCENE, model="quadratic", segments=(SceneSegment(rate=0.03),)),
    "quadratic, faster": replace(SCENE, model="quadratic", segments=(SceneSegment(rate=0.3),)),
    "irises": Scene(recipe=SceneRecipe(name="iris"), segments=(SceneSegment(rate=0.05),), n_steps=40),
    "irises, quadratic": Scene(recipe=SceneRecipe(name="iris"), model="quadratic", n_steps=30),
    "a hidden layer": Scene(recipe=SPIRAL, model="hidden", n_hidden=4, n_steps=40, dtype="float32"),
    "a hidden layer blown up": Scene(
        recipe=SPIRAL,
        model="hidden",
        n_hidden=4,
        n_steps=60,
        dtype="float32",
        hinge=SQUARED,
        segments=(SceneSegment(rate=30.0),),
    ),
    "other settings on the way": replace(
        SCENE, segments=(SceneSegment(rate=50.0), SceneSegment(step=20, rate=0.1, l2=0.1, margin=3.0))
    ),
    "six classes": Scene(recipe=SceneRecipe(name="spiral", n_samples=30, n_classes=6), n_steps=30),
    "stops at once": own((0.3, 0.2, 0), (0.3, 0.2, 0), rate=1.0, margin=0.0, l2=0.0, seed=3),
}


def drawn_scene(rng: np.random.Generator) -> Scene:
    """Any settings that the controls or a scene file can have, with few points."""

    def one(*values: Any) -> Any:
        return values[int(rng.integers(len(values)))]

    learning = SceneSegment(
        rate=float(one(*RATES)),
        l2=one(0.0, 0.0, 0.001, 0.03, 1.0),
        margin=one(0.0, 0.1, 1.0, 1.0, 3.0, 10.0),
        optimiser=one("gradient_descent", "gradient_descent", "momentum", "adam"),
        batch_size=one(None, None, None, 1, 10),
        stop_loss=one(None, None, None, 0.5),
    )
    segments = [learning]
    if rng.random() < 0.2:
        segments.append(replace(learning, step=int(rng.integers(1, 20)), rate=float(one(*RATES))))
    common: dict[str, Any] = {
        "segments": tuple(segments),
        "model": one("linear", "linear", "quadratic", "hidden"),
        "hinge": one(HINGE, SQUARED),
        "n_hidden": 4,
        "seed": int(rng.integers(100)),
        "n_steps": int(one(5, 30, 60)),
        "test_share": one(0.0, 0.2),
    }
    common["dtype"] = "float32" if common["model"] == "hidden" else "float64"
    if rng.random() < 0.3:
        n, size = int(rng.integers(1, 8)), float(one(0.1, 1.0, 30.0))
        places = np.round(size * rng.uniform(-1, 1, (n, 2)), 3).tolist()
        return Scene(points=tuple((x, y, int(rng.integers(3))) for x, y in places), class_names=OWN, **common)
    name = one("blobs", "moons", "circles", "xor", "spiral", "cs231n_spiral")
    return Scene(recipe=SceneRecipe(name=name, n_samples=18, seed=int(rng.integers(50))), **common)


def check(setting: Setting, code: str) -> None:
    sentences, asked, setting = told(setting, code)
    assert untrue(sentences, CHECKS, setting) == [], setting.scene
    assert unknown(sentences, CHECKS, PLAIN) == set()
    assert [sentence.name for sentence in sentences].count("not-felt") <= 1, "the hinge alone feels nothing"
    for options in asked:
        assert len({option.text for option in options}) == len(options)
        assert sum(option.right for option in options) == 1
        assert not any("[[" in option.text + option.reason for option in options)


@pytest.mark.parametrize("name", EXTREMES)
def test_what_is_said_in_extreme_settings_is_true(name: str) -> None:
    check(reached(EXTREMES[name]), "en")


@pytest.mark.parametrize("seed", range(4))
def test_what_is_said_in_any_setting_is_true(seed: int) -> None:
    rng = np.random.default_rng(seed)
    for _ in range(5):
        scene = drawn_scene(rng)
        check(reached(scene, int(rng.integers(scene.n_steps + 1))), ("en", "ko")[int(rng.integers(2))])


def races() -> Iterator[Scene]:
    """Clouds apart and not, with a penalty and without, and one that contradicts itself."""
    far = stations.far(1000)
    yield far
    yield replace(far, segments=(SceneSegment(rate=0.3, l2=0.0),))
    yield replace(far, segments=(SceneSegment(rate=0.1, l2=0.01),))
    yield replace(far, segments=(SceneSegment(rate=0.1, l2=0.0, margin=0.0),))
    yield replace(own(*TWICE, rate=0.03, l2=0.0), n_steps=200)
    yield Scene(recipe=SceneRecipe(n_samples=30), segments=(SceneSegment(rate=0.3, l2=0.0),), n_steps=300)


@pytest.mark.parametrize("code", ["en", "ko"])
def test_what_is_said_of_who_stops_is_true(code: str) -> None:
    lesson, said = page(SLUG, code), set()
    for scene in races():
        run = course(scene)
        for step in (1, 10, 60, scene.n_steps // 2, scene.n_steps):
            with heard() as sentences, options_of():
                race.tell(lesson, run, step)
                if scene.points:
                    race.tell_of_margins(lesson, run, step)
                if step == scene.n_steps:
                    predictions.growth(lesson, run)
            setting = Setting(scene, run.lock, step)
            assert untrue(sentences, CHECKS, setting) == [], (scene, step)
            assert unknown(sentences, CHECKS, PLAIN) == set()
            said |= {sentence.name for sentence in sentences}
    assert {"race-apart", "race-stopped", "race-pulling", "growth-fact", "growth-measured"} <= said


def test_softmax_turns_towards_the_largest_margin_and_grows_like_a_logarithm() -> None:
    far = course(stations.far(stations.LONG))
    with heard() as sentences, options_of():
        race.tell_of_margins(page(SLUG), far, stations.LONG)
        predictions.growth(page(SLUG), far)
    assert {"margin-grows", "growth-fact"} <= {sentence.name for sentence in sentences}
    assert untrue(sentences, CHECKS, Setting(far.scene, far.lock, stations.LONG)) == []


def test_no_sentence_is_forgotten() -> None:
    assert unchecked(SLUG, CHECKS, PLAIN) == []


# --- what was said and is not true ---


def prose(code: str) -> str:
    """All sections and messages of the lesson in one line each."""
    folder = ROOT / "lessons" / "train"
    files = [folder / "text" / f"{code}.md", *catalogues(code)]
    sources = [] if code == "ko" else folder.rglob("*.py")
    texts = [each.read_text(encoding="utf-8") for each in (*files, *sources)]
    return re.sub(r'"?\s+"?', " ", " ".join(texts))


@pytest.mark.parametrize(
    ("code", "pattern"),
    [
        ("en", r"quicker only below"),
        ("ko", r"한계 안에서만"),
        ("en", r"the limit is about"),
        ("en", r"the gradient is right\b"),
        ("ko", r"기울기는 옳습니다"),
        ("en", r"at the bottom at once"),
        ("ko", r"금세 바닥에"),
        ("en", r"along the way it falls"),
        ("en", r"[Ee]ach run goes down"),
        ("ko", r"곡면을 따라 내려갑니다"),
        ("en", r"over a kink of the hinge and back"),
        ("en", r"rises in many steps"),
        ("en", r"not the fault of the step size"),
        ("ko", r"학습률 탓이 아닙니다"),
        ("en", r"Back \{steps\} steps"),
        ("ko", r"가로 방향"),
        ("en", r"H² its square\b(?!d)"),
        ("ko", r"H² 제곱 힌지"),
        ("ko", r"수렴\""),
    ],
)
def test_what_was_false_is_not_said_again(code: str, pattern: str) -> None:
    assert not re.search(pattern, prose(code))


def test_steps_beyond_the_limit_at_the_first_weights_can_be_the_quicker_ones() -> None:
    """Why no limit is quoted where it explains nothing."""
    scene = replace(SCENE, model="quadratic", segments=(SceneSegment(rate=0.03),))
    setting = reached(scene)
    task = setting.task(0, 0)
    limit = 2 / task.curvature(setting.start(0))
    slow, fast = (replay(scene_at(scene, rate), 100).at(100)[0].total for rate in (limit, 1.5 * limit))
    assert fast < slow
    assert trials.ten_times(scene_at(scene, limit / 5)).limit is None  # type: ignore[union-attr]


def scene_at(scene: Scene, rate: float) -> Scene:
    return replace(scene, segments=(replace(scene.segments[0], rate=rate),))


def test_the_good_step_size_comes_near_the_bottom_and_only_1_reaches_it_at_once() -> None:
    walk = -2.0 * (1 - idea.RATES[1]) ** np.arange(idea.STEPS[1] + 1)
    assert 0 < abs(walk[-1]) < 0.01
    assert abs(walk[1]) > 0.5
    assert -2.0 * (1 - 1.0) == 0
    with heard() as sentences:
        idea.step_sizes(page(SLUG).t)
    said = next(each.values for each in sentences if "steps" in each.values)
    assert said["steps"] == idea.STEPS[1]


def test_a_squared_term_is_not_the_square_of_the_hinge() -> None:
    terms = np.array([1.0, 1.0])
    assert terms.sum() ** 2 == 4
    assert (terms**2).sum() == 2
    config = build_configs(replace(SCENE, hinge=SQUARED), SceneSegment())[1]
    task = Task(np.zeros((1, 2)), np.array([0]), config)
    assert task.losses({"W": np.zeros((2, 3)), "b": np.zeros(3)}).tolist() == [2.0]


def test_a_hinge_without_a_penalty_stops_before_the_margin_is_widest() -> None:
    """So it is not called an SVM without a word."""
    _, svm, _, ends = clouds(1.0)
    assert not svm.terms(ends).any()
    gaps = [
        (ends["W"][:, y] - ends["W"][:, j], ends["b"][y] - ends["b"][j], svm.X[svm.y == y])
        for y in range(3)
        for j in range(3)
        if j != y
    ]
    width = min(float(((X @ w + b) / np.linalg.norm(w)).min()) for w, b, X in gaps)
    turned = best_margin(svm.X, svm.y)
    assert width < 0.97 * turned


def best_margin(X: Any, y: Any) -> float:
    """The smallest of the widest gaps between two classes, halved: every pair apart can have its own."""
    widths = []
    angles = np.linspace(0, np.pi, 2000)
    for one in range(3):
        for other in range(one):
            along = np.stack([np.cos(angles), np.sin(angles)])
            a, b = X[y == one] @ along, X[y == other] @ along
            widths.append(max((a.min(0) - b.max(0)).max(), (b.min(0) - a.max(0)).max()) / 2)
    return float(min(widths))


@pytest.mark.parametrize("optimiser", ["gradient_descent", "momentum", "adam"])
@pytest.mark.parametrize("model", ["linear", "quadratic"])
def test_the_plain_training_and_the_runs_agree(optimiser: str, model: str) -> None:
    scene = replace(
        SCENE, model=model, hinge=SQUARED, segments=(SceneSegment(rate=0.01, optimiser=optimiser),)
    )
    setting = reached(scene)
    for run in range(2):
        ends = setting.task(run).run(setting.start(run), 20)[-1]
        assert ends == pytest.approx(setting.lock.histories[run].at(20).total, rel=1e-12)


@pytest.mark.parametrize(("rate", "section"), [(2.0, "rises"), (0.03, "falls")])
def test_a_way_that_rises_is_not_said_to_fall(rate: float, section: str) -> None:
    """As in the built-in scene with one step too large."""
    given = Scene(
        recipe=SceneRecipe(n_samples=150, noise=round(1.4 * float(DATASETS["blobs"].noise or 1), 4)),
        hinge=SQUARED,
        segments=(SceneSegment(rate=rate),),
        n_steps=100,
        test_share=0.2,
    )
    setting = reached(given)
    state = setting.lock.last_good(setting.step)[1]
    way = path.path(setting.lock.histories[1], setting.task(1).config, setting.view, state)
    assert isinstance(way, path.Path)
    words = path.picture(way, 1, page(SLUG).t).description
    assert (way.losses[-1] > way.losses[0]) is (section == "rises")
    assert f"it {section} from" in words
