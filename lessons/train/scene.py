"""A whole session of training as plain values: the samples, the settings, and where they were changed."""

from dataclasses import dataclass

from lessons.train.scene_rules import (
    MAX_SEGMENTS,
    RECIPE_RULES,
    SCENE_RULES,
    SEGMENT_RULES,
    SceneHinge,
    check,
    check_points,
    check_work,
)
from softmax_core import DATASETS, DatasetName
from softmax_core.training import Learning, Model, TrainDtype


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneRecipe:
    """The samples of a scene, drawn anew each time; see `make_dataset`.

    Raises:
        ValueError: a value is out of its range; the message begins with its name.
    """

    name: DatasetName = "blobs"
    n_samples: int | None = None
    noise: float | None = None
    seed: int = 0
    n_classes: int | None = None

    def __post_init__(self) -> None:
        check(self, RECIPE_RULES)


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneSegment(Learning):
    """How the runs learn from one step on.

    Raises:
        ValueError: a value is out of its range; the message begins with its name.
    """

    step: int = 0

    def __post_init__(self) -> None:
        check(self, SEGMENT_RULES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that two runs side by side follow from: the cross-entropy and a hinge loss, from the same start.

    Attributes:
        recipe: how the samples are drawn; None if `points` holds them.
        points: the reader's own samples (x, y, class); None if there is a recipe.
        class_names: of the classes; with points there are as many classes as names. () with a recipe.
        test_share, split_seed: which samples are kept apart for testing; see `split_data`.
        segments: the settings, the first from step 0 on, the others from later and later steps.
        model, n_hidden: see `TrainConfig`.
        hinge: one of `SCENE_HINGES`.
        seed: of the first weights and of the batches.
        n_steps: how far the runs go.
        dtype: the format of the runs.

    Raises:
        ValueError: a value is out of its range, or the values do not fit together; the message begins with
            the name of the field.

    >>> scene = Scene(recipe=SceneRecipe(name="moons"), segments=(SceneSegment(rate=0.5),), n_steps=20)
    >>> scene.segments[0].rate
    0.5
    """

    recipe: SceneRecipe | None = None
    points: tuple[tuple[float, float, int], ...] | None = None
    class_names: tuple[str, ...] = ()
    test_share: float = 0.0
    split_seed: int = 0
    segments: tuple[SceneSegment, ...] = (SceneSegment(),)
    model: Model = "linear"
    hinge: SceneHinge = "weston_watkins"
    seed: int = 0
    n_hidden: int = 32
    n_steps: int = 500
    dtype: TrainDtype = "float64"

    def __post_init__(self) -> None:
        check(self, SCENE_RULES)
        if (self.recipe is None) == (self.points is None):
            raise ValueError("recipe: a scene has either a recipe or points")
        steps = [segment.step for segment in self.segments]
        if not 0 < len(steps) <= MAX_SEGMENTS or steps[0] or sorted(set(steps)) != steps:
            raise ValueError("segments: the first begins at step 0, each other one at a later step")
        if self.points is not None:
            check_points(self.points, self.class_names)
        elif self.class_names:
            raise ValueError("class_names: only points have names of their own")
        check_work(self.n_steps, self.n_samples, self.n_hidden if self.model == "hidden" else 0)

    @property
    def n_samples(self) -> int:
        """How many samples there are, those for testing too."""
        if self.points is not None:
            return len(self.points)
        assert self.recipe is not None  # noqa: S101 - for the type checker
        return self.recipe.n_samples or DATASETS[self.recipe.name].n_samples
