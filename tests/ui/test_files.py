"""What a browser sends as a file is checked before it is taken for one."""

from __future__ import annotations

import base64

import pytest

from ui.files import files


def sent(data: bytes) -> dict[str, str]:
    return {"name": "points.csv", "data": base64.b64encode(data).decode()}


@pytest.mark.parametrize("data", [b"", b"x,y\n1,2", bytes(range(256)), b"\x00" * files.MAX_BYTES])
def test_a_file_comes_as_it_is(data: bytes) -> None:
    taken: list[tuple[str, bytes]] = []
    files._take(sent(data), lambda *file: taken.append(file))
    assert taken == [("points.csv", data)]


@pytest.mark.parametrize(
    "message",
    [
        None, "text", 7, [], {}, {"name": "a"}, {"data": "YQ=="}, {"name": 1, "data": "YQ=="},
        {"name": "a", "data": "no base64!"}, {"name": "a", "data": "YQ="}, {"name": "a", "data": ["YQ=="]},
        {"name": "a", "data": "A" * (2 * files.MAX_BYTES)}, {"name": "a", "data": "é"},
    ],
)  # fmt: skip
def test_what_is_no_file_is_not_taken(message: object) -> None:
    files._take(message, lambda *_: pytest.fail("taken"))


def test_a_name_is_cut_at_its_length() -> None:
    taken: list[str] = []
    files._take({"name": "x" * 10_000, "data": ""}, lambda name, _data: taken.append(name))
    assert taken == ["x" * 200]
