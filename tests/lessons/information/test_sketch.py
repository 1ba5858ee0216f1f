"""What is said of a sketch of the surprise is so, by a computation of its own."""

from __future__ import annotations

from itertools import product
from math import log2

import pytest

from lessons.information import sketch
from lessons.information.pictures.coin import surprise
from tests.lessons.said import heard, page
from tests.lessons.sketched import close
from ui.text import CODES

PLACES = (1 / 8, 1 / 4, 1.0)
TRUE = tuple(log2(1 / q) for q in PLACES)
DRAWN = [*product((0.0, 0.4, 0.5, 1.0, 1.4, 1.5, 1.75, 2.0, 2.3, 3.0, 4.0, 6.0), repeat=3)]


def is_so(section: str, drawn: tuple[float, ...], said: dict[str, object]) -> bool:
    """Whether a reason is true of a sketch."""
    rare, quarter, certain = drawn
    near = [abs(height - true) <= 0.3 for height, true in zip(drawn, TRUE, strict=True)]
    off = max(abs(height - true) for height, true in zip(drawn, TRUE, strict=True))
    is_furthest = any(
        (name, f"{height:g}", f"{true:g}") == (said["q"], said["drawn"], said["bits"])
        and abs(height - true) == off
        for name, height, true in zip(("⅛", "¼", "1"), drawn, TRUE, strict=True)
    )
    return {
        "coin-right": all(near),
        "coin-less": rare < quarter or quarter < 1 or certain > 1 or rare < 1 or quarter < certain,
        "coin-straight": close(drawn, (1.75, 1.5, 0.0)) and near[2],
        "coin-reciprocal": close(drawn, (4.0, 2.0, 0.5)) and near[1] and not near[0],
        "coin-certain": near[0] and near[1] and not near[2] and said["drawn"] == f"{certain:g}",
        "coin-some": is_furthest and (said["close"], said["count"]) == (sum(near), 3) and 0 < sum(near) < 3,
        "coin-far": is_furthest and not any(near),
    }[section]


@pytest.mark.parametrize("code", CODES)
def test_every_reason_is_true_of_its_sketch(code: str) -> None:
    lesson, told = page("information", code), set()
    for drawn in DRAWN if code == "en" else DRAWN[::9]:
        with heard() as sentences:
            verdict = sketch.judge(lesson, drawn)
        reason = next(each for each in sentences if each.name.startswith("coin-"))
        assert is_so(reason.name, drawn, dict(reason.values)), (reason, drawn)
        assert verdict.right == close(drawn, TRUE)
        told.add(reason.name)
    if code == "en":
        assert len(told) == 7, "each reason was given"


@pytest.mark.parametrize("code", CODES)
def test_nothing_of_the_picture_tells_before_the_answer(code: str) -> None:
    t = page("information", code).t
    before = surprise(0.25, (1.0, 1.0, 1.0), t, told=False)
    assert [row[:2] for row in before.table.rows] == [["1", "?"], ["0.5", "1"], ["0.25", "?"], ["0.125", "?"]]
    assert t("It lies on a curve that rises by 1 bit with each halving of q.") not in before.description
    after = surprise(0.25, (1.0, 1.0, 1.0), t, told=True)
    assert ["0.125", "3", "1"] in after.table.rows
    assert [handle.y for handle in before.handles] == [handle.y for handle in after.handles] == [1.0] * 3
