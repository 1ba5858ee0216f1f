"""What is no class has a colour of its own: entropy and divergence, and what is measured of classifiers."""

from __future__ import annotations

from ui.charts import style

ENTROPY, DIVERGENCE = "#64748B", "#8B5CF6"
SURE, RIGHT = "#8B5CF6", "#A0714A"
NONE, FITTED = "#A0714A", style.INK  # no weights, and the best ones
