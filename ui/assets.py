"""What the app serves besides Streamlit's own files: its scripts, its styles, and its part of plotly.js."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

from ui import class_colours, plotly_js
from ui.bundle import bundled

_UI = Path(__file__).parent
_STAGE = _UI / "stage"
_WAY = _UI / "way"


#: Each file by its name, with what makes it; plotly.js takes seconds.
FILES: Mapping[str, Callable[[], bytes]] = MappingProxyType(
    {
        "stage.js": lambda: bundled(_STAGE / "stage.js").encode(),
        "download.js": lambda: bundled(_STAGE / "download.js").encode(),
        "diary.js": (_UI / "diary" / "diary.js").read_bytes,
        "files.js": (_UI / "files" / "files.js").read_bytes,
        "keep.js": (_UI / "keep" / "keep.js").read_bytes,
        "way.js": lambda: bundled(_WAY / "way.js").encode(),
        "track.js": (_UI / "track" / "track.js").read_bytes,
        "stage.css": (_STAGE / "stage.css").read_bytes,
        "way.css": (_WAY / "way.css").read_bytes,
        "frame.css": lambda: (_UI / "frame.css").read_bytes() + class_colours.css().encode(),
        "paper.css": (_UI / "paper.css").read_bytes,
        "plotly.min.js": plotly_js.script,
    }
)


@cache
def digest() -> str:
    """Changes whenever anything changes that the files are made of."""
    found = hashlib.sha256()
    for package in ("plotly", "streamlit", "brotli"):
        found.update(f"{package} {version(package)}\n".encode())
    makers = [_UI / f"{name}.py" for name in ("assets", "bundle", "copies", "plotly_js", "class_colours")]
    makers += [_UI / "frame.css", _UI / "paper.css"]
    for path in [
        *makers,
        _STAGE / "stage.css",
        _WAY / "way.css",
        _UI / "charts" / "style.py",
        *sorted(_UI.glob("*/*.js")),
    ]:
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


def loader(name: str) -> str:
    """The script of a component whose module of that name draws it and clears its place.

    A module may say in `place.dataset.place` what its place in the layout is: "none", "float", "shown".
    Styles that looked into each place (`:has`) took a third of a picture's time.
    """
    return f"""
const loading = import(new URL(".{url(name)}", document.baseURI).href);
export default function (component) {{
  const place = component.parentElement.closest("[data-testid=stElementContainer]");
  loading.then((module) => module.draw({{ ...component, place }}));
  return () => loading.then((module) => {{
    module.clear(component.parentElement);
    delete place?.dataset.place;
  }});
}}
"""


def url(name: str) -> str:
    """The path of one of our own files; it changes with the contents, so it may be cached for good."""
    if name not in FILES:
        raise KeyError(name)
    return f"/stage-assets/{digest()}/{name}"
