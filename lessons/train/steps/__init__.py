"""The steps of the lesson on training: each draws its question, its controls and its picture."""
