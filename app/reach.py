"""Where the app is to be reached: at start, in the log, and for phones, which cannot open `localhost`."""

from __future__ import annotations

import ipaddress
import logging
import socket
import sys
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import streamlit as st

log = logging.getLogger(__name__)

_NOWHERE = ("192.0.2.1", 9)  # for documentation, RFC 5737: nothing is sent, only a way out is looked up
_PATIENCE = 0.5  # seconds
_NEEDED = 1024  # open files; a reader takes four
_WANTED = 65_536


def machine_address() -> str | None:
    """This machine's address in its network, if it has one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_NOWHERE)
            address: str = probe.getsockname()[0]
        except OSError:
            return None
    return None if ipaddress.ip_address(address).is_loopback else address


def _answers(address: str, port: int) -> bool:
    """Whether a server listens at an address of this machine."""
    try:
        with socket.create_connection((address, port), timeout=_PATIENCE):
            return True
    except OSError:
        return False


def is_here_only(host: str) -> bool:
    """Whether an address leads from every machine to itself."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        name = host.removesuffix(".")
        return name == "localhost" or name.endswith(".localhost")
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_loopback or address.is_unspecified


def parts_of(url: str) -> SplitResult:
    """Of an address as a browser says it; nothing if it is none."""
    try:
        parts = urlsplit(url)
        _is_number = parts.port
    except ValueError:
        return urlsplit("")
    return parts


def for_others(url: str) -> str | None:
    """The address as another machine can open it; None if none can: the server may listen here alone."""
    parts = parts_of(url)
    if not is_here_only(parts.hostname or ""):
        return url
    address = machine_address()
    if address is None or not _answers(address, parts.port or 80):
        return None
    port = f":{parts.port}" if parts.port else ""
    return parts._replace(netloc=address + port).geturl()


def announce() -> None:
    """Say in the log where the app is; Streamlit would ask a foreign host for the address first."""
    logging.getLogger("uvicorn.error").setLevel(logging.INFO)  # Streamlit's own level silences it
    if Path(sys.argv[0]).name != "streamlit_app.py":  # uvicorn says it itself
        return
    port = st.get_option("server.port")
    here, address = f"http://localhost:{port}", machine_address()
    network = f", in the network http://{address}:{port}" if address else ""
    sys.stderr.write(f"Softmax Lab: {here}{network}\n")


def open_enough_files() -> None:
    """Raise the limit of open files as far as the system lets us; say so if it is low all the same."""
    try:
        import resource
    except ImportError:  # not on Windows, which has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED if hard == resource.RLIM_INFINITY else min(hard, _WANTED)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    if max(soft, wanted) < _NEEDED:
        log.warning(
            "Only %d files may be open at a time: enough for some %d readers. Raise the limit before the "
            "start: ulimit -n %d",
            wanted,
            max(wanted - 100, 0) // 4,
            4 * _NEEDED,
        )
