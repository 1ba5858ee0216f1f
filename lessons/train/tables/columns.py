"""Which columns of a table are meant: two numbers and a class."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lessons.train.tables.labels import is_class_title
from lessons.train.tables.layout import Layout
from lessons.train.tables.numbers import WHOLE, DecimalSign, kind
from lessons.train.tables.sampling import judged
from ui.cells import plainly

MAX_COLUMNS = 1_000  # that are judged, and can be chosen
_FEW = 20  # values of a column of numbers that may be classes
_MIN_IDS = 10
_PAIR = 2  # rows
_TOO_LARGE = 1_000_000  # for a coordinate: it numbers or dates the rows
_INDEX = re.compile(
    r"(id|idx|index|no|nr|#|row(names|id)?|unnamed: ?\d+|obs|timestamp|\w+[ _.-]id|(?-i:\w+[a-z]I[dD])"
    r"|\w*번호|순번|학번)\.?|",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"student|station|year|jahr|année|año|학년|반|연도|년도|지점", re.IGNORECASE)
_TRUTH = re.compile(r"(y[ _.]?)?(true|actual|truth)|실제", re.IGNORECASE)  # beside what was predicted
_DATE = re.compile(r"\d{4}[-./] ?\d{1,2}[-./] ?\d{1,2}\b.*|\d{1,2}[-./]\d{1,2}[-./]\d{4}\b.*")
_NAMES = re.compile(r"((full|first|last|sur) ?)?name|student|이름|성명|학생", re.IGNORECASE)
_NUMBERED = re.compile(r".*(id|code|key|nr|no|number|번호|코드)\.?|", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of the two numbers and of the class, from 0."""

    x: int
    y: int
    label: int


def guess(table: Layout) -> Columns:
    """Guess which columns are meant.

    The class is in a column that divides the rows, if there is one: in the one whose title says so, or else
    in the last one with words, or else in one with few whole numbers; words that tell all rows apart name
    the rows. The numbers are in the first two other columns of numbers that differ and do not count the rows.
    """
    rows = judged(table.rows)
    count = min(table.width, MAX_COLUMNS)
    columns = [[row.cells[at] if at < len(row.cells) else "" for row in rows] for at in range(count)]
    titles = [*(table.titles or ()), *[""] * count][:count]
    found = [
        _judged(cells, at == 0, None if table.titles is None else titles[at].strip())
        for at, cells in enumerate(columns)
    ]
    label = _label(titles, found)
    numbers = [at for at, each in enumerate(found) if each.is_number and at != label]
    numbers.sort(key=lambda at: (found[at].is_aside, -at if found[at].is_aside else at))
    digits = [at for at, each in enumerate(found) if each.has_digits and at not in {*numbers, label}]
    numbers += sorted(digits, key=lambda at: found[at].is_aside)
    if len(numbers) < 2:
        return Columns(0, 1, 2)
    x, y = sorted(numbers[:2])
    return Columns(x, y, label)


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column looks like: words or numbers, few values, and whether it counts or names the rows.

    An index is of numbers; names are words. It stands aside, and so does what groups or dates the rows, if
    there are other numbers. What has digits may be meant as numbers, such as 170cm. What divides the rows has
    several values, not one for each row, and is not mostly empty or a date.
    """

    is_words: bool
    is_names: bool
    is_number: bool
    is_index: bool
    is_aside: bool
    is_few: bool
    has_digits: bool
    divides: bool


def _judged(cells: Sequence[str], is_first: bool, title: str | None) -> _Column:
    kinds = [kind(cell) for cell in cells]
    given = {cell for cell, each in zip(cells, kinds, strict=True) if each != "missing"}
    n_words, n_missing = kinds.count("words"), kinds.count("missing")
    n_numbers = len(cells) - n_words - n_missing
    whole = [int(cell) for cell in map(plainly, cells) if WHOLE.fullmatch(cell)]
    is_whole = len(whole) == n_numbers > 0
    is_numbered = is_first and (title is None or _NUMBERED.fullmatch(title) is not None)
    names_rows = is_numbered and len({*whole}) == len(cells) >= _MIN_IDS and min(whole) >= 0
    is_named_index = title is not None and _INDEX.fullmatch(title) is not None
    is_large = len(whole) > 0 and 2 * sum(abs(each) > _TOO_LARGE for each in whole) > len(cells)
    is_constant = len(cells) > _PAIR and len(set(cells)) == 1
    is_date = all(map(_DATE.match, given))
    is_index = is_named_index or is_large or is_constant or is_date
    is_index = is_index or (is_whole and (names_rows or _counts(whole)))
    is_number = n_numbers >= n_words and n_numbers > 0
    is_few = 1 < len(given) <= min(_FEW, len(cells) - 1) and all(map(_is_whole, given))
    is_words = n_words > 0 and not is_number
    is_named = title is not None and _NAMES.fullmatch(title) is not None
    is_names = is_words and (is_named or (is_first and len(given) == len(cells) >= _MIN_IDS))
    is_names = is_names or (is_words and len(given) > max(_FEW, len(cells) // 2))
    has_digits = 2 * sum(any(map(str.isdigit, cell)) for cell in cells) > len(cells)
    n_given = len(cells) - n_missing
    divides = 1 < len(given) < n_given >= n_missing and not is_date
    is_aside = is_index or (title is not None and _ASIDE.fullmatch(title) is not None)
    return _Column(is_words, is_names, is_number, is_index, is_aside, is_few, has_digits, divides)


def _counts(whole: Sequence[int]) -> bool:
    """Whether nearly all steps are one and the same, as a counter's are; of a long table a part is judged."""
    steps = Counter(after - before for before, after in pairwise(whole))
    step, times = max(steps.items(), key=lambda item: item[1], default=(0, 0))
    return step > 0 and times > 1 and 8 * times >= 7 * (len(whole) - 1)


def _is_whole(cell: str) -> bool:
    number = DecimalSign(True, True).read(cell)
    return isinstance(number, float) and number.is_integer()


def _label(titles: Sequence[str], found: Sequence[_Column]) -> int:
    has_x = any(title.strip().casefold() == "x" for title in titles)
    named = [at for at, title in enumerate(titles) if _says_class(title, has_x)]
    named = [at for at in named if found[at].is_words or found[at].is_number]
    few = [at for at, each in enumerate(found) if each.is_few and not each.is_index]
    words = [at for at, each in enumerate(found) if each.is_words and not (each.is_names and few)]
    last = len(found) - 1
    if named or words:
        return max(
            {*named, *words},
            key=lambda at: (
                found[at].divides,
                at in named,
                found[at].is_words,
                -at if at in named else at,
            ),
        )
    return last if last in few or not few else 0 if 0 in few else few[-1]


def _says_class(title: str, has_x: bool) -> bool:
    """Also y does, as the target is called, unless there is an x beside it."""
    bare = title.strip()
    is_target = bare.casefold() == "y" and not has_x
    return is_class_title(bare) or _TRUTH.fullmatch(bare) is not None or is_target
