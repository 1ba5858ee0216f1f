"""Settings of the property tests of the core."""

from hypothesis import settings

settings.register_profile("core", deadline=None)  # a deadline would be a timing assertion
settings.load_profile("core")
