"""Spot the bug: small faulty softmaxes as cards, judged by running them."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

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
    """One card: its code, the two choices, and the verdict."""
    t = page.t
    number = controls.choice("bug", t)
    card = CARDS[int(number) - 1]
    code, statements = source(card)
    lines = code.splitlines()
    left, right = st.columns([6, 5], gap="large")
    with left:
        blocks.listing(t, lines)
    with right:
        line = st.radio(
            t("Which line is wrong?"),
            range(len(statements)),
            index=None,
            key=f"bug-{number}-line",
            format_func=lambda index: f"{statements[index]}: `{lines[statements[index] - 1].strip()}`",
        )
        given = st.selectbox(
            t("Which input exposes it?"),
            range(len(INPUTS)),
            index=None,
            key=f"bug-{number}-input",
            format_func=lambda index: str(INPUTS[index]),
            placeholder=t("Choose an input"),
            help=t("Numbers without a point are integers."),
        )
        ran = f"bug-{number}-ran"
        if st.button(t("Run it"), key=f"bug-{number}-run", disabled=line is None or given is None):
            st.session_state[ran] = (line, given)
    if line is not None and given is not None and st.session_state.get(ran) == (line, given):
        _verdict(page, card, line, given)


def _verdict(page: Page, card: Card, line: int, given: int) -> None:
    t = page.t
    result = try_variant(card.variant, INPUTS[given])
    blocks.table(trial(result, t), t("What the code computes, and what is true"))
    about_input, about_line = st.columns(2, gap="large")
    floor = f"{float(cross_entropy([1.0, 0.0, 0.0], 0)):.6f}"
    with about_input:
        if result.agrees:
            ask.show_verdict(t, False, t("On this input both agree.") + " " + page.text(card.needs))
        else:
            ask.show_verdict(t, True, t("They differ: this input exposes the bug."))
    with about_line:
        ask.show_verdict(t, line in card.wrong, page.text(card.lines[line], floor=floor))
