"""Addresses that others can open, and a start that tells where the app is."""

from __future__ import annotations

import logging
import socket

import pytest

from app import reach, share


@pytest.fixture
def networked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "machine_address", lambda: "10.0.0.7")
    monkeypatch.setattr(reach, "_answers", lambda _address, _port: True)


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("http://localhost:8501/scores?lang=ko", "http://10.0.0.7:8501/scores?lang=ko"),
        ("http://127.0.0.1:8501/", "http://10.0.0.7:8501/"),
        ("http://[::1]:8501/", "http://10.0.0.7:8501/"),
        ("http://0.0.0.0/", "http://10.0.0.7/"),
        ("http://app.localhost:80/", "http://10.0.0.7:80/"),
        ("http://localhost.:8501/", "http://10.0.0.7:8501/"),
        ("http://[::ffff:127.0.0.1]:8501/", "http://10.0.0.7:8501/"),
        ("https://school.example/softmax/", "https://school.example/softmax/"),
        ("http://192.168.0.3:8501/", "http://192.168.0.3:8501/"),
        ("http://localhost.example/", "http://localhost.example/"),
    ],
)
@pytest.mark.usefixtures("networked")
def test_a_link_leads_from_every_machine_to_this_one(url: str, other: str) -> None:
    assert reach.for_others(url) == other


@pytest.mark.parametrize("url", ["http://[::1", "http://localhost:99999/", "http://localhost:x/", "http://]"])
def test_what_is_no_address_leads_nowhere_and_breaks_nothing(url: str) -> None:
    assert reach.for_others(url) == url
    assert share.address(url, {}, [], False, "en") == "?lang=en"


def test_a_machine_without_a_network_gives_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "machine_address", lambda: None)
    assert reach.for_others("http://localhost:8501/") is None
    assert reach.for_others("http://school.example/") == "http://school.example/"


def test_a_server_that_listens_here_alone_gives_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setattr(reach, "machine_address", lambda: "127.0.0.2")
        assert reach.for_others(f"http://localhost:{port}/") is None
        monkeypatch.setattr(reach, "machine_address", lambda: "127.0.0.1")
        assert reach.for_others(f"http://localhost:{port}/") == f"http://127.0.0.1:{port}/"


def test_streamlits_own_start_says_where_the_app_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(reach, "machine_address", lambda: "10.0.0.7")
    monkeypatch.setattr(reach.sys, "argv", ["/home/teacher/streamlit_app.py"])
    reach.announce()
    assert "http://localhost:8501, in the network http://10.0.0.7:8501" in capsys.readouterr().err
    monkeypatch.setattr(reach.sys, "argv", ["/usr/bin/uvicorn"])
    reach.announce()
    assert capsys.readouterr().err == ""
    assert logging.getLogger("uvicorn.error").isEnabledFor(logging.INFO)


@pytest.mark.parametrize(("soft", "hard", "wanted", "warns"), [
    (256, 256, 256, True), (256, 4096, 4096, False),
    (1024, 1_000_000, 65_536, False), (100_000, 100_000, None, False),
])  # fmt: skip
def test_a_low_limit_of_files_is_raised_or_told(
    soft: int, hard: int, wanted: int | None, warns: bool, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    import resource

    limits = []
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _which, pair: limits.append(pair))
    reach.open_enough_files()
    assert limits == ([] if wanted in (None, soft) else [(wanted, hard)])
    assert ("ulimit" in caplog.text) is warns
