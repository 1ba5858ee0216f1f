"""The map of the names: numbers, functions, losses and classifiers, and the lines between them."""

from __future__ import annotations

import textwrap
from typing import Any

from lessons.names.model import (
    CLASSIFIER,
    FUNCTION,
    LOSS,
    NUMBER,
    RELATIONS,
    TERMS,
    WRONG_NAME,
    Relation,
    Term,
    kinds_of,
    names_of,
    numbers,
    relations_of,
    verbs_of,
)
from ui.charts import draw
from ui.charts.picture import Picture, Table, Trace, Translate
from ui.charts.style import ALARM, BLUE, FAINT, GREY, INK, ORANGE, PAPER, VIOLET

_LOOKS = {  # marker, colour
    NUMBER: ("circle", BLUE),
    FUNCTION: ("diamond", ORANGE),
    LOSS: ("square", VIOLET),
    CLASSIFIER: ("hexagon", GREY),
}
_LEVEL, _SLANTED, _LOW, _TAIL = 0.84, 0.68, 0.23, 0.16  # parts of a line
_RIGHTMOST = max(term.place[0] for term in TERMS.values())
_LETTERS = 12  # of a slanted line's verb on a phone
_NAME = 0.56  # how far a name reaches below its mark


def term_map(chosen: str, t: Translate) -> Picture:
    """All names as marks, one of them chosen with the lines that lead to it."""
    names, kinds = names_of(t), kinds_of(t)
    lines = [_line(relation, chosen in relation.ends) for relation in RELATIONS]
    marks = [_marks(kind, chosen, names, kinds[kind], t) for kind in _LOOKS]
    return Picture(
        t("A map of the names"),
        _description(chosen, names, kinds, t),
        {"data": [*lines, *marks], **_layouts(chosen, names, verbs_of(t))},
        _table(names, kinds, t),
    )


def _line(relation: Relation, strong: bool) -> Trace:
    points = _points(relation)
    return draw.line(
        [x for x, _ in points],
        [y for _, y in points],
        line={
            "color": INK if strong else FAINT,
            "width": 3 if strong else 2,
            "dash": "dot" if WRONG_NAME in relation.ends else "solid",
        },
        showlegend=False,
    )


def _points(relation: Relation) -> list[tuple[float, float]]:
    first, last = (TERMS[end].place for end in relation.ends)
    return [first, *relation.bends, last]


def _arrow(relation: Relation, strong: bool) -> dict[str, Any]:
    """A head near the end of a line."""
    start, end = _points(relation)[-2:]
    head = _head(start, end)
    return {
        **dict(zip(("x", "y"), _along(start, end, head), strict=True)),
        **dict(zip(("ax", "ay"), _along(start, end, head - _TAIL), strict=True)),
        "axref": "x", "ayref": "y", "text": "",
        "showarrow": True, "arrowhead": 2, "arrowsize": 1.4, "arrowwidth": 2,
        "arrowcolor": INK, "opacity": 1 if strong else 0.6,
    }  # fmt: skip


def _verb(relation: Relation, strong: bool, verb: str) -> dict[str, Any]:
    """What a line says: on it, or beside one that goes straight up and would be hidden."""
    note = draw.note(
        f"<b>{verb}</b>" if strong else verb,
        *_middle(relation),
        size=13 if strong else 12,
        bgcolor=PAPER,
        borderpad=1,
        opacity=1 if strong else 0.75,
    )
    return note | (_beside(strong, WRONG_NAME in relation.ends) if _is_upright(relation) else {})


def _verb_on_a_phone(relation: Relation, verb: str) -> dict[str, Any]:
    """The same where there is little room: below a level line, in two lines on a slanted one."""
    if _is_upright(relation):
        is_last = relation.ends[0] != WRONG_NAME and _middle(relation)[0] == _RIGHTMOST
        return _verb(relation, True, verb) | (_beside(True, left=True) if is_last else {})
    if _is_level(relation):
        return _verb(relation, True, verb) | {"yanchor": "top", "yshift": -3, "bgcolor": None}
    return _verb(relation, True, "<br>".join(textwrap.wrap(verb, _LETTERS, break_on_hyphens=False)))


def _beside(strong: bool, left: bool) -> dict[str, Any]:
    shift = 24 if strong else 13
    side = {"xanchor": "right", "xshift": -shift} if left else {"xanchor": "left", "xshift": shift}
    return side | {"bgcolor": None}


def _is_upright(relation: Relation) -> bool:
    (start, _), (end, _) = _points(relation)[-2:]
    return start == end and not relation.bends


def _is_level(relation: Relation) -> bool:
    (_, start), (_, end) = _points(relation)[-2:]
    return start == end


def _head(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Where on a line its head is: clear of the name below its end."""
    if start[1] == end[1]:
        return _LEVEL
    return 1 - _NAME / (end[1] - start[1]) if start[0] == end[0] and start[1] < end[1] else _SLANTED


def _middle(relation: Relation) -> tuple[float, float]:
    """A place on the line: clear of the names below the upper ends."""
    (x1, y1), (x2, y2) = relation.bends or (TERMS[end].place for end in relation.ends)
    if y1 == y2:
        return (x1 + x2) / 2, y1
    part = _LOW if relation.bends or x1 == x2 or abs(y1 - y2) > 1 else 0.42
    low, high = ((x1, y1), (x2, y2)) if y1 < y2 else ((x2, y2), (x1, y1))
    return _along(low, high, part)


def _along(start: tuple[float, float], end: tuple[float, float], part: float) -> tuple[float, float]:
    """The place that lies that part of the way from one to the other."""
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def _counted(term: Term) -> str:
    """What the example counts of a name, and what it comes to."""
    return f"{term.counted_in_words} = {numbers()[term.key]}"


def _marks(kind: str, chosen: str, names: dict[str, str], label: str, t: Translate) -> Trace:
    symbol, colour = _LOOKS[kind]
    terms = [term for term in TERMS.values() if term.kind == kind]
    order = list(TERMS)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": label,
        "x": [term.place[0] for term in terms],
        "y": [term.place[1] for term in terms],
        "customdata": [order.index(term.key) for term in terms],
        "marker": {
            "symbol": symbol,
            "opacity": 1,
            "size": [34 if term.key == chosen else 24 for term in terms],
            "color": colour,
            "line": {
                "color": [INK if term.key == chosen else PAPER for term in terms],
                "width": [4 if term.key == chosen else 1 for term in terms],
            },
        },
        "hovertext": [_hover(term, names, t) for term in terms],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _label(term: Term, names: dict[str, str], chosen: str) -> dict[str, Any]:
    """The name below its mark, in two lines, so that three of them stand beside each other on a phone."""
    first, _, rest = names[term.key].replace("(", " (").rpartition(" ")
    text = f"{first.strip()}<br>{rest}" if first else rest
    text = f"“{text}”" if term.key == WRONG_NAME else text
    is_chosen = term.key == chosen
    return draw.note(
        f"<b>{text}</b>" if is_chosen else text,
        term.place[0],
        term.place[1],
        size=14,
        colour=ALARM if term.key == WRONG_NAME else INK,
        yshift=-18 if is_chosen else -13,
        yanchor="top",
        bgcolor=PAPER,
        borderpad=1,
    )


def _hover(term: Term, names: dict[str, str], t: Translate) -> str:
    value = t("in the example: {number}", number=_counted(term))
    return f"<b>{names[term.key]}</b><br>{term.in_words}<br>{value}"


def _layouts(chosen: str, names: dict[str, str], verbs: dict[str, str]) -> dict[str, Any]:
    """Of the whole map; a phone has the verbs of the chosen name's lines alone."""
    bare = draw.axis(automargin=True, visible=False)
    strong = [(relation, chosen in relation.ends) for relation in RELATIONS]
    arrows = [_arrow(*each) for each in strong]
    labels = [_label(term, names, chosen) for term in TERMS.values()]
    layout = {
        "height": 485,
        "margin": {"l": 4, "r": 4, "t": 8, "b": 44},
        "hoverdistance": 40,
        "hovermode": "closest",
        "xaxis": {"range": [-0.46, 2.64], **bare},
        "yaxis": {"range": [0.35, 5.35], **bare},
        "legend": {"orientation": "h", "x": 0.5, "xanchor": "center", "y": -0.01, "itemclick": False},
        "annotations": [
            *arrows,
            *(_verb(relation, is_strong, verbs[relation.verb]) for relation, is_strong in strong),
            *labels,
        ],
    }
    on_a_phone = [
        *arrows,
        *labels,
        *(_verb_on_a_phone(relation, verbs[relation.verb]) for relation, is_strong in strong if is_strong),
    ]
    return {"layout": layout, "narrow": {"annotations": on_a_phone}}


def _description(chosen: str, names: dict[str, str], kinds: dict[str, str], t: Translate) -> str:
    term = TERMS[chosen]
    near = ", ".join(names[relation.other(chosen)] for relation in relations_of(chosen))
    return t(
        "Eleven names in four kinds, with lines between those that hang together. Chosen: {name}, {kind}; "
        "formula {formula}; in the example {number}. Lines lead to: {near}.",
        name=names[chosen],
        kind=kinds[term.kind],
        formula=term.in_words,
        number=_counted(term),
        near=near,
    )


def _table(names: dict[str, str], kinds: dict[str, str], t: Translate) -> Table:
    return Table(
        [t("Name"), t("Kind"), t("Formula"), t("In the example"), t("Hangs together with")],
        [
            [
                names[key],
                kinds[term.kind],
                term.in_words,
                _counted(term),
                ", ".join(names[relation.other(key)] for relation in relations_of(key)),
            ]
            for key, term in TERMS.items()
        ],
    )
