"""The way of a run on its own loss surface: the plane through its start and its end, seen from above."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from lessons.train.view import Array, View, run_names
from softmax_core import Data, TrainConfig, TrainHistory, TrainState, objective
from softmax_core.linear import path_directions, weight_surface
from ui.charts.maps import flat
from ui.charts.picture import Picture, Table, Translate
from ui.charts.relief import Plane, Relief, upwards
from ui.numerals import numeral

GRID = 41
_MAX = 40
_MARGIN = 0.25
_FLATTEST = 0.35
_HIGHEST, _LOW = 8.0, 0.1  # times the first loss, or at least times this


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """A run in its plane: where it was, how high under the present settings, and the surface around it.

    `has_left` says that it went on, but too high up for the map.
    """

    a: Array
    b: Array
    heights: Array
    steps: tuple[int, ...]
    places: Array
    losses: tuple[float, ...]
    captured: float
    has_left: bool


def path(history: TrainHistory, config: TrainConfig, view: View, last: TrainState) -> Path | str:
    """The run up to a state; or the section that says why there is no way."""
    if config.model == "hidden":
        return "path-hidden"
    data = Data(last.layout.inputs(view.train.X)[:-1].T, view.train.labels)
    states = [state for state in _states(history) if state.step < last.step] + [last]
    losses = {state.step: _loss(state, config, data) for state in states}
    highest = _HIGHEST * max(losses[states[0].step], _LOW)
    states = [state for state in states if losses[state.step] <= highest]  # what blows up leaves the map
    states = [*states[: -1 : 1 + len(states) // _MAX], *states[-1:]]
    has_left = losses[last.step] > highest
    try:
        plane = path_directions([state.layout.as_linear(state.theta) for state in states])
    except ValueError:
        return "path-gone" if has_left else "path-still"
    a, b = _axes(plane.coordinates)
    across = plane.direction_1, plane.direction_2
    surface = weight_surface(plane.origin, data, config.loss, config.l2, *across, a, b, config.margin)
    return Path(
        a,
        b,
        surface.total,
        tuple(state.step for state in states),
        plane.coordinates,
        tuple(losses[state.step] for state in states),
        plane.captured,
        has_left,
    )


def _loss(state: TrainState, config: TrainConfig, data: Data) -> float:
    """The loss under some settings; a run may have had others on its way."""
    try:
        params = state.layout.as_linear(state.theta)
        return float(objective(params, data, config.loss, config.l2, config.margin).total)
    except ValueError:  # a score is not finite
        return inf


def _states(history: TrainHistory) -> list[TrainState]:
    """The states that are in memory anyway."""
    first = [part.start for part in history.segments]
    return sorted([*first, *history.keyframes], key=lambda state: state.step)


def _axes(places: Array) -> tuple[Array, Array]:
    low, high = places.min(axis=0), places.max(axis=0)
    span = high - low
    room = _MARGIN * span[0]
    across = np.linspace(low[0] - room, high[0] + room, GRID)
    middle, half = (low[1] + high[1]) / 2, max(span[1] / 2 * (1 + 2 * _MARGIN), _FLATTEST * span[0])
    return across, np.linspace(middle - half, middle + half, GRID)


def picture(way: Path, run: int, t: Translate) -> Picture:
    """The surface as a map, the way on it."""
    spots = np.column_stack([way.places, way.losses])[::-1]  # the present place is the large mark
    relief = Relief(run_names(t)[run], way.heights, np.round(spots, 4).tolist())
    plane = Plane(way.a, way.b, (t("along the way"), t("across it"), t("loss")))
    figure = flat([relief], plane, upwards([relief], _top(way)))
    words = t(
        "A map of the loss of {run} over the plane through the weights at the start and at step {step}; "
        "{change}. The plane shows about {share} % of the movement.",
        run=run_names(t)[run],
        step=way.steps[-1],
        change=_change(way, t),
        share=f"{100 * way.captured:.0f}",
    )
    table = Table(
        [t("Step"), t("along the way"), t("across it"), t("loss")],
        [
            [str(step), *(numeral(float(value), 3) for value in place), numeral(loss)]
            for step, place, loss in zip(way.steps, way.places, way.losses, strict=True)
        ],
    )
    return Picture(t("The way of {run} on its loss surface", run=run_names(t)[run]), words, figure, table)


def _change(way: Path, t: Translate) -> str:
    """Whether the end of the way is below its beginning, as far as the printed digits tell."""
    first, last = (numeral(loss) for loss in (way.losses[0], way.losses[-1]))
    if first == last:
        return t("at its end the loss is {last}, as at its beginning", last=last)
    if way.losses[-1] < way.losses[0]:
        return t("from its beginning to its end it falls from {first} to {last}", first=first, last=last)
    return t("from its beginning to its end it rises from {first} to {last}", first=first, last=last)


def _top(way: Path) -> float:
    """High enough for the way itself; the slopes beyond may be cut off."""
    highest = 1.6 * max(way.losses) or 1.0
    power = 10.0 ** np.floor(np.log10(highest))
    return float(power * next(step for step in (1, 1.5, 2, 3, 5, 7, 10) if step * power >= highest))
