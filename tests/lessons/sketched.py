"""How near a sketch is to a curve, computed apart from the lessons."""

from __future__ import annotations


def close(drawn: tuple[float, ...], to: tuple[float, ...]) -> bool:
    return all(abs(height - other) <= 0.3 for height, other in zip(drawn, to, strict=True))
