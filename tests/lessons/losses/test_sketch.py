"""What is said of a sketch of the cross-entropy over the gap is so, by a computation of its own."""

from __future__ import annotations

from itertools import product
from math import exp, isclose, log1p

import pytest

from lessons.losses import sketch
from lessons.losses.pictures.slices import slices
from tests.lessons.said import heard, page
from tests.lessons.sketched import close
from ui.text import CODES

GAPS = (-4.0, -2.0, 0.0, 2.0)
TRUE = tuple(log1p(exp(gap)) for gap in GAPS)
HINGE = tuple(max(0.0, 1 + gap) for gap in GAPS)
RIVAL = tuple(1 / (1 + exp(-gap)) for gap in GAPS)
DRAWN = [*product((0.0, 0.3, 0.5, 0.7, 1.0, 2.1, 3.0, 5.0), repeat=4)]


def is_so(section: str, drawn: tuple[float, ...], said: dict[str, str]) -> bool:
    """Whether a reason is true of a sketch."""
    near = [abs(height - true) <= 0.3 for height, true in zip(drawn, TRUE, strict=True)]
    off = max(abs(height - true) for height, true in zip(drawn, TRUE, strict=True))
    is_furthest = any(
        said["gap"] == f"{gap:g}".replace("-", "−")
        and said["drawn"] == f"{height:g}"
        and isclose(float(said["loss"]), true, rel_tol=1e-5)
        and abs(height - true) == off
        for gap, height, true in zip(GAPS, drawn, TRUE, strict=True)
    )
    return {
        "gap-near": all(near),
        "gap-reversed": drawn[0] > drawn[3],
        "gap-hinge": close(drawn, HINGE) and not near[3],
        "gap-bounded": close(drawn, RIVAL) and near[0] and near[1] and not near[3],
        "gap-even": near == [True, True, False, True] and said["drawn"] == f"{drawn[2]:g}",
        "gap-some": is_furthest and (said["close"], said["count"]) == (sum(near), 4) and any(near),
        "gap-far": is_furthest and not any(near),
    }[section]


@pytest.mark.parametrize("code", CODES)
def test_every_reason_is_true_of_its_sketch(code: str) -> None:
    lesson, told = page("losses", code), set()
    for drawn in DRAWN if code == "en" else DRAWN[::9]:
        with heard() as sentences:
            verdict = sketch.judge(lesson, drawn)
        reason = next(each for each in sentences if each.name.startswith("gap-"))
        known = zip((TRUE[0], TRUE[2], TRUE[3]), ("left", "even", "right"), strict=True)
        assert all(isclose(float(reason.values[name]), true, rel_tol=1e-5) for true, name in known)
        assert is_so(reason.name, drawn, dict(reason.values)), (reason, drawn)
        assert verdict.right == close(drawn, TRUE)
        told.add(reason.name)
    if code == "en":
        assert len(told) == 7, "each reason was given"


@pytest.mark.parametrize("code", CODES)
def test_before_the_answer_the_hinge_stands_alone(code: str) -> None:
    t = page("losses", code).t
    before, after = (slices(1.0, (1.0, 1.0, 1.0, 1.0), t, told) for told in (False, True))
    assert before.table.columns == [t("Gap"), t("hinge"), t("yours")]
    assert t("cross-entropy") in after.table.columns
    named = [trace["name"] for trace in before.figure["data"] if trace.get("name")]
    assert named == [t("hinge"), t("yours")]
    assert "0.693" not in str(before)
    assert [handle.x for handle in before.handles] == list(GAPS)
