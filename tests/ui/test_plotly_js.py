"""The cut of plotly.js: what is left is whole, and a bundle of another make is served as it is."""

from __future__ import annotations

import logging
import re
from functools import cache
from pathlib import Path

import pytest

from tests.internals import PLOTLYS_OWN
from ui import plotly_js

BUNDLE = (
    '(function(a, f) { f() } (typeof self !== "undefined" ? self : this, () => {\n'
    "var Plotly=(()=>{var E=(e,t,r)=>()=>{if(r)throw r[0];return e},"
    "W=(e,t)=>()=>{try{return t||e((t={exports:{}}).exports,t),t.exports}catch(r){throw r}};"
    "var core=W((e,m)=>{m.exports={register(){}}});var lines=W((e,m)=>{m.exports=1});"
    "var far={},begin=E(()=>{});"
    "var plots=W((e,m)=>{m.exports.doCalcdata=()=>{}});"
    "var parts=W((e,m)=>{m.exports.getComponentMethod=()=>{}});"
    "var schema=W((e,m)=>{m.exports.findArrayAttributes=()=>{}});"
    "{charts}"
    "var all=W((e,m)=>{var P=core();P.register([{list}]);m.exports=P});return all()})();\n"
    "window.Plotly = Plotly;\nreturn Plotly;\n}));"
)
CHARTS = ("bar", "contour", "mesh3d", "scatter3d", "sankey")


def bundle(kinds: tuple[str, ...] = CHARTS) -> str:
    charts = "".join(
        f'var {kind}Own=W((e,m)=>{{lines();m.exports={{name:"{kind}"}}}});'
        f"var {kind}Kind=W((e,m)=>{{m.exports={kind}Own()}});"
        for kind in kinds
    )
    return BUNDLE.replace("{charts}", charts).replace("{list}", ",".join(f"{kind}Kind()" for kind in kinds))


@pytest.fixture
def shipped(tmp_path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "plotly.min.js"
    monkeypatch.setattr(plotly_js, "_shipped", lambda: path)
    return path


def test_the_installed_plotly_js_is_cut() -> None:
    script = _installed()
    assert len(script) < 2_000_000
    assert script.count(b".space=()=>") == 1
    for name in (b".plots=", b".registry=", b".schema="):
        assert script.count(name) == 1
    assert script.count(b": this, (() => {") == 1
    assert script.endswith(b"})));")


@pytest.mark.parametrize("name", sorted({
    *PLOTLYS_OWN, "d2p", "p2d", "glplot", "pixelRatio", "plotGlPixelRatio", "nsewdrag", "glimages",
    "dragcover",
}))  # fmt: skip
def test_the_installed_plotly_js_has_what_the_stage_reads(name: str) -> None:
    assert name.encode() in _installed()


@cache
def _installed() -> bytes:
    return plotly_js.script()


def test_modules_that_none_can_ask_for_are_left_out(shipped) -> None:
    shipped.write_text(bundle(), encoding="utf-8")
    script = plotly_js.script().decode()
    assert "sankey" not in script
    assert "var core=W(" in script
    assert "var lines=W(" in script, "the charts that stay ask for it"
    assert "begin=E(" in script, "it stands behind a module that is needed"
    assert (
        "P.register([barKind(),contourKind()]);P.space=()=>P.register([mesh3dKind(),scatter3dKind()]);"
        "P.plots=plots();P.registry=parts();P.schema=schema()" in script
    )


@pytest.mark.parametrize(
    "odd",
    [
        "alert(1)",
        bundle(CHARTS[1:]),
        bundle().replace("P.register", "P.registrieren"),
        bundle().replace("barOwn()", "barElsewhere()"),
        bundle().replace(".doCalcdata=", ".calculate="),
        bundle().replace(": this, () => {", ": this, function () {"),
        bundle().replace("try{return", "try{t="),
    ],
    ids=[
        "no bundle",
        "a chart is gone",
        "no list",
        "a module is gone",
        "no marks alone",
        "no arrow",
        "no helper",
    ],
)
def test_another_bundle_is_served_whole_and_the_operator_is_told(
    shipped, caplog: pytest.LogCaptureFixture, odd: str
) -> None:
    shipped.write_text(odd, encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        script = plotly_js.script().decode()
    assert script == odd
    assert "served whole" in caplog.text


def test_every_kind_of_chart_that_a_picture_has_stays() -> None:
    root = Path(__file__).parents[2]
    written = "".join(
        path.read_text(encoding="utf-8")
        for room in ("lessons", "ui/charts")
        for path in (root / room).rglob("*.py")
    )
    kinds = set(re.findall(r'"type": "(\w+)"', written)) - {"log", "category", "line", "rect"}
    drawn = {"mesh3d" if kind == "surface" else kind for kind in kinds}  # ui/stage/mesh.js
    assert drawn == {"scatter", *plotly_js.FLAT, *plotly_js.SPATIAL}
