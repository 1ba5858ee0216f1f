"""Which class wins where, by how much, and the lines between them, for many states of a run at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from softmax_core._inputs import Array
from softmax_core._records import Record
from softmax_core.training._fields import FieldGrid, FieldKind, grid_inputs
from softmax_core.training._models import Layout
from softmax_core.training._state import TrainState

#: So many shades has a class.
REGION_LEVELS = 25
#: More classes do not fit into a byte beside `NOT_FINITE`.
MAX_REGION_CLASSES = 10
#: The byte of a cell whose scores are not finite.
NOT_FINITE = 255
_BLOCK = 60_000  # hidden units in a block, 240 kB
_GROUP = 36_000  # points of some frames, so that the arrays of a group are not given back to the system
#: The corners of a square, counter-clockwise from the lower left one.
_RIGHT, _UP = np.array([[0], [1], [1], [0]]), np.array([[0], [0], [1], [1]])


@dataclass(frozen=True, slots=True, eq=False)
class Regions(Record):
    """The regions of the classes in consecutive frames, ready to be sent.

    Attributes:
        cells: (n_frames, n_rows, n_columns), uint8: winner · 25 + level. The level 0 to 24 is the winner's
            probability from 1/K to 1 ("probabilities"), or its lead over the best rival from 0 to
            `widest_gap` ("gaps"). 255 where a score is not finite. The first row has the lowest y.
        boundaries: one array (n_segments, 4) of float32 per frame, each row a piece (x0, y0, x1, y1) of the
            lines on which two classes share the highest score.
    """

    cells: Array
    boundaries: tuple[Array, ...]


class _Scores(NamedTuple):
    """each (n_classes, n_frames·n_points); best and winner (n_frames·n_points,); bad likewise, or None."""

    each: Array
    best: Array
    winner: Array
    bad: Array | None


def region_frames(
    states: Sequence[TrainState],
    grid: FieldGrid,
    kind: FieldKind = "probabilities",
    widest_gap: float = 3.0,
) -> Regions:
    """Find the winner, its lead, and the boundaries over a grid, for each of some states.

    Args:
        states: of one model over two features with at most 10 classes; at least one.
        grid: with ascending x and y, at least two of each.
        kind: "probabilities", or "gaps" for a loss that knows no probabilities.
        widest_gap: the lead that the last level stands for, in units of the scores.

    Returns:
        `Regions`, a frame per state.

    Raises:
        ValueError: there is no state, the states are of several models, the model has not two features or
            more than 10 classes, the grid is too small, the kind is unknown, or widest_gap is not positive.

    Formula:
        winner = argmax f; level = round(24·(p_max − 1/K)/(1 − 1/K)) with p_max = 1/Σ_j exp(f_j − f_max), or
        round(24·min(f_max − f_second, widest_gap)/widest_gap). A boundary crosses the edge between two
        neighbours with the winners A and B where f_A − f_B, taken as straight along the edge, is 0.

    Why so:
        Scores, and not probabilities, are interpolated: the scores of a linear model are straight, so its
        boundary is exact between the regions of two classes. Two crossings in a square of the grid are
        joined; where three or four regions meet, each crossing is joined to the mean of all. Some frames are
        computed together, and class by class, because NumPy is fast along long rows.

    >>> from softmax_core import Data
    >>> from softmax_core import TrainConfig
    >>> from softmax_core.training import initial_state
    >>> data, config = Data([[0.0, 0.0]], [0]), TrainConfig(n_classes=2, init_scale=0.0)
    >>> from dataclasses import replace
    >>> theta = [0.0, 0.0, 0.0, 4.0, 0.0, -1.0]  # f = (0, 4·x − 1)
    >>> state = replace(initial_state(config, data), theta=np.array(theta))
    >>> found = region_frames([state], FieldGrid([-1.0, 0.0, 1.0], [0.0, 1.0]), "gaps")
    >>> found.cells.tolist(), found.boundaries[0].tolist()
    ([[[24, 8, 49], [24, 8, 49]]], [[0.25, 0.0, 0.25, 1.0]])
    """
    _refuse(states, grid, kind, widest_gap)
    inputs, size = grid_inputs(states[0], grid), max(_GROUP // (len(grid.y) * len(grid.x)), 1)
    groups = [states[first : first + size] for first in range(0, len(states), size)]
    with np.errstate(all="ignore"):
        found = [_group(group, inputs, grid, kind, widest_gap) for group in groups]
    return Regions(
        np.concatenate([part.cells for part in found]),
        tuple(lines for part in found for lines in part.boundaries),
    )


def _group(
    states: Sequence[TrainState], inputs: Array, grid: FieldGrid, kind: FieldKind, widest_gap: float
) -> Regions:
    shape = len(states), len(grid.y), len(grid.x)
    found = _judged(_all_scores(states, inputs))
    return Regions(_cells(found, kind, widest_gap).reshape(shape), _boundaries(found, grid, shape))


def _refuse(states: Sequence[TrainState], grid: FieldGrid, kind: FieldKind, widest_gap: float) -> None:
    if not states:
        raise ValueError("regions need at least one state")
    if any(state.layout != states[0].layout for state in states):
        raise ValueError("the states are of several models")
    if states[0].layout.n_classes > MAX_REGION_CLASSES:
        raise ValueError(f"at most {MAX_REGION_CLASSES} classes fit into a byte")
    if min(len(grid.x), len(grid.y)) < 2:
        raise ValueError("regions need a grid of at least two rows and two columns")
    if kind not in ("probabilities", "gaps"):
        raise ValueError(f'kind must be "probabilities" or "gaps", not {kind!r}')
    if not 0 < widest_gap < np.inf:
        raise ValueError(f"widest_gap must be positive and finite, not {widest_gap}")


def _all_scores(states: Sequence[TrainState], inputs: Array) -> Array:
    """(n_classes, n_frames·n_points), float32, up to a number for each point; frame after frame in each
    row."""
    layout, n_frames = states[0].layout, len(states)
    thetas = np.stack([state.theta for state in states]).astype(np.float32)
    if layout.model != "hidden":
        rows = thetas.reshape(n_frames, layout.n_classes, -1).swapaxes(0, 1).reshape(-1, len(inputs))
        return (rows @ inputs).reshape(layout.n_classes, -1)
    return _hidden_scores(layout, thetas, inputs)


def _hidden_scores(layout: Layout, thetas: Array, inputs: Array) -> Array:
    """Less those of the last class, for only differences count here. Block by block, so that the units of a
    block stay in the processor's cache."""
    n_points, n_classes = inputs.shape[1], layout.n_classes
    scores = np.zeros((n_classes, len(thetas), n_points), np.float32)
    size = max(_BLOCK // layout.n_hidden, 1)
    blocks = [(at, np.ascontiguousarray(inputs[:, at : at + size])) for at in range(0, n_points, size)]
    whole = np.empty((layout.n_hidden, size), np.float32)
    zeros = np.zeros_like(whole)  # NumPy compares two arrays six times as fast as an array and a number
    for frame, theta in enumerate(thetas):
        hidden, out = layout.hidden_blocks(theta)
        relative = out[:-1] - out[-1]
        for at, block in blocks:
            width = block.shape[1]
            units = np.dot(hidden.T, block, out=whole if width == size else None)
            np.maximum(units, zeros[:, :width], out=units)
            for weights, of_class in zip(relative, scores, strict=False):
                np.dot(weights[:-1], units, of_class[frame, at : at + width])
        scores[:-1, frame] += relative[:, -1:]
    return scores.reshape(n_classes, -1)


def _judged(scores: Array) -> _Scores:
    best, winner = scores[0].copy(), np.zeros(scores.shape[1], np.uint8)
    for label, row in enumerate(scores[1:], start=1):
        ahead = np.greater(row, best).view(np.uint8)
        ahead *= np.uint8(label)
        np.maximum(winner, ahead, out=winner)  # a later class has the larger number
        np.maximum(best, row, out=best)
    total = np.add.reduce(scores, axis=0)
    bad = None if np.isfinite(np.add.reduce(total)) else ~np.isfinite(total)
    return _Scores(scores, best, winner, bad)


def _cells(found: _Scores, kind: FieldKind, widest_gap: float) -> Array:
    n_classes, top = len(found.each), REGION_LEVELS - 1
    if kind == "probabilities":
        exps = found.each - found.best
        np.exp(exps, out=exps)
        shade = np.add.reduce(exps, axis=0)
        np.divide(np.float32(top * n_classes / (n_classes - 1)), shade, out=shade)
        shade += np.float32(0.5 - top / (n_classes - 1))
    else:
        shade = _lead(found)
        shade *= np.float32(top / widest_gap)
        np.minimum(shade, np.float32(top), out=shade)
        shade += np.float32(0.5)
    if found.bad is not None:
        shade[found.bad] = 0.0
    cells: Array = shade.astype(np.uint8)
    cells += found.winner * np.uint8(REGION_LEVELS)
    if found.bad is not None:
        cells[found.bad] = NOT_FINITE
    return cells


def _lead(found: _Scores) -> Array:
    best, second = found.each[0].copy(), np.full_like(found.best, -np.inf)
    for row in found.each[1:]:
        np.maximum(second, np.minimum(best, row), out=second)
        np.maximum(best, row, out=best)
    lead: Array = best - second
    return lead


def _boundaries(found: _Scores, grid: FieldGrid, shape: tuple[int, int, int]) -> tuple[Array, ...]:
    n_frames, n_rows, n_columns = shape
    squares = _squares(found, shape)
    corners = squares + _RIGHT + n_columns * _UP
    nexts = np.roll(corners, -1, axis=0)
    winners, best = found.winner.take(corners).astype(np.intp), found.best.take(corners)
    ahead, flat, row = np.roll(winners, -1, axis=0), found.each.reshape(-1), found.each.shape[1]
    # by how much the winner leads the neighbour's at its own corner, and the neighbour's at the other
    lead = best - flat.take(ahead * row + corners)
    behind = np.roll(best, -1, axis=0) - flat.take(winners * row + nexts)
    both = lead + behind
    along = np.divide(lead, both, out=np.full_like(lead, 0.5), where=both > 0)
    crossed = winners != ahead
    if found.bad is not None:
        crossed &= ~(found.bad[corners] | found.bad[nexts])
    x, y = (axis.astype(np.float32) for axis in (grid.x, grid.y))
    column, line = squares % n_columns, squares // n_columns % n_rows
    across, up = x.take(column + _RIGHT), y.take(line + _UP)
    points = np.stack(
        [
            across + along * (np.roll(across, -1, axis=0) - across),
            up + along * (np.roll(up, -1, axis=0) - up),
        ],
        axis=-1,
    )
    segments, owners = _joined(points, crossed)
    frames = squares[owners] // (n_rows * n_columns)
    order = np.argsort(frames, kind="stable")
    return tuple(np.split(segments[order], np.searchsorted(frames[order], np.arange(1, n_frames))))


def _squares(found: _Scores, shape: tuple[int, int, int]) -> Array:
    """The lower left corners of the squares that a boundary crosses, as places in a flat array."""
    winner = found.winner.reshape(shape)
    across, up = winner[:, :, 1:] != winner[:, :, :-1], winner[:, 1:] != winner[:, :-1]
    crossed = np.zeros(shape, bool)
    inner = crossed[:, :-1, :-1]
    np.logical_or(across[:, :-1], across[:, 1:], out=inner)
    inner |= up[:, :, :-1]
    inner |= up[:, :, 1:]
    return np.flatnonzero(crossed)


def _joined(points: Array, crossed: Array) -> tuple[Array, Array]:
    """Join the crossings (4, n_squares, 2) of each square; return the segments and the square of each."""
    count = np.count_nonzero(crossed, axis=0)
    pairs = np.flatnonzero(count == 2)
    first, last = crossed[:, pairs].argmax(axis=0), 3 - crossed[::-1, pairs].argmax(axis=0)
    joined = np.concatenate([points[first, pairs], points[last, pairs]], axis=1)
    meeting = np.flatnonzero(count > 2)
    if not len(meeting):
        return joined, pairs
    here, there = crossed[:, meeting], points[:, meeting]
    middle = (there * here[:, :, None]).sum(axis=0) / count[meeting, None]
    edge, which = np.nonzero(here)
    stars = np.concatenate([there[edge, which], middle[which]], axis=1).astype(np.float32)
    return np.concatenate([joined, stars]), np.concatenate([pairs, meeting[which]])
