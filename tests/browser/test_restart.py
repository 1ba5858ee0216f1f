"""Pages that are open while their server restarts say so, come back, and have lost nothing."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, expect

from benchmarks.servers import app_server, free_port
from tests.browser.conftest import settle
from ui.text import language

OTHERS = "play,ten,valley,one,untrained,stops,own,worked-point,path,pinned,take-away,code,spiral,missions,sum"
KEPT = "() => JSON.parse(sessionStorage.getItem('softmax-lab-kept train'))?.text"
STATUS = "Your own points: 600"
AWAY = "Streamlit server is not responding. Are you connected to the internet?"


def test_open_pages_outlast_a_restart_of_their_server(page: Page, tmp_path: Path) -> None:
    t, port = language("ko"), free_port()
    scores, training, own = page.context.new_page(), page, page.context.new_page()
    many = tmp_path / "many.csv"  # points that no link can carry
    places = np.random.default_rng(0).normal(size=(600, 2)).round(3)
    many.write_text("x,y,label\n" + "".join(f"{x},{y},{'AB'[int(x > 0)]}\n" for x, y in places))
    with app_server(port=port) as address:
        scores.goto(f"{address}/scores?lang=ko&step=temperatures&scores=1,2,4")
        settle(scores)
        training.goto(f"{address}/train?lang=ko&view=page&hide={OTHERS}&stop=50")
        settle(training)
        training.locator("[data-stage=train-film] [data-action=leap]").click()
        expect(training.get_by_text("재생이 멈춘 10단계의 두 분류기를 봅니다")).to_be_visible()
        own.goto(f"{address}/train?lang=en&step=own&stop=50")
        settle(own)
        own.get_by_text("Paste or upload points", exact=True).click()
        own.locator(".file input[type=file]").set_input_files(many)
        expect(own.get_by_text(STATUS)).to_be_visible()
        own.wait_for_function(KEPT)
        own.reload()
        given_back(own)
        own.wait_for_function(KEPT)
    for tab in (scores, training):
        expect(tab.get_by_role("heading", name=t("Connection error"))).to_be_visible()
        expect(tab.get_by_role("dialog")).to_contain_text(t(AWAY))
    expect(own.get_by_role("dialog")).to_be_visible()
    with app_server(port=port):
        for tab in (scores, training, own):
            expect(tab.get_by_role("dialog")).to_have_count(0)
        slider = scores.get_by_role("slider", name=t("Temperature"))
        expect(slider).to_be_enabled()
        slider.press("ArrowRight")  # the first thing that this server hears from a part of the page
        described = scores.locator("[data-stage=scores-temperatures] .stage-plot")
        expect(described).to_have_attribute("aria-label", re.compile(re.escape("T = 1.1")))
        assert "scores=1,2,4" in scores.url.replace("%2C", ",")
        training.get_by_text("en", exact=True).click()
        expect(training.get_by_text("both runs at step 10, where its film rests")).to_be_visible()
        given_back(own)


def given_back(page: Page) -> None:
    expect(page.get_by_text("The server no longer knew this page")).to_be_visible()
    expect(page.get_by_text(STATUS)).to_be_visible()
