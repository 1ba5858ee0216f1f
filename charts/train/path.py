"""The way of a run on its own loss surface: the plane through its start and its end, seen from above."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from charts.losses.maps import flat
from charts.losses.relief import Plane, Relief, upwards
from charts.numerals import numeral
from charts.picture import Picture, Table, Translate
from charts.train.view import Array, View, run_names
from softmax_core import (
    Data,
    TrainConfig,
    TrainHistory,
    TrainState,
    path_directions,
    weight_surface,
)

GRID = 41
_MOST = 40
_MARGIN = 0.25
_FLATTEST = 0.35
_HIGHEST = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """A run in its plane: where it was, how high, and the surface around it."""

    a: Array
    b: Array
    heights: Array
    steps: tuple[int, ...]
    places: Array
    losses: tuple[float, ...]
    captured: float


def path(history: TrainHistory, config: TrainConfig, view: View, last: TrainState) -> Path | None:
    """The run up to a state; None where it has not moved or has too many weights for a plane."""
    if config.model == "hidden":
        return None
    states = [state for state in _states(history) if state.step < last.step] + [last]
    height = _HIGHEST * states[0].total
    states = [state for state in states if state.total <= height]  # what blows up leaves the map
    states = [*states[: -1 : 1 + len(states) // _MOST], states[-1]]
    params = [state.layout.as_linear(state.theta) for state in states]
    try:
        plane = path_directions(params)
    except ValueError:
        return None
    a, b = _axes(plane.coordinates)
    inputs = last.layout.inputs(view.train.X)[:-1].T
    surface = weight_surface(
        plane.origin,
        Data(inputs, view.train.labels),
        config.loss,
        config.l2,
        plane.direction_1,
        plane.direction_2,
        a,
        b,
        config.margin,
    )
    return Path(
        a,
        b,
        surface.total,
        tuple(state.step for state in states),
        plane.coordinates,
        tuple(float(state.total) for state in states),
        plane.captured,
    )


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
        "along the way it falls from {first} to {last}. The plane shows {share} % of the movement.",
        run=run_names(t)[run],
        step=way.steps[-1],
        first=numeral(way.losses[0]),
        last=numeral(way.losses[-1]),
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


def _top(way: Path) -> float:
    """High enough for the way itself; the slopes beyond may be cut off."""
    highest = 1.6 * max(way.losses)
    power = 10.0 ** np.floor(np.log10(highest))
    return float(power * next(step for step in (1, 1.5, 2, 3, 5, 7, 10) if step * power >= highest))
