"""The pictures of the lesson on information: valid for plotly, and true to the very numbers."""

from __future__ import annotations

import json
from math import exp, inf, isfinite, log

import numpy as np
import plotly.graph_objects as go
import pytest

from lessons.information import fits
from lessons.information.beliefs import Beliefs, beliefs, probability_of, shown
from lessons.information.pictures import bars, codes, coin, colours, halving, likelihood, reliability, sweep
from lessons.information.pictures import prior as information_prior
from lessons.information.settings import L2_LADDER
from softmax_core import entropy, kl_divergence, objective, softmax
from ui.charts import style
from ui.charts.picture import Picture
from ui.parameters import PARAMETERS
from ui.text import language

T, KO = language("en"), language("ko")
CASES = [
    beliefs([0, 0, 1], [0.0154, 0.6312, 0.3534], 0.0, "nat"),
    beliefs([0, 0, 1], [0.0154, 0.6312, 0.3534], 0.1, "bit"),
    beliefs([0.6, 0.3, 0.1], [0.2, 0.3, 0.5], 0.0, "bit"),
    beliefs([0.6, 0.3, 0.1], [0.7, 0.3, 0.0], 0.0, "nat"),
    beliefs([0.5, 0.5], [0.5, 0.5], 1.0, "nat"),
    beliefs([1, 0], [0, 1], 0.0, "bit"),
    beliefs([1 - 1e-12, 1e-12], [1e-300, 1.0], 0.0, "nat"),
    beliefs(list(softmax(np.arange(8.0))), list(softmax(-np.arange(8.0))), 0.0, "nat"),
]


def valid(picture: Picture) -> go.Figure:
    """The figure as plotly reads it, wide and narrow; strict JSON has no NaN and no infinity."""
    json.dumps(picture.figure, allow_nan=False)
    figure = {name: part for name, part in picture.figure.items() if name != "narrow"}
    layout = {**figure["layout"], **picture.figure.get("narrow", {})}
    go.Layout(layout)
    assert picture.title
    assert picture.figure["layout"]["height"]
    assert all(len(row) == len(picture.table.columns) for row in picture.table.rows)
    texts = [picture.description, *(cell for row in picture.table.rows for cell in row)]
    assert not any(bad in text.split() for text in texts for bad in ("nan", "inf"))
    assert not any("{" in text for text in texts)
    return go.Figure(figure)


def notes(figure: go.Figure) -> str:
    return " ".join(note.text for note in figure.layout.annotations)


# ---- the stacked bar and the code lengths


@pytest.mark.parametrize("t", [T, KO], ids=["en", "ko"])
@pytest.mark.parametrize("case", CASES)
def test_both_pictures_are_valid_whatever_is_true_and_believed(case: Beliefs, t: object) -> None:
    valid(bars.stacked(case, t))
    valid(bars.stacked(case, t, both=False, movable=False))
    valid(codes.code_lengths(case, t))


@pytest.mark.parametrize("case", CASES)
def test_the_stack_is_entropy_and_divergence_on_top_of_it(case: Beliefs) -> None:
    figure = valid(bars.stacked(case, T))
    own, extra = figure.data[2:]
    for at, way in enumerate((case, case.reversed)):
        assert own.y[at] == float(entropy(way.p, way.unit)) == extra.base[at]
        kl = float(kl_divergence(way.p, way.q, way.unit))
        top = figure.layout.yaxis2.range[1]
        assert extra.y[at] + extra.base[at] == (pytest.approx(top) if kl == inf else own.y[at] + kl)
        assert own.y[at] + (kl if isfinite(kl) else 0) <= top
        for value, text in (
            (way.entropy, way.printed.entropy),
            (way.kl, way.printed.kl),
            (way.cross_entropy, way.printed.cross),
        ):
            assert float(text.replace("∞", "inf").replace("−", "-")) == pytest.approx(value, rel=6e-3)
            assert f"<b>{text}</b>" in notes(figure)


def test_the_notes_example_is_one_bar_without_entropy() -> None:
    picture = bars.stacked(CASES[0], T)
    assert valid(picture).data[2].y[0] == 0
    assert "The entropy of p, 0, and" in picture.description
    assert "the cross-entropy 1.04." in picture.description


def test_a_handle_stands_on_each_bar_and_moving_it_moves_its_own_distribution() -> None:
    case = CASES[2]
    handles = bars.stacked(case, T).handles
    assert [(handle.id, handle.y) for handle in handles] == list(enumerate([*case.p, *case.q]))
    assert len({handle.label for handle in handles}) == 6
    name, probabilities = case.moved(0, 0.2)
    assert name == "p"
    assert probabilities == pytest.approx([0.2, 0.6, 0.2])
    name, probabilities = case.moved(5, 7.0)
    assert name == "q"
    assert probabilities == [0, 0, 1]


@pytest.mark.parametrize("case", CASES)
def test_the_area_of_the_blocks_is_the_cross_entropy_and_that_below_the_line_the_entropy(
    case: Beliefs,
) -> None:
    figure = valid(codes.code_lengths(case, T))
    blocks, best = figure.data
    if isfinite(case.cross_entropy) and max(case.lengths) < 50:
        area = sum(width * height for width, height in zip(blocks.width, blocks.y, strict=True))
        assert area == pytest.approx(case.cross_entropy)
        assert max(blocks.y) <= figure.layout.yaxis.range[1]
    steps = zip(best.x[::2], best.x[1::2], best.y[::2], strict=True)
    assert sum((right - left) * height for left, right, height in steps) == pytest.approx(
        case.entropy, abs=1e-9
    )


def test_the_handles_of_the_codes_lie_on_the_words_that_are_used() -> None:
    case = CASES[2]
    handles = codes.code_lengths(case, T).handles
    assert [handle.y for handle in handles] == pytest.approx(case.lengths)
    assert codes.code_lengths(CASES[3], T).handles[-1].id == 1, "an infinite word cannot be held"
    for case in CASES[:3]:
        for handle in codes.code_lengths(case, T).handles:
            name, probabilities = case.moved(len(case.p) + handle.id, probability_of(handle.y, case))
            assert name == "q"
            assert probabilities == pytest.approx(case.q), "held still, it changes nothing"


@pytest.mark.parametrize("t", [T, KO], ids=["en", "ko"])
@pytest.mark.parametrize("q", [0.01, 0.25, 0.5, 1.0])
def test_the_point_of_the_coin_lies_on_the_curve_that_is_shown_once_it_is_told(q: float, t: object) -> None:
    yours, known = valid(coin.surprise(q, (2.5, 1.5, 0.5), t, told=False)).data
    curve, halvings, same, point = valid(coin.surprise(q, (2.5, 1.5, 0.5), t, told=True)).data
    assert yours.y == same.y == (2.5, 1.5, 1, 0.5), "the reader's line runs through what is known"
    assert (known.x[0], known.y[0]) == (0.5, 1), "and nothing else is told before"
    assert (point.x[0], point.y[0]) == (q, pytest.approx(-log(q) / log(2)))
    assert point.y[0] == pytest.approx(curve.y[list(curve.x).index(q)], abs=1e-4)
    assert list(halvings.y) == [0, 1, 2, 3, 4, 5]
    assert [2.0**-y for y in halvings.y] == list(halvings.x)


def test_no_colour_of_a_class_means_anything_else() -> None:
    own = {colours.ENTROPY, colours.DIVERGENCE, colours.SURE, colours.RIGHT, colours.NONE, colours.FITTED}
    assert not own & set(style.COLOURS)
    stacks = valid(bars.stacked(CASES[2], T)).data[2:]
    assert [trace.marker.color for trace in stacks] == [colours.ENTROPY, colours.DIVERGENCE]
    for picture in (sweep.chain(30, 0.01, T), reliability.reliability(30, 0.01, T)):
        assert not any(colour in str(picture.figure) for colour in style.COLOURS)
    assert not any(c in str(likelihood.falling(likelihood.runs(30), T).figure) for c in style.COLOURS)


def test_infinity_is_written_as_such_and_never_as_a_number() -> None:
    table = bars.stacked(CASES[3], T).table.rows
    assert table[2][4:] == ["∞", "∞"]
    assert bars.stacked(CASES[5], T).table.rows[0][3:] == ["0", "∞", "∞"]
    assert bars.stacked(CASES[5], T).table.rows[1][3:] == ["∞", "0", "0"]


# ---- likelihood


@pytest.mark.parametrize("t", [T, KO], ids=["en", "ko"])
@pytest.mark.parametrize("n", PARAMETERS["many"].options)
def test_the_likelihood_is_valid_for_every_number_of_samples(n: str, t: object) -> None:
    valid(likelihood.falling(likelihood.runs(int(n)), t))


def test_each_cross_stands_where_the_product_is_0_first_and_on_its_line() -> None:
    pair = likelihood.runs(3000)
    figure = valid(likelihood.falling(pair, T))
    for run, line, crosses in zip(pair, figure.data[:2], figure.data[2:], strict=True):
        zeros = [run.first_zero(dtype) for dtype in ("float32", "float64")]
        assert list(crosses.x) == zeros
        for zero, y, dtype in zip(zeros, crosses.y, ("float32", "float64"), strict=True):
            assert not run.by_format[dtype].products[zero - 1]
            assert run.by_format[dtype].products[zero - 2]
            assert y == pytest.approx(float(np.interp(zero, line.x, line.y)), abs=3)
            assert f"{dtype}: 0 from sample {zero}" in notes(figure)
        assert line.y[-1] == pytest.approx(run.log_likelihood / log(10), abs=0.01)
    assert pair[0].first_zero("float32") == 95
    assert pair[0].first_zero("float64") == 679


def test_the_fitted_weights_have_the_higher_likelihood_and_the_lower_loss() -> None:
    for n in (10, 300, 10_000):
        chance, fitted = likelihood.runs(n)
        assert chance.mean_loss == pytest.approx(log(3))
        assert fitted.mean_loss < chance.mean_loss
        assert fitted.log_likelihood == pytest.approx(-n * fitted.mean_loss, rel=1e-9)
        assert fitted.log_likelihood > chance.log_likelihood


@pytest.mark.parametrize(
    ("k", "dtype", "first", "bits"),
    [(10, "float64", 324, 1075), (10, "float32", 46, 150), (3, "float64", 679, 1075)],
)
def test_chance_underflows_where_the_format_ends(k: int, dtype: str, first: int, bits: int) -> None:
    """Half of the smallest number of the format, 2^−bits, is rounded to 0."""
    assert likelihood.chance(k, dtype) == first
    assert log(k) * (first - 1) < bits * log(2) <= log(k) * first


# ---- prior


@pytest.mark.parametrize("t", [T, KO], ids=["en", "ko"])
@pytest.mark.parametrize("n", [30, 1000])
@pytest.mark.parametrize("l2", [1e-5, 0.01, 10.0])
def test_the_prior_is_valid_and_every_weight_lies_on_its_bell(l2: float, n: int, t: object) -> None:
    figure = valid(information_prior.prior(n, l2, t))
    variance = 1 / (l2 * n)
    weights = fits.at(n, l2).fit.params.W.ravel()
    bell, marks, free = figure.data
    assert list(marks.x) == pytest.approx(weights.tolist(), abs=1e-5)
    for x, y in zip([*marks.x, *bell.x], [*marks.y, *bell.y], strict=True):
        assert y == pytest.approx(exp(-x * x / (2 * variance)), abs=2e-3)
    assert len(free.x) == len(weights) == 6
    assert max(map(abs, [*free.x, *marks.x])) <= figure.layout.xaxis.range[1]


def test_four_times_the_samples_make_a_bell_of_half_the_width() -> None:
    bell, narrower, *_ = valid(information_prior.prior(30, 0.01, T, fourfold=True)).data
    for x, y in zip(narrower.x, narrower.y, strict=True):
        assert y == pytest.approx(exp(-x * x / 2 * 0.01 * 120), abs=2e-3)
    assert narrower.x == bell.x
    assert "120" not in information_prior.prior(30, 0.01, T).description


def test_before_it_is_told_the_sweep_shows_one_penalty_alone() -> None:
    picture = sweep.chain(30, 0.01, T, told=False)
    assert {trace.mode for trace in valid(picture).data} == {"markers"}
    assert len(picture.table.rows) == 1
    assert "moves" not in picture.description


def test_the_axis_of_the_weights_does_not_move_with_the_penalty() -> None:
    layouts = [information_prior.prior(30, l2, T).figure["layout"] for l2 in (1e-5, 0.1, 10)]
    assert len({layout["xaxis"]["range"][1] for layout in layouts}) == 1


@pytest.mark.parametrize("n", [30, 1000])
@pytest.mark.parametrize("l2", [1e-5, 0.01, 10.0])
def test_the_identity_holds_in_every_row_and_the_fit_has_the_least_of_both(n: int, l2: float) -> None:
    rows = [[float(cell.replace("−", "-")) for cell in row[1:]] for row in
            information_prior.identity(n, l2, T).rows]  # fmt: skip
    for like, prior, total, scaled, constant in rows:
        assert like + prior == pytest.approx(total, abs=2e-5)
        assert total - scaled == pytest.approx(constant, abs=2e-5)
        assert constant == pytest.approx(3 * log(2 * np.pi / (l2 * n)), abs=1e-5)
    assert min(range(4), key=lambda at: rows[at][2]) == min(range(4), key=lambda at: rows[at][3]) == 2


# ---- sureness


@pytest.mark.parametrize("t", [T, KO], ids=["en", "ko"])
@pytest.mark.parametrize("n", [int(n) for n in PARAMETERS["samples"].options])
def test_the_sweep_is_valid_at_both_ends_and_in_the_middle(n: int, t: object) -> None:
    for l2 in (1e-5, 0.02, 10.0):
        valid(sweep.chain(n, l2, t))
        valid(reliability.reliability(n, l2, t))
    valid(halving.halving(t))


def test_every_classifier_of_the_sweep_is_at_its_optimum() -> None:
    for n in (30, 100, 300, 1000):
        for found in fits.sweep(n):
            assert found.fit.gradient < 1e-8
            data = fits.training(n)
            total = objective(found.fit.params, data, "cross_entropy", found.fit.l2).total
            assert total == found.fit.objective.total


def test_the_dots_are_the_numbers_of_the_chosen_penalty() -> None:
    here = fits.at(30, 0.02)
    picture = sweep.chain(30, 0.02, T)
    figure = valid(picture)
    dots = [trace.y[0] for trace in figure.data if trace.mode == "markers"]
    assert dots == [here.fit.norm, here.entropy, here.confidence, here.accuracy]
    row = next(row for row in picture.table.rows if row[0] == "0.02")
    assert row[1:3] == [shown(here.fit.norm), shown(here.entropy)]
    for dot, curve in zip(dots, figure.data[:4], strict=True):
        assert dot == pytest.approx(curve.y[fits.place(0.02)], abs=1e-5)


def test_the_reliability_bars_are_the_bins() -> None:
    here = fits.at(30, 1e-5)
    right, gap, _ = valid(reliability.reliability(30, 1e-5, T)).data
    for bin_, accuracy, base, height in zip(here.bins, right.y, gap.base, gap.y, strict=True):
        assert accuracy == pytest.approx(bin_.accuracy, abs=1e-5)
        assert sorted([base, base + height]) == pytest.approx(
            sorted([bin_.accuracy, bin_.confidence]), abs=2e-5
        )
    assert sum(bin_.count for bin_ in here.bins) == fits.UNSEEN


@pytest.mark.parametrize("t", [T, KO], ids=["en", "ko"])
@pytest.mark.parametrize("l2", [1e-5, 0.02, 10.0])
@pytest.mark.parametrize("n", [30, 1000])
def test_the_counts_written_in_the_reliability_bars_are_all_the_predictions(
    n: int, l2: float, t: object
) -> None:
    _, *counts = valid(reliability.reliability(n, l2, t)).layout.annotations
    assert sum(int(each.text) for each in counts) == fits.UNSEEN
    assert len({each.x for each in counts}) == len(fits.at(n, l2).bins)


def test_the_halved_scores_are_the_notes_own_numbers() -> None:
    rows = halving.halving(T).table.rows
    assert rows[0][:2] == ["[1, −2, 0]", "[0.7054, 0.03512, 0.2595]"]
    assert rows[1][:2] == ["[0.5, −1, 0]", "[0.5465, 0.122, 0.3315]"]


def test_the_ladder_of_the_slider_is_the_sweep() -> None:
    assert tuple(map(float, L2_LADDER)) == fits.L2S
    assert tuple(map(fits.written, fits.L2S)) == L2_LADDER


@pytest.mark.parametrize(
    ("exponent", "written"), [(-99.0, "0.00001"), (-5.2, "0.00001"), (-1.95, "0.01"), (0.4, "2"), (99, "10")]
)
def test_a_click_finds_the_closest_penalty(exponent: float, written: str) -> None:
    assert L2_LADDER[fits.nearest(exponent)] == written


def test_half_the_weights_are_found_where_there_are_any() -> None:
    here, half = fits.at(30, 1e-5), fits.halved(30, 1e-5)
    assert half is not None
    assert half.fit.norm / here.fit.norm == pytest.approx(0.5, abs=0.1)
    assert half.fit.l2 > here.fit.l2
    assert fits.halved(30, 10.0) is None


@pytest.mark.parametrize("n", [30, 100, 300, 1000])
def test_the_verdict_goes_from_too_sure_to_too_shy_with_the_penalty(n: int) -> None:
    verdicts = [fits.verdict(fits.checked(n, l2)) for l2 in fits.L2S]
    order = {"over": 0, "uneven": 1, "fair": 1, "under": 2}
    assert verdicts == sorted(verdicts, key=order.__getitem__)
    named = {30: {1e-5: "over", 0.02: "uneven", 1.0: "under"}, 300: {0.01: "fair"}}.get(n, {})
    assert {l2: verdicts[fits.place(l2)] for l2 in named} == named


def test_a_block_is_labelled_where_the_label_has_room() -> None:
    """A name and a length take about a tenth of the picture, and of a phone's a fifth."""
    figure = codes.code_lengths(beliefs([0.5, 0.33, 0.12, 0.05], [0.25] * 4, 0.0, "bit"), T).figure
    wide, phone = figure["layout"]["annotations"], figure["narrow"]["annotations"]
    assert [note["x"] for note in wide] == pytest.approx([0.25, 0.665, 0.89])
    assert phone == wide[:2]


@pytest.mark.parametrize("n", [100, 300, 1000, 3000])
def test_no_note_of_a_cross_leaves_the_picture(n: int) -> None:
    """It is less than a third as wide as the narrowest picture that has notes."""
    found = valid(likelihood.falling(likelihood.runs(n), T)).layout.annotations
    assert found
    for note in found:
        left = note.x / n - (0.3 if note.xanchor == "right" else 0)
        assert 0 <= left <= 0.7, note.text
