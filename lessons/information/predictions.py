"""What a reader predicts about information; the core computes each answer from what is on the screen."""

from __future__ import annotations

from math import inf, isclose, log
from operator import eq

from lessons.information import fits
from lessons.information.beliefs import ALIKE, Beliefs, shown
from lessons.information.pictures import likelihood
from softmax_core import float_limits, surprisal
from softmax_core.information import Sureness, prior_variance
from ui.claims import first_true
from ui.numerals import in_decimals, numeral, read
from ui.page import Page
from ui.predict import ask
from ui.predict.ask import Option

_CLASSES = 10
_FACTOR = 100.0
_NOTICED = 0.05
_DECIMALS = 3


def halved_share(page: Page, case: Beliefs) -> None:
    """What happens to the code length when the estimate is halved."""
    t = page.t
    label = case.q.index(max(case.q))
    before, after = surprisal([case.q[label], case.q[label] / 2], case.unit).tolist()
    start = case.lengths_printed[0][label]
    places = _DECIMALS if "e" in start else max(len(start.partition(".")[2]), _DECIMALS)
    end, step = in_decimals((after, after - before), places) or (shown(after), shown(after - before))
    live = {
        "label": label,
        "share": case.shares_printed[1][label],
        "before": start,
        "after": ("" if read(start) + read(step) == read(end) else "≈ ") + end,
        "one": step,
        "log": _log(case),
    }
    doubles = "half-doubles-here" if isclose(after, 2 * before, rel_tol=ALIKE) else "half-doubles"
    options = [
        Option(t("It becomes twice as large, whatever q is"), page.text(doubles, **live)),
        Option(t("It grows by {one}, whatever q is", one=step), page.text("half-adds", **live), True),
        Option(t("It halves"), page.text("half-halves", **live)),
        Option(t("It grows by 0.5"), page.text("half-half", **live)),
    ]
    key = f"information-half-{case.q}-{case.symbol}"
    ask.choice(page, key, page.text("half-question", **live), options)


def exchanged(page: Page, case: Beliefs) -> None:
    """Whether the divergence is the same the other way round."""
    t, truth = page.t, case.exchange
    live = {"before": case.printed.kl, "after": case.reversed.printed.kl, **_largest_term(case)}
    texts = {"rises": t("It rises"), "falls": t("It falls"), "stays": t("It stays")}
    same = truth == "stays"
    options = []
    for claim, text in texts.items():
        wrong = "symmetric" if claim == "stays" else "backwards"
        reason = _why_the_same(case) if same else truth if claim == truth else wrong
        denied = f"{page.text('exchange-not')} " if same and claim != truth else ""
        told = denied + page.text(f"exchange-{reason}", **live)
        options.append(Option(text, told, claim == truth))
    key = f"information-exchange-{case.p}-{case.q}"
    ask.choice(page, key, page.text("exchange-question"), options)


def _largest_term(case: Beliefs) -> dict[str, str]:
    """The term that adds the most to the divergence once p and q are exchanged."""
    label = case.reversed.largest_term()
    p, q, _ = case.shares_printed
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


def underflow(page: Page) -> None:
    """When the product of ten classes at chance becomes 0."""
    t = page.t
    double, single = (likelihood.chance(_CLASSES, dtype) for dtype in ("float64", "float32"))
    three = likelihood.chance(3, "float64")
    live = {"double": double, "single": single, "three": three, "loss": numeral(log(_CLASSES))}
    live |= {"least": numeral(-float_limits("float64").exp_min)}
    options = [
        Option(t("From sample {number}", number=single), page.text("underflow-single", **live)),
        Option(t("From sample {number}", number=double), page.text("underflow-right", **live), True),
        Option(t("From sample {number}", number=three), page.text("underflow-three", **live)),
        Option(t("Never: no factor is 0"), page.text("underflow-never", **live)),
    ]
    ask.choice(page, "information-underflow", page.text("underflow-question", **live), options)


def narrower(page: Page, n: int, l2: float) -> None:
    """What four times as many samples make of the width of the prior."""
    t = page.t
    before, after = prior_variance(l2, n) ** 0.5, prior_variance(l2, 4 * n) ** 0.5
    live = {
        "n": n,
        "more": 4 * n,
        "penalty": fits.written(l2),
        "before": shown(before),
        "after": shown(after),
    }
    options = [
        Option(t("It stays"), page.text("narrow-stays", **live)),
        Option(t("It halves"), page.text("narrow-halves", **live), True),
        Option(t("It becomes a quarter"), page.text("narrow-quarter", **live)),
        Option(t("It becomes twice as large"), page.text("narrow-doubles", **live)),
    ]
    key = f"information-narrow-{n}-{l2}"
    ask.choice(page, key, page.text("narrow-question", **live), options)


def stronger(page: Page, n: int, l2: float) -> None:
    """What a hundred times the penalty moves: two claims in each answer, each judged on its own."""
    t = page.t
    up = l2 * _FACTOR <= fits.L2S[-1]
    other = l2 * _FACTOR if up else l2 / _FACTOR
    before, after = fits.at(n, l2), fits.at(n, other)
    moves = (_moves(before.confidence, after.confidence), _moves(before.accuracy, after.accuracy))
    live = {
        "n": n,
        "before": fits.written(before.fit.l2),
        "after": fits.written(after.fit.l2),
        "weight": shown(before.fit.l2 * n),
        "heavier": shown(after.fit.l2 * n),
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
    key = f"information-strong-{n}-{l2}"
    ask.choice(page, key, page.text("strong-question", **live), options)


def _moves(before: float, after: float) -> bool:
    return abs(after - before) > _NOTICED


def _fact(page: Page, part: str, moves: bool, before: Sureness, after: Sureness) -> str:
    values = {"before": fits.part(getattr(before, part)), "after": fits.part(getattr(after, part))}
    return page.text(f"strong-{part}-{'moves' if moves else 'stays'}", **values)
