"""Every result type: it pickles and copies, what is read-only stays so, and comparing it never raises."""

from __future__ import annotations

import copy
import gc
import pickle
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pytest

import softmax_core as sc
from softmax_core.training import _batches as batches

CHAPTERS = (
    sc.functions,
    sc.losses,
    sc.numerics,
    sc.datasets,
    sc.linear,
    sc.information,
    sc.training,
    sc.notes,
)
EXPORTED = {name: getattr(package, name) for package in CHAPTERS for name in package.__all__}
RECORDS = sorted(name for name, thing in EXPORTED.items() if isinstance(thing, type) and is_dataclass(thing))
TABLES = sorted(name for name, thing in EXPORTED.items() if isinstance(thing, Mapping))


@cache
def examples() -> dict[str, Any]:
    """One of each result type, by name."""
    data, test = sc.split_data(sc.datasets.small_blobs(seed=0), 0.3)
    config = sc.TrainConfig(model="hidden", n_hidden=4, rate=0.3)
    wild = sc.run_training(sc.TrainConfig(loss="squared_weston_watkins", rate=30.0), data, 200)
    run = sc.run_training(config, data, 40, test).branched(20, replace(config, rate=0.1)).advanced(10)
    params = sc.LinearParams(np.eye(2, 3), [0.0, 0.1, 0.2])
    plane = params, data, "cross_entropy", 0.5, *sc.linear.weight_directions((2, 3), (0, 0), (1, 1))
    surface = sc.linear.weight_surface(*plane, np.linspace(-2, 2, 9), np.linspace(-2, 2, 9))
    fit = sc.information.sureness_over_l2(data, test, [0.1])[0]
    path = [sc.LinearParams([[x, y]], [0.0, 0.0]) for x, y in ((0, 0), (1, 2), (4, 0))]
    steps = sc.softmax_steps([123, 456, 789], "naive", "float16")
    state = sc.run_training(sc.TrainConfig(), data, 5).head
    found = [
        *(data, config, run, wild.head.divergence, params, surface, fit, fit.fit, fit.bins[0], steps),
        *(run.head, run.curve, run.segments[0], run.ghosts[0], run.head.layout),
        *(steps.failures[0], state),
        *(sc.training.Learning(), sc.training.SETTINGS["rate"]),
        sc.training.start_lockstep((config, replace(config, loss="weston_watkins")), data),
        sc.training.score_on(run.head, config, data),
        sc.training.sample_pulls(run.head, config, data),
        sc.training.check_train_gradient(run.head.params, config, data),
        sc.training.region_frames([run.head], sc.training.FieldGrid([0, 1, 2], [0, 1])),
        sc.training.FieldGrid([0, 1, 2], [0, 1]),
        sc.training.zero_lines(state, (-1.0, 1.0, -2.0, 2.0)),
        sc.training.tried_rate([wild], (0.05, 0.5), 50),
        sc.training.step_verdict(run),
        sc.training.step_limit(state, sc.TrainConfig(), data),
        sc.float_limits("float16"),
        sc.numerics.safe_shift_interval([1.0, 2.0], "float32"),
        sc.notes.spiral_band(draws=2, steps=2),
        sc.notes.GOLD[0],
        sc.notes.recompute(sc.notes.GOLD[0]),
        sc.information.running_likelihood(params, data),
        sc.information.log_posterior(params, data, 0.1),
        sc.losses.gap_slice("cross_entropy", [-1.0, 1.0]),
        sc.linear.penalty([1.0, 2.0], 0.1, halved=True),
        sc.numerics.divergence_sweep([1.0, 2.0], [1.0, 900.0], "float64"),
        sc.LOSSES["cross_entropy"],
        sc.check_calibration([[0.9, 0.1]], [0], draws=1),
        sc.DATASETS["iris"],
        sc.losses.steepest_descent_path("weston_watkins", [0.0, -0.5]),
        sc.objective(params, data, "cross_entropy"),
        sc.linear.rescale_objective(params, data, "weston_watkins", 0.1, 1.0, 2.0),
        sc.numerics.decimal_hinge([1.4, 0.9], 0),
        sc.linear.plane_minimum(surface, *plane),
        sc.check_gradient(params, data, "cross_entropy"),
        sc.linear.path_directions(path),
        sc.numerics.try_variant(sc.numerics.softmax_naive, [1.0, 2.0]),
    ]
    return {type(each).__name__: each for each in found}


def arrays(thing: Any) -> Iterator[np.ndarray]:
    """Every array in a result, however deep, in order."""
    if isinstance(thing, np.ndarray):
        yield thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from arrays(getattr(thing, field.name))
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from arrays(value)
    elif isinstance(thing, (tuple, list)):
        for value in thing:
            yield from arrays(value)


COPIES = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "replace": replace,
    **{f"pickle {n}": lambda thing, n=n: pickle.loads(pickle.dumps(thing, n)) for n in (0, 2, 4, 5)},  # noqa: S301
}


@pytest.mark.parametrize("name", RECORDS)
def test_a_result_survives_every_way_of_copying(name: str) -> None:
    thing = examples()[name]
    said = repr(thing)
    for way, copied in COPIES.items():
        if way == "replace" and name in ("Data", "LinearParams", "FieldGrid"):
            continue  # made by a function of their own
        other = copied(thing)
        assert type(other) is type(thing), way
        for one, two in zip(arrays(thing), arrays(other), strict=True):
            assert one.dtype == two.dtype
            assert one.flags.writeable == two.flags.writeable, way
            np.testing.assert_array_equal(one, two)
        assert repr(other) == said


@pytest.mark.parametrize("name", RECORDS)
def test_a_result_can_be_compared_and_put_into_a_set(name: str) -> None:
    thing = examples()[name]
    other = copy.deepcopy(thing)
    for one, two in ((thing, thing), (thing, other), (other, thing), (thing, None)):
        assert isinstance(one == two, bool)
        assert isinstance(one != two, bool)
    assert thing in {thing}
    assert hash(thing) == hash(copy.copy(thing)) or thing != copy.copy(thing)
    with pytest.raises((FrozenInstanceError, TypeError)):
        setattr(thing, fields(thing)[0].name, None)


@pytest.mark.parametrize("name", ["Data", "LinearParams", "TrainState", "FieldGrid"])
def test_what_is_read_only_stays_so(name: str) -> None:
    thing = examples()[name]
    assert list(arrays(thing))
    for copied in (copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))):  # noqa: S301
        for array in arrays(copied(thing)):
            with pytest.raises(ValueError, match="read-only"):
                array[...] = 0


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_itself_in_every_copy_and_cannot_be_changed(name: str) -> None:
    table = EXPORTED[name]
    for way in ("copy", "deepcopy", "pickle 2", "pickle 5"):
        assert COPIES[way](table) is table
    with pytest.raises(TypeError):
        table["new"] = None
    with pytest.raises((AttributeError, TypeError)):
        table.clear()
    assert table == dict(table)
    assert hash(table) == hash(COPIES["deepcopy"](table))


@pytest.mark.parametrize("name", sorted(name for name, thing in EXPORTED.items() if name.isupper()))
def test_every_constant_pickles(name: str) -> None:
    constant = EXPORTED[name]
    assert COPIES["pickle 5"](constant) == constant or name == "GOLD"
    copy.deepcopy(constant)


def test_parameters_by_name_are_compared_entry_by_entry() -> None:
    state = examples()["TrainState"]
    params = state.params
    other = copy.deepcopy(params)
    assert params == other == dict(params)
    assert hash(params) == hash(other)
    assert params != state.gradients
    assert params != {"W": 0}
    assert params != 3
    for array in other.values():
        assert not array.flags.writeable


def test_the_preparations_of_data_go_with_the_data() -> None:
    data = sc.datasets.small_blobs(seed=0)
    for margin in range(40):
        sc.training.initial_state(sc.TrainConfig(loss="weston_watkins", margin=float(margin)), data)
    assert data in batches._kept
    assert len(batches._kept[data]) <= 16
    prepared = weakref.ref(batches.prepare(sc.TrainConfig(), data).everything.inputs)
    assert batches.prepare(sc.TrainConfig(rate=0.1), data).everything.inputs is prepared()
    gone = weakref.ref(data)
    del data
    gc.collect()
    assert gone() is None
    assert prepared() is None
