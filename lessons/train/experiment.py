"""What a reader sets in the lesson on training: few controls beside the picture, the rest behind a click."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, cast

import streamlit as st

from lessons.train import own_points, settings
from lessons.train.points import Points, from_scene, to_text
from lessons.train.scene import Scene, SceneRecipe, SceneSegment
from lessons.train.session import Looks, Training, begin_again, open_scene, pin, unpin
from lessons.train.settings import HINGES, OPTIMISERS
from lessons.train.stations import CLASSES, far, with_outlier
from lessons.train.view import SHOWN
from softmax_core import DATASETS, DatasetName
from softmax_core.training import Model
from ui import controls
from ui.numerals import numeral
from ui.page import Page
from ui.parameters import PARAMETERS, Choice, Ladder
from ui.text import N_, Language

_DATA = {  # the buttons bear names that a link can hold in any language
    "blobs": N_("clouds"),
    "moons": N_("half moons"),
    "circles": N_("rings"),
    "xor": N_("chessboard of four"),
    "spiral": N_("spiral arms"),
    "cs231n_spiral": N_("CS231n’s spiral"),
    "iris": N_("Fisher’s irises"),
}
_MODELS = {
    "linear": N_("linear model"),
    "quadratic": N_("quadratic model"),
    "hidden": N_("one hidden layer"),
}

_OWN_INSTEAD = N_("Your own points, not {data}. Another data set takes their place.")
_CHOSEN, _SHARE = "train-data-chosen", "train-recipe-share"

_PLAIN = {
    parameter.key: parameter.default
    for parameter in settings.PARAMETERS
    if parameter.key in settings.EXPERIMENT and parameter.key not in {*settings.LOOKS, "units"}
}
SCENES = {
    N_("Three clouds"): _PLAIN,
    N_("Who stops first?"): {**_PLAIN, "noise": 0.4, "reg": "0", "rate": "1", "stop": "2000"},
    N_("Fisher’s irises"): {**_PLAIN, "data": "iris", "rate": "0.1", "stop": "2000"},
    N_("CS231n’s spiral, linear"): {
        **_PLAIN,
        "data": "cs231n_spiral",
        "n": "300",
        "noise": 1.0,
        "rate": "1",
        "stop": "200",
    },
    N_("The spiral, hidden layer"): {
        **_PLAIN,
        "data": "cs231n_spiral",
        "n": "300",
        "noise": 1.0,
        "model": "hidden",
        "units": "100",
        "rate": "1",
        "stop": "5000",
    },
    N_("One step too large"): {**_PLAIN, "hinge": "H²", "rate": "2", "stop": "100"},
    N_("One point a step"): {**_PLAIN, "batch": "1", "rate": "0.3"},
}

POINT_SCENES = {
    N_("One outlier"): {
        **_PLAIN,
        "test": "0",
        "stop": "1000",
        "rate": "0.3",
        "pts": to_text(Points(with_outlier(), CLASSES)),
    },
    N_("Unequal clouds"): {
        **_PLAIN,
        "test": "0",
        "stop": "1000",
        "reg": "0",
        "pts": to_text(Points(far().points or (), CLASSES)),
    },
}
MISSION_SCENES = {
    "blow": {**_PLAIN, "hinge": "H²", "rate": "0.1", "stop": "200"},
    "stop": {**_PLAIN, "noise": 0.4, "reg": "0.01", "rate": "0.3", "stop": "2000"},
    "spiral": {**SCENES[N_("CS231n’s spiral, linear")], "units": "100", "stop": "2000"},
}


def own_sample() -> Points | None:
    """The reader’s own points, until they choose another data set.

    With the first of them none is kept for testing, until the reader says so. The share that was kept of the
    data set comes back with it.
    """
    state = st.session_state
    own = own_points.current()
    if own is not None and _chose_recipe():
        own_points.use(None)
        own = None
    before = state.get("train-own-before")  # None at first: a link says by itself what is for testing
    if own is not None and before is False:
        controls.set_values({"test": "0"})
    elif own is None and before and state.get("test") == "0":
        controls.set_values({"test": state.get(_SHARE, "0")})
    state["train-own-before"] = own is not None
    return own


def _chose_recipe() -> bool:
    """Whether the data set is another one than in the last run, and the points are still the same."""
    state = st.session_state
    data, version = state.get(_CHOSEN, (None, 0))
    return None not in (data, state.get("data")) and state["data"] != data and own_points.version() == version


def fields(t: Language, own: Points | None, followed_by: Sequence[str]) -> None:
    """Every control of the experiment; its sliders have those followers."""
    data = controls.choice("data", t)
    model = controls.choice("model", t)
    sample_words = f"{data}: {t(_DATA[data])}" if own is None else t(_OWN_INSTEAD, data=data)
    st.caption(f"{sample_words}  \n{model}: {t(_MODELS[model])}")
    slider, ladder = (partial(draw, followed_by=followed_by) for draw in (controls.slider, controls.ladder))
    ladder("rate", t)
    ladder("reg", t)
    _buttons(t)
    with st.expander(t("More settings"), icon=":material/tune:", key="train-more"):
        ladder("n", t)
        slider("noise", t)
        controls.choice("k", t)
        controls.whole("seed", t)
        controls.choice("batch", t)
        ladder("until", t)
        ladder("delta", t)
        for key in ("opt", "test", "units", "hinge"):
            controls.choice(key, t)
        controls.whole("start", t)
        ladder("stop", t)


def wanted(own: Points | None) -> Scene | None:
    """The scene that the controls describe; none where the reader has taken all points away."""
    state, coming = st.session_state, controls.coming
    state[_CHOSEN] = coming("data"), own_points.version()
    if own is None:
        state[_SHARE] = coming("test")
    elif own.data is None:
        return None
    batch, model = coming("batch"), coming("model")
    learning = SceneSegment(
        rate=float(coming("rate")),
        l2=float(coming("reg")),
        margin=float(coming("delta")),
        optimiser=OPTIMISERS[coming("opt")],
        batch_size=None if batch == "N" else int(batch),
        stop_loss=float(coming("until")) or None,
    )
    return Scene(
        **_sample(own),
        test_share=float(coming("test")),
        n_hidden=int(coming("units")),
        hinge=HINGES[coming("hinge")],
        seed=round(coming("start")),
        n_steps=int(coming("stop")),
        model=cast("Model", model),
        segments=(learning,),
        dtype="float32" if model == "hidden" else "float64",
    )


def true_values(now: Training, t: Language) -> None:
    """What a scene file brought along that the controls come only near to."""
    if unlike := _unlike(now.scene, now.wanted, t):
        st.caption(t("From the scene file, beside the marks of the controls: {values}", values=unlike))


def _unlike(scene: Scene, wanted: Scene, t: Language) -> str:
    """The values of a scene that its controls do not show."""
    pairs = zip(_values(scene).items(), _values(wanted).values(), strict=True)
    return " · ".join(
        f"{t(PARAMETERS[key].label)}: {value if isinstance(value, str) else numeral(value)}"
        for (key, value), shown in pairs
        if value != shown
    )


def _values(scene: Scene) -> dict[str, float | str]:
    """What can be set on a slider, control by control."""
    last, recipe = scene.segments[-1], scene.recipe
    usual = DATASETS[recipe.name].noise if recipe else None
    return {
        "rate": last.rate,
        "reg": last.l2,
        "delta": last.margin,
        "batch": last.batch_size or "N",
        "until": last.stop_loss or 0.0,
        "stop": scene.n_steps,
        "test": scene.test_share,
        "units": scene.n_hidden,
        "n": scene.n_samples,
        "noise": round(recipe.noise / usual, 4) if recipe and recipe.noise is not None and usual else 1.0,
    }


def _buttons(t: Language) -> None:
    with st.container(horizontal=True):
        st.button(t("Begin again"), key="train-again-button", on_click=begin_again, icon=":material/replay:")
        st.button(t("New start"), key="train-new", on_click=_new_start, icon=":material/casino:")
        st.button(t("Pin this run"), key="train-pin", on_click=pin, icon=":material/keep:")
        st.button(t("Unpin"), key="train-unpin", on_click=unpin, icon=":material/keep_off:")


def _sample(own: Points | None) -> dict[str, Any]:
    """The samples: the reader's own, or those of the recipe within what it can make."""
    if own is not None:
        return {"points": own.rows, "class_names": own.names}
    data, coming = controls.coming("data"), controls.coming
    recipe, n = DATASETS[data], int(coming("n"))
    return {
        "recipe": SceneRecipe(
            name=cast("DatasetName", data),
            n_samples=min(n, recipe.n_samples) if data == "iris" else n,
            noise=round(coming("noise") * recipe.noise, 4),
            seed=round(coming("seed")),
            n_classes=max(recipe.fewest_classes, min(int(coming("k")), recipe.most_classes)),
        )
    }


def look_fields(t: Language) -> None:
    """What is to be drawn."""
    controls.several("show", t)
    with st.container(horizontal=True):
        controls.choice("first", t)
        controls.choice("axis", t)


def looks() -> Looks:
    """What is drawn."""
    coming = controls.coming
    shown = tuple(option for option in SHOWN if option in coming("show"))
    return Looks(coming("first"), coming("axis") == "log", shown, max(0, round(coming("point")) - 1))


def adopt(scene: Scene) -> None:
    """Take up a scene from a file, and set the controls as near to it as they go. For callbacks."""
    last = scene.segments[-1]
    values = {
        "model": scene.model,
        "units": _nearest("units", scene.n_hidden),
        "hinge": next(sign for sign, name in HINGES.items() if name == scene.hinge),
        "start": scene.seed,
        "stop": _nearest("stop", scene.n_steps),
        "test": _nearest("test", scene.test_share),
        "rate": _nearest("rate", last.rate),
        "reg": _nearest("reg", last.l2),
        "delta": _nearest("delta", last.margin),
        "opt": next(sign for sign, name in OPTIMISERS.items() if name == last.optimiser),
        "batch": "N" if last.batch_size is None else _nearest("batch", last.batch_size),
        "until": _nearest("until", last.stop_loss or 0.0),
    }
    if scene.recipe is not None:
        values |= _recipe_values(scene.recipe)
    controls.set_values(values)
    own_points.use(from_scene(scene) if scene.recipe is None else None)
    st.session_state["train-own-before"] = scene.recipe is None
    open_scene(scene)


def _recipe_values(asked: SceneRecipe) -> dict[str, Any]:
    usual = DATASETS[asked.name]
    noise = asked.noise / usual.noise if asked.noise is not None and usual.noise else 1.0
    return {
        "data": asked.name,
        "n": _nearest("n", asked.n_samples or usual.n_samples),
        "noise": round(noise, 1),
        "seed": asked.seed,
        "k": str(asked.n_classes or usual.n_classes),
    }


def _nearest(key: str, value: float) -> str:
    """The option of a control that comes closest to a number."""
    parameter = PARAMETERS[key]
    assert isinstance(parameter, Ladder | Choice)  # noqa: S101 - for the type checker
    return min((each for each in parameter.options if each != "N"), key=lambda each: abs(float(each) - value))


def _new_start() -> None:
    controls.set_values({"start": (int(st.session_state.get("start", 0)) + 1) % 1000})


def scenes(page: Page) -> None:
    """Buttons that set everything for an experiment."""
    controls.scenes(SCENES, page.t, "train-scene")


def point_scenes(page: Page) -> None:
    """Buttons that put down points to begin with."""
    controls.scenes(POINT_SCENES, page.t, "train-points")
