"""The pictures of the lesson on losses: valid for plotly, and true to the very numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import plotly.graph_objects as go
import pytest

from lessons.losses import model
from lessons.losses.model import Judged, judged, wish
from lessons.losses.pictures import pieces, scale, slices, surfaces, weights
from lessons.losses.pictures.bars import tug
from lessons.losses.pictures.jacobian import jacobian
from lessons.losses.pictures.pull import pull
from lessons.losses.pull import walks
from softmax_core import objective
from softmax_core.linear import params_on_plane, rescale_objective, scaled_params
from softmax_core.losses import gap_surface, gap_surface_gradient
from ui.charts import solids
from ui.charts.picture import Picture, Translate
from ui.numerals import whole
from ui.text import language

T, KO = language("en"), language("ko")
CS231N = (-2.85, 0.86, 0.28)
FAR_AHEAD = (10.0, -100.0, -100.0)
ROWS: list[tuple[Sequence[float], int, float]] = [
    (CS231N, 2, 1.0),
    ((10, -2, 3), 0, 1.0),
    ((10, 9, 9), 0, 1.0),
    (FAR_AHEAD, 0, 1.0),
    ((13, -7, 11), 0, 10.0),
    ((0, 0), 1, 0.0),
    ((1e4, -1e4), 1, 20.0),
    ((1e4, -1e4, 0), 0, 1.0),
    (tuple(range(8)), 0, 20.0),
]


def valid(picture: Picture) -> go.Figure:
    """The figure as plotly reads it, wide and narrow; strict JSON has no NaN."""
    json.dumps(picture.figure, allow_nan=False)
    figure = {name: part for name, part in picture.figure.items() if name != "narrow"}
    go.Layout({**figure["layout"], **picture.figure.get("narrow", {})})
    assert picture.title
    assert all(len(row) == len(picture.table.columns) for row in picture.table.rows)
    texts = [picture.description, *(cell for row in picture.table.rows for cell in row)]
    assert not any(bad in text for text in texts for bad in ("nan", "inf", "{", "}"))
    return go.Figure(figure)


def arrows(figure: go.Figure, axis: str) -> list[tuple[float, float]]:
    """Head less tail of each arrow of one panel, by class."""
    return [
        (int(note.x), note.y - note.ay)
        for note in figure.layout.annotations
        if note.showarrow and note.xref == axis
    ]


def marked(figure: go.Figure, symbol: str) -> list[go.Scatter]:
    """The traces whose points look so."""
    return [trace for trace in figure.data if trace.type == "scatter" and trace.marker.symbol == symbol]


def pointed(figure: go.Figure) -> go.Scatter:
    """The trace of the arrows of a map."""
    (trace,) = [
        trace for trace in figure.data if trace.type == "scatter" and trace.marker.angleref == "previous"
    ]
    return trace


def field(figure: go.Figure) -> list[tuple[float, float, float, float]]:
    """Tail and shaft of each arrow of a map."""
    trace = pointed(figure)
    ends = zip(trace.x[::3], trace.y[::3], trace.x[1::3], trace.y[1::3], strict=True)
    return [(x, y, to_x - x, to_y - y) for x, y, to_x, to_y in ends]


# ---- one example


@pytest.mark.parametrize("t", [T, KO], ids=["en", "ko"])
@pytest.mark.parametrize(("scores", "true", "margin"), ROWS)
def test_the_example_is_valid_for_ordinary_and_extreme_scores(
    scores: Sequence[float], true: int, margin: float, t: object
) -> None:
    valid(tug(judged(scores, true, margin), t))


@pytest.mark.parametrize(
    ("scores", "true", "margin", "hinge", "entropy"),
    [
        (CS231N, 2, 1.0, 1.58, 1.0401906),
        ((10, -2, 3), 0, 1.0, 0.0, 9.176e-4),
        ((10, 9, 9), 0, 1.0, 0.0, 0.551445),
        (FAR_AHEAD, 0, 1.0, 0.0, 3.3778e-48),
        ((13, -7, 11), 0, 10.0, 8.0, 0.126928),
        ((-96.8, 437.9, 60.75), 0, 1.0, 694.25, 534.7),
        ([0.0] * 10, 0, 1.0, 9.0, 2.302585),
    ],
)
def test_both_losses_have_the_golden_values(
    scores: Sequence[float], true: int, margin: float, hinge: float, entropy: float
) -> None:
    case = judged(scores, true, margin)
    assert case.hinge == pytest.approx(hinge, abs=1e-12)
    assert case.cross_entropy == pytest.approx(entropy, rel=1e-4)


def test_the_headlines_and_the_table_hold_the_numbers() -> None:
    picture = tug(judged(CS231N, 2), T)
    texts = [note.text for note in valid(picture).layout.annotations]
    for text in (
        "Hinge: L = 1.58",
        "Cross-entropy: L = 1.04019",
        "↑ 0.646613",
        "↓ 0.631163",
        "↓ 1",
        "↑ 1",
        "0",
    ):
        assert f"<b>{text}</b>" in texts
    assert picture.table.rows[1] == ["1", "0.86", "1.58", "1", "0.631163", "0.631163"]
    assert picture.table.rows[2] == ["y = 2", "0.28", "–", "−1", "0.353387", "−0.646613"]
    assert "class 1: score 0.86, hinge ↓ 1, cross-entropy ↓ 0.631163" in picture.description


def test_arrows_point_where_a_loss_wants_the_scores_and_are_missing_where_it_wants_nothing() -> None:
    figure = valid(tug(judged(CS231N, 2), T))
    assert [(index, np.sign(length)) for index, length in arrows(figure, "x")] == [(1, -1), (2, 1)]
    (_, down), (_, up) = arrows(figure, "x2")[-2:]
    assert down < 0 < up
    longest = arrows(figure, "x")[1][1]  # the hinge's 1
    assert up / longest == pytest.approx(pieces.length(0.646613, 1.0), rel=1e-5)


@pytest.mark.parametrize("scores", [(10, -2, 3), (10, 9, 9), FAR_AHEAD])
def test_a_satisfied_hinge_asks_for_exactly_nothing_and_cross_entropy_for_something(
    scores: Sequence[float],
) -> None:
    case = judged(scores, 0)
    assert case.is_satisfied
    assert case.hinge_gradient == [0.0, 0.0, 0.0]
    assert all(case.cross_entropy_gradient)
    figure = valid(tug(case, T))
    assert arrows(figure, "x") == []
    assert [note.text for note in figure.layout.annotations].count("<b>0</b>") == 3


def test_what_is_too_small_for_a_float_is_not_called_0() -> None:
    assert tug(judged(FAR_AHEAD, 0), T).table.rows[0][5] == "−3.37782e−48"
    case = judged((1000.0, 0.0, 1.0), 0)
    assert case.cross_entropy == 0.0
    assert case.entropy_text == "e^−998.687"
    assert [case.entropy_wish(index) for index in range(3)] == ["↑ e^−998.687", "↓ e^−1000", "↓ e^−999"]
    assert [judged((0.0, 20.0), 0).entropy_wish(index) for index in range(2)] == ["↑ ≈ 1", "↓ ≈ 1"]
    assert judged((0.0, 20.0), 0).entropy_slope(0) == "−(1 − 2.06115e−9)"
    assert wish(0.0) == "0"


def test_the_brackets_are_the_terms_of_the_hinge() -> None:
    case = judged((3.0, 5.0, 2.5, -9.0), 0, 1.0)
    brackets = valid(tug(case, T)).data[3:]
    assert [trace.y[2] - trace.y[1] for trace in brackets] == pytest.approx([3.0, 0.5])
    assert sum(case.terms) == case.hinge


@pytest.mark.parametrize(("scores", "true", "margin"), ROWS)
def test_the_dashed_line_is_named_behind_its_end_where_no_bar_or_number_is(
    scores: Sequence[float], true: int, margin: float
) -> None:
    picture = tug(judged(scores, true, margin), T)
    figure = valid(picture)
    (name,) = [note for note in figure.layout.annotations if "Δ" in note.text]
    assert (name.xref, name.x, name.xanchor) == ("x domain", 1, "left")
    assert name.y == scores[true] - margin == figure.data[2].y[1]
    reach = name.xshift + 36  # pixels
    layout, narrow = figure.layout, picture.figure["narrow"]
    margins = layout.margin.l + layout.margin.r
    between = layout.xaxis2.domain[0] - layout.xaxis.domain[1]
    assert between * (600 - margins) >= reach
    beside = narrow["xaxis2"]["domain"][0] - narrow["xaxis"]["domain"][1]
    assert beside * (358 - margins) >= reach
    assert (layout.yaxis.showticklabels, layout.yaxis2.showticklabels) == (True, False)


def test_every_score_has_a_handle_in_both_panels_within_the_axis() -> None:
    picture = tug(judged(CS231N, 2), T)
    assert [handle.id for handle in picture.handles] == list(range(6))
    assert [handle.y for handle in picture.handles] == [*CS231N, *CS231N]
    assert {handle.yaxis for handle in picture.handles} == {"yaxis", "yaxis2"}
    assert len({handle.label for handle in picture.handles}) == 6
    low, high = picture.figure["layout"]["yaxis"]["range"]
    assert low < picture.handles[0].low < picture.handles[0].high < high


def test_a_kept_axis_does_not_shrink_and_holds_the_margin_line() -> None:
    assert tug(judged(CS231N, 2), T, 50.0).handles[0].high == 50
    assert pieces.score_bound(judged((1.0, 0.0), 0, 20.0)) >= 19


def test_the_gaps_are_those_of_the_rivals() -> None:
    case = judged(CS231N, 2)
    assert case.rivals == [0, 1]
    assert case.gaps == pytest.approx([-3.13, 0.58])
    assert case.moved(1.0).gaps == pytest.approx([-4.13, -0.42])
    assert case.doubled().scores == pytest.approx([-5.7, 1.72, 0.56])
    assert case.with_margin(3.0).hinge == pytest.approx(3.58)


# ---- slices

FLAT = (1.0, 1.0, 1.0, 1.0)


@pytest.mark.parametrize("margin", [0.0, 1.0, 2.5, 4.0, 9.5, 20.0])
def test_the_hinge_is_0_left_of_its_kink_and_the_cross_entropy_nowhere(margin: float) -> None:
    figure = valid(slices.slices(margin, FLAT, T))
    curves = {trace.name: np.array(trace.y) for trace in figure.data}
    gaps = np.array(figure.data[0].x)
    assert not curves["hinge"][gaps <= -margin].any()
    assert (curves["hinge"][gaps > -margin + 1e-9] > 0).all()
    assert curves["cross-entropy"].min() > 0
    assert (curves["cross-entropy"] >= curves["what cross-entropy nears"] - 1e-5).all()
    assert set(curves["0–1 loss"]) == {0.0, 1.0}
    (kink,) = marked(figure, "diamond")
    assert kink.x == (-margin,)


def test_the_slices_say_their_numbers() -> None:
    picture = slices.slices(1.0, FLAT, T)
    assert picture.table.columns == ["Gap", "hinge", "cross-entropy", "squared hinge", "0–1 loss", "yours"]
    assert picture.table.rows[-1] == ["2", "3", "2.12693", "9", "1", "1"]
    assert "kink at −1" in picture.description
    assert "still 0.313262" in picture.description


def test_the_kink_is_always_on_the_axis_which_changes_rarely() -> None:
    margins = np.linspace(0, 20, 201)
    ends = [slices.low_end(margin) for margin in margins]
    for at in (0, 73, 200):
        axis = slices.slices(margins[at], FLAT, T).figure["layout"]["xaxis"]
        assert axis["range"][0] == ends[at]
    assert all(end < -margin for end, margin in zip(ends, margins, strict=True))
    assert len(set(ends)) == 3


# ---- surfaces over two gaps


@pytest.mark.parametrize("view", surfaces.VIEWS)
@pytest.mark.parametrize("shown", [*surfaces.SHOWN, surfaces.DIFFERENCE])
@pytest.mark.parametrize(("margin", "temperature"), [(0.0, 0.5), (1.0, 1.0), (4.0, 4.0)])
@pytest.mark.parametrize("point", [(-3.13, 0.58), (-6.0, -6.0), (6.0, 6.0)])
def test_every_surface_is_valid(
    shown: str, view: str, margin: float, temperature: float, point: tuple[float, float]
) -> None:
    at = surfaces.gaps(point, margin, temperature)
    figure = valid(surfaces.surfaces(at, shown, view, T))
    kind = "contour" if view == "2D" else "surface"
    assert sum(trace.type == kind for trace in figure.data) == len(surfaces.SHOWN.get(shown, [1]))


def test_the_surfaces_are_the_cores_own() -> None:
    at = surfaces.gaps((-3.13, 0.58), 1.5, 2.0)
    grid = surfaces.GRID
    hinge, entropy = (
        np.array(trace.z)
        for trace in valid(surfaces.surfaces(at, "H,CE", "3D", T)).data
        if trace.type == "surface"
    )
    assert hinge == pytest.approx(gap_surface("weston_watkins", grid, grid, 1.5, 2.0), abs=5e-5)
    assert entropy == pytest.approx(gap_surface("cross_entropy", grid, grid, 1.5, 2.0), abs=5e-5)
    difference = np.array(valid(surfaces.surfaces(at, "CE-H", "3D", T)).data[0].z)
    assert difference == pytest.approx(entropy - hinge, abs=1e-4)


@pytest.mark.parametrize("shown", [*surfaces.SHOWN, surfaces.DIFFERENCE, None])
def test_surfaces_carry_the_very_maps_of_the_flat_view(shown: str | None) -> None:
    if shown:
        at = surfaces.gaps((-3.13, 0.58), 1.5, 2.0)
        solid, flat = (surfaces.surfaces(at, shown, view, T).figure for view in surfaces.VIEWS)
    else:
        solid, flat = (
            weights.weights(weights.bowls(0.1, 1.0), 0.1, view, T).figure for view in surfaces.VIEWS
        )
    made, grids = solid["flat"], [trace for trace in solid["data"] if trace["type"] == "surface"]
    maps = [trace for trace in made["data"] if trace["type"] == "contour"]
    for trace, surface in zip(maps, grids, strict=True):
        trace.update({name: surface[name] for name in "xyz"})  # as the stage does
    assert made == flat


def test_two_surfaces_stand_in_two_scenes_with_one_ruler() -> None:
    at = surfaces.gaps((0.0, 0.0), 1.0, 1.0)
    layout = valid(surfaces.surfaces(at, "H,CE", "3D", T)).layout
    assert layout.scene.zaxis.range == layout.scene2.zaxis.range
    assert layout.scene.domain.x[1] < layout.scene2.domain.x[0]
    narrow = surfaces.surfaces(at, "H,CE", "3D", T).figure["narrow"]
    assert narrow["height"] <= 460, "also on a phone, where the sliders below have to be in view"
    assert narrow["scene"]["domain"]["y"][0] > narrow["scene2"]["domain"]["y"][1]


@pytest.mark.parametrize("t", [T, KO], ids=["en", "ko"])
def test_what_is_high_in_space_is_said_above_the_panels_where_nothing_cuts_it(t: Translate) -> None:
    at = surfaces.gaps((0.0, 0.0), 1.0, 1.0)
    for picture, height in (
        (surfaces.surfaces(at, "H,CE", "3D", t), t("loss")),
        (surfaces.surfaces(at, surfaces.DIFFERENCE, "3D", t), t("difference")),
        (weights.weights(weights.bowls(0.1, 1.0), 0.1, "3D", t), t("loss")),
    ):
        layout = valid(picture).layout.to_plotly_json()
        for notes in (layout["annotations"], picture.figure["narrow"]["annotations"]):
            assert notes
            assert all(note["text"].endswith(f"</b>  ↑ {height}") for note in notes)
        scenes = [layout[name] for name in ("scene", "scene2") if name in layout]
        assert len(scenes) == len(layout["annotations"])
        names = [[scene[f"{axis}axis"]["title"]["text"] for axis in "xyz"] for scene in scenes]
        assert all(across and along and not upwards for across, along, upwards in names)
    heads = surfaces.surfaces(at, "H,CE", "2D", t).figure["layout"]["annotations"]
    assert [note["text"] for note in heads] == [f"<b>{t('Hinge')}</b>", f"<b>{t('Cross-entropy')}</b>"]


def test_the_field_points_downhill_and_is_rings_on_the_hinges_floor() -> None:
    at = surfaces.gaps((-3.13, 0.58), 1.0, 1.0)
    figure = valid(surfaces.surfaces(at, "H", "2D", T))
    arrows = field(figure)
    (rings,) = marked(figure, "circle-open")
    assert len(arrows) + len(rings.x) == 100
    assert max(rings.x) < -1
    assert max(rings.y) < -1
    assert all(across <= 0 and up <= 0 for _x, _y, across, up in arrows)  # left, down or between
    everywhere = valid(surfaces.surfaces(at, "CE", "2D", T))
    (rings,) = marked(everywhere, "circle-open")
    assert not rings.x


@pytest.mark.parametrize("temperature", [0.5, 1.0, 4.0])
def test_every_arrow_of_the_field_has_a_shaft_and_the_steeper_the_fall_the_longer_it_is(
    temperature: float,
) -> None:
    at = surfaces.gaps((-3.13, 0.58), 1.0, temperature)
    arrows = field(valid(surfaces.surfaces(at, "CE", "2D", T)))
    assert len(arrows) == 100
    x, y, across, up = np.array(arrows).T
    rise = np.array(
        [
            gap_surface_gradient("cross_entropy", [a], [b], 1.0, temperature).ravel()
            for a, b in zip(x, y, strict=True)
        ]
    )
    slopes, lengths = np.hypot(*rise.T), np.hypot(across, up)
    assert lengths.min() > 0.4  # 10 pixels of a phone: 4 behind the head
    assert np.hypot(x + across, y + up).max() < 6 * np.sqrt(2)
    turned = np.degrees(np.angle(-(rise @ [1, 1j]) / (across + 1j * up)))
    assert np.abs(turned).max() < 1
    in_order = lengths[np.argsort(slopes)]
    assert np.diff(in_order).min() > -0.002  # the ends are rounded
    assert in_order[-1] > 1.2 * in_order[0]


def test_a_head_is_slim_and_turned_along_its_shaft_as_it_is_on_the_screen() -> None:
    trace = pointed(valid(surfaces.surfaces(surfaces.gaps((0.0, 0.0), 1.0, 1.0), "CE", "2D", T)))
    assert set(trace.marker.symbol[1::3]) == {"arrow"}
    assert len(trace.marker.symbol) == len(trace.marker.size) == len(trace.x)
    assert set(trace.marker.size[::3]) == set(trace.marker.size[2::3]) == {0}  # the tail has no head


def test_the_walk_starts_at_the_readers_point_and_lies_on_the_surface() -> None:
    at = surfaces.gaps((-3.13, 0.58), 1.0, 1.0)
    figure = valid(surfaces.surfaces(at, "H", "3D", T))
    _, path, box = figure.data
    for axis in "xyz":
        assert box[axis] == figure.layout.scene[f"{axis}axis"].range, (
            "so the ticks need not follow the surface"
        )
    assert (path.x[0], path.y[0]) == (-3.13, 0.58)
    assert path.z[0] == pytest.approx(1.58, abs=1.0)  # lifted a little
    assert "hinge stops after 4 steps" in surfaces.walk_words(at, T)
    assert "hinge 1.58 and cross-entropy 1.04" in surfaces.surfaces(at, "H", "3D", T).description


def test_an_example_becomes_a_point_by_its_two_strongest_rivals() -> None:
    def point(scores: Sequence[float], true: int) -> tuple[float, float]:
        return surfaces.point_of(judged(scores, true))

    assert point(CS231N, 2) == pytest.approx((-3.13, 0.58))
    assert point((0.0, 5.0, 1.0, -2.0, 4.0), 2) == pytest.approx((4.0, 3.0))
    assert point((3.0, 1.0), 0) == (-2.0, -6.0)
    assert point((1e4, -1e4, 0.0), 1) == (6.0, 6.0)


# ---- the weights


@pytest.mark.parametrize("view", surfaces.VIEWS)
@pytest.mark.parametrize("l2", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("margin", [0.0, 1.0, 4.0])
def test_the_weights_are_valid(view: str, l2: float, margin: float) -> None:
    valid(weights.weights(weights.bowls(l2, margin), l2, view, T))


def test_the_lowest_point_is_what_the_objective_gives_there() -> None:
    for loss, bowl in weights.bowls(0.1, 1.0).items():
        params = params_on_plane(*weights.plane(), bowl.place.a, bowl.place.b)
        there = objective(params, weights.blobs(), loss, 0.1)
        assert (bowl.place.data, bowl.place.penalty) == pytest.approx((there.data, there.penalty), rel=1e-9)
        assert bowl.length == pytest.approx(float(np.linalg.norm(params.W)))
        assert bowl.total.min() - 2e-3 < bowl.lowest <= bowl.total.min()


def test_a_larger_penalty_draws_the_lowest_point_towards_no_weights() -> None:
    lengths = [[bowl.length for bowl in weights.bowls(l2, 1.0).values()] for l2 in (0.01, 0.02, 0.1, 1.0)]
    for shorter, longer in zip(lengths[1:], lengths[:-1], strict=True):
        assert all(one < other for one, other in zip(shorter, longer, strict=True))


def test_without_a_penalty_the_hinge_has_a_floor_and_the_cross_entropy_no_end() -> None:
    hinge, entropy = weights.bowls(0.0, 1.0).values()
    assert hinge.place.is_floor
    assert entropy.place.at_edge
    assert not entropy.place.is_floor
    assert weights.lowest_words(hinge, T) == "a flat floor at exactly 0, which begins at |W| = 1.63"
    assert "beyond, it falls further" in weights.lowest_words(entropy, T)


def contrast(one: str, other: str) -> float:
    """As WCAG defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return float(np.dot([0.2126, 0.7152, 0.0722], linear))

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("shown", ["H,CE", surfaces.DIFFERENCE])
def test_every_contour_label_can_be_read(shown: str) -> None:
    at = surfaces.gaps((0.0, 0.0), 1.0, 1.0)
    maps = [
        surfaces.surfaces(at, shown, "2D", T),
        weights.weights(weights.bowls(0.1, 1.0), 0.1, "2D", T),
    ]
    for picture in maps:
        for trace in valid(picture).data:
            if trace.type == "contour":
                ink = trace.contours.labelfont.color
                assert min(contrast(ink, colour) for _, colour in trace.colorscale) > 4.5


@pytest.mark.parametrize("margin", [0.0, 1.0, 4.0])
def test_in_the_difference_each_sign_has_its_scale_and_the_point_is_drawn(margin: float) -> None:
    at = surfaces.gaps((-2.5, 1.5), margin, 1.0)
    surface, point, _ = valid(surfaces.surfaces(at, surfaces.DIFFERENCE, "3D", T)).data
    heights = np.array(surface.z)
    assert surface.cmin <= heights.min() < 0 < heights.max() <= surface.cmax < 3 * heights.max()
    level = [place for place, colour in surface.colorscale if colour == "#F7F7F7"]
    assert level == pytest.approx([-surface.cmin / (surface.cmax - surface.cmin)])
    expected = float(np.log1p(np.exp(-2.5) + np.exp(1.5))) - max(0, margin - 2.5) - (1.5 + margin)
    assert (point.x[0], point.y[0]) == (-2.5, 1.5)
    assert point.z[0] == pytest.approx(expected, abs=0.05 * (surface.cmax - surface.cmin))
    words = surfaces.difference_stories(at)
    corner, there = words["difference-floor"]["corner"], words["difference-point"]["point"]
    assert float(corner) == pytest.approx(np.log1p(2 * np.exp(-margin)), rel=1e-5)
    assert float(there.replace("−", "-")) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    ("point", "words"),
    [
        ((-3.0, -3.0), "lies on the hinge’s floor already"),
        ((-3.0, -0.8), "after one step"),
        ((-3.13, 0.58), "after 4 steps"),
    ],
)
def test_the_steps_of_a_walk_are_counted_in_words(point: tuple[float, float], words: str) -> None:
    assert words in surfaces.walk_words(surfaces.gaps(point, 1.0, 1.0), T)


def test_no_tick_of_a_scene_stands_at_a_corner() -> None:
    at = surfaces.gaps((0.0, 0.0), 1.0, 1.0)
    scene = valid(surfaces.surfaces(at, "H", "3D", T)).layout.scene
    for axis in (scene.xaxis, scene.yaxis, scene.zaxis):
        low, high = axis.range
        away = 0.1 * (high - low)
        assert len(axis.tickvals) >= 3
        assert low + away <= min(axis.tickvals) < max(axis.tickvals) <= high - away


@pytest.mark.parametrize(
    "ends", [(-6, 6), (-2, 6), (-4, 4), (0, 5), (0, 7), (-15, 1.5), (-0.05, 20), (0, 100)]
)
def test_ticks_of_a_scene_are_round_and_keep_an_eighth_of_the_axis_clear(ends: tuple[float, float]) -> None:
    low, high = ends
    ticks = solids.inner_ticks(low, high)
    assert ticks == sorted(ticks)
    assert len(ticks) >= 3
    assert ticks[0] - low >= 0.12 * (high - low) - 1e-9
    assert high - ticks[-1] >= 0.12 * (high - low) - 1e-9


@pytest.mark.parametrize("margin", [0.0, 1.0, 2.0, 2.7, 3.0, 4.0, 7.0, 10.0, 20.0])
def test_no_note_of_the_slices_stands_on_a_curve_or_on_the_way_to_the_kink(margin: float) -> None:
    figure = valid(slices.slices(margin, FLAT, T))
    kink, *notes = figure.layout.annotations
    top = -slices.low_end(margin)
    assert (kink.ax, kink.ay) == (-margin, top)
    assert len(notes) == (2 if top == 5 else 1)
    sizes = ((1.0 * (top + 3) / 8, 0.66 * top / 5), (1.1, 0.66))
    for note, (width, height) in zip(notes, sizes, strict=False):
        across = (note.ax - width / 2, note.ax + width / 2)
        up = (note.ay - height / 2, note.ay + height / 2)
        assert not across[0] < -margin < across[1]
        for trace in figure.data[:-2]:
            on_it = [
                across[0] < x < across[1] and up[0] < y < up[1] for x, y in zip(trace.x, trace.y, strict=True)
            ]
            assert not any(on_it), trace.name


def test_the_legend_names_the_bars_as_they_are_stacked() -> None:
    figure = valid(scale.trade_off(scale.rescaled(2.0, 0.1), 0.1, 1.0, T))
    assert figure.layout.legend.traceorder == "normal"
    assert [trace.name for trace in figure.data[:2]] == ["data loss", "penalty ½λ|W|²"]


# ---- where things stand, and what the thresholds are


def in_range(axis: go.layout.XAxis) -> bool:
    low, high = axis.range
    return all(low <= tick <= high for tick in axis.tickvals)


@pytest.mark.parametrize(("scores", "true", "margin"), ROWS)
def test_ticks_stand_in_order_each_with_its_own_name(
    scores: Sequence[float], true: int, margin: float
) -> None:
    layout = valid(tug(judged(scores, true, margin), T)).layout
    for across, up in ((layout.xaxis, layout.yaxis), (layout.xaxis2, layout.yaxis2)):
        assert list(across.tickvals) == list(range(len(scores)))
        names = [str(index) for index in range(len(scores))]
        assert [re.sub("</?b>|y = |<br>= y", "", name) for name in across.ticktext] == names
        assert [index for index, name in enumerate(across.ticktext) if "y" in name] == [true]
        assert list(up.tickvals) == sorted(up.tickvals)
        assert [float(name.replace("−", "-")) for name in up.ticktext] == list(up.tickvals)
        assert in_range(across)
        assert in_range(up)


@pytest.mark.parametrize(("scores", "true", "margin"), ROWS)
def test_numbers_brackets_and_arrows_stand_clear_of_the_bars(
    scores: Sequence[float], true: int, margin: float
) -> None:
    case = judged(scores, true, margin)
    figure = valid(tug(case, T))
    half = (1 - figure.layout.bargap) / 2
    for note in figure.layout.annotations:
        if note.showarrow:
            assert half < note.x - round(note.x) < 0.5
            assert note.x == note.ax
        elif note.yref in {"y", "y2"} and note.xref in {"x", "x2"}:
            beyond = 1 if note.y >= 0 else -1
            assert note.yshift * beyond >= 8  # past the handle, away from the bar
            assert note.yanchor == ("bottom" if beyond > 0 else "top")
            assert note.y == scores[int(note.x)]
    for bracket in figure.data[3:]:
        index = round(bracket.x[1] + 0.4)
        assert max(bracket.x) < index - half
        limit = scores[true] - margin
        assert min(bracket.y) == limit
        assert max(bracket.y) == pytest.approx(max(scores[index], limit))


def test_every_pull_of_the_cross_entropy_has_an_arrow_longer_for_more() -> None:
    """On a scale of logarithms; the shortest is still longer than its head."""
    scores = [np.log(probability) for probability in (1e-9, 0.05, 0.1, 0.25, 0.6 - 1e-9)]
    figure = valid(tug(judged(scores, 4), T))
    drawn = dict(arrows(figure, "x2"))
    said = {int(note.x) for note in figure.layout.annotations if "still > 0" in note.text}
    assert set(drawn) == set(range(5))
    assert said == {0}
    lengths = [abs(drawn[index]) for index in range(4)]
    assert lengths == sorted(set(lengths))
    assert lengths[0] / max(map(abs, drawn.values())) > 0.3
    for far in (FAR_AHEAD, (1e4, -1e4)):
        figure = valid(tug(judged(far, 0), T))
        assert "still > 0" in " ".join(note.text for note in figure.layout.annotations)
        assert [np.sign(length) for _, length in arrows(figure, "x2")] == [1, *[-1] * (len(far) - 1)]
        assert arrows(figure, "x") == []


def test_before_it_is_told_no_picture_shows_what_a_loss_asks() -> None:
    case = judged(CS231N, 2)
    ways = walks(tuple(case.scores), case.true, case.margin)
    hidden = (
        tug(case, T, told=False),
        pull(case, case, ways, 0, T, told=False),
        jacobian(case, 2, T, told=False),
    )
    for picture in hidden:
        figure = valid(picture)
        assert not any(note.showarrow for note in figure.layout.annotations)
        told = [picture.description, *(cell for row in picture.table.rows for cell in row)]
        told += [str(note.text) for note in figure.layout.annotations]
        assert not re.search(r"1\.58|1\.04|0\.6466|0\.22|↑|↓", " ".join(told))


def test_the_pull_of_the_hinge_ends_at_exactly_0_and_that_of_the_cross_entropy_never() -> None:
    for scores, true, margin in ROWS:
        ways = walks(tuple(map(float, scores)), true, margin)
        assert all(np.isfinite(ways.entropy.logs))
        stopped = ways.hinge.stopped
        if stopped is not None:
            assert set(ways.hinge.logs[stopped:]) == {-np.inf}
            assert ways.hinge.scores[stopped] == ways.hinge.scores[-1]
    case = judged(CS231N, 2)
    ways = walks(tuple(case.scores), 2, 1.0)
    rows = (ways.hinge.scores[5], ways.entropy.scores[5])
    figure = valid(pull(*(judged(row, 2) for row in rows), ways, 5, T))
    hinge, entropy = (trace for trace in figure.data if trace.xaxis == "x3")
    lowest = figure.layout.yaxis3.tickvals[0]
    assert figure.layout.yaxis3.ticktext[0] == "exactly 0"
    assert (hinge.y[-1], len(hinge.y), len(entropy.y)) == (lowest, 6, 6)
    assert min(entropy.y) > lowest
    assert 10 ** entropy.y[-1] == pytest.approx(judged(rows[1], 2).cross_entropy_gradient[2] * -1)


def test_the_field_has_a_square_for_each_entry_and_the_raised_score_is_framed() -> None:
    case = judged(CS231N, 2)
    figure = valid(jacobian(case, 1, T))
    numbers = [note.text for note in figure.layout.annotations if note.xref == "x"]
    assert numbers[:9] == [
        "0.0152", "−0.00975", "−0.00546", "−0.00975", "0.233", "−0.223", "−0.00546", "−0.223", "0.229",
    ]  # fmt: skip
    assert figure.data[1].y == pytest.approx([-0.009750944, 0.232796, -0.223045], rel=1e-4)
    (frame,) = figure.layout.shapes
    assert (frame.x0, frame.x1) == (0.5, 1.5)
    assert list(figure.data[0].customdata) == [0, 1, 2] * 3


def test_what_has_no_room_beside_each_other_is_written_upwards_under_a_higher_axis() -> None:
    for scores, turned, turned_on_a_phone in (
        (CS231N, False, True),
        (FAR_AHEAD, False, True),
        ((0.0, 0.1, -0.5, -60.0), True, True),
        (range(5), True, True),
    ):
        picture = tug(judged(scores, 0), T)
        layout, narrow = picture.figure["layout"], picture.figure["narrow"]
        for part, upright in ((layout, turned), (narrow, turned_on_a_phone)):
            texts = [
                note
                for note in part["annotations"]
                if note.get("yanchor") == "top" and "domain" in note["yref"]
            ]
            assert len(texts) == 2 * len(scores)
            assert {note["textangle"] for note in texts} == {-90 if upright else 0}
            arrow = "→" if upright else "↑"  # turned to the left, → points up
            assert [arrow in note["text"] for note in texts[len(scores) :]] == [True] + [False] * (
                len(scores) - 1
            )
            bound = picture.handles[0].high
            assert part["yaxis"]["range"] == [
                -(1.7 if upright else 1.3) * bound,
                (2.5 if upright else 1.65) * bound,
            ]


@pytest.mark.parametrize(("margin", "temperature"), [(0.0, 1.0), (1.0, 1.0), (1.5, 2.0), (4.0, 0.5)])
def test_contours_stand_half_a_step_above_the_floor_and_then_a_step_apart(
    margin: float, temperature: float
) -> None:
    """At 0 itself a contour would wander over the whole floor, at a whole step the first would be far off."""
    for loss in ("H", "CE"):
        at = surfaces.gaps((0.0, 0.0), margin, temperature)
        (contour,) = [
            trace for trace in valid(surfaces.surfaces(at, loss, "2D", T)).data if trace.type == "contour"
        ]
        lines = contour.contours
        levels = np.arange(lines.start, lines.end, lines.size)
        assert (contour.zmin, contour.zmax) == (0, lines.end)
        assert lines.end >= np.max(contour.z)
        assert levels[0] == pytest.approx(lines.end / 20)
        assert np.diff(levels) == pytest.approx(lines.end / 10)


@pytest.mark.parametrize("margin", [0.0, 1.0, 4.0])
@pytest.mark.parametrize("temperature", [0.5, 1.0, 4.0])
def test_a_contour_of_the_difference_runs_where_the_losses_are_equal(
    margin: float, temperature: float
) -> None:
    at = surfaces.gaps((0.0, 0.0), margin, temperature)
    contour, _ = valid(surfaces.surfaces(at, surfaces.DIFFERENCE, "2D", T)).data
    lines = contour.contours
    levels = lines.start + lines.size * np.arange(30)
    assert np.abs(levels).min() == pytest.approx(0.0, abs=1e-9)
    assert contour.zmin == lines.start <= np.min(contour.z)
    assert contour.zmax >= max(np.max(contour.z), 0.05)
    assert contour.zmax <= max(0.05, 2 * np.max(contour.z))
    place = -contour.zmin / (contour.zmax - contour.zmin)
    assert [(colour[0], colour[1]) for colour in contour.colorscale] == [
        (0.0, "#6BAED6"), (pytest.approx(place), "#F7F7F7"), (1.0, "#F28E72"),
    ]  # fmt: skip


def test_where_the_hinge_is_larger_everywhere_that_is_said() -> None:
    told = surfaces.difference_stories(surfaces.gaps((0.0, 0.0), 4.0, 4.0))
    assert list(told) == ["difference", "difference-all-blue", "difference-floor-outside", "difference-point"]


def test_no_height_of_the_cross_entropy_is_rounded_to_0() -> None:
    at = surfaces.gaps((0.0, 0.0), 1.0, 0.5)
    (contour,) = [
        trace for trace in valid(surfaces.surfaces(at, "CE", "2D", T)).data if trace.type == "contour"
    ]
    true = np.log1p(2 * np.exp(-12.0))
    assert contour.z[0][0] == pytest.approx(true, rel=1e-4)
    assert np.min(contour.z) > 0


def test_arrows_of_the_field_are_as_long_as_documented() -> None:
    """The steepest fall, √2/T of the hinge, has the longest; where there is none, there is a ring."""
    at = surfaces.gaps((0.0, 0.0), 1.0, 2.0)
    lengths = [
        np.hypot(across, up) for _x, _y, across, up in field(valid(surfaces.surfaces(at, "H", "2D", T)))
    ]
    assert max(lengths) == pytest.approx(0.95, abs=2e-3)
    assert min(lengths) == pytest.approx(0.42 + (0.95 - 0.42) / np.sqrt(2), abs=2e-3)


@pytest.mark.parametrize("digits", [4, 6])
def test_parts_add_up_as_they_are_printed_or_say_about(digits: int) -> None:
    def number(text: str) -> Decimal:
        return Decimal(text.replace("−", "-").removeprefix("≈ "))

    for seed in range(40):
        parts = np.random.default_rng(seed).uniform(0, 10.0 ** (seed % 5), 2).tolist()
        *shown, total = whole(parts, sum(parts), digits)
        assert (sum(map(number, shown)) == number(total)) != total.startswith("≈ ")
    tables = [scale.trade_off(scale.rescaled(c, 0.1), 0.1, 1.0, T).table for c in (0.3, 2.0, 7.0)]
    tables += [weights.weights(weights.bowls(l2, 1.0), l2, "2D", T).table for l2 in (0.0, 0.03, 0.1)]
    for table in tables:
        for row in table.rows:
            *_, data, penalty, total = row
            assert total.startswith("≈ ") or number(data) + number(penalty) == number(total)


@pytest.mark.parametrize(("scores", "true", "margin"), [*ROWS, ((0.1, 0.2, 0.3, 0.4), 1, 1.0)])
def test_a_number_has_the_same_digits_in_titles_words_tables_and_labels(
    scores: Sequence[float], true: int, margin: float
) -> None:
    case = judged(scores, true, margin)
    picture = tug(case, T)
    notes = [note["text"] for note in picture.figure["layout"]["annotations"]]
    assert f"<b>Hinge: L = {case.hinge_text}</b>" in notes
    assert f"<b>Cross-entropy: L = {case.entropy_text}</b>" in notes
    assert f"is {case.hinge_text}, the cross-entropy loss {case.entropy_text}." in picture.description
    for index, row in enumerate(picture.table.rows):
        wish_here = re.sub("[↑↓] ", "", case.entropy_wish(index))
        wished = next(note for note in notes if re.match(f"<b>[↑↓→←] {re.escape(wish_here)}</b>", note))
        assert "≈ 1" in wished or case.entropy_slope(index).lstrip("−") in wished
        assert row[5] == case.entropy_slope(index)
        assert index == true or row[4] == row[5]  # the same p


# ---- units and the trade-off


def test_one_example_has_other_numbers_in_other_units() -> None:
    cells = [row[1:] for row in scale.rulers(T).rows]
    assert cells == [["1.58", "1.04019"], ["3.16", "–"], ["–", "1.50068"], ["9 (Δ = 1)", "2.30259"]]


@pytest.mark.parametrize("t", [T, KO], ids=["en", "ko"])
def test_the_table_of_units_says_the_margins_and_which_is_another_example(t: Translate) -> None:
    (first, *_), *_, (name, hinge, _entropy) = scale.rulers(t).rows
    assert "Δ = 1" in first
    assert "10" in name
    assert "Δ = 1" in hinge


def test_the_example_is_computed_from_x_w_and_b() -> None:
    assert model.example_scores() == pytest.approx(CS231N)
    assert model.is_the_notes(judged(CS231N, 2))
    assert not model.is_the_notes(judged((-2.85, 0.86, 0.29), 2))
    assert all(check.largest < 1e-7 for check in scale.example_checks().values())
    assert not any(check.crosses_kink for check in scale.example_checks().values())


@pytest.mark.parametrize("factor", [0.1, 1.0, 2.0, 10.0])
@pytest.mark.parametrize("l2", [0.0, 0.1, 1.0])
def test_the_trade_off_gives_the_same_objective_at_any_scale(factor: float, l2: float) -> None:
    pair = scale.rescaled(factor, l2)
    assert pair.recovered == pytest.approx(pair.here.total, rel=1e-12)
    assert (pair.margin, pair.l2) == pytest.approx((factor, l2 / factor))
    data, penalty, totals = valid(scale.trade_off(pair, l2, 1.0, T)).data
    assert totals.x[0] == pytest.approx(totals.x[2], rel=1e-12)
    assert totals.x[1] == pytest.approx(factor * totals.x[0], rel=1e-12)
    assert [one + other for one, other in zip(data.x, penalty.x, strict=True)] == pytest.approx(totals.x)


def test_without_dividing_the_penalty_the_scales_would_differ() -> None:
    params = scaled_params(weights.plane()[1], 0.6)
    pair = rescale_objective(params, weights.blobs(), "weston_watkins", 0.1, 1.0, 2.0)
    careless = objective(pair.params, weights.blobs(), "weston_watkins", 0.1, 2.0).total
    assert careless / 2 != pytest.approx(pair.here.total, rel=0.01)


def test_the_judged_example_is_a_value() -> None:
    assert isinstance(judged(CS231N, 2), Judged)
    with pytest.raises(AttributeError):
        judged(CS231N, 2).margin = 0.0  # type: ignore[misc]


def test_a_pull_ten_times_as_weak_has_a_shorter_arrow_down_to_a_millionth() -> None:
    weak = (1e-6, 1e-5, 1e-4, 1e-3, 1e-2)
    figure = valid(tug(judged([*np.log(weak), 0.0], 5), T))
    lengths = [abs(length) for _, length in arrows(figure, "x2")][: len(weak)]
    steps = np.diff(lengths)
    assert steps == pytest.approx([steps.mean()] * len(steps), rel=0.05)
    assert steps.mean() > 0
