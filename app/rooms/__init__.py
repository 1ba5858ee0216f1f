"""A class that answers a question together: on its phones, before a projector, without accounts."""
