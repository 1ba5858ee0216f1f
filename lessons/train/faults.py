"""What goes wrong in a run at a step, with the figures that show it, and what may be said of its cause."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from softmax_core import TrainHistory
from softmax_core.training import Divergence, RateTrial, stable_limit, step_verdict, trouble
from ui.claims import first_true

Kind = Literal["diverged", "climbing", "swinging", "zero-margin"]


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a run.

    Attributes:
        kind: "diverged": the run blew up. "climbing": its loss is higher than where its settings began.
            "swinging": the loss rose in some of the latest steps. "zero-margin": it swings, but a hinge with
            a margin of 0 asks for nothing.
        rate: the step size that led there.
        rises, steps: in how many of how many latest steps the loss rose.
        first, last: the loss where the settings began, and at the step.
        is_newest: whether these settings are the newest.
        by_kinks: whether each rise is certain to cross a kink of the hinge.
        end: what ended a run that blew up.
    """

    kind: Kind
    rate: float
    rises: int
    steps: int
    first: float
    last: float
    is_newest: bool
    by_kinks: bool
    end: Divergence | None

    @property
    def is_one(self) -> bool:
        """Whether another step size is wanted."""
        return self.kind != "zero-margin"


@lru_cache(maxsize=64)  # a history never changes
def fault(history: TrainHistory, step: int) -> Fault | None:
    """What goes wrong at a step; None where nothing does, or nothing that a sentence can tell."""
    found = trouble(history, step)
    if found is None:
        return None
    judged, part = step_verdict(history, step), history.segment_at(step)
    if found == "blown up":  # a run may have been branched where it had blown up
        part = next((each for each in reversed(history.segments) if each.start.step < step), part)
    config = part.config
    steps = (judged.last_step - judged.first_step) // judged.every
    rises = round(judged.rises * steps)
    jumping = found == "jumping"
    kind: Kind | None = first_true(  # type: ignore[assignment]
        {
            "diverged": found == "blown up",
            "climbing": found == "climbing" and part.start.total < judged.last,
            "zero-margin": jumping and config.loss == "weston_watkins" and config.margin == 0,
            "swinging": jumping and rises > 0,
        }
    )
    if kind is None:
        return None
    falls_on_a_piece = config.rate * config.l2 < 2 and config.optimiser == "gradient_descent"
    is_hinge = config.loss == "weston_watkins" and config.model != "hidden" and config.full_batch
    return Fault(
        kind=kind,
        rate=config.rate,
        rises=rises,
        steps=steps,
        first=part.start.total,
        last=judged.last,
        is_newest=part is history.segments[-1],
        by_kinks=kind == "swinging" and is_hinge and falls_on_a_piece,
        end=history.head.divergence,
    )


_stable_limit = lru_cache(maxsize=64)(stable_limit)


def limit(history: TrainHistory, found: Fault, trial: RateTrial | None) -> float | None:
    """What the curvature allows at the first weights, where that explains both the fault and the way out."""
    if trial is None or not found.is_one or not found.is_newest or not history.config.full_batch:
        return None
    allowed = _stable_limit(history)
    return allowed if allowed is not None and trial.rate <= allowed < found.rate else None
