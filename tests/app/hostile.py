"""What an address, a browser or a stranger may send: made from a seed, so that a find can be had again."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import streamlit  # noqa: F401  (its messages need the package to be imported first)
from streamlit.proto.WidgetStates_pb2 import WidgetState

from ui.lesson import Lesson
from ui.parameters import PARAMETERS

#: How many addresses are tried; a nightly run asks for 10 000.
COUNT = int(os.environ.get("SOFTMAX_LAB_FUZZ", "0"))

VALUES = (
    "", " ", "0", "-1", "1", "2", "3.7", "1e3", "nan", "NaN", "inf", "-inf", "infinity", "1e999",
    "-1e999", "1e308", "5e-324", "1e-320", "-0", "0x10", "1_000", "٣", "१२", "１２", "²", "−1", "9" * 400,
    "1" + "0" * 5000, "a" * 100_000, "1," * 3000, "\x00", "a\x00b", "\ufffe", "\u202eabc",
    "\u2066x\u2069", "\u2028", "\r# h", "<script>", "</script><b>", "[a](http://x.example)",
    "www.example.org", "a@b.example", ":material/home:", ":smile:", "$x$", "`", "|", "%", "%00", "%zz",
    "&amp;", "None", "true", "[]", "{}", "{x}", "1,2", "1,2,3", "1;2;3", "1,,2", "nan,inf", "1e999,0",
    "1,2,3,4,5,6,7,8", "0,0", "-10000,10000", "1e-320,1e-320", "a,a,a", "고양이,개", "🐈", "e\u0301",
    "float16", "bfloat16", "H", "CE-H", "3D", "iris", "xor", "cs231n_spiral", "hidden", "quadratic", "N",
    "10000", "600", "ok", "f=0", "∇", "bit", "H²", "Adam", "momentum", "~", "AAAA", "A~b,c", "compute",
    "lang", "constructor",
)  # fmt: skip
_KEYS = (
    *PARAMETERS,
    "lang",
    "hide",
    "present",
    "focus",
    "pen",
    "embed",
    "embed_options",
    "utm",
    "__proto__",
    "",
)
_UI = Path(__file__).parents[2]


def keys_of(lesson: Lesson) -> list[str]:
    """What the controls of a page may be set by."""
    sources = [lesson.file, *(_UI / "ui" / lesson.slug).glob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    return [key for key in PARAMETERS if f'"{key}"' in text] or list(PARAMETERS)


def query(rng: random.Random, keys: list[str]) -> dict[str, list[str]]:
    """Some keys with one value or several."""
    chosen = rng.sample(keys, rng.randint(0, min(len(keys), 12))) + rng.choices(_KEYS, k=rng.randint(0, 4))
    return {key: [value(rng, key) for _ in range(rng.choice((1, 1, 1, 2, 3)))] for key in chosen}


def value(rng: random.Random, key: str = "") -> str:
    """A value that may or may not be possible."""
    possible: tuple[str, ...] = tuple(getattr(PARAMETERS.get(key), "options", ()))
    kind = rng.random()
    if kind < 0.3 and possible:
        return rng.choice(possible)
    if kind < 0.85:
        return rng.choice(VALUES)
    return "".join(
        chr(rng.choice((rng.randrange(32, 127), rng.randrange(0xD7FF)))) for _ in range(rng.randrange(30))
    )


def query_string(rng: random.Random, keys: list[str]) -> str:
    """An address as no browser would write it, too."""
    parts = [
        f"{rng.choice((quote, quote_plus, str))(key)}={rng.choice((quote, quote_plus, quote, str))(each)}"
        for key, values in query(rng, keys).items()
        for each in values
    ]
    odd = (
        "%ED%A0%80=%ED%B0%80",
        "scores=%ff%fe",
        "&&&",
        "=",
        "a=b=c",
        "temperature",
        "?",
        "#",
        "x=%",
        ";",
        "x&" * 2000,
    )
    return rng.choice(("&", "&", "&", ";")).join([*parts, *rng.sample(odd, rng.choice((0, 0, 1, 2)))])


def thing(rng: random.Random, depth: int = 0) -> Any:
    """Anything that JSON can hold."""
    plain: list[Any] = [
        None, True, False, 0, -1, 1, 7, 2**31, 2**63, 2**64, 10**400, -(10**30), 0.5, 1e308, 5e-324,
        float("nan"), float("inf"), "", "x", "1", "a" * 1000, "\u202e", "\ud800", "\x00", [], {},
    ]  # fmt: skip
    if depth > 2 or rng.random() < 0.6:
        return rng.choice(plain)
    if rng.random() < 0.4:
        return [thing(rng, depth + 1) for _ in range(rng.randrange(4))]
    names = (
        "number", "value", "id", "x", "y", "index", "step", "name", "data", "need", "pick", "move", "click",
        "point", "drag", "rest", "file", "wanted", "holds", "start", "stride", "count", "at", "event",
        "edited_rows", "added_rows", "deleted_rows", "0", "label",
    )  # fmt: skip
    return {rng.choice(names): thing(rng, depth + 1) for _ in range(rng.randrange(6))}


def state(rng: random.Random, widget: str) -> WidgetState:
    """What a browser may say of a widget, of the right kind or of another one."""
    said = WidgetState(id=widget)
    numbers = (0.0, -1.0, 1.0, 2.5, 1e308, 5e-324, float("nan"), float("inf"), -float("inf"), 1e18)
    whole = (0, -1, 1, 99, 2**62, -(2**62))
    plain: dict[str, Any] = {
        "trigger_value": rng.random() < 0.5,
        "bool_value": rng.random() < 0.5,
        "double_value": rng.choice(numbers),
        "int_value": rng.choice(whole),
        "string_value": rng.choice(VALUES),
        "json_value": _json(rng),
        "json_trigger_value": _json(rng),
        "bytes_value": rng.randbytes(20),
    }
    lists: dict[str, Sequence[Any]] = {
        "double_array_value": numbers,
        "int_array_value": whole,
        "string_array_value": VALUES,
    }
    kind = rng.choice((*plain, *lists, "string_trigger_value", "nothing"))
    if kind in plain:
        setattr(said, kind, plain[kind])
    elif kind in lists:
        getattr(said, kind).data.extend(rng.choices(lists[kind], k=rng.randrange(4)))
    elif kind == "string_trigger_value":
        said.string_trigger_value.data = rng.choice(VALUES)
    return said


def _json(rng: random.Random) -> str:
    return rng.choice(
        (json.dumps(thing(rng)), json.dumps(thing(rng)), "", "{", "[" * 5000, "nul", "1" * 5000)
    )
