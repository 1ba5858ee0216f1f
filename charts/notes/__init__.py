"""The pictures of the lesson `notes`."""
