"""Every picture of every lesson, in ordinary and in extreme settings.

A public function in `charts` that returns a `Picture` and is not here fails `test_pictures`.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from math import inf
from typing import Any

import lessons
from lessons.home import pictures as home
from lessons.information.beliefs import beliefs
from lessons.information.pictures import bars as information_bars
from lessons.information.pictures import codes, coin, halving, likelihood, prior, reliability, sweep
from lessons.losses.model import judged
from lessons.losses.pictures import bars as losses_bars
from lessons.losses.pictures import scale, slices, surfaces, weights
from lessons.losses.pictures.jacobian import jacobian
from lessons.losses.pictures.pull import pull
from lessons.losses.pull import MAX_STEPS, walks
from lessons.names.model import TERMS
from lessons.names.pictures import network
from lessons.notes.pictures import asked, deviations, penalties
from lessons.scores.model import Workings, workings
from lessons.scores.pictures import bars, curves, sketch
from lessons.stability.pictures import divergence, failures
from lessons.stability.pictures import line as slid
from lessons.stability.pictures import sure as stability_sure
from lessons.stability.pictures.burst import burst
from lessons.stability.pictures.ranges import ranges
from lessons.train import stations
from lessons.train.course import course
from lessons.train.pictures import film, idea, path, plane, race, rates, slope
from lessons.train.replay import build_configs, build_data
from lessons.train.scene import Scene, SceneRecipe, SceneSegment
from lessons.train.view import SHOWN, View
from softmax_core import DTYPES, softmax_steps
from softmax_core.training import LockStep, start_lockstep
from ui.charts.picture import Picture, Translate

Drawn = Iterator[tuple[str, Picture]]
ROWS: tuple[tuple[float, ...], ...] = (
    (-2.85, 0.86, 0.28),
    (123.0, 456.0, 789.0),
    (0.0, 0.0),
    (-745.0, -746.0, -1e4),
    (1e4, -1e4),
    (9.0, 1.0, 0.0, -1.0, 2.0),
    tuple(range(8)),
    (-1.5, 2.25, 10.5, -3.0, 0.0, 4.125, -0.75, 6.0, 5.5, -8.0),
)
MASKED: tuple[tuple[float, ...], ...] = (
    (-inf, 0.86, 0.28),
    (123.0, -inf, -inf, 456.0, 789.0),
    (-inf, 3.0),
    (2.0, 2.0, -inf),
)
NAMES = ("cat", "dog", "ship", "D", "E", "F", "G", "H", "I", "J")


def rows(rescaled: bool = True, masked: bool = False) -> Iterator[tuple[str, Workings]]:
    for row in (*ROWS, *MASKED) if masked else ROWS:
        for constant, temperature in ((0.0, 1.0), (20.0, 0.1), (-20.0, 10.0))[: 3 if rescaled else 1]:
            work = workings(NAMES[: len(row)], row, constant, temperature, focus=1 if constant else None)
            yield f"{row} + {constant}, T = {temperature}", work


def cases() -> Iterator[tuple[str, Any]]:
    for p, q, smoothing, symbol in (
        ([0, 0, 1], [0.0154, 0.6312, 0.3534], 0.0, "nat"),
        ([0, 0, 1], [0.0154, 0.6312, 0.3534], 0.1, "bit"),
        ([0.6, 0.3, 0.1], [0.7, 0.3, 0.0], 0.0, "nat"),
        ([0.5, 0.25, 0.125, 0.125], [0.25] * 4, 0.0, "bit"),
        ([1, 0], [0, 1], 0.0, "nat"),
        ([1 - 1e-12, 1e-12], [1e-300, 1.0], 0.0, "nat"),
        ([0.125] * 8, [0.3, *[0.1] * 7], 0.05, "nat"),
        ([0.1] * 10, [0.3, *[0.1] * 5, *[0.05] * 4], 0.05, "bit"),
    ):
        yield f"p {p} q {q} {smoothing} {symbol}", beliefs(p, q, smoothing, symbol)


@cache
def lessons_of(name: str, model: str, rate: float, steps: int) -> tuple[View, LockStep]:
    recipe = SceneRecipe(name=name, n_samples=60, noise=None)
    scene = Scene(
        recipe=recipe, segments=(SceneSegment(rate=rate),), n_steps=100, model=model, test_share=0.2
    )
    samples, test, names = build_data(scene)
    lock = start_lockstep(build_configs(scene, scene.segments[0]), samples, test).reached(steps)
    return View(samples, test, names, scene.n_steps, shown=SHOWN, log=steps > 50), lock


def trained(t: Translate) -> Drawn:
    for name, model, rate, steps in (
        ("blobs", "linear", 0.03, 0),
        ("blobs", "linear", 0.1, 80),
        ("iris", "quadratic", 0.03, 20),
    ):
        view, lock = lessons_of(name, model, rate, steps)
        yield f"{name} {model} {steps}", film.picture(view, lambda lock=lock: lock, steps, (), t)


def raced(t: Translate) -> Drawn:
    far = course(stations.far())
    for lengths in (False, True):
        yield f"{lengths}", race.picture(far, lengths, t)
        yield f"{lengths} still", race.picture(far, lengths, t, race.Still(100))


def rated(t: Translate) -> Drawn:
    given = course(stations.irises(0.1)).lock
    yield "given", rates.picture(given, None, t)
    for rate in (0.01, 10.0):
        yield f"{rate}", rates.picture(given, course(stations.irises(rate)).lock, t)


def ways(t: Translate) -> Drawn:
    for model, rate in (("linear", 0.1), ("quadratic", 0.03)):
        view, lock = lessons_of("blobs", model, rate, 80)
        for run, history in enumerate(lock.histories):
            way = path.path(history, history.config, view, history.head)
            assert isinstance(way, path.Path)
            yield f"{model} {run}", path.picture(way, run, t)


def judgements() -> Iterator[tuple[str, Any]]:
    for row, true, margin in (
        ((-2.85, 0.86, 0.28), 2, 1.0),
        ((10.0, 9.0, 9.0), 0, 1.0),
        ((10.0, -100.0, -100.0), 0, 1.0),
        ((13.0, -7.0, 11.0), 0, 10.0),
        ((0.0, 0.0), 1, 0.0),
        ((1e4, -1e4), 1, 20.0),
        (tuple(map(float, range(8))), 0, 20.0),
    ):
        yield f"{row} {true} {margin}", judged(row, true, margin)


def each(draw: Callable[..., Picture], given: Iterable[tuple[str, Any]], t: Translate) -> Drawn:
    for name, one in given:
        yield name, draw(one, t)


def every(draw: Callable[..., Picture], t: Translate, *settings: tuple[Any, ...]) -> Drawn:
    for setting in settings:
        yield str(setting), draw(*setting, t)


def sketches(t: Translate) -> Drawn:
    for name, work in rows(rescaled=False):
        even = [1 / len(work.names)] * len(work.names)
        for revealed in (False, True):
            yield f"{name} {revealed}", sketch.sketch(work, even, revealed, t)


def landscapes(t: Translate) -> Drawn:
    for point, margin, heat in (((-3.13, 0.58), 1.0, 1.0), ((6.0, -6.0), 0.0, 4.0), ((0.0, 0.0), 4.0, 0.5)):
        at = surfaces.gaps(point, margin, heat)
        for shown in (*surfaces.SHOWN, surfaces.DIFFERENCE):
            for view in ("2D", "3D"):
                yield f"{point} {margin} {heat} {shown} {view}", surfaces.surfaces(at, shown, view, t)


def bowls(t: Translate) -> Drawn:
    for l2, margin in ((0.1, 1.0), (0.0, 0.0), (1.0, 4.0)):
        for view in ("2D", "3D"):
            yield f"{l2} {margin} {view}", weights.weights(weights.bowls(l2, margin), l2, view, t)


def films(t: Translate) -> Drawn:
    names = failures.algorithm_names(t)
    for row in (*ROWS[:6], *MASKED):
        for dtype in ("float64", "bfloat16"):
            yield f"{row} {dtype}", divergence.divergence(row, dtype, names, t)


def tugs(t: Translate) -> Drawn:
    for name, case in judgements():
        for told in (True, False):
            yield f"{name} {told}", losses_bars.tug(case, t, told=told)


def jacobians(t: Translate) -> Drawn:
    for name, case in judgements():
        for told in (True, False):
            yield f"{name} {told}", jacobian(case, 0, t, told)


def pulls(t: Translate) -> Drawn:
    for name, case in judgements():
        ways = walks(tuple(case.scores), case.true, case.margin)
        for step in (0, 3, MAX_STEPS):
            rows = (ways.hinge.scores[step], ways.entropy.scores[step])
            here = [judged(row, case.true, case.margin) for row in rows]
            yield f"{name} {step}", pull(*here, ways, step, t)
        yield f"{name} untold", pull(case, case, ways, 0, t, told=False)


def trade_offs(t: Translate) -> Drawn:
    for factor, l2, margin in ((2.0, 0.1, 1.0), (0.1, 0.0, 0.0), (10.0, 1.0, 20.0)):
        yield f"{factor} {l2}", scale.trade_off(scale.rescaled(factor, l2, margin), l2, margin, t)


FITTED = ((30, 1e-5), (30, 0.02), (300, 0.01), (1000, 10.0))
FORMATS = [(row, dtype) for row in (*ROWS[:6], *MASKED) for dtype in ("float64", "float16", "bfloat16")]


def lines(t: Translate) -> Drawn:
    for row, dtype in FORMATS:
        most = slid.reach(row, dtype)
        ends = slid.span(row, dtype, -most, most)
        for log_c in (0.0, -max(row), max(row), -most):
            steps = softmax_steps(row, "free_shift", dtype, log_c)
            for results in (None, slid.probabilities(steps, t)):
                yield f"{row} {dtype} {log_c}", slid.line(steps, ends, t, results)


def bursts(t: Translate) -> Drawn:
    for top in (0.0, 3.0, 88.5, 89.0, 120.0):
        yield f"{top}", burst(softmax_steps((1.0, 2.0, top), "naive", "float32"), t)


GALLERY: dict[str, Callable[[Translate], Drawn]] = {
    "lessons.home.pictures.playground": lambda t: each(home.playground, rows(rescaled=False), t),
    "lessons.information.pictures.bars.stacked": lambda t: each(information_bars.stacked, cases(), t),
    "lessons.information.pictures.coin.surprise": lambda t: (
        (f"{q} {told}", coin.surprise(q, (1.0, 2.5, 0.0), t, told))
        for q in (0.01, 0.25, 0.5, 1.0)
        for told in (False, True)
    ),
    "lessons.information.pictures.codes.code_lengths": lambda t: each(codes.code_lengths, cases(), t),
    "lessons.information.pictures.halving.halving": lambda t: every(halving.halving, t, ()),
    "lessons.information.pictures.likelihood.falling": lambda t: every(
        likelihood.falling, t, *((likelihood.runs(n),) for n in (10, 1000, 10_000))
    ),
    "lessons.information.pictures.prior.prior": lambda t: every(prior.prior, t, *FITTED),
    "lessons.information.pictures.reliability.reliability": lambda t: every(
        reliability.reliability, t, *FITTED
    ),
    "lessons.information.pictures.sweep.chain": lambda t: every(sweep.chain, t, *FITTED),
    "lessons.losses.pictures.bars.tug": tugs,
    "lessons.losses.pictures.jacobian.jacobian": jacobians,
    "lessons.losses.pictures.pull.pull": pulls,
    "lessons.losses.pictures.scale.trade_off": trade_offs,
    "lessons.losses.pictures.slices.slices": lambda t: (
        (f"{margin} {told}", slices.slices(margin, (0.0, 1.3, 5.0, 2.0), t, told))
        for margin in (0.0, 1.0, 4.0, 10.0, 20.0)
        for told in (False, True)
    ),
    "lessons.losses.pictures.surfaces.surfaces": landscapes,
    "lessons.losses.pictures.weights.weights": bowls,
    "lessons.names.pictures.network.term_map": lambda t: every(
        network.term_map, t, *((key,) for key in TERMS)
    ),
    "lessons.notes.pictures.asked.four": lambda t: (
        (str(told), asked.four(t, told)) for told in (False, True)
    ),
    "lessons.notes.pictures.deviations.deviations": lambda t: every(
        deviations.deviations, t, (0,), (15,), (23,)
    ),
    "lessons.notes.pictures.penalties.penalties": lambda t: every(
        penalties.penalties, t, (0.1, 0.1), (0.01, 1.0), (0.5, 0.0)
    ),
    "lessons.scores.pictures.bars.linked_bars": lambda t: each(bars.linked_bars, rows(masked=True), t),
    "lessons.scores.pictures.curves.loss_curve": lambda t: each(
        lambda work, t: curves.loss_curve(work, 1, t), rows(masked=True), t
    ),
    "lessons.scores.pictures.curves.sigmoid_curve": lambda t: each(
        curves.sigmoid_curve, ((name, work) for name, work in rows() if len(work.names) == 2), t
    ),
    "lessons.scores.pictures.curves.simplex": lambda t: each(
        curves.simplex, ((name, work) for name, work in rows() if len(work.names) == 3), t
    ),
    "lessons.scores.pictures.curves.temperature_curves": lambda t: each(
        curves.temperature_curves, rows(masked=True), t
    ),
    "lessons.scores.pictures.sketch.sketch": sketches,
    "lessons.stability.pictures.divergence.divergence": films,
    "lessons.stability.pictures.burst.burst": bursts,
    "lessons.stability.pictures.line.line": lines,
    "lessons.stability.pictures.ranges.ranges": lambda t: every(ranges, t, *FORMATS),
    "lessons.stability.pictures.sure.sure_loss": lambda t: every(
        stability_sure.sure_loss, t, *((lead, dtype) for lead in (0.0, 35.0, 120.0) for dtype in DTYPES)
    ),
    "lessons.train.pictures.film.blank": lambda t: every(film.blank, t, (plane.EMPTY,)),
    "lessons.train.pictures.film.picture": trained,
    "lessons.train.pictures.idea.step_sizes": lambda t: every(idea.step_sizes, t, ()),
    "lessons.train.pictures.path.picture": ways,
    "lessons.train.pictures.race.picture": raced,
    "lessons.train.pictures.rates.picture": rated,
    "lessons.train.pictures.slope.picture": lambda t: every(
        slope.picture, t, *((course(stations.far()), step) for step in (0, 30, stations.SHORT))
    ),
}


def in_charts() -> set[str]:
    """Every public function of a lesson that returns a picture."""
    found = set()
    for module in pkgutil.walk_packages(lessons.__path__, "lessons."):
        for name, thing in vars(importlib.import_module(module.name)).items():
            own = inspect.isfunction(thing) and thing.__module__ == module.name and not name.startswith("_")
            if own and thing.__annotations__.get("return") in ("Picture", Picture):
                found.add(f"{module.name}.{name}")
    return found
