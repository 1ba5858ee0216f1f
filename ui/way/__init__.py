"""The way through a lesson of steps: the bar below it, and the link on the home page that goes on."""

from ui.way.way import Stop, resume, way

__all__ = ["Stop", "resume", "way"]
