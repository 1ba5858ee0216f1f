"""A sheet of paper per lesson, and its key, from the same functions as the lesson."""

from __future__ import annotations

import re
from urllib.parse import quote

import numpy as np
import pytest

from lessons.worksheets import MAKERS
from softmax_core import cross_entropy, softmax, weston_watkins_hinge
from softmax_core.notes import GOLD
from tests.app.test_server import get
from ui.sheet import Question, page, read_seed
from ui.text import CODES, language

EN, KO = language("en"), language("ko")
every_sheet = pytest.mark.parametrize("slug", MAKERS)


def numbers(text: str) -> list[float]:
    return [
        float(number.replace("−", "-")) for number in re.findall(r"[−-]?\d+(?:\.\d+)?(?:e[−-]\d+)?", text)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_the_key_of_the_scores_is_true(seed: int) -> None:
    first, added, doubled, loss, _ = MAKERS["scores"](EN, np.random.default_rng(seed))
    row = numbers(first.text)
    probabilities = softmax(row)
    assert numbers(first.answer)[-3:] == pytest.approx(probabilities.tolist(), rel=1e-3)
    assert numbers(added.answer) == numbers(first.answer)[-3:]
    assert numbers(doubled.answer)[1] > numbers(doubled.answer)[0]
    true = int(numbers(loss.text)[0])
    assert numbers(loss.answer)[-1] == pytest.approx(float(cross_entropy(row, true)), rel=1e-3)


@pytest.mark.parametrize("seed", range(12))
def test_the_key_of_the_losses_is_true(seed: int) -> None:
    hinge, entropy, *_, chance, curves = MAKERS["losses"](EN, np.random.default_rng(seed))
    *row, true, _, margin = numbers(hinge.text)
    assert margin == 1
    assert numbers(hinge.answer)[-1] == pytest.approx(
        float(weston_watkins_hinge(row, int(true), 1.0)), rel=1e-3
    )
    assert numbers(entropy.answer) == [pytest.approx(float(cross_entropy(row, int(true))), rel=1e-3)]
    count = numbers(chance.text)[0]
    assert numbers(chance.answer)[0] == count - 1
    *_, wide = numbers(curves.text.partition("What")[0])
    rows = [[0.0, gap] for gap in (-4, -2, 0, 2)]
    losses = [float(weston_watkins_hinge(row, 0, wide)) for row in rows]
    losses += [float(cross_entropy(row, 0)) for row in rows]
    assert numbers(curves.answer) == pytest.approx(losses, rel=1e-3)


@pytest.mark.parametrize("seed", range(12))
def test_the_naive_softmax_always_breaks_on_the_sheet_and_the_float32_loss_is_infinite(seed: int) -> None:
    _, naive, shift, interval, loss = MAKERS["stability"](EN, np.random.default_rng(seed))
    assert "nan" in naive.answer
    low, high = numbers(interval.answer)
    assert low <= numbers(shift.answer)[0] <= high
    assert "= inf" in loss.answer
    assert numbers(loss.answer)[-1] > 400


@every_sheet
def test_a_seed_is_a_sheet_and_another_seed_another(slug: str) -> None:
    sheets = [MAKERS[slug](EN, np.random.default_rng(seed)) for seed in (5, 5, 6)]
    assert sheets[0] == sheets[1] != sheets[2]


@every_sheet
@pytest.mark.parametrize("code", CODES)
def test_the_key_is_on_the_sheet_only_when_asked_for(app: str, slug: str, code: str) -> None:
    t = language(code)
    plain, body = get(app, f"/worksheet/{slug}?lang={code}&seed=3")
    keyed, answers = get(app, f"/worksheet/{slug}?lang={code}&seed=3&key=1")
    assert plain.status == keyed.status == 200
    assert f'<html lang="{code}">' in body.decode()
    for question in MAKERS[slug](t, np.random.default_rng(3)):
        assert question.answer not in body.decode()
        assert question.answer in answers.decode()
    assert bool(re.search("[가-힣]", body.decode())) == (code == "ko")
    assert "http" not in answers.decode()


@pytest.mark.parametrize(
    ("text", "seed"),
    [
        ("7", 7), ("10000", 10_000), ("７", 7), ("", None), ("x", None), ("-3", None), ("0", None),
        ("1.5", None), ("99999", None), ("9" * 999, None), ("²", None), ("٣", None), ("inf", None),
        ("nan", None),
    ],
)  # fmt: skip
def test_a_seed_is_the_number_of_a_sheet_or_none(text: str, seed: int | None) -> None:
    assert read_seed(text) == seed


@pytest.mark.parametrize(
    ("seed", "shown"),
    [("abc", "abc"), ("-3", "-3"), ("9" * 999, "9" * 24 + "…"), ("%3Cb%3E", "&lt;b&gt;"), ("٣", "٣")],
)
def test_a_bad_seed_is_answered_on_the_screen(app: str, seed: str, shown: str) -> None:
    for code, said in (("en", "this is sheet 1."), ("ko", "1번 학습지를 보여 줍니다.")):
        answer, body = get(app, f"/worksheet/scores?lang={code}&seed={quote(seed, safe='%')}&key=1")
        (complaint,) = re.findall('<p class="complaint" role="status">(.*?)</p>', body.decode())
        assert answer.status == 200
        assert f"“{shown}”" in complaint
        assert "10000" in complaint
        assert complaint.endswith(said)
        assert f"?lang={code}&amp;seed=2" in body.decode()


@pytest.mark.parametrize("query", ["", "&seed=", "&seed=7", "&seed=%EF%BC%97"])
def test_a_sheet_without_a_number_or_with_a_good_one_is_not_complained_about(app: str, query: str) -> None:
    _, body = get(app, f"/worksheet/scores?lang=en{query}")
    assert "complaint" not in body.decode().split("<body>")[1]
    assert f"sheet {7 if len(query) > 6 else 1}<" in body.decode()


def test_what_is_no_sheet_is_said_in_the_readers_language(app: str) -> None:
    for slug in ("home", "nonsense"):
        answer, body = get(app, f"/worksheet/{slug}?lang=ko")
        assert answer.status == 404
        assert language("ko")("There is no page at this address") in body.decode()


def test_a_question_is_text_and_not_markup() -> None:
    from lessons import LESSONS

    html = page(EN, LESSONS[0], [Question("1 < 2 & <b>", "a > b")], 1, with_key=True)
    assert "1 &lt; 2 &amp; &lt;b&gt;" in html
    assert "a &gt; b" in html


@pytest.mark.parametrize("seed", range(12))
def test_the_key_of_the_information_adds_up(seed: int) -> None:
    surprise, parts, *_ = MAKERS["information"](EN, np.random.default_rng(seed))
    own, whole, bits = numbers(surprise.answer)
    assert [whole, own] == numbers(parts.answer)[:2]
    there, back = numbers(parts.answer)[2:]
    assert whole - own == pytest.approx(there, abs=2e-3)
    assert there >= 0
    assert back != there
    assert bits == pytest.approx(whole / np.log(2), rel=1e-3)


@pytest.mark.parametrize("seed", range(12))
def test_the_product_on_the_sheet_underflows_where_the_sum_does_not(seed: int) -> None:
    _, _, question, *_ = MAKERS["information"](EN, np.random.default_rng(seed))
    _, count, _, classes, *_ = numbers(question.text)
    product, first, *_, total = numbers(question.answer)
    factors = np.full(int(count), 1 / classes)
    running = np.multiply.accumulate(factors)
    assert (product, first) == (0, running.argmin() + 1)
    assert running[int(first) - 2] > 0
    assert total == pytest.approx(np.log(factors).sum(), rel=1e-5)


@pytest.mark.parametrize("seed", range(12))
def test_the_width_of_the_prior_on_the_sheet_is_that_of_the_mean_loss(seed: int) -> None:
    *_, prior, wider, _, _ = MAKERS["information"](EN, np.random.default_rng(seed))
    strength, count = numbers(prior.text)
    _, variance, width = numbers(prior.answer)
    assert variance == pytest.approx(1 / (strength * count), rel=1e-3)
    assert width == pytest.approx(variance**0.5, rel=1e-3)
    narrower, weaker = numbers(wider.answer)
    assert narrower == pytest.approx(width / 2, rel=1e-3)
    assert weaker * 4 * count == pytest.approx(strength * count)


@pytest.mark.parametrize("seed", range(12))
def test_half_the_scores_are_less_sure_on_the_sheet_and_better_calibrated(seed: int) -> None:
    *_, halved, calibration = MAKERS["information"](EN, np.random.default_rng(seed))
    before, after = _rows(halved.text)[-2:]
    assert [2 * score for score in after] == before
    for scores, probabilities in zip((before, after), _rows(halved.answer), strict=True):
        assert probabilities == pytest.approx(softmax(scores).tolist(), abs=1e-4)
    found = [
        sum(-probability * np.log(probability) for probability in probabilities)
        for probabilities in map(softmax, (np.array(before), np.array(after)))
    ]
    low, high = [float(entropy) for entropy in re.findall(r"H = ([\d.]+)", halved.answer)]
    assert [low, high] == pytest.approx(found, rel=1e-3)
    assert low < high
    size, one, right_one, size, two, right_two, *less = numbers(calibration.text)
    error, better = (
        abs(a - right_one / size) / 2 + abs(b - right_two / size) / 2 for a, b in ((one, two), less)
    )
    assert numbers(calibration.answer) == pytest.approx([error, better], rel=1e-3)
    assert better < error


def test_no_formula_of_the_names_is_asked_twice_and_none_has_two_names() -> None:
    for seed in range(12):
        sheet = MAKERS["names"](EN, np.random.default_rng(seed))
        assert len({question.text for question in sheet}) == len(sheet) == 8
        assert "softmax loss" not in [question.answer for question in sheet]


def _training(seed: int) -> tuple[list[Question], np.ndarray, np.ndarray, int]:
    """A sheet, and the point, the weights of the classes and the true class of its first question."""
    sheet = MAKERS["train"](EN, np.random.default_rng(seed))
    point, weights = sheet[0].text.split("weights are")
    x1, x2, true, _ = numbers(point)
    return list(sheet), np.array([x1, x2]), np.array(_rows(weights)), int(true)


@pytest.mark.parametrize("seed", range(12))
def test_the_key_of_the_training_is_one_step_downhill(seed: int) -> None:
    (_, gradient, weights, loss, *_), x, W, true = _training(seed)
    slopes = np.outer(softmax(W @ x) - np.eye(3)[true], x)
    moved = W - 0.1 * slopes
    assert np.array(_rows(gradient.answer)) == pytest.approx(slopes, rel=2e-3, abs=1e-4)
    assert np.array(_rows(weights.answer)) == pytest.approx(moved, rel=2e-3, abs=1e-4)
    before, after = numbers(loss.answer)
    assert before == pytest.approx(float(cross_entropy(W @ x, true)), rel=1e-3)
    assert after == pytest.approx(float(cross_entropy(moved @ x, true)), rel=1e-3)
    assert after < before


@pytest.mark.parametrize("seed", range(12))
def test_the_key_of_the_training_names_the_weights_that_an_svm_leaves_alone(seed: int) -> None:
    (*_, svm, _), x, W, true = _training(seed)
    scores = W @ x
    inside = [k for k in range(3) if k != true and scores[k] - scores[true] + 1 > 1e-9]
    still = [k for k in range(3) if k not in ([*inside, true] if inside else [])]
    assert _rows(svm.answer)[true] == pytest.approx((-len(inside) * x).tolist())
    assert re.findall(r"w(\d)(?! =)", svm.answer) == [str(k) for k in still]
    assert ("None stays" in svm.answer) == (not still)


@pytest.mark.parametrize("seed", range(12))
def test_the_valley_of_the_training_is_walked_to_its_limit(seed: int) -> None:
    valley = _training(seed)[0][-1]
    strength, _, rate, _ = numbers(valley.text)
    assert numbers(valley.answer)[:3] == pytest.approx(
        [(1 - strength * rate) ** k for k in (1, 2, 3)], rel=1e-3
    )
    assert numbers(valley.answer)[-1] == pytest.approx(2 / strength)


def _rows(text: str) -> list[list[float]]:
    """The rows in brackets: w0 = […]; w1 = […]."""
    return [numbers(row) for row in re.findall(r"\[([^]]*)\]", text)]


def test_every_wrong_probability_of_the_notes_is_found_and_no_right_one() -> None:
    sheets = [MAKERS["notes"](EN, np.random.default_rng(seed)) for seed in range(40)]
    answers = {sheet[0].text: sheet[0].answer for sheet in sheets}
    assert len(answers) == sum("probabilities" in each.quantity for each in GOLD)
    wrong = {re.findall(r"not right: (.*)\.$", answer)[0] for answer in answers.values() if "not" in answer}
    assert wrong == {".016", ".9, .09, .01", "2.71"}


@pytest.mark.parametrize("seed", range(12))
def test_the_key_of_the_notes_repeats_the_slips(seed: int) -> None:
    _, hinge, sign, chance, both, equal = MAKERS["notes"](EN, np.random.default_rng(seed))
    printed = re.findall(r"hinge loss ([\d.]+) ", hinge.text)[0]
    assert hinge.answer == f"It is {printed}: right."
    assert MAKERS["notes"](KO, np.random.default_rng(seed))[1].answer == f"{printed}입니다. 맞습니다."
    scores = np.array(numbers(sign.text))
    assert numbers(sign.answer) == [*(scores + scores.max()), *(scores - scores.max())]
    count, value, rounded, cut = numbers(chance.answer)
    assert value == pytest.approx(np.log(count), rel=1e-6)
    assert (rounded, cut) == (round(np.log(count), 3), np.floor(np.log(count) * 1000) / 1000)
    assert rounded != cut
    *weights, strength = numbers(both.text)[:4]
    whole, half = numbers(both.answer)
    assert whole == pytest.approx(strength * np.square(weights).sum(), rel=1e-3)
    assert half == pytest.approx(whole / 2, rel=1e-3)
    other, *slopes = numbers(equal.answer)
    assert other == pytest.approx(2 * strength)
    assert slopes == pytest.approx([other * weight for weight in weights], rel=1e-3)
