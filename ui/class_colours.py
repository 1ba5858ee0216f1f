"""The colours of the classes in text: as in the pictures, only as far towards black or white as reading asks.

A formula names the colour of a class as `ui.formulas.of_class` does. A class that is lit, in a formula or
by its bars, is lit in both (`ui/stage/lit.js`).
"""

from __future__ import annotations

from ui.charts.style import COLOURS

_BLACK, _WHITE, _NIGHT = (0, 0, 0), (255, 255, 255), (15, 21, 29)
_CONTRAST = 4.6
_LIT = "html[data-lit='{index}']"
_TERM = ".katex [style*='rgb(1, 1, {index})']"
_BAR = ".stage-classes .barlayer .point:nth-child({place}) path"
_RULES = (
    _TERM + " {{ color: light-dark({by_day}, {by_night}) !important; }}\n",
    _LIT + " " + _TERM + " {{ outline: 2px solid; outline-offset: 2px; border-radius: 2px; }}\n",
    _LIT + " " + _BAR + " {{ stroke: currentColor !important; stroke-width: 3px !important; }}\n",
)
RGB = tuple[int, ...]


def css() -> str:
    """The rules for every class."""
    return "".join(
        rule.format(
            index=index,
            place=index + 1,
            by_day=_readable(colour, _BLACK, _WHITE),
            by_night=_readable(colour, _WHITE, _NIGHT),
        )
        for index, colour in enumerate(COLOURS)
        for rule in _RULES
    )


def _readable(colour: str, towards: RGB, paper: RGB) -> str:
    """The nearest colour on the way there that has the contrast which small text needs."""
    own = tuple(bytes.fromhex(colour[1:]))
    for part in range(101):
        mixed = tuple(round(a + (b - a) * part / 100) for a, b in zip(own, towards, strict=True))
        if contrast(mixed, paper) >= _CONTRAST:
            break
    return f"#{bytes(mixed).hex()}"


def contrast(one: RGB, other: RGB) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: RGB) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
