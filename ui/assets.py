"""Static files: compressed once at start-up, served from disk and cached for good.

Streamlit leaves its own files uncompressed, a proxy being expected in front of it. A classroom
server often has none, and the first page then weighs 9.5 MB.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import brotli
from servestatic.asgi import ServeStaticASGI
from starlette.types import ASGIApp
from streamlit import file_util

_COMPRESSIBLE = {".css", ".html", ".js", ".json", ".svg", ".txt"}
_UI = Path(__file__).parent
_STAGE = _UI / "stage"


def _plotly_js() -> Path:
    """The plotly.js that the installed plotly package ships, found without importing the package."""
    spec = importlib.util.find_spec("plotly")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("plotly is not installed; run: pip install -r requirements.txt")
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"


_NOT_AT_FIRST = {"connect.js", "address.js", "anchor.js", "first.js", "words.js", "download.js"}
MODULES = tuple(path.name for path in sorted(_STAGE.glob("*.js")) if path.name not in _NOT_AT_FIRST)
_SCRIPTS = (*sorted(_STAGE.glob("*.js")), _UI / "diary" / "diary.js", _plotly_js())
OWN_FILES = {path.name: path for path in (*_SCRIPTS, _STAGE / "stage.css", _UI / "frame.css")}


@cache
def _version() -> str:
    digest = hashlib.sha256()
    for path in OWN_FILES.values():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def url(name: str) -> str:
    """The path of one of our own files; it changes with the contents, so it may be cached for good."""
    return f"/stage-assets/{_version()}/{OWN_FILES[name].name}"


def _compress(path: Path) -> None:
    data = path.read_bytes()
    path.with_name(f"{path.name}.br").write_bytes(brotli.compress(data, quality=6))
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(data, compresslevel=6, mtime=0))


def compressed_copies(folder: Path) -> None:
    """Fill `folder` with our files and Streamlit's, each text file beside its .br and .gz."""
    own = folder / "stage-assets" / _version()
    own.mkdir(parents=True)
    for path in OWN_FILES.values():
        shutil.copyfile(path, own / path.name)
    _compiled_while_loading(own / "plotly.min.js")
    shutil.copytree(
        Path(file_util.get_static_dir()) / "static", folder / "static", copy_function=shutil.copyfile
    )
    texts = [path for path in folder.rglob("*") if path.suffix in _COMPRESSIBLE]
    with ThreadPoolExecutor() as pool:
        list(pool.map(_compress, texts))


def _compiled_while_loading(script: Path) -> None:
    """Put the function that is all of plotly.js into parentheses, if it is where it is now.

    By these a browser knows that the function is called at once, and compiles it on a thread of its own
    while it loads, not afterwards with the page at a standstill.
    """
    text = script.read_text(encoding="utf-8")
    opening, closing = ": this, () => {", "}));"
    if text.count(opening) == 1 and text.endswith(closing):
        text = text.replace(opening, ": this, (() => {").removesuffix(closing) + "})));"
        script.write_text(text, encoding="utf-8")


class CompressedFiles(ServeStaticASGI):  # type: ignore[misc]
    """Serves the compressed copies and passes everything else on."""

    def __init__(self, app: ASGIApp) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="softmax-lab-")
        folder = Path(self._folder.name)
        compressed_copies(folder)
        super().__init__(
            app, root=folder, max_age=0, immutable_file_test=lambda _path, _url: True, allow_all_origins=False
        )
