"""What the values of a scene may be."""

import sys
from collections.abc import Callable
from math import inf
from typing import Any, Literal, TypeAlias, get_args

from lessons.train.own_data import LARGEST, MAX_CLASSES, MAX_ROWS
from softmax_core import DATASETS
from softmax_core.training import MODELS, OPTIMISERS, TRAIN_DTYPES
from ui.cells import MAX_LABEL, sendable

SceneHinge: TypeAlias = Literal["weston_watkins", "squared_weston_watkins"]

#: The hinge losses that can learn beside the cross-entropy.
SCENE_HINGES: tuple[SceneHinge, ...] = get_args(SceneHinge)
MAX_STEPS = 100_000
MAX_SEGMENTS = 100
MAX_HIDDEN = 500
MAX_SEED = 2**31 - 1
#: Samples × hidden units in one step, and in all steps; a model without a hidden layer counts as so wide.
MAX_WORK_A_STEP = 200_000
MAX_WORK = 2_000_000_000
MIN_WIDTH = 10
_MAX = sys.float_info.max  # a whole number in a file may be larger, and then is no float

Rule: TypeAlias = tuple[Callable[[Any], bool], str]


def _whole(least: int, most: int) -> Rule:
    return (
        lambda value: type(value) is int and least <= value <= most,
        f"a whole number from {least} to {most}",
    )


def _number(least: float, most: float) -> Rule:
    wanted = "a finite number" if most == inf else f"a number from {least:g} to {most:g}"
    return lambda value: type(value) in (int, float) and least <= value <= most and abs(value) <= _MAX, wanted


def _one_of(choices: tuple[str, ...]) -> Rule:
    return lambda value: type(value) is str and value in choices, f"one of {choices}"


def _or_none(rule: Rule) -> Rule:
    return lambda value: value is None or rule[0](value), f"{rule[1]}, or nothing"


_SEED = _whole(0, MAX_SEED)
RECIPE_RULES: dict[str, Rule] = {
    "name": _one_of(tuple(DATASETS)),
    "n_samples": _or_none(_whole(1, 10_000)),
    "noise": _or_none(_number(0, 10)),
    "seed": _SEED,
    "n_classes": _or_none(_whole(2, MAX_CLASSES)),
}
SEGMENT_RULES: dict[str, Rule] = {
    "step": _whole(0, MAX_STEPS),
    "rate": _number(1e-12, 1e6),
    "l2": _number(0, 1e6),
    "margin": _number(0, 1e6),
    "optimiser": _one_of(OPTIMISERS),
    "batch_size": _or_none(_whole(1, 10_000)),
    "stop_loss": _or_none(_number(-inf, inf)),
}
SCENE_RULES: dict[str, Rule] = {
    "test_share": _number(0, 0.9),
    "split_seed": _SEED,
    "model": _one_of(MODELS),
    "hinge": _one_of(SCENE_HINGES),
    "seed": _SEED,
    "n_hidden": _whole(1, MAX_HIDDEN),
    "n_steps": _whole(0, MAX_STEPS),
    "dtype": _one_of(TRAIN_DTYPES),
}
_PLACE, _LABEL = _number(-LARGEST, LARGEST), _whole(0, MAX_CLASSES - 1)


def check(values: object, rules: dict[str, Rule]) -> None:
    """Raise the ValueError that names the first attribute out of its range."""
    for name, (good, wanted) in rules.items():
        value = getattr(values, name)
        if not good(value):
            raise ValueError(f"{name}: {_shown(value)} is not {wanted}")


def check_work(n_steps: int, n_samples: int, n_hidden: int) -> None:
    """Raise a ValueError if a run would keep a machine busy for longer than a reader waits.

    Args:
        n_steps: how far it goes.
        n_samples: how many samples there are.
        n_hidden: units of the hidden layer, 0 without one.
    """
    a_step = n_samples * max(n_hidden, MIN_WIDTH)
    if a_step > MAX_WORK_A_STEP or n_steps * a_step > MAX_WORK:
        raise ValueError(
            f"work: {n_steps} steps × {n_samples} samples × {max(n_hidden, MIN_WIDTH)} units are too many; "
            f"at most {MAX_WORK_A_STEP} a step and {MAX_WORK} in all"
        )


class ClassNameError(ValueError):
    """A class of a scene has a name that cannot be shown or told apart.

    Attributes:
        name: as it was given.
        place: of the name, from 0.
        first: the first place of this name, less than `place` where two classes have it; else the name holds
            half a sign (a lone surrogate).
    """

    def __init__(self, names: tuple[str, ...], place: int) -> None:
        self.name, self.place, self.first = names[place], place, names.index(names[place])
        fault = f"is the name of class {self.first} too" if self.first < place else "holds half a sign"
        super().__init__(f"class_names[{place}]: {_shown(self.name)} {fault}")


def _check_names(names: tuple[str, ...]) -> None:
    if not 2 <= len(names) <= MAX_CLASSES or not all(
        isinstance(name, str) and 0 < len(name) <= MAX_LABEL for name in names
    ):
        raise ValueError(f"class_names: points need 2 to {MAX_CLASSES} names of at most {MAX_LABEL} signs")
    for place, name in enumerate(names):
        if name in names[:place] or not sendable(name):
            raise ClassNameError(names, place)


def check_points(points: tuple[tuple[float, float, int], ...], names: tuple[str, ...]) -> None:
    """Raise a ValueError if points do not fit the names of their classes."""
    _check_names(names)
    if not 0 < len(points) <= MAX_ROWS:
        raise ValueError(f"points: there must be 1 to {MAX_ROWS}, not {len(points)}")
    for number, point in enumerate(points):
        rules = (_PLACE, _PLACE, _LABEL)
        if len(point) != 3 or not all(rule[0](cell) for rule, cell in zip(rules, point, strict=True)):
            raise ValueError(f"points: {_shown(point)} in place {number} is not (x, y, class)")
        if point[2] >= len(names):
            raise ValueError(f"points: class {point[2]} in place {number} has no name")


def _shown(value: object) -> str:
    return repr(value)[:60]
