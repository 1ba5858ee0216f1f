"""The steps of the lesson on stability: each draws its question, its controls and its picture."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lessons.stability import causes, forbidden, predictions, reference, safe, sure
from lessons.stability.pictures import burst as bursting
from lessons.stability.pictures import divergence, failures, line
from lessons.stability.pictures import sure as curves
from lessons.stability.pictures.ranges import ranges
from softmax_core import DTYPES, float_limits, softmax_steps
from softmax_core.numerics import FormatName, safe_shift_interval
from ui import blocks, controls, formulas
from ui.charts.picture import Picture
from ui.numerals import numeral
from ui.page import Page
from ui.stage import Frames, stage
from ui.step import beside, by_itself
from ui.text import N_

NARROW: FormatName = "float32"  # the format of what is asked
STILL = 3.0  # the score before the question is answered
BURST = 89.0
CLOSE = (98.0, 99.0, 100.0)
MOST = 250.0  # the end of the slider "minus"
NOTES = (123.0, 456.0, 789.0)
SCENES = {
    N_("The note's scores"): {"f": "123, 456, 789", "dtype": "float64", "logc": 0.0},
    N_("The same in float32"): {"f": "123, 456, 789", "dtype": "float32", "logc": 0.0},
    N_("Small scores in float16"): {"f": "10, 11, 12", "dtype": "float16", "logc": 0.0},
    N_("Very negative"): {"f": "-1000, -1001, -1002", "dtype": "float64", "logc": 0.0},
    N_("Far apart"): {"f": "0, 500, 1000", "dtype": "float64", "logc": -500.0},
    N_("Almost certain"): {"f": "10, -100, -100", "dtype": "float64", "logc": 0.0},
    N_("A safe row"): {"f": "1, 2, 3", "dtype": "float64", "logc": 0.0},
    N_("A forbidden class"): {"f": "-inf, 1, 2", "dtype": "float64", "logc": 0.0},
}


def burst(page: Page) -> None:
    """Predict where exp bursts; then drag a score up to there."""
    left, right = beside()
    with left:
        page.say("burst")
        verdict = predictions.limit(page, NARROW)
    if verdict:
        controls.once("stability-burst", {"top": BURST})
    _burst(page, left if verdict else None, right)


@by_itself("stability-burst-score")
def _burst(page: Page, left: DeltaGenerator | None, right: DeltaGenerator) -> None:
    t, top = page.t, STILL
    if left is not None:
        with left:
            top = controls.slider("top", t)
    steps = softmax_steps((1.0, 2.0, top), "naive", NARROW)
    with right:
        stage("burst", bursting.burst(steps, t), t)
    if left is not None:
        st.markdown(f"**f = {numeral(top)}:** {failures.outcome(steps, t)}")


def subtract(page: Page) -> None:
    """Slide three points together until exp can hold them."""
    t = page.t
    left, right = beside()
    with left:
        page.say("subtract")
        minus = controls.slider("minus", t)
        controls.scenes({N_("Subtract the maximum"): {"minus": max(CLOSE)}}, t, "stability-minus")
        steps = softmax_steps(CLOSE, "free_shift", NARROW, -minus)
        st.markdown(f"**log C = {numeral(-minus)}:** {failures.outcome(steps, t)}")
    with right:
        ends = line.span(CLOSE, NARROW, -MOST, 0.0)
        _on_a_line("subtract", page, line.line(steps, ends, t, line.probabilities(steps, t)))
    page.say("any-c")


def loss(page: Page) -> None:
    """Predict whether the shift repairs the loss too."""
    t, scores = page.t, _scores(page)
    scores = scores if len(forbidden.allowed(scores)) > 1 else NOTES
    label = predictions.lowest_of(scores)
    steps, by_logs = (softmax_steps(scores, name, NARROW) for name in ("shifted", "logsumexp"))
    results = None
    left, right = beside()
    with left:
        if predictions.shifted_loss(page, scores, NARROW):
            page.say("by-logs")
            losses = [float(each.losses[label]) for each in (steps, by_logs)]
            title = t("Loss of class {label}", label=label)
            results = line.Results(title, ["−log p", "log-sum-exp"], losses)
    with right:
        ends = line.span([max(scores)], NARROW, min(forbidden.allowed(scores)) - 2 * max(scores), 0.0)
        _on_a_line("loss", page, line.line(steps, ends, t, results))


def nans(page: Page) -> None:
    """Predict how many probabilities are lost."""
    scores, dtype = _scores(page), controls.coming("dtype")
    left, right = beside()
    with left:
        predictions.naive_nans(page, scores, "float16" if dtype == NARROW else NARROW)
    with right:
        stage("nans", ranges(scores, dtype, page.t), page.t)


def table(page: Page) -> None:
    """Every intermediate of three ways to compute it."""
    t = page.t
    setting, words = beside()
    with setting:
        scores = controls.scores("f", t)
        dtype = _format(controls.choice("dtype", t))
        st.markdown(failures.rounded_scores(scores, dtype, t))
        st.markdown(forbidden.words(scores, t))
    with words:
        page.say("interact")
        controls.scenes(SCENES, t, "scene")
    result = failures.comparison(scores, dtype, t)
    st.caption(t("Where this table is wider than the screen, it scrolls sideways."))
    blocks.table(
        result.table, t("Every step of three ways to compute softmax, and the results of softmax_core")
    )
    st.markdown("\n\n".join(result.notes))


def shift(page: Page) -> None:
    """Predict what the lost sign does; then any log C."""
    scores, dtype = _scores(page), controls.coming("dtype")
    asks = predictions.highest(scores, dtype) > 0
    left, right = beside()
    with left:
        is_open = not asks or predictions.lost_sign(page, scores, dtype) is not None
        if is_open:
            page.say("lost-sign" if asks else "no-sign")
    if is_open:
        minus_max = safe_shift_interval(scores, dtype).minus_max
        controls.once("stability-sign", {"logc": -minus_max} if asks else {})
    _shifted(page, scores, dtype, left if is_open else None, right)


@by_itself("stability-shifted")
def _shifted(
    page: Page, scores: Sequence[float], dtype: FormatName, left: DeltaGenerator | None, right: DeltaGenerator
) -> None:
    t, log_c = page.t, 0.0
    allowed, most = safe_shift_interval(scores, dtype), line.reach(scores, dtype)
    if left is not None:
        with left:
            log_c = controls.slider("logc", t, most)
    steps = softmax_steps(scores, "free_shift", dtype, log_c)
    with right:
        results = line.probabilities(steps, t) if left is not None else None
        _on_a_line("shift", page, line.line(steps, line.span(scores, dtype, -most, most), t, results))
        if left is not None:
            ends = {"log C = −max": allowed.minus_max, "log C = 0": 0.0, "log C = +max": -allowed.minus_max}
            controls.scenes({label: {"logc": end} for label, end in ends.items()}, t, "shift")
            st.markdown(f"**log C = {numeral(log_c)}:** {failures.outcome(steps, t)}")
            st.markdown(safe.safe_words(allowed, t, bool(forbidden.forbidden(scores))))


def formats(page: Page) -> None:
    """Which formats break, and what is a limit of exp."""
    t = page.t
    left, right = beside()
    with left:
        scores = controls.scores("f", t)
        dtype = _format(controls.choice("dtype", t))
        low, high = causes.ends_of_exp(dtype)
        page.say("limits", dtype=dtype, high=high, low=low)
        page.say("two-limits", dtype=dtype, high=high, largest=numeral(float_limits(dtype).max))
        st.markdown(failures.rounded_scores(scores, dtype, t))
        st.markdown(forbidden.words(scores, t))
    with right:
        stage("ranges", ranges(scores, dtype, t), t)
        label = predictions.lowest_of(scores)
        blocks.table(failures.in_each_format(scores, label, t), t("What each format makes of these scores"))


def film(page: Page) -> None:
    """The scores grow until they break."""
    t, scores, dtype = page.t, _scores(page), controls.coming("dtype")
    page.say("watch")
    names = failures.algorithm_names(t)
    frames = Frames(
        id=f"{dtype} {scores}",
        total=divergence.FRAMES,
        traces=divergence.moving_traces(),
        chunk=lambda steps: divergence.frames(scores, dtype, steps),
        at=divergence.beginning(tuple(scores), dtype),
    )
    stage("film", divergence.divergence(scores, dtype, names, t), t, frames=frames)


def sure_class(page: Page) -> None:
    """What log-sum-exp loses of a small loss, and log1p keeps."""
    t = page.t
    left, right = beside()
    with left:
        lead = controls.slider("sure", t)
        dtype = _format(controls.choice("dtype", t))
        section, figures = sure.surest(curves.scores_of(lead), dtype)
        page.say(section, **figures)
        page.say("sure")
    with right:
        stage("sure-loss", curves.sure_loss(lead, dtype, t), t)
        controls.scenes({"[10, −100, −100]": {"sure": 110.0, "dtype": "float64"}}, t, "sure-scene")


def computation(page: Page) -> None:
    """The computation with the reader's numbers, step by step."""
    t, scores, dtype = page.t, _scores(page), controls.coming("dtype")
    classes = [str(index) for index in range(len(scores))]
    label = controls.pick_class("y", classes, t, default=0) or 0
    run, by_logs = (softmax_steps(scores, name, dtype) for name in ("shifted", "logsumexp"))
    probabilities, losses = st.columns(2, gap="large")
    with probabilities:
        page.say("computation-shares", dtype=dtype)
        st.latex(formulas.shifted_scores(run.shift, run.shifted.tolist()))
        st.latex(formulas.powers(run.shifted.tolist(), run.exponentials.tolist(), run.total))
    with losses:
        page.say("computation-losses", dtype=dtype)
        own = [float(values[label]) for values in (run.exponentials, run.probs, run.losses)]
        st.latex(formulas.log_of_probability(classes[label], own[0], run.total, own[1], own[2]))
        shifted, result = float(by_logs.shifted[label]), float(by_logs.losses[label])
        log_total = float(by_logs.losses.min())
        st.latex(formulas.log_of_sum(classes[label], shifted, by_logs.total, log_total, result))
    page.say("two-forms", label=label)
    st.markdown(forbidden.words(scores, t))
    blocks.table(
        failures.two_forms(scores, label, t), t("The loss in its two written forms, and by softmax_core")
    )


def code(page: Page) -> None:
    blocks.code_that_ran(page, reference.STEPS)


def _on_a_line(key: str, page: Page, picture: Picture) -> None:
    stage(key, picture, page.t)
    st.caption(page.text("zones"))


def _scores(page: Page) -> Sequence[float]:
    """The reader's scores, for which other steps have the field."""
    return controls.known_scores("f", page.t)


def _format(chosen: str) -> FormatName:
    return next(name for name in DTYPES if name == chosen)
