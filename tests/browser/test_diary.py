"""What a reader predicts is revealed, kept in this browser alone, and can be cleared."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import go, in_dark, settle

OTHERS = "softmax,temperatures,more,signs,two,three,loss,now-you,numbers,code"
STORE = "localStorage.getItem('softmax-lab-diary')"


def opened(page: Page, app: str, path: str = "scores", lang: str = "en", **query: str) -> Page:
    page.goto(f"{app}/{path}?{urlencode({'lang': lang, **query})}")
    settle(page)
    return page


def answer(page: Page, text: str, sure: str, key: str) -> None:
    page.locator(f".st-key-{key}-choice").get_by_text(text, exact=True).click()
    page.locator(f".st-key-{key}-{sure} button").click()


def noted(page: Page, **entry: object) -> None:
    """Wait until the latest answer that was written down says this."""
    page.wait_for_function(
        f"""entry => {{
            const last = JSON.parse({STORE} ?? '{{"answers": []}}').answers.at(-1) ?? {{}};
            return Object.entries(entry).every(([name, value]) => (last.now ?? last)[name] === value);
        }}""",
        arg=entry,
    )


def diary(page: Page) -> Locator:
    """The predictions of a lesson, at its end."""
    go(page, "sum")
    return page.locator(".diary")


def test_a_certain_error_comes_first_and_the_home_page_knows_of_it(page: Page, app: str) -> None:
    opened(page, app, view="page", hide=OTHERS)  # the diary stands below the questions and follows at once
    diary = page.locator(".diary")
    answer(page, "It grows", "check", "scores-doubling")
    expect(diary).to_contain_text("fairly sure: 1 of 1 right at once")
    answer(page, "It rises", "certain", "scores-constant")
    expect(diary.locator("> ul > li")).to_have_count(1)
    expect(diary.locator("> ul > li")).to_contain_text("Your answer: It rises (certain, wrong)")
    expect(diary).to_contain_text("0.01545 before, 0.01545 after")
    assert set(parse_qs(urlsplit(page.url).query)) <= {"lang", "view", "hide", "constant", "temperature"}
    page.get_by_role("link", name="Home", exact=True).first.click()
    card = page.locator(".diary-progress[data-lesson=scores]")
    expect(card).to_contain_text("Predicted: 2; right at once ✓ 1, later ✗ → ✓ 0")
    expect(card.locator("details")).to_be_hidden()
    expect(page.locator(".diary-progress[data-lesson=stability]")).to_contain_text("Not opened yet")


@pytest.mark.parametrize(
    ("lang", "texts", "said"),
    [
        (
            "en",
            ("It rises", "It falls", "It stays"),
            (
                "a guess: 0 of 1 right at once · first ✗ → now ✓: 1",
                "first ✗ → now ✓ · Your answer: It rises (a guess, wrong)",
                "Latest answer: It stays (right)",
                "Predicted: 1; right at once ✓ 0, later ✗ → ✓ 1",
                "first ✗ → now ✓ · You answered this before: It rises (a guess, wrong).",
            ),
        ),
        (
            "ko",
            ("올라갑니다", "내려갑니다", "변하지 않습니다"),
            (
                "짐작: 1개 가운데 0개 바로 정답 · 처음 ✗ → 지금 ✓: 1",
                "처음 ✗ → 지금 ✓ · 내 답: 올라갑니다 (짐작, 오답)",
                "최근 답: 변하지 않습니다 (정답)",
                "예측 1개, 바로 정답 ✓ 0개, 나중에 정답 ✗ → ✓ 1개",
                "처음 ✗ → 지금 ✓ · 전에 이렇게 답했습니다: 올라갑니다 (짐작, 오답).",
            ),
        ),
    ],
)
def test_the_first_answer_stays_and_a_later_right_one_counts(
    page: Page, app: str, lang: str, texts: tuple[str, ...], said: tuple[str, ...]
) -> None:
    scores, line, latest, progress, recalled = said
    opened(page, app, lang=lang, step="shift")
    wrong, other, right = texts
    answer(page, wrong, "guess", "scores-constant")
    noted(page, answer=wrong, right=False)
    answer(page, other, "certain", "scores-constant")
    noted(page, answer=other, right=False)
    answer(page, right, "certain", "scores-constant")
    noted(page, answer=right, right=True)
    answer(page, other, "check", "scores-constant")  # what was found is not lost again
    expect(page.locator(".st-key-predict-scores-constant [data-testid=stAlertContentSuccess]")).to_have_count(
        0
    )
    expect(page.locator(".st-key-predict-scores-constant [data-testid=stAlert]")).to_have_count(1)
    settle(page)
    mine = diary(page)
    for words in (scores, latest):
        expect(mine).to_contain_text(words)
    expect(mine.locator("li")).to_contain_text(line)
    (kept,) = answers(page)
    assert (kept["right"], kept["sure"]) == (False, 0)
    assert kept["now"] == {"answer": right, "right": True}
    opened(page, app, lang=lang, step="shift")
    expect(page.locator(".st-key-predict-scores-constant .diary-recall")).to_contain_text(recalled)
    opened(page, app, "", lang)
    expect(page.locator(".diary-progress[data-lesson=scores]")).to_contain_text(progress)


def test_what_one_asked_to_be_shown_is_not_written_down_nor_an_answer_after_it(page: Page, app: str) -> None:
    opened(page, app, step="shift")
    card = page.locator(".st-key-predict-scores-constant")
    card.get_by_role("button", name="Show me").click()
    expect(card.get_by_test_id("stAlert")).to_contain_text("It stays")
    answer(page, "It stays", "certain", "scores-constant")
    expect(card.get_by_test_id("stAlertContentSuccess")).to_be_visible()
    settle(page)
    go(page, "sharpness")
    answer(page, "It grows", "guess", "scores-doubling")
    noted(page, answer="It grows")
    expect(diary(page)).to_contain_text("a guess: 1 of 1 right at once")
    assert [one["id"].split()[1] for one in answers(page)] == ["scores-doubling"]


def test_three_answers_finish_a_lesson_and_neither_another_lesson_nor_a_reload_forgets_them(
    page: Page, app: str
) -> None:
    opened(page, app, step="shift")
    answer(page, "It stays", "certain", "scores-constant")
    noted(page, answer="It stays")
    go(page, "sharpness")
    answer(page, "It grows", "certain", "scores-doubling")
    noted(page, answer="It grows")
    go(page, "more")
    field = page.get_by_role("textbox", name="Suppose the score of cat")
    field.fill("7.4")
    page.locator(".st-key-scores-lead-certain button").click()
    noted(page, answer="7.4")
    expect(diary(page)).to_contain_text("certain: 3 of 3 right at once")
    page.get_by_role("link", name="Home", exact=True).first.click()
    expect(page.locator(".diary-progress[data-lesson=scores]")).to_be_visible()
    page.get_by_role("link", name="Scores", exact=True).first.click()
    expect(page.locator(".diary")).to_contain_text("certain: 3 of 3 right at once")
    go(page, "shift")
    expect(page.locator(".st-key-scores-constant-choice input:checked")).to_have_count(1)
    expect(page.locator("[data-testid=stAlertContentSuccess]")).to_have_count(1)
    go(page, "more")
    expect(field).to_have_value("7.4")
    expect(page.locator("[data-testid=stAlertContentSuccess]")).to_have_count(1)
    opened(page, app, "", "ko")
    card = page.locator(".diary-progress[data-lesson=scores]")
    expect(card).to_contain_text("예측 3개, 바로 정답 ✓ 3개, 나중에 정답 ✗ → ✓ 0개")
    expect(card.locator("details p")).to_be_visible()
    expect(page.locator(".diary")).to_contain_text("예측이 모두 맞았습니다")


@pytest.mark.parametrize(
    ("lang", "words", "other_answer", "right"),
    [
        (
            "en",
            "You answered this before: It rises (certain, wrong). You can try again",
            "It falls",
            ("It stays", "first ✗ → now ✓ · Your answer: It rises"),
        ),
        (
            "ko",
            "전에 이렇게 답했습니다: It rises (확신, 오답). 다시 풀어 볼 수 있으며",
            "내려갑니다",
            ("변하지 않습니다", "처음 ✗ → 지금 ✓ · 내 답: It rises"),
        ),
    ],
)
def test_after_a_reload_a_card_says_what_was_answered_and_lets_one_try_again(
    page: Page, app: str, lang: str, words: str, other_answer: str, right: tuple[str, str]
) -> None:
    opened(page, app, step="shift")
    answer(page, "It rises", "certain", "scores-constant")
    noted(page, answer="It rises")
    (old,) = answers(page)
    assert set(old) == {"id", "lesson", "lang", "right", "sure", "question", "answer", "reason"}
    item = diary(page).locator("li")
    expect(item).to_contain_text("✗ Your answer: It rises (certain, wrong)")
    expect(item.locator("details sup")).to_have_text(["100"])
    expect(item.locator("details")).not_to_have_attribute("open", "")
    opened(page, app, lang=lang, step="sharpness")
    unanswered = page.locator(".st-key-predict-scores-doubling")
    expect(unanswered.locator(".diary-recall")).to_be_attached()
    expect(unanswered.locator("[class*=-recall]").first).to_be_hidden()
    go(page, "shift")
    card = page.locator(".st-key-predict-scores-constant")
    expect(card.locator(".diary-recall")).to_contain_text(words)
    assert set(parse_qs(urlsplit(page.url).query)) <= {"lang", "step", "constant", "temperature"}
    answer(page, other_answer, "guess", "scores-constant")
    expect(card.get_by_test_id("stAlert")).to_be_visible()
    expect(card.locator(".diary-recall")).to_have_count(0)
    noted(page, answer=other_answer)
    now, line = right
    answer(page, now, "guess", "scores-constant")
    noted(page, answer=now)
    expect(diary(page).locator("li")).to_contain_text(line)


def answers(page: Page) -> list[dict[str, object]]:
    return list(json.loads(page.evaluate(STORE))["answers"])


def test_an_answer_in_the_other_language_is_not_counted_again_and_one_in_another_scene_is(
    page: Page, app: str
) -> None:
    opened(page, app, step="shift")
    answer(page, "It stays", "certain", "scores-constant")
    noted(page, answer="It stays")
    page.get_by_role("radio", name="ko", exact=True).click()
    expect(page.get_by_text("맞았습니다", exact=True).last).to_be_visible()
    expect(page.get_by_role("radio", name="변하지 않습니다", exact=True)).to_be_checked()
    opened(page, app, lang="ko", step="shift")
    answer(page, "변하지 않습니다", "certain", "scores-constant")
    expect(page.locator(".st-key-scores-constant-choice")).to_be_visible()
    expect(page.get_by_text("맞았습니다", exact=True).last).to_be_visible()
    settle(page)
    assert [one["lang"] for one in answers(page)] == ["en"]
    opened(page, app, step="shift", scores="1, 2, 4")
    answer(page, "It stays", "certain", "scores-constant")
    page.wait_for_function(f"() => JSON.parse({STORE}).answers.length === 2")
    expect(diary(page)).to_contain_text("certain: 2 of 2 right at once")


def test_the_diary_is_cleared_only_when_asked_twice(page: Page, app: str) -> None:
    opened(page, app, step="shift")
    answer(page, "It stays", "guess", "scores-constant")
    noted(page, answer="It stays")
    mine = diary(page)
    clear = mine.get_by_role("button")
    clear.click()
    expect(clear).to_have_text("Clear it for good?")
    assert json.loads(page.evaluate(STORE))["answers"]
    clear.click()
    expect(mine).to_contain_text("Here you will see what you predicted")
    assert json.loads(page.evaluate(STORE)) == {"answers": [], "seen": []}


def test_a_diary_that_someone_tampered_with_is_only_text(page: Page, app: str) -> None:
    opened(page, app, step="sum")
    evil = {
        "id": "x",
        "lesson": "scores",
        "right": False,
        "sure": 2,
        "question": "<img src=x onerror=alert(1)>",
    }
    mine = page.locator(".diary")
    page.evaluate(
        "(text) => localStorage.setItem('softmax-lab-diary', text)", json.dumps({"answers": [evil, None, 7]})
    )
    page.reload()
    settle(page)
    expect(mine).to_contain_text("<img src=x onerror=alert(1)>")
    expect(mine.locator("img")).to_have_count(0)
    page.evaluate("localStorage.setItem('softmax-lab-diary', 'no json')")
    page.reload()
    settle(page)
    expect(mine).to_contain_text("Here you will see what you predicted")


def test_bars_are_sketched_by_keyboard_and_the_truth_stands_beside_them(page: Page, app: str) -> None:
    opened(page, app, step="signs")
    sketch = page.locator("[data-stage=scores-sketch]")
    spoken, commit = sketch.locator(".stage-plot"), page.locator(".st-key-scores-sketch-check button")
    sketch.get_by_role("slider", name="Your probability of cat").press("End")
    expect(spoken).to_have_attribute("aria-label", re.compile("cat: yours 1; dog: yours 0.333; ship"))
    commit.click()
    expect(page.get_by_text("Your bars add up to 1.666.").first).to_be_visible()
    expect(spoken).to_have_attribute(
        "aria-label", re.compile("yours 1, true 0.9362; .*ship: yours 0.333, true 0.04093")
    )
    for name in ("dog", "ship"):
        sketch.get_by_role("slider", name=f"Your probability of {name}").press("Home")
        expect(spoken).to_have_attribute("aria-label", re.compile(f"{name}: yours 0;|{name}: yours 0."))
    expect(page.locator("[data-testid=stAlert]")).to_have_count(0)
    commit.click()
    expect(page.get_by_text("No bar is off by more than 0.1.").first).to_be_visible()


def test_a_ring_shows_where_the_keyboard_is(page: Page, app: str) -> None:
    opened(page, app, step="shift")
    places = (
        (page.get_by_role("link", name="Losses").first, "n"),
        (page.get_by_role("radio", name="It rises"), "n.closest('label')"),
        (page.locator(".st-key-scores-constant-show button"), "n"),
        (page.get_by_role("button", name="Next", exact=True), "n"),
    )
    for dark in (False, True):
        in_dark(page, dark)
        for place, ringed in places:
            place.focus()
            page.keyboard.press("Shift")  # then it is the keyboard that has the focus
            outline = f"n => {{ const {{ outlineStyle, outlineWidth }} = getComputedStyle({ringed});"
            drawn = place.evaluate(f"{outline} return [outlineStyle, outlineWidth]; }}")
            assert drawn == ["solid", "3px"], place
