"""Where a part of a page stands is copied once, and not once for each place around it.

Before each run of a fragment Streamlit copies the stack of the containers around it, and for each of them
once more all that are around that one: a seventh of what a move in the laboratory cost.
`tests/app/test_copies_of_places.py` notices a release that does it in another way.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from streamlit.delta_generator import DeltaGenerator


def share() -> None:
    """From now on two places with one container around them still have one in their copies."""
    DeltaGenerator.__deepcopy__ = _copied  # type: ignore[method-assign, assignment]


def _copied(place: DeltaGenerator, known: dict[int, Any]) -> DeltaGenerator:
    copy = known[id(place)] = DeltaGenerator(
        root_container=place._root_container,
        cursor=deepcopy(place._cursor, known),
        parent=deepcopy(place._parent, known),
        block_type=place._block_type,
    )
    copy._form_data = deepcopy(place._form_data, known)
    copy._creating_fragment_id = place._creating_fragment_id
    return copy
