"""What a reader reads: short messages from gettext catalogues, prose from Markdown files.

A language is a catalogue `xx.po` and, in each lesson, its prose `xx.md`, in the folders `text` of the rooms.
Adding one needs no Python: the app offers every language that has a catalogue in this folder, and what is not
translated yet is shown in English. What one lesson alone says stands in its folder, what the frame alone says
in `app/text/`, the rest here. Prose files hold sections that begin with a line `<!-- section-id -->`;
`[[name]]` is a slot for a live value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from babel import Locale, negotiate_locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from ui import signs
from ui.particles import settled

_HOUSE = Path(__file__).parent.parent.parent
DEFAULT = "en"
CODES = (DEFAULT, *sorted(path.stem for path in Path(__file__).parent.glob("*.po")))

_SECTION = re.compile(r"^<!-- ([a-z0-9-]+) -->$", re.MULTILINE)
_OPEN = "\ue000"  # for private use: stands for a bracket while particles are chosen
_SLOT = re.compile(r"(\*\*)?\[\[([a-z0-9_]+)\]\](?(1)\*\*)")


def N_(message: str) -> str:
    """Mark a message for the catalogue where it is written; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the app; calling it translates a message and fills its `{slots}`."""

    code: str
    name: str
    _messages: NullTranslations = field(repr=False, compare=False)

    def __call__(self, message: str, /, **values: object) -> str:
        text: str = self._messages.gettext(message)
        return _with(values, text.format) if values else text

    def prose(self, page: str) -> Mapping[str, str]:
        """The page's sections by id; those that are not translated are in English."""
        return _prose(page, self.code)


def catalogues(code: str) -> list[Path]:
    """The files with the messages of a language; of the default one there are none."""
    return [
        path for place in ("*/text", "lessons/*/text") for path in sorted(_HOUSE.glob(f"{place}/{code}.po"))
    ]


def fill(section: str, **values: object) -> str:
    """Put live values into a section's `[[slots]]`."""
    return _with(values, lambda **slots: _SLOT.sub(lambda slot: _filled(slot, slots), section))


def _filled(slot: re.Match[str], values: Mapping[str, object]) -> str:
    value = str(values[slot[2]])
    return signs.strong(value) if slot[1] else value


def _with(values: Mapping[str, object], filled: Callable[..., str]) -> str:
    """A text with its values and the particles behind them; a value that looks like a pair stays."""
    kept = {
        name: value.replace("(", _OPEN) if isinstance(value, str) else value for name, value in values.items()
    }
    return settled(filled(**kept)).replace(_OPEN, "(")


@cache
def _prose(page: str, code: str) -> Mapping[str, str]:
    return MappingProxyType(dict(sections(page, DEFAULT)) | dict(sections(page, code)))


def sections(page: str, code: str) -> Mapping[str, str]:
    """The sections of a page that are written in this very language, by id; there may be none."""
    path = _HOUSE / "lessons" / page / "text" / f"{code}.md"
    if code != DEFAULT and not path.exists():
        return {}
    parts = _SECTION.split(path.read_text(encoding="utf-8"))
    return {name: body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}


@cache
def language(code: object) -> Language:
    """The language of that code; the default one if there is no such language."""
    known = code if isinstance(code, str) and code in CODES else DEFAULT
    return Language(known, str(Locale(known).get_display_name(known)).capitalize(), _catalogue(known))


def _catalogue(code: str) -> NullTranslations:
    """The language's catalogues as one; English needs none, as the messages are written in it."""
    if code == DEFAULT:
        return NullTranslations()
    merged = Catalog(locale=code)
    for path in catalogues(code):
        with path.open("rb") as source:
            for message in read_po(source, locale=code):
                merged.add(message.id, message.string, flags=message.flags)  # a fuzzy one does not count
    compiled = BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return GNUTranslations(compiled)


def understood(wanted: str) -> str | None:
    """The code of the language that is asked for as ko, KO, ko-KR or ko_KR; None if there is no such one."""
    return negotiate_locale([wanted.lower().replace("_", "-")], CODES, sep="-")


def negotiate(wanted: str, accepted: str) -> Language:
    """The language that was asked for, or else the best of those the browser accepts (RFC 9110, 12.5.4)."""
    code = understood(wanted) or negotiate_locale(_by_preference(accepted.lower()), CODES, sep="-")
    return language(code or DEFAULT)


def _by_preference(accepted: str) -> list[str]:
    ranked = []
    for entry in accepted[:500].split(","):
        tag, _, quality = entry.strip().partition(";q=")
        try:
            ranked.append((-float(quality or 1), tag))
        except ValueError:
            continue
    return [tag for _, tag in sorted(ranked, key=lambda pair: pair[0])]
