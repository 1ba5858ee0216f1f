"""Worksheet of the lesson on the notes' numbers: check what is printed, and the slips with other numbers."""

from __future__ import annotations

import numpy as np

from softmax_core import softmax_steps
from softmax_core.linear import penalty, same_penalty
from softmax_core.notes import GOLD, GoldRow, recompute
from ui.numerals import numeral, row
from ui.sheet import Question
from ui.text import Language

_LARGEST = 900
_CLASS_COUNTS = (3, 7, 12, 20)  # log K rounded is not log K cut off
_STRENGTHS = (0.1, 0.2, 0.4)


def questions(t: Language, rng: np.random.Generator) -> list[Question]:
    return [
        _probabilities(t, rng),
        _hinge(t, rng),
        _lost_sign(t, rng),
        _chance(t, rng),
        *_penalties(t, rng),
    ]


def _one_of(rng: np.random.Generator, *quantities: str) -> GoldRow:
    rows = [each for each in GOLD if each.quantity in quantities and each.printed]
    return rows[int(rng.integers(len(rows)))]


def _probabilities(t: Language, rng: np.random.Generator) -> Question:
    gold = _one_of(rng, "probabilities", "exponentials_and_probabilities")
    given = {"printed": _printed(gold), "scores": row(gold.inputs["scores"])}
    return Question(
        t(
            "CS231n’s notes print the probabilities {printed} for the scores {scores}. "
            "Compute them. Which of the printed numbers are right?",
            **given,
        )
        if gold.quantity == "probabilities"
        else t(
            "CS231n’s notes print, for the scores {scores}, their exponentials and then their probabilities: "
            "{printed}. Compute them. Which of the printed numbers are right?",
            **given,
        ),
        _verdict(t, gold),
        4,
    )


def _hinge(t: Language, rng: np.random.Generator) -> Question:
    gold = _one_of(rng, "hinge")
    return Question(
        t(
            "They print the hinge loss {printed} for the scores {scores}, true class {label} "
            "(counted from 0), Δ = {margin}. Is it right?",
            printed=_printed(gold),
            scores=row(gold.inputs["scores"]),
            label=gold.inputs["labels"],
            margin=numeral(gold.inputs["margin"]),
        ),
        _verdict(t, gold),
        2,
    )


def _verdict(t: Language, gold: GoldRow) -> str:
    found = recompute(gold)
    values = row(found.values, 6)
    wrong = [printed for printed, right in zip(gold.printed, found.agrees, strict=True) if not right]
    if wrong:
        return t("Computed {values}; not right: {wrong}.", values=values, wrong=", ".join(wrong))
    if len(found.values) == 1:
        return t("It is {value}: right.", value=numeral(found.values[0], 6))
    return t("Computed {values}; all right as rounded.", values=values)


def _lost_sign(t: Language, rng: np.random.Generator) -> Question:
    scores = sorted(float(score) for score in rng.choice(np.arange(100, _LARGEST), 3, replace=False))
    shift = softmax_steps(scores, "shifted", "float64").shift
    shifted = softmax_steps(scores, "free_shift", "float64", shift).shifted.tolist()
    raised = softmax_steps(scores, "free_shift", "float64", -shift).shifted.tolist()
    return Question(
        t(
            "The study note writes log C = max f; the sign is lost. Which numbers does exp get for "
            "f = {scores} with log C = max f, and which with the right sign?",
            scores=row(scores),
        ),
        t("{raised}, which is worse; right is {shifted}.", raised=row(raised), shifted=row(shifted)),
        2,
    )


def _chance(t: Language, rng: np.random.Generator) -> Question:
    """The notes cut log 10 off after three decimals."""
    count = int(rng.choice(_CLASS_COUNTS))
    found = recompute(GoldRow("chance", "chance_entropy", {"classes": count}, ("0.000",), erratum="cut-off"))
    return Question(
        t(
            "For 10 classes the notes print the loss at the start as 2.302, cut off and not rounded. "
            "Give the same loss for {count} classes, rounded and cut off after three decimals.",
            count=count,
        ),
        t(
            "log {count} = {value}: rounded {rounded}, cut off {cut}.",
            count=count,
            value=numeral(found.values[0], 7),
            rounded=f"{found.values[0]:.3f}",
            cut=f"{found.with_the_slip[0]:.3f}",
        ),
        2,
    )


def _penalties(t: Language, rng: np.random.Generator) -> list[Question]:
    weights = (rng.choice(np.arange(1, 20), 3, replace=False) / 10).tolist()
    strength = float(rng.choice(_STRENGTHS))
    whole, half = (penalty(weights, strength, halved) for halved in (False, True))
    return [
        Question(
            t(
                "The weights are {weights}, λ = {strength}. Compute the penalty λΣW² of one page of the "
                "notes and the penalty ½λΣW² of another.",
                weights=row(weights),
                strength=numeral(strength),
            ),
            t("{whole} and {half}", whole=numeral(whole.value), half=numeral(half.value)),
        ),
        Question(
            t("Which λ makes the second penalty equal to the first? What is then the gradient of either?"),
            t(
                "λ = {strength}; gradient {slopes}",
                strength=numeral(same_penalty(strength, halved=False)),
                slopes=row(whole.gradient.tolist()),
            ),
        ),
    ]


def _printed(gold: GoldRow) -> str:
    return ", ".join(gold.printed)
