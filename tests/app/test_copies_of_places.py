"""A copied stack of places is what Streamlit's copy is, but that they share what is around them."""

from __future__ import annotations

import inspect

from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

THEIRS = DeltaGenerator.__deepcopy__


def test_streamlit_still_copies_what_is_around_a_place_for_each_of_them() -> None:
    source = inspect.getsource(THEIRS)
    assert "parent=deepcopy(self._parent)" in source
    assert source.count("self._") == 6  # all that a place has


def copied_both_ways() -> None:
    from copy import deepcopy

    import streamlit as st
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
    DeltaGenerator.__deepcopy__, before = copies_of_places._copied, DeltaGenerator.__deepcopy__
    try:
        ours = deepcopy(places)
    finally:
        DeltaGenerator.__deepcopy__ = before
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
