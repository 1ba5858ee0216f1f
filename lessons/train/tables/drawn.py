"""Tables as programs draw them for people to read: rules, frames, LaTeX, marks before rows, sparse rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lessons.train.tables.sampling import judged

_FRAME = dict.fromkeys((0x2502, 0x2503, 0x2506, 0x2551), "|")
_RULE = frozenset(" |+:=-`~*\N{EN DASH}\N{EM DASH}\N{HORIZONTAL ELLIPSIS}") | {
    *map(chr, range(0x2500, 0x2580))
}
_RULED = ("--", "==", "──", "══", "━━", "```", "~~~")
_CLOSING = frozenset("])};, ")
_BESIDE = re.compile(
    r"```\w+|[A-Za-z_]\w*+ ?=|\d++×\d++ .*|[\[(]?\d+ rows?\b.*|\|[-}]|only showing top \d+ rows?", re.DOTALL
)
_MARK = re.compile(r"\s*+(?:(?:>\s)++|[•▪◦*]\s++|\d++\)\s++|\[\d++,?\]\s++)")
_MARKED = re.compile(rf"{_MARK.pattern}(?=[-+.\d])")
_LATEX_COMMAND = re.compile(
    r"\\(?:(?:top|mid|bottom)rule|hline|cline\{[^{}]*\}|(?:begin|end)\{\w+\*?\}(?:\{[^{}]*\})*)|\$"
)
_LATEX_ROW = re.compile(
    r"(?:[^&,]*+&)?\s*(?:\\\w+\{)?\$?[+-]?[\d.]{0,20}(?:\{?,\}?)?\d{1,20}\}?(?:\\%)?\$?\s*&.*(?:\\\\|\\tabularnewline)"
)
_LATEX_STYLE = re.compile(r"\\[A-Za-z]+\{([^{}]*)\}")
_LATEX_ROW_END = re.compile(r"\\\\(?:\[[^\[\]]*\])?|\\tabularnewline")
_SPARSE = re.compile(r"\s*+(?P<label>[^\s:,;]++)(?P<cells>(?:\s++\d++:[-+.\deE]++)++)\s*+(?:#.*)?\s*+")
_NUMBERING = re.compile(r"\s*+(?P<number>\d++)\.\s++(?=\S)")  # of a list: 1. 2. 3.
_CELL_OF_WORDS = re.compile(r"\{('[^'{}]*+')\}")  # as MATLAB shows one
_BETWEEN_CELLS = re.compile(r"[\s,;|]+")
_ROW = 3  # cells, at least
_MAX_SPARSE = 200  # the largest number of a cell
_ENDED = re.compile(r"[^;]*+;++\s*+|\s*+")


def most(lines: Sequence[str], shape: re.Pattern[str], whole: bool = True) -> bool:
    """Whether most lines with anything in them have a shape."""
    some = [line for line in judged(lines) if not line.isspace()]
    fits = shape.fullmatch if whole else shape.match
    return 2 * sum(fits(line) is not None for line in some) > len(some)


def undrawn(lines: Sequence[str]) -> Sequence[str]:
    """The lines of a table without what is drawn around its cells; each keeps its number.

    >>> undrawn(["┌──┬──┐\\n", "│1 │2 │\\n", "└──┴──┘\\n"]), undrawn(["1 & 2 & A \\\\\\\\ \\\\hline\\n"])
    (['\\n', '|1 |2 |\\n', '\\n'], ['1 & 2 & A\\n'])
    """
    lines = [_framed(line) for line in lines]
    lines = [_CELL_OF_WORDS.sub(r"\1", line) if "{" in line else line for line in lines]
    if any("&" in line and _LATEX_ROW.match(line) for line in lines):
        lines = [row for line in lines for row in _rows_of_latex(line)]
    if most(lines, _MARKED, whole=False):
        lines = [_MARK.sub("", line, count=1) for line in lines]
    lines = _unnumbered(lines)
    if most(lines, _SPARSE):
        return [*_dense(lines)]
    is_ended = any(lines) and all(_ENDED.fullmatch(line) for line in lines)
    return [f"{line.rstrip().rstrip(';')}\n" for line in lines] if is_ended else lines


def _unnumbered(lines: Sequence[str]) -> Sequence[str]:
    """The lines without the numbers of a list before them, if they leave rows."""
    found = [_NUMBERING.match(line) for line in lines]
    numbers = [mark[1] for mark in found if mark]
    rests = [line[mark.end() :] if mark else line for line, mark in zip(lines, found, strict=True)]
    n_others = sum(line.lstrip()[:1].isdigit() for line in lines) - len(numbers)
    counts = len(numbers) > 1 and numbers == [str(at + 1) for at in range(len(numbers))]
    if (
        not counts
        or n_others
        or any(
            mark and len(_BETWEEN_CELLS.split(rest.strip(" \r\n|"), 2)) < _ROW
            for mark, rest in zip(found, rests, strict=True)
        )
    ):
        return lines
    return rests


def _framed(line: str) -> str:
    may_be_drawn = not line[:1].isalnum() or "row" in line or "×" in line or line.rstrip().endswith("=")
    if may_be_drawn and (bare := line.strip("\r\n ")) and _holds_no_cells(bare):
        return "\n"
    return line if line.isascii() else line.translate(_FRAME)


def _holds_no_cells(line: str) -> bool:
    signs = set(line)
    is_rule = signs <= _RULE and any(two in line for two in _RULED)
    return is_rule or signs <= _CLOSING or _BESIDE.fullmatch(line) is not None


def _rows_of_latex(line: str) -> Iterator[str]:
    plain = _LATEX_STYLE.sub(r"\1", _LATEX_COMMAND.sub("", line)).replace("{,}", ",").replace("\\%", "%")
    rows = [row.strip() for row in _LATEX_ROW_END.split(plain)]
    yield from [f"{row}\n" for row in rows if row] or ["\n"]


def _dense(lines: Iterable[str]) -> Iterator[str]:
    """Rows of LIBSVM, a class and numbered cells, as all cells and a class; those left out are 0."""
    found = [_SPARSE.fullmatch(line) for line in lines]
    cells = [
        {int(at): value for at, _, value in (cell.partition(":") for cell in row["cells"].split())}
        if row and len(row["cells"]) < 10_000
        else {}
        for row in found
    ]
    first = min((min(each) for each in cells if each), default=1)
    last = min(max((max(each) for each in cells if each), default=1), _MAX_SPARSE)
    for line, row, each in zip(lines, found, cells, strict=True):
        numbers = (each.get(at, "0") for at in range(min(first, 1), last + 1))
        yield line if row is None else ",".join([*numbers, row["label"]]) + "\n"
