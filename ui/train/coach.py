"""What to do when a run blows up, or jumps to and fro: said in words, with a way out as a button."""

from __future__ import annotations

import streamlit as st

from charts.numerals import numeral
from charts.train.view import RUNS
from softmax_core import TrainHistory
from softmax_core.training import Divergence, RateAdvice, rate_advice, step_verdict
from ui import controls
from ui.blocks import Page
from ui.parameters import RATES
from ui.text import Language
from ui.train.session import Training, begin_again, replay_slowly

_BEFORE = 20
_ADVICE = "train-advice"


def coach(page: Page, now: Training) -> None:
    """A word on each run that does not go well where the reader is."""
    for run, history in enumerate(now.lock.histories):
        step = min(now.step, history.head.step)
        verdict = step_verdict(history, step).verdict
        if verdict == "stable":
            continue
        if history.head.status == "DIVERGED" and step == history.head.step:
            _blown_up(page, now, run, history)
        elif verdict == "diverging":
            _warn(page, now, run, "coach-climbing")
        elif history.segment_at(step).config.full_batch:
            _warn(page, now, run, "coach-swinging")


def _blown_up(page: Page, now: Training, run: int, history: TrainHistory) -> None:
    t, fault = page.t, history.head.divergence
    assert fault is not None  # noqa: S101 - for the type checker
    advice = _advice(now, run)
    live = {
        "run": RUNS[run],
        "step": fault.step,
        "fault": what_happened(fault, t),
        "rate": numeral(_rate(now)),
    }
    st.error(
        page.text("coach-diverged", limit=numeral(advice.limit.rate, 3), **live), icon=":material/explosion:"
    )
    with st.container(horizontal=True):
        st.button(
            t("Back {steps} steps, in slow motion", steps=_BEFORE),
            key=f"train-slow-{run}",
            on_click=replay_slowly,
            args=(fault.step - _BEFORE,),
            icon=":material/slow_motion_video:",
        )
        _way_out(t, run, advice)


def _warn(page: Page, now: Training, run: int, section: str) -> None:
    advice = _advice(now, run)
    st.warning(
        page.text(section, run=RUNS[run], rate=numeral(_rate(now)), limit=numeral(advice.limit.rate, 3)),
        icon=":material/swap_vert:",
    )
    _way_out(page.t, run, advice)


def _way_out(t: Language, run: int, advice: RateAdvice) -> None:
    rate = on_the_ladder(advice.rate)
    st.button(
        t("Begin again with η = {rate}", rate=rate.replace("-", "−")),
        key=f"train-rate-{run}",
        on_click=_take,
        args=(rate,),
        icon=":material/healing:",
    )


def _take(rate: str) -> None:
    controls.set_values({"rate": rate})
    begin_again()


def on_the_ladder(rate: float) -> str:
    """The largest step size that can be chosen and is not beyond this one; else the smallest."""
    return next((option for option in reversed(RATES) if float(option) <= rate), RATES[0])


def _rate(now: Training) -> float:
    return now.segment.rate


def _advice(now: Training, run: int) -> RateAdvice:
    """Found once for each branch: it tries step sizes out."""
    kept = st.session_state.setdefault(_ADVICE, {})
    name = (now.number, run, now.lock.histories[run].head.status)
    if name not in kept:
        kept.clear()
        kept[name] = rate_advice(now.lock.histories[run])
    advice: RateAdvice = kept[name]
    return advice


def what_happened(fault: Divergence, t: Language) -> str:
    """The first quantity that went wrong."""
    value = numeral(fault.value, 3)
    if fault.kind == "runaway":
        return t(
            "the gradient had become {value} long, beyond {limit}", value=value, limit=numeral(fault.limit, 3)
        )
    if fault.quantity == "parameters":
        return t("the parameter {name} had become {value}", name=str(fault.name), value=value)
    if fault.quantity == "gradient":
        return t("the gradient of {name} had become {value}", name=str(fault.name), value=value)
    if fault.quantity == "hidden":
        return t("a hidden unit had become {value}", value=value)
    if fault.quantity == "scores":
        return t("a score had become {value}", value=value)
    return t("a loss had become {value}", value=value)
