"""What a reader predicts about learning, with answers that come from runs with the settings on the screen."""

from __future__ import annotations

from zlib import crc32

from lessons.train import trials
from lessons.train.course import Course
from lessons.train.pictures.numbers import loss_text
from lessons.train.scene import Scene
from ui.claims import first_true
from ui.numerals import numeral
from ui.page import Page
from ui.predict import ask
from ui.predict.ask import Option, Verdict


def _mark(asked: object) -> str:
    """Tells questions about other numbers apart, the same way in every session."""
    return f"{crc32(repr(asked).encode()):x}"


def untrained(page: Page, scene: Scene) -> None:
    """What both losses are before the first step."""
    t, found = page.t, trials.untrained(scene)
    live = {
        "k": found.n_classes,
        "share": numeral(1 / found.n_classes, 3),
        "softmax": numeral(found.measured[0]),
        "svm": numeral(found.measured[1]),
        "log": numeral(found.chance[0]),
        "margins": numeral(found.chance[1]),
        "reach": numeral(found.reach, 3),
        "score": numeral(found.score, 3),
        "margin": numeral(scene.segments[-1].margin),
    }
    by_chance = t("softmax {softmax}, SVM {svm}", softmax=live["log"], svm=live["margins"])
    mark, why = _mark(found), page.text(found.reason, **live)
    if not found.near:
        measured = t("softmax {softmax}, SVM {svm}", softmax=live["softmax"], svm=live["svm"])
        if measured != by_chance:
            options = [Option(by_chance, why), Option(measured, why, True)]
            ask.choice(page, "train-untrained", page.text("untrained-question-far", **live), options, mark)
        return
    wrong = {
        name: f"{page.text(f'untrained-{name}', share=live['share'])} {why}"
        for name in ("zero", "share", "random")
    }
    options = [
        Option(t("0 and 0"), wrong["zero"]),
        Option(by_chance, why, True),
        Option(t("{share} for both", share=live["share"]), wrong["share"]),
        Option(t("Anything: the weights are random"), wrong["random"]),
    ]
    ask.choice(page, "train-untrained", page.text("untrained-question", **live), options, mark)


def ten_times(page: Page, scene: Scene) -> Verdict | None:
    """What ten times the step size does to the loss of the softmax classifier."""
    t, found = page.t, trials.ten_times(scene)
    if found is None:
        return None
    live = {
        "steps": found.steps,
        "rate": numeral(found.rate),
        "tenfold": numeral(trials.FACTOR * found.rate),
        "slow": loss_text(found.slow, 0),
        "fast": loss_text(found.fast, 0),
        "slow_end": found.ends[0],
        "fast_end": found.ends[1],
        "limit": numeral(found.limit or 0.0, 3),
        "safe": numeral(found.safe or 0.0, 3),
    }
    texts: dict[trials.Outcome, str] = {
        "faster": t("Faster: a lower loss"),
        "same": t("About the same"),
        "broken": t("Broken: a higher loss, or none at all"),
    }
    options = []
    for name, text in texts.items():
        right = name == found.outcome
        said = [found.fact, None if right else found.reason(name)]
        why = " ".join(page.text(section, **live) for section in said if section)
        options.append(Option(text, why, right))
    return ask.choice(page, "train-ten", page.text("ten-question", **live), options, _mark(found))


def growth(page: Page, far: Course) -> Verdict | None:
    """How much longer the weights of softmax become in ten times the steps, without a penalty."""
    t, found = page.t, trials.growth(far)
    live = {
        "first": found.steps[0],
        "middle": found.steps[1],
        "last": found.steps[2],
        "before": numeral(found.lengths[0], 3),
        "between": numeral(found.lengths[1], 3),
        "after": numeral(found.lengths[2], 3),
        "grown": numeral(found.grown[0], 3),
        "more": numeral(found.grown[1], 3),
    }
    texts: dict[trials.Amount, str] = {
        "none": t("Hardly any: it has found its weights"),
        "same": t("About as much again"),
        "tenfold": t("About ten times as much"),
    }
    section = first_true({"growth-fact": found.amount == "same" and trials.goes_on(far)})
    why = page.text(section or "growth-measured", **live)
    options = [Option(text, why, name == found.amount) for name, text in texts.items()]
    return ask.choice(page, "train-growth", page.text("growth-question", **live), options, _mark(found))
