"""Predict first, then see: how a reader commits, and how worked lines fade."""
