"""What to do when a run blows up, or does not settle: said in words, with a way out as a button."""

from __future__ import annotations

import streamlit as st

from lessons.train import faults, trials
from lessons.train.faults import Fault
from lessons.train.session import KEY, Training, begin_again, replay_slowly
from lessons.train.settings import RATES
from lessons.train.view import run_names
from softmax_core.training import Divergence, RateTrial, tried_rate
from ui import controls
from ui.numerals import numeral
from ui.page import Page
from ui.text import Language

_BEFORE = 20
_ADVICE = "train-advice"


def coach(page: Page, now: Training, ways_out: bool = True) -> None:
    """A word on the runs that do not go well where the reader is, and one way out for both of them."""
    found = [faults.fault(run, min(now.step, run.head.step)) for run in now.lock.histories]
    if not any(found):
        return
    ill = any(each.is_one for each in found if each)
    trial = _tried(now) if ill else None
    words = [said(page, now, run, each, trial) for run, each in enumerate(found) if each]
    with st.container(key=f"{now.key}-coach", gap="small"):
        if not ill:
            st.info("  \n".join(words), icon=":material/info:")
            return
        blown = [run for run, each in enumerate(found) if each and each.kind == "diverged"]
        words.append(outcome(page, now, trial))
        if blown:
            st.error("  \n".join(words), icon=":material/explosion:")
        else:
            st.warning("  \n".join(words), icon=":material/swap_vert:")
        if ways_out:
            with st.container(horizontal=True):
                _ways_out(page.t, now, blown, trial)


def penalty(page: Page, now: Training) -> None:
    """What the SVM is without its penalty."""
    if not now.segment.l2:
        page.say("no-penalty")


def said(page: Page, now: Training, run: int, found: Fault, trial: RateTrial | None) -> str:
    """What goes wrong in a run, and why, where that is known."""
    live = {
        "run": run_names(page.t)[run],
        "rate": numeral(found.rate),
        "rises": found.rises,
        "steps": found.steps,
        "first": numeral(found.first),
        "last": numeral(found.last),
    }
    if found.kind == "diverged" and found.end is not None:
        live |= {"step": found.end.step, "fault": what_happened(found.end, page.t)}
    words = [page.text(f"coach-{found.kind}", **live)]
    if found.by_kinks:
        words.append(page.text("coach-kinks"))
    allowed = faults.limit(now.lock.histories[run], found, trial)
    if allowed is not None:
        words.append(page.text("coach-limit", limit=numeral(allowed, 3)))
    return " ".join(words)


def outcome(page: Page, now: Training, trial: RateTrial | None) -> str:
    """What came out of trying smaller step sizes."""
    if trial is None:
        if not _smaller(now):
            return page.text("coach-smallest")
        return page.text("coach-nothing-hidden" if now.scene.model == "hidden" else "coach-nothing")
    (softmax, svm), (softmax_end, svm_end) = trial.before, trial.after
    return page.text(
        "coach-tried",
        rate=numeral(trial.rate),
        steps=trial.steps,
        softmax=numeral(softmax),
        softmax_end=numeral(softmax_end),
        svm=numeral(svm),
        svm_end=numeral(svm_end),
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
        step = max(0, min(now.lock.histories[run].head.step for run in blown) - _BEFORE)
        st.button(
            t("Back to step {step}, in slow motion", step=step),
            key="train-slow",
            on_click=replay_slowly,
            args=(step,),
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
    if now.key != KEY:
        return trials.tried(now.scene, tuple(_smaller(now)))
    kept = st.session_state.setdefault(_ADVICE, {})
    name = (now.number, now.scene)
    if name not in kept:
        kept.clear()
        kept[name] = tried_rate(now.lock.histories, _smaller(now), now.scene.n_steps)
    found: RateTrial | None = kept[name]
    return found


def _smaller(now: Training) -> list[float]:
    """The step sizes of the control below the present one."""
    return [float(option) for option in RATES if float(option) < now.segment.rate]


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
