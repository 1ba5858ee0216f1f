"""What the lesson on names says is so: its numbers recomputed, its theorems tried, its quiz read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from math import exp, log
from typing import Any

import numpy as np
import pytest

from lessons.names import quiz
from lessons.names.model import RELATIONS, TERMS, WRONG_NAME, names_of, verbs_of
from lessons.names.pictures.network import term_map
from lessons.names.terms import LIBRARIES, card
from tests.lessons.said import heard, page, unchecked, unknown, untrue
from ui.text import language

BOTH = pytest.mark.parametrize("code", ["en", "ko"])
SCORES, TRUE = (-2.85, 0.86, 0.28), 2
POWERS = [exp(score) for score in SCORES]
SHARES = [power / sum(POWERS) for power in POWERS]
LOSS = -log(SHARES[TRUE])
HINGE = sum(max(0.0, score - SCORES[TRUE] + 1) for at, score in enumerate(SCORES) if at != TRUE)
LOSSES = {"softmax loss", "log loss", "cross-entropy loss"}
VALUES = {
    "score": SCORES[TRUE],
    "logit": log(SHARES[TRUE] / (1 - SHARES[TRUE])),
    "probability": SHARES[TRUE],
    **dict.fromkeys(LOSSES, LOSS),
    "hinge loss": HINGE,
    "logistic regression": 1 / (1 + exp(SCORES[2] - SCORES[1])),
    "softmax classifier": max(SHARES),
    "SVM": max(SCORES),
}


def reads(text: str, number: float) -> bool:
    return float(text.replace("−", "-")) == pytest.approx(number, rel=6e-4)


def _number(key: str) -> Callable[[Any, Mapping[str, Any]], bool]:
    return lambda _, said: reads(said["number"], VALUES[key])


CHECKS: dict[str, Callable[[Any, Mapping[str, Any]], bool]] = {
    f"number-{TERMS[key].slug}": _number(key) for key in VALUES
} | {
    "number-softmax-function": lambda _, said: all(
        reads(text, probability)
        for text, probability in zip(said["number"][1:-1].split(", "), SHARES, strict=True)
    ),
    "number-logit": lambda _, said: (
        reads(said["number"], VALUES["logit"]) and reads(said["score"], VALUES["score"])
    ),
    "beside-svm": lambda _, said: (
        reads(said["hinge"], max(0.0, SCORES[1] - SCORES[2] + 1))
        and reads(said["entropy"], log(1 + exp(SCORES[1] - SCORES[2])))
    ),
    "every-name": lambda _, said: str(said["true"]) == str(TRUE),
    "{name}, in the example: {told}": lambda _, said: said["name"] != "",
    "People who say {name} mean {formula}.": lambda _, said: said["name"] in _called(WRONG_NAME),
    "The formula of {name} is {formula}.": lambda _, said: (
        said["name"] not in _called(WRONG_NAME)
        and any(
            said["name"] in _called(key) and said["formula"] == f"${TERMS[key].formula}$" for key in TERMS
        )
    ),
    "The right answer is {right}: {right_kind}, not {answer_kind}.": lambda _, said: (
        said["right_kind"] != said["answer_kind"] and said["right"] not in _called(WRONG_NAME)
    ),
    "The right answer is {right}. {why}": lambda _, said: said["right"] not in _called(WRONG_NAME),
}
PLAIN = frozenset(
    {
        "explain", "map", "sum", "libraries", "library-from-logits", "two-classes", "two-weights",
        "ask-formula", "ask-description",
        "ask-number", "ask-pair", "Of {name} one would say: “{description}”", "**In the example:** {number}",
        *(f"{kind}-{term.slug}" for kind in ("what", "mixed") for term in TERMS.values()),
        *(relation.slug for relation in RELATIONS),
    }
)  # fmt: skip


def _called(key: str) -> set[str]:
    return {names_of(language(code))[key] for code in ("en", "ko")}


def test_every_sentence_of_the_lesson_is_checked_or_plain() -> None:
    assert unchecked("names", {*CHECKS, *TRIED}, PLAIN) == []


@BOTH
def test_the_cards_and_every_question_of_the_quiz_say_what_is_so(code: str) -> None:
    lesson = page("names", code)
    with heard() as sentences:
        for key in TERMS:
            card(lesson, key)
        for number in range(1, 100):
            quiz.ask(lesson, number)
    assert unknown(sentences, CHECKS, PLAIN) == set()
    assert untrue(sentences, CHECKS, None) == []


@BOTH
def test_the_quiz_never_rewards_the_wrong_name_and_has_one_right_answer(code: str) -> None:
    lesson, names = page("names", code), names_of(language(code))
    keys = {name: key for key, name in names.items()}
    for number in range(1, 400):
        _, options = quiz.ask(lesson, number)
        (right,) = (option.text for option in options if option.right)
        assert names[WRONG_NAME] not in right
        assert len({option.text for option in options}) == len(options)
        kind = quiz.KINDS[(number - 1) % 4]
        wrong = {keys[option.text] for option in options if not option.right} if kind != "pair" else set()
        if kind in {"formula", "number"}:
            assert not ({keys[right]} | wrong <= LOSSES)
            assert keys[right] not in LOSSES or not wrong & LOSSES
        if keys.get(right) in {"score", "logit"}:
            assert not wrong & {"score", "logit"}


@BOTH
def test_every_arrow_has_a_verb_and_points_from_its_subject_to_its_object(code: str) -> None:
    verbs = verbs_of(language(code))
    said = {relation.ends: relation.verb for relation in RELATIONS}
    assert set(verbs) == set(said.values())
    assert said["score", "softmax function"] == "goes into"
    assert said["softmax function", "probability"] == "gives"
    assert said["log loss", "probability"] == "is −log of"
    assert said["softmax loss", "cross-entropy loss"] == "means"
    picture = term_map("score", language(code))
    notes = picture.figure["layout"]["annotations"]
    heads = [note for note in notes if note["showarrow"]]
    texts = [note for note in notes if not note["showarrow"] and "yanchor" not in note]
    for head, text, relation in zip(heads, texts, RELATIONS, strict=True):
        points = [TERMS[relation.ends[0]].place, *relation.bends, TERMS[relation.ends[1]].place]
        (x1, y1), (x2, y2) = points[-2:]
        assert (head["x"] - head["ax"]) * (x2 - x1) + (head["y"] - head["ay"]) * (y2 - y1) > 0
        assert re.sub("</?b>", "", text["text"]) == verbs[relation.verb]
        assert any(
            abs((x2 - x1) * (text["y"] - y1) - (y2 - y1) * (text["x"] - x1)) < 1e-9
            for (x1, y1), (x2, y2) in pairwise(points)
        )


def test_the_hover_says_of_what_the_number_is() -> None:
    data = term_map("score", language("en")).figure["data"]
    assert any("max_k p_k = 0.6312" in text for trace in data for text in trace.get("hovertext", []))


# ---- what libraries call it, tried with the libraries where they are installed


ROWS, TRUE_ONES = np.array([[-2.85, 0.86, 0.28], [1.0, -2.0, 0.5], [3.0, 2.5, 2.0]]), np.array([2, 0, 1])


def of_each_row() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Probabilities, cross-entropies, and what each rival reaches past the margin, in plain NumPy."""
    powers = np.exp(ROWS)
    probabilities = powers / powers.sum(1, keepdims=True)
    over = np.maximum(0, ROWS - ROWS[range(3), TRUE_ONES][:, None] + 1)
    over[range(3), TRUE_ONES] = 0
    return probabilities, -np.log(probabilities[range(3), TRUE_ONES]), over


def library_cross_entropy() -> None:
    torch = pytest.importorskip("torch")
    loss = torch.nn.CrossEntropyLoss()(torch.tensor(ROWS), torch.tensor(TRUE_ONES))
    assert float(loss) == pytest.approx(of_each_row()[1].mean())


def library_nll() -> None:
    torch = pytest.importorskip("torch")
    loss = torch.nn.NLLLoss()(torch.tensor(np.log(of_each_row()[0])), torch.tensor(TRUE_ONES))
    assert float(loss) == pytest.approx(of_each_row()[1].mean())


def library_bce() -> None:
    torch = pytest.importorskip("torch")
    scores, truth = np.array([0.58, -1.0]), np.array([1.0, 0.0])
    loss = torch.nn.BCEWithLogitsLoss(reduction="none")(torch.tensor(scores), torch.tensor(truth))
    assert loss.tolist() == pytest.approx([log(1 + exp(-0.58)), log(1 + exp(-1.0))])


def library_multi_margin() -> None:
    torch = pytest.importorskip("torch")
    loss = torch.nn.MultiMarginLoss()(torch.tensor(ROWS), torch.tensor(TRUE_ONES))
    assert float(loss) == pytest.approx(of_each_row()[2].sum(1).mean() / ROWS.shape[1])


def library_log_loss() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    probabilities, losses, _ = of_each_row()
    assert metrics.log_loss(TRUE_ONES, probabilities) == pytest.approx(losses.mean())


def library_hinge_loss() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    assert metrics.hinge_loss(TRUE_ONES, ROWS) == pytest.approx(of_each_row()[2].max(1).mean())
    assert of_each_row()[2].max(1).mean() != pytest.approx(of_each_row()[2].sum(1).mean())


TRIED: dict[str, Callable[[], None]] = {
    "library-cross-entropy": library_cross_entropy,
    "library-nll": library_nll,
    "library-bce": library_bce,
    "library-multi-margin": library_multi_margin,
    "library-log-loss": library_log_loss,
    "library-hinge-loss": library_hinge_loss,
}


@pytest.mark.parametrize("section", TRIED)
def test_what_is_said_of_a_library_is_so(section: str) -> None:
    assert section in LIBRARIES.values()
    TRIED[section]()


def _fit(x: np.ndarray, y: np.ndarray, l2: float, columns: int) -> np.ndarray:
    """Gradient descent on the mean loss and ½·l2·‖W‖²: columns 2, a softmax; 1, a logistic regression."""
    weights = np.zeros((2, columns))
    for _ in range(4000):
        scores = x @ weights
        gap = scores[:, 0] - scores[:, 1] if columns == 2 else scores[:, 0]
        error = 1 / (1 + np.exp(-gap)) - y
        slope = x.T @ error / len(y)
        weights -= 0.5 * ((np.stack([slope, -slope], 1) if columns == 2 else slope[:, None]) + l2 * weights)
    return weights


def test_with_a_penalty_two_columns_are_logistic_regression_with_half_of_it() -> None:
    rng = np.random.default_rng(5)
    x = rng.normal(size=(40, 2))
    y = (x[:, 0] + rng.normal(size=40) > 0).astype(float)
    both = _fit(x, y, 0.1, 2)
    difference = both[:, 0] - both[:, 1]
    assert difference == pytest.approx(_fit(x, y, 0.05, 1)[:, 0], rel=1e-6)
    assert np.abs(difference - _fit(x, y, 0.1, 1)[:, 0]).max() > 0.05


def test_without_a_penalty_every_larger_multiple_has_no_hinge_loss_either() -> None:
    x, y = np.array([[2.0, 0.0], [-2.0, 0.1]]), np.array([0, 1])
    weights = np.array([[1.0, -1.0], [0.0, 0.0]])
    for scale in (1.0, 1.5, 10.0, 1e6):
        scores = x @ (scale * weights)
        own = scores[[0, 1], y]
        terms = np.maximum(0, scores - own[:, None] + 1)
        terms[[0, 1], y] = 0
        assert terms.sum() == 0


def test_the_entropy_of_a_certain_class_is_0() -> None:
    """So H(p, p) is not above 0 always."""
    assert sum(-p * log(p) for p in (1.0,)) == 0
    assert sum(-p * log(p) for p in (0.5, 0.5)) > 0


def test_the_formula_of_the_svm_has_its_penalty_wherever_it_stands() -> None:
    assert r"\frac{\lambda}{2} \|W\|^2" in TERMS["SVM"].formula
    assert "½λ‖W‖²" in TERMS["SVM"].in_words


REFUTED = {
    "en": (
        "SVM minimises the hinge loss.", "the name comes from logistic", "and −log of the result as its loss",
        "with two classes they are the same", "something else than", "H(p, p) = H(p) is not",
        "each class; the largest wins",
    ),
    "ko": (
        "SVM은 힌지 손실을 최소화합니다.", "로지스틱 회귀에서 온", "그 결과의 −log를 손실로",
        "클래스가 둘이면 둘은 같습니다", "H(p, p) = H(p)는 0이 아닙니다", "실수입니다. 가장 큰 클래스가",
    ),
}  # fmt: skip


@BOTH
def test_what_was_found_false_is_not_said_again(code: str) -> None:
    t = language(code)
    prose = " ".join(" ".join(t.prose("names").values()).split())
    for claim in REFUTED[code]:
        assert claim not in prose
    assert "comes to" not in t("{name}, in the example: {told}", name="SVM", told="")


def test_the_penalty_of_two_classes_is_half_that_of_logistic_regression() -> None:
    """Of all w₁ − w₂ = w the pair w/2, −w/2 has the least ‖w₁‖² + ‖w₂‖², which is ½‖w‖²."""
    rng = np.random.default_rng(1)
    for _ in range(200):
        w, shift, l2 = rng.normal(size=3), rng.normal(size=3), float(rng.exponential())
        pair = w / 2 + shift, -w / 2 + shift
        penalty = l2 / 2 * sum(float(each @ each) for each in pair)
        assert penalty >= l2 / 4 * float(w @ w) * (1 - 1e-12)
        assert penalty == pytest.approx(l2 / 4 * float(w @ w) + l2 * float(shift @ shift))
