"""The four floating-point formats of this package, found by name."""

import numpy as np
from numpy.typing import DTypeLike

_FORMATS: dict[str, np.dtype] = {name: np.dtype(name) for name in ("float16", "float32", "float64")}
try:
    import ml_dtypes
except ImportError:  # NumPy alone is enough; bfloat16 is then not on offer
    pass
else:
    _FORMATS["bfloat16"] = np.dtype(ml_dtypes.bfloat16)

#: The names of the formats on offer, narrow ones first.
DTYPES: tuple[str, ...] = tuple(
    name for name in ("float16", "bfloat16", "float32", "float64") if name in _FORMATS
)


#: The same as dtypes.
FORMATS: frozenset[np.dtype] = frozenset(_FORMATS.values())


def find_format(dtype: DTypeLike) -> np.dtype:
    """Return one of `DTYPES`, given by name or as a dtype, as a dtype; anything else is a TypeError."""
    name = dtype if isinstance(dtype, str) else np.dtype(dtype).name
    try:
        return _FORMATS[name]
    except KeyError:
        raise TypeError(
            f"{name!r} is not a floating-point format of this package; choose one of {DTYPES}"
        ) from None
