"""Where exp ends in each number format."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from lessons.stability import forbidden
from lessons.stability.causes import ends_of_exp
from softmax_core import DTYPES, float_limits
from softmax_core.numerics import FormatName
from ui.charts import draw
from ui.charts.picture import Picture, Table, Trace, Translate
from ui.charts.style import COLOURS, FAINT, GOOD, INK, MARKERS, PAPER
from ui.numerals import numeral, row

_MAX_WIDTH = 750.0  # a little more than float64 holds


def ranges(scores: Sequence[float], dtype: FormatName, t: Translate) -> Picture:
    """Where exp stays between 0 and infinity in each format, with the scores before and after −max."""
    limits = [float_limits(name) for name in DTYPES]
    finite = forbidden.allowed(scores)
    reach = 1.45 * max(_MAX_WIDTH, *map(abs, finite), max(finite) - min(finite))
    shifted = [score - max(scores) for score in scores]
    bars = draw.bars(
        [limit.exp_max - limit.exp_min for limit in limits],
        list(DTYPES),
        orientation="h",
        width=0.5,
        base=[limit.exp_min for limit in limits],
        marker={
            "color": [GOOD if name == dtype else FAINT for name in DTYPES],
            "line": {"color": INK, "width": 1.5},
            "pattern": {"shape": ["/" if name == dtype else "" for name in DTYPES], "fgcolor": PAPER},
        },
    )
    ends = [
        draw.dots(
            [getattr(limit, end) for limit in limits],
            list(DTYPES),
            mode="text",
            text=[f" {ends_of_exp(name)[place]} " for name in DTYPES],
            textposition=f"middle {side}",
        )
        for place, (end, side) in enumerate((("exp_min", "left"), ("exp_max", "right")))
    ]
    dots = [_dots(scores, "f"), _dots(shifted, "f − max")]
    layout = {
        "height": 290,
        "showlegend": False,
        "barmode": "overlay",
        "margin": {"l": 76, "t": 12, "r": 8},
        "annotations": forbidden.mark(scores, yref="paper", yanchor="top"),
        "xaxis": {
            "range": [-reach, reach],
            "title": {"text": t("argument of exp")},
            "zeroline": True,
            "nticks": 7,
        },
        "yaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [*DTYPES, "f − max", "f"],
            "range": [-0.6, len(DTYPES) + 1.5],
        },
    }
    title = t("Where exp ends")
    low, high = ends_of_exp(dtype)
    description = t(
        "For each number format a bar shows the arguments for which exp is neither 0 nor infinite; "
        "in {dtype} from {low} to {high}. "
        "The scores {scores} and, shifted by −max, {shifted} stand above the bars.",
        dtype=dtype,
        low=low,
        high=high,
        scores=row(scores),
        shifted=row(shifted),
    )
    description += forbidden.in_picture(scores, t)
    table = Table(
        [t("Number format"), t("exp becomes 0 below"), t("exp overflows above"), t("largest number")],
        [[limit.name, *ends_of_exp(limit.name), numeral(limit.max)] for limit in limits],
    )
    return Picture(
        title,
        description,
        {
            "data": [bars, *ends, *dots],
            "layout": layout,
            "narrow": {"xaxis": {"nticks": 4, "range": [-1.5 * reach, 1.5 * reach]}},
        },
        table,
    )


def _dots(values: Sequence[float], level: str) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [value if value != -inf else None for value in values],
        "y": [level] * len(values),
        "marker": {
            "size": 13,
            "color": list(COLOURS[: len(values)]),
            "symbol": list(MARKERS[: len(values)]),
            "line": {"color": PAPER, "width": 1},
        },
        "hovertext": [numeral(value) for value in values],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
