"""The names inside Streamlit, Plotly and KaTeX that the sources use, as they stand there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("app", "ui", "lessons", "pages", "benchmarks")
_DOCUMENTED = {"streamlit", "streamlit.errors", "streamlit.testing.v1"}
_OTHERS_INSIDE = ("streamlit.", "uvicorn.", "servestatic.")


def sources(*kinds: str) -> dict[Path, str]:
    """The text of every file of these kinds, tests aside."""
    return {
        path: path.read_text(encoding="utf-8")
        for room in ROOMS
        for kind in kinds
        for path in sorted((ROOT / room).rglob(f"*.{kind}"))
    }


def _all(pattern: str, *kinds: str) -> frozenset[str]:
    return frozenset(name for text in sources(*kinds).values() for name in re.findall(pattern, text))


def _modules(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "streamlit":
            yield from (f"streamlit.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)


TEST_IDS = _all(r"data-testid=[\"']?(\w+)", "css", "js", "py")
KATEX_CLASSES = _all(r"\.(katex(?:-\w+)*)\b", "css")
THEME_COLOURS = _all(r"--st-[a-z-]*[a-z]", "css", "js", "py")
PLOTLYS_OWN = _all(r"[\w\])]\??\.(_[a-z]\w+)", "js")
PATHS = _all(r"/_stcore/[\w-]+", "py", "js")


def modules() -> frozenset[str]:
    """The undocumented ones that are imported."""
    return frozenset(
        name
        for text in sources("py").values()
        for name in _modules(text)
        if name not in _DOCUMENTED and name.startswith(_OTHERS_INSIDE)
    )
