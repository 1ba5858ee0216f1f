"""What to do when a run blows up, or jumps to and fro: said in words, with a way out as a button."""

from __future__ import annotations

import streamlit as st

from charts.numerals import numeral
from charts.train.view import run_names
from softmax_core import TrainHistory
from softmax_core.training import Divergence, RateTrial, stable_limit, tried_rate, trouble
from ui import controls
from ui.blocks import Page
from ui.parameters import RATES
from ui.text import Language
from ui.train.session import Training, begin_again, replay_slowly

_BEFORE = 20
_ADVICE = "train-advice"
_IDLE = "idle"


def coach(page: Page, now: Training) -> None:
    """A word on the runs that do not go well where the reader is, and one way out for both of them."""
    found = [_trouble(run, min(now.step, run.head.step)) for run in now.lock.histories]
    if not any(found):
        return
    ill = any(what not in (None, _IDLE) for what in found)
    trial = _tried(now) if ill else None
    words = [_said(page, now, run, what, trial) for run, what in enumerate(found) if what]
    with st.container(key="train-coach", gap="small"):
        if not ill:
            st.info("  \n".join(words), icon=":material/info:")
            return
        blown = [run for run, what in enumerate(found) if what == "blown up"]
        words.append(_outcome(page, now, trial))
        if blown:
            st.error("  \n".join(words), icon=":material/explosion:")
        else:
            st.warning("  \n".join(words), icon=":material/swap_vert:")
        with st.container(horizontal=True):
            _ways_out(page.t, now, blown, trial)


def _trouble(history: TrainHistory, step: int) -> str | None:
    """What goes wrong there; `_IDLE` if a hinge with a margin of 0 jumps.

    It is 0 where all scores are equal, and near there every step size jumps. The squared hinge flattens
    towards 0, so that small steps come to rest on it.
    """
    found = trouble(history, step)
    asks_nothing = history.config.loss == "weston_watkins" and history.config.margin == 0
    return _IDLE if found == "jumping" and asks_nothing else found


def _said(page: Page, now: Training, run: int, what: str, trial: RateTrial | None) -> str:
    if what == _IDLE:
        return page.text("coach-zero-margin", run=run_names(page.t)[run])
    history = now.lock.histories[run]
    live = {"run": run_names(page.t)[run], "rate": numeral(now.segment.rate)}
    if what == "blown up":
        fault = history.head.divergence
        assert fault is not None  # noqa: S101 - for the type checker
        words = page.text("coach-diverged", step=fault.step, fault=what_happened(fault, page.t), **live)
    elif what == "climbing":
        words = page.text("coach-climbing", **live)
    else:
        kinks = history.config.loss == "weston_watkins"
        words = page.text("coach-swinging-hinge" if kinks else "coach-swinging", **live)
    limit = _limit(now, history, trial)
    return words if limit is None else f"{words} {page.text('coach-limit', limit=numeral(limit, 3))}"


def _limit(now: Training, history: TrainHistory, trial: RateTrial | None) -> float | None:
    """What the curvature allows, where that explains both the trouble and the way out."""
    limit = stable_limit(history)
    explains = limit is not None and trial is not None and trial.rate <= limit < now.segment.rate
    return limit if explains else None


def _outcome(page: Page, now: Training, trial: RateTrial | None) -> str:
    if trial is None:
        return page.text("coach-nothing-hidden" if now.scene.model == "hidden" else "coach-nothing")
    (softmax, svm), (softmax_end, svm_end) = trial.before, trial.after
    return page.text(
        "coach-tried",
        rate=numeral(trial.rate),
        steps=trial.steps,
        softmax=numeral(softmax, 3),
        softmax_end=numeral(softmax_end, 3),
        svm=numeral(svm, 3),
        svm_end=numeral(svm_end, 3),
    )


def _ways_out(t: Language, now: Training, blown: list[int], trial: RateTrial | None) -> None:
    if trial is not None:
        st.button(
            t("Begin again with η = {rate}", rate=numeral(trial.rate)),
            key="train-rate",
            on_click=_take,
            args=(_rung(trial.rate),),
            icon=":material/healing:",
        )
    if blown:
        st.button(
            t("Back {steps} steps, in slow motion", steps=_BEFORE),
            key="train-slow",
            on_click=replay_slowly,
            args=(min(now.lock.histories[run].head.step for run in blown) - _BEFORE,),
            icon=":material/slow_motion_video:",
        )
    if not now.looks.log:
        st.button(
            t("Loss on a logarithmic axis"),
            key="train-log",
            on_click=controls.set_values,
            args=({"axis": "log"},),
            icon=":material/show_chart:",
        )


def _take(rate: str) -> None:
    controls.set_values({"rate": rate})
    begin_again()


def _rung(rate: float) -> str:
    return next(option for option in RATES if float(option) == rate)


def _tried(now: Training) -> RateTrial | None:
    """Found once for each branch: it tries step sizes out."""
    kept = st.session_state.setdefault(_ADVICE, {})
    name = (now.number, now.scene)
    if name not in kept:
        kept.clear()
        smaller = [float(option) for option in RATES if float(option) < now.segment.rate]
        kept[name] = tried_rate(now.lock.histories, smaller, now.scene.n_steps)
    found: RateTrial | None = kept[name]
    return found


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
