"""Cross-entropy as one stacked bar, beside the two distributions that it comes from."""

from __future__ import annotations

from math import isfinite
from typing import Any

from lessons.information.beliefs import Beliefs, shown
from lessons.information.pictures.colours import DIVERGENCE, ENTROPY
from ui.charts import draw, style
from ui.charts.labels import axis_bound
from ui.charts.panels import headline
from ui.charts.picture import Handle, Picture, Table, Trace, Translate

_SIDES = (("p", -0.21, ""), ("q", 0.21, "/"))
_BAR = 0.38
_STACK = 0.34
_CROWDED = 4


def stacked(case: Beliefs, t: Translate, both: bool = True, movable: bool = True) -> Picture:
    """p and q as bars to drag; beside them H(p, q) = H(p) + KL(p‖q), and the same the other way round."""
    ways = {"p": case, "q": case.reversed} if both else {"p": case}
    top = _stack_top(list(ways.values()))
    bars = [_stack(list(ways.values()), top, part) for part in ("own", "extra")]
    labels = [note for side in _SIDES for note in _probability_labels(case, side)]
    notes = [
        headline(_heading(case, t, movable), ""),
        headline(t("in {unit}", unit=unit_name(case, t)), "2"),
        *(note for at, name in enumerate(ways) for note in _stack_labels(ways[name], name, at, top)),
    ]
    figure = {
        "data": [*(_probabilities(case, side) for side in _SIDES), *bars],
        "layout": {
            "height": 400,
            "margin": {"l": 46, "r": 8, "t": 34, "b": 40},
            "showlegend": False,
            "barmode": "overlay",
            "annotations": [*labels, *notes],
            **_probability_axes(case, t),
            **_stack_axes(top, len(ways)),
        },
        "narrow": {
            "height": 430,
            "margin": {"l": 34, "r": 4, "t": 30, "b": 30},
            "annotations": notes if len(case.p) > _CROWDED else [*labels, *notes],
            "xaxis": {"domain": [0.0, 1.0], "title": {"text": ""}},
            "xaxis2": {"domain": [0.0, 1.0]},
            "yaxis": {"domain": [0.62, 1.0]},
            "yaxis2": {"domain": [0.0, 0.47]},
        },
    }
    words = t(
        "Bars of the truth p and the estimate q for each class: {probabilities}. Beside them stacked bars in "
        "{unit}. The entropy of p, {entropy}, and on top of it the divergence of q from p, {kl}, are the "
        "cross-entropy {cross}.",
        probabilities=_probabilities_in_words(case, t),
        unit=unit_name(case, t),
        entropy=case.printed.entropy,
        kl=case.printed.kl,
        cross=case.printed.cross,
    )
    back = " " + t("The other way round the divergence is {back}.", back=case.reversed.printed.kl)
    return Picture(
        title=t("Cross-entropy as a stacked bar"),
        description=words + (back if both else ""),
        figure=figure,
        table=table(case, t),
        handles=_handles(case, t) if movable else (),
    )


def _heading(case: Beliefs, t: Translate, movable: bool) -> str:
    if not movable:
        return t("truth p, estimate q")
    if case.probabilities_printed[2]:
        return t("drag the bars: truth p, estimate q")
    return t("drag the bars: truth p, estimate q (rounded)")


def unit_name(case: Beliefs, t: Translate) -> str:
    return t("bits") if case.symbol == "bit" else t("nats")


def _probabilities(case: Beliefs, side: tuple[str, float, str]) -> Trace:
    name, shift, pattern = side
    probabilities = case.p if name == "p" else case.q
    return draw.bars(
        [index + shift for index in range(len(probabilities))],
        probabilities,
        name=name,
        width=_BAR,
        marker={
            "opacity": 1.0 if name == "p" else 0.7,
            **draw.hatched(list(style.COLOURS[: len(probabilities)]), pattern, 0.35),
        },
    )


def _probability_labels(case: Beliefs, side: tuple[str, float, str]) -> list[dict[str, Any]]:
    """Each probability above its bar; where there is no room beside one another, upright."""
    name, shift, _ = side
    p, q, _ = case.probabilities_printed
    many = len(case.p)
    upright: dict[str, Any] = {"textangle": -90} if many > _CROWDED else {}
    between = " " if many > _CROWDED else "<br>"
    return [
        draw.note(
            f"<b>{name}</b>{between}{text}",
            index + shift,
            probability,
            size=14 if many < _CROWDED else 11,
            yanchor="bottom",
            yshift=10,
            **upright,
        )
        for index, (probability, text) in enumerate(
            zip(case.p, p, strict=True) if name == "p" else zip(case.q, q, strict=True)
        )
    ]


def _probability_axes(case: Beliefs, t: Translate) -> dict[str, Any]:
    return {
        "xaxis": draw.axis(
            t("class"),
            standoff=2,
            range=[-0.55, len(case.p) - 0.45],
            domain=[0.0, 0.5],
            tickvals=list(range(len(case.p))),
            ticktext=case.labels,
            showgrid=False,
            zeroline=False,
        ),
        "yaxis": draw.axis(range=[0, 1.24], tickvals=[0, 0.5, 1], anchor="x"),
    }


def _stack_top(cases: list[Beliefs]) -> float:
    """Where the axis of the stacked bars ends; an infinite bar reaches up to there."""
    totals = [case.cross_entropy for case in cases]
    return 1.35 * axis_bound([total for total in totals if isfinite(total)] or [0.0], 1.0, (1, 2, 3, 5))


def _stack(cases: list[Beliefs], top: float, part: str) -> Trace:
    own = [case.entropy for case in cases]
    if part == "own":
        heights, bases, colour, pattern = own, [0.0] * len(cases), ENTROPY, ""
    else:
        heights = [case.kl if isfinite(case.kl) else top - case.entropy for case in cases]
        bases, colour, pattern = own, DIVERGENCE, "x"
    return draw.bars(
        list(range(len(cases))),
        heights,
        base=bases,
        width=_STACK,
        xaxis="x2",
        yaxis="y2",
        marker={
            "line": {"color": style.INK, "width": 1.5},
            **draw.hatched(colour, pattern, 0.2),
        },
    )


def _stack_labels(case: Beliefs, name: str, at: int, top: float) -> list[dict[str, Any]]:
    """The two parts beside the bar, kept apart where they are small, and the sum above it."""
    other = "q" if name == "p" else "p"
    kl = case.kl if isfinite(case.kl) else top - case.entropy
    low = max(case.entropy / 2, 0.06 * top)
    high = max(case.entropy + kl / 2, low + 0.15 * top)
    total = min(case.entropy + kl, 0.86 * top)
    about = "" if case.printed.sign == "=" else "≈ "
    beside = {"xref": "x2", "yref": "y2", "x": at + _STACK / 2, "xanchor": "left", "xshift": 6}
    return [
        label(f"H({name})<br><b>{case.printed.entropy}</b>", y=low, **beside, align="left"),
        label(f"KL({name}||{other})<br><b>{case.printed.kl}</b>", y=high, **beside, align="left"),
        label(
            f"H({name}, {other})<br>{about}<b>{case.printed.cross}</b>",
            xref="x2",
            yref="y2",
            x=at + _STACK / 2,
            xanchor="right",
            y=total,
            yanchor="bottom",
            yshift=3,
            align="right",
        ),
    ]


def label(text: str, **place: Any) -> dict[str, Any]:
    return draw.note(text, size=14, bgcolor=style.PAPER, **place)


def _stack_axes(top: float, count: int) -> dict[str, Any]:
    return {
        "xaxis2": draw.axis(
            automargin=True,
            range=[-0.5, count - 0.25],
            domain=[0.58, 1.0],
            anchor="y2",
            showticklabels=False,
            showgrid=False,
            zeroline=False,
        ),
        "yaxis2": draw.axis(range=[0, top], anchor="x2", nticks=5),
    }


def _handles(case: Beliefs, t: Translate) -> list[Handle]:
    count = len(case.p)
    labels = {"p": t("Truth p of class {label}"), "q": t("Estimate q of class {label}")}
    p, q, _ = case.probabilities_printed
    return [
        Handle(
            id=index + count * place,
            label=labels[name].format(label=index),
            text=text,
            x=index + shift,
            y=probability,
            low=0.0,
            high=1.0,
            step=0.01,
        )
        for place, (name, shift, _) in enumerate(_SIDES)
        for index, (probability, text) in enumerate(
            zip(case.p, p, strict=True) if name == "p" else zip(case.q, q, strict=True)
        )
    ]


def _probabilities_in_words(case: Beliefs, t: Translate) -> str:
    p, q, _ = case.probabilities_printed
    return "; ".join(
        t("class {label}: p {p}, q {q}", label=label, p=one, q=other)
        for label, one, other in zip(case.labels, p, q, strict=True)
    )


def table(case: Beliefs, t: Translate) -> Table:
    p, q, _ = case.probabilities_printed
    lengths, best = case.lengths_printed
    costs = [
        probability * length if probability else 0.0
        for probability, length in zip(case.p, case.lengths, strict=True)
    ]
    rows = zip(case.labels, p, q, best, lengths, map(shown, costs), strict=True)
    return Table([t("Class"), "p", "q", "−log p", "−log q", "p·(−log q)"], [list(row) for row in rows])
