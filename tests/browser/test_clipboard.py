"""What is copied off a page is of use elsewhere: formulas as LaTeX, tables as numbers."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle

COPIED = """([from, to]) => {
    const range = document.createRange();
    range.setStartBefore(from);
    range.setEndAfter(to);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const kept = new DataTransfer();
    from.dispatchEvent(new ClipboardEvent('copy', { clipboardData: kept, bubbles: true, cancelable: true }));
    return { text: kept.getData('text/plain'), html: kept.getData('text/html') };
}"""


def copied(page: Page, start: str, end: str | None = None) -> dict[str, str]:
    """What comes to the clipboard of a page from the first of these parts to the other."""
    nodes = [page.locator(each).first.element_handle() for each in (start, end or start)]
    found: dict[str, str] = page.evaluate(COPIED, nodes)
    return found


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_copied_formula_is_its_latex_once(page: Page, app: str, lang: str) -> None:
    page.goto(f"{app}/scores?lang={lang}&step=softmax")
    page.wait_for_selector("[data-stage=scores-bars]:not([data-frames='0'])")
    settle(page)
    within = "[data-testid=stMarkdownContainer]:has(p .katex):not(:has(.katex-display))"
    running = copied(page, f"{within} p")["text"]
    assert r"$e \approx 2.718$" in running
    assert running.count("2.718") == 1
    shares = copied(page, ".katex-display:has([style*='rgb(1, 1, 1)'])")["text"].strip()
    assert shares.startswith("$$")
    assert shares.endswith("$$")
    assert "textcolor" not in shares
    assert shares.count("0.01545") == 1
    assert shares.count("{") == shares.count("}")
    inside = copied(page, f"{within} .katex-html .mord", f"{within} .katex-html .mord")["text"]
    assert inside == r"$e \approx 2.718$"


def test_a_copied_table_holds_numbers_and_what_is_neither_is_left_to_the_browser(
    page: Page, app: str
) -> None:
    page.goto(f"{app}/scores?lang=en&step=softmax")
    page.wait_for_selector("[data-stage=scores-bars]:not([data-frames='0'])")
    settle(page)
    assert copied(page, "h2") == {"text": "", "html": ""}
    page.locator("[data-stage=scores-bars] .stage-table summary").click()
    table = "[data-stage=scores-bars] table"
    expect(page.locator(table)).to_contain_text("−2.85")
    found = copied(page, f"{table} tbody tr:first-child", f"{table} tbody tr:last-child")
    rows = list(csv.reader(io.StringIO(found["text"]), delimiter="\t"))
    numbers = [[float(cell) for cell in row[1:]] for row in rows if row]
    assert len(numbers) == 3
    assert numbers[0][0] == -2.85
    assert found["html"].startswith("<table>")
    assert "−" not in found["html"]
