"""Which encoding a text is in: told by its marks, else by how plausible what comes out of it is."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

#: What a reader can choose, by the names on the screen.
ENCODINGS = {
    "UTF-8": "utf-8-sig",
    "UTF-16": "utf-16",
    "UTF-16 LE": "utf-16-le",
    "UTF-16 BE": "utf-16-be",
    "UTF-32": "utf-32",
    "UTF-32 LE": "utf-32-le",
    "UTF-32 BE": "utf-32-be",
    "cp949": "cp949",
    "Windows-1252": "cp1252",
    "Shift-JIS": "cp932",
    "EUC-JP": "euc_jp",
    "GBK": "gbk",
    "Big5": "cp950",
    "Windows-1250": "cp1250",
    "Windows-1251": "cp1251",
    "Mac Roman": "mac_roman",
    "cp437": "cp437",
}
_WIDE = {"UTF-16": (BOM_UTF16_LE, BOM_UTF16_BE), "UTF-32": (BOM_UTF32_LE, BOM_UTF32_BE)}
_MARKS = (
    (BOM_UTF8, "UTF-8"),
    (BOM_UTF32_LE, "UTF-32"),  # begins as that of UTF-16 does
    (BOM_UTF32_BE, "UTF-32"),
    (BOM_UTF16_LE, "UTF-16"),
    (BOM_UTF16_BE, "UTF-16"),
)
_GUESSED = ("cp949", "Windows-1252", "Shift-JIS", "GBK")  # of two that cost the same the first
_ZEROS, _CLEARLY = 0.1, 4  # of the bytes, nearly all at places of one kind: half a sign each
_WHOLE = 8  # signs beyond ASCII, at least, for each that is lost: what is in other encodings has less
_KANA = 4  # of so many signs one, at least, in a Japanese text
_MIXED = 1.5  # what it costs that a sign of East Asia touches a Latin letter
_IMPLAUSIBLE = 3.0
_NO_SIGN = "\U00040000"  # from here on Unicode has none
_SHIFTED = "\x1b$"  # from here on ISO-2022-KR or -JP has other letters
_LOST = "\N{REPLACEMENT CHARACTER}"
_RUN = re.compile(r"[^\x00-\x7f]+")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_SELDOM_FIRST = frozenset({1, 4, 8, 10, 13, 15})  # ㄲ ㄸ ㅃ ㅆ ㅉ ㅋ
_SELDOM_VOWELS = frozenset({3, 7, 10, 11, 14, 15, 16, 17})  # ㅒ ㅖ ㅙ ㅚ ㅝ ㅞ ㅟ ㅠ
_USUAL_LAST = frozenset({0, 1, 4, 8, 16, 17, 21})  # none ㄱ ㄴ ㄹ ㅁ ㅂ ㅇ
_MAX_JUDGED = 20_000  # signs beyond ASCII
_SYMBOLS = frozenset("\u00a0°±²³µ·×÷€£–—‘’“”…•℃、。，；（）「」・ー　")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the encoding by its name on the screen."""

    text: str
    encoding: str


def decoded(content: bytes, encoding: str | None = None) -> Decoded:
    """Read bytes as a text.

    Args:
        content: any.
        encoding: one of `ENCODINGS`, or None to guess.

    Raises:
        ValueError: the bytes are no text, or not in this encoding.

    >>> decoded("x;größer".encode("cp1252")), decoded("x,고양이".encode("cp949"))
    (Decoded(text='x;größer', encoding='Windows-1252'), Decoded(text='x,고양이', encoding='cp949'))
    """
    name = encoding or _guess(content)
    text = None if name is None else _read(content, name)
    if name is None or text is None:
        raise ValueError("the file is in no encoding that is known here; save it as UTF-8")
    return Decoded(text.lstrip("\ufeff"), name)


def possible(content: bytes) -> tuple[str, ...]:
    """The encodings in which these bytes are a text."""
    return tuple(name for name in ENCODINGS if _fits(content, name))


def _fits(content: bytes, name: str) -> bool:
    marks = _WIDE.get(name[:6])
    if marks and not (content.startswith(marks) if name in _WIDE else name == _guess(content)):
        return False
    return _read(content, name) is not None


def _guess(content: bytes) -> str | None:
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    wide = marked or _without_mark(content)
    if wide is not None:
        return wide
    if _read(content, "UTF-8") is not None:
        return "UTF-8"
    if _is_surely_euc_jp(content):
        return "EUC-JP"
    is_old_mac = b"\r" in content and b"\n" not in content
    guessed = (*_GUESSED, "Mac Roman") if is_old_mac else _GUESSED
    costs = {name: _COSTS[name](text) for name in guessed if (text := _read(content, name)) is not None}
    return min(costs, key=lambda name: costs[name], default=None)


def _without_mark(content: bytes) -> str | None:
    """Unicode that says nothing of itself: in four bytes each a sign that exists, or many zeros in two."""
    for wide in ("UTF-32 LE", "UTF-32 BE"):
        if (text := _read(content, wide)) and "\0" < min(text) <= max(text) < _NO_SIGN:
            return wide
    even, odd = content[::2].count(0), content[1::2].count(0)
    if len(content) % 2 or even + odd <= _ZEROS * len(content):
        return None
    name = "UTF-16 LE" if odd > _CLEARLY * even else "UTF-16 BE" if even > _CLEARLY * odd else None
    return name if name and _read(content, name) is not None else None


def _is_surely_euc_jp(content: bytes) -> bool:
    """Much of it is kana, and some of these mean nothing in Korean, which has single letters there."""
    text = _read(content, "EUC-JP")
    beyond = "".join(_RUN.findall(text or ""))
    kana = [sign for sign in beyond if "ぁ" <= sign <= "ヶ"]
    if not kana or _KANA * len(kana) < len(beyond):
        return False
    return any("ふ" <= sign <= "ん" for sign in kana) or _read(content, "cp949") is None


def _read(content: bytes, name: str) -> str | None:
    try:
        text = content.decode(ENCODINGS[name])
    except UnicodeDecodeError:
        return _hurt(content) if name == "UTF-8" else None
    if _SHIFTED in text:
        return None
    if name.startswith("UTF"):
        return text
    return None if len(_CONTROL.findall(text)) > 2 + len(text) // 100 else text


def _hurt(content: bytes) -> str | None:
    """UTF-8 of which few bytes were cut off or changed: nearly all signs beyond ASCII are whole."""
    text = content.decode(ENCODINGS["UTF-8"], "replace")
    lost = text.count(_LOST)
    whole = sum(len(run.group()) for run in _RUN.finditer(text)) - lost
    return text if _WHOLE * lost <= whole else None


def _cost(text: str, of_sign: Callable[[str], float], wide: bool) -> float:
    """How implausible what lies beyond ASCII is, in all."""
    found, judged = 0.0, 0
    for run in _RUN.finditer(text):
        signs = run.group()
        found += sum(map(of_sign, signs))
        before, behind = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        touches = _is_latin(before) + _is_latin(behind)
        found += _MIXED * touches if wide else 0.0 if touches else 0.5 * len(signs)
        judged += len(signs)
        if judged > _MAX_JUDGED:
            break
    return found


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


@lru_cache(maxsize=4096)
def _korean(sign: str) -> float:
    """Of the syllables of Hangul 2350 are in use, some seldom; what cp949 adds is in no usual name."""
    if not "가" <= sign <= "힣":
        return 0.6 if "一" <= sign <= "鿿" else 0.5 if sign in _SYMBOLS else 1.5
    if len(sign.encode("euc_kr")) > 2:
        return _IMPLAUSIBLE
    first, rest = divmod(ord(sign) - ord("가"), 588)
    vowel, last = divmod(rest, 28)
    return 0.35 * ((first in _SELDOM_FIRST) + (vowel in _SELDOM_VOWELS) + (last not in _USUAL_LAST))


@lru_cache(maxsize=4096)
def _japanese(sign: str) -> float:
    if "\u3041" <= sign <= "\u30ff":
        return 0.0
    code = sign.encode("cp932")
    if len(code) == 1:  # katakana of half width
        return 1.5
    return 0.5 if sign in _SYMBOLS else 0.2 if b"\x88\x9f" <= code < b"\x98\x73" else 2.0


@lru_cache(maxsize=4096)
def _chinese(sign: str) -> float:
    code = sign.encode("gbk")
    if b"\xb0\xa1" <= code < b"\xd8" and code[1] > 0xA0:  # the 3755 in daily use
        return 0.3
    if b"\xd8\xa1" <= code < b"\xf8" and code[1] > 0xA0:
        return 1.0
    return 0.5 if sign in _SYMBOLS else _IMPLAUSIBLE


@lru_cache(maxsize=256)
def _western(sign: str) -> float:
    if sign.isalpha():
        return 0.1 if sign.islower() else 0.6
    return 0.5 if sign in _SYMBOLS else 1.5


_COSTS: dict[str, Callable[[str], float]] = {
    "cp949": lambda text: _cost(text, _korean, True),
    "Windows-1252": lambda text: _cost(text, _western, False),
    "Mac Roman": lambda text: _cost(text, _western, False),
    "Shift-JIS": lambda text: _cost(text, _japanese, True),
    "GBK": lambda text: _cost(text, _chinese, True),
}
