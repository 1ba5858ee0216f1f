"""What the panel of points offers to others, and what becomes of theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import streamlit as st

from lessons.train import pooled
from lessons.train.own_data import MAX_ROWS
from lessons.train.pooled import Plane
from tests.lessons.train.test_own_points import opened, press, shown
from ui.page import Page

ROWS = [(1.0, 2.0, 0), (-1.0, 0.5, 0), (0.0, 0.0, 2)]


def enter(monkeypatch: pytest.MonkeyPatch, draw: Callable[[Page, Plane], None]) -> None:
    monkeypatch.setattr(pooled, "BELOW", [draw])


def test_what_the_frame_enters_is_drawn_with_the_classes_and_the_plane(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    enter(monkeypatch, lambda _page, plane: st.caption(f"{plane.classes} {plane.across} {plane.up}"))
    assert "('0', '1', '2', '3') (-4.0, 4.0) (-4.0, 4.0)" in [each.value for each in opened().caption]


def test_points_of_others_are_the_readers_own_until_that_is_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(_page: Page, plane: Plane) -> None:
        st.button("take", key="take", on_click=pooled.take, args=(plane.classes, ROWS, 3))

    enter(monkeypatch, draw)
    at = opened()
    before = shown(at)
    press(at, "take")
    assert shown(at) == f"3 ('0', '1', '2') {tuple(ROWS)}"
    assert [each.value for each in at.success] == ["Points of the class: 3, from 3 phones. Classes: 2."]
    assert shown(press(at, "plane")).startswith("4 "), "they are points as any others"
    press(at, "own-undo")
    assert shown(press(at, "own-undo")) == before


def test_of_too_many_points_some_of_each_class_are_taken_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [*[(1.0, 1.0, 0)] * MAX_ROWS, *[(2.0, 2.0, 1)] * MAX_ROWS]

    def draw(_page: Page, plane: Plane) -> None:
        st.button("take", key="take", on_click=pooled.take, args=(plane.classes, rows, 900))

    enter(monkeypatch, draw)
    at = press(opened(), "take")
    assert shown(at).startswith(f"{MAX_ROWS} ('0', '1') ")
    assert "2000 of 4000, from 900 phones" in at.success[0].value


def test_a_class_may_put_down_points_of_ten_classes(monkeypatch: pytest.MonkeyPatch) -> None:
    names, rows = tuple("ABCDEFGHIJ"), [(float(label), 0.0, label) for label in range(10)]

    def draw(_page: Page, plane: Plane) -> None:
        st.caption(f"{plane.classes}")
        st.button("take", key="take", on_click=pooled.take, args=(names, rows, 3))

    enter(monkeypatch, draw)
    at = press(opened(), "take")
    assert shown(at) == f"10 {names} {tuple(rows[-3:])}"
    assert f"{names}" in [each.value for each in at.caption], "no eleventh is offered"
