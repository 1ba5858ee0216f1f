"""What the lesson on the notes says, checked by plain NumPy and fractions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import exp, fsum, isfinite, log, ulp
from typing import Any, NamedTuple

import mpmath
import numpy as np
import pytest

from lessons.notes import gold, predictions, sentences, spiral
from lessons.notes.pictures import asked as asked_about
from lessons.notes.pictures import deviations, penalties
from lessons.notes.worksheet import questions
from softmax_core import TrainConfig, make_dataset
from softmax_core.notes import Recomputed
from softmax_core.training import initial_state
from tests.lessons.conftest import open_page, said
from tests.lessons.said import Sentence, heard, page, unchecked, unknown, untrue
from ui import text
from ui.predict import ask

LANGUAGES = pytest.mark.parametrize("code", text.CODES)
WEIGHTS = (0.01, -0.05, 0.1, 0.05, 0.7, 0.2, 0.05, 0.16, 0.0, -0.45, -0.2, 0.03)
SLIDERS = [
    (0.01, 0.02),
    (0.01, 0.0),
    (0.1, 0.2),
    (0.5, 1.0),
    (0.5, 0.25),
    (0.33, 0.66),
    (0.07, 0.14),
    (0.5, 0.99),
]


class Setting(NamedTuple):
    """A row of the table, and the two λ."""

    found: Recomputed
    plain: float
    halved: float


def near(printed: Any, value: float) -> bool:
    """Whether a printed number is the value, to the digits printed."""
    number = Decimal(str(printed).replace("−", "-"))
    return abs(float(number) - value) <= 0.5000001 * float(Decimal(1).scaleb(number.as_tuple().exponent))


def rounds_to(printed: str, value: float) -> bool:
    return isfinite(value) and near(printed, value)


def own_values(row: Any) -> list[float]:
    """Every row once more, without the core."""
    given = row.inputs
    if row.quantity == "linear_scores":
        return [float(np.dot(w, given["x"])) + b for w, b in zip(given["W"], given["b"], strict=True)]
    if row.quantity == "hinge":
        f, y, margin = given["scores"], given["labels"], given["margin"]
        return [fsum(max(0.0, f[j] - f[y] + margin) for j in range(len(f)) if j != y)]
    if row.quantity in ("chance_entropy", "log_of_chance"):
        return [log(given["classes"]) if row.quantity == "chance_entropy" else log(1 / given["classes"])]
    if row.quantity == "chance_hinge":
        return [given["classes"] - 1.0]
    if row.quantity == "shifted_scores":
        return [score - max(given["scores"]) for score in given["scores"]]
    if row.quantity == "log_c":
        return [-max(given["scores"])]
    powers = [exp(score) for score in given["scores"]]
    probabilities = [power / fsum(powers) for power in powers]
    return {
        "exponentials": powers,
        "probabilities": probabilities,
        "exponentials_and_probabilities": [*powers, *probabilities],
        "cross_entropy": [-log(probabilities[given.get("labels", 0)])],
        "gradient": [
            probability - (index == given.get("labels")) for index, probability in enumerate(probabilities)
        ],
    }[row.quantity]


def all_right(setting: Setting, _values: Mapping[str, Any]) -> bool:
    row = setting.found.row
    return all(rounds_to(text, value) for text, value in zip(row.printed, own_values(row), strict=True))


def blows_up(setting: Setting, _values: Mapping[str, Any]) -> bool:
    with np.errstate(all="ignore"):
        powers = np.exp(np.array(setting.found.row.inputs["scores"]))
        return not np.isfinite(powers / powers.sum()).all()


def at_the_kink(setting: Setting, _values: Mapping[str, Any]) -> bool:
    (ahead, *others), small = setting.found.row.inputs["scores"], 2.0**-10

    def hinge(own: float) -> float:
        return sum(max(0.0, other - own + 1) for other in others)

    return hinge(ahead) == hinge(ahead + small) == 0 and hinge(ahead - small) == 2 * small


def listed(text: str) -> list[float]:
    return [float(part.replace("−", "-")) for part in text.split(", ")]


def leaves_out_b(setting: Setting, values: Mapping[str, Any]) -> bool:
    given = setting.found.row.inputs
    without = [float(np.dot(w, given["x"])) for w in given["W"]]
    with_b = own_values(setting.found.row)
    printed = [float(number) for number in setting.found.row.printed]
    return (
        np.allclose(listed(values["slip"]), without)
        and np.allclose(listed(values["computed"]), with_b)
        and np.allclose(printed, [*with_b[:2], without[2]])
    )


def rounded_too_early(_setting: Setting, values: Mapping[str, Any]) -> bool:
    early, late = [0.058, 2.36, 1.32], [exp(score) for score in (-2.85, 0.86, 0.28)]
    return np.allclose(listed(values["slip"]), np.divide(early, sum(early)), rtol=1e-6) and np.allclose(
        listed(values["computed"]), np.divide(late, sum(late)), rtol=1e-6
    )


def illustration(setting: Setting, values: Mapping[str, Any]) -> bool:
    f = setting.found.row.inputs["scores"]
    gaps = [round(max(f) - score, 6) for score in f]
    return gaps == [0, 11.9, 35.5] and np.allclose(
        listed(values["computed"]), own_values(setting.found.row), rtol=1e-6
    )


def lost_sign(setting: Setting, values: Mapping[str, Any]) -> bool:
    right = own_values(setting.found.row)[0]
    return near(values["slip"], -right) and near(values["computed"], right)


def cut_off(setting: Setting, values: Mapping[str, Any]) -> bool:
    row = setting.found.row
    pairs = zip(row.printed, own_values(row), strict=True)
    ((printed, value),) = [(text, value) for text, value in pairs if not rounds_to(text, value)]
    unit = float(Decimal(1).scaleb(Decimal(printed).as_tuple().exponent))
    return (
        values["printed"] == printed
        and 0 <= value - float(printed) < unit
        and near(values["value"], value)
        and near(values["rounded"], value)
        and values["rounded"] != printed
    )


@cache
def own_spiral() -> tuple[float, float]:
    """The lowest and the highest end of the hundred runs, all at once in plain NumPy."""
    settings = [TrainConfig(seed=seed) for seed in range(spiral.DRAWS)]
    data = [make_dataset("cs231n_spiral", seed=seed) for seed in range(spiral.DRAWS)]
    starts = [initial_state(setting, each) for setting, each in zip(settings, data, strict=True)]
    x, y = np.stack([each.X for each in data]), np.eye(3)[np.stack([each.labels for each in data])]
    w, b = (np.stack([start.params[name] for start in starts]) for name in ("W", "b"))
    for step in range(spiral.STEPS + 1):
        powers = np.exp(x @ w + b[:, None])
        probabilities = powers / powers.sum(axis=2, keepdims=True)
        if step == spiral.STEPS:
            losses = -np.log((probabilities * y).sum(axis=2)).mean(axis=1) + 0.0005 * (w**2).sum(axis=(1, 2))
            return float(losses.min()), float(losses.max())
        slope = (probabilities - y) / x.shape[1]
        w, b = w - (x.transpose(0, 2, 1) @ slope + 0.001 * w), b - slope.sum(axis=1)
    raise AssertionError


def errors_in_ulp(scores: Sequence[float]) -> tuple[float, float]:
    """The largest error of the naive and of the shifted softmax, against fifty digits."""
    with mpmath.workdps(50):
        exact = [mpmath.exp(mpmath.mpf(score)) for score in scores]
        truth = [power / mpmath.fsum(exact) for power in exact]
        worst = []
        for shift in (0.0, max(scores)):
            powers = np.exp(np.array(scores) - shift)
            probabilities = (powers / powers.sum()).tolist()
            off = (
                abs(mpmath.mpf(own) - true) / ulp(float(true))
                for own, true in zip(probabilities, truth, strict=True)
            )
            worst.append(float(max(off)))
        return worst[0], worst[1]


def division(_setting: Setting, values: Mapping[str, Any]) -> bool:
    naive, shifted = errors_in_ulp(sentences.TENTH)
    said_naive, said_shifted = (float(values[name]) for name in ("naive", "shifted"))
    return (
        np.isclose(said_naive, naive, rtol=1e-3)
        and np.isclose(said_shifted, shifted, rtol=1e-3)
        and (naive < shifted)
    )


def penalty_of(l2: float, halved: bool) -> float:
    """That of the weight which the picture marks."""
    return l2 * max(WEIGHTS) ** 2 * (0.5 if halved else 1)


ASKED_L2 = 0.1


def suggested(factor: float) -> Callable[[Setting, Mapping[str, Any]], bool]:
    """A λ that is so many times the one asked about, and what its penalty comes to."""

    def check(_setting: Setting, values: Mapping[str, Any]) -> bool:
        right = factor == 2
        value, target = penalty_of(factor * ASKED_L2, True), penalty_of(ASKED_L2, False)
        return (
            near(values["l2"], factor * ASKED_L2)
            and float(values["weight"]) == max(WEIGHTS)
            and np.isclose(float(values["value"]), value, rtol=1e-3)
            and np.isclose(float(values["target"]), target, rtol=1e-3)
            and (np.isclose(value, target) == right)
        )

    return check


def slope(_setting: Setting, values: Mapping[str, Any]) -> bool:
    weight = max(WEIGHTS)
    right = 2 * ASKED_L2 * weight
    texts = {"slope": right, "other": right / 2, "value": ASKED_L2 * weight**2, "numeric": right}
    return all(np.isclose(float(values[name]), value, rtol=1e-3) for name, value in texts.items())


def printed_and_right(_setting: Setting, values: Mapping[str, Any]) -> bool:
    return near(values["printed"], float(values["computed"].replace("−", "-")))


def printed_and_wrong(_setting: Setting, values: Mapping[str, Any]) -> bool:
    return not printed_and_right(_setting, values)


def summed(terms: str) -> list[float]:
    """The numbers of a sum such as 0.2·56 − 0.5·231 + 1.1."""
    parts = terms.replace(" − ", " + −").replace("−", "-").split(" + ")
    return [float(np.prod([float(factor) for factor in part.split("·")])) for part in parts]


def adds_up(values: Mapping[str, Any]) -> bool:
    return bool(np.isclose(fsum(summed(values["terms"])), float(values["computed"].replace("−", "-"))))


def lacks_its_bias(values: Mapping[str, Any]) -> bool:
    return near(values["printed"], fsum(summed(values["terms"])[:-1]))


def given_for_the_cat(values: Mapping[str, Any]) -> bool:
    """Three rows of weights with their biases: the scores, of which the third is printed without its bias."""
    rows = re.findall(r"w = \[(.+?)\], b = ([^;]+)", values["given"])
    x = listed(values["x"].strip("[]"))
    scores = [float(np.dot(listed(w), x)) + float(b.replace("−", "-")) for w, b in rows]
    third = scores[2] - float(rows[2][1].replace("−", "-"))
    return bool(np.allclose([*scores[:2], third], [-96.8, 437.9, 61.95]))


def counted(_setting: Setting, values: Mapping[str, Any]) -> bool:
    printed = [found for found in deviations.checked() if found.row.printed]
    right = sum(
        blows_up(Setting(each, 0, 0), {})
        if each.row.quantity == "naive"
        else all_right(Setting(each, 0, 0), {})
        for each in printed
    )
    return (values["count"], values["right"]) == (len(printed), right)


CHECKS: dict[str, Callable[[Setting, Mapping[str, Any]], bool]] = {
    "right": all_right,
    "right-word": blows_up,
    "kink": at_the_kink,
    "unprinted": lambda setting, _values: not setting.found.row.printed,
    "erratum-leaves-out-b": leaves_out_b,
    "erratum-rounded-too-early": rounded_too_early,
    "erratum-illustration": illustration,
    "erratum-lost-sign": lost_sign,
    "erratum-lost-minus": lost_sign,
    "erratum-cut-off": cut_off,
    "spiral": lambda _setting, values: all(
        near(values[end], own) for end, own in zip(("low", "high"), own_spiral(), strict=True)
    ),
    "spiral-above": lambda _setting, _values: own_spiral()[1] < 0.786302,
    "spiral-below": lambda _setting, _values: own_spiral()[0] > 0.786302,
    "spiral-within": lambda _setting, _values: own_spiral()[0] <= 0.786302 <= own_spiral()[1],
    "sentence-division": division,
    "sentence-zero": lambda _setting, values: (
        float(values["hinge"]) == int(values["classes"]) - 1
        and near(values["entropy"], log(int(values["classes"])))
    ),
    "equal": lambda setting, _values: round(200 * setting.plain) == round(100 * setting.halved),
    "unequal": lambda setting, _values: round(200 * setting.plain) != round(100 * setting.halved),
    "lambda-twice": suggested(2),
    "lambda-same": suggested(1),
    "lambda-half": suggested(0.5),
    "lambda-four": suggested(4),
    "slope-right": slope,
    "slope-halved": slope,
    "slope-value": slope,
    "which-right": printed_and_right,
    "which-wrong": printed_and_wrong,
    "bias-question": lambda _setting, values: given_for_the_cat(values),
    "bias-right": lambda setting, values: printed_and_right(setting, values) and adds_up(values),
    "bias-wrong": lambda setting, values: (
        printed_and_wrong(setting, values) and adds_up(values) and lacks_its_bias(values)
    ),
    "Of {count} rows that the notes print, {right} are right in every digit. The others: {wrong}.": counted,
}
PLAIN = frozenset(
    {
        "begin",
        "explain",
        "sums",
        "sum",
        "Four printed numbers, and a band of half a digit around each: {numbers}.",
        "table",
        "penalties",
        "checked",
        "lambda-question",
        "slope-question",
        "which-question",
        "sentence-softmax-loss",
        *(f"statement-{number}" for number in range(1, 9)),
        # a number beside its name
        "printed {printed}, computed {computed}",
        "{name}: printed {printed}, computed {computed}",
        "Printed: **{printed}** · computed: **{computed}**",
        "Open it in “{lesson}”",
        "at w = {weight}",
        # both are checked number by number in tests/lessons/notes/test_pictures.py
        "Two parabolas over one weight w. At w = {weight}: λw² with λ = {plain} is {first} with slope "
        "{first_slope}; ½λw² with λ = {halved} is {second} with slope {second_slope}; they are {same}.",
    }
)


def walk() -> Iterator[tuple[Setting, list[Sentence]]]:
    """Every row, and every pair of λ, with all that is said of it."""
    here = page("notes")
    for number, found in enumerate(deviations.checked(), start=1):
        plain, halved = SLIDERS[number % len(SLIDERS)]
        with heard() as sentences_said:
            gold.card(here, number)
            gold.not_quite_right(here)
            gold.run_on_the_spiral(here)
            here.text(penalties.verdict(plain, halved))
            for ask_it in (predictions.same_lambda, predictions.slope, predictions.which, predictions.bias):
                ask_it(here)
            asked_about.four(here.t, told=True)
            deviations.deviations(number - 1, here.t)
            penalties.penalties(plain, halved, here.t)
        yield Setting(found, plain, halved), sentences_said


def test_every_sentence_is_checked_or_plain() -> None:
    assert unchecked("notes", CHECKS, PLAIN) == []


def test_no_sentence_is_false_for_any_row_or_penalty() -> None:
    names: set[str] = set()
    for setting, sentences_said in walk():
        assert untrue(sentences_said, CHECKS, setting) == []
        assert unknown(sentences_said, CHECKS, PLAIN) == set()
        names |= {sentence.name for sentence in sentences_said}
    assert names >= set(CHECKS) - {"spiral-below", "spiral-within"}


@LANGUAGES
def test_one_option_of_each_question_is_right_and_no_two_are_alike(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Sequence[ask.Option]] = []
    monkeypatch.setattr(ask, "choice", lambda _page, _key, _question, options, *_: asked.append(options))
    for ask_it in (predictions.same_lambda, predictions.slope, predictions.which, predictions.bias):
        ask_it(page("notes", code))
    assert len(asked) == 4
    for options in asked:
        assert len({option.text for option in options}) == len(options)
        assert len({option.reason for option in options}) == len(options)
        assert sum(option.right for option in options) == 1


def test_a_quotient_of_huge_numbers_is_rounded_correctly() -> None:
    """The notes say that dividing large numbers can be unstable: each quotient is the nearest float64."""
    rng = np.random.default_rng(5)
    for above, below in np.exp(rng.uniform(600, 709, (200, 2))).tolist():
        assert above / below == float(Fraction(above) / Fraction(below))


def test_e_rounds_to_2_72_and_the_printed_log_is_negative() -> None:
    assert f"{exp(1):.2f}" == "2.72" != "2.71"
    assert round(np.log(1.0 / 3), 1) == -1.1


@LANGUAGES
def test_what_was_false_is_not_said_again(code: str) -> None:
    prose = " ".join(text.language(code).prose("notes").values())
    flat = " ".join(prose.split())
    old = {
        "en": "a possible one|to 0 is safe|halves twice|12 and 35|that very input",
        "ko": "있을 수 있는 결과|옮기면 안전합니다|두 번 반으로|12나 35|도함수|바로 그 입력으로",
    }[code]
    assert re.findall(old, flat) == []
    for needed in ("2.302", "np.log(1.0/3)", "Dividing large numbers", "W = 0", "Softmax loss"):
        assert needed in flat


@LANGUAGES
def test_the_line_with_2_71_is_not_called_right(code: str) -> None:
    rows = {found.row.key: found for found in deviations.checked()}
    assert [
        text
        for text, right in zip(rows["diffuse"].row.printed, rows["diffuse"].agrees, strict=True)
        if not right
    ] == ["2.71"]
    assert deviations.verdict(rows["diffuse"], text.language(code)) == text.language(code)("✗ wrong")


@LANGUAGES
@pytest.mark.parametrize("row", [9, 19])
def test_no_slot_is_left_open_with_all_answers_revealed(code: str, row: int) -> None:
    at = open_page("notes", code, row=row, plain=0.3)
    at.session_state["reveals-all"] = True
    at.run()
    assert not at.exception
    words = said(at)
    assert "½ · 0.2" in words
    assert "[[" not in words


@LANGUAGES
def test_no_slot_is_left_open_on_a_worksheet(code: str) -> None:
    for seed in range(10):
        for question in questions(text.language(code), np.random.default_rng(seed)):
            assert "[[" not in question.text + question.answer
