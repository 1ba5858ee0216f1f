"""Pages that are open while their server restarts say so, come back, and have lost nothing."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from benchmarks.servers import app_server, free_port
from tests.browser.conftest import settle
from ui.text import language

AWAY = "Streamlit server is not responding. Are you connected to the internet?"


def test_open_pages_outlast_a_restart_of_their_server(page: Page) -> None:
    t, port = language("ko"), free_port()
    scores, training = page.context.new_page(), page
    with app_server(port=port) as address:
        scores.goto(f"{address}/scores?lang=ko&step=temperatures&scores=1,2,4")
        settle(scores)
        training.goto(f"{address}/train?lang=ko&view=page&stop=50")
        settle(training)
        training.locator("[data-stage=train-film] [data-action=leap]").click()
        expect(training.get_by_text("재생이 멈춘 10단계에서 본")).to_be_visible()
    for tab in (scores, training):
        expect(tab.get_by_role("heading", name=t("Connection error"))).to_be_visible()
        expect(tab.get_by_role("dialog")).to_contain_text(t(AWAY))
    with app_server(port=port):
        for tab in (scores, training):
            expect(tab.get_by_role("dialog")).to_have_count(0)
        slider = scores.get_by_role("slider", name=t("Temperature"))
        expect(slider).to_be_enabled()
        slider.press("ArrowRight")  # the first thing that this server hears from a part of the page
        described = scores.locator("[data-stage=scores-temperatures] .stage-plot")
        expect(described).to_have_attribute("aria-label", re.compile(re.escape("T = 1.1")))
        assert "scores=1,2,4" in scores.url.replace("%2C", ",")
        training.get_by_text("en", exact=True).click()
        expect(training.get_by_text("Both runs of your experiment at step 10, where")).to_be_visible()
