"""The only makers of input widgets: one table says what a reader can set, and within what bounds.

A parameter's key is its name in the address too. What comes from an address or from a field is
read here, checked against the table, and answered in words where it cannot be used.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import streamlit as st

from charts.names.terms import TERMS
from softmax_core import DATASETS, DTYPES, GOLD
from ui import teaching
from ui.text import CODES, N_, Language

MAX_CLASSES = 8
MIN_CLASSES = 2
MAX_SCORE = 10_000.0
MAX_NAME = 16
_SEPARATORS = re.compile(r"[,;，、；]")
_UNSAFE_IN_NAME = re.compile(r"[\\`*_{}\[\]#|~^$<>&%:\x00-\x1f\x7f]")  # Markdown, LaTeX, HTML
_QUOTED = 24


@dataclass(frozen=True, slots=True)
class Slider:
    """A number in steps between two bounds."""

    key: str
    label: str
    low: float
    high: float
    step: float
    default: float
    help: str | None = None

    def accepts(self, text: str) -> bool:
        try:
            return self.low <= float(text) <= self.high
        except ValueError:
            return False

    def allowed(self, t: Language) -> str:
        return t("a number from {low:g} to {high:g}", low=self.low, high=self.high)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few. The address holds an option as it is shown, so options must need no translation."""

    key: str
    label: str
    options: Sequence[str]
    default: str
    help: str | None = None

    def accepts(self, text: str) -> bool:
        return text in self.options

    def allowed(self, t: Language) -> str:
        return t("one of {options}", options=", ".join(self.options))


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; what it means is checked where it is read, and answered beside the field."""

    key: str
    label: str
    default: str
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """One of a row of numbers that a slider passes through; the address holds it as it is written here."""

    key: str
    label: str
    options: Sequence[str]
    default: str
    help: str | None = None

    def accepts(self, text: str) -> bool:
        return text in self.options

    def allowed(self, t: Language) -> str:
        return t("one of {options}", options=", ".join(self.options))


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two bounds, typed or counted."""

    key: str
    label: str
    low: int
    high: int
    default: int
    help: str | None = None

    def accepts(self, text: str) -> bool:
        return text.isdecimal() and self.low <= int(text) <= self.high

    def allowed(self, t: Language) -> str:
        return t("a number from {low:g} to {high:g}", low=self.low, high=self.high)


@dataclass(frozen=True, slots=True)
class Several:
    """Any of a few, none of them at first; options need no translation."""

    key: str
    label: str
    options: Sequence[str]
    help: str | None = None

    def accepts(self, text: str) -> bool:
        return text in self.options

    def allowed(self, t: Language) -> str:
        return t("one of {options}", options=", ".join(self.options))


Parameter = Slider | Choice | Text | Ladder | Whole | Several


def _table(*parameters: Parameter) -> dict[str, Parameter]:
    return {parameter.key: parameter for parameter in parameters}


RATES = tuple(f"{digits * 10.0**power:.4g}" for power in range(-3, 3) for digits in (1, 1.5, 2, 3, 5, 7))

L2_LADDER = (
    "0.00001", "0.00002", "0.00005", "0.0001", "0.0002", "0.0005", "0.001", "0.002", "0.005", "0.01",
    "0.02", "0.05", "0.1", "0.2", "0.5", "1", "2", "5", "10",
)  # fmt: skip
_SHARES_HELP = N_("Two to eight shares, separated by commas; they are divided by their sum.")
_SCORES_HELP = N_("Two to eight numbers, separated by commas.")

PARAMETERS = _table(
    Text("play", N_("Scores"), "2, 1, -1", help=_SCORES_HELP),
    Text("scores", N_("Scores"), "-2.85, 0.86, 0.28", help=_SCORES_HELP),
    Text(
        "names",
        N_("Class names"),
        "cat, dog, ship",
        help=N_("Separated by commas. A missing name becomes a letter."),
    ),
    Slider("constant", N_("Add a constant to every score"), -20.0, 20.0, 0.5, 0.0),
    Slider("temperature", N_("Temperature"), 0.1, 10.0, 0.1, 1.0),
    Text("f", N_("Scores"), "123, 456, 789", help=_SCORES_HELP),
    Choice("dtype", N_("Number format"), DTYPES, "float64"),
    Slider("logc", N_("Shift, log C"), -MAX_SCORE, MAX_SCORE, 1.0, 0.0),
    Choice("bug", N_("Card"), tuple("12345678"), "1"),
    Text("s", N_("Scores"), "-2.85, 0.86, 0.28", help=_SCORES_HELP),
    Slider("margin", N_("Margin Δ"), 0.0, 20.0, 0.5, 1.0),
    Slider("kink", N_("Margin Δ of the curves"), 0.0, 4.0, 0.1, 1.0),
    Choice("which", N_("Loss: H hinge, CE cross-entropy"), ("H,CE", "H", "CE", "CE-H"), "H,CE"),
    Choice("view", N_("View of the gaps"), ("3D", "2D"), "3D"),
    Slider("lead", N_("Margin Δ of the landscape"), 0.0, 4.0, 0.1, 1.0),
    Slider("heat", N_("Temperature"), 0.5, 4.0, 0.1, 1.0),
    Slider("ga", N_("Your point: gap a"), -6.0, 6.0, 0.01, -3.13),
    Slider("gb", N_("Your point: gap b"), -6.0, 6.0, 0.01, 0.58),
    Slider("l2", N_("Penalty λ"), 0.0, 1.0, 0.01, 0.1),
    Slider("width", N_("Margin Δ for the weights"), 0.0, 4.0, 0.1, 1.0),
    Choice("plane", N_("View of the weights"), ("3D", "2D"), "2D"),
    Slider("c", N_("Scale c"), 0.1, 10.0, 0.1, 2.0),
    Slider("tl2", N_("Penalty λ before scaling"), 0.0, 1.0, 0.01, 0.1),
    Choice(
        "data",
        N_("Data set"),
        tuple(DATASETS),
        "blobs",
        help=N_(
            "Clouds, two half moons, rings, a chessboard of four, spiral arms, CS231n’s spiral, or Fisher’s "
            "irises: length and width of their petals."
        ),
    ),
    Ladder("n", N_("Number of points"), ("30", "60", "100", "150", "200", "300", "400", "600"), "150"),
    Slider("noise", N_("Noise, 1 is usual"), 0.0, 3.0, 0.1, 1.4),
    Choice("k", N_("Classes"), tuple("23456"), "3"),
    Whole("seed", N_("Seed of the data"), 0, 999, 0),
    Choice(
        "test",
        N_("Share kept for testing"),
        ("0", "0.2", "0.5"),
        "0.2",
        help=N_("Hollow points. No step of training sees them."),
    ),
    Choice(
        "model",
        N_("Model"),
        ("linear", "quadratic", "hidden"),
        "linear",
        help=N_(
            "Scores linear in x₁ and x₂; or in their squares and product as well; or linear in a hidden "
            "layer of rectified units (ReLU)."
        ),
    ),
    Choice("units", N_("Hidden units"), ("4", "8", "32", "100"), "32"),
    Ladder("rate", N_("Step size η"), RATES, "0.03", help=N_("How far each step goes against the gradient.")),
    Ladder(
        "reg",
        N_("Penalty λ"),
        ("0", "0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1"),
        "0.001",
    ),
    Ladder("delta", N_("Margin Δ"), ("0", "0.1", "0.3", "0.5", "1", "1.5", "2", "3", "5", "10"), "1"),
    Choice("hinge", N_("Loss of the SVM: H hinge, H² its square"), ("H", "H²"), "H"),
    Choice("opt", N_("Optimiser: GD gradient descent"), ("GD", "momentum", "Adam"), "GD"),
    Choice("batch", N_("Points in a step: N all of them"), ("N", "50", "10", "1"), "N"),
    Whole("start", N_("Seed of the first weights"), 0, 999, 0),
    Ladder("stop", N_("Stop at step"), ("50", "100", "200", "500", "1000", "2000", "5000", "10000"), "500"),
    Ladder(
        "until",
        N_("or once the loss is below"),
        ("0", "0.01", "0.02", "0.05", "0.1", "0.2", "0.3", "0.5", "0.7"),
        "0",
        help=N_("Data loss and penalty together. 0: no such threshold."),
    ),
    Choice("first", N_("First picture"), ("softmax", "SVM"), "softmax"),
    Choice("axis", N_("Axis of the loss"), ("lin", "log"), "lin"),
    Several(
        "show",
        N_("Show as well"),
        ("f=0", "∇", "ok"),
        help=N_(
            "f=0: where a class’s score is zero, with the arrow of its weights. ∇: the way in which each "
            "point’s loss falls. ok: points that a loss no longer feels."
        ),
    ),
    Whole("point", N_("Number of the point"), 1, 2000, 1),
    Text(
        "pts",
        N_("Your points as text"),
        "",
        help=N_("The link carries this text. Paste one that you were given to see its points."),
    ),
    Text("p", N_("Truth p"), "0, 0, 1", help=_SHARES_HELP),
    Text("q", N_("Estimate q"), "0.015449, 0.631163, 0.353387", help=_SHARES_HELP),
    Slider("eps", N_("Smooth p: ε"), 0.0, 1.0, 0.05, 0.0),
    Choice("unit", N_("Unit"), ("nat", "bit"), "nat"),
    Ladder("many", N_("Number of samples N"), ("10", "30", "100", "300", "1000", "3000", "10000"), "1000"),
    Ladder("pl2", N_("Penalty λ"), L2_LADDER, "0.01"),
    Ladder("pn", N_("Number of samples N"), ("30", "100", "300", "1000"), "30"),
    Ladder("sl2", N_("Penalty λ"), L2_LADDER, "0.00001"),
    Ladder("sn", N_("Number of samples N"), ("30", "100", "300", "1000"), "30"),
    Choice("term", N_("Name (in English)"), tuple(TERMS), "softmax loss"),
    Whole("quiz", N_("Number of the question"), 1, 99, 1),
    Whole("row", N_("Number of the row"), 1, len(GOLD), 1),
    Slider("plain", N_("λ of the penalty λΣW²"), 0.01, 0.5, 0.01, 0.1),
    Slider("halved", N_("λ of the penalty ½λΣW²"), 0.0, 1.0, 0.01, 0.1),
)


def language_switch(t: Language) -> None:
    """The reader's language, always in the address so that a link carries it."""
    st.segmented_control(
        t("Language"),
        CODES,
        key="lang",
        bind="query-params",
        required=True,
        label_visibility="collapsed",
        width="content",
    )


def complaints(query: Mapping[str, str], t: Language) -> list[str]:
    """What is wrong with the values in an address, one sentence each."""
    return [
        _complaint(value, t(parameter.label), parameter.allowed(t), t)
        for key, value in query.items()
        if (parameter := PARAMETERS.get(key)) is not None
        and not isinstance(parameter, Text)
        and not parameter.accepts(value)
    ]


def _complaint(value: str, label: str, allowed: str, t: Language) -> str:
    return t(
        "The link asks for “{value}” as {label}. Possible is {allowed}; the page keeps what it had.",
        value=quoted(value),
        label=label,
        allowed=allowed,
    )


def quoted(text: str) -> str:
    """A reader's text, short and harmless inside Markdown."""
    short = text if len(text) <= _QUOTED else text[:_QUOTED] + "…"
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|~$<>:&])", r"\\\1", short.replace("\n", " "))


def slider(key: str, t: Language) -> float:
    """A bound slider; its value is clamped, as a browser may send anything."""
    parameter = _of(Slider, key)
    teaching.offer(key, t(parameter.label))
    value = st.slider(
        t(parameter.label),
        parameter.low,
        parameter.high,
        parameter.default,
        parameter.step,
        key=key,
        bind="query-params",
        help=t(parameter.help) if parameter.help else None,
    )
    return (
        max(parameter.low, min(float(value), parameter.high)) if math.isfinite(value) else parameter.default
    )


def choice(key: str, t: Language) -> str:
    """A bound choice of a few, all of them visible."""
    parameter = _of(Choice, key)
    teaching.offer(key, t(parameter.label))
    value = st.segmented_control(
        t(parameter.label),
        parameter.options,
        default=parameter.default,
        key=key,
        bind="query-params",
        required=True,
        wrap=True,
        help=t(parameter.help) if parameter.help else None,
    )
    return value if value in parameter.options else parameter.default


def ladder(key: str, t: Language, disabled: bool = False) -> float:
    """A bound slider along a row of numbers."""
    parameter = _of(Ladder, key)
    teaching.offer(key, t(parameter.label))
    value = st.select_slider(
        t(parameter.label),
        parameter.options,
        parameter.default,
        key=key,
        bind="query-params",
        help=t(parameter.help) if parameter.help else None,
        disabled=disabled,
    )
    return float(value if value in parameter.options else parameter.default)


def whole(key: str, t: Language, high: int | None = None) -> int:
    """A bound whole number; `high` is a lower bound from above that the page alone knows."""
    parameter = _of(Whole, key)
    teaching.offer(key, t(parameter.label))
    value = st.number_input(
        t(parameter.label),
        parameter.low,
        parameter.high,
        parameter.default,
        1,
        key=key,
        bind="query-params",
        help=t(parameter.help) if parameter.help else None,
    )
    return max(parameter.low, min(int(value), parameter.high if high is None else high))


def several(key: str, t: Language) -> tuple[str, ...]:
    """A bound choice of any of a few, in their order."""
    parameter = _of(Several, key)
    teaching.offer(key, t(parameter.label))
    chosen = st.pills(
        t(parameter.label),
        parameter.options,
        selection_mode="multi",
        key=key,
        bind="query-params",
        help=t(parameter.help) if parameter.help else None,
    )
    return tuple(option for option in parameter.options if option in chosen)


def text(key: str, t: Language) -> str:
    """A bound line of text."""
    parameter = _of(Text, key)
    teaching.offer(key, t(parameter.label))
    value = st.text_input(
        t(parameter.label),
        parameter.default,
        key=key,
        bind="query-params",
        help=t(parameter.help) if parameter.help else None,
    )
    return value or ""


def scores(key: str, t: Language) -> tuple[float, ...]:
    """A bound line of scores; what cannot be read is answered below it, and the last good scores stay."""
    kept = f"{key}-last-good"
    parameter = _of(Text, key)
    try:
        values = parse_scores(text(key, t))
    except ScoresError as error:
        st.error(error.explain(t), icon=":material/edit:")
        return st.session_state.get(kept) or parse_scores(parameter.default)
    st.session_state[kept] = values
    return values


def names(key: str, count: int, t: Language) -> tuple[str, ...]:
    """A bound line of class names, as many as there are classes."""
    return parse_names(text(key, t), count)


def pick_class(
    key: str, label: str, options: Sequence[str], t: Language, default: int | None = None
) -> int | None:
    """A bound choice of a class by its name; None where the reader has chosen none."""
    chosen = None if default is None else options[default]
    asked = None if key in st.session_state else st.query_params.get(key)
    if default is not None and st.session_state.get(key, chosen) not in options:
        st.session_state[key] = chosen  # the class is gone, and shall be from the address too
    teaching.offer(key, t(label))
    required = default is not None
    name = st.pills(
        t(label), options, default=chosen, key=key, bind="query-params", wrap=True, required=required
    )
    if asked is not None and asked not in options:
        st.warning(_complaint(asked, t(label), t("one of {options}", options=", ".join(options)), t))
    return options.index(name) if name in options else None


def set_values(values: Mapping[str, Any]) -> None:
    """Set parameters from a button's or a chart's callback, within their bounds; the address follows."""
    st.session_state.update({key: _within(key, value) for key, value in values.items()})


def _within(key: str, value: Any) -> Any:
    parameter = PARAMETERS.get(key)
    if isinstance(parameter, Whole):
        return max(parameter.low, min(int(value), parameter.high))
    return max(parameter.low, min(float(value), parameter.high)) if isinstance(parameter, Slider) else value


def format_scores(values: Iterable[float]) -> str:
    """Scores as they stand in the field and in the address."""
    return ", ".join(f"{value:.10g}" for value in values)


def scenes(presets: Mapping[str, Mapping[str, Any]], t: Language, key: str) -> None:
    """Buttons that set a whole scene; the address then is a link to it."""
    with st.container(horizontal=True):
        for label, values in presets.items():
            st.button(t(label), key=f"{key}-{label}", on_click=set_values, args=(values,))


class ScoresError(ValueError):
    """A line that is no list of scores; says which entry and what to do."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def explain(self, t: Language) -> str:
        return t(self.message, **self.values) if self.values else t(self.message)


def parse_scores(line: str) -> tuple[float, ...]:
    """Two to eight finite numbers from a line a person typed."""
    inner = line.strip().strip("[]()")
    entries = [entry.strip() for entry in _SEPARATORS.split(inner)]
    entries = inner.split() if len(entries) == 1 else entries
    if not entries:
        raise ScoresError(_NO_SCORES)
    values = tuple(_parse_score(entry, number) for number, entry in enumerate(entries[:MAX_CLASSES], start=1))
    if not MIN_CLASSES <= len(entries) <= MAX_CLASSES:
        raise ScoresError(_COUNT, count=len(entries), low=MIN_CLASSES, high=MAX_CLASSES)
    return values


def _parse_score(entry: str, number: int) -> float:
    if not entry:
        raise ScoresError(_EMPTY, number=number)
    try:
        value = float(entry.replace("−", "-").replace("_", "x"))
    except ValueError:
        raise ScoresError(_NOT_A_NUMBER, number=number, entry=quoted(entry)) from None
    if math.isnan(value):
        raise ScoresError(_NAN, number=number)
    if abs(value) > MAX_SCORE:
        raise ScoresError(_TOO_LARGE, number=number, entry=quoted(entry), limit=MAX_SCORE)
    return value


_NO_SCORES = N_("There are no scores. Type two to eight numbers, such as 3.2, 5.1, -1.7.")
_COUNT = N_(
    "Scores typed: {count}. Softmax is shown here for {low} to {high} classes; "
    "the chart keeps the last good scores."
)
_EMPTY = N_("Score {number} is empty. Type a number there, or take out the extra comma.")
_NOT_A_NUMBER = N_("Score {number}, “{entry}”, is not a number. Write it like 3.2 or -1.7.")
_NAN = N_("Score {number} is NaN, not a number: no class can be ranked by it. Type a finite number.")
_TOO_LARGE = N_("Score {number}, {entry}, is too large. Use numbers from −{limit:g} to {limit:g}.")


def parse_names(line: str, count: int) -> tuple[str, ...]:
    """One short, harmless and distinct name a class; letters where the line has none."""
    typed = [_UNSAFE_IN_NAME.sub("", name).strip()[:MAX_NAME] for name in line.split(",")][:count]
    typed += [""] * (count - len(typed))
    named: list[str] = []
    for index, name in enumerate(typed):
        name = name or chr(ord("A") + index)
        named.append(f"{name} {index + 1}" if name in named else name)
    return tuple(named)


Kind = TypeVar("Kind", Slider, Choice, Text, Ladder, Whole, Several)


def _of(kind: type[Kind], key: str) -> Kind:
    parameter = PARAMETERS[key]
    if not isinstance(parameter, kind):
        raise TypeError(f"{key} is a {type(parameter).__name__}, not a {kind.__name__}")
    return parameter
