"""Printable worksheets."""

MAKERS: dict[str, object] = {}
