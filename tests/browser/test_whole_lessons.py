"""Each lesson on one page, in both themes: accessible, and whole and light on paper."""

from __future__ import annotations

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from lessons import PAGES
from tests.browser.conftest import in_dark, settle
from tests.browser.paper import printed_well
from ui.lesson import Lesson
from ui.text import CODES, Language, language

# What Streamlit's own widgets cause and the app cannot mend: the rule, and a mark of the part it is found in.
STREAMLITS_OWN = {"color-contrast": 'class="token token '}  # the colours of st.code in the light theme

# The thousand parts of formulas and pictures are hidden from screen readers, who are given words instead.
WITHIN = {"exclude": [[".katex-html"], [".main-svg"]]}

ON_PAPER = ("scores", "losses", "names", "notes")


def open_everything(page: Page, t: Language) -> None:
    """The tables below the charts, the code that ran and, last, for it closes by itself, the share box."""
    code = page.locator("[class*='st-key-code-'] summary")
    for folded in (page.locator(".stage-table summary"), code):
        folded.evaluate_all("all => all.forEach(one => one.click())")
    if code.count():
        expect(page.locator("[data-testid=stCode] code").first).to_be_visible()
    page.get_by_role("button", name=t("Share a link")).click()
    expect(page.get_by_alt_text(t("QR code of the link"))).to_be_visible()


def serious_violations(page: Page, **options: list[str]) -> list[tuple[str, str]]:
    options["resultTypes"] = ["violations"]  # most of the time went into describing what is right
    return [
        (violation["id"], node["html"][:160])
        for violation in Axe().run(page, WITHIN, options).response["violations"]
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
        if STREAMLITS_OWN.get(violation["id"], "no such part") not in node["html"]
    ]


@pytest.mark.parametrize("lesson", PAGES, ids=lambda lesson: lesson.slug)
def test_a_whole_lesson_is_well_on_paper_and_axe_finds_nothing_serious_in_either_theme(
    page: Page, app: str, lesson: Lesson
) -> None:
    code = CODES[PAGES.index(lesson) % len(CODES)]  # the languages in turn: they share their controls
    t = language(code)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.goto(f"{app}/{lesson.path}?lang={code}{'&view=page' if lesson.path else ''}")
    expect(page.get_by_role("heading", level=1)).to_have_text(t(lesson.question))
    in_dark(page, True)
    settle(page)
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4')].map((one) => +one.tagName[1])")
    assert levels[0] == 1
    assert all(later - level <= 1 for level, later in pairwise(levels)), levels
    if lesson.slug in ON_PAPER:
        figures = printed_well(page)
        if lesson.slug in ("scores", "losses"):  # what is chosen is seen without colours too
            assert 1 in figures["framed"]
        assert (max(figures["contours"]) > 10) == (lesson.slug == "losses")
    open_everything(page, t)
    found = serious_violations(page, runOnly=["color-contrast"])  # all else is the same in the light
    in_dark(page, False)
    settle(page)
    expect(page.get_by_alt_text(t("QR code of the link"))).to_be_visible()
    found += serious_violations(page)
    assert found == []
