"""Of a step that is drawn anew, a browser is told what differs from the last time.

Streamlit tells a browser that a run begins, all that it writes, and that it ends, and for each of these the
browser draws every element of the page. When a slider moves, most of it is what was told at the move before.
So while a run of a part of the page writes the same kinds of elements at the same places as the one before,
the browser hears of those that differ, and of no run. What it then holds is what it would hold: where nothing
has another place, nothing is left to be taken away. Of a run that goes another way it hears all, and of one
that asks for another before it has written anything, nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import streamlit  # noqa: F401  (its messages need the package to be imported first)
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.RootContainer_pb2 import RootContainer

Path = tuple[int, ...]
_BEGINNINGS = ("new_session", "session_status_changed")
_END: bytes = ForwardMsg(script_finished=ForwardMsg.FINISHED_EARLY_FOR_RERUN).SerializeToString()


class _Written(NamedTuple):
    path: Path
    kind: tuple[str | None, str | None]
    message: int  # its hash


@dataclass(slots=True)
class _Run:
    """A run of a part of the page, and what it has written in which order."""

    part: tuple[str, ...]
    before: _Run | None  # until it goes another way
    written: list[_Written] = field(default_factory=list)
    said: list[bytes] = field(default_factory=list)  # of which the browser has not heard
    is_told: bool = False  # all of it

    @property
    def follows(self) -> _Run | None:
        """The run of the same part before it, while this one goes the same way."""
        return self.before if self.before is not None and self.before.part == self.part else None

    def writes(self, new: _Written) -> _Written | None:
        """What the one before has written in its place; None if it is of another kind, or elsewhere."""
        self.written.append(new)
        follows = self.follows
        before = follows.written if follows else []
        known = before[len(self.written) - 1] if len(self.written) <= len(before) else None
        return known if known and (known.path, known.kind) == (new.path, new.kind) else None

    def leaves(self) -> list[bytes]:
        """All that it has said: it goes another way, and is told whole."""
        said, self.said, self.before, self.is_told = self.said, [], None, True
        return said

    @property
    def is_silent(self) -> bool:
        """Whether it has written nothing, and the browser has not heard of it."""
        return not (self.written or self.is_told)


class Changes:
    """What one browser has to be told."""

    def __init__(self) -> None:
        self._last: _Run | None = None  # it has ended, and nothing was written since
        self._run: _Run | None = None

    def of(self, said: bytes) -> Sequence[bytes]:
        """What the browser has to be told now that Streamlit says this."""
        message = ForwardMsg.FromString(said)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            part = tuple(message.metadata.run.fragment_ids)
            self._run = _Run(part, self._last) if part else None  # a whole page is told
            self._last = None
        elif kind == "delta" and self._run is None:
            self._last = None
        run = self._run
        if run is None or kind == "page_info_changed":  # the address
            return [said]
        if kind == "delta":
            return _of_element(run, message, said)
        if kind == "script_finished":
            return self._of_end(run, message, said)
        if run.is_told:
            return [said]
        run.said.append(said)
        return [] if kind in _BEGINNINGS else run.leaves()

    def _of_end(self, run: _Run, message: ForwardMsg, said: bytes) -> Sequence[bytes]:
        if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN and run.is_silent:
            self._run, self._last = None, run.before
            return []
        is_whole = message.script_finished == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
        is_clear = len({each.path for each in run.written}) == len(run.written)
        is_alike = run.follows is not None and len(run.written) == len(run.follows.written)
        whole = [*run.leaves(), said]
        self._run, self._last = None, run if is_whole and is_clear else None
        return [_END] if is_whole and is_alike else whole


def _of_element(run: _Run, message: ForwardMsg, said: bytes) -> Sequence[bytes]:
    delta, path = message.delta, tuple(message.metadata.delta_path)
    kind = delta.WhichOneof("type"), delta.new_element.WhichOneof("type")
    new = _Written(path, kind, hash(said))
    known = run.writes(new)
    if run.is_told:
        return [said]
    run.said.append(said)
    if known is None or path[:1] == (RootContainer.EVENT,) or delta.HasField("new_transient"):
        return run.leaves()  # a toast shows again
    return [] if known == new and not _acts(delta.new_element) else [said]


def _acts(element: Element) -> bool:
    """Whether it does something when it is said again: answers a component, or sets a widget once more."""
    kind = element.WhichOneof("type")
    return kind == "bidi_component" or bool(kind and getattr(getattr(element, kind), "set_value", False))
