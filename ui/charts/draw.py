"""What a picture is drawn with: axes that stay as they are, traces that do not answer to the pointer, notes.

Whatever else Plotly knows of each is passed on under Plotly's own name for it.
"""

from __future__ import annotations

from typing import Any

from ui.charts import style

_STROKES = "#FFFFFF"


def axis(title: Any = None, *, standoff: float | None = None, **more: Any) -> dict[str, Any]:
    """An axis that nobody zooms; the margins have the room for its labels.

    `title` may be its words, `standoff` pixels from the ticks, or all that Plotly takes for a title.
    """
    fixed = {"fixedrange": True, "automargin": False, **more}
    if title is None:
        return fixed
    if isinstance(title, str):
        title = {"text": title} if standoff is None else {"text": title, "standoff": standoff}
    return {**fixed, "title": title}


def line(x: Any, y: Any, **more: Any) -> dict[str, Any]:
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip", **more}


def dots(x: Any, y: Any, **more: Any) -> dict[str, Any]:
    return {"type": "scatter", "mode": "markers", "x": x, "y": y, "hoverinfo": "skip", **more}


def bars(x: Any, y: Any, **more: Any) -> dict[str, Any]:
    return {"type": "bar", "x": x, "y": y, "hoverinfo": "skip", **more}


def note(text: str, x: Any, y: Any, *, size: float, colour: str = style.INK, **more: Any) -> dict[str, Any]:
    """Words at a place, without an arrow."""
    font = {"size": size, "color": colour}
    return {"text": text, "x": x, "y": y, "showarrow": False, "font": font, **more}


def hatched(
    colour: str | list[str], shape: Any, solidity: float, opacity: float = 0.5, **more: Any
) -> dict[str, Any]:
    """The colour of a bar, or of each, with strokes over it.

    One ground is named, though each bar has its own: else Plotly reads the colours of all bars as one colour,
    and complains of it in the console.
    """
    ground = colour if isinstance(colour, str) else colour[0]
    strokes = {"shape": shape, "solidity": solidity, "fgcolor": _STROKES, "fgopacity": opacity, **more}
    return {"color": colour, "pattern": {"fillmode": "overlay", "bgcolor": ground, **strokes}}


def hatched_classes(count: int, opacity: float = 0.75) -> dict[str, Any]:
    """A colour and a pattern for the bar of each class."""
    shapes, sizes = list(style.PATTERNS[:count]), list(style.PATTERN_SIZES[:count])
    return hatched(list(style.COLOURS[:count]), shapes, 0.2, opacity, size=sizes)


def legend(y: float) -> dict[str, Any]:
    """A row below the picture, in which nothing can be switched off."""
    return {"orientation": "h", "x": 0, "y": y, "yanchor": "top", "itemclick": False}
