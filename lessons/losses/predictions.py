"""What a reader predicts about the losses, with answers that the core computes from what is on the screen."""

from __future__ import annotations

from math import log

from lessons.losses.model import DIGITS, Judged
from softmax_core import cross_entropy, weston_watkins_hinge
from ui.numerals import numeral, row
from ui.page import Page
from ui.predict import ask
from ui.predict.answers import Answer, Miss
from ui.predict.ask import Option, Verdict
from ui.text import N_

_CLASSES = 10
_WHO = {
    (True, True): N_("Both"),
    (True, False): N_("Only the hinge"),
    (False, True): N_("Only the cross-entropy"),
    (False, False): N_("Neither"),
}


def scene(case: Judged) -> str:
    """What the questions are about, in any language."""
    return f"{list(case.scores)} {case.true} {case.margin}"


def _given(case: Judged) -> dict[str, object]:
    """The example, where no picture shows it."""
    return {"row": row(case.scores, DIGITS), "label": case.true, "margin": numeral(case.margin)}


def content(page: Page, case: Judged) -> Verdict | None:
    """Which judge asks for no more than the scores on the screen."""
    t = page.t
    live = {
        "label": case.true,
        "margin": numeral(case.margin),
        "probability": case.probability_text(case.true),
    }
    reasons = {
        "hinge": "content-hinge" if case.is_satisfied else "content-hinge-not",
        "entropy": "content-entropy",
    }
    truth = (case.is_satisfied, False)
    options = []
    for claim, text in _WHO.items():
        wrong = [name for name, said, is_so in zip(reasons, claim, truth, strict=True) if said != is_so]
        why = " ".join(page.text(reasons[name], **live) for name in (wrong or reasons))
        options.append(Option(t(text), why, claim == truth))
    question = page.text("content-question", **live)
    return ask.choice(page, "losses-content", question, options, scene(case))


def pulling(page: Page, case: Judged) -> Verdict | None:
    """Who still pulls in the end: the hinge stops after finitely many steps, cross-entropy after none."""
    t, truth = page.t, (False, True)
    sections = {
        (True, True): "pull-not-both",
        (True, False): "pull-not-hinge",
        truth: "pull-entropy",
        (False, False): "pull-not-neither",
    }
    options = [Option(t(text), page.text(sections[claim]), claim == truth) for claim, text in _WHO.items()]
    return ask.choice(page, "losses-pull", page.text("pull-question"), options, scene(case))


def raising(page: Page, case: Judged) -> Verdict | None:
    """What the true score does to the probabilities."""
    t, live = page.t, {"label": case.true}
    options = [
        Option(t("It rises; the others stay"), page.text("raised-alone", **live)),
        Option(t("It rises; every other one falls"), page.text("raised-all", **live), right=True),
        Option(t("It rises; only its strongest rival falls"), page.text("raised-one", **live)),
    ]
    question = page.text("raised-question", **live)
    return ask.choice(page, "losses-raised", question, options, scene(case))


def chance(page: Page) -> Verdict | None:
    """The loss of a classifier that has learned nothing."""
    even = [0.0] * _CLASSES
    loss, hinge = float(cross_entropy(even, 0)), float(weston_watkins_hinge(even, 0, 1.0))
    live = {"count": _CLASSES, "loss": numeral(loss, DIGITS)}
    misses = [
        Miss(1 / _CLASSES, page.text("chance-share")),
        Miss(hinge, page.text("chance-hinge")),
        Miss(loss / log(2), page.text("chance-bits")),
        Miss(loss / log(10), page.text("chance-decimal")),
        Miss(0.0, page.text("chance-none")),
    ]
    answer = Answer(loss, page.text("chance-reason", **live), misses, digits=DIGITS)
    return ask.number(page, "losses-chance", page.text("chance-question", **live), answer)


def doubling(page: Page, case: Judged) -> Verdict | None:
    """Which loss rises when all weights are doubled: two claims in each answer, each judged on its own."""
    twice = case.doubled()
    told = (case.doubled_hinge(), case.doubled_entropy())
    rises = tuple(way > 0 for way, _ in told)
    values = ((case.hinge_text, twice.hinge_text), (case.entropy_text, twice.entropy_text))
    facts = [_fact(page, *story, *texts) for story, texts in zip(told, values, strict=True)]
    options = []
    for claim, text in _WHO.items():
        because = facts if claim == rises else [fact for k, fact in enumerate(facts) if claim[k] != rises[k]]
        options.append(Option(page.t(text), " ".join(because), claim == rises))
    return ask.choice(
        page, "losses-doubling", page.text("doubling-question", **_given(case)), options, scene(case)
    )


def _fact(page: Page, way: int, story: str, before: str, after: str) -> str:
    told = page.text(story, before=before, after=after)
    return f"{told} {page.text('doubling-unseen')}" if way and before == after else told


def ruler(page: Page, case: Judged) -> Verdict | None:
    """Whether two hinge losses of one example may be compared when the margins differ."""
    t = page.t
    wide = case.doubled().with_margin(2 * case.margin)
    live = {
        "before": case.hinge_text,
        "after": wide.hinge_text,
        "doubled": numeral(2 * case.margin),
        **_given(case),
    }
    grows = wide.hinge > case.hinge
    claims = {
        t("It stays"): ("ruler-stays", not grows),
        t("It rises: twice as large"): ("ruler-doubles", grows),
        t("It rises: four times as large"): ("ruler-four", False),
    }
    options = [
        Option(text, page.text(section if grows else "ruler-zero", **live), right)
        for text, (section, right) in claims.items()
    ]
    question = page.text("ruler-question" if case.margin else "ruler-question-zero", **live)
    return ask.choice(page, "losses-ruler", question, options, scene(case))
