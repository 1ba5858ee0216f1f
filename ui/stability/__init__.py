"""What the lesson `stability` is made of, beside its page."""
