"""The building blocks of a lesson: explain, interact, show the computation, check yourself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from unicodedata import east_asian_width

import pandas as pd
import streamlit as st

from ui import teaching
from ui.charts.picture import Table
from ui.numerals import numeral
from ui.page import Page, is_one_at_a_time
from ui.reference import Reference
from ui.text import N_, Language

CODE = N_("The code that ran")

_SPELLED = re.compile(r"&#\d+;")
_MARKUP = re.compile(r":[a-z-]+\[|\]\([^)]*\)|[\]*]")


def code_that_ran(page: Page, reference: Reference) -> None:
    """What stands on the screen as code to read, and how close the code that computed it is to that.

    A step of its own shows it at once; a whole lesson when it is asked for.
    """
    t = page.t
    with st.expander(
        t(reference.about or CODE),
        expanded=is_one_at_a_time() and not reference.about,
        icon=":material/code:",
        on_change="rerun",
        key=teaching.offer_kind("code", f"{page.lesson.slug}-{reference.name}", t),
    ) as box:
        if box.open:
            where = t(
                "Plain NumPy to read, from {modules}; it runs by itself. The numbers on the page come from "
                "{kernels}, made to be fast and right to the last digit.",
                modules=_names(reference.modules),
                kernels=_names(reference.kernels),
            )
            within = {name: numeral(value) for name, value in reference.within.items()}
            st.markdown(f"{where} {t(reference.agreement, **within)}")
            st.code(reference.source, language="python")


def _names(modules: Sequence[str]) -> str:
    return ", ".join(f"`{module}`" for module in modules)


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
