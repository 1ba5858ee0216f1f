"""The examples in the docstrings run, and every public function states its contract."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil

import pytest

import softmax_core

MODULES = [f"softmax_core.{module.name}" for module in pkgutil.iter_modules(softmax_core.__path__)]
CONTRACTS = [
    "cross_entropy",
    "cross_entropy_gradient",
    "float_limits",
    "log_softmax",
    "logsumexp",
    "safe_shift_interval",
    "sigmoid",
    "soft_cross_entropy",
    "soft_cross_entropy_gradient",
    "softmax",
    "softmax_steps",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__, "a module says what it is for"
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_docstring_is_a_contract(name: str) -> None:
    text = inspect.getdoc(getattr(softmax_core, name))
    for section in ("Args:", "Returns:", "Raises:", "Formula:", ">>> "):
        assert section in text
    assert text.splitlines()[0].endswith(".")


def test_every_public_name_exists_and_is_documented() -> None:
    for name in softmax_core.__all__:
        thing = getattr(softmax_core, name)
        assert not callable(thing) or thing.__doc__
