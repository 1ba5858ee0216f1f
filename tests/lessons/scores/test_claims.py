"""What the lesson on scores says is so, for any row of scores, by a computation of its own.

Probabilities are computed here with mpmath, from the definition and with any exponents: nothing overflows.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from math import inf
from typing import Any

import mpmath
import pytest

from lessons.scores import faded, predictions, sketch, words
from lessons.scores.model import Workings, workings
from softmax_core import float_limits
from tests.lessons.said import Sentence, heard, page, unchecked, unknown, untrue
from ui.page import Page
from ui.predict import ask
from ui.text import language

mpmath.mp.dps = 60
LIMITS = float_limits("float64")
BOTH = pytest.mark.parametrize("code", ["en", "ko"])


@dataclass(frozen=True)
class Setting:
    """A row of scores as the reader has it, the true class, and the bars of a sketch."""

    scores: tuple[float, ...]
    constant: float = 0.0
    temperature: float = 1.0
    focus: int | None = None
    true: int = 0
    drawn: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return self.labels or tuple("ABCDEFGH"[: len(self.scores)])

    @cached_property
    def work(self) -> Workings:
        return workings(self.names, self.scores, self.constant, self.temperature, self.focus)

    @property
    def allowed(self) -> list[int]:
        return [index for index, score in enumerate(self.scores) if score > -inf]

    @property
    def masked(self) -> list[str]:
        return [name for name, score in zip(self.names, self.scores, strict=True) if score == -inf]

    def unmasked(self) -> Setting:
        """The same without its forbidden classes."""
        focus = self.allowed.index(self.focus) if self.focus in self.allowed else None
        scores = tuple(self.scores[index] for index in self.allowed)
        return replace(self, scores=scores, focus=focus, labels=tuple(self.names[i] for i in self.allowed))

    @property
    def own(self) -> int:
        return self.focus or 0

    @property
    def top(self) -> list[int]:
        return [index for index, score in enumerate(self.scores) if score == max(self.scores)]

    @property
    def is_tie(self) -> bool:
        return len({score for score in self.scores if score > -inf}) == 1

    def exponents(self, scores: Sequence[float] | None = None, divisor: float = 1.0) -> list[mpmath.mpf]:
        constant, temperature = mpmath.mpf(self.constant), mpmath.mpf(self.temperature) * divisor
        return [(mpmath.mpf(score) + constant) / temperature for score in scores or self.scores]

    def parts(self, index: int, **changed: Any) -> tuple[mpmath.mpf, mpmath.mpf]:
        """The probability of a class and what is missing from 1, both to every digit."""
        return _parts(self.exponents(**changed), index)

    def raised(self) -> tuple[float, ...]:
        return tuple(score + 1 if index == self.own else score for index, score in enumerate(self.scores))

    def mirrored(self) -> list[mpmath.mpf]:
        return [(mpmath.mpf(self.constant) - score) / mpmath.mpf(self.temperature) for score in self.scores]


def _parts(exponents: Sequence[mpmath.mpf], index: int) -> tuple[mpmath.mpf, mpmath.mpf]:
    powers = [mpmath.exp(each - max(exponents)) for each in exponents]
    others = mpmath.fsum(power for at, power in enumerate(powers) if at != index)
    return powers[index] / (powers[index] + others), others / (powers[index] + others)


def reads(text: str, exact: mpmath.mpf, least: int = 4) -> bool:
    """Whether a printed number is that number, rounded to the digits that are printed."""
    text = text.replace("−", "-")
    if text.startswith("e^"):
        return reads(text[2:], mpmath.log(exact), 6)
    mantissa = re.split("e", text.lstrip("-"))[0].replace(".", "").lstrip("0")
    digits = max(least, len(mantissa))
    if exact == 0:
        return text == "0"
    size = int(mpmath.floor(mpmath.log10(abs(exact))))
    unit = mpmath.mpf(10) ** (size - digits + 1)
    return abs(mpmath.mpf(text) - exact) <= unit * mpmath.mpf("0.5001")


def is_probability(text: str, probability: mpmath.mpf, rest: mpmath.mpf) -> bool:
    if text.startswith("1 − "):
        return reads(text.removeprefix("1 − "), rest)
    return reads(text, probability)


def _before(at: Setting, of: int, said: Mapping[str, Any]) -> bool:
    return said["name"] == at.names[of] and is_probability(said["before"], *at.parts(of))


def _same(at: Setting, said: Mapping[str, Any]) -> bool:
    """A constant: both are the probability, and the factor is e to the constant over T."""
    power = re.fullmatch(r"e\^\{100(?:/(.+))?\}", said["factor"])
    assert power
    divisor = float(power[1] or 1)
    own = at.own
    return (
        _before(at, own, said) and is_probability(said["after"], *at.parts(own)) and divisor == at.temperature
    )


def _doubled(at: Setting, said: Mapping[str, Any], index: int | None = None) -> bool:
    of = at.top[0] if index is None else index
    return _before(at, of, said) and is_probability(said["after"], *at.parts(of, divisor=0.5))


def _gains(at: Setting) -> bool:
    """The highest gains and the lowest loses when all scores double."""
    low = at.scores.index(min(at.scores))
    return (
        at.parts(at.top[0], divisor=0.5)[1] < at.parts(at.top[0])[1]
        and at.parts(low, divisor=0.5)[0] < at.parts(low)[0]
    )


def _raised(at: Setting, said: Mapping[str, Any]) -> bool:
    """The probability grows by a part of the factor of its exponential: the larger it is, the less."""
    before, rest = at.parts(at.own)
    after, _ = at.parts(at.own, scores=at.raised())
    power = mpmath.exp(1 / mpmath.mpf(at.temperature))
    kept, missed = after / before / power, after * (1 - 1 / power)
    larger = 1 / (1 + min(before + rest / 2, 1) * (power - 1))
    return (
        _before(at, at.own, said)
        and is_probability(said["after"], *at.parts(at.own, scores=at.raised()))
        and missed > 0
        and (missed < mpmath.mpf(10) ** -40 or larger <= kept)
        and is_probability(said["kept"], kept, missed)
        and said["before"] != said["after"]
    )


def _coldest(at: Setting, said: Mapping[str, Any]) -> bool:
    named = [name.strip("*") for name in said["names"].split(" · ")]
    return (
        named == [at.names[index] for index in at.top]
        and said.get("probability", "1/1") == f"1/{len(at.top)}"
    )


def _masked(at: Setting, said: Mapping[str, Any]) -> bool:
    """Whether these are the forbidden classes, and their probability is 0 and the loss infinite."""
    named = [name.strip("*") for name in said["masked"].split(" · ")]
    classes = [at.names.index(name) for name in named]
    return named == at.masked and all(
        (at.work.probability(index), at.work.loss(index)) == ("0", "∞") for index in classes
    )


def _largest_power(at: Setting, said: Mapping[str, Any]) -> mpmath.mpf:
    is_rescaled = at.constant != 0 or at.temperature != 1
    assert said["symbol"] == ("z" if is_rescaled else "f")
    return mpmath.exp(max(at.exponents()))


def _loss(at: Setting, said: Mapping[str, Any]) -> tuple[mpmath.mpf, bool]:
    probability, rest = at.parts(at.true)
    loss = -mpmath.log(probability) if rest > 0.5 else -mpmath.log1p(-rest)
    return probability, said["name"] == at.names[at.true] and reads(said["loss"], loss)


def _own_power(at: Setting) -> mpmath.mpf:
    """The exponential of the true class; of its score less the maximum, where the largest is out of range."""
    exponents = at.exponents()
    total = mpmath.fsum(map(mpmath.exp, exponents))
    is_plain = LIMITS.smallest_normal < mpmath.exp(max(exponents)) and total < LIMITS.max
    return mpmath.exp(exponents[at.true] - (0 if is_plain else max(exponents)))


def _off(at: Setting) -> list[mpmath.mpf]:
    return [abs(value - _parts(at.mirrored(), index)[0]) for index, value in enumerate(at.drawn)]


def _named(
    at: Setting, said: Mapping[str, Any], name: str = "name", probability: str = "probability"
) -> bool:
    return is_probability(said[probability], *_parts(at.mirrored(), at.names.index(said[name])))


def _lowest(at: Setting) -> list[str]:
    return [name for name, score in zip(at.names, at.scores, strict=True) if score == min(at.scores)]


def _lowest_probability(at: Setting, said: Mapping[str, Any]) -> bool:
    """Whether that is the probability of the lowest score once its sign is changed."""
    return is_probability(said["probability"], *_parts(at.mirrored(), at.names.index(_lowest(at)[0])))


def _first_place_that_moved(at: Setting) -> int:
    """The first decimal place of the largest change of a probability by the constant."""
    plain = workings(at.names, at.scores, 0.0, at.temperature).probabilities
    moved = max(abs(a - b) for a, b in zip(at.work.probabilities, plain, strict=True))
    return next(place for place in range(400) if mpmath.mpf(moved) * mpmath.mpf(10) ** place >= 1)


def _star(at: Setting, said: Mapping[str, Any]) -> bool:
    """The probabilities of all classes, and the temperatures that are marked on the path."""
    told = dict(each.split(" ", 1) for each in said["probabilities"].split(", "))
    return [*told] == [*at.names] and all(
        is_probability(told[name], *at.parts(index)) for index, name in enumerate(at.names)
    )


def _given(at: Setting, told: str) -> bool:
    """Every class with its score: enough digits for its exponential."""
    pairs = [each.split(" ") for each in told.split(", ")]
    return [name for name, _ in pairs] == [*at.names] and all(
        reads(score, exponent) for (_, score), exponent in zip(pairs, at.exponents(), strict=True)
    )


def _exchanged(at: Setting, said: Mapping[str, Any]) -> bool:
    above, below = (at.names.index(said[place]) for place in ("above", "below"))
    return (
        at.drawn[above] > at.drawn[below]
        and at.scores[below] < at.scores[above]
        and _named(at, said, "below", "more")
        and _named(at, said, "above", "less")
        and said["more"] != said["less"]
    )


def _furthest(at: Setting, said: Mapping[str, Any]) -> bool:
    index = at.names.index(said["name"])
    off = _off(at)
    factor = {1.0: "e"}.get(at.temperature, f"e^{{1/{at.temperature:.4g}}}")
    return (
        off[index] >= max(off) - 1e-12
        and abs(float(said["drawn"]) - at.drawn[index]) <= 5.1e-4
        and _named(at, said)
        and said["factor"] == factor
    )


def _is_in_order(at: Setting) -> bool:
    classes = range(len(at.scores))
    return all(at.drawn[i] > at.drawn[j] for i in classes for j in classes if at.scores[i] < at.scores[j])


CHECKS: dict[str, Callable[[Setting, Mapping[str, Any]], bool]] = {
    "reads": lambda at, _: not at.masked,
    "constant-hint": lambda at, _: at.constant == 0,
    "constant-exact": lambda at, _: (
        at.constant != 0
        and at.work.probabilities == workings(at.names, at.scores, 0.0, at.temperature).probabilities
    ),
    "constant": lambda at, said: at.constant != 0 and int(said["place"]) == _first_place_that_moved(at) > 8,
    "forbidden": lambda at, said: _masked(at, said),
    "loss-forbidden": lambda at, said: (
        said["name"] == at.names[at.true] and at.scores[at.true] == -inf and said["loss"] == "∞"
    ),
    "temperature-masked": lambda at, said: (
        not at.is_tie and _masked(at, said) and said["even"] == f"1/{len(at.allowed)}"
    ),
    "temperature-tie-masked": lambda at, said: (
        at.is_tie and _masked(at, said) and said["even"] == f"1/{len(at.allowed)}" and len(at.allowed) > 1
    ),
    "temperature-lone": lambda at, said: _masked(at, said) and len(at.allowed) == 1,
    "temperature": lambda at, said: not at.is_tie and said["even"] == f"1/{len(at.scores)}",
    "temperature-tie": lambda at, said: at.is_tie and said["even"] == f"1/{len(at.scores)}",
    "the probability of {names} goes to 1, all others to 0": lambda at, said: (
        len(at.top) == 1 and _coldest(at, said)
    ),
    "{names} share everything, {probability} each": lambda at, said: len(at.top) > 1 and _coldest(at, said),
    "sigmoid": lambda at, _: len(at.scores) == 2 and at.temperature == 1,
    "sigmoid-warm": lambda at, _: len(at.scores) == 2 and at.temperature != 1,
    "simplex": lambda at, said: len(at.scores) == 3 and len(at.top) == 1 and _star(at, said),
    "simplex-edge": lambda at, said: (
        len(at.scores) == 3
        and len(at.top) == 2
        and all(at.names[index] in said["names"] for index in at.top)
        and _star(at, said)
    ),
    "simplex-tie": lambda at, said: len(at.scores) == 3 and at.is_tie and _star(at, said),
    "plain": lambda at, said: (
        LIMITS.smallest_normal * 0.999 < _largest_power(at, said)
        and mpmath.fsum(map(mpmath.exp, at.exponents())) < LIMITS.max * 1.001
    ),
    "rounded-sum": lambda at, said: (
        said["sum"] != "1"
        and Decimal(said["sum"])
        == sum(Decimal(at.work.probability(index).replace("−", "-")) for index in range(len(at.scores)))
    ),
    "shifted-overflow": lambda at, said: _largest_power(at, said) > LIMITS.max * 0.999,
    "shifted-sum": lambda at, said: (
        _largest_power(at, said) < LIMITS.max * 1.001
        and mpmath.fsum(map(mpmath.exp, at.exponents())) > LIMITS.max * 0.999
    ),
    "shifted-subnormal": lambda at, said: 2e-324 < _largest_power(at, said) < LIMITS.smallest_normal * 1.001,
    "shifted-underflow": lambda at, said: _largest_power(at, said) < 2.5e-324,
    "loss-equal": lambda at, said: _loss(at, said)[1],
    "loss-rounded": lambda at, said: _loss(at, said)[1] and at.parts(at.true)[1] < 1e-6,
    "loss-faint": lambda at, said: _loss(at, said)[1] and _loss(at, said)[0] < LIMITS.smallest_normal,
    "loss-faint-power": lambda at, said: _loss(at, said)[1] and 0 < _own_power(at) < LIMITS.smallest_normal,
    "loss-broken": lambda at, said: _loss(at, said)[1] and _loss(at, said)[0] < 2.5e-324,
    "loss-broken-power": lambda at, said: _loss(at, said)[1] and _own_power(at) < 2.5e-324,
    "constant-rises": _same,
    "constant-falls": _same,
    "constant-stays": _same,
    "doubling-question": lambda at, said: [said["name"]] == [at.names[index] for index in at.top],
    "doubling-question-tie": lambda at, said: (
        len(at.top) > 1 and said["name"] in [at.names[index] for index in at.top]
    ),
    "doubling-grows": lambda at, said: not at.is_tie and _doubled(at, said) and _gains(at),
    "doubling-shrinks": lambda at, said: not at.is_tie and _doubled(at, said) and _gains(at),
    "doubling-still": lambda at, said: (
        not at.is_tie and _doubled(at, said) and at.parts(at.top[0], divisor=0.5) != at.parts(at.top[0])
    ),
    "doubling-faint": lambda at, said: (
        not at.is_tie
        and _doubled(at, said)
        and abs(at.parts(at.top[0], divisor=0.5)[0] - at.parts(at.top[0])[0]) < 1e-15
    ),
    "doubling-forbidden": lambda at, said: not said and min(at.scores) == -inf,
    "doubling-tie": lambda at, said: at.is_tie and _doubled(at, said),
    "raise-question": lambda at, said: (
        reads(said["size"], mpmath.exp(1 / mpmath.mpf(at.temperature))) and said["name"] == at.names[at.own]
    ),
    "raise-exactly": _raised,
    "raise-less": _raised,
    "raise-more": _raised,
    "sketch-question": lambda at, said: _given(at, said["scores"]),
    "sketch-near": lambda at, said: (
        max(_off(at)) < 0.1 + 1e-9 and [said["name"]] == _lowest(at) and _named(at, said)
    ),
    "sketch-near-tie": lambda at, said: (
        max(_off(at)) < 0.1 + 1e-9 and said["names"] == " · ".join(_lowest(at)) and len(_lowest(at)) > 1
    ),
    "sketch-truth": lambda at, said: [said["names"]] == _lowest(at) and _lowest_probability(at, said),
    "sketch-truth-tie": lambda at, said: (
        said["names"] == " · ".join(_lowest(at)) and len(_lowest(at)) > 1 and _lowest_probability(at, said)
    ),
    "sketch-tie": lambda at, said: at.is_tie and reads(said["probability"], mpmath.mpf(1) / len(at.scores)),
    "sketch-sum": lambda at, said: (
        abs(sum(at.drawn) - 1) > 0.1
        and abs(float(said["sum"]) - sum(at.drawn)) <= 5.1e-4 * len(at.drawn)
        and _named(at, said)
    ),
    "sketch-order": _exchanged,
    "sketch-bar": lambda at, said: _furthest(at, said) and _is_in_order(at),
    "sketch-bar-alone": _furthest,
    "lead-question": lambda _, said: said["lead"] == "2",
    "lead-reason": lambda _, said: reads(said["factor"], mpmath.exp(2)) and said["power"] == "e^{2}",
}
PLAIN = frozenset(
    {
        "begin", "explain", "every-temperature", "two", "sum",
        "printed", "logistic", "loss",
        "constant-question", "lead-difference", "lead-one-point", "fade",
        "fade-share-task", "fade-share", "fade-undivided", "fade-full", "fade-even", "fade-loss-task",
        "fade-loss", "fade-loss-full", "fade-loss-share", "fade-loss-share-full",
        "fade-loss-decimal", "fade-loss-bits",
        "Exactly {factor} times as large", "Less than {factor} times as large",
        "More than {factor} times as large",
    }
)  # fmt: skip

EXTREME = [
    Setting((-2.85, 0.86, 0.28), true=2, drawn=(0.8, 0.1, 0.1)),
    Setting((1.0, 0.9, -1.0, -1.0), drawn=(0.1, 0.2, 0.3, 0.4)),
    Setting((2.0, 2.0, -1.0), drawn=(0.3, 0.3, 0.4)),
    Setting((2.0, -1.0, -1.0), drawn=(0.03, 0.48, 0.49)),
    Setting((3.0, 3.0, 3.0), drawn=(0.3, 0.3, 0.4)),
    Setting((3.0, 3.0), 5.0, 0.1, drawn=(0.9, 0.9)),
    Setting((1e4, -1e4), 20.0, 0.1, 1, 1, (0.5, 0.5)),
    Setting((1e4,) * 8, -20.0, 0.1, 7, 7, (0.125,) * 8),
    Setting((123.0, 456.0, 789.0), drawn=(1.0, 0.0, 0.0)),
    Setting((709.0, 709.5, 709.7), drawn=(0.4, 0.3, 0.3)),
    Setting((-740.0, -744.0, -744.5), drawn=(0.2, 0.4, 0.4)),
    Setting((-800.0, -900.0), drawn=(0.1, 0.9)),
    Setting((0.0, 2000.0), drawn=(0.9, 0.1)),
    Setting((0.0, 744.6), drawn=(0.6, 0.4)),
    Setting((-157.17, -871.886, -563.4), true=1, drawn=(0.2, 0.3, 0.5)),
    Setting((-145.0, -744.0), true=1, drawn=(0.2, 0.8)),
    Setting((30.0, 0.0), drawn=(0.0, 0.6)),
    Setting((92.0, 0.0), 0.0, 10.0, 0, drawn=(0.0, 1.0)),
    Setting((0.0, 1e-10), drawn=(0.2, 0.8)),
    Setting((-1.792, 0.693, 0.0, 5.0, 5.0, -5.0, 1.0, 2.0), 0.0, 2.9, 3, 3, (0.1,) * 8),
]  # fmt: skip


def chances(count: int) -> Iterator[Setting]:
    """Rows such as readers type: of every size, with ties, at every temperature."""
    chance = random.Random(11)  # noqa: S311
    for _ in range(count):
        classes, size = chance.randint(2, 8), chance.choice([0.01, 1, 3, 30, 1000, 10_000])
        row = [round(chance.uniform(-size, size), chance.randint(0, 6)) for _ in range(classes)]
        if chance.random() < 0.3:
            row[chance.randrange(classes)] = chance.choice([max(row), min(row)])
        drawn = [chance.random() for _ in range(classes)]
        if chance.random() < 0.8:
            drawn = [value / sum(drawn) for value in drawn]
        if chance.random() < 0.4:  # near the truth
            at = Setting(tuple(row))
            drawn = [float(_parts(at.mirrored(), k)[0]) + chance.uniform(-0.15, 0.15) for k in range(classes)]
            drawn = [min(max(value, 0.0), 1.0) for value in drawn]
        yield Setting(
            tuple(row),
            chance.choice([0.0, 0.0, 20.0, -20.0, chance.randint(-40, 40) / 2]),
            chance.choice([1.0, 1.0, 0.1, 10.0, chance.randint(1, 100) / 10]),
            chance.choice([None, *range(classes)]),
            chance.randrange(classes),
            tuple(drawn),
        )


ALL = [*EXTREME, *chances(80)]
EXTREME_MASKED = [
    Setting((-inf, 0.86, 0.28)),
    Setting((-inf, 3.0), 20.0, 0.5, true=1),
    Setting((2.0, -inf, 2.0), -20.0, 0.1, 1, 1),
    Setting((1e4, -inf, -1e4), true=2),
    Setting((-inf, -800.0, -inf, 3000.0), 20.0, 0.1, true=3),
]


def masked(count: int) -> Iterator[Setting]:
    """The same rows with forbidden classes among them."""
    chance = random.Random(5)  # noqa: S311
    for at in chances(count):
        hidden = chance.sample(range(len(at.scores)), chance.randint(1, len(at.scores) - 1))
        row = tuple(-inf if index in hidden else score for index, score in enumerate(at.scores))
        yield replace(at, scores=row)


MASKED = [*EXTREME_MASKED, *masked(60)]


def spoken(at: Setting, code: str = "en") -> tuple[list[Sentence], list[list[ask.Option]]]:
    """All that the lesson says in a setting, and the answers of its questions."""
    lesson, work, asked = page("scores", code), at.work, []
    with heard() as sentences, pytest.MonkeyPatch.context() as patch:
        patch.setattr(ask, "choice", lambda *given: asked.append(given[3]))
        for say in (words.constant, words.temperature, words.exponentials, words.rounding):
            say(lesson, work)
        if len(at.scores) == 3:
            words.triangle(lesson, work)
        words.reads(lesson, work)
        words.loss(lesson, work, at.true)
        for predict in (predictions.constant, predictions.doubling, predictions.raising):
            predict(lesson, work)
        sketch.mirrored_probabilities(lesson, work)
        sketch.lead(lesson, work.at(1.0))
        sketch.judge_sketch(lesson, work.mirrored(), at.drawn)
        assert sketch.true_bars(lesson, work.mirrored()).right
    return sentences, asked


def test_every_sentence_of_the_lesson_is_checked_or_plain() -> None:
    assert unchecked("scores", CHECKS, PLAIN) == []


@BOTH
def test_what_is_said_is_so(code: str) -> None:
    for at in ALL if code == "en" else ALL[: len(EXTREME) + 20]:
        sentences, questions = spoken(at, code)
        assert unknown(sentences, CHECKS, PLAIN) == set()
        assert untrue(sentences, CHECKS, at) == [], at
        for options in questions:
            assert len({option.text for option in options}) == len(options)
            assert [option.right for option in options].count(True) == 1


@BOTH
def test_what_is_said_of_forbidden_classes_is_so(code: str) -> None:
    lesson = page("scores", code)
    for at in MASKED:
        with heard() as sentences:
            words.reads(lesson, at.work)
            for say in (words.constant, words.temperature, words.exponentials, words.rounding):
                said = say(lesson, at.work)
                assert "nan" not in said
                assert "[[" not in said
            words.loss(lesson, at.work, at.true)
        assert unknown(sentences, CHECKS, PLAIN) == set()
        assert untrue(sentences, CHECKS, at) == [], at


@pytest.mark.parametrize("section", ["forbidden", "temperature-lone"])
def test_what_is_said_of_forbidden_classes_fits_one_and_several(section: str) -> None:
    said = page("scores", "en").text(section, masked="A · B")
    assert "Forbidden" in said
    assert re.search(r": A · B\.", said), "no verb and no “its” belongs to the names"


def test_the_questions_leave_forbidden_classes_out() -> None:
    for at in MASKED:
        left = at.unmasked()
        assert at.work.unmasked() == left.work
        assert left.work.probabilities == pytest.approx(
            [at.work.probabilities[index] for index in at.allowed], rel=1e-13
        )


def test_the_right_answers_are_right() -> None:
    for at in ALL:
        _, (constant, doubling, raising) = spoken(at)
        assert [option.right for option in constant] == [False, False, True]
        assert [option.right for option in doubling] == [not at.is_tie, False, at.is_tie]
        assert [option.right for option in raising] == [False, True, False]


def test_a_sketch_is_right_where_every_bar_is_near() -> None:
    lesson = page("scores")
    for at in ALL:
        verdict = sketch.judge_sketch(lesson, at.work.mirrored(), at.drawn)
        assert verdict.right == (max(_off(at)) <= sketch.NEAR)


def test_the_whole_order_of_a_sketch_is_compared() -> None:
    """B and C exchanged, A right: the order is not right, and that is said."""
    truth = workings("ABC", tuple(float(mpmath.log(probability)) for probability in (0.6, 0.3, 0.1)))
    verdict = sketch.judge_sketch(page("scores"), truth, (0.63, 0.07, 0.30))
    assert "You drew **C** above **B**" in verdict.reason
    assert not verdict.right


def test_the_faded_lines_come_to_what_they_say(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Any] = []
    monkeypatch.setattr(faded, "faded_lines", lambda _page, _key, *parts: given.append(parts))
    monkeypatch.setattr(Page, "say", lambda *_, **__: None)
    for at in ALL[: len(EXTREME) + 25]:
        faded.probabilities(page("scores"), at.work)
        last = len(at.scores) - 1
        for index, part in enumerate(given.pop()):
            probability, rest = at.parts(index if index < 2 else last, divisor=2.0)
            loss = -mpmath.log(probability) if rest > 0.5 else -mpmath.log1p(-rest)
            assert part.answer.value == pytest.approx(
                float(probability if index < 2 else loss), rel=1e-9, abs=1e-300
            )
            values = [miss.value for miss in part.answer.misses]
            if index < 2:
                assert values[1:] == pytest.approx([float(at.parts(index)[0]), 1 / len(at.scores)], rel=1e-9)
            else:
                whole, left = at.parts(last)
                before = -mpmath.log(whole) if left > 0.5 else -mpmath.log1p(-left)
                logs = [loss / mpmath.log(10), loss / mpmath.log(2), before]
                wanted = [float(each) for each in (probability, *logs, whole)]
                assert values == pytest.approx(wanted, rel=1e-9, abs=1e-300)


def test_rounded_exponentials_give_the_probability_that_cs231n_prints() -> None:
    weights = (0.058, 2.36, 1.32)
    probabilities = [weight / sum(weights) for weight in weights]
    assert [round(probability, 3) for probability in probabilities] == [0.016, 0.631, 0.353]
    assert round(float(Setting((-2.85, 0.86, 0.28)).parts(0)[0]), 3) == 0.015


REFUTED = {
    "en": (
        "never helps a class with a lower", "so they lose", "most widely used",
        "order is right, but", "changes everything", "Its exponential by the sum", "is logistic regression",
    ),
    "ko": ("가장 널리", "유리해지는 일은 없습니다", "순서는 맞습니다", "배수", "모든 것을 바꿉니다"),
}  # fmt: skip


def test_a_class_below_the_top_can_gain_when_all_scores_double() -> None:
    at = Setting((1.0, 0.9, -1.0, -1.0))
    assert at.parts(1, divisor=0.5)[0] > at.parts(1)[0]


@BOTH
def test_what_was_found_false_is_not_said_again(code: str) -> None:
    prose = " ".join(" ".join(language(code).prose("scores").values()).split())
    for claim in REFUTED[code]:
        assert claim not in prose
