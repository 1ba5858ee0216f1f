"""Of a step that is drawn anew, a browser is told what differs from the last time.

Streamlit tells a browser that a run begins, all that it writes, and that it ends, and for each of these the
browser draws every element of the page. When a slider moves, most of it is what was told at the move before.
So if a run of a part of the page writes elements of the same kinds at the same places as the run before it,
the browser hears of those that differ, and of no run. What it then holds is what it would hold: where nothing
has another place, nothing is left to be taken away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit  # noqa: F401  (its messages need the package to be imported first)
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

Path = tuple[int, ...]
_OF_A_RUN = frozenset({"new_session", "delta", "script_finished"})
_BESIDE = frozenset({"session_status_changed", "page_info_changed"})  # whether one runs; the address
_END: bytes = ForwardMsg(script_finished=ForwardMsg.FINISHED_EARLY_FOR_RERUN).SerializeToString()


@dataclass(frozen=True, slots=True)
class _Written:
    kind: tuple[str | None, str | None]
    digest: bytes


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of a part of the page, and what it has written where."""

    part: tuple[str, ...]
    written: dict[Path, _Written]

    def is_like(self, other: _Run) -> bool:
        """Whether both have written the same kinds of elements at the same places."""
        mine, others = ([(path, each.kind) for path, each in run.written.items()] for run in (self, other))
        return self.part == other.part and mine == others


class Changes:
    """What one browser has been told last."""

    def __init__(self) -> None:
        self._last: _Run | None = None

    def of(self, said: Sequence[bytes]) -> Sequence[bytes]:
        """What the browser has to be told of all that has been said together."""
        messages = [ForwardMsg.FromString(each) for each in said]
        if not any(message.WhichOneof("type") in _OF_A_RUN for message in messages):
            return said
        before, self._last = self._last, _whole_run(messages, said)
        if before is None or self._last is None or not self._last.is_like(before):
            return said
        told = (_told(message, each, before) for message, each in zip(messages, said, strict=True))
        return [each for each in told if each is not None]


def _whole_run(messages: Sequence[ForwardMsg], said: Sequence[bytes]) -> _Run | None:
    """The run of a part of the page that this is, if it is one from begin to end and nothing else."""
    kinds = {message.WhichOneof("type") for message in messages}
    pairs = zip(messages, said, strict=True)
    ours = [(message, each) for message, each in pairs if message.WhichOneof("type") in _OF_A_RUN]
    if kinds - _OF_A_RUN - _BESIDE or len(ours) < 2:
        return None
    (begin, _), *deltas, (end, _) = ours
    part = tuple(begin.metadata.run.fragment_ids)
    is_whole = (
        begin.HasField("new_session")
        and all(message.HasField("delta") for message, _ in deltas)
        and end.script_finished == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
    )
    written = {tuple(message.metadata.delta_path): _written(message, each) for message, each in deltas}
    return _Run(part, written) if is_whole and part and len(written) == len(deltas) else None


def _written(message: ForwardMsg, said: bytes) -> _Written:
    delta = message.delta
    kind = delta.WhichOneof("type"), delta.new_element.WhichOneof("type")
    return _Written(kind, hashlib.blake2b(said, digest_size=16).digest())


def _told(message: ForwardMsg, said: bytes, before: _Run) -> bytes | None:
    if message.HasField("delta"):
        is_known = before.written[tuple(message.metadata.delta_path)] == _written(message, said)
        return None if is_known and not _acts(message.delta.new_element) else said
    if message.HasField("script_finished"):
        return _END  # of no run: nothing is taken away for it, and nothing is drawn
    return said if message.HasField("page_info_changed") else None


def _acts(element: Element) -> bool:
    """Whether it does something when it is said again: answers a component, or sets a widget once more."""
    kind = element.WhichOneof("type")
    return kind == "bidi_component" or bool(kind and getattr(getattr(element, kind), "set_value", False))
