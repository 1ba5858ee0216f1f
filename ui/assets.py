"""Static files: compressed once at start-up, served from disk and cached for good.

Streamlit leaves its own files uncompressed, a proxy being expected in front of it. A classroom
server often has none, and the first page then weighs 9.5 MB.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from html import escape
from pathlib import Path

import brotli
from servestatic.asgi import ServeStaticASGI
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

from ui import plotly_js
from ui.bundle import bundled

_COMPRESSIBLE = {".css", ".html", ".js", ".json", ".svg", ".txt"}
_UI = Path(__file__).parent
_STAGE = _UI / "stage"

#: Scripts that the first page holds itself: they have work to do before any file arrives.
_AT_ONCE = ("connect.js", "address.js", "anchor.js", "first.js")


@cache
def own_files() -> dict[str, bytes]:
    """What is served besides Streamlit's own files."""
    return {
        "stage.js": bundled(_STAGE / "stage.js").encode(),
        "download.js": bundled(_STAGE / "download.js").encode(),
        "diary.js": (_UI / "diary" / "diary.js").read_bytes(),
        "stage.css": (_STAGE / "stage.css").read_bytes(),
        "frame.css": (_UI / "frame.css").read_bytes(),
        "plotly.min.js": plotly_js.script(),
    }


def scripts_at_once() -> str:
    """The scripts of the first page, each by itself, so that one that fails stops no other."""
    return "".join(f"<script>{(_STAGE / name).read_text(encoding='utf-8')}</script>" for name in _AT_ONCE)


def script_of_words(table: str) -> str:
    """The script that says Streamlit's own words in the reader's language, with its table of them."""
    script = (_STAGE / "words.js").read_text(encoding="utf-8")
    return f'<script data-words="{escape(table)}">{script}</script>'


@cache
def _version() -> str:
    digest = hashlib.sha256()
    for data in own_files().values():
        digest.update(data)
    return digest.hexdigest()[:12]


def url(name: str) -> str:
    """The path of one of our own files; it changes with the contents, so it may be cached for good."""
    if name not in own_files():
        raise KeyError(name)
    return f"/stage-assets/{_version()}/{name}"


def _compress(path: Path) -> None:
    data = path.read_bytes()
    path.with_name(f"{path.name}.br").write_bytes(brotli.compress(data, quality=6))
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(data, compresslevel=6, mtime=0))


def compressed_copies(folder: Path) -> None:
    """Fill `folder` with our files and Streamlit's, each text file beside its .br and .gz."""
    own = folder / "stage-assets" / _version()
    own.mkdir(parents=True)
    for name, data in own_files().items():
        (own / name).write_bytes(data)
    shutil.copytree(
        Path(file_util.get_static_dir()) / "static", folder / "static", copy_function=shutil.copyfile
    )
    texts = [path for path in folder.rglob("*") if path.suffix in _COMPRESSIBLE]
    with ThreadPoolExecutor() as pool:
        list(pool.map(_compress, texts))


class CompressedFiles(ServeStaticASGI):  # type: ignore[misc]
    """Serves the compressed copies and passes everything else on.

    A file is sent whole by the event loop itself, straight from the system's cache: the library would start a
    thread for each file and hand over 8 kB at a time, which costs some twenty times as much.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="softmax-lab-")
        folder = Path(self._folder.name)
        compressed_copies(folder)
        super().__init__(
            app, root=folder, max_age=0, immutable_file_test=lambda _path, _url: True, allow_all_origins=False
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in self.files:
            scope = {**scope, "extensions": {"http.response.pathsend": {}}}
            send = _with_whole_files(send)
        try:
            await super().__call__(scope, receive, send)
        finally:
            if scope["type"] == "lifespan":  # the server ends; a signal would leave the copies behind
                self._folder.cleanup()


def _with_whole_files(send: Send) -> Send:
    """A server that takes a path as the body of an answer, which uvicorn does not."""

    async def send_body(message: Message) -> None:
        if message["type"] == "http.response.pathsend":
            message = {"type": "http.response.body", "body": Path(message["path"]).read_bytes()}
        await send(message)

    return send_body
