"""The four floating-point formats of this package, found by name."""

from typing import Any, Literal, TypeAlias, cast

import numpy as np

FormatName: TypeAlias = Literal["float16", "bfloat16", "float32", "float64"]
#: A format by its name, or as NumPy's own dtype or type; ml_dtypes gives NumPy bfloat16.
Format: TypeAlias = FormatName | np.dtype[Any] | type[np.generic] | type[float]
_ALL: tuple[FormatName, ...] = ("float16", "bfloat16", "float32", "float64")

_FORMATS: dict[str, np.dtype] = {name: np.dtype(name) for name in ("float16", "float32", "float64")}
try:
    import ml_dtypes
except ImportError:  # NumPy alone is enough; bfloat16 is then not on offer
    pass
else:
    _FORMATS["bfloat16"] = np.dtype(ml_dtypes.bfloat16)

#: The names of the formats on offer, narrow ones first.
DTYPES: tuple[FormatName, ...] = tuple(name for name in _ALL if name in _FORMATS)


#: The same as dtypes.
FORMATS: frozenset[np.dtype] = frozenset(_FORMATS.values())


def find_format(dtype: Format) -> np.dtype:
    """Return one of `DTYPES`, given by name or as a dtype, as a dtype; anything else is a TypeError."""
    name = dtype if isinstance(dtype, str) else np.dtype(dtype).name
    try:
        return _FORMATS[name]
    except KeyError:
        raise TypeError(
            f"{name!r} is not a floating-point format of this package; choose one of {DTYPES}"
        ) from None


def name_of(dtype: np.dtype) -> FormatName:
    """The name of a format that `find_format` has found."""
    return cast(FormatName, dtype.name)
