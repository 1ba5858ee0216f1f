"""What the home page says of the reader's scores, and what the lessons promise."""

from __future__ import annotations

import random

import numpy as np
import pytest

from lessons import LESSONS
from lessons.home.pictures import first_place, playground
from lessons.scores.model import workings
from softmax_core import softmax, softmax_steps
from tests.lessons.said import page, unchecked
from ui.text import language

BOTH = pytest.mark.parametrize("code", ["en", "ko"])
CHECKS = {
    "winner": lambda scores: sorted(scores)[-1] > sorted(scores)[-2],
    "tie": lambda scores: sorted(scores)[-1] == sorted(scores)[-2],
}
PLAIN = frozenset({"promise", "play", "intro", "how"})


def rows() -> list[tuple[float, ...]]:
    chance = random.Random(3)  # noqa: S311
    found = [(1.0, 0.9, 0.8), (0.0, 0.0), (2.0, 2.0, -1.0), (1e4, -1e4), (0.0, 1e-9), (5.0,) * 8]
    for _ in range(200):
        row = [round(chance.uniform(-5, 5), 1) for _ in range(chance.randint(2, 8))]
        found.append(tuple([*row[:-1], max(row)] if chance.random() < 0.3 else row))
    return found


def test_every_sentence_of_the_page_is_checked_or_plain() -> None:
    assert unchecked("home", CHECKS, PLAIN) == []


@BOTH
def test_the_class_with_the_largest_probability_is_named_and_no_more_than_that_is_said(code: str) -> None:
    home = page("home", code)
    for scores in rows():
        work = workings("ABCDEFGH"[: len(scores)], scores)
        said = first_place(work)
        assert CHECKS[said](scores)
        largest = max(scores)
        exact = 1 / sum(np.exp(np.array(scores) - largest))
        assert scores[work.top[0]] == largest
        text = home.text(said, name=work.names[work.top[0]], probability=work.probability(work.top[0]))
        assert work.names[work.top[0]] in text
        assert work.probabilities[work.top[0]] == pytest.approx(exact, rel=1e-12)
        if exact <= 0.5:
            assert not any(word in text for word in ("ost of it", "more than half", "대부분"))


def test_the_largest_probability_need_not_be_most_of_it() -> None:
    assert float(softmax([1.0, 0.9, 0.8])[0]) < 0.5


def test_no_hyphen_stands_for_a_minus() -> None:
    assert "−1" in playground(workings("ABC", (2.0, 1.0, -1.0)), language("en")).description
    assert "-" not in playground(workings("ABC", (2.0, 1.0, -1.0)), language("ko")).description


def test_only_the_log_of_a_probability_that_became_0_is_infinite_in_float32() -> None:
    """Shifted, yet infinite; where no probability became 0, the loss is finite in float32 as well."""
    lost = softmax_steps([123.0, 456.0, 789.0], "shifted", "float32")
    kept = softmax_steps([3.2, 5.1, -1.7], "shifted", "float32")
    assert [bool(np.isinf(loss)) for loss in lost.losses] == [probability == 0 for probability in lost.probs]
    assert np.isinf(lost.losses).any()
    assert np.isfinite(kept.losses).all()


def test_lambda_alone_does_not_decide_how_sure_a_classifier_looks() -> None:
    """One feature that is always 1 and right: the weight w minimises log(1 + e^−w) + ½λ(N) w², λ per sample.

    The posterior's precision is λN: ten times the samples under the same prior are another weight.
    """

    def confidence(precision: float, samples: int) -> float:
        low, high = 0.0, 50.0
        for _ in range(200):
            middle = (low + high) / 2
            slope = precision * middle - samples / (1 + np.exp(middle))
            low, high = (middle, high) if slope < 0 else (low, middle)
        return float(1 / (1 + np.exp(-low)))

    assert confidence(1.0, 1000) - confidence(1.0, 10) > 0.1
    assert confidence(1.0, 10) == pytest.approx(confidence(10.0, 100), abs=1e-12)


@BOTH
def test_what_was_found_false_is_not_promised_again(code: str) -> None:
    t = language(code)
    promised = " ".join([t(lesson.surprise) for lesson in LESSONS])
    false = {
        "en": ("λ alone", "the loss is still infinite", "one step too large, and it is gone"),
        "ko": ("λ가 정합니다", "손실이 여전히 무한대", "한 걸음만 너무 커도 모두 사라"),
    }[code]
    assert not [claim for claim in false if claim in promised]
    assert "λN" in promised
