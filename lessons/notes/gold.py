"""The rows of the notes' numbers: their lessons, their worked lines, and the index of the study note."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import streamlit as st

from lessons.losses import formulas as formulas_losses
from lessons.losses.model import judged
from lessons.notes import formulas as formulas_notes
from lessons.notes import sentences, spiral
from lessons.notes.pictures import deviations
from softmax_core import softmax, softmax_steps
from softmax_core.notes import BLOWUP, GOLD, GoldRow, Recomputed
from ui import blocks, formulas, links
from ui.charts.picture import Table
from ui.formulas import aligned
from ui.numerals import numeral
from ui.page import Page
from ui.typed import format_scores

Place = tuple[str, Mapping[str, Any], str]  # lesson, values, and the part where no value tells it

EXAMPLE = {"names": "cat, dog, ship", "truth": "ship"}

_FIXED: Mapping[str, Place] = {
    "cat": ("losses", {"s": "-96.8, 437.9, 60.75", "target": "0", "margin": "1"}, ""),
    "scores": ("losses", {"s": "-2.85, 0.86, 0.28", "target": "2", "margin": "1"}, ""),
    "log-c": ("stability", {"f": "123, 456, 789", "dtype": "float64", "logc": "789"}, ""),
    "chance": ("losses", {"step": "scale"}, ""),
    "chance-hinge": ("losses", {"step": "scale"}, ""),
    "start": ("losses", {"step": "scale"}, ""),
    "limit": ("stability", {"f": "123, 456, 789", "dtype": "float64"}, ""),
    "one-maximum": ("stability", {"bug": "3"}, ""),
    "twice": ("stability", {"bug": "6"}, ""),
}

STATEMENTS: tuple[tuple[Place, ...], ...] = (
    (("names", {"term": "logistic regression"}, ""), ("scores", {"step": "two"}, "")),
    (("scores", {"step": "softmax", "scores": "-2.85, 0.86, 0.28", **EXAMPLE}, ""),),
    (("losses", {}, ""), ("scores", {"step": "loss"}, "")),
    (("scores", {"step": "numbers"}, ""), ("losses", {}, "")),
    (("information", {"step": "likelihood"}, ""),),
    (("information", {"step": "parts"}, ""),),
    (("stability", {"f": "123, 456, 789"}, ""),),
    (("names", {}, ""), ("losses", {}, "")),
)
SENTENCES: Mapping[str, Place] = {
    "division": ("stability", {"f": "12.3, 45.6, 78.9"}, ""),
    "zero": ("losses", {"step": "scale"}, ""),
    "softmax-loss": ("names", {}, ""),
}
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
        return "losses", {"s": scores, "target": str(row.inputs["labels"]), "margin": margin}, ""
    if row.quantity in {"exponentials", "probabilities", "exponentials_and_probabilities"}:
        return "scores", {"step": "numbers", "scores": scores}, ""
    if row.quantity == "cross_entropy":
        return "scores", {"step": "loss", "scores": scores, **EXAMPLE}, ""
    return "stability", {"f": scores, "dtype": row.inputs.get("dtype", "float64")}, ""


def table(page: Page) -> None:
    """All rows, each with a link to the lesson that opens with its input."""
    t, content = page.t, deviations.numbers_table(page.t)
    rows = []
    for cells, row in zip(content.rows, GOLD, strict=True):
        slug, values, anchor = place(row)
        wrong = row.erratum is not None
        marked = [f"**:red[{cells[3]}]**" if wrong else cells[3], cells[4], cells[5]]
        rows.append([*cells[:3], *marked, links.link(links.title(slug, t), slug, values, t, anchor)])
    blocks.table(Table([*content.columns, t("Open")], rows), t("The notes’ numbers, computed again"))


def run_on_the_spiral(page: Page) -> None:
    """The run that depends on how its data are drawn, and the way to it."""
    t, band = page.t, spiral.band()
    (low, high), (least, most) = band.last, band.accuracy
    live = {
        "low": f"{low:.6f}",
        "high": f"{high:.6f}",
        "least": f"{100 * least:.0f}",
        "most": f"{100 * most:.0f}",
    }
    words = page.text("spiral", **live)
    where = spiral.beside(band)
    if where:
        words += " " + page.text(where, printed=f"{spiral.PRINTED:.6f}", high=live["high"])
    label = t("Open it in “{lesson}”", lesson=links.title("train", t))
    st.markdown(f"{words} {links.link(label, 'train', SPIRAL, t)}")


def not_quite_right(page: Page) -> None:
    """The sentences of the notes that are not quite right, each with the way to the lesson that shows it."""
    t = page.t
    live: Mapping[str, Mapping[str, str]] = {"division": sentences.division(), "zero": sentences.at_zero()}
    columns = st.columns(len(SENTENCES), border=True)
    for column, (name, (slug, values, anchor)) in zip(columns, SENTENCES.items(), strict=True):
        said = page.text(f"sentence-{name}", **live.get(name, {}))
        label = t("Open it in “{lesson}”", lesson=links.title(slug, t))
        column.markdown(f"{said}\n\n{links.link(label, slug, values, t, anchor)}")


def card(page: Page, number: int) -> None:
    """One row: what it is, its worked line, what is wrong with it, and the way to its lesson."""
    t, found = page.t, deviations.checked()[number - 1]
    row = found.row
    with st.container(border=True, key="notes-card"):
        st.header(f"{number} · {deviations.row_names(t)[row.key]}", anchor=False)
        st.markdown(f"{_source(page, row)} · {deviations.given(found)}")
        printed, computed = deviations.printed(found, t), deviations.computed(found)
        st.markdown(
            t("Printed: **{printed}** · computed: **{computed}**", printed=printed, computed=computed)
        )
        lines = worked(found)
        for column, line in zip(st.columns(len(lines)), lines, strict=True):
            column.latex(line)
        _judge(page, found)
        slug, values, anchor = place(row)
        label = t("Open it in “{lesson}”", lesson=links.title(slug, t))
        st.markdown(links.link(label, slug, values, t, anchor))


def _judge(page: Page, found: Recomputed) -> None:
    """Whether the printed numbers are right, and if not, why."""
    row, numerals = found.row, [numeral(value, deviations.DIGITS) for value in found.values]
    if row.erratum:
        wrong = found.agrees.index(False)
        live = {
            "slip": ", ".join(numeral(value, deviations.DIGITS) for value in found.with_the_slip),
            "computed": ", ".join(numerals),
            "printed": row.printed[wrong].replace("-", "−"),
            "value": numerals[wrong],
            "rounded": rounded(row.printed[wrong], found.values[wrong]),
        }
        st.warning(page.text(f"erratum-{row.erratum}", **live), icon=":material/close:")
    elif row.printed:
        said = page.text("right-word" if row.printed == (BLOWUP,) else "right")
        st.success(f"{said} {page.text('kink')}" if row.key == "kink" else said, icon=":material/check:")
    else:
        st.info(page.text("unprinted"), icon=":material/info:")


def rounded(printed: str, value: float) -> str:
    """The computed number with as many decimals as are printed."""
    return str(Decimal(value).quantize(Decimal(printed), ROUND_HALF_EVEN)).replace("-", "−")


def _source(page: Page, row: GoldRow) -> str:
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
            return [formulas_losses.gradient(case.cross_entropy_gradient, formulas_losses.GRADIENT)]
        given = (case.labels, case.scores, case.true, case.margin)
        return [formulas_losses.hinge(*given, case.terms, case.hinge)]
    if quantity in {"exponentials", "probabilities", "exponentials_and_probabilities", "cross_entropy"}:
        return [aligned(lines) for lines in _through_exponentials(found)]
    if quantity in {"shifted_scores", "log_c"}:
        steps = softmax_steps(inputs["scores"], "shifted", "float64")
        return [formulas.shifted_scores(steps.shift, steps.shifted.tolist())]
    return formulas_notes.plain_line(found)


def _through_exponentials(found: Recomputed) -> list[list[str]]:
    inputs, quantity = found.row.inputs, found.row.quantity
    steps, probs = softmax_steps(inputs["scores"], "naive", "float64"), softmax(inputs["scores"]).tolist()
    if quantity == "exponentials":
        return [formulas_notes.exponentials(steps)]
    if quantity == "cross_entropy":
        label = inputs["labels"]
        return [formulas_notes.loss(label, probs[label], found.values[0])]
    probabilities = formulas_notes.probabilities(steps, probs)
    return (
        [probabilities]
        if quantity == "probabilities"
        else [formulas_notes.exponentials(steps), probabilities]
    )


def index(page: Page) -> None:
    """What the study note says, and where it is taught."""
    t = page.t
    lines = []
    for number, places in enumerate(STATEMENTS, start=1):
        said = " ".join(page.text(f"statement-{number}").split())
        if number == SLIP:
            slip = links.link(t("✗ The sign of log C is lost."), *_FIXED["log-c"][:2], t)
            said += f" **{slip}**"
        ways = [links.link(links.title(slug, t), slug, values, t, anchor) for slug, values, anchor in places]
        lines.append(f"{number}. {said} → {' · '.join(ways)}")
    st.markdown("\n".join(lines))
