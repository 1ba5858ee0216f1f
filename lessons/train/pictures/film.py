"""Two classifiers that learn side by side: what they say over the plane, and how loss and accuracy go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from lessons.train.pictures import curves as train_curves
from lessons.train.pictures import layout as train_layout
from lessons.train.pictures.curves import Old
from lessons.train.pictures.layers import FIELD_AXES, field_frames, layers
from lessons.train.pictures.numbers import coordinate, loss_text, percent
from lessons.train.pictures.plane import Frame
from lessons.train.settings import HINGES, OPTIMISERS
from lessons.train.view import PULLS, SATISFIED, View, run_names
from softmax_core import TrainState
from softmax_core.training import LockStep
from ui import signs
from ui.charts import draw, style
from ui.charts.labels import short
from ui.charts.picture import Picture, Table, Trace, Translate
from ui.numerals import numeral

_ROWS = 12
_NAME_ROOM = 16
_DRAWN: WeakKeyDictionary[View, tuple[Translate, list[Trace]]] = WeakKeyDictionary()
_SIGNS: dict[str, str] = {name: sign for sign, name in (*HINGES.items(), *OPTIMISERS.items())}


def picture(
    view: View, newest: Callable[[], LockStep], step: int, old: Sequence[Old], t: Translate
) -> Picture:
    """Both fields with their points, and the curves beside them; the layers of the canvas show what learns.

    `newest` gives the runs as far as they have come, whenever it is asked.
    """
    lock = newest()
    shapes, notes = train_curves.chance_marks(lock, view.log)
    samples, frame = points(view, t), _chosen(view, t)
    n_field, signed = len(samples) // 2, [*samples, *frame, *marks(view, t)]
    names = [trace["name"] for trace in signed if trace.get("showlegend", True)]
    layout = {
        **train_layout.framed(names, t),
        "showlegend": True,
        "hoverlabel": {"align": "left"},
        **train_layout.field_axes(view.frame),
        **train_layout.curve_axes(view, lock, t),
        "shapes": shapes,
        "annotations": [*train_layout.titles(view, t), *notes],
    }
    return Picture(
        title=t("Two classifiers learning"),
        description=describe(view, lock, step, t),
        figure={
            "data": [*signed, *train_curves.traces(view, lock, old, t)],
            "layout": layout,
            "narrow": train_layout.narrow(view, names, notes, t),
            "narrow_hides": [*range(n_field, 2 * n_field), *([2 * n_field + 1] if frame else [])],
        },
        table=table(lock, t),
        layers=[*layers(view), *train_curves.lines(view, newest, old)],
        points=np.round(view.everything.X, 4),
        caption=_caption(lock, step),
        point_axes=FIELD_AXES,
    )


def _caption(lock: LockStep, step: int) -> str:
    """The settings in the signs of the controls, so that a saved picture can be told from another."""
    run = lock.histories[1]
    config = run.segment_at(min(step, run.head.step)).config
    rule = _SIGNS[config.optimiser]
    parts = [
        config.model if config.model != "hidden" else f"hidden {config.n_hidden}",
        f"η = {numeral(config.rate)}",
        f"λ = {numeral(config.l2)}",
        f"{_SIGNS[config.loss]}, Δ = {numeral(config.margin)}",
        rule if config.batch_size is None else f"{rule}, {config.batch_size}",
        f"N = {run.data.n_samples}",
    ]
    return " · ".join(parts)


def blank(frame: Frame, t: Translate) -> Picture:
    """A plane without points, where it will be when there are some."""
    nothing = {"type": "scatter", "x": [None], "y": [None], "showlegend": False}  # Plotly draws no bare axes
    fields = [{**nothing, "xaxis": f"x{axis}", "yaxis": f"y{axis}"} for axis in ("", "2")]
    return Picture(
        title=t("An empty plane"),
        description=t("There is no point yet."),
        figure={
            "data": fields,
            "layout": train_layout.blank(frame),
            "narrow": train_layout.blank_narrow(frame),
            "narrow_hides": [1],
        },
        table=Table([t("Points")], [["0"]]),
        point_axes=FIELD_AXES,
    )


def frames(
    view: View,
    lock: LockStep,
    steps: Sequence[int],
    runs: Sequence[Sequence[TrainState]],
    n_layers: int,
    t: Translate,
) -> list[Mapping[str, Any]]:
    """What the stage shows at some steps; the curves come with the picture, not with its frames."""
    good = [_good(lock, run, states) for run, states in enumerate(runs)]
    configs = [run.segment_at(steps[0]).config for run in lock.histories]
    found: list[Mapping[str, Any]] = []
    for index, fields in enumerate(field_frames(view, good, configs)):
        still = [None] * (n_layers - len(fields))
        label = _label(steps[index], [states[index] for states in runs], t)
        found.append({"step": steps[index], "label": label, "layers": [*fields, *still]})
    return found


def _good(lock: LockStep, run: int, states: Sequence[TrainState]) -> Sequence[TrainState]:
    """The states, and in place of one that blew up the last good one before it."""
    if states[-1].status != "DIVERGED":
        return states
    good = lock.last_good(states[-1].step)[run]
    return [good if state.status == "DIVERGED" else state for state in states]


def _label(step: int, states: Sequence[TrainState], t: Translate) -> str:
    parts = [
        f"{name}: {t('blew up at step {step}', step=state.step)}"
        if state.status == "DIVERGED"
        else t(
            "{run} loss {loss}, {right} right",
            run=name,
            loss=loss_text(state.total, run),
            right=percent(state.accuracy),
        )
        for run, (name, state) in enumerate(zip(run_names(t), states, strict=True))
    ]
    unbroken = [part.replace(" %", "\N{NO-BREAK SPACE}%") for part in parts]
    return t("step {step}", step=step) + " · " + " · ".join(unbroken)


def describe(view: View, lock: LockStep, step: int, t: Translate) -> str:
    """The picture at a step in words."""
    runs = [_judged(run, state, t) for run, state in enumerate(lock.at(step))]
    return t(
        "{n} points of {k} classes over a plane, shown twice: the regions of a softmax classifier, shaded by "
        "the probability of the winner, and those of an SVM, shaded by its lead in score. Then loss and "
        "accuracy over the steps. At step {step}: {runs}.",
        n=view.everything.n_samples,
        k=view.n_classes,
        step=step,
        runs="; ".join(runs),
    )


def _judged(run: int, state: TrainState, t: Translate) -> str:
    name = run_names(t)[run]
    if state.status == "DIVERGED":
        return f"{name} {t('blew up at step {step}', step=state.step)}"
    return t(
        "{run} has the loss {loss} and {right} of the training points right",
        run=name,
        loss=loss_text(state.total, run),
        right=percent(state.accuracy),
    )


def table(lock: LockStep, t: Translate) -> Table:
    """The curves at a dozen of their steps."""
    curves = [run.curve for run in lock.histories]
    longest = max(curves, key=lambda curve: int(curve.step[-1])).step
    chosen = longest[np.unique(np.linspace(0, len(longest) - 1, _ROWS).astype(int))]
    columns = [t("Step")]
    for name in run_names(t):
        columns += [t("{run}: loss", run=name), t("{run}: accuracy", run=name)]
    rows = []
    for step in chosen.tolist():
        row = [str(step)]
        for run, curve in enumerate(curves):
            at = int(np.searchsorted(curve.step, step, side="right")) - 1
            row += [loss_text(float(curve.total[at]), run), percent(float(curve.accuracy[at]))]
        rows.append(row)
    return Table(columns, rows)


def points(view: View, t: Translate) -> list[Trace]:
    """The samples of each class in both fields; those for testing are hollow. Drawn once for a view."""
    language, drawn = _DRAWN.get(view, (None, []))
    if language is not t:
        first = [_samples(view, label, t) for label in range(len(view.class_names))]
        drawn = [
            {**trace, "xaxis": f"x{axis}", "yaxis": f"y{axis}", "showlegend": not axis}
            for axis in ("", "2")
            for trace in first
        ]
        _DRAWN[view] = t, drawn
    return drawn


def _samples(view: View, label: int, t: Translate) -> Trace:
    name, mine = view.class_names[label], np.flatnonzero(view.everything.labels == label)
    exact = view.everything.X[mine]
    x, y = np.round(exact, 3).T.tolist()
    tested = (mine >= view.n_train).tolist()
    kinds = t("training"), t("test")
    return {
        "type": "scatter",
        "mode": "markers",
        "name": signs.plotly(short(name, _NAME_ROOM)),
        "x": x,
        "y": y,
        "text": [
            f"{number + 1} · {kinds[hollow]}<br>({', '.join(map(coordinate, place))})"
            for number, hollow, place in zip(mine.tolist(), tested, exact.tolist(), strict=True)
        ],
        "hovertemplate": f"<b>{signs.plotly(name)}</b> · %{{text}}<extra></extra>",
        "marker": {"symbol": style.MARKERS[label], "size": 9, **_paint(label, tested)},
    }


def _chosen(view: View, t: Translate) -> list[Trace]:
    """A frame around the point that the reader has chosen."""
    if view.chosen is None:
        return []
    x, y = np.round(view.everything.X[view.chosen], 3).tolist()
    return [
        draw.dots(
            [x],
            [y],
            name=t("chosen"),
            showlegend=not axis,
            xaxis=f"x{axis}",
            yaxis=f"y{axis}",
            marker={"symbol": "square-open", "size": 18, "color": style.INK, "line": {"width": 2.5}},
        )
        for axis in ("", "2")
    ]


def marks(view: View, t: Translate) -> list[Trace]:
    """What the legend says of the signs at the points."""
    found = [(t("wrong"), "circle-open", style.ALARM)]
    if view.test is not None:
        found.insert(0, (t("test (hollow)"), "circle-open", style.INK))
    if SATISFIED in view.shown:
        found.append((t("no longer felt"), "x-thin", style.INK))
    if PULLS in view.shown:
        found.append((t("falls this way"), "arrow-right", style.INK))
    return [
        draw.dots(
            [None],
            [None],
            name=name,
            marker={"symbol": symbol, "size": 12, "color": colour, "line": {"color": colour, "width": 2}},
        )
        for name, symbol, colour in found
    ]


def _paint(label: int, hollow: Sequence[bool]) -> dict[str, Any]:
    """Full points with a dark edge, hollow ones with a thick edge in the colour of the class."""
    colour = style.COLOURS[label]
    if not any(hollow):
        return {"color": colour, "line": {"color": style.INK, "width": 1}}
    return {
        "color": [style.PAPER if each else colour for each in hollow],
        "line": {
            "color": [colour if each else style.INK for each in hollow],
            "width": [2.5 if each else 1 for each in hollow],
        },
    }
