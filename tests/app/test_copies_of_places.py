"""A copied stack of places is what Streamlit's copy is, but that they share what is around them."""

from __future__ import annotations

import inspect
from copy import deepcopy

from streamlit.cursor import LockedCursor, RunningCursor, SparseList
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from app.boot.copies_of_places import _copied_cursor

THEIRS = DeltaGenerator.__deepcopy__


def test_streamlit_still_copies_what_is_around_a_place_for_each_of_them() -> None:
    source = inspect.getsource(THEIRS)
    assert "parent=deepcopy(self._parent)" in source
    assert source.count("self._") == 6  # all that a place has


def test_a_cursor_holds_nothing_that_its_copy_could_share_and_change() -> None:
    running = RunningCursor(root_container=0, parent_path=(1, 2))
    for cursor in (running, LockedCursor(root_container=0, parent_path=(1, 2), index=3)):
        held = vars(cursor)
        assert {name for name in held if not isinstance(held[name], int | tuple | None)} == {
            "_transient_elements"
        }
        copy = _copied_cursor(cursor, {})
        assert type(copy) is type(cursor)
        assert vars(copy) | {"_transient_elements": None} == held | {"_transient_elements": None}
        assert copy._transient_elements is not cursor._transient_elements
    running.get_transient_cursor()
    running._transient_elements[0] = ["passing"]
    passing = _copied_cursor(running, {})._transient_elements
    assert isinstance(passing, SparseList)
    assert list(passing) == list(deepcopy(running)._transient_elements) == [["passing"]]
    assert passing[0] is not running._transient_elements[0]


def copied_both_ways() -> None:
    from copy import deepcopy

    import streamlit as st
    from streamlit.cursor import Cursor
    from streamlit.delta_generator import DeltaGenerator

    from app.boot import copies_of_places

    def paths(stack: tuple[DeltaGenerator, ...]) -> list[list[str]]:
        return [
            [f"{one._block_type} {one._get_delta_path_str()}" for one in each._ancestors] for each in stack
        ]

    outer = st.container()
    left, _ = outer.columns(2)
    inner = left.container()
    inner.caption("one element")
    places = outer, left, inner
    theirs = deepcopy(places)
    before = DeltaGenerator.__deepcopy__
    copies_of_places.share()
    try:
        ours = deepcopy(places)
    finally:
        DeltaGenerator.__deepcopy__ = before
        del Cursor.__deepcopy__
    assert paths(ours) == paths(theirs) == paths(places)
    assert ours[2]._parent is ours[1]
    assert ours[1]._parent._parent is ours[0]  # columns stand in a row of their own
    for copy, place in zip(ours, places, strict=True):
        assert copy is not place
        assert copy._cursor is not place._cursor
    ours[2].caption("in the copy")
    assert paths(ours) != paths(places)  # a copy goes on by itself
    theirs[2].caption("in the copy")
    assert paths(ours) == paths(theirs)
    st.markdown("compared")


def test_a_copy_is_as_streamlits_is_and_shares_what_is_around() -> None:
    at = AppTest.from_function(copied_both_ways).run()
    assert not at.exception
    assert at.markdown[0].value == "compared"
