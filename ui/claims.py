"""A sentence is a claim: it is said only where its condition holds.

Whatever states a cause, a limit, a comparison, never or always, a winner or a direction is chosen by
conditions that the core has computed for the numbers on the screen. `tests/claims` holds a check of its own
for every such sentence and tries it in many settings.
"""

from __future__ import annotations

from collections.abc import Mapping


def first_true(claims: Mapping[str, bool]) -> str | None:
    """The first sentence whose condition holds, by its section or message; None if none is true."""
    return next((sentence for sentence, holds in claims.items() if holds), None)
