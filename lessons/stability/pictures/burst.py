"""A score that rises until its exponential bursts."""

from __future__ import annotations

from lessons.stability.pictures.panels import panel
from softmax_core import SoftmaxSteps, float_limits
from ui.charts import draw
from ui.charts.picture import Picture, Table, Translate
from ui.charts.style import ALARM
from ui.numerals import numeral, row

HIGHEST = 120.0


def burst(steps: SoftmaxSteps, t: Translate) -> Picture:
    """Scores, exponentials and probabilities; the largest number of the format is a line."""
    largest = float_limits(steps.dtype).max
    names = [str(index) for index in range(len(steps.scores))]
    scores, powers, probs = (
        each.astype(float).tolist() for each in (steps.scores, steps.exponentials, steps.probs)
    )
    panels = [
        panel("", t("Score"), names, scores, HIGHEST, [0, 60, 120], [0, 0.27]),
        panel("2", t("Exponentials"), names, powers, largest, [1, 1e10, 1e20, 1e30], [0.37, 0.66], log=True),
        panel("3", t("Probability"), names, probs, 1.0, [0, 0.5, 1], [0.75, 1]),
    ]
    end = {
        "type": "line", "xref": "x2 domain", "yref": "y2", "x0": 0, "x1": 1, "y0": largest, "y1": largest,
        "line": {"color": ALARM, "width": 2, "dash": "dash"},
    }  # fmt: skip
    layout = {
        "height": 390,
        "margin": {"l": 40, "r": 8, "t": 40, "b": 30},
        "showlegend": False,
        "bargap": 0.2,
        "annotations": [note for each in panels for note in each.annotations] + [_end_of(largest)],
        "shapes": [shape for each in panels for shape in each.shapes] + [end],
    }
    for each in panels:
        layout |= each.axes
    narrow = {"height": 380, "margin": {"t": 30}}
    for axis, up in (("", [0.84, 1.0]), ("2", [0.35, 0.71]), ("3", [0.0, 0.21])):
        narrow |= {
            f"xaxis{axis}": {"domain": [0, 1], "showticklabels": axis == "3"},
            f"yaxis{axis}": {"domain": up},
        }
    description = t(
        "Three groups of bars, one bar for each class, computed in {dtype}. Scores {scores}, exponentials "
        "{exponentials}, probabilities {probs}.",
        dtype=steps.dtype,
        scores=row(scores),
        exponentials=row(powers),
        probs=row(probs),
    )
    table = Table(
        [t("class"), t("Score"), "exp", t("Probability")],
        [[name, *map(numeral, values)] for name, *values in zip(names, scores, powers, probs, strict=True)],
    )
    figure = {"data": [trace for each in panels for trace in each.data], "layout": layout, "narrow": narrow}
    return Picture(t("A score that rises"), description, figure, table)


def _end_of(largest: float) -> dict[str, object]:
    """What stands at the line: the largest number."""
    return draw.note(
        numeral(largest),
        0.02,
        1 / 1.2,
        size=13,
        xref="x2 domain",
        yref="y2 domain",
        xanchor="left",
        yanchor="bottom",
    )
