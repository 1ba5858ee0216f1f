"""Whether a classifier is as often right as it says."""

from __future__ import annotations

from typing import Any

from lessons.information.fits import at, part
from lessons.information.pictures.colours import RIGHT, SURE
from lessons.information.pictures.sweep import headline
from softmax_core.information import Sureness
from ui.charts import draw, style
from ui.charts.picture import Picture, Table, Translate


def reliability(n: int, l2: float, t: Translate) -> Picture:
    """In each bin of confidence, the share that was right, beside the confidence itself."""
    here = at(n, l2)
    figure = {
        "data": [
            draw.bars(
                [(each.low + each.high) / 2 for each in here.bins],
                [round(each.accuracy, 5) for each in here.bins],
                name=t("fraction that was right"),
                width=0.092,
                marker={"color": RIGHT, "line": {"color": style.INK, "width": 1}},
            ),
            draw.bars(
                [(each.low + each.high) / 2 for each in here.bins],
                [round(abs(each.gap), 5) for each in here.bins],
                name=t("gap to the confidence"),
                base=[round(min(each.accuracy, each.confidence), 5) for each in here.bins],
                width=0.092,
                marker=draw.hatched(SURE, "/", 0.3),
            ),
            draw.line(
                [0, 1],
                [0, 1],
                name=t("as sure as right"),
                line={"color": style.INK, "width": 2, "dash": "dash"},
            ),
        ],
        "layout": {
            "height": 430,
            "margin": {"l": 52, "r": 8, "t": 30, "b": 84},
            "barmode": "overlay",
            "legend": draw.legend(-0.16),
            "annotations": [
                headline(t("calibration error (ECE) {error}", error=part(here.calibration_error)), ""),
                *_counts(here),
            ],
            "xaxis": draw.axis(
                t("confidence: the largest probability"),
                standoff=4,
                range=[0, 1],
                tickvals=[0, 0.5, 1],
                showgrid=False,
            ),
            "yaxis": draw.axis(
                t("fraction that was right"), standoff=4, range=[0, 1.08], tickvals=[0, 0.5, 1]
            ),
        },
        "narrow": {"height": 380, "margin": {"b": 112}, "legend": {"y": -0.2}},
    }
    return Picture(
        title=t("Reliability"),
        description=t(
            "For each bin of confidence, how many predictions of unseen samples were right: {bins}. Expected "
            "calibration error {error}.",
            bins="; ".join(
                t(
                    "{count} with confidence {confidence}, {accuracy} of them right",
                    count=each.count,
                    confidence=part(each.confidence),
                    accuracy=part(each.accuracy),
                )
                for each in here.bins
            ),
            error=part(here.calibration_error),
        ),
        figure=figure,
        table=Table(
            [t("Bin"), t("Number"), t("Confidence"), t("Accuracy")],
            [
                [
                    f"{each.low:.1f}–{each.high:.1f}",
                    str(each.count),
                    part(each.confidence),
                    part(each.accuracy),
                ]
                for each in here.bins
            ],
        ),
    )


def _counts(here: Sureness) -> list[dict[str, Any]]:
    """How many predictions each bin holds, at its foot."""
    return [
        draw.note(
            str(each.count),
            (each.low + each.high) / 2,
            0,
            size=12,
            yanchor="bottom",
            yshift=2,
            textangle=-90,
            bgcolor=style.PAPER,
            borderpad=1,
        )
        for each in here.bins
    ]
