"""The pictures of the lesson `stability`."""
