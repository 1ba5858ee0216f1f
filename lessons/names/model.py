"""The names around softmax: what each one stands for, how they hang together, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from lessons.losses.model import TRUE, Judged, example_scores, judged
from softmax_core import log_softmax
from softmax_core.functions import log_remainders
from ui.charts.picture import Translate
from ui.numerals import numeral, row

NUMBER, FUNCTION, LOSS, CLASSIFIER = "number", "function", "loss", "classifier"
WRONG_NAME = "softmax loss"  # for what is the cross-entropy loss
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Term:
    """A name: its place on the map, its formula, the same for those who read without pictures, and what of
    it the example counts."""

    key: str
    kind: str
    place: tuple[float, float]
    formula: str
    in_words: str
    counted: str

    @property
    def counted_in_words(self) -> str:
        """The same for those who read without pictures: no LaTeX but the names of its functions."""
        return self.counted.replace("\\", "")

    @property
    def slug(self) -> str:
        """The end of the ids of the prose about it."""
        return self.key.lower().replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Relation:
    """Two names that hang together: an arrow from the first to the second, its verb, and its bends."""

    ends: tuple[str, str]
    verb: str
    bends: Sequence[tuple[float, float]] = ()

    @property
    def slug(self) -> str:
        """The id of the prose about it."""
        return "-and-".join(TERMS[end].slug for end in self.ends)

    def other(self, key: str) -> str:
        """The end that is not this one."""
        return self.ends[1] if key == self.ends[0] else self.ends[0]


TERMS: Mapping[str, Term] = {
    term.key: term
    for term in (
        Term("score", NUMBER, (2, 1), r"f = Wx + b", "f = Wx + b", "f_y"),
        Term("logit", NUMBER, (1, 1), r"\log \frac{p}{1 - p}", "log(p / (1 − p))", r"\log(p_y / (1 − p_y))"),
        Term("probability", NUMBER, (0, 2), r"P(y \mid x; W)", "P(y | x; W)", "p_y"),
        Term(
            "softmax function",
            FUNCTION,
            (1, 2),
            r"f \mapsto \frac{e^{f_k}}{\sum_j e^{f_j}}",
            "f ↦ exp(f_k) / Σ exp(f_j)",
            "p",
        ),
        Term("softmax loss", LOSS, (1, 3), r"-f_y + \log \sum_j e^{f_j}", "−f_y + log Σ exp(f_j)", "L"),
        Term("log loss", LOSS, (0, 4), r"-\log p_y", "−log p_y", "L"),
        Term("cross-entropy loss", LOSS, (1, 4), r"-\sum_k t_k \log p_k", "−Σ t_k log p_k", "L"),
        Term(
            "hinge loss",
            LOSS,
            (2, 4),
            r"\sum_{j \neq y} \max(0,\, f_j - f_y + \Delta)",
            "Σ_(j ≠ y) max(0, f_j − f_y + Δ)",
            "L",
        ),
        Term(
            "logistic regression",
            CLASSIFIER,
            (0, 5),
            r"p = \frac{1}{1 + e^{-(wx + b)}}",
            "p = σ(wx + b)",
            "σ(f_1 − f_2)",
        ),
        Term(
            "softmax classifier",
            CLASSIFIER,
            (1, 5),
            r"\min_{W,b} \sum_i -\log \frac{e^{f_{y_i}}}{\sum_j e^{f_j}}",
            "min_(W, b) Σ −log softmax(f)_y",
            r"\max_k p_k",
        ),
        Term(
            "SVM",
            CLASSIFIER,
            (2, 5),
            r"\min_{W,b} \frac{\lambda}{2} \|W\|^2"
            r" + \sum_i \sum_{j \neq y_i} \max(0,\, f_j - f_{y_i} + \Delta)",
            "min_(W, b) ½λ‖W‖² + Σ Σ_(j ≠ y) max(0, f_j − f_y + Δ)",
            r"\max_k f_k",
        ),
    )
}

_AROUND = ((1.52, 4.6), (1.52, 2.4))
RELATIONS = (
    Relation(("score", "logit"), "is often called"),
    Relation(("score", "softmax function"), "goes into"),
    Relation(("softmax function", "probability"), "gives"),
    Relation(("logit", "probability"), "is the log-odds of"),
    Relation(("log loss", "probability"), "is −log of"),
    Relation(("score", "hinge loss"), "goes into"),
    Relation(("log loss", "cross-entropy loss"), "equals"),
    Relation(("softmax loss", "cross-entropy loss"), "means"),
    Relation(("softmax loss", "softmax function"), "is not"),
    Relation(("hinge loss", "cross-entropy loss"), "is not"),
    Relation(("logistic regression", "log loss"), "minimises"),
    Relation(("softmax classifier", "cross-entropy loss"), "minimises"),
    Relation(("softmax classifier", "softmax function"), "contains", _AROUND),
    Relation(("SVM", "hinge loss"), "minimises"),
    Relation(("softmax classifier", "logistic regression"), "generalises"),
    Relation(("softmax classifier", "SVM"), "stands beside"),
)


def relations_of(key: str) -> list[Relation]:
    """All that a name hangs together with."""
    return [relation for relation in RELATIONS if key in relation.ends]


def relation_between(one: str, other: str) -> Relation | None:
    return next((relation for relation in RELATIONS if {one, other} == set(relation.ends)), None)


def verbs_of(t: Translate) -> dict[str, str]:
    """What stands on the arrows in the reader's language."""
    return {
        "is often called": t("is often called"),
        "goes into": t("goes into"),
        "gives": t("gives"),
        "is the log-odds of": t("is the log-odds of"),
        "is −log of": t("is −log of"),
        "equals": t("equals"),
        "means": t("means"),
        "is not": t("is not"),
        "minimises": t("minimises"),
        "contains": t("contains"),
        "generalises": t("generalises"),
        "stands beside": t("stands beside"),
    }


def names_of(t: Translate) -> dict[str, str]:
    """What each term is called in the reader's language."""
    return {
        "score": t("score"),
        "logit": t("logit"),
        "probability": t("probability"),
        "softmax function": t("softmax function"),
        "softmax loss": t("softmax loss"),
        "log loss": t("log loss"),
        "cross-entropy loss": t("cross-entropy loss"),
        "hinge loss": t("hinge loss"),
        "logistic regression": t("logistic regression"),
        "softmax classifier": t("softmax classifier"),
        "SVM": t("SVM"),
    }


def kinds_of(t: Translate) -> dict[str, str]:
    """What each kind is called in the reader's language."""
    return {
        NUMBER: t("a number"),
        FUNCTION: t("a function"),
        LOSS: t("a loss"),
        CLASSIFIER: t("a classifier"),
    }


@cache
def example() -> Judged:
    """CS231n's worked example, judged by both losses."""
    return judged(example_scores(), TRUE)


@cache
def two_of_them() -> Judged:
    """The same without its first class: two classes, as in logistic regression."""
    return judged(example_scores()[1:], TRUE - 1)


@cache
def numbers() -> Mapping[str, str]:
    """What each term comes to in CS231n's example, computed by the core; for a classifier, its probability
    or score of the class that it chooses."""
    case, pair = example(), two_of_them()
    log_odds = (log_softmax(case.scores) - log_remainders(case.scores)).tolist()
    probabilities, loss = case.steps.probs.tolist(), numeral(case.cross_entropy, 5)
    return {
        "score": numeral(case.scores[case.true], _DIGITS),
        "logit": numeral(log_odds[case.true], _DIGITS),
        "probability": numeral(probabilities[case.true], _DIGITS),
        "softmax function": row(probabilities, _DIGITS),
        "softmax loss": loss,
        "log loss": loss,
        "cross-entropy loss": loss,
        "hinge loss": numeral(case.hinge, _DIGITS),
        "logistic regression": numeral(max(pair.steps.probs.tolist()), _DIGITS),
        "softmax classifier": numeral(max(probabilities), _DIGITS),
        "SVM": numeral(max(case.scores), _DIGITS),
    }
