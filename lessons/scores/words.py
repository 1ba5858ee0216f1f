"""What the lesson on scores says about the reader's own row, each sentence with its live numbers."""

from __future__ import annotations

from decimal import Decimal

from lessons.scores import claims
from lessons.scores.digits import printed_sum, score
from lessons.scores.model import Workings
from lessons.scores.pictures.curves import MARKED_TEMPERATURES
from ui import signs
from ui.numerals import plain
from ui.page import Page


def row(work: Workings) -> str:
    """What goes into the exponentials, with the names of the classes."""
    return ", ".join(f"{signs.markdown(name)} {score(work, at)}" for at, name in enumerate(work.names))


def constant(page: Page, work: Workings) -> str:
    place = -Decimal(work.drift).adjusted()
    return _said(page, claims.of_the_constant(work), place=str(place), constant=plain(work.constant))


def temperature(page: Page, work: Workings) -> str:
    even = f"1/{len(work.names) - len(work.forbidden)}"
    return _said(
        page, claims.of_the_temperature(work), cold=_when_cold(page, work), even=even, masked=_masked(work)
    )


def _when_cold(page: Page, work: Workings) -> str:
    t, many = page.t, len(work.top)
    names = " · ".join(signs.strong(signs.markdown(work.names[index])) for index in work.top)
    if many == 1:
        return t("the probability of {names} goes to 1, all others to 0", names=names)
    return t("{names} share everything, {probability} each", names=names, probability=f"1/{many}")


def reads(page: Page, work: Workings) -> str:
    """How softmax reads the scores, or what becomes of the classes that −∞ rules out."""
    return page.text("forbidden", masked=_masked(work)) if work.forbidden else page.text("reads")


def _masked(work: Workings) -> str:
    return " · ".join(signs.strong(signs.markdown(work.names[index])) for index in work.forbidden)


def triangle(page: Page, work: Workings) -> str:
    live = {
        "names": " · ".join(signs.strong(signs.markdown(work.names[index])) for index in work.top),
        "probabilities": ", ".join(
            f"{signs.markdown(name)} {work.probability(index)}" for index, name in enumerate(work.names)
        ),
        "dots": ", ".join(map(plain, MARKED_TEMPERATURES)),
    }
    return _said(page, claims.of_the_triangle(work), **live)


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
