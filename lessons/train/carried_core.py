"""The core within what a reader takes away, so that it runs where there is nothing but Python and NumPy."""

from __future__ import annotations

import base64
import io
from functools import cache
from pathlib import Path
from textwrap import wrap
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import softmax_core

_ROOT = Path(softmax_core.__file__).parent
_WIDTH = 100
_MARK = "#: "

#: Python that has the packed core, in a script whose last lines hold it.
FROM_THIS_FILE = (
    '"".join(line[3:] for line in open(__file__, encoding="utf-8") if line.startswith("' + _MARK + '"))'
)


def unpacking(packed: str) -> str:
    """Python that unpacks the core and puts it before any other, from an expression that has it packed."""
    return _UNPACKING.replace("PACKED", packed)


def as_comments() -> str:
    """The packed core as the last lines of a script."""
    return "#- softmax_core\n" + "".join(f"{_MARK}{line}\n" for line in _lines())


def as_literal() -> str:
    """The packed core as a literal of Python."""
    return '"""\n' + "\n".join(_lines()) + '\n"""'


@cache
def _lines() -> list[str]:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(_ROOT.rglob("*.py")):
            name = path.relative_to(_ROOT.parent).as_posix()
            archive.writestr(ZipInfo(name), path.read_bytes(), ZIP_DEFLATED)
    return wrap(base64.b64encode(packed.getvalue()).decode(), _WIDTH)


_UNPACKING = """\
import atexit
import base64
import io
import shutil
import sys
import tempfile
import zipfile

if hasattr(sys.stdout, "reconfigure"):
    sys.stdout.reconfigure(errors="replace")  # a console may lack a sign of a name
try:
    import numpy
except ModuleNotFoundError:
    numpy = None
if sys.version_info < (3, 11) or numpy is None or int(numpy.__version__.split(".")[0]) < 2:
    raise SystemExit("This needs Python 3.11 or later and NumPy 2 or later: python -m pip install -U numpy")

folder = tempfile.mkdtemp(prefix="softmax_core-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)
packed = PACKED
zipfile.ZipFile(io.BytesIO(base64.b64decode(packed))).extractall(folder)
sys.path.insert(0, folder)"""
