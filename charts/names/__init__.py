"""The pictures of the lesson `names`."""
