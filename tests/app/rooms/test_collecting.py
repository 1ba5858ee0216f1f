"""A teacher asks a class for points in the lesson on training, and takes them there."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from app.rooms import tables
from app.rooms.phases import Move, Phase
from app.rooms.pool import Pool
from app.rooms.store import Store
from app.rooms.tables import Place
from lessons.train.points import Points, to_text
from tests.app.rooms.questions import CHOICE
from tests.lessons.conftest import open_page, said
from ui.text import CODES, language

OWN = to_text(Points(((1.0, 2.0, 0), (-1.0, 0.5, 1)), ("cat", "dog")))


def opened(lang: str = "en", **values: str) -> Any:
    return open_page("train", lang, step="own", pts=OWN, **values)


def labels(at: Any) -> list[str]:
    return [button.label for button in at.button]


def carried(at: Any) -> str:
    """The points in the address."""
    text = at.query_params["pts"]
    return text if isinstance(text, str) else str(text[0])


def code_of(at: Any) -> str:
    return str(at.session_state["room-of-the-teacher"].code)


def vote(served: Store, code: str, *answers: str, item: int = 1) -> None:
    for voter, answer in enumerate(answers):
        cast = partial(tables.vote, code=code, item=item, round_=1, voter=str(voter), answer=answer, sure=0)
        assert served.write(cast).result()


def close(served: Store, code: str, item: int = 1) -> None:
    place = Place(item, 1, Phase.OPEN)
    assert served.write(lambda line: tables.move(line, code, place, Move.CLOSE)).result()


def test_who_does_not_teach_sees_nothing_of_it(served: Store) -> None:
    assert not [label for label in labels(opened()) if "class" in label]


def test_without_a_house_there_is_nothing_of_it() -> None:
    assert not [label for label in labels(opened(present="1")) if "class" in label]


def test_the_class_is_asked_for_points_of_the_classes_and_the_plane_that_are_shown(served: Store) -> None:
    at = opened(present="1").button(key="class-collect").click().run()
    assert not at.exception
    standing = served.read(lambda line: tables.standing(line, code_of(at))).result()
    assert standing is not None
    assert standing.question is not None
    asks = standing.question.asks
    assert isinstance(asks, Pool)
    assert asks.classes == ("cat", "dog", "C")
    assert asks.across[0] < -1 < 1 < asks.across[1]
    assert asks.up[0] < 0.5 < 2 < asks.up[1]
    assert "step=own" in standing.question.place
    assert standing.room.place.phase is Phase.OPEN


@pytest.mark.parametrize("lang", CODES)
def test_the_points_of_a_class_become_the_teachers_own_and_are_undone_at_once(
    served: Store, lang: str
) -> None:
    t = language(lang)
    at = opened(lang, present="1").button(key="class-collect").click().run()
    vote(served, code_of(at), "0:1,1 1:-1,-1", "0:2,2", "0:1.5,1", "")
    at.button(key="class-take").click().run()
    assert carried(at) == OWN
    assert t("The vote is still open. Close it on the projector’s page, then take the points.") in said(at)
    close(served, code_of(at))
    at.run()
    assert t("Take the class’s points ({count})", count=4) in labels(at)
    at.button(key="class-take").click().run()
    assert not at.exception
    told = t("Points of the class: {count}, from {phones} phones. Classes: {classes}.")
    assert told.format(count=4, phones=3, classes=2) in said(at)
    taken = Points(((1.0, 1.0, 0), (1.5, 1.0, 0), (2.0, 2.0, 0), (-1.0, -1.0, 1)), ("cat", "dog"))
    assert carried(at) == to_text(taken)
    at.button(key="own-undo").click().run()
    assert carried(at) == OWN


def test_of_fewer_than_three_phones_no_points_are_taken_and_it_is_said_why(served: Store) -> None:
    at = opened(present="1").button(key="class-collect").click().run()
    vote(served, code_of(at), "0:1,1", "0:2,2", "")
    close(served, code_of(at))
    at.run()
    assert "Take the class’s points" in labels(at), "without how many"
    at.button(key="class-take").click().run()
    assert "Fewer than three phones" in said(at)
    assert carried(at) == OWN


def test_points_are_still_there_when_the_class_was_asked_something_else(served: Store) -> None:
    at = opened(present="1").button(key="class-collect").click().run()
    code = code_of(at)
    vote(served, code, "0:1,1", "0:2,2", "1:0,0")
    served.write(lambda line: tables.ask(line, code, CHOICE)).result()
    vote(served, code, "0", "1", "2", "2", item=2)
    assert "Take the class’s points (3)" in labels(at.run())


def test_a_class_that_was_asked_for_no_points_has_none_to_take(served: Store) -> None:
    at = opened(present="1").button(key="class-collect").click().run()
    code = code_of(at)
    served.delete(code).result()
    assert not [label for label in labels(at.run()) if label.startswith("Take")]
