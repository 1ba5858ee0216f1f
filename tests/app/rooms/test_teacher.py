"""Every question of every lesson can be put to a class, and the button is there for who teaches."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.rooms import tables, teacher
from app.rooms.phases import Phase
from app.rooms.question import Question, is_askable, read
from app.rooms.snapshot import snapshot
from app.rooms.store import Store
from app.rooms.worker import UnavailableError
from lessons import PAGES
from tests.lessons.conftest import open_page, said
from ui.page import Page
from ui.predict import ask
from ui.text import CODES


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("slug", [page.slug for page in PAGES if page.path])
def test_every_question_of_a_lesson_can_be_asked(
    slug: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: dict[str, Question] = {}

    def take(page: Page, asked: ask.Asked) -> None:
        found[asked.key] = snapshot(page, asked)

    keep: list[Callable[[Page, ask.Asked], None]] = [take, teacher.offer]
    monkeypatch.setattr(ask, "BELOW", keep)
    at = open_page(slug, code)
    assert not at.exception
    assert found
    for question in found.values():
        assert read(question.written()) == question
        assert is_askable(question)
        assert question.asks.truth().right
        assert question.lang == code
        assert question.place.startswith(f"{slug}?")
        words = json.dumps(question.public(), ensure_ascii=False)
        assert not {"$", "**", ":color[", "\\\\"} & {
            mark for mark in ("$", "**", ":color[", "\\\\") if mark in words
        }
        assert len(words.encode()) < 2500


def press(at: Any, label: str) -> Any:
    return next(button for button in at.button if button.label == label).click().run()


def test_the_button_is_there_for_who_teaches_and_asks_the_class(served: Store) -> None:
    assert not [
        button for button in open_page("scores", step="shift").button if button.label == "Ask the class"
    ]
    at = press(open_page("scores", step="shift", present="1"), "Ask the class")
    code, key = at.session_state["room-of-the-teacher"]
    standing = served.read(lambda line: tables.standing(line, code)).result()
    assert standing is not None
    assert (standing.room.place.phase, standing.room.place.item) == (Phase.OPEN, 1)
    assert standing.question is not None
    assert standing.question.asks.public()["options"] == ("It rises", "It falls", "It stays")
    assert "step=shift" in standing.question.place
    assert f"/room/{code}/screen?lang=en#{key}" in [
        link.proto.url[link.proto.url.find("/room") :] for link in at.get("link_button")
    ]
    press(at, "Ask the class")
    standing = served.read(lambda line: tables.standing(line, code)).result()
    assert standing is not None
    assert standing.room.place.item == 2


def test_the_row_below_a_question_reads_the_room_once(served: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    at = press(open_page("scores", step="shift", present="1"), "Ask the class")
    read, reads = served.read, list[object]()

    def counted(job: Any) -> Any:
        reads.append(job)
        return read(job)

    monkeypatch.setattr(served, "read", counted)
    at.run()
    assert [button.label for button in at.button].count("Ask the class") == len(reads) == 1


def test_while_the_database_is_away_the_class_keeps_its_room(
    served: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = press(open_page("scores", step="shift", present="1"), "Ask the class")
    room, read = at.session_state["room-of-the-teacher"], served.read

    def away(_: Any) -> Any:
        raise UnavailableError

    monkeypatch.setattr(served, "read", lambda _: read(away))
    press(at, "Ask the class")
    monkeypatch.undo()
    assert at.session_state["room-of-the-teacher"] == room
    standing = served.read(lambda line: tables.standing(line, room.code)).result()
    assert standing is not None
    assert standing.room.place.item == 2


def test_as_many_classes_as_fit(served: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST", 0)
    at = press(open_page("scores", step="shift", present="1"), "Ask the class")
    assert "as many classes as this server can keep" in said(at)


def test_without_a_house_there_is_no_button() -> None:
    assert teacher.house() is None
    at = open_page("scores", step="shift", present="1")
    assert not [button for button in at.button if button.label == "Ask the class"]
