"""Bars that are parts of what their axis reaches, and the whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any


def unit_of(layout: Mapping[str, Any], axis: str) -> float:
    """By what the bars on an axis ("y", "y2" ...) are divided: as it says itself beside its highest line."""
    notes = layout.get("annotations", [])
    scale = [
        note for note in notes if note["yref"] == axis and note["xref"] == f"{axis.replace('y', 'x')} domain"
    ]
    if not scale:
        return 1.0
    top = max(scale, key=lambda note: float(note["y"]))
    return float(re.sub(r"·10<sup>(.+)</sup>", r"e\1", top["text"]).replace("−", "-")) / float(top["y"])
