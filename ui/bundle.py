"""Modules for the browser as one file: on a small server a request costs more than the bytes it brings."""

from __future__ import annotations

import re
from pathlib import Path

_IMPORT = re.compile(r'^import (\{.+\}) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class) (\w+))", re.MULTILINE)


def bundled(entry: Path) -> str:
    """The module with all that it imports from its folder; each keeps a scope of its own."""
    *others, last = _in_order(entry)
    parts = [
        f"const {path.stem}_ = (() => {{\n{_body(path)}return {{ {_names(path)} }};\n}})();\n"
        for path in others
    ]
    return "".join(parts) + _body(last) + f"export {{ {_names(last)} }};\n"


def _in_order(entry: Path) -> list[Path]:
    """Each module after those that it imports."""
    found: list[Path] = []
    for _, name in _IMPORT.findall(_source(entry)):
        found += [path for path in _in_order(entry.with_name(f"{name}.js")) if path not in found]
    return [*found, entry]


def _body(path: Path) -> str:
    return _EXPORT.sub("", _IMPORT.sub(r"const \1 = \2_;", _source(path)))


def _names(path: Path) -> str:
    return ", ".join(_EXPORT.findall(_source(path)))


def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")
