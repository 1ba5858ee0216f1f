"""A room as values: its code, its phases, its questions and what was voted."""

from __future__ import annotations

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.rooms.codes import LETTERS, Unreadable, new_code, read_code
from app.rooms.phases import Move, Phase, after, shows_bars
from app.rooms.pool import MOST, Pool, points
from app.rooms.question import Question, is_askable, read
from app.rooms.results import csv_of
from app.rooms.tally import Ballot, at_most, counted, pooled, total, typical_mistakes
from tests.app.rooms.questions import ALL, CHOICE, DRAWING, JUDGED, NUMBER, POOL
from ui.charts.style import MARKERS
from ui.text import language

ANYTHING = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(), some.lists, max_leaves=6
)


@pytest.mark.parametrize("typed", ["abcd", " AB CD ", "a-b-c-d", "ＡＢＣＤ", "AB\u00a0cd", "aB.cD"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == "ABCD"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("AB0D", Unreadable.LIKE_OTHERS), ("AIBC", Unreadable.LIKE_OTHERS), ("lmno", Unreadable.LIKE_OTHERS),
        ("ABC", Unreadable.LENGTH), ("", Unreadable.LENGTH), ("ABCDE", Unreadable.LENGTH),
        ("AB9D", Unreadable.SIGNS), ("가나다라", Unreadable.SIGNS), ("A'--", Unreadable.LENGTH),
    ],
)  # fmt: skip
def test_what_is_no_code_is_told_kindly(typed: str, why: Unreadable) -> None:
    assert read_code(typed) is why


@given(some.text())
def test_any_line_is_a_code_or_none(typed: str) -> None:
    found = read_code(typed)
    assert isinstance(found, Unreadable) or (len(found) == 4 and set(found) <= set(LETTERS))


def test_a_new_code_can_be_typed() -> None:
    assert all(read_code(code.lower()) == code for code in (new_code() for _ in range(200)))


def test_bars_are_seen_only_after_the_vote_is_closed() -> None:
    """From wherever and however: on the way from an open vote to bars there is a close."""
    for phase, move in product(Phase, Move):
        following = after(phase, 1, move)
        if following and shows_bars(following[0]):
            assert phase in {Phase.CLOSED, Phase.SHOWN}
    assert after(Phase.OPEN, 1, Move.CLOSE) == (Phase.CLOSED, 1)
    assert after(Phase.SHOWN, 1, Move.AGAIN) == (Phase.OPEN, 2)
    assert all(after(Phase.REVEALED, 1, move) is None for move in Move)


@pytest.mark.parametrize("question", ALL)
def test_a_question_outlasts_its_way_through_the_store(question: Question) -> None:
    assert read(question.written()) == question


@pytest.mark.parametrize("question", JUDGED)
def test_what_is_right_is_in_nothing_public(question: Question) -> None:
    said = json.dumps(question.public(), ensure_ascii=False)
    truth = question.asks.truth()
    assert truth.reason not in said
    assert "right" not in said
    assert "7.389" not in said
    assert "0.9" not in said


@given(ANYTHING)
def test_no_answer_but_a_possible_one_is_accepted(answer: object) -> None:
    for question in ALL:
        accepted = question.asks.accepts(answer)
        if accepted is not None:
            assert len(accepted) <= 80
            if question is not POOL:
                question.judge(accepted)


@pytest.mark.parametrize("answer", [True, 3, -1, 99, "1", 1.0, None, [0]])
def test_a_choice_is_one_of_its_options(answer: object) -> None:
    assert CHOICE.asks.accepts(answer) is None


@pytest.mark.parametrize("answer", ["", "nan", "x", "1" * 41, 7.4, None, "1/0"])
def test_a_number_is_a_number(answer: object) -> None:
    assert NUMBER.asks.accepts(answer) is None


@pytest.mark.parametrize(
    "answer", [[0.5], [0.5, 2], [0.5, float("nan")], [0.5, True], "0.5 0.5", [10**400, 0]]
)
def test_a_drawing_is_within_its_bounds(answer: object) -> None:
    assert DRAWING.asks.accepts(answer) is None


@pytest.mark.parametrize(
    "answer",
    [
        None, "0:1,1", {}, [0, 1, 1], [[0, 1]], [[0, 1, 1, 1]], [(0, 1, 1)], [[3, 0, 0]], [[-1, 0, 0]],
        [[True, 0, 0]], [[0.0, 0, 0]], [["0", 0, 0]], [[0, True, 0]], [[0, "1", 0]], [[0, None, 0]],
        [[0, float("nan"), 0]], [[0, 0, float("nan")]], [[0, float("inf"), 0]], [[0, 0, -float("inf")]],
        [[0, 4.01, 0]], [[0, -4.01, 0]], [[0, 0, 6.01]], [[0, 0, -2.01]], [[0, 10**400, 0]],
        [[0, 0, 0]] * (MOST + 1), [[0, 0, 0], None], [[0, 0, 0], [0, 9, 0]], [[0, [1], 0]],
    ],
)  # fmt: skip
def test_points_are_few_and_on_the_plane_and_of_a_class(answer: object) -> None:
    assert POOL.asks.accepts(answer) is None


POINTS = some.tuples(some.integers(0, 5), some.floats(-30, 30), some.floats(-30, 30)).map(list)


@given(some.lists(POINTS, max_size=MOST))
def test_what_is_stored_of_points_is_short_rounded_and_accepted_again(given_: list[list[float]]) -> None:
    asks = Pool(tuple("ABCDEF"), (-30.0, 30.0), (-30.0, 30.0))
    stored = asks.accepts(given_)
    assert stored is not None
    assert len(stored) < 80
    found = points(stored)
    assert [label for label, _, _ in found] == [label for label, _, _ in given_]
    for one, other in zip(found, given_, strict=True):
        assert one[1:] == pytest.approx(tuple(other[1:]), abs=0.00501)
    assert asks.accepts([list(point) for point in found]) == stored
    assert "-0 " not in f"{stored} ".replace(",", " ")


def test_points_of_a_class_tell_no_phone() -> None:
    """They stand by class and place, however they came; and nothing stands there of two phones."""
    ballots = [Ballot("1:1,1 0:2,2", 0, 1), Ballot("0:-1,3", 0, 1), Ballot("1:0,0 0:2,2", 0, 2)]
    result = counted(POOL, ballots)
    assert result is not None
    assert result.points == [(0, -1, 3), (0, 2, 2), (0, 2, 2), (0, 2, 2), (1, 0, 0), (1, 0, 0), (1, 1, 1)]
    assert json.dumps(result.shown(reveals=False)) == json.dumps(result.shown(reveals=True))
    assert counted(POOL, ballots[:2]) is None


def test_of_very_many_points_some_of_each_class_are_drawn() -> None:
    found = pooled([Ballot("0:1,1 0:1,2 0:2,1 0:2,2 1:0,0", 0, 1000)])
    assert len(found) == 5000
    labels = [point.label for point in at_most(2000, found)]
    assert (len(labels), labels.count(1)) == (2000, 400)


def test_a_table_of_points_has_each_place_once() -> None:
    ballots = [Ballot("2:1.25,-0.5", 0, 2), Ballot("0:2,2 2:1.25,-0.5", 0, 1)]
    _, *rows = csv_of([(POOL, 1, ballots), (POOL, 2, ballots[:1])], language("en")).splitlines()
    assert rows == [
        'Put down up to five points.,1,"cat (2, 2)",,1',
        'Put down up to five points.,1,"\'=owl\u202e (1.25, -0.5)",,3',
    ]


def test_a_point_looks_as_in_the_lesson() -> None:
    """The marks in `web/points.js`."""
    assert MARKERS[:6] == ("circle", "square", "diamond", "triangle-up", "cross", "x")


def test_a_name_that_turns_its_neighbours_is_told_in_words() -> None:
    assert POOL.public()["classes"] == ("cat", "dog", "=owl⟨U+202E⟩")


def test_each_answer_has_its_own_reason() -> None:
    assert CHOICE.judge("0").reason == "Because up."
    assert not CHOICE.judge("0").right
    assert CHOICE.judge("2").right
    assert NUMBER.judge("7.4").right
    assert NUMBER.judge("2").reason == "That is the difference. It is e²."
    assert DRAWING.judge("0.85 0.12").right
    assert not DRAWING.judge("0.1 0.9").right


def test_fewer_than_three_answers_are_not_shown() -> None:
    assert counted(CHOICE, [Ballot("0", 1, 2)]) is None
    assert counted(CHOICE, [Ballot("0", 1, 2), Ballot("1", 0, 1)]) is not None


def test_a_histogram_is_stacked_by_sureness() -> None:
    result = counted(CHOICE, [Ballot("0", 2, 5), Ballot("0", 0, 1), Ballot("2", 1, 3)])
    assert result is not None
    assert [bar.counts for bar in result.bars] == [(1, 0, 5), (0, 0, 0), (0, 3, 0)]
    assert typical_mistakes(result)[0].reason == "Because up."


def test_numbers_are_grouped_by_the_known_mistakes() -> None:
    given_ = ["7.4", "7.389", "7.3", "2", "2.01", "3", "2.7", "1e9"]
    result = counted(NUMBER, [Ballot(answer, 1, 1) for answer in given_])
    assert result is not None
    assert [(bar.label, bar.total, bar.right) for bar in result.bars] == [
        ("2", 2, False), ("2.72", 1, False), ("3", 1, False), ("7.389", 3, True), ("1e9", 1, False),
    ]  # fmt: skip


def test_many_different_numbers_are_one_bar() -> None:
    ballots = [Ballot(str(number), 0, 1) for number in range(10, 60)]
    result = counted(NUMBER, ballots)
    assert result is not None
    assert sum(bar.total for bar in result.bars) == total(ballots) == 50
    assert (len(result.bars), result.bars[-1].label) == (9, "")


def test_what_is_right_is_told_only_when_it_is_revealed() -> None:
    result = counted(CHOICE, [Ballot("2", 2, 3)])
    assert result is not None
    assert "right" not in json.dumps(result.shown(reveals=False))
    assert [bar["right"] for bar in result.shown(reveals=True)["bars"]] == [False, False, True]


def test_drawings_are_lines_with_their_median() -> None:
    result = counted(DRAWING, [Ballot("0 1", 0, 1), Ballot("0.5 0.5", 1, 1), Ballot("0.6 0", 2, 1)])
    assert result is not None
    assert result.middle == [0.5, 0.5]
    assert len(result.lines) == 3


def test_what_is_stored_can_be_asked() -> None:
    assert all(map(is_askable, ALL))
