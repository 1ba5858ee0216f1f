"""The lowest point of a plane of weights: as low as any optimiser gets, and where it is."""

from __future__ import annotations

import numpy as np
import pytest
import scipy

import softmax_core as core
from softmax_core.linear import centre_directions

DATA = core.datasets.small_blobs(seed=0, spread=0.5)
FIRST, SECOND = centre_directions(DATA)
NOTHING = core.linear.scaled_params(FIRST, 0.0)
A, B = np.linspace(-2, 6, 49), np.linspace(-4, 4, 49)


def minimum(loss: str, l2: float, margin: float = 1.0) -> core.linear.PlaneMinimum:
    given = (NOTHING, DATA, loss, l2, FIRST, SECOND)
    return core.linear.plane_minimum(core.linear.weight_surface(*given, A, B, margin), *given, margin)


def total(place: np.ndarray, loss: str, l2: float, margin: float) -> float:
    there = core.linear.params_on_plane(NOTHING, FIRST, SECOND, *place)
    return core.objective(there, DATA, loss, l2, margin).total


@pytest.mark.parametrize("loss", ["weston_watkins", "cross_entropy"])
@pytest.mark.parametrize(("l2", "margin"), [(0.01, 1.0), (0.02, 1.0), (0.1, 1.0), (1.0, 4.0)])
def test_no_optimiser_gets_lower(loss: str, l2: float, margin: float) -> None:
    found = minimum(loss, l2, margin)
    best = scipy.optimize.minimize(
        total,
        [found.a, found.b],
        (loss, l2, margin),
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-13},
    )
    assert found.data + found.penalty <= best.fun + 1e-6  # of a slope of at most 1, within the tolerance
    assert [found.a, found.b] == pytest.approx(best.x, abs=2e-3)
    assert not found.at_edge
    assert not found.is_floor


def test_of_a_floor_it_is_the_point_next_to_the_origin() -> None:
    found = minimum("weston_watkins", 0.0)
    assert found.is_floor
    nearer = 0.999 * np.array([found.a, found.b])
    assert total(nearer, "weston_watkins", 0.0, 1.0) > 0
    barely = minimum("weston_watkins", 1e-5)  # a penalty that only chooses among the lowest
    assert np.hypot(found.a, found.b) == pytest.approx(np.hypot(barely.a, barely.b), abs=1e-3)


def test_a_penalty_leaves_no_floor_and_a_slope_ends_at_the_edge() -> None:
    nothing = minimum("weston_watkins", 0.5, margin=0.0)
    assert (nothing.a, nothing.b, nothing.is_floor) == (0.0, 0.0, False)
    assert minimum("cross_entropy", 0.0).at_edge
