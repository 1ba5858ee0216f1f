"""Links from one lesson to another that open it with chosen values."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from ui.lesson import find
from ui.text import Language


def address(slug: str, values: Mapping[str, object], t: Language, anchor: str = "") -> str:
    """The relative address of a lesson with these values, in the reader's language."""
    query = urlencode({**values, "lang": t.code}, quote_via=quote, safe=",")
    return f"{slug}?{query}" + (f"#{anchor}" if anchor else "")


def link(label: str, slug: str, values: Mapping[str, object], t: Language, anchor: str = "") -> str:
    """A link in Markdown; only its label where there is no such lesson."""
    return f"[{label}]({address(slug, values, t, anchor)})" if find(slug) else label


def title(slug: str, t: Language) -> str:
    """What a lesson is called; its address where there is none."""
    lesson = find(slug)
    return t(lesson.title) if lesson else slug
