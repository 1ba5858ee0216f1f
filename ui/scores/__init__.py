"""What the lesson `scores` is made of, beside its page."""
