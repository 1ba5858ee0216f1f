"""The pictures of the lesson on training: valid figures, and the numbers of the run in words and tables."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from lessons.train import point, stations, trials
from lessons.train.course import course
from lessons.train.pictures import curves, film, idea, numbers, path, plane, race
from lessons.train.pictures.curves import Old
from lessons.train.pictures.layers import MAX_GAP, layers, palette
from lessons.train.replay import build_configs, build_data, replay
from lessons.train.scene import Scene, SceneRecipe, SceneSegment
from lessons.train.view import CELLS, SHOWN, View
from softmax_core import TrainConfig, score_on
from softmax_core.training import (
    REGION_LEVELS,
    LockStep,
    confusion_matrix,
    region_frames,
    sample_pulls,
    start_lockstep,
)
from ui.charts.picture import Picture
from ui.text import language
from ui.typed import MAX_CLASSES

T = language("en")
MODELS = pytest.mark.parametrize("model", ["linear", "quadratic", "hidden"])


def scene(name: str = "blobs", **values: Any) -> Scene:
    recipe = SceneRecipe(name=name, n_samples=values.pop("n", 60), noise=values.pop("noise", None))
    kept = {key: values.pop(key) for key in ("test_share", "model", "hinge", "n_hidden") if key in values}
    return Scene(recipe=recipe, segments=(SceneSegment(**values),), n_steps=100, **kept)


def both(given: Scene, steps: int = 0, **looks: Any) -> tuple[View, LockStep]:
    samples, test, names = build_data(given)
    lock = start_lockstep(build_configs(given, given.segments[0]), samples, test).reached(steps)
    return View(samples, test, names, given.n_steps, **looks), lock


def drawn(view: View, lock: LockStep, step: int = 0, old: tuple[Old, ...] = ()) -> Picture:
    return film.picture(view, lambda: lock, step, old, T)


def validated(picture: Picture) -> go.Figure:
    parts = {key: picture.figure[key] for key in ("data", "layout")}
    narrow = picture.figure.get("narrow", {})
    go.Figure({"data": [], "layout": narrow})
    return go.Figure(parts)


@MODELS
@pytest.mark.parametrize("name", ["blobs", "moons", "iris", "cs231n_spiral"])
def test_the_picture_is_a_valid_figure_and_every_frame_fills_its_layers(model: str, name: str) -> None:
    view, lock = both(scene(name, model=model, test_share=0.2, n_hidden=4), shown=SHOWN)
    picture = drawn(view, lock)
    validated(picture)
    steps = [0, 3, 6]
    lock, runs = lock.played(steps)
    frames = film.frames(view, lock, steps, runs, len(picture.layers), T)
    assert [frame["step"] for frame in frames] == steps
    for frame in frames:
        assert len(frame["layers"]) == len(picture.layers)
        for layer, data in zip(picture.layers, frame["layers"], strict=True):
            if layer.kind == "raster":
                assert data.dtype == np.uint8
                assert data.size == CELLS * CELLS
            if layer.kind in ("segments", "rings"):
                assert np.isfinite(data).all()
                assert data.shape[1] in {2, 4, 5}


def test_without_extra_layers_only_fields_boundaries_and_errors_are_sent() -> None:
    view, _ = both(scene())
    assert [layer.kind for layer in layers(view)] == ["raster", "segments", "rings"] * 2
    assert [layer.wide_only for layer in layers(view)] == [False] * 3 + [True] * 3


def test_the_field_is_shaded_by_class_and_lead() -> None:
    colours = palette()
    assert len(colours) == MAX_CLASSES * REGION_LEVELS <= 255, "which stands for what is not finite"
    assert colours[0][0] == colours[REGION_LEVELS - 1][0] != colours[REGION_LEVELS][0]
    assert colours[0][1] < colours[REGION_LEVELS - 1][1]


def test_rings_lie_around_the_errors_and_nowhere_else() -> None:
    view, lock = both(scene(noise=1.2), 20)
    picture = drawn(view, lock)
    lock, runs = lock.played([20])
    frame = film.frames(view, lock, [20], runs, len(picture.layers), T)[0]
    rings = [
        data for layer, data in zip(picture.layers, frame["layers"], strict=True) if layer.kind == "rings"
    ]
    for ring, state in zip(rings, lock.at(20), strict=True):
        counts = confusion_matrix(state, view.train)
        assert len(ring) == counts.sum() - np.trace(counts) > 0


def test_the_order_of_the_fields_can_be_turned() -> None:
    view, lock = both(scene(), order=(1, 0))
    titles = [note["text"] for note in drawn(view, lock).figure["layout"]["annotations"]]
    assert titles[0].startswith("<b>SVM</b>")
    assert titles[1].startswith("<b>softmax</b>")
    assert drawn(view, lock).figure["narrow"]["annotations"][0]["text"] == titles[0]


def test_a_run_that_blew_up_keeps_its_last_good_field() -> None:
    given = scene(hinge="squared_weston_watkins", noise=1.0, rate=5.0)
    view, lock = both(given, 100)
    assert lock.histories[1].head.status == "DIVERGED"
    picture = drawn(view, lock, 100)
    validated(picture)
    lock, runs = lock.played([0, 50, 100])
    frames = film.frames(view, lock, [0, 50, 100], runs, len(picture.layers), T)
    field = [layer.kind for layer in picture.layers].index("raster", 1)
    assert not (frames[-1]["layers"][field] == 255).any()
    assert "blew up" in numbers.status(lock, 1, 100, 100, T)
    assert numbers.status(lock, 0, 100, 100, T) == "step 100 reached"


def test_the_head_line_and_the_table_give_the_same_share_of_right_points() -> None:
    given = scene(n=40)
    view, lock = both(given)
    lock, runs = lock.played([0])
    picture = drawn(view, lock)
    states = [replace(states[0], accuracy=0.025) for states in runs]
    label = film.frames(view, lock, [0], [[state] for state in states], len(picture.layers), T)[0]["label"]
    table = numbers.figures(view, lock, 0, states, [run.config for run in lock.histories], T)
    assert table.rows[4][1:] == ["2.5 %", "2.5 %"]
    assert label.count("2.5\N{NO-BREAK SPACE}% right") == 2, "and no line ends before the %"
    for run in lock.histories:
        assert f"{numbers.percent(run.head.accuracy)}" in picture.description


def test_the_words_and_the_table_hold_the_numbers_of_the_run() -> None:
    view, lock = both(scene(test_share=0.2), 40)
    softmax, svm = lock.at(40)
    picture = drawn(view, lock, 40)
    for state in (softmax, svm):
        assert f"{state.total:.4g}" in picture.description
        assert any(f"{state.total:.4g}" in row for row in picture.table.rows)
    table = numbers.figures(view, lock, 40, (softmax, svm), [run.config for run in lock.histories], T)
    assert [table.rows[1][1], table.rows[1][2]] == [f"{softmax.total:.4g}", f"{svm.total:.4g}"]
    assert "Test accuracy" in [row[0] for row in table.rows]
    assert "Test accuracy" not in [
        row[0]
        for row in numbers.figures(
            *both(scene()), 0, lock.at(0), [run.config for run in lock.histories], T
        ).rows
    ]


def test_the_curves_are_asked_anew_and_grow() -> None:
    view, lock = both(scene(), 5)
    newest = {"lock": lock}
    picture = film.picture(view, lambda: newest["lock"], 0, (), T)
    lines = [layer for layer in picture.layers if layer.kind == "line"]
    assert [line.data()["x"][-1] for line in lines] == [5.0] * len(lines)
    newest["lock"] = lock.reached(30)
    assert [line.data()["x"][-1] for line in lines] == [30.0] * len(lines)


def test_a_long_curve_is_thinned_but_keeps_its_ends() -> None:
    view, lock = both(scene(), 3000)
    line = next(layer for layer in drawn(view, lock).layers if layer.kind == "line").data()
    assert len(line["x"]) <= 260
    assert (line["x"][0], line["x"][-1]) == (0, 3000)


def test_old_runs_are_drawn_whole_and_pinned_ones_dashed() -> None:
    view, lock = both(scene(), 10)
    curve = lock.histories[0].curve
    olds = [
        layer
        for layer in drawn(view, lock, 0, (Old(0, curve), Old(1, curve, True))).layers
        if layer.style.get("whole")
    ]
    assert len(olds) == 4
    assert [bool(layer.style.get("dash")) for layer in olds] == [False, False, True, True]


@pytest.mark.parametrize(
    ("hinge", "margin", "chance"), [("weston_watkins", 2.0, 4.0), ("squared_weston_watkins", 2.0, 8.0)]
)
def test_the_lines_of_chance_are_where_the_untrained_losses_are(
    hinge: str, margin: float, chance: float
) -> None:
    view, lock = both(scene(hinge=hinge, margin=margin))
    shapes, notes = curves.chance_marks(lock, False)
    assert [shape["y0"] for shape in shapes] == [pytest.approx(np.log(3)), chance]
    assert "log 3 = 1.099" in notes[0]["text"]
    for shape, run in zip(shapes, lock.histories, strict=True):
        assert run.head.data_loss == pytest.approx(shape["y0"], rel=0.05)
    assert view.n_classes == 3


@pytest.mark.parametrize("margin", [0.0, 0.55, 2.0])
def test_the_values_of_chance_stand_above_the_plot_a_row_each(margin: float) -> None:
    view, lock = both(scene(margin=margin))
    layout = drawn(view, lock).figure["layout"]
    _, _, heading, accuracy, *notes = layout["annotations"]
    assert [note["text"] for note in notes] == ["··· log 3 = 1.099", f"··· (3 − 1)·Δ = {2 * margin:.4g}"]
    for note in notes:
        assert (note["yref"], note["y"], note["yanchor"]) == ("y3 domain", 1, "bottom")
    assert notes[0]["yshift"] == heading["yshift"]
    assert notes[1]["yshift"] == accuracy["yshift"] == heading["yshift"] - curves.ROW
    above = (1 - layout["yaxis3"]["domain"][1]) * (
        layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    )
    assert above == pytest.approx(curves.ROW, abs=1), "so that the headings of all plots stand in a line"


def test_a_chance_of_nothing_is_no_line_on_a_logarithmic_axis() -> None:
    _, lock = both(scene(margin=0.0))
    assert len(curves.chance_marks(lock, False)[0]) == 2
    shapes, notes = curves.chance_marks(lock, True)
    assert [shape["y0"] for shape in shapes] == [pytest.approx(np.log(3))]
    assert len(notes) == 2


def test_a_logarithmic_axis_never_gets_a_loss_of_nothing() -> None:
    view, lock = both(scene(l2=0.0), 10, log=True)
    picture = drawn(view, lock)
    validated(picture)
    for layer in picture.layers:
        if layer.kind == "line" and layer.yaxis == "yaxis3":
            values = layer.data()["y"]
            assert not (values <= 0).any()


def test_on_a_logarithmic_axis_a_loss_of_nothing_lies_at_the_lower_edge_where_0_is_written() -> None:
    view, lock = both(scene("blobs", l2=0.0, rate=1.0), 200, log=True)
    assert (lock.histories[1].curve.data_loss == 0).any()
    picture = drawn(view, lock)
    axis = picture.figure["layout"]["yaxis3"]
    zero, *powers = axis["tickvals"]
    assert axis["ticktext"][0] == "0"
    assert [float(text.replace("−", "-")) for text in axis["ticktext"][1:]] == powers == sorted(powers)
    assert axis["range"][0] < np.log10(zero) < np.log10(powers[0])
    nothing = np.float32(zero)
    assert (
        sum(
            (layer.data()["y"] == nothing).any()
            for layer in picture.layers
            if layer.yaxis == "yaxis3" and layer.kind == "line"
        )
        >= 2
    )
    hovered = [trace for trace in picture.figure["data"] if trace.get("text") and trace.get("yaxis") == "y3"]
    told = [(y, text) for trace in hovered for y, text in zip(trace["y"], trace["text"], strict=True)]
    assert all(y == pytest.approx(zero, rel=1e-5) for y, text in told if text == "0")
    assert any(text == "0" for _, text in told)


def test_the_plane_holds_every_point_and_does_not_twitch() -> None:
    for name in ("blobs", "iris", "moons", "cs231n_spiral"):
        view, _ = both(scene(name))
        x0, x1, y0, y1 = view.extent
        X = view.everything.X
        assert (X[:, 0] > x0).all()
        assert (X[:, 0] < x1).all()
        assert (X[:, 1] > y0).all()
        assert (X[:, 1] < y1).all()
    assert plane.round_up(2.01) == 2.5
    assert plane.round_up(2.5) == 2.5
    assert plane.round_up(0.011) == pytest.approx(0.012)


@MODELS
@pytest.mark.parametrize("hinge", ["weston_watkins", "squared_weston_watkins"])
def test_the_numpy_lines_run_and_print_what_is_on_the_screen(model: str, hinge: str) -> None:
    given = scene("cs231n_spiral", model=model, hinge=hinge, n_hidden=8, rate=0.3)
    view, lock = both(given, 25)
    for state, run in zip(lock.at(25), lock.histories, strict=True):
        for index in (0, 31, 59):
            work = point.worked(index, view, state, run.config)
            said: dict[str, Any] = {"print": lambda *_: None}
            exec("\n".join(point.numpy_lines(work, state)), said)  # noqa: S102 - the very lines a reader copies
            pulls = sample_pulls(state, run.config, view.train)
            assert said["loss"] == pytest.approx(float(pulls.losses[index]), rel=1e-9, abs=1e-12)
            assert said["wish"] == pytest.approx(pulls.per_score[index], abs=1e-12)
            assert said["share"] == pytest.approx(work.share, abs=1e-12)
            assert work.loss == pytest.approx(float(pulls.losses[index]))


def test_the_shares_of_all_points_make_the_gradient() -> None:
    view, lock = both(scene(l2=0.0), 10)
    for state, run in zip(lock.at(10), lock.histories, strict=True):
        total = sum(point.worked(i, view, state, run.config).share for i in range(view.n_train))
        assert np.asarray(total) == pytest.approx(state.gradients["W"], abs=1e-12)


def test_a_point_beyond_the_last_is_the_last() -> None:
    view, lock = both(scene(test_share=0.5))
    work = point.worked(10_000, view, lock.at(0)[0], lock.histories[0].config)
    assert work.number == view.everything.n_samples
    assert work.is_test


@pytest.mark.parametrize("model", ["linear", "quadratic"])
def test_the_way_lies_on_its_surface(model: str) -> None:
    view, lock = both(scene(model=model, rate=0.1), 80)
    for run, history in enumerate(lock.histories):
        way = path.path(history, history.config, view, history.head)
        assert isinstance(way, path.Path)
        assert not way.has_left
        assert way.steps[0] == 0
        assert way.steps[-1] == 80
        picture = path.picture(way, run, T)
        validated(picture)
        column = int(np.abs(way.a - way.places[-1][0]).argmin())
        row = int(np.abs(way.b - way.places[-1][1]).argmin())
        assert way.heights[row, column] == pytest.approx(way.losses[-1], rel=0.25)
        assert f"{way.losses[-1]:.4g}" in picture.description


def test_a_way_that_blows_up_ends_where_it_leaves_the_map() -> None:
    view, lock = both(scene(hinge="squared_weston_watkins", noise=1.0, rate=5.0), 100)
    history = lock.histories[1]
    way = path.path(history, history.config, view, lock.last_good(100)[1])
    assert isinstance(way, path.Path)
    assert way.has_left
    assert way.steps[-1] < history.head.step
    assert max(way.losses) <= 8 * way.losses[0]


def test_there_is_no_way_before_the_first_step_nor_of_a_hidden_layer() -> None:
    view, lock = both(scene())
    history = lock.histories[0]
    assert path.path(history, history.config, view, history.head) == "path-still"
    view, lock = both(scene(model="hidden", n_hidden=4), 5)
    history = lock.histories[0]
    assert path.path(history, history.config, view, history.head) == "path-hidden"


def test_confusion_and_parameters_stand_in_tables() -> None:
    view, lock = both(scene(), 20)
    state = lock.at(20)[0]
    rows = numbers.confusion(state, view, "softmax", T).rows
    assert [[int(cell.strip("*")) for cell in row[1:]] for row in rows] == confusion_matrix(
        state, view.train
    ).tolist()
    cells = numbers.parameters(state, view, "softmax", T).rows
    assert cells[0][1] == f"{state.params['W'][0, 0]:.4g}".replace("-", "−")
    view, lock = both(scene(model="hidden", n_hidden=4), 3)
    assert [row[0] for row in numbers.parameters(lock.at(3)[0], view, "softmax", T).rows] == [
        "W1",
        "b1",
        "W2",
        "b2",
    ]


def test_three_step_sizes_creep_arrive_and_leave() -> None:
    validated(idea.step_sizes(T))
    small, good, large = idea.walks()
    assert abs(small[-1]) > 0.5
    assert abs(good[-1]) < 0.05
    assert (np.diff(np.abs(large)) > 0).all()


@pytest.mark.parametrize(("rate", "outcome"), [(0.01, "faster"), (10.0, "same"), (30.0, "broken")])
def test_ten_times_the_step_size_is_truly_run(rate: float, outcome: str) -> None:
    given = scene(rate=rate)
    found = trials.ten_times(given)
    slow, fast = (replay(scene(rate=factor * rate), found.steps).at(found.steps)[0] for factor in (1, 10))
    assert (found.slow, found.fast, found.outcome) == (slow.total, fast.total, outcome)


def test_ten_times_a_good_step_is_broken_with_a_strong_penalty() -> None:
    found = trials.ten_times(scene(rate=0.5, l2=1.0))
    assert found.outcome == "broken"
    assert not found.fast <= found.slow


def test_untrained_losses_are_close_to_chance() -> None:
    found = trials.untrained(scene(margin=2.0))
    assert found.measured == pytest.approx(found.chance, rel=0.05)


def test_an_empty_plane_can_be_drawn() -> None:
    validated(film.blank(plane.EMPTY, T))


def test_a_saved_picture_tells_its_settings() -> None:
    view, lock = both(scene(model="hidden", n_hidden=4, rate=0.3, l2=0.01, batch_size=10), steps=5)
    assert drawn(view, lock).caption == "hidden 4 · η = 0.3 · λ = 0.01 · H, Δ = 1 · GD, 10 · N = 60"
    config = lock.histories[0].config
    lock = lock.branched(3, [replace(run.config, rate=0.7) for run in lock.histories]).reached(9)
    assert config.rate == 0.3
    assert "η = 0.3 " in drawn(view, lock, 2).caption
    assert "η = 0.7 " in drawn(view, lock, 8).caption


def test_a_column_of_numbers_says_at_which_step_a_run_ended() -> None:
    view, lock = both(scene(hinge="squared_weston_watkins", rate=50.0), steps=100)
    states = lock.last_good(100)
    table = numbers.figures(view, lock, 100, states, [run.config for run in lock.histories], T)
    ended = states[1].step
    assert ended < 100
    assert table.columns == ["At step 100", "softmax", f"SVM, its step {ended}"]


def test_old_runs_are_told_apart_by_kind_and_by_run_and_seen_beneath_the_new() -> None:
    view, lock = both(scene(), steps=30)
    old = tuple(Old(run, lock.histories[run].curve, pinned) for pinned in (False, True) for run in (0, 1))
    picture = drawn(view, lock, old=old)
    bands = [layer.style for layer in picture.layers if layer.kind == "line" and layer.style.get("whole")]
    looks = {(band["colour"], band.get("dash")) for band in bands}
    assert len(looks) == 4
    lines = [layer.style for layer in picture.layers if layer.kind == "line"]
    thickest = max(line["width"] for line in lines if not line.get("whole"))
    assert all(band["width"] > 2 * thickest for band in bands)
    keys = [trace["line"] for trace in picture.figure["data"] if trace.get("legend")]
    looks = {(key["color"], key["width"], key.get("dash")) for key in keys}
    assert len(looks) == len(keys), "each key of the legend has a look of its own"


def test_a_logarithmic_axis_reaches_as_far_as_a_wild_run() -> None:
    view, lock = both(scene(rate=700.0), steps=60, log=True)
    highest = max(float(run.curve.total.max()) for run in lock.histories)
    low, high = drawn(view, lock).figure["layout"]["yaxis3"]["range"]
    assert 10**low < 1e-3
    assert 10**high >= highest > 100


TEN = Scene(points=tuple((k % 4, k // 4, k) for k in range(10)), class_names=tuple("ABCDEFGHIJ"))
LONG = replace(TEN, class_names=tuple(f"a class of letter {letter}" for letter in "ABCDEFGHIJ"))


@pytest.mark.parametrize(
    ("given", "wide_rows", "narrow_rows"), [(scene("iris"), 1, 2), (TEN, 1, 4), (LONG, 3, 11)]
)
def test_the_names_of_all_classes_fit_between_the_fields_and_what_is_below(
    given: Scene, wide_rows: int, narrow_rows: int
) -> None:
    figure = drawn(*both(given)).figure
    wide, narrow = figure["layout"], figure["narrow"]
    inner = [each["height"] - each["margin"]["t"] - each["margin"]["b"] for each in (wide, narrow)]
    assert inner[0] * (wide["legend"]["y"] - wide["legend2"]["y"]) > 22 * wide_rows
    assert wide["margin"]["b"] + inner[0] * wide["legend2"]["y"] >= 30
    heading = 44
    assert inner[1] * (narrow["legend"]["y"] - narrow["yaxis3"]["domain"][1]) > 22 * narrow_rows + heading
    assert inner[1] * (narrow["yaxis"]["domain"][1] - narrow["yaxis"]["domain"][0]) == pytest.approx(197.4)


@pytest.mark.parametrize(("height", "is_square"), [(2.5, True), (2.1, True), (1.95, False), (0.4, False)])
def test_the_axes_are_alike_until_the_points_are_twice_as_wide_as_high(
    height: float, is_square: bool
) -> None:
    """Half as high, less the room around them, they would be a strip."""
    x0, x1, y0, y1 = plane.extent(plane.fitted(np.array([[-4.0, -height], [4.0, height]])))
    assert (x1 - x0 == y1 - y0) is is_square
    y0, y1, x0, x1 = plane.extent(plane.fitted(np.array([[-height, -4.0], [height, 4.0]])))
    assert (x1 - x0 == y1 - y0) is is_square


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("values", [{}, {"margin": 10.0}, {"hinge": "squared_weston_watkins", "rate": 5.0}])
def test_axes_go_upwards_and_hold_what_they_are_to_show(log: bool, values: dict[str, Any]) -> None:
    view, lock = both(scene(**values), 60, log=log)
    picture = drawn(view, lock)
    for layout in (picture.figure["layout"], picture.figure["layout"] | picture.figure["narrow"]):
        axes = {key: value for key, value in layout.items() if re.fullmatch(r"[xy]axis\d?", key)}
        for axis in axes.values():
            for ends in (axis.get("range", [0, 1]), axis.get("domain", [0, 1])):
                assert ends[0] < ends[1]
            assert log or "tickvals" not in axis, "labels are Plotly's own, in order"
    low, high = picture.figure["layout"]["yaxis3"]["range"]
    for run in lock.histories:
        for loss in (curves.chance(run.config), run.segments[0].start.total):
            assert low <= (np.log10(loss) if log else loss) <= high
    assert picture.figure["layout"]["yaxis4"]["range"][1] >= 1
    assert picture.figure["layout"]["xaxis3"]["range"] == [0, view.n_steps]


def test_plots_that_stand_side_by_side_or_below_each_other_do_not_overlap() -> None:
    view, lock = both(scene())
    figure = drawn(view, lock).figure
    wide, narrow = figure["layout"], figure["narrow"]
    across = [wide[axis]["domain"] for axis in ("xaxis", "xaxis2", "xaxis3")]
    assert all(left[1] < right[0] for left, right in pairwise(across))
    assert wide["yaxis4"]["domain"][1] < wide["yaxis3"]["domain"][0]
    assert narrow["yaxis3"]["domain"][1] < narrow["yaxis"]["domain"][0]
    assert narrow["yaxis4"]["visible"] is False


def test_the_title_names_the_lead_from_which_the_shade_is_full() -> None:
    view, lock = both(scene(), 5)
    (title,) = [
        note["text"] for note in drawn(view, lock).figure["layout"]["annotations"] if "lead" in note["text"]
    ]
    assert f"full from {MAX_GAP:g} on" in title
    state = lock.histories[1].head
    leads = []
    for y in view.grid.y:
        scores = state.params["W"].T @ np.stack([view.grid.x, np.full(CELLS, y)]) + state.params["b"][:, None]
        best = np.sort(scores, axis=0)
        leads.append(best[-1] - best[-2])
    (cells,) = region_frames([state], view.grid, "gaps", MAX_GAP).cells
    shade = cells.reshape(CELLS, CELLS) % REGION_LEVELS
    assert (shade[np.array(leads) >= MAX_GAP] == REGION_LEVELS - 1).all()
    assert shade[np.array(leads) < 0.9 * MAX_GAP].max() < REGION_LEVELS - 1


@pytest.mark.parametrize(
    ("fast", "outcome"), [(0.97, "faster"), (0.99, "same"), (1.01, "same"), (1.03, "broken")]
)
def test_two_percent_make_a_difference(fast: float, outcome: str) -> None:
    assert trials._outcome(1.0, fast, False) == outcome
    assert trials._outcome(1.0, fast, True) == "broken"


@pytest.mark.parametrize(
    ("share", "text"),
    [(1.0, "100.0 %"), (0.0, "0.0 %"), (0.9995, "99.95 %"), (1999 / 2000, "99.95 %"), (1 / 3, "33.3 %"),
     (0.0004, "0.04 %"), (9999 / 10000, "99.99 %")],
)  # fmt: skip
def test_no_share_reads_as_all_or_nothing_that_is_not(share: float, text: str) -> None:
    assert numbers.percent(share) == text


@pytest.mark.parametrize("seed", range(6))
def test_a_number_is_printed_alike_wherever_it_stands(seed: int) -> None:
    given = replace(scene(rate=0.3, l2=0.003, noise=0.5 + seed / 4), seed=seed)
    view, lock = both(given, 40)
    lock, runs = lock.played([40])
    picture = drawn(view, lock, 40)
    label = film.frames(view, lock, [40], runs, len(picture.layers), T)[0]["label"]
    rows = {row[0]: row[1:] for row in numbers.figures(view, lock, 40, lock.at(40), configs(lock), T).rows}
    hovers = {trace["name"]: trace for trace in picture.figure["data"] if "hovertemplate" in trace}
    for run, name in enumerate(("softmax", "SVM")):
        loss = rows["Loss"][run].removeprefix("≈ ")
        right = rows["Training accuracy"][run]
        assert f"{name} loss {loss}, " in label
        assert f"{name} has the loss {loss} and {right} " in picture.description
        assert picture.table.rows[-1][1 + 2 * run : 3 + 2 * run] == [loss, right]
        assert hovers[f"{name}, loss"]["text"][-1] == loss
        assert hovers[f"{name}, data loss"]["text"][-1] == rows["of it data loss"][run]
        assert hovers[f"{name}, training"]["text"][-1] == right
        assert hovers[f"{name}, loss"]["hovertemplate"].startswith("%{x}: %{text}<")
        way = path.path(lock.histories[run], configs(lock)[run], view, lock.at(40)[run])
        assert isinstance(way, path.Path)
        assert path.picture(way, run, T).table.rows[-1][-1] == loss


def configs(lock: LockStep) -> list[TrainConfig]:
    return [run.config for run in lock.histories]


def test_the_parts_of_a_loss_come_to_it_as_printed_or_it_says_about() -> None:
    signs = set()
    for seed in range(12):
        view, lock = both(replace(scene(rate=0.3, l2=0.02), seed=seed), 30)
        rows = numbers.figures(view, lock, 30, lock.at(30), configs(lock), T).rows
        for run in (1, 2):
            loss, data, penalty = (rows[row][run] for row in (1, 2, 3))
            added = Decimal(data) + Decimal(penalty)
            signs.add(loss.startswith("≈ "))
            assert loss.startswith("≈ ") is not (f"{float(added):.4g}" == loss)
    assert signs == {True, False}


def test_a_coordinate_that_a_reader_gave_keeps_its_digits_in_the_picture() -> None:
    given = Scene(points=((12.345, -0.5, 0), (-20.25, 3.001, 1)), class_names=("A", "B"), n_steps=5)
    view, lock = both(given)
    hovers = [trace["text"] for trace in drawn(view, lock).figure["data"] if trace.get("name") in ("A", "B")]
    assert "(12.345, −0.5)" in hovers[0][0]
    assert "(−20.25, 3.001)" in hovers[1][0]
    assert numbers.coordinate(1.23456789) == "1.235"


def test_a_run_that_blew_up_has_no_loss_in_the_head_line_nor_in_the_words() -> None:
    view, lock = both(scene(hinge="squared_weston_watkins", noise=1.0, rate=5.0), 100)
    lock, runs = lock.played([100])
    picture = drawn(view, lock, 100)
    step = lock.histories[1].head.step
    label = film.frames(view, lock, [100], runs, len(picture.layers), T)[0]["label"]
    assert f"SVM: blew up at step {step}" in label
    assert f"SVM blew up at step {step}" in picture.description


def test_softmax_is_never_said_to_lose_nothing() -> None:
    given = Scene(
        points=((30.0, 30.0, 0), (-30.0, 20.0, 1)),
        class_names=("A", "B"),
        segments=(SceneSegment(rate=700.0, l2=0.0),),
        n_steps=30,
    )
    view, lock = both(given, 30)
    assert lock.at(30)[0].total == 0
    rows = numbers.figures(view, lock, 30, lock.at(30), configs(lock), T).rows
    assert rows[1][1:] == ["≈ 0", "0"]


def test_a_way_under_other_settings_is_judged_by_the_present_ones() -> None:
    view, lock = both(scene(rate=0.3), 20)
    lock = lock.branched(20, [replace(config, margin=5.0, l2=0.1) for config in configs(lock)]).reached(40)
    history = lock.histories[1]
    way = path.path(history, history.config, view, history.head)
    assert isinstance(way, path.Path)
    first = lock.at(0)[1]
    expected = score_on(first, history.config, view.train).data_loss + 0.05 * (first.params["W"] ** 2).sum()
    assert way.losses[0] == pytest.approx(expected)
    assert way.losses[-1] == pytest.approx(history.head.total)


def test_the_longest_arrow_is_a_sixth_of_the_height_of_the_plane() -> None:
    view, lock = both(scene(), 3, shown=SHOWN)
    picture = drawn(view, lock)
    lock, runs = lock.played([3])
    frame = film.frames(view, lock, [3], runs, len(picture.layers), T)[0]["layers"]
    arrows = [
        data
        for layer, data in zip(picture.layers, frame, strict=True)
        if layer.style.get("arrow") and layer.style["width"] == 1.4
    ]
    assert len(arrows) == 2
    for ends in arrows:
        longest = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]).max()
        assert longest == pytest.approx(0.16 * (view.extent[3] - view.extent[2]), rel=1e-3)


def test_a_race_that_stands_still_holds_nothing_of_later_steps() -> None:
    far = course(stations.far(stations.LONG))
    still = race.picture(far, True, T, race.Still(1000))
    assert max(int(row[0]) for row in still.table.rows) <= 1000
    assert "10000" not in still.description
    longest = float(far.lengths[1][0][far.steps <= 1000][-1])
    assert still.figure["layout"]["yaxis4"]["range"][1] < 1.1 * longest, "not even its axis tells"
    curves_drawn = [layer.data["x"] for layer in still.layers if layer.kind == "line"]
    assert max(float(x.max()) for x in curves_drawn) <= 1000


def test_a_gradient_of_0_falls_to_the_place_where_that_is_written() -> None:
    far = course(stations.far())
    axis = race.picture(far, False, T).figure["layout"]["yaxis3"]
    zero, *powers = axis["tickvals"]
    assert axis["ticktext"][0] == "0"
    assert axis["range"][0] < np.log10(zero) < np.log10(min(powers))
    svm = next(layer for layer in race.picture(far, False, T).layers if layer.kind == "line")
    assert svm.data["y"][-1] == np.float32(zero)
