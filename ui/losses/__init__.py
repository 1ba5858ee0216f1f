"""What the lesson `losses` is made of, beside its page."""
