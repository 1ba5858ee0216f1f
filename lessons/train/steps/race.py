"""Two runs that learn before the reader's eyes, and which of them ever stops."""

from __future__ import annotations

import streamlit as st

from lessons.train import predictions, stations, trials
from lessons.train.course import Course, course, margin
from lessons.train.pictures import race
from lessons.train.pictures.numbers import percent
from ui.claims import first_true
from ui.numerals import numeral
from ui.page import Page
from ui.stage import Frames, stage
from ui.step import beside
from ui.text import Language

_WIDE, _ASKING = (4, 11), (5, 9)
_GROWS = 30  # every doubling of the steps from 60 on takes a second
_BEFORE = 10  # the question stands at a tenth of the steps


def play(page: Page) -> None:
    """The same points, the same steps, two losses."""
    _race(page, stations.SHORT, "train-race", lengths=False)


def stops(page: Page) -> None:
    """Without a penalty the hinge stops, and cross-entropy goes on for ever."""
    _race(page, stations.LONG, "train-long", lengths=True)


@st.fragment
def _race(page: Page, n_steps: int, key: str, lengths: bool) -> None:
    """Words beside a film, which follow where it rests."""
    t, far = page.t, course(stations.far(n_steps))
    left, right = beside(*(_ASKING if lengths else _WIDE))
    with left:
        page.say("stops" if lengths else "begin")
        told = predictions.growth(page, far) if lengths else True
    with right:
        if told:
            picture, film = race.picture(far, lengths, t), _film(far, key, lengths, t)
            stage(key, picture, t, frames=film, on_rest=_rest)
        else:
            stage(f"{key}-still", race.picture(far, lengths, t, race.Still(n_steps // _BEFORE)), t)
    step = int(st.session_state.get(f"{key}-at", 0))
    if told and step:
        with right if lengths else left:
            st.markdown((tell_of_margins if lengths else tell)(page, far, step))


def _rest(_step: int) -> None:
    """The words are drawn anew with the film."""


def _film(far: Course, key: str, lengths: bool, t: Language) -> Frames:
    last = far.scene.n_steps
    first = last // _BEFORE if lengths else 0
    asked = lengths and st.session_state.get(f"{key}-at", first) == first
    return Frames(
        id=key,
        total=last + 1,
        traces=(),
        chunk=lambda steps: race.frames(far, steps, lengths, t),
        at=first,
        player="full",
        step_words=t("training, step {step}"),
        grows=_GROWS,
        plays=asked,  # from where the question stood the picture tells the answer by itself
    )


def tell(page: Page, far: Course, step: int) -> str:
    """How far apart the two are, and who still pulls."""
    softmax, svm = (state.gradient_norm for state in far.lock.at(step))
    stop, apart = far.stopped(1), far.apart(step)
    live = {
        "step": step,
        "share": percent(apart),
        "softmax": numeral(softmax, 2),
        "svm": numeral(svm, 2),
        "stop": stop,
    }
    section = first_true(
        {
            "race-stopped": stop is not None and step >= stop and softmax > 0,
            "race-pulling": softmax > 0 and svm > 0,
        }
    )
    said = [page.text("race-apart", **live)] if apart else []
    return "\n\n".join([*said, page.text(section, **live)] if section else said)


def tell_of_margins(page: Page, far: Course, step: int) -> str:
    """How the smallest lead, for weights of length 1, goes on growing in the one and not in the other."""
    before, now = ([margin(state, far.view) for state in far.lock.at(at)] for at in (step // 10, step))
    stop = far.stopped(1)
    live = {
        "step": step,
        "before": step // 10,
        "softmax_before": numeral(before[0], 3),
        "softmax": numeral(now[0], 3),
        "svm": numeral(now[1], 3),
        "stop": stop,
    }
    section = first_true(
        {
            "margin-grows": trials.goes_on(far)
            and stop is not None
            and step // 10 >= stop
            and now[0] > before[0] > 0
        }
    )
    return page.text(section, **live) if section else tell(page, far, step)
