"""The pictures of the lesson `scores`."""
