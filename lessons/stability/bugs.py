"""Spot the bug: small faulty softmaxes as cards, judged by running them."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lessons.stability.pictures.failures import trial
from softmax_core import cross_entropy
from softmax_core.numerics import (
    clipped_log_loss,
    log_of_softmax,
    softmax_clamped_max,
    softmax_global_max,
    softmax_integer_inplace,
    softmax_naive,
    softmax_shifted,
    softmax_twice,
    softmax_wrong_sign,
    try_variant,
)
from ui import blocks, controls
from ui.page import Page
from ui.predict import ask
from ui.step import beside

_SOLVED = "bugs-solved"
_BLANK = "\N{NO-BREAK SPACE}"

INPUTS: Sequence[Any] = (
    [1.0, 2.0, 3.0],
    [123.0, 456.0, 789.0],
    [-1000.0, -1001.0, -1002.0],
    [0.0, 1000.0],
    [10.0, 0.0, 0.0],
    [[1000.0, 1001.0, 1002.0], [0.0, 1.0, 2.0]],
    [3, 2, 3],
)


@dataclass(frozen=True, slots=True)
class Card:
    """A faulty function under a name that does not give it away.

    `lines` has the prose section that answers each statement of the code, top to bottom; `wrong`
    the numbers of those that are to blame; `needs` the section that says what exposes the bug.
    """

    variant: Callable[..., Any]
    name: str
    lines: Sequence[str]
    wrong: frozenset[int]
    needs: str
    helper: Callable[..., Any] | None = None


_AFTER_SHIFT = ("line-exp-innocent", "line-share-innocent")
_HELPER = ("line-shift-innocent", *_AFTER_SHIFT)

CARDS = (
    Card(softmax_naive, "softmax", ("line-exp-bare", "line-share-innocent"), frozenset({0}), "needs-size"),
    Card(softmax_wrong_sign, "softmax", ("line-wrong-sign", *_AFTER_SHIFT), frozenset({0}), "needs-size"),
    Card(softmax_global_max, "softmax", ("line-global-max", *_AFTER_SHIFT), frozenset({0}), "needs-two-rows"),
    Card(softmax_clamped_max, "softmax", ("line-clamped-max", *_AFTER_SHIFT), frozenset({0}), "needs-depth"),
    Card(
        log_of_softmax,
        "log_softmax",
        (*_HELPER, "line-log-of-share"),
        frozenset({3}),
        "needs-spread",
        softmax_shifted,
    ),
    Card(
        softmax_twice,
        "softmax",
        (*_HELPER, "line-first-softmax", "line-second-softmax"),
        frozenset({4}),
        "needs-nothing",
        softmax_shifted,
    ),
    Card(
        softmax_integer_inplace,
        "softmax",
        (
            "line-integer-copy",
            "line-integer-shift",
            "line-integer-exp",
            "line-integer-share",
            "line-return-innocent",
        ),
        frozenset({0, 2}),
        "needs-integers",
    ),
    Card(
        clipped_log_loss,
        "losses",
        (*_HELPER, "line-clip", "line-log-clipped"),
        frozenset({3}),
        "needs-confidence",
        softmax_shifted,
    ),
)


def source(card: Card) -> tuple[str, list[int]]:
    """The card's code, and the numbers of the lines in it that hold a statement."""
    lines: list[str] = []
    statements: list[int] = []
    for function in (card.helper, card.variant):
        if function is None:
            continue
        if lines:
            lines += ["", ""]
        head, *body = _bare(function)
        if function is card.variant:
            head = head.replace(f"def {function.__name__}(", f"def {card.name}(")
        statements += range(len(lines) + 2, len(lines) + 2 + len(body))
        lines += [head, *body]
    return "\n".join(lines), statements


def _bare(function: Callable[..., Any]) -> list[str]:
    """A function's lines without decorator and docstring."""
    text = textwrap.dedent(inspect.getsource(function))
    node = ast.parse(text).body[0]
    if not isinstance(node, ast.FunctionDef):
        raise TypeError(f"{function} is not a plain function")
    lines = text.splitlines()
    return [lines[node.lineno - 1], *lines[node.body[1].lineno - 1 :]]


def spot_the_bug(page: Page) -> None:
    """One card: its code, whose lines are the answers; an input to choose; and the verdict."""
    t = page.t
    left, right = beside()
    with left:
        page.say("bugs")
        solved = st.session_state.get(_SOLVED, frozenset())
        number = controls.choice("bug", t, lambda name: f"{name} ✓" if name in solved else name)
        card = CARDS[int(number) - 1]
        place = f"bug-{number}-input"
        given = st.selectbox(
            t("Which input exposes it?"),
            range(len(INPUTS)),
            index=None,
            key=place,
            format_func=lambda index: str(INPUTS[index]),
            placeholder=t("Choose an input"),
            help=t("Numbers without a point are integers."),
            persist_state=ask.kept(place),
        )
    with right:
        line = _clicked_line(page, card, number)
    ready = line is not None and given is not None
    with left:
        st.button(
            t("Run it"),
            key=f"bug-{number}-run",
            disabled=not ready,
            type="primary",
            on_click=_run,
            args=(number, line, given),
        )
    if line is not None and given is not None and st.session_state.get(_ran(number)) == (line, given):
        _verdict(page, card, line, given, left, right)


def _clicked_line(page: Page, card: Card, number: str) -> int | None:
    """The number of the line that the reader blames: the listing itself is the choice."""
    place, lines = f"bug-{number}-line", source(card)[0].splitlines()
    width = len(str(len(lines)))
    with st.container(key="bug-code"):
        return st.radio(
            page.t("Which line is wrong? Click it."),
            [at for at, text in enumerate(lines, start=1) if text],
            index=None,
            key=place,
            format_func=lambda at: f"`{f'{at:>{width}}  {lines[at - 1]}'.replace(' ', _BLANK)}`",
            persist_state=ask.kept(place),
        )


def _ran(number: str) -> str:
    return f"bug-{number}-ran"


def _run(number: str, line: int, given: int) -> None:
    """Keep what was run, and that a card is solved: by its line and an input that exposes it."""
    st.session_state[_ran(number)] = (line, given)
    card = CARDS[int(number) - 1]
    if is_to_blame(card, line) and not try_variant(card.variant, INPUTS[given]).agrees:
        st.session_state[_SOLVED] = st.session_state.get(_SOLVED, frozenset()) | {number}


def is_to_blame(card: Card, line: int) -> bool:
    """Whether the mistake is in the line of that number."""
    return line in {source(card)[1][statement] for statement in card.wrong}


def _why(card: Card, line: int) -> str:
    """The section that answers a line."""
    statements = source(card)[1]
    return card.lines[statements.index(line)] if line in statements else "line-head-innocent"


def _verdict(
    page: Page, card: Card, line: int, given: int, left: DeltaGenerator, right: DeltaGenerator
) -> None:
    t = page.t
    result = try_variant(card.variant, INPUTS[given])
    floor = f"{float(cross_entropy([1.0, 0.0, 0.0], 0)):.6f}"
    with left:
        if result.agrees:
            ask.show_verdict(t, False, t("On this input both agree.") + " " + page.text(card.needs))
        else:
            ask.show_verdict(t, True, t("They differ: this input exposes the bug."))
        ask.show_verdict(t, is_to_blame(card, line), page.text(_why(card, line), floor=floor))
    with right:
        blocks.table(trial(result, t), t("What the code computes, and what is true"))
