"""The page that both servers show: one slider and one chart of 60 bars, in a fragment."""

from __future__ import annotations

from typing import Any

CLASSES = 60


def figure(scale: float) -> dict[str, Any]:
    """Sixty bars of a height that depends on the slider."""
    heights = [scale * (index % 7) for index in range(CLASSES)]
    return {
        "data": [{"type": "bar", "x": list(range(CLASSES)), "y": heights}],
        "layout": {"height": 300, "xaxis": {}, "yaxis": {"range": [0, 70]}},
    }
