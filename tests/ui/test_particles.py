"""Korean particles follow the sound before them, and none is left unsettled anywhere."""

from __future__ import annotations

import re

import numpy as np
import pytest

from lessons import LESSONS
from lessons.worksheets import MAKERS
from tests.lessons.conftest import everything, open_page
from tests.messages import prose_files
from ui.particles import settled
from ui.text import catalogues, language

UNSETTLED = r"을\(를\)|이\(가\)|은\(는\)|과\(와\)|\(으\)로|\(이\)라|\(이\)었"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0.01은(는)", "0.01은"),
        ("0.02은(는)", "0.02는"),
        ("0.1(으)로", "0.1로"),
        ("0.3(으)로", "0.3으로"),
        ("2(으)로", "2로"),
        ("‘손실’이(가) 아니라 ‘함수’이(가)", "‘손실’이 아니라 ‘함수’가"),
        ("‘클래스’을(를), 수을(를)", "‘클래스’를, 수를"),
        ("**H**이(가)", "**H**가"),
        ("cat이(가), ship이(가), dog이(가)", "cat이, ship이, dog가"),
        ("king이(가), plane을(를), Apple(으)로, tree은(는)", "king이, plane을, Apple로, tree는"),
        ("0.1678(이)었습니다, 5(이)었습니다", "0.1678이었습니다, 5였습니다"),
        ("[1, 2]이(가)", "[1, 2]가"),
        ("100을(를) ∞을(를) nan을(를)", "100을 ∞를 nan을"),
        ("$e^{7}$(으)로, 서울(으)로, 부산(으)로", "$e^{7}$로, 서울로, 부산으로"),
        ("-3(이)라고 B(이)라고", "-3이라고 B라고"),
        ("No particle (here).", "No particle (here)."),
    ],
)
def test_a_particle_follows_the_sound_before_it(text: str, said: str) -> None:
    assert settled(text) == said


@pytest.mark.parametrize("slug", MAKERS)
def test_no_sheet_leaves_a_particle_open(slug: str) -> None:
    for seed in range(1, 41):
        for question in MAKERS[slug](language("ko"), np.random.default_rng(seed)):
            assert not re.search(UNSETTLED, question.text + question.answer)
            assert not re.search(r"[A-Za-z]{3,} (?:over|of|and)\b", question.text + question.answer)


@pytest.mark.parametrize("slug", ["", *(lesson.slug for lesson in LESSONS)])
def test_no_page_leaves_a_particle_open(slug: str) -> None:
    if slug:
        assert not re.search(UNSETTLED, everything(open_page(slug, "ko")))


def test_a_slot_is_followed_by_a_particle_of_both_forms() -> None:
    """After a live number 으로 or 는 would be right for some numbers only."""
    single = r"(?:\}|\]\])(?:\*\*|`|’|”)?(?:을|를|이|가|은|는|으로|로|과|와|였|라고)(?=[\s.,])"
    for path in [*catalogues("ko"), *prose_files("ko")]:
        for line in path.read_text(encoding="utf-8").splitlines():
            found = re.search(single, re.sub(r"\$[^$]*\$", "", line))
            assert found is None, f"{path.name}: {line}"
