"""Why does softmax break, and what repairs it? Shifting is not enough: the float32 loss is infinite."""

import streamlit as st

from lessons.stability import bugs, causes, predictions, reference, sure
from lessons.stability.pictures import divergence, failures, numbers
from softmax_core import softmax_steps
from softmax_core.numerics import safe_shift_interval
from ui import blocks, controls, formulas
from ui.numerals import numeral
from ui.page import open_page
from ui.stage import Frames, stage
from ui.text import N_
from ui.typed import MAX_SCORE

NOTE = (123.0, 456.0, 789.0)
SCENES = {
    N_("The note's scores"): {"f": "123, 456, 789", "dtype": "float64", "logc": 0.0},
    N_("The same in float32"): {"f": "123, 456, 789", "dtype": "float32", "logc": 0.0},
    N_("Small scores in float16"): {"f": "10, 11, 12", "dtype": "float16", "logc": 0.0},
    N_("Very negative"): {"f": "-1000, -1001, -1002", "dtype": "float64", "logc": 0.0},
    N_("Far apart"): {"f": "0, 500, 1000", "dtype": "float64", "logc": -500.0},
    N_("Almost certain"): {"f": "10, -100, -100", "dtype": "float64", "logc": 0.0},
    N_("A safe row"): {"f": "1, 2, 3", "dtype": "float64", "logc": 0.0},
}

page = open_page("stability")
t = page.t

# ---- explain
words, picture = st.columns([5, 6], gap="large")
with picture:
    stage("ranges", numbers.ranges(NOTE, "float64", t), t)
with words:
    page.say("explain")

# ---- interact: scores, format, algorithm
page.section(N_("Break it and repair it"), "interact")
page.say("interact")
setting, outcome = st.columns([4, 7], gap="large")
with setting:
    scores = controls.scores("f", t)
    dtype = controls.choice("dtype", t)
    low, high = causes.ends_of_exp(dtype)
    page.say("limits", dtype=dtype, high=high, low=low)
    controls.scenes(SCENES, t, "scene")
    st.markdown(failures.rounded_scores(scores, dtype, t))
with outcome:
    result = failures.comparison(scores, dtype, t)
    st.caption(t("Where this table is wider than the screen, it scrolls sideways."))
    blocks.table(
        result.table, t("Every step of three ways to compute softmax, and the results of softmax_core")
    )
with st.container(key="stability-notes"):  # as high as its longest words, so that nothing below it moves
    st.markdown("\n\n".join(result.notes))
    surest, figures = sure.surest(scores, dtype)
    st.markdown(f"{page.text('sure')} {page.text(surest, **figures)}")


@st.fragment
def choose_a_shift() -> None:
    safe = safe_shift_interval(scores, dtype)
    drawing, setting = st.columns([7, 4], gap="large")
    with setting:
        page.say("shift")
        log_c = controls.slider("logc", t)
        controls.scenes(
            {
                "log C = −max": {"logc": safe.minus_max},
                "log C = +max": {"logc": -safe.minus_max},
            },
            t,
            "shift",
        )
        steps = softmax_steps(scores, "free_shift", dtype, log_c)
        st.markdown(numbers.safe_words(safe, t))
        st.markdown(f"**log C = {numeral(log_c)}:** {failures.outcome(steps, t)}")
        page.say("lost-sign")
    with drawing:
        stage(
            "shift",
            numbers.shift(scores, dtype, log_c, MAX_SCORE, t),
            t,
            on_move=lambda _id, _x, y: controls.set_values({"logc": y}),
        )


page.section(N_("Choose log C yourself"), "shift")
choose_a_shift()


@st.fragment
def watch() -> None:
    names = failures.algorithm_names(t)
    film = Frames(
        id=f"{dtype} {scores}",
        total=divergence.FRAMES,
        traces=divergence.moving_traces(),
        chunk=lambda steps: divergence.frames(scores, dtype, steps),
        at=divergence.FRAMES - 1,
    )
    stage("film", divergence.divergence(scores, dtype, names, t), t, frames=film)


page.section(N_("Watch them diverge"), "watch")
page.say("watch")
watch()

page.section(N_("Spot the bug"), "bugs")
page.say("bugs")
st.fragment(bugs.spot_the_bug)(page)

# ---- show the computation
page.section(N_("The computation, with these numbers"), "computation")
classes = [str(index) for index in range(len(scores))]
label = controls.pick_class("y", classes, t, default=0) or 0
run = softmax_steps(scores, "shifted", dtype)
by_logs = softmax_steps(scores, "logsumexp", dtype)
shares, losses = st.columns(2, gap="large")
with shares:
    page.say("computation-shares", dtype=dtype)
    st.latex(formulas.shifted_scores(run.shift, run.shifted.tolist()))
    st.latex(formulas.powers(run.shifted.tolist(), run.exponentials.tolist(), run.total))
with losses:
    page.say("computation-losses", dtype=dtype)
    own = [float(values[label]) for values in (run.exponentials, run.probs, run.losses)]
    st.latex(formulas.log_of_share(classes[label], own[0], run.total, own[1], own[2]))
    shifted, loss = float(by_logs.shifted[label]), float(by_logs.losses[label])
    log_total = float(by_logs.losses.min())
    st.latex(formulas.log_of_sum(classes[label], shifted, by_logs.total, log_total, loss))
forms, in_each_format = st.columns(2, gap="large")
with forms:
    page.say("two-forms", label=label)
with in_each_format:
    blocks.table(
        failures.two_forms(scores, label, t), t("The loss in its two written forms, and by softmax_core")
    )
blocks.code_that_ran(page, reference.STEPS)

# ---- check yourself
page.section(N_("Check yourself"), "check")
st.fragment(predictions.stability)(page, scores, dtype)
