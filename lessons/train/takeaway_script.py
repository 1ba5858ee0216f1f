"""A run as a program that makes it again: readable Python over the core, with the numbers it must reach.

What a reader named or typed is written as a literal, so that it stays a value and never becomes code.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain, pairwise
from textwrap import wrap
from typing import Any

from lessons.train import carried_core
from lessons.train.replay import build_configs, build_data
from lessons.train.scene import Scene
from softmax_core import TrainConfig, TrainHistory, TrainState
from softmax_core.training import LockStep
from ui import signs
from ui.text import Language

_WIDTH = 100
_SAID = ("model", "optimiser", "rate", "l2", "margin", "batch_size", "n_classes", "seed")  # also when usual


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the program, and what it is for."""

    words: str
    code: str


def script(scene: Scene, lockstep: LockStep, step: int, t: Language) -> str:
    """The program as one file; `step` is the step whose weights it must reach."""
    title, *parts = parts_of(scene, lockstep, step, t)
    intro = _literal_free(f"{title.words}\n\n{_needs(t)}")
    body = (f"{_comment(part.words)}\n{part.code.rstrip()}\n" for part in parts)
    core = carried_core.unpacking(carried_core.FROM_THIS_FILE)
    program = f'"""{intro}\n"""\n\n{core}\n\n{title.code}\n\n\n' + "\n\n".join(body)
    return f"{program}\n\n{carried_core.as_comments()}"


def notebook(scene: Scene, lockstep: LockStep, step: int, t: Language) -> str:
    """The same program as a notebook (nbformat 4.5), a cell a piece."""
    title, *parts = parts_of(scene, lockstep, step, t)
    core = carried_core.unpacking(carried_core.as_literal())
    cells = [("markdown", f"# Softmax Lab\n\n{title.words}\n\n{_needs(t)}"), ("code", core)]
    cells += [("code", title.code)]
    for part in parts:
        cells += [("markdown", part.words), ("code", part.code)]
    return json.dumps(
        {
            "cells": [_cell(number, kind, text) for number, (kind, text) in enumerate(cells)],
            "metadata": {
                "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                "language_info": {"name": "python"},
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        },
        ensure_ascii=False,
        indent=1,
    )


def parts_of(scene: Scene, lockstep: LockStep, step: int, t: Language) -> list[Part]:
    """The program piece by piece; the first piece has its title and its imports."""
    loads = ["TrainConfig", "start_history"]
    loads += ["Data"] if scene.points is not None else ["make_dataset"]
    loads += ["split_data"] if scene.test_share else []
    judges = build_data(scene)[1] is not None  # of a few points none may be left to keep apart
    loads += ["score_on"] if judges else []
    imports = (
        f"from dataclasses import replace\n\nfrom softmax_core import {', '.join(sorted(loads, key=_order))}"
    )
    return [
        Part(t("One run of Softmax Lab, made again up to step {step}.", step=step), imports),
        Part(t("The samples, and the names of their classes."), _samples(scene)),
        Part(t("What both runs have in common; only their losses differ."), _settings(scene, step)),
        Part(t("Train: from the first weights on, and with other settings where they were changed."), _LEARN),
        Part(
            t("Say what came out, and compare every weight with what the page showed, to the last digit."),
            _REPORT.replace("# judged\n", _JUDGED if judges else ""),
        ),
        Part(
            t("The weights that the page showed, after the step at which each run stood."),
            _shown(lockstep, step),
        ),
    ]


def _needs(t: Language) -> str:
    return t(
        "It needs Python 3.11 or later and NumPy 2 or later, and carries the package softmax_core along. The "
        "digits are those of the machine and the NumPy that showed them; another processor may round "
        "otherwise."
    )


def _samples(scene: Scene) -> str:
    names = f"CLASSES = {_code(build_data(scene)[2])}"
    if scene.points is not None:
        cells = " ".join(f"{x!r},{y!r},{label}" for x, y, label in scene.points)
        block = "\n".join(wrap(cells, _WIDTH, break_long_words=False, break_on_hyphens=False))
        data = (
            f'POINTS = """\n{block}\n"""\n'
            'rows = [point.split(",") for point in POINTS.split()]\n'
            "data = Data([[float(x), float(y)] for x, y, _ in rows], [int(label) for _, _, label in rows])"
        )
    else:
        assert scene.recipe is not None  # noqa: S101 - for the type checker
        asked = {field.name: getattr(scene.recipe, field.name) for field in fields(scene.recipe)}
        name = asked.pop("name")
        data = f"data = make_dataset({', '.join([_code(name), *_arguments(asked)])})"
    split = f"split_data(data, {scene.test_share!r}, seed={scene.split_seed!r})"
    parts = f"train, test = {split if scene.test_share else 'data, None'}"
    return "\n".join([names, data, parts, 'print(data.n_samples, "samples of the classes", *CLASSES)'])


def _arguments(values: Mapping[str, Any]) -> list[str]:
    return [f"{name}={_code(value)}" for name, value in values.items() if value is not None]


def _settings(scene: Scene, step: int) -> str:
    segments = [segment for segment in scene.segments if segment.step <= step]
    configs = [build_configs(scene, segment)[0] for segment in segments]
    usual = TrainConfig(n_hidden=scene.n_hidden)
    settings = {name: getattr(configs[0], name) for name in _SAID} | _changes(usual, configs[0])
    if scene.model == "hidden":
        settings["n_hidden"] = scene.n_hidden
    changes = [
        f"    ({segment.step}, {_code(_changes(before, after))}),"
        for segment, (before, after) in zip(segments[1:], pairwise(configs), strict=True)
    ]
    lines = ["settings = TrainConfig(", *(f"    {name}={_code(value)}," for name, value in settings.items())]
    lines += [")", f"STEP = {step}"]
    return "\n".join([*lines, "CHANGES = [", *changes, "]"] if changes else [*lines, "CHANGES = []"])


def _changes(before: TrainConfig, after: TrainConfig) -> dict[str, Any]:
    """The settings that are not as before. The two runs differ in their loss alone, so the loss is none."""
    pairs = ((field.name, getattr(before, field.name), getattr(after, field.name)) for field in fields(after))
    return {name: new for name, old, new in pairs if new != old and name != "loss"}


def _code(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_code(name)}: {_code(item)}" for name, item in value.items()) + "}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(_code, value)) + "]"
    return signs.python(value) if isinstance(value, str) else repr(value)


_LEARN = """\
def learn(loss):
    run = start_history(replace(settings, loss=loss), train, test)
    for step, change in CHANGES:
        run = run.advanced(step - run.head.step)
        run = run.branched(run.head.step, replace(run.config, **change))
    return run.advanced(STEP - run.head.step)
"""

_REPORT = """\
def compare(loss, step, weights):
    run = learn(loss)
    state = run.at(step)
    ends = {"CONVERGED": "stopped by itself at", "DIVERGED": "blew up at"}
    ended = ends.get(run.head.status, "was trained up to")
    print(f"{loss}, step {step}: the run {ended} step {run.head.step}")
    print(f"  loss {state.data_loss:.6g} + penalty {state.penalty:.6g} = {state.total:.6g}")
    print(f"  right on the training samples: {state.accuracy:.1%}")
# judged
    if run.head.divergence:
        print(f"  {run.head.divergence.reason}")
    for name, values in state.params.items():
        print(f"  {name} =\\n{values}")
        off = abs(values - weights[name]).max()
        assert values.tolist() == weights[name], f"{name} of {loss} is off by up to {off}"
    print("  every digit is as on the page")
"""

_JUDGED = (
    '    print(f"  right on those kept for testing: {score_on(state, run.config, test).accuracy:.1%}")\n'
)


def _shown(lockstep: LockStep, step: int) -> str:
    return "\n".join(chain(*map(_comparison, lockstep.histories, lockstep.last_good(step))))


def _comparison(run: TrainHistory, state: TrainState) -> Iterator[str]:
    yield f'compare("{run.config.loss}", {state.step}, {{'
    for name, values in state.params.items():
        rows = [wrap(repr(row) + ",", _WIDTH, break_long_words=False) for row in values.tolist()]
        if values.ndim == 1:
            rows = [wrap(", ".join(map(repr, values.tolist())) + ",", _WIDTH, break_long_words=False)]
        yield from (f'    "{name}": [', *(f"        {line}" for row in rows for line in row), "    ],")
    yield "})"


def _order(name: str) -> tuple[bool, str]:
    return name[0].islower(), name


def _comment(words: str) -> str:
    return "\n".join(f"# {line}" for line in wrap(words, _WIDTH))


def _literal_free(words: str) -> str:
    lines = words.replace("\\", "/").replace('"""', "'''").split("\n")
    return "\n".join("\n".join(wrap(line, _WIDTH)) for line in lines)


def _cell(number: int, kind: str, text: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "id": f"part-{number}", "metadata": {}, "source": _lines(text)}
    return {**cell, "execution_count": None, "outputs": []} if kind == "code" else cell


def _lines(text: str) -> Sequence[str]:
    return text.strip("\n").splitlines(keepends=True)
