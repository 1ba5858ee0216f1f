"""Static files: compressed once, kept for every process and every start, served from disk.

Streamlit leaves its own files uncompressed, a proxy being expected in front of it. A classroom
server often has none, and the first page then weighs 9.5 MB.

The copies stand in the user's cache folder under the digest of what they are made of. They may be deleted at
any time, also while the server runs: they are then made again.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import logging
import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
from servestatic.asgi import ServeStaticASGI
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util
from uvicorn.config import STARTUP_FAILURE

from ui import assets

log = logging.getLogger(__name__)

_COMPRESSIBLE = {".css", ".html", ".js", ".json", ".svg", ".txt"}
_NAME = "softmax-lab"
_COUNT = "files.count"
_UNUSED = 30 * 86400  # seconds after which the copies of another version are taken away
_UNFINISHED = 3600  # seconds after which copies that were never completed are


def folder() -> Path:
    """Where the copies are; made if they are not there. No process ever sees half of them.

    Raises:
        SystemExit: there is no room for them anywhere; one line on the standard error says so.
    """
    reasons = []
    for place in _places():
        try:
            return _made(place)
        except OSError as reason:
            reasons.append(f"{place} ({reason.strerror or reason})")
    sys.stderr.write(
        "Softmax Lab keeps about 45 MB of compressed copies of its files and can write them neither to "
        + " nor to ".join(reasons)
        + ". Make room there, or name another folder in XDG_CACHE_HOME.\n"
    )
    sys.exit(STARTUP_FAILURE)  # after any other number uvicorn begins a worker again, without end


def _places() -> list[Path]:
    """The user's cache, or else a folder of this user's own among the temporary files."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - may fail
    own = Path(tempfile.gettempdir(), f"{_NAME}-{os.getuid() if hasattr(os, 'getuid') else 'user'}")
    return [Path(cache, _NAME), own]


def _made(place: Path) -> Path:
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "getuid") and place.stat().st_uid != os.getuid():
        raise PermissionError(0, "it belongs to another user")
    whole = place / assets.digest()
    if not _is_whole(whole):
        _make(whole)
    with contextlib.suppress(OSError):  # another process is putting its own there, or nobody may write there
        os.utime(whole)
    _tidy(place)
    return whole


def _is_whole(copies: Path) -> bool:
    """Whether nothing was deleted of them since they were made."""
    try:
        return (copies / _COUNT).read_text() == str(_count(copies))
    except OSError:
        return False


def _count(copies: Path) -> int:
    return sum(len(files) for _, _, files in os.walk(copies))


def _make(whole: Path) -> None:
    """Make the copies beside their place and move them there at once: another process may do the same."""
    beside = Path(tempfile.mkdtemp(prefix=f"{whole.name}.", dir=whole.parent))
    part = beside / "made"
    try:
        _fill(part)
        (part / _COUNT).write_text(str(_count(part) + 1))
        with contextlib.suppress(FileNotFoundError):
            if not _is_whole(whole):
                whole.rename(beside / "damaged")
        part.rename(whole)
    except OSError:
        if not _is_whole(whole):  # by another process
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _fill(part: Path) -> None:
    """Our files and Streamlit's, each text file beside its .br and .gz."""
    own = part / "stage-assets" / assets.digest()
    own.mkdir(parents=True)
    for name, make in assets.FILES.items():
        (own / name).write_bytes(make())
    streamlits = Path(file_util.get_static_dir(), "static")
    try:
        shutil.copytree(streamlits, part / "static", copy_function=shutil.copyfile)
    except shutil.Error as every:  # one for each file
        raise OSError(every.args[0][0][-1]) from every
    texts = [path for path in part.rglob("*") if path.suffix in _COMPRESSIBLE]
    with ThreadPoolExecutor() as pool:
        list(pool.map(_compress, texts))


def _compress(path: Path) -> None:
    data = path.read_bytes()
    path.with_name(f"{path.name}.br").write_bytes(brotli.compress(data, quality=6))
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(data, compresslevel=6, mtime=0))


def _tidy(place: Path) -> None:
    """Take away what a killed server left unfinished, and what no version here has used for long."""
    now = time.time()
    for path in place.iterdir():
        with contextlib.suppress(FileNotFoundError):  # another process has just finished with it
            age = now - path.stat().st_mtime
            if path.name != assets.digest() and age > (_UNFINISHED if "." in path.name else _UNUSED):
                shutil.rmtree(path, ignore_errors=True)


_FOLDERS = ("/static/", "/stage-assets/")


class CompressedFiles(ServeStaticASGI):  # type: ignore[misc]
    """Serves the compressed copies and passes on what belongs to no folder of them.

    A file that there is not is told so: Streamlit would send a page of its own in its place.

    A file is sent whole by the event loop itself, straight from the system's cache: the library would start a
    thread for each file and hand over 8 kB at a time, which costs some twenty times as much.
    """

    def __init__(self, app: ASGIApp, root: Path) -> None:
        self._making = asyncio.Lock()
        super().__init__(
            app,
            root=root,
            max_age=0,
            immutable_file_test=lambda _path, _url: True,
            allow_all_origins=False,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_FOLDERS):
            await self.application(scope, receive, send)
            return
        if scope["path"] not in self.files:
            missing = PlainTextResponse("Not Found", 404, headers={"Cache-Control": "no-store"})
            await missing(scope, receive, send)
            return
        scope = {**scope, "extensions": {"http.response.pathsend": {}}}
        try:
            await super().__call__(scope, receive, _with_whole_files(send))
        except FileNotFoundError:
            async with self._making:
                await asyncio.to_thread(folder)
            try:
                await super().__call__(scope, receive, _with_whole_files(send))
            except FileNotFoundError:
                log.error("The copy of %s cannot be made again", scope["path"])
                answer = PlainTextResponse(status_code=503, headers={"Cache-Control": "no-store"})
                await answer(scope, receive, send)


def _with_whole_files(send: Send) -> Send:
    """A server that takes a path as the body of an answer, which uvicorn does not.

    The answer begins when the file has been read: no empty body leaves with a lasting cache header.
    """
    start: list[Message] = []

    async def send_body(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.append(message)
            return
        if message["type"] == "http.response.pathsend":
            message = {"type": "http.response.body", "body": Path(message["path"]).read_bytes()}
        if start:
            await send(start.pop())
        await send(message)

    return send_body
