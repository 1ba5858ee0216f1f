"""The map of the names: numbers, functions, losses and classifiers, and the lines between them."""

from __future__ import annotations

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
)
from ui.charts.picture import Picture, Table, Translate
from ui.charts.style import ALARM, COLOURS, FAINT, INK, PAPER

Trace = dict[str, Any]

_LOOKS = {  # marker, colour
    NUMBER: ("circle", COLOURS[0]),
    FUNCTION: ("diamond", COLOURS[4]),
    LOSS: ("square", COLOURS[2]),
    CLASSIFIER: ("hexagon", COLOURS[3]),
}
_CLEAR = 0.14


def term_map(chosen: str, t: Translate) -> Picture:
    """All names as marks, one of them chosen with the lines that lead to it."""
    names, kinds = names_of(t), kinds_of(t)
    lines = [_line(relation, chosen in relation.ends) for relation in RELATIONS]
    marks = [_marks(kind, chosen, names, kinds[kind], t) for kind in _LOOKS]
    return Picture(
        t("A map of the names"),
        _description(chosen, names, kinds, t),
        {"data": [*lines, *marks], "layout": _layout(chosen, names)},
        _table(names, kinds, t),
    )


def _line(relation: Relation, strong: bool) -> Trace:
    (x1, y1), (x2, y2) = (TERMS[end].place for end in relation.ends)
    points = [(x1, y1), *relation.bends, (x2, y2)]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "line": {
            "color": INK if strong else FAINT,
            "width": 4 if strong else 2,
            "dash": "dot" if WRONG_NAME in relation.ends else "solid",
        },
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _signs(chosen: str) -> list[dict[str, Any]]:
    """The signs on the lines, set apart on those of the chosen name."""
    return [
        {
            "x": x,
            "y": y,
            "showarrow": False,
            "text": f"<b>{relation.sign}</b>" if chosen in relation.ends else relation.sign,
            "font": {"size": 14, "color": INK},
            "bgcolor": PAPER,
            "borderpad": 1,
        }
        for relation in RELATIONS
        if relation.sign
        for x, y in [_middle(relation)]
    ]


def _middle(relation: Relation) -> tuple[float, float]:
    """A place on the line: clear of the bent one, and of the name below the upper end of an upright one."""
    (x1, y1), (x2, y2) = relation.bends or (TERMS[end].place for end in relation.ends)
    if y1 == y2:
        return (x1 + x2) / 2 + _CLEAR, y1
    upright = x1 == x2 and not relation.bends
    return (x1 + x2) / 2, min(y1, y2) + 0.3 if upright else (y1 + y2) / 2


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
    return {
        "x": term.place[0],
        "y": term.place[1],
        "yshift": -18 if is_chosen else -13,
        "yanchor": "top",
        "showarrow": False,
        "text": f"<b>{text}</b>" if is_chosen else text,
        "font": {"size": 14, "color": ALARM if term.key == WRONG_NAME else INK},
        "bgcolor": PAPER,
        "borderpad": 1,
    }


def _hover(term: Term, names: dict[str, str], t: Translate) -> str:
    value = t("in the example: {number}", number=_counted(term))
    return f"<b>{names[term.key]}</b><br>{term.in_words}<br>{value}"


def _layout(chosen: str, names: dict[str, str]) -> dict[str, Any]:
    bare = {"visible": False, "fixedrange": True}
    return {
        "height": 620,
        "margin": {"l": 4, "r": 4, "t": 8, "b": 44},
        "hoverdistance": 40,
        "hovermode": "closest",
        "xaxis": {"range": [-0.5, 2.5], **bare},
        "yaxis": {"range": [0.35, 5.35], **bare},
        "legend": {"orientation": "h", "x": 0.5, "xanchor": "center", "y": -0.01, "itemclick": False},
        "annotations": [*_signs(chosen), *(_label(term, names, chosen) for term in TERMS.values())],
    }


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
