"""Compressed copies: made once for all processes, whole or not at all, and made again when they are gone."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.app.asgi import ask
from ui import assets, copies

SMALL = {"stage.css": lambda: b"p {}" * 100, "stage.js": lambda: b"let a = 1;" * 100}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own, and few files to copy into it."""
    static = tmp_path / "streamlit" / "static"
    static.mkdir(parents=True)
    (static / "index.js").write_text("let b = 2;" * 100)
    monkeypatch.setattr(copies.file_util, "get_static_dir", lambda: str(static.parent))
    monkeypatch.setattr(assets, "FILES", SMALL)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(copies.tempfile, "tempdir", str(tmp_path))
    return tmp_path / "cache" / "softmax-lab"


async def elsewhere(_scope: Any, _receive: Any, send: Callable[..., Any]) -> None:
    await send({"type": "http.response.start", "status": 418, "headers": []})
    await send({"type": "http.response.body"})


def test_the_copies_are_made_once(cache: Path) -> None:
    made = copies.folder()
    before = {path: path.stat().st_mtime_ns for path in made.rglob("*") if path.is_file()}
    assert made == cache / assets.digest() == copies.folder()
    assert before == {path: path.stat().st_mtime_ns for path in made.rglob("*") if path.is_file()}
    assert len(before) == 3 * 3 + 1


def test_copies_that_nobody_may_write_to_serve_all_the_same(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = copies.folder()

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(copies.os, "utime", refuse)
    assert copies.folder() == made


def test_processes_that_start_at_once_share_them(cache: Path) -> None:
    start = threading.Barrier(4)
    found = []

    def process() -> None:
        start.wait()
        found.append(copies.folder())

    threads = [threading.Thread(target=process) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [cache / assets.digest()] * 4
    assert [path.name for path in cache.iterdir()] == [assets.digest()]


def test_what_a_machines_own_cleaning_took_is_made_again(cache: Path) -> None:
    app = copies.CompressedFiles(elsewhere, copies.folder())
    path = assets.url("stage.js")
    for damage in (
        lambda: shutil.rmtree(cache),
        lambda: (cache / assets.digest() / path.strip("/")).unlink(),
        lambda: (cache / assets.digest() / f"{path.strip('/')}.br").unlink(),
    ):
        damage()
        for encoding in ("", "br", "gzip"):
            answer = ask(app, path, accept_encoding=encoding)
            assert answer.status == 200
            assert "immutable" in answer.headers["cache-control"]
            assert answer.body
        assert ask(app, path).body == SMALL["stage.js"]()


def test_an_empty_body_never_leaves_to_be_kept(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    app = copies.CompressedFiles(elsewhere, copies.folder())
    shutil.rmtree(cache)
    monkeypatch.setattr(copies, "folder", lambda: None)
    answer = ask(app, assets.url("stage.js"))
    assert answer.status == 503
    assert answer.headers["cache-control"] == "no-store"


def test_copies_that_lost_a_file_while_the_server_stood_still_are_made_again() -> None:
    lost = copies.folder() / "static" / "index.js.gz"
    lost.unlink()
    copies.folder()
    assert lost.exists()


def test_old_and_unfinished_copies_are_taken_away(cache: Path) -> None:
    copies.folder()
    for name, age, stays in (
        ("older", 31, False),
        ("newer", 29, True),
        ("x.part", 1, False),
        ("y.part", 0, True),
    ):
        path = cache / name
        path.mkdir()
        os.utime(path, (path.stat().st_mtime - age * 86400,) * 2)
        copies.folder()
        assert path.exists() is stays, name


def test_without_a_cache_folder_the_temporary_one_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert copies.folder().parent.parent == tmp_path


def test_a_machine_without_room_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: Any, **_more: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copies.shutil, "copytree", full)
    with pytest.raises(SystemExit):
        copies.folder()
    (words,) = capsys.readouterr().err.splitlines()
    assert "No space left on device" in words
    assert str(cache) in words
    assert "XDG_CACHE_HOME" in words
    assert not list(cache.iterdir())


def test_a_disk_that_becomes_full_is_told_once_and_not_for_each_file(
    monkeypatch: pytest.MonkeyPatch, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for number in range(20):
        Path(copies.file_util.get_static_dir(), "static", f"{number}.js").touch()
    monkeypatch.setattr(copies.shutil, "copyfile", full)
    with pytest.raises(SystemExit):
        copies.folder()
    words = capsys.readouterr().err
    assert words.count("No space left on device") == len(copies._places())
    assert len(words) < 1000


def test_a_server_of_two_workers_that_has_no_room_ends(tmp_path: Path) -> None:
    (tmp_path / "without_room.py").write_text(
        "from ui import assets, copies\n"
        "assets.FILES = {}\n"
        "def full(*_, **_more): raise OSError(28, 'No space left on device')\n"
        "copies.shutil.copytree = full\ncopies.folder()\n"
    )
    command = [sys.executable, "-m", "uvicorn", "without_room:app", "--port", "0", "--workers", "2"]
    variables = {"PYTHONPATH": f"{Path.cwd()}:{tmp_path}", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    end = subprocess.run(
        command, env=os.environ | variables, capture_output=True, text=True, timeout=120, check=False
    )
    assert 1 <= end.stderr.count("Make room there") <= 2
    assert "Traceback" not in end.stderr


def test_what_is_no_file_is_passed_on() -> None:
    assert ask(copies.CompressedFiles(elsewhere, copies.folder()), "/scores").status == 418


def test_the_digest_is_that_of_what_the_files_are_made_of(monkeypatch: pytest.MonkeyPatch) -> None:
    before = assets.digest()
    assets.digest.cache_clear()
    monkeypatch.setattr(assets, "version", lambda package: f"{package} next")
    assert assets.digest() != before
    assets.digest.cache_clear()
