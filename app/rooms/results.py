"""What a class answered, as a table for a spreadsheet: no times, nobody's answers in a row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from app.rooms.pool import Pool
from app.rooms.question import Question
from app.rooms.tally import FEWEST, Ballot, pooled, total
from ui import signs
from ui.predict.ask import SURE
from ui.predict.latex_to_text import typed
from ui.text import Language


def csv_of(rounds: Iterable[tuple[Question, int, Sequence[Ballot]]], t: Language) -> str:
    """Question, round, answer, how sure, how many; nothing of a round so small that it names somebody."""
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow([t("question"), t("round"), t("answer"), t("sure"), t("count")])
    for question, round_, ballots in rounds:
        if total(ballots) < FEWEST:
            continue
        for answer, sure, times in _answers(question, ballots, t):
            asked, given = signs.csv_words(typed(question.text)), signs.csv_words(typed(answer))
            rows.writerow([asked, round_, given, sure, times])
    return table.getvalue()


def _answers(question: Question, ballots: Sequence[Ballot], t: Language) -> Iterator[tuple[str, str, int]]:
    """Each answer once, how sure, how many; points one by one, by class and place."""
    if isinstance(question.asks, Pool):
        for point, times in Counter(pooled(ballots)).items():
            yield question.asks.written(point), "", times
        return
    sure = [t(label) for label in SURE.values()]
    for ballot in ballots:
        yield question.judge(ballot.answer).shown, sure[ballot.sure], ballot.times
