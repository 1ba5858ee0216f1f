"""The pictures of the lesson `information`."""
