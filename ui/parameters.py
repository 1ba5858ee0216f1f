"""What a reader can set, and within what bounds: one table, lesson by lesson.

A parameter's key is its name in the address too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

from charts.names.terms import TERMS
from softmax_core import DATASETS, DTYPES, GOLD
from ui.text import N_, Language
from ui.typed import MAX_SCORE


def _in_address(text: str) -> float:
    """The number that Streamlit will read there, whatever digits it is written in; nan for none."""
    try:
        return float(text)
    except ValueError:
        return nan


class _Bounded:
    """A number between two bounds."""

    __slots__ = ()
    low: float
    high: float

    def allowed(self, t: Language) -> str:
        return t("a number from {low:g} to {high:g}", low=self.low, high=self.high)


class _Listed:
    """What is chosen from a few."""

    __slots__ = ()
    options: Sequence[str]

    def accepts(self, text: str) -> bool:
        return text in self.options

    def allowed(self, t: Language) -> str:
        return t("one of {options}", options=", ".join(self.options))


@dataclass(frozen=True, slots=True)
class Slider(_Bounded):
    """A number in steps between two bounds."""

    key: str
    label: str
    low: float
    high: float
    step: float
    default: float
    help: str | None = None

    def accepts(self, text: str) -> bool:
        return self.low <= _in_address(text) <= self.high


@dataclass(frozen=True, slots=True)
class Choice(_Listed):
    """One of a few. The address holds an option as it is shown, so options must need no translation."""

    key: str
    label: str
    options: Sequence[str]
    default: str
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; what it means is checked where it is read, and answered beside the field."""

    key: str
    label: str
    default: str
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Ladder(_Listed):
    """One of a row of numbers that a slider passes through; the address holds it as it is written here."""

    key: str
    label: str
    options: Sequence[str]
    default: str
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Whole(_Bounded):
    """A whole number between two bounds, typed or counted."""

    key: str
    label: str
    low: int
    high: int
    default: int
    help: str | None = None

    def accepts(self, text: str) -> bool:
        number = _in_address(text)
        return number.is_integer() and self.low <= number <= self.high

    def allowed(self, t: Language) -> str:
        return t("a whole number from {low} to {high}", low=self.low, high=self.high)


@dataclass(frozen=True, slots=True)
class Several(_Listed):
    """Any of a few, none of them at first; options need no translation."""

    key: str
    label: str
    options: Sequence[str]
    help: str | None = None


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
        help=N_(
            "Separated by commas; a name that holds one stands in quotes. A missing name becomes a letter."
        ),
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
    Choice("hinge", N_("Loss of the SVM: H hinge, H² its squared terms"), ("H", "H²"), "H"),
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
