"""What the lesson `train` is made of, beside its page."""
