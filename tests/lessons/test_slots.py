"""No page shows a slot that was not filled, whatever is opened on it."""

from __future__ import annotations

import pytest

from lessons import PAGES
from tests.lessons.conftest import everything, open_page
from ui.text import CODES


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("slug", [page.slug for page in PAGES])
def test_every_slot_is_filled_when_all_answers_are_shown(slug: str, code: str) -> None:
    at = open_page(slug, code)
    at.session_state["reveals-all"] = True
    at.run()
    assert not at.exception
    words = everything(at)
    assert len(words) > 200
    assert "[[" not in words
    assert "]]" not in words
