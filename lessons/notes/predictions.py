"""What a reader predicts about the notes' numbers and the two penalties."""

from __future__ import annotations

import streamlit as st

from lessons.notes.pictures import deviations
from lessons.notes.pictures import penalties as notes_penalties
from softmax_core.linear import penalty, same_penalty
from softmax_core.notes import Recomputed
from ui.numerals import numeral
from ui.page import Page
from ui.predict import ask
from ui.predict.ask import Option

_ASKED = (("probabilities", 0), ("probabilities", 1), ("diffuse", 4), ("entropy", 0))
_BIASES = (("cat", 0), ("cat", 1), ("cat", 2))


def penalties(page: Page, plain: float) -> None:
    """Which λ of one convention is which in the other, and what the derivatives are."""
    left, right = st.columns(2, gap="large")
    with left:
        _same_lambda(page, plain)
    with right:
        _slope(page, plain)


def _same_lambda(page: Page, plain: float) -> None:
    target = notes_penalties.of_the_example(plain, False)[0].value
    guesses = {
        "twice": same_penalty(plain, halved=False),
        "same": plain,
        "half": same_penalty(plain, halved=True),
        "four": same_penalty(same_penalty(plain, halved=False), halved=False),
    }
    options = []
    for name, l2 in guesses.items():
        value = notes_penalties.of_the_example(l2, True)[0].value
        live = {"l2": numeral(l2), "value": numeral(value), "target": numeral(target)}
        options.append(Option(f"λ = {numeral(l2)}", page.text(f"lambda-{name}", **live), name == "twice"))
    order = ("same", "half", "twice", "four")
    sorted_options = [options[list(guesses).index(name)] for name in order]
    question = page.text("lambda-question", plain=numeral(plain))
    ask.choice(page, f"notes-lambda-{plain}", question, sorted_options)


def _slope(page: Page, plain: float) -> None:
    weight = notes_penalties.WEIGHT
    own = penalty([weight], plain, halved=False)
    slope, numeric = float(own.gradient[0]), float(own.numeric[0])
    other = float(penalty([weight], plain, halved=True).gradient[0])
    live = {
        "plain": numeral(plain),
        "weight": numeral(weight),
        "slope": numeral(slope),
        "numeric": numeral(numeric),
        "other": numeral(other),
        "value": numeral(own.value),
    }
    options = [
        Option(numeral(other), page.text("slope-halved", **live)),
        Option(numeral(own.value), page.text("slope-value", **live)),
        Option(numeral(slope), page.text("slope-right", **live), right=True),
    ]
    ask.choice(page, f"notes-slope-{plain}", page.text("slope-question", **live), options)


def numbers(page: Page) -> None:
    """Which of some printed numbers is wrong: each answer is told what the core computes."""
    left, right = st.columns(2, gap="large")
    with left:
        _which(page, "which", _ASKED)
    with right:
        _which(page, "bias", _BIASES)


def _which(page: Page, name: str, asked: tuple[tuple[str, int], ...]) -> None:
    rows = {found.row.key: found for found in deviations.checked()}
    options = [_option(page, name, rows[key], place) for key, place in asked]
    ask.choice(page, f"notes-{name}", page.text(f"{name}-question"), options)


def _option(page: Page, name: str, found: Recomputed, place: int) -> Option:
    wrong = not found.agrees[place]
    text = found.row.printed[place].replace("-", "−")
    live = {
        "printed": text,
        "computed": numeral(found.values[place], deviations.DIGITS),
        "what": deviations.row_names(page.t)[found.row.key],
    }
    return Option(text, page.text(f"{name}-wrong" if wrong else f"{name}-right", **live), wrong)
