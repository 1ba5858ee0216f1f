"""What a browser says of a slider is put on its grid, or is not heard at all."""

from __future__ import annotations

from typing import Any

import pytest

from ui.track.track import Grid, Message, understood

TENTHS = Grid(0.0, 4.0, 0.1)


def said(**changes: Any) -> dict[str, Any]:
    return {"value": 1.0, "number": 1, "rests": False, **changes}


@pytest.mark.parametrize(
    ("grid", "number", "nearest"),
    [
        (TENTHS, 0.1 + 0.2, 0.3),
        (TENTHS, 0.349, 0.3),
        (TENTHS, -0.0, 0.0),
        (TENTHS, -3, 0.0),
        (TENTHS, 2.0**53, 4.0),
        (Grid(0.1, 10.0, 0.1), 10.0, 10.0),
        (Grid(0.1, 10.0, 0.1), 0.12, 0.1),
        (Grid(-6.0, 6.0, 0.01), -3.1349, -3.13),
        (Grid(-1000.0, 1000.0, 1.0), -788.6, -789.0),
        (Grid(0.25, 1.0, 0.5), 1.0, 0.75),
        (Grid(0, 9, 1), 8.6, 9),
        (Grid(0.0, 1e-4, 1e-5), 3.2e-5, 3e-5),
        (Grid(2.0, 2.0, 1.0), 5, 2.0),
    ],
)
def test_a_number_is_kept_within_the_bounds_and_put_on_the_grid(
    grid: Grid, number: float, nearest: float
) -> None:
    assert repr(float(grid.nearest(number))) == repr(float(nearest))


def test_every_number_of_a_grid_is_its_own_nearest() -> None:
    for grid in (TENTHS, Grid(-6.0, 6.0, 0.01), Grid(-20.0, 20.0, 0.5), Grid(0.01, 0.5, 0.01)):
        numbers = [grid.nearest(grid.low + step * grid.step) for step in range(1201)]
        assert all(grid.nearest(number) == number for number in numbers)
        assert all(float(grid.written(number).replace("−", "-")) == number for number in numbers)


@pytest.mark.parametrize(
    ("number", "text"), [(-0.04, "0.0"), (-3.0, "−3.0"), (2.25, "2.2"), (1000.0, "1000.0")]
)
def test_a_value_is_written_with_the_decimals_of_its_step(number: float, text: str) -> None:
    assert TENTHS.written(number) == text


def test_a_message_is_understood() -> None:
    assert understood(said(value=0.30000000000000004), TENTHS) == Message(0.3, False, 1)
    assert understood(said(value=99, rests=True, number=7, other="x"), TENTHS) == Message(4.0, True, 7)


@pytest.mark.parametrize("field", ["value", "number"])
@pytest.mark.parametrize(
    "odd",
    [
        float("nan"), float("inf"), -float("inf"), 10**400, -(10**400), 1e300, "1", "", "NaN", None, True,
        [], [1], {}, {"value": 1},
    ],
)  # fmt: skip
def test_what_is_no_number_is_not_heard(field: str, odd: Any) -> None:
    assert understood(said(**{field: odd}), TENTHS) is None


@pytest.mark.parametrize("odd", [0, 1, "true", None, [], {}])
def test_what_does_not_say_whether_it_rests_is_not_heard(odd: Any) -> None:
    assert understood(said(rests=odd), TENTHS) is None


@pytest.mark.parametrize("odd", [None, 1, "x", [], [said()], {}, {"value": 1}, {"value": 1, "number": 1}])
def test_a_message_of_another_shape_is_not_heard(odd: Any) -> None:
    assert understood(odd, TENTHS) is None
