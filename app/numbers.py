"""Numbers of this process for its operator, as Prometheus reads them; who counts something enters it here."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.places import NUMBERS

_MEDIA_TYPE = "text/plain; version=0.0.4"
_PREFIX = "softmax_lab_"
_STATM = Path("/proc/self/statm")  # pages: all that is mapped, and what of it is in memory
_PAGE = 4096  # bytes

Lines = Iterable[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class _Family:
    name: str
    kind: str
    says: str
    read: Callable[[], Lines]

    def text(self) -> str:
        head = f"# HELP {self.name} {self.says}\n# TYPE {self.name} {self.kind}\n"
        return head + "".join(f"{self.name}{label} {value:.12g}\n" for label, value in self.read())


_families: dict[str, _Family] = {}


def enter(name: str, kind: str, says: str, read: Callable[[], Lines]) -> None:
    _families[name] = _Family(name, kind, says, read)


def gauge(name: str, says: str, read: Callable[[], float]) -> None:
    """A number that goes up and down."""
    enter(_PREFIX + name, "gauge", says, lambda: [("", read())])


@dataclass
class Spans:
    """How many spans of time were how long."""

    name: str
    says: str
    ends: tuple[float, ...]  # seconds
    total: float = 0.0
    counts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.counts = [0] * (len(self.ends) + 1)
        enter(_PREFIX + self.name, "histogram", self.says, self._read)

    def add(self, seconds: float) -> None:
        self.total += seconds
        self.counts[bisect_left(self.ends, seconds)] += 1

    def _read(self) -> Lines:
        for end, count in zip([*map(str, self.ends), "+Inf"], accumulate(self.counts), strict=True):
            yield f'_bucket{{le="{end}"}}', count
        yield "_sum", self.total
        yield "_count", sum(self.counts)


def _memory() -> Lines:
    if _STATM.exists():
        yield "", int(_STATM.read_text().split()[1]) * _PAGE


enter("process_resident_memory_bytes", "gauge", "Memory of this process.", _memory)
enter("process_cpu_seconds_total", "counter", "Time on a core.", lambda: [("", time.process_time())])


def text() -> str:
    return "".join(family.text() for family in _families.values())


async def _answer(_request: Request) -> Response:
    return PlainTextResponse(text(), media_type=_MEDIA_TYPE)


ROUTES = [Route(NUMBERS, _answer)]
