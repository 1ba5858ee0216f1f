"""Who may do what: the teacher's key, and the tokens of phones, which are random and name nobody."""

from __future__ import annotations

import hmac
import secrets
from hashlib import blake2b

_SIZE = 16  # bytes
_MAX = 200  # letters of a token


def new_key() -> str:
    return secrets.token_urlsafe(_SIZE)


def hashed(text: str) -> str:
    """What is stored in the place of a key or a token."""
    return blake2b(text.encode(errors="replace"), digest_size=_SIZE).hexdigest()


def fits(key: str, stored: str) -> bool:
    """Whether this key is the one whose hash is stored."""
    return len(key) <= _MAX and hmac.compare_digest(hashed(key), stored)


def new_token(secret: str) -> str:
    """A phone's token; only who knows the room's secret can make one."""
    random = secrets.token_urlsafe(_SIZE)
    return f"{random}.{_signed(random, secret)}"


def is_genuine(token: str, secret: str) -> bool:
    """Whether the room itself made this token."""
    random, _, signature = token[:_MAX].partition(".")
    return hmac.compare_digest(signature.encode(errors="replace"), _signed(random, secret).encode())


def _signed(random: str, secret: str) -> str:
    return blake2b(random.encode(errors="replace"), key=secret.encode(), digest_size=_SIZE).hexdigest()
