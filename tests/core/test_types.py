"""What a type checker makes of the results: a number for one row, an array for a batch."""

from __future__ import annotations

import re
import typing

import numpy as np
import pytest

import softmax_core as core

ROW, BELIEF = "[1.0, 2.0]", "[0.25, 0.75]"
#: Calls with one row, or with one number.
CALLS = [
    "sigmoid(0.3)",
    "surprisal(0.25)",
    f"logsumexp({ROW})",
    f"logsumexp({ROW}, axis=0)",
    f"cross_entropy({ROW}, 0, smoothing=0.1)",
    f"soft_cross_entropy({ROW}, {BELIEF})",
    f"entropy({BELIEF}, unit='bits')",
    f"perplexity({BELIEF})",
    f"distribution_cross_entropy({BELIEF}, q={BELIEF})",
    f"kl_divergence(p={BELIEF}, q={BELIEF})",
    f"entropy_from_logits({ROW})",
    f"kl_from_logits({ROW}, {ROW})",
    f"brier_score({BELIEF}, 1)",
    f"weston_watkins_hinge({ROW}, 0, margin=0.5)",
    f"squared_weston_watkins_hinge({ROW}, 0)",
    f"crammer_singer_hinge({ROW}, 0)",
    f"one_vs_all_hinge({ROW}, 0)",
    f"zero_one_loss({ROW}, 0)",
]


def test_a_type_checker_knows_a_number_from_an_array() -> None:
    api = pytest.importorskip("mypy.api")
    lines = ["import numpy as np", "from decimal import Decimal", "from softmax_core import *"]
    lines += ["from softmax_core.numerics import exact_cross_entropy, exact_logsumexp"]
    lines += [f"n{index}: float = {call}" for index, call in enumerate(CALLS)]
    lines += [f"e0: Decimal = exact_logsumexp({ROW})", f"e1: Decimal = exact_cross_entropy({ROW}, 0)"]
    lines += [
        "sigmoid(np.zeros(3)).shape",
        f"cross_entropy([{ROW}, {ROW}], [0, 1]).mean()",
        f"logsumexp({ROW}, keepdims=True)[0]",
        f"entropy([{BELIEF}]).tolist()",
        f"softmax_steps({ROW}, 'naive', np.float32), softmax_steps({ROW}, 'naive', np.dtype('float16'))",
    ]
    wrong = [
        "x: float = softmax([1.0, 2.0])",
        "entropy([0.5, 0.5], unit='hartleys')",
        "y: float = cross_entropy([[1.0, 2.0]], [0])",
        "n0[0]",
        "softmax_steps([1.0, 2.0], 'naive', 'flaot32')",
    ]
    said, _, _ = api.run(["--config-file=", "--strict", "-c", "\n".join([*lines, *wrong])])
    found = [int(number) for number in re.findall(r"^<string>:(\d+): error:", said, re.MULTILINE)]
    assert found == list(range(len(lines) + 1, len(lines) + len(wrong) + 1)), said


@pytest.mark.parametrize("call", CALLS)
def test_it_is_a_float_in_truth(call: str) -> None:
    assert isinstance(eval(call, vars(core)), float)  # noqa: S307
    assert typing.get_overloads(getattr(core, call.split("(")[0]))
    assert not isinstance(core.logsumexp(np.zeros(2), keepdims=True), float)
