"""A small drawing for each lesson's card: what its picture looks like, from the lesson's own numbers."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from functools import cache

import numpy as np

from softmax_core import softmax
from ui.charts.style import COLOURS

WIDTH, HEIGHT = 240, 88
_NOTES = (-2.85, 0.86, 0.28)
_BLUE, _ORANGE, _GREEN = COLOURS[:3]
_GREY = "#8793A3"


@cache
def image(slug: str) -> str:
    """The drawing as an image that says nothing: the card's text does."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
    data = base64.b64encode(f"{head}{''.join(_DRAWN[slug]())}</svg>".encode()).decode()
    return f'<img class="thumbnail" alt="" src="data:image/svg+xml;base64,{data}">'


def _bar(x: float, width: float, height: float, colour: str) -> str:
    place = f'x="{x:.1f}" y="{HEIGHT - height:.1f}"'
    return f'<rect {place} width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'


def _line(xs: Iterable[float], ys: Iterable[float], colour: str, dash: str = "") -> str:
    points = " ".join(f"{x:.1f},{HEIGHT - y:.1f}" for x, y in zip(xs, ys, strict=True))
    style = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="3"{style}/>'


def _dot(x: float, y: float, colour: str, radius: float = 5) -> str:
    return f'<circle cx="{x:.1f}" cy="{HEIGHT - y:.1f}" r="{radius}" fill="{colour}"/>'


def _scores() -> Iterable[str]:
    """The probabilities of the notes' scores."""
    for index, probability in enumerate(softmax(_NOTES)):
        yield _bar(30 + 66 * index, 46, 4 + 110 * float(probability), COLOURS[index])


def _stability() -> Iterable[str]:
    """The exponential, and where it leaves the number format."""
    xs = np.linspace(0, 1, 50)
    yield _line(20 + 180 * xs, 4 + 0.9 * np.exp(4.4 * xs), _BLUE)
    yield _line((10, WIDTH - 10), (HEIGHT - 14, HEIGHT - 14), _GREY, "6 4")
    yield f'<text x="{WIDTH - 12}" y="40" text-anchor="end" font-size="20" fill="{_GREY}">inf</text>'


def _losses() -> Iterable[str]:
    """Both losses over the lead of the true class, of two classes."""
    lead = np.linspace(-3, 3, 61)
    across = 20 + 200 * (lead + 3) / 6
    yield _line(across, 8 + 18 * np.maximum(0, 1 - lead), _ORANGE, "9 5")
    yield _line(across, 8 + 18 * np.log1p(np.exp(-lead)), _BLUE)


def _train() -> Iterable[str]:
    """Three clouds."""
    rng = np.random.default_rng(4)
    for index, (x, y) in enumerate(((60, 28), (128, 64), (184, 26))):
        for dx, dy in rng.normal(scale=(17, 9), size=(9, 2)):
            yield _dot(x + dx, y + dy, COLOURS[index], 4)


def _information() -> Iterable[str]:
    """A half, a quarter and two eighths, each as wide as it is likely and as high as its code is long."""
    left = 10.0
    for index, bits in enumerate((1, 2, 3, 3)):
        yield _bar(left, 220 * 2.0**-bits - 3, 26 * bits, COLOURS[index])
        left += 220 * 2.0**-bits


def _names() -> Iterable[str]:
    places = ((40, 62), (120, 62), (200, 62), (80, 22), (160, 22))
    for one, other in ((0, 1), (1, 2), (1, 3), (1, 4), (2, 4)):
        (x, y), (u, v) = places[one], places[other]
        yield _line((x, u), (y, v), _GREY)
    for index, (x, y) in enumerate(places):
        yield _dot(x, y, COLOURS[index], 11)


def _notes() -> Iterable[str]:
    """Printed numbers, one of them struck out."""
    for row, text in enumerate((".631", ".016", ".353")):
        y = 24 + 27 * row
        yield f'<text x="70" y="{y}" font-size="22" fill="{_GREY}">{text}</text>'
    yield f'<line x1="62" x2="126" y1="44" y2="44" stroke="{_ORANGE}" stroke-width="4"/>'
    yield f'<text x="140" y="51" font-size="22" fill="{_GREEN}">.015</text>'


_DRAWN: dict[str, Callable[[], Iterable[str]]] = {
    "scores": _scores,
    "stability": _stability,
    "losses": _losses,
    "train": _train,
    "information": _information,
    "names": _names,
    "notes": _notes,
}
