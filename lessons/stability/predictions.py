"""What a reader predicts: the questions, and answers that the core computes for the reader's own scores."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import inf, isfinite, isnan, log10

from lessons.stability.causes import ends_of_exp, told
from softmax_core import DTYPES, SoftmaxSteps, float_limits, softmax_steps
from softmax_core.numerics import FormatName
from ui.numerals import numeral, row
from ui.page import Page
from ui.predict import ask
from ui.predict.answers import Answer, Miss
from ui.predict.ask import Option, Verdict
from ui.text import Language

_LIMIT_DIGITS = 6  # four decimals of 11.0899 and 88.7228


def highest(scores: Sequence[float], dtype: FormatName) -> float:
    """The highest score as the format holds it."""
    return float(softmax_steps(scores, "naive", dtype).scores.max())


def limit(page: Page, dtype: FormatName) -> Verdict | None:
    """The score at which exp bursts."""
    limits = {name: float_limits(name) for name in DTYPES}
    own = limits[dtype]
    live = {"dtype": dtype, "largest": numeral(own.max), "limit": ends_of_exp(dtype)[1]}
    misses = [
        Miss(limits[name].exp_max, page.text("limit-other", dtype=name)) for name in limits if name != dtype
    ]
    misses.append(Miss(log10(own.max), page.text("limit-largest")))
    answer = Answer(own.exp_max, page.text("limit-reason", **live), misses, digits=_LIMIT_DIGITS)
    return ask.number(page, f"limit-{dtype}", page.text("limit-question", **live), answer)


def lowest_of(scores: Sequence[float]) -> int:
    """The class with the lowest score that is not forbidden, the first of several."""
    return min((index for index, score in enumerate(scores) if score > -inf), key=scores.__getitem__)


def shifted_loss(page: Page, scores: Sequence[float], dtype: FormatName) -> Verdict | None:
    """Whether the shift repairs the loss of the least likely class."""
    t, lowest = page.t, lowest_of(scores)
    steps = softmax_steps(scores, "shifted", dtype)
    loss, argument = float(steps.losses[lowest]), numeral(float(steps.shifted[lowest]))
    by_logs = float(softmax_steps(scores, "logsumexp", dtype).losses[lowest])
    probability = numeral(float(steps.probs[lowest]))
    if isfinite(loss):
        finite = t(
            "exp({argument}) is not 0 in {dtype}; the probability {probability} has a logarithm.",
            argument=argument,
            dtype=dtype,
            probability=probability,
        )
        infinite = t(
            "It would need a probability of 0. In {dtype} the probability is {probability}, still a number "
            "above 0.",
            dtype=dtype,
            probability=probability,
        )
    elif steps.exponentials[lowest] == 0:
        finite = t(
            "That is the loss by the log of the sum. But here "
            "exp({argument}) has become 0 in {dtype} before the logarithm sees it.",
            argument=argument,
            dtype=dtype,
        )
        infinite = t(
            "exp({argument}) becomes 0 in {dtype}, and −log 0 is infinite: shifting alone is not enough.",
            argument=argument,
            dtype=dtype,
        )
    else:
        power, total = numeral(float(steps.exponentials[lowest])), numeral(steps.total)
        finite = t(
            "That is the loss by the log of the sum. But here the probability {power} / {total} has become "
            "0 in {dtype} before the logarithm sees it.",
            power=power,
            total=total,
            dtype=dtype,
        )
        infinite = t(
            "exp({argument}) = {power} is still above 0 in {dtype}, but {power} / {total} is not, and −log 0 "
            "is infinite: shifting alone is not enough.",
            argument=argument,
            power=power,
            total=total,
            dtype=dtype,
        )
    return ask.choice(
        page,
        "stability-loss",
        t(
            "The scores {scores} in {dtype}: what is the loss −log p of class {label} "
            "after the shifted softmax?",
            scores=row(scores),
            dtype=dtype,
            label=lowest,
        ),
        [
            Option(numeral(loss if isfinite(loss) else by_logs), finite, isfinite(loss)),
            Option("inf", infinite, not isfinite(loss)),
            Option(
                "nan",
                t(
                    "nan comes from inf / inf or 0 / 0. After the shift the highest exponential is 1, "
                    "so neither can happen."
                ),
            ),
            Option(
                "0",
                t(
                    "A loss of 0 needs a probability of 1; of the classes that are not forbidden none has a "
                    "lower score than class {label}.",
                    label=lowest,
                )
                if min(scores) == -inf
                else t(
                    "A loss of 0 needs a probability of 1; no class has a lower score than class {label}.",
                    label=lowest,
                ),
            ),
        ],
        f"{dtype} {list(scores)}",
    )


def naive_nans(page: Page, scores: Sequence[float], dtype: FormatName) -> Verdict | None:
    """How many probabilities are nan where nothing is shifted."""
    t = page.t
    steps = softmax_steps(scores, "naive", dtype)
    lost = sum(map(isnan, steps.probs.tolist()))
    right = 0 if lost == 0 else 2 if lost == len(scores) else 1
    texts = [t("none of them"), t("some of them"), t("all of them")]
    return ask.choice(
        page,
        "stability-nans",
        t(
            "The naive softmax of the scores {scores} in {dtype}: how many of its probabilities are nan?",
            scores=row(scores),
            dtype=dtype,
        ),
        [
            Option(text, partial(_why_nan, steps, None if index == right else index, t), index == right)
            for index, text in enumerate(texts)
        ],
        f"{dtype} {list(scores)}",
    )


def _why_nan(steps: SoftmaxSteps, wrong: int | None, t: Language) -> str:
    """Why so many probabilities are nan, or not so many as a wrong answer says."""
    exponentials, because = row(steps.exponentials.tolist()), told(steps, t) + "."
    if wrong is None:
        return t("The exponentials are {exponentials}: {story}", exponentials=exponentials, story=because)
    if wrong == 0:
        return t("Some exponential or the sum leaves the format: {story}", story=because)
    if wrong == 1:
        return t("It is all or nothing here: the exponentials are {exponentials}.", exponentials=exponentials)
    return t(
        "Only inf / inf and 0 / 0 are nan. The exponentials are {exponentials}.", exponentials=exponentials
    )


def lost_sign(page: Page, scores: Sequence[float], dtype: FormatName) -> Verdict | None:
    """What becomes of the largest argument with the sign that the note lost."""
    t = page.t
    steps = softmax_steps(scores, "wrong_sign", dtype)
    doubled, top = numeral(max(steps.shifted.tolist())), numeral(max(steps.scores.tolist()))

    def twice() -> str:
        return t(
            "The maximum is added to itself, {top} + {top}: in {dtype} {story}.",
            top=top,
            dtype=dtype,
            story=told(steps, t),
        )

    return ask.choice(
        page,
        "stability-sign",
        page.text("sign-question", scores=row(scores)),
        [
            Option(
                "0", t("That is what log C = −max achieves. The plus sign moves the scores the other way.")
            ),
            Option(top, t("That is the largest score as it was; adding log C moves it.")),
            Option(doubled, twice, True),
        ],
        f"{dtype} {list(scores)}",
    )
