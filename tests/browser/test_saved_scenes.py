"""Pictures in space in a file: each scene as the page shows it."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from tests.browser.conftest import settle

SHOWN = """plot => ['scene', 'scene2'].map((name) => plot._fullLayout[name]._scene.toImage('png'))"""
HREF = "{http://www.w3.org/1999/xlink}href"


def cover(address: str) -> float:
    """The share of a picture that is painted at all."""
    image = Image.open(io.BytesIO(base64.b64decode(address.split(",")[1])))
    return float(np.mean(np.asarray(image.convert("RGBA"))[..., 3] > 127))


def test_two_surfaces_side_by_side_are_both_whole_in_the_file(page: Page, app: str) -> None:
    page.goto(f"{app}/losses?lang=en&step=surfaces")
    settle(page)
    landscapes = page.locator("[data-stage=losses-surfaces]")
    landscapes.scroll_into_view_if_needed()
    landscapes.locator(".stage-table summary").click()
    with page.expect_download() as download:
        landscapes.get_by_role("button", name="Download as SVG").click()
    tree = ElementTree.parse(Path(download.value.path()))  # noqa: S314
    group = tree.find(".//{http://www.w3.org/2000/svg}g[@class='glimages']")
    saved = [cover(image.get(HREF)) for image in group]
    shown = [cover(image) for image in landscapes.locator(".stage-plot").evaluate(SHOWN)]
    assert min(shown) > 0.1
    np.testing.assert_allclose(saved, shown, atol=0.05)
