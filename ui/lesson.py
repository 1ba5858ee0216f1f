"""A lesson as the kit knows it, and all that have been entered, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PAGES = Path(__file__).parent.parent / "pages"
_START = "home"
_entered: dict[str, Lesson] = {}


@dataclass(frozen=True, slots=True)
class Lesson:
    """One page: its address, its icon, its name, the question it answers, and what surprises in it."""

    slug: str
    icon: str
    title: str
    question: str
    surprise: str = ""

    @property
    def file(self) -> Path:
        return _PAGES / f"{self.slug}.py"

    @property
    def path(self) -> str:
        """The page's path in the address; the start page has the bare one."""
        return "" if self.slug == _START else self.slug


def enter(lesson: Lesson) -> None:
    """Let the links, the diary and the pages know this one."""
    _entered[lesson.slug] = lesson


def find(slug: str) -> Lesson | None:
    """The page of that slug; None if there is no such one."""
    return _entered.get(slug)


def entered() -> Sequence[Lesson]:
    """Every page but the first."""
    return [lesson for lesson in _entered.values() if lesson.path]


def after(lesson: Lesson) -> Lesson | None:
    """The one that follows; None at the end."""
    order = list(_entered.values())
    following = order[order.index(lesson) + 1 :]
    return following[0] if following else None
