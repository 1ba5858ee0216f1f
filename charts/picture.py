"""What a chart function returns: the figure, what it says in words, and what it holds as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Translate = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Table:
    """What is drawn, as text: the first cell of each row names the row."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Handle:
    """A place in a chart that a reader can drag up and down, by pointer or by arrow keys."""

    id: int
    label: str
    text: str
    x: float
    y: float
    low: float
    high: float
    step: float
    xaxis: str = "xaxis"
    yaxis: str = "yaxis"


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with everything that makes it readable without seeing it.

    `figure` has Plotly's `data` and `layout` and may have `narrow`, the layout's changes on a phone.
    """

    title: str
    description: str
    figure: dict[str, Any]
    table: Table
    handles: Sequence[Handle] = field(default=())
