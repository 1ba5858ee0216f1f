"""A slider that reports while it moves: the reader sees the picture follow, not jump."""
