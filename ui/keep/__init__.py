"""What a link cannot carry, kept by the browser for as long as its tab is open."""

from ui.keep.keep import hold

__all__ = ["hold"]
