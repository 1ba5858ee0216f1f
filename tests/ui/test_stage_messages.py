"""What is packed for the stage arrives as it was, and what a browser asks for is kept within the film."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import streamlit as st

from ui.stage import Frames, film
from ui.stage.payload import Tail, digest, pack, text, unpack


def message(array: np.ndarray[Any, Any]) -> bytes:
    tail = Tail()
    lines = [tail.put({"x": array, "y": array}), tail.put(None), tail.put(np.arange(5, dtype=np.uint8))]
    return pack({"key": "a", "lines": lines}, tail)


@pytest.mark.parametrize("length", [0, 3, 20_000])
def test_numbers_arrive_as_they_were(length: int) -> None:
    numbers = np.random.default_rng(0).normal(size=length)
    data = message(numbers)
    compressed = data[:4] == bytes(4)
    assert compressed == (length == 20_000)
    arrived = unpack(data)
    assert arrived["key"] == "a"
    for axis in ("x", "y"):
        np.testing.assert_array_equal(arrived["lines"][0][axis], numbers.astype(np.float32))
    assert arrived["lines"][1] is None
    assert arrived["lines"][2].tolist() == [0, 1, 2, 3, 4]


def test_an_array_that_is_used_twice_is_sent_once() -> None:
    noise = np.random.default_rng(0).normal(size=1000)
    assert len(message(noise)) < 1.1 * 4 * 1000


def test_the_numbers_of_a_message_lie_at_multiples_of_eight() -> None:
    for name in ("a", "ab", "abc", "abcdefghi"):
        data = pack({"key": name}, Tail())
        assert len(data) % 8 == 0
        assert int.from_bytes(data[:4], "little") == len(data) - 4


def test_equal_pictures_have_one_digest_and_others_another() -> None:
    assert digest(text({"a": [1, 2]})) == digest(text({"a": [1, 2]}))
    assert digest(text({"a": [1, 2]})) != digest(text({"a": [1, 3]}))


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", kept)
    return kept


def a_film(name: str = "film", total: int = 100, **changes: Any) -> Frames:
    return Frames(name, total, (), lambda steps: [{"step": step} for step in steps], size=20, **changes)


def wish(**changes: Any) -> dict[str, Any]:
    return {"id": "film", "start": 10, "stride": 2, "count": 20, "at": 8, "holds": "", **changes}


def asked(frames: Frames, message: Any) -> list[int]:
    film.remember("a", frames, message)
    found = film.granted("a", frames)
    return [item["step"] for item in film.reel("a", frames, found, Tail())["items"]] if found else []


def test_a_wish_is_granted(state: dict[str, Any]) -> None:
    assert asked(a_film(), wish()) == list(range(10, 50, 2))
    assert state["a-at"] == 8


@pytest.mark.parametrize(
    ("changes", "steps"),
    [
        ({"start": -5, "stride": -1}, list(range(20))),
        ({"start": 10**9}, [99]),
        ({"count": 10**9, "stride": 1}, list(range(10, 30))),
        ({"count": 0}, [10]),
        ({"stride": 10**9}, [10]),
        ({"id": "another"}, []),
        ({"start": "10"}, []),
        ({"at": None}, []),
        ({"stride": 1.5}, []),
    ],
)
def test_a_wish_beyond_the_film_is_kept_within_it(
    state: dict[str, Any], changes: dict[str, Any], steps: list[int]
) -> None:
    assert asked(a_film(), wish(**changes)) == steps


def test_a_film_starts_with_a_few_frames_where_the_reader_is(state: dict[str, Any]) -> None:
    assert [item["step"] for item in film.reel("a", a_film(at=7), None, Tail())["items"]] == [7, 8]
    film.arrive("a", a_film(), 50.0)
    assert film.reel("a", a_film(at=7), None, Tail())["items"][0]["step"] == 50
    branch = film.reel("a", a_film("branch", at=30, follows=("film",)), None, Tail())
    assert [item["step"] for item in branch["items"]] == [30, 31]
    assert state["a-at"] == 30
