"""A scene as a small text that can be kept in a file and opened again."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, NoReturn, TypeVar

from lessons.train.own_data import MAX_BYTES
from lessons.train.replay import build_data
from lessons.train.scene import Scene, SceneRecipe, SceneSegment

#: What such a text says of itself.
SCENE_FORMAT = "softmax-lab scene 1"
_Part = TypeVar("_Part", SceneRecipe, SceneSegment)


def scene_to_json(scene: Scene) -> str:
    """Write a scene as JSON: every number comes back to the last bit.

    Args:
        scene: any.

    Returns:
        One line of text for `scene_from_json`.

    >>> scene = Scene(recipe=SceneRecipe(name="xor", noise=0.1))
    >>> scene_from_json(scene_to_json(scene)) == scene
    True
    """
    return json.dumps({"format": SCENE_FORMAT, **asdict(scene)}, ensure_ascii=False, allow_nan=False)


def scene_from_json(text: str | bytes) -> Scene:
    """Read a scene that `scene_to_json` wrote, or that somebody edited.

    Args:
        text: anything; bytes are read as UTF-8.

    Returns:
        A `Scene` that can be replayed.

    Raises:
        ValueError: the text is longer than 1 MB or no scene. The message begins with the name of the field
            that is wrong, for instance "segments[1].rate: …".

    >>> text = scene_to_json(Scene(recipe=SceneRecipe(name="xor"), n_steps=20))
    >>> scene_from_json(text).n_steps
    20
    >>> scene_from_json(text.replace('"n_steps": 20', '"n_steps": -1'))
    Traceback (most recent call last):
    ValueError: n_steps: must be a whole number from 0 to 100000, not -1
    """
    if len(text) > MAX_BYTES:
        raise ValueError(f"the file has {len(text)} bytes; at most {MAX_BYTES} are read")
    try:
        plain = text.decode("utf-8-sig") if isinstance(text, bytes) else text
        values = json.loads(plain, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise ValueError("the file is not JSON") from None
    if not isinstance(values, dict) or values.pop("format", None) != SCENE_FORMAT:
        raise ValueError(f"format: the file is not a {SCENE_FORMAT!r}")
    _refuse_names(values, Scene, "")
    recipe, segments, points = values["recipe"], values["segments"], values["points"]
    values["recipe"] = None if recipe is None else _part(SceneRecipe, recipe, "recipe")
    values["segments"] = tuple(
        _part(SceneSegment, item, f"segments[{number}]")
        for number, item in enumerate(_items(segments, "segments"))
    )
    values["class_names"] = _items(values["class_names"], "class_names")
    if points is not None:
        values["points"] = tuple(_items(point, "points") for point in _items(points, "points"))
    scene = Scene(**values)
    for number, segment in enumerate(scene.segments):
        if segment.step > scene.n_steps:
            raise ValueError(
                f"segments[{number}].step: {segment.step} is beyond the last of {scene.n_steps} steps"
            )
    try:
        build_data(scene)
    except ValueError as fault:
        raise ValueError(f"recipe: {fault}") from None
    return scene


def _part(kind: type[_Part], values: object, name: str) -> _Part:
    if not isinstance(values, Mapping):
        raise ValueError(f"{name}: must be an object with fields")
    _refuse_names(values, kind, f"{name}.")
    try:
        return kind(**values)
    except ValueError as fault:
        raise ValueError(f"{name}.{fault}") from None


def _refuse_names(values: Mapping[str, Any], kind: type, prefix: str) -> None:
    known = {field.name for field in fields(kind)}
    for name in known - values.keys():
        raise ValueError(f"{prefix}{name}: is missing")
    for name in values.keys() - known:
        raise ValueError(f"{prefix}{name[:60]}: is no field of a scene")


def _items(values: object, name: str) -> tuple[Any, ...]:
    if not isinstance(values, list):
        raise ValueError(f"{name}: must be a list")
    return tuple(values)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")
