"""The pictures of the lesson `losses`."""
