"""Read printed formulas as a person with a calculator does: are both sides of each equation the same?"""

from __future__ import annotations

import itertools
import re
from decimal import Decimal

import mpmath

from ui.formulas import HIGH, TALL


def uncoloured(latex: str) -> str:
    """A formula without the colours of its classes."""
    before, mark, rest = latex.partition(r"\textcolor{#0101")
    if not mark:
        return latex
    rest, depth = rest[4:], 0  # two digits, and a bracket on either side
    for at, sign in enumerate(rest):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return uncoloured(before + rest[:at] + rest[at + 1 :])
    raise ValueError(latex)


def read(latex: str) -> mpmath.mpf:
    """The value of a formula without letters."""
    text = re.sub(
        r"\\boxed\{((?:[^{}]|\{[^{}]*\})*)\}", r"\1", latex.replace(r"\quad", "").replace(r"\,/\,", "/")
    )
    text = re.sub(
        r"\\frac\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}\{((?:[^{}]|\{[^{}]*\})*)\}", r"((\1)/(\2))", text
    )
    text = re.sub(r"([\d.]+)\\times 10\^\{(-?\d+)\}", r"mpf('\1e\2')", text)
    text = re.sub(r"(?<![\w'.])([\d.]+)(?![\w'.])", r"mpf('\1')", text)
    text = text.replace("e^{", "exp({").replace("{", "(").replace("}", "))")
    text = re.sub(r"\\log ((?:mpf|exp)\(.*\)|\(.*\))$", r"log(\1)", text)
    text = re.sub(r"exp\(\((.*?)\)\)", r"exp(\1)", text)
    return eval(text, {"mpf": mpmath.mpf, "exp": mpmath.exp, "log": mpmath.log})  # noqa: S307


def numeric(part: str) -> bool:
    """Whether a part of a chain of equations is made of numbers alone."""
    return not re.search(r"[a-zA-Z]", re.sub(r"\\(boxed|frac|times|log|quad)|e(?=\^)", "", part))


def lines_of(latex: str) -> list[str]:
    """The lines of an aligned formula, without what only places them."""
    inner = uncoloured(latex).split(r"\begin{aligned}")[1].split(r"\end{aligned}")[0]
    return [
        line.replace(TALL, "").replace(HIGH, "").replace("&", "").strip()
        for line in inner.split(r" \\[0.5em] ")
    ]


def last_unit(text: str) -> mpmath.mpf:
    """A unit of the last printed digit, of three at least, as trailing zeros are left out."""
    mantissa, _, power = re.findall(r"([\d.]+)(\\times 10\^\{(-?\d+)\})?", text.removesuffix(" + 0"))[-1]
    digits = max(3, len(mantissa.replace(".", "").lstrip("0")))
    last = Decimal(mantissa)
    size = last.adjusted() if last else 0
    return mpmath.mpf(10) ** (size + int(power or 0) - digits + 1)


def bits(members: list[str]) -> int:
    """How exactly a chain has to be reckoned: what is added to 1 may be as small as its powers say."""
    text = " = ".join(members)
    if not re.search(r"1 [+-] ", text):
        return 200
    powers = [
        sum(map(abs, map(float, re.findall(r"[\d.]+", power)))) for power in re.findall(r"e\^\{(.*?)\}", text)
    ]
    tens = [2.5 * int(power) for power in re.findall(r"10\^\{-(\d+)\}", text)]
    return 200 + int(1.5 * max([0.0, *powers, *tens]))


def true_as_printed(members: list[str]) -> None:
    """Each numeric part of a chain gives the next one, to half a unit of its last digit."""
    with mpmath.workprec(bits(members)):
        values = [(member, read(member)) for member in members if numeric(member)]
        for (left, one), (right, other) in itertools.pairwise(values):
            if "e^" in right and "log" not in right:  # as exact as its exponent
                one, other = (mpmath.log(1 - each if "1 - " in right else each) for each in (one, other))
            assert abs(one - other) <= last_unit(right) * 0.501, (left, right)
