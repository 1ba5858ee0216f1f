"""Files that come from a reader, and files that a reader takes away; both pass through the page itself."""

from ui.files.files import offer, receive

__all__ = ["offer", "receive"]
