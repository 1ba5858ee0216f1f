"""What the lesson `information` is made of, beside its page."""
