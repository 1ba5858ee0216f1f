"""Where a part of a page stands is copied once, and not once for each place around it.

Before each run of a fragment Streamlit copies the stack of the containers around it, and for each of them
once more all that are around that one: a seventh of what a move in the laboratory cost. And it copies each
cursor number by number, as if it did not know what one holds.
`tests/app/test_copies_of_places.py` notices a release that does it in another way.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from streamlit.cursor import Cursor, SparseList
from streamlit.delta_generator import DeltaGenerator


def share() -> None:
    """From now on two places with one container around them still have one in their copies."""
    DeltaGenerator.__deepcopy__ = _copied  # type: ignore[method-assign, assignment]
    Cursor.__deepcopy__ = _copied_cursor  # type: ignore[attr-defined]


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


def _copied_cursor(cursor: Cursor, known: dict[int, Any]) -> Cursor:
    """All that a cursor holds are numbers and tuples of them, but for the elements that come and go."""
    copy = known[id(cursor)] = object.__new__(type(cursor))
    vars(copy).update(vars(cursor))
    passing = cursor._transient_elements
    copy._transient_elements = deepcopy(passing, known) if len(passing) else SparseList()
    return copy
