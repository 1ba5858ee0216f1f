"""What a reader predicts about the notes' numbers and the two penalties."""

from __future__ import annotations

from lessons.notes.pictures import deviations
from lessons.notes.pictures import penalties as notes_penalties
from lessons.notes.pictures.asked import ASKED
from softmax_core.linear import penalty, same_penalty
from softmax_core.notes import GoldRow, Recomputed
from ui.numerals import numeral, row
from ui.page import Page
from ui.predict import ask
from ui.predict.ask import Option, Verdict

_BIASES = (("cat", 0), ("cat", 1), ("cat", 2))
_LINEAR = "linear_scores"
_L2 = 0.1


def same_lambda(page: Page) -> Verdict | None:
    """Which λ of one convention is which in the other."""
    plain = _L2
    weight = notes_penalties.WEIGHT
    target = penalty([weight], plain, halved=False).value
    guesses = {
        "twice": same_penalty(plain, halved=False),
        "same": plain,
        "half": same_penalty(plain, halved=True),
        "four": same_penalty(same_penalty(plain, halved=False), halved=False),
    }
    options = []
    for name, l2 in guesses.items():
        value = penalty([weight], l2, halved=True).value
        live = {
            "l2": numeral(l2),
            "value": numeral(value),
            "target": numeral(target),
            "weight": numeral(weight),
        }
        options.append(Option(f"λ = {numeral(l2)}", page.text(f"lambda-{name}", **live), name == "twice"))
    order = ("same", "half", "twice", "four")
    sorted_options = [options[list(guesses).index(name)] for name in order]
    question = page.text("lambda-question", plain=numeral(plain))
    return ask.choice(page, "notes-lambda", question, sorted_options)


def slope(page: Page) -> Verdict | None:
    """What the derivative of the penalty without ½ is."""
    plain = _L2
    weight = notes_penalties.WEIGHT
    own = penalty([weight], plain, halved=False)
    exact, numeric = float(own.gradient[0]), float(own.numeric[0])
    other = float(penalty([weight], plain, halved=True).gradient[0])
    live = {
        "plain": numeral(plain),
        "weight": numeral(weight),
        "slope": numeral(exact),
        "numeric": numeral(numeric),
        "other": numeral(other),
        "value": numeral(own.value),
    }
    options = [
        Option(numeral(other), page.text("slope-halved", **live)),
        Option(numeral(own.value), page.text("slope-value", **live)),
        Option(numeral(exact), page.text("slope-right", **live), right=True),
    ]
    return ask.choice(page, "notes-slope", page.text("slope-question", **live), options)


def which(page: Page) -> Verdict | None:
    """Which of four printed numbers is wrong: each answer is told what the core computes."""
    return _which(page, "which", ASKED)


def bias(page: Page) -> Verdict | None:
    """Which of three printed scores leaves out its bias."""
    return _which(page, "bias", _BIASES)


def _which(page: Page, name: str, asked: tuple[tuple[str, int], ...]) -> Verdict | None:
    rows = {found.row.key: found for found in deviations.checked()}
    options = [_option(page, name, rows[key], place) for key, place in asked]
    question = page.text(f"{name}-question", **_given(rows[asked[0][0]].row))
    return ask.choice(page, f"notes-{name}", question, options)


def _given(found: GoldRow) -> dict[str, str]:
    """What scores are computed from: a picture, and each class's weights and bias."""
    if found.quantity != _LINEAR:
        return {}
    pairs = zip(found.inputs["W"], found.inputs["b"], strict=True)
    given = "; ".join(f"w = {row(weights)}, b = {numeral(bias)}" for weights, bias in pairs)
    return {"x": row(found.inputs["x"]), "given": given}


def _terms(found: GoldRow, place: int) -> str:
    """A score term by term, its bias last."""
    if found.quantity != _LINEAR:
        return ""
    pairs = zip(found.inputs["W"][place], found.inputs["x"], strict=True)
    terms = [f"{numeral(weight)}·{numeral(feature)}" for weight, feature in pairs]
    return " + ".join([*terms, numeral(found.inputs["b"][place])]).replace("+ −", "− ")


def _option(page: Page, name: str, found: Recomputed, place: int) -> Option:
    wrong = not found.agrees[place]
    text = found.row.printed[place].replace("-", "−")
    live = {
        "terms": _terms(found.row, place),
        "printed": text,
        "computed": numeral(found.values[place], deviations.DIGITS),
        "what": deviations.row_names(page.t)[found.row.key],
    }
    return Option(text, page.text(f"{name}-wrong" if wrong else f"{name}-right", **live), wrong)
