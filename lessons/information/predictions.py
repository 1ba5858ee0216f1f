"""What a reader predicts about information; the core computes each answer from what is on the screen."""

from __future__ import annotations

from math import inf, log
from operator import eq

from lessons.information import fits
from lessons.information.beliefs import Beliefs, shown
from lessons.information.pictures import likelihood
from softmax_core import float_limits
from softmax_core.information import Sureness, prior_variance
from ui.claims import first_true
from ui.numerals import numeral
from ui.page import Page
from ui.predict import ask
from ui.predict.ask import Option, Verdict

_CLASSES, _OTHER_CLASSES = 3, 10  # in the picture, and in a wrong answer
_N, _L2, _FACTOR = 30, 0.01, 100.0
_NOTICED = 0.05


def exchanged(page: Page, case: Beliefs) -> Verdict | None:
    """Whether the divergence is the same the other way round."""
    t, truth = page.t, case.exchange
    live = _of_the_exchange(case)
    texts = {"rises": t("It rises"), "falls": t("It falls"), "stays": t("It stays")}
    same = truth == "stays"
    options = []
    for claim, text in texts.items():
        wrong = "symmetric" if claim == "stays" else "backwards"
        reason = _why_the_same(case) if same else truth if claim == truth else wrong
        denied = f"{page.text('exchange-not')} " if same and claim != truth else ""
        told = denied + page.text(f"exchange-{reason}", **live)
        options.append(Option(text, told, claim == truth))
    question = page.text("exchange-question", before=case.printed.kl)
    return ask.choice(page, "information-exchange", question, options, f"{case.p} {case.q}")


def exchange_in_words(page: Page, case: Beliefs) -> str:
    """What the exchange does to any pair, and why."""
    truth = _why_the_same(case) if case.exchange == "stays" else case.exchange
    return page.text(f"exchange-{truth}", **_of_the_exchange(case))


def _of_the_exchange(case: Beliefs) -> dict[str, str]:
    return {"before": case.printed.kl, "after": case.reversed.printed.kl, **_largest_term(case)}


def _largest_term(case: Beliefs) -> dict[str, str]:
    """The term that adds the most to the divergence once p and q are exchanged."""
    label = case.reversed.largest_term()
    p, q, _ = case.probabilities_printed
    return {"label": case.labels[label], "own": q[label], "other": p[label], "log": _log(case)}


def _log(case: Beliefs) -> str:
    return r"\log_2" if case.symbol == "bit" else r"\log"


def _why_the_same(case: Beliefs) -> str:
    """Why an exchange of p and q leaves the divergence as it is."""
    said = first_true(
        {
            "infinite": case.kl == inf,
            "equal": case.p == case.q,
            "mirrored": case.is_mirrored,
        }
    )
    return said or "accident"


def underflow(page: Page) -> Verdict | None:
    """When the product of the drawn classes at chance becomes 0."""
    t = page.t
    double, single = (likelihood.chance(_CLASSES, dtype) for dtype in ("float64", "float32"))
    ten = likelihood.chance(_OTHER_CLASSES, "float64")
    live = {"double": double, "single": single, "loss": numeral(log(_CLASSES))}
    live |= {"least": numeral(-float_limits("float64").exp_min)}
    options = [
        Option(t("From sample {number}", number=single), page.text("underflow-single", **live)),
        Option(t("From sample {number}", number=ten), page.text("underflow-ten", **live)),
        Option(t("From sample {number}", number=double), page.text("underflow-right", **live), True),
        Option(t("Never: no factor is 0"), page.text("underflow-never", **live)),
    ]
    question = page.text("underflow-question")
    return ask.choice(page, "information-underflow", question, options, f"1/{_CLASSES}")


def narrower(page: Page) -> Verdict | None:
    """What four times as many samples make of the width of the prior."""
    t = page.t
    before, after = prior_variance(_L2, _N) ** 0.5, prior_variance(_L2, 4 * _N) ** 0.5
    live = {
        "n": _N,
        "more": 4 * _N,
        "penalty": fits.written(_L2),
        "before": shown(before),
        "after": shown(after),
    }
    options = [
        Option(t("It stays"), page.text("narrow-stays", **live)),
        Option(t("It halves"), page.text("narrow-halves", **live), True),
        Option(t("It becomes a quarter"), page.text("narrow-quarter", **live)),
        Option(t("It becomes twice as large"), page.text("narrow-doubles", **live)),
    ]
    return ask.choice(page, "information-narrow", page.text("narrow-question", **live), options)


def stronger(page: Page) -> Verdict | None:
    """What a hundred times the penalty moves: two claims in each answer, each judged on its own."""
    t, before, after = page.t, fits.at(_N, _L2), fits.at(_N, _FACTOR * _L2)
    moves = (_moves(before.confidence, after.confidence), _moves(before.accuracy, after.accuracy))
    live = {
        "n": _N,
        "before": fits.written(before.fit.l2),
        "after": fits.written(after.fit.l2),
        "norm": shown(before.fit.norm),
        "then": shown(after.fit.norm),
    }
    facts = [
        _fact(page, "confidence", moves[0], before, after),
        _fact(page, "accuracy", moves[1], before, after),
    ]
    texts = {
        (True, True): t("Both"),
        (True, False): t("Only the confidence"),
        (False, True): t("Only the accuracy"),
        (False, False): t("Neither"),
    }
    options = []
    for claim, text in texts.items():
        told = facts if claim == moves else [fact for at, fact in enumerate(facts) if claim[at] != moves[at]]
        reversed_ = [page.text("strong-reversed")] if not any(map(eq, claim, moves)) else []
        why = page.text("strong-why", **live)
        options.append(Option(text, " ".join([*reversed_, *told, why]), claim == moves))
    return ask.choice(page, "information-strong", page.text("strong-question", **live), options)


def _moves(before: float, after: float) -> bool:
    return abs(after - before) > _NOTICED


def _fact(page: Page, part: str, moves: bool, before: Sureness, after: Sureness) -> str:
    values = {"before": fits.part(getattr(before, part)), "after": fits.part(getattr(after, part))}
    return page.text(f"strong-{part}-{'moves' if moves else 'stays'}", **values)
