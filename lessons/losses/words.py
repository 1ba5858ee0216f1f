"""What the lesson on losses says about the reader's own example, each sentence with its live numbers."""

from __future__ import annotations

import numpy as np

from lessons.losses.model import Judged
from lessons.losses.pull import Walks
from ui.claims import first_true
from ui.numerals import numeral
from ui.page import Page

_SMALLEST = 1e-9  # an eigenvalue below is lost in rounding


def what_each_asks(page: Page, case: Judged) -> list[str]:
    """Both losses of the example, and what they want."""
    live = {
        "hinge": case.hinge_text,
        "entropy": case.entropy_text,
        "pull": case.entropy_pull(case.true),
        "asks": numeral(-case.hinge_gradient[case.true]),
    }
    return [page.text(story, **live) for story in case.stories()]


def pulling(page: Page, hinge: Judged, entropy: Judged, ways: Walks, step: int) -> str:
    """What each judge still asks after so many steps."""
    stopped = ways.hinge.stopped
    story = first_true(
        {
            "pulled-start": step == 0,
            "pulled-never": stopped == 0,
            "pulled-both": stopped is None or stopped > step,
            "pulled-stopped": True,
        }
    )
    live = {
        "steps": step,
        "stopped": stopped,
        "hinge": numeral(-hinge.hinge_gradient[hinge.true]),
        "entropy": entropy.entropy_pull(entropy.true),
    }
    return page.text(str(story), **live)


def curvature(page: Page, case: Judged) -> str:
    """The eigenvalues of diag(p) − ppᵀ, where a float64 has them."""
    values = np.linalg.eigvalsh(np.array(case.jacobian))[::-1].tolist()
    *others, _ = values
    if min(others) < _SMALLEST:
        return page.text("curvature-flat")
    return page.text("curvature", values=", ".join(numeral(value) for value in (*others, 0.0)))
