"""What the values of a scene may be."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Literal, TypeAlias, get_args

from lessons.train.own_data import LARGEST, MAX_ROWS
from softmax_core import datasets
from softmax_core.training import SETTINGS, Learning, Setting
from ui.cells import MAX_LABEL, sendable
from ui.typed import MAX_CLASSES

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

_SEED = replace(SETTINGS["seed"], most=MAX_SEED)
_STEP = Setting(whole=True, least=0, most=MAX_STEPS)

RECIPE_RULES = {
    **{name: datasets.RECIPE_SETTINGS[name] for name in ("name", "n_samples", "noise")},
    "seed": _SEED,
    "n_classes": replace(datasets.RECIPE_SETTINGS["n_classes"], least=2, most=MAX_CLASSES),
}
SEGMENT_RULES = {
    **{field.name: SETTINGS[field.name] for field in fields(Learning)},
    "step": _STEP,
    "rate": replace(SETTINGS["rate"], least=1e-12),
    "l2": replace(SETTINGS["l2"], most=1e6),
    "margin": replace(SETTINGS["margin"], most=1e6),
    "batch_size": replace(SETTINGS["batch_size"], most=10_000),
}
SCENE_RULES = {
    "test_share": datasets.RECIPE_SETTINGS["test_share"],
    "split_seed": _SEED,
    "model": SETTINGS["model"],
    "hinge": Setting(choices=SCENE_HINGES),
    "seed": _SEED,
    "n_hidden": replace(SETTINGS["n_hidden"], most=MAX_HIDDEN),
    "n_steps": _STEP,
    "dtype": SETTINGS["dtype"],
}


def check(values: object, rules: Mapping[str, Setting]) -> None:
    """Raise the ValueError that names the first attribute out of its range."""
    for name, rule in rules.items():
        try:
            rule.take(getattr(values, name), name)
        except (TypeError, ValueError) as fault:
            raise ValueError(f"{name}: {str(fault).removeprefix(name).lstrip()}") from None


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
        if len(point) != 3 or not (_is_place(point[0]) and _is_place(point[1]) and type(point[2]) is int):
            raise ValueError(f"points: {_shown(point)} in place {number} is not (x, y, class)")
        if not 0 <= point[2] < len(names):
            raise ValueError(f"points: class {point[2]} in place {number} has no name")


def _is_place(cell: Any) -> bool:
    return type(cell) in (int, float) and abs(cell) <= LARGEST


def _shown(value: object) -> str:
    return repr(value)[:60]
