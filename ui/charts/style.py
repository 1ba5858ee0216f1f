"""How a class looks everywhere: one colour (by Okabe and Ito first), one marker, one dash, one pattern."""

from __future__ import annotations

COLOURS = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#B8A800", "#7F7F7F", "#8A5A44",
    "#7B52C7",
)  # fmt: skip
MARKERS = (
    "circle", "square", "diamond", "triangle-up", "cross", "x", "star", "pentagon", "triangle-down",
    "hourglass",
)  # fmt: skip
DASHES = (
    "solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "4px 2px 1px 2px", "1px 3px",
    "9px 3px 3px 3px", "2px 2px",
)  # fmt: skip
PATTERNS = ("", "/", "x", ".", "\\", "+", "-", "|", "/", "x")  # Plotly has eight: the last two are coarser
PATTERN_SIZES = (8, 8, 8, 8, 8, 8, 8, 8, 18, 18)

INK = "var(--st-text-color)"
PAPER = "var(--st-background-color)"
FAINT = "var(--st-border-color)"
GREY = "var(--st-gray-text-color)"
#: For what is no class: a loss, a run, a part of a sum. The hinge is violet wherever cross-entropy is ink.
VIOLET = "var(--st-violet-text-color)"
BLUE = "var(--st-blue-text-color)"
ORANGE = "var(--st-orange-text-color)"
ALARM = "var(--st-red-text-color)"
GOOD = "var(--st-green-text-color)"
