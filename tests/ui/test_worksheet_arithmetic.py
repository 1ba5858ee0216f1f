"""The keys of the worksheets hold to their last printed digit, on the sheets of many seeds."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pytest

from lessons.worksheets import MAKERS
from softmax_core import kl_divergence
from ui.numerals import numeral
from ui.sheet import Question
from ui.text import language

EN = language("en")
CHUNKS = pytest.mark.parametrize("first", range(1, 301, 60))
NUMBER = re.compile(r"[−-]?\d+(?:\.\d+)?(?:e[−-]\d+)?")


def sheets(slug: str, first: int) -> list[Sequence[Question]]:
    return [MAKERS[slug](EN, np.random.default_rng(seed)) for seed in range(first, first + 60)]


def written(text: str) -> list[str]:
    return [number.replace("−", "-") for number in NUMBER.findall(text)]


def numbers(text: str) -> list[float]:
    return [float(number) for number in written(text)]


def as_written(value: float, text: str) -> bool:
    """Whether a value gives this number, whose trailing zeros may have been left out."""
    digits = max(4, len(text.replace(".", "").lstrip("0")))
    return any(numeral(value, many) == numeral(float(text), many) for many in (digits, digits + 1))


@CHUNKS
def test_exponentials_add_up_probabilities_follow_from_them_and_the_loss_from_the_probability(
    first: int,
) -> None:
    for powers, *_, loss, _ in sheets("scores", first):
        *weights, total, one, two, three = written(powers.answer)
        assert as_written(math.fsum(map(float, weights)), total), powers.answer
        probabilities = [one, two, three]
        for weight, probability in zip(weights, probabilities, strict=True):
            assert as_written(float(weight) / float(total), probability), powers.answer
        probability, result = written(loss.answer)
        assert probability == probabilities[int(numbers(loss.text)[0])]
        assert as_written(-math.log(float(probability)), result), loss.answer


@CHUNKS
def test_a_hinge_term_is_what_decimals_say_and_a_rival_at_the_margin_asks_for_nothing(first: int) -> None:
    for hinge, _, gradients, doubled, *_ in sheets("losses", first):
        *row, true, _, _ = written(hinge.text)
        own = int(true)
        terms = [max(Decimal(0), Decimal(f) - Decimal(row[own]) + 1) for f in row]
        twice = [max(Decimal(0), 2 * Decimal(f) - 2 * Decimal(row[own]) + 1) for f in row]
        terms.pop(own)
        twice.pop(own)
        assert [Decimal(each) for each in written(hinge.answer)] == [*terms, sum(terms)]
        assert Decimal(written(doubled.answer)[0]) == sum(twice)
        slopes = numbers(gradients.answer)[:3]
        assert slopes.pop(own) == -sum(slopes)
        assert slopes == [float(term > 0) for term in terms]


@CHUNKS
def test_both_ends_of_the_safe_interval_are_safe_as_printed(first: int) -> None:
    for _, naive, _, interval, _ in sheets("stability", first):
        for end in numbers(interval.answer):
            scores = np.array(numbers(naive.text)[:3])
            with np.errstate(over="ignore"):
                total = np.exp(scores + end).sum()
            assert 0 < total < math.inf, (scores, end)


@CHUNKS
def test_entropy_and_divergence_add_up_and_the_other_direction_differs(first: int) -> None:
    for surprise, parts, *_ in sheets("information", first):
        whole, own, there, back = map(Decimal, written(parts.answer))
        assert whole - own == there
        assert [own, whole] == [Decimal(number) for number in written(surprise.answer)[:2]]
        row = numbers(surprise.text)
        truth, guess = row[:3], row[3:6]
        assert float(there) == pytest.approx(float(kl_divergence(truth, guess)), abs=6e-5)
        assert abs(back - there) > Decimal("4e-3"), "the question is whether they differ"


@CHUNKS
def test_the_minus_log_of_a_probability_may_be_called_cross_entropy_too(first: int) -> None:
    names = [question for sheet in sheets("names", first) for question in sheet]
    asked = [question.answer for question in names if question.text.endswith("? −log p_y")]
    assert set(asked) == {"log loss, or cross-entropy loss"}
