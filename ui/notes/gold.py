"""The rows of the notes' numbers: their lessons, their worked lines, and the index of the study note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from charts.losses.judged import judged
from charts.notes import deviations
from charts.numerals import numeral
from charts.picture import Table
from charts.workings import workings
from softmax_core import GOLD, GoldRow, Recomputed, softmax_steps
from ui import blocks, formulas, links
from ui.losses import formulas as formulas_losses
from ui.notes import formulas as formulas_notes
from ui.scores import formulas as formulas_scores
from ui.typed import format_scores

Place = tuple[str, Mapping[str, Any], str]  # lesson, values, anchor

EXAMPLE = {"names": "cat, dog, ship", "truth": "ship"}

_FIXED: Mapping[str, Place] = {
    "cat": ("losses", {"s": "-96.8, 437.9, 60.75", "target": "0", "margin": "1"}, "compute"),
    "scores": ("losses", {"s": "-2.85, 0.86, 0.28", "target": "2", "margin": "1"}, "compute"),
    "log-c": ("stability", {"f": "123, 456, 789", "dtype": "float64", "logc": "789"}, "shift"),
    "chance": ("losses", {}, "scale"),
    "chance-hinge": ("losses", {}, "scale"),
    "limit": ("stability", {"f": "123, 456, 789", "dtype": "float64"}, ""),
    "one-maximum": ("stability", {"bug": "3"}, "bugs"),
    "twice": ("stability", {"bug": "6"}, "bugs"),
}

STATEMENTS: tuple[tuple[Place, ...], ...] = (
    (("names", {"term": "logistic regression"}, "two-classes"), ("scores", {"scores": "1.5, -0.5"}, "")),
    (("scores", {"scores": "-2.85, 0.86, 0.28", **EXAMPLE}, ""),),
    (("losses", {}, ""), ("stability", {}, "computation")),
    (("scores", {}, "compute"), ("losses", {}, "compute")),
    (("information", {}, "likelihood"),),
    (("information", {}, "surprise"),),
    (("stability", {"f": "123, 456, 789"}, ""),),
    (("names", {}, ""), ("losses", {}, "")),
)
SPIRAL: Mapping[str, str] = {
    "data": "cs231n_spiral",
    "n": "300",
    "noise": "1",
    "k": "3",
    "test": "0",
    "model": "linear",
    "opt": "GD",
    "batch": "N",
    "rate": "1",
    "reg": "0.001",
    "stop": "200",
}
SLIP = 7  # the statement with the lost sign


def place(row: GoldRow) -> Place:
    """The lesson that fits a row, with the row's own input."""
    if row.key in _FIXED:
        return _FIXED[row.key]
    scores = format_scores(row.inputs["scores"])
    if "margin" in row.inputs or row.quantity == "gradient":
        margin = f"{row.inputs.get('margin', 1.0):g}"
        return "losses", {"s": scores, "target": str(row.inputs["labels"]), "margin": margin}, "interact"
    if row.quantity in {"exponentials", "probabilities"}:
        return "scores", {"scores": scores}, "interact"
    if row.quantity == "cross_entropy":
        return "scores", {"scores": scores, **EXAMPLE}, "loss"
    return "stability", {"f": scores, "dtype": row.inputs.get("dtype", "float64")}, "interact"


def table(page: blocks.Page) -> None:
    """All rows, each with a link to the lesson that opens with its input."""
    t, content = page.t, deviations.numbers_table(page.t)
    rows = []
    for cells, row in zip(content.rows, GOLD, strict=True):
        slug, values, anchor = place(row)
        wrong = row.erratum is not None
        marked = [f"**:red[{cells[3]}]**" if wrong else cells[3], cells[4], cells[5]]
        rows.append([*cells[:3], *marked, links.link(links.title(slug, t), slug, values, t, anchor)])
    blocks.table(Table([*content.columns, t("Open")], rows), t("The notes’ numbers, computed again"))


def spiral(page: blocks.Page) -> None:
    """The run that depends on how its data are drawn, and the way to it."""
    t, band = page.t, deviations.spiral()
    (low, high), (least, most) = band.last, band.accuracy
    live = {
        "low": numeral(low, 3),
        "high": numeral(high, 3),
        "least": f"{100 * least:.0f} %",
        "most": f"{100 * most:.0f} %",
    }
    label = t("Open it in “{lesson}”", lesson=links.title("train", t))
    st.markdown(f"{page.text('spiral', **live)} {links.link(label, 'train', SPIRAL, t)}")


def card(page: blocks.Page, number: int) -> None:
    """One row: what it is, its worked line, what is wrong with it, and the way to its lesson."""
    t, found = page.t, deviations.checked()[number - 1]
    row = found.row
    with st.container(border=True, key="notes-card"):
        st.header(f"{number} · {deviations.row_names(t)[row.key]}", anchor=False)
        st.markdown(f"{_source(page, row)} · {deviations.given(found)}")
        both = {"printed": deviations.printed(found, t), "computed": deviations.computed(found)}
        st.markdown(t("Printed: **{printed}** · computed: **{computed}**", **both))
        for line in worked(found):
            st.latex(line)
        if row.erratum:
            slip = ", ".join(numeral(value, 4) for value in found.with_the_slip)
            st.warning(page.text(f"erratum-{row.erratum}", slip=slip, **both), icon=":material/close:")
        elif row.printed:
            st.success(page.text("right"), icon=":material/check:")
        else:
            st.info(page.text("unprinted"), icon=":material/info:")
        slug, values, anchor = place(row)
        label = t("Open it in “{lesson}”", lesson=links.title(slug, t))
        st.markdown(links.link(label, slug, values, t, anchor))


def _source(page: blocks.Page, row: GoldRow) -> str:
    t = page.t
    if not row.source:
        return t("computed here")
    return t("study note") if row.source == "study-note" else f"CS231n, {row.source}"


def worked(found: Recomputed) -> list[str]:
    """The computation of a row with its numbers."""
    inputs, quantity = found.row.inputs, found.row.quantity
    if quantity == "linear_scores":
        last = len(inputs["b"]) - 1
        terms = inputs["W"][last], inputs["x"], inputs["b"][last], found.values[last]
        return [formulas_losses.linear_score(str(last), *terms)]
    if quantity in {"hinge", "gradient"}:
        case = judged(inputs["scores"], inputs["labels"], inputs.get("margin", 1.0))
        if quantity == "gradient":
            return [formulas_losses.gradient(case.cross_entropy_gradient, r"\nabla L = p - 1_y")]
        given = (case.labels, case.scores, case.true, case.margin)
        return [formulas_losses.hinge(*given, case.terms, case.hinge)]
    if quantity in {"exponentials", "probabilities", "cross_entropy"}:
        work = workings(("0", "1", "2"), inputs["scores"])
        if quantity == "exponentials":
            return [formulas_scores.exponentials(work)]
        if quantity == "probabilities":
            return [formulas_scores.shares(work)]
        return [formulas_scores.loss_from_share(work, inputs["labels"])]
    if quantity in {"shifted_scores", "log_c"}:
        steps = softmax_steps(inputs["scores"], "shifted", "float64")
        return [formulas.shifted_scores(steps.shift, steps.shifted.tolist())]
    return formulas_notes.plain_line(found)


def index(page: blocks.Page) -> None:
    """What the study note says, and where it is taught."""
    t = page.t
    lines = []
    for number, places in enumerate(STATEMENTS, start=1):
        said = " ".join(page.text(f"statement-{number}").split())
        if number == SLIP:
            slip = links.link(t("✗ The sign of log C is lost."), *_FIXED["log-c"][:2], t, "shift")
            said += f" **{slip}**"
        ways = [links.link(links.title(slug, t), slug, values, t, anchor) for slug, values, anchor in places]
        lines.append(f"{number}. {said} → {' · '.join(ways)}")
    st.markdown("\n".join(lines))
