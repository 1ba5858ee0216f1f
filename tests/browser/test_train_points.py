"""A reader brings points of their own to the lesson on training, and takes the run away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from lessons.train.points import Points, to_text
from tests.browser.conftest import settle

ROOT = Path(__file__).parent.parent.parent
OTHERS = (
    "play,ten,valley,one,untrained,stops,laboratory,numbers,worked-point,path,pinned,code,spiral,missions"
)
FOUR = to_text(Points(((1.0, 2.0, 0), (2.0, 1.0, 0), (-1.0, -2.0, 1), (-2.0, -1.0, 1)), ("cat", "dog")))
CSV = "x,y,이름\n1,2,고양이\n3,oops,개\n-3,-4,개\n"


def counted(page: Page, count: int) -> None:
    expect(page.get_by_text(f"Your own points: {count} of at most 2000")).to_be_visible()


def upload(page: Page, drawer: str, name: str, content: bytes, kind: str) -> None:
    page.get_by_text(drawer).click()
    field = page.locator("details", has_text=drawer).locator("input[type=file]")
    field.set_input_files({"name": name, "mimeType": kind, "buffer": content})


def test_a_korean_table_is_used_undone_and_found_again_by_going_back(page: Page, app: str) -> None:
    page.goto(f"{app}/train?lang=en&step=own&pts={FOUR}")
    settle(page)
    counted(page, 4)
    upload(page, "Paste or upload points", "점.csv", CSV.encode("cp949"), "text/csv")
    counted(page, 2)
    expect(page.get_by_text("Row 3: “oops” is not a number")).to_be_visible()
    expect(page.get_by_role("radio", name="고양이", exact=True)).to_be_visible()
    settle(page)
    assert FOUR not in page.url
    page.get_by_role("button", name="Undo").click()
    counted(page, 4)
    expect(page.get_by_text("Row 3:")).to_have_count(0)


def test_the_downloaded_script_reaches_the_weights_of_the_page(page: Page, app: str, tmp_path: Path) -> None:
    page.goto(f"{app}/train?lang=ko&step=take-away&pts={FOUR}&stop=50")
    settle(page)
    page.get_by_text("학습 내려받기와 불러오기").click()
    button = page.get_by_role("button", name="스크립트(.py)")
    expect(button).to_be_visible()
    with page.expect_download() as download:
        button.click()
    script = tmp_path / "run.py"
    download.value.save_as(script)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, str(script)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("every digit is as on the page") == 2


def test_a_scene_file_is_opened_and_a_bad_one_changes_nothing(page: Page, app: str, tmp_path: Path) -> None:
    page.goto(f"{app}/train?lang=en&step=take-away&pts={FOUR}&rate=0.3")
    settle(page)
    page.get_by_text("Take this run away, or open one").click()
    button = page.get_by_role("button", name="Scene (.json)")
    expect(button).to_be_visible()
    with page.expect_download() as download:
        button.click()
    kept = tmp_path / "scene.json"
    download.value.save_as(kept)
    page.goto(f"{app}/train?lang=en&view=page&hide={OTHERS}&data=moons")
    settle(page)
    expect(page.get_by_text("Points of the data set: 150")).to_be_visible()
    upload(page, "Take this run away, or open one", "bad.json", b"{}", "application/json")
    expect(page.get_by_text("This is no scene file of Softmax Lab")).to_be_visible()
    expect(page.get_by_text("Points of the data set: 150")).to_be_visible()
    field = page.locator("details", has_text="Take this run away").locator("input[type=file]")
    field.set_input_files(kept)
    counted(page, 4)
    expect(page.get_by_text("This is no scene file")).to_have_count(0)
    settle(page)
    assert FOUR in page.url.replace("%2C", ",")
    assert "rate=0.3" in page.url


FIELD = """() => {
    const plot = [...document.querySelectorAll('.stage-plot')].find((each) => each.clientHeight > 300 && each._fullLayout?.xaxis2);
    const box = plot.getBoundingClientRect();
    const { xaxis, yaxis } = plot._fullLayout;
    return { x: [...xaxis.range], y: [...yaxis.range], left: box.left + xaxis._offset, width: xaxis._length,
        top: box.top + yaxis._offset, height: yaxis._length };
}"""  # noqa: E501


def test_points_clicked_near_the_edges_of_an_empty_plane_do_not_move_it(page: Page, app: str) -> None:
    page.goto(f"{app}/train?lang=en&step=own")
    settle(page)
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("No points yet")).to_be_visible()
    expect(page.locator("[data-stage=train-empty]")).to_be_visible()
    settle(page)
    page.locator("[data-stage=train-empty]").scroll_into_view_if_needed()
    empty = page.evaluate(FIELD)
    for count, (across, down) in enumerate([(0.04, 0.05), (0.96, 0.95), (0.96, 0.9)], start=1):
        field = page.evaluate(FIELD)
        page.mouse.click(field["left"] + across * field["width"], field["top"] + down * field["height"])
        counted(page, count)
        page.locator("[data-stage=train-film]").scroll_into_view_if_needed()
        settle(page)
        after = page.evaluate(FIELD)
        assert (after["x"], after["y"], after["width"]) == (empty["x"], empty["y"], empty["width"])


def test_an_infinite_seed_in_a_link_is_answered_and_leaves_the_address(page: Page, app: str) -> None:
    page.goto(f"{app}/train?lang=en&seed=1e400")
    settle(page)
    expect(page.get_by_text("The link asks for “1e400”")).to_be_visible()
    expect(page.get_by_text("This page stumbled")).to_have_count(0)
    page.get_by_text("moons", exact=True).click()
    page.wait_for_url("**data=moons**")
    settle(page)
    expect(page.get_by_text("The link asks for “1e400”")).to_be_visible()
    assert "1e400" not in page.url
