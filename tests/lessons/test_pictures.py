"""What holds for every picture of every lesson: its ticks, ranges, labels, contours, words, and handles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from math import isfinite, log10
from typing import Any

import numpy as np
import orjson
import pytest

from tests.lessons.gallery import GALLERY, in_charts
from tests.lessons.scales import unit_of
from ui.charts.picture import Picture
from ui.text import CODES, language

BOTH = pytest.mark.parametrize("code", CODES)
EACH = pytest.mark.parametrize("name", GALLERY)
Figure = dict[str, Any]
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"−?(\d+(\.\d+)?(e−?\d+)?|\.\d+)")
_FRACTIONS = {"½": 0.5, "−½": -0.5}


@cache
def drawn(name: str, code: str) -> list[tuple[str, Picture]]:
    return list(GALLERY[name](language(code)))


def plain(figure: Mapping[str, Any]) -> Figure:
    """The figure as the browser gets it."""
    made: Figure = orjson.loads(orjson.dumps(dict(figure), option=orjson.OPT_SERIALIZE_NUMPY))
    return made


def merged(base: Figure, change: Figure) -> Figure:
    """The layout on a phone."""
    deeper = {
        key: merged(base[key], value)
        if isinstance(value, dict) and isinstance(base.get(key), dict)
        else value
        for key, value in change.items()
    }
    return {**base, **deeper}


def layouts(picture: Picture) -> Iterator[tuple[list[Figure], Figure]]:
    """Traces and layout, on a desktop and on a phone."""
    figure = plain(picture.figure)
    yield figure["data"], figure["layout"]
    hidden = figure.get("narrow_hides", [])
    left = [trace for at, trace in enumerate(figure["data"]) if at not in hidden]
    yield left, merged(figure["layout"], figure.get("narrow", {}))


def settings(name: str, code: str = "en") -> Iterator[tuple[str, list[Figure], Figure]]:
    for setting, picture in drawn(name, code):
        for data, layout in layouts(picture):
            yield setting, data, layout


def axes(layout: Figure) -> Iterator[tuple[str, Figure]]:
    for key, value in layout.items():
        if re.fullmatch(r"[xy]axis\d*", key):
            yield key, value
        if re.fullmatch(r"scene\d*", key):
            for part in ("xaxis", "yaxis", "zaxis"):
                yield f"{key}.{part}", value.get(part, {})


def axis_of(trace: Figure, letter: str) -> str:
    return f"{letter}axis{trace.get(f'{letter}axis', letter)[1:]}"


def value_of(text: str) -> float | None:
    """What a label says, if it is a number alone."""
    text = text.replace("10<sup>", "1e").replace("</sup>", "") if text.startswith("10<sup>") else text
    text = _TAG.sub("", text).strip()
    if text in _FRACTIONS:
        return _FRACTIONS[text]
    whole = _NUMBER.fullmatch(text)
    return float(text.replace("−", "-")) if whole else None


def rounds_to(text: str, value: float) -> bool:
    """Whether a printed number is that value, to half a unit of its last digit or half a percent."""
    said = value_of(text)
    if said is None:
        return True
    mantissa, _, power = _TAG.sub("", text).replace("−", "-").partition("e")
    unit = 10.0 ** (int(power or 0) - len(mantissa.partition(".")[2]))
    return abs(said - value) <= max(0.501 * unit, 0.006 * abs(value))


# ---- completeness


def test_every_picture_is_in_the_gallery() -> None:
    assert in_charts() == set(GALLERY)


@EACH
def test_every_picture_in_space_has_a_flat_one_for_paper(name: str) -> None:
    for setting, picture in drawn(name, "en"):
        in_space = any(key.startswith("scene") for key in picture.figure["layout"])
        assert ("flat" in picture.figure) == in_space, setting


# ---- axes


@EACH
def test_ticks_are_in_order_and_each_label_is_its_tick(name: str) -> None:
    for setting, _, layout in settings(name):
        for key, axis in axes(layout):
            if "tickvals" not in axis:
                assert "ticktext" not in axis, (setting, key)
                continue
            ticks, texts = axis["tickvals"], axis.get("ticktext")
            rising = all(one < other for one, other in pairwise(ticks))
            assert rising or all(one > other for one, other in pairwise(ticks)), (setting, key, ticks)
            if texts is not None:
                assert len(texts) == len(ticks), (setting, key)
                for at, (tick, text) in enumerate(zip(ticks, texts, strict=True)):
                    assert names_its_tick(text, tick, at, ticks, axis), (setting, key, text, tick)


def names_its_tick(text: str, tick: float, at: int, ticks: list[float], axis: Figure) -> bool:
    """A number is that of the tick, or its exponent's; what lies off the scale has a lane at its end."""
    said = value_of(text)
    if said is None:  # "nan" and "inf" lie beyond all numbers, other words name a class or a row
        return {"nan": at == 0, "inf": at == len(ticks) - 1}.get(text, True)
    if axis.get("type") == "log" and said == 0:
        return at == 0
    return bool(np.isclose(said, tick) or (said > 0 and np.isclose(log10(said), tick)))


@EACH
def test_the_first_and_last_tick_lie_on_the_axis(name: str) -> None:
    for setting, _, layout in settings(name):
        for key, axis in axes(layout):
            if "tickvals" in axis and "range" in axis:
                low, high = sorted(axis["range"])
                for tick in on_scale(axis["tickvals"], axis):
                    assert low <= tick <= high, (setting, key, tick)


def on_scale(values: Any, axis: Figure) -> list[float]:
    """Positions along an axis, in the units of its range."""
    numbers = [value for value in np.ravel(values).tolist() if isinstance(value, int | float)]
    if axis.get("type") == "log":
        return [log10(value) for value in numbers if value > 0]
    return [float(value) for value in numbers if isfinite(value)]


#: What leaves its panel on purpose: curves that go on for ever, losses far below the last power of ten that
#: is shown, arguments that the shift takes far away.
CLIPPED = {
    "lessons.losses.pictures.slices.slices": "y",
    "lessons.losses.pictures.slices.two_wishes": "y",
    "lessons.scores.pictures.curves.loss_curve": "y",
    "lessons.train.pictures.film.picture": "y",
    "lessons.train.pictures.idea.step_sizes": "y",
    "lessons.train.pictures.rates.picture": "y",
}


@EACH
def test_what_is_drawn_lies_on_its_axes(name: str) -> None:
    for setting, data, layout in settings(name):
        for trace in data:
            if trace["type"] not in ("scatter", "bar", "scattergl"):
                continue
            for letter in "xy":
                axis = layout.get(axis_of(trace, letter), {})
                if "range" not in axis or letter in CLIPPED.get(name, ""):
                    continue
                low, high = sorted(axis["range"])
                room = 1e-4 * (high - low)
                for place in on_scale(ends(trace, letter), axis):
                    assert low - room <= place <= high + room, (setting, letter, place, (low, high))


def ends(trace: Figure, letter: str) -> list[float]:
    """Where a trace reaches to: a bar from its base to its end."""
    places = list(trace.get(letter) or [])
    along = "x" if trace.get("orientation") == "h" else "y"
    if trace["type"] != "bar" or letter != along:
        return places
    base = trace.get("base") or 0
    bases = base if isinstance(base, list) else [base] * len(places)
    return [*bases, *(start + end for start, end in zip(bases, places, strict=True) if end is not None)]


@EACH
def test_panels_do_not_lie_on_each_other(name: str) -> None:
    for setting, data, layout in settings(name):
        used = {
            (axis_of(trace, "x"), axis_of(trace, "y"))
            for trace in data
            if trace["type"] in ("scatter", "bar")
        }
        domains = [
            tuple(tuple(layout.get(axis, {}).get("domain", (0.0, 1.0))) for axis in pair)
            for pair in sorted(used)
            if not any(layout.get(axis, {}).get("overlaying") for axis in pair)
        ]
        for at, one in enumerate(domains):
            for other in domains[at + 1 :]:
                apart = [max(a[0], b[0]) >= min(a[1], b[1]) for a, b in zip(one, other, strict=True)]
                assert any(apart) or one == other, (setting, one, other)


# ---- labels


def bar_ends(data: list[Figure]) -> Iterator[tuple[str, str, float, float]]:
    """Both axes of each upright bar, its middle and its end."""
    for trace in data:
        if trace["type"] == "bar" and trace.get("orientation") != "h":
            base = trace.get("base") or 0
            places = trace.get("x") or []
            bases = base if isinstance(base, list) else [base] * len(places)
            for x, start, length in zip(places, bases, trace["y"], strict=True):
                if isinstance(x, int | float) and length is not None and not trace.get("offset"):
                    yield trace.get("xaxis", "x"), trace.get("yaxis", "y"), x, start + length


@EACH
def test_a_label_at_the_end_of_a_bar_stands_off_it_and_says_its_number(name: str) -> None:
    for setting, picture in drawn(name, "en"):
        for data, layout in layouts(picture):
            held = {(handle.xaxis[0] + handle.xaxis[5:], handle.x, handle.y) for handle in picture.handles}
            found = set(bar_ends(data))
            for note in layout.get("annotations", []):
                x, y = note.get("xref", "x"), note.get("yref", "y")
                place = (x, y, note.get("x"), note.get("y"))
                if note.get("showarrow") or place not in found or name in COUNTED:
                    continue
                shift, anchor = note.get("yshift", 0), note.get("yanchor", "middle")
                below = anchor == "top"
                assert anchor in ("top", "bottom"), (setting, note["text"])
                assert below <= (note["y"] <= 0), (setting, note["text"])
                least = 9 if (x, note["x"], note["y"]) in held else 0
                assert (-shift if below else shift) >= least, (setting, note["text"], shift)
                assert rounds_to(last_line(note["text"]), note["y"]), (setting, note["text"], note["y"])


COUNTED = {"lessons.information.pictures.reliability.reliability"}  # counts stand at the foot of the bars


@EACH
def test_a_headline_stands_above_its_panel(name: str) -> None:
    for setting, _, layout in settings(name):
        for note in layout.get("annotations", []):
            above = note.get("yanchor") == "bottom" and note.get("y") == 1
            if above and str(note.get("yref", "")).endswith(" domain"):
                assert 0 <= note.get("yshift", 0) <= layout["margin"].get("t", 100), (setting, note["text"])


def last_line(text: str) -> str:
    return re.split(r"<br>| ", text)[-1]


@EACH
def test_a_text_on_a_bar_is_outside_it_with_room_and_says_its_number(name: str) -> None:
    for setting, data, layout in settings(name):
        for trace in data:
            if trace["type"] != "bar" or not trace.get("text") or trace.get("orientation") == "h":
                continue
            assert trace["textposition"] == "outside", setting
            axis = layout[axis_of(trace, "y")]
            span = axis["range"][1] - axis["range"][0]
            margin = layout["margin"]
            inner = layout["height"] - margin["t"] - margin["b"]
            domain = axis.get("domain", [0, 1])
            for value, text in zip(trace["y"], trace["text"], strict=True):
                number = value * unit_of(layout, trace.get("yaxis", "y"))
                assert rounds_to(text, number), (setting, text, number)
                room = (axis["range"][1] - value) / span * inner * (domain[1] - domain[0])
                assert room >= 14, (setting, text, room)


@EACH
def test_no_two_traces_of_a_panel_have_one_name_in_the_legend(name: str) -> None:
    for setting, data, layout in settings(name):
        if layout.get("showlegend") is False:
            continue
        named = Counter(
            (trace.get("legend", "legend"), trace["name"])
            for trace in data
            if trace.get("name") and trace.get("showlegend", True)
        )
        assert max(named.values(), default=1) == 1, (setting, named)


# ---- contours


@EACH
def test_contours_are_ten_steps_within_the_heights_half_a_step_off_the_ground(name: str) -> None:
    for setting, data, _ in settings(name):
        for trace in data:
            if trace["type"] != "contour":
                continue
            given = trace["contours"]
            start, end, step = given["start"], given["end"], given["size"]
            heights = np.array(trace["z"], dtype=float)
            assert (trace["zmin"], trace["zmax"]) == (min(0.0, start), end), setting
            assert start <= np.nanmax(heights), setting
            assert end >= np.nanmin(heights), setting
            if start < 0:  # of both signs: ten steps down from 0, which is one of them
                assert start == pytest.approx(-10 * step), (setting, start, step)
                assert np.nanmin(heights) >= start >= min(-1.0, 1.7 * np.nanmin(heights)), (setting, start)
            else:
                assert (start, end) == pytest.approx((step / 2, 10 * step)), (setting, start, step, end)


# ---- words


#: What the naive way, or a shift that is too large, comes to.
SPEAKS_OF_NAN = {
    "lessons.stability.pictures.ranges.ranges",
    "lessons.notes.pictures.deviations.deviations",
    "lessons.stability.pictures.divergence.divergence",
    "lessons.stability.pictures.burst.burst",
    "lessons.stability.pictures.line.line",
}


@BOTH
@EACH
def test_words_and_tables_are_there_and_their_numbers_are_written_alike(name: str, code: str) -> None:
    for setting, picture in drawn(name, code):
        cells = [cell for row in picture.table.rows for cell in row]
        assert picture.title.strip(), setting
        assert picture.description.strip(), setting
        assert cells, setting
        assert all(len(row) == len(picture.table.columns) for row in picture.table.rows), setting
        notes = [note["text"] for _, layout in layouts(picture) for note in layout.get("annotations", [])]
        ticks = [
            text
            for _, layout in layouts(picture)
            for _, axis in axes(layout)
            for text in axis.get("ticktext", [])
        ]
        handles = [text for handle in picture.handles for text in (handle.label, handle.text)]
        for text in (picture.title, picture.description, *cells, *notes, *ticks, *handles):
            assert not ill_written(text, name), (setting, text)


def ill_written(text: str, name: str) -> str:
    """What no number of the page looks like: a hyphen for a minus, e+05, fifteen digits, nan."""
    found = re.search(r"(?<![\w.)\]-])-\d|\de[+-]?0\d|\de\+|\d\.(?!9{4})\d{11,}|[{}]|\[\[|None|-inf", text)
    lost = name not in SPEAKS_OF_NAN and re.search(r"(?<!\w)(nan|inf)(?!\w)", _TAG.sub(" ", text))
    return (found or lost or [""])[0]


# ---- handles


@EACH
def test_handles_are_within_their_ends_and_on_their_axes(name: str) -> None:
    for setting, picture in drawn(name, "en"):
        layout = plain(picture.figure)["layout"]
        assert len({handle.id for handle in picture.handles}) == len(picture.handles), setting
        assert len({handle.label for handle in picture.handles}) == len(picture.handles), setting
        for handle in picture.handles:
            assert handle.low <= handle.y <= handle.high, (setting, handle)
            assert handle.low < handle.high, (setting, handle)
            if handle.least is not None and handle.most is not None:
                assert handle.least <= handle.y <= handle.most, (setting, handle)
            assert 0 < handle.step < handle.high - handle.low, (setting, handle)
            assert handle.text, setting
            if name not in CLIPPED:
                low, high = layout[handle.yaxis]["range"]
                assert low <= handle.low < handle.high <= high, (setting, handle, (low, high))
            assert rounds_to(handle.text, handle.y), (setting, handle)
