"""The picture that both servers show: hinge and cross-entropy as surfaces, for a margin."""

from __future__ import annotations

from lessons.losses.pictures.surfaces import gaps, surfaces
from ui.charts.picture import Picture
from ui.text import language

POINT = (-3.13, 0.58)


def picture(margin: float) -> Picture:
    """The lesson's own picture, word for word."""
    return surfaces(gaps(POINT, margin, 1.0), "H,CE", "3D", language("en"))
