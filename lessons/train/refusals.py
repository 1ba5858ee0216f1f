"""Why rows of a table were refused, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.train.own_data import LARGEST, OwnData, Reason, Rejection
from lessons.train.tables.labels import MAX_CELL
from ui.text import N_, Language
from ui.typed import MAX_CLASSES, quoted

MAX_SHOWN = 20
_LEAST_WIDTH = 3


@dataclass(frozen=True, slots=True)
class Refused:
    """Rows that were refused: the first of them, and how many there are."""

    first: tuple[Rejection, ...] = ()
    count: int = 0


NONE_REFUSED = Refused()


def refused(found: OwnData) -> Refused:
    """The rows that were refused of a table."""
    return Refused(found.rejections, found.n_rejected)


def listed(rows: Refused, t: Language) -> list[str]:
    """The first refusals as a Markdown list, what mends each kind of them, and how many more there are;
    nothing where there are none."""
    shown = rows.first[:MAX_SHOWN]
    words = ["\n".join(f"- {reason(rejection, t)}" for rejection in shown)] if shown else []
    cures = dict.fromkeys(cure for rejection in shown if (cure := _CURES[rejection.reason]))
    if cures:
        words.append(" ".join(t(cure) for cure in cures))
    more = rows.count - len(shown)
    return [*words, t("Rows refused besides these: {more}.", more=more)] if more else words


def reason(rejection: Rejection, t: Language) -> str:
    """One refusal as a sentence."""
    row, value = rejection.row, quoted(rejection.value)
    match rejection.reason:
        case "columns":
            return _wrong_count(rejection, t)
        case "missing" | "no label":
            return _missing(rejection, t)
        case "thousands":
            return t("Row {row}: “{value}” can be read in two ways. Write it without signs between "
                     "thousands, as 1234.5", row=row, value=value)  # fmt: skip
        case "not a number":
            return t("Row {row}: “{value}” is not a number", row=row, value=value)
        case "not finite":
            return t("Row {row}: “{value}” is not a finite number", row=row, value=value)
        case "too large":
            return t("Row {row}: “{value}” is beyond ±{limit:,.0f}", row=row, value=value, limit=LARGEST)
        case "long label":
            return t("Row {row}: the class name “{value}” is longer than {limit} characters", row=row,
                     value=value, limit=MAX_CELL)  # fmt: skip
        case "too many classes":
            return t("Row {row}: “{value}” would be one class more than {limit}", row=row, value=value,
                     limit=MAX_CLASSES)  # fmt: skip
        case "sum":
            return t("Row {row}: “{value}” seems to sum up other rows", row=row, value=value)


def _wrong_count(rejection: Rejection, t: Language) -> str:
    row, cells, wanted = rejection.row, rejection.value, rejection.wanted
    if wanted > _LEAST_WIDTH:
        return t("Row {row}: the number of cells is {cells}; in the other rows it is {wanted}",
                 row=row, cells=cells, wanted=wanted)  # fmt: skip
    if cells == "1":
        return t("Row {row}: 1 cell instead of two numbers and a class", row=row)
    return t("Row {row}: {cells} cells instead of two numbers and a class", row=row, cells=cells)


def _missing(rejection: Rejection, t: Language) -> str:
    row, column, value = rejection.row, (rejection.column or 0) + 1, quoted(rejection.value)
    if rejection.reason == "no label":
        with_value = t("Row {row}: the class is missing (“{value}”)", row=row, value=value)
        return with_value if value else t("Row {row}: the class is missing", row=row)
    with_value = t("Row {row}: number {column} is missing (“{value}”)", row=row, column=column, value=value)
    return with_value if value else t("Row {row}: number {column} is missing", row=row, column=column)


_FILL_IN = N_("Fill in what is missing, or take these rows out.")
_CURES: dict[Reason, str] = {
    "columns": N_(
        "Give each row its cells, separated by commas, semicolons, tabs, bars or blanks; a cell that holds "
        "such a sign stands in quotes."
    ),
    "missing": _FILL_IN,
    "no label": _FILL_IN,
    "thousands": "",  # its own sentence says it
    "not a number": N_(
        "Write numbers like 3.2, -1.7 or 1.5e-3: in the digits 0 to 9, the minus sign right before them, and "
        "units in the titles. Dates and times are not read."
    ),
    "not finite": N_("Put finite numbers there, or take these rows out."),
    "too large": N_("Write the numbers in a larger unit."),
    "long label": N_("Shorten the names of the classes."),
    "sum": N_("Take rows of totals, means and the like out; if one is a point, name its class otherwise."),
    "too many classes": N_("Put classes together under one name, or take rows out."),
}
