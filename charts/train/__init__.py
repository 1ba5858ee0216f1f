"""The pictures of the lesson `train`."""
