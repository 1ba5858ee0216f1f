"""What the lesson `names` is made of, beside its page."""
