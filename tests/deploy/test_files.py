"""The files of `deploy/` are read by the programs they are for, and name what there is."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from uvicorn import Config

from app.life import GRACE, LIVE, READY
from tests.deploy.shipped import CADDYFILE, DEPLOY, HOST, ROOT, UNIT, program, unit

COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
CONTAINER = (DEPLOY / "Containerfile").read_text()
SERVICES = COMPOSE["services"]
NAME = re.compile(r"\bSOFTMAX_LAB_[A-Z_]+")


def adapted(**variables: str) -> dict[str, Any]:
    """What Caddy understands of its file."""
    command = [program("caddy", "caddy"), "adapt", "--adapter", "caddyfile", "--config", str(CADDYFILE)]
    done = subprocess.run(command, env={**os.environ, **variables}, capture_output=True, check=True)
    return json.loads(done.stdout)


def proxies(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, list):
        return [found for each in part for found in proxies(each)]
    if not isinstance(part, dict):
        return []
    own = [part] if part.get("handler") == "reverse_proxy" else []
    return own + proxies(list(part.values()))


def test_the_proxy_takes_its_file_as_it_is(tmp_path: Path) -> None:
    command = [program("caddy", "caddy"), "validate", "--adapter", "caddyfile", "--config", str(CADDYFILE)]
    variables = {name: value for name, value in os.environ.items() if not NAME.match(name)}
    subprocess.run(command, env={**variables, "HOME": str(tmp_path)}, capture_output=True, check=True)


@pytest.mark.parametrize("path", ["", "/softmax"])
def test_the_proxy_asks_who_takes_readers_and_then_who_is_alive(path: str) -> None:
    found = proxies(adapted(SOFTMAX_LAB_PATH=path, SOFTMAX_LAB_PROCESSES="one:1 two:2 three:3"))
    assert [each["health_checks"]["active"]["uri"] for each in found] == [READY, LIVE]
    for each in found:
        assert each["flush_interval"] == -1
        assert each["load_balancing"]["selection_policy"]["policy"] == "cookie"
        assert [upstream["dial"] for upstream in each["upstreams"]] == ["one:1", "two:2", "three:3"]


def test_the_proxy_takes_a_certificate_that_is_given() -> None:
    told = adapted(SOFTMAX_LAB_SITE="lab.example", SOFTMAX_LAB_TLS="tls /lab.pem /lab.key")
    (files,) = told["apps"]["tls"]["certificates"]["load_files"]
    assert (files["certificate"], files["key"]) == ("/lab.pem", "/lab.key")
    assert told["apps"]["http"]["servers"]["srv0"]["listen"] == [":443"]


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze on this machine; on Debian: apt-get install systemd")
    command = unit()["Service"]["ExecStart"]
    (tmp_path / "softmax-lab@8501.service").write_text(UNIT.read_text().replace(command, "/bin/true"))
    verify = ["systemd-analyze", "verify", "--man=no", str(tmp_path / "softmax-lab@8501.service")]
    done = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_unit_and_container_start_the_server_in_the_same_way() -> None:
    command = json.loads(re.search(r"^CMD (.*)$", CONTAINER, re.MULTILINE)[1])
    place = {"--host": "0.0.0.0", "--port": "8501"}  # noqa: S104 - within a network of its own
    _, *unit_command = shlex.split(unit()["Service"]["ExecStart"])
    for option, value in place.items():
        unit_command[unit_command.index(option) + 1] = value
    assert command == ["uvicorn", *unit_command]
    graceful = int(command[command.index("--timeout-graceful-shutdown") + 1])
    assert graceful + GRACE < 6 < int(unit()["Service"]["TimeoutStopSec"])
    assert f"http://127.0.0.1:8501{LIVE}" in CONTAINER


def test_nobody_is_told_to_start_a_server_that_deflates_what_it_sends() -> None:
    """It would spend a fifth of its time on it; what is long has been compressed before, once."""
    lines = [unit()["Service"]["ExecStart"]]
    for document in ("README.md", "docs/serving.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        lines += re.findall(r"uvicorn streamlit_app:app .*", text)
    assert len(lines) > 3
    assert all("--ws-per-message-deflate false" in line for line in lines)


def test_a_user_that_only_the_unit_knows_has_a_home() -> None:
    """Without one Streamlit does not start, where no `libnss-systemd` tells of such users."""
    told = unit()["Service"]
    assert told["DynamicUser"] == "yes"
    assert f"HOME=%S/{told['StateDirectory']}" in told["Environment"].split()


def test_the_proxy_has_all_processes_that_the_documents_start() -> None:
    (listed,) = re.findall(r"SOFTMAX_LAB_PROCESSES=([^\"]*)", (DEPLOY / "caddy.conf").read_text())
    ports = [process.split(":")[1] for process in listed.split()]
    for document in ("README.md", "docs/serving.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        started = re.findall(r"softmax-lab@\{([\d,]+)\}", text)
        assert started
        assert all(each.split(",") == ports for each in started)
        for restarted in re.findall(r"for port in ([\d ]+); do", text):
            assert restarted.split() == ports


def test_a_fault_of_one_request_takes_no_process_from_all_readers() -> None:
    """A body can be sent once: the proxy's second try would count as the fault of a healthy process."""
    for each in proxies(adapted()):
        assert "passive" not in each["health_checks"]
        assert "retry_match" not in each["load_balancing"]


def test_the_proxy_leaves_an_idle_line_before_a_process_closes_it() -> None:
    closes = Config("streamlit_app:app").timeout_keep_alive
    for each in proxies(adapted()):
        assert each["transport"]["keep_alive"]["idle_timeout"] < closes * 10**9


@pytest.mark.parametrize("document", ["README.md", "docs/serving.md"])
def test_documents_start_the_server_as_the_container_does(document: str) -> None:
    _, *options = json.loads(re.search(r"^CMD (.*)$", CONTAINER, re.MULTILINE)[1])
    text = (ROOT / document).read_text(encoding="utf-8")
    told = re.findall(r"^[| 0-9`]*\.venv/bin/uvicorn ([^`|\n]*)", text, re.MULTILINE)
    assert told
    assert len(told) == len(re.findall(r"bin/uvicorn streamlit_app", text))
    for command in told:
        assert command.strip().removesuffix(" --workers 2") == shlex.join(options)


def test_the_container_holds_all_of_the_app() -> None:
    copied = dict(re.findall(r"^COPY (\S+) (\S+)$", CONTAINER, re.MULTILINE))
    assert all((ROOT / source).exists() for source in copied)
    needed = {"softmax_core", "ui", "lessons", "pages", "app", "streamlit_app.py", ".streamlit"}
    assert copied.keys() == needed | {"requirements.txt"}
    assert "USER softmax-lab" in CONTAINER
    sent = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    assert copied.keys() == {*sent}, "a `.venv` in the clone is not sent along"


def test_the_proxy_of_the_compose_file_reaches_every_process() -> None:
    processes = [name for name, service in SERVICES.items() if service.get("image") == "softmax-lab"]
    proxy = SERVICES["proxy"]
    assert proxy["environment"]["SOFTMAX_LAB_PROCESSES"] == " ".join(f"{name}:8501" for name in processes)
    assert len(processes) == 2
    assert all("ports" not in SERVICES[name] for name in [*processes, "db"])
    for name in [*processes, "proxy", "db"]:
        for volume in SERVICES[name].get("volumes", []):
            source = volume.split(":")[0]
            assert source in COMPOSE["volumes"] or (DEPLOY / source).exists()
    build = SERVICES["app1"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).samefile(DEPLOY / "Containerfile")


def test_the_compose_file_pins_the_driver_that_is_tested() -> None:
    driver = SERVICES["app1"]["build"]["args"]["EXTRA"]
    tested = [line for line in (ROOT / "requirements-dev.txt").read_text().splitlines() if "psycopg" in line]
    assert tested == [driver]


def test_every_name_of_the_environment_is_read_somewhere() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py"))
    read_by_code = {*NAME.findall(code)}
    read_by_proxy = {*NAME.findall(re.sub(r"^#.*$", "", CADDYFILE.read_text(), flags=re.MULTILINE))}
    assert read_by_proxy == {*NAME.findall(CADDYFILE.read_text())}, "its head names all that it reads"
    assert {*NAME.findall((DEPLOY / "caddy.conf").read_text())} == read_by_proxy
    assert {*SERVICES["proxy"]["environment"]} == read_by_proxy
    told = {name for name in SERVICES["app1"]["environment"] if NAME.match(name)}
    assert told <= read_by_code
    example = {*NAME.findall((DEPLOY / "softmax-lab.env").read_text())}
    read_by_unit = {*NAME.findall(UNIT.read_text())}
    assert read_by_unit == {*NAME.findall(HOST)}
    assert example <= read_by_code | read_by_proxy | read_by_unit | {"SOFTMAX_LAB_DB_PASSWORD"}
