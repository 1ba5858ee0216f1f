"""What a share leaves to the others, where the share itself has long been rounded to 1."""

import mpmath
import numpy as np
import pytest

from softmax_core import log_remainders, softmax


def test_a_share_and_its_remainder_make_one() -> None:
    scores = np.array([[-2.85, 0.86, 0.28], [3.0, 3.0, -1.0]])
    assert softmax(scores) + np.exp(log_remainders(scores)) == pytest.approx(np.ones((2, 3)), rel=1e-14)


@pytest.mark.parametrize("scores", [[20.0, 0.0], [123.0, 456.0, 789.0], [1e4, -1e4, 0.0], [9.0, 9.0, -500.0]])
def test_a_remainder_is_that_of_exact_arithmetic(scores: list[float]) -> None:
    with mpmath.workprec(40000):
        powers = [mpmath.exp(score) for score in scores]
        exact = [float(mpmath.log(1 - power / mpmath.fsum(powers))) for power in powers]
    assert log_remainders(scores) == pytest.approx(exact, rel=1e-14, abs=1e-14)


@pytest.mark.parametrize("scores", [[1.0], 1.0, []])
def test_one_class_leaves_nothing(scores: object) -> None:
    with pytest.raises(ValueError, match="two classes"):
        log_remainders(scores)
