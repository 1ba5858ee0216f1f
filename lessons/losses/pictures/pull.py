"""Both judges pull: the scores that each has made by now, and how strongly it still pulls, on a log scale."""

from __future__ import annotations

from math import ceil, exp, floor, inf, isfinite, log
from typing import Any

from lessons.losses.model import DIGITS, Judged
from lessons.losses.pictures import pieces
from lessons.losses.pull import MAX_STEPS, Walks
from ui.charts import draw, style
from ui.charts.labels import axis_bound
from ui.charts.panels import headline
from ui.charts.picture import Picture, Table, Translate
from ui.numerals import FAINT, numeral, power_of_e

_TICKS = 4
_MARKED = (0, 1, 2, 3, 4, 5, 10, 20, 30)
_DASHES = ("solid", "dash")


def pull(hinge: Judged, entropy: Judged, ways: Walks, step: int, t: Translate, told: bool = True) -> Picture:
    """What either judge has made of the scores; and what it still asks, once that is told."""
    bound = axis_bound([*_scores(ways), hinge.scores[hinge.true] - hinge.margin])
    heights = [-1.25 * bound, 1.4 * bound]
    bars = [pieces.bars(hinge, ""), pieces.bars(entropy, "2"), pieces.margin_line(hinge)]
    names = (t("Hinge"), t("Cross-entropy"), t("Pull at y"))
    arrows = [*_arrows(hinge, entropy, bound), *_names_of_lines(ways, step, t)] if told else []
    lines = _lines(ways, step) if told else [draw.line([None], [None], xaxis="x3", yaxis="y3")]
    signs = [
        *(
            label
            for case, axis in ((hinge, ""), (entropy, "2"))
            for label in pieces.score_labels(case, axis, True)
        ),
        *(headline(name, axis, 15, 10) for name, axis in zip(names, ("", "2", "3"), strict=True)),
        *arrows,
    ]
    figure = {
        "data": [*bars, *lines],
        "layout": {
            "height": 400,
            "margin": {"l": 52, "r": 12, "t": 40, "b": 44},
            "showlegend": False,
            "meta": "classes",
            "barmode": "overlay",
            "bargap": 0.5,
            "annotations": signs,
            **pieces.panel("", hinge, heights, bound, [0.0, 0.26], t),
            **pieces.panel("2", entropy, heights, bound, [0.31, 0.57], t),
            **_strength(ways, told, t),
        },
        "narrow": {
            "height": 380,
            "xaxis": {"domain": [0.0, 0.45]},
            "xaxis2": {"domain": [0.55, 1.0]},
            "xaxis3": {"domain": [0.08, 1.0]},
            "yaxis": {"domain": [0.58, 1.0]},
            "yaxis2": {"domain": [0.58, 1.0]},
            "yaxis3": {"domain": [0.0, 0.36]},
        },
    }
    return Picture(
        title=t("Both judges pull"),
        description=_in_words(hinge, entropy, step, t) if told else _question(hinge, t),
        figure=figure,
        table=_table(ways, t) if told else pieces.score_table(hinge, t),
    )


def _scores(ways: Walks) -> list[float]:
    ends = [*ways.hinge.scores[::MAX_STEPS], *ways.entropy.scores[::MAX_STEPS]]
    return [score for row in ends for score in row]


def _arrows(hinge: Judged, entropy: Judged, bound: float) -> list[dict[str, Any]]:
    longest = float(len(hinge.rivals))
    pulls = ((hinge, hinge.hinge_gradient, ""), (entropy, entropy.cross_entropy_gradient, "2"))
    return [
        arrow
        for case, gradient, axis in pulls
        for arrow in pieces.arrows(case, gradient, 0.4 * bound, longest, axis)
    ]


def _decades(logs: Any) -> list[float | None]:
    return [value / log(10) if isfinite(value) else None for value in logs]


def _lowest(ways: Walks) -> int:
    """The power of ten below all pulls that are not 0."""
    drawn = [value for value in _decades([*ways.entropy.logs, *ways.hinge.logs]) if value is not None]
    return floor(min([*drawn, 0.0])) - 1


def _strength(ways: Walks, told: bool, t: Translate) -> dict[str, Any]:
    """The axes of the pulls: powers of ten, and below them, once told, the place of what is exactly 0."""
    low = _lowest(ways)
    every = max(1, ceil(-low / _TICKS))
    powers = list(range(0, low, -every))[::-1]
    return {
        "xaxis3": draw.axis(
            t("step"),
            standoff=4,
            range=[-1, MAX_STEPS + 1],
            domain=[0.72, 1.0],
            anchor="y3",
            tickvals=[0, 10, 20, 30],
            showgrid=False,
            zeroline=False,
        ),
        "yaxis3": draw.axis(
            range=[low - 0.06 * (1 - low), 1.0],
            domain=[0.0, 1.0],
            anchor="x3",
            tickvals=[low, *powers],
            ticktext=[t("exactly 0"), *map(_power, powers)],
            showticklabels=told,
            zeroline=False,
        ),
    }


def _power(exponent: int) -> str:
    return f"10<sup>{numeral(exponent)}</sup>" if exponent > -300 else f"10^{numeral(exponent)}"


def _lines(ways: Walks, step: int) -> list[dict[str, Any]]:
    """The pulls so far; that of the hinge falls to exactly 0."""
    low = _lowest(ways)
    return [
        draw.dots(
            list(range(step + 1)),
            [low if value is None else value for value in _decades(walk.logs[: step + 1])],
            mode="lines+markers",
            xaxis="x3",
            yaxis="y3",
            line={"color": style.INK, "dash": dash, "width": 3},
            marker={"color": style.INK, "size": [0.0] * step + [11.0], "opacity": 1},
        )
        for walk, dash in zip((ways.hinge, ways.entropy), _DASHES, strict=True)
    ]


def _names_of_lines(ways: Walks, step: int, t: Translate) -> list[dict[str, Any]]:
    """At their ends, the upper one above and the lower one below."""
    ends = [_decades(walk.logs[step : step + 1])[0] for walk in (ways.hinge, ways.entropy)]
    heights = [_lowest(ways) if end is None else end for end in ends]
    hinge_is_above = heights[0] >= heights[1]
    return [
        draw.note(
            name,
            step,
            height,
            size=13,
            xref="x3",
            yref="y3",
            xanchor="left" if step < MAX_STEPS / 2 else "right",
            yanchor="bottom" if is_above or ends[0] is None else "top",
            yshift=6 if is_above or ends[0] is None else -6,
        )
        for name, height, is_above in zip(
            (t("hinge"), t("cross-entropy")), heights, (hinge_is_above, not hinge_is_above), strict=True
        )
    ]


def _question(case: Judged, t: Translate) -> str:
    scores = ", ".join(numeral(score, DIGITS) for score in case.scores)
    return t(
        "The scores before either judge pulls: {scores}; the true class is {true}.",
        scores=scores,
        true=case.true,
    )


def _in_words(hinge: Judged, entropy: Judged, step: int, t: Translate) -> str:
    return t(
        "The scores after {steps} steps, once for each judge, and how strongly it pulls at the true "
        "score: the hinge by {hinge}, the cross-entropy by {entropy}.",
        steps=step,
        hinge=numeral(-hinge.hinge_gradient[hinge.true]),
        entropy=entropy.entropy_pull(entropy.true),
    )


def strength(log_pull: float) -> str:
    """A pull by its logarithm; none is called 0 that is only too small."""
    if log_pull == -inf:
        return "0"
    pull = exp(log_pull)
    return numeral(pull, DIGITS) if pull >= FAINT else power_of_e(log_pull)


def _table(ways: Walks, t: Translate) -> Table:
    columns = [t("step"), t("Hinge"), t("Cross-entropy")]
    rows = [
        [str(step), *(strength(walk.logs[step]) for walk in (ways.hinge, ways.entropy))] for step in _MARKED
    ]
    return Table(columns, rows)
