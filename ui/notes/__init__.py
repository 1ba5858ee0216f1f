"""What the lesson `notes` is made of, beside its page."""
