"""Pages run as Streamlit runs them, without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parent.parent.parent


def open_page(slug: str, lang: str = "en", **values: Any) -> AppTest:
    """The page of that slug, as a link with these values opens it."""
    at = AppTest.from_file(str(ROOT / "ui" / "app.py"), default_timeout=20)
    at.query_params["lang"] = lang
    for name, value in values.items():
        at.query_params[name] = str(value)
    at.run()
    if slug != "home":
        at.switch_page(f"../pages/{slug}.py").run()
    return at


def spoken(at: AppTest) -> str:
    """Everything the page says in words."""
    kinds = (
        "title",
        "header",
        "subheader",
        "markdown",
        "caption",
        "text",
        "error",
        "warning",
        "success",
        "info",
    )
    return "\n".join(str(element.value) for kind in kinds for element in at.get(kind))


def said(at: AppTest) -> str:
    """What the page says, without its line breaks."""
    return " ".join(spoken(at).split())


def everything(at: AppTest) -> str:
    return said(at) + "\n".join(str(formula.value) for formula in at.get("latex"))


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()
