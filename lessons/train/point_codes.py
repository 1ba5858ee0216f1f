"""Points with labels as a short text that an address can carry."""

import base64
import binascii
import zlib

import numpy as np

from lessons.train.own_data import MAX_ROWS
from softmax_core import Data

MAX_CODE = 1_500
#: Points have three decimals and are at most this far from each axis.
MAX_POINT = 30.0
_STEPS = 1_000  # in a unit
_FORMAT = b"\x01"


def points_code(data: Data) -> str | None:
    """Write points in the plane as a short text.

    Args:
        data: of two features, each at most 30 away from 0 and with at most three decimals; labels below 256.

    Returns:
        Letters, digits, "-" and "_", at most 1 500 of them, from which `points_from_code` makes the same data
        again, to the last bit and in the same order; None if they would be more (about 300 points fit) or
        there are more than 2 000 points.

    Raises:
        ValueError: the points are not in the plane, too far out, too fine, or of too many classes.

    Formula:
        base64url(zlib(1, labels, high bytes of 1000·x, of 1000·y, low bytes of 1000·x, of 1000·y)).

    Why so:
        Thousandths up to 30 fit into 16 bits. The high bytes of neighbours resemble each other and are
        squeezed; the low ones are noise that nothing squeezes, and stay by themselves.

    >>> code = points_code(Data([[1.5, -2.25], [0.001, 30.0]], [0, 1]))
    >>> code
    'eNpjZGBkZfheeofRzAAADGkCtw'
    >>> points_from_code(code).X.tolist()
    [[1.5, -2.25], [0.001, 30.0]]
    """
    if data.X.shape[1] != 2:
        raise ValueError(f"a code holds points in the plane, not of {data.X.shape[1]} features")
    if np.abs(data.X).max() > MAX_POINT or data.labels.max() > 255:
        raise ValueError(f"a code holds points up to {MAX_POINT:g} from the axes, and up to 256 classes")
    whole = np.rint(data.X.astype(np.float64) * _STEPS)
    if (whole / _STEPS != data.X).any():
        raise ValueError("a code holds points of three decimals; round them first")
    if data.n_samples > MAX_ROWS:
        return None
    halves = np.array(whole.T, "<i2", order="C").view(np.uint8).reshape(2, -1, 2)
    plain = _FORMAT + data.labels.astype(np.uint8).tobytes() + halves.transpose(2, 0, 1)[::-1].tobytes()
    code = base64.urlsafe_b64encode(zlib.compress(plain, 9)).decode().rstrip("=")
    return code if len(code) <= MAX_CODE else None


def points_from_code(code: str) -> Data:
    """Read points that `points_code` wrote.

    Args:
        code: any text.

    Returns:
        The `Data`, as float64.

    Raises:
        ValueError: the text is not such a code, or was altered in what it says.

    >>> points_from_code("eNpjZGBkZfheeofRzAAADGkCuw")
    Traceback (most recent call last):
    ...
    ValueError: this is not a code of points: it was altered
    """
    if not 0 < len(code) <= MAX_CODE:
        raise ValueError(f"a code of points has 1 to {MAX_CODE} signs, not {len(code)}")
    try:
        packed = base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True)
        reader = zlib.decompressobj()
        plain = reader.decompress(packed, 1 + 5 * MAX_ROWS + 1)
    except (ValueError, binascii.Error, zlib.error):
        raise ValueError("this is not a code of points: it was altered") from None
    n, rest = divmod(len(plain) - 1, 5)
    if not reader.eof or reader.unused_data or rest or plain[:1] != _FORMAT or not 0 < n <= MAX_ROWS:
        raise ValueError("this is not a code of points: it is cut off, or of another kind")
    labels, halves = np.frombuffer(plain, np.uint8)[1:][:n], np.frombuffer(plain, np.uint8)[1 + n :]
    pairs = np.ascontiguousarray(halves.reshape(2, 2, n)[::-1].transpose(1, 2, 0))
    X = pairs.view("<i2").reshape(2, n).T / _STEPS
    if np.abs(X).max() > MAX_POINT:
        raise ValueError(f"this is not a code of points: one is beyond {MAX_POINT:g}")
    return Data(X, labels.astype(np.intp))
