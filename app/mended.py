"""A link as it was meant, after what messengers, mail and keyboards did to it.

What is certain is repaired: a sign that ends a sentence, a separator that was encoded, an encoding that was
made twice, capitals, blanks, and signs that nobody sees. What could be meant as it is stays, and the page
answers it: of names, which may hold any sign, only what no page of ours writes is taken away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize
from urllib.parse import quote, unquote

from app import places
from ui.cells import UNSEEN
from ui.parameters import PARAMETERS, Code, Name, Parameter, Text
from ui.text import understood

_SLUGS = frozenset(
    {"step", "view", "hide", "present", "key"}
)  # what a page has in its address beside settings
_LANG = "lang"
_ROUNDS = 4  # so often a link was passed on and hurt again
_LONG = 100  # signs; no value that one chooses from a few is longer
_UNSEEN = re.compile(f"[{UNSEEN}]")
_BLANKS = re.compile(rf"\s+|{_UNSEEN.pattern}")
_WRAPS = re.compile(rf"[\r\n\t]+|{_UNSEEN.pattern}|=")
_AGAIN = re.compile("%[0-9A-Fa-f]{2}")
_AMPERSAND = re.compile(
    r"(?:(?:amp|%23(?:38|x26))(?:;|%3B)){1,8}+", re.IGNORECASE
)  # more take their square in time
_TWICE = re.compile(r"(?:%[C-F][0-9A-F](?:%[89AB][0-9A-F]){1,3}|(?<!\d)%20)", re.IGNORECASE)
_QUESTION = re.compile(r"\?|%3F|%EF%BC%9F", re.IGNORECASE)
_PART = re.compile(r"(?:#|%23)([\w-]+)[^\w&=]*$", re.IGNORECASE)
_PLUS = re.compile(r"(?<=[\d.])\+(?=[\d.+-])|\+(?=-)")  # it stood for a blank between two numbers
_PLUS_BEFORE_LETTERS = re.compile(r"(?:[^+]|\+(?=[^\W\d_]))*")
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
_ENDS = re.compile(r"(?:[),;!]|%(?:22|3E))$", re.IGNORECASE)  # as no page of ours ends its address
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_NO_CODE = re.compile("[^A-Za-z0-9_-]")
_ENTITIES = {"®": "reg"}  # "&reg" is that sign to HTML
_REWRITTEN = (  # what was put around a link, and in place of its signs
    (re.compile(r"(?:<|%3C)(?:/|%2F)\w+(?:>|%3E)[^\w&=]*$", re.IGNORECASE), ""),  # </a>
    (
        re.compile(r"(?:\]|%5D)(?:\(|%28)(?:https?|/)[^()]*(?:\)|%29)?[^\w&=]*$", re.IGNORECASE),
        "",
    ),  # ](http…)
    (re.compile(r"(?:\\|%5C)u0026", re.IGNORECASE), "&"),
    (re.compile(r"&?(?:(?:[⟨〈]|%E2%9F%A8|%E3%80%88)=|lang;=?)", re.IGNORECASE), "&lang="),
    (re.compile(r"&?(?:(?:®|%C2%AE)=|reg;=?)", re.IGNORECASE), "&reg="),
)
_BEHIND = re.compile(
    r"(?<=\w)(?:\s*<[/a-z]|\]\(|\s+\([a-z]|\|\D|https?:/|\"\s*[a-z]+=).*", re.DOTALL | re.IGNORECASE
)
_BEHIND_PATH = re.compile(r"(?<=\w)(?:%20|[\s;<(|#]|%23|%3C|%28|%7C).*", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address, as they are written there."""

    path: str
    query: str = ""
    part: str = ""

    def __str__(self) -> str:
        return self.path + (f"?{self.query}" if self.query else "") + (f"#{self.part}" if self.part else "")


def mended(path: str, query: str) -> Address | None:
    """The page that is meant by a path and a query as they came; None if there is no such page."""
    if places.is_readable(path):
        return Address(path, mended_query(query))
    bare, asked, part = _split(path)
    spoken = _bare(bare)
    found = places.meant(spoken) or places.meant(spoken := _bare(_BEHIND_PATH.sub("", bare)))
    if found is None:
        return None
    language = f"{_LANG}={code}" if (code := places.language_in(spoken)) else ""
    whole = mended_query(_joined(asked, query))
    return Address(found, whole if f"{_LANG}=" in whole else _joined(language, whole), part)


def language_asked(path: str, query: str) -> str:
    """The language that an address asks for, wherever it stands in it."""
    asked = mended_query(_joined(_split(path)[1], query)).split("&")
    return next((unquote(pair[5:]) for pair in asked if pair.startswith("lang=")), "")


def mended_query(query: str) -> str:
    """The query of a link as it was meant."""
    for _ in range(_ROUNDS):
        before, query = query, _once(query)
        if query == before:
            break
    return query


def _joined(*queries: str) -> str:
    return "&".join(query for query in queries if query)


def _split(path: str) -> tuple[str, str, str]:
    """A path, and the query and the part of a page whose separators were encoded into it."""
    while "%253F" in path.upper() and not _QUESTION.search(path):
        path = unquote(path)
    bare, *rest = _QUESTION.split(path, maxsplit=1)
    bare, *more = _separators().split(bare, maxsplit=1)  # the first separator was lost
    asked = _joined(*more, *rest)
    asked = asked if "=" in asked else unquote(asked)
    is_free = isinstance(_parameter(_pair(asked.rpartition("&")[2])[0]), Text | Name)
    part = None if asked and is_free else _PART.search(asked or bare)
    if part is None:
        return bare, asked, ""
    rest_of_it = (asked or bare)[: part.start()]
    return (bare, rest_of_it, part[1]) if asked else (rest_of_it, "", part[1])


def _bare(path: str) -> str:
    """A path without blanks, signs that nobody sees, and what a sentence put around it."""
    text = _BLANKS.sub("", normalize("NFKC", unquote(unquote(path)))).replace("\\", "/")
    inner = re.sub(r"^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "", text)
    return inner if inner or not any(map(str.isalpha, text)) else text


def _once(query: str) -> str:
    whole = query if "=" in query else unquote(query)
    for written, by in _REWRITTEN:
        whole = written.sub(by, whole)
    pairs = [_pair(piece) for piece in _separators().split(whole) if piece]
    given = [value for key, value in pairs if value is not None and _is_known(key)]
    if given and all(value.startswith("3D") for value in given) and {*given} != {"3D"}:  # quoted-printable
        pairs = [(key, value[2:] if value is not None and _is_known(key) else value) for key, value in pairs]
    last = len(pairs) - 1
    return "&".join(
        key if value is None else f"{key}={_meant(key, value, place == last)}"
        for place, (key, value) in enumerate(pairs)
    )


def _pair(piece: str) -> tuple[str, str | None]:
    """A key as we write it if it is one of ours, and its value as it is written."""
    piece = _AMPERSAND.sub("", piece, count=1) if _AMPERSAND.match(piece) else piece
    key, equals, value = piece.partition("=")
    if not equals:
        key, equals, value = re.sub("%3D", "=", piece, count=1, flags=re.IGNORECASE).partition("=")
        return (_name(key) or key, value) if equals and _name(key) else (piece, None)
    joined, wrap, rest = value.partition("=")
    if wrap and not _name(key) and _name(key + joined):
        return _name(key + joined), rest
    return _name(key) or key, value


def _name(key: str) -> str:
    """The key of ours that is written so; "" if there is none."""
    written = _BLANKS.sub("", unquote(key.replace("+", " "))).casefold()
    return _keys().get(_ENTITIES.get(written, written), "")


def _is_known(key: str) -> bool:
    return key in _keys().values()


@cache
def _keys() -> dict[str, str]:
    names = {*PARAMETERS, *_former(), *_SLUGS, _LANG}
    return {name.casefold(): name for name in names}


@cache
def _former() -> dict[str, Parameter]:
    return {name: one for one in PARAMETERS.values() for name in getattr(one, "was", ())}


def _parameter(key: str) -> Parameter | None:
    return PARAMETERS.get(key) or _former().get(key)


@cache
def _separators() -> re.Pattern[str]:
    """Between two pairs; what is no separator by itself is one before a key of ours."""
    known = "|".join(sorted(map(re.escape, _keys()), key=len, reverse=True))
    return re.compile(
        rf"&(?:{_AMPERSAND.pattern})?|"
        rf"(?:%26|;|%3B|\?|%3F|\||%7C)(?:{_AMPERSAND.pattern})?(?=(?:{known})(?:=|%3D))|\?(?=\w+=)",
        re.IGNORECASE,
    )


def _meant(key: str, raw: str, is_last: bool) -> str:
    """A value as it is written, mended if it needs it."""
    parameter, text = _parameter(key), unquote(raw.replace("+", " "))
    bare = _BEHIND.sub("", text)
    if isinstance(parameter, Code):
        found = _code(text, raw, is_last, parameter)
    elif isinstance(parameter, Name) or (isinstance(parameter, Text) and parameter.holds == "names"):
        found = _names(text, raw, is_last)
    elif isinstance(parameter, Text):
        found = _numbers(bare)
    elif parameter is not None:
        found = _chosen(bare, parameter.accepts, getattr(parameter, "options", ()))
        found = _slug(text) if key in _SLUGS and not parameter.accepts(found) else found
    elif key == _LANG:
        found = _chosen(bare, lambda code: understood(code) is not None)
    else:
        found = _slug(bare) if key in _SLUGS else text
    return raw if found == text else quote(found, safe=",")


def _readings(text: str) -> Iterator[str]:
    for one in (text, unquote(text)):
        tidy = _BLANKS.sub("", one)
        yield from (one, tidy, tidy.replace("=", ""))


def _chosen(text: str, accepts: Callable[[str], bool], options: tuple[str, ...] = ()) -> str:
    """The longest beginning that can be chosen, behind which there are no letters or digits of ours."""
    named = {option.casefold(): option for option in options}
    if len(text) > _LONG:
        return text
    for one in _readings(text):
        for end in range(len(one), 0, -1):
            if re.search("[A-Za-z0-9]", one[end:]):
                break
            begun = named.get(one[:end].casefold(), one[:end])
            if accepts(begun):
                return begun
    return text


def _slug(text: str) -> str:
    plain = _BLANKS.sub("", unquote(text)).casefold()
    return re.sub("[^a-z0-9]+$", "", plain) or text


def _numbers(text: str) -> str:
    plain = _WRAPS.sub("", unquote(text) if _AGAIN.search(text) else text)
    return _unended(_PLUS.sub(" ", plain.lstrip("\"'“‘")), lambda sign: not _is_of_a_number(sign)) or text


def _is_of_a_number(sign: str) -> bool:
    return sign.isnumeric() or (sign.isascii() and sign.isalpha()) or sign in "%∞"


def _unended(text: str, is_wrong: Callable[[str], bool]) -> str:
    """Without the signs at its end that are no part of it; a bracket is, if it has its other half."""
    end, counts = len(text), Counter(text)
    while end and is_wrong(sign := text[end - 1]):
        opening = _PAIRS.get(sign)
        if opening and counts[opening] >= counts[sign]:
            break
        counts[sign] -= 1
        end -= 1
    return text[:end]


def _names(text: str, raw: str, is_last: bool) -> str:
    if ("," not in text and "%2C" in text.upper()) or _is_encoded(text):
        text = unquote(text)
    if ",%2B" in raw.upper() and _PLUS_BEFORE_LETTERS.fullmatch(text):
        text = text.replace("+", " ")
    text = _UNSEEN.sub("", text[:1]) + text[1:-1] + _UNSEEN.sub("", text[-1:]) if len(text) > 1 else text
    if not is_last or not _ENDS.search(raw):
        return text
    if text.endswith('"') and text.count('"') % 2 == 0:
        return text
    return _unended(text, lambda sign: sign in '),;!>"') or text


def _is_encoded(text: str) -> bool:
    """Whether letters beyond ASCII, or blanks, are still written as bytes."""
    return _TWICE.search(text) is not None and "\ufffd" not in unquote(text)


def _code(text: str, raw: str, is_last: bool, parameter: Code) -> str:
    code, mark, names = (unquote(text) if "%7E" in text.upper() else text).partition(parameter.mark)
    whole = _AGAIN.sub("", code).translate(_DASHES)
    code = _NO_CODE.sub("", whole)
    names = _names(names, raw, is_last)
    begun = _NO_CODE.split(whole, maxsplit=1)[0]
    readings = [f"{one}{mark}{names}" for one in (code, code.rstrip("_-"), begun)]
    return next((one for one in readings if parameter.accepts(one)), readings[0])
