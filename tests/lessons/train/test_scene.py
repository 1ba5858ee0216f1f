"""A scene is everything: the same scene gives the same bits, and what is not a scene is named."""

from __future__ import annotations

import copy
import gc
import json
import math
import pickle
import re
import weakref
from dataclasses import asdict, replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import softmax_core.training as training
from lessons.train.replay import build_configs, build_data, replay
from lessons.train.scene import Scene, SceneRecipe, SceneSegment
from lessons.train.scene_json import scene_from_json, scene_to_json
from lessons.train.scene_rules import SCENE_HINGES, SceneHinge
from softmax_core import DATASETS
from softmax_core.training import OPTIMISERS

OWN = Scene(
    points=((0.1, 0.2, 0), (-0.3, 1e-7, 1), (1 / 3, -2.0, 0), (2.0, 2.0, 1), (0.5, 3.0, 0)),
    class_names=("cat", "개", "owl"),
    n_steps=40,
    segments=(SceneSegment(rate=0.2),),
)
DRAWN = Scene(
    recipe=SceneRecipe(name="spiral", n_samples=60, noise=0.1, seed=3, n_classes=4),
    test_share=0.25,
    split_seed=5,
    segments=(
        SceneSegment(rate=0.3, batch_size=7, optimiser="momentum"),
        SceneSegment(step=20, rate=0.1, l2=0.1, optimiser="adam", batch_size=7),
        SceneSegment(step=33, rate=0.05, optimiser="adam", margin=2.0),
    ),
    model="hidden",
    hinge="squared_weston_watkins",
    seed=7,
    n_hidden=6,
    n_steps=50,
)

SEGMENTS = st.lists(
    st.builds(
        SceneSegment,
        step=st.integers(1, 100),
        rate=st.floats(1e-6, 10),
        l2=st.floats(0, 10),
        margin=st.floats(0, 10),
        optimiser=st.sampled_from(OPTIMISERS),
        batch_size=st.none() | st.integers(1, 500),
        stop_loss=st.none() | st.floats(-1, 10),
    ),
    max_size=4,
    unique_by=lambda segment: segment.step,
).map(lambda found: (SceneSegment(), *sorted(found, key=lambda segment: segment.step)))
PLACES = st.floats(-1e6, 1e6)
SCENES = st.builds(
    Scene,
    recipe=st.none(),
    points=st.lists(st.tuples(PLACES, PLACES, st.integers(0, 2)), min_size=1, max_size=30).map(tuple),
    class_names=st.lists(
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=40), min_size=3, max_size=3, unique=True
    ).map(tuple),
    test_share=st.floats(0, 0.9),
    segments=SEGMENTS,
    seed=st.integers(0, 2**31 - 1),
    n_steps=st.integers(100, 100_000),
    dtype=st.sampled_from(["float32", "float64"]),
)


@given(SCENES)
def test_a_scene_comes_back_from_its_text(scene: Scene) -> None:
    text = scene_to_json(scene)
    assert scene_from_json(text) == scene
    assert scene_from_json("\ufeff".encode() + text.encode()) == scene
    assert scene_to_json(scene_from_json(text)) == text


@pytest.mark.parametrize("scene", [OWN, DRAWN])
def test_the_same_scene_gives_the_same_bits(scene: Scene) -> None:
    first = replay(scene)
    second = replay(scene_from_json(scene_to_json(scene)))
    for one, other in zip(first.histories, second.histories, strict=True):
        assert one.head.theta.tobytes() == other.head.theta.tobytes()
        assert one.head.step == other.head.step == scene.n_steps
        assert not one.ghosts
    assert [run.config.loss for run in first.histories] == ["cross_entropy", scene.hinge]
    if scene.test_share:
        assert first.histories[0].test is not None
        assert len(first.histories[0].test.labels) + first.histories[0].data.n_samples == 60


def test_a_replay_is_what_the_reader_saw() -> None:
    """Also if they tried something else in between and went back."""
    train, test, _ = build_data(DRAWN)
    first, second, third = DRAWN.segments
    live = training.start_lockstep(build_configs(DRAWN, first), train, test).reached(45)
    live = live.branched(20, build_configs(DRAWN, third)).reached(41)
    live = live.branched(20, build_configs(DRAWN, second)).reached(50, budget=9).reached(50)
    live = live.branched(33, build_configs(DRAWN, third)).reached(50)
    for step in (0, 19, 20, 33, 34, 50):
        for one, other in zip(live.at(step), replay(DRAWN, step).at(step), strict=True):
            assert one.theta.tobytes() == other.theta.tobytes()
            assert one.total == other.total


def test_the_data_of_a_scene() -> None:
    train, test, names = build_data(OWN)
    assert test is None
    assert train.X.tolist()[1] == [-0.3, 1e-7]
    assert names == ("cat", "개", "owl")
    assert build_configs(OWN, OWN.segments[0])[0].n_classes == 3
    assert build_data(replace(OWN, n_steps=3))[0].X.tolist() == train.X.tolist()
    assert build_data(DRAWN)[2] == ("0", "1", "2", "3")
    assert build_data(Scene(recipe=SceneRecipe(name="iris")))[2] == DATASETS["iris"].class_names
    assert build_data(DRAWN)[0] is build_data(replace(DRAWN))[0]


def changed(path: str, value: Any) -> str:
    values = json.loads(scene_to_json(OWN if path.startswith("points") else DRAWN))
    *way, last = path.replace("]", "").replace("[", ".").split(".")
    place = values
    for key in way:
        place = place[int(key)] if key.isdigit() else place[key]
    place[int(last) if last.isdigit() else last] = value
    return json.dumps(values)


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("n_steps", -1, "n_steps"),
        ("n_steps", 10**9, "n_steps"),
        ("n_steps", 1.5, "n_steps"),
        ("n_steps", True, "n_steps"),
        ("n_steps", 32, r"segments\[2\]\.step"),
        ("seed", "0", "seed"),
        ("model", "deep", "model"),
        ("model", ["linear"], "model"),
        ("hinge", "cross_entropy", "hinge"),
        ("n_hidden", 10**6, "n_hidden"),
        ("test_share", 1, "test_share"),
        ("dtype", "float16", "dtype"),
        ("segments", [], "segments"),
        ("segments", 3, "segments"),
        ("segments[0]", [1], r"segments\[0\]"),
        ("segments[0].step", 1, "segments"),
        ("segments[1].step", 0, "segments"),
        ("segments[1].step", 33, "segments"),
        ("segments[1].rate", 0, r"segments\[1\]\.rate"),
        ("segments[1].rate", None, r"segments\[1\]\.rate"),
        ("segments[2].batch_size", 0, r"segments\[2\]\.batch_size"),
        ("segments[2].optimiser", {}, r"segments\[2\]\.optimiser"),
        ("segments[2].colour", 1, r"segments\[2\]\.colour"),
        ("recipe", None, "recipe"),
        ("recipe", "moons", "recipe"),
        ("recipe.name", "mars", r"recipe\.name"),
        ("recipe.n_samples", 10**9, r"recipe\.n_samples"),
        ("recipe.n_classes", 6.0, r"recipe\.n_classes"),
        ("recipe.noise", 1e400, "not JSON"),
        ("class_names", ["a", "b"], "class_names"),
        ("colour", 1, "colour"),
        ("format", "other", "format"),
        ("points", [], "points"),
        ("points", [[1, 2, 0]] * 2001, "points"),
        ("points[1]", [1, 2], "points"),
        ("points[1]", [1, 2, 3], "points: class 3"),
        ("points[1]", [1, 2, 6], "points"),
        ("points[1]", [1e9, 2, 0], "points"),
        ("points[1]", [[], 2, 0], "points"),
        ("points[1]", 5, "points"),
    ],
)
def test_the_field_that_is_wrong_is_named(path: str, value: object, named: str) -> None:
    with pytest.raises(ValueError, match=f"^{named}|{named}$"):
        scene_from_json(changed(path, value))


def test_a_scene_that_would_keep_the_machine_busy_for_good_is_refused() -> None:
    """What the page itself can make just passes: 2000 points, 100 units, 10 000 steps."""
    points = tuple((float(k), 0.0, k % 2) for k in range(2000))
    largest = Scene(points=points, class_names=("a", "b"), model="hidden", n_hidden=100, n_steps=10_000)
    assert scene_from_json(scene_to_json(largest)) == largest
    recipe = SceneRecipe(n_samples=10_000)
    for more in (
        {"n_steps": 10_001},
        {"n_hidden": 101, "n_steps": 1},
        {"points": None, "class_names": (), "recipe": recipe, "n_hidden": 500, "n_steps": 100_000},
        {"points": None, "class_names": (), "recipe": recipe, "model": "linear", "n_steps": 100_000},
    ):
        with pytest.raises(ValueError, match=r"^work: "):
            replace(largest, **more)


def test_what_the_recipe_cannot_make_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^recipe: .*2 to 2 classes"):
        scene_from_json(scene_to_json(Scene(recipe=SceneRecipe(name="moons", n_classes=3))))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("n_steps", -1, "n_steps: must be a whole number"),
        ("test_share", 2, "test_share: must be at least 0"),
        ("n_hidden", 1e308, "n_hidden: must be"),
        ("seed", 10**400, "seed: must be"),
        ("recipe", {**asdict(SceneRecipe()), "noise": -1}, "recipe.noise: must be"),
        ("segments", [{**asdict(SceneSegment()), "rate": 1e-320}], "segments[0].rate: must be"),
    ],
)
def test_the_field_that_is_wrong_is_named_once(field: str, value: object, words: str) -> None:
    text = json.dumps(json.loads(scene_to_json(Scene(recipe=SceneRecipe()))) | {field: value})
    with pytest.raises(ValueError, match="^" + re.escape(words)) as fault:
        scene_from_json(text)
    assert str(fault.value).count(field) == 1


def test_a_missing_field_is_named() -> None:
    values = json.loads(scene_to_json(DRAWN))
    del values["segments"][1]["l2"]
    with pytest.raises(ValueError, match=r"^segments\[1\]\.l2: is missing"):
        scene_from_json(json.dumps(values))


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_other_text_is_refused_in_words(text: str | bytes) -> None:
    with pytest.raises(ValueError, match="the file"):
        scene_from_json(text)


def test_hostile_texts_are_refused() -> None:
    for text in ("[" * 900_000, " " * 1_000_001, '{"format": ' * 5000, "9" * 5000, "NaN", "[Infinity]"):
        with pytest.raises(ValueError, match="the file"):
            scene_from_json(text)
    with pytest.raises(ValueError, match="points"):
        Scene(points=((math.nan, 0.0, 0),), class_names=("a", "b"))
    with pytest.raises(ValueError, match="class_names"):
        Scene(recipe=SceneRecipe(), class_names=("a", "b"))


@pytest.mark.parametrize("hinge", SCENE_HINGES)
def test_the_samples_of_a_scene_go_with_the_last_who_holds_them(hinge: str) -> None:
    scene = Scene(recipe=SceneRecipe(name="moons", seed=99), test_share=0.2, hinge=hinge, n_steps=3)
    train, test, _ = build_data(scene)
    assert build_data(scene)[:2] == (train, test)
    runs = replay(scene)
    gone = weakref.ref(train), weakref.ref(test)
    del train, test
    gc.collect()
    assert build_data(scene)[0] is runs.histories[0].data
    del runs
    gc.collect()
    assert [reference() for reference in gone] == [None, None]


def test_a_scene_survives_every_way_of_copying() -> None:
    for other in (copy.copy(DRAWN), copy.deepcopy(DRAWN), pickle.loads(pickle.dumps(DRAWN))):  # noqa: S301
        assert other == DRAWN
        assert hash(other) == hash(DRAWN)


def test_the_hinges_of_a_scene_are_told_once() -> None:
    assert get_args(SceneHinge) == SCENE_HINGES
