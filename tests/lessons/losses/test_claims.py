"""Every sentence of the lesson on losses, tried in many settings against computations of its own.

Hinges are computed in fractions and cross-entropies with 60 digits; landscapes and weights with plain NumPy.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

import mpmath
import numpy as np
import pytest

from lessons.losses import faded, numbers, predictions, words
from lessons.losses.model import Judged, judged
from lessons.losses.pictures import bars, pull, scale, slices, surfaces, weights
from lessons.losses.pictures.jacobian import jacobian
from lessons.losses.pull import walks
from lessons.worksheets import MAKERS
from softmax_core import Data, TrainConfig
from softmax_core.training import initial_state
from softmax_core.training._curvature import hessian_product
from tests.lessons.conftest import open_page
from tests.lessons.said import heard, page, unchecked, unknown, untrue
from ui import text
from ui.page import Page
from ui.parameters import PARAMETERS
from ui.predict import ask
from ui.sheet import draw_scores

mpmath.mp.dps = 60
BOUND, GRID = 6, np.linspace(-6, 6, 41)
RATE, MAX_STEPS = 0.5, 30


@dataclass(frozen=True)
class Setting:
    """What a reader has set: the values of the address, or those of the page as it opens."""

    s: str = "-2.85, 0.86, 0.28"
    target: int = 2
    margin: float = 1.0
    pulls: float = 0.0
    which: str = "H,CE"
    heat: float = 1.0
    ga: float = -3.13
    gb: float = 0.58
    l2: float = 0.1
    c: float = 2.0

    @cached_property
    def scores(self) -> list[float]:
        return [float(score) for score in self.s.split(",")]

    @cached_property
    def row(self) -> Row:
        return Row(
            [Fraction(Decimal(score.strip())) for score in self.s.split(",")], self.target, exact(self.margin)
        )

    def moved(self, by: int) -> Row:
        """The example when the true score is moved."""
        scores = [score + by * (index == self.target) for index, score in enumerate(self.row.scores)]
        return Row(scores, self.target, self.row.margin)


def exact(value: float) -> Fraction:
    """A number as it was typed."""
    return Fraction(Decimal(repr(value)))


@dataclass(frozen=True)
class Row:
    """One example in exact numbers."""

    scores: list[Fraction]
    true: int
    margin: Fraction

    @cached_property
    def gaps(self) -> list[Fraction]:
        own = self.scores[self.true]
        return [score - own for index, score in enumerate(self.scores) if index != self.true]

    @property
    def inside(self) -> list[Fraction]:
        return [gap for gap in self.gaps if gap + self.margin > 0]

    @property
    def hinge(self) -> Fraction:
        return sum((gap + self.margin for gap in self.inside), Fraction(0))

    @property
    def has_kink(self) -> bool:
        return -self.margin in self.gaps

    def powers(self, times: int = 1) -> Any:
        """Σ e^gap over the rivals."""
        return mpmath.fsum(mpmath.exp(times * _mp(gap)) for gap in self.gaps)

    @cached_property
    def entropy(self) -> Any:
        return mpmath.log1p(self.powers())

    @cached_property
    def pull(self) -> Any:
        """1 − p of the true class."""
        powers = self.powers()
        return powers / (1 + powers)

    @cached_property
    def rest(self) -> Any:
        """p of the true class."""
        return 1 / (1 + self.powers())

    @property
    def twice(self) -> Row:
        return Row([2 * score for score in self.scores], self.true, self.margin)


def _mp(value: Fraction) -> Any:
    return mpmath.mpf(value.numerator) / value.denominator


def read(words: str) -> Any:
    """A number as it is printed: −2.5, 3.3e−48, e^−998.687, 1 − 2e−9."""
    plain = words.replace("−", "-")
    if plain.startswith("1 - "):
        return 1 - read(plain[4:])
    return mpmath.exp(mpmath.mpf(plain[2:])) if plain.startswith("e^") else mpmath.mpf(plain)


def is_printed(words: str, value: Any, digits: int = 6) -> bool:
    """Whether a number is printed truly: by its rounded digits, a power of e by those of its exponent."""
    value = _mp(value) if isinstance(value, Fraction) else mpmath.mpf(value)
    plain = words.replace("−", "-")
    if plain.startswith("e^"):
        return value > 0 and is_printed(plain[2:], mpmath.log(value), digits)
    return abs(read(words) - value) <= abs(value) * mpmath.mpf(10) ** (1 - digits) / 2 * (
        1 + mpmath.mpf("1e-6")
    )


def is_probability(words: str, probability: Any, rest: Any) -> bool:
    """The same of a probability and of what it leaves, of which either may be too small for any digits."""
    plain = words.replace("−", "-")
    return is_printed(plain[4:], rest) if plain.startswith("1 - ") else is_printed(words, probability)


# ---- one example

Check = Callable[[Setting, Mapping[str, Any]], bool]


def hinge_says(holds: Callable[[Row], bool]) -> Check:
    def check(at: Setting, live: Mapping[str, Any]) -> bool:
        row = at.row
        asked = "asks" not in live or int(live["asks"]) == len(row.inside)
        return is_printed(live["hinge"], row.hinge) and asked and holds(row)

    return check


def entropy_says(holds: Callable[[Row], bool]) -> Check:
    def check(at: Setting, live: Mapping[str, Any]) -> bool:
        row = at.row
        return (
            is_printed(live["entropy"], row.entropy)
            and is_probability(live["pull"], row.pull, row.rest)
            and read(live["pull"]) > 0
            and holds(row)
        )

    return check


def doubled(part: str, holds: Callable[[Row], bool]) -> Check:
    def check(at: Setting, live: Mapping[str, Any]) -> bool:
        row = at.row
        told = [getattr(each, part) for each in (row, row.twice)]
        shown = (live["before"], live["after"])
        return all(map(is_printed, shown, told)) and holds(row)

    return check


def hinge_way(row: Row) -> int:
    return (row.twice.hinge > row.hinge) - (row.twice.hinge < row.hinge)


def entropy_way(row: Row) -> int:
    """The sign of Σe^2g − Σe^g, term by term: a power of e may be lost beside 1."""
    return int(mpmath.sign(mpmath.fsum(mpmath.exp(gap) * mpmath.expm1(gap) for gap in map(_mp, row.gaps))))


def given(row: Row, live: Mapping[str, Any]) -> bool:
    """The example as a question gives it."""
    scores = str(live["row"]).strip("[]").split(", ")
    return (
        all(is_printed(text, _mp(score)) for text, score in zip(scores, row.scores, strict=True))
        and live["label"] == row.true
        and is_printed(live["margin"], _mp(row.margin), 4)
    )


def in_front(row: Row) -> Fraction:
    """What the rivals in front gain on y when all scores double."""
    return sum((gap for gap in row.gaps if gap > 0), Fraction(0))


def behind(row: Row) -> Fraction:
    """What y gains on those behind that are inside the margin, until they leave it."""
    return sum((min(-gap, gap + row.margin) for gap in row.inside if gap < 0), Fraction(0))


def content(at: Setting, live: Mapping[str, Any]) -> bool:
    """What is said of the example is said with its own numbers."""
    row = at.row
    margin = "margin" not in live or is_printed(live["margin"], row.margin, 4)
    return (
        int(live["label"]) == row.true and margin and is_probability(live["probability"], row.rest, row.pull)
    )


def pulled_hinge(at: Setting) -> list[int]:
    """How many rivals pull before and after each step, in fractions."""
    scores, found = list(at.row.scores), []
    for _ in range(int(at.pulls) + 1):
        own = scores[at.target]
        inside = [index for index, score in enumerate(scores) if score - own + at.row.margin > 0]
        inside = [index for index in inside if index != at.target]
        found.append(len(inside))
        scores = [
            score + Fraction(1, 2) * (len(inside) if index == at.target else -(index in inside))
            for index, score in enumerate(scores)
        ]
    return found


def pulled_entropy(at: Setting) -> tuple[Any, Any]:
    """1 − p and p of the true class after all steps, with 60 digits."""
    scores = [_mp(score) for score in at.row.scores]
    for step in range(int(at.pulls) + 1):
        powers = [mpmath.exp(score - scores[at.target]) for score in scores]
        probabilities = [power / mpmath.fsum(powers) for power in powers]
        rest = mpmath.fsum(probabilities[: at.target] + probabilities[at.target + 1 :])
        if step == int(at.pulls):
            break
        scores = [
            score + (rest if index == at.target else -probabilities[index]) / 2
            for index, score in enumerate(scores)
        ]
    return rest, probabilities[at.target]


def pulled(holds: Callable[[list[int]], bool]) -> Check:
    """What both still ask after some steps, and when the hinge has stopped."""

    def check(at: Setting, live: Mapping[str, Any]) -> bool:
        counts, (rest, probability) = pulled_hinge(at), pulled_entropy(at)
        stopped = counts.index(0) if 0 in counts else None
        return (
            holds(counts)
            and live["steps"] == at.pulls
            and is_near(live["entropy"], rest, probability)
            and read(live["entropy"]) > 0
            and ("hinge" not in live or int(live["hinge"]) == counts[-1])
            and (stopped is None or live.get("stopped", stopped) == stopped)
        )

    return check


def is_near(words: str, probability: Any, rest: Any) -> bool:
    """The same as `is_share` of what many rounded steps have led to."""
    plain = words.replace("−", "-")
    wanted, said = (rest, plain[4:]) if plain.startswith("1 - ") else (probability, plain)
    return is_printed(said, wanted, 6) or abs(read(said) - wanted) <= abs(wanted) * mpmath.mpf("1e-5")


def eigenvalues(at: Setting) -> list[float]:
    """Those of diag(p) − ppᵀ with 60 digits, from the largest."""
    powers = [mpmath.exp(gap) for gap in [mpmath.mpf(0), *map(_mp, at.row.gaps)]]
    probabilities = [power / mpmath.fsum(powers) for power in powers]
    count = len(probabilities)
    matrix = mpmath.matrix(count, count)
    for row in range(count):
        for column in range(count):
            matrix[row, column] = probabilities[row] * ((row == column) - probabilities[column])
    return sorted((float(value) for value in mpmath.eigsy(matrix, eigvals_only=True)), reverse=True)


def curved(at: Setting, live: Mapping[str, Any]) -> bool:
    *shown, last = live["values"].split(", ")
    *values, least = eigenvalues(at)
    close = [is_printed(text, value, 4) for text, value in zip(shown, values, strict=True)]
    return all(close) and min(values) > 0 and last == "0" and abs(least) < 1e-30


def jacobian_in_words(at: Setting, live: Mapping[str, Any]) -> bool:
    """The column of the Jacobian that is shown."""
    own = at.row.scores[live["label"]]
    powers = [mpmath.exp(_mp(score - own)) for score in at.row.scores]
    probabilities = [power / mpmath.fsum(powers) for power in powers]
    probability = probabilities[live["label"]]
    wanted = [each * ((index == live["label"]) - probability) for index, each in enumerate(probabilities)]
    wanted[live["label"]] = probability * mpmath.fsum(
        each for index, each in enumerate(probabilities) if index != live["label"]
    )
    shown = live["entries"].split(", ")
    return all(
        is_printed(text, value, 4) or abs(value) < mpmath.mpf("1e-307")
        for text, value in zip(shown, wanted, strict=True)
    )


def rescaled(holds: Callable[[Row], bool]) -> Check:
    """Scores and margin doubled."""

    def check(at: Setting, live: Mapping[str, Any]) -> bool:
        row = at.row
        there = Row(row.twice.scores, row.true, 2 * row.margin)
        return (
            is_printed(live["before"], row.hinge)
            and is_printed(live["after"], there.hinge)
            and there.hinge == 2 * row.hinge
            and holds(row)
        )

    return check


def faded_loss(at: Setting, live: Mapping[str, Any]) -> bool:
    rows = [at.moved(by) for by in (-1, 1, 2)]
    return any(is_printed(live["hinge"], row.hinge) and given(row, live) for row in rows)


def float64(value: Any) -> Any:
    """The nearest float64; mpmath rounds subnormal numbers as if they were normal."""
    return mpmath.mpf(np.format_float_scientific(np.float64(mpmath.nstr(value, 40))))


def by_gaps(holds: Callable[[Any, Any], bool]) -> Check:
    """What becomes of −log p where p is a float64."""
    return lambda at, _: holds(at.row.rest, at.row.entropy)


def first_form(probability: Any) -> Any:
    kept = float64(probability)
    return mpmath.inf if kept == 0 else -mpmath.log(kept)


# ---- over two gaps


def hinge_of(gap: Any, margin: float, heat: float) -> Any:
    return np.maximum(0, np.asarray(gap) / heat + margin)


def heights(at: Setting) -> np.ndarray[Any, Any]:
    """Cross-entropy less hinge over the picture."""
    a, b = np.meshgrid(GRID, GRID)
    entropy = np.log1p(np.exp(a / at.heat) + np.exp(b / at.heat))
    return np.asarray(entropy - hinge_of(a, at.margin, at.heat) - hinge_of(b, at.margin, at.heat))


def differs(
    holds: Callable[[np.ndarray[Any, Any]], bool], **shown: Callable[[np.ndarray[Any, Any]], float]
) -> Check:
    def check(at: Setting, live: Mapping[str, Any]) -> bool:
        drawn = heights(at)
        return holds(drawn) and all(is_printed(live[slot], value(drawn)) for slot, value in shown.items())

    return check


def on_the_floor(at: Setting, live: Mapping[str, Any]) -> bool:
    corner = np.log1p(2 * np.exp(-at.margin))
    kink = exact(at.margin) * exact(at.heat)
    return kink < BOUND and is_printed(live["corner"], corner) and corner > 0


def over_the_gaps(at: Setting) -> Row:
    """The reader's point as a row of scores."""
    gaps = [exact(gap) / exact(at.heat) for gap in (at.ga, at.gb)]
    return Row([Fraction(0), *gaps], 0, exact(at.margin))


def at_the_point(at: Setting, live: Mapping[str, Any]) -> bool:
    here = Row(
        [Fraction(0), exact(at.ga) / exact(at.heat), exact(at.gb) / exact(at.heat)], 0, exact(at.margin)
    )
    return is_printed(live["point"], here.entropy - _mp(here.hinge))


def walked(at: Setting) -> tuple[int | None, Fraction]:
    """After how many steps the hinge stops, and where it is at last: in fractions."""
    heat, margin = exact(at.heat), exact(at.margin)
    gaps = [exact(at.ga), exact(at.gb)]
    for step in range(MAX_STEPS + 1):
        moving = [gap / heat + margin > 0 for gap in gaps]
        if not any(moving):
            return step, Fraction(0)
        last = sum(
            (gap / heat + margin for gap, moves in zip(gaps, moving, strict=True) if moves), Fraction(0)
        )
        gaps = [gap - exact(RATE) / heat * moves for gap, moves in zip(gaps, moving, strict=True)]
    return None, last


def slid(at: Setting) -> tuple[float, float]:
    """The cross-entropy one step before the end of its walk, and at the end."""
    gaps = np.array([at.ga, at.gb])
    last = []
    for _ in range(MAX_STEPS + 1):
        powers = np.exp(gaps / at.heat)
        last.append(float(np.log1p(powers.sum())))
        gaps = gaps - RATE * powers / (1 + powers.sum()) / at.heat
    return last[-2], last[-1]


def walk(holds: Callable[[int | None], bool]) -> Check:
    def check(at: Setting, live: Mapping[str, Any]) -> bool:
        stopped, hinge = walked(at)
        before, after = slid(at)
        return (
            holds(stopped)
            and 0 < after < before
            and live["steps"] == MAX_STEPS
            and is_printed(live["entropy"], after)
            and ("stopped" not in live or live["stopped"] == stopped)
            and ("hinge" not in live or is_printed(live["hinge"], hinge))
        )

    return check


def over_two_gaps(at: Setting, live: Mapping[str, Any]) -> bool:
    here = Row(
        [Fraction(0), exact(at.ga) / exact(at.heat), exact(at.gb) / exact(at.heat)], 0, exact(at.margin)
    )
    return (
        is_printed(live["kink"], -exact(at.margin) * exact(at.heat), 4)
        and is_printed(live["hinge"], here.hinge)
        and is_printed(live["entropy"], here.entropy)
    )


# ---- weights


def total(loss: str, a: float, b: float, l2: float, margin: float) -> float:
    """The objective in the plane of weights, by plain NumPy."""
    none, surer, turned = weights.plane()
    data = weights.blobs()
    W, bias = (
        getattr(none, part) + a * getattr(surer, part) + b * getattr(turned, part) for part in ("W", "b")
    )
    scores = np.asarray(data.X) @ W + bias
    y = np.asarray(data.labels)
    gaps = scores - scores[np.arange(len(y)), y][:, None]
    if loss == "cross_entropy":
        losses = np.log(np.exp(gaps).sum(axis=1))
    else:
        losses = np.maximum(0, gaps + margin).sum(axis=1) - margin
    return float(losses.mean() + l2 / 2 * (W**2).sum())


DIRECTIONS = [(np.cos(turn), np.sin(turn)) for turn in np.linspace(0, 2 * np.pi, 24, endpoint=False)]


def is_lowest(loss: str, place: Any, at: Setting, size: float = 1e-3) -> bool:
    """In a convex objective: no point around, inside the picture, is lower."""
    here = total(loss, place.a, place.b, at.l2, at.margin)
    around = ((place.a + size * x, place.b + size * y) for x, y in DIRECTIONS)
    inside = [(a, b) for a, b in around if -2 <= a <= 6 and -4 <= b <= 4]
    return all(total(loss, *near, at.l2, at.margin) >= here - 1e-7 for near in inside)


bowls = cache(weights.bowls)


def places(at: Setting) -> dict[str, Any]:
    return {loss: bowl.place for loss, bowl in bowls(at.l2, at.margin).items()}


def shows_a_lowest(at: Setting, live: Mapping[str, Any]) -> bool:
    return any(
        is_printed(live["length"], float(np.hypot(place.a, place.b)), 4)
        and is_printed(live["loss"], total(loss, place.a, place.b, at.l2, at.margin), 4)
        and is_lowest(loss, place, at)
        for loss, place in places(at).items()
    )


def floor_begins(at: Setting, live: Mapping[str, Any]) -> bool:
    """There the hinge is 0, and nearer to W = 0 it is not."""
    place = places(at)["weston_watkins"]
    near = float(np.hypot(place.a, place.b)) - 1e-3
    circle = (
        [total("weston_watkins", near * x, near * y, 0.0, at.margin) for x, y in DIRECTIONS]
        if near > 0
        else [1.0]
    )
    return (
        at.l2 == 0
        and total("weston_watkins", place.a, place.b, 0.0, at.margin) < 1e-12
        and min(circle) > 0
        and is_printed(live["length"], np.hypot(place.a, place.b), 4)
    )


def falls_beyond(at: Setting, live: Mapping[str, Any]) -> bool:
    """The one whose words these are lies at the edge, and the objective is lower outside."""
    told = {
        loss: total(loss, place.a, place.b, at.l2, at.margin)
        > total(loss, 1.02 * place.a, 1.02 * place.b, at.l2, at.margin)
        for loss, place in places(at).items()
        if is_printed(live["words"].split()[-1], total(loss, place.a, place.b, at.l2, at.margin), 4)
    }
    return bool(told) and all(told.values())


def never_further(at: Setting, _: Mapping[str, Any]) -> bool:
    more = places(Setting(l2=min(1.0, at.l2 + 0.15), margin=at.margin))
    return all(
        np.hypot(more[loss].a, more[loss].b) <= np.hypot(place.a, place.b) + 1e-3
        for loss, place in places(at).items()
    )


def needs_no_weights(at: Setting, _: Mapping[str, Any]) -> bool:
    return total("weston_watkins", 0.0, 0.0, at.l2, at.margin) == 0


def scaled(at: Setting, live: Mapping[str, Any]) -> bool:
    here = total("weston_watkins", scale._SURENESS, 0.0, at.l2, at.margin)
    there = total("weston_watkins", at.c * scale._SURENESS, 0.0, at.l2 / at.c, at.c * at.margin)
    shown = (live[slot] for slot in ("here", "there", "recovered", "recovered"))
    return all(map(is_printed, shown, (here, there, there / at.c, here), [5] * 4))


def class_in_words(at: Setting, live: Mapping[str, Any]) -> bool:
    row, index = at.row, live["label"]
    if not is_printed(live["score"], row.scores[index]):
        return False
    gap = row.scores[index] - row.scores[row.true]
    own = index == row.true
    hinge = len(row.inside) if own else int(gap + row.margin > 0)
    probability = row.pull if own else mpmath.exp(_mp(gap)) / (1 + row.powers())
    arrow = "↑" if own else "↓"
    asked = live["entropy"].removeprefix(f"{arrow} ")
    is_right = (asked == "≈ 1" and probability > 0.9999) or is_printed(asked, probability)
    return live["hinge"] == (f"{arrow} {hinge}" if hinge else "0") and is_right


CHECKS: dict[str, Check] = {
    "satisfied": hinge_says(lambda row: row.hinge == 0 and not row.has_kink),
    "satisfied-kink": hinge_says(lambda row: row.hinge == 0 and row.has_kink),
    "unsatisfied": hinge_says(lambda row: row.hinge > 0 and not row.has_kink),
    "unsatisfied-kink": hinge_says(lambda row: row.hinge > 0 and row.has_kink),
    "entropy-where-satisfied": entropy_says(lambda row: row.hinge == 0),
    "entropy-where-unsatisfied": entropy_says(lambda row: row.hinge > 0),
    "doubling-hinge-rises": doubled(
        "hinge", lambda row: hinge_way(row) > 0 and in_front(row) > 0 == behind(row)
    ),
    "doubling-hinge-rises-mixed": doubled("hinge", lambda row: in_front(row) > behind(row) > 0),
    "doubling-hinge-falls": doubled("hinge", lambda row: hinge_way(row) < 0 and in_front(row) == 0),
    "doubling-hinge-falls-mixed": doubled("hinge", lambda row: behind(row) > in_front(row) > 0),
    "doubling-hinge-satisfied": lambda at, live: (
        at.row.hinge == at.row.twice.hinge == 0 and live["before"] == "0"
    ),
    "doubling-hinge-tied": lambda at, live: (
        set(at.row.inside) == {Fraction(0)} and is_printed(live["before"], at.row.hinge)
    ),
    "doubling-hinge-balanced": lambda at, live: (
        hinge_way(at.row) == 0 and in_front(at.row) > 0 and is_printed(live["before"], at.row.hinge)
    ),
    "doubling-entropy-rises": doubled(
        "entropy", lambda row: entropy_way(row) > 0 and in_front(row) > 0 and min(row.gaps) >= 0
    ),
    "doubling-entropy-rises-mixed": doubled(
        "entropy", lambda row: row.powers(2) > row.powers() and min(row.gaps) < 0 < max(row.gaps)
    ),
    "doubling-entropy-falls": doubled("entropy", lambda row: entropy_way(row) < 0 and max(row.gaps) <= 0),
    "doubling-entropy-falls-mixed": doubled(
        "entropy", lambda row: row.powers(2) < row.powers() and min(row.gaps) < 0 < max(row.gaps)
    ),
    "doubling-entropy-tied": lambda at, live: (
        set(at.row.gaps) == {Fraction(0)} and is_printed(live["before"], at.row.entropy)
    ),
    "doubling-entropy-balanced": lambda at, _: (
        min(at.row.gaps) < 0 < max(at.row.gaps) and abs(at.row.powers(2) / at.row.powers() - 1) < 1e-12
    ),
    "doubling-unseen": lambda at, _: hinge_way(at.row) != 0 or entropy_way(at.row) != 0,
    "content-question": content,
    "content-hinge": lambda at, live: content(at, live) and at.row.hinge == 0,
    "content-hinge-not": lambda at, live: content(at, live) and at.row.hinge > 0,
    "content-entropy": lambda at, live: content(at, live) and at.row.entropy > 0,
    "pulled-start": lambda at, _: at.pulls == 0,
    "pulled-never": pulled(lambda counts: counts[0] == 0 and len(counts) > 1),
    "pulled-both": pulled(lambda counts: counts[-1] > 0 and len(counts) > 1),
    "pulled-stopped": pulled(lambda counts: counts[0] > 0 == counts[-1]),
    "curvature": curved,
    "curvature-flat": lambda at, _: eigenvalues(at)[-2] < 1e-8,
    "raised-question": lambda at, live: live["label"] == at.target,
    "raised-all": lambda at, live: live["label"] == at.target,
    "raised-alone": lambda at, live: live["label"] == at.target,
    "raised-one": lambda at, live: live["label"] == at.target,
    "Score {label} a little up": lambda at, live: live["label"] == at.target,
    "A field of numbers: how fast the probability of each row rises with the score of each column. Column "
    "{label}: {entries}. The same numbers stand beside it as bars.": jacobian_in_words,
    "The scores after {steps} steps, once for each judge, and how strongly it pulls at the true score: the "
    "hinge by {hinge}, the cross-entropy by {entropy}.": pulled(lambda _: True),
    "ruler-stays": rescaled(lambda row: row.hinge > 0),
    "ruler-doubles": rescaled(lambda row: row.hinge > 0),
    "ruler-four": rescaled(lambda row: row.hinge > 0),
    "ruler-zero": rescaled(lambda row: row.hinge == 0),
    "ruler-question": lambda at, live: given(at.row, live) and float(live["doubled"]) == 2 * at.margin > 0,
    "ruler-question-zero": lambda at, live: given(at.row, live) and at.margin == 0,
    "chance-reason": lambda _, live: is_printed(live["loss"], mpmath.log(live["count"])),
    "fade-task": lambda at, live: any(given(at.moved(by), live) for by in (-1, 1, 2)),
    "doubling-question": lambda at, live: given(at.row, live),
    "fade-hinge": faded_loss,
    "by-gaps-equal": by_gaps(
        lambda probability, loss: mpmath.almosteq(first_form(probability), loss, rel_eps=1e-5)
    ),
    "by-gaps-rounded": by_gaps(
        lambda probability, loss: probability > 0.999 and first_form(probability) != loss
    ),
    "by-gaps-faint": by_gaps(lambda probability, _: 0 < float64(probability) < 2.3e-308),
    "by-gaps-broken": by_gaps(lambda probability, _: float64(probability) == 0),
    "difference-more-blue": differs(
        lambda drawn: -drawn.min() > drawn.max() > 0, blue=lambda drawn: -drawn.min(), red=np.max
    ),
    "difference-more-red": differs(
        lambda drawn: drawn.max() > -drawn.min() > 0, blue=lambda drawn: -drawn.min(), red=np.max
    ),
    "difference-equal": differs(lambda drawn: drawn.max() == -drawn.min(), red=np.max),
    "difference-all-blue": differs(
        lambda drawn: drawn.max() < 0, blue=lambda drawn: -drawn.min(), least=lambda drawn: -drawn.max()
    ),
    "difference-all-red": differs(lambda drawn: drawn.min() > 0, red=np.max, least=np.min),
    "difference-floor": on_the_floor,
    "difference-floor-outside": lambda at, _: exact(at.margin) * exact(at.heat) >= BOUND,
    "difference-point": at_the_point,
    "lowest": never_further,
    "lowest-no-margin": needs_no_weights,
    "rulers": lambda _, live: live == {"hinge": "1.58", "entropy": "1.04019"},
    "|W| = {length}, loss {loss}": shows_a_lowest,
    "a flat floor at exactly 0, which begins at |W| = {length}": floor_begins,
    "{words} (at the edge of the picture: beyond, it falls further)": falls_beyond,
    "After {steps} steps the hinge is at {hinge} and the cross-entropy at {entropy}.": walk(
        lambda stopped: stopped is None
    ),
    "The point lies on the hinge’s floor already, at exactly 0. The cross-entropy goes on falling and is at "
    "{entropy} after {steps} steps.": walk(lambda stopped: stopped == 0),
    "Downhill the hinge stops after one step, at exactly 0. The cross-entropy is still on its way after "
    "{steps}, at {entropy}.": walk(lambda stopped: stopped == 1),
    "Downhill the hinge stops after {stopped} steps, at exactly 0. The cross-entropy is still on its way "
    "after {steps}, at {entropy}.": walk(lambda stopped: stopped is not None and stopped > 1),
    "Over two gaps from −6 to 6 the hinge is made of flat facets and lies at exactly 0 where no gap is "
    "above {kink}; the cross-entropy is a smooth slope that stays above 0 everywhere. The point at "
    "({a}, {b}) has hinge {hinge} and cross-entropy {entropy}. {walk}": over_two_gaps,
    "Curves of the loss over the gap between one rival's score and the true one; margin {margin}. The hinge "
    "falls in a straight line to a kink at {kink} and is 0 to the left of it. There the cross-entropy is "
    "still {entropy}; it falls for ever and never reaches 0. To the right it nears the gap "
    "itself.": lambda at, live: any(
        is_printed(live["kink"], -margin) and is_printed(live["entropy"], np.log1p(np.exp(-margin)))
        for margin in (at.margin,)
    ),
    "kink at −Δ = {gap}: left of it, exactly 0": lambda at, live: any(
        is_printed(live["gap"], -margin, 4) for margin in (at.margin, 1.0)
    ),
    "Hinge: L = {loss}": lambda at, live: is_printed(live["loss"], at.row.hinge),
    "Cross-entropy: L = {loss}": lambda at, live: is_printed(live["loss"], at.row.entropy),
    "class {label}: score {score}, hinge {hinge}, cross-entropy {entropy}": class_in_words,
    "The scores as bars, once for each loss; the true class is {true}. The hinge loss with margin {margin} "
    "is {hinge}, the cross-entropy loss {entropy}. Arrows show whether a loss wants a score up or down, and "
    "how strongly: {wishes}.": lambda at, live: (
        is_printed(live["hinge"], at.row.hinge) and is_printed(live["entropy"], at.row.entropy)
    ),
    "Stacked bars of data loss and penalty. With Δ = {margin} and λ = {l2} the objective is {here}; with "
    "everything scaled by c = {factor} it is {there}, and divided by c {recovered}.": scaled,
}

PLAIN = frozenset(
    {
        "judges", "interact", "slices", "surfaces", "surfaces-shape", "difference", "weights", "trade-off",
        "scores-from", "compute-hinge", "compute-entropy", "gradient-check", "arrows",
        "chance-question", "chance-share", "chance-hinge", "chance-bits", "chance-decimal", "chance-none",
        "fade", "fade-own", "fade-negative", "fade-margin", "fade-largest", "fade-before", "fade-otherwise",
        "gradient",
        "column", "valley", "pull", "pull-question", "pull-entropy", "pull-not-both", "pull-not-hinge",
        "pull-not-neither", "sum", "gap", "gap-question",
        "gap-near", "gap-truth", "gap-reversed", "gap-hinge", "gap-bounded", "gap-even", "gap-some",
        "gap-far",  # by tests of their own
        "gap {gap}: yours {guess}", "gap {gap}: yours {guess}, true {loss}", "Points to drag: {points}.",
        "Your cross-entropy at a gap of {gap}",
        "The hinge over the gap between one rival’s score and the true one; margin {margin}. It falls in a "
        "straight line to a kink at {kink} and is 0 to the left of it.",
        "Score {label}",
        "The mean loss of 60 points plus the penalty, λ = {l2}, over two directions of weights: towards the "
        "class centres, and turned away. Lowest points: {words}.",
        "The scores as bars, once for each loss: {scores}; the true class is {true}, the margin {margin}.",
        "The scores before either judge pulls: {scores}; the true class is {true}.",
        "An empty field: a row for each probability, a column for each score. Score {label} is to be raised. "
        "The probabilities are {probabilities}.",
    }
)  # fmt: skip


# ---- the walk

EXTREMES = [
    Setting(),
    Setting(pulls=1.0),
    Setting(pulls=30.0, margin=0.2, which="CE-H", heat=4.0, l2=0.0),
    Setting(s="10, 9, 9", target=0, which="CE-H", heat=4.0, l2=0.0, margin=0.0, pulls=2.0),
    Setting(s="1.4, 0.9, -3", target=0, margin=0.5, which="CE-H", heat=4.0, ga=-4.0, gb=-6.0),
    Setting(s="1.4, 0.9, -3", target=0, margin=1.0, which="CE-H", heat=4.0, ga=-4.0, gb=-6.0, pulls=4.0),
    Setting(s="0.9, -2.2, 1.9", target=2, which="CE-H", heat=4.0, l2=0.0, margin=0.2),
    Setting(s="0, 0.1, -0.5, -0.5", target=0, which="CE-H", heat=4.0, l2=0.0, margin=4.0, pulls=30.0),
    Setting(s="0, 0", target=0, margin=0.0, heat=0.5, ga=6.0, gb=6.0, c=0.1, l2=0.0),
    Setting(s="10000, -10000", target=0, margin=20.0, heat=0.5, ga=-6.0, gb=-6.0, c=10.0, pulls=3.0),
    Setting(s="10000, -10000", target=1, margin=20.0, l2=1.0, pulls=30.0),
    Setting(s="10, -100, -100", target=0, l2=0.01, margin=0.1, pulls=30.0),
    Setting(s="1, 2, 3, 4, 5, 6, 7, 8", target=7, margin=1.0, which="CE-H", heat=4.0, pulls=7.0),
    Setting(margin=20.0, which="CE-H", l2=0.0, pulls=12.0),
    Setting(s="3, 5, 2, 4, 4", target=3, margin=1.0),
    Setting(s="0, 744.6", target=0, margin=0.0, ga=-1.0, gb=-0.8),
    Setting(s="0, 1000", target=0, ga=-1.0, gb=-1.0),
    Setting(s="1, 1.5, 0.5, 0.5", target=0, margin=1.0, ga=-1.0, gb=-0.8),
    Setting(s="0, 1, -1, -1", target=0, margin=2.0),
    Setting(s="437.925, -96.8125, 60.75", target=1, margin=0.5),
    Setting(s="1e-7, -1e-7, 0.3333333333", target=2),
    Setting(s="5, 5, 5, 5, 5, 5, 5, 5", target=3, margin=0.0),
    Setting(s="0, 0, -1000", target=0),
    Setting(s="0, 0.5, -0.5", target=0),
    Setting(s="0, 2, -0.5", target=0),
    Setting(s="-0.8, 0.1, -0.7, -0.9, -0.7", target=3, margin=0.0),  # in binary, −0.9 + 1 is not 0.1
]


def chances(count: int) -> list[Setting]:
    """Settings that a reader could come to."""
    chance = random.Random(11)  # noqa: S311
    found = []
    for _ in range(count):
        classes, size = chance.randint(2, 8), chance.choice([1, 3, 10, 100, 10_000])
        places = chance.choice([0, 0, 1, 4])
        scores = [round(chance.uniform(-size, size), places) for _ in range(classes)]
        found.append(
            Setting(
                s=", ".join(map(repr, scores)),
                target=chance.randrange(classes),
                margin=chance.choice([0, 1, 1, 2, 40, chance.randint(0, 40)]) / 2,
                pulls=float(chance.randint(0, 30)),
                which="CE-H",
                heat=chance.choice([5, 10, 40, chance.randint(5, 40)]) / 10,
                ga=chance.choice([-1.0, chance.randint(-600, 600) / 100]),
                gb=chance.randint(-600, 600) / 100,
                l2=chance.choice([0, 0.01, 1, 0.37]),
                c=chance.choice([1, 10, 100, chance.randint(1, 100)]) / 10,
            )
        )
    return found


def say(at: Setting, code: str) -> None:
    """All that the lesson says in that setting."""
    lesson = page("losses", code)
    case = judged(at.scores, at.target, at.margin)
    words.what_each_asks(lesson, case)
    words.curvature(lesson, case)
    for told in (True, False):
        bars.tug(case, lesson.t, told=told)
        jacobian(case, case.true, lesson.t, told)
    say_what_is_pulled(at, lesson, case)
    for question in (predictions.content, predictions.pulling, predictions.raising, predictions.doubling):
        question(lesson, case)
    predictions.ruler(lesson, case)
    predictions.chance(lesson)
    numbers.example(lesson, case)
    faded.hinge(lesson, case)
    for told in (True, False):
        assert slices.slices(at.margin, (1.0, 0.5, 0.0, 5.0), lesson.t, told).description
    gaps = surfaces.gaps((at.ga, at.gb), at.margin, at.heat)
    surfaces.surfaces(gaps, at.which, "2D", lesson.t)
    found = bowls(at.l2, at.margin)
    weights.weights(found, at.l2, "2D", lesson.t)
    scale.trade_off(scale.rescaled(at.c, at.l2, at.margin), at.l2, at.margin, lesson.t)
    told = {
        **surfaces.difference_stories(gaps),
        **weights.lowest_stories(found, at.margin, lesson.t),
        "rulers": scale.both_losses(),
    }
    for section, live in told.items():
        lesson.text(section, **live)


def say_what_is_pulled(at: Setting, lesson: Page, case: Judged) -> None:
    ways, step = walks(tuple(case.scores), case.true, case.margin), int(at.pulls)
    hinge, entropy = (judged(way.scores[step], case.true, case.margin) for way in (ways.hinge, ways.entropy))
    words.pulling(lesson, hinge, entropy, ways, step)
    pull.pull(hinge, entropy, ways, step, lesson.t)
    pull.pull(case, case, ways, 0, lesson.t, told=False)


@pytest.mark.parametrize("at", [*EXTREMES, *chances(24)], ids=lambda at: at.s)
def test_no_sentence_is_false_anywhere(at: Setting) -> None:
    with heard() as sentences:
        say(at, "ko" if at.target % 2 else "en")
    assert unknown(sentences, CHECKS, PLAIN) == set()
    assert untrue(sentences, CHECKS, at) == []


@pytest.mark.parametrize("at", EXTREMES[:5], ids=lambda at: at.s)
def test_no_sentence_on_the_page_is_false(at: Setting) -> None:
    with heard() as sentences:
        assert not open_page("losses", gaps="2D", **asdict(at)).exception
    told = {sentence.name for sentence in sentences}
    assert {"content-question", "lowest", "Hinge: L = {loss}"} <= told
    assert untrue(sentences, CHECKS, at) == []


def test_every_section_is_checked_or_true_by_itself() -> None:
    assert unchecked("losses", CHECKS, PLAIN) == []


def test_every_check_is_needed_somewhere() -> None:
    """A sentence that no setting leads to is not tried; those that none of these can lead to are named."""
    with heard() as sentences:
        for at in EXTREMES:
            say(at, "en")
    assert set(CHECKS) - {sentence.name for sentence in sentences} <= {
        "doubling-entropy-balanced",  # sums of different powers of e are equal by rounding alone
        "difference-equal",
        "difference-all-red",
    }


def options_of(at: Setting, code: str) -> dict[str, list[ask.Option]]:
    """The options of the questions on the example, by the question's name."""
    found: dict[str, list[ask.Option]] = {}

    def note(_page: Page, key: str, _question: str, options: list[ask.Option], _scene: str) -> None:
        found[key.split("-")[1]] = options

    lesson, case = page("losses", code), judged(at.scores, at.target, at.margin)
    with heard(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(ask, "choice", note)
        for question in (predictions.content, predictions.pulling, predictions.raising):
            question(lesson, case)
        predictions.doubling(lesson, case)
        predictions.ruler(lesson, case)
    return found


@pytest.mark.parametrize("code", text.CODES)
def test_of_different_options_exactly_the_true_one_is_right(code: str) -> None:
    claims = [(True, True), (True, False), (False, True), (False, False)]
    for at in [*EXTREMES, *chances(12)]:
        asked = options_of(at, code)
        assert set(asked) == {"content", "pull", "raised", "doubling", "ruler"}
        for options in asked.values():
            assert len({option.text for option in options}) == len(options)
            assert sum(option.right for option in options) == 1
        right = {name: [option.right for option in options] for name, options in asked.items()}
        rises = (hinge_way(at.row) > 0, entropy_way(at.row) > 0)
        assert right["doubling"] == [claim == rises for claim in claims]
        assert right["content"] == [claim == (at.row.hinge == 0, False) for claim in claims]
        assert right["pull"] == [False, False, True, False]
        assert right["raised"] == [False, True, False]
        assert right["ruler"] == [at.row.hinge == 0, at.row.hinge > 0, False]


def test_however_far_the_hinge_stops_pulling_and_the_cross_entropy_does_not() -> None:
    """Each step brings a rival that is too close nearer to leaving by 1/2 for itself and 1/2 for y."""
    for at in [*EXTREMES, *chances(24)]:
        row = at.row
        steps = max(0, int(max(gap + row.margin for gap in row.gaps)) + 1)
        if steps <= 500:
            assert pulled_hinge(replace(at, pulls=float(steps)))[-1] == 0
        assert row.pull > 0


# ---- why there is one valley


def hessian_of_a_sample(scores: Any, x: Any) -> Any:
    """(diag p − ppᵀ) ⊗ xxᵀ."""
    powers = np.exp(scores - np.max(scores))
    p = powers / powers.sum()
    return np.kron(np.diag(p) - np.outer(p, p), np.outer(x, x))


def test_no_eigenvalue_of_the_hessian_is_negative() -> None:
    chance = np.random.default_rng(5)
    for _ in range(200):
        classes, features = chance.integers(2, 9), chance.integers(1, 5)
        scores = chance.normal(size=classes) * chance.choice([0.1, 1, 10, 100])
        x = chance.normal(size=features)
        assert np.linalg.eigvalsh(hessian_of_a_sample(scores, x))[0] >= -1e-15 * (x @ x)


def test_that_hessian_is_the_cores_and_that_of_differences() -> None:
    chance = np.random.default_rng(6)
    X, labels = chance.normal(size=(12, 2)), [0, 1, 2] * 4
    config = TrainConfig(n_classes=3, l2=0.3, init_scale=1.0)
    state = initial_state(config, Data(X, labels))
    product = hessian_product(state, config, Data(X, labels))
    size = state.layout.size
    core = np.column_stack([product(unit) for unit in np.eye(size)])
    assert np.allclose(core, core.T, atol=1e-14)
    assert np.linalg.eigvalsh(core)[0] >= -1e-14
    inputs = np.column_stack([X, np.ones(len(X))])
    rows = [state.layout.scores(state.theta, sample[:, None]).ravel() for sample in inputs]
    mean = np.mean([hessian_of_a_sample(*pair) for pair in zip(rows, inputs, strict=True)], axis=0)
    decay = np.diag(config.l2 * state.layout.weight_mask())
    assert np.allclose(core, mean + decay, atol=1e-12)


def test_the_gradient_by_the_jacobian_is_p_less_1_at_the_true_class() -> None:
    for at in [*EXTREMES, *chances(24)]:
        case = judged(at.scores, at.target, at.margin)
        probability, row = case.work.probabilities[case.true], case.jacobian[case.true]
        if probability > 1e-100:
            by_rule = [-each / probability for each in row]
            assert by_rule == pytest.approx(list(case.cross_entropy_gradient), rel=1e-9, abs=1e-100)
        for column in zip(*case.jacobian, strict=True):
            assert sum(column) == pytest.approx(0, abs=1e-15)


def test_the_errors_that_are_known_have_the_values_they_are_known_by() -> None:
    for at in [*EXTREMES, *chances(12)]:
        taken: list[Any] = []
        with heard(), pytest.MonkeyPatch.context() as patch:
            patch.setattr(faded, "faded_lines", lambda _page, _key, *given, into=taken: into.extend(given))
            faded.hinge(page("losses"), judged(at.scores, at.target, at.margin))
        for by, computation in zip((-1, 1, 2), taken, strict=True):
            row = at.moved(by)
            depths = [gap + row.margin for gap in row.gaps]
            wanted = [
                row.hinge + row.margin,
                sum(depths),
                sum(max(gap, Fraction(0)) for gap in row.gaps),
                max(*depths, Fraction(0)),
                at.row.hinge,
            ]
            values = [miss.value for miss in computation.answer.misses]
            assert values == pytest.approx([float(value) for value in wanted], rel=1e-9, abs=1e-9)
            assert computation.answer.value == pytest.approx(float(row.hinge), rel=1e-12)


# ---- what was said before and is false

FALSE = {
    "en": ["bowl without a bottom", "by far less", "its square$", "draws both", "The same example measured"],
    "ko": ["바닥 없는 그릇", "훨씬 작으므로", "바닥의 모서리", r"W = 0\$ 쪽으로", "같은 예제를 여러 단위로"],
}


@pytest.mark.parametrize("code", text.CODES)
def test_no_language_says_again_what_is_false(code: str) -> None:
    told = text.language(code)
    messages = [
        told(PARAMETERS["hinge"].label),
        told("CS231n’s example in several units, and ten classes with equal scores"),
    ]
    for pattern in FALSE[code]:
        for said in (*told.prose("losses").values(), *messages):
            assert not re.search(pattern, " ".join(said.split())), pattern


def test_cross_entropy_is_a_slope_and_not_a_bowl() -> None:
    """In a bowl some slope would be negative somewhere."""
    powers = [np.exp(gap) for gap in np.meshgrid(GRID, GRID)]
    assert all((power / (1 + sum(powers)) > 0).all() for power in powers)


def test_cross_entropy_can_be_the_larger_one_by_more() -> None:
    red, blue = heights(Setting(margin=0.0, heat=4.0)).max(), -heights(Setting(margin=0.0, heat=4.0)).min()
    assert (round(red, 4), round(blue, 4)) == (1.0986, 0.7011)


def test_the_squares_of_the_terms_are_not_the_square_of_the_hinge() -> None:
    row = Row([Fraction(0)] * 3, 0, Fraction(1))
    terms = [gap + row.margin for gap in row.inside]
    assert (row.hinge, row.hinge**2, sum(term**2 for term in terms)) == (2, 4, 2)


def test_gaps_sink_faster_where_the_scores_are_pulled() -> None:
    at = Setting()
    pulled_scores = walks(tuple(at.scores), at.target, at.margin)
    alone = surfaces.gaps((at.ga, at.gb), at.margin, 1.0)
    assert [pulled_scores.hinge.stopped, alone.walks["weston_watkins"].stopped] == [2, 4]
    for name, walk_of_scores in (
        ("weston_watkins", pulled_scores.hinge),
        ("cross_entropy", pulled_scores.entropy),
    ):
        first = np.array(walk_of_scores.scores[1])
        slower, faster = alone.walks[name].gaps[1], first[:2] - first[2]
        assert (faster <= slower).all()
        assert (faster < slower).any()


def test_at_a_kink_the_hinge_has_no_gradient() -> None:
    """Raising the true score gains nothing, lowering it costs two."""
    step = Fraction(1, 1000)
    there, up, down = (
        Row([Fraction(10) + by, Fraction(9), Fraction(9)], 0, Fraction(1)).hinge for by in (0, step, -step)
    )
    assert (there, up, down) == (0, 0, 2 * step)


def test_no_worksheet_asks_for_a_gradient_at_a_kink() -> None:
    """The first scores that a sheet draws are at a kink 55 times in 2000; it has to draw again."""

    def at_kink(scores: Sequence[float | str], true: int) -> bool:
        return Row([Fraction(Decimal(str(score))) for score in scores], true, Fraction(1)).has_kink

    seeds = []
    for seed in range(1, 2001):
        rng = np.random.default_rng(seed)
        if at_kink(draw_scores(rng), int(rng.integers(3))):
            seeds.append(seed)
    assert len(seeds) == 55
    for seed in (*seeds, *range(1, 60)):
        first, *_ = MAKERS["losses"](text.language("en"), np.random.default_rng(seed))
        shown = re.match(r"The scores are \[(.+?)\], class (\d) ", first.text)
        assert shown
        assert not at_kink(shown[1].replace("−", "-").split(", "), int(shown[2])), seed
