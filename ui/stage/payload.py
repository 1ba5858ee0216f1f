"""What travels to the stage: JSON, then numbers as they lie in memory, the whole compressed if it is long.

uint32  length of the JSON, little-endian; 0: the rest is such a message, compressed by zlib
JSON    padded with spaces to a multiple of 8; an array is {"$": [offset, length, dtype]}
numbers each array at a multiple of 8 after the JSON
"""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

import numpy as np
import orjson

_OPTIONS = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS
_LONG = 20_000
_PIECE = 2047  # bytes


class Tail:
    """The numbers of one message. An array that is put in twice is sent once."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self._size = 0
        self._known: dict[int, tuple[Any, dict[str, Any]]] = {}

    def put(self, value: Any) -> Any:
        """The same value with references in place of its arrays."""
        if isinstance(value, np.ndarray):
            if id(value) not in self._known:
                self._known[id(value)] = (value, self._append(value))
            return self._known[id(value)][1]
        if isinstance(value, dict):
            return {name: self.put(item) for name, item in value.items()}
        return value

    def _append(self, array: np.ndarray[Any, Any]) -> dict[str, Any]:
        small = array.dtype == np.uint8
        kept = array if small else np.asarray(array, np.float32)
        data = kept.tobytes()
        data += bytes(-len(data) % 8)
        reference = {"$": [self._size, kept.size, "uint8" if small else "float32"]}
        self.parts.append(data)
        self._size += len(data)
        return reference


def text(value: Any) -> bytes:
    """JSON of a part of a message."""
    return orjson.dumps(value, option=_OPTIONS)


def digest(part: bytes) -> str:
    """Equal for equal parts.

    It is read in pieces: over one that is longer, Python lets go of its lock, and a script that has half a
    page done waits until it gets it back.
    """
    found = hashlib.blake2b(digest_size=8)
    for start in range(0, len(part), _PIECE):
        found.update(part[start : start + _PIECE])
    return found.hexdigest()


def pack(message: dict[str, Any], tail: Tail) -> bytes:
    """The message as bytes."""
    head = text(message)
    head += b" " * (-(len(head) + 4) % 8)
    packed = b"".join([len(head).to_bytes(4, "little"), head, *tail.parts])
    return packed if len(packed) < _LONG else bytes(4) + zlib.compress(packed, 1)


def unpack(data: bytes) -> dict[str, Any]:
    """What `pack` was given, as the browser reads it; the parts of the picture among the rest."""
    length = int.from_bytes(data[:4], "little")
    if length == 0:
        return unpack(zlib.decompress(data[4:]))
    message = orjson.loads(data[4 : 4 + length])
    revived: dict[str, Any] = _revived({**message.pop("picture", {}), **message}, data[4 + length :])
    return revived


def _revived(value: Any, numbers: bytes) -> Any:
    if isinstance(value, list):
        return [_revived(item, numbers) for item in value]
    if not isinstance(value, dict):
        return value
    if "$" in value:
        offset, length, dtype = value["$"]
        return np.frombuffer(numbers, dtype, length, offset)
    return {name: _revived(item, numbers) for name, item in value.items()}
