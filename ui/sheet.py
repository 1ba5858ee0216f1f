"""One sheet of paper: questions with room to write, and on a sheet of its own the key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np

from ui.cells import read_decimal
from ui.lesson import Lesson
from ui.numerals import numeral
from ui.text import Language
from ui.typed import quoted_in_html

FIRST_SEED, MAX_SEEDS = 1, 10_000
_STYLE = (Path(__file__).parent / "sheet.css").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, what is right, and how many lines there are to write on. All of it is plain text."""

    text: str
    answer: str
    lines: int = 3


def draw_scores(rng: np.random.Generator, count: int = 3, largest: float = 3.0) -> list[float]:
    """Scores with one decimal, no two of them equal."""
    steps = round(largest * 10)
    return [float(step) / 10 for step in rng.choice(np.arange(-steps, steps + 1), count, replace=False)]


def listed(numbers: Sequence[float], digits: int = 4) -> str:
    return ", ".join(numeral(number, digits) for number in numbers)


def read_seed(text: str) -> int | None:
    """The number of a sheet; None for what is none."""
    try:
        number = read_decimal(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() and FIRST_SEED <= number <= MAX_SEEDS else None


def refused_seed(t: Language, text: str) -> str:
    """What is wrong with the number of a sheet, and which one is used instead, in HTML."""
    return t(
        "The link asks for sheet “{value}”. Possible is {allowed}; this is sheet {seed}.",
        value=quoted_in_html(text),
        allowed=t("a whole number from {low} to {high}", low=FIRST_SEED, high=MAX_SEEDS),
        seed=FIRST_SEED,
    )


def page(
    t: Language,
    lesson: Lesson,
    questions: Sequence[Question],
    seed: int,
    with_key: bool,
    complaints: Sequence[str] = (),
) -> str:
    """The whole sheet as HTML that needs nothing else; complaints, in HTML too, are not printed."""
    title = escape(t(lesson.question))
    tasks = "".join(_task(question) for question in questions)
    head = (
        f'<!doctype html><html lang="{t.code}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(t("Worksheet"))}: {title}</title>'
        f"<style>{_STYLE}</style></head>"
    )
    links = _links(t, seed, with_key) + "".join(map(_complaint, complaints))
    sheet = (
        f'<main><header><p class="small">Softmax Lab · {escape(t(lesson.title))} · {_number(t, seed)}</p>'
        f'<h1>{title}</h1><p class="who"><span>{escape(t("Your name"))}</span>'
        f"<span>{escape(t('Date'))}</span></p>"
        f"</header><ol>{tasks}</ol></main>"
    )
    return f"{head}<body>{links}{sheet}{_key(t, questions, seed) if with_key else ''}</body></html>"


def _number(t: Language, seed: int) -> str:
    return escape(t("sheet {number}", number=seed))


def _links(t: Language, seed: int, with_key: bool) -> str:
    """What stands on the screen alone."""
    more = f"?lang={t.code}&amp;seed={seed % MAX_SEEDS + 1}{'&amp;key=1' if with_key else ''}"
    other = f"?lang={t.code}&amp;seed={seed}{'' if with_key else '&amp;key=1'}"
    label = t("Without answers") if with_key else t("With answers")
    return (
        f'<nav><a href="{more}">{escape(t("Other numbers"))}</a> <a href="{other}">{escape(label)}</a> '
        f"<span>{escape(t('Print this page from the browser’s menu.'))}</span></nav>"
    )


def _complaint(sentence: str) -> str:
    return f'<p class="complaint" role="status">⚠ {sentence}</p>'


def _task(question: Question) -> str:
    return f"<li><p>{escape(question.text)}</p>{'<div class=line></div>' * question.lines}</li>"


def _key(t: Language, questions: Sequence[Question], seed: int) -> str:
    answers = "".join(f"<li><p>{escape(question.answer)}</p></li>" for question in questions)
    return f"<section><h2>{escape(t('Answers'))} · {_number(t, seed)}</h2><ol>{answers}</ol></section>"
