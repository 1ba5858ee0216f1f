"""Cross-entropy as an area: code lengths, each as often as it is needed."""

from __future__ import annotations

from math import isfinite
from typing import Any

from lessons.information.beliefs import Beliefs
from lessons.information.pictures.bars import label, table, unit_name
from ui.charts import draw, style
from ui.charts.labels import axis_bound
from ui.charts.picture import Handle, Picture, Trace, Translate

_ROOM = 0.09  # of the width: a narrower block has no label
_SHORTEST, _LONGEST = 0.25, 5.0  # bits to which a word can be dragged


def code_lengths(case: Beliefs, t: Translate) -> Picture:
    """A block for each class, as wide as it is likely and as high as its ideal code word for q is long."""
    finite = [length for length, p in zip(case.lengths, case.p, strict=True) if p and isfinite(length)]
    best = [length for length, p in zip(case.best_lengths, case.p, strict=True) if p]
    least = _LONGEST * case.a_bit
    bound = 1.3 * axis_bound([*finite, *best, least], 1.0, (1, 2, 3, 5, 7))
    lefts = [sum(case.p[:index]) for index in range(len(case.p))]
    figure = {
        "data": [
            _blocks(case, lefts, bound),
            _best(case, lefts) | {"name": t("−log p: the ideal length")},
        ],
        "layout": {
            "height": 400,
            "margin": {"l": 46, "r": 8, "t": 12, "b": 76},
            "showlegend": True,
            "legend": draw.legend(-0.16),
            "annotations": _block_labels(case, lefts, bound, _ROOM),
            "xaxis": draw.axis(
                t("how often it happens, p"), standoff=2, range=[0, 1], tickvals=[0, 0.5, 1], showgrid=False
            ),
            "yaxis": draw.axis(
                t("ideal code length −log q, {unit}", unit=unit_name(case, t)),
                standoff=4,
                range=[0, bound],
                nticks=5,
            ),
        },
        "narrow": {
            "height": 340,
            "legend": {"y": -0.2},
            "annotations": _block_labels(case, lefts, bound, 2 * _ROOM),
        },
    }
    return Picture(
        title=t("Ideal code lengths"),
        description=t(
            "A block for each class, as wide as p and as high as the ideal code length −log q, so that the "
            "area of all is the average length {cross} in {unit}. A dashed line marks the ideal length "
            "−log p for p itself; the area below it is {entropy}. Lengths: {lengths}.",
            cross=case.printed.cross,
            unit=unit_name(case, t),
            entropy=case.printed.entropy,
            lengths=", ".join(case.lengths_printed[0]),
        ),
        figure=figure,
        table=table(case, t),
        handles=_handles(case, lefts, t),
    )


def _handles(case: Beliefs, lefts: list[float], t: Translate) -> list[Handle]:
    """On each word that is used and not infinitely long."""
    low, high = _SHORTEST * case.a_bit, _LONGEST * case.a_bit
    words = zip(case.labels, lefts, case.p, case.lengths, case.lengths_printed[0], strict=True)
    return [
        Handle(
            id=index,
            label=t("Length of the word for class {label}", label=name),
            text=text,
            x=left + p / 2,
            y=length,
            low=min(low, length),
            high=max(high, length),
            step=0.05,
        )
        for index, (name, left, p, length, text) in enumerate(words)
        if p and isfinite(length)
    ]


def _blocks(case: Beliefs, lefts: list[float], bound: float) -> Trace:
    return draw.bars(
        lefts,
        [min(length, bound) if p else 0.0 for length, p in zip(case.lengths, case.p, strict=True)],
        width=case.p,
        offset=0,
        showlegend=False,
        marker={
            "line": {"color": style.PAPER, "width": 1},
            **draw.hatched_classes(len(case.p), 0.6),
        },
    )


def _best(case: Beliefs, lefts: list[float]) -> Trace:
    """The best length of each class that happens, as a line of steps."""
    x: list[float] = []
    y: list[float] = []
    for left, p, length in zip(lefts, case.p, case.best_lengths, strict=True):
        if p:
            x += [left, left + p]
            y += [length, length]
    return draw.line(x, y, line={"color": style.INK, "width": 3, "dash": "dash"})


def _block_labels(case: Beliefs, lefts: list[float], bound: float, room: float) -> list[dict[str, Any]]:
    """The length of each class whose block is wide enough for it."""
    return [
        label(
            f"{name}: <b>{text}</b>",
            x=left + p / 2,
            y=min(length, 0.88 * bound),
            yanchor="bottom",
            yshift=10,
            borderpad=1,
        )
        for name, left, p, length, text in zip(
            case.labels, lefts, case.p, case.lengths, case.lengths_printed[0], strict=True
        )
        if p >= room
    ]
