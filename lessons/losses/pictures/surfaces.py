"""Hinge and cross-entropy over two score gaps, with a point on them and its way downhill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np

from lessons.losses.model import DIGITS, Judged
from softmax_core import LOSSES, LossName
from softmax_core.losses import DescentPath, gap_surface, gap_surface_gradient, steepest_descent_path
from ui.charts.maps import flat
from ui.charts.picture import Picture, Table, Translate
from ui.charts.relief import Array, Plane, Relief, both_ways, upwards
from ui.charts.solids import solid
from ui.claims import first_true
from ui.numerals import numeral

BOUND = 6.0
GRID = np.linspace(-BOUND, BOUND, 41)
FIELD = np.linspace(-5.445, 5.445, 10)  # no kink of the sliders' margins and temperatures runs through it
RATE, STEPS = 0.5, 30
_SHORTEST_ARROW, _MAX_ARROW = 0.42, 0.95  # so that no head hides its shaft
SHOWN: dict[str, tuple[LossName, ...]] = {
    "H,CE": ("weston_watkins", "cross_entropy"),
    "H": ("weston_watkins",),
    "CE": ("cross_entropy",),
}
DIFFERENCE = "CE-H"
VIEWS = ("3D", "2D")


@dataclass(frozen=True, slots=True)
class Gaps:
    """What a reader has set: the point, the margin and the temperature; and the walks down from there."""

    point: tuple[float, float]
    margin: float
    temperature: float
    walks: dict[str, DescentPath]


def gaps(point: tuple[float, float], margin: float, temperature: float) -> Gaps:
    """Walk down both losses from a point."""
    walks: dict[str, DescentPath] = {
        loss: _walk(loss, point, margin if LOSSES[loss].uses_margin else 1.0, temperature)
        for loss in SHOWN["H,CE"]
    }
    return Gaps(point, margin, temperature, walks)


@lru_cache(maxsize=64)
def _walk(loss: LossName, point: tuple[float, float], margin: float, temperature: float) -> DescentPath:
    return steepest_descent_path(loss, point, margin, temperature, RATE, STEPS)


def surfaces(at: Gaps, shown: str, view: str, t: Translate) -> Picture:
    """One loss, both, or their difference over two gaps; as surfaces or as maps."""
    names = {"weston_watkins": t("Hinge"), "cross_entropy": t("Cross-entropy")}
    if shown == DIFFERENCE:
        reliefs = [Relief(t("Cross-entropy − hinge"), _difference(at), [_point_on_difference(at)])]
        scale, height = both_ways(reliefs[0]), t("difference")
    else:
        reliefs = [_relief(at, loss, names[loss]) for loss in SHOWN[shown]]
        scale, height = upwards(reliefs), t("loss")
    plane = Plane(GRID, GRID, (t("gap a"), t("gap b"), height))
    figure: dict[str, Any] = (flat if view == "2D" else solid)(reliefs, plane, scale)
    return Picture(t("The losses over two gaps"), _in_words(at, t), figure, _table(at, names, t))


def difference_stories(at: Gaps) -> Mapping[str, Mapping[str, str]]:
    """What is true of the difference as it is drawn: the sections that say it, and what is in their slots."""
    heights = _difference(at)
    red, blue = float(heights.max()), float(-heights.min())
    live = {"red": _loss(red), "blue": _loss(blue), "least": _loss(min(abs(red), abs(blue)))}
    larger = first_true(
        {
            "difference-all-blue": red < 0,
            "difference-all-red": blue < 0,
            "difference-more-blue": blue > red,
            "difference-more-red": red > blue,
            "difference-equal": True,
        }
    )
    kink = -at.margin * at.temperature
    corner = gap_surface("cross_entropy", [kink], [kink], at.margin, at.temperature)
    floor = "difference-floor" if kink > -BOUND else "difference-floor-outside"
    return {
        "difference": {},
        str(larger): live,
        floor: {"corner": _loss(corner.item())},
        "difference-point": {"point": _loss(_point_on_difference(at)[2])},
    }


def _loss(value: float) -> str:
    return numeral(value, DIGITS)


def point_of(case: Judged) -> tuple[float, float]:
    """The gaps of an example to its two strongest rivals, as far as the picture reaches."""
    strongest = sorted(sorted(range(len(case.gaps)), key=lambda index: -case.gaps[index])[:2])
    gaps = [max(-BOUND, min(case.gaps[index], BOUND)) for index in strongest]
    return gaps[0], gaps[1] if len(gaps) > 1 else -BOUND


@lru_cache(maxsize=64)  # the point moves on them
def _heights(loss: LossName, margin: float, temperature: float) -> Array:
    return gap_surface(loss, GRID, GRID, margin, temperature)


def _difference(at: Gaps) -> Array:
    hinge, entropy = (_heights(loss, at.margin, at.temperature) for loss in SHOWN["H,CE"])
    return entropy - hinge


def _point_on_difference(at: Gaps) -> list[float]:
    hinge, entropy = (float(at.walks[loss].losses[0]) for loss in SHOWN["H,CE"])
    return [*at.point, entropy - hinge]


def _relief(at: Gaps, loss: LossName, name: str) -> Relief:
    walk, shape = at.walks[loss], (at.margin, at.temperature)
    points = np.column_stack([walk.gaps, walk.losses])
    inside = (np.abs(points[:, :2]) <= BOUND).all(axis=1)
    path = np.round(points[inside], 4).tolist()
    return Relief(name, _heights(loss, *shape), path, _field(loss, *shape))


@lru_cache(maxsize=64)
def _field(loss: LossName, margin: float, temperature: float) -> Array:
    """The fall of the loss on a coarse grid: place, arrow and slope; the steeper, the longer the arrow."""
    rise = gap_surface_gradient(loss, FIELD, FIELD, margin, temperature)
    x, y = np.meshgrid(FIELD, FIELD)
    slope = np.hypot(*rise)
    length = _SHORTEST_ARROW + (_MAX_ARROW - _SHORTEST_ARROW) * slope * temperature / np.sqrt(2.0)
    across, up = -rise * length / np.where(slope > 0, slope, 1.0)
    return np.stack([x, y, across, up, slope], axis=-1).reshape(-1, 5)


def _in_words(at: Gaps, t: Translate) -> str:
    hinge, entropy = (at.walks[loss] for loss in SHOWN["H,CE"])
    return t(
        "Over two gaps from −6 to 6 the hinge is made of flat facets and lies at exactly 0 where no gap is "
        "above {kink}; the cross-entropy is a smooth slope that stays above 0 everywhere. The point at "
        "({a}, {b}) has hinge {hinge} and cross-entropy {entropy}. {walk}",
        kink=numeral(-at.margin * at.temperature),
        a=numeral(at.point[0]),
        b=numeral(at.point[1]),
        hinge=_loss(float(hinge.losses[0])),
        entropy=_loss(float(entropy.losses[0])),
        walk=walk_words(at, t),
    )


def walk_words(at: Gaps, t: Translate) -> str:
    """How the two walks end."""
    hinge, entropy = (at.walks[loss] for loss in SHOWN["H,CE"])
    last = _loss(float(entropy.losses[-1]))
    if hinge.stopped is None:
        return t(
            "After {steps} steps the hinge is at {hinge} and the cross-entropy at {entropy}.",
            steps=STEPS,
            hinge=_loss(float(hinge.losses[-1])),
            entropy=last,
        )
    if hinge.stopped == 0:
        return t(
            "The point lies on the hinge’s floor already, at exactly 0. The cross-entropy goes on falling "
            "and is at {entropy} after {steps} steps.",
            steps=STEPS,
            entropy=last,
        )
    if hinge.stopped == 1:
        return t(
            "Downhill the hinge stops after one step, at exactly 0. The cross-entropy is still on its way "
            "after {steps}, at {entropy}.",
            steps=STEPS,
            entropy=last,
        )
    return t(
        "Downhill the hinge stops after {stopped} steps, at exactly 0. The cross-entropy is still on its way "
        "after {steps}, at {entropy}.",
        stopped=hinge.stopped,
        steps=STEPS,
        entropy=last,
    )


def _slopes(at: Gaps, loss: str) -> list[str]:
    """The slopes at the point; at a kink of the hinge both of them, since there is no one slope."""
    slopes = [numeral(slope, DIGITS) for slope in at.walks[loss].gradients[0].tolist()]
    if loss == "cross_entropy":
        return slopes
    kink = -Decimal(repr(at.margin)) * Decimal(repr(at.temperature))
    both = f"0 / {numeral(1 / at.temperature, DIGITS)}"
    return [
        both if Decimal(repr(gap)) == kink else slope for gap, slope in zip(at.point, slopes, strict=True)
    ]


def _table(at: Gaps, names: dict[str, str], t: Translate) -> Table:
    columns = [
        t("Loss"),
        t("At the point"),
        t("Slope along gap a"),
        t("Slope along gap b"),
        t("End of the walk"),
    ]
    rows = [
        [
            names[loss],
            _loss(float(walk.losses[0])),
            *_slopes(at, loss),
            _loss(float(walk.losses[-1])),
        ]
        for loss, walk in at.walks.items()
    ]
    return Table(columns, rows)
