"""Modules that belong together reach the browser as one file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ui.assets import FILES
from ui.bundle import bundled


def test_each_module_stands_once_after_what_it_imports(tmp_path: Path) -> None:
    sources = {
        "base": "export function one() { return 1; }\nexport class Two {}\n",
        "left": 'import { one } from "./base.js";\nexport async function left() { return one(); }\n',
        "entry": 'import { left } from "./left.js";\nimport { one, Two } from "./base.js";\n'
        "export function entry() { return [left, one, Two]; }\n",
    }
    for name, text in sources.items():
        (tmp_path / f"{name}.js").write_text(text)
    assert bundled(tmp_path / "entry.js").split("\n") == [
        "const base_ = (() => {",
        "function one() { return 1; }",
        "class Two {}",
        "return { one, Two };",
        "})();",
        "const left_ = (() => {",
        "const { one } = base_;",
        "async function left() { return one(); }",
        "return { left };",
        "})();",
        "const { left } = left_;",
        "const { one, Two } = base_;",
        "function entry() { return [left, one, Two]; }",
        "export { entry };",
        "",
    ]


@pytest.mark.parametrize("name", ["stage.js", "download.js", "way.js"])
def test_no_import_or_export_of_a_part_is_left(name: str) -> None:
    *body, last = FILES[name]().decode().rstrip().split("\n")
    assert re.fullmatch(r"export \{ [\w, ]+ \};", last)
    assert not [line for line in body if re.match(r"(import|export)\b(?!\()", line)]
