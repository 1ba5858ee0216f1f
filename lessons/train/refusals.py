"""Why rows of a table were refused, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.train.own_data import LARGEST, MAX_CLASSES, MAX_ROWS, OwnData, Rejection
from ui.cells import MAX_LABEL
from ui.text import Language
from ui.typed import quoted

MAX_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Refused:
    """Rows that were refused: the first of them, how many there are, and for how many there was no room."""

    first: tuple[Rejection, ...] = ()
    count: int = 0
    surplus: int = 0


NONE_REFUSED = Refused()


def refused(found: OwnData) -> Refused:
    """The rows that were refused of a table."""
    return Refused(found.rejections, found.n_rejected, found.n_surplus)


def listed(rows: Refused, t: Language) -> list[str]:
    """The first refusals as a Markdown list, and how many more there are; nothing where there are none.

    Rows for which there was no room differ in nothing but their number, so one line counts them.
    """
    named = [rejection for rejection in rows.first if rejection.reason != "too many rows"][:MAX_SHOWN]
    lines = [reason(rejection, t) for rejection in named]
    if rows.surplus:
        lines.insert(0, _surplus(rows.surplus, t))
    words = ["\n".join(f"- {line}" for line in lines)] if lines else []
    more = rows.count - rows.surplus - len(named)
    return [*words, t("Rows refused besides these: {more}.", more=more)] if more else words


def _surplus(count: int, t: Language) -> str:
    return t("There is room for {limit} rows; rows not taken: {count}", limit=MAX_ROWS, count=count)


def reason(rejection: Rejection, t: Language) -> str:
    """One refusal as a sentence."""
    row, value = rejection.row, quoted(rejection.value)
    column = (rejection.column or 0) + 1
    match rejection.reason:
        case "columns":
            return t("Row {row}: {cells} cells instead of two numbers and a class", row=row, cells=value)
        case "not a number" if not value:
            return t("Row {row}: number {column} is missing", row=row, column=column)
        case "not a number":
            return t("Row {row}: “{value}” is not a number", row=row, value=value)
        case "not finite":
            return t("Row {row}: “{value}” is not a finite number", row=row, value=value)
        case "too large":
            return t("Row {row}: “{value}” is beyond ±{limit:,.0f}", row=row, value=value, limit=LARGEST)
        case "no label":
            return t("Row {row}: the class is missing", row=row)
        case "long label":
            return t("Row {row}: the class name “{value}” is longer than {limit} characters", row=row,
                     value=value, limit=MAX_LABEL)  # fmt: skip
        case "too many rows":
            return _surplus(1, t)
        case "too many classes":
            return t("Row {row}: “{value}” would be one class more than {limit}", row=row, value=value,
                     limit=MAX_CLASSES)  # fmt: skip
