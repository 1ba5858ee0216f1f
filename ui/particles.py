"""Korean particles, whose form depends on the sound before them.

A text holds both forms where a value stands before a particle, as in 을(를); `settled` keeps the one that is
said. A text in another language holds no such pair and stays as it is. Digits are read as Korean numerals,
single Latin letters by their names, and words as in English, as nearly as their last letters tell.
"""

from __future__ import annotations

import re

_FORMS = {  # as written: after a consonant, after a vowel
    "을(를)": ("을", "를"),
    "이(가)": ("이", "가"),
    "은(는)": ("은", "는"),
    "과(와)": ("과", "와"),
    "(이)라고": ("이라고", "라고"),
    "(이)었": ("이었", "였"),
    "(으)로": ("으로", "로"),
}
_MARKS = r"[\s*`$\"'’”)}\]]"  # what stands between and is not said
_PLACE = re.compile(rf"(.)({_MARKS}*)({'|'.join(map(re.escape, _FORMS))})", re.DOTALL)
_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS, _FINAL_L = 0xAC00, 0xD7A3, 28, 8
_CLOSED = frozenset("013678LMNR")  # 영 일 삼 육 칠 팔, 엘 엠 엔 알
_CLOSED_IN_WORDS = frozenset("bcklmnpt")
_ENDS_IN_L = frozenset("178LlR")
_WORD = re.compile(r"[A-Za-z]{2,}$")
_SILENT_E = re.compile(r"(?<=[a-z][lmn])e$")


def settled(text: str) -> str:
    """The text with the right one of each pair of particles."""
    if not any(form in text for form in _FORMS):
        return text
    return _PLACE.sub(lambda place: _chosen(place, text), text)


def _chosen(place: re.Match[str], text: str) -> str:
    last, between, form = place.groups()
    closed, ends_in_l = _sound(last, text[: place.start() + 1])
    after_consonant, after_vowel = _FORMS[form]
    as_after_vowel = not closed or (form == "(으)로" and ends_in_l)
    return last + between + (after_vowel if as_after_vowel else after_consonant)


def _sound(last: str, before: str) -> tuple[bool, bool]:
    """Whether it ends in a consonant, and whether that is ㄹ."""
    if _FIRST_SYLLABLE <= ord(last) <= _LAST_SYLLABLE:
        final = (ord(last) - _FIRST_SYLLABLE) % _FINALS
        return final != 0, final == _FINAL_L
    if word := _WORD.search(before):
        heard = _SILENT_E.sub("", word[0].lower())
        return heard[-1] in _CLOSED_IN_WORDS or heard.endswith("ng"), heard[-1] == "l"
    return last.upper() in _CLOSED, last.upper() in _ENDS_IN_L
