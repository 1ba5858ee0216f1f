"""What a reader predicts about learning, with answers that come from runs with the settings on the screen."""

from __future__ import annotations

from zlib import crc32

import streamlit as st

from lessons.train import trials
from lessons.train.pictures.numbers import loss_text
from lessons.train.scene import Scene
from ui.numerals import numeral
from ui.page import Page
from ui.predict import ask
from ui.predict.ask import Option


def learning(page: Page, scene: Scene) -> None:
    """Three questions on the settings on the screen."""
    columns = st.columns(3)
    for column, question in zip(columns, (_untrained, _ten_times, _content), strict=True):
        with column:
            question(page, scene)


def _mark(asked: object) -> str:
    """Tells questions about other numbers apart, the same way in every session."""
    return f"{crc32(repr(asked).encode()):x}"


def _untrained(page: Page, scene: Scene) -> None:
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
    }
    by_chance = t("softmax {softmax}, SVM {svm}", softmax=live["log"], svm=live["margins"])
    key, why = f"train-untrained-{_mark(found)}", page.text(found.reason, **live)
    if not found.near:
        measured = t("softmax {softmax}, SVM {svm}", softmax=live["softmax"], svm=live["svm"])
        if measured != by_chance:
            options = [Option(by_chance, why), Option(measured, why, True)]
            ask.choice(page, key, page.text("untrained-question-far", **live), options)
        return
    options = [
        Option(t("0 and 0"), page.text("untrained-zero", **live)),
        Option(by_chance, why, True),
        Option(t("{share} for both", share=live["share"]), page.text("untrained-share", **live)),
        Option(t("Anything: the weights are random"), page.text("untrained-random", **live)),
    ]
    ask.choice(page, key, page.text("untrained-question", **live), options)


def _ten_times(page: Page, scene: Scene) -> None:
    t, found = page.t, trials.ten_times(scene)
    if found is None:
        return
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
    key = f"train-ten-{_mark(found)}"
    ask.choice(page, key, page.text("ten-question", **live), options)


def _content(page: Page, scene: Scene) -> None:
    t, found = page.t, trials.content(scene.segments[-1].margin)
    live = {
        "steps": found.steps,
        "margin": numeral(found.margin),
        "softmax": numeral(found.gradients[0]),
        "svm": numeral(found.gradients[1]),
        "loss": numeral(found.losses[0]),
    }
    texts = {
        (False, False): t("Neither"),
        (True, False): t("Only softmax"),
        (False, True): t("Only the SVM"),
        (True, True): t("Both"),
    }
    why = page.text(found.reason, **live)
    options = [Option(text, why, claim == found.moving) for claim, text in texts.items()]
    ask.choice(page, f"train-content-{found.margin:g}", page.text("content-question", **live), options)
