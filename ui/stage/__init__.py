"""The one way to draw: figures made in Python, kept and played by one browser component."""

from ui.stage.film import Frames
from ui.stage.stage import stage

__all__ = ["Frames", "stage"]
