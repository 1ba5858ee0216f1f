"""The messages in the sources, by the rooms that say them, and those in the catalogues."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
ROOMS = ("ui", "app", "lessons", "pages")


def prose_files(code: str) -> list[Path]:
    """The lessons' prose in one language."""
    return sorted((ROOT / "lessons").glob(f"*/text/{code}.md"))


def messages_in(path: Path) -> Iterator[str]:
    """Every literal message: the argument of a call of `t`, `page.t` or `N_`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) in {"t", "N_"} and node.args:
            argument = node.args[0]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@cache
def said() -> dict[str, set[str]]:
    """Every message, and who says it: `ui`, `app`, `lessons`, or a lesson by its slug (its page included)."""
    speakers: dict[str, set[str]] = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for message in messages_in(path):
                speakers.setdefault(message, set()).add(_speaker(path.relative_to(ROOT)))
    return speakers


def _speaker(path: Path) -> str:
    room, *rest = path.parts
    if room == "pages":
        return path.stem
    return rest[0] if room == "lessons" and len(rest) > 1 else room


def catalogue(path: Path) -> list[Message]:
    """The messages of one catalogue, without its head."""
    with path.open("rb") as source:
        return [entry for entry in read_po(source) if entry.id]
