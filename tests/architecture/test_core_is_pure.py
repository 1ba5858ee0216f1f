"""The core needs NumPy alone: no Streamlit, no Plotly, and ml_dtypes only if it is there."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "softmax_core").rglob("*.py"))


def run(code: str) -> str:
    process = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr
    return process.stdout.strip()


def test_a_fresh_import_loads_neither_streamlit_nor_plotly_nor_pandas() -> None:
    loaded = run("import softmax_core, sys; print(*{name.split('.')[0] for name in sys.modules})").split()
    assert "numpy" in loaded
    ours = {"ui", "lessons", "pages", "app"}
    assert not {"streamlit", "plotly", "pandas", "scipy", "torch", *ours} & set(loaded)


def test_numpy_alone_is_enough() -> None:
    code = """
import sys
sys.modules["ml_dtypes"] = None  # importing it now raises ImportError
import softmax_core as sc
print(*sc.DTYPES, sc.softmax([1.0, 1.0]), sc.softmax_steps([1.0], "naive", "float16").probs)
try:
    sc.float_limits("bfloat16")
except TypeError as error:
    print(error)
"""
    assert run(code).splitlines() == [
        "float16 float32 float64 [0.5 0.5] [1.]",
        "'bfloat16' is not a floating-point format of this package; "
        "choose one of ('float16', 'float32', 'float64')",
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_only_numpy_and_the_optional_ml_dtypes_are_imported(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    optional = [node for node in ast.walk(tree) if isinstance(node, ast.Try)]
    guarded = {id(inner) for node in optional for inner in node.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names = [str(node.module)]
        else:
            continue
        for root in {name.split(".")[0] for name in names} - sys.stdlib_module_names:
            assert root in {"numpy", "softmax_core"} or (root == "ml_dtypes" and id(node) in guarded)


def test_the_types_are_published() -> None:
    assert (ROOT / "softmax_core" / "py.typed").exists()
