"""What a class answered, as a table for a spreadsheet: no times, nobody's answers in a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from app.rooms.question import Question
from app.rooms.tally import FEWEST, Ballot, total
from ui import signs
from ui.predict.ask import SURE
from ui.predict.latex_to_text import typed
from ui.text import Language


def csv_of(rounds: Iterable[tuple[Question, int, Sequence[Ballot]]], t: Language) -> str:
    """Question, round, answer, how sure, how many; nothing of a round so small that it names somebody."""
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow([t("question"), t("round"), t("answer"), t("sure"), t("count")])
    sure = [t(label) for label in SURE.values()]
    for question, round_, ballots in rounds:
        if total(ballots) < FEWEST:
            continue
        for ballot in ballots:
            answer = question.judge(ballot.answer).shown
            asked, given = signs.csv(typed(question.text)), signs.csv(typed(answer))
            rows.writerow([asked, round_, given, sure[ballot.sure], ballot.times])
    return table.getvalue()
