"""Each teaching variant, judged by running it."""

import pytest

from softmax_core.numerics import (
    clipped_log_loss,
    log_of_softmax,
    log_softmax_shifted,
    softmax_clamped_max,
    softmax_global_max,
    softmax_integer_inplace,
    softmax_naive,
    softmax_shifted,
    softmax_twice,
    softmax_wrong_sign,
    try_variant,
)

NOTE = [123.0, 456.0, 789.0]
SAFE = [1.0, 2.0, 3.0]
BATCH = [[1000.0, 1001.0, 1002.0], [0.0, 1.0, 2.0]]


@pytest.mark.parametrize(
    ("variant", "exposed_by", "hidden_by"),
    [
        (softmax_naive, NOTE, SAFE),
        (softmax_wrong_sign, NOTE, SAFE),
        (softmax_global_max, BATCH, NOTE),
        (softmax_clamped_max, [-1000.0, -1001.0], NOTE),
        (log_of_softmax, [0.0, 1000.0], NOTE),
        (softmax_integer_inplace, [3, 2, 3], [3.0, 2.0, 3.0]),
        (clipped_log_loss, NOTE, SAFE),
    ],
)
def test_a_bug_shows_on_one_input_and_hides_on_another(variant, exposed_by, hidden_by) -> None:
    assert not try_variant(variant, exposed_by).agrees
    assert try_variant(variant, hidden_by).agrees


def test_twice_shows_everywhere_and_the_textbook_ways_nowhere() -> None:
    for scores in (SAFE, [10.0, 0.0, 0.0], NOTE):
        assert not try_variant(softmax_twice, scores).agrees
        assert try_variant(softmax_shifted, scores).agrees
        assert try_variant(log_softmax_shifted, scores).agrees


def test_the_truth_is_of_the_same_quantity() -> None:
    assert try_variant(clipped_log_loss, [0.0, 1000.0]).expected.tolist() == [1000.0, 0.0]
    assert try_variant(log_of_softmax, [0.0, 1000.0]).expected.tolist() == [-1000.0, 0.0]
    assert try_variant(softmax_global_max, BATCH).expected.shape == (2, 3)
