"""From a scene to its samples, its settings and its runs."""

from collections.abc import Iterator
from dataclasses import fields
from weakref import WeakKeyDictionary, WeakValueDictionary

from lessons.train.scene import Scene, SceneSegment
from softmax_core import DATASETS, Data, TrainConfig, make_dataset, split_data
from softmax_core.training import Learning, LockStep, start_lockstep

_drawn: WeakValueDictionary[tuple[object, ...], Data] = WeakValueDictionary()
_beside: WeakKeyDictionary[Data, tuple[Data | None, tuple[str, ...]]] = WeakKeyDictionary()


def build_data(scene: Scene) -> tuple[Data, Data | None, tuple[str, ...]]:
    """Draw the samples of a scene.

    Args:
        scene: holds the points, or the recipe for them.

    Returns:
        The samples to train on, those to test on (or None), and the names of the classes: those of the scene,
        or of the recipe, or 0, 1, … . Scenes with the same samples get the same objects, as long as somebody
        holds those to train on.

    Raises:
        ValueError: the recipe cannot make so many samples or classes.

    >>> from lessons.train.scene import SceneRecipe
    >>> train, test, names = build_data(Scene(recipe=SceneRecipe(name="moons"), test_share=0.25))
    >>> train.n_samples, test.n_samples, names
    (150, 50, ('0', '1'))
    """
    sample = scene.recipe, scene.points, scene.class_names, scene.test_share, scene.split_seed
    known = _drawn.get(sample)
    if known is not None:
        return known, *_beside[known]
    if scene.points is not None:
        data, names = (
            Data([point[:2] for point in scene.points], [point[2] for point in scene.points]),
            scene.class_names,
        )
    else:
        assert scene.recipe is not None  # noqa: S101 - for the type checker
        asked = scene.recipe
        data = make_dataset(asked.name, asked.n_samples, asked.noise, asked.seed, asked.n_classes)
        recipe = DATASETS[asked.name]
        n_classes = recipe.n_classes if asked.n_classes is None else asked.n_classes
        names = recipe.class_names or tuple(map(str, range(n_classes)))
    train, test = split_data(data, scene.test_share, scene.split_seed)
    _beside[train] = test, names
    _drawn[sample] = train
    return train, test, names


def build_configs(scene: Scene, segment: SceneSegment) -> tuple[TrainConfig, TrainConfig]:
    """Return the settings of the cross-entropy run and of the hinge run in one segment of a scene.

    Args:
        scene: names the model, the hinge, the first weights and the format.
        segment: one of its segments.

    Returns:
        Two settings that differ in the loss alone.

    Raises:
        ValueError: as `build_data`.

    >>> from lessons.train.scene import SceneRecipe
    >>> scene = Scene(recipe=SceneRecipe(name="moons"))
    >>> [(config.loss, config.n_classes) for config in build_configs(scene, scene.segments[0])]
    [('cross_entropy', 2), ('weston_watkins', 2)]
    """
    n_classes = len(build_data(scene)[2])
    learning = {field.name: getattr(segment, field.name) for field in fields(Learning)}
    first, second = (
        TrainConfig(
            **learning,
            model=scene.model,
            loss=loss,
            n_classes=n_classes,
            n_hidden=scene.n_hidden,
            seed=scene.seed,
            dtype=scene.dtype,
        )
        for loss in ("cross_entropy", scene.hinge)
    )
    return first, second


def replay(scene: Scene, step: int | None = None) -> LockStep:
    """Make the two runs of a scene anew.

    Args:
        scene: what they follow from.
        step: how far; by default `n_steps`.

    Returns:
        A `LockStep` at that step, or where both runs ended; the first run is the cross-entropy. The same
        scene gives the same bits, on the same machine with the same NumPy.

    Raises:
        ValueError: as `build_data`.

    >>> from lessons.train.scene import SceneRecipe
    >>> scene = Scene(recipe=SceneRecipe(name="moons"), n_steps=20)
    >>> [run.config.loss for run in replay(scene).histories], replay(scene, 7).head_step
    (['cross_entropy', 'weston_watkins'], 7)
    """
    last = scene.n_steps if step is None else step
    *_, both = replayed(scene, last)
    return both


def replayed(scene: Scene, step: int, budget: int | None = None) -> Iterator[LockStep]:
    """Make the two runs of a scene anew, bit by bit, so that a caller can stop in between.

    Args:
        scene: what they follow from.
        step: how far.
        budget: how many steps are made at most before the runs are shown; None for any number.

    Yields:
        The runs on the way, and at last what `replay` returns.

    Raises:
        ValueError: as `build_data`.
    """
    train, test, _ = build_data(scene)
    first, *changes = scene.segments
    both = start_lockstep(build_configs(scene, first), train, test)
    stops: list[tuple[int, SceneSegment | None]] = [
        (segment.step, segment) for segment in changes if segment.step <= step
    ]
    for stop, segment in (*stops, (step, None)):
        while not both.ended and both.common_step < stop:
            both = both.reached(stop, budget)
            yield both
        if segment is not None:
            both = both.branched(stop, build_configs(scene, segment))
    yield both.reached(step)
