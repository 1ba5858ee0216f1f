"""What a reader takes away makes the run again, to the last digit, in a process that knows nothing else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lessons.train import takeaway
from lessons.train.own_data import read_csv
from lessons.train.points import samples_of
from lessons.train.replay import replay
from lessons.train.scene import Scene, SceneRecipe, SceneSegment
from lessons.train.scene_json import scene_to_json
from lessons.train.takeaway_script import notebook, script
from softmax_core.training import LockStep
from ui.text import Language, language

EN, KO = language("en"), language("ko")
HANGUL = re.compile(r"[가-힣]")
SPIRAL = SceneRecipe(name="spiral", n_samples=60, noise=0.1, seed=3)
OWN = ((1.0, 2.0, 0), (-1.5, 0.123, 1), (0.0, -2.0, 1), (30.0, -0.001, 0), (2.0, 2.0, 2))
NAMES = ("고양이", '"""\nraise SystemExit(3)\n"""', "'; raise SystemExit(4) #\\")


def scene(**values: Any) -> Scene:
    return Scene(**({"recipe": SPIRAL, "n_steps": 30} | values))


def one(**values: Any) -> tuple[SceneSegment, ...]:
    return (SceneSegment(**values),)


BRANCHED = (
    SceneSegment(rate=0.5, batch_size=7),
    SceneSegment(step=11, rate=0.1, l2=0.01, margin=2.0, batch_size=7, optimiser="momentum"),
    SceneSegment(step=20, rate=0.05, optimiser="adam"),
)
#: The hinge run has stopped at its threshold when the settings change, and goes on from there.
STOPPED = (SceneSegment(rate=0.5, stop_loss=0.4), SceneSegment(step=25, rate=0.1))
SCENES: dict[str, Scene] = {
    "linear": scene(test_share=0.2, split_seed=4),
    "quadratic": scene(model="quadratic"),
    "hidden": scene(model="hidden", n_hidden=16, dtype="float32", test_share=0.5),
    "hidden in float64": scene(model="hidden", n_hidden=5),
    "squared hinge": scene(hinge="squared_weston_watkins", segments=one(rate=0.01, margin=2.5)),
    "momentum": scene(segments=one(optimiser="momentum", rate=0.1)),
    "adam": scene(model="quadratic", segments=one(optimiser="adam", rate=0.1)),
    "mini-batch": scene(segments=one(batch_size=7), n_steps=40),
    "branched": scene(segments=BRANCHED),
    "branched after an end": scene(
        recipe=SceneRecipe(name="moons", n_samples=40), segments=STOPPED, n_steps=40
    ),
    "own points": scene(recipe=None, points=OWN, class_names=NAMES),
    "own points split": scene(recipe=None, points=OWN * 4, class_names=NAMES, test_share=0.2),
    "own points too few to split": scene(recipe=None, points=OWN[:4], class_names=NAMES, test_share=0.1),
    "diverged": scene(hinge="squared_weston_watkins", segments=one(rate=1e5), n_steps=80),
    "iris as it is": scene(recipe=SceneRecipe(name="iris")),
    "not begun": scene(n_steps=0),
}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that finds NumPy and nothing else."""
    home = tmp_path_factory.mktemp("bare")
    venv.create(home, with_pip=False)
    python, *_ = (*home.glob("bin/python"), *home.glob("Scripts/python.exe"))
    (site,) = (*home.glob("lib/python*/site-packages"), *home.glob("Lib/site-packages"))
    for folder in Path(np.__file__).parents[1].glob("numpy*"):
        (site / folder.name).symlink_to(folder)
    return python


#: Runs programs one after another, as one process starts faster than many; what each prints begins anew.
ONE_BY_ONE = """
import runpy, sys
for path in sys.argv[1:]:
    print(end="\\f")
    runpy.run_path(path, run_name="__main__")
"""


def start(
    arguments: list[str], folder: Path, python: Path = Path(sys.executable), **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"PYTHONUTF8": "1"} | variables
    return subprocess.run(
        [str(python), "-W", "error", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding=variables.get("PYTHONIOENCODING", "utf-8"),
        check=False,
    )


def run(code: str, folder: Path, python: Path = Path(sys.executable)) -> subprocess.CompletedProcess[str]:
    path = folder / "run.py"
    path.write_text(code, encoding="utf-8")
    return start([str(path)], folder, python)


def printed_by(
    codes: Mapping[str, str], folder: Path, python: Path = Path(sys.executable), **variables: str
) -> dict[str, str]:
    """What each of these programs prints; all of them must end well."""
    paths = [folder / f"{name}.py" for name in codes]
    for path, code in zip(paths, codes.values(), strict=True):
        path.write_text(code, encoding="utf-8")
    done = start(["-c", ONE_BY_ONE, *map(str, paths)], folder, python, **variables)
    assert done.returncode == 0, done.stderr
    return dict(zip(codes, done.stdout.split("\f")[1:], strict=True))


def cells_of(text: str) -> str:
    return "\n\n".join(
        "".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"
    )


def scripts() -> dict[str, str]:
    return {name: script(shown, replay(shown), shown.n_steps, EN) for name, shown in SCENES.items()}


def notebooks() -> dict[str, str]:
    runs = {name: (shown, replay(shown), shown.n_steps) for name, shown in SCENES.items()}
    return {name: cells_of(notebook(*run, KO)) for name, run in runs.items()}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the script of each scene prints."""
    return printed_by(scripts(), tmp_path_factory.mktemp("scripts"))


@pytest.fixture(scope="module")
def printed_by_notebooks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return printed_by(notebooks(), tmp_path_factory.mktemp("notebooks"))


@pytest.mark.parametrize("name", SCENES)
def test_script_and_notebook_reach_the_very_weights(
    name: str, printed: dict[str, str], printed_by_notebooks: dict[str, str]
) -> None:
    for words in (printed[name], printed_by_notebooks[name]):
        assert words.count("every digit is as on the page") == 2
        assert not re.search("READY|RUNNING|CONVERGED|DIVERGED", words)


#: Signs that a Korean console lacks, and signs that mean something to Python.
HOSTILE = ("🐱 café", "C:\\new\\table", 'it\'s "{x}" # %s')


@pytest.mark.parametrize("lang", [EN, KO], ids=lambda t: t.code)
def test_nothing_but_numpy_is_needed_and_a_console_of_few_signs_will_do(
    lang: Language, bare: Path, tmp_path: Path
) -> None:
    codes = {}
    for name in ("linear", "branched", "own points split"):
        shown = replace(SCENES[name], class_names=HOSTILE if SCENES[name].points else ())
        both = replay(shown)
        codes[name] = script(shown, both, 30, lang)
        codes[f"{name} as a notebook"] = cells_of(notebook(shown, both, 30, lang))
    console = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp949"}
    for words in printed_by(codes, tmp_path, bare, **console).values():
        assert words.count("every digit is as on the page") == 2


def test_a_python_without_numpy_is_told_what_it_needs(bare: Path, tmp_path: Path) -> None:
    shown = SCENES["not begun"]
    (tmp_path / "numpy.py").write_text("raise ModuleNotFoundError(name='numpy')\n", encoding="utf-8")
    done = run(script(shown, replay(shown), 0, KO), tmp_path, bare)
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "This needs Python 3.11 or later and NumPy 2 or later: python -m pip install -U numpy"
    )


def test_the_script_says_in_words_how_each_run_ended(printed: dict[str, str]) -> None:
    assert "the run was trained up to step 30" in printed["linear"]
    blown_up = replay(SCENES["diverged"])
    step = next(each.head.step for each in blown_up.histories if each.head.status == "DIVERGED")
    assert f"the run blew up at step {step}" in printed["diverged"]


def test_the_scenes_are_what_they_say() -> None:
    blown_up = replay(SCENES["diverged"])
    assert "DIVERGED" in [run.head.status for run in blown_up.histories]
    stopped = replay(SCENES["branched after an end"])
    steps = [[part.start.step for part in run.segments] for run in stopped.histories]
    assert any(later < 25 for _, later in steps), "one run had ended before the change"
    assert any(run.head.step == 40 for run in stopped.histories)


def test_an_earlier_step_is_reached_without_what_came_later(tmp_path: Path) -> None:
    shown = SCENES["branched"]
    both = replay(shown)
    codes = {str(step): script(shown, both, step, EN) for step in (0, 10, 11, 19)}
    for step, code in codes.items():
        assert ("adam" in code) is False
        assert ("momentum" in code) is (int(step) >= 11)
    for step, words in printed_by(codes, tmp_path).items():
        assert f"cross_entropy, step {step}:" in words


@pytest.mark.parametrize("name", ["linear", "hidden"])
def test_one_digit_amiss_is_found(name: str, tmp_path: Path) -> None:
    shown = SCENES[name]
    code = script(shown, replay(shown), shown.n_steps, EN)
    start = code.index("compare(", code.index("every digit"))
    number = re.search(r"-?0\.\d{6,}", code[start:])
    assert number
    digit = start + number.end() - 3
    other = code[:digit] + str((int(code[digit]) + 5) % 10) + code[digit + 1 :]
    done = run(other, tmp_path)
    assert done.returncode != 0
    assert "AssertionError" in done.stderr
    assert "off by up to" in done.stderr


def test_a_script_of_another_run_is_found_out(tmp_path: Path) -> None:
    shown = SCENES["linear"]
    both = replay(shown)
    assert run(script(replace(shown, seed=1), both, 30, EN), tmp_path).returncode != 0


def test_a_diverged_run_says_where_it_blew_up(printed: dict[str, str]) -> None:
    both = replay(SCENES["diverged"])
    reasons = [run.head.divergence.reason for run in both.histories if run.head.divergence]
    assert reasons
    assert all(reason in printed["diverged"] for reason in reasons)


def test_the_script_is_short_and_needs_the_core_alone() -> None:
    shown = SCENES["branched"]
    code = script(shown, replay(shown), 30, EN)
    before = code[: code.index("# The weights that the page showed")]
    assert 50 <= len([line for line in before.splitlines() if line.strip()]) <= 80
    found = set(re.findall(r"^\s*(?:from|import) (\w+)", code, re.MULTILINE))
    assert found - set(sys.stdlib_module_names) == {"numpy", "softmax_core"}
    assert max(map(len, code.splitlines())) <= 110
    assert len(code) < 300_000


@pytest.mark.parametrize("name", ["linear", "own points split"])
def test_comments_are_in_the_readers_language_and_the_code_is_the_same(name: str) -> None:
    shown = replace(SCENES[name], class_names=("a", "b", "c") if SCENES[name].points else ())
    both = replay(shown)
    english, korean = script(shown, both, 5, EN), script(shown, both, 5, KO)
    assert not HANGUL.search(english)
    korean_words = [line for line in korean.splitlines() if line.startswith("# ")]
    assert korean_words
    assert all(HANGUL.search(line) for line in korean_words)
    assert cells_of(notebook(shown, both, 5, EN)) == cells_of(notebook(shown, both, 5, KO))


@pytest.mark.parametrize("name", SCENES)
def test_the_notebook_is_one(name: str) -> None:
    """What the schema of nbformat 4.5 asks for."""
    shown = SCENES[name]
    book = json.loads(notebook(shown, replay(shown), shown.n_steps, KO))
    assert set(book) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
    assert set(book["metadata"]["kernelspec"]) >= {"name", "display_name"}
    assert len({cell["id"] for cell in book["cells"]}) == len(book["cells"]) > 6
    for cell in book["cells"]:
        wanted = {"id", "cell_type", "metadata", "source"}
        wanted |= {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        assert set(cell) == wanted
        assert cell["cell_type"] in {"code", "markdown"}
        assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", cell["id"])
        assert all(isinstance(line, str) for line in cell["source"])
        assert all(line.endswith("\n") for line in cell["source"][:-1])


@pytest.mark.parametrize("name", ["linear", "own points", "iris as it is"])
def test_the_table_is_read_again_to_the_last_digit(name: str) -> None:
    shown = SCENES[name]
    found = read_csv(takeaway._for_spreadsheets(shown).encode())
    assert not found.rejections
    assert found.origin is not None
    assert found.origin.titles == ("x", "y", "label")
    data = samples_of(shown)
    np.testing.assert_array_equal(found.data.X, data.X)
    firsts = [list(labels).index(label) for labels in (data.labels, found.data.labels) for label in labels]
    assert firsts[: data.n_samples] == firsts[data.n_samples :], "the same samples share a class"


def test_a_scene_file_is_opened_again() -> None:
    for shown in SCENES.values():
        assert takeaway.read_scene(scene_to_json(shown).encode()) == shown


def spoilt(**values: Any) -> bytes:
    return json.dumps(json.loads(scene_to_json(SCENES["own points"])) | values).encode()


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (b"", ""),
        (b"\xff\xfe", ""),
        (b"[" * 100_000, ""),
        (b'{"format": "another"}', ""),
        (b"null", ""),
        (spoilt(n_steps=1e99), "n_steps"),
        (spoilt(seed=True), "seed"),
        (spoilt(points=[[1, 2]]), "points"),
        (spoilt(points=[[1, 2, 7]]), "points"),
        (spoilt(points=None), "recipe"),
        (spoilt(segments=[{"step": 0}]), "segments[0].rate"),
        (spoilt(segments=5), "segments"),
        (spoilt(class_names=[1, 2, 3]), "class_names"),
        (spoilt(extra=1), "extra"),
        (b" " * 1_000_001, ""),
    ],
)
def test_a_bad_scene_file_is_answered_by_the_name_of_its_fault(content: bytes, field: str) -> None:
    found = takeaway.read_scene(content)
    assert isinstance(found, str)
    if field == "segments[0].rate":
        assert found.startswith("segments[0].")
    else:
        assert found == field


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    state: dict[str, Any] = {}
    monkeypatch.setattr("streamlit.session_state", state)
    return state


def test_opening_hands_the_scene_over(session: dict[str, Any]) -> None:
    opened: list[Scene] = []
    takeaway._open(opened.append, "scene.json", scene_to_json(SCENES["branched"]).encode())
    assert opened == [SCENES["branched"]]
    assert session["takeaway-fault"] is None


@pytest.mark.parametrize("content", [b"no", b"", b" " * 10**6 + b"{}"])
def test_nothing_is_handed_over_from_a_bad_file(session: dict[str, Any], content: bytes) -> None:
    opened: list[Scene] = []
    takeaway._open(opened.append, "scene.json", content)
    assert not opened
    assert session["takeaway-fault"] == ""


def test_a_run_that_is_behind_is_taken_as_it_stands(tmp_path: Path) -> None:
    """The page may stand at a step before the head of its runs."""
    shown = SCENES["mini-batch"]
    both: LockStep = replay(shown, 40)
    done = run(script(shown, both, 23, EN), tmp_path)
    assert done.returncode == 0, done.stderr
    assert both.at(23)[0].params["W"].tolist() != both.at(40)[0].params["W"].tolist()
