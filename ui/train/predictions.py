"""What a reader predicts about learning, with answers that come from runs with the settings on the screen."""

from __future__ import annotations

from zlib import crc32

import streamlit as st

from charts.numerals import numeral
from charts.train import trials
from softmax_core import Scene
from ui import blocks
from ui.blocks import Option, Page


def learning(page: Page, scene: Scene) -> None:
    """Three questions on the settings on the screen."""
    columns = st.columns(3)
    for column, ask in zip(columns, (_untrained, _ten_times, _content), strict=True):
        with column:
            ask(page, scene)


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
    }
    right = t("softmax {log}, SVM {margins}", log=live["log"], margins=live["margins"])
    options = [
        Option(t("0 and 0"), page.text("untrained-zero", **live)),
        Option(right, page.text(f"untrained-right{'' if found.chance[1] else '-0'}", **live), True),
        Option(t("{share} for both", share=live["share"]), page.text("untrained-share", **live)),
        Option(t("Anything: the weights are random"), page.text("untrained-random", **live)),
    ]
    key = f"train-untrained-{_mark(found)}"
    blocks.predict(page, key, page.text("untrained-question", **live), options)


def _ten_times(page: Page, scene: Scene) -> None:
    t, found = page.t, trials.ten_times(scene)
    live = {
        "steps": found.steps,
        "rate": numeral(found.rate),
        "tenfold": numeral(trials.FACTOR * found.rate),
        "before": numeral(found.before),
        "slow": numeral(found.slow),
        "fast": numeral(found.fast),
        "limit": numeral(found.limit, 3),
    }
    texts = {
        "faster": t("Faster: a lower loss"),
        "same": t("About the same"),
        "broken": t("Broken: a higher loss, or none at all"),
    }
    fact = page.text(f"ten-{found.outcome}", **live)
    options = [
        Option(text, fact if name == found.outcome else f"{fact} {page.text(f'not-{name}', **live)}",
               name == found.outcome)
        for name, text in texts.items()
    ]  # fmt: skip
    key = f"train-ten-{_mark(found)}"
    blocks.predict(page, key, page.text("ten-question", **live), options)


def _content(page: Page, scene: Scene) -> None:
    t, found = page.t, trials.content(scene.segments[-1].margin)
    live = {
        "steps": found.steps,
        "margin": numeral(found.margin),
        "softmax": numeral(found.gradients[0], 3),
        "svm": numeral(found.gradients[1], 3),
        "loss": numeral(found.losses[0], 3),
    }
    truth = tuple(gradient > 0 for gradient in found.gradients)
    claims = {
        (False, False): (t("Neither"), "content-neither"),
        (True, False): (t("Only softmax"), "content-softmax"),
        (False, True): (t("Only the SVM"), "content-svm"),
        (True, True): (t("Both"), "content-both"),
    }
    options = [
        Option(text, page.text(section, **live), claim == truth) for claim, (text, section) in claims.items()
    ]
    blocks.predict(page, f"train-content-{found.margin:g}", page.text("content-question", **live), options)
