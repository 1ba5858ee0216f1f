"""The lesson on training: its name in the contents, and what a reader can set there."""

from __future__ import annotations

from lessons.train.points import NAMES_MARK, from_text
from lessons.train.scene_rules import SceneHinge
from softmax_core import DATASETS
from softmax_core.training import MODELS, Optimiser
from ui.lesson import Lesson
from ui.parameters import Choice, Code, Ladder, Name, Several, Slider, Whole
from ui.text import N_

RATES = tuple(f"{digits * 10.0**power:.4g}" for power in range(-3, 3) for digits in (1, 1.5, 2, 3, 5, 7))
OPTIMISERS: dict[str, Optimiser] = {"GD": "gradient_descent", "momentum": "momentum", "Adam": "adam"}
HINGES: dict[str, SceneHinge] = {"H": "weston_watkins", "H²": "squared_weston_watkins"}

LESSON = Lesson(
    "train",
    ":material/model_training:",
    N_("Training"),
    N_("How does a classifier learn, step by step?"),
    N_("Same data, same steps, two losses, two boundaries; with too large a step all can be lost."),
)

PARAMETERS = (
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
        MODELS,
        "linear",
        help=N_(
            "Scores linear in x₁ and x₂; or in their squares and product as well; or linear in a hidden "
            "layer of rectified units (ReLU)."
        ),
    ),
    Choice("units", N_("Hidden units"), ("4", "8", "32", "100"), "32"),
    Ladder(
        "eta", N_("Step size η"), RATES[6:25], "0.1", help=N_("How far each step goes against the gradient.")
    ),
    Choice("layers", N_("Model"), ("linear", "hidden"), "linear"),
    Ladder("rate", N_("Step size η"), RATES, "0.03", help=N_("How far each step goes against the gradient.")),
    Ladder(
        "reg",
        N_("Penalty λ"),
        ("0", "0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1"),
        "0.001",
    ),
    Ladder("delta", N_("Margin Δ"), ("0", "0.1", "0.3", "0.5", "1", "1.5", "2", "3", "5", "10"), "1"),
    Choice("hinge", N_("Loss of the SVM: H hinge, H² its squared terms"), tuple(HINGES), "H"),
    Choice("opt", N_("Optimiser: GD gradient descent"), tuple(OPTIMISERS), "GD"),
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
    Code(
        "pts",
        N_("Your points as text"),
        "",
        help=N_("The link carries this text. Paste one that you were given to see its points."),
        reads=from_text,
        mark=NAMES_MARK,
    ),
    Name("pen", N_("Class of a new point")),
)

_STEPS_OWN = "eta", "layers"
EXPERIMENT = tuple(parameter.key for parameter in PARAMETERS if parameter.key not in _STEPS_OWN)
LOOKS = frozenset({"first", "axis", "show", "point", "pen"})
