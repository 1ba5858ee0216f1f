"""A sheet on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from lessons.worksheets import MAKERS
from ui.text import CODES

SEEDS = (1, 2, 3)


def pages_on_paper(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("slug", MAKERS)
def test_a_sheet_is_one_page_and_its_key_another(page: Page, app: str, slug: str, code: str) -> None:
    for seed in SEEDS:
        address = f"{app}/worksheet/{slug}?lang={code}&seed={seed}"
        page.goto(address)
        assert pages_on_paper(page) == 1
        page.goto(f"{address}&key=1")
        assert pages_on_paper(page) == 2
