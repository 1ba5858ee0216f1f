"""The building blocks of a lesson: explain, interact, show the computation, check yourself."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable, Sequence
from html import escape
from unicodedata import east_asian_width

import pandas as pd
import streamlit as st

from ui import teaching
from ui.charts.picture import Table
from ui.page import Page
from ui.text import Language

_SPELLED = re.compile(r"&#\d+;")
_MARKUP = re.compile(r":[a-z-]+\[|\]\([^)]*\)|[\]*]")


def code_that_ran(page: Page, *functions: Callable[..., object]) -> None:
    """The source of the functions whose results stand on the screen."""
    with st.expander(
        page.t("The code that ran"),
        icon=":material/code:",
        on_change="rerun",
        key=teaching.offer_kind("code", f"{page.lesson.slug}-{functions[0].__name__}", page.t),
    ) as box:
        if box.open:
            for function in functions:
                st.markdown(f"`{function.__module__}.{function.__qualname__}`")
                st.code(textwrap.dedent(inspect.getsource(function)), language="python")


def listing(t: Language, lines: Sequence[str]) -> None:
    """Numbered lines of code, plain: colouring them would cost each first visit 450 kB."""
    width = len(str(len(lines)))
    numbered = "\n".join(f"{number:>{width}}  {escape(line)}" for number, line in enumerate(lines, start=1))
    st.html(
        f'<pre class="listing" tabindex="0" aria-label="{escape(t("Code"))}"><code>{numbered}</code></pre>'
    )


def table(content: Table, name: str) -> None:
    """A small table whose cells may hold Markdown; the first cell of each row is its heading."""
    heading, *columns = content.columns
    index = pd.Index([row[0] for row in content.rows], name=heading)
    cells = pd.DataFrame([row[1:] for row in content.rows], columns=columns, index=index)
    st.table(cells, alt=name, width=_width([content.columns, *content.rows]))


def _width(rows: Sequence[Sequence[str]]) -> int:
    """About the pixels a table takes: with a width of its own it keeps its row headings in sight."""
    columns = zip(*rows, strict=True)
    return 16 + sum(18 + max(map(_extent, column)) for column in columns)


def _extent(cell: str) -> int:
    text = _MARKUP.sub("", _SPELLED.sub("#", cell))
    wide, digits = sum(east_asian_width(mark) in "WF" for mark in text), sum(map(str.isdigit, text))
    return 14 * wide + 8 * digits + 7 * (len(text) - wide - digits)
