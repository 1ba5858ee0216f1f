"""Terms of a formula in the colours of their classes can be read on both papers, and stay apart."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tests.lessons.losses.test_pictures import contrast
from ui.charts.style import COLOURS
from ui.class_colours import css

THEME = tomllib.loads(Path(".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]


def test_every_class_has_a_readable_colour_of_its_own_in_both_themes() -> None:
    pairs = re.findall(r"color: light-dark\((#\w{6}), (#\w{6})\)", css())
    assert len(pairs) == len(COLOURS)
    for shades, name in zip(zip(*pairs, strict=True), ("light", "dark"), strict=True):
        assert len(set(shades)) == len(COLOURS)
        assert min(contrast(THEME[name]["backgroundColor"], shade) for shade in shades) > 4.5
