"""The notes' example of diffuse probabilities: the same scores, then half of each."""

from __future__ import annotations

from typing import Any

from lessons.information.beliefs import shown
from lessons.information.fits import probabilities_of
from softmax_core import entropy
from ui.charts import draw, style
from ui.charts.picture import Picture, Table, Translate
from ui.numerals import row

SURE, DIFFUSE = (1.0, -2.0, 0.0), (0.5, -1.0, 0.0)
_GROUP = 0.8  # of the way from one group of bars to the next

Rows = list[tuple[tuple[float, ...], list[float], float]]


def halves() -> Rows:
    """The notes' two rows: scores, their probabilities and the entropy of these; then half the scores."""
    rows = [(scores, probabilities_of(scores)) for scores in (SURE, DIFFUSE)]
    return [(scores, probabilities, float(entropy(probabilities))) for scores, probabilities in rows]


def halving(t: Translate) -> Picture:
    """Those two rows of probabilities side by side."""
    rows = halves()
    figure = {
        "data": [
            draw.bars(
                [0, 1],
                [probabilities[label] for _, probabilities, _ in rows],
                name=str(label),
                marker=draw.hatched(style.COLOURS[label], style.PATTERNS[label], 0.2),
            )
            for label in range(len(SURE))
        ],
        "layout": {
            "height": 300,
            "margin": {"l": 40, "r": 8, "t": 8, "b": 54},
            "barmode": "group",
            "bargap": 1 - _GROUP,
            "showlegend": False,
            "annotations": _labels(rows, upright=False),
            "xaxis": draw.axis(
                tickvals=[0, 1],
                ticktext=[
                    f"<b>{row(scores)}</b><br>{t('H = {entropy} nats', entropy=shown(unsure))}"
                    for scores, _, unsure in rows
                ],
                tickfont={"size": 15},
                showgrid=False,
                zeroline=False,
            ),
            "yaxis": draw.axis(range=[0, 0.85], tickvals=[0, 0.5]),
        },
        "narrow": {"annotations": _labels(rows, upright=True), "yaxis": {"range": [0, 1]}},
    }
    return Picture(
        title=t("The same scores, halved"),
        description=t(
            "Softmax of the scores {sure}: {first}, entropy {low} nats. Of half of them, {half}: {second}, "
            "entropy {high} nats.",
            sure=row(SURE),
            first=row(rows[0][1]),
            low=shown(rows[0][2]),
            half=row(DIFFUSE),
            second=row(rows[1][1]),
            high=shown(rows[1][2]),
        ),
        figure=figure,
        table=Table(
            [t("Scores"), t("Probabilities"), t("Entropy, nats")],
            [[row(scores), row(probabilities), shown(unsure)] for scores, probabilities, unsure in rows],
        ),
    )


def _labels(rows: Rows, upright: bool) -> list[dict[str, Any]]:
    """What stands over the bars; side by side it needs more room than a phone has."""
    width = _GROUP / len(SURE)
    return [
        draw.note(
            shown(value),
            group + (index - (len(SURE) - 1) / 2) * width,
            value,
            size=15,
            yanchor="bottom",
            textangle=-90 if upright else 0,
        )
        for group, (_, probabilities, _) in enumerate(rows)
        for index, value in enumerate(probabilities)
    ]
