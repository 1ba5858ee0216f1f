"""Markdown and its formulas in plain words and signs: for the diary, and for the names of widgets, which a
screen reader says as they are written."""

from __future__ import annotations

import re
from html import unescape

_SPAN = re.compile(r":color\[([^\[\]]*)\]")
_SPELLED = re.compile(r'&#(\d+);|\{\\char"([0-9A-F]+)\}')
_ASIDE = 0xF0000  # a plane for private use
_KEPT = re.compile("[\U000f0000-\U000fffff]")
_BEGIN, _END = "\u2063", "\u2060"  # around what is raised or lowered; neither is seen
_SCRIPT = re.compile(f"{_BEGIN}([_^])([^{_BEGIN}{_END}]*){_END}")
_MINUS = re.compile(r"(?<![^\W\d_]{2})-|-(?![^\W\d_]{2})")  # not a hyphen between words
_MATHS = re.compile(r"\$\$?(.+?)\$\$?", re.DOTALL)
_MARKS = re.compile(r"\*+|`")
_LINE = re.compile(r"\s*\\\\(\[[^\]]*\])?\s*&?")
_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|[{}^_&$]|[^\\{}^_&$]+", re.DOTALL)
_SIGNS = {
    "approx": " ≈ ",
    "cdot": " · ",
    "cdots": " …",
    "times": " × ",
    "infty": "∞",
    "Delta": "Δ",
    "Sigma": "Σ",
    "eta": "η",
    "lambda": "λ",
    "sigma": "σ",
    "partial": "∂",
    "sum": " Σ",
    "top": "⊤",
    "otimes": " ⊗ ",
    "prod": " Π",
    "le": " ≤ ",
    "ge": " ≥ ",
    "ne": " ≠ ",
    "neq": " ≠ ",
    "mid": " | ",
    "to": " → ",
    "leftarrow": " ← ",
    "mapsto": " ↦ ",
}
_WORDS = frozenset({"log", "ln", "max", "min", "exp"})
_ABOVE = {"hat": "\u0302", "bar": "\u0304"}
_ESCAPED = {"|": "‖", "{": "{", "}": "}", "%": "%"}
_SILENT = frozenset({"left", "right", "big", "Big", "textstyle", "displaystyle", "quad", "qquad"})
_WRAPPERS = frozenset({"text", "mathrm", "boxed", "underline"})
_NAMED = frozenset({"begin", "end"})
_SIMPLE = re.compile(r"[−-]?[\w.∞]+|\w+\(.*\)")


def plain(markdown: str) -> str:
    """A text without markup: its formulas as one would type them in a letter."""
    return _named(typed(_without_markup(markdown)))


def with_scripts(markdown: str) -> str:
    """A text without markup whose indices and exponents stand between unseen signs, for the diary to set."""
    return _named(_without_markup(markdown))


def _without_markup(markdown: str) -> str:
    text = _SPELLED.sub(_kept, _SPAN.sub(r"\1", _SPAN.sub(r"\1", markdown)))  # a span of spans at most
    text = _MATHS.sub(lambda maths: _in_signs(maths[1]), text)
    text = unescape(_MARKS.sub("", text)).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", text).strip()


def _named(text: str) -> str:
    """With the signs of the names that were set aside."""
    return _KEPT.sub(lambda sign: chr(ord(sign[0]) - _ASIDE), text)


def typed(text: str) -> str:
    """With indices and exponents as one types them, the inner ones first."""
    while (lower := _SCRIPT.sub(lambda script: script[1] + _bracketed(script[2]), text)) != text:
        text = lower
    return text


def _kept(spelled: re.Match[str]) -> str:
    """A sign of a name, set aside where no markup is read."""
    decimal, latex = spelled.groups()
    return chr(_ASIDE + (int(decimal) if decimal else int(latex, 16)))


def in_words(latex: str) -> str:
    """A formula in letters and signs: e^(−x), 1/2, Σ_(j ≠ y)."""
    return typed(_in_signs(latex))


def _in_signs(latex: str) -> str:
    text, _ = _group(_TOKEN.findall(_LINE.sub("; ", latex)), 0)
    return _MINUS.sub("−", _tidy(text))


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text)
    text = re.sub(
        r"(^|[=(]) ?- (?=\S)", lambda sign: f"{sign[1]} -" if sign[1] == "=" else f"{sign[1]}-", text
    )
    text = re.sub(r"([(\[]) | (?=[)\],;])", lambda found: found[1] or "", text)
    return text.strip()


def _group(tokens: list[str], at: int) -> tuple[str, int]:
    """What stands up to the end of a group, and where that is."""
    parts: list[str] = []
    while at < len(tokens) and tokens[at] != "}":
        part, at = _next(tokens, at)
        parts.append(part)
    return "".join(parts), at


def _next(tokens: list[str], at: int) -> tuple[str, int]:
    """The next part in words, and the place after it."""
    sign = tokens[at]
    if sign == "{":
        inner, at = _group(tokens, at + 1)
        return inner, at + 1
    if sign in "^_":
        inner, at = _argument(tokens, at + 1)
        return f"{_BEGIN}{sign}{inner}{_END}", at
    if sign == "&":
        return " ", at + 1
    if sign.startswith("\\"):
        return _command(tokens, at)
    return sign, at + 1


def _command(tokens: list[str], at: int) -> tuple[str, int]:
    name = tokens[at][1:]
    if name in {"frac", "tfrac"}:
        above, at = _argument(tokens, at + 1)
        below, at = _argument(tokens, at)
        return f"{_bracketed(above)}/{_bracketed(below)}", at
    if name in _WRAPPERS or name in _NAMED or name in {*_ABOVE, "sqrt"}:
        inner, at = _argument(tokens, at + 1)
        if name in _NAMED:
            return " ", at
        return f"{inner}{_ABOVE[name]}" if name in _ABOVE else f"√({inner})" if name == "sqrt" else inner, at
    if name in _WORDS:
        follows = tokens[at + 1][:1] if at + 1 < len(tokens) else ""
        if tokens[at + 1 : at + 2] == [r"\frac"] or tokens[at + 1 : at + 3] == [" ", r"\frac"]:
            inner, at = _next(tokens, at + 1 + (follows == " "))
            return f" {name}({inner})", at
        return f" {name}" + ("" if follows in "_^()" else " "), at + 1
    if name in _SILENT:
        return " " * (name not in {"left", "right"}), at + 1
    return _SIGNS.get(name) or _ESCAPED.get(name) or (f" {name} " if name.isalpha() else " "), at + 1


def _argument(tokens: list[str], at: int) -> tuple[str, int]:
    """The group or the one sign that a command takes."""
    while at < len(tokens) and not tokens[at].strip():
        at += 1
    if at == len(tokens):
        return "", at
    if tokens[at] == "{" or tokens[at].startswith("\\"):
        part, at = _next(tokens, at)
        return _tidy(part), at
    first, rest = tokens[at].lstrip()[:1], tokens[at].lstrip()[1:]
    if rest:
        tokens[at] = rest
        return first, at
    return first, at + 1


def _bracketed(text: str) -> str:
    return text if _SIMPLE.fullmatch(typed(text)) else f"({text})"
