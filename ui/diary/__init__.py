"""What a reader predicted: kept in this browser alone."""

from ui.diary.diary import Entry, log, progress, recall, write

__all__ = ["Entry", "log", "progress", "recall", "write"]
