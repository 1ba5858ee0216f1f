"""Questions about the names, drawn with a seed; each wrong answer is told what it stands for itself."""

from __future__ import annotations

import numpy as np

from lessons.names.model import (
    TERMS,
    WRONG_NAME,
    Relation,
    example,
    kinds_of,
    names_of,
    numbers,
    relation_between,
)
from ui.numerals import row
from ui.page import Page
from ui.predict.ask import Option

KINDS = ("formula", "description", "number", "pair")
CHOICES = 4
COUNT = 10
_ONE_NUMBER = frozenset({WRONG_NAME, "log loss", "cross-entropy loss"})
_WITH_A_NUMBER = ("score", "logit", "probability", "softmax function", "hinge loss", "cross-entropy loss")
_LOSS_OF = {
    "SVM": "hinge loss",
    "softmax classifier": "cross-entropy loss",
    "logistic regression": "log loss",
}


def ask(page: Page, number: int) -> tuple[str, list[Option]]:
    """The question of that number and its answers; the same ones every time."""
    draw = np.random.default_rng(number)
    kind = KINDS[(number - 1) % len(KINDS)]
    return _pair(page, draw) if kind == "pair" else _name(page, kind, draw)


def _name(page: Page, kind: str, draw: np.random.Generator) -> tuple[str, list[Option]]:
    """Which name belongs to a formula, a description or a number; the wrong name is never the answer."""
    pool = [key for key in (_WITH_A_NUMBER if kind == "number" else TERMS) if key != WRONG_NAME]
    right = pool[draw.integers(len(pool))]
    wrong = [key for key in TERMS if key != right and not _same(kind, right, key)]
    related = [key for key in wrong if relation_between(right, key)]
    chosen = [related[draw.integers(len(related))]]
    others = [key for key in wrong if key not in chosen]
    chosen += [others[index] for index in draw.permutation(len(others))[: CHOICES - 2]]
    names = names_of(page.t)
    options = [Option(names[right], _why_right(page, right), right=True)]
    options += [Option(names[key], _why_wrong(page, kind, right, key)) for key in chosen]
    return _question(page, kind, right), [options[index] for index in draw.permutation(len(options))]


def _same(kind: str, right: str, other: str) -> bool:
    """Whether both names would be right answers."""
    if {right, other} == {"score", "logit"}:
        return True
    return {right, other} <= _ONE_NUMBER and (kind != "description" or WRONG_NAME not in (right, other))


def _question(page: Page, kind: str, right: str) -> str:
    case = example()
    return page.text(
        f"ask-{kind}",
        formula=f"${TERMS[right].formula}$",
        description=page.text(f"what-{TERMS[right].slug}"),
        number=numbers()[right],
        scores=row(case.scores),
        true=case.true,
    )


def _why_right(page: Page, right: str) -> str:
    term = TERMS[right]
    return f"${term.formula}$. {page.text(f'what-{term.slug}')} {page.text(f'mixed-{term.slug}')}"


def _why_wrong(page: Page, kind: str, right: str, answer: str) -> str:
    """What the answer stands for, and how it differs from what was asked."""
    t, names, given = page.t, names_of(page.t), TERMS[answer]
    own = {
        "formula": _own_formula(page, answer),
        "number": t(
            "{name}, in the example: {told}",
            name=names[answer],
            told=page.text(f"number-{given.slug}", number=numbers()[answer], score=numbers()["score"]),
        ),
        "description": t(
            "Of {name} one would say: “{description}”",
            name=names[answer],
            description=page.text(f"what-{given.slug}"),
        ),
    }[kind]
    return f"{own} {_contrast(page, right, answer)}"


def _own_formula(page: Page, key: str) -> str:
    t, name, formula = page.t, names_of(page.t)[key], f"${TERMS[key].formula}$"
    if key == WRONG_NAME:
        return t("People who say {name} mean {formula}.", name=name, formula=formula)
    return t("The formula of {name} is {formula}.", name=name, formula=formula)


def _contrast(page: Page, right: str, answer: str) -> str:
    """The right name, and how the two differ."""
    t, names, kinds = page.t, names_of(page.t), kinds_of(page.t)
    if relation := relation_between(right, answer):
        return _corrected(page, names[right], page.text(relation.slug))
    if TERMS[right].kind != TERMS[answer].kind:
        return t(
            "The right answer is {right}: {right_kind}, not {answer_kind}.",
            right=names[right],
            right_kind=kinds[TERMS[right].kind],
            answer_kind=kinds[TERMS[answer].kind],
        )
    return _corrected(page, names[right], page.text(f"what-{TERMS[right].slug}"))


def _corrected(page: Page, right: str, why: str) -> str:
    return page.t("The right answer is {right}. {why}", right=right, why=why)


def _pair(page: Page, draw: np.random.Generator) -> tuple[str, list[Option]]:
    """Which classifier goes with which loss."""
    classifiers = list(_LOSS_OF)
    right = classifiers[draw.integers(len(classifiers))]
    wrong = [(one, loss) for one in _LOSS_OF for loss in _LOSS_OF.values() if not _fit(one, loss)]
    chosen = [wrong[index] for index in draw.permutation(len(wrong))[: CHOICES - 1]]
    options = [Option(_both(page, right, _LOSS_OF[right]), page.text(_partner(right).slug), right=True)]
    options += [
        Option(_both(page, *pair), _corrected(page, options[0].text, _why_apart(page, *pair)))
        for pair in chosen
    ]
    return page.text("ask-pair"), [options[index] for index in draw.permutation(len(options))]


def _fit(classifier: str, loss: str) -> bool:
    return loss == _LOSS_OF[classifier] or {loss, _LOSS_OF[classifier]} <= _ONE_NUMBER


def _both(page: Page, *keys: str) -> str:
    return " + ".join(names_of(page.t)[key] for key in keys)


def _why_apart(page: Page, classifier: str, loss: str) -> str:
    owner = next(one for one, own in _LOSS_OF.items() if own == loss)
    return f"{page.text(_partner(classifier).slug)} {page.text(_partner(owner).slug)}"


def _partner(classifier: str) -> Relation:
    relation = relation_between(classifier, _LOSS_OF[classifier])
    if relation is None:
        raise LookupError(f"{classifier} has no line to its loss")
    return relation
