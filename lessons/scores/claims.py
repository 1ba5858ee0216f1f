"""Which sentences of the lesson on scores hold for a row: each is a section of its prose."""

from __future__ import annotations

from lessons.scores.model import Workings
from softmax_core.numerics import sharpens
from ui.claims import first_true
from ui.numerals import FAINT


def of_the_constant(work: Workings) -> str | None:
    """What became of the probabilities when a constant was added."""
    return first_true(
        {"constant-hint": work.constant == 0, "constant-exact": work.drift == 0, "constant": work.drift > 0}
    )


def of_the_temperature(work: Workings) -> str | None:
    """Whether the temperature changes anything."""
    differ, masked = sharpens(work.scores), bool(work.forbidden)
    return first_true(
        {
            "temperature-lone": len(work.names) - len(work.forbidden) == 1,
            "temperature-masked": differ and masked,
            "temperature-tie-masked": masked,
            "temperature": differ,
            "temperature-tie": not differ,
        }
    )


def of_the_triangle(work: Workings) -> str | None:
    """Where the path of the temperatures ends."""
    ends = len(work.top)
    return first_true({"simplex": ends == 1, "simplex-edge": ends == 2, "simplex-tie": ends == 3})


def of_the_exponentials(work: Workings) -> str | None:
    """Whether the exponentials are those of the scores as they are, and why not."""
    faults = ("overflow", "sum", "subnormal", "underflow")
    return first_true(
        {"plain": not work.is_shifted} | {f"shifted-{fault}": work.range_fault == fault for fault in faults}
    )


def of_the_loss(work: Workings, true: int) -> str | None:
    """What the first form of the loss comes to in float64, and whether the exponential is to blame."""
    story, power = work.loss_story(true), float(work.steps.exponentials[true])
    return first_true(
        {
            "loss-forbidden": true in work.forbidden,
            "loss-equal": story == "equal",
            "loss-rounded": story == "rounded",
            "loss-faint-power": story == "faint" and power < FAINT,
            "loss-faint": story == "faint",
            "loss-broken-power": story == "broken" and power == 0,
            "loss-broken": story == "broken",
        }
    )
