"""What a lesson says, sentence by sentence, and whether somebody has checked each of them.

A lesson's test has two collections. `CHECKS` holds, for each sentence that is true in some settings only, by
its section or message, a function of the setting and of the values in its slots that says, by a computation
of its own, whether the sentence is true there. `PLAIN` names the sentences that need none: questions,
definitions, instructions, theorems. A new sentence that is in neither fails the test, so none is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from lessons import PAGES
from ui import text
from ui.page import Page
from ui.predict import ask
from ui.predict.answers import said


@dataclass(frozen=True, slots=True)
class Sentence:
    """A section or message that was said, and what stood in its slots."""

    name: str
    values: Mapping[str, Any]


def page(slug: str, code: str = "en") -> Page:
    """The page of a lesson, outside of any browser."""
    spoken = text.language(code)
    lesson = next(lesson for lesson in PAGES if lesson.slug == slug)
    return Page(lesson, spoken, spoken.prose(slug))


@contextmanager
def heard() -> Iterator[list[Sentence]]:
    """Every sentence that is said within, and no prediction put on a page."""
    sentences: list[Sentence] = []
    translate, fill = text.Language.__call__, Page.text

    def note_message(t: text.Language, message: str, /, **values: Any) -> str:
        sentences.append(Sentence(message, values))
        return translate(t, message, **values)

    def note_section(of: Page, section: str, **values: Any) -> str:
        sentences.append(Sentence(section, values))
        return fill(of, section, **values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text.Language, "__call__", note_message)
        patch.setattr(Page, "text", note_section)
        for name in ("number", "sketch"):
            patch.setattr(ask, name, lambda *_args, **_more: None)
        patch.setattr(ask, "choice", _hear_reasons)
        yield sentences


def _hear_reasons(
    _page: Page, _key: str, _question: str, options: Collection[ask.Option], *_args: Any, **_more: Any
) -> None:
    """The reasons of a choice, which are made when they are shown."""
    for option in options:
        said(option.reason)


def unchecked(slug: str, checks: Collection[str], plain: Collection[str]) -> list[str]:
    """The sections of a lesson's prose that are in neither collection."""
    return sorted(set(text.language(text.DEFAULT).prose(slug)) - {*checks, *plain})


def unknown(sentences: Collection[Sentence], checks: Collection[str], plain: Collection[str]) -> set[str]:
    """What was said that is in neither collection; a message without a slot is a name or a label."""
    return {sentence.name for sentence in sentences if sentence.values} - {*checks, *plain}


def untrue(
    sentences: Collection[Sentence], checks: Mapping[str, Callable[..., bool]], setting: Any
) -> list[Sentence]:
    """The sentences that were said in a setting and are false there."""
    return [
        sentence
        for sentence in sentences
        if sentence.name in checks and not checks[sentence.name](setting, sentence.values)
    ]
