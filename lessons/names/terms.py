"""The card of one name, and all names with what they come to in one example."""

from __future__ import annotations

import streamlit as st

from lessons.names.model import TERMS, kinds_of, names_of, numbers, relations_of
from ui import blocks, controls, formulas
from ui.charts.picture import Table
from ui.page import Page
from ui.predict.latex_to_text import plain
from ui.text import CODES, language


def choose(page: Page) -> str:
    """The name that the reader has chosen."""
    return controls.choice("term", page.t)


def pick(index: float) -> None:
    """Choose the name that was clicked on the map."""
    controls.set_values({"term": list(TERMS)[int(index) % len(TERMS)]})


def card(page: Page, key: str) -> None:
    """A name in every language, its formula, what it is, what it comes to, and what is mixed up with it."""
    t, term = page.t, TERMS[key]
    names = names_of(t)
    with st.container(border=True):
        everywhere = dict.fromkeys(names_of(language(code))[key] for code in CODES)
        others = [name for name in everywhere if name != names[key]]
        st.subheader(names[key], anchor=False)
        st.markdown(" · ".join([*others, kinds_of(t)[term.kind]]))
        st.latex(formulas.aligned([f"&{term.formula}"], formulas.TALL))
        st.markdown(page.text(f"what-{term.slug}"))
        number = page.text(f"number-{term.slug}", number=numbers()[key], score=numbers()["score"])
        st.markdown(t("**In the example:** {number}", number=number))
        st.markdown(page.text(f"mixed-{term.slug}"))
        with st.container(horizontal=True):
            for relation in relations_of(key):
                _way(relation.other(key), names, page.text(relation.slug))


def _way(key: str, names: dict[str, str], why: str) -> None:
    """A button that walks along a line of the map."""
    st.button(
        names[key],
        key=f"names-way-{key}",
        help=plain(why),
        on_click=controls.set_values,
        args=({"term": key},),
        icon=":material/arrow_forward:",
    )


LIBRARIES = {
    "torch.nn.CrossEntropyLoss": "library-cross-entropy",
    "torch.nn.NLLLoss": "library-nll",
    "torch.nn.BCEWithLogitsLoss": "library-bce",
    "torch.nn.MultiMarginLoss": "library-multi-margin",
    "keras … from_logits=True": "library-from-logits",
    "sklearn.metrics.log_loss": "library-log-loss",
    "sklearn.metrics.hinge_loss": "library-hinge-loss",
}


def libraries(page: Page) -> None:
    """What libraries call the losses, and what each of these takes."""
    lines = [f"- `{name}`: {page.text(section)}" for name, section in LIBRARIES.items()]
    st.markdown("\n".join(" ".join(line.split()) for line in lines))


def every_name(page: Page) -> None:
    """All names with their formulas and what they come to."""
    t = page.t
    names, kinds = names_of(t), kinds_of(t)
    rows = [
        [names[key], kinds[term.kind], f"${term.formula}$", f"${term.counted}$ = {numbers()[key]}"]
        for key, term in TERMS.items()
    ]
    blocks.table(
        Table([t("Name"), t("Kind"), t("Formula"), t("In the example")], rows), t("Every name in one example")
    )
