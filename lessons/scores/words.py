"""What the lesson on scores says about the reader's own row, each sentence with its live numbers."""

from __future__ import annotations

from lessons.scores import claims
from lessons.scores.digits import printed_sum
from lessons.scores.model import Workings
from ui import signs
from ui.numerals import plain
from ui.page import Page


def row(work: Workings) -> str:
    """The scores with their names."""
    pairs = zip(work.names, work.scores, strict=True)
    return ", ".join(f"{signs.markdown(name)} {plain(score)}" for name, score in pairs)


def constant(page: Page, work: Workings) -> str:
    live = {"drift": plain(work.drift), "constant": plain(work.constant)}
    return _said(page, claims.of_the_constant(work), **live)


def temperature(page: Page, work: Workings) -> str:
    even = f"1/{len(work.names)}"
    return _said(page, claims.of_the_temperature(work), cold=_when_cold(page, work), even=even)


def _when_cold(page: Page, work: Workings) -> str:
    t, many = page.t, len(work.top)
    names = " · ".join(signs.strong(signs.markdown(work.names[index])) for index in work.top)
    if many == 1:
        return t("the probability of {names} goes to 1, all others to 0", names=names)
    return t("{names} share everything, {probability} each", names=names, probability=f"1/{many}")


def triangle(page: Page, work: Workings) -> str:
    names = " · ".join(signs.strong(signs.markdown(work.names[index])) for index in work.top)
    return _said(page, claims.of_the_triangle(work), names=names)


def exponentials(page: Page, work: Workings) -> str:
    top = plain(max(work.rescaled))
    return _said(page, claims.of_the_exponentials(work), top=top, symbol=work.symbol)


def rounding(page: Page, work: Workings) -> str:
    """What rounding makes of the sum of the probabilities, where it can be seen."""
    total = printed_sum(work)
    return "" if total is None or total == 1 else page.text("rounded-sum", sum=f"{total.normalize():f}")


def loss(page: Page, work: Workings, true: int) -> str:
    live = {"name": signs.markdown(work.names[true]), "loss": work.loss(true)}
    return _said(page, claims.of_the_loss(work, true), **live)


def _said(page: Page, section: str | None, **live: str) -> str:
    return page.text(section, **live) if section else ""
