"""The examples in the docstrings run, and every public function states its contract."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
from collections import Counter
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, get_origin

import pytest

import softmax_core
from softmax_core import datasets, functions, information, linear, losses, notes, numerics, training

CHAPTERS = (functions, losses, numerics, datasets, linear, information, training, notes)

MODULES = [module.name for module in pkgutil.walk_packages(softmax_core.__path__, "softmax_core.")]


def is_class_or_function(thing: Any) -> bool:
    return callable(thing) and get_origin(thing) is None  # an alias of a type can be called as well


FUNCTIONS: dict[str, Callable[..., Any]] = {
    name: thing
    for chapter in CHAPTERS
    for name in chapter.__all__
    if is_class_or_function(thing := getattr(chapter, name)) and not isinstance(thing, type)
}
#: What the lessons stand on: errors and formula are told of each.
CONTRACTS = {
    "cross_entropy",
    "cross_entropy_gradient",
    "distribution_cross_entropy",
    "entropy",
    "fit_over_l2",
    "float_limits",
    "kl_divergence",
    "log_softmax",
    "logsumexp",
    "reliability_bins",
    "running_likelihood",
    "safe_shift_interval",
    "sigmoid",
    "soft_cross_entropy",
    "soft_cross_entropy_gradient",
    "softmax",
    "softmax_steps",
    "surprisal",
}


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__, "a module says what it is for"
    assert doctest.testmod(module).failed == 0


def missing(name: str, function: Callable[..., Any]) -> Iterator[str]:
    """What the documentation of a public function lacks."""
    text = str(inspect.getdoc(function))
    if not text.split("\n\n")[0].endswith((".", "?")):
        yield "a sentence at its beginning"
    if not re.search(r"^(Returns|Yields):", text, re.MULTILINE):
        yield "what it returns"
    examples = doctest.DocTestParser().get_examples(text)
    if not any(name in example.source for example in examples):
        yield "an example that calls it"
    if "    raise " in inspect.getsource(function) and not re.search(r"^Raises:", text, re.MULTILINE):
        yield "what it raises"
    if parameters := inspect.signature(function).parameters:
        found = re.search(r"^Args:(.*?)^(Returns|Yields):", text, re.MULTILINE | re.DOTALL)
        told = found[1] if found else ""
        yield from (other for other in parameters if not re.search(rf"\b{other}\b", told))
    if name in CONTRACTS:
        for section in ("Args:", "Returns:", "Raises:", "Formula:"):
            if not re.search(f"^{section}", text, re.MULTILINE):
                yield section


def test_a_public_function_says_what_it_takes_and_returns_and_shows_it() -> None:
    assert FUNCTIONS.keys() >= CONTRACTS
    lacking = {name: list(missing(name, function)) for name, function in FUNCTIONS.items()}
    assert {name: parts for name, parts in lacking.items() if parts} == {}


@pytest.mark.parametrize("package", [softmax_core, *CHAPTERS], ids=lambda package: package.__name__)
def test_the_list_of_public_names_is_whole_and_in_order(package: ModuleType) -> None:
    names = package.__all__
    assert [name for name, count in Counter(names).items() if count > 1] == []
    offered = {
        name
        for name, thing in vars(package).items()
        if not name.startswith("_") and not isinstance(thing, ModuleType)
    }
    assert set(names) == offered
    constants = [name for name in names if name.isupper()]
    functions = [name for name in names if name.islower()]
    classes = sorted(set(names) - {*constants, *functions})
    assert names == sorted(constants) + classes + sorted(functions)


@pytest.mark.parametrize("package", CHAPTERS, ids=lambda package: package.__name__)
def test_every_public_class_and_function_is_documented(package: ModuleType) -> None:
    things = [getattr(package, name) for name in package.__all__]
    assert [thing for thing in things if is_class_or_function(thing) and not thing.__doc__] == []
