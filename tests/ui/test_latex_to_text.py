"""Formulas in plain words: nothing of the markup is left over, and no sign of the formula is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from lessons import LESSONS
from lessons.names.model import TERMS
from tests.lessons.conftest import open_page
from tests.messages import prose_files
from ui.predict import ask
from ui.predict.answers import said
from ui.predict.ask import Option
from ui.predict.latex_to_text import in_words, plain, with_scripts
from ui.text import CODES, catalogues

SIGNS = {
    "log": "log", "max": "max", "min": "min", "sum": "Σ", "prod": "Π", "ne": "≠", "neq": "≠", "le": "≤",
    "ge": "≥", "approx": "≈", "times": "×", "cdot": "·", "to": "→", "mid": "|", "infty": "∞", "lambda": "λ",
    "Delta": "Δ", "Sigma": "Σ", "sigma": "σ", "eta": "η", "partial": "∂", "leftarrow": "←", "mapsto": "↦",
    "top": "⊤", "otimes": "⊗",
}  # fmt: skip
PLACED = {"begin", "end", "text", "mathrm", "tfrac", "frac", "left", "right", "big", "Big", "qquad", "quad"}
PLACED |= {"textstyle", "displaystyle", "hat", "bar", "boxed", "sqrt"}


def formulas() -> Iterator[str]:
    yield from (term.formula for term in TERMS.values())
    for code in CODES:
        for path in prose_files(code):
            yield from re.findall(r"\$\$?(.+?)\$\$?", path.read_text(encoding="utf-8"), re.DOTALL)
        for path in catalogues(code):
            for line in re.findall(r'"(.*)"', path.read_text(encoding="utf-8")):
                yield from (formula.replace("\\\\", "\\") for formula in re.findall(r"\$(.+?)\$", line))


@pytest.mark.parametrize("latex", sorted(set(formulas())))
def test_no_sign_of_a_formula_of_the_app_is_lost(latex: str) -> None:
    words = in_words(latex)
    assert not re.search(r"[\\{}&$]|  ", re.sub(r"\{\w+\}", "", words) if "{" in latex else words), words
    for command in re.findall(r"\\([a-zA-Z]+)", latex):
        assert command in SIGNS or command in PLACED, f"say how \\{command} is spoken"
        sign = SIGNS.get(command)
        if sign:
            same = [other for other, spoken in SIGNS.items() if spoken == sign]
            commands = sum(len(re.findall(rf"\\{other}(?![a-zA-Z])", latex)) for other in same)
            assert words.count(sign) >= commands, words
    assert words.count("‖") == len(re.findall(r"(?<!\\)\\\|", latex))


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        (r"$\frac{1}{1 + e^{-(wx + b)}}$", "1/(1 + e^(−(wx + b)))"),
        (r"its surprise $-\log_2\, q$?", "its surprise −log_2 q?"),
        (r"the divergence $\mathrm{KL}(p\|q)$?", "the divergence KL(p‖q)?"),
        (r"$\log \frac{p}{1 - p}$", "log(p/(1 − p))"),
        (r"$\sum_{j \neq y} \max(0,\, f_j - f_y + \Delta)$", "Σ_(j ≠ y) max(0, f_j − f_y + Δ)"),
        (r"80&nbsp;% of **all**, *mean* `exp`", "80 % of all, mean exp"),
        (r"$\hat W$", "W\u0302"),
        ("$$\na &= b \\\\[0.5em]\n&= c\n$$", "a = b; = c"),
    ],
)
def test_a_formula_is_written_as_in_a_letter(markdown: str, words: str) -> None:
    assert plain(markdown) == words


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("$f_j$ becomes $-f_j$", "f<_j> becomes −f<_j>"),
        ("not $e^{100}$ but $e^{-f_j}$", "not e<^100> but e<^−f<_j>>"),
        (r"$\frac{f_j}{T}$, a `snake_case` name", "f<_j>/T, a snake_case name"),
        (r"the $\text{cross-entropy}$, $a-b$", "the cross-entropy, a−b"),
    ],
)
def test_indices_and_exponents_stand_between_signs_that_nobody_sees(markdown: str, words: str) -> None:
    unseen = with_scripts(markdown)
    assert unseen.replace("\u2063", "<").replace("\u2060", ">") == words
    assert not re.search("[\u2060-\u2064]", plain(markdown))


@pytest.mark.parametrize("lang", CODES)
@pytest.mark.parametrize("slug", [lesson.slug for lesson in LESSONS])
def test_every_question_answer_and_reason_of_a_page_can_be_said(
    slug: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[str] = []

    def hear(_page: object, _key: str, question: str, options: list[Option], *_scene: str) -> None:
        texts.append(question)
        texts.extend(text for option in options for text in (option.text, said(option.reason)))

    monkeypatch.setattr(ask, "choice", hear)
    at: AppTest = open_page(slug, lang)
    assert not at.exception
    texts += [field.label for field in at.text_input]
    assert texts
    for text in texts:
        assert not re.search(r"[\\${}`]|&\w+;|\*\*", plain(text)), text
