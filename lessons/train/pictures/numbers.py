"""Two runs at one step as tables: how they do, what they confuse, and what they have learnt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lessons.train.scene import Scene
from lessons.train.view import Array, View, run_names
from softmax_core import TrainConfig, TrainState, score_on
from softmax_core.training import LockStep, confusion_matrix
from ui import signs
from ui.charts.picture import Table, Translate
from ui.numerals import numeral

DECIMALS = 3  # of the coordinates that a reader gives
_GIVEN = 10
_DUST = 32  # roundings that a sum of shares may have left
FEATURES = ("x₁", "x₂", "x₁²", "x₁x₂", "x₂²")


def figures(
    view: View,
    lock: LockStep,
    step: int,
    states: Sequence[TrainState],
    configs: Sequence[TrainConfig],
    t: Translate,
) -> Table:
    """How both runs do at a step."""
    rows = [
        [t("State"), *(status(lock, run, step, view.n_steps, t) for run in range(2))],
        [t("Loss"), *(_whole(state, run) for run, state in enumerate(states))],
        [t("of it data loss"), *(loss_text(state.data_loss, run) for run, state in enumerate(states))],
        [t("of it penalty"), *(numeral(state.penalty) for state in states)],
        [t("Training accuracy"), *(percent(state.accuracy) for state in states)],
    ]
    if view.test is not None:
        judged = [score_on(state, config, view.test) for state, config in zip(states, configs, strict=True)]
        rows.append([t("Test accuracy"), *(percent(score.accuracy) for score in judged)])
        rows.append([t("Test loss"), *(loss_text(score.data_loss, run) for run, score in enumerate(judged))])
    rows.append([t("Length of the gradient"), *(numeral(state.gradient_norm) for state in states)])
    rows.append([t("Length of the weights"), *(numeral(_weight_length(state)) for state in states)])
    names = [
        name if state.step == step else t("{run}, its step {step}", run=name, step=state.step)
        for name, state in zip(run_names(t), states, strict=True)
    ]
    return Table([t("At step {step}", step=step), *names], rows)


def loss_text(value: float, run: int, digits: int = 4) -> str:
    """A loss in words; that of softmax is never 0, though a float64 may not hold it."""
    return "≈ 0" if run == 0 and value == 0 else numeral(value, digits)


def _whole(state: TrainState, run: int) -> str:
    """The loss; ≈ where its parts, as they are printed below it, do not come to it."""
    text = loss_text(state.total, run)
    if state.total == 0:
        return text
    parts = sum(as_printed(part) for part in (state.data_loss, state.penalty))
    return text if numeral(parts) == text else f"≈ {text}"


def as_printed(value: float, digits: int = 4) -> float:
    """The number that a reader sees where `numeral` writes this one."""
    return float(numeral(value, digits).replace("−", "-"))


def status(lock: LockStep, run: int, step: int, n_steps: int, t: Translate) -> str:
    """In words what a run is doing at a step."""
    history = lock.histories[run]
    head = history.head
    if not head.final or step < head.step:
        if step == n_steps:
            return t("step {step} reached", step=step)
        return t("not begun") if step == 0 else t("learning")
    at = head.step
    if head.status == "DIVERGED":
        return t("blew up at step {step}", step=at)
    if head.ending == "loss":
        return t("loss reached at step {step}", step=at)
    return t("stopped at step {step}: gradient ≈ 0", step=at)


def confusion(state: TrainState, view: View, name: str, t: Translate) -> Table:
    """Training points by class and by what the classifier calls them."""
    counts = confusion_matrix(state, view.train).tolist()
    heads = [
        t("{run}: true class", run=name),
        *(t("says {name}", name=signs.markdown(each)) for each in view.class_names),
    ]
    rows = [
        [
            signs.markdown(label),
            *(f"**{count}**" if place == row else str(count) for place, count in enumerate(line)),
        ]
        for row, (label, line) in enumerate(zip(view.class_names, counts, strict=True))
    ]
    return Table(heads, rows)


def parameters(state: TrainState, view: View, name: str, t: Translate) -> Table:
    """W and b with their gradients, a row for each class; of a hidden layer only the sizes."""
    if state.layout.model == "hidden":
        return _sizes(state, name, t)
    values, slopes = state.params, state.gradients
    dust = _DUST * float(np.finfo(state.gradient.dtype).eps) * max(1.0, float(abs(state.gradient).max()))
    features = FEATURES[: state.layout.n_inputs]
    columns = [t("{run}: class", run=name)]
    columns += [
        column for feature in (*features, "b") for column in (_weight(feature), f"∂L/∂{_weight(feature)}")
    ]
    rows = []
    for label, class_name in enumerate(view.class_names):
        cells = [signs.markdown(class_name)]
        for feature in range(len(features)):
            cells += [
                numeral(float(values["W"][feature, label])),
                _slope(slopes["W"][feature, label], dust),
            ]
        rows.append([*cells, numeral(float(values["b"][label])), _slope(slopes["b"][label], dust)])
    return Table(columns, rows)


def _slope(value: float, dust: float) -> str:
    """A sum over all samples; what rounding leaves of 0 is no number to read."""
    return "≈ 0" if 0 < abs(value) < dust else numeral(float(value))


def _weight(feature: str) -> str:
    return "b" if feature == "b" else f"W({feature})"


def _sizes(state: TrainState, name: str, t: Translate) -> Table:
    columns = [f"{name}", t("Shape"), t("Length"), t("Length of the gradient")]
    gradients = state.gradients
    rows = [
        [
            part,
            " × ".join(map(str, values.shape)),
            _length(values, t),
            _length(gradients[part], t),
        ]
        for part, values in state.params.items()
    ]
    return Table(columns, rows)


def _length(values: Array, t: Translate) -> str:
    """In float64: the squares of a large float32 would overflow."""
    with np.errstate(all="ignore"):
        length = float(np.linalg.norm(values.astype(np.float64)))
    return numeral(length) if np.isfinite(length) else t("too large")


def _weight_length(state: TrainState) -> float:
    squares: Any = sum(
        float(np.square(values.astype(float)).sum())
        for part, values in state.params.items()
        if part.startswith("W")
    )
    return float(np.sqrt(squares))


def percent(share: float) -> str:
    """A share of the points, with the same decimal wherever it is shown; more, where it would read as all."""
    texts = [f"{100 * share:.{places}f}" for places in range(1, 9)]
    honest = (text for text in texts if share in (0, 1) or float(text) not in (0, 100))
    return f"{next(honest, texts[-1])} %"


def coordinate(value: float) -> str:
    """A coordinate of a point: all digits that a reader gave, else four of them."""
    return numeral(value, _GIVEN if round(value, DECIMALS) == value else 4)


@dataclass(frozen=True, slots=True)
class Kept:
    """Two runs that were kept for comparing: how they were at a step, and to which step they go."""

    scene: Scene
    states: Sequence[TrainState]
    end: int


def pinned(scene: Scene, states: Sequence[TrainState], pins: Sequence[Kept], t: Translate) -> Table:
    """Runs side by side: the settings in which they differ, and how they are."""
    runs = [
        (t("now"), scene, states),
        *(
            (t("{number}, kept to step {step}", number=number, step=pin.end), pin.scene, pin.states)
            for number, pin in enumerate(pins, start=1)
        ),
    ]
    settings = [_settings(each, t) for _, each, _ in runs]
    names = [name for name in settings[0] if len({setting[name] for setting in settings}) > 1]
    columns = [t("Run"), t("Step"), *names]
    for name in run_names(t):
        columns += [t("{run}: loss", run=name), t("{run}: accuracy", run=name)]
    rows = []
    for (label, _, ends), setting in zip(runs, settings, strict=True):
        row = [label, str(max(state.step for state in ends)), *(setting[name] for name in names)]
        for run, state in enumerate(ends):
            row += [loss_text(state.total, run), percent(state.accuracy)]
        rows.append(row)
    return Table(columns, rows)


def _settings(scene: Scene, t: Translate) -> dict[str, str]:
    """Every setting of a scene by its name on the page; of several segments the last."""
    last, recipe = scene.segments[-1], scene.recipe
    points = t("own points") if recipe is None else recipe.name
    return {
        t("Data set"): points,
        t("Points"): str(len(scene.points or ()) if recipe is None else recipe.n_samples),
        t("Noise"): "–" if recipe is None or recipe.noise is None else numeral(recipe.noise),
        t("Seeds"): f"{recipe.seed if recipe else 0}, {scene.seed}",
        t("Model"): f"{scene.model} {scene.n_hidden}" if scene.model == "hidden" else scene.model,
        t("Hinge"): "H²" if scene.hinge.startswith("squared") else "H",
        "η": numeral(last.rate),
        "λ": numeral(last.l2),
        "Δ": numeral(last.margin),
        t("Optimiser"): last.optimiser,
        t("Batch"): "N" if last.batch_size is None else str(last.batch_size),
        t("Branches"): str(len(scene.segments) - 1),
    }
