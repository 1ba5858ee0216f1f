"""Addresses that nobody means well with open every page all the same."""

from __future__ import annotations

import random

import pytest
from streamlit.testing.v1 import AppTest

from lessons import PAGES
from tests.app import hostile
from tests.lessons.conftest import ROOT


@pytest.mark.parametrize("seed", range(hostile.COUNT or 16))
def test_a_hostile_address_opens_its_page(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    lesson = PAGES[seed % len(PAGES)]
    asked = hostile.query(rng, hostile.keys_of(lesson))
    at = AppTest.from_file(str(ROOT / "app" / "main.py"), default_timeout=60)
    for key, values in asked.items():
        at.query_params[key] = values
    if lesson.path:
        at.switch_page(f"../pages/{lesson.slug}.py")
    at.run()
    assert not at.exception, asked
    assert len(at.title) == 1
    assert sum(len(warning.value) for warning in at.warning) < 20_000, "words have bounds too"


def test_the_finds_of_earlier_runs_stay_found() -> None:
    for slug, asked in (
        ("stability", {"f": ["1e-320,1e-320"], "dtype": ["float32"]}),
        ("losses", {"": ["x", "", "1"], "train-session": ["a", "b"], "$$ID-x": ["1", "2"]}),
    ):
        at = AppTest.from_file(str(ROOT / "app" / "main.py"), default_timeout=60)
        for key, values in asked.items():
            at.query_params[key] = values
        assert not at.switch_page(f"../pages/{slug}.py").run().exception
