"""Every sentence of the lesson on information is true wherever it is said."""

from __future__ import annotations

import heapq
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import ceil, inf, isclose, log, log2, pi
from typing import Any

import mpmath
import numpy as np
import pytest

from lessons.information import fits, numbers, predictions
from lessons.information.beliefs import Beliefs, beliefs
from lessons.information.distributions import parse_probabilities
from lessons.information.pictures import bars, codes, coin, halving, likelihood, prior, reliability, sweep
from lessons.information.settings import L2_LADDER
from softmax_core.information import fit_over_l2
from tests.lessons.said import Sentence, heard, page, unchecked, unknown, untrue
from ui.parameters import PARAMETERS
from ui.predict import ask
from ui.text import CODES, language

SLUG = "information"
ASKED_ABOUT = (30, 0.01)
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Setting:
    """What is set on the page; each section has its own."""

    case: Beliefs | None = None
    q: float = 0.0
    many: int = 0
    n: int = 0
    l2: float = 0.0


# ---- reading what is printed, and computing it anew


def number(text: Any) -> Decimal:
    return Decimal(str(text).removeprefix("≈ ").replace("−", "-").replace("∞", "inf"))


def says(text: Any, value: Any, lost: float = 6e-3) -> bool:
    """Whether a printed number is that value, rounded to the digits it has."""
    printed = number(text)
    if printed.is_infinite() or value in (inf, mpmath.inf):
        return printed.is_infinite() and value in (inf, mpmath.inf)
    if printed == 0:
        return bool(value == 0)
    unit = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    return bool(
        abs(mpmath.mpf(str(printed)) - value) <= mpmath.mpf(str(unit)) * 0.501
        and abs(mpmath.mpf(str(printed)) / value - 1) < lost
    )


@cache
def surprise(probability: float, symbol: str) -> Any:
    """−log of a probability, to fifty digits."""
    with mpmath.workdps(50):
        return (
            mpmath.inf
            if probability == 0
            else -mpmath.log(mpmath.mpf(probability), 2 if symbol == "bit" else mpmath.e)
        )


def average(p: list[float], q: list[float], symbol: str) -> Any:
    """H(p, q), where q counts as divided by its sum: beside 1e−300, a 1.0 is a little less than sure."""
    base = 2 if symbol == "bit" else mpmath.e
    with mpmath.workdps(700):
        total = mpmath.fsum(q)
        lengths = (mpmath.inf if b == 0 else -mpmath.log(b / total, base) for b in q)
        return mpmath.fsum(mpmath.mpf(a) * length for a, length in zip(p, lengths, strict=True) if a)


def terms(p: list[float], q: list[float], symbol: str) -> list[Any]:
    """The terms of KL(p‖q)."""
    with mpmath.workdps(50):
        pairs = zip(p, q, strict=True)
        return [a * (surprise(b, symbol) - surprise(a, symbol)) if a else mpmath.mpf(0) for a, b in pairs]


def kl(p: list[float], q: list[float], symbol: str) -> Any:
    """KL(p‖q) of rows that sum to 1 but for their last bits: q − p takes that fault out."""
    with mpmath.workdps(50):
        nats = mpmath.log(2) if symbol == "bit" else 1
        fault = mpmath.fsum(mpmath.mpf(b) - mpmath.mpf(a) for a, b in zip(p, q, strict=True))
        return mpmath.fsum(terms(p, q, symbol)) + fault / nats


def directions(of: Setting) -> tuple[Any, Any]:
    case = of.case
    return kl(case.p, case.q, case.symbol), kl(case.q, case.p, case.symbol)


def same(of: Setting) -> bool:
    before, after = directions(of)
    return before == after or bool(max(before, after) < mpmath.inf and abs(before / after - 1) <= 2e-9)


def own_softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@cache
def judged(n: int, l2: float) -> tuple[np.ndarray, np.ndarray]:
    """Confidence and rightness on the unseen samples."""
    params, unseen = fits.at(n, l2).fit.params, fits.unseen()
    probs = own_softmax(unseen.X @ params.W + params.b)
    return probs.max(axis=1), probs.argmax(axis=1) == unseen.labels


def calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Ten bins (0, 0.1], (0.1, 0.2] …, one after another."""
    places = np.ceil(confidence * 10).astype(int)
    return sum(abs((confidence - right)[places == place].sum()) for place in range(11)) / len(right)


@cache
def chance(n: int, l2: float) -> tuple[float, float]:
    """Mean and 99 % of the error when every confidence is deserved, by draws of my own."""
    confidence, _ = judged(n, l2)
    rng, places = np.random.default_rng(7), np.ceil(confidence * 10).astype(int)
    gaps = [confidence - (rng.random(len(confidence)) < confidence) for _ in range(2000)]
    drawn = [np.abs(np.bincount(places, gap)).sum() / len(confidence) for gap in gaps]
    return float(np.mean(drawn)), float(np.quantile(drawn, 0.99))


def errors_off(of: Setting) -> float:
    confidence, right = judged(of.n, of.l2)
    return float((confidence - right).sum() / np.sqrt((confidence * (1 - confidence)).sum()))


def sure(of: Setting, values: Values) -> bool:
    """The numbers that every verdict gives."""
    confidence, right = judged(of.n, of.l2)
    probabilities = own_softmax(
        fits.unseen().X @ fits.at(of.n, of.l2).fit.params.W + fits.at(of.n, of.l2).fit.params.b
    )
    entropy = float(-(probabilities * np.log(probabilities)).sum(axis=1).mean())
    mean, limit = chance(of.n, of.l2)
    return (
        float(values["penalty"]) == of.l2
        and says(values["norm"], np.sqrt((fits.at(of.n, of.l2).fit.params.W ** 2).sum()))
        and says(values["entropy"], entropy)
        and float(values["confidence"]) == round(confidence.mean(), 3)
        and float(values["accuracy"]) == round(right.mean(), 3)
        and float(values["error"]) == round(calibration_error(confidence, right), 3)
        and says(values["times"], abs(errors_off(of)), lost=0.05)
        and abs(float(values["chance"]) - mean) < 0.001
        and abs(float(values["limit"]) - limit) < 0.003
    )


def near_limit(of: Setting) -> float:
    """How far the calibration error lies above what chance makes."""
    return calibration_error(*judged(of.n, of.l2)) - chance(of.n, of.l2)[1]


def half_norm(of: Setting, values: Values) -> bool:
    here, there = (np.linalg.norm(fits.at(of.n, l2).fit.params.W) for l2 in (of.l2, float(values["penalty"])))
    return (
        float(values["now"]) == of.l2
        and says(values["norm"], there)
        and says(values["times"], there / here, lost=0.05)
        and 0.37 < there / here < 0.63
    )


def span(n: int, part: int) -> float:
    means = [judged(n, l2)[part].mean() for l2 in fits.L2S]
    return float(max(means) - min(means))


@cache
def products(n: int) -> tuple[float, float, float]:
    """Both products in float64, one factor after another, and the mean loss of the fitted weights."""
    data = likelihood.samples(n)
    params = fit_over_l2(data, [likelihood.TINY_L2])[0].params
    probabilities = own_softmax(data.X @ params.W + params.b)[np.arange(n), data.labels]
    none, fitted = 1.0, 1.0
    for probability in probabilities.tolist():
        none, fitted = none / 3, fitted * probability
    return none, fitted, float(-np.log(probabilities).mean())


def kept(of: Setting, values: Values) -> bool:
    none, fitted, mean = products(of.many)
    return (
        none != fitted
        and int(values["n"]) == of.many
        and says(values["mean"], mean)
        and says(values["least"], 1075 * log(2))
        and says(values["count"], ceil(1075 * log(2) / mean))
    )


@cache
def first_zero(k: int, dtype: str) -> int:
    factor, product, count = np.dtype(dtype).type(1 / k), np.dtype(dtype).type(1), 0
    with np.errstate(under="ignore"):
        while product:
            product, count = product * factor, count + 1
    return count


def underflow(_: Setting, values: Values) -> bool:
    return (
        (values["double"], values["single"]) == (first_zero(3, "float64"), first_zero(3, "float32"))
        and says(values["least"], 1075 * log(2))
        and says(values["loss"], log(3))
    )


def width(of: Setting, values: Values) -> bool:
    before, after = (1 / (of.l2 * of.n)) ** 0.5, (1 / (of.l2 * of.n * 4)) ** 0.5
    return says(values["before"], before) and says(values["after"], after) and values["more"] == 4 * of.n


def told(of: Setting, values: Values) -> bool:
    """The surprise of the reader's probability in both units."""
    return (
        says(values["probability"], of.q)
        and says(values["bits"], surprise(of.q, "bit"))
        and says(values["nats"], surprise(of.q, "nat"))
    )


def area(of: Setting, values: Values) -> bool:
    """The area of the blocks and that below the dashed line, which is never the larger one."""
    p, q, symbol = of.case.p, of.case.q, of.case.symbol
    cross, least = average(p, q, symbol), average(p, p, symbol)
    unit = {"bit": ("bits", "비트"), "nat": ("nats", "나트")}[symbol]
    return (
        values["unit"] in unit
        and says(values["entropy"], least)
        and says(values["cross"], cross)
        and cross >= least * (1 - 1e-12)
    )


def largest(of: Setting, values: Values) -> bool:
    found = terms(of.case.q, of.case.p, of.case.symbol)
    own = found[int(values["label"])]
    return bool(own == max(found) or max(found) - own <= 1e-12)


def exchanged(of: Setting, values: Values) -> bool:
    before, after = directions(of)
    apart = same(of) or values["before"] != values["after"]
    return apart and said_of(values["before"], before) and said_of(values["after"], after)


def said_of(text: str, value: Any) -> bool:
    """As `says`; what is 0 but for the last bits of p and q may be printed as 0."""
    return says(text, value) or (text == "0" and abs(value) < 1e-30)


def adds_up(of: Setting, values: Values) -> bool:
    """The three numbers are right, and add up as printed where that is said."""
    p, q, symbol = of.case.p, of.case.q, of.case.symbol
    whole, own, extra = average(p, q, symbol), average(p, p, symbol), kl(p, q, symbol)
    if values["sign"] == "=" and whole != mpmath.inf:
        cross, entropy, more = (number(values[name]) for name in ("cross", "entropy", "kl"))
        if cross != entropy + more:
            return False
    return (
        said_of(values["cross"], whole) and said_of(values["entropy"], own) and said_of(values["kl"], extra)
    )


def ruled_out(p: list[float], q: list[float]) -> bool:
    return any(a > 0 and b == 0 for a, b in zip(p, q, strict=True))


def equal(of: Setting) -> bool:
    return all(isclose(a, b, rel_tol=1e-15) for a, b in zip(of.case.p, of.case.q, strict=True))


def one_hot(of: Setting) -> bool:
    return sorted(of.case.p)[:-1] == [0.0] * (len(of.case.p) - 1)


def mirrored(of: Setting) -> bool:
    there = list(zip(of.case.p, of.case.q, strict=True))
    return all(there.count((a, b)) == there.count((b, a)) for a, b in there)


def moved(part: int, moves: bool) -> Callable[[Setting, Values], bool]:
    def check(of: Setting, values: Values) -> bool:
        before, after = (judged(of.n, l2)[part].mean() for l2 in (of.l2, other(of.l2)))
        printed = (float(values["before"]), float(values["after"])) == (round(before, 3), round(after, 3))
        return printed and (abs(before - after) > 0.05) == moves

    return check


def other(l2: float) -> float:
    return fits.L2S[fits.place(l2 * 100 if l2 * 100 <= 10 else l2 / 100)]


def why(of: Setting, values: Values) -> bool:
    there = other(of.l2)
    norms = [np.linalg.norm(fits.at(of.n, l2).fit.params.W) for l2 in (of.l2, there)]
    return (
        says(values["norm"], norms[0])
        and says(values["then"], norms[1])
        and (norms[0] > norms[1]) == (there > of.l2)
    )


def falls_with_penalty(of: Setting, values: Values) -> bool:
    """‖W‖ and confidence fall with λ, the entropy rises; the spans are those that are said."""
    norms = [np.linalg.norm(fits.at(of.n, l2).fit.params.W) for l2 in fits.L2S]
    entropies = [fits.at(of.n, l2).entropy for l2 in fits.L2S]
    sureness = [judged(of.n, l2)[0].mean() for l2 in fits.L2S]
    return (
        bool((np.diff(norms) < 0).all() and (np.diff(entropies) > 0).all() and (np.diff(sureness) < 0).all())
        and abs(float(values["sure"]) - span(of.n, 0)) < 6e-4
        and abs(float(values["right"]) - span(of.n, 1)) < 6e-4
    )


CHECKS: dict[str, Callable[[Setting, Values], bool]] = {
    "story-infinite": lambda of, said: ruled_out(of.case.p, of.case.q) and adds_up(of, said),
    "story-equal": lambda of, said: equal(of) and said["kl"] == "0" and adds_up(of, said),
    "story-one-hot": lambda of, said: one_hot(of) and adds_up(of, said) and said["cross"] == said["kl"],
    "story-free": lambda of, said: (
        not one_hot(of) and not equal(of) and not ruled_out(of.case.p, of.case.q) and adds_up(of, said)
    ),
    "likelihood-lost": lambda of, said: products(of.many)[:2] == (0.0, 0.0) and int(said["n"]) == of.many,
    "likelihood-kept": kept,
    "identity": lambda of, said: says(said["constant"], 3 * log(2 * pi / (of.l2 * of.n))),
    "sure-over": lambda of, said: errors_off(of) > 3 and sure(of, said),
    "sure-under": lambda of, said: errors_off(of) < -3 and sure(of, said),
    "sure-uneven": lambda of, said: abs(errors_off(of)) <= 3 and near_limit(of) > -0.002 and sure(of, said),
    "sure-fair": lambda of, said: abs(errors_off(of)) <= 3 and near_limit(of) < 0.002 and sure(of, said),
    "half-norm": half_norm,
    "moves": lambda of, said: (
        abs(float(said["more"]) - span(of.n, 0)) < 6e-4 and abs(float(said["less"]) - span(of.n, 1)) < 6e-4
    ),
    "coin-told": told,
    "<b>{bits}</b> bits": lambda of, said: says(said["bits"], surprise(of.q, "bit")),
    "<b>1</b> bit": lambda of, _: of.q == 0.5,
    "codes-more": lambda of, said: not equal(of) and not ruled_out(of.case.p, of.case.q) and area(of, said),
    "codes-least": lambda of, said: equal(of) and area(of, said) and said["cross"] == said["entropy"],
    "codes-infinite": lambda of, said: ruled_out(of.case.p, of.case.q) and area(of, said),
    "exchange-question": lambda of, said: says(said["before"], directions(of)[0]),
    "exchange-rises": lambda of, said: (
        directions(of)[1] > directions(of)[0] and exchanged(of, said) and largest(of, said)
    ),
    "exchange-falls": lambda of, said: (
        directions(of)[1] < directions(of)[0] and exchanged(of, said) and largest(of, said)
    ),
    "exchange-backwards": lambda of, said: not same(of) and exchanged(of, said) and largest(of, said),
    "exchange-symmetric": lambda of, said: not same(of) and exchanged(of, said),
    "exchange-not": lambda of, _: same(of),
    "exchange-equal": lambda of, said: equal(of) and said["before"] == said["after"] == "0",
    "exchange-infinite": lambda of, _: directions(of) == (mpmath.inf, mpmath.inf),
    "exchange-mirrored": lambda of, said: mirrored(of) and exchanged(of, said),
    "exchange-accident": lambda of, said: same(of) and exchanged(of, said) and directions(of)[0] < mpmath.inf,
    **dict.fromkeys(("underflow-single", "underflow-right", "underflow-ten", "underflow-never"), underflow),
    "From sample {number}": lambda _, said: said["number"] in (95, 324, 679),
    **dict.fromkeys(("narrow-stays", "narrow-halves", "narrow-quarter", "narrow-doubles"), width),
    "strong-question": lambda of, said: (
        (float(said["before"]), float(said["after"]), said["n"]) == (of.l2, other(of.l2), of.n)
    ),
    "strong-confidence-moves": moved(0, moves=True),
    "strong-confidence-stays": moved(0, moves=False),
    "strong-accuracy-moves": moved(1, moves=True),
    "strong-accuracy-stays": moved(1, moves=False),
    "strong-why": why,
    "Curves over λ from {low} to {high}, for {n} samples. The larger λ, the smaller |W|, the higher the "
    "entropy of the predictions and the lower their confidence, which moves by {sure}; the accuracy "
    "moves by {right}.": falls_with_penalty,
    "A dotted bell, half as wide, is the prior for {n} samples.": lambda of, said: said["n"] == 4 * of.n,
    "{dtype}: 0 from sample {zero}": lambda of, said: said["zero"] <= of.many,
}
PLAIN = frozenset(
    {
        "begin", "coin-question", "codes", "words", "parts", "hard", "likelihood", "maximum", "prior",
        "posterior", "halving", "calibration", "sum", "underflow-question", "narrow-question",
        "coin-less", "coin-straight", "coin-right", "coin-reciprocal",
        "coin-certain", "coin-some", "coin-far",
        # by tests of their own
        "q = {q}: yours {guess}", "q = {q}: yours {guess}, true {bits}", "Points to drag: {points}.",
        "Your surprise at q = {q}",
        "Length of the word for class {label}", "The other way round the divergence is {back}.",
        "A point over the probability q = {probability}: the surprise is {bits} bits.",
        "At λ = {l2}, with {n} samples: |W| {norm}, entropy {entropy} nats, confidence {confidence}, "
        "accuracy {accuracy}.",
        "strong-reversed",  # by the options below
        "in {unit}", "class {label}: p {p}, q {q}", "ideal code length −log q, {unit}",
        "{name}: log-likelihood {log}, {zeros}.", "0 in {dtype} from sample {zero}", "never 0 in {dtype}",
        "weights with λ = {least}", "with λ = {least}", "σ = 1/√(λN) = <b>{width}</b>",
        "H = {entropy} nats", "norm of the weights: |W| = {norm}", "mean entropy H = {entropy} nats",
        "calibration error (ECE) {error}", "confidence {confidence} (dots), accuracy {accuracy} (line)",
        "{count} with confidence {confidence}, {accuracy} of them right",
    }
)  # fmt: skip
NEVER_YET = {"strong-confidence-stays", "strong-accuracy-moves"}  # the question is about one pair
DESCRIPTIONS = (
    "Bars of",
    "A block for",
    "Two lines that fall",
    "A bell curve",
    "Softmax of the",
    "For each bin",
)


# ---- the walk


def a_case(rng: random.Random) -> Beliefs:
    """Two rows of probabilities, of every kind that can be typed, dragged or smoothed."""
    k = rng.choice((2, 2, 3, 3, 4, 8))
    kind = rng.choice(("free", "free", "tenths", "one-hot", "zeros", "equal", "near", "mirrored", "tiny"))
    p, q = ([rng.random() + 1e-3 for _ in range(k)] for _ in "pq")
    if kind == "tenths":
        p, q = ([float(rng.randint(1, 9)) for _ in range(k)] for _ in "pq")
    if kind == "one-hot":
        p = [0.0] * k
        p[rng.randrange(k)] = 3.0
    if kind == "zeros":
        p[rng.randrange(k)] = q[rng.randrange(k)] = 0.0
    if kind in ("equal", "near"):
        q = [
            probability * (1 + (rng.choice((1e-2, 1e-5)) * rng.random() if kind == "near" else 0))
            for probability in p
        ]
    if kind == "mirrored":
        q = [*p[1::-1], *p[2:]]
    if kind == "tiny":
        p[0], q[-1] = rng.choice((1e-300, 1e-12, 1e-5)), rng.choice((1e-300, 1e-9))
    lines = (", ".join(map(repr, row)) for row in (p, q))
    smoothing = 0.0 if kind in ("equal", "mirrored") else rng.choice((0.0, 0.0, 0.05, 0.35, 1.0))
    return beliefs(*map(parse_probabilities, lines), smoothing, rng.choice(("nat", "bit")))


def named_cases() -> Iterator[Beliefs]:
    """The scenes of the page, and the ends."""
    for p, q in (
        ("0, 0, 1", "0.015449, 0.631163, 0.353387"),
        ("0.6, 0.3, 0.1", "0.2, 0.3, 0.5"),
        ("0.6, 0.3, 0.1", "6, 3, 1"),
        ("0.6, 0.3, 0.1", "0.7, 0.3, 0"),
        ("0.5, 0.25, 0.125, 0.125", "1, 1, 1, 1"),
        ("0, 1", "1, 0"),
        ("0, 1", "0, 1"),
        ("1, 1", "1, 1"),
        ("4, 1, 1, 4", "2, 2, 2, 4"),  # as far from each other both ways, and no mirror
        ("1, 1e-14", "1e-14, 1"),
        ("1, 1", "1.0000002, 1"),
        ("1, 2, 3, 4, 5, 6, 7, 8", "8, 7, 6, 5, 4, 3, 2, 1"),
        ("5, 3, 2", "3, 5, 2"),
    ):
        for smoothing, symbol in ((0.0, "nat"), (0.0, "bit"), (0.1, "nat"), (1.0, "bit")):
            yield beliefs(parse_probabilities(p), parse_probabilities(q), smoothing, symbol)


def settings() -> list[Setting]:
    rng = random.Random(11)  # noqa: S311
    cases = [*named_cases(), *(a_case(rng) for _ in range(150))]
    counts = [int(n) for n in PARAMETERS["samples"].options]
    pairs = [(n, float(l2)) for n in counts for l2 in L2_LADDER]
    ends = [ASKED_ABOUT, (30, 1e-5), (30, 0.02), (300, 0.01), (1000, 1e-5), (1000, 10.0)]
    return [
        *(Setting(case=case) for case in cases),
        *(Setting(q=q) for q in (1.0, 0.99, 0.5, 0.37, 0.25, 0.13, 0.07, 0.03, 0.01)),
        *(Setting(many=int(n)) for n in PARAMETERS["many"].options),
        *(Setting(n=n, l2=l2) for n, l2 in [*ends, *rng.sample(pairs, 8)]),
    ]


Asked = list[tuple[str, list[ask.Option]]]


def say_all(of: Setting, code: str) -> tuple[list[Sentence], Asked]:
    """Everything that the lesson says in a setting, and the questions it asks."""
    lesson, asked = page(SLUG, code), []
    with heard() as sentences, pytest.MonkeyPatch.context() as patch:
        keep = lambda _page, key, _question, options, *_: asked.append((key, list(options)))  # noqa: E731
        patch.setattr(ask, "choice", keep)
        if of.case:
            numbers.story(lesson, of.case)
            numbers.lengths(lesson, of.case)
            predictions.exchanged(lesson, of.case)
            predictions.exchange_in_words(lesson, of.case)
            for both in (True, False):
                bars.stacked(of.case, lesson.t, both, movable=both)
            codes.code_lengths(of.case, lesson.t)
        if of.q:
            numbers.surprise(lesson, of.q)
            coin.surprise(of.q, (1.0, 0.5, 0.0), lesson.t, told=True)
        if of.many:
            pair = likelihood.runs(of.many)
            numbers.vanished(lesson, pair, of.many)
            numbers.products(lesson, pair, of.many)
            predictions.underflow(lesson)
            likelihood.falling(pair, lesson.t)
        if of.n:
            numbers.posterior(lesson, of.n, of.l2)
            numbers.calibration(lesson, of.n, of.l2)
            numbers.half_the_weights(lesson, of.n, of.l2)
            numbers.moves(lesson, of.n)
            if (of.n, of.l2) == ASKED_ABOUT:
                predictions.narrower(lesson)
                predictions.stronger(lesson)
            for draw in (sweep.chain, reliability.reliability, prior.prior):
                draw(of.n, of.l2, lesson.t)
            prior.prior(of.n, of.l2, lesson.t, fourfold=True)
            halving.halving(lesson.t)
    return sentences, asked


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_is_untrue_or_unknown_and_one_option_is_right(code: str) -> None:
    spoken = set()
    for of in settings()[:: 1 if code == "en" else 7]:
        sentences, asked = say_all(of, code)
        told = [each for each in sentences if not each.name.startswith(DESCRIPTIONS)]
        assert untrue(told, CHECKS, of) == [], of
        assert unknown(told, CHECKS, PLAIN) == set()
        for key, options in asked:
            assert sum(option.right for option in options) == 1, (key, of)
            assert len({option.text for option in options}) == len(options), (key, of)
        spoken |= {each.name for each in told}
    if code == "en":
        assert set(CHECKS) - NEVER_YET <= spoken, "each check was called for"


def test_no_sentence_is_forgotten() -> None:
    assert unchecked(SLUG, CHECKS, PLAIN) == []


def test_both_claims_are_wrong_where_it_is_just_the_other_way() -> None:
    words = page(SLUG).text("strong-reversed")
    _, asked = say_all(Setting(n=ASKED_ABOUT[0], l2=ASKED_ABOUT[1]), "en")
    options = next(options for key, options in asked if "strong" in key)
    right = next(at for at, option in enumerate(options) if option.right)
    for at, option in enumerate(options):  # both, confidence, accuracy, neither
        assert (words in option.reason) == ({at, right} in ({0, 3}, {1, 2}))


def test_nothing_says_beforehand_that_an_exchange_matters() -> None:
    """Neither the steps before it nor their pictures."""
    for code in CODES:
        prose = language(code).prose(SLUG)
        before = list(prose)[: list(prose).index("exchange-question")]
        words = " ".join(prose[name] for name in before)
        assert not re.search(r"symmetric|대칭|q\\\|p|KL\(q", words)
    case = beliefs([0.6, 0.3, 0.1], [0.2, 0.3, 0.5], 0.0, "nat")
    picture = bars.stacked(case, language("en"), both=False)
    assert case.reversed.printed.kl not in picture.description
    assert "KL(q||p)" not in str(picture.figure)


# ---- what was said once, and is not true


FALSE = {
    "en": [
        r"λ alone", r"λ, not the data", r"best code", r"λ is the width", r"λ sets the width",
        r"we call it about right", r"float64 ends at", r"hardly moves", r"and so the scores\b",
        r"sooner or later the product", r"rules the sum",
    ],
    "ko": [
        r"데이터가 아니라 λ", r"최적 부호", r"λ는 사전 분포의 폭", r"알맞은 확신으로", r"float64는 745",
        r"거의 변하지", r"1이 아닌 한", r"점수도 절반이 됩니다\. 순서", r"머지않아",
    ],
}  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_what_was_refuted_is_said_no_more(code: str) -> None:
    prose = " ".join(" ".join(section.split()) for section in language(code).prose(SLUG).values())
    assert [pattern for pattern in FALSE[code] if re.search(pattern, prose)] == []


def test_the_penalty_alone_does_not_decide_how_sure_it_looks() -> None:
    by_data = [judged(n, 1e-5)[0].mean() for n in (30, 100, 300, 1000)]
    by_penalty = [judged(1000, l2)[0].mean() for l2 in (1e-5, 1e-3)]
    assert max(by_data) - min(by_data) > 0.08
    assert abs(by_penalty[0] - by_penalty[1]) < 0.005


def huffman(q: list[float]) -> float:
    """The mean length in bits of the best code of whole words."""
    heap, total = list(q), 0.0
    heapq.heapify(heap)
    while len(heap) > 1:
        pair = heapq.heappop(heap) + heapq.heappop(heap)
        total += pair
        heapq.heappush(heap, pair)
    return total


def test_the_ideal_length_is_reached_by_powers_of_one_half_and_by_others_over_blocks_only() -> None:
    assert huffman([0.5, 0.25, 0.125, 0.125]) == 1.75
    bits = -sum(probability * log2(probability) for probability in (0.9, 0.1))
    word = huffman([0.9, 0.1])
    block = huffman([a * b * c for a in (0.9, 0.1) for b in (0.9, 0.1) for c in (0.9, 0.1)]) / 3
    assert word == 1 > block > bits > -log2(0.9)


def test_chance_makes_a_smaller_calibration_error_than_was_called_about_right() -> None:
    assert max(chance(n, l2)[1] for n, l2 in ((30, 0.02), (100, 0.01), (300, 0.01))) < 0.025
    assert abs(errors_off(Setting(n=100, l2=0.01))) > 5
